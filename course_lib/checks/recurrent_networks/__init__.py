"""Checks of `recurrent_networks`: cells from inside, gradients through time, decoders, echoes, a tagger."""

from __future__ import annotations

from course_lib.checks.recurrent_networks import cells, echo, gradients, start, tagging, writing

CHECKS = [*cells.CHECKS, *start.CHECKS, *gradients.CHECKS, *writing.CHECKS, *echo.CHECKS, *tagging.CHECKS]
MOST_BONUS = 0.0
