"""The CSV that Moodle imports into its gradebook (Grades, Import, CSV file).

The rules are those of docs.moodle.org, "Grade import", and of Moodle's importer, grade/import/csv/classes/load_data.php
of github.com/moodle/moodle: one column identifies the user (username, ID number or email address, which is case
sensitive; chosen on the page as "Map from" and "Map to"); a column may be a grade item's or its feedback, and these two
are imported together, since feedback alone would take the grades away; "-" is no grade; a user that Moodle does not
know ends the whole import, so that nobody is in the file who is not in the roster. A grade above the maximum is taken
only where the site allows grades over 100% (the settings unlimitedgrades and gradepointmax): without over=True, the
maximum is written and the students are named.
"""

from __future__ import annotations

import html
import re

from course_lib.errors import CourseError
from course_lib.grading.exports.marks import Mark, account, number
from course_lib.grading.exports.roster import Matched, Roster
from course_lib.grading.exports.table import Table, changed_keys

IDENTIFYING = ("ID number", "Email address", "Username", "username", "email", "idnumber")
KNOWN = ("First name", "Last name", "Surname", "Full name", *IDENTIFYING)
NO_GRADE = "-"  # alone it is no formula
REAL, FEEDBACK = " (Real)", " (Feedback)"  # after the item's name, as Moodle exports it
KIND = re.compile(r"^[^:]*: ")  # such as "Assignment: "
LIMIT = 100  # points that a grade may have on a site that does not say otherwise


def table(
    assignment: str,
    found: list[Mark],
    roster: Roster | None,
    matched: Matched | None,
    column: str | None = None,
    zero: bool = False,
    over: bool = False,
) -> Table:
    """The class for Moodle; without a roster, folders' names are taken for usernames.

    column: of the grades; else the assignment's in the roster, else a new one of its name. zero: who handed nothing in
    gets 0; else what the roster has, or no grade. Raises: CourseError: nothing in the roster identifies a user.
    """
    scores = {mark.student: number(mark.grade.score if over else _capped(mark)) for mark in found}
    texts = {mark.student: text(mark) for mark in found}
    capped = [mark.student for mark in found if not over and mark.grade.score > mark.grade.max_score]
    rows: list[list[object]] = []
    warnings = []
    if any(score > LIMIT for score in scores.values()):
        warnings.append(f"grades above {LIMIT}: Moodle takes them where unlimitedgrades and gradepointmax allow it")
    if roster is None or matched is None:
        title = column or assignment
        rows = [[student, scores[student], texts[student]] for student in scores]
        warnings += [line for student in scores for line in changed_keys(["username"], [student])]
        return Table([["username", title, _feedback(title)], *rows], None, list(scores), [], [], capped, warnings)

    identifying = [name for name in roster.columns if _identifies(roster, name) or name == matched.by]
    columns = [name for name in roster.columns if name in KNOWN or name in identifying]
    if not identifying:
        raise CourseError(
            f"{roster.path} identifies no user: give a list with one of the columns {', '.join(IDENTIFYING[:3])}"
        )
    title = column or _own(roster, assignment) or assignment
    students = {index: student for student, index in matched.rows.items()}
    rows = []
    absent = []
    for index, person in enumerate(roster.people):
        about = [person[name] for name in columns]
        warnings += changed_keys(columns, about)
        if index in students:
            rows.append([*about, scores[students[index]], texts[students[index]]])
        else:
            kept = person.get(title, "") or NO_GRADE
            rows.append([*about, 0 if zero else kept, person.get(_feedback(title), "")])
            absent.append(" ".join(about[:2]))
    written = [student for student in scores if student in matched.rows]
    return Table(
        [[*columns, title, _feedback(title)], *rows], matched.by, written, absent, matched.strangers, capped, warnings
    )


def text(mark: Mark) -> str:
    """The feedback, which Moodle shows as HTML: how the score comes about, and what each exercise gave."""
    lines = account(mark.grade)
    for name, item in mark.record.exercises.items():
        if item.score is not None:
            lines.append(f"{name.partition('.')[2]}: {number(item.score)} of {number(item.max_score)}")
    return html.escape(", ".join(lines))


def _identifies(roster: Roster, column: str) -> bool:
    """Whether Moodle can find users by a column: by its name, or since it has addresses, under whatever name."""
    texts = [person[column] for person in roster.people if person[column]]
    return column in IDENTIFYING or (bool(texts) and all("@" in text for text in texts))


def _capped(mark: Mark) -> float:
    return min(mark.grade.score, mark.grade.max_score)


def _own(roster: Roster, assignment: str) -> str | None:
    """The column that Moodle has for the assignment's grades."""
    for name in roster.columns:
        if name.endswith(REAL) and KIND.sub("", name.removesuffix(REAL)) == assignment:
            return name
    return None


def _feedback(title: str) -> str:
    return title.removesuffix(REAL) + FEEDBACK
