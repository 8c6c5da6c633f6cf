"""`course doctor` says what holds, and says so where something does not."""

from __future__ import annotations

from pathlib import Path

import pytest
from nbformat.v4 import new_code_cell, new_output

from course_lib.grading import doctor
from course_lib.paths import Course


@pytest.mark.slow
def test_everything_holds_on_a_machine_that_may_grade(course: Course):
    trials = doctor.examine(course)
    whole, *others = trials
    unbounded = () if whole.held else ("processes without end", "memory of several processes")
    assert [trial for trial in others if not trial.held and trial.what not in unbounded] == []
    assert {trial.what for trial in trials} >= doctor.CELLS.keys() | doctor.BREAKING.keys()


def test_without_a_sandbox_nothing_is_tried(course: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    (trial,) = doctor.examine(course)
    assert not trial.held
    assert "Bubblewrap" in trial.found


@pytest.mark.parametrize(
    ("what", "printed", "held"),
    [
        ("the network", "held", True),
        ("the network", "a connection to the internet", False),
        ("the network", "", False),
        ("printing without end", "x" * 1000, True),
        ("printing without end", "x" * 2_000_000, False),
    ],
)
def test_only_what_was_seen_to_hold_holds(what: str, printed: str, held: bool):
    cell = new_code_cell("", outputs=[new_output("stream", text=printed)])
    assert doctor._seen(what, cell).held is held
