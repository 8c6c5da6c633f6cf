"""Small inputs for every function that draws a picture, as notebooks call them."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np
import torch
from gensim.models import KeyedVectors
from torch.utils.tensorboard import SummaryWriter

from course_lib import (
    lesson_plots,
    lesson_plots_chooser,
    lesson_plots_meta,
    lesson_plots_recurrent,
    plots,
    plots_chooser,
    plots_echo,
    plots_meta,
    plots_recurrent,
    plots_tags,
    plots_writing,
)
from course_lib.data.languages import Game

MODULES = (
    *(plots, plots_chooser, plots_echo, plots_meta, plots_recurrent, plots_tags, plots_writing),
    *(lesson_plots, lesson_plots_chooser, lesson_plots_meta, lesson_plots_recurrent),
)
GAME = Game(num_examples=4, num_left=5, num_right=8, num_words=3)
RNG = np.random.default_rng(0)
FALLING = [1.4 * 0.9**step for step in range(40)]
RISING = [1 - 0.7 * 0.9**step for step in range(40)]
SHARES = {"CNN": 0.91, "GRU": 0.97, "bag of words": 0.66}
SENTENCE = [("The", "DET"), ("cat", "NOUN"), ("sat", "VERB")]
WORDS = "striker wins cup final".split()


def functions() -> dict[str, tuple[ModuleType, Callable[..., None]]]:
    """module.name -> the module and the function, for all that they offer."""
    return {
        f"{module.__name__.removeprefix('course_lib.')}.{name}": (module, function)
        for module in MODULES
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__ and not name.startswith("_")
    }


def _vectors() -> KeyedVectors:
    vectors = KeyedVectors(2)
    vectors.add_vectors(["a", "list"], np.eye(2, dtype=np.float32))
    return vectors


def _sequence() -> torch.Tensor:
    example = [0, 1, 2, GAME.stx, 8, 9, 10, GAME.soh]
    return torch.tensor(example[: GAME.span] * GAME.num_examples) % GAME.num_tokens


def _problems() -> Any:
    options = torch.tensor([[[11, 1, 2, 12], [11, 3, 12, 10]], [[11, 4, 5, 12], [10, 10, 10, 10]]])
    numbers = torch.tensor([[11, 7, 8, 12], [11, 5, 12, 10]])
    mask = torch.tensor([[True, True], [True, False]])
    return SimpleNamespace(numbers=numbers, options=options, mask=mask, answers=torch.tensor([1, 0]))


def _log(folder: Path) -> str:
    with SummaryWriter(folder) as writer:
        for step in range(6):
            writer.add_scalar("loss/train", 3 / (step + 1), step)
        for epoch in range(2):
            writer.add_scalar("loss/validation", 2 / (epoch + 1), epoch)
    return str(folder)


def _steps(values: dict[int, Any]) -> dict[str, dict[int, Any]]:
    return {"trained": values, "untrained": {at: 0.2 for at in values}}


def inputs(folder: Path) -> dict[str, tuple[Any, ...]]:
    """module.name -> arguments. folder: where a log may be written."""
    pairs = [("france", "paris"), ("italy", "rome"), ("spain", "madrid")]
    state = torch.tanh(torch.randn(9, 5, generator=torch.Generator().manual_seed(0)))
    final = torch.cat([state[-1, :2], state[0, 2:4]])
    by_digit = {100: [0.9, 0.7, 0.6, 0.5], 200: [1.0, 0.9, 0.8, 0.6]}
    grid = np.meshgrid(np.linspace(-3, 3, 9), np.linspace(-2, 2, 8))
    way = np.linspace(-2, 2, 6)
    curves = {"LSTM": RISING, "GRU": FALLING, "plain RNN": [0.5] * 40}
    hits = {"raw text": {1: 0.4, 10: 0.6, 100: 0.8}, "cleaned": {1: 0.5, 10: 0.7, 100: 0.9}}
    two, three = [0.9, 0.3], [0.9, 0.8, 0.4]
    return {
        "plots.neighbours": ({"paris": [("rome", 0.8), ("oslo", 0.7)], "tea": [("coffee", 0.9)]},),
        "plots.corpus": ([["a list", "sort a list"], ["what is it"]], _vectors()),
        "plots.cosines": (["one text", "another text", "a third"], lambda text: np.array([1.0, len(text)])),
        "plots.hits": (hits,),
        "plots.ladder": (hits,),
        "plots.bars": (SHARES, "accuracy on the test texts"),
        "plots.histogram": ([1, 2, 2, 3, 5], "tokens of a text", "texts"),
        "plots.overlap": ({"list": ["#li", "lis", "ist", "st#"], "lists": ["#li", "lis", "ist", "sts", "ts#"]},),
        "plots.batch": ([5, 6, 7, 8, 9], [0, 3, 3], ["list", "", "it"]),
        "plots.losses": ({"training": FALLING, "validation": RISING}, {"ln 4": 1.39}),
        "plots.events": (_log(folder), {"ln 8": 2.08}),
        "plots.padding": (torch.tensor([[4, 5, 6, 0, 0], [4, 5, 6, 7, 8]]), 0),
        "plots.word_effects": ({"CNN": ("Sports", [(word, 0.5 - at / 4) for at, word in enumerate(WORDS)])},),
        "plots.states": ({"both signs": state, "one sign": state.abs()},),
        "plots.by_distance": (curves, "steps", "share left"),
        "plots.quality": ({"CNN": (0.9, 12.0, 90_000), "GRU": (0.95, 30.0, 120_000)},),
        "plots_chooser.by_options": (_steps({2: 0.9, 5: 0.8, 10: 0.7}), "3,000 fresh problems"),
        "plots_chooser.training": (FALLING, {"mean of ln K": 1.6}),
        "plots_chooser.progress": (_steps({100: 0.5, 200: 0.9}), "accuracy with ten options", 0.1, 64),
        "plots_chooser.places": ({"random": by_digit, "hard": by_digit}, "right option preferred"),
        "plots_chooser.batch": (_problems(), 10),
        "plots_chooser.readings": ({"[-1]": [0, 0, 1.0], "true": three}, ["FIRST", "4", "LAST"], {"[-1]": three}),
        "plots_chooser.by_scale": ([0.1, 1, 10, 100], {"cosine": [2.3, 2, 1, 0.2]}, {"ln 10": 2.3}),
        "plots_chooser.choices": (torch.tensor([[0.2, 0.8], [1.0, 0.0]]), _problems().mask, _problems().answers),
        "plots_echo.eigenvalues": ({"density 1": RNG.normal(0, 0.2, (20, 20))}, 0.9),
        "plots_echo.against": ([0.1, 1.0, 10.0], {"NRMSE": [0.5, 0.1, 0.9]}, "scale", "NRMSE", {"the mean": 1.0}, True),
        "plots_echo.rungs": ({"line": (0.1, 1.1), "network": (1e-4, 0.3)}, "1 step", "84 steps"),
        "plots_echo.forecast": (np.sin(np.arange(40)), np.cos(np.arange(40)), np.geomspace(1e-4, 1, 40), 1 / 18),
        "plots_echo.weights": ({"ridge 1e-4": RNG.normal(size=20), "ridge 1e-8": 9 * RNG.normal(size=20)},),
        "plots_meta.tokens": (GAME, _sequence()),
        "plots_meta.batch": (GAME, torch.stack([_sequence()] * 3)),
        "plots_meta.speed": ([16, 64, 256], {"loop": [0.1, 0.4, 1.6], "no loop": [0.01, 0.01, 0.02]}),
        "plots_meta.best": ({"this game": (RNG.random((4, 3)), RNG.random((4, 3)))},),
        "plots_meta.floor": (GAME, RNG.random(GAME.span * GAME.num_examples).tolist()),
        "plots_meta.memory": (GAME, [0.0] * 12 + [2.0] + [0.5] * 12, 12),
        "plots_meta.curves": ({"all examples": FALLING, "one": RISING}, {"the best reader": 0.4}),
        "plots_meta.phases": ({"all tokens": (FALLING, {"floor": 0.1}), "words": (FALLING, {})},),
        "plots_meta.confidence": (GAME, {"known": _rows(), "new": _rows()}),
        "plots_meta.by_example": ({"new": three, "known": [0.9, 0.9, 0.9]}, "accuracy", [0.5, 0.9, 1.0]),
        "plots_recurrent.reach": (curves,),
        "plots_recurrent.cliff": (*grid, grid[0] ** 2, {"clipped": (np.stack([way, way], 1), FALLING[:6])}),
        "plots_recurrent.by_window": ([2, 4, 8, 16], {3: [0.5, 1, 1, 1], 7: [0.5, 0.5, 1, 1]}),
        "plots_recurrent.memory_cell": (np.array(three), np.array([1, 0, 0]), three, three, [0, 0, 0.4]),
        "plots_recurrent.where_states_end": (state[:, :4], final),
        "plots_recurrent.memory_left": (curves, {"0.73": 0.73}),
        "plots_recurrent.by_layer": ({"usual": three, "Keras": [0.9, 0.9, 0.9]},),
        "plots_tags.by_position": (curves, "largest change of a logit"),
        "plots_tags.groups": (
            {"tagger": {"all": 0.9, "unknown": 0.7}, "usual": {"all": 0.8, "unknown": 0.4}},
            "accuracy",
        ),
        "plots_tags.confusion": (np.array([[9, 1, 0], [2, 7, 0], [0, 0, 0]]), ["DET", "NOUN", "X"], "dev sentences"),
        "plots_tags.sentences": ([(SENTENCE, ["DET", "VERB", "VERB"])], {"the", "cat"}),
        "plots_writing.ring": ([0, 3, 5, 2], 8),
        "plots_writing.schedule": ({"k = 8": RISING, "k = 20": FALLING},),
        "plots_writing.coins": ({"probability 0.5": torch.eye(4), "probability 1": torch.ones(4, 4)},),
        "plots_writing.generator_loss": (torch.linspace(-3, 3, 9), {"usual": (torch.ones(9), -torch.rand(9))}),
        "plots_writing.regimes": (curves, {"teacher": {"right with the teacher": 0.9, "right alone": 0.4}}),
        "plots_writing.by_position": (curves,),
        "plots_writing.paths": ([[0, 3, 5]], {"teacher": [[0, 3, 4]], "alone": [[0, 2, 5]]}, 8),
        "lesson_plots.arrows": ({"cat": np.array([3.0, 1.0]), "truck": np.array([2.0, 4.0])}, ("animal", "machine")),
        "lesson_plots.space": (RNG.normal(size=(4, 2)), {"countries": ["france", "italy"], "people": ["man", "king"]}),
        "lesson_plots.relation": (RNG.normal(size=(6, 2)), pairs, ("countries", "capitals")),
        "lesson_plots.direction": (
            {"people": {"uncle": -0.4, "aunt": 0.4}, "other": {"tree": 0.1}},
            0.1,
            ("man", "woman"),
        ),
        "lesson_plots.unknown": ({"as written": 0.5, "lower case": 0.3}, {"once": 1.0, "100 times or more": 0.1}),
        "lesson_plots.seen": ({"Sports": [("striker", True), ("Wins", False)]},),
        "lesson_plots.saturation": (WORDS, {"torch.rand": (state[:4].numpy(), np.array([0, 0, 1e-4, 0.1]))}),
        "lesson_plots.washing_out": (RNG.normal(size=(3, 6, 2)), 0.5 ** np.arange(30), 0.5, 1e-6),
        "lesson_plots.company": (
            {"alone": np.array([0.1, 0.9]), "in a batch": np.array([0.6, 0.4])},
            ("World", "Sports"),
        ),
        "lesson_plots.keys": (
            {(False, False): 0.25, (True, False): 0.3, (True, True): 0.95},
            ("capitals", "padding"),
            0.25,
        ),
        "lesson_plots.forgetting": (
            {"before": {"RNN": np.array(two), "GRU": np.array([1.0, 0.9])}, "after": {"RNN": np.array(two)}},
        ),
        "lesson_plots.places": (
            {"before": RNG.normal(size=(8, 2)), "after": np.eye(2)[[0, 1] * 4]},
            np.arange(8) % 2,
            "ab",
        ),
        "lesson_plots.accuracies": ({"GRU": three, "plain RNN": two}, ["1", "2", "3"], "epoch", 0.25),
        "lesson_plots.shares": (SHARES, 0.25, "accuracy of a bag of words"),
        "lesson_plots_chooser.options": (
            np.array([2, 10, 9999]),
            {"after 20 steps": three, "after 40 steps": [1, 1, 0.9]},
        ),
        "lesson_plots_chooser.examples": (
            [30, 300, 3000],
            {name: three for name in ("all", "no zero", "one zero", "two zeros")},
        ),
        "lesson_plots_chooser.sums": ([4570, 240], [5420, 9760]),
        "lesson_plots_chooser.order": ({"as 1, 2": np.linspace(0, 1, 80).reshape(20, 4), "as 2, 1": np.ones((20, 4))},),
        "lesson_plots_chooser.hidden": (
            {(place, kind): two for place in ("at one place", "everywhere") for kind in ("reader", "all at once")},
        ),
        "lesson_plots_chooser.vectors": (
            RNG.normal(size=(30, 2)),
            RNG.integers(0, 10, (30, 4)),
            np.eye(10),
            [0.1, 0.09],
        ),
        "lesson_plots_chooser.wrong_options": (
            {kind: [1.0, 0.9, 0.5, 0.1] for kind in ("easy", "random", "hard")},
            {kind: [0.1, 0.2, 0.5, 1.0] for kind in ("easy", "random", "hard")},
        ),
        "lesson_plots_meta.sequence": (np.array([[1, 0, 0, 1], [0, 1, 1, 0], [1, 0, 0, 0]]), 2, 1),
        "lesson_plots_meta.fall": (
            FALLING,
            {"chance": 1.4, "the bag": 1.1},
            {"shown": three, "right": [*two, 0.1]},
            15,
        ),
        "lesson_plots_meta.inside": (
            {"a dictionary": three, "the network": three},
            {2: two, 3: three, 4: [*three, 0.2]},
        ),
        "lesson_plots_meta.rewriting": ({"never": [(0.7, 0.3), (0.6, 0.4)], "practised": [(0.0, 0.9), (0.1, 0.9)]},),
        "lesson_plots_meta.sizes": ({8: three, 16: [1, 0.9, 0.8]}, 2, 0.125),
        "lesson_plots_meta.fixed": (["3", "10"], {"known": [1, 1], "new": two, "not shown": [0.9, 0.5]}, 0.125),
        "lesson_plots_recurrent.echo": (
            {"quiet": np.array(FALLING), "loud": np.array(RISING)},
            {"loudness 0.01": {0.5: 10, 0.9: 20}, "loudness 1": {0.5: 5, 0.9: 8}},
            25,
        ),
        "lesson_plots_recurrent.interview": ({"untrained": {"written": three}, "trained": {"written": [1, 1, 1]}},),
        "lesson_plots_recurrent.lengths": ({"LSTM": np.arange(30) < 25, "GRU": np.arange(30) < 12}, 10),
        "lesson_plots_recurrent.traces": ({"LSTM": {2: np.arange(4), 3: np.arange(6)}, "GRU": {2: np.ones(4)}},),
        "lesson_plots_recurrent.nests": ([1, 1, 0.5, 0.1], 2, {2: [1, 1], 4: [1, 0.9, 0.8, 0.6]}),
    }


def _rows() -> list[list[float]]:
    return RNG.random((GAME.num_examples, 2 * GAME.num_words + 2)).tolist()
