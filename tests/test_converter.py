"""Both ways of grading end each submission in one outcome, and of a student's files only the notebook is taken."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook

from course_lib.errors import CourseError
from course_lib.grading import autograde, journal, preprocessors
from course_lib.grading.converter import CourseAutograde
from course_lib.nbgrader_bridge import convert, load_config
from course_lib.paths import Course
from course_lib.verdict import SubmissionOutcome

pytestmark = pytest.mark.slow
ASSIGNMENT = "meta_lstm"
NBGRADER = Path(sys.executable).parent / "nbgrader"


@pytest.fixture
def copy(course_copies: Callable[[str], Course], tmp_path: Path) -> Course:
    """A course without submissions that may be changed."""
    root = tmp_path / "course"
    shutil.copytree(course_copies(ASSIGNMENT).root, root)
    return Course(root)


def hand_in(course: Course, student: str, text: str | None = None) -> Path:
    """Hand in the release, or a file with this text under the notebook's name; the folder."""
    folder = course.submitted(student, ASSIGNMENT)
    folder.mkdir(parents=True)
    if text is None:
        shutil.copy(course.release_notebook(ASSIGNMENT), folder)
    else:
        (folder / f"{ASSIGNMENT}.ipynb").write_text(text)
    return folder


def nbgrader(course: Course, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([NBGRADER, *words], cwd=course.root, capture_output=True, text=True, timeout=300)


def outcomes(course: Course) -> dict[str, list[str]]:
    """student -> outcomes in the journal."""
    found: dict[str, list[str]] = {}
    for entry in journal.read(course.journal(ASSIGNMENT)):
        found.setdefault(entry["student"], []).append(entry["outcome"])
    return found


def scores(course: Course) -> dict[str, float]:
    with Gradebook(f"sqlite:///{course.root}/gradebook.db", "word-vectors") as book:
        return {one.student.id: one.score for one in book.assignment_submissions(ASSIGNMENT)}


def test_nbgrader_autograde_gives_each_broken_submission_its_outcome_and_ends_with_1(copy: Course):
    hand_in(copy, "garbage", "?")
    hand_in(copy, "a\nb", "[]")
    os.mkfifo(hand_in(copy, "fifo", "") / "pipe")
    (copy.submitted("nothing", ASSIGNMENT)).mkdir(parents=True)
    done = nbgrader(copy, "autograde", ASSIGNMENT)
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr
    assert outcomes(copy) == {
        "garbage": ["not a readable notebook"],
        "a\nb": ["not a readable notebook"],
        "fifo": ["not a readable notebook"],
        "nothing": ["no notebook"],
    }
    assert scores(copy) == dict.fromkeys(("garbage", "a\nb", "fifo", "nothing"), 0.0)


def test_what_is_graded_is_not_graded_again_unless_forced(copy: Course):
    hand_in(copy, "garbage", "?")
    for words in ([], [], ["--force"]):
        nbgrader(copy, "autograde", ASSIGNMENT, *words)
    assert outcomes(copy) == {"garbage": ["not a readable notebook"] * 2}


def test_a_time_stamp_of_the_students_counts_only_where_it_is_believed(copy: Course):
    (hand_in(copy, "early", "?") / "timestamp.txt").write_text("1999-01-01 00:00:00 UTC")

    def time() -> object:
        nbgrader(copy, "autograde", ASSIGNMENT, "--force")
        with Gradebook(f"sqlite:///{copy.root}/gradebook.db", "word-vectors") as book:
            return book.find_submission(ASSIGNMENT, "early").timestamp

    assert time() is None
    with open(copy.root / "nbgrader_config.py", "a") as config:
        config.write("\nc.Autograde.believe_timestamps = True\n")
    assert str(time()).startswith("1999-01-01")


def test_no_other_file_of_a_submission_is_copied(copy: Course):
    folder = hand_in(copy, "files", "?")
    (folder / "numpy.py").write_text("shadow = True")
    (folder / "link.txt").symlink_to(copy.secret_truth(ASSIGNMENT))
    nbgrader(copy, "autograde", ASSIGNMENT)
    nbgrader(copy, "generate_feedback", ASSIGNMENT)
    for made in (copy.autograded("files", ASSIGNMENT), copy.feedback("files", ASSIGNMENT)):
        assert [path.stem for path in made.iterdir()] == [ASSIGNMENT]


def test_where_grading_itself_fails_one_submission_is_lost_and_the_class_goes_on(
    copy: Course, monkeypatch: pytest.MonkeyPatch
):
    hand_in(copy, "ann", "?")
    hand_in(copy, "bob")
    hand_in(copy, "cleo", "?")

    def fails(*arguments: object) -> None:
        raise ZeroDivisionError("a fault of ours")

    monkeypatch.setattr(preprocessors, "run", fails)
    for student in ("ann", "bob", "cleo"):
        with pytest.raises(CourseError, match=f"of {ASSIGNMENT}, {student}: "):
            convert(CourseAutograde, copy, load_config(copy), ASSIGNMENT, student)
    found = autograde.graded(copy, ASSIGNMENT)
    assert [record.outcome for record in found] == [
        SubmissionOutcome.UNREADABLE,
        SubmissionOutcome.NOT_GRADED,
        SubmissionOutcome.UNREADABLE,
    ]
    assert "ZeroDivisionError" in found[1].notes[0]
    assert (found[1].score, found[1].max_score) == (0.0, 5.0)
    assert scores(copy)["bob"] == 0.0
    page = nbformat.read(copy.autograded("bob", ASSIGNMENT) / f"{ASSIGNMENT}.ipynb", as_version=4)
    assert "ZeroDivisionError" in page.cells[0].source


def test_a_missing_sandbox_is_nobodys_outcome(copy: Course, monkeypatch: pytest.MonkeyPatch):
    hand_in(copy, "ann")
    done = subprocess.run(
        [NBGRADER, "autograde", ASSIGNMENT],
        cwd=copy.root,
        env=os.environ | {"PATH": str(copy.root)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 2
    assert "apt-get install bubblewrap" in done.stderr.splitlines()[-1]
    assert outcomes(copy) == {}


def test_a_wrong_limit_is_named(copy: Course):
    hand_in(copy, "ann")
    with open(copy.root / "nbgrader_config.py", "a") as config:
        config.write('\nc.RunInSandbox.limits = {"cell_seconds": 5}\n')
    done = nbgrader(copy, "autograde", ASSIGNMENT)
    assert done.returncode == 2
    assert "cell_seconds" in done.stderr.splitlines()[-1]
