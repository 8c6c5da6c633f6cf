"""Results of trials on disk, found again by the content of all that they depend on."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path

import course_lib
from course_lib.authoring.bench import Answer, Result
from course_lib.authoring.reference import read_notebook
from course_lib.paths import Course

PACKAGE = Path(course_lib.__file__).parent
DEPENDS_ON = ("checks/**/*.py", "data/**/*", "*.py", "authoring/bench.py", "authoring/reference.py")
UNRELATED = ("cli.py", "feedback.py", "plots*.py", "lesson_plots*.py")


class ResultCache:
    """The results of an assignment. Each is written at once, so that a stopped run goes on where it was."""

    def __init__(self, course: Course, assignment: str) -> None:
        self._path = course.trials / f"{assignment}-{_fingerprint(course, assignment)}.jsonl"
        self._path.parent.mkdir(exist_ok=True)
        for old in course.trials.glob(f"{assignment}-*.jsonl"):
            if old != self._path:
                old.unlink()
        truths = json.loads(course.public_truth(assignment).read_text(encoding="utf-8"))["exercises"]
        self._truths = {name: json.dumps(truth, sort_keys=True) for name, truth in truths.items()}
        self._known: dict[str, Result] = {}
        if self._path.exists():
            for line in self._path.read_text(encoding="utf-8").splitlines():
                try:
                    entry = json.loads(line)
                except ValueError:  # the line that was being written when the run was stopped
                    continue
                key = entry.pop("key")
                self._known[key] = Result(**entry)

    def get(self, answer: Answer) -> Result | None:
        """The result of the same answer to the same check."""
        return self._known.get(self._key(answer))

    def put(self, answer: Answer, result: Result) -> None:
        """Keep a result."""
        with self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps({"key": self._key(answer), **asdict(result)}) + "\n")

    def _key(self, answer: Answer) -> str:
        text = f"{answer.exercise}\n{answer.code}\n{self._truths.get(answer.exercise)}"
        return hashlib.sha256(text.encode()).hexdigest()[:20]


def _fingerprint(course: Course, assignment: str) -> str:
    """A hash of the notebook's code, the checks, the data and the libraries."""
    found = hashlib.sha256()
    for name in ("torch", "numpy", "gensim", "nltk"):
        found.update(version(name).encode())
    for cell in read_notebook(course.source_notebook(assignment)).cells:
        if cell.cell_type == "code":
            found.update(cell.source.encode())
    for path in sorted({path for pattern in DEPENDS_ON for path in PACKAGE.glob(pattern) if path.is_file()}):
        if "__pycache__" not in path.parts and not any(path.match(pattern) for pattern in UNRELATED):
            found.update(path.read_bytes())
    return found.hexdigest()[:16]
