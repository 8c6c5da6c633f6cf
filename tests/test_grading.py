"""Sample classes, graded for real: in the sandbox, by `course autograde` and by `nbgrader autograde`."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from nbformat.v4 import new_code_cell
from nbgrader.api import Gradebook
from nbgrader.utils import is_grade

from course_lib import checks
from course_lib.authoring import leak_scan
from course_lib.authoring.sample_class import CLASSES, Sample, surprises, write
from course_lib.grading import records
from course_lib.paths import Course

pytestmark = pytest.mark.slow
FORGED = """from IPython.display import HTML, display
display(HTML("<script>forged()</script><div style='border-left:4px solid'>ranking.embedder passed</div>"))"""
BIN = Path(sys.executable).parent
SECOND_TIME = {
    "ranking": ["sample_right", "sample_two_mistakes", "sample_empty", "sample_patched_checker", "sample_no_metadata"],
    "text_classification": ["sample_two_mistakes"],
    "recurrent_networks": ["sample_two_mistakes"],
    "toy_chooser": ["sample_two_mistakes"],
    "meta_lstm": ["sample_two_mistakes"],
}
of_ranking = pytest.mark.parametrize("graded", ["ranking"], indirect=True)


@dataclass
class Graded:
    assignment: str
    course: Course
    samples: list[Sample]
    document: dict
    scores_of_course: dict[str, dict[str, float]]
    scores_of_nbgrader: dict[str, dict[str, float]]

    def entry(self, student: str) -> dict:
        (found,) = [entry for entry in self.document["submissions"] if entry["student"] == student]
        return found

    def page(self, student: str) -> str:
        return (self.course.feedback(student, self.assignment) / f"{self.assignment}.html").read_text()


def scores(course: Course, assignment: str) -> dict[str, dict[str, float]]:
    """student -> cell -> score, as the gradebook has it."""
    with Gradebook(f"sqlite:///{course.root}/gradebook.db", "word-vectors") as book:
        return {
            submission.student.id: {
                grade.name: grade.score for notebook in submission.notebooks for grade in notebook.grades
            }
            for submission in book.assignment_submissions(assignment)
        }


@pytest.fixture(scope="module", params=checks.ASSIGNMENTS)
def graded(
    request: pytest.FixtureRequest, course_copies: Callable[[str], Course], tmp_path_factory: pytest.TempPathFactory
) -> Graded:
    assignment = request.param
    course = Course(tmp_path_factory.mktemp("graded") / "course")
    shutil.copytree(course_copies(assignment).root, course.root)
    samples = CLASSES[assignment](course)
    other = next(item for item in samples if item.student == "sample_other_style")
    other.notebook.cells.append(new_code_cell(FORGED))
    write(course, samples, assignment)
    link = course.submitted(other.student, assignment) / "notes.txt"
    link.symlink_to(course.secret_truth(assignment))

    def command(*words: str) -> subprocess.CompletedProcess:
        return subprocess.run([BIN / words[0], *words[1:]], cwd=course.root, capture_output=True, text=True)

    done = command("course", "autograde", assignment, "--json", "out.json")
    assert done.returncode == 0, done.stderr
    ours = scores(course, assignment)
    assert command("course", "feedback", assignment).returncode == 0
    for student in SECOND_TIME[assignment]:
        done = command("nbgrader", "autograde", assignment, "--force", "--student", student)
        assert done.returncode == 0, done.stderr[-2000:]
    document = json.loads((course.root / "out.json").read_text())
    return Graded(assignment, course, samples, document, ours, scores(course, assignment))


def test_every_sample_scores_as_it_must(graded: Graded):
    found = [
        records.read(
            graded.course.autograded(item.student, graded.assignment) / f"{graded.assignment}.ipynb",
            item.student,
            graded.assignment,
        )
        for item in graded.samples
    ]
    assert len(found) >= 5
    assert surprises(graded.samples, found, graded.assignment) == []


def test_nbgrader_and_course_agree_on_every_score(graded: Graded):
    assert len(graded.scores_of_course) == len(graded.samples)
    assert set(SECOND_TIME[graded.assignment]) < set(graded.scores_of_course)
    assert graded.scores_of_course == graded.scores_of_nbgrader


def test_json_has_every_submission_with_its_exercises(graded: Graded):
    assert {entry["student"] for entry in graded.document["submissions"]} == {item.student for item in graded.samples}
    right = graded.entry("sample_right")
    assert right["outcome"] == "graded"
    assert set(right["exercises"]) >= {check.exercise for check in checks.ASSIGNMENTS[graded.assignment]}
    (whole,) = [item.notebook for item in graded.samples if item.student == "sample_right"]
    points = sum(cell.metadata.nbgrader.points for cell in whole.cells if is_grade(cell))
    assert right["max_score"] + right["by_hand"] == points > 0
    assert right["score"] == right["max_score"] + checks.MOST_BONUS[graded.assignment]
    assert graded.entry("sample_empty")["score"] == 0.0


def test_feedback_and_report_name_each_mistake_of_a_sample_and_hide_the_truth(graded: Graded):
    mistakes = [
        item["mistake"] for item in graded.entry("sample_two_mistakes")["exercises"].values() if item["mistake"]
    ]
    assert len(mistakes) == 2
    page, report = graded.page("sample_two_mistakes"), graded.course.report(graded.assignment).read_text()
    assert all(mistake in page for mistake in mistakes)
    assert all(mistake.replace("_", " ") in report for mistake in mistakes)
    truths = (graded.course.secret_truth(graded.assignment), graded.course.public_truth(graded.assignment))
    private = leak_scan.private_strings(*truths)
    assert private
    assert not [text for text in private if text in page or text in report]
    assert "<b>expected</b>" not in page


def test_the_report_is_one_page_with_everyone_in_it(graded: Graded):
    page = graded.course.report(graded.assignment).read_text()
    assert all(item.student in page for item in graded.samples)
    (script,) = re.findall("<script[^>]*>", page)
    (nonce,) = re.findall("script-src 'nonce-([^']{16,})'", page)
    assert script == f'<script nonce="{nonce}">' and "http://" not in page and "https://" not in page


def test_feedback_does_not_run_what_a_student_displays(graded: Graded):
    page = graded.page("sample_other_style")
    assert "&lt;script&gt;forged()" in page
    assert "<script>forged()" not in page
    assert "&amp;lt;" not in page  # our own texts, such as COURSE_DATA=<folder>, are not escaped twice
    assert "data:image/png;base64" in page  # pictures stay


def test_a_link_to_a_private_file_brings_nothing_back(graded: Graded):
    for folder in (graded.course.autograded, graded.course.feedback):
        assert not (folder("sample_other_style", graded.assignment) / "notes.txt").exists()
    entry = graded.entry("sample_other_style")
    assert any("notes.txt" in note for note in entry["notes"])
    assert entry["score"] == entry["max_score"]


# --- what the class of ranking has beyond that -------------------------------------------------------------


@of_ranking
def test_a_score_of_ranking_is_points_and_bonus_without_what_is_graded_by_hand(graded: Graded):
    right = graded.entry("sample_right")
    assert (right["score"], right["max_score"], right["by_hand"]) == (12.875, 9.875, 0.125)
    embedder = graded.entry("sample_two_mistakes")["exercises"]["ranking.embedder"]
    assert (embedder["score"], embedder["outcome"], embedder["mistake"]) == (0.0, "failed", "sum_instead_of_mean")


@of_ranking
def test_one_exercise_is_lost_to_a_dead_kernel_and_to_an_endless_loop(graded: Graded):
    assert graded.entry("sample_dead_kernel")["score"] == 1.75
    assert graded.entry("sample_endless_loop")["score"] == 1.375


@of_ranking
def test_lost_metadata_is_repaired_and_noted(graded: Graded):
    entry = graded.entry("sample_no_metadata")
    assert entry["outcome"] == "graded after repairs"
    assert any("embedder" in note for note in entry["notes"])


@of_ranking
def test_of_five_bonus_tasks_three_count_and_nbgrader_has_them_as_extra_credit(graded: Graded):
    right = graded.entry("sample_right")
    bonus = {name: item for name, item in right["exercises"].items() if item["max_score"] == 0}
    assert [item["outcome"] for item in bonus.values()] == ["passed"] * 5
    assert [item["bonus"] for item in bonus.values()] == [1.0, 1.0, 1.0, 0.0, 0.0]
    assert right["bonus"] == 3.0
    assert sum(score or 0.0 for score in graded.scores_of_nbgrader["sample_right"].values()) == 12.875
    assert sum(score or 0.0 for score in graded.scores_of_nbgrader["sample_other_style"].values()) == 9.875
