"""The class report: one self-contained HTML page."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import UTC, datetime
from urllib.parse import quote

from course_lib import whole_file
from course_lib.grading import parts, similarity, templating
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
    page = render(found, pairs, _pages(course, found))
    whole_file.write(course.report(found.assignment), page, MODE, "mend that", make_folder=True)


def render(found: Figures, pairs: Sequence[Pair], pages: dict[str, str]) -> str:
    """The page. pages: student -> address of the feedback page, for those who have one."""
    return templating.render(
        TEMPLATE,
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
