"""The `course` command: for instructors and maintainers, run in the course folder."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)
from rich.table import Column, Table

from course_lib.errors import CourseError
from course_lib.grading.progress import GradingProgress
from course_lib.grading.records import SubmissionRecord
from course_lib.paths import Course
from course_lib.verdict import Outcome

if TYPE_CHECKING:
    from course_lib.authoring import attack_class
    from course_lib.grading.autograde import ClassRun, How

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help=__doc__)
console = Console(soft_wrap=True, highlight=False, width=None if sys.stdout.isatty() else 120)

Assignment = Annotated[str, typer.Argument(help="A folder in source/.")]
Isolation = Annotated[str, typer.Option(help="bubblewrap, or none: student code then runs with your rights.")]
Json = Annotated[Path | None, typer.Option("--json", help="Write the figures to this file too.")]


@app.command("ground-truth")
def ground_truth(
    assignment: Assignment,
    check: Annotated[bool, typer.Option(help="Only compare the public file with what the solutions observe.")] = False,
    new_seed: Annotated[bool, typer.Option(help="Draw a new secret seed.")] = False,
) -> None:
    """Record what the solution cells observe: public seed into source/, secret seed into .secrets/."""
    from course_lib.authoring import truth

    course = Course.here()
    course.require(assignment)
    path = course.public_truth(assignment)
    if check:
        from course_lib.ground_truth import GroundTruth

        if not truth.same(truth.record_public(course, assignment), GroundTruth.load(path)):
            console.print(f"{path} differs from what the solutions observe: run: course ground-truth {assignment}")
            raise typer.Exit(1)
        console.print(f"{path} is what the solutions observe")
        return
    truth.record_secret(course, assignment, new_seed)  # first, since it fails at once where the secret file is broken
    truth.record_public(course, assignment).save(path)
    console.print(f"wrote {path}\nwrote {course.secret_truth(assignment)} (secret: keep it out of git and of releases)")


@app.command()
def release(
    assignment: Assignment,
    check: Annotated[bool, typer.Option(help="Only compare release/ with what the source gives.")] = False,
) -> None:
    """Make release/ from source/ with nbgrader, and scan it for leaks."""
    from course_lib.authoring import leak_scan
    from course_lib.authoring import release as making

    course = Course.here()
    course.require(assignment)
    if not check:
        making.make(course, assignment)
        console.print(f"wrote {course.release(assignment)}: no leaks found")
        return
    problems = [f"{name} differs from its source" for name in making.differences(course, assignment)]
    problems += leak_scan.scan(course, assignment)
    for problem in problems:
        console.print(problem, markup=False)
    if problems:
        raise typer.Exit(1)
    console.print(f"{course.release(assignment)} is what its source gives: no leaks found")


@app.command("mini-data")
def mini_data(
    assignment: Annotated[str | None, typer.Argument(help="Only this one's; without it, all that there is.")] = None,
) -> None:
    """Write the mini data of the package again, each from its seed."""
    from course_lib import data
    from course_lib.data import mini_data as minis

    for name in [assignment] if assignment else minis.WRITERS:
        minis.write(name, data.MINI / name)
        console.print(f"wrote {data.MINI / name}", markup=False)


@app.command()
def download(assignment: Annotated[str, typer.Argument(help="The assignment whose full data to fetch.")]) -> None:
    """Download the full data into the cache; after a break, the same command goes on from there."""
    from course_lib.data import download as downloading

    console.print(f"{downloading.fetch(assignment)} has it all; to use it: COURSE_DATA=full jupyter lab", markup=False)


@app.command("sample-class")
def sample_class(assignment: Assignment) -> None:
    """Hand in a sample class (submitted/sample_*), made from the release."""
    from course_lib.authoring import sample_class as samples

    course = Course.here()
    course.require(assignment)
    made = samples.CLASSES[assignment](course)
    samples.write(course, made, assignment)
    console.print(f"wrote {len(made)} submissions into {course.root / 'submitted'}")


@app.command()
def mutate(
    target: Annotated[str | None, typer.Argument(help="ASSIGNMENT or ASSIGNMENT.EXERCISE; without it, all.")] = None,
    sample: Annotated[float, typer.Option(min=0.0, max=1.0, help="The share of the mutants to try.")] = 1.0,
    bank: Annotated[bool, typer.Option(help="Try the answers of the bank too.")] = True,
    jobs: Annotated[int | None, typer.Option(min=1, help="Trials at a time; else one for each core.")] = None,
    json: Json = None,
) -> None:
    """Test the checks: wrong answers of the bank, right ones in other styles, and mutants of every solution."""
    try:
        from course_lib.authoring import mutation, mutation_report
    except ModuleNotFoundError as error:
        raise CourseError(f'{error.name} is missing, which only maintainers need: pip install -e ".[dev]"') from None

    course = Course.here()
    exercises = _exercises(course, target)
    found = []
    columns = (TextColumn("trying {task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    # Without a thread that draws the bar: trials are forked processes.
    with Progress(*columns, console=console, transient=True, auto_refresh=False) as progress:
        for assignment, names in exercises.items():
            task = progress.add_task(assignment, total=None)

            def show(done: int, total: int, task: TaskID = task) -> None:
                progress.update(task, completed=done, total=total, refresh=True)

            found += mutation.run(course, assignment, names, sample, jobs or os.cpu_count() or 1, bank, show)
    console.print(mutation_report.table(found))
    for line in mutation_report.problems(found):
        console.print(line, markup=False)
    if json is not None:
        mutation_report.write_json(json, found)
    if not all(figures.good for figures in found):
        raise typer.Exit(1)


@app.command()
def attack(
    row: Annotated[list[int] | None, typer.Option(help="Only this row; may be given several times.")] = None,
    each: Annotated[int | None, typer.Option(min=1, help="At most so many attacks of each row.")] = None,
    together: Annotated[bool, typer.Option("--together", help="All rows in one class, with one neighbour.")] = False,
    json: Json = None,
) -> None:
    """Test the grader: hostile and broken submissions must gain nothing, lose nothing earned, and harm nobody."""
    from course_lib.authoring import attack_class

    course = Course.here()
    columns = (TextColumn("attacking, {task.description}"), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("rows graded", total=None)

        def show(done: attack_class.Row) -> None:
            progress.advance(task)
            for problem in done.problems:
                progress.console.print(f"row {done.row}, {done.path}: {problem}", markup=False)

        rows = attack_class.run(course, row, each, together, show)
    console.print(_attack_table(rows))
    if json is not None:
        attack_class.write_json(json, rows)
    if not all(one.good for one in rows):
        raise typer.Exit(1)


def _attack_table(rows: list[attack_class.Row]) -> Table:
    table = Table("row", "graded by", "attempts", "points gained", "points lost", "others harmed", "problems", "s")
    for one in rows:
        figures = (one.attempts, one.points_gained, one.points_lost, one.others_harmed, len(one.problems), one.seconds)
        table.add_row(f"{one.row:02d}" if one.row else "all", one.path, *(f"{value:g}" for value in figures))
    table.add_section()
    sums = ("attempts", "points_gained", "points_lost", "others_harmed")
    table.add_row(
        f"{len({one.row for one in rows})} rows",
        "both",
        *(f"{sum(getattr(one, name) for one in rows):g}" for name in sums),
        str(sum(len(one.problems) for one in rows)),
        "",
    )
    return table


@app.command()
def fuzz(
    number: Annotated[int, typer.Argument(min=1, help="How many notebooks.")] = 5000,
    seed: Annotated[int, typer.Option(help="Another seed gives others.")] = 0,
) -> None:
    """Test reading and rebuilding with mutated notebooks: none may crash or hang it, each has one outcome."""
    from course_lib.authoring import fuzz as fuzzing

    with console.status(f"reading {number:,} mutated notebooks"):
        figures = fuzzing.run(Course.here(), number, seed)
    for outcome, count in sorted(figures.outcomes.items()):
        console.print(f"{count:7,} {outcome}")
    for failure in figures.failures:
        console.print(failure, markup=False)
    console.print(f"{figures.number:,} notebooks, {len(figures.failures)} failures")
    if figures.failures:
        raise typer.Exit(1)


@app.command()
def explain(exercise: Annotated[str, typer.Argument(help="ASSIGNMENT.EXERCISE, such as ranking.embedder.")]) -> None:
    """Show what a check asks, on which inputs, and which mistakes it knows."""
    from course_lib.authoring import explain as explaining

    course = Course.here()
    if "." not in exercise:
        raise CourseError(f"name an exercise with its assignment, such as ranking.embedder, not {exercise!r}")
    _exercises(course, exercise)
    for part in explaining.shown(explaining.explain(course, exercise)):
        console.print(part)


def _exercises(course: Course, target: str | None) -> dict[str, list[str]]:
    """Assignment -> names of its exercises that a target means. Raises: CourseError: there is nothing of that name."""
    from course_lib import checks

    assignment, _, exercise = (target or "").partition(".")
    if target:
        course.require(assignment)
    of_each = {
        name: [check.exercise for check in checks.ASSIGNMENTS[name]]
        for name in ([assignment] if target else checks.ASSIGNMENTS)
    }
    if not exercise:
        return of_each
    if target not in of_each[assignment]:
        known = ", ".join(name.partition(".")[2] for name in of_each[assignment])
        raise CourseError(f"no exercise {exercise!r} in {assignment}; there are: {known}")
    return {assignment: [f"{assignment}.{exercise}"]}


@app.command()
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


@app.command()
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


@app.command()
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


@app.command()
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


@app.command()
def feedback(assignment: Assignment) -> None:
    """Make the feedback pages of all graded submissions."""
    from course_lib.grading import pages

    course = Course.here()
    course.require(assignment)
    count = pages.write(course, assignment)
    console.print(f"wrote {count} feedback pages into {course.root / 'feedback'}")


@app.command()
def demo(assignment: Assignment = "ranking", isolation: Isolation = "bubblewrap", json: Json = None) -> None:
    """Everything once: ground truth, release, a sample class, its grading, feedback and report."""
    from course_lib.authoring import release as making
    from course_lib.authoring import sample_class as samples
    from course_lib.authoring import truth
    from course_lib.grading import pages
    from course_lib.grading.autograde import How

    course = Course.here()
    course.require(assignment)
    _step("recording the secret ground truth", lambda: truth.record_secret(course, assignment))
    _step("making the release", lambda: making.make(course, assignment))
    made = samples.CLASSES[assignment](course)
    samples.write(course, made, assignment)
    found = _grade(course, assignment, [item.student for item in made], How(isolation), json)
    _step("writing feedback pages", lambda: pages.write(course, assignment))
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


def _step(what: str, action: Callable[[], object]) -> None:
    with console.status(what):
        action()
    console.print(f"done: {what}")


def main() -> None:
    """Run the command; an error that a person can mend is one line and exit code 2."""
    try:
        app()
    except CourseError as error:
        Console(stderr=True, soft_wrap=True, highlight=False).print(f"error: {error}", markup=False)
        raise SystemExit(2) from None


if __name__ == "__main__":
    main()
