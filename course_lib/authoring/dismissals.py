"""Dismissals: mutants of the solutions that are right, so that no check may reject them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from course_lib.errors import CourseError


@dataclass(frozen=True)
class Dismissal:
    """A mutant that no check may reject. change: its lines that differ. reason: why it is right."""

    change: str
    reason: str


def read_dismissals(path: Path) -> dict[str, dict[str, Dismissal]]:
    """Exercise -> name of a mutant -> its dismissal. Without a file there are none.

    Raises: CourseError: the file is malformed, or a mutant has no reason.
    """
    found: dict[str, dict[str, Dismissal]] = {}
    try:
        for exercise, entries in tomllib.loads(path.read_text(encoding="utf-8")).items():
            found[exercise] = {name: Dismissal(**entry) for name, entry in entries.items()}
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, TypeError, AttributeError) as error:
        raise CourseError(f"{path}: each table is [exercise.mutant] with change and reason ({error})") from None
    for exercise, entries in found.items():
        for name, dismissal in entries.items():
            if not dismissal.reason:
                raise CourseError(f"{path}: {exercise}.{name} has no reason: say why no check may reject it")
    return found
