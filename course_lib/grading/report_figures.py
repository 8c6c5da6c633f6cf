"""What the class report shows, counted from the records of a class and its final grades."""

from __future__ import annotations

import math
import statistics
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from course_lib.grading.final import FinalGrade
from course_lib.grading.parts import Outline
from course_lib.grading.records import ExerciseRecord, SubmissionRecord
from course_lib.grading.signs import Group, Remark, remarks
from course_lib.verdict import Outcome

STEPS = (0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0)  # points that a bar of the picture may be wide
MOST_BARS = 14
MOST_SLOW = 5
MOST_LOST = 3
NEAR = 1e-9  # points; sums of decimals miss an edge by less


class State(StrEnum):
    """What became of an exercise, as coarsely as a class needs it."""

    FULL = "full marks"
    PARTLY = "partly"
    WRONG = "wrong"
    STOPPED = "did not run"
    UNWRITTEN = "not written"
    BY_HAND = "by hand"


JUDGED = (State.FULL, State.PARTLY, State.WRONG, State.STOPPED, State.UNWRITTEN)


def state_of(item: ExerciseRecord) -> State:
    """The state of an exercise of a submission."""
    if item.score is None:
        return State.BY_HAND
    if item.full:
        return State.FULL
    if item.score > 0:
        return State.PARTLY
    if item.outcome == Outcome.NOT_IMPLEMENTED:
        return State.UNWRITTEN
    return State.WRONG if item.outcome == Outcome.FAILED else State.STOPPED


@dataclass(frozen=True)
class Row:
    """A submission with its points. grade: None where the gradebook does not have it: then the judge's points count."""

    record: SubmissionRecord
    grade: FinalGrade | None
    remarks: list[Remark]

    @property
    def points(self) -> float:
        """Points with bonus, penalty and what a person gave."""
        return self.record.score if self.grade is None else self.grade.score

    @property
    def most(self) -> float:
        """Points of the assignment, without bonus."""
        return self.record.max_score + self.record.by_hand if self.grade is None else self.grade.max_score

    @property
    def open(self) -> float:
        """Points that a person has yet to give."""
        return self.record.by_hand if self.grade is None else self.grade.open

    def has(self, group: Group) -> bool:
        """Whether anything of a group was remarked."""
        return any(remark.group is group for remark in self.remarks)


@dataclass(frozen=True)
class Bar:
    """Submissions with at least `low` and less than `high` points; the last bar has those with `high` too."""

    low: float
    high: float
    count: int


@dataclass(frozen=True)
class ExerciseFigures:
    """One exercise of all graded submissions. points: what it is worth. mean: points reached, bonus included.

    counts: state -> submissions. mistakes: the commonest named ones, with how many made them.
    """

    name: str
    number: str
    points: float
    judged: int
    mean: float
    counts: dict[State, int]
    mistakes: list[tuple[str, int]]

    @property
    def title(self) -> str:
        """The name as people read it."""
        return self.name.partition(".")[2].replace("_", " ") or self.name

    @property
    def lost(self) -> int:
        """Submissions without full marks."""
        return self.judged - self.counts[State.FULL]


@dataclass(frozen=True)
class PartFigures:
    """One part. points: what the judge decides in it. mean: reached by graded submissions, bonus included."""

    number: str
    name: str
    points: float
    mean: float


@dataclass(frozen=True)
class MistakeFigures:
    """A mistake and who made it; where none is known, the first wrong case."""

    exercise: str
    mistake: str | None
    case: str | None
    hint: str | None
    students: list[str]


@dataclass(frozen=True)
class RemarkFigures:
    """A remark and whom it is about."""

    remark: Remark
    students: list[str]


@dataclass(frozen=True)
class Figures:
    """All that the report shows. rows: the best first; bars, exercises, parts and median are of graded submissions."""

    assignment: str
    outline: Outline
    rows: list[Row]
    graded: int
    median: float
    most: float
    bars: list[Bar]
    exercises: list[ExerciseFigures]
    parts: list[PartFigures]
    mistakes: list[MistakeFigures]
    outcomes: list[tuple[str, int]]
    remarks: list[RemarkFigures]

    @property
    def ungraded(self) -> list[Row]:
        """Submissions that could not be judged."""
        return [row for row in self.rows if not row.record.outcome.graded]

    @property
    def waiting(self) -> list[Row]:
        """Submissions in which a person has points to give."""
        return [row for row in self.rows if row.open > 0 and row.record.outcome.graded]

    @property
    def troubled(self) -> list[Row]:
        """Submissions that were not graded, hit a limit, or needed repairs."""
        return [
            row for row in self.rows if not row.record.outcome.graded or row.has(Group.LIMIT) or row.has(Group.REPAIR)
        ]

    @property
    def late(self) -> list[tuple[FinalGrade, Row]]:
        """Late submissions, the latest first."""
        found = [(row.grade, row) for row in self.rows if row.grade is not None and row.grade.late_s is not None]
        return sorted(found, key=lambda one: -(one[0].late_s or 0.0))

    @property
    def by_hand(self) -> list[FinalGrade]:
        """Grades with points that a person gave."""
        return [row.grade for row in self.rows if row.grade is not None and row.grade.by_hand != 0]

    @property
    def slowest(self) -> list[SubmissionRecord]:
        """The few that took longest to run."""
        ran = sorted((row.record for row in self.rows if row.record.seconds > 0), key=lambda one: -one.seconds)
        return ran[:MOST_SLOW]

    @property
    def usual_s(self) -> float:
        """Median of the seconds that a submission ran."""
        return statistics.median([row.record.seconds for row in self.rows if row.record.seconds > 0] or [0.0])

    @property
    def hardest(self) -> list[ExerciseFigures]:
        """The few exercises, worth points, that cost the class most points."""
        lost = {item.name: (item.points - item.mean) * item.judged for item in self.exercises}
        found = [item for item in self.exercises if item.points and item.lost and lost[item.name] > NEAR]
        return sorted(found, key=lambda item: -lost[item.name])[:MOST_LOST]

    def of_group(self, group: Group) -> list[RemarkFigures]:
        """Remarks of a group, the commonest first."""
        return [item for item in self.remarks if item.remark.group is group]

    def about(self, group: Group) -> list[Row]:
        """Submissions of which something of a group was remarked."""
        return [row for row in self.rows if row.has(group)]


