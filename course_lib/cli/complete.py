"""What the shell offers when it completes a command; a course that cannot be read offers nothing."""

from __future__ import annotations

import json

from course_lib.errors import CourseError
from course_lib.paths import Course


def students(incomplete: str) -> list[str]:
    """Who handed anything in."""
    try:
        folders = [path.parent for path in (Course.here().root / "submitted").glob("*/*")]
        return sorted({folder.name for folder in folders if folder.name.startswith(incomplete)})
    except (CourseError, OSError):
        return []


def exercises(incomplete: str) -> list[str]:
    """ASSIGNMENT.EXERCISE of all that has public ground truth, which is faster to read than the checks."""
    found: list[str] = []
    try:
        course = Course.here()
        for assignment in course.assignments():
            found += json.loads(course.public_truth(assignment).read_text(encoding="utf-8"))["points"]
    except (CourseError, OSError, ValueError, KeyError, TypeError):
        pass
    return sorted(name for name in found if name.startswith(incomplete))


def targets(incomplete: str) -> list[str]:
    """Assignments, and exercises once an assignment is there."""
    try:
        names = Course.here().assignments()
    except CourseError:
        return []
    return [name for name in names if name.startswith(incomplete)] + (
        exercises(incomplete) if "." in incomplete else []
    )
