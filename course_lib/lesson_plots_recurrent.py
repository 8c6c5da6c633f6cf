"""Pictures for the lesson `03_recurrent_networks`."""

from __future__ import annotations

from collections.abc import Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.ticker import MaxNLocator

from course_lib import alt_texts
from course_lib.figures import BLUE, GREEN, GREY, INK, ORANGE, PALE, PURPLE, clean, curve, show, styles
from course_lib.lesson_plots import COLOURS


def echo(curves: dict[str, np.ndarray], capacities: dict[str, dict[float, float]], units: int) -> None:
    """Memory by delay, and its sum by spectral radius.

    curves: name -> squared correlation for each delay (K,). capacities: name -> radius -> sum. units: H.
    """
    figure, (left, right) = plt.subplots(1, 2, figsize=(10.4, 3.7), layout="constrained")
    for (name, values), style in zip(curves.items(), styles(COLOURS), strict=False):
        curve(left, range(len(values)), values, name, style | {"linewidth": 2})
    left.axvline(units, color=GREY, lw=1, ls="--")
    left.text(units + 1, 1.03, f"H = {units}", size=9.5, color=INK)
    left.set(xlabel="steps back", ylabel="share of the input that can be read off", ylim=(0, 1.1))
    left.legend(frameon=False)
    for (name, sums), style in zip(capacities.items(), styles((BLUE, GREEN, ORANGE)), strict=False):
        curve(right, list(sums), list(sums.values()), name, style)
    right.axhline(units, color=GREY, lw=1, ls="--")
    right.text(min(next(iter(capacities.values()))), units + 1, f"H = {units}", size=9.5, color=INK)
    right.axvline(1, color="black", lw=1, ls=":")
    right.set(xlabel="spectral radius of the weights", ylabel="sum over all delays", ylim=(0, 1.18 * units))
    right.legend(frameon=False, loc="upper right", bbox_to_anchor=(1, 0.84))
    for axes in (left, right):
        clean(axes)
    reach = {name: float(np.sum(values > 0.5)) for name, values in curves.items()}
    show(figure, alt_texts.values("how many steps back more than half of the input can be read off", reach))


def interview(panels: dict[str, dict[str, Sequence[float]]]) -> None:
    """How well a bit can be read off a state, by the steps since it came. panels: title -> which bit -> accuracies."""
    figure, places = plt.subplots(1, len(panels), figsize=(3.9 * len(panels), 3.4), sharey=True, layout="constrained")
    for axes, (title, curves) in zip(places, panels.items(), strict=True):
        for (name, values), style in zip(curves.items(), styles((BLUE, GREY, ORANGE)), strict=False):
            curve(axes, range(len(values)), values, name, style)
        axes.axhline(0.5, color="black", lw=1, ls="--")
        axes.set_title(title, size=11)
        axes.set(xlabel="steps since then", ylim=(0.42, 1.05))
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
        clean(axes)
    places[0].set_ylabel("accuracy of a linear reading")
    places[0].text(0, 0.49, "chance", va="top", size=9.5)
    handles, names = places[0].get_legend_handles_labels()
    places[0].figure.legend(handles, names, loc="outside lower center", ncols=len(names), frameon=False)
    asked = next(iter(panels.values()))
    steps = max(map(len, asked.values())) - 1
    last = [
        f"{title} {', '.join(f'{values[-1]:.2f}' for values in curves.values())}" for title, curves in panels.items()
    ]
    show(figure, alt_texts.described(f"accuracy after {steps} steps ({'; '.join(asked)})", last))


