"""Graded notebooks in `autograded/`: each is there whole or not at all, and says what it was made from.

Folders and permissions are those that nbgrader's converter leaves.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout
from nbformat import NotebookNode
from nbformat.v4 import reads_json
from traitlets.config import Config

from course_lib.errors import CourseError
from course_lib.grading.converter import CourseAutograde
from course_lib.nbgrader_bridge import CourseDirectory
from course_lib.paths import Course

UNFINISHED = ".course-"  # begins the names of files that are being written
TAIL = 2**16  # bytes at the end of a file, where the notebook's metadata is
STAMP = re.compile(rb'^   "fingerprint": "([0-9a-f]{64})"', re.MULTILINE)  # as nbformat lays metadata.course out
GROUP = 0o2770  # what c.CourseDirectory.groupshared adds to the mode of folders


class Store:
    """The graded notebooks of one assignment."""

    def __init__(self, course: Course, config: Config, assignment: str) -> None:
        self._course = course
        self._assignment = assignment
        self._shared = bool(CourseDirectory(config=config).groupshared)
        settings = CourseAutograde(coursedir=CourseDirectory(config=config), config=config)
        self._mode = int(str(settings.permissions), 8)

    def path(self, student: str) -> Path:
        """Where a student's graded notebook is."""
        return self._course.autograded(student, self._assignment) / f"{self._assignment}.ipynb"

    def write(self, student: str, text: str) -> None:
        """Put a graded notebook in its place, on disk when this returns. Raises: CourseError: it cannot be written."""
        path = self.path(student)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            if self._shared:
                for folder in (path.parent, path.parent.parent, path.parent.parent.parent):
                    _share(folder)
            handle, name = tempfile.mkstemp(prefix=UNFINISHED, dir=path.parent)
            with open(handle, "w", encoding="utf-8") as file:
                file.write(text)
                file.flush()
                os.fchmod(handle, self._mode)
                os.fsync(handle)
            os.replace(name, path)
        except OSError as error:
            raise CourseError(f"{path} cannot be written: {error.strerror}") from error

    def fingerprint(self, student: str) -> str | None:
        """What the student's graded notebook was made from; None where there is none, or it does not say."""
        try:
            with open(self.path(student), "rb") as file:
                file.seek(max(0, file.seek(0, os.SEEK_END) - TAIL))
                found = STAMP.findall(file.read())
                if found:
                    return found[-1].decode()  # what comes before may be the student's
            return self.read(student).metadata["course"]["fingerprint"]  # notes may be long
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None

    def read(self, student: str) -> NotebookNode:
        """A student's graded notebook. Raises: OSError, ValueError: there is none."""
        return parsed(self.path(student).read_text(encoding="utf-8"))

    def clear(self) -> None:
        """Remove what a killed run left half written."""
        for path in (self._course.root / "autograded").glob(f"*/{self._assignment}/{UNFINISHED}*"):
            path.unlink(missing_ok=True)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep other grading runs of this assignment out; the system ends this with the process.

        Raises: CourseError: another one is at work.
        """
        path = self._course.journal(self._assignment).with_suffix(".lock")
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(path, blocking=False)
        try:
            lock.acquire()
        except Timeout:
            raise CourseError(
                f"{self._assignment} is being graded by another `course autograde` here: wait for its end, or stop it"
            ) from None
        try:
            yield
        finally:
            lock.release()


def parsed(text: str) -> NotebookNode:
    """A notebook that this program has written. Raises: ValueError: this is not one."""
    notebook = reads_json(text)
    if not isinstance(notebook, NotebookNode):
        raise ValueError("not a notebook")
    return notebook


def _share(folder: Path) -> None:
    mode = folder.stat().st_mode
    if mode & GROUP != GROUP:
        try:
            folder.chmod((mode | GROUP) & 0o2777)
        except PermissionError:
            return  # another grader's folder, as nbgrader leaves it
