"""Grading a class: `course autograde` beside plain `nbgrader autograde` on the same answers of the same students.

python benchmarks/grading.py [trivial] [full] [growth] [memory] [profile] [--size N] [--repeat K] [--json FILE]

Both grade in course folders of their own that are made anew, from commands as a user types them; start-up counts.
`grading_class.py` makes the students, `grading_folders.py` the folders, `grading_watch.py` measures a command,
`grading_profile.py` times the steps of ours. The secret ground truth must have been recorded: `course ground-truth`.
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import grading_class as classes
import grading_folders as folders
import grading_profile as profiling
import grading_watch as watching
import typer
from benchmark_common import COURSE, Figure, Target, figure_table
from grading_class import Bank, Kind, Student
from grading_folders import SIX, Folder
from grading_watch import Measured
from rich.console import Console

from course_lib.errors import CourseError
from course_lib.paths import Course

FULL = "ranking"
WORKERS = 2  # as many as the promises are made for
LOOK_S = 0.25  # between two looks at the memory
EACH_OF = (1, 2, 4)  # workers
OURS, PLAIN, PLAIN_ON_OURS = "course autograde", "plain nbgrader", "plain nbgrader on our notebooks"


class Part(StrEnum):
    """What a run measures."""

    TRIVIAL = "trivial"
    FULL = "full"
    GROWTH = "growth"
    MEMORY = "memory"
    PROFILE = "profile"


TITLES = {
    Part.TRIVIAL: "Six-cell notebooks",
    Part.FULL: "Whole ranking notebooks",
    Part.GROWTH: "Growth, six-cell notebooks",
    Part.MEMORY: "Memory, six-cell notebooks",
    Part.PROFILE: "Where the time of a submission goes",
}
SIZES = {Part.TRIVIAL: 40, Part.FULL: 4, Part.GROWTH: 100, Part.MEMORY: 40, Part.PROFILE: 20}
REPEATS = {Part.TRIVIAL: 3, Part.FULL: 1, Part.GROWTH: 1, Part.MEMORY: 1, Part.PROFILE: 1}


TARGETS = (
    Target(f"trivial: notebooks per minute, {OURS}", 10, ratio=True),
    Target(f"full: notebooks per minute, {OURS}", 3, ratio=True),
    Target("growth: coordinator, CPU of each submission in the largest class", 20, at_most=True),
    Target("memory: a further kernel while it runs, largest", 150, at_most=True),
)


@dataclass(frozen=True)
class Bench:
    """Where everything happens. base: the course folder whose assignments and secret truth are used."""

    base: Course
    root: Path
    seed: int = 0

    def ours(self, name: str, assignment: str) -> Folder:
        """A new folder of ours; of `toy_chooser` with six cells."""
        source = folders.six_cells(self.base, asserts=False) if assignment == SIX else None
        return folders.ours(self.base, self._new(name), assignment, source)

    def plain(self, name: str, assignment: str, asserts: bool = False) -> Folder:
        """A new folder of plain nbgrader. asserts: the check of the six cells is asserts."""
        source = folders.six_cells(self.base, asserts) if assignment == SIX else None
        return folders.plain(self.base.source(assignment), self._new(name), assignment, source)

    def students(self, assignment: str, size: int, without: frozenset[Kind] = classes.NOT_FOR_PLAIN) -> list[Student]:
        """A class."""
        if assignment == SIX:
            bank = Bank(self.base, SIX, frozenset({"to_digits"}), folders.NOT_IN_SIX)
        else:
            bank = Bank(self.base, assignment)
        return classes.make_class(bank, size, self.seed, without)

    def grade(self, folder: Folder, students: list[Student], workers: int = WORKERS, look_s: float = 0.0) -> Measured:
        """Hand the class in to a folder without results, and grade it.

        Raises: CourseError: the command failed, or a score is not what it must be.
        """
        folder.reset()
        classes.hand_in(students, folder.release, folder.root, folder.assignment)
        scratch = self._new("scratch")
        variables = folders.environment(scratch)
        measured = watching.measure(folder.command(workers), folder.root, variables, scratch, look_s)
        done = sum(1 for _ in folder.course.root.glob(f"autograded/*/{folder.assignment}/{folder.assignment}.ipynb"))
        if measured.code not in (0, 1) or done != len(students):
            raise CourseError(
                f"{' '.join(folder.command(workers))} ended with {measured.code} and graded {done} of "
                f"{len(students)} submissions: {measured.output.strip()[-800:]}"
            )
        problems = [] if folder.plain else classes.unexpected(students, folder.figures, folder.assignment)
        if problems:
            raise CourseError(f"scores are not what they must be: {'; '.join(problems[:5])}")
        return measured

    def _new(self, name: str) -> Path:
        return Path(tempfile.mkdtemp(prefix=f"{name}-", dir=self.root))


# --- both, side by side ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Side:
    """One way of grading a class. runs: of the whole class. small: of its beginning."""

    name: str
    size: int
    small_size: int
    runs: list[Measured]
    small: list[Measured]

    @property
    def rates(self) -> list[float]:
        """Notebooks per minute, start-up included."""
        return [60 * self.size / run.wall_s for run in self.runs]

    @property
    def running_rate(self) -> float | None:
        """Notebooks per minute once it runs: from the difference of the two sizes. None where they do not tell."""
        seconds = _median(self.runs, "wall_s") - (_median(self.small, "wall_s") if self.small else 0)
        return 60 * (self.size - self.small_size) / seconds if self.small and seconds > 0 else None

    @property
    def cpu_s(self) -> float | None:
        """Seconds of computing time of all processes for a submission; None where they are not known."""
        return computing(self.runs, self.size)


def computing(runs: list[Measured], size: int) -> float | None:
    """The median of the computing time of a submission; None where the system does not tell."""
    seconds = [run.cpu_s for run in runs if run.cpu_s is not None]
    return statistics.median(seconds) / size if seconds else None


def _median(runs: list[Measured], name: str) -> float:
    return statistics.median(getattr(run, name) for run in runs)


def run_sides(
    bench: Bench, students: list[Student], sides: dict[str, Folder], repeat: int, small_size: int
) -> list[Side]:
    """Each side in turn, as often as is asked; small_size: of the class's beginning, 0 for none."""
    runs: dict[str, list[Measured]] = {name: [] for name in sides}
    small: dict[str, list[Measured]] = {name: [] for name in sides}
    for _ in range(repeat):
        for name, folder in sides.items():
            if small_size:
                small[name].append(bench.grade(folder, students[:small_size]))
            runs[name].append(bench.grade(folder, students))
    return [Side(name, len(students), small_size, runs[name], small[name]) for name in sides]


