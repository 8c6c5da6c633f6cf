"""The grading pipeline as nbgrader runs it; `nbgrader_config.py` names these classes.

sanitize_preprocessors: Rebuild. autograde_preprocessors: RunInSandbox, Judge, then nbgrader's own SaveAutoGrades,
which reads the score that Judge wrote, SaveBonus and WriteJournal. generate_feedback: SafeOutputs.
"""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

import nbformat
from nbconvert.preprocessors.sanitize import SanitizeHTML
from nbformat import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor
from nbgrader.utils import is_locked
from traitlets import Bool, Dict, Enum

from course_lib.errors import CourseError, GroundTruthError
from course_lib.grading import journal, pipeline, records, safe_markdown
from course_lib.grading.converter import SUBMISSION
from course_lib.grading.judging import bonus_of, inputs_for
from course_lib.grading.run import Run, exercise_of, run
from course_lib.grading.sandbox import Limits, Sandbox
from course_lib.ground_truth import GroundTruth
from course_lib.paths import Course

Resources = dict[str, Any]
PICTURE = "what the code above drew"  # in place of a picture, for who cannot see it
PICTURES = ("image/png", "image/jpeg")
MOST_OF_ALT = 300  # characters


class _CoursePreprocessor(NbGraderPreprocessor):
    """Knows the course folder. Raises: CourseError: no submission can be graded until the course is mended."""

    def preprocess(self, nb: NotebookNode, resources: Resources) -> tuple[NotebookNode, Resources]:
        """Run `step`."""
        return self.step(nb, resources, resources["nbgrader"]["assignment"])

    def step(self, nb: NotebookNode, resources: Resources, assignment: str) -> tuple[NotebookNode, Resources]:
        """What the subclass does."""
        raise NotImplementedError

    def course(self) -> Course:
        root = self.config.CourseDirectory.get("root")
        return Course(Path(root)) if root else Course.here()


class Rebuild(_CoursePreprocessor):
    """Step 1: the student's answers on the released notebook."""

    def step(self, nb: NotebookNode, resources: Resources, assignment: str) -> tuple[NotebookNode, Resources]:
        """Replace the submission by its rebuilt form."""
        path = self.course().release_notebook(assignment)
        if not path.is_file():
            raise CourseError(f"{path} is missing: run: course release {assignment}")
        return pipeline.rebuilt(resources[SUBMISSION], nbformat.read(path, as_version=4)), resources


class RunInSandbox(_CoursePreprocessor):
    """Step 2: run the notebook in the sandbox and collect observations."""

    isolation = Enum(
        ["bubblewrap", "none"], default_value="bubblewrap", help="none runs student code with your rights"
    ).tag(config=True)
    gpu = Bool(False, help="show the machine's NVIDIA GPUs to student code; memory is then watched, not limited").tag(
        config=True
    )
    limits = Dict(help=f"what a submission may use, beside the defaults: {Limits()}").tag(config=True)

    def step(self, nb: NotebookNode, resources: Resources, assignment: str) -> tuple[NotebookNode, Resources]:
        """Execute `nb`; the run goes to Judge through `resources`."""
        resources["course_run"] = Run()
        if resources[SUBMISSION].outcome is None:
            truth = load_secret_truth(self.course(), assignment)
            sandbox = self.sandbox(assignment)
            sandbox.check()
            if self.isolation == "none":
                self.log.warning("NO SANDBOX: student code runs with your rights and can read and change your files")
            resources["course_run"] = run(nb, assignment, inputs_for(truth), sandbox)
        return nb, resources

    def sandbox(self, assignment: str) -> Sandbox:
        """The sandbox as it is configured. Raises: CourseError: a limit has a wrong name or value."""
        course = self.course()
        limits = Limits.with_changes(dict(self.limits))
        return Sandbox(course.public_truth(assignment), course.secret_data, self.isolation, limits, self.gpu)


class Judge(_CoursePreprocessor):
    """Step 3: verdicts, decided here and not where the student's code ran."""

    def step(self, nb: NotebookNode, resources: Resources, assignment: str) -> tuple[NotebookNode, Resources]:
        """Write verdicts and notes into `nb`."""
        pipeline.judge(nb, resources["course_run"], load_secret_truth(self.course(), assignment))
        return nb, resources


