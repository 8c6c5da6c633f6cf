"""The ground-truth file: the same bytes each time, and one clear line when it is not what it should be."""

import json

import numpy as np
import pytest

from course_lib import TaskTests, checks
from course_lib.authoring import reference
from course_lib.compare import agree
from course_lib.errors import CourseError, GroundTruthError
from course_lib.ground_truth import ExerciseTruth, GroundTruth, Mistake
from course_lib.observation import Raised, Unsupported

OBSERVED = {
    "cases": {
        "array": np.arange(6, dtype="float32").reshape(2, 3),
        "hits": {1: 0.5, 10: 1.0},
        "error": Raised("KeyError", "'naïve'"),
        "odd": [Unsupported("set"), float("nan"), None, "→"],
    },
    "answers": [3, 1, 2],
}

each_assignment = pytest.mark.parametrize("assignment", checks.ASSIGNMENTS)


@pytest.fixture
def truth():
    mistake = Mistake("forgotten", "do not forget → it", {"cases": {"array": np.zeros(2)}})
    exercises = {"ranking.b": ExerciseTruth(OBSERVED, (mistake,)), "ranking.a": ExerciseTruth({"cases": {}})}
    return GroundTruth("ranking", 2**61 + 1, True, exercises, {"ranking.b": 0.125, "ranking.a": 2.0})


@pytest.fixture
def path(truth, tmp_path):
    truth.save(tmp_path / "new folder" / "test_gt.json")
    return tmp_path / "new folder" / "test_gt.json"


def test_a_saved_truth_comes_back(truth, path):
    loaded = GroundTruth.load(path)
    assert (loaded.assignment, loaded.seed, loaded.secret) == ("ranking", 2**61 + 1, True)
    assert set(loaded.exercises) == {"ranking.a", "ranking.b"}
    assert loaded.points == {"ranking.b": 0.125, "ranking.a": 2.0}
    assert agree(loaded.exercises["ranking.b"].observation, OBSERVED)
    assert loaded.exercises["ranking.b"].observation["cases"]["array"].dtype == "float32"
    (mistake,) = loaded.exercises["ranking.b"].mistakes
    assert (mistake.name, mistake.hint) == ("forgotten", "do not forget → it")
    assert loaded.exercises["ranking.a"].mistakes == ()


def test_saving_a_loaded_truth_gives_the_same_bytes(path, tmp_path):
    GroundTruth.load(path).save(tmp_path / "again.json")
    assert (tmp_path / "again.json").read_bytes() == path.read_bytes()


def test_the_order_of_exercises_does_not_change_the_bytes(truth, path, tmp_path):
    exercises, points = (dict(reversed(values.items())) for values in (truth.exercises, truth.points))
    turned = GroundTruth(truth.assignment, truth.seed, truth.secret, exercises, points)
    turned.save(tmp_path / "turned.json")
    assert (tmp_path / "turned.json").read_bytes() == path.read_bytes()


def test_a_file_of_before_points_were_kept_still_loads(path):
    document = json.loads(path.read_text(encoding="utf-8"))
    del document["points"]
    path.write_text(json.dumps(document), encoding="utf-8")
    assert GroundTruth.load(path).points == {}


@pytest.mark.parametrize("points", [[1], 3, {"ranking.a": "many"}, {"ranking.a": None}])
def test_malformed_points_are_one_clear_line(path, points):
    document = json.loads(path.read_text(encoding="utf-8")) | {"points": points}
    path.write_text(json.dumps(document), encoding="utf-8")
    with pytest.raises(GroundTruthError, match="is not a ground-truth file"):
        GroundTruth.load(path)


def test_saving_leaves_nothing_else_behind(path):
    assert [other.name for other in path.parent.iterdir()] == ["test_gt.json"]


@each_assignment
def test_the_shipped_truth_is_stored_as_save_writes_it(course, tmp_path, assignment):
    shipped = course.public_truth(assignment)
    GroundTruth.load(shipped).save(tmp_path / "again.json")
    assert (tmp_path / "again.json").read_bytes() == shipped.read_bytes()


