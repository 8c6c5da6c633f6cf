"""`course autograde`: every submission of a class, through nbgrader's converter, to exactly one outcome each."""

from __future__ import annotations

from collections.abc import Callable

from nbgrader.api import Gradebook, MissingEntry
from traitlets.config import Config

from course_lib import checks
from course_lib.errors import CourseError
from course_lib.grading import records
from course_lib.grading.converter import CourseAutograde
from course_lib.grading.preprocessors import load_secret_truth
from course_lib.grading.records import SubmissionRecord
from course_lib.grading.sandbox import Sandbox
from course_lib.nbgrader_bridge import convert, gradebook, load_config
from course_lib.paths import Course


def students_of(course: Course, assignment: str) -> list[str]:
    """Who handed in a folder for this assignment.

    Raises: CourseError: nobody did.
    """
    folders = (course.root / "submitted").glob(f"*/{assignment}")
    found = sorted(path.parent.name for path in folders if not path.parent.name.startswith("."))
    if not found:
        raise CourseError(
            f"no submissions in {course.root / 'submitted'}: "
            f"a submission is submitted/<student>/{assignment}/{assignment}.ipynb"
        )
    return found


def grade_class(
    course: Course,
    assignment: str,
    students: list[str],
    isolation: str,
    done: Callable[[SubmissionRecord], None] = lambda record: None,
) -> list[SubmissionRecord]:
    """Grade `students` one after another; one bad submission never stops the class.

    done: called with each record as soon as there is one.
    Raises: CourseError: nothing can be graded at all (no sandbox, no ground truth, no release).
    """
    config = ready(course, assignment, isolation)
    finished = []
    for student in students:
        record = grade_one(course, config, assignment, student)
        finished.append(record)
        done(record)
    return finished


def ready(course: Course, assignment: str, isolation: str) -> Config:
    """The grading configuration, once all that grading needs is there.

    Raises: CourseError: it names the missing piece and the command that makes it.
    """
    course.require(assignment)
    config = load_config(course)
    config.RunInSandbox.isolation = isolation
    truth = load_secret_truth(course, assignment)
    if {check.exercise for check in checks.ASSIGNMENTS[assignment]} - truth.exercises.keys():
        raise CourseError(f"the secret ground truth lacks exercises: run: course ground-truth {assignment}")
    Sandbox(course.public_truth(assignment), course.secret_data, isolation).check()
    if not course.release_notebook(assignment).is_file():
        raise CourseError(f"{course.release_notebook(assignment)} is missing: run: course release {assignment}")
    with gradebook(course, config) as book:
        if not _known(book, assignment):
            raise CourseError(f"the gradebook does not know {assignment}: run: course release {assignment}")
    return config


def grade_one(course: Course, config: Config, assignment: str, student: str) -> SubmissionRecord:
    """One submission to one outcome.

    Raises: CourseError: something is missing that is not the student's doing, such as a kernel that starts.
    """
    convert(CourseAutograde, course, config, assignment, student)
    return records.read(course.autograded(student, assignment) / f"{assignment}.ipynb", student, assignment)


def graded(course: Course, assignment: str) -> list[SubmissionRecord]:
    """The records of all graded submissions. Raises: CourseError: there are none."""
    paths = sorted((course.root / "autograded").glob(f"*/{assignment}/{assignment}.ipynb"))
    if not paths:
        raise CourseError(f"nothing of {assignment} is graded yet: run: course autograde {assignment}")
    return [records.read(path, path.parent.parent.name, assignment) for path in paths]


def _known(book: Gradebook, assignment: str) -> bool:
    try:
        book.find_assignment(assignment)
    except MissingEntry:
        return False
    return True
