"""What each student of an assignment has in the end, read from nbgrader's gradebook with a few queries for all.

Bonus and late penalty are nbgrader's own figures, and each counts once: what the judge and persons gave, with extra
credit, is nbgrader's `submission.score`; its `late_submission_penalty` is taken off that, down to zero.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import chdir, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbgrader.api import (
    Assignment,
    Grade,
    GradeCell,
    Notebook,
    SubmittedAssignment,
    SubmittedNotebook,
    TaskCell,
)
from nbgrader.coursedir import CourseDirectory
from sqlalchemy import Select, case, create_engine, func, make_url, or_, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from course_lib.errors import CourseError
from course_lib.grading.book import seconds_late, unusable
from course_lib.nbgrader_bridge import load_config
from course_lib.paths import Course

DIGITS = 6  # of points; further ones are noise of sums


@dataclass(frozen=True)
class FinalGrade:
    """A student's points. late_s: seconds after the due date with its extension; None: not late, or not known.

    judged: from the judge, without bonus. by_hand: from a person, who overrules the judge. bonus: extra credit.
    penalty: for lateness. score: all of these, at least 0. max_score: of the assignment, without bonus.
    open: points of the cells that wait for a person.
    """

    student: str
    judged: float
    by_hand: float
    bonus: float
    penalty: float
    late_s: float | None
    score: float
    max_score: float
    open: float


def final_grades(course: Course, assignment: str) -> dict[str, FinalGrade]:
    """Student -> grade, by name, of all with a submission in the gradebook; empty where there is none.

    Raises: CourseError: the gradebook cannot be read, or does not know the assignment.
    """
    url = str(CourseDirectory(config=load_config(course)).db_url)
    try:
        with _reading(course, url) as session:
            return _read(session, assignment)
    except (SQLAlchemyError, ImportError) as error:
        raise unusable(url, error) from error


@contextmanager
def _reading(course: Course, url: str) -> Iterator[Session]:
    """A session that makes no new file. Raises: CourseError: the gradebook's file is missing."""
    with chdir(course.root):  # a path in the address may be relative
        address = make_url(url)
        if address.get_backend_name() == "sqlite" and not Path(address.database or "").is_file():
            raise CourseError(f"the gradebook {address.database} is missing: run: course release, course autograde")
        engine = create_engine(address)
        try:
            with Session(engine) as session:
                yield session
        finally:
            engine.dispose()


def _read(session: Session, assignment: str) -> dict[str, FinalGrade]:
    about = session.execute(
        select(Assignment.id, Assignment.duedate).where(Assignment.name == assignment)
    ).one_or_none()
    if about is None:
        raise CourseError(f"the gradebook does not know {assignment}: run: course release {assignment}")
    cells = _cells(session, about.id)
    max_score = round(sum(cells.values()), DIGITS)
    points, penalties = _points(session, about.id), _penalties(session, about.id)
    waiting = _waiting(session, about.id, cells)
    columns = (SubmittedAssignment.student_id, SubmittedAssignment.timestamp, SubmittedAssignment.extension)
    query = select(SubmittedAssignment.id, *columns).where(SubmittedAssignment.assignment_id == about.id)
    found = {}
    for submission, student, timestamp, extension in session.execute(query):
        judged, by_hand, bonus = points.get(submission, (0.0, 0.0, 0.0))
        penalty = penalties.get(submission, 0.0)
        late_s = seconds_late(timestamp, about.duedate, extension)
        found[student] = FinalGrade(
            student,
            round(judged, DIGITS),
            round(by_hand, DIGITS),
            round(bonus, DIGITS),
            round(penalty, DIGITS),
            late_s if late_s > 0 else None,
            round(max(0.0, judged + by_hand + bonus - penalty), DIGITS),
            max_score,
            round(waiting.get(submission, 0.0), DIGITS),
        )
    return dict(sorted(found.items()))


def _cells(session: Session, assignment: str) -> dict[str, float]:
    """Cell -> its points, of those that give points."""
    points: dict[str, float] = {}
    for kind in (GradeCell, TaskCell):
        query = select(kind.id, kind.max_score).join(Notebook, Notebook.id == kind.notebook_id)
        points.update(session.execute(query.where(Notebook.assignment_id == assignment)).tuples().all())
    return points


def _points(session: Session, assignment: str) -> dict[str, tuple[float, float, float]]:
    """Submission -> points that are judged, by hand, bonus. As in Grade.score: no bonus where there is no score."""
    by_person = Grade.manual_score.is_not(None)
    scored = or_(by_person, Grade.auto_score.is_not(None))
    query = select(
        SubmittedAssignment.id,
        _sum(case((by_person, 0.0), else_=Grade.auto_score)),
        _sum(Grade.manual_score),
        _sum(case((scored, Grade.extra_credit), else_=0.0)),
    )
    found = session.execute(_of(query.join_from(Grade, Grade.notebook), assignment).group_by(SubmittedAssignment.id))
    return {submission: (judged, by_hand, bonus) for submission, judged, by_hand, bonus in found}


def _penalties(session: Session, assignment: str) -> dict[str, float]:
    """Submission -> penalty of all its notebooks."""
    query = select(SubmittedAssignment.id, _sum(SubmittedNotebook.late_submission_penalty))
    found = _of(query.select_from(SubmittedNotebook), assignment).group_by(SubmittedAssignment.id)
    return dict(session.execute(found).tuples().all())


def _waiting(session: Session, assignment: str, cells: dict[str, float]) -> dict[str, float]:
    """Submission -> points of its cells that wait for a person."""
    query = _of(select(SubmittedAssignment.id, Grade.cell_id).join_from(Grade, Grade.notebook), assignment)
    found: dict[str, float] = {}
    for submission, cell in session.execute(query.where(Grade.needs_manual_grade)):
        found[submission] = found.get(submission, 0.0) + cells.get(cell, 0.0)
    return found


def _of(query: Select[Any], assignment: str) -> Select[Any]:
    """A query on submitted notebooks, for one assignment."""
    return query.join(SubmittedNotebook.assignment).where(SubmittedAssignment.assignment_id == assignment)


def _sum(of: Any) -> Any:
    return func.coalesce(func.sum(of), 0.0)
