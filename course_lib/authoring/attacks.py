"""The hostile suite: submissions that try to break the grader, as the modules in `tests/attacks/` make them.

Such a module has a function `attacks(make: Maker) -> Iterator[Attack]`, and perhaps `ASSIGNMENT`, the one that its
submissions belong to.
"""

from __future__ import annotations

import copy
import importlib.util
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell
from nbgrader.utils import is_solution

from course_lib.authoring.reference import read_notebook, solution_cells
from course_lib.errors import CourseError
from course_lib.grading.records import SubmissionOutcome
from course_lib.paths import Course

ASSIGNMENT = "meta_lstm"  # of modules that name none: its empty notebook is graded fastest
EARNED = {  # exercises that a hostile submission answers honestly, beside its attack
    "meta_lstm": ("make_sequence", "translated"),
    "text_classification": ("tokenize", "unknown_share"),
}
MARK = "attackmark"  # stands in all code and addresses that attacks put into pages
Folder = Callable[[Path], None]


@dataclass(frozen=True)
class Attack:
    """One submission, and what grading it must give.

    row: of the table in SECURITY.md. write: puts the submission into its folder. earns: the exercises that must have
    full marks; all others must have none. outcomes: how the submission may end. says: what the student must read.
    pages: whether to make its feedback page and look for live code in it.
    """

    row: int
    name: str
    story: str
    write: Folder
    earns: tuple[str, ...]
    outcomes: tuple[SubmissionOutcome, ...]
    says: str = ""
    pages: bool = False
    assignment: str = ASSIGNMENT

    @property
    def student(self) -> str:
        """Whose folder it is."""
        return f"row{self.row:02d}_{self.name}"


class Maker:
    """Makes the attacks of one assignment from its release and its solutions."""

    def __init__(self, course: Course, assignment: str) -> None:
        self.assignment = assignment
        self.earned = EARNED[assignment]
        self.release = read_notebook(course.release_notebook(assignment))
        self.right = solution_cells(read_notebook(course.source_notebook(assignment)))

    def attack(
        self,
        row: int,
        name: str,
        story: str,
        notebook: NotebookNode | bytes | str | None,
        earns: tuple[str, ...] | None = None,
        files: Folder | None = None,
        outcomes: tuple[SubmissionOutcome, ...] = (SubmissionOutcome.GRADED, SubmissionOutcome.REPAIRED),
        says: str = "",
        pages: bool = False,
    ) -> Attack:
        """An attack that hands in `notebook` (None: no file) and whatever `files` writes beside it.

        earns: by default the honest answers of this assignment.
        """

        def write(folder: Path) -> None:
            if isinstance(notebook, NotebookNode):
                nbformat.write(notebook, folder / f"{self.assignment}.ipynb")
            elif notebook is not None:
                data = notebook.encode("utf-8") if isinstance(notebook, str) else notebook
                (folder / f"{self.assignment}.ipynb").write_bytes(data)
            if files is not None:
                files(folder)

        earned = self.earned if earns is None else earns
        return Attack(row, name, story, write, earned, outcomes, says, pages, self.assignment)

    def honest(self, **answers: str) -> NotebookNode:
        """The release with the honest answers, and with `answers` in the cells of those exercises."""
        notebook = copy.deepcopy(self.release)
        filled = {name: self.right[name] for name in self.earned} | answers
        for cell in notebook.cells:
            if is_solution(cell) and cell.cell_type == "code":
                cell.source = filled.get(cell.metadata.nbgrader.grade_id, cell.source)
        return notebook

    def first(self, *sources: str, **answers: str) -> NotebookNode:
        """The honest notebook with own cells before its first answer, where everything is imported already."""
        notebook = self.honest(**answers)
        place = next(at for at, cell in enumerate(notebook.cells) if is_solution(cell))
        notebook.cells[place:place] = [new_code_cell(source) for source in sources]
        return notebook

    def start(self, *sources: str, **answers: str) -> NotebookNode:
        """The honest notebook with own cells before all others, where nothing is imported yet."""
        notebook = self.honest(**answers)
        notebook.cells[0:0] = [new_code_cell(source) for source in sources]
        return notebook

    def last(self, *sources: str, **answers: str) -> NotebookNode:
        """The honest notebook with own cells behind all others."""
        notebook = self.honest(**answers)
        notebook.cells += [new_code_cell(source) for source in sources]
        return notebook

    def before_check(self, exercise: str, *sources: str, **answers: str) -> NotebookNode:
        """The honest notebook with own cells between an answer and its check."""
        notebook = self.honest(**answers)
        place = self.place(notebook, f"test_{exercise}")
        notebook.cells[place:place] = [new_code_cell(source) for source in sources]
        return notebook

    @staticmethod
    def place(notebook: NotebookNode, grade_id: str) -> int:
        """Where the cell of this grade id stands."""
        ids = [cell.metadata.get("nbgrader", {}).get("grade_id") for cell in notebook.cells]
        return ids.index(grade_id)


def load(course: Course) -> list[tuple[str, ModuleType]]:
    """(assignment, module) of each file in `tests/attacks/`.

    Raises: CourseError: there is none, or it does not load.
    """
    found = []
    for path in sorted(course.attacks.glob("*.py")):
        spec = importlib.util.spec_from_file_location(f"attacks_{path.stem}", path)
        assert spec is not None and spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        try:
            spec.loader.exec_module(module)
        except Exception as error:
            raise CourseError(f"{path} does not load: {type(error).__name__}: {error}") from error
        found.append((getattr(module, "ASSIGNMENT", ASSIGNMENT), module))
    if not found:
        raise CourseError(f"no attacks in {course.attacks}: run the command in the course folder")
    return found
