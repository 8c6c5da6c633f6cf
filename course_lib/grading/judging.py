"""Judging a run: observations against the secret truth, verdicts into the notebook."""

from __future__ import annotations

import ast
from dataclasses import asdict
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_output

from course_lib import checks, feedback, observation
from course_lib.check_cell import CheckCall, parse
from course_lib.checks.base import Check, failed, judge, worked_out
from course_lib.errors import CourseError, ObservationError
from course_lib.grading.rules import uses
from course_lib.grading.run import Run, exercise_of
from course_lib.ground_truth import GroundTruth
from course_lib.verdict import Outcome, Verdict


def inputs_for(truth: GroundTruth) -> dict[str, str]:
    """Exercise -> encoded inputs of its check for the truth's seed."""
    return {
        check.exercise: observation.encode(check.inputs(truth.seed)) for check in checks.ASSIGNMENTS[truth.assignment]
    }


def verdict_of(exercise: str, run: Run, truth: GroundTruth) -> Verdict:
    """The verdict on one exercise of a run; whatever is missing or malformed is zero, with the reason."""
    check = checks.find(exercise)
    if check is None or exercise not in truth.exercises:
        raise CourseError(f"the secret ground truth lacks {exercise}: run: course ground-truth {truth.assignment}")
    if exercise in run.broken:
        return _broken(check, run.broken[exercise], run.reasons.get(exercise))
    if exercise not in run.observations:
        hint = f"{run.unfinished} before this exercise was reached" if run.unfinished else "see the notes from grading"
        return failed(check, Outcome.NO_OBSERVATION, "nothing was observed", "-", hint)
    try:
        observed = observation.decode(run.observations[exercise])
        if check.record is not None:
            observed = worked_out(check, observed, observation.plain(check.inputs(truth.seed)))
        return judge(check, observed, truth.exercises[exercise], reveal=False)
    except ObservationError as error:
        return failed(
            check,
            Outcome.NO_OBSERVATION,
            "what was observed cannot be read",
            str(error),
            "return plain values",
        )


def _broken(check: Check, outcome: Outcome, reason: str | None) -> Verdict:
    if outcome is Outcome.TIMED_OUT:
        return failed(check, outcome, "the time limit was reached", "no answer", "look for a loop that never ends")
    if reason is not None:
        return failed(check, outcome, "a limit was broken", "no answer", reason)
    hint = "look for exit calls, endless recursion in compiled code, or data that does not fit into memory"
    return failed(check, outcome, "the kernel died", "no answer", hint)


def write_verdicts(notebook: NotebookNode, assignment: str, run: Run, truth: GroundTruth) -> list[Verdict]:
    """Replace the outputs of the check cells by the verdicts, and keep these in the notebook's metadata.

    The first output of a check cell is its score in points, in the form that nbgrader reads. Points of a bonus task are
    kept apart, since nbgrader takes no score above a cell's points; the first ones count, up to the assignment's limit.
    """
    verdicts = []
    sources = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    bonus_left = checks.MOST_BONUS.get(assignment, 0.0)
    for cell in notebook.cells:
        exercise = exercise_of(cell, assignment)
        if exercise is None:
            continue
        verdict = verdict_of(exercise, run, truth)
        if verdict.passed:
            verdict = _within_rules(verdict, parse(cell.source), sources)
        points = round(verdict.score * float(cell.metadata.nbgrader.points), 6)
        bonus = min(bonus_left, verdict.score * bonus_of(exercise))
        bonus_left -= bonus
        shown = {"text/plain": repr(points), "text/html": feedback.as_html(verdict)}
        cell.outputs = [new_output("execute_result", shown, execution_count=None)]
        cell.metadata["course"] = {
            "points": points,
            "max_points": float(cell.metadata.nbgrader.points),
            "bonus": bonus,
            **_plain(verdict),
        }
        verdicts.append(verdict)
    return verdicts


def _within_rules(verdict: Verdict, call: CheckCall, sources: list[str]) -> Verdict:
    """A verdict of zero where a right answer uses what its text excludes; else the verdict."""
    check = checks.find(verdict.exercise)
    assert check is not None
    asked = [node.id for text in call.arguments for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Name)]
    used = uses(asked, sources, check.excludes) if check.excludes else []
    if not used:
        return verdict
    hint = "write it yourself, as the text says: from products, sums and elementwise functions of torch"
    return failed(check, Outcome.FAILED, "what the answer may not use", ", ".join(used), hint)


def bonus_of(exercise: str) -> float:
    """Points that an exercise gives beyond those of the assignment; 0 unless it is a bonus task."""
    check = checks.find(exercise)
    return check.bonus if check else 0.0


def _plain(verdict: Verdict) -> dict[str, Any]:
    """A verdict as JSON data."""
    return {**asdict(verdict), "outcome": str(verdict.outcome)}
