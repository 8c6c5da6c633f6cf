"""What grading found about a submission, read back from the graded notebook."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbgrader.utils import is_grade, is_solution

from course_lib import whole_file
from course_lib.grading.run import exercise_of
from course_lib.verdict import Outcome, SubmissionOutcome


@dataclass(frozen=True)
class ExerciseRecord:
    """One exercise of a submission. score: None while a person has to grade it. bonus: points beyond max_score.

    mistake: the known one behind the answer. case: the first that is wrong. hint: what the student reads.
    """

    score: float | None
    max_score: float
    outcome: str
    mistake: str | None = None
    case: str | None = None
    bonus: float = 0.0
    hint: str | None = None

    @property
    def full(self) -> bool:
        """Whether the judge gave full marks."""
        return self.outcome == Outcome.PASSED


@dataclass(frozen=True)
class SubmissionRecord:
    """One submission. score and max_score count what the judge decides; by_hand is what a person adds at most.

    bonus: the part of score that comes from bonus tasks, which max_score does not count.
    """

    student: str
    outcome: SubmissionOutcome
    score: float = 0.0
    max_score: float = 0.0
    by_hand: float = 0.0
    bonus: float = 0.0
    exercises: dict[str, ExerciseRecord] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    seconds: float = 0.0


def read(path: Path, student: str, assignment: str) -> SubmissionRecord:
    """The record of a graded notebook."""
    return of_notebook(nbformat.read(path, as_version=4), student, assignment)


def of_notebook(notebook: NotebookNode, student: str, assignment: str) -> SubmissionRecord:
    """The record of a notebook in which Judge has written."""
    course = notebook.metadata["course"]
    outcome = SubmissionOutcome(course["outcome"])
    exercises: dict[str, ExerciseRecord] = {}
    for cell in notebook.cells:
        if not is_grade(cell):
            continue
        exercise = exercise_of(cell, assignment)
        if exercise is not None:
            found = cell.metadata["course"]
            finding = found["finding"] or {}
            exercises[exercise] = ExerciseRecord(
                found["points"] + found["bonus"],
                found["max_points"],
                found["outcome"],
                finding.get("mistake"),
                finding.get("case"),
                found["bonus"],
                finding.get("hint"),
            )
        elif is_solution(cell):
            name = f"{assignment}.{cell.metadata.nbgrader.grade_id}"
            points = float(cell.metadata.nbgrader.points)
            exercises[name] = (
                ExerciseRecord(None, points, str(Outcome.MANUAL))
                if outcome.graded
                else ExerciseRecord(0.0, points, str(Outcome.NO_OBSERVATION))
            )
    return summed(student, outcome, exercises, [*course["repairs"], *course["notes"]], course["seconds"])


def summed(
    student: str, outcome: SubmissionOutcome, exercises: dict[str, ExerciseRecord], notes: list[str], seconds: float
) -> SubmissionRecord:
    """The record of these exercises, with their points added up."""
    judged = [item for item in exercises.values() if item.score is not None]
    return SubmissionRecord(
        student,
        outcome,
        round(sum(item.score or 0.0 for item in judged), 6),
        round(sum(item.max_score for item in judged), 6),
        round(sum(item.max_score for item in exercises.values() if item.score is None), 6),
        round(sum(item.bonus for item in judged), 6),
        exercises,
        notes,
        seconds,
    )


def write_json(path: Path, assignment: str, wall_s: float, records: list[SubmissionRecord]) -> None:
    """The class as JSON, in the form that the README describes."""
    document: dict[str, Any] = {"assignment": assignment, "wall_s": round(wall_s, 3), "submissions": []}
    document["submissions"] = [asdict(record) for record in records]
    whole_file.write(
        path, json.dumps(document, indent=1) + "\n", remedy="name another file for --json", make_folder=True
    )
