"""A made-up class for the class report: drawn with a fixed seed, of a real assignment's exercises and mistakes."""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path

import nbformat

from course_lib.authoring import bank
from course_lib.grading.final import FinalGrade
from course_lib.grading.parts import Outline, outline
from course_lib.grading.records import ExerciseRecord, SubmissionRecord, summed
from course_lib.paths import Course
from course_lib.verdict import Outcome, SubmissionOutcome

ROOT = Path(__file__).resolve().parents[1]
GIVEN = (
    "ada ben cem dia eva finn gül hugo ines jan kai lea mia noor olga paul quyen rosa sami tomáš uma vera wim yan zoe"
)
FAMILIES = "abel brandt çelik díaz engel fischer gomez huber ivanova jung keller lang maier nowak okafor peters"
NOTES = (
    "the given cell test_embedder had been changed and was put back",
    "tags on the cell scorer were removed",
    "the answer to collate had lost its id and was found by its content",
    "the answer to embedder had lost its id and was found by its content",
    "the given cell setup had been changed and was put back",
    "the notebook was named ranking (1).ipynb, not ranking.ipynb",
    "only the notebook is graded, and code that it needs must stand in it; left out: helpers.py",
    "the notebook used up its 300 s; what came after was not run",
    "A cell that is not an exercise took too long and was left out: 'while True: pass'",
    "Not all that the notebook printed and showed was kept: it was too much.",
    "links were left out, since only plain files are taken: data",
)


@dataclass(frozen=True)
class MadeUp:
    """A class. grades: as the gradebook would give them."""

    records: list[SubmissionRecord]
    grades: dict[str, FinalGrade]
    outline: Outline


def made_up(number: int, seed: int = 7, assignment: str = "ranking") -> MadeUp:
    """`number` submissions of all kinds."""
    draw = random.Random(seed)
    course = Course(ROOT)
    plan = outline(nbformat.read(course.release_notebook(assignment), as_version=4), assignment)
    points = _points(course, assignment)
    mistakes: dict[str, list[bank.Answer]] = {}
    for answer in bank.read(course.mistakes(assignment), with_hints=True):
        mistakes.setdefault(f"{assignment}.{answer.exercise}", []).append(answer)
    hard = {name: draw.uniform(0.02, 0.4) for name in points}
    records = [_record(draw, name, points, mistakes, hard) for name in _names(draw, number)]
    return MadeUp(records, {one.student: _grade(draw, one) for one in records if one.outcome.graded}, plan)


def _points(course: Course, assignment: str) -> dict[str, float | None]:
    """Exercise -> points that the judge gives; None where a person does."""
    found: dict[str, float | None] = {}
    for cell in nbformat.read(course.release_notebook(assignment), as_version=4).cells:
        about = cell.metadata.get("nbgrader", {})
        if about.get("grade") and about.get("solution"):
            found[f"{assignment}.{about['grade_id']}"] = None
        elif about.get("grade"):
            found[f"{assignment}.{about['grade_id'].removeprefix('test_')}"] = float(about["points"])
    return found


def _names(draw: random.Random, number: int) -> list[str]:
    found: dict[str, None] = {}
    while len(found) < number:
        name = f"{draw.choice(GIVEN.split())}.{draw.choice(FAMILIES.split())}"
        found[name if name not in found else f"{name}{draw.randrange(2, 999)}"] = None
    return list(found)


def _record(
    draw: random.Random,
    student: str,
    points: dict[str, float | None],
    mistakes: dict[str, list[bank.Answer]],
    hard: dict[str, float],
) -> SubmissionRecord:
    if draw.random() < 0.06:
        lost = draw.choice([SubmissionOutcome.NO_NOTEBOOK, SubmissionOutcome.UNREADABLE])
        nothing = {
            name: ExerciseRecord(0.0, worth or 0.125, str(Outcome.NO_OBSERVATION)) for name, worth in points.items()
        }
        return SubmissionRecord(student, lost, 0.0, 10.0, 0.0, 0.0, nothing, ["this is not a notebook"], 0.0)
    skill, stops = draw.gauss(0.0, 0.9), draw.choice([0.4, 0.7, 1.0, 1.0, 1.0])
    exercises = {
        name: _answer(draw, worth, mistakes.get(name, []), hard[name] * 2.0**-skill, place / len(points) > stops)
        for place, (name, worth) in enumerate(points.items())
    }
    notes = draw.sample(NOTES, draw.choice([0, 0, 0, 0, 1, 1, 2]))
    repaired = any("put back" in note or "found by" in note for note in notes)
    outcome = SubmissionOutcome.REPAIRED if repaired else SubmissionOutcome.GRADED
    return summed(student, outcome, exercises, notes, round(draw.lognormvariate(3.5, 0.4), 3))


def _answer(
    draw: random.Random, worth: float | None, known: list[bank.Answer], fails: float, stopped: bool
) -> ExerciseRecord:
    if worth is None:
        return ExerciseRecord(None, 0.125, str(Outcome.MANUAL))
    bonus = 0.0 if worth else 1.0
    if stopped or draw.random() < (0.7 if bonus else 0.03):
        return ExerciseRecord(0.0, worth, str(Outcome.NOT_IMPLEMENTED), None, "not implemented yet")
    if draw.random() >= fails:
        return ExerciseRecord(worth + bonus, worth, str(Outcome.PASSED), bonus=bonus)
    if draw.random() < 0.12:
        outcome = draw.choice([Outcome.UNDEFINED, Outcome.TIMED_OUT, Outcome.KERNEL_DIED])
        return ExerciseRecord(0.0, worth, str(outcome), None, "the kernel died", 0.0, "6.0 GiB of memory are allowed")
    if known and draw.random() < 0.8:
        answer = known[min(int(draw.expovariate(1.2)), len(known) - 1)]
        hint = f"{answer.hint} ({answer.name})"
        return ExerciseRecord(0.0, worth, str(Outcome.FAILED), answer.name, "first case", 0.0, hint)
    return ExerciseRecord(0.0, worth, str(Outcome.FAILED), None, "an empty question", 0.0, "give zeros for it")


def _grade(draw: random.Random, record: SubmissionRecord) -> FinalGrade:
    """A grade in which about half of what a person gives is given, and few are late."""
    judged, done = record.score - record.bonus, draw.random() < 0.5
    by_hand = record.by_hand * draw.choice([0.0, 1.0]) if done else 0.0
    late_s = draw.uniform(600, 200_000) if draw.random() < 0.1 else None
    penalty = 1.0 if late_s is not None and late_s > 86400 else 0.25 if late_s is not None else 0.0
    score = max(0.0, judged + by_hand + record.bonus - penalty)
    most = record.max_score + record.by_hand
    left = 0.0 if done else record.by_hand
    return FinalGrade(record.student, judged, by_hand, record.bonus, penalty, late_s, score, most, left)
