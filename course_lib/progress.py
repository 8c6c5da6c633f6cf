"""How far a student is: the newest verdict of each check, as data, as text and as a card."""

from __future__ import annotations

import html
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from course_lib import checks, feedback
from course_lib.ground_truth import GroundTruth
from course_lib.verdict import Verdict

MOST_OF_A_CASE = 70  # characters


@dataclass(frozen=True)
class Row:
    """One exercise. score: from 0 to 1. note: its first wrong case, in few words."""

    exercise: str
    points: float
    state: str
    score: float = 0.0
    note: str = ""
    bonus: bool = False


@dataclass(frozen=True)
class Progress:
    """All exercises in the order of the notebook. by_hand: answer -> its points, which no check can give."""

    assignment: str
    rows: tuple[Row, ...]
    most_bonus: float
    by_hand: Mapping[str, float]

    @property
    def counted(self) -> list[Row]:
        """Exercises that are not bonus tasks."""
        return [row for row in self.rows if not row.bonus]

    @property
    def points(self) -> float:
        """Points so far, without bonus."""
        return sum(row.score * row.points for row in self.counted)

    @property
    def bonus(self) -> float:
        """Points of bonus tasks so far, up to the assignment's limit."""
        return min(self.most_bonus, sum(row.score * row.points for row in self.rows if row.bonus))

    @property
    def passed(self) -> bool:
        """Whether all is passed but for bonus tasks."""
        return all(row.state == feedback.PASSED for row in self.counted)

    def as_data(self) -> dict[str, Any]:
        """JSON data for machines; a state is one of: passed, not yet, not run."""
        exercises = [
            {
                "exercise": row.exercise,
                "points": row.score * row.points,
                "max_points": row.points,
                "state": _word(row.state),
                "note": row.note,
                "bonus": row.bonus,
            }
            for row in self.rows
        ]
        return {
            "assignment": self.assignment,
            "passed": sum(row.state == feedback.PASSED for row in self.counted),
            "exercises": exercises,
            "points": self.points,
            "max_points": sum(row.points for row in self.counted),
            "bonus": self.bonus,
            "by_hand": dict(self.by_hand),
        }

    def headline(self) -> str:
        """Such as: 7 of 12 exercises, 5.5 of 10 points."""
        done = sum(row.state == feedback.PASSED for row in self.counted)
        most = sum(row.points for row in self.counted)
        return f"{done} of {len(self.counted)} exercises, {self.points:g} of {most:g} points"

    def remarks(self) -> list[str]:
        """Sentences on what the headline does not count."""
        said = []
        tasks = [row for row in self.rows if row.bonus]
        if tasks:
            done = sum(row.state == feedback.PASSED for row in tasks)
            said.append(f"bonus: {done} of {len(tasks)} tasks, {self.bonus:g} of at most {self.most_bonus:g} points")
        if self.by_hand:
            names = ", ".join(_short(name) for name in self.by_hand)
            said.append(f"graded by hand, not counted here: {names} ({sum(self.by_hand.values()):g} points)")
        return said

    def as_text(self) -> str:
        """For a terminal."""
        width = max(len(_short(row.exercise)) for row in self.rows)
        lines = [f"{self.assignment}: {self.headline()}"]
        for row in self.rows:
            note = f": {row.note}" if row.note else ""
            bonus = "bonus " if row.bonus else ""
            lines.append(f"  {_short(row.exercise):<{width}}  {bonus + f'{row.points:g}':<9} {row.state}{note}")
        return "\n".join(lines + self.remarks())

    def as_html(self) -> str:
        """A card: headline, bar, table, remarks. Everything that the student's code produced is escaped."""
        state = feedback.PASSED if self.passed else feedback.NOT_RUN
        lines = [("exercise", "points", "state")]
        for row in self.rows:
            note = html.escape(row.note)
            name = html.escape(_short(row.exercise)).replace("_", "_\u200b")  # where a narrow column may break it
            lines.append(
                (name, f"{'bonus ' if row.bonus else ''}{row.points:g}", f"{feedback.badge(row.state)} {note}")
            )
        remarks = "".join(f"<div>{html.escape(remark)}</div>" for remark in self.remarks())
        most = sum(row.points for row in self.counted)
        head = (
            f"<b>{html.escape(self.assignment)}</b>: {self.headline()}{feedback.bar(self.points / most if most else 0)}"
        )
        return feedback.card(state, f"{head}{feedback.table(lines)}{remarks}")


def of(truth: GroundTruth, verdicts: Mapping[str, Verdict], notes: Mapping[str, str] | None = None) -> Progress:
    """Progress in an assignment. notes: exercise -> why it has no verdict, where that is known."""
    rows = []
    for check in checks.ASSIGNMENTS[truth.assignment]:
        verdict = verdicts.get(check.exercise)
        points = check.bonus or truth.points.get(check.exercise, 0.0)
        if verdict is None:
            note = (notes or {}).get(check.exercise, "")
            rows.append(Row(check.exercise, points, feedback.NOT_RUN, note=_few(note), bonus=bool(check.bonus)))
            continue
        state = feedback.PASSED if verdict.passed else feedback.NOT_YET
        note = verdict.finding.case if verdict.finding else ""
        rows.append(Row(check.exercise, points, state, verdict.score, _few(note), bool(check.bonus)))
    known = {row.exercise for row in rows}
    by_hand = {name: points for name, points in truth.points.items() if name not in known}
    return Progress(truth.assignment, tuple(rows), checks.MOST_BONUS.get(truth.assignment, 0.0), by_hand)


def _short(exercise: str) -> str:
    """The name without its assignment."""
    return exercise.partition(".")[2]


def _word(state: str) -> str:
    """A state without its sign."""
    return state.partition(" ")[2]


def _few(words: str) -> str:
    return words if len(words) <= MOST_OF_A_CASE else words[: MOST_OF_A_CASE - 1] + "…"
