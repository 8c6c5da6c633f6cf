"""Making a release from its source with nbgrader, scanned for leaks; comparing it with the one in the repository."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from nbgrader.converters import GenerateAssignment

from course_lib.authoring import leak_scan
from course_lib.authoring.reference import read_notebook
from course_lib.errors import CourseError
from course_lib.nbgrader_bridge import convert, load_config
from course_lib.paths import Course


def make(course: Course, assignment: str) -> None:
    """Write `release/<assignment>` and enter the assignment into the gradebook.

    Raises: CourseError: nbgrader refuses the source, or the release would leak something.
    """
    course.require(assignment)
    read_notebook(course.source_notebook(assignment))
    if not course.public_truth(assignment).is_file():
        raise CourseError(f"{course.public_truth(assignment)} is missing: run: course ground-truth {assignment}")
    convert(GenerateAssignment, course, load_config(course), assignment)
    leaks = leak_scan.scan(course, assignment)
    if leaks:
        shutil.rmtree(course.release(assignment))
        raise CourseError(f"the release of {assignment} would leak, and was removed: " + "; ".join(leaks[:5]))


def differences(course: Course, assignment: str) -> list[str]:
    """Files of the release that differ from what the source gives now. Nothing in the course folder is touched."""
    with tempfile.TemporaryDirectory() as temporary:
        copy = Course(Path(temporary))
        shutil.copy(course.root / "nbgrader_config.py", copy.root)
        shutil.copytree(course.source(assignment), copy.source(assignment))
        make(copy, assignment)
        fresh, stored = _files(copy.release(assignment)), _files(course.release(assignment))
    return sorted(name for name in fresh.keys() | stored.keys() if fresh.get(name) != stored.get(name))


def _files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
