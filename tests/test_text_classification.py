"""Claims that the text_classification notebook makes about its layers, its models and its data."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence

from course_lib.checks.text_classification.models import ALONE
from course_lib.checks.text_classification.quality import RNN_ACCURACY, TOPICS, observe_accuracy
from course_lib.ground_truth import ExerciseTruth
from course_lib.observation import Raised

LAYERS = [("RNN", nn.RNN), ("GRU", nn.GRU)]
WEIGHTS = ("weight_ih", "weight_hh", "bias_ih", "bias_hh")


@pytest.fixture(scope="module")
def names(references):
    return references("text_classification")


# --- hand-written layers against torch ---------------------------------------------------------------------


def twins(names, name, torch_class, embed, hidden):
    """Our layer and torch's with the same weights, in float64."""
    torch.manual_seed(0)
    ours, theirs = names[name](embed, hidden).double(), torch_class(embed, hidden, batch_first=True).double()
    with torch.no_grad():
        for weight in WEIGHTS:
            getattr(ours, weight).copy_(getattr(theirs, f"{weight}_l0"))
    return ours, theirs


@pytest.mark.parametrize(("name", "torch_class"), LAYERS)
@pytest.mark.parametrize(("batch", "steps", "embed", "hidden"), [(1, 1, 1, 1), (5, 17, 3, 8), (32, 40, 50, 20)])
def test_layers_equal_those_of_torch_on_padded_batches_gradients_included(
    names, name, torch_class, batch, steps, embed, hidden
):
    ours, theirs = twins(names, name, torch_class, embed, hidden)
    lengths = torch.randint(1, steps + 1, (batch,))
    start = torch.rand(batch, hidden).double()
    x, same_x = (torch.randn(batch, steps, embed).double().requires_grad_() for _ in range(2))
    same_x.data.copy_(x.data)
    _, last = ours(x, lengths, start)
    packed = pack_padded_sequence(same_x, lengths, batch_first=True, enforce_sorted=False)
    _, expected = theirs(packed, start[None])
    torch.testing.assert_close(last, expected[0], rtol=0, atol=1e-12)
    aim = torch.randn(batch, hidden).double()
    (last * aim).sum().backward()
    (expected[0] * aim).sum().backward()
    torch.testing.assert_close(x.grad, same_x.grad, rtol=0, atol=1e-10)
    for weight in WEIGHTS:
        torch.testing.assert_close(getattr(ours, weight).grad, getattr(theirs, f"{weight}_l0").grad)


@pytest.mark.parametrize(("name", "torch_class"), LAYERS)
def test_all_states_equal_those_of_torch(names, name, torch_class):
    ours, theirs = twins(names, name, torch_class, 6, 7)
    x = torch.randn(4, 100, 6).double()
    torch.testing.assert_close(ours(x, torch.full((4,), 100))[0], theirs(x)[0], rtol=0, atol=1e-12)


# --- padding -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("model", ["cnn", "rnn", "gru", "best"])
def test_logits_of_a_text_are_the_same_alone_and_in_any_batch(names, model):
    trained, texts = names[model].double(), names["news"]["test"]["text"][:60]
    try:
        alone = torch.cat([names["logits_of"](trained, [text]) for text in texts])
        for size in (2, 7, 60):
            batches = [texts[at : at + size] for at in range(0, 60, size)]
            together = torch.cat([names["logits_of"](trained, batch) for batch in batches])
            assert (together - alone).abs().max() <= 1e-6
    finally:
        trained.float()


# --- what the mini data shows ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def accuracies(names):
    """Accuracies on the test texts."""

    def measure(model):
        return names["evaluate"](model, nn.CrossEntropyLoss(), names["loaders"]["test"])[1]

    found = {name: measure(names[name]) for name in ("cnn", "rnn", "gru", "best")}
    train, test = names["news"]["train"], names["news"]["test"]
    vectorizer = TfidfVectorizer(sublinear_tf=True, min_df=2)
    bag = LogisticRegression(C=10, max_iter=1000).fit(vectorizer.fit_transform(train["text"]), train["label"])
    return found | {"bag": bag.score(vectorizer.transform(test["text"]), test["label"])}


