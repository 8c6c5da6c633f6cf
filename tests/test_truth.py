"""Recorded truths: equal exactly, where models are trained in quality; the mini data comes from one registry."""

import dataclasses
import sys
import types

import numpy as np
import pytest
from typer.testing import CliRunner

from course_lib import checks, data
from course_lib.authoring import truth
from course_lib.checks.base import Check, judge_cases
from course_lib.cli.main import app, main
from course_lib.data import mini_data
from course_lib.ground_truth import ExerciseTruth, GroundTruth, Mistake
from course_lib.observation import Raised
from course_lib.paths import Course

ANSWERS = [0, 1, 2, 3] * 50


def accuracy(predictions, answers):
    return float((np.asarray(predictions) == answers).mean())


def check(name, **fields):
    return Check(f"toy.{name}", lambda seed: {}, lambda inputs: (), {"case": "hint"}, judge_cases, **fields)


@pytest.fixture(autouse=True)
def toy(monkeypatch):
    """An assignment with an exercise that is compared in quality, and one that is compared exactly."""
    toys = [check("trained", answers=lambda seed: ANSWERS, quality=accuracy), check("exact")]
    monkeypatch.setattr(checks, "ASSIGNMENTS", {**checks.ASSIGNMENTS, "toy": toys})


def recorded(predictions=ANSWERS, answers=ANSWERS, value=1.0, hint="h", case="case"):
    mistakes = (Mistake("m", hint, {"cases": {"case": value}}),)
    trained = ExerciseTruth({"cases": {case: np.array(predictions)}, "answers": answers}, mistakes)
    return GroundTruth(
        "toy", 1, False, {"toy.trained": trained, "toy.exact": ExerciseTruth({"cases": {"case": value}})}
    )


def wrong(count):
    """Predictions of which so many are wrong."""
    return [(label + 1) % 4 for label in ANSWERS[:count]] + ANSWERS[count:]


def test_other_points_are_another_truth():
    one, other = (dataclasses.replace(recorded(), points={"toy.exact": points}) for points in (0.5, 1.0))
    assert truth.same(one, one)
    assert not truth.same(one, other) and not truth.same(one, recorded())


def test_predictions_that_are_wrong_elsewhere_are_the_same_truth_but_for_an_exact_exercise():
    elsewhere = [(label + 3) % 4 if place >= 180 else label for place, label in enumerate(ANSWERS)]
    assert accuracy(elsewhere, ANSWERS) == accuracy(wrong(20), ANSWERS) == 0.9
    assert truth.same(recorded(wrong(20)), recorded(elsewhere))
    assert not truth.same(recorded(value=np.array(wrong(20))), recorded(value=np.array(elsewhere)))


@pytest.mark.parametrize(("count", "same"), [(0, True), (9, True), (11, False), (200, False)])
def test_quality_may_drift_by_5_hundredths(count, same):
    assert truth.same(recorded(), recorded(wrong(count))) == same
    assert truth.same(recorded(wrong(count)), recorded()) == same


@pytest.mark.parametrize(
    "other",
    [{"answers": ANSWERS[::-1]}, {"answers": ANSWERS[1:]}, {"hint": "another"}, {"case": "other"}, {"value": 2.0}],
)
def test_answers_cases_hints_and_exact_exercises_must_be_equal(other):
    assert truth.same(recorded(), recorded(**{"predictions": ANSWERS, **other})) is False


@pytest.mark.parametrize("other", [False, ANSWERS[1:], np.array([ANSWERS]), Raised("ValueError", "no")])
def test_a_case_without_a_row_for_each_answer_must_be_equal(other):
    flag = recorded()
    flag.exercises["toy.trained"].observation["cases"]["case"] = True
    changed = recorded()
    changed.exercises["toy.trained"].observation["cases"]["case"] = other
    assert not truth.same(flag, changed) and not truth.same(changed, flag)
    assert not truth.same(recorded(), changed) and not truth.same(changed, recorded())
    assert truth.same(changed, changed) and truth.same(flag, flag)


