"""Bad input to the `course` command: one clear line, exit code 2, nothing lost."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import zipfile
from collections import Counter
from pathlib import Path

import pytest

from course_lib.cli.grading import _lost
from course_lib.cli.main import main
from course_lib.grading.records import ExerciseRecord, SubmissionOutcome, SubmissionRecord
from course_lib.paths import Course

COURSE = Path(sys.executable).parent / "course"
pytestmark = pytest.mark.slow


def course(folder: Path, *words: str) -> subprocess.CompletedProcess:
    return subprocess.run([COURSE, *words], cwd=folder, capture_output=True, text=True)


@pytest.fixture
def copy(course_copy: Course, tmp_path: Path) -> Course:
    """A course of one's own to break: released, one submission handed in."""
    copied = Course(tmp_path / "course")
    shutil.copytree(course_copy.root, copied.root)
    folder = copied.submitted("ann", "ranking")
    folder.mkdir(parents=True)
    shutil.copy(copied.release_notebook("ranking"), folder)
    return copied


@pytest.mark.parametrize(
    ("break_it", "words", "says"),
    [
        (
            lambda c: shutil.rmtree(c.root / "submitted"),
            "autograde ranking",
            "submitted/<student>/ranking/ranking.ipynb",
        ),
        (lambda c: None, "autograde rankings", "no assignment 'rankings'"),
        (lambda c: None, "autograde ranking --student bob", "no submission of bob"),
        (lambda c: None, "autograde ranking --isolation docker", "bubblewrap or none"),
        (lambda c: c.secret_truth("ranking").unlink(), "autograde ranking", "course ground-truth ranking"),
        (lambda c: c.secret_truth("ranking").write_text("{"), "autograde ranking", "course ground-truth ranking"),
        (lambda c: c.secret_truth("ranking").write_text("[]"), "autograde ranking", "course ground-truth ranking"),
        (lambda c: c.release_notebook("ranking").unlink(), "autograde ranking", "course release ranking"),
        (lambda c: (c.root / "gradebook.db").unlink(), "autograde ranking", "course release ranking"),
        (lambda c: (c.root / "nbgrader_config.py").write_text("c = ("), "autograde ranking", "nbgrader_config.py"),
        (lambda c: (c.root / "nbgrader_config.py").unlink(), "autograde ranking", "not in a course folder"),
        (lambda c: c.source_notebook("ranking").write_text("?"), "ground-truth ranking", "not a readable notebook"),
        (lambda c: c.source_notebook("ranking").unlink(), "release ranking", "ranking.ipynb"),
        (lambda c: c.public_truth("ranking").unlink(), "release ranking", "course ground-truth ranking"),
        (lambda c: c.mistakes("ranking").unlink(), "ground-truth ranking", "tests/mistakes/ranking.py"),
        (lambda c: None, "feedback ranking", "course autograde ranking"),
        (lambda c: None, "report ranking", "course autograde ranking"),
    ],
)
def test_bad_input_gives_one_line_that_names_the_remedy(copy: Course, monkeypatch, capsys, break_it, words, says):
    break_it(copy)
    monkeypatch.chdir(copy.root)
    monkeypatch.setattr(sys, "argv", ["course", *words.split()])
    with pytest.raises(SystemExit) as ended:
        main()
    shown = capsys.readouterr()
    assert ended.value.code == 2, shown
    assert says in shown.err
    assert shown.err.strip().startswith("error: ")
    assert len(shown.err.strip().splitlines()) == 1
    assert copy.root.exists()


def test_the_command_itself_ends_like_that_too(copy: Course):
    done = course(copy.root, "autograde", "rankings")
    assert done.returncode == 2
    assert done.stderr.startswith("error: no assignment 'rankings'") and done.stderr.count("\n") == 1


