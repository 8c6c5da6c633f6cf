"""Course folders for the grading benchmark: ours, and those of plain nbgrader with its default settings."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from nbgrader.api import Gradebook

from course_lib.authoring import release
from course_lib.authoring.reference import read_notebook
from course_lib.errors import CourseError
from course_lib.paths import Course

BIN = Path(sys.executable).parent
SIX = "toy_chooser"  # the assignment that is cut down to six cells
SETUP = "PAD, FIRST, LAST = 10, 11, 12"
OURS_SETUP = f"""# setup
from course_lib import TaskTests

task_tests = TaskTests.from_json(path="test_gt.json")
{SETUP}"""
# No import, so that nbgrader is as fast as it can be; they tell the same answers right as our check does.
ASSERTS = """assert list(to_digits(4207)) == [11, 4, 2, 0, 7, 12]
assert list(to_digits(0)) == [11, 0, 12]
assert list(to_digits(7)) == [11, 7, 12]
assert list(to_digits(700)) == [11, 7, 0, 0, 12]
assert list(to_digits(10_000)) == [11, 1, 0, 0, 0, 0, 12]
assert list(to_digits(98_765)) == [11, 9, 8, 7, 6, 5, 12]
for number in (999_999_999_999_999_999, 12_345_678_901_234_567_891):
    assert list(to_digits(number)) == [11, *[int(digit) for digit in str(number)], 12]
assert all(type(symbol) is int for symbol in to_digits(1234))
try:
    to_digits(-5)
except ValueError:
    pass
