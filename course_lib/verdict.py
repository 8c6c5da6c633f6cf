"""The result of judging one exercise, and how a submission ended."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

MIME = "application/vnd.course.verdict+json"  # of a verdict among a cell's outputs, for programs; no notebook shows it


class Outcome(StrEnum):
    """How an exercise ended; every exercise ends in exactly one of these."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_IMPLEMENTED = "not implemented"
    UNDEFINED = "undefined"  # the name that the check asks for does not exist: its cell did not run
    TIMED_OUT = "timed out"
    KERNEL_DIED = "kernel died"
    NO_OBSERVATION = "no observation"
    MANUAL = "needs manual grading"


class SubmissionOutcome(StrEnum):
    """How a submission ended; every submission ends in exactly one of these."""

    GRADED = "graded"
    REPAIRED = "graded after repairs"
    NO_NOTEBOOK = "no notebook"
    UNREADABLE = "not a readable notebook"
    NOT_GRADED = "could not be graded"

    @property
    def graded(self) -> bool:
        """Whether its answers were judged."""
        return self in (SubmissionOutcome.GRADED, SubmissionOutcome.REPAIRED)


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong, in words. mistake: its name, where one explains the whole observation."""

    case: str
    got: str
    hint: str
    expected: str | None = None
    mistake: str | None = None


@dataclass(frozen=True)
class Verdict:
    """Score from 0 to 1 of one exercise, and at most one finding (judging stops at the first failure)."""

    exercise: str
    score: float
    outcome: Outcome
    finding: Finding | None = None
    summary: str = ""

    @property
    def passed(self) -> bool:
        """Whether the exercise has full marks."""
        return self.outcome is Outcome.PASSED

    def as_data(self) -> dict[str, Any]:
        """The verdict as JSON data."""
        return {**asdict(self), "outcome": str(self.outcome)}


def from_data(data: Any) -> Verdict | None:
    """The verdict that `as_data` gave, None if it is none.

    >>> from_data(Verdict("toy.add", 1.0, Outcome.PASSED).as_data())
    Verdict(exercise='toy.add', score=1.0, outcome=<Outcome.PASSED: 'passed'>, finding=None, summary='')
    >>> from_data({"exercise": "toy.add"})
    """
    try:
        finding = None if data["finding"] is None else Finding(**data["finding"])
        return Verdict(
            str(data["exercise"]), float(data["score"]), Outcome(data["outcome"]), finding, str(data["summary"])
        )
    except (KeyError, TypeError, ValueError):
        return None
