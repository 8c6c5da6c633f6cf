"""Commands for instructors: from what was handed in to scores, pages and exports."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Column, Table

from course_lib.cli.app import INSTRUCTORS, Assignment, Json, app, console, step
from course_lib.errors import CourseError
from course_lib.grading.progress import GradingProgress
from course_lib.grading.records import SubmissionRecord
from course_lib.paths import Course
from course_lib.verdict import Outcome

if TYPE_CHECKING:
    from course_lib.grading.autograde import ClassRun, How

Isolation = Annotated[str, typer.Option(help="bubblewrap, or none: student code then runs with your rights.")]


@app.command(rich_help_panel=INSTRUCTORS)
def doctor() -> None:
    """Find out, by trying, what isolation this machine really gives to student code."""
    from course_lib.grading import doctor as trying

    with console.status("trying what student code can do"):
        trials = trying.examine(Course.here())
    table = Table("what was tried", "the sandbox", "what was seen")
    for trial in trials:
        table.add_row(trial.what, "[green]holds[/green]" if trial.held else "[red]does not hold[/red]", trial.found)
    console.print(table)
    if not all(trial.held for trial in trials):
        raise typer.Exit(1)


@app.command(rich_help_panel=INSTRUCTORS)
def collect(
    assignment: Assignment,
    source: Annotated[Path, typer.Argument(help="A zip or a folder, as an LMS gives it.")],
    times: Annotated[bool, typer.Option(help="Keep the times that the archive says.")] = False,
) -> None:
    """Put what an LMS gives into submitted/, within limits; former submissions go to submitted/.replaced/."""
    from course_lib.grading import collect as collecting

    course = Course.here()
    course.require(assignment)
    found = collecting.collect(course, assignment, source, times=times)
    for item in found:
        console.print(f"{item.student or '?'}: {item.note}", markup=False)
    taken = sum(item.path is not None for item in found)
    console.print(f"{taken} submissions in {course.root / 'submitted'}")
    if not taken:
        raise typer.Exit(1)


@app.command(rich_help_panel=INSTRUCTORS)
def autograde(
    assignment: Assignment,
    student: Annotated[list[str] | None, typer.Option(help="Only this student; may be given several times.")] = None,
    workers: Annotated[int | None, typer.Option(min=1, help="Processes that grade; else one for each core.")] = None,
    scheduler: Annotated[str | None, typer.Option(help="A running Dask cluster's address, such as tcp://...")] = None,
    force: Annotated[bool, typer.Option("--force/--resume", help="Grade what is graded already, too.")] = False,
    isolation: Isolation = "bubblewrap",
    json: Json = None,
) -> None:
    """Grade a class: rebuild, run in the sandbox, judge outside, record in the gradebook; then the class report.

    What is unchanged since it was graded is not graded again, and a run that was stopped goes on where it was.
    """
    from course_lib.grading.autograde import How

    course = Course.here()
    found = _grade(course, assignment, student, How(isolation, workers, scheduler, force), json)
    if found.undone:
        raise typer.Exit(2)
    if any(not record.outcome.graded for record in found.records):
        raise typer.Exit(1)


@app.command(rich_help_panel=INSTRUCTORS)
def feedback(assignment: Assignment) -> None:
    """Make the feedback pages of all graded submissions."""
    from course_lib.grading import pages

    course = Course.here()
    course.require(assignment)
    count = pages.write(course, assignment)
    console.print(f"wrote {count} feedback pages into {course.root / 'feedback'}")


@app.command(rich_help_panel=INSTRUCTORS)
def export(
    assignment: Assignment,
    path: Annotated[Path, typer.Argument(help="The CSV file to write.")],
) -> None:
    """Write the class as CSV for an LMS or a spreadsheet, safe against formulas in names."""
    from course_lib.grading import autograde as grading
    from course_lib.grading import export as exporting

    course = Course.here()
    course.require(assignment)
    graded = grading.graded(course, assignment)
    exporting.write_class(path, assignment, graded)
    console.print(f"wrote {len(graded)} submissions into {path}", markup=False)


@app.command(rich_help_panel=INSTRUCTORS)
def demo(assignment: Assignment = "ranking", isolation: Isolation = "bubblewrap", json: Json = None) -> None:
    """Everything once: ground truth, release, a sample class, its grading, feedback and report."""
    from course_lib.authoring import release as making
    from course_lib.authoring import sample_class as samples
    from course_lib.authoring import truth
    from course_lib.grading import pages
    from course_lib.grading.autograde import How

    course = Course.here()
    course.require(assignment)
    step("recording the secret ground truth", lambda: truth.record_secret(course, assignment))
    step("making the release", lambda: making.make(course, assignment))
    made = samples.CLASSES[assignment](course)
    samples.write(course, made, assignment)
    found = _grade(course, assignment, [item.student for item in made], How(isolation), json)
    step("writing feedback pages", lambda: pages.write(course, assignment))
    surprises = samples.surprises(made, found.records, assignment)
    for surprise in surprises:
        console.print(f"[red]not as expected:[/red] {surprise}")
    console.print(
        f"{len(made) - len({s.split(':')[0] for s in surprises})} of {len(made)} submissions scored as they must"
    )
    console.print(f"report:   {course.report(assignment)}")
    console.print(f"feedback: {course.feedback(made[0].student, assignment) / (assignment + '.html')}")
    if surprises:
        raise typer.Exit(1)


def _grade(course: Course, assignment: str, students: list[str] | None, how: How, json: Path | None) -> ClassRun:
    from course_lib.grading import autograde as grading
    from course_lib.grading import records, report

    course.require(assignment)
    if how.isolation not in ("bubblewrap", "none"):
        raise CourseError(f"--isolation is bubblewrap or none, not {how.isolation!r}")
    handed_in = grading.students_of(course, assignment)
    unknown = set(students or []) - set(handed_in)
    if unknown:
        raise CourseError(f"no submission of {', '.join(sorted(unknown))} in {course.root / 'submitted'}")
    if how.isolation == "none":
        console.print(
            "[bold red]NO SANDBOX: student code runs with your rights and can read and change your files[/bold red]"
        )
    started = time.monotonic()
    asked = list(dict.fromkeys(students or handed_in))
    with GradingProgress(console, assignment) as progress:
        found = grading.grade_class(course, assignment, asked, how, progress)
    wall = time.monotonic() - started
    console.print(_table(found.records))
    for record in found.slow:
        console.print(f"slow: {record.student} took {record.seconds:.0f} s", markup=False)
    for student, reason in found.undone.items():
        console.print(f"not run: {student}: {reason}: the same command takes it again", markup=False)
    console.print(
        f"{len(asked)} submissions in {wall:.0f} s: {len(found.ran)} run, "
        f"{len(found.records) - len(found.ran)} unchanged since they were graded"
        + (f", {len(found.undone)} not run" if found.undone else "")
    )
    report.write(course, assignment, found.records)
    if json is not None:
        records.write_json(json, assignment, wall, found.records)
    return found


def _table(finished: list[SubmissionRecord]) -> Table:
    table = Table(Column("student", no_wrap=True), "outcome", "points", "by hand", "lost", "s")
    for record in finished:
        points = f"{record.score:g} of {record.max_score:g}" + (f", {record.bonus:g} bonus" if record.bonus else "")
        table.add_row(
            record.student,
            str(record.outcome),
            points,
            f"{record.by_hand:g}",
            "\n".join(_lost(record) if record.outcome.graded else record.notes),
            f"{record.seconds:.0f}",
        )
    return table


def _lost(record: SubmissionRecord) -> list[str]:
    """Exercises without full marks, one line each; those that nobody wrote are only counted."""
    lost = {
        name.partition(".")[2]: item
        for name, item in record.exercises.items()
        if item.score is not None and not item.full and item.max_score
    }
    unwritten = [name for name, item in lost.items() if item.outcome == Outcome.NOT_IMPLEMENTED]
    lines = [f"{name}: {item.mistake or item.outcome}" for name, item in lost.items() if name not in unwritten]
    if len(unwritten) > 3:
        return [*lines, f"{len(unwritten)} exercises not written"]
    return [*lines, *(f"{name}: {lost[name].outcome}" for name in unwritten)]
