"""One module per assignment, imported when it is asked for; each has the list `CHECKS` and `MOST_BONUS`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from importlib.util import find_spec
from typing import TypeVar

from course_lib.checks.base import Check

T = TypeVar("T")
ALL = ("ranking", "text_classification", "recurrent_networks", "toy_chooser", "meta_lstm")
NAMES = tuple(name for name in ALL if find_spec(f"{__name__}.{name}"))  # a student's kit has not all of them


class _OfEach(Mapping[str, T]):
    """Assignment -> what its module calls `attribute`."""

    def __init__(self, attribute: str) -> None:
        self._attribute = attribute

    def __getitem__(self, name: str) -> T:
        if name not in NAMES:
            raise KeyError(name)
        return getattr(import_module(f"{__name__}.{name}"), self._attribute)

    def __contains__(self, name: object) -> bool:
        return name in NAMES

    def __iter__(self) -> Iterator[str]:
        return iter(NAMES)

    def __len__(self) -> int:
        return len(NAMES)


ASSIGNMENTS: Mapping[str, list[Check]] = _OfEach("CHECKS")
MOST_BONUS: Mapping[str, float] = _OfEach("MOST_BONUS")


def find(exercise: str) -> Check | None:
    """The check of `assignment.exercise`, or None."""
    assignment = exercise.partition(".")[0]
    return next((check for check in ASSIGNMENTS.get(assignment, []) if check.exercise == exercise), None)
