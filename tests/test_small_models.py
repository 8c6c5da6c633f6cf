"""Claims that the toy_chooser and meta_lstm notebooks make about their models, and the made-up languages."""

import itertools
import math

import numpy as np
import pytest
import torch

from course_lib.checks.meta_lstm import reading
from course_lib.data.languages import Game, all_languages, split_languages


@pytest.fixture(scope="module")
def chooser_names(references):
    return references("toy_chooser")


@pytest.fixture(scope="module")
def meta_names(references):
    return references("meta_lstm")


# --- toy chooser -------------------------------------------------------------------------------------------


def test_the_trained_chooser_is_right_in_99_of_100_problems_of_ten_options(chooser_names):
    rng = np.random.default_rng(77)
    examples = [chooser_names["make_example"](rng, 10, 10) for _ in range(2000)]
    chosen = chooser_names["choose"](chooser_names["chooser"], [(number, options) for number, options, _ in examples])
    assert np.mean([place == answer for place, (*_, answer) in zip(chosen, examples, strict=True)]) >= 0.99


def test_choosers_of_the_same_seeds_have_the_same_losses(chooser_names):
    def losses(start, seed):
        torch.manual_seed(start)
        return chooser_names["train_chooser"](chooser_names["new_chooser"](), num_steps=3, seed=seed)[1]

    assert losses(0, 0) == losses(0, 0)
    assert losses(0, 0) != losses(0, 1)
    assert losses(0, 0) != losses(1, 0)


# --- languages ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("left", "right"), [(1, 1), (2, 2), (3, 5), (6, 6)])
def test_languages_are_all_different_and_use_no_word_twice(left, right):
    game = Game(num_examples=2, num_left=left, num_right=right, num_words=2)
    languages = all_languages(game)
    assert languages.shape == (math.perm(right, left), left)
    assert len(languages.unique(dim=0)) == len(languages)
    assert all(len(set(row)) == left for row in languages.tolist())
    assert languages.min() >= left and languages.max() < game.soh


def test_a_split_loses_no_language_and_keeps_those_held_back_apart():
    languages = all_languages(Game(2, 3, 5, 2))
    train, unseen = split_languages(languages)
    assert len(unseen) == round(0.2 * len(languages))
    parts = [set(map(tuple, part.tolist())) for part in (train, unseen)]
    assert parts[0] | parts[1] == set(map(tuple, languages.tolist()))
    assert not parts[0] & parts[1]
    again = split_languages(languages)
    assert torch.equal(train, again[0]) and torch.equal(unseen, again[1])
    assert not torch.equal(train, split_languages(languages, seed=1)[0])


# --- meta-LSTM ---------------------------------------------------------------------------------------------


def bayes(game):
    """Loss and accuracy (K, T) of the best reader, from all languages and all source words, one by one."""
    languages = [tuple(row) for row in all_languages(game).tolist()]
    count = game.num_examples * game.num_words
    losses, accuracies = np.zeros(count), np.zeros(count)
    cases = list(itertools.product(languages, itertools.product(range(game.num_left), repeat=count)))
    for language, source in cases:
        possible = languages
        for place, word in enumerate(source):
            votes = [other[word] for other in possible]
            share = votes.count(language[word]) / len(votes)
            losses[place] -= math.log(share)
            accuracies[place] += max(votes.count(vote) for vote in votes) / len(votes)
            possible = [other for other in possible if other[word] == language[word]]
    shape = (game.num_examples, game.num_words)
    return losses.reshape(shape) / len(cases), accuracies.reshape(shape) / len(cases)


@pytest.mark.parametrize("sizes", [(2, 2, 3, 2), (4, 3, 3, 1), (1, 2, 4, 3)])
def test_the_best_that_is_possible_is_that_of_bayes(meta_names, sizes):
    game = Game(*sizes)
    for found, wanted in zip(meta_names["best_possible"](game), bayes(game), strict=True):
        np.testing.assert_allclose(found, wanted, rtol=1e-12)


def test_the_trained_model_translates_unseen_languages_nearly_as_well_as_possible(meta_names):
    _, accuracies = meta_names["best_possible"](meta_names["GAME"])
    best = accuracies[-1].mean()
    assert 0.95 <= meta_names["score"](meta_names["model"], meta_names["unseen_languages"]) <= best + 0.01


def test_models_of_the_same_seeds_have_the_same_losses(meta_names):
    def losses(start, seed):
        torch.manual_seed(start)
        train, languages = meta_names["train_language_model"], meta_names["train_languages"]
        return train(meta_names["new_model"](), languages, num_steps=3, seed=seed)[1]

    assert losses(0, 0) == losses(0, 0)
    assert losses(0, 0) != losses(0, 1)
    assert losses(0, 0) != losses(1, 0)


def test_the_check_asks_for_languages_that_no_model_may_train_on(meta_names):
    assert meta_names["GAME"] == reading.GAME
    game, unseen = reading.GAME, set(map(tuple, meta_names["unseen_languages"].tolist()))
    prompts, answers = reading.prompts_and_answers(5)
    wholes = np.concatenate([prompts, answers], axis=1).reshape(len(prompts), game.num_examples, game.span)
    sources, targets = wholes[:, :, 1 : game.num_words + 1], wholes[:, :, game.num_words + 2 :]
    for source, target in zip(sources, targets, strict=True):
        pairs = dict(zip(source.ravel().tolist(), target.ravel().tolist(), strict=True))
        assert any(all(language[word] == right for word, right in pairs.items()) for language in unseen)
