"""All commands."""

from __future__ import annotations

# In the order of the help: each module adds its commands to the application.
from course_lib.cli import students, authoring, grading, exporting  # isort: skip
from course_lib.cli.app import app, main

__all__ = ["app", "authoring", "exporting", "grading", "main", "students"]

if __name__ == "__main__":
    main()
