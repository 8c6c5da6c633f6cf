"""What a check asks, for instructors: its cases, its inputs, and the mistakes that it knows."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from rich import box
from rich.console import RenderableType
from rich.table import Column, Table
from rich.text import Text

from course_lib import checks, observation
from course_lib.authoring import bank
from course_lib.authoring.dismissals import read_dismissals
from course_lib.authoring.reference import check_calls, read_notebook
from course_lib.checks.base import Cases, Check
from course_lib.compare import agree, describe
from course_lib.errors import CourseError
from course_lib.ground_truth import ExerciseTruth, GroundTruth
from course_lib.paths import Course


@dataclass(frozen=True)
class Explanation:
    """What `course explain` shows of a check.

    observes: what is looked at. drawn: from what a seed draws. judging: how the score comes about.
    inputs: (name, value) of the public seed. cases: (name, what the solution gives, hint), in the order of judging.
    mistakes: (name, first case that is wrong, hint). right: other right answers. dismissed: mutants that may pass.
    """

    exercise: str
    call: str
    observes: str
    drawn: str
    judging: str
    inputs: list[tuple[str, str]]
    cases: list[tuple[str, str, str]]
    mistakes: list[tuple[str, str, str]]
    right: list[str]
    dismissed: dict[str, str]


def explain(course: Course, exercise: str) -> Explanation:
    """Explain the check of `assignment.exercise`.

    Raises: CourseError: there is no such check, or its files are missing.
    """
    assignment, _, name = exercise.partition(".")
    check = checks.find(exercise)
    assert check is not None, exercise
    truth = GroundTruth.load(course.public_truth(assignment))
    if exercise not in truth.exercises:
        raise CourseError(f"{course.public_truth(assignment)} lacks {exercise}: run: course ground-truth {assignment}")
    known = truth.exercises[exercise]
    cases = known.observation["cases"]
    call = check_calls(read_notebook(course.source_notebook(assignment)))[name]
    inputs = observation.plain(check.inputs(truth.seed))
    dismissals = read_dismissals(course.dismissed(assignment)).get(name, {})
    styles = bank.read(course.styles(assignment), with_hints=False)
    return Explanation(
        exercise=exercise,
        call=f"task_tests.test_{name}({', '.join(call.arguments)})",
        observes=_first_line(check.observe),
        drawn=_first_line(check.inputs),
        judging=_judging(check, known),
        inputs=[(key, describe(value)) for key, value in inputs.items()],
        cases=[(case, describe(cases[case]), hint) for case, hint in check.hints.items()],
        mistakes=[(one.name, _first_wrong(check, one.observation, cases), one.hint) for one in known.mistakes],
        right=[answer.name for answer in styles if answer.exercise == name],
        dismissed={label: one.reason for label, one in dismissals.items()},
    )


def _first_line(function: Callable[..., Any]) -> str:
    return (inspect.getdoc(function) or "").partition("\n")[0]


def _judging(check: Check, truth: ExerciseTruth) -> str:
    if check.quality is None:
        return "Full marks if every case agrees with what the solution gives; judging stops at the first that does not."
    return (
        f"Full marks for {check.share:.0%} of what the solution gains, on {len(truth.observation['answers'])} answers "
        "that only the judge knows."
    )


def _first_wrong(check: Check, observed: Any, cases: Cases) -> str:
    found = observed.get("cases")
    if found is None:
        return "not defined"
    return next((case for case in check.hints if not agree(found.get(case), cases[case])), "quality")


def shown(found: Explanation) -> Iterator[RenderableType]:
    """The explanation for a terminal."""
    yield Text.assemble((found.exercise, "bold"), f"    {found.call}\n")
    about = [f"What it looks at. {found.observes}", f"Score. {found.judging}\n"]
    if found.drawn:
        about.insert(1, f"Inputs. {found.drawn}")
    yield Text("\n".join(about))
    if found.inputs:
        yield _table("inputs of the public seed", ("name", "value"), found.inputs)
    yield _table("cases, in the order of judging", ("case", "the solution gives", "the student reads"), found.cases)
    mistakes = f"{len(found.mistakes)} known mistakes"
    yield _table(mistakes, ("mistake", "first wrong case", "the student reads"), found.mistakes)
    yield Text(f"Also right, in the bank: {', '.join(found.right)}\n")
    if found.dismissed:
        yield _table("mutants that may pass", ("mutant", "because"), list(found.dismissed.items()))


def _table(title: str, headings: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> Table:
    columns = [Column(name, overflow="fold") for name in headings]  # names of mistakes are long
    table = Table(*columns, title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD)
    for row in rows:
        table.add_row(*map(Text, row))
    return table
