"""The numbers of exercises and the names of parts, read from the released notebook."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import nbformat
from nbformat import NotebookNode
from nbgrader.utils import is_grade, is_solution

from course_lib.grading.run import exercise_of
from course_lib.paths import Course

TITLE = re.compile(r"^# (.+)$", re.MULTILINE)
PART = re.compile(r"^\| \*\*(\d+) (.+?)\*\* \|", re.MULTILINE)  # a row of the table in the opening cell
HEADING = re.compile(r"^#+ Exercise (\d+)\.(\d+)\b", re.MULTILINE)


@dataclass(frozen=True)
class Outline:
    """How a notebook is divided. numbers: exercise -> such as `2.3`. parts: number -> name, in their order."""

    title: str = ""
    numbers: dict[str, str] = field(default_factory=dict)
    parts: dict[str, str] = field(default_factory=dict)

    def part_of(self, exercise: str) -> str | None:
        """The number of an exercise's part; None where the notebook does not number it."""
        number = self.numbers.get(exercise)
        return None if number is None else number.partition(".")[0]


def of_release(course: Course, assignment: str) -> Outline:
    """The outline of the released notebook; an empty one where nothing is released."""
    path = course.release_notebook(assignment)
    return outline(nbformat.read(path, as_version=4), assignment) if path.is_file() else Outline()


def outline(notebook: NotebookNode, assignment: str) -> Outline:
    """The outline of a notebook: each exercise has the number of the last heading `Exercise 2.3` before it."""
    numbers: dict[str, str] = {}
    number: str | None = None
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            for found in HEADING.finditer(cell.source):
                number = f"{found[1]}.{found[2]}"
        name = _exercise(cell, assignment)
        if name is not None and number is not None:
            numbers[name] = number
    opening = next((cell.source for cell in notebook.cells if cell.cell_type == "markdown"), "")
    title = TITLE.search(opening)
    parts = {found[1]: found[2] for found in PART.finditer(opening)}
    return Outline(title[1].strip() if title else "", numbers, parts)


def _exercise(cell: NotebookNode, assignment: str) -> str | None:
    """The exercise that a cell gives points for, judged or graded by hand."""
    if is_grade(cell) and is_solution(cell):
        return f"{assignment}.{cell.metadata.nbgrader.grade_id}"
    return exercise_of(cell, assignment)
