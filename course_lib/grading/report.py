"""The class report: one self-contained HTML page."""

from __future__ import annotations

import os
import secrets
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined

from course_lib.errors import CourseError
from course_lib.grading import parts, similarity
from course_lib.grading.final import final_grades
from course_lib.grading.records import SubmissionRecord
from course_lib.grading.report_figures import JUDGED, Figures, State, figures, state_of
from course_lib.grading.signs import Group
from course_lib.grading.similarity import Pair
from course_lib.paths import Course

TEMPLATE = "report.html.j2"
MODE = 0o640  # of files with points: the group that grades may read them
MOST_TICKS = 5
MOST_NAMES = 100  # in a list; the table has all
MOST_ROWS = 15  # of a table in which the first ones matter
LETTERS = {
    State.FULL: "f",
    State.PARTLY: "p",
    State.WRONG: "w",
    State.STOPPED: "s",
    State.UNWRITTEN: "u",
    State.BY_HAND: "h",
}  # classes of the page; short, since there are as many cells as answers


def write(course: Course, assignment: str, records: Sequence[SubmissionRecord]) -> Figures:
    """Write `reports/<assignment>.html`; what it shows.

    Raises: CourseError: the gradebook or a graded notebook cannot be read, or the page cannot be written.
    """
    grades, outline = final_grades(course, assignment), parts.of_release(course, assignment)
    found = figures(assignment, records, grades, outline)
    write_page(course, found, similarity.pairs(course, assignment))
    return found


def write_page(course: Course, found: Figures, pairs: Sequence[Pair]) -> None:
    """Write the page, whole or not at all. Raises: CourseError: it cannot be written."""
    _replace(course.report(found.assignment), render(found, pairs, _pages(course, found)))


def render(found: Figures, pairs: Sequence[Pair], pages: dict[str, str]) -> str:
    """The page. pages: student -> address of the feedback page, for those who have one."""
    environment = Environment(
        loader=PackageLoader("course_lib.grading", ""),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"points": _points, "duration": _duration, "words": _words}
    return environment.get_template(TEMPLATE).render(
        found=found,
        pages=pages,
        nonce=secrets.token_urlsafe(16),
        made=datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        state_of=state_of,
        letters=LETTERS,
        judged=JUDGED,
        State=State,
        Group=Group,
        ticks=_ticks(max(bar.count for bar in found.bars)),
        places={row.record.student: place for place, row in enumerate(found.rows, start=1)},
        noted=sorted((row.record for row in found.rows if row.record.notes), key=lambda record: record.student),
        most_names=MOST_NAMES,
        most_rows=MOST_ROWS,
        pairs=pairs,
    )


def _pages(course: Course, found: Figures) -> dict[str, str]:
    """Student -> address of the feedback page, seen from the report."""
    name = found.assignment
    students = [row.record.student for row in found.rows]
    there = [student for student in students if (course.feedback(student, name) / f"{name}.html").is_file()]
    return {student: f"../feedback/{quote(student, safe='')}/{name}/{name}.html" for student in there}


def _replace(path: Path, text: str) -> None:
    """Raises: CourseError: the file cannot be written."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
        try:
            with open(handle, "w", encoding="utf-8", errors="replace") as file:
                file.write(text)
                os.fchmod(handle, MODE)
            os.replace(name, path)
        except BaseException:
            os.unlink(name)
            raise
    except OSError as error:
        raise CourseError(f"{path} cannot be written: {error.strerror}") from error


def _points(value: float) -> str:
    """Points as people write them.

    >>> _points(2.50), _points(0.125), _points(-0.0001)
    ('2.5', '0.125', '0')
    """
    return f"{round(value, 3) + 0.0:g}"


def _duration(seconds: float) -> str:
    """A time in two units at most.

    >>> _duration(59), _duration(3660), _duration(100_000)
    ('59 s', '1 h 1 min', '1 d 3 h')
    """
    minutes, hours, days = int(seconds // 60), int(seconds // 3600), int(seconds // 86400)
    if days:
        return f"{days} d {hours % 24} h"
    if hours:
        return f"{hours} h {minutes % 60} min"
    return f"{minutes} min" if minutes else f"{seconds:.0f} s"


def _words(name: str) -> str:
    """A name of Python's in words."""
    return name.replace("_", " ")


def _ticks(most: int) -> list[int]:
    """Marks of an axis of counts, from 0 to at least `most`.

    >>> _ticks(13), _ticks(3), _ticks(0)
    ([0, 5, 10, 15], [0, 1, 2, 3], [0, 1])
    """
    step = next(
        unit * power
        for power in (10**exponent for exponent in range(20))
        for unit in (1, 2, 5)
        if unit * power * MOST_TICKS >= most
    )
    return list(range(0, max(1, -(-most // step)) * step + 1, step))
