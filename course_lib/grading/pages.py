"""Feedback pages, made by nbgrader from the graded notebooks."""

from __future__ import annotations

import re
import secrets
from typing import Any

from nbgrader.converters import GenerateFeedback

from course_lib.errors import CourseError
from course_lib.nbgrader_bridge import convert, load_config
from course_lib.paths import Course

# Only scripts that nbgrader's template loads run (they set formulas); nothing else is loaded, nothing is sent.
POLICY = (
    "default-src 'none'; img-src data:; style-src 'unsafe-inline' https://cdnjs.cloudflare.com; "
    "font-src data: https://cdnjs.cloudflare.com; script-src 'nonce-{nonce}' 'strict-dynamic'; "
    "base-uri 'none'; form-action 'none'"
)


class SafeFeedback(GenerateFeedback):
    """nbgrader's feedback pages with a content security policy, which holds even where sanitising should fail."""

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


def write(course: Course, assignment: str) -> int:
    """Write `feedback/<student>/<assignment>/` for every graded submission; how many there are.

    Raises: CourseError: nothing was graded yet.
    """
    graded = sorted((course.root / "autograded").glob(f"*/{assignment}/{assignment}.ipynb"))
    if not graded:
        raise CourseError(f"nothing of {assignment} is graded yet: run: course autograde {assignment}")
    config = load_config(course)
    for path in graded:
        convert(SafeFeedback, course, config, assignment, path.parent.parent.name)
    return len(graded)