def test_a_truth_is_the_same_after_saving_and_loading(tmp_path):
    recorded().save(tmp_path / "gt.json")
    assert truth.same(recorded(), GroundTruth.load(tmp_path / "gt.json"))


def test_another_set_of_exercises_is_another_truth():
    one = recorded()
    fewer = dataclasses.replace(one, exercises={"toy.exact": one.exercises["toy.exact"]})
    assert not truth.same(one, fewer) and not truth.same(fewer, one)


def test_each_check_with_answers_says_what_quality_is():
    every = [check for group in checks.ASSIGNMENTS.values() for check in group]
    assert [check.exercise for check in every if (check.answers is None) != (check.quality is None)] == []
    assert any(check.quality for check in checks.ASSIGNMENTS["ranking"])


# --- mini data ---------------------------------------------------------------------------------------------


def contents(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def toy_mini(monkeypatch):
    """A generator for `toy`; its data is the seed."""
    module = types.ModuleType("toy_mini")
    module.SEED = 7

    def write(folder, seed):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "seed.txt").write_text(str(seed))

    module.write = write
    monkeypatch.setitem(sys.modules, "toy_mini", module)
    monkeypatch.setitem(mini_data.WRITERS, "toy", "toy_mini")


def test_mini_data_is_written_from_the_seed_of_the_package_or_another(toy_mini, tmp_path):
    mini_data.write("toy", tmp_path)
    assert contents(tmp_path) == {"seed.txt": b"7"}
    mini_data.write("toy", tmp_path, 0)
    assert contents(tmp_path) == {"seed.txt": b"0"}


def test_the_command_writes_the_files_of_all_assignments(toy_mini, monkeypatch, tmp_path):
    monkeypatch.setattr(data, "MINI", tmp_path)
    done = CliRunner().invoke(app, ["mini-data"])
    assert done.exit_code == 0, done.output
    assert {name.partition("/")[0] for name in contents(tmp_path)} == set(mini_data.WRITERS)
    assert contents(tmp_path)["toy/seed.txt"] == b"7"
    assert all(str(tmp_path / name) in done.output for name in mini_data.WRITERS)


def test_the_command_writes_the_files_of_one_assignment(monkeypatch, tmp_path):
    stored = contents(data.MINI / "ranking")
    monkeypatch.setattr(data, "MINI", tmp_path)
    assert CliRunner().invoke(app, ["mini-data", "ranking"]).exit_code == 0
    written = contents(tmp_path)
    assert set(written) == {f"ranking/{name}" for name in stored}
    assert all(written[f"ranking/{name}"] == stored[name] for name in stored if name.endswith(".tsv"))


def test_the_command_names_an_unknown_assignment(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["course", "mini-data", "rankings"])
    with pytest.raises(SystemExit) as done:
        main()
    assert done.value.code == 2
    assert capsys.readouterr().err == (
        "error: there is no mini data rankings; there is: ranking, text_classification, recurrent_networks\n"
    )


def test_the_secret_truth_goes_with_secret_data_of_the_same_assignment_and_seed(toy_mini, monkeypatch, tmp_path):
    course, recordings = Course(tmp_path), []

    def record(course, assignment, seed, secret, data_folder):
        assert contents(data_folder) == {"toy/seed.txt": str(seed).encode()}
        recordings.append((seed, secret))
        if len(recordings) == 1:
            raise truth.UnsuitableSeed
        return GroundTruth(assignment, seed, secret)

    monkeypatch.setattr(truth, "record", record)
    for new_seed in (False, False, True):
        truth.record_secret(course, "toy", new_seed)
        assert GroundTruth.load(course.secret_truth("toy")).seed == recordings[-1][0]
    seeds = [seed for seed, _ in recordings]
    assert seeds[1] == seeds[2] and len(set(seeds)) == 3  # thrown away, drawn and kept, drawn again
    assert all(secret for _, secret in recordings)
