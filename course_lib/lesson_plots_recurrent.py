"""Pictures for the lesson `03_recurrent_networks`."""

from __future__ import annotations

from collections.abc import Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.ticker import MaxNLocator

from course_lib.lesson_plots import BLUE, COLOURS, GREY, ORANGE, _clean


def echo(curves: dict[str, np.ndarray], capacities: dict[str, dict[float, float]], units: int) -> None:
    """Memory by delay, and its sum by spectral radius.

    curves: name -> squared correlation for each delay (K,). capacities: name -> radius -> sum. units: H.
    """
    _, (left, right) = plt.subplots(1, 2, figsize=(10.4, 3.7), layout="constrained")
    for (name, curve), colour in zip(curves.items(), COLOURS, strict=False):
        left.plot(curve, color=colour, lw=2, label=name)
    left.axvline(units, color=GREY, lw=1, ls="--")
    left.text(units + 1, 1.03, f"H = {units}", size=9.5, color="#5c677d")
    left.set(xlabel="steps back", ylabel="share of the input that can be read off", ylim=(0, 1.1))
    left.legend(frameon=False)
    for (name, sums), colour in zip(capacities.items(), (BLUE, "#4c956c", ORANGE), strict=False):
        right.plot(list(sums), list(sums.values()), "o-", color=colour, ms=4, label=name)
    right.axhline(units, color=GREY, lw=1, ls="--")
    right.text(min(next(iter(capacities.values()))), units + 1, f"H = {units}", size=9.5, color="#5c677d")
    right.axvline(1, color="black", lw=1, ls=":")
    right.set(xlabel="spectral radius of the weights", ylabel="sum over all delays", ylim=(0, 1.18 * units))
    right.legend(frameon=False, loc="upper right", bbox_to_anchor=(1, 0.84))
    for axes in (left, right):
        _clean(axes)
    plt.show()


def interview(panels: dict[str, dict[str, Sequence[float]]]) -> None:
    """How well a bit can be read off a state, by the steps since it came. panels: title -> which bit -> accuracies."""
    _, places = plt.subplots(1, len(panels), figsize=(3.9 * len(panels), 3.4), sharey=True, layout="constrained")
    for axes, (title, curves) in zip(places, panels.items(), strict=True):
        for (name, values), colour in zip(curves.items(), (BLUE, GREY, ORANGE), strict=False):
            axes.plot(values, "o-", color=colour, ms=3, label=name)
        axes.axhline(0.5, color="black", lw=1, ls="--")
        axes.set_title(title, size=11)
        axes.set(xlabel="steps since then", ylim=(0.42, 1.05))
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
        _clean(axes)
    places[0].set_ylabel("accuracy of a linear reading")
    places[0].text(0, 0.49, "chance", va="top", size=9.5)
    handles, names = places[0].get_legend_handles_labels()
    places[0].figure.legend(handles, names, loc="outside lower center", ncols=len(names), frameon=False)
    plt.show()


def lengths(right: dict[str, np.ndarray], practised: int) -> None:
    """For each network which n it gets right, from 1 on: a coloured cell. right: name -> (N,) of bools."""
    count = len(next(iter(right.values())))
    _, axes = plt.subplots(figsize=(9.4, 0.5 * len(right) + 1.2), layout="constrained")
    for row, found in enumerate(right.values()):
        for n, yes in enumerate(found, 1):
            axes.add_patch(plt.Rectangle((n - 0.5, row - 0.38), 0.9, 0.76, color=BLUE if yes else "#e3e7eb"))
    axes.axvline(practised + 0.45, color=ORANGE, lw=2)
    axes.text(practised + 1, -0.62, "longer than in training \N{RIGHTWARDS ARROW}", color=ORANGE, size=10, va="bottom")
    axes.set(xlim=(0.4, count + 0.6), ylim=(len(right) - 0.4, -0.6), xlabel="n")
    axes.set_yticks(range(len(right)), list(right))
    axes.tick_params(axis="y", length=0)
    axes.spines[["top", "right", "left"]].set_visible(False)
    plt.show()


def traces(panels: dict[str, dict[int, np.ndarray]]) -> None:
    """One number of the state over time, one panel for each network. panels: title -> n -> (2 n,)."""
    _, places = plt.subplots(1, len(panels), figsize=(3.9 * len(panels), 3.3), layout="constrained")
    shades = (ORANGE, "#8e5ea2", BLUE)
    for axes, (title, runs) in zip(places, panels.items(), strict=True):
        for (n, values), colour in zip(runs.items(), shades, strict=False):
            axes.plot(range(1, 2 * n + 1), values, color=colour, lw=2, label=f"n = {n}")
            axes.plot(n, values[n - 1], "o", color=colour, ms=5)
            axes.plot(2 * n, values[-1], "s", color=colour, ms=6)
        axes.set_title(title, size=11)
        axes.set(xlabel="step")
        _clean(axes)
    places[0].set_ylabel("one number of the state")
    handles, names = places[0].get_legend_handles_labels()
    places[0].figure.legend(handles, names, loc="outside lower center", ncols=len(names), frameon=False)
    plt.show()


def nests(right: Sequence[float], practised: int, places: dict[int, Sequence[float]]) -> None:
    """Share of nests that are closed without a mistake by depth; accuracy of each closing bracket, first to last."""
    _, (left, by_place) = plt.subplots(1, 2, figsize=(10.4, 3.5), layout="constrained")
    left.plot(range(1, len(right) + 1), right, "o-", color=BLUE)
    left.axvline(practised + 0.5, color=ORANGE, lw=2)
    left.text(practised + 0.7, 1.0, "deeper than\nin training", color=ORANGE, size=10, va="top")
    left.set(xlabel="depth of the nest", ylabel="share of nests all right", ylim=(-0.03, 1.05))
    left.xaxis.set_major_locator(MaxNLocator(integer=True))
    for (depth, values), colour in zip(places.items(), (BLUE, "#8e5ea2", ORANGE), strict=False):
        by_place.plot(range(1, depth + 1), values, "o-", color=colour, ms=4, label=f"depth {depth}")
    by_place.axhline(0.5, color="black", lw=1, ls="--")
    by_place.text(1, 0.49, "chance", va="top", size=9.5)
    by_place.set(xlabel="closing bracket, from the innermost outwards", ylabel="accuracy", ylim=(0.42, 1.05))
    by_place.xaxis.set_major_locator(MaxNLocator(integer=True))
    by_place.legend(frameon=False)
    for axes in (left, by_place):
        _clean(axes)
    plt.show()
