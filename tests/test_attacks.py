"""The hostile suite gains nothing, loses nothing that was earned, and harms nobody; and it would see it if it did."""

from __future__ import annotations

from collections import Counter

import pytest

from course_lib.authoring import attack_class, attacks
from course_lib.authoring.attack_class import Row, _differences, _digests, _judge
from course_lib.authoring.attacks import Attack, Maker
from course_lib.paths import Course
from course_lib.verdict import SubmissionOutcome

ROWS = 48  # kinds of attack that broke other graders
SAMPLE = (2, 8, 9, 13, 18, 20, 21, 22, 24, 31, 34, 36, 38, 42, 46)  # of them; `make attacks` takes all


@pytest.fixture(scope="module")
def suite(course: Course) -> list[Attack]:
    makers = {name: Maker(course, name) for name in attacks.EARNED}
    return [attack for name, module in attacks.load(course) for attack in module.attacks(makers[name])]


def test_every_row_has_an_attack_and_every_attack_a_name_of_its_own(suite: list[Attack]):
    assert {attack.row for attack in suite} == set(range(1, ROWS + 1))
    assert max(Counter(attack.student for attack in suite).values()) == 1
    assert len(suite) >= 100


def test_what_an_attack_earns_are_exercises(course: Course, suite: list[Attack]):
    for attack in suite:
        assert set(attack.earns) <= set(Maker(course, attack.assignment).right), attack.student


@pytest.mark.slow
def test_a_class_of_attackers_gains_nothing_loses_nothing_and_harms_nobody(course: Course):
    found = attack_class.run(course, SAMPLE, each=1, together=True)
    assert [(row.path, row.attempts) for row in found] == [(path, len(SAMPLE)) for path in sorted(attack_class.PATHS)]
    assert [(row.path, row.problems) for row in found if not row.good] == []


# --- the suite sees damage ---------------------------------------------------------------------------------


def an_attack(earns: tuple[str, ...]) -> Attack:
    return Attack(1, "name", "story", lambda folder: None, earns, (SubmissionOutcome.GRADED,), says="too long")


def entry(outcome: str = "graded", notes: tuple[str, ...] = ("it took too long",)) -> dict:
    exercises = {
        f"meta_lstm.{name}": {"max_score": 0.5}
        for name in "make_sequence make_batch best_possible language_model next_token_loss translated translate "
        "train_language_model".split()
    }
    return {"outcome": outcome, "notes": list(notes), "exercises": exercises}


def judged(scores: dict[str, float] | None, *entries: dict) -> Row:
    row = Row(1, "course autograde", 1)
    _judge(row, an_attack(("translated",)), scores, list(entries))
    return row


def test_what_is_due_is_no_problem():
    assert judged({"test_translated": 0.5}, entry()).good


def test_a_point_gained_is_seen():
    row = judged({"test_translated": 0.5, "test_translate": 0.5}, entry())
    assert (row.points_gained, row.points_lost, row.good) == (0.5, 0.0, False)


def test_a_point_lost_is_seen():
    row = judged({"test_translated": 0.0}, entry())
    assert (row.points_gained, row.points_lost, row.good) == (0.0, 0.5, False)


@pytest.mark.parametrize("entries", [(), (entry(), entry()), (entry("no notebook"),), (entry(notes=()),)])
def test_no_outcome_two_outcomes_a_wrong_one_and_a_missing_word_are_seen(entries: tuple[dict, ...]):
    assert judged({"test_translated": 0.5}, *entries).problems


def test_a_submission_that_is_not_in_the_gradebook_is_seen():
    assert judged(None, entry()).problems


def test_changed_new_and_removed_files_are_seen(tmp_path):
    for name in ("source/a.ipynb", ".secrets/a.json", "submitted/x/y.ipynb"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("before")
    before = _digests(tmp_path)
    (tmp_path / "source/a.ipynb").write_text("after")
    (tmp_path / ".secrets/a.json").unlink()
    (tmp_path / "submitted/x/new.ipynb").write_text("")
    assert _differences(before, _digests(tmp_path)) == {"source/a.ipynb", ".secrets/a.json", "submitted/x/new.ipynb"}