else:
    raise AssertionError("-5 can be written")"""
# Names of libraries that the six cells do not import, and what asserts without numpy cannot tell.
NOT_IN_SIX = r"\b(np|torch|math|partial|type)\b"
PLAIN_CONFIG = "c = get_config()  # nbgrader's defaults\n"
RESULTS = ("autograded", "feedback", "reports")


@dataclass(frozen=True)
class Folder:
    """A course folder whose class can be graded again and again. plain: by nbgrader with its defaults."""

    root: Path
    assignment: str
    plain: bool

    @property
    def course(self) -> Course:
        """The folder, with our names for what lies in it."""
        return Course(self.root)

    @property
    def release(self) -> NotebookNode:
        """The released notebook."""
        return read_notebook(self.course.release_notebook(self.assignment))

    @property
    def figures(self) -> Path:
        """Where our command writes its JSON."""
        return self.root / "figures.json"

    def keep(self) -> Folder:
        """Remember the gradebook as it is now, before any grading."""
        shutil.copy(self.root / "gradebook.db", self.root / "gradebook.clean")
        return self

    def reset(self) -> None:
        """Forget all that was graded and everything handed in."""
        for name in (*RESULTS, "submitted"):
            shutil.rmtree(self.root / name, ignore_errors=True)
        for path in self.root.glob("gradebook.db*"):
            path.unlink()
        self.figures.unlink(missing_ok=True)
        shutil.copy(self.root / "gradebook.clean", self.root / "gradebook.db")

    def command(self, workers: int) -> list[str]:
        """What grades the class."""
        if self.plain:
            return [str(BIN / "nbgrader"), "autograde", self.assignment]
        words = [str(BIN / "course"), "autograde", self.assignment, "--workers", str(workers), "--force"]
        return [*words, "--json", str(self.figures)]

    def passed(self) -> dict[str, dict[str, bool]]:
        """student -> check cell -> whether the gradebook has full marks for it."""
        with Gradebook(f"sqlite:///{self.root}/gradebook.db") as book:
            return {
                submission.student.id: {
                    grade.name: (grade.auto_score or 0.0) >= grade.max_score
                    for notebook in submission.notebooks
                    for grade in notebook.grades
                    if grade.name.startswith("test_") and grade.max_score
                }
                for submission in book.assignment_submissions(self.assignment)
            }


def environment(scratch: Path) -> dict[str, str]:
    """Variables of the commands: one thread each, their own temporary folder, the mini data."""
    variables = os.environ | {
        "OMP_NUM_THREADS": "1",
        "TMPDIR": str(scratch),
        "PATH": f"{BIN}{os.pathsep}{os.environ.get('PATH', '')}",
    }
    variables.pop("COURSE_DATA", None)
    return variables


def ours(base: Course, root: Path, assignment: str, source: NotebookNode | None = None) -> Folder:
    """A course folder as the README has it, with the secret truth of `base`.

    source: an instructor notebook to take the place of the real one.
    Raises: CourseError: `base` has no secret truth, or the release cannot be made.
    """
    course = Course(root)
    secret = base.secret_truth(assignment)
    if not secret.is_file():
        raise CourseError(f"{secret} is missing: run: course ground-truth {assignment}")
    shutil.copytree(base.source(assignment), course.source(assignment))
    if source is not None:
        nbformat.write(source, course.source_notebook(assignment))
    shutil.copy(base.root / "nbgrader_config.py", root)
    course.secret_data.mkdir(parents=True)
    shutil.copy(secret, course.secret_truth(assignment))
    data = base.secret_data / assignment
    if data.is_dir():
        shutil.copytree(data, course.secret_data / assignment)
    release.make(course, assignment)
    return Folder(root, assignment, plain=False).keep()


def plain(source: Path, root: Path, assignment: str, notebook: NotebookNode | None = None) -> Folder:
    """A course folder of nbgrader with its default settings, in which the assignment is released.

    source: the folder of the assignment. notebook: an instructor notebook to take the place of the one there.
    Raises: CourseError: nbgrader does not release it.
    """
    folder = Folder(root, assignment, plain=True)
    shutil.copytree(source, folder.course.source(assignment))
    if notebook is not None:
        nbformat.write(notebook, folder.course.source_notebook(assignment))
    (root / "nbgrader_config.py").write_text(PLAIN_CONFIG, encoding="utf-8")
    _call([str(BIN / "nbgrader"), "generate_assignment", assignment, "--create"], root)
    return folder.keep()


def _call(words: Sequence[str], root: Path) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        done = subprocess.run(words, cwd=root, env=environment(Path(scratch)), capture_output=True, text=True)
    if done.returncode != 0:
        last = (done.stderr.strip().splitlines() or ["it said nothing"])[-1]
        raise CourseError(f"{' '.join(words)} failed: {last}")


# --- six cells ---------------------------------------------------------------------------------------------


def six_cells(base: Course, asserts: bool) -> NotebookNode:
    """The instructor notebook of `toy_chooser`, cut down: title, set-up, text, one exercise, its check, a last text.

    asserts: its check is a cell of asserts, and nothing is imported.
    Raises: CourseError: the real notebook lacks the exercise.
    """
    real = read_notebook(base.source_notebook(SIX))
    cells = {cell.metadata.get("nbgrader", {}).get("grade_id"): cell for cell in real.cells}
    missing = {"to_digits-text", "to_digits", "test_to_digits", "read-to_digits"} - cells.keys()
    if missing:
        raise CourseError(f"{base.source_notebook(SIX)} lacks the cells {', '.join(sorted(missing))}")
    notebook = new_notebook(metadata=real.metadata)
    check = cells["test_to_digits"].copy()
    if asserts:
        check["source"] = ASSERTS
    notebook.cells = [
        _locked(new_markdown_cell("# Numbers as symbols", id="title"), "title"),
        _locked(new_code_cell(SETUP if asserts else OURS_SETUP, id="setup"), "setup"),
        cells["to_digits-text"],
        cells["to_digits"],
        check,
        cells["read-to_digits"],
    ]
    return notebook


def _locked(cell: NotebookNode, grade_id: str) -> NotebookNode:
    cell.metadata["nbgrader"] = NotebookNode(
        grade=False, grade_id=grade_id, locked=True, schema_version=3, solution=False, task=False
    )
    return cell