def figures(
    assignment: str,
    records: Sequence[SubmissionRecord],
    grades: Mapping[str, FinalGrade],
    outline: Outline,
) -> Figures:
    """Count a class. grades: student -> final grade, for those whom the gradebook has."""
    rows = [Row(record, grades.get(record.student), remarks(record)) for record in records]
    rows.sort(key=lambda row: (-row.points, row.record.student))
    graded = [row.record for row in rows if row.record.outcome.graded]
    points = [row.points for row in rows if row.record.outcome.graded]
    names = list(dict.fromkeys(name for record in [*graded, *records] for name in record.exercises))
    exercises = [_exercise(name, graded, outline) for name in names]
    return Figures(
        assignment,
        outline,
        rows,
        len(graded),
        statistics.median(points) if points else 0.0,
        max((row.most for row in rows), default=0.0),
        bars(points, max([row.most for row in rows] + points, default=0.0)),
        exercises,
        _parts(exercises, outline),
        _mistakes(names, graded),
        Counter(str(record.outcome) for record in records).most_common(),
        _remarks(rows),
    )


def bars(points: Sequence[float], top: float) -> list[Bar]:
    """Counts of points in bars from 0 to at least `top`, as wide as a few bars allow; the last one includes its end.

    >>> [(bar.low, bar.high, bar.count) for bar in bars([0.0, 0.25, 0.5, 1.0], 1.0)]
    [(0.0, 0.25, 1), (0.25, 0.5, 1), (0.5, 0.75, 1), (0.75, 1.0, 1)]
    """
    width = next((step for step in STEPS if step * MOST_BARS >= top - NEAR), top / MOST_BARS)
    number = max(1, math.ceil(top / width - NEAR))
    counts = [0] * number
    for one in points:
        counts[max(0, min(int(one / width + NEAR), number - 1))] += 1
    return [Bar(width * at, width * (at + 1), count) for at, count in enumerate(counts)]


def _exercise(name: str, graded: Sequence[SubmissionRecord], outline: Outline) -> ExerciseFigures:
    found = [record.exercises[name] for record in graded if name in record.exercises]
    judged = [item for item in found if item.score is not None]
    states = Counter(state_of(item) for item in found)
    return ExerciseFigures(
        name,
        outline.numbers.get(name, ""),
        max((item.max_score for item in found), default=0.0),
        len(judged),
        sum(item.score or 0.0 for item in judged) / len(judged) if judged else 0.0,
        {state: states[state] for state in State},
        Counter(item.mistake for item in found if item.mistake).most_common(3),
    )


def _parts(exercises: Sequence[ExerciseFigures], outline: Outline) -> list[PartFigures]:
    """Parts in the notebook's order; none where the notebook does not name any."""
    parts = []
    for number, name in outline.parts.items():
        inside = [item for item in exercises if outline.part_of(item.name) == number and item.judged]
        if inside:
            points, mean = sum(item.points for item in inside), sum(item.mean for item in inside)
            parts.append(PartFigures(number, name, points, mean))
    return parts


def _mistakes(names: Sequence[str], graded: Sequence[SubmissionRecord]) -> list[MistakeFigures]:
    """Each mistake of the class with those who made it; answers without a known mistake by their first wrong case."""
    made: dict[tuple[str, str | None, str | None], MistakeFigures] = {}
    for record in graded:
        for name, item in record.exercises.items():
            if item.outcome != Outcome.FAILED:
                continue
            key = (name, item.mistake, None if item.mistake else item.case)
            entry = made.setdefault(key, MistakeFigures(name, item.mistake, item.case, item.hint, []))
            entry.students.append(record.student)
    for entry in made.values():
        entry.students.sort()
    order = {name: at for at, name in enumerate(names)}
    return sorted(made.values(), key=lambda one: (-len(one.students), order[one.exercise]))


def _remarks(rows: Sequence[Row]) -> list[RemarkFigures]:
    """Each remark with those whom it is about, the commonest first."""
    found: dict[Remark, list[str]] = {}
    for row in rows:
        for remark in row.remarks:
            found.setdefault(remark, []).append(row.record.student)
    listed = [RemarkFigures(remark, sorted(students)) for remark, students in found.items()]
    return sorted(listed, key=lambda item: (-len(item.students), item.remark.what))


def as_data(found: Figures) -> dict[str, Any]:
    """The figures as JSON data."""
    return {
        "assignment": found.assignment,
        "submissions": len(found.rows),
        "graded": found.graded,
        "median": found.median,
        "max_score": found.most,
        "outcomes": dict(found.outcomes),
        "open": {"submissions": len(found.waiting), "points": round(sum(row.open for row in found.waiting), 6)},
        "troubled": [row.record.student for row in found.troubled],
        "late": [asdict(grade) for grade, _ in found.late],
        "bars": [asdict(bar) for bar in found.bars],
        "exercises": [asdict(item) for item in found.exercises],
        "parts": [asdict(part) for part in found.parts],
        "mistakes": [asdict(item) for item in found.mistakes],
        "remarks": [asdict(item) for item in found.remarks],
    }
