"""Commands for instructors: from what was handed in to scores, pages and exports."""

from __future__ import annotations

import time
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich import box
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Column, Table
from rich.text import Text

from course_lib.cli import complete
from course_lib.cli.app import INSTRUCTORS, Assignment, Json, app, bar, console, step, write_figures
from course_lib.errors import CourseError
from course_lib.grading.progress import GradingProgress
from course_lib.paths import Course, meant
from course_lib.verdict import Outcome, SubmissionOutcome

if TYPE_CHECKING:
    from course_lib.grading.autograde import ClassRun, How
    from course_lib.grading.records import SubmissionRecord

NARROW = 100  # characters of a terminal; in fewer, a table has no column for texts
Isolation = Annotated[
    str, typer.Option(metavar="KIND", help="bubblewrap, or none: student code then runs with your rights.")
]


@app.command(rich_help_panel=INSTRUCTORS, epilog="Example: course doctor --json doctor.json")
def doctor(json: Json = None) -> None:
    """Find out, by trying, what isolation this machine really gives to student code."""
    from course_lib.grading import doctor as trying

    with console.status("trying what student code can do"):
        trials = trying.examine(Course.here())
    table = Table("what was tried", "the sandbox", "what was seen", box=box.SIMPLE_HEAD)
    for trial in trials:
        holds = Text("holds", "green") if trial.held else Text("does not hold", "red")
        table.add_row(trial.what, holds, Text(trial.found, overflow="fold"))
    console.print(table)
    write_figures(json, {"trials": [asdict(trial) for trial in trials]})
    if not all(trial.held for trial in trials):
        raise typer.Exit(1)


@app.command(rich_help_panel=INSTRUCTORS, epilog="Example: course collect ranking submissions.zip --times")
def collect(
    assignment: Assignment,
    source: Annotated[Path, typer.Argument(metavar="SOURCE", help="A zip or a folder, as an LMS gives it.")],
    times: Annotated[
        bool,
        typer.Option(
            "--times", metavar="", help="Keep the times that the archive says; lateness is counted from them."
        ),
    ] = False,
    json: Json = None,
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
    write_figures(json, {"assignment": assignment, "taken": taken, "entries": [asdict(item) for item in found]})
    if not taken:
        raise typer.Exit(1)


@app.command(rich_help_panel=INSTRUCTORS, epilog="Example: course autograde ranking --student ann --student bob")
def autograde(
    assignment: Assignment,
    student: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME", help="Only this student; may be given several times.", autocompletion=complete.students
        ),
    ] = None,
    workers: Annotated[
        int | None, typer.Option(metavar="N", min=1, help="How many processes grade at a time; else one for each core.")
    ] = None,
    scheduler: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="A running Dask cluster's address, such as tcp://...")
    ] = None,
    force: Annotated[
        bool, typer.Option("--force/--resume", metavar="", help="Grade what is graded already, too.")
    ] = False,
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


@app.command(rich_help_panel=INSTRUCTORS, epilog="Example: course feedback ranking")
def feedback(assignment: Assignment, json: Json = None) -> None:
    """Make the feedback pages of all graded submissions."""
    from course_lib.grading import pages

    course = Course.here()
    course.require(assignment)
    with bar("writing feedback pages") as show:
        count = pages.write(course, assignment, show)
    console.print(f"wrote {count} feedback pages into {course.root / 'feedback'}")
    write_figures(json, {"assignment": assignment, "pages": count, "folder": course.root / "feedback"})


@app.command(rich_help_panel=INSTRUCTORS, epilog="Example: course similar ranking --json similar.json")
def similar(assignment: Assignment, json: Json = None) -> None:
    """Find graded submissions that are more alike than chance allows, and show them side by side."""
    from course_lib.grading import similarity

    course = Course.here()
    course.require(assignment)
    with console.status("comparing"):
        found = similarity.pairs(course, assignment)
    for pair in found:
        alike = f"alike in {len(pair.exercises)} of {pair.both_wrote} exercises"
        console.print(f"{pair.first} and {pair.second}: {alike}, by chance in {pair.classes} classes", markup=False)
    for group in dict.fromkeys(pair.group for pair in found if len(pair.group) > 2):
        console.print(f"one group of {len(group)}: {', '.join(group)}", markup=False)
    page = course.root / "reports" / f"{assignment}.similar.html"
    similarity.write_page(page, assignment, found)
    write_figures(json, similarity.figures(assignment, found))
    console.print(f"{len(found)} pairs beyond chance; alike is no proof, talk with both first")
    console.print(f"side by side: {page}", markup=False)


