"""The one form that a check cell may have: `task_tests.test_<exercise>(<expressions>)`."""

from __future__ import annotations

import ast
from dataclasses import dataclass

from course_lib.errors import CourseError


@dataclass(frozen=True)
class CheckCall:
    """What a check cell asks: the exercise (without its assignment) and the expressions it is given."""

    exercise: str
    arguments: tuple[str, ...]


def parse(source: str) -> CheckCall:
    """Read a check cell.

    Raises: CourseError: the cell is anything but one such call.

    >>> parse("task_tests.test_embedder(Embedder)")
    CheckCall(exercise='embedder', arguments=('Embedder',))
    """
    try:
        body = ast.parse(source).body
    except SyntaxError:
        body = []
    call = body[0].value if len(body) == 1 and isinstance(body[0], ast.Expr) else None
    if (
        isinstance(call, ast.Call)
        and not call.keywords
        and isinstance(call.func, ast.Attribute)
        and ast.unparse(call.func.value) == "task_tests"
        and call.func.attr.startswith("test_")
    ):
        return CheckCall(call.func.attr.removeprefix("test_"), tuple(map(ast.unparse, call.args)))
    raise CourseError(f"a check cell must be one call task_tests.test_...(...), not: {source.strip()[:80]!r}")
