"""Cases of random answers are worked out from the record of their calls, and nothing known beforehand passes."""

import functools

import numpy as np
import pytest
import torch
from torch import nn

from course_lib import checks, observation
from course_lib.authoring import bank, truth
from course_lib.authoring.reference import check_calls, observe, read_notebook
from course_lib.checks.base import judge, run_observer, worked_out
from course_lib.checks.replay import Player, Record, Recorder, bare
from course_lib.ground_truth import GroundTruth
from course_lib.observation import Raised

RECORD = Record(frozenset())
ALL = [check for its in checks.ASSIGNMENTS.values() for check in its]
RECORDED = [check for check in ALL if check.record]
OTHER_SEED = 12345

each_recorded = pytest.mark.parametrize("check", RECORDED, ids=lambda check: check.exercise)


@pytest.fixture(scope="module")
def public(course):
    """Assignment -> the stored public truth."""
    return functools.cache(lambda assignment: GroundTruth.load(course.public_truth(assignment)))


@pytest.fixture(scope="module")
def others(course, references):
    """Assignment -> the truth of another seed, without mistakes."""

    @functools.cache
    def make(assignment):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(bank, "read", lambda *_, **__: [])
            return truth.record(course, assignment, OTHER_SEED, True, None, names=references(assignment))

    return make


@pytest.fixture
def its_truth(public, check):
    return public(check.exercise.partition(".")[0]).exercises[check.exercise]


def inputs_of(check, seed=truth.PUBLIC_SEED):
    return observation.plain(check.inputs(seed))


def verdict(check, sent, its_truth, seed=truth.PUBLIC_SEED):
    """As the grader judges what was sent."""
    observed = worked_out(check, observation.decode(observation.encode(sent)), inputs_of(check, seed))
    return judge(check, observed, its_truth, reveal=False)


# --- Recorder and Player -------------------------------------------------------------------------------------


def replay(function, *arguments, record=RECORD, **keywords):
    """What the player gives for one call of a function that was recorded and sent."""
    recorder = Recorder(function, record)
    recorder(*arguments, **keywords)
    return Player(observation.plain(recorder.calls), record)(*arguments, **keywords)


@pytest.mark.parametrize("dtype", [torch.int64, torch.float32, torch.bool])
def test_a_tensor_comes_back_as_a_tensor(dtype):
    given = torch.tensor([[0, 1], [1, 1]], dtype=dtype)
    found = replay(lambda: given)
    assert type(found) is torch.Tensor and found.dtype == dtype and torch.equal(found, given)


def test_a_list_comes_back_as_a_list():
    assert replay(lambda: [1, (2.5, "x"), None]) == [1, [2.5, "x"], None]


def test_an_array_does_not_become_a_tensor():
    assert type(replay(lambda: np.arange(3))) is np.ndarray


def test_arguments_and_keywords_reach_the_function():
    assert replay(lambda a, *, b: [a, b], 1, b=2) == [1, 2]


def test_a_result_is_recorded_as_it_was_then():
    given = torch.zeros(2)
    recorder = Recorder(lambda: given, RECORD)
    recorder()
    given.fill_(7)
    assert Player(recorder.calls, RECORD)().tolist() == [0.0, 0.0]


@pytest.mark.parametrize("error", [ValueError("no"), NotImplementedError(), SystemExit(3), KeyError("k")])
def test_an_exception_is_raised_both_times_by_its_name(error):
    def fail():
        raise error

    recorder = Recorder(fail, RECORD)
    with pytest.raises(type(error)):
        recorder()
    with pytest.raises(Exception) as caught:
        Player(observation.plain(recorder.calls), RECORD)()
    assert type(caught.value).__name__ == type(error).__name__
    assert isinstance(caught.value, Exception)  # so that no SystemExit of a student ends the grader


def test_calls_come_in_their_order_and_then_an_error_that_no_truth_has():
    player = Player([[False, 1], [False, 2]], RECORD)
    assert [player(), player()] == [1, 2]
    for _ in range(2):
        with pytest.raises(Exception, match="less often") as caught:
            player()
        assert type(caught.value).__name__ == "Missing"


def test_bare_is_the_student_s_function():
    assert bare(Recorder(len, RECORD)) is len and bare(len) is len


class Liar(torch.Tensor):
    """Equal to everything, and other numbers for whoever asks."""

    @classmethod
    def __torch_function__(cls, function, types, args=(), kwargs=None):
        if function is torch.equal or "eq" in getattr(function, "__name__", ""):
            return True
        return super().__torch_function__(function, types, args, kwargs or {})

    def __eq__(self, other):
        return True

    __hash__ = torch.Tensor.__hash__

    def tolist(self):
        return "lie"


def test_a_tensor_that_lies_is_plain_after_the_record():
    liar = torch.arange(3).as_subclass(Liar)
    assert torch.equal(liar, torch.zeros(9)) is True
    found = replay(lambda: liar)
    assert type(found) is torch.Tensor
    assert found.tolist() == [0, 1, 2] and not torch.equal(found, torch.zeros(9))


