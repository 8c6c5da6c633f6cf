"""Where things lie in a course folder."""

from __future__ import annotations

import difflib
import os
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from course_lib.errors import CourseError

MOST_FOR_SOCKETS = 36  # characters of a folder; a socket's whole name may have 107


def temporary() -> Path:
    """The folder for temporary folders in which there are sockets: /tmp where the system's own has too long a name."""
    usual = tempfile.gettempdir()
    return Path(usual if len(os.fsencode(usual)) <= MOST_FOR_SOCKETS else "/tmp")


def meant(name: str, known: Iterable[str]) -> str:
    """What to add to an error where a name is not known: the nearest of those that are, if one is near.

    >>> meant("rankings", ["meta_lstm", "ranking"]), meant("?", ["ranking"])
    ("; did you mean 'ranking'?", '')
    """
    near = difflib.get_close_matches(name, list(known), n=1)
    return f"; did you mean {near[0]!r}?" if near else ""


@dataclass(frozen=True)
class Course:
    """A course folder; nbgrader's own folders keep nbgrader's names."""

    root: Path

    @classmethod
    def here(cls, start: Path | None = None) -> Course:
        """The course folder that `start` (the current folder) lies in.

        Raises: CourseError: no nbgrader_config.py here or above.
        """
        start = (start or Path.cwd()).resolve()
        for folder in (start, *start.parents):
            if (folder / "nbgrader_config.py").is_file():
                return cls(folder)
        raise CourseError(f"{start} is not in a course folder (there is no nbgrader_config.py): change to it first")

    def assignments(self) -> list[str]:
        """Names of the folders in `source/`."""
        return sorted(path.name for path in (self.root / "source").glob("*") if path.is_dir())

    def require(self, assignment: str) -> None:
        """Raises: CourseError: there is no such assignment."""
        if assignment not in self.assignments():
            known = self.assignments()
            there = f"there are: {', '.join(known)}" if known else "it is empty"
            raise CourseError(f"no assignment {assignment!r} in source/; {there}{meant(assignment, known)}")

    def source(self, assignment: str) -> Path:
        """Folder of the instructor notebook."""
        return self.root / "source" / assignment

    def source_notebook(self, assignment: str) -> Path:
        """The instructor notebook."""
        return self.source(assignment) / f"{assignment}.ipynb"

    def release(self, assignment: str) -> Path:
        """Folder of the student notebook."""
        return self.root / "release" / assignment

    def release_notebook(self, assignment: str) -> Path:
        """The student notebook."""
        return self.release(assignment) / f"{assignment}.ipynb"

    def public_truth(self, assignment: str) -> Path:
        """Ground truth that ships with the release."""
        return self.source(assignment) / "test_gt.json"

    def mistakes(self, assignment: str) -> Path:
        """The bank of wrong answers."""
        return self.root / "tests" / "mistakes" / f"{assignment}.py"

    def styles(self, assignment: str) -> Path:
        """The bank of right answers in other styles."""
        return self.root / "tests" / "styles" / f"{assignment}.py"

    def dismissed(self, assignment: str) -> Path:
        """Mutants of the solutions that no check may reject, with reasons."""
        return self.root / "tests" / "dismissed" / f"{assignment}.toml"

    @property
    def attacks(self) -> Path:
        """The hostile suite."""
        return self.root / "tests" / "attacks"

    def journal(self, assignment: str) -> Path:
        """What grading runs have finished: a line for each submission, the newest last."""
        return self.root / "reports" / f"{assignment}.jsonl"

    @property
    def trials(self) -> Path:
        """Results of `course mutate`, used again while nothing changes; git ignores them."""
        return self.root / ".trials"

    def secret_truth(self, assignment: str) -> Path:
        """Ground truth for grading; git ignores it."""
        return self.root / ".secrets" / f"{assignment}.json"

    @property
    def secret_data(self) -> Path:
        """COURSE_DATA of the grading runs; git ignores it."""
        return self.root / ".secrets" / "data"

    def submitted(self, student: str, assignment: str) -> Path:
        """What a student handed in."""
        return self.root / "submitted" / student / assignment

    def autograded(self, student: str, assignment: str) -> Path:
        """A graded submission."""
        return self.root / "autograded" / student / assignment

    def feedback(self, student: str, assignment: str) -> Path:
        """The feedback page's folder."""
        return self.root / "feedback" / student / assignment

    def report(self, assignment: str) -> Path:
        """The class report."""
        return self.root / "reports" / f"{assignment}.html"
