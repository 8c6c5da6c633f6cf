"""Pictures of the writers for `recurrent_networks`: journeys on a ring, four ways to be taught; no exercise."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import matplotlib.pyplot as plt
import numpy as np
import torch
from matplotlib.colors import ListedColormap
from matplotlib.ticker import MaxNLocator, PercentFormatter

from course_lib import alt_texts
from course_lib.figures import BLUE, GREY, ORANGE, clean, curve, show, styles


def ring(places: Sequence[int], size: int) -> None:
    """A journey over a ring of `size` places: the hops on it, and the place after each move."""
    figure, (left, right) = plt.subplots(1, 2, figsize=(8, 2.9), width_ratios=(1, 1.6), layout="constrained")
    angles = np.pi / 2 - 2 * np.pi * np.arange(size) / size
    x, y = np.cos(angles), np.sin(angles)
    left.plot(np.append(x, x[0]), np.append(y, y[0]), color=GREY, linewidth=0.8, zorder=0)
    left.scatter(x, y, s=150, color="white", edgecolor=GREY)
    for place in range(size):
        left.text(x[place], y[place], str(place), ha="center", va="center", fontsize=8)
    for number, (before, after) in enumerate(pairwise(places)):
        arrow = {"arrowstyle": "-|>", "color": BLUE, "connectionstyle": "arc3,rad=0.35", "shrinkA": 7, "shrinkB": 7}
        left.annotate("", (x[after], y[after]), (x[before], y[before]), arrowprops=arrow, zorder=3 + number)
    left.set(aspect="equal", xlim=(-1.3, 1.3), ylim=(-1.3, 1.3))
    left.axis("off")
    right.plot(places, "o--", color=BLUE, markersize=4, linewidth=0.8)
    right.set(xlabel="move", ylabel="place", ylim=(-0.5, size - 0.5))
    right.xaxis.set_major_locator(MaxNLocator(integer=True))
    clean(right)
    show(
        figure,
        alt_texts.described(
            f"a journey on a ring of {size} places, and the place after each move", [", ".join(map(str, places))]
        ),
    )


def schedule(curves: dict[str, Sequence[float]]) -> None:
    """Probabilities of the true token over training steps."""
    figure, axes = plt.subplots(figsize=(6.4, 2.4), layout="constrained")
    for (name, values), style in zip(curves.items(), styles(), strict=False):
        curve(axes, range(len(values)), values, name, style)
    axes.axhline(0.5, color=GREY, linestyle="--", linewidth=1)
    axes.set(xlabel="training step", ylabel="probability of\nthe true token", ylim=(0, 1.03))
    axes.legend(frameon=False)
    clean(axes)
    show(figure, alt_texts.drawn("probability of the true token by training step", curves))


def coins(panels: dict[str, torch.Tensor]) -> None:
    """For each name, which tokens (B, T) were the teacher's (dark) and which the decoder's own (orange)."""
    figure, row = plt.subplots(1, len(panels), figsize=(2.8 * len(panels), 2.6), sharey=True, layout="constrained")
    for axes, (name, taught) in zip(np.atleast_1d(row), panels.items(), strict=True):
        axes.pcolormesh(
            taught.numpy()[::-1], cmap=ListedColormap([ORANGE, BLUE]), vmin=0, vmax=1, edgecolor="w", linewidth=1
        )
        axes.set(title=name, xlabel="token", xticks=[], yticks=[], aspect="equal")
        axes.spines[:].set_visible(False)
    np.atleast_1d(row)[0].set_ylabel("sequence of the batch")
    marks = [plt.Rectangle((0, 0), 1, 1, color=colour) for colour in (BLUE, ORANGE)]
    figure.legend(marks, ["the teacher's", "its own"], loc="outside lower center", ncols=2, frameon=False)
    show(
        figure,
        alt_texts.values(
            "which tokens were the teacher's; share",
            {name: float(taught.float().mean()) for name, taught in panels.items()},
        ),
    )


def generator_loss(logits: torch.Tensor, losses: dict[str, tuple[torch.Tensor, torch.Tensor]]) -> None:
    """Losses of a generator and their slopes, over the logit that the discriminator gives. losses: name -> both."""
    figure, (left, right) = plt.subplots(1, 2, figsize=(8, 2.6), layout="constrained")
    for (name, (values, slopes)), style in zip(losses.items(), styles(), strict=False):
        curve(left, logits, values.detach(), name, style)
        curve(right, logits, slopes.detach(), name, style)
    left.set(xlabel="logit of a free run", ylabel="loss")
    right.set(xlabel="logit of a free run", ylabel="slope", ylim=(-1.05, 0.05))
    left.legend(frameon=False)
    for axes in (left, right):
        clean(axes)
    steps = [float(logit) for logit in logits]
    lines = {
        f"{name}, {kind}": (steps, part.tolist())
        for name, both in losses.items()
        for kind, part in zip(("loss", "slope"), both, strict=True)
    }
    show(figure, alt_texts.curves("loss of a generator by logit", lines))


def regimes(curves: dict[str, Sequence[float]], table: dict[str, dict[str, float]], smooth: int = 10) -> None:
    """Losses in training beside shares of right tokens. table: regime -> "right with the teacher", "right alone"."""
    figure, (left, right) = plt.subplots(1, 2, figsize=(9, 3), width_ratios=(1, 1.1), layout="constrained")
    kernel = np.ones(smooth) / smooth
    for (name, values), style in zip(curves.items(), styles(), strict=False):
        means = np.convolve(values, kernel, mode="valid")
        curve(left, range(smooth, smooth + len(means)), means, name, style)
    left.set(title="in training", xlabel="training step", ylabel=f"loss, mean of {smooth} steps", ylim=(0, None))
    left.legend(frameon=False, fontsize=8)
    places = np.arange(len(table))
    for shift, key, colour in ((-0.19, "right with the teacher", GREY), (0.19, "right alone", BLUE)):
        drawn = right.barh(places + shift, [row[key] for row in table.values()], 0.36, color=colour, label=key[6:])
        right.bar_label(drawn, fmt="{:.0%}", padding=3, fontsize=8)
    right.set_yticks(places, list(table))
    right.invert_yaxis()
    right.set(title="on new journeys", xlabel="right tokens", xlim=(0, 1.12))
    right.xaxis.set_major_formatter(PercentFormatter(1.0))
    right.legend(frameon=False, fontsize=8, loc="upper left", bbox_to_anchor=(0, -0.2), ncols=2)
    for axes in (left, right):
        clean(axes)
    show(
        figure,
        alt_texts.described(
            "right tokens with the teacher and alone",
            [f"{name} {row['right with the teacher']:.0%} and {row['right alone']:.0%}" for name, row in table.items()],
        ),
    )


def by_position(curves: dict[str, Sequence[float]]) -> None:
    """Shares of right tokens over positions, which count from 1."""
    figure, axes = plt.subplots(figsize=(6.8, 2.8), layout="constrained")
    for (name, values), style in zip(curves.items(), styles(), strict=False):
        curve(axes, range(1, len(values) + 1), values, name, style)
    axes.set(xlabel="position in the journey", ylabel="right tokens, alone", ylim=(0, 1.03))
    axes.yaxis.set_major_formatter(PercentFormatter(1.0))
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.legend(frameon=False, fontsize=8, loc="center left", bbox_to_anchor=(1, 0.5))
    clean(axes)
    show(figure, alt_texts.drawn("right tokens, alone, by position in the journey", curves, 1))


def paths(true: Sequence[Sequence[int]], written: dict[str, Sequence[Sequence[int]]], size: int) -> None:
    """A panel for each journey on a ring of `size` places: where the robot goes, and what each writer wrote.

    Places count on from round to round, and a writer's place is drawn in the round that is nearest to the true one.
    """
    figure, row = plt.subplots(1, len(true), figsize=(3.1 * len(true), 2.8), sharey=True, layout="constrained")
    panels = np.atleast_1d(row)
    for number, axes in enumerate(panels):
        hops = np.diff(true[number], prepend=0)
        passed = np.cumsum((hops + size // 2) % size - size // 2)
        axes.plot(passed, color=GREY, label="true", linewidth=6, alpha=0.45)
        for (name, journeys), style in zip(written.items(), styles(), strict=False):
            both = list(zip(passed, journeys[number], strict=False))
            nearest = [there + (place - there + size // 2) % size - size // 2 for there, place in both]
            curve(axes, range(len(nearest)), nearest, name, style)
        axes.set(xlabel="move")
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
        clean(axes)
    panels[0].set_ylabel(f"place ({size} a round)")
    panels[-1].legend(frameon=False, fontsize=8, loc="center left", bbox_to_anchor=(1, 0.5))
    parts = []
    for name, journeys in written.items():
        shares = [
            float(np.mean(np.asarray(one[: len(way)]) == way[: len(one)]))
            for one, way in zip(journeys, true, strict=False)
        ]
        parts.append(f"{name} {float(np.mean(shares)):.0%}")
    show(figure, alt_texts.described(f"{len(true)} journeys with the ways that writers took; places right", parts))
