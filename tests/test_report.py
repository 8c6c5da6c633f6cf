"""The class report: what it counts, and that it shows what a class wrote without running it."""

import re
from html.parser import HTMLParser

import pytest

from course_lib.grading import report
from course_lib.grading.records import ExerciseRecord, SubmissionOutcome, SubmissionRecord
from course_lib.paths import Course

HINT = "this is the sum; divide it by the number of words (sum_instead_of_mean)"
SUM = ExerciseRecord(0.0, 1.0, "failed", "sum_instead_of_mean", "mean of three", 0.0, HINT)
UNKNOWN = ExerciseRecord(0.0, 1.0, "failed", None, "zeros of <b>that</b> dimension", 0.0, "zeros of shape (dim,)")
RIGHT = ExerciseRecord(1.0, 1.0, "passed")
UNWRITTEN = ExerciseRecord(0.0, 1.0, "not implemented")
TIED = ExerciseRecord(0.0, 1.0, "failed", "ties_counted", "a tie", 0.0, "a tie is not above (ties_counted)")
BY_HAND = ExerciseRecord(None, 1.0, "needs manual grading")


def graded(student, embedder, scorer):
    exercises = {"ranking.embedder": embedder, "ranking.scorer": scorer, "ranking.comment": BY_HAND}
    score = sum(item.score or 0.0 for item in exercises.values())
    return SubmissionRecord(student, SubmissionOutcome.GRADED, score, 2.0, 1.0, 0.0, exercises, [], 3.0)


CLASS = [
    graded("ann", SUM, TIED),
    graded("bob", RIGHT, TIED),
    graded("cem", SUM, TIED),
    graded("dia", UNKNOWN, UNWRITTEN),
    graded("eve", RIGHT, RIGHT),
]


@pytest.fixture
def page(tmp_path):
    report.write(Course(tmp_path), "ranking", CLASS)
    return Course(tmp_path).report("ranking").read_text(encoding="utf-8")


def test_the_mistakes_of_a_class_are_counted_the_commonest_first():
    found = report.context("ranking", CLASS)["mistakes"]
    assert [(one["exercise"], one["mistake"], one["students"]) for one in found] == [
        ("ranking.scorer", "ties_counted", ["ann", "bob", "cem"]),
        ("ranking.embedder", "sum_instead_of_mean", ["ann", "cem"]),
        ("ranking.embedder", None, ["dia"]),
    ]


def test_the_page_says_which_mistake_how_many_made_it_and_what_they_read(page):
    rows = [" ".join(re.sub("<[^>]*>", " ", row).split()) for row in re.findall("(?s)<tr>.*?</tr>", page)]
    assert "scorer ties counted 3 a tie is not above ann, bob, cem" in rows
    assert "embedder sum instead of mean 2 this is the sum; divide it by the number of words ann, cem" in rows
    (unknown,) = [row for row in rows if "not known" in row]
    assert unknown.startswith("embedder not known; first wrong: zeros of &lt;b&gt;that&lt;/b&gt; dimension 1")


def test_a_class_without_wrong_answers_is_told_so(tmp_path):
    report.write(Course(tmp_path), "ranking", [graded("eve", RIGHT, UNWRITTEN)])
    assert "No wrong answers" in Course(tmp_path).report("ranking").read_text(encoding="utf-8")


def test_an_empty_class_has_a_page_too(tmp_path):
    report.write(Course(tmp_path), "ranking", [])
    assert "0 submissions" in Course(tmp_path).report("ranking").read_text(encoding="utf-8")


def test_every_tag_of_the_page_is_closed(page):
    open_tags = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag, attributes):
            if tag not in {"meta", "br"}:
                open_tags.append(tag)

        def handle_endtag(self, tag):
            assert open_tags.pop() == tag

    Reader().feed(page)
    assert open_tags == []
