"""The toy chooser: accuracy and time of the notebook's training, and its speed against the original's way."""

from __future__ import annotations

import math
import time
from inspect import signature
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from benchmark_common import COURSE, Figure, lift_definitions
from torch import nn

NOTEBOOK = COURSE / "source" / "toy_chooser" / "toy_chooser.ipynb"
SEEDS = (0, 1, 2)
PROBLEMS = 5_000
OPTIONS = 10
ORIGINAL_STEPS = 2_800  # of one example each
ORIGINAL_RATE = 1e-4
LATEST = 100  # examples, over which the original took its accuracy

Names = dict[str, Any]


def lift() -> Names:
    """The names that the notebook defines, without what it trains."""
    return lift_definitions(NOTEBOOK, ("setup",))


def trained(names: Names, seed: int) -> tuple[nn.Module, float, int]:
    """A chooser trained as in the notebook, its CPU seconds, and the number of examples it has seen."""
    torch.manual_seed(seed)
    chooser = names["new_chooser"]()
    start = time.process_time()
    chooser, losses = names["train_chooser"](chooser, seed=seed)
    return chooser, time.process_time() - start, len(losses)


def accuracy(names: Names, chooser: nn.Module, problems: int = PROBLEMS) -> float:
    """Share of fresh problems of ten options in which it chooses the right one."""
    rng = np.random.default_rng(123)
    examples = [names["make_example"](rng, OPTIONS, OPTIONS) for _ in range(problems)]
    right = 0
    for at in range(0, problems, 500):
        some = examples[at : at + 500]
        chosen = names["choose"](chooser, [(number, options) for number, options, _ in some])
        right += sum(place == answer for place, (*_, answer) in zip(chosen, some, strict=True))
    return right / problems


class OneAtATime(nn.Module):
    """The notebook's chooser, called as the original was: each option by itself, the last step of both directions."""

    def __init__(self, chooser: nn.Module) -> None:
        super().__init__()
        self.chooser = chooser

    def forward(self, number: torch.Tensor, options: list[torch.Tensor]) -> torch.Tensor:
        """Scores (1, K) of the options, each (T,), for a number (T,)."""
        parts = self.chooser
        x = parts.sent_proj(parts.sent_rnn(parts.embeddings(number)[None])[0][:, -1])
        scores = []
        for option in options:
            y = parts.option_proj(parts.option_rnn(parts.embeddings(option)[None])[0][:, -1])
            scores.append(parts.scorer(x, y[:, None]))
        return torch.cat(scores, dim=1)


def one_at_a_time(names: Names, steps: int) -> tuple[list[bool], float]:
    """For each example whether it was chosen right before its step, and the CPU seconds of all."""
    torch.manual_seed(0)
    rng = np.random.default_rng(0)
    model = OneAtATime(names["ToyChooser"](names["MLPScorer"](128)))
    optimizer = torch.optim.Adam(model.parameters(), lr=ORIGINAL_RATE)
    right = []
    start = time.process_time()
    for _ in range(steps):
        number, options, answer = names["make_example"](rng)
        encoded = [torch.tensor(names["to_digits"](option)) for option in options]
        optimizer.zero_grad()
        scores = model(torch.tensor(names["to_digits"](number)), encoded)
        F.cross_entropy(scores, torch.tensor([answer])).backward()
        optimizer.step()
        right.append(int(scores.argmax()) == answer)
    return right, time.process_time() - start


def figures(names: Names) -> list[Figure]:
    """What the table shows."""
    runs = [trained(names, seed) for seed in SEEDS]
    accuracies = [accuracy(names, chooser) for chooser, *_ in runs]
    seconds = [taken for _, taken, _ in runs]
    right, original = one_at_a_time(names, ORIGINAL_STEPS)
    batch_size = signature(names["train_chooser"]).parameters["batch_size"].default
    speed = batch_size * runs[0][2] / (sum(seconds) / len(seconds))
    return [
        Figure("chooser: accuracy with 10 options, lowest of the seeds", min(accuracies), "", 1 / OPTIONS),
        Figure("chooser: accuracy with 10 options, mean of the seeds", sum(accuracies) / len(accuracies), ""),
        Figure("chooser: training, longest of the seeds", max(seconds), "s of CPU"),
        Figure(
            "chooser: accuracy of the original's way, 2 to 10 options, its last 100 of 2,800 examples",
            sum(right[-LATEST:]) / LATEST,
            "",
        ),
        Figure("chooser: examples per second, against one at a time", speed, "/s", ORIGINAL_STEPS / original),
        Figure("chooser: chance loss of 2 to 10 options", sum(map(math.log, range(2, 11))) / 9, "nats"),
    ]
