"""A workbench for answers: the solved notebook, in which one cell at a time is replaced and its check is asked."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from typing import Any

import torch

from course_lib import checks
from course_lib.authoring.reference import (
    check_calls,
    namespace,
    observe,
    observe_answer,
    read_notebook,
    solution_cells,
)
from course_lib.authoring.truth import PUBLIC_SEED
from course_lib.checks.base import judge
from course_lib.errors import CourseError, ObservationError
from course_lib.ground_truth import ExerciseTruth, GroundTruth
from course_lib.paths import Course

ANOTHER_SEED = 20_240_229  # what is caught by luck with one seed has to be caught with two


@dataclass(frozen=True)
class Answer:
    """What stands in an exercise's cell. exercise: its name with the assignment."""

    exercise: str
    code: str


@dataclass(frozen=True)
class Result:
    """How an answer was judged. scores: with each seed. mistake: what the message of the public seed names."""

    scores: list[float]
    mistake: str | None = None
    seconds: float = 0.0

    @property
    def right(self) -> bool:
        """Whether the answer has full marks with every seed."""
        return min(self.scores, default=0.0) == 1.0

    @property
    def wrong(self) -> bool:
        """Whether the answer loses marks with every seed."""
        return max(self.scores, default=0.0) < 1.0


class Bench:
    """Judges answers to the exercises of an assignment, by the shipped truth and by that of another seed."""

    def __init__(self, course: Course, assignment: str) -> None:
        """Run the solved notebook. Raises: CourseError: it or its ground truth is missing, or lacks an exercise."""
        os.environ["CUDA_VISIBLE_DEVICES"] = ""  # a process that used a GPU cannot be forked
        torch.set_num_threads(1)
        notebook = read_notebook(course.source_notebook(assignment))
        self._calls = check_calls(notebook)
        self._solutions = solution_cells(notebook)
        self._names = namespace(notebook)
        self._seeds: dict[str, list[tuple[dict[str, Any], ExerciseTruth]]] = {}  # inputs and truth of each seed
        shipped = GroundTruth.load(course.public_truth(assignment)).exercises
        for check in checks.ASSIGNMENTS[assignment]:
            if check.exercise not in shipped:
                raise CourseError(f"the ground truth lacks {check.exercise}: run: course ground-truth {assignment}")
            seeds = [(check.inputs(PUBLIC_SEED), shipped[check.exercise])]
            if check.quality is None:  # where each answer trains a model, a second seed only takes the time twice
                inputs, call = check.inputs(ANOTHER_SEED), self._calls[check.exercise.partition(".")[2]]
                seeds.append((inputs, ExerciseTruth(observe(check, call, self._names, inputs))))
            self._seeds[check.exercise] = seeds

    def judge(self, answer: Answer) -> Result:
        """Ask the exercise's check about an answer; what cannot be read has no marks, as in grading."""
        check = checks.find(answer.exercise)
        assert check is not None, answer.exercise
        exercise = answer.exercise.partition(".")[2]
        solution, call = self._solutions[exercise], self._calls[exercise]
        scores: list[float] = []
        mistakes: list[str | None] = []
        started = time.monotonic()
        for inputs, truth in self._seeds[answer.exercise]:
            try:
                observed = observe_answer(answer.exercise, answer.code, solution, self._names, call, inputs)
            except ObservationError:
                scores.append(0.0)
                mistakes.append(None)
                continue
            verdict = judge(check, observed, truth)
            scores.append(verdict.score)
            mistakes.append(verdict.finding.mistake if verdict.finding else None)
        return Result(scores, mistakes[0], time.monotonic() - started)
