"""`course check`: how a student's notebook ends, told in lines; the notebook stays as it is."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import nbformat
import pytest

from course_lib import notebook_check
from course_lib.authoring import bank
from course_lib.authoring.reference import read_notebook, solution_cells
from course_lib.checks import ASSIGNMENTS
from course_lib.cli.main import main

pytestmark = pytest.mark.slow
EXERCISES = [check.exercise.partition(".")[2] for check in ASSIGNMENTS["toy_chooser"]]
# Displays what a check displays, without torch: a kernel is ready in a second.
PASSING = """
from IPython.display import display
from course_lib.verdict import MIME, Outcome, Verdict
class Passing:
    def __getattr__(self, name):
        verdict = Verdict("toy_chooser." + name.removeprefix("test_"), 1.0, Outcome.PASSED, None, "passed: 1 cases")
        return lambda *objects: display({MIME: verdict.as_data(), "text/plain": "passed"}, raw=True)
task_tests = Passing()
"""


@pytest.fixture
def write(course, tmp_path):
    """Write a notebook of such cells into a student's folder."""
    folder = tmp_path / "my work"
    folder.mkdir()
    shutil.copy(course.public_truth("toy_chooser"), folder)

    def make(*sources: str) -> Path:
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in sources])
        nbformat.write(notebook, folder / "mine.ipynb")
        return folder / "mine.ipynb"

    return make


def command(monkeypatch, *words: object) -> int:
    """Run `course check`; its exit code."""
    monkeypatch.setattr(sys, "argv", ["course", "check", *map(str, words)])
    with pytest.raises(SystemExit) as ended:
        main()
    return ended.value.code or 0


def call(exercise: str) -> str:
    return f"task_tests.test_{exercise}({exercise})"


def states(found: notebook_check.Checked) -> dict[str, str]:
    return {row.exercise.partition(".")[2]: row.state.partition(" ")[2] for row in found.progress.rows}


def test_a_real_notebook_is_run_told_about_and_left_alone(course, write, monkeypatch, capsys):
    source = read_notebook(course.source_notebook("toy_chooser"))
    solutions = solution_cells(source)
    wrong = next(answer for answer in bank.read(course.mistakes("toy_chooser"), True) if answer.name == "digits_only")
    setup, tests = (cell.source for cell in source.cells if cell.id in ("setup", "task-tests"))
    right = solutions["make_example"], call("make_example")
    path = write(setup, tests, wrong.code, call("to_digits"), *right, "task_tests.progress()")
    before, there = path.read_bytes(), sorted(path.parent.iterdir())
    written = path.parent.parent / "found.json"
    assert command(monkeypatch, path, "--json", written) == 1
    said = capsys.readouterr().out
    assert "toy_chooser: 1 of 10 exercises, 0.5 of 5 points" in said
    (line,) = [line for line in said.splitlines() if line.startswith("[toy_chooser.to_digits]")]
    assert wrong.hint in line
    assert path.read_bytes() == before and sorted(path.parent.iterdir()) == there
    found = json.loads(written.read_text(encoding="utf-8"))
    assert (found["passed"], found["points"], found["max_points"]) == (1, 0.5, 5.0)
    assert [item["state"] for item in found["exercises"]] == ["not yet", "passed"] + ["not run"] * 8
    assert found["findings"] == [line]


def test_all_passed_is_exit_code_0(write, monkeypatch, capsys):
    path = write(PASSING, *(f"task_tests.test_{name}(0)" for name in EXERCISES))
    assert command(monkeypatch, path) == 0
    assert "10 of 10 exercises, 5 of 5 points" in capsys.readouterr().out


