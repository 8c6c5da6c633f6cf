"""Entering graded submissions into nbgrader's gradebook in batches, on SQLite and on PostgreSQL.

A batch leaves the rows that nbgrader's SaveAutoGrades and AssignLatePenalties and our SaveBonus leave one by one, with
a few queries for all of its students where those have several for each cell.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import TracebackType
from typing import Any, TypeVar

from nbformat import NotebookNode
from nbgrader.api import (
    Assignment,
    BaseCell,
    Comment,
    Grade,
    InvalidEntry,
    Notebook,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
    new_uuid,
)
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import AssignLatePenalties
from nbgrader.utils import compute_checksum, determine_grade, is_grade, is_solution, is_task, parse_utc
from sqlalchemy import Engine, event, func, insert, make_url, select, update
from sqlalchemy.exc import ArgumentError, IntegrityError, OperationalError, SQLAlchemyError
from sqlalchemy.orm import Session
from traitlets import TraitError
from traitlets.config import Config

from course_lib.errors import CourseError
from course_lib.grading.judging import bonus_of
from course_lib.grading.run import exercise_of
from course_lib.nbgrader_bridge import gradebook
from course_lib.paths import Course

log = logging.getLogger(__name__)
T = TypeVar("T")
TRIES = 4
PAUSE_S = 0.5  # before the second try, and as much longer before each further one
SETTING = "c.CourseDirectory.db_url in nbgrader_config.py"


@dataclass(frozen=True)
class Entry:
    """One graded submission for the gradebook. notebook: as graded. timestamp: of the submission, if believed."""

    student: str
    notebook: NotebookNode
    timestamp: datetime | None = None


@dataclass(frozen=True)
class _Marks:
    """What a graded notebook says of its cells, by their names."""

    scores: dict[str, float | None]
    bonus: dict[str, float]
    comments: dict[str, str | None]


@dataclass(frozen=True)
class _Cell:
    """A cell of the assignment that has grades, comments or both."""

    id: str
    name: str
    kind: str
    notebook: str

    @property
    def graded(self) -> bool:
        return self.kind in ("GradeCell", "TaskCell")

    @property
    def commented(self) -> bool:
        return self.kind in ("SolutionCell", "TaskCell")


@dataclass(frozen=True)
class _Structure:
    """The assignment as the gradebook knows it. notebooks: name -> id."""

    id: str
    duedate: datetime | None
    notebooks: dict[str, str]
    cells: list[_Cell]


@dataclass(frozen=True)
class _Sheet:
    """A notebook of one student's submission, as a row. marks: empty for a notebook that is not graded here."""

    id: str
    notebook: str
    student: str
    marks: _Marks
    penalty: float | None = None


