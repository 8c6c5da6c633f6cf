"""The class report: one self-contained HTML page."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from importlib import resources
from typing import Any

from jinja2 import Environment, StrictUndefined

from course_lib.grading.records import SubmissionRecord
from course_lib.paths import Course
from course_lib.verdict import Outcome


def write(course: Course, assignment: str, records: list[SubmissionRecord]) -> None:
    """Write `reports/<assignment>.html`."""
    template = resources.files("course_lib.grading").joinpath("report.html.j2").read_text(encoding="utf-8")
    page = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    path = course.report(assignment)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(page.from_string(template).render(**context(assignment, records)), encoding="utf-8")


def context(assignment: str, records: list[SubmissionRecord]) -> dict[str, Any]:
    """What the page shows, counted."""
    exercises = list(dict.fromkeys(name for record in records for name in record.exercises))
    scores = [record.score for record in records]
    top = max((max(record.max_score, record.score) for record in records), default=0.0)
    return {
        "assignment": assignment,
        "made": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "records": sorted(records, key=lambda record: (-record.score, record.student)),
        "exercises": exercises,
        "decided": max((record.max_score for record in records), default=0.0),
        "median": sorted(scores)[len(scores) // 2] if scores else 0.0,
        "histogram": histogram(scores, top),
        "summary": [_exercise(name, records) for name in exercises],
        "mistakes": _mistakes(exercises, records),
        "outcomes": Counter(str(record.outcome) for record in records).most_common(),
    }


def histogram(scores: list[float], top: float, bins: int = 6) -> list[tuple[str, int]]:
    """Counts of scores in equal bins from 0 to `top`; the last bin includes `top`."""
    counts = [0] * bins
    for score in scores:
        counts[min(int(score / top * bins), bins - 1) if top else 0] += 1
    return [(f"{top * at / bins:.2f} to {top * (at + 1) / bins:.2f}", count) for at, count in enumerate(counts)]


def _exercise(name: str, records: list[SubmissionRecord]) -> dict[str, Any]:
    found = [record.exercises[name] for record in records if name in record.exercises]
    judged = [item for item in found if item.score is not None]
    return {
        "name": name,
        "judged": len(judged),
        "passed": sum(item.full for item in judged),
        "outcomes": Counter(item.outcome for item in found).most_common(),
        "mistakes": Counter(item.mistake for item in found if item.mistake).most_common(3),
    }


def _mistakes(exercises: list[str], records: list[SubmissionRecord]) -> list[dict[str, Any]]:
    """Each mistake of the class with those who made it; answers without a known mistake by their first wrong case."""
    made: dict[tuple[str, str | None, str | None], dict[str, Any]] = {}
    for record in records:
        for name, item in record.exercises.items():
            if item.outcome != Outcome.FAILED:
                continue
            key = (name, item.mistake, None if item.mistake else item.case)
            entry: dict[str, Any] = {
                "exercise": name,
                "mistake": item.mistake,
                "case": item.case,
                "hint": item.hint,
                "students": [],
            }
            made.setdefault(key, entry)["students"].append(record.student)
    return sorted(made.values(), key=lambda one: (-len(one["students"]), exercises.index(one["exercise"])))
