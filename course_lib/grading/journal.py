"""The journal: a line for each submission that was graded, in the order of grading, kept beside the reports.

It is only ever appended to. A line that a crash cut off is no entry, and the next entry starts on a line of its own.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from course_lib.grading.records import ExerciseRecord, SubmissionRecord
from course_lib.verdict import SubmissionOutcome

FINGERPRINT = "fingerprint"


def append(path: Path, record: SubmissionRecord) -> None:
    """Add a record to the journal, on disk when this returns."""
    append_all(path, [(record, None)])


def append_all(path: Path, records: Sequence[tuple[SubmissionRecord, str | None]]) -> None:
    """Add records, each with the fingerprint of what was graded if known; all on disk when this returns."""
    if not records:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    time = datetime.now(UTC).isoformat(timespec="seconds")
    lines = ""
    for record, fingerprint in records:
        stamp = {"time": time} if fingerprint is None else {"time": time, FINGERPRINT: fingerprint}
        lines += json.dumps({**stamp, **asdict(record)}) + "\n"
    with open(path, "a+b") as file:
        if _cut_off(path):
            lines = "\n" + lines
        file.write(lines.encode())
        file.flush()
        os.fsync(file.fileno())


def _cut_off(path: Path) -> bool:
    """Whether the last line has no end."""
    with open(path, "rb") as file:
        if file.seek(0, os.SEEK_END) == 0:
            return False
        file.seek(-1, os.SEEK_END)
        return file.read(1) != b"\n"


def entries(path: Path) -> Iterator[dict]:
    """All entries, the oldest first, one at a time."""
    if not path.is_file():
        return
    with open(path, "rb") as file:
        for line in file:
            with suppress(ValueError):
                entry = json.loads(line)
                if isinstance(entry, dict):
                    yield entry


def read(path: Path) -> list[dict]:
    """All entries, the oldest first; none where nothing was graded."""
    return list(entries(path))


def last(path: Path) -> dict[str, dict]:
    """Student -> the newest entry."""
    return {entry["student"]: entry for entry in entries(path) if "student" in entry}


def record_of(entry: dict) -> SubmissionRecord:
    """The record that an entry was made from. Raises: KeyError, TypeError, ValueError: it is of another form."""
    fields = {name: value for name, value in entry.items() if name not in ("time", FINGERPRINT)}
    exercises = {name: ExerciseRecord(**item) for name, item in fields.pop("exercises").items()}
    outcome = SubmissionOutcome(fields.pop("outcome"))
    return SubmissionRecord(outcome=outcome, exercises=exercises, **fields)
