"""The meta-LSTM at the notebook's size: accuracy on languages never seen, its distance from the best, and batches."""

from __future__ import annotations

import statistics
import time
from typing import Any

import torch
from benchmark_common import COURSE, Figure, lift_definitions
from torch import nn

from course_lib.data.languages import Game, all_languages

NOTEBOOK = COURSE / "source" / "meta_lstm" / "meta_lstm.ipynb"
SEEDS = (0, 1, 2)
SEQUENCES = 5_000
ORIGINAL = Game(num_examples=10, num_left=6, num_right=6, num_words=3)
ORIGINAL_BATCH = 32
LARGE_BATCH = 256
ROUNDS = 30

Names = dict[str, Any]


def lift() -> Names:
    """The names that the notebook defines, without what it trains."""
    return lift_definitions(NOTEBOOK, ("setup", "languages"))


def trained(names: Names, seed: int) -> tuple[nn.Module, float]:
    """A model trained as in the notebook, and its CPU seconds."""
    torch.manual_seed(seed)
    model = names["new_model"]()
    start = time.process_time()
    model, _ = names["train_language_model"](model, names["train_languages"], seed=seed)
    return model, time.process_time() - start


def by_example(names: Names, model: nn.Module, languages: torch.Tensor) -> tuple[list[float], list[float]]:
    """Accuracy and loss in nats of the translated words of each of the K examples, on fresh sequences."""
    game = names["GAME"]
    batch = names["make_batch"](game, languages, SEQUENCES, torch.Generator().manual_seed(123))
    targets = batch[:, 1:]
    with torch.no_grad():
        logits = torch.cat([model(rows[:, :-1])[0] for rows in batch.split(500)])
    right = names["translated"](game, (logits.argmax(dim=2) == targets).double())
    losses = names["translated"](game, nn.functional.cross_entropy(logits.mT, targets, reduction="none"))
    return right.mean(dim=(0, 2)).tolist(), losses.mean(dim=(0, 2)).tolist()


def batch_speed(names: Names, batch_size: int) -> tuple[float, float]:
    """Sequences per second of the original's size, in batches and token by token; medians, both in each round."""
    languages = all_languages(ORIGINAL)
    seconds: dict[str, list[float]] = {"batch": [], "tokens": []}
    for _ in range(ROUNDS):
        start = time.process_time()
        for _ in range(100):  # one is over too soon to be timed
            names["make_batch"](ORIGINAL, languages, batch_size)
        seconds["batch"].append((time.process_time() - start) / 100)
        start = time.process_time()
        token_by_token(ORIGINAL, batch_size)
        seconds["tokens"].append(time.process_time() - start)
    batch, tokens = (batch_size / statistics.median(taken) for taken in seconds.values())
    return batch, tokens


def token_by_token(game: Game, batch_size: int) -> torch.Tensor:
    """A batch (B, S) in the original's manner: nested lists, a look-up for each token, rows put together at the end."""
    rows = []
    for _ in range(batch_size):
        left = [[token] for token in torch.randperm(game.num_left)]
        right = [[token] for token in torch.randperm(game.num_right) + game.num_left]
        tokens: list[Any] = []
        for words in torch.randint(game.num_left, (game.num_examples, game.num_words)):
            tokens.append(game.soh)
            for word in words:
                tokens += left[word]
            tokens.append(game.stx)
            for word in words:
                tokens += right[word]
        rows.append(torch.tensor([*tokens, game.soh]))
    return nn.utils.rnn.pad_sequence(rows, batch_first=True)


def figures(names: Names) -> list[Figure]:
    """What the table shows."""
    best_loss, best_accuracy = names["best_possible"](names["GAME"])
    runs = [trained(names, seed) for seed in SEEDS]
    unseen = [by_example(names, model, names["unseen_languages"]) for model, _ in runs]
    known = [by_example(names, model, names["train_languages"]) for model, _ in runs]
    last = [accuracies[-1] for accuracies, _ in unseen]
    small, large = batch_speed(names, ORIGINAL_BATCH), batch_speed(names, LARGE_BATCH)
    best, best_last = float(best_accuracy[-1].mean()), float(best_loss[-1].mean())
    found = [
        Figure("meta: last example, languages never seen, lowest of the seeds", min(last), "", best),
        Figure("meta: last example, languages never seen, mean of the seeds", sum(last) / len(last), "", best),
        Figure("meta: last example, training languages, mean of the seeds", _mean(known, 0, -1), "", best),
        Figure("meta: last example, languages never seen, loss", _mean(unseen, 1, -1), "nats", best_last),
        Figure("meta: training, longest of the seeds", max(seconds for _, seconds in runs), "s of CPU"),
        Figure("meta: sequences per second in batches of 32, against token by token", small[0], "/s", small[1]),
        Figure("meta: sequences per second in batches of 256, against token by token", large[0], "/s", large[1]),
    ]
    for example in range(names["GAME"].num_examples):
        best = float(best_accuracy[example].mean())
        found.append(Figure(f"meta: accuracy after {example} examples, unseen", _mean(unseen, 0, example), "", best))
    return found


def _mean(runs: list[tuple[list[float], list[float]]], kind: int, example: int) -> float:
    return sum(run[kind][example] for run in runs) / len(runs)