class Book:
    """The gradebook of one assignment; a context manager. wait_s: for another program that writes on SQLite."""

    def __init__(self, course: Course, config: Config, assignment: str, wait_s: float = 10.0) -> None:
        """Raises: CourseError: the plugin for late submissions does not load."""
        self._course, self._config, self._assignment, self._wait_s = course, config, assignment, wait_s
        self._url = str(CourseDirectory(config=config).db_url)
        try:
            late = AssignLatePenalties(config=config)
            late.init_plugin()
        except (TraitError, ImportError) as error:
            raise CourseError(
                f"c.AssignLatePenalties in nbgrader_config.py: {_first_line(error)}: correct it"
            ) from error
        self._plugin = late.plugin_inst

    def __enter__(self) -> Book:
        """Raises: CourseError: the gradebook cannot be used, or does not know the assignment."""
        self._engine = self._tried(self._open)
        try:
            self._structure = self._tried(self._read_structure)
        except BaseException:
            self._engine.dispose()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._engine.dispose()

    def known(self) -> set[str]:
        """Students with a submission of the assignment. Raises: CourseError: the gradebook cannot be read."""
        return self._tried(self._read_known)

    def write(self, entries: list[Entry]) -> None:
        """Enter all of `entries` or, where that fails, none; of two of one student the last counts.

        What a person entered stays: manual scores, comments, and extra credit where there is no bonus task.
        Raises: CourseError: the gradebook cannot be written, or an entry does not fit it.
        """
        last = {entry.student: entry for entry in entries}
        marks = {student: self._marks(entry) for student, entry in last.items()}
        times = {student: parse_utc(entry.timestamp) for student, entry in last.items()}
        if last:
            self._tried(lambda: self._write(marks, times))

    def _open(self) -> Engine:
        with gradebook(self._course, self._config) as book:
            engine: Engine = book.engine
        # Here nbgrader's connections are closed and the current folder is what it was; the engine makes new ones.
        if engine.dialect.name == "sqlite":

            @event.listens_for(engine, "connect")
            def wait_for_others(connection: Any, _: Any) -> None:
                connection.execute(f"PRAGMA busy_timeout = {round(1000 * self._wait_s)}")

        return engine

    def _tried(self, action: Callable[[], T]) -> T:
        """What `action` gives, tried again where another program may be in the way or the connection was lost.

        Raises: CourseError: it failed each time, or in another way that the database has.
        """
        try:
            for number in range(1, TRIES):
                try:
                    return action()
                except (OperationalError, IntegrityError, InvalidEntry) as error:
                    log.warning("the gradebook: %s; trying again", _first_line(error))
                    time.sleep(PAUSE_S * number)
            return action()
        except (ImportError, SQLAlchemyError, InvalidEntry) as error:
            raise unusable(self._url, error) from error

    def _read_structure(self) -> _Structure:
        with Session(self._engine) as session:
            found = session.execute(
                select(Assignment.id, Assignment.duedate).where(Assignment.name == self._assignment)
            ).one_or_none()
            if found is not None:
                of_this = Notebook.assignment_id == found.id
                notebooks = session.execute(select(Notebook.name, Notebook.id).where(of_this))
                by_name = {row.name: row.id for row in notebooks}
                columns = (BaseCell.id, BaseCell.name, BaseCell.type, BaseCell.notebook_id)
                rows = session.execute(select(*columns).where(BaseCell.notebook_id.in_(by_name.values())))
                cells = [_Cell(*row) for row in rows]
        if found is None or self._assignment not in by_name:
            raise CourseError(f"the gradebook does not know {self._assignment}: run: course release {self._assignment}")
        return _Structure(found.id, found.duedate, by_name, cells)

    def _read_known(self) -> set[str]:
        with Session(self._engine) as session:
            query = select(SubmittedAssignment.student_id)
            return set(session.scalars(query.where(SubmittedAssignment.assignment_id == self._structure.id)))

    def _marks(self, entry: Entry) -> _Marks:
        """Raises: CourseError: the student or a cell does not fit the gradebook."""
        about = f"submission of {entry.student!r}"
        most = Student.id.type.length
        if self._engine.dialect.name != "sqlite" and len(entry.student) > most:
            raise CourseError(f"{about}: the gradebook takes names up to {most} characters: rename the folder")
        try:
            entry.student.encode()
        except UnicodeEncodeError:
            raise CourseError(f"{about}: the name is not UTF-8: rename the folder") from None
        try:
            marks = _marks(entry.notebook, self._assignment)
        except (ValueError, KeyError, AttributeError, TypeError) as error:
            reason = f"{type(error).__name__}: {_first_line(error)}"
            raise CourseError(f"{about}: the notebook has no readable scores ({reason}): grade it again") from error
        ours = [cell for cell in self._structure.cells if cell.notebook == self._structure.notebooks[self._assignment]]
        strange = marks.scores.keys() - {cell.name for cell in ours if cell.graded}
        strange |= marks.comments.keys() - {cell.name for cell in ours if cell.commented}
        if strange:
            raise CourseError(
                f"{about}: the gradebook does not know the cells {', '.join(sorted(strange))}: "
                f"run: course release {self._assignment}"
            )
        return marks

    def _write(self, marks: dict[str, _Marks], times: dict[str, datetime | None]) -> None:
        with Session(self._engine) as session, session.begin():
            # A write comes first: a transaction that has read before it cannot wait for another writer on SQLite.
            this = update(Assignment).where(Assignment.id == self._structure.id)
            session.execute(this.values(name=Assignment.name), execution_options={"synchronize_session": False})
            _enter_students(session, sorted(marks))
            submissions, late = _enter_submissions(session, self._structure, times)
            sheets = _enter_sheets(session, self._structure, submissions, self._assignment, marks)
            _enter_grades(session, self._structure, sheets)
            _enter_comments(session, self._structure, sheets)
            self._enter_penalties(session, sheets, late)

    def _enter_penalties(self, session: Session, sheets: list[_Sheet], late: dict[str, float]) -> None:
        """late: student -> seconds, of those who are late."""
        graded = [sheet for sheet in sheets if sheet.notebook == self._structure.notebooks[self._assignment]]
        scores = _scores(session, self._structure, [sheet.id for sheet in graded if sheet.student in late])
        changes = []
        for sheet in graded:
            penalty = None
            if sheet.student in late:
                penalty = self._penalty(sheet.student, scores.get(sheet.id, 0.0), late[sheet.student])
            if penalty != sheet.penalty:
                changes.append({"id": sheet.id, "late_submission_penalty": penalty})
        _change(session, SubmittedNotebook, changes)

    def _penalty(self, student: str, score: float, seconds: float) -> float | None:
        """As AssignLatePenalties decides it. Raises: CourseError: the plugin fails."""
        try:
            penalty = self._plugin.late_submission_penalty(student, score, seconds)
            return None if penalty is None else min(max(penalty, 0), score)
        except Exception as error:
            reason = f"{type(self._plugin).__name__} failed ({type(error).__name__}: {error})"
            raise CourseError(
                f"the late penalty of {student!r}: {reason}: correct c.AssignLatePenalties.plugin_class in "
                "nbgrader_config.py"
            ) from error


