"""Calling nbgrader's own converters from Python, in a course folder, with one clear line when they fail."""

from __future__ import annotations

import glob
import io
import logging
import os
import sys
import warnings
from collections.abc import Iterator
from contextlib import chdir, contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

from nbgrader.api import Gradebook
from nbgrader.converters import BaseConverter
from nbgrader.coursedir import CourseDirectory
from sqlalchemy.exc import SAWarning
from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

from course_lib.errors import CourseError
from course_lib.paths import Course


def load_config(course: Course) -> Config:
    """The course's `nbgrader_config.py`.

    Raises: CourseError: it is missing or does not run.
    """
    try:
        return PyFileConfigLoader("nbgrader_config.py", path=str(course.root)).load_config()
    except Exception as error:
        raise CourseError(
            f"{course.root / 'nbgrader_config.py'} does not load: {type(error).__name__}: {error}"
        ) from error


class _CourseDirectory(CourseDirectory):
    def get_existing_timestamp(self, dest_path: str) -> Any:
        """The time in `timestamp.txt`, None where it cannot be read (nbgrader's own error path fails there)."""
        try:
            return super().get_existing_timestamp(dest_path)
        except (AttributeError, ValueError, OSError):
            return None


def convert(
    converter: type[BaseConverter], course: Course, config: Config, assignment: str, student: str = "."
) -> None:
    """Run a converter (generate, autograde, feedback) for one student, replacing what it made before.

    Raises: CourseError: it failed; the message is its last error line.
    """
    coursedir = _CourseDirectory(config=config)
    coursedir.assignment_id, coursedir.student_id = assignment, glob.escape(student)
    app = converter(coursedir=coursedir, config=config)
    app.force = True
    if hasattr(app, "create_assignment"):
        app.create_assignment = True
    with _inside(course), _captured(app.log) as log:
        try:
            app.start()
        except CourseError:
            raise
        except (Exception, SystemExit) as error:
            reason = _last_error(log.getvalue()) or f"{type(error).__name__}: {error}"
            raise CourseError(f"{converter.__name__} of {assignment}, {student}: {reason}") from error


@contextmanager
def gradebook(course: Course, config: Config) -> Iterator[Gradebook]:
    """The course's gradebook, closed afterwards."""
    coursedir = CourseDirectory(config=config)
    with _inside(course), Gradebook(coursedir.db_url, coursedir.course_id) as book:
        yield book


@contextmanager
def _inside(course: Course) -> Iterator[None]:
    # nbgrader starts `alembic`, which lies beside Python, for a new gradebook.
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    with chdir(course.root), mock.patch.dict(os.environ, {"PATH": path}), warnings.catch_warnings():
        warnings.simplefilter("ignore", SAWarning)  # nbgrader builds rows before it adds them to the session
        yield


@contextmanager
def _captured(log: logging.Logger) -> Iterator[io.StringIO]:
    """Keep a logger's output off the screen and in a buffer."""
    buffer = io.StringIO()
    handler = logging.StreamHandler(buffer)
    handlers, propagate = log.handlers, log.propagate
    log.handlers, log.propagate = [handler], False
    try:
        yield buffer
    finally:
        log.handlers, log.propagate = handlers, propagate


def _last_error(text: str) -> str:
    """The line that says what went wrong: the last line of the last traceback, else the last line."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    errors = [line for line in lines if "Error" in line.split(":")[0] or line.startswith("course_lib.")]
    return (errors or lines or [""])[-1]
