"""`course export`: grades for a spreadsheet or an LMS, and who of the class is not simply in them."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from course_lib.cli.app import INSTRUCTORS, Assignment, Json, app, console, write_figures
from course_lib.errors import CourseError
from course_lib.paths import Course

if TYPE_CHECKING:
    from course_lib.grading.exports.marks import Mark
    from course_lib.grading.exports.table import Table


class Format(StrEnum):
    """What can be written."""

    CSV = "csv"
    CANVAS = "canvas"
    MOODLE = "moodle"
    GRADESCOPE = "gradescope"


@app.command(
    rich_help_panel=INSTRUCTORS,
    epilog="Example: course export ranking grades.csv --format canvas --students canvas-export.csv",
)
def export(
    assignment: Assignment,
    path: Annotated[
        Path, typer.Argument(metavar="FILE", help="The file to write; for gradescope a .zip or a new folder.")
    ],
    form: Annotated[
        Format,
        typer.Option(
            "--format",
            metavar="FORMAT",
            help="csv: all figures, for a spreadsheet. canvas, moodle: what their gradebooks import. gradescope: a "
            "results.json for each submission.",
        ),
    ] = Format.CSV,
    students: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="The course's people, as Canvas or Moodle exports its gradebook or list."),
    ] = None,
    by: Annotated[
        str | None,
        typer.Option(metavar="COLUMN", help="The column of --students with our names; else that which fits most."),
    ] = None,
    column: Annotated[
        str | None,
        typer.Option(metavar="TITLE", help="Title of the grades' column, such as 'ranking (1234)' in Canvas."),
    ] = None,
    open_: Annotated[
        bool,
        typer.Option("--open", metavar="", help="Export although a person has yet to give points; who waits is named."),
    ] = False,
    zero: Annotated[
        bool, typer.Option("--zero", metavar="", help="0 for who handed nothing in; else the grade stays as it is.")
    ] = False,
    over: Annotated[
        bool,
        typer.Option("--over", metavar="", help="To Moodle: also points above the maximum; the site must allow them."),
    ] = False,
    json: Json = None,
) -> None:
    """Write final grades, with bonus and late penalty, for a spreadsheet or an LMS; no cell is ever a formula."""
    from course_lib.grading import export as exporting
    from course_lib.grading.exports import canvas, gradescope, moodle, roster
    from course_lib.grading.exports.marks import marks, refuse_open

    course = Course.here()
    course.require(assignment)
    to_lms = form in (Format.CANVAS, Format.MOODLE)
    if not to_lms and (students or by or column or zero):
        raise CourseError(f"--students, --by, --column and --zero are for canvas and moodle, not for {form}")
    if over and form is not Format.MOODLE:
        raise CourseError(f"--over is for moodle, not for {form}")
    if (by or zero) and students is None:
        raise CourseError("--by and --zero need the people of the course: give them with --students")

    found = marks(course, assignment)
    if form is not Format.CSV and not open_:
        refuse_open(found, assignment)
    figures: dict[str, Any] = {"assignment": assignment, "format": str(form), "file": path}
    figures["grades"] = {mark.student: _figures(mark) for mark in found}
    if form is Format.CSV:
        records = [mark.record for mark in found]
        exporting.write_class(path, assignment, records, {mark.student: mark.grade for mark in found})
    elif form is Format.GRADESCOPE:
        gradescope.write(path, found)
    if not to_lms:
        console.print(f"wrote {len(found)} submissions into {path}", markup=False)
        _name_open(found)
        write_figures(json, figures)
        return

    people = None if students is None else roster.read(students)
    matched = None if people is None else roster.match(people, [mark.student for mark in found], by)
    table = (
        canvas.table(assignment, found, people, matched, column, zero)
        if form is Format.CANVAS
        else moodle.table(assignment, found, people, matched, column, zero, over)
    )
    exporting.write_rows(path, table.rows, moodle.NO_GRADE if form is Format.MOODLE else "")
    figures |= {"by": table.by, "absent": table.absent, "not_in_roster": table.strangers, "capped": table.capped}
    _tell(path, found, table)
    write_figures(json, figures)
    if table.strangers:
        raise typer.Exit(1)


def _figures(mark: Mark) -> dict[str, Any]:
    from dataclasses import asdict

    return {name: value for name, value in asdict(mark.grade).items() if name != "student"}


def _tell(path: Path, found: list[Mark], table: Table) -> None:
    """What was written, and all who are not simply in it."""
    grades = {mark.student: mark.grade for mark in found}
    how = f", found by {table.by}" if table.by else "; without --students their folders' names must be their logins"
    console.print(f"wrote {len(table.written)} grades into {path}{how}", markup=False)
    if table.absent:
        console.print(f"{len(table.absent)} in the roster handed nothing in: {', '.join(table.absent)}", markup=False)
    for student in table.capped:
        most, score = grades[student].max_score, grades[student].score
        console.print(f"capped: {student}: {score:g} points are written as {most:g} (without --over)", markup=False)
    _name_open(found)
    for line in table.warnings:
        console.print(f"warning: {line}", markup=False)
    for student in table.strangers:
        grade = grades[student]
        console.print(
            f"NOT WRITTEN: {student}, {grade.score:g} of {grade.max_score:g} points: not in the roster", markup=False
        )


def _name_open(found: list[Mark]) -> None:
    for mark in found:
        if mark.grade.open:
            console.print(
                f"provisional: {mark.student}: a person has yet to give up to {mark.grade.open:g} points", markup=False
            )
