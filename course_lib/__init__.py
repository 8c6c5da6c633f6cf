"""Instant checks for students and an autograder for instructors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from course_lib.task_tests import TaskTests

__all__ = ["TaskTests"]


def __getattr__(name: str) -> Any:
    """TaskTests, loaded when it is asked for: it brings torch, for which most commands need not wait."""
    if name == "TaskTests":
        from course_lib.task_tests import TaskTests

        return TaskTests
    raise AttributeError(f"module 'course_lib' has no attribute {name!r}")
