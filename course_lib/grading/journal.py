"""The journal: a line for each submission that was graded, in the order of grading, kept beside the reports."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from course_lib.grading.records import SubmissionRecord


def append(path: Path, record: SubmissionRecord) -> None:
    """Add a record to the journal, on disk when this returns."""
    path.parent.mkdir(parents=True, exist_ok=True)
    line = json.dumps({"time": datetime.now(UTC).isoformat(timespec="seconds"), **asdict(record)})
    with open(path, "a", encoding="utf-8") as file:
        file.write(line + "\n")
        file.flush()
        os.fsync(file.fileno())


def read(path: Path) -> list[dict]:
    """All entries, the oldest first; none where nothing was graded. A line that was cut off by a crash is no entry."""
    entries = []
    for line in path.read_text(encoding="utf-8").split("\n") if path.is_file() else []:
        with suppress(ValueError):
            entries.append(json.loads(line))
    return entries
