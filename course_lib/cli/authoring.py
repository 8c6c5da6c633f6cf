"""Commands for maintainers: ground truth, release, and the tests of the checks and of the grader."""

from __future__ import annotations

import os
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table

from course_lib.cli import complete
from course_lib.cli.app import INSTRUCTORS, MAINTAINERS, Assignment, Json, app, console, write_figures
from course_lib.errors import CourseError
from course_lib.paths import Course, meant

if TYPE_CHECKING:
    from course_lib.authoring import attack_class


@app.command("ground-truth", rich_help_panel=INSTRUCTORS, epilog="Example: course ground-truth ranking --check")
def ground_truth(
    assignment: Assignment,
    check: Annotated[
        bool, typer.Option("--check", metavar="", help="Only compare the public file with what the solutions observe.")
    ] = False,
    new_seed: Annotated[
        bool,
        typer.Option("--new-seed", metavar="", help="Draw a new secret seed; without it, the one that is there stays."),
    ] = False,
    json: Json = None,
) -> None:
    """Record what the solution cells observe: public seed into source/, secret seed into .secrets/."""
    from course_lib.authoring import truth

    course = Course.here()
    course.require(assignment)
    path = course.public_truth(assignment)
    if check:
        from course_lib.ground_truth import GroundTruth

        with console.status(f"comparing {assignment} with what its solutions observe"):
            same = truth.same(truth.record_public(course, assignment), GroundTruth.load(path))
        write_figures(json, {"assignment": assignment, "same": same, "files": [path]})
        if not same:
            console.print(f"{path} differs from what the solutions observe: run: course ground-truth {assignment}")
            raise typer.Exit(1)
        console.print(f"{path} is what the solutions observe")
        return
    with console.status(f"recording what the solutions of {assignment} observe"):
        truth.record_secret(course, assignment, new_seed)  # first: it fails at once where the secret file is broken
        truth.record_public(course, assignment).save(path)
    write_figures(json, {"assignment": assignment, "files": [path, course.secret_truth(assignment)]})
    console.print(f"wrote {path}\nwrote {course.secret_truth(assignment)} (secret: keep it out of git and of releases)")


@app.command(rich_help_panel=INSTRUCTORS, epilog="Example: course release ranking --check")
def release(
    assignment: Assignment,
    check: Annotated[
        bool, typer.Option("--check", metavar="", help="Only compare release/ with what the source gives.")
    ] = False,
    json: Json = None,
) -> None:
    """Make release/ from source/ with nbgrader, and scan it for leaks."""
    from course_lib.authoring import leak_scan
    from course_lib.authoring import release as making

    course = Course.here()
    course.require(assignment)
    if not check:
        with console.status(f"making the release of {assignment}"):
            making.make(course, assignment)
        write_figures(json, {"assignment": assignment, "folder": course.release(assignment), "problems": []})
        console.print(f"wrote {course.release(assignment)}: no leaks found")
        return
    with console.status(f"comparing the release of {assignment} with its source"):
        problems = [f"{name} differs from its source" for name in making.differences(course, assignment)]
        problems += leak_scan.scan(course, assignment)
    write_figures(json, {"assignment": assignment, "folder": course.release(assignment), "problems": problems})
    for problem in problems:
        console.print(problem, markup=False)
    if problems:
        raise typer.Exit(1)
    console.print(f"{course.release(assignment)} is what its source gives: no leaks found")


@app.command(rich_help_panel=INSTRUCTORS, epilog="Example: course kit ranking --to kits/")
def kit(
    assignment: Assignment,
    to: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The zip to write, or its folder; else the current folder.")
    ] = None,
    json: Json = None,
) -> None:
    """Make one zip for students: notebook, checks, data, and a page on how to start; scanned for leaks."""
    from course_lib.authoring import kit as making

    with console.status(f"making the kit of {assignment}"):
        path = making.make(Course.here(), assignment, to)
    size = path.stat().st_size
    write_figures(json, {"assignment": assignment, "file": path, "bytes": size})
    console.print(f"wrote {path} ({size / 1e6:.1f} MB): no leaks found", markup=False)