def test_cells_go_on_after_errors_and_an_endless_one_is_interrupted(write):
    path = write(
        PASSING,
        "raise ValueError('two\\nlines')",
        "# what is not written is told by its check\nraise NotImplementedError",
        "# a loop\nimport time\nwhile True:\n    time.sleep(0.1)",
        "task_tests.test_to_digits(0)",
        "task_tests.test_collate(missing)",
    )
    found = notebook_check.check(path, cell_s=10)
    assert states(found) == dict.fromkeys(EXERCISES, "not run") | {"to_digits": "passed"}
    assert found.findings == [
        "cell 2 (raise ValueError('two\\nlines')): ValueError: two lines",
        "cell 4 (import time): it ran for 10 s and was interrupted: "
        "look for a loop that never ends, or give it longer with --cell-timeout",
        "cell 6 (task_tests.test_collate(missing)): NameError: name 'missing' is not defined",
    ]
    assert "name 'missing' is not defined" in found.progress.as_text()


def test_a_cell_that_ignores_its_interrupt_ends_the_run(write, monkeypatch):
    monkeypatch.setattr(notebook_check, "GRACE_S", 2.0)
    deaf = "import signal, time\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True:\n    time.sleep(0.1)"
    path = write(PASSING, "task_tests.test_to_digits(0)", deaf, "task_tests.test_collate(0)")
    found = notebook_check.check(path, cell_s=10)
    assert states(found) == dict.fromkeys(EXERCISES, "not run") | {"to_digits": "passed"}
    (line,) = found.findings
    assert line.startswith("cell 3 (import signal, time): it ran for 10 s and was interrupted, in vain")


def test_a_dead_kernel_is_named_by_its_cell(write, monkeypatch, capsys):
    path = write(PASSING, "task_tests.test_to_digits(0)", "import os\nos._exit(1)", "task_tests.test_collate(0)")
    assert command(monkeypatch, path) == 1
    said = capsys.readouterr().out
    assert "1 of 10 exercises, 0.25 of 5 points" in said
    assert "cell 3 (import os): the kernel died in it, and the cells after it did not run" in said


def test_a_check_that_kills_the_kernel_says_so_in_its_row(write):
    found = notebook_check.check(write(PASSING, "import os", "task_tests.test_to_digits(os._exit(1))"))
    assert "to_digits" in found.findings[0] and "the kernel died" in found.progress.rows[0].note


def test_only_a_cell_that_checks_an_exercise_gives_its_verdict(write):
    show = "task_tests.test_collate(0)"
    path = write(
        PASSING, f"if True: {show}", "task_tests.test_to_digits(0)", "display({MIME: {'exercise': 1}}, raw=True)"
    )
    assert states(notebook_check.check(path)) == dict.fromkeys(EXERCISES, "not run") | {"to_digits": "passed"}


def test_the_progress_is_told_cell_by_cell(write):
    told = []
    notebook_check.check(write(PASSING, "", "task_tests.test_to_digits(0)"), tick=lambda *count: told.append(count))
    assert told == [(0, 2), (1, 2), (2, 2)]


@pytest.mark.parametrize(
    ("break_it", "remedy"),
    [
        (lambda path: path.unlink(), "mine.ipynb is missing: give the path of your notebook"),
        (lambda path: path.write_text("import math", encoding="utf-8"), "mine.ipynb is not a notebook"),
        (lambda path: path.write_bytes(b"\xff\xfe\x00"), "mine.ipynb is not a notebook"),
        (lambda path: path.write_text('{"cells": 3, "nbformat": 4}', encoding="utf-8"), "mine.ipynb is not a notebook"),
        (lambda path: (path.unlink(), path.mkdir()), "mine.ipynb cannot be read"),
        (lambda path: (path.parent / "test_gt.json").unlink(), "test_gt.json is missing: it lies beside the notebook"),
        (lambda path: (path.parent / "test_gt.json").write_text("{"), "test_gt.json cannot be read"),
        (
            lambda path: path.write_text(path.read_text().replace("task_tests.test_to_digits", "print")),
            "mine.ipynb has no check cell of toy_chooser",
        ),
    ],
)
def test_what_cannot_be_checked_is_one_line_with_its_remedy(write, monkeypatch, capsys, break_it, remedy):
    path = write("task_tests.test_to_digits(0)")
    break_it(path)
    assert command(monkeypatch, path) == 2
    (line,) = capsys.readouterr().err.strip().splitlines()
    assert line.startswith("error: ") and remedy in line
