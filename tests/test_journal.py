"""The journal keeps what was graded, whatever ends the program that writes it."""

from __future__ import annotations

from pathlib import Path

import pytest

from course_lib.grading import journal
from course_lib.grading.records import ExerciseRecord, SubmissionRecord
from course_lib.verdict import SubmissionOutcome


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "reports" / "journal.jsonl"


def record_of(student: str, score: float = 1.5) -> SubmissionRecord:
    exercise = ExerciseRecord(score, 2.0, "failed", mistake="off_by_one", hint="a\u2028b\nc")
    return SubmissionRecord(
        student, SubmissionOutcome.REPAIRED, score, 2.0, 0.5, 0.25, {"ranking.embedder": exercise}, ["a\r\nb"], 1.5
    )


def students(path: Path) -> list[str]:
    return [entry["student"] for entry in journal.entries(path)]


def test_a_record_comes_back_as_it_was(path: Path):
    journal.append(path, record_of("ann"))
    journal.append_all(path, [(record_of("ben"), "f" * 64)])
    assert [journal.record_of(entry) for entry in journal.entries(path)] == [record_of("ann"), record_of("ben")]
    assert [entry.get("fingerprint") for entry in journal.entries(path)] == [None, "f" * 64]


def test_nothing_to_append_makes_no_file(path: Path):
    journal.append_all(path, [])
    assert not path.exists()


def test_the_newest_entry_of_a_student_counts(path: Path):
    journal.append_all(path, [(record_of("ann", 1.0), "1"), (record_of("ben"), "2"), (record_of("ann", 2.0), "3")])
    assert {name: (entry["score"], entry["fingerprint"]) for name, entry in journal.last(path).items()} == {
        "ann": (2.0, "3"),
        "ben": (1.5, "2"),
    }


def test_a_line_cut_off_anywhere_costs_no_other_entry(path: Path):
    journal.append_all(path, [(record_of("ann"), "1"), (record_of("ben"), "2")])
    whole = path.read_bytes()
    first = whole.index(b"\n") + 1
    for end in range(first, len(whole)):
        path.write_bytes(whole[:end])
        assert students(path) == (["ann", "ben"] if end == len(whole) - 1 else ["ann"])
        journal.append(path, record_of("cleo"))
        assert students(path)[-1] == "cleo"
        assert students(path)[0] == "ann"
        assert len(students(path)) == (3 if end == len(whole) - 1 else 2)


def test_lines_that_are_no_entries_are_passed_over(path: Path):
    path.parent.mkdir()
    path.write_bytes(b"\xff\n1\n[]\n\n")
    journal.append(path, record_of("ann"))
    assert students(path) == ["ann"]
