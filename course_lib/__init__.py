"""Instant checks for students and an autograder for instructors."""

from course_lib.task_tests import TaskTests

__all__ = ["TaskTests"]