def test_unreadable_submissions_get_one_outcome_each_and_stop_nobody(copy: Course):
    for student, content in {"not_json": "oops", "empty": "", "a_list": "[1]", "binary": "\x00\x01"}.items():
        folder = copy.submitted(student, "ranking")
        folder.mkdir(parents=True)
        (folder / "ranking.ipynb").write_text(content)
    for student, names in {"other_name": ["homework"], "two_names": ["homework", "homework (1)"]}.items():
        copy.submitted(student, "ranking").mkdir(parents=True)
        for name in names:
            shutil.copy(copy.release_notebook("ranking"), copy.submitted(student, "ranking") / f"{name}.ipynb")
    done = course(copy.root, "autograde", "ranking", "--json", "out.json")
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    found = {e["student"]: e for e in json.loads((copy.root / "out.json").read_text())["submissions"]}
    assert found["ann"]["outcome"] == "graded"
    assert {found[name]["outcome"] for name in ("not_json", "empty", "a_list", "binary")} == {"not a readable notebook"}
    assert found["other_name"]["outcome"] == "graded after repairs"
    assert found["two_names"]["outcome"] == "no notebook"
    assert all("homework.ipynb" in found[name]["notes"][0] for name in ("other_name", "two_names"))
    assert {e["max_score"] for e in found.values() if e["by_hand"] == 0} == {10.0}
    written = copy.report("ranking")
    written.unlink()
    done = course(copy.root, "report", "ranking", "--json", "report.json")
    assert done.returncode == 0 and done.stdout == f"report: {written}\n", done.stderr
    figures = json.loads((copy.root / "report.json").read_text())
    assert figures["outcomes"] == dict(Counter(entry["outcome"] for entry in found.values()))
    assert (figures["submissions"], figures["graded"], figures["max_score"]) == (7, 2, 10.0)
    assert all(f"<bdi>{name}</bdi>" in written.read_text() for name in found)


def test_what_an_lms_gives_is_collected_graded_and_exported(copy: Course):
    with zipfile.ZipFile(copy.root / "class.zip", "w") as archive:
        archive.write(copy.release_notebook("ranking"), "=cmd()/homework.ipynb")
        archive.writestr("../outside.ipynb", "{}")
    done = course(copy.root, "collect", "ranking", "class.zip")
    assert done.returncode == 0, done.stderr
    assert "its path is not a plain one" in done.stdout
    assert not (copy.root.parent / "outside.ipynb").exists()
    (student,) = [path.name for path in (copy.root / "submitted").iterdir() if path.name != "ann"]
    assert course(copy.root, "export", "ranking", "class.csv").returncode == 2
    assert course(copy.root, "autograde", "ranking", "--student", student).returncode == 0
    assert course(copy.root, "export", "ranking", "class.csv").returncode == 0
    assert (copy.root / "class.csv").read_text().splitlines()[1].startswith(f"{student},graded,0.0,")


def test_a_broken_secret_seed_is_never_silently_replaced(copy: Course):
    copy.secret_truth("ranking").write_text("{")
    done = course(copy.root, "ground-truth", "ranking")
    assert done.returncode == 2
    assert copy.secret_truth("ranking").read_text() == "{"


def test_nbgrader_autograde_refuses_without_ground_truth_in_words(copy: Course):
    copy.secret_truth("ranking").unlink()
    done = subprocess.run(
        [COURSE.parent / "nbgrader", "autograde", "ranking"], cwd=copy.root, capture_output=True, text=True
    )
    assert done.returncode != 0
    assert "course ground-truth ranking" in done.stderr.splitlines()[-1]
    assert "Traceback" not in done.stderr


def test_the_table_counts_exercises_that_nobody_wrote_and_lists_the_others():
    unwritten = {f"ranking.e{number}": ExerciseRecord(0.0, 1.0, "not implemented") for number in range(4)}
    others = {
        "ranking.wrong": ExerciseRecord(0.0, 1.0, "failed", "sum_instead_of_mean"),
        "ranking.right": ExerciseRecord(1.0, 1.0, "passed"),
        "ranking.bonus": ExerciseRecord(0.0, 0.0, "undefined"),
        "ranking.by_hand": ExerciseRecord(None, 1.0, "needs manual grading"),
    }
    record = SubmissionRecord("ann", SubmissionOutcome.GRADED, exercises=unwritten | others)
    assert _lost(record) == ["wrong: sum_instead_of_mean", "4 exercises not written"]
