"""What is exported of a class: final grades of the gradebook, with what the judge found."""

from __future__ import annotations

from dataclasses import dataclass

from course_lib.errors import CourseError
from course_lib.grading import autograde
from course_lib.grading.final import DIGITS, FinalGrade, final_grades
from course_lib.grading.records import SubmissionRecord
from course_lib.grading.words import duration
from course_lib.paths import Course
from course_lib.verdict import SubmissionOutcome

SHOWN = 5  # names in one line


@dataclass(frozen=True)
class Mark:
    """A student's final grade, and the record of the graded notebook."""

    grade: FinalGrade
    record: SubmissionRecord

    @property
    def student(self) -> str:
        """Whose it is."""
        return self.grade.student


def marks(course: Course, assignment: str) -> list[Mark]:
    """All grades of the gradebook, by student. Raises: CourseError: there are none, or one is graded and not in it."""
    records = {record.student: record for record in autograde.graded(course, assignment)}
    grades = final_grades(course, assignment)
    lost = sorted(records.keys() - grades.keys())
    if lost:
        raise CourseError(
            f"{named(lost)}: graded, but not in the gradebook: run: course autograde {assignment} --force "
            + " ".join(f"--student {student}" for student in lost[:SHOWN])
        )
    unknown = SubmissionOutcome.GRADED  # who is in the gradebook alone has a grade and no details
    return [
        Mark(grade, records.get(student) or SubmissionRecord(student, unknown)) for student, grade in grades.items()
    ]


def refuse_open(found: list[Mark], assignment: str) -> None:
    """Raises: CourseError: a person has yet to give points."""
    waiting = [mark for mark in found if mark.grade.open]
    if waiting:
        points = sum(mark.grade.open for mark in waiting)
        raise CourseError(
            f"{len(waiting)} of {len(found)} submissions of {assignment} wait for {number(points)} points by hand "
            f"({named([mark.student for mark in waiting])}): give them in the formgrader, "
            "or export what there is with --open"
        )


def named(students: list[str]) -> str:
    """The first few names, and how many more there are.

    >>> named(["ann", "bob"]), named(list("abcdefg"))
    ('ann, bob', 'a, b, c, d, e and 2 more')
    """
    rest = len(students) - SHOWN
    return ", ".join(students[:SHOWN]) + (f" and {rest} more" if rest > 0 else "")


def number(value: float) -> float | int:
    """Points, without a fraction where there is none.

    >>> number(2.0), number(0.1 + 0.2)
    (2, 0.3)
    """
    rounded = round(value, DIGITS)
    return int(rounded) if rounded == int(rounded) else rounded


def account(grade: FinalGrade) -> list[str]:
    """How the score comes about, a line for each part that there is; nothing of it is written by a student."""
    lines = [f"{number(grade.score)} of {number(grade.max_score)} points", f"{number(grade.judged)} by the tests"]
    if grade.by_hand:
        lines.append(f"{number(grade.by_hand)} given by a person")
    if grade.bonus:
        lines.append(f"{number(grade.bonus)} as a bonus")
    if grade.penalty:
        lines.append(f"less {number(grade.penalty)} for lateness")
    if grade.late_s:
        lines.append(f"{duration(grade.late_s)} late")
    if grade.open:
        lines.append(f"provisional: a person has yet to give up to {number(grade.open)} points")
    return lines
