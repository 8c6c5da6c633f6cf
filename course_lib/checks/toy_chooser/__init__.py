"""Checks of `toy_chooser`: numbers as symbols, a model that chooses among options, what it has learned."""

from __future__ import annotations

from course_lib.checks.toy_chooser import chooser, choosing, numbers

CHECKS = [*numbers.CHECKS, *chooser.CHECKS, *choosing.CHECKS]
MOST_BONUS = 0.0