def side_figures(part: Part, ours: Side, plain: Side) -> list[Figure]:
    """The figures of ours against those of plain nbgrader, medians and spread."""
    figures = [
        Figure(
            f"{part}: notebooks per minute, {ours.name}",
            statistics.median(ours.rates),
            "/min",
            statistics.median(plain.rates),
        )
    ]
    for side in (ours, plain):
        figures += [
            Figure(f"{part}: lowest of {len(side.rates)} runs, {side.name}", min(side.rates), "/min"),
            Figure(f"{part}: highest of {len(side.rates)} runs, {side.name}", max(side.rates), "/min"),
        ]
    if ours.running_rate and plain.running_rate:
        name = f"{part}: notebooks per minute once it runs, {ours.name}"
        figures.append(Figure(name, ours.running_rate, "/min", plain.running_rate))
    if ours.cpu_s is not None:
        figures.append(Figure(f"{part}: computing time of a submission, {ours.name}", ours.cpu_s, "CPU s", plain.cpu_s))
    return figures


def agreement(part: Part, students: list[Student], ours: Folder, plain: Folder) -> Figure:
    """How many students got the same verdicts from both; the check cells have the same names."""
    mine, theirs = ours.passed(), plain.passed()
    same = sum(1 for student in students if student.name in mine and mine[student.name] == theirs.get(student.name))
    return Figure(f"{part}: students with the same verdicts from both", same, "students", len(students))


