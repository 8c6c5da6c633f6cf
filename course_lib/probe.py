"""What the grader runs in the sandboxed kernel in place of a check cell.

It only observes. The observation leaves as an output of its own type, and is judged by another process.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from IPython.display import display

from course_lib import checks, observation
from course_lib.checks.base import run_observer

MIME = "application/vnd.course.observation+json"


def show(exercise: str, get_objects: Callable[[], tuple[Any, ...]], inputs: str) -> None:
    """Observe an exercise on inputs (encoded) that came from outside, and display the observation."""
    check = checks.find(exercise)
    assert check is not None, exercise
    text = run_observer(check, observation.decode(inputs), get_objects)
    display({MIME: text}, raw=True)
