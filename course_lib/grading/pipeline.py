"""Grading one submission, wherever that happens: rebuild, run, judge. Nothing is read or written here but the sandbox.

`nbgrader autograde` takes the steps one by one (`preprocessors.py`), `course autograde` all of them in a worker.
"""

from __future__ import annotations

import html
import logging
from dataclasses import dataclass

from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell

from course_lib.errors import CourseError
from course_lib.grading import intake
from course_lib.grading.intake import HandedIn, Submission
from course_lib.grading.judging import write_verdicts
from course_lib.grading.rebuild import rebuild
from course_lib.grading.run import Run, run
from course_lib.grading.sandbox import Sandbox
from course_lib.ground_truth import GroundTruth
from course_lib.verdict import SubmissionOutcome

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Materials:
    """What the grading of an assignment needs. inputs: exercise -> encoded inputs of its check."""

    release: NotebookNode
    truth: GroundTruth
    inputs: dict[str, str]
    sandbox: Sandbox


def grade(handed: HandedIn, materials: Materials) -> NotebookNode:
    """The graded notebook; one that cannot be graded has zero points and the reason.

    Raises: CourseError: something is missing that is not the student's doing, such as a kernel that starts.
    """
    try:
        return _graded(intake.parsed(handed), materials)
    except CourseError:
        raise
    except Exception as error:
        log.exception("grading failed")
        return _graded(failed(error), materials)


def failed(error: Exception) -> Submission:
    """What stands in for a submission whose grading failed in a way that nobody thought of."""
    note = f"grading failed ({type(error).__name__}): your instructor sees this too"
    return Submission.nothing(SubmissionOutcome.NOT_GRADED, note)


def _graded(submission: Submission, materials: Materials) -> NotebookNode:
    notebook = rebuilt(submission, materials.release)
    finished = Run()
    if submission.outcome is None:
        finished = run(notebook, materials.truth.assignment, materials.inputs, materials.sandbox)
    judge(notebook, finished, materials.truth)
    return notebook


def rebuilt(submission: Submission, release: NotebookNode) -> NotebookNode:
    """Step 1: the student's answers on the released notebook."""
    found = rebuild(release, submission.notebook)
    repairs = submission.repairs + (found.repairs if submission.outcome is None else [])
    graded = SubmissionOutcome.REPAIRED if repairs else SubmissionOutcome.GRADED
    found.notebook.metadata["course"] = {
        "outcome": str(submission.outcome or graded),
        "repairs": repairs,
        "notes": submission.notes,
    }
    return found.notebook


def judge(notebook: NotebookNode, finished: Run, truth: GroundTruth) -> None:
    """Step 3: verdicts and notes into a notebook that was run."""
    write_verdicts(notebook, truth.assignment, finished, truth)
    about = notebook.metadata["course"]
    about.update(notes=about["notes"] + finished.notes, seconds=round(finished.seconds, 3))
    remarks = about["repairs"] + about["notes"]
    if remarks:
        lines = "\n".join(f"- {html.escape(remark)}" for remark in remarks)
        notebook.cells.insert(0, new_markdown_cell(f"**Notes from grading**\n\n{lines}", id="notes-from-grading"))