def unusable(url: str, error: Exception) -> CourseError:
    """What to say of a gradebook that cannot be opened, read or written."""
    if isinstance(error, ImportError):
        return CourseError(
            f"the gradebook {_shown(url)} needs the package {error.name}; for PostgreSQL: pip install "
            f"psycopg2-binary, and write postgresql+psycopg2://... as {SETTING}"
        )
    return CourseError(f"the gradebook {_shown(url)} {_problem(error)}")


def _marks(notebook: NotebookNode, assignment: str) -> _Marks:
    """As SaveAutoGrades and SaveBonus read a graded notebook."""
    marks = _Marks({}, {}, {})
    for cell in notebook.cells:
        if is_grade(cell):
            name = cell.metadata.nbgrader.grade_id
            marks.scores[name], _ = determine_grade(cell, log)
            exercise = exercise_of(cell, assignment)
            if exercise is not None and bonus_of(exercise):
                marks.bonus[name] = cell.metadata["course"]["bonus"]
        if is_solution(cell) or is_task(cell):
            about = cell.metadata.nbgrader
            untouched = not is_task(cell) and about.get("checksum") == compute_checksum(cell)
            marks.comments[about.grade_id] = "No response." if untouched else None
    return marks


def _enter_students(session: Session, students: list[str]) -> None:
    known = set(session.scalars(select(Student.id).where(Student.id.in_(students))))
    _add(session, Student, [{"id": student} for student in students if student not in known])


def _enter_submissions(
    session: Session, structure: _Structure, times: dict[str, datetime | None]
) -> tuple[dict[str, str], dict[str, float]]:
    """Student -> id of the submission, and student -> seconds of those who are late."""
    columns = (
        SubmittedAssignment.student_id,
        SubmittedAssignment.id,
        SubmittedAssignment.timestamp,
        SubmittedAssignment.extension,
    )
    query = select(*columns).where(
        SubmittedAssignment.assignment_id == structure.id, SubmittedAssignment.student_id.in_(times)
    )
    known = {row.student_id: row for row in session.execute(query)}
    ids, late, new, changes = {}, {}, [], []
    for student, time_given in sorted(times.items()):
        row = known.get(student)
        time_known, extension = (row.timestamp, row.extension) if row else (None, None)
        ids[student] = row.id if row else new_uuid()
        submitted = time_given or time_known
        if row is None:
            about = {"student_id": student, "assignment_id": structure.id, "timestamp": submitted}
            new.append({"id": ids[student], **about})
        elif submitted != time_known:
            changes.append({"id": row.id, "timestamp": submitted})
        seconds = seconds_late(submitted, structure.duedate, extension)
        if seconds > 0:
            late[student] = seconds
    _add(session, SubmittedAssignment, new)
    _change(session, SubmittedAssignment, changes)
    return ids, late


def seconds_late(submitted: datetime | None, duedate: datetime | None, extension: timedelta | None) -> float:
    """Seconds after the due date, negative before it; 0 where one of the times is not known."""
    if submitted is None or duedate is None:
        return 0.0
    return (submitted - duedate - (extension or timedelta())).total_seconds()


def _enter_sheets(
    session: Session, structure: _Structure, submissions: dict[str, str], assignment: str, marks: dict[str, _Marks]
) -> list[_Sheet]:
    columns = (
        SubmittedNotebook.assignment_id,
        SubmittedNotebook.notebook_id,
        SubmittedNotebook.id,
        SubmittedNotebook.late_submission_penalty,
    )
    query = select(*columns).where(
        SubmittedNotebook.assignment_id.in_(submissions.values()),
        SubmittedNotebook.notebook_id.in_(structure.notebooks.values()),
    )
    known = {(row.assignment_id, row.notebook_id): row for row in session.execute(query)}
    sheets, new = [], []
    for student, submission in submissions.items():
        for name, notebook in structure.notebooks.items():
            row = known.get((submission, notebook))
            its_marks = marks[student] if name == assignment else _Marks({}, {}, {})
            if row is None:
                sheets.append(_Sheet(new_uuid(), notebook, student, its_marks))
                new.append({"id": sheets[-1].id, "assignment_id": submission, "notebook_id": notebook})
            else:
                sheets.append(_Sheet(row.id, notebook, student, its_marks, row.late_submission_penalty))
    _add(session, SubmittedNotebook, new)
    return sheets