def test_what_only_says_that_it_is_a_tensor_is_none():
    class Fake:
        __class__ = torch.Tensor

    with pytest.raises(Exception, match="Unsupported"):
        replay(Fake)


# --- worked_out ----------------------------------------------------------------------------------------------


def test_the_recorded_checks_are_known():
    assert {check.exercise for check in RECORDED} == {
        "meta_lstm.make_sequence",
        "meta_lstm.make_batch",
        "toy_chooser.make_example",
        "recurrent_networks.keras_start",
    }


@pytest.mark.slow
@each_recorded
def test_the_reference_passes_by_its_calls_alone(course, references, check, its_truth):
    assignment, _, exercise = check.exercise.partition(".")
    call = check_calls(read_notebook(course.source_notebook(assignment)))[exercise]
    names = references(assignment)
    text = run_observer(check, inputs_of(check), lambda: tuple(eval(argument, names) for argument in call.arguments))
    sent = observation.decode(text)
    assert set(sent["cases"]) == check.record.inside and sent["calls"]
    assert verdict(check, sent, its_truth).score == 1.0
    forged = {"cases": its_truth.observation["cases"]}
    for calls in (sent["calls"][:1], sent["calls"][1:2] * len(sent["calls"])):
        assert verdict(check, {**forged, "calls": calls}, its_truth).score == 0.0
    observed = observe(check, call, names, inputs_of(check))
    assert list(observed["cases"]) and judge(check, observed, its_truth).score == 1.0


NESTED = [[[None, {"a": [True, -1.5]}], "x"], {1: {2: [[]]}}, [True, [True, [True]]]]
MALFORMED = {
    "none": None,
    "a number": 7,
    "a text": "calls",
    "a dictionary": {"calls": []},
    "empty": [],
    "nones": [None] * 5000,
    "numbers": [0, 1.5, -(2**62), float("nan"), float("inf")] * 1000,
    "texts": ["", "x", "9" * 5000] * 1000,
    "nested": NESTED * 1000,
    "triples": [[0, [0], 5], [5, [], 0], [-1, [-9, 10**18], -1], [1e308, [float("inf")], 0]] * 2000,
    "tensors of rubbish": [[True, x] for x in (None, "x", [[1], [1, 2]], {"a": 1}, np.zeros(3), 10**18)] * 1000,
    "wrong shapes": [[True, np.zeros(shape, "int64")] for shape in ((), (0,), (3, 3), (1, 1, 1, 1))] * 1000,
    "parameters": [{"weight": np.zeros(3)}, {"weight_ih_l0": "x"}, {}, np.zeros(2)] * 100,
    "exceptions": [Raised("", ""), Raised("a\0b", "x"), Raised("SystemExit", "0"), Raised("é ñ", "x")] * 1000,
}


@pytest.mark.parametrize("name", MALFORMED)
@each_recorded
def test_malformed_calls_are_zero_and_raise_nothing(check, its_truth, name):
    told = its_truth.observation["cases"]  # all of them right, which is to be ignored
    assert verdict(check, {"cases": told, "calls": MALFORMED[name]}, its_truth).score == 0.0


@pytest.mark.parametrize("told", [None, 7, [], "cases", {}, {1: 2}])
@each_recorded
def test_malformed_cases_are_zero_and_raise_nothing(check, its_truth, told):
    assert verdict(check, {"cases": told, "calls": []}, its_truth).score == 0.0


@each_recorded
def test_cases_that_are_worked_out_are_not_taken_as_told(check):
    told = dict.fromkeys([*check.hints, "one more"], "told")
    found = worked_out(check, {"cases": told, "calls": []}, inputs_of(check))["cases"]
    assert {name for name, value in found.items() if value == "told"} == check.record.inside
    assert set(found) == set(check.hints)


@each_recorded
def test_without_calls_told_cases_count_for_nothing(check, its_truth):
    assert verdict(check, {"cases": its_truth.observation["cases"]}, its_truth).score == 0.0


def test_values_written_into_a_model_are_those_that_were_recorded():
    (check,) = (check for check in RECORDED if check.exercise.endswith("keras_start"))

    def fill(model):
        with torch.no_grad():
            for parameter in model.parameters():
                parameter.fill_(3)

    model = nn.Linear(2, 2)
    recorder = Recorder(fill, check.record)
    recorder(nn.Linear(2, 2))
    Player(observation.plain(recorder.calls), check.record)(model)
    assert all((parameter == 3).all() for parameter in model.parameters())


# --- what is known of one seed is worth nothing with another ---------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize(
    "check",
    [pytest.param(check, id=check.exercise) for check in ALL if not check.about_data],
)
def test_the_public_observation_is_zero_with_another_seed(check, its_truth, others):
    other = others(check.exercise.partition(".")[0]).exercises[check.exercise]
    assert verdict(check, {"cases": its_truth.observation["cases"]}, other, OTHER_SEED).score == 0.0