@app.command(rich_help_panel=INSTRUCTORS, epilog="Example: course report ranking --json report.json")
def report(assignment: Assignment, json: Json = None) -> None:
    """Make the class report anew, from what is graded and from the points that persons have given since."""
    from course_lib.grading import autograde as grading
    from course_lib.grading import report as reporting
    from course_lib.grading import report_figures

    course = Course.here()
    course.require(assignment)
    found = reporting.write(course, assignment, grading.graded(course, assignment))
    console.print(f"report: {course.report(assignment)}", markup=False)
    write_figures(json, report_figures.as_data(found))


@app.command(rich_help_panel=INSTRUCTORS, epilog="Example: course demo toy_chooser")
def demo(assignment: Assignment = "toy_chooser", isolation: Isolation = "bubblewrap", json: Json = None) -> None:
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
    from course_lib.grading import records
    from course_lib.grading import report as reporting

    course.require(assignment)
    if how.isolation not in ("bubblewrap", "none"):
        raise CourseError(f"--isolation is bubblewrap or none, not {how.isolation!r}")
    handed_in = grading.students_of(course, assignment)
    unknown = set(students or []) - set(handed_in)
    if unknown:
        near = meant(min(unknown), handed_in)
        raise CourseError(f"no submission of {', '.join(sorted(unknown))} in {course.root / 'submitted'}{near}")
    if how.isolation == "none":
        console.print(
            "[bold red]NO SANDBOX: student code runs with your rights and can read and change your files[/bold red]"
        )
    started = time.monotonic()
    asked = list(dict.fromkeys(students or handed_in))
    with GradingProgress(console, assignment) as progress:
        found = grading.grade_class(course, assignment, asked, how, progress)
    wall = time.monotonic() - started
    console.print(_table(found.records, console.width))
    for record in found.slow:
        console.print(f"slow: {record.student} took {record.seconds:.0f} s", markup=False)
    for student, reason in found.undone.items():
        console.print(f"not run: {student}: {reason}: the same command takes it again", markup=False)
    console.print(
        f"{len(asked)} submissions in {wall:.0f} s: {len(found.ran)} run, "
        f"{len(found.records) - len(found.ran)} unchanged since they were graded"
        + (f", {len(found.undone)} not run" if found.undone else "")
    )
    # The report is of the class, also where only some were graded now.
    reporting.write(course, assignment, grading.graded(course, assignment) if students else found.records)
    if json is not None:
        records.write_json(json, assignment, wall, found.records)
    return found


def _table(finished: list[SubmissionRecord], width: int) -> Table:
    """The class; on a narrow terminal, what was lost stands under the student. width: characters of the terminal."""
    narrow = width < NARROW
    separator = "\n" if narrow else ", "
    student = Column("student", overflow="fold", max_width=None if narrow else width // 3)
    numbers = [Column(name, justify="right", no_wrap=True) for name in ("points", "by hand", "s")]
    texts = [] if narrow else [Column("outcome"), Column("lost", overflow="fold")]
    table = Table(student, *numbers, *texts, box=box.SIMPLE_HEAD)
    for record in finished:
        points = f"{record.score:g} of {record.max_score:g}"
        if record.bonus:
            points += f"{separator}{record.bonus:g} bonus"
        # Text, not str: in what students wrote, nothing is rich's markup.
        name = Text(record.student)
        outcome = Text(str(record.outcome), "" if record.outcome.graded else "red")
        lost = Text("\n".join(_lost(record) if record.outcome.graded else record.notes))
        row: list[RenderableType] = [Text(points), Text(f"{record.by_hand:g}"), Text(f"{record.seconds:.0f}")]
        if narrow:
            below = [] if record.outcome == SubmissionOutcome.GRADED else [outcome]
            below += [lost] if lost else []
            table.add_row(Group(name, *(Padding(text, (0, 0, 0, 2)) for text in below)), *row)
        else:
            table.add_row(name, *row, outcome, lost)
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
