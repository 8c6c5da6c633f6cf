"""The writing rows of the recurrent networks benchmark: a decoder that is taught in four ways and must write alone.

World, models and training loop are the notebook's own. What is set here: how long is trained, on how many seeds,
and two harder worlds: longer journeys, and one in which a move in ten ends at random, so that the moves do not say what
comes next.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import mean, stdev
from typing import Any

import torch
from benchmark_common import Figure

Names = dict[str, Any]

STEPS, BATCH, RATE = 1000, 64, 0.005
DECAY, EARLY_DECAY = 100.0, 25.0  # as in the notebook, a tenth of the steps; and a teacher who leaves early
SHORTEST, LONGEST = 8, 12
SLIP = 0.1
TEST = 2000
NOTEBOOK_STEPS, NOTEBOOK_DECAY = 200, 20.0
PLAIN, LONG, SLIPPING, SHORT = "", "8 to 12 moves: ", "one move in ten slips: ", "as short as in the notebook: "


@dataclass(frozen=True)
class Written:
    """How a writer that was taught in a regime does, for one seed.

    tokens: share of right tokens when it writes alone. journeys: share of journeys without a wrong token.
    allowed: share of hops, alone, that are a move of the robot. taught: share of right tokens with the teacher.
    loss: cross-entropy with the teacher. All on new journeys; those of slipping worlds slip for the loss only.
    """

    world: str
    regime: str
    seed: int
    tokens: float
    journeys: float
    allowed: float
    taught: float
    loss: float
    seconds: float


def measure_regimes(names: Names, seeds: Sequence[int] = (0, 1, 2)) -> list[Written]:
    """A row for each seed of each regime: in the notebook's world, in two harder ones, and in its short training.

    In the harder worlds professor forcing is left out: it takes twice the time.
    """
    regimes, short = names["make_regimes"](DECAY), names["make_regimes"](NOTEBOOK_DECAY)
    early = {f"scheduled sampling, k = {EARLY_DECAY:.0f}": names["make_regimes"](EARLY_DECAY)["scheduled sampling"]}
    cheap = {name: regime for name, regime in regimes.items() if not regime.weight}
    plan = {PLAIN: regimes | early, LONG: cheap, SLIPPING: cheap, SHORT: short}
    return [
        measure(names, world, name, regime, seed)
        for world, chosen in plan.items()
        for name, regime in chosen.items()
        for seed in seeds
    ]


def measure(names: Names, world: str, name: str, regime: Any, seed: int) -> Written:
    """Train one writer, and look how it writes."""
    ring = names["World"](shortest=SHORTEST, longest=LONGEST) if world == LONG else names["World"]()
    steps, settings = NOTEBOOK_STEPS, {}
    if world != SHORT:
        slip = SLIP if world == SLIPPING else 0.0
        steps, settings = STEPS, {"batch_size": BATCH, "lr": RATE, "slip": slip, "world": ring}
    start = time.process_time()
    writer, _ = names["train_writer"](regime, steps, seed, **settings)
    seconds = time.process_time() - start

    def quality(slip: float) -> dict[str, float]:
        moves, places = names["make_journeys"](TEST, torch.Generator().manual_seed(99), ring, slip)
        return names["measure_writer"](writer, moves, places, ring)

    found = quality(0.0)
    return Written(
        world,
        name,
        seed,
        found["right alone"],
        found["whole journeys"],
        found["allowed moves"],
        found["right with the teacher"],
        quality(SLIP)["teacher loss"] if world == SLIPPING else found["teacher loss"],
        seconds,
    )


def regime_figures(rows: Iterable[Written]) -> list[Figure]:
    """Mean and spread over the seeds, held against teacher forcing in the same world."""
    found: dict[tuple[str, str], list[Written]] = {}
    for row in rows:
        found.setdefault((row.world, row.regime), []).append(row)
    figures = []
    for (world, regime), group in found.items():
        taught = found.get((world, "teacher forcing"), group)
        for field, text, unit in FIELDS:
            values = [getattr(row, field) for row in group]
            against = None if taught is group else mean(getattr(row, field) for row in taught)
            figures.append(Figure(f"writing: {world}{regime}, {text}", mean(values), unit, against))
            if len(values) > 1 and field in SPREAD:
                figures.append(Figure(f"writing: {world}{regime}, {text}, spread over seeds", stdev(values), unit))
    return figures


FIELDS = (
    ("tokens", "right tokens, alone", "share"),
    ("journeys", "whole journeys", "share"),
    ("allowed", "allowed moves, alone", "share"),
    ("taught", "right tokens, with the teacher", "share"),
    ("loss", "loss with the teacher", "nats"),
    ("seconds", "training", "s CPU"),
)
SPREAD = frozenset({"tokens", "journeys", "loss"})
