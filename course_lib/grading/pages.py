"""Feedback pages, made by nbgrader from the graded notebooks."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from nbconvert.exporters import HTMLExporter
from nbconvert.preprocessors import CSSHTMLHeaderPreprocessor
from nbgrader.converters import GenerateFeedback
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import GetGrades
from traitlets import List, default
from traitlets.config import Config

from course_lib.errors import CourseError
from course_lib.grading.feedback_parts import FeedbackParts
from course_lib.grading.words import points
from course_lib.nbgrader_bridge import convert, load_config
from course_lib.paths import Course

TEMPLATES = Path(__file__).with_name("templates")

# Only scripts that the page's template loads run (they set formulas); nothing else is loaded, nothing is sent.
POLICY = (
    "default-src 'none'; img-src data:; style-src 'unsafe-inline' https://cdnjs.cloudflare.com; "
    "font-src data: https://cdnjs.cloudflare.com; script-src 'nonce-{nonce}' 'strict-dynamic'; "
    "base-uri 'none'; form-action 'none'"
)


class FeedbackExporter(HTMLExporter):
    """nbconvert's HTML with our template; `c.FeedbackExporter.template_name` takes another one."""

    def default_filters(self) -> Iterator[tuple[str, Any]]:
        """nbconvert's, and our own."""
        yield from super().default_filters()
        yield "points", points


class SafeFeedback(GenerateFeedback):
    """nbgrader's feedback pages in our form, with a security policy that holds even where sanitising should fail."""

    preprocessors = List([GetGrades, FeedbackParts, CSSHTMLHeaderPreprocessor]).tag(config=True)

    @default("exporter_class")
    def _exporter_class_default(self) -> type[HTMLExporter]:
        return FeedbackExporter

    def __init__(self, coursedir: CourseDirectory | None = None, **kwargs: Any) -> None:
        super().__init__(coursedir=coursedir, **kwargs)
        ours = Config()
        ours.FeedbackExporter.template_name = "course_feedback"
        ours.FeedbackExporter.extra_template_basedirs = [str(TEMPLATES)]
        ours.FeedbackExporter.exclude_anchor_links = True  # a heading's name is no place that a link of ours goes to
        ours.merge(Config(FeedbackExporter=self.config.FeedbackExporter))  # where nbgrader_config.py says otherwise
        self.update_config(ours)

    def write_single_notebook(self, output: str, resources: dict[str, Any]) -> None:
        """Write one page."""
        super().write_single_notebook(with_policy(output), resources)


def with_policy(page: str) -> str:
    """A page with the policy; its own scripts, which stand in the head, are marked as allowed.

    >>> with_policy("<head><script>own</script></head><body><script>other</script>").count("nonce=")
    1
    """
    nonce = secrets.token_urlsafe(16)
    policy = f'<meta http-equiv="Content-Security-Policy" content="{POLICY.format(nonce=nonce)}">'
    head, end, body = page.partition("</head>")
    head = re.sub(r"<script\b", f'<script nonce="{nonce}"', head)
    return re.sub(r"<head>", lambda found: f"{found.group()}\n{policy}", head, count=1) + end + body


def write(course: Course, assignment: str, show: Callable[[int, int], object] = lambda done, total: None) -> int:
    """Write `feedback/<student>/<assignment>/` for every graded submission; how many there are.

    show: is told how many are done, of how many. Raises: CourseError: nothing was graded yet.
    """
    graded = sorted((course.root / "autograded").glob(f"*/{assignment}/{assignment}.ipynb"))
    if not graded:
        raise CourseError(f"nothing of {assignment} is graded yet: run: course autograde {assignment}")
    config = load_config(course)
    for done, path in enumerate(graded):
        show(done, len(graded))
        convert(SafeFeedback, course, config, assignment, path.parent.parent.name)
    return len(graded)
