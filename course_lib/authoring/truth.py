"""Recording ground truth: what the solution cells observe, and what each known mistake observes."""

from __future__ import annotations

import secrets
from pathlib import Path

from course_lib import checks, observation
from course_lib.authoring import bank
from course_lib.authoring.reference import check_calls, namespace, observe, observe_answer, read_notebook
from course_lib.compare import agree, describe
from course_lib.data import ranking_mini
from course_lib.errors import CourseError
from course_lib.ground_truth import ExerciseTruth, GroundTruth, Mistake
from course_lib.observation import Raised
from course_lib.paths import Course

PUBLIC_SEED = 1


def record(course: Course, assignment: str, seed: int, secret: bool, data_folder: Path | None) -> GroundTruth:
    """Run the solution cells and the bank of mistakes, and keep what they observe.

    Raises: CourseError: a solution cell fails, or the notebook lacks a check.
    """
    notebook = read_notebook(course.source_notebook(assignment))
    calls = check_calls(notebook)
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
        mistakes = tuple(
            Mistake(answer.name, answer.hint, observe_answer(check.exercise, answer.code, names, call, inputs))
            for answer in wrong
            if answer.exercise == exercise
        )
        exercises[check.exercise] = ExerciseTruth(observed, mistakes)
    return GroundTruth(assignment, seed, secret, exercises)


def record_public(course: Course, assignment: str) -> GroundTruth:
    """The ground truth that ships with the release."""
    return record(course, assignment, PUBLIC_SEED, secret=False, data_folder=None)


def record_secret(course: Course, assignment: str, new_seed: bool = False) -> GroundTruth:
    """The private ground truth and the private data; the seed is drawn once and then kept."""
    path = course.secret_truth(assignment)
    known = path.exists() and not new_seed
    seed = GroundTruth.load(path).seed if known else secrets.randbits(62)
    ranking_mini.write(course.secret_data / assignment, seed)
    truth = record(course, assignment, seed, secret=True, data_folder=course.secret_data)
    truth.save(path)
    return truth


def same(one: GroundTruth, other: GroundTruth) -> bool:
    """Whether two truths agree up to rounding."""
    if one.exercises.keys() != other.exercises.keys():
        return False
    return all(
        agree(one.exercises[name].observation, other.exercises[name].observation)
        and [(m.name, m.hint) for m in one.exercises[name].mistakes]
        == [(m.name, m.hint) for m in other.exercises[name].mistakes]
        and all(
            agree(a.observation, b.observation)
            for a, b in zip(one.exercises[name].mistakes, other.exercises[name].mistakes, strict=True)
        )
        for name in one.exercises
    )
