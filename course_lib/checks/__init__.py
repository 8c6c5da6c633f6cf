"""One module per assignment; each has the list `CHECKS`."""

from __future__ import annotations

from course_lib.checks import meta_lstm, ranking, recurrent_networks, text_classification, toy_chooser
from course_lib.checks.base import Check

ASSIGNMENTS: dict[str, list[Check]] = {
    "ranking": ranking.CHECKS,
    "text_classification": text_classification.CHECKS,
    "recurrent_networks": recurrent_networks.CHECKS,
    "toy_chooser": toy_chooser.CHECKS,
    "meta_lstm": meta_lstm.CHECKS,
}
MOST_BONUS: dict[str, float] = {
    "ranking": ranking.MOST_BONUS,
    "text_classification": text_classification.MOST_BONUS,
    "recurrent_networks": recurrent_networks.MOST_BONUS,
    "toy_chooser": toy_chooser.MOST_BONUS,
    "meta_lstm": meta_lstm.MOST_BONUS,
}


def find(exercise: str) -> Check | None:
    """The check of `assignment.exercise`, or None."""
    assignment = exercise.partition(".")[0]
    return next((check for check in ASSIGNMENTS.get(assignment, []) if check.exercise == exercise), None)
