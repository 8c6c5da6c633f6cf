"""The people of a course as an LMS lists them in a CSV, and who of the graded students is which of them."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from course_lib.errors import CourseError
from course_lib.grading.collect import student_name
from course_lib.grading.exports.marks import named

MOST_BYTES = 20_000_000
SEPARATORS = ",;\t"
TOGETHER = "the first two columns together"  # first and last name, in whatever language the headers are
NUMBER = re.compile(r"_\d+$")  # that Moodle puts after a name
# Rows that Canvas writes under the header and leaves out when it reads: lib/gradebook_importer.rb of Canvas.
POSTING = re.compile(r"\s*(Muted|Manual Posting.*)?\s*", re.IGNORECASE)

Person = dict[str, str]  # column -> text


@dataclass(frozen=True)
class Roster:
    """Who is in the course. path: where that was read."""

    path: Path
    columns: tuple[str, ...]
    people: tuple[Person, ...]


@dataclass(frozen=True)
class Matched:
    """Who is who. by: the column that told. rows: student -> index of the person. strangers: not in the roster."""

    by: str
    rows: dict[str, int]
    strangers: list[str]


def read(path: Path) -> Roster:
    """Raises: CourseError: the file is missing, too large or no CSV with a header."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise CourseError(f"{path} has more than {MOST_BYTES:,} bytes: it is no list of a course")
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise CourseError(f"cannot read {path}: {error.strerror}: name the CSV that the LMS exports") from None
    except UnicodeDecodeError:
        raise CourseError(f"{path} is not UTF-8: export it again, and do not save it from a spreadsheet") from None
    first = text.partition("\n")[0]
    separator = max(SEPARATORS, key=first.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error as error:
        raise CourseError(f"{path} is not a CSV: {error}: export it again") from None
    columns = tuple(name.strip() for name in rows[0]) if rows else ()
    if len(columns) < 2:
        raise CourseError(f"{path} has no header with several columns: export it again as CSV")
    twice = sorted({name for name in columns if name and columns.count(name) > 1})
    if twice:
        raise CourseError(f"{path} has the column {twice[0]!r} twice: remove one")
    people = [_person(columns, row) for row in rows[1:] if not _aside(row)]
    return Roster(path, columns, tuple(people))


def _person(columns: tuple[str, ...], row: list[str]) -> Person:
    return dict(zip(columns, [text.strip() for text in row] + [""] * (len(columns) - len(row)), strict=False))


def _aside(row: list[str]) -> bool:
    """Whether a row is about no person."""
    return not row or "Points Possible" in row[0] or all(POSTING.fullmatch(text) for text in row)


def match(roster: Roster, students: list[str], by: str | None = None) -> Matched:
    """Find each student among the people by a column; without one, by that which knows most of them.

    Capitals and signs do not count, since folders cannot have all signs, nor does the number after a name in folders
    that Moodle makes. Raises: CourseError: there is no such column, or it does not tell two people apart.
    """
    if by is not None and by not in roster.columns:
        raise CourseError(f"{roster.path} has no column {by!r}; there are: {', '.join(roster.columns)}")
    columns = [by] if by is not None else [*roster.columns, TOGETHER]
    found = {column: _found(roster, students, column) for column in columns}
    best = max(columns, key=lambda column: len(found[column]))
    rows: dict[str, int] = {}
    owners: dict[int, str] = {}
    for student, candidates in found[best].items():
        other = owners.get(candidates[0])
        if len(candidates) > 1:
            raise CourseError(f"{roster.path}: {len(candidates)} people are {student!r} by {best}: {REMEDY}")
        if other is not None:
            raise CourseError(f"{roster.path}: {other!r} and {student!r} are the same person by {best}: {REMEDY}")
        rows[student], owners[candidates[0]] = candidates[0], student
    if students and not rows:
        raise CourseError(
            f"{roster.path}: no column knows any of the students ({named(students)}): export the list of this course, "
            "or name the column with --by"
        )
    return Matched(best, rows, [student for student in students if student not in rows])


REMEDY = "name a column that tells them apart with --by, or rename a folder in submitted/ and grade it again"


def _found(roster: Roster, students: list[str], column: str) -> dict[str, list[int]]:
    """Student -> who it may be."""
    people: dict[str, list[int]] = defaultdict(list)
    for index, person in enumerate(roster.people):
        text = " ".join([*person.values()][:2]) if column == TOGETHER else person[column]
        if text:
            people[_folded(student_name(text))].append(index)
    found = {}
    for student in students:
        candidates = people.get(_folded(student)) or people.get(_folded(NUMBER.sub("", student)))
        if candidates and _folded(student):
            found[student] = candidates
    return found


def _folded(text: str) -> str:
    """Letters and digits alone, without case.

    >>> _folded("Müller, Ann"), _folded("ann@x.example")
    ('müllerann', 'annxexample')
    """
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(letter for letter in plain if letter.isalnum())
