"""Recording ground truth: what the solution cells observe, and what each known mistake observes."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from course_lib import checks, observation
from course_lib.authoring import bank
from course_lib.authoring.reference import (
    check_calls,
    namespace,
    observe,
    observe_answer,
    points,
    read_notebook,
    solution_cells,
)
from course_lib.checks.base import Check, judge
from course_lib.compare import agree, describe
from course_lib.data import mini_data
from course_lib.errors import CourseError
from course_lib.ground_truth import ExerciseTruth, GroundTruth, Mistake
from course_lib.observation import Raised
from course_lib.paths import Course

PUBLIC_SEED = 1
SEEDS_TO_TRY = 5
DRIFT = 0.05  # of quality, between two machines that train the same model


class UnsuitableSeed(CourseError):
    """The reference does not pass its own check with this seed, so nobody should be measured by it."""


def record(
    course: Course,
    assignment: str,
    seed: int,
    secret: bool,
    data_folder: Path | None,
    names: dict[str, Any] | None = None,
) -> GroundTruth:
    """Run the solution cells and the bank of mistakes, and keep what they observe.

    names: what the solution cells define on this data, where they ran already.
    Raises: CourseError: a solution cell fails, or the notebook lacks a check. UnsuitableSeed.
    """
    notebook = read_notebook(course.source_notebook(assignment))
    calls, solutions = check_calls(notebook), solution_cells(notebook)
    if names is None:
        try:
            names = namespace(notebook, data_folder)
        except Exception as error:
            raise CourseError(
                f"a cell of {course.source_notebook(assignment)} fails: {type(error).__name__}: {error}"
            ) from error
    wrong = bank.read(course.mistakes(assignment), with_hints=True)
    exercises = {}
    for check in checks.ASSIGNMENTS[assignment]:
        exercise = check.exercise.partition(".")[2]
        if exercise not in calls:
            raise CourseError(f"{course.source_notebook(assignment)} has no cell task_tests.test_{exercise}(...)")
        call = calls[exercise]
        inputs = observation.decode(observation.encode(check.inputs(seed)))
        observed = observe(check, call, names, inputs)
        errors = [value for value in observed.get("cases", observed).values() if isinstance(value, Raised)]
        if errors:
            raise CourseError(f"the solution of {check.exercise} does not run: {describe(errors[0])}")
        if check.answers is not None:
            observed["answers"] = check.answers(seed)
        verdict = judge(check, observed, ExerciseTruth(observed))
        if not verdict.passed:
            reason = f"{verdict.finding.got}, not {verdict.finding.expected}" if verdict.finding else verdict.outcome
            raise UnsuitableSeed(f"the solution of {check.exercise} does not pass with seed {seed}: {reason}")
        mistakes = tuple(
            Mistake(
                answer.name,
                answer.hint,
                observe_answer(check.exercise, answer.code, solutions[exercise], names, call, inputs),
            )
            for answer in wrong
            if answer.exercise == exercise
        )
        exercises[check.exercise] = ExerciseTruth(observed, mistakes)
    return GroundTruth(assignment, seed, secret, exercises, points(notebook, assignment))


def record_public(course: Course, assignment: str) -> GroundTruth:
    """The ground truth that ships with the release."""
    return record(course, assignment, PUBLIC_SEED, secret=False, data_folder=None)


def record_secret(course: Course, assignment: str, new_seed: bool = False) -> GroundTruth:
    """The private ground truth and the private data; the seed is drawn once and then kept.

    A drawn seed with which the reference fails a check of quality is thrown away, and another one drawn.
    """
    path = course.secret_truth(assignment)
    known = path.exists() and not new_seed
    course.secret_data.mkdir(parents=True, exist_ok=True)
    for attempt in range(1, SEEDS_TO_TRY + 1):
        seed = GroundTruth.load(path).seed if known else secrets.randbits(62)
        if assignment in mini_data.WRITERS:
            mini_data.write(assignment, course.secret_data / assignment, seed)
        try:
            truth = record(course, assignment, seed, secret=True, data_folder=course.secret_data)
        except UnsuitableSeed:
            if known or attempt == SEEDS_TO_TRY:
                raise
            continue
        truth.save(path)
        return truth
    raise AssertionError("unreachable")


def same(one: GroundTruth, other: GroundTruth) -> bool:
    """Whether two truths agree: exactly in what they hold and in points, up to rounding in what was observed."""
    if one.exercises.keys() != other.exercises.keys() or one.points != other.points:
        return False
    return all(_same_exercise(checks.find(name), one.exercises[name], other.exercises[name]) for name in one.exercises)


def _same_exercise(check: Check | None, one: ExerciseTruth, other: ExerciseTruth) -> bool:
    """Training rounds differently from machine to machine: where quality is checked, it must agree within `DRIFT`."""
    if [(m.name, m.hint) for m in one.mistakes] != [(m.name, m.hint) for m in other.mistakes]:
        return False
    if check is None or check.quality is None:
        pairs = zip(one.mistakes, other.mistakes, strict=True)
        return agree(one.observation, other.observation) and all(agree(a.observation, b.observation) for a, b in pairs)
    answers, cases, others = one.observation["answers"], one.observation["cases"], other.observation["cases"]
    if not agree(other.observation.get("answers"), answers) or others.keys() != cases.keys():
        return False
    return all(_same_case(check.quality, cases[case], others[case], np.asarray(answers)) for case in cases)


def _same_case(quality: Callable[[Any, Any], float], one: Any, other: Any, answers: np.ndarray) -> bool:
    """Quality is of what has a row for each answer; anything else must be equal."""
    if np.shape(one)[:1] != answers.shape[:1]:
        return agree(one, other)
    return np.shape(one) == np.shape(other) and abs(quality(one, answers) - quality(other, answers)) <= DRIFT
