"""A sample class, graded for real: in the sandbox, by `course autograde` and by `nbgrader autograde`."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from nbformat.v4 import new_code_cell
from nbgrader.api import Gradebook

from course_lib.authoring import leak_scan
from course_lib.authoring.sample_class import CLASSES, Sample, surprises, write
from course_lib.grading import records
from course_lib.paths import Course

pytestmark = pytest.mark.slow
FORGED = """from IPython.display import HTML, display
display(HTML("<script>forged()</script><div style='border-left:4px solid'>ranking.embedder passed</div>"))"""
BIN = Path(sys.executable).parent
SECOND_TIME = ["sample_right", "sample_two_mistakes", "sample_empty", "sample_patched_checker", "sample_no_metadata"]


@dataclass
class Graded:
    course: Course
    samples: list[Sample]
    document: dict
    scores_of_course: dict[str, float]
    scores_of_nbgrader: dict[str, float]


def scores(course: Course) -> dict[str, dict[str, float]]:
    """student -> cell -> score, as the gradebook has it."""
    with Gradebook(f"sqlite:///{course.root}/gradebook.db", "word-vectors") as book:
        return {
            submission.student.id: {
                grade.name: grade.score for notebook in submission.notebooks for grade in notebook.grades
            }
            for submission in book.assignment_submissions("ranking")
        }


@pytest.fixture(scope="module")
def graded(course_copy: Course) -> Graded:
    samples = CLASSES["ranking"](course_copy)
    other = next(item for item in samples if item.student == "sample_other_style")
    other.notebook.cells.append(new_code_cell(FORGED))
    write(course_copy, samples, "ranking")
    link = course_copy.submitted(other.student, "ranking") / "notes.txt"
    link.symlink_to(course_copy.secret_truth("ranking"))

    def command(*words: str) -> subprocess.CompletedProcess:
        return subprocess.run([BIN / words[0], *words[1:]], cwd=course_copy.root, capture_output=True, text=True)

    done = command("course", "autograde", "ranking", "--json", "out.json")
    assert done.returncode == 0, done.stderr
    ours = scores(course_copy)
    assert command("course", "feedback", "ranking").returncode == 0
    for student in SECOND_TIME:
        done = command("nbgrader", "autograde", "ranking", "--force", "--student", student)
        assert done.returncode == 0, done.stderr[-2000:]
    document = json.loads((course_copy.root / "out.json").read_text())
    return Graded(course_copy, samples, document, ours, scores(course_copy))


def test_every_sample_scores_as_it_must(graded: Graded):
    found = [
        records.read(graded.course.autograded(item.student, "ranking") / "ranking.ipynb", item.student, "ranking")
        for item in graded.samples
    ]
    assert len(found) >= 10
    assert surprises(graded.samples, found, "ranking") == []


def test_nbgrader_and_course_agree_on_every_score(graded: Graded):
    assert len(graded.scores_of_course) == len(graded.samples)
    assert set(SECOND_TIME) < set(graded.scores_of_course)
    assert graded.scores_of_course == graded.scores_of_nbgrader


def test_json_has_every_submission_with_its_exercises(graded: Graded):
    by_student = {entry["student"]: entry for entry in graded.document["submissions"]}
    assert set(by_student) == {item.student for item in graded.samples}
    right = by_student["sample_right"]
    assert (right["outcome"], right["score"], right["max_score"], right["by_hand"]) == ("graded", 12.875, 9.875, 0.125)
    embedder = by_student["sample_two_mistakes"]["exercises"]["ranking.embedder"]
    assert (embedder["score"], embedder["outcome"], embedder["mistake"]) == (0.0, "failed", "sum_instead_of_mean")


def test_one_exercise_is_lost_to_a_dead_kernel_and_to_an_endless_loop(graded: Graded):
    by_student = {entry["student"]: entry for entry in graded.document["submissions"]}
    assert by_student["sample_dead_kernel"]["score"] == 1.75
    assert by_student["sample_endless_loop"]["score"] == 1.375


def test_feedback_names_the_mistake_and_hides_the_truth(graded: Graded):
    page = (graded.course.feedback("sample_two_mistakes", "ranking") / "ranking.html").read_text()
    assert "sum_instead_of_mean" in page
    private = leak_scan.private_strings(graded.course.secret_truth("ranking"), graded.course.public_truth("ranking"))
    assert private
    assert not [text for text in private if text in page]
    assert "<b>expected</b>" not in page


def test_the_report_is_one_page_with_everyone_in_it(graded: Graded):
    page = graded.course.report("ranking").read_text()
    assert all(item.student in page for item in graded.samples)
    assert "sum instead of mean" in page
    assert "<script" not in page and "http://" not in page and "https://" not in page


def test_lost_metadata_is_repaired_and_noted(graded: Graded):
    entry = next(entry for entry in graded.document["submissions"] if entry["student"] == "sample_no_metadata")
    assert entry["outcome"] == "graded after repairs"
    assert any("embedder" in note for note in entry["notes"])


def test_feedback_does_not_run_what_a_student_displays(graded: Graded):
    page = (graded.course.feedback("sample_other_style", "ranking") / "ranking.html").read_text()
    assert "&lt;script&gt;forged()" in page
    assert "<script>forged()" not in page
    assert "COURSE_DATA=&lt;folder&gt;" in page  # our own texts are not escaped twice
    assert page.count("data:image/png;base64") > 20  # pictures stay


def test_a_link_to_a_private_file_brings_nothing_back(graded: Graded):
    for folder in (graded.course.autograded, graded.course.feedback):
        assert not (folder("sample_other_style", "ranking") / "notes.txt").exists()
    entry = next(entry for entry in graded.document["submissions"] if entry["student"] == "sample_other_style")
    assert any("notes.txt" in note for note in entry["notes"])
    assert entry["score"] == entry["max_score"]


def test_of_five_bonus_tasks_three_count_and_nbgrader_has_them_as_extra_credit(graded: Graded):
    right = next(entry for entry in graded.document["submissions"] if entry["student"] == "sample_right")
    bonus = {name: item for name, item in right["exercises"].items() if item["max_score"] == 0}
    assert [item["outcome"] for item in bonus.values()] == ["passed"] * 5
    assert [item["bonus"] for item in bonus.values()] == [1.0, 1.0, 1.0, 0.0, 0.0]
    assert right["bonus"] == 3.0
    assert sum(score or 0.0 for score in graded.scores_of_nbgrader["sample_right"].values()) == 12.875
    assert sum(score or 0.0 for score in graded.scores_of_nbgrader["sample_other_style"].values()) == 9.875
