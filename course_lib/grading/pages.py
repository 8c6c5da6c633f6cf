"""Feedback pages, made by nbgrader from the graded notebooks."""

from __future__ import annotations

from nbgrader.converters import GenerateFeedback

from course_lib.errors import CourseError
from course_lib.nbgrader_bridge import convert, load_config
from course_lib.paths import Course


def write(course: Course, assignment: str) -> int:
    """Write `feedback/<student>/<assignment>/` for every graded submission; how many there are.

    Raises: CourseError: nothing was graded yet.
    """
    graded = sorted((course.root / "autograded").glob(f"*/{assignment}/{assignment}.ipynb"))
    if not graded:
        raise CourseError(f"nothing of {assignment} is graded yet: run: course autograde {assignment}")
    config = load_config(course)
    for path in graded:
        convert(GenerateFeedback, course, config, assignment, path.parent.parent.name)
    return len(graded)