def test_order_decides_so_a_bag_of_words_is_clearly_below_the_gru(accuracies):
    assert accuracies["gru"] > accuracies["bag"] + 0.15


def test_each_reader_beats_the_one_before(accuracies):
    assert accuracies["bag"] < accuracies["cnn"] < accuracies["gru"] < accuracies["best"]


def test_the_rnn_without_faults_is_far_above_chance_and_with_all_of_them_near_it(names, source_cell, accuracies):
    assert accuracies["rnn"] > 0.65
    space = dict(names)
    exec(source_cell("show-faults").partition("costs = {")[0], space)
    assert abs(space["faulty"](padding=True, initialisation=True, case=True) - 0.25) < 0.1


@pytest.fixture(scope="module")
def source_cell(course):
    """Cell id -> its source in the instructor notebook."""
    from course_lib.authoring.reference import read_notebook

    notebook = read_notebook(course.source_notebook("text_classification"))
    return lambda name: next(cell.source for cell in notebook.cells if cell.id == name)


# --- the check of quality ----------------------------------------------------------------------------------


@pytest.fixture
def judged():
    """Judge what is observed of a function of texts, where the reference is right on all of 400 texts but 40."""
    inputs = RNN_ACCURACY.inputs(3)
    answers = np.asarray(RNN_ACCURACY.answers(3))
    reference = answers.copy()
    reference[:40] = (reference[:40] + 1) % 4
    truth = ExerciseTruth({"cases": {ALONE: True, TOPICS: reference}, "answers": answers})

    def judge(logits_of):
        cases = dict(observe_accuracy(inputs, logits_of))
        return RNN_ACCURACY.judge(cases, truth, RNN_ACCURACY, True)

    known = dict(zip(inputs["texts"], answers, strict=True))
    judge.right = lambda texts: np.eye(4)[[known[text] for text in texts]]
    return judge


def test_right_topics_get_full_marks(judged):
    assert judged(judged.right).score == 1.0
    assert judged(lambda texts: torch.tensor(judged.right(texts), requires_grad=True)).score == 1.0


@pytest.mark.parametrize(
    "logits_of",
    [
        lambda texts: np.zeros((len(texts), 4)),
        lambda texts: np.full((len(texts), 4), np.nan),
        lambda texts: np.zeros(len(texts)),
        lambda texts: np.zeros((3, 4)),
        lambda texts: "World",
    ],
    ids=["constant", "nan", "one number", "too few", "text"],
)
def test_logits_that_say_nothing_get_zero(judged, logits_of):
    assert judged(logits_of).score == 0.0


def test_a_model_whose_logits_depend_on_the_batch_gets_zero_however_right_it_is(judged):
    verdict = judged(lambda texts: judged.right(texts) + 0.01 * max(map(len, texts)))
    assert verdict.score == 0.0
    assert verdict.finding.case == ALONE
    assert "padding" in verdict.finding.hint


def test_the_bar_is_a_share_of_what_the_reference_gains_over_chance(judged):
    wanted = 0.25 + RNN_ACCURACY.share * (0.9 - 0.25)

    def with_errors(count):
        wrong = set(RNN_ACCURACY.inputs(3)["texts"][:count])
        return lambda texts: np.stack(
            [np.roll(row, text in wrong) for row, text in zip(judged.right(texts), texts, strict=True)]
        )

    most = int(400 * (1 - wanted))
    assert judged(with_errors(most)).score == 1.0
    assert judged(with_errors(most + 1)).score == 0.0


def test_an_error_in_the_model_is_reported(judged):
    verdict = judged(lambda texts: 1 / 0)
    assert verdict.score == 0.0
    assert "ZeroDivisionError" in verdict.finding.got
    assert isinstance(dict(observe_accuracy(RNN_ACCURACY.inputs(3), lambda texts: 1 / 0))[TOPICS], Raised)