def _enter_grades(session: Session, structure: _Structure, sheets: list[_Sheet]) -> None:
    columns = (Grade.auto_score, Grade.needs_manual_grade, Grade.extra_credit, Grade.manual_score)
    known = _rows(session, Grade, columns, [cell.id for cell in structure.cells if cell.graded], sheets)
    new, changes = [], []
    for sheet in sheets:
        for cell in structure.cells:
            if not cell.graded or cell.notebook != sheet.notebook:
                continue
            row = known.get((sheet.id, cell.id))
            old = (row.auto_score, row.needs_manual_grade, row.extra_credit) if row else (None, True, None)
            score, by_hand, extra = old
            if cell.name in sheet.marks.scores:
                score = sheet.marks.scores[cell.name]
                by_hand = score is None or (row is not None and row.manual_score is not None)
            extra = sheet.marks.bonus.get(cell.name, extra)
            values = {"auto_score": score, "needs_manual_grade": by_hand, "extra_credit": extra}
            if row is None:
                new.append({"cell_id": cell.id, "notebook_id": sheet.id, **values})
            elif old != (score, by_hand, extra):
                changes.append({"id": row.id, **values})
    _add(session, Grade, new)
    _change(session, Grade, changes)


def _enter_comments(session: Session, structure: _Structure, sheets: list[_Sheet]) -> None:
    cells = [cell.id for cell in structure.cells if cell.commented]
    known = _rows(session, Comment, (Comment.auto_comment,), cells, sheets)
    new, changes = [], []
    for sheet in sheets:
        for cell in structure.cells:
            if not cell.commented or cell.notebook != sheet.notebook:
                continue
            row = known.get((sheet.id, cell.id))
            old = row.auto_comment if row else None
            comment = sheet.marks.comments.get(cell.name, old)
            if row is None:
                new.append({"cell_id": cell.id, "notebook_id": sheet.id, "auto_comment": comment})
            elif comment != old:
                changes.append({"id": row.id, "auto_comment": comment})
    _add(session, Comment, new)
    _change(session, Comment, changes)


def _rows(
    session: Session, table: Any, columns: tuple[Any, ...], cells: list[str], sheets: list[_Sheet]
) -> dict[tuple[str, str], Any]:
    """(notebook, cell) -> row, of Grade or Comment. A person who grades one of them meanwhile waits on PostgreSQL."""
    # Both ids are asked for, since the tables' only index has the cell first.
    query = select(table.notebook_id, table.cell_id, table.id, *columns).where(
        table.cell_id.in_(cells), table.notebook_id.in_([sheet.id for sheet in sheets])
    )
    return {(row.notebook_id, row.cell_id): row for row in session.execute(query.with_for_update())}


def _scores(session: Session, structure: _Structure, sheets: list[str]) -> dict[str, float]:
    """Sheet -> score, as nbgrader sums it up."""
    if not sheets:
        return {}
    cells = [cell.id for cell in structure.cells if cell.graded]
    query = select(Grade.notebook_id, func.sum(Grade.score)).where(
        Grade.cell_id.in_(cells), Grade.notebook_id.in_(sheets)
    )
    return {notebook: score for notebook, score in session.execute(query.group_by(Grade.notebook_id))}


def _add(session: Session, table: Any, rows: list[dict[str, Any]]) -> None:
    if rows:
        # Else there is a statement for each run of rows with the same empty columns.
        session.execute(insert(table), rows, execution_options={"render_nulls": True})


def _change(session: Session, table: Any, rows: list[dict[str, Any]]) -> None:
    """rows: with the ids of what is there."""
    if rows:
        session.execute(update(table), rows)


def _shown(url: str) -> str:
    """The address without its password."""
    try:
        return make_url(url).render_as_string(hide_password=True)
    except ArgumentError:
        return "(its address is malformed)"


def _problem(error: Exception) -> str:
    """What is wrong with the gradebook, and the remedy."""
    reason = _first_line(error)
    if "database is locked" in reason:
        return "is locked by another program that writes to it: end that one and run this again"
    if isinstance(error, OperationalError):
        return f"cannot be reached or written: {reason}: mend that or {SETTING}"
    if isinstance(error, ArgumentError):  # an unknown kind of database is one too
        return f"has an address that is not understood: {reason}: correct {SETTING}"
    return f"does not take the grades: {reason}: if an older nbgrader made it, run: nbgrader db upgrade"


def _first_line(error: Exception) -> str:
    """The database's own words, without the query."""
    text = str(getattr(error, "orig", None) or error).strip()
    return text.splitlines()[0] if text else type(error).__name__