class SaveBonus(_CoursePreprocessor):
    """Step 4, after nbgrader's SaveAutoGrades: points of bonus tasks become the extra credit of their cells."""

    def step(self, nb: NotebookNode, resources: Resources, assignment: str) -> tuple[NotebookNode, Resources]:
        """Write extra credit into the gradebook, zero where a bonus was lost since the last time."""
        about = resources["nbgrader"]
        with Gradebook(about["db_url"]) as book:
            for cell in nb.cells:
                exercise = exercise_of(cell, assignment)
                if exercise is not None and bonus_of(exercise):
                    name = cell.metadata.nbgrader.grade_id
                    grade = book.find_grade(name, about["notebook"], assignment, about["student"])
                    grade.extra_credit = cell.metadata["course"]["bonus"]
            book.db.commit()
        return nb, resources


class WriteJournal(_CoursePreprocessor):
    """Step 5: the submission's record into the journal."""

    def step(self, nb: NotebookNode, resources: Resources, assignment: str) -> tuple[NotebookNode, Resources]:
        """Append a line."""
        record = records.of_notebook(nb, resources["nbgrader"]["student"], assignment)
        journal.append(self.course().journal(assignment), record)
        return nb, resources


class SafeOutputs(SanitizeHTML):
    """Pages of feedback and for grading: cleans what the student wrote and displayed; our texts and verdicts stay."""

    enabled = Bool(True, help="nbconvert's own default is off").tag(config=True)

    def preprocess_cell(
        self, cell: NotebookNode, resources: Resources, cell_index: int
    ) -> tuple[NotebookNode, Resources]:
        """Sanitise one cell."""
        ours = is_locked(cell) and (cell.cell_type == "markdown" or "course" in cell.metadata)
        if ours:  # texts of the release, and verdicts
            return cell, resources
        if cell.cell_type == "markdown":
            cell.source = safe_markdown.render(cell.source)
            return cell, resources
        cell.metadata["alt"] = PICTURE
        return super().preprocess_cell(cell, resources, cell_index)

    def sanitize_code_outputs(self, outputs: list[NotebookNode]) -> list[NotebookNode]:
        """Sanitise what a cell displayed, and its sizes, which templates write into tags as they are."""
        texts = [output.data.pop("text/markdown", None) if "data" in output else None for output in outputs]
        cleaned = super().sanitize_code_outputs(outputs)
        for output, text in zip(cleaned, texts, strict=True):
            if "data" in output:
                output.metadata = _remarks(output)
                for kind in PICTURES:
                    if not _is_base64(output.data.get(kind, "")):
                        del output.data[kind]
                        output.data.setdefault("text/plain", "(a picture that cannot be shown)")
            if text is not None:
                output.data["text/markdown"] = safe_markdown.render(text)
        return cleaned


def _remarks(output: NotebookNode) -> NotebookNode:
    """Width, height and alternative text of pictures, from an output's metadata; whatever else is there is left out.

    Templates escape the text, and write the sizes as they are.
    """
    found = NotebookNode()
    for kind in PICTURES:
        given = output.get("metadata", {}).get(kind)
        sizes = [(name, given.get(name)) for name in ("width", "height")] if isinstance(given, dict) else []
        found[kind] = NotebookNode({name: size for name, size in sizes if type(size) in (int, float)})
        if isinstance(given, dict) and isinstance(given.get("alt"), str):
            found[kind]["alt"] = given["alt"][:MOST_OF_ALT]
    return found


def _is_base64(text: str) -> bool:
    try:
        base64.b64decode("".join(text.split()), validate=True)
    except ValueError:
        return False
    return True


def load_secret_truth(course: Course, assignment: str) -> GroundTruth:
    """Raises: GroundTruthError: it was not recorded yet, or is malformed."""
    path = course.secret_truth(assignment)
    if not path.is_file():
        raise GroundTruthError(f"{path} is missing: run: course ground-truth {assignment}")
    try:
        return GroundTruth.load(path)
    except GroundTruthError as error:
        raise GroundTruthError(f"{error}. Or record it anew: course ground-truth {assignment} --new-seed") from None