def compare_trivial(bench: Bench, size: int, repeat: int) -> list[Figure]:
    """Six cells: plain nbgrader with asserts and no import, against ours with its check; then plain with our check."""
    students = bench.students(SIX, size)
    sides = {PLAIN: bench.plain("plain", SIX, asserts=True), OURS: bench.ours("ours", SIX)}
    plain, ours = run_sides(bench, students, sides, repeat, size // 4)
    figures = [
        Figure("trivial: submissions", size, "students"),
        *side_figures(Part.TRIVIAL, ours, plain),
        agreement(Part.TRIVIAL, students, sides[OURS], sides[PLAIN]),
    ]
    few = students[: max(1, size // 4)]
    (other,) = run_sides(bench, few, {PLAIN_ON_OURS: bench.plain("same", SIX)}, 1, 0)
    name = f"trivial: notebooks per minute, {PLAIN_ON_OURS} ({len(few)} of them)"
    return [*figures, Figure(name, other.rates[0], "/min")]


# All answers in other styles at once make some trainings of `ranking` slower than a cell may be.
SLOW = frozenset({Kind.STYLE})


def compare_full(bench: Bench, size: int, repeat: int) -> list[Figure]:
    """Whole notebooks of `ranking`, the same for both."""
    students = bench.students(FULL, size, classes.NOT_FOR_PLAIN | SLOW)
    sides = {PLAIN: bench.plain("plain", FULL), OURS: bench.ours("ours", FULL)}
    plain, ours = run_sides(bench, students, sides, repeat, 0)
    figures = [Figure("full: submissions", size, "students"), *side_figures(Part.FULL, ours, plain)]
    figures.append(agreement(Part.FULL, students, sides[OURS], sides[PLAIN]))
    everyone = bench.students(FULL, size, SLOW)
    hostile = sum(student.kind in classes.NOT_FOR_PLAIN for student in everyone)
    if hostile:
        rate = 60 * size / bench.grade(sides[OURS], everyone).wall_s
        figures.append(Figure(f"full: notebooks per minute with {hostile} cut off or endless, {OURS}", rate, "/min"))
    return figures


# --- growth ------------------------------------------------------------------------------------------------


def grow(bench: Bench, size: int, repeat: int) -> list[Figure]:
    """Ours at a tenth, half and all of the class with two workers, and at half of it with one and four."""
    folder, students = bench.ours("ours", SIX), bench.students(SIX, size, frozenset({Kind.ENDLESS}))
    sizes = sorted({max(2, size // 10), max(2, size // 2), size})
    runs = {part: [bench.grade(folder, students[:part]) for _ in range(repeat)] for part in sizes}
    figures = size_figures(runs)
    half = sizes[len(sizes) // 2]
    one = None
    for workers in EACH_OF:
        again = (
            [bench.grade(folder, students[:half], workers) for _ in range(repeat)] if workers != WORKERS else runs[half]
        )
        rate = 60 * half / _median(again, "wall_s")
        one = one or rate
        figures.append(Figure(f"growth: notebooks per minute, {half:,} of them, workers: {workers}", rate, "/min", one))
    return figures


def size_figures(runs: dict[int, list[Measured]]) -> list[Figure]:
    """Class size -> its runs: rates, and what the coordinating process needs."""
    figures = []
    smallest = min(runs)
    for size, measured in runs.items():
        rate, memory = 60 * size / _median(measured, "wall_s"), _resident(measured)
        more = size > smallest
        figures += [
            Figure(f"growth: notebooks per minute, {size:,} of them", rate, "/min"),
            Figure(f"growth: coordinator, computing time, {size:,} of them", _median(measured, "own_cpu_s"), "CPU s"),
            Figure(
                f"growth: coordinator, most memory, {size:,} of them",
                memory,
                "MiB",
                _resident(runs[smallest]) if more else None,
            ),
        ]
        used = computing(measured, size)
        if used is not None:
            figures.append(Figure(f"growth: computing time of a submission, {size:,} of them", used, "CPU s"))
    largest = max(runs)
    cpu = {size: _median(measured, "own_cpu_s") for size, measured in runs.items()}
    whole = 1000 * cpu[largest] / largest
    figures.append(Figure("growth: coordinator, CPU of each submission in the largest class", whole, "ms", 20))
    if largest > smallest:
        further = 1000 * (cpu[largest] - cpu[smallest]) / (largest - smallest)
        figures.append(Figure("growth: coordinator, CPU of each further submission", further, "ms", 20))
    return figures


def _resident(runs: list[Measured]) -> float:
    return statistics.median(max(run.resident, default=0.0) for run in runs)


# --- memory ------------------------------------------------------------------------------------------------


def remember(bench: Bench, size: int, repeat: int) -> list[Figure]:
    """Memory of both, in runs of their own, since looking at it takes computing time."""
    students = bench.students(SIX, size)
    plain = bench.grade(bench.plain("plain", SIX, asserts=True), students, look_s=LOOK_S)
    runs = [bench.grade(bench.ours("ours", SIX), students, look_s=LOOK_S) for _ in range(repeat)]
    _say_what_was_left(runs)
    return memory_figures(plain, runs)


def _say_what_was_left(runs: list[Measured]) -> None:
    """On the error channel: processes that were left behind."""
    for run in runs:
        for name in dict.fromkeys(run.left):
            print(f"left behind: {name}", file=sys.stderr)


def memory_figures(plain: Measured, runs: list[Measured]) -> list[Figure]:
    """What all processes, the coordinator, a worker and a further kernel have.

    Raises: CourseError: two kernels were never seen at the same time.
    """
    kernels = [size for run in runs for size in run.kernel]
    workers = [size for run in runs for size in run.worker]
    if not kernels or not workers:
        hidden = max(run.hidden for run in runs)
        raise CourseError(
            f"no two kernels were seen at the same time ({hidden} processes are hidden from this user): "
            "take a larger --size, or run this as root"
        )
    return [
        Figure(f"memory: all processes, most, {OURS}", statistics.median(run.peak for run in runs), "MiB", plain.peak),
        Figure("memory: coordinator, resident, most", _resident(runs), "MiB"),
        Figure("memory: a worker, median", statistics.median(workers), "MiB"),
        Figure("memory: a worker, largest", max(workers), "MiB"),
        Figure("memory: a further kernel while it runs, median", statistics.median(kernels), "MiB", 150),
        Figure("memory: a further kernel while it runs, largest", max(kernels), "MiB", 150),
        Figure("memory: processes left behind", max(len(run.left) for run in runs), "processes"),
    ]


# --- profile -----------------------------------------------------------------------------------------------


def profile(bench: Bench, size: int, repeat: int) -> list[Figure]:
    """Steps of one submission after another in this process; and the share of time that two workers are busy."""
    figures = []
    for assignment, number in ((SIX, size), (FULL, max(2, size // 5))):
        folder, students = bench.ours("ours", assignment), bench.students(assignment, number)
        classes.hand_in(students, folder.release, folder.root, assignment)
        found = [profiling.profile(folder, [student.name for student in students]) for _ in range(repeat)]
        together = {stage: [one for run in found for one in run[stage]] for stage in profiling.stages()}
        figures += stage_figures(assignment, together)
    folder, students = bench.ours("ours", SIX), bench.students(SIX, size)
    measured = bench.grade(folder, students)
    return [*figures, busy_figure(measured, json.loads(folder.figures.read_text(encoding="utf-8")))]


def stage_figures(assignment: str, found: dict[str, list[float]]) -> list[Figure]:
    """Medians of the stages against the whole of a submission."""
    whole = statistics.median(map(sum, zip(*found.values(), strict=True)))
    name = "six cells" if assignment == SIX else assignment
    figures = [
        Figure(f"profile: {name}: {stage}", 1000 * seconds, "ms", 1000 * whole)
        for stage, seconds in profiling.medians(found).items()
    ]
    return [*figures, Figure(f"profile: {name}: all", 1000 * whole, "ms")]


def busy_figure(measured: Measured, document: dict) -> Figure:
    """Seconds in which workers ran notebooks, against all that they had from the command's start to its end."""
    busy = sum(entry["seconds"] for entry in document["submissions"])
    return Figure("profile: six cells: running notebooks, of two workers' time", busy, "s", WORKERS * measured.wall_s)


# --- the command -------------------------------------------------------------------------------------------

MEASURES: dict[Part, Callable[[Bench, int, int], list[Figure]]] = {
    Part.TRIVIAL: compare_trivial,
    Part.FULL: compare_full,
    Part.GROWTH: grow,
    Part.MEMORY: remember,
    Part.PROFILE: profile,
}


@contextmanager
def bench_of(base: Course, seed: int) -> Iterator[Bench]:
    """A bench in a folder that is removed afterwards."""
    with tempfile.TemporaryDirectory(prefix="course-benchmark-") as root:
        yield Bench(base, Path(root), seed)


def main(
    parts: Annotated[list[Part] | None, typer.Argument(help="Which; without any, all.")] = None,
    size: Annotated[int | None, typer.Option(min=2, help="Submissions, in place of each part's default.")] = None,
    repeat: Annotated[int | None, typer.Option(min=1, help="Runs, of which the median counts.")] = None,
    seed: Annotated[int, typer.Option(help="Another seed gives another class.")] = 0,
    json_file: Annotated[Path | None, typer.Option("--json", help="Write the figures to this file as well.")] = None,
) -> None:
    """Measure `course autograde` against plain `nbgrader autograde` in the same run."""
    console = Console(width=None if sys.stdout.isatty() else 120, highlight=False)
    figures = []
    try:
        for part in parts or list(Part):
            with (
                console.status(f"measuring {part}; the README has the durations"),
                bench_of(Course(COURSE), seed) as bench,
            ):
                found = MEASURES[part](bench, size or SIZES[part], repeat or REPEATS[part])
            console.print(figure_table(TITLES[part], found))
            figures += found
    except CourseError as error:
        Console(stderr=True, soft_wrap=True, highlight=False).print(f"error: {error}", markup=False)
        raise typer.Exit(2) from None
    finally:
        if json_file:
            json_file.write_text(json.dumps([figure.entry() for figure in figures], indent=2) + "\n", encoding="utf-8")
    for target in TARGETS:
        if line := target.said(figures):
            console.print(line)


if __name__ == "__main__":
    typer.run(main)