def lengths(right: dict[str, np.ndarray], practised: int) -> None:
    """For each network which n it gets right, from 1 on: a coloured cell. right: name -> (N,) of bools."""
    count = len(next(iter(right.values())))
    figure, axes = plt.subplots(figsize=(9.4, 0.5 * len(right) + 1.2), layout="constrained")
    for row, found in enumerate(right.values()):
        for n, yes in enumerate(found, 1):
            axes.add_patch(plt.Rectangle((n - 0.5, row - 0.38), 0.9, 0.76, color=BLUE if yes else PALE))
    axes.axvline(practised + 0.45, color=ORANGE, lw=2)
    axes.text(practised + 1, -0.62, "longer than in training \N{RIGHTWARDS ARROW}", color=ORANGE, size=10, va="bottom")
    axes.set(xlim=(0.4, count + 0.6), ylim=(len(right) - 0.4, -0.6), xlabel="n (blue: right)")
    axes.set_yticks(range(len(right)), list(right))
    axes.tick_params(axis="y", length=0)
    axes.spines[["top", "right", "left"]].set_visible(False)
    parts = [f"{name} {_longest(found)} and {int(found.sum())} in all" for name, found in right.items()]
    show(
        figure,
        alt_texts.described(f"which n of {count} are right, {practised} practised; from 1 on without a gap", parts),
    )


def _longest(found: np.ndarray) -> int:
    """How many are right from the first on.

    >>> _longest(np.array([True, True, False, True]))
    2
    """
    return len(found) if found.all() else int(found.argmin())


def traces(panels: dict[str, dict[int, np.ndarray]]) -> None:
    """One number of the state over time, one panel for each network. panels: title -> n -> (2 n,)."""
    figure, places = plt.subplots(1, len(panels), figsize=(3.9 * len(panels), 3.3), layout="constrained")
    looks = ((ORANGE, 3.0), (PURPLE, 2.2), (BLUE, 1.5))
    for axes, (title, runs) in zip(places, panels.items(), strict=True):
        for (n, values), (colour, width) in zip(runs.items(), looks, strict=False):
            axes.plot(range(1, 2 * n + 1), values, color=colour, lw=width, label=f"n = {n}")
            axes.plot(n, values[n - 1], "o", color=colour, ms=5)
            axes.plot(2 * n, values[-1], "s", color=colour, ms=6)
        axes.set_title(title, size=11)
        axes.set(xlabel="step", ylabel="one number of the state")
        clean(axes)
    handles, names = places[0].get_legend_handles_labels()
    places[0].figure.legend(handles, names, loc="outside lower center", ncols=len(names), frameon=False)
    longest = max(n for runs in panels.values() for n in runs)
    steps = range(1, 2 * longest + 1)
    parts = []
    for title, runs in panels.items():
        if longest in runs:
            points = [*zip(steps, map(float, runs[longest]), strict=True)]
            parts.append(f"{title} {alt_texts.course(points, float(np.ptp(runs[longest])))}")
    show(figure, alt_texts.described(f"number of the state by step, n = {longest}", parts))


def nests(right: Sequence[float], practised: int, places: dict[int, Sequence[float]]) -> None:
    """Share of nests that are closed without a mistake by depth; accuracy of each closing bracket, first to last."""
    figure, (left, by_place) = plt.subplots(1, 2, figsize=(10.4, 3.5), layout="constrained")
    left.plot(range(1, len(right) + 1), right, "o-", color=BLUE)
    left.axvline(practised + 0.5, color=ORANGE, lw=2)
    left.text(practised + 0.7, 1.0, "deeper than\nin training", color=ORANGE, size=10, va="top")
    left.set(xlabel="depth of the nest", ylabel="share of nests all right", ylim=(-0.03, 1.05))
    left.xaxis.set_major_locator(MaxNLocator(integer=True))
    for (depth, values), style in zip(places.items(), styles((BLUE, PURPLE, ORANGE)), strict=False):
        curve(by_place, range(1, depth + 1), values, f"depth {depth}", style)
    by_place.axhline(0.5, color="black", lw=1, ls="--")
    by_place.text(1, 0.49, "chance", va="top", size=9.5)
    by_place.set(xlabel="closing bracket, from the innermost outwards", ylabel="accuracy", ylim=(0.42, 1.05))
    by_place.xaxis.set_major_locator(MaxNLocator(integer=True))
    by_place.legend(frameon=False)
    for axes in (left, by_place):
        clean(axes)
    lines = {"nests": right, "brackets of the deepest nest": places[max(places)]}
    show(figure, alt_texts.drawn("share right by depth and by closing bracket", lines, 1))
