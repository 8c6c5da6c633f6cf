"""Checks of `meta_lstm`: sequences in made-up languages, what can be known about them, a model that reads them."""

from __future__ import annotations

from course_lib.checks.meta_lstm import reading, sequences

CHECKS = [*sequences.CHECKS, *reading.CHECKS]
MOST_BONUS = 0.0
