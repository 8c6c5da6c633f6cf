"""How checks of quality judge predictions on data that nobody has seen: by their gain over a floor."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from course_lib.checks.base import Cases, Check, explain, likeliest
from course_lib.compare import describe
from course_lib.ground_truth import ExerciseTruth
from course_lib.verdict import Finding, Outcome, Verdict


@dataclass(frozen=True)
class Wording:
    """How a check of quality speaks. things, labels: what is predicted for what; floor: what the floor is, or empty."""

    things: str
    labels: str
    floor: str = ""


def judge_gain(
    cases: Cases,
    truth: ExerciseTruth,
    check: Check,
    reveal: bool,
    alone: str,
    rows: str,
    floor: float,
    wording: Wording,
) -> Verdict:
    """Full marks for `check.share` of what the reference gains over a floor, if padding does not matter.

    rows: the case with a prediction (N,) for each answer. alone: the case that is True where padding does not matter.
    floor: the quality of knowing nothing, 0 to 1.
    """
    assert check.quality is not None, check.exercise
    answers = np.asarray(truth.observation["answers"])
    wanted = floor + check.share * (check.quality(truth.observation["cases"][rows], answers) - floor)
    predicted = cases.get(rows)
    reached = None
    if isinstance(predicted, np.ndarray) and predicted.shape == answers.shape[:1]:
        reached = check.quality(predicted, answers)
    good = reached is not None and reached >= wanted
    if good and cases.get(alone) is True:
        summary = f"passed: accuracy {reached:.2f} on unseen {wording.things}"
        return Verdict(check.exercise, 1.0, Outcome.PASSED, summary=summary)
    if good or cases.get(alone) is False:
        case, expected, got = alone, "True", describe(cases.get(alone))
    else:
        case = "accuracy"
        expected = f"at least {wanted:.2f}" + (f" ({wording.floor}: {floor:.2f})" if wording.floor else "")
        got = f"no {wording.labels}: {describe(predicted)}"
        if reached is not None:
            got = f"{reached:.2f} on {wording.things} that you have not seen"
    mistake, certain = likeliest(cases, rows, truth.mistakes)
    finding = Finding(
        case=case,
        expected=expected if reveal else None,
        got=got,
        hint=explain(mistake, certain, check.hints[alone if case == alone else rows]),
        mistake=mistake.name if mistake and certain else None,
    )
    return Verdict(check.exercise, 0.0, Outcome.FAILED, finding)