@app.command("mini-data", rich_help_panel=MAINTAINERS, epilog="Example: course mini-data ranking")
def mini_data(
    assignment: Annotated[
        str | None, typer.Argument(metavar="ASSIGNMENT", help="Only this one's; without it, all that there is.")
    ] = None,
) -> None:
    """Write the mini data of the package again, each from its seed."""
    from course_lib import data
    from course_lib.data import mini_data as minis

    for name in [assignment] if assignment else minis.WRITERS:
        minis.write(name, data.MINI / name)
        console.print(f"wrote {data.MINI / name}", markup=False)


@app.command("sample-class", rich_help_panel=INSTRUCTORS, epilog="Example: course sample-class ranking")
def sample_class(assignment: Assignment) -> None:
    """Hand in a sample class (submitted/sample_*), made from the release."""
    from course_lib.authoring import sample_class as samples

    course = Course.here()
    course.require(assignment)
    made = samples.CLASSES[assignment](course)
    samples.write(course, made, assignment)
    console.print(f"wrote {len(made)} submissions into {course.root / 'submitted'}")


@app.command(rich_help_panel=MAINTAINERS, epilog="Example: course mutate ranking.embedder --sample 0.1")
def mutate(
    target: Annotated[
        str | None,
        typer.Argument(
            metavar="TARGET",
            help="ASSIGNMENT or ASSIGNMENT.EXERCISE; without it, all.",
            autocompletion=complete.targets,
        ),
    ] = None,
    sample: Annotated[
        float, typer.Option(metavar="SHARE", min=0.0, max=1.0, help="The share of the mutants to try, 0 to 1.")
    ] = 1.0,
    bank: Annotated[bool, typer.Option(metavar="", help="Try the answers of the bank too.")] = True,
    jobs: Annotated[
        int | None, typer.Option(metavar="N", min=1, help="Trials at a time; else one for each core.")
    ] = None,
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
    with Progress(
        *columns, console=console, transient=True, auto_refresh=False, disable=not console.is_terminal
    ) as progress:
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


@app.command(rich_help_panel=MAINTAINERS, epilog="Example: course attack --row 3 --row 7 --each 2")
def attack(
    row: Annotated[
        list[int] | None, typer.Option(metavar="N", help="Only this row; may be given several times.")
    ] = None,
    each: Annotated[int | None, typer.Option(metavar="N", min=1, help="At most so many attacks of each row.")] = None,
    together: Annotated[
        bool, typer.Option("--together", metavar="", help="All rows in one class, with one neighbour.")
    ] = False,
    json: Json = None,
) -> None:
    """Test the grader: hostile and broken submissions must gain nothing, lose nothing earned, and harm nobody."""
    from course_lib.authoring import attack_class

    course = Course.here()
    columns = (TextColumn("attacking, {task.description}"), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
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


@app.command(rich_help_panel=MAINTAINERS, epilog="Example: course fuzz 500 --seed 7")
def fuzz(
    number: Annotated[int, typer.Argument(metavar="NUMBER", min=1, help="How many notebooks.")] = 5000,
    seed: Annotated[int, typer.Option(metavar="N", help="Another seed gives others.")] = 0,
    json: Json = None,
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
    write_figures(json, asdict(figures))
    if figures.failures:
        raise typer.Exit(1)


@app.command(rich_help_panel=INSTRUCTORS, epilog="Example: course explain ranking.embedder")
def explain(
    exercise: Annotated[
        str,
        typer.Argument(
            metavar="EXERCISE", help="ASSIGNMENT.EXERCISE, such as ranking.embedder.", autocompletion=complete.exercises
        ),
    ],
    json: Json = None,
) -> None:
    """Show what a check asks, on which inputs, and which mistakes it knows."""
    from course_lib.authoring import explain as explaining

    course = Course.here()
    if "." not in exercise:
        raise CourseError(f"name an exercise with its assignment, such as ranking.embedder, not {exercise!r}")
    _exercises(course, exercise)
    found = explaining.explain(course, exercise)
    for part in explaining.shown(found):
        console.print(part)
    write_figures(json, asdict(found))


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
        known = [name.partition(".")[2] for name in of_each[assignment]]
        near = meant(exercise, known)
        raise CourseError(f"no exercise {exercise!r} in {assignment}; there are: {', '.join(known)}{near}")
    return {assignment: [f"{assignment}.{exercise}"]}
