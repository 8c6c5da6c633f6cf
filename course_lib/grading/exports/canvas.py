"""The CSV that Canvas imports into its gradebook (Grades, Import).

The rules are those of Canvas's importer, lib/gradebook_importer.rb of github.com/instructure/canvas-lms, and of its
guide "How do I import grades in the Gradebook?": the header begins with Student and ID, then SIS User ID and SIS Login
ID, perhaps Integration ID and Root Account, then Section; each further column is an assignment, "NAME (NUMBER)" for one
that Canvas has; a row whose first cell has "Points Possible" gives the points; an empty grade is none, EX is excused.
A person is found by ID, then SIS User ID, then SIS Login ID, then name. A score may be above the points possible, so
that a bonus is written as it is.
"""

from __future__ import annotations

import re

from course_lib.errors import CourseError
from course_lib.grading.exports.marks import Mark, number
from course_lib.grading.exports.roster import Matched, Roster
from course_lib.grading.exports.table import Table, changed_keys

COLUMNS = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")
KNOWN = (
    "LastName",
    "FirstName",
    "Student",
    "ID",
    "SIS User ID",
    "SIS Login ID",
    "Integration ID",
    "Root Account",
    "Section",
)
NEEDED = ("ID", "Section")
POINTS = "    Points Possible"  # with the spaces that Canvas writes
NUMBER = re.compile(r" \(\d+\)$")


def table(
    assignment: str,
    found: list[Mark],
    roster: Roster | None,
    matched: Matched | None,
    column: str | None = None,
    zero: bool = False,
) -> Table:
    """The class for Canvas; without a roster, folders' names are taken for login IDs.

    column: of the grades; else the assignment's in the roster, else a new one of its name. zero: who handed nothing in
    gets 0; else what the roster has, or no grade. Raises: CourseError: the roster is not Canvas's.
    """
    most = number(found[0].grade.max_score)
    if roster is None or matched is None:
        title = column or assignment
        simple: list[list[object]] = [
            [mark.student, "", "", mark.student, "", number(mark.grade.score)] for mark in found
        ]
        warnings = [line for mark in found for line in changed_keys(["SIS Login ID"], [mark.student])]
        return Table(
            [[*COLUMNS, title], [POINTS, "", "", "", "", most], *simple],
            None,
            [mark.student for mark in found],
            [],
            [],
            [],
            warnings,
        )

    missing = [name for name in NEEDED if name not in roster.columns]
    if missing:
        raise CourseError(f"{roster.path} has no column {missing[0]!r}: give Canvas's own file (Grades, Export)")
    columns = [name for name in KNOWN if name in roster.columns]
    title = column or _own(roster, assignment) or assignment
    students = {index: student for student, index in matched.rows.items()}
    scores = {mark.student: number(mark.grade.score) for mark in found}
    rows: list[list[object]] = []
    absent, warnings = [], []
    for index, person in enumerate(roster.people):
        about = [person[name] for name in columns]
        if index in students:
            score: object = scores[students[index]]
        else:
            score = 0 if zero else person.get(title, "")
            absent.append(" ".join(about[:2]) if columns[0] == "LastName" else about[0])
        warnings += changed_keys(columns, about)
        rows.append([*about, score])
    points: list[object] = [POINTS, *[""] * (len(columns) - 1), most]
    written = [student for student in scores if student in matched.rows]
    return Table([[*columns, title], points, *rows], matched.by, written, absent, matched.strangers, [], warnings)


def _own(roster: Roster, assignment: str) -> str | None:
    """The column that Canvas has for the assignment."""
    return next((name for name in roster.columns if NUMBER.sub("", name) == assignment and name != assignment), None)