@each_assignment
def test_the_shipped_truth_has_the_points_of_its_notebook(course, assignment):
    points = GroundTruth.load(course.public_truth(assignment)).points
    assert points == reference.points(reference.read_notebook(course.source_notebook(assignment)), assignment)
    by_hand = {"ranking.word_vectors_comment"} if assignment == "ranking" else set()
    assert set(points) == by_hand | {check.exercise for check in checks.ASSIGNMENTS[assignment]}
    assert sum(points.values()) == {"toy_chooser": 5.0, "meta_lstm": 5.0, "ranking": 15.0}.get(assignment, 10.0)


@each_assignment
def test_the_shipped_truth_is_public_and_of_its_assignment(course, assignment):
    truth = GroundTruth.load(course.public_truth(assignment))
    assert not truth.secret
    assert truth.assignment == assignment
    assert set(truth.exercises) == {check.exercise for check in checks.ASSIGNMENTS[assignment]}


def test_a_missing_file_is_named_with_the_remedy(tmp_path):
    line = refusal(tmp_path / "test_gt.json")
    assert "is missing" in line
    assert "start Jupyter in that folder" in line


def document(**changes):
    good = {"format": 1, "assignment": "ranking", "seed": 1, "secret": False, "exercises": {}}
    return json.dumps({**good, **changes})


def exercise(**changes):
    return document(exercises={"ranking.a": {"observation": {"$": "dict", "v": []}, "mistakes": [], **changes}})


MALFORMED = {
    "empty": "",
    "cut short": document()[:-5],
    "not text": b"\x80\x04\x95\xff",
    "a list": "[]",
    "null": "null",
    "a number": "3",
    "no format": "{}",
    "no exercises": '{"format": 1, "assignment": "ranking", "seed": 1, "secret": false}',
    "exercises of a list": document(exercises=[]),
    "seed of a word": document(seed="one"),
    "seed of null": document(seed=None),
    "exercise of null": document(exercises={"ranking.a": None}),
    "unknown tag": exercise(observation={"$": "pickle"}),
    "malformed array": exercise(observation={"$": "array", "dtype": "object", "shape": [1], "data": ""}),
    "mistake without name": exercise(mistakes=[{"hint": "h", "observation": None}]),
    "mistakes of null": exercise(mistakes=None),
    "nested absurdly": "[" * 100_000 + "]" * 100_000,
}


def refusal(path):
    """The message with which reading all of it fails: one line that names the file."""
    with pytest.raises(GroundTruthError) as caught:
        dict(GroundTruth.load(path).exercises)
    line = str(caught.value)
    assert str(path) in line
    assert len(line.splitlines()) == 1
    assert caught.value.__context__ is None or caught.value.__suppress_context__
    return line


@pytest.mark.parametrize("content", MALFORMED.values(), ids=MALFORMED)
def test_a_malformed_file_is_named_with_the_remedy(content, tmp_path):
    path = tmp_path / "test_gt.json"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    assert "fetch the file again" in refusal(path)


def test_a_folder_in_place_of_the_file_is_named_with_the_remedy(tmp_path):
    assert "fetch the file again" in refusal(tmp_path)


@pytest.mark.parametrize("number", [0, 2, "1", None])
def test_another_format_is_named_with_the_remedy(number, tmp_path):
    path = tmp_path / "test_gt.json"
    path.write_text(document(format=number), encoding="utf-8")
    line = refusal(path)
    assert f"format {number}" in line
    assert "update" in line


@pytest.mark.parametrize("name", ["cooking", "", "ranking "])
def test_an_unknown_assignment_is_named_with_the_remedy(name, tmp_path):
    path = tmp_path / "test_gt.json"
    path.write_text(document(assignment=name), encoding="utf-8")
    with pytest.raises(CourseError) as caught:
        TaskTests.from_json(path)
    line = str(caught.value)
    assert str(path) in line and repr(name) in line and "update" in line
    assert len(line.splitlines()) == 1
