"""Reference solutions, lifted out of the solution cells of an instructor notebook."""

from __future__ import annotations

import ast
import io
import os
from collections.abc import Iterator
from contextlib import chdir, contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest import mock

import matplotlib
import nbformat
from nbgrader.utils import is_grade, is_solution

from course_lib import checks, data, observation
from course_lib.check_cell import CheckCall, parse
from course_lib.checks.base import Check, run_observer, worked_out
from course_lib.errors import CourseError


def read_notebook(path: Path) -> nbformat.NotebookNode:
    """An instructor notebook.

    Raises: CourseError: it is missing or not a notebook.
    """
    try:
        return nbformat.read(path, as_version=4)
    except FileNotFoundError:
        raise CourseError(f"{path} is missing: is this the course folder, and the assignment's name right?") from None
    except Exception as error:
        raise CourseError(f"{path} is not a readable notebook ({type(error).__name__}): restore it") from None


def solution_cells(notebook: nbformat.NotebookNode) -> dict[str, str]:
    """Exercise name -> source of its solution cell (code cells only)."""
    return {
        cell.metadata.nbgrader.grade_id: cell.source
        for cell in notebook.cells
        if cell.cell_type == "code" and is_solution(cell)
    }


def check_calls(notebook: nbformat.NotebookNode) -> dict[str, CheckCall]:
    """Exercise name -> what its check cell asks."""
    calls = (parse(cell.source) for cell in notebook.cells if cell.cell_type == "code" and is_grade(cell))
    return {call.exercise: call for call in calls}


def points(notebook: nbformat.NotebookNode, assignment: str) -> dict[str, float]:
    """`assignment.exercise` -> its points, those of a bonus task as its check says; what is graded by hand as well."""
    found = {}
    for cell in notebook.cells:
        if is_grade(cell):
            by_hand = is_solution(cell)
            name = cell.metadata.nbgrader.grade_id if by_hand else parse(cell.source).exercise
            check = checks.find(f"{assignment}.{name}")
            bonus = check.bonus if check and not by_hand else 0.0
            found[f"{assignment}.{name}"] = float(bonus or cell.metadata.nbgrader.points)
    return found


def namespace(notebook: nbformat.NotebookNode, data_folder: Path | None = None) -> dict[str, Any]:
    """The names that the set-up and solution cells define. Other cells (plots, checks) are not run.

    data_folder: serves as COURSE_DATA; None for the mini data.
    """
    matplotlib.use("Agg")
    names: dict[str, Any] = {"__name__": "__main__"}
    silence = io.StringIO()
    with (
        data_profile(data_folder),
        TemporaryDirectory() as folder,  # what cells write lands here
        chdir(folder),
        redirect_stdout(silence),
        redirect_stderr(silence),  # progress bars
    ):
        for cell in notebook.cells:
            wanted = cell.cell_type == "code" and "nbgrader" in cell.metadata and not is_grade(cell)
            if wanted and "TaskTests.from_json" not in cell.source:
                exec(compile(cell.source, f"<{cell.get('id', 'cell')}>", "exec"), names)
    return names


@contextmanager
def data_profile(folder: Path | None) -> Iterator[None]:
    """Set or unset COURSE_DATA for a while."""
    with mock.patch.dict(os.environ, {data.VARIABLE: str(folder)} if folder else {}):
        if folder is None:
            os.environ.pop(data.VARIABLE, None)
        yield


def observe(check: Check, call: CheckCall, names: dict[str, Any], inputs: dict[str, Any]) -> Any:
    """The decoded observation of an exercise in a namespace; the answer gets inputs and a working folder of its own."""
    silence = io.StringIO()
    with TemporaryDirectory() as folder, chdir(folder), redirect_stdout(silence), redirect_stderr(silence):
        text = run_observer(
            check, observation.plain(inputs), lambda: tuple(eval(argument, names) for argument in call.arguments)
        )
        return worked_out(check, observation.decode(text), observation.plain(inputs))


def observe_answer(
    exercise: str, code: str, solution: str, names: dict[str, Any], call: CheckCall, inputs: dict[str, Any]
) -> Any:
    """The observation when `code` stands in the exercise's cell in place of `solution`; `names` stays as it is.

    What the code does not define is not there, whatever the solution defines; code that fails defines nothing that the
    check asks for, as in a notebook.
    """
    check = checks.find(exercise)
    assert check is not None, exercise
    asked = {node.id for text in call.arguments for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Name)}
    missing = defined(solution) | asked & defined(code)
    fresh = {name: value for name, value in names.items() if name not in missing}
    silence = io.StringIO()
    with TemporaryDirectory() as folder, chdir(folder), redirect_stdout(silence), redirect_stderr(silence):
        observation.attempt(exec, code, fresh)
    return observe(check, call, fresh, inputs)


def defined(code: str) -> set[str]:
    """Names that a cell defines at its top level, as far as its text tells; none if it is not Python.

    >>> sorted(defined("a, b = 1, 2\\ndef f(): c = 3"))
    ['a', 'b', 'f']
    """
    try:
        statements = ast.parse(code).body
    except SyntaxError:
        return set()
    found: set[str] = set()
    for statement in statements:
        if isinstance(statement, ast.ClassDef | ast.FunctionDef):
            found.add(statement.name)
        else:
            nodes = (node for node in ast.walk(statement) if isinstance(node, ast.Name))
            found |= {node.id for node in nodes if isinstance(node.ctx, ast.Store)}
    return found
