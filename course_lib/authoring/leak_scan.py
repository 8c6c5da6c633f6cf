"""What must not be in a release: solutions, outputs, markers, private truth, metadata that is not on the list."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
from nbgrader.utils import is_solution

from course_lib.ground_truth import GroundTruth
from course_lib.paths import Course

MARKERS = re.compile(r"(BEGIN|END) (SOLUTION|HIDDEN TESTS|MARK SCHEME)")
CELL_METADATA = {"nbgrader", "deletable", "editable"}  # the latter two: LockCells
NBGRADER_METADATA = {
    "schema_version",
    "solution",
    "grade",
    "locked",
    "task",
    "grade_id",
    "points",
    "checksum",
    "cell_type",
}
NOTEBOOK_METADATA = {"kernelspec", "language_info"}
SHORTEST = 12  # characters; a shorter solution line (`return mean`) may well stand elsewhere too


def scan(course: Course, assignment: str) -> list[str]:
    """Every leak in `release/<assignment>`, in words; an empty list when it is clean."""
    folder = course.release(assignment)
    source = nbformat.read(course.source_notebook(assignment), as_version=4)
    secret = course.secret_truth(assignment)
    needles = {line: "a line of a solution" for line in solution_lines(source)}
    if secret.exists():
        needles |= {text: "private ground truth" for text in private_strings(secret, course.public_truth(assignment))}
    leaks = []
    allowed = {f"{assignment}.ipynb", "test_gt.json"}
    for path in sorted(folder.rglob("*")):
        name = str(path.relative_to(folder))
        if path.is_symlink() or (path.is_file() and name not in allowed):
            leaks.append(f"{name}: not a file of a release")
        if path.is_symlink() or not path.is_file():
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        leaks += [f"{name}: {what}: {needle[:60]!r}" for needle, what in needles.items() if _stands_in(needle, text)]
        if MARKERS.search(text):
            leaks.append(f"{name}: a marker: {MARKERS.search(text).group(0)}")  # type: ignore[union-attr]
        if path.suffix == ".ipynb":
            leaks += [f"{name}: {leak}" for leak in _notebook_leaks(text)]
    missing = allowed - {path.name for path in folder.glob("*")}
    return leaks + [f"{name}: missing from the release" for name in sorted(missing)]


def solution_lines(source: nbformat.NotebookNode) -> set[str]:
    """Lines that stand only inside solutions: regions between markers, and whole hand-graded answers."""
    inside: set[str] = set()
    outside: set[str] = set()
    for cell in source.cells:
        marked = "BEGIN SOLUTION" in cell.source
        hidden = is_solution(cell) and not marked
        for line in cell.source.splitlines():
            if "BEGIN SOLUTION" in line:
                hidden = True
            (inside if hidden else outside).add(line.strip())
            if "END SOLUTION" in line:
                hidden = False
    given = "\n".join(outside)
    return {line for line in inside if len(line) >= SHORTEST and "SOLUTION" not in line and line not in given}


def private_strings(secret: Path, public: Path) -> set[str]:
    """The secret seed, and every long array that only the secret truth has, not even as a part of another array."""
    given = public.read_text(encoding="utf-8")
    return {text for text in _arrays(secret) if text not in given} | {str(GroundTruth.load(secret).seed)}


def _arrays(truth: Path) -> set[str]:
    """Encoded arrays of a ground-truth file (strings without spaces, of some length)."""
    document = json.loads(truth.read_text(encoding="utf-8"))
    return {text for text in _strings(document["exercises"]) if len(text) >= 40 and " " not in text}


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item)


def _stands_in(needle: str, text: str) -> bool:
    """Whether a text is there, as it is or as JSON writes it."""
    return any(
        form in text for form in (needle, json.dumps(needle)[1:-1], json.dumps(needle, ensure_ascii=False)[1:-1])
    )


def _notebook_leaks(text: str) -> Iterator[str]:
    try:
        notebook = json.loads(text)
    except ValueError:
        yield "not a notebook"
        return
    for key in set(notebook["metadata"]) - NOTEBOOK_METADATA:
        yield f"notebook metadata {key!r}"
    for cell in notebook["cells"]:
        name = cell.get("id", "?")
        if cell.get("outputs") or cell.get("execution_count"):
            yield f"cell {name} has outputs"
        if cell.get("attachments"):
            yield f"cell {name} has attachments"
        for key in set(cell["metadata"]) - CELL_METADATA:
            yield f"cell {name} has metadata {key!r}"
        for key in set(cell["metadata"].get("nbgrader", {})) - NBGRADER_METADATA:
            yield f"cell {name} has nbgrader metadata {key!r}"
