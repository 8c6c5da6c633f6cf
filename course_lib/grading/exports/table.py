"""A class as rows of a CSV for an LMS, and what to tell of those who are not simply in it."""

from __future__ import annotations

from dataclasses import dataclass

from course_lib.grading.export import cell


@dataclass(frozen=True)
class Table:
    """Rows with a header. by: the column by which students were found. written: students with a grade in it.

    absent: people of the roster who handed nothing in. strangers: students who are not in the roster, so not in the
    rows either. capped: students with more points than the LMS takes. warnings: further lines for a person.
    """

    rows: list[list[object]]
    by: str | None
    written: list[str]
    absent: list[str]
    strangers: list[str]
    capped: list[str]
    warnings: list[str]


def changed_keys(columns: list[str], person: list[str]) -> list[str]:
    """A line for each text that is written differently, lest a spreadsheet run it: the LMS may not know it so."""
    return [
        f"{column} {text!r} would be a formula in a spreadsheet and is written as {cell(text)!r}: enter it by hand"
        for column, text in zip(columns, person, strict=True)
        if cell(text) != text
    ]
