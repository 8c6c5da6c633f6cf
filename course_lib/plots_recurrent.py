"""Pictures of cells and of gradients through time for `recurrent_networks`; none of them is an exercise."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import cycle

import matplotlib.pyplot as plt
import numpy as np
import torch
from matplotlib.ticker import MaxNLocator

from course_lib.plots import BLUE, COLOURS, GREY, ORANGE, _clean


def reach(curves: dict[str, Sequence[float]]) -> None:
    """Length of the gradient (T,) over the distance from the last input, on a logarithmic scale; one line each."""
    _, axes = plt.subplots(figsize=(8.4, 3.4), layout="constrained")
    for (name, values), colour in zip(curves.items(), cycle(COLOURS)):
        axes.semilogy(values, color=colour, label=name)
    axes.set(xlabel="steps before the last input", ylabel="length of the gradient")
    axes.legend(frameon=False, loc="center left", bbox_to_anchor=(1, 0.5), fontsize=9)
    _clean(axes)
    plt.show()


def cliff(w: np.ndarray, b: np.ndarray, loss: np.ndarray, runs: dict[str, tuple[np.ndarray, Sequence[float]]]) -> None:
    """A map of the loss with the way of each run, and the losses of the runs.

    w, b, loss: (rows, columns). runs: name -> places (steps, 2) of w and b, and losses (steps,).
    """
    _, (plane, curves) = plt.subplots(1, 2, figsize=(9.6, 3.5), layout="constrained", width_ratios=(1.25, 1))
    image = plane.pcolormesh(w, b, np.sqrt(loss), cmap="Greys", shading="auto", rasterized=True)
    plt.colorbar(image, ax=plane, label="distance from the goal")
    frame = ((w.min(), w.max()), (b.min(), b.max()))
    for (name, (places, losses)), colour in zip(runs.items(), (ORANGE, BLUE), strict=False):
        plane.plot(*places.T, "o-", color=colour, markersize=3, linewidth=1.2, label=name)
        lower, upper = np.array(frame).T
        outside = np.flatnonzero(((places < lower) | (places > upper)).any(axis=1))
        if len(outside):
            x, y = places[outside[0]]
            label = f"to w = {x:.0f}, b = {y:.0f}"
            plane.annotate(label, (frame[0][1], frame[1][1]), (-4, -4), textcoords="offset points", color=colour)
            plane.texts[-1].set(ha="right", va="top", fontsize=9)
        curves.plot(losses, "o-", color=colour, markersize=2.5, linewidth=1, label=name)
    plane.set(xlabel="w", ylabel="b", xlim=frame[0], ylim=frame[1])
    curves.set(xlabel="step", ylabel="loss", ylim=(0, None))
    curves.legend(frameon=False, fontsize=9)
    _clean(curves)
    plt.show()


def by_window(windows: Sequence[int], found: dict[int, Sequence[float]]) -> None:
    """Accuracy over the window of truncated back-propagation. found: delay -> an accuracy for each window."""
    _, axes = plt.subplots(figsize=(6.8, 3), layout="constrained")
    for (delay, shares), colour in zip(found.items(), (BLUE, ORANGE), strict=False):
        axes.plot(windows, shares, "o-", color=colour, label=f"delay {delay}")
        axes.axvline(delay + 1, color=colour, linestyle=":", linewidth=1.2)
        axes.annotate(
            f"{delay + 1} inputs\nfrom bit to answer",
            (delay + 1, 0.535),
            (4, 0),
            textcoords="offset points",
            color=colour,
            fontsize=8.5,
        )
    axes.axhline(0.5, color=GREY, linestyle="--", linewidth=1)
    axes.annotate("chance", (0.995, 0.5), xycoords=("axes fraction", "data"), ha="right", va="bottom", fontsize=8)
    axes.set_xscale("log", base=2)
    axes.set_xticks(windows, [str(window) for window in windows])
    axes.minorticks_off()
    axes.set(xlabel="window (time steps)", ylabel="share of bits recalled", ylim=(0.4, 1.05))
    axes.legend(frameon=False, loc="center left", bbox_to_anchor=(1, 0.5))
    _clean(axes)
    plt.show()


def memory_cell(
    values: np.ndarray, marks: np.ndarray, kept: Sequence[float], cells: Sequence[float], shown: Sequence[float]
) -> None:
    """What one cell reads, keeps and holds, step by step; all (T,). marks: where a value is to be remembered."""
    steps = np.arange(len(values))
    _, (read, gate, memory) = plt.subplots(3, figsize=(8.4, 4.6), sharex=True, layout="constrained")
    read.bar(steps, values, color=[ORANGE if mark else GREY for mark in marks], width=0.7)
    read.set(ylabel="value read", ylim=(-1.1, 1.1), title="orange: marked")
    gate.step(steps, kept, where="mid", color=BLUE)
    gate.set(ylabel="share kept", ylim=(-0.05, 1.1))
    memory.step(steps, cells, where="mid", color=ORANGE, label="cell c")
    memory.step(steps, shown, where="mid", color=BLUE, label="output h")
    memory.axhline(0, color="black", linewidth=0.5)
    memory.legend(frameon=False, loc="center left", bbox_to_anchor=(1, 0.5))
    memory.set(ylabel="memory", xlabel="time step", ylim=(-1.1, 1.1))
    for axes in (read, gate, memory):
        _clean(axes)
    plt.show()


def where_states_end(out: torch.Tensor, final: torch.Tensor) -> None:
    """Outputs (T, 2H) of a bidirectional layer, with a box where each half of its final state (2H,) stands in them."""
    values, last = out.detach().numpy(), final.detach().numpy()
    half = len(last) // 2
    _, axes = plt.subplots(figsize=(7.6, 3.6), layout="constrained")
    image = axes.imshow(values.T, cmap="coolwarm", vmin=-0.6, vmax=0.6, aspect="auto")
    for rows, name in ((slice(0, half), "forward"), (slice(half, 2 * half), "backward")):
        (places,) = np.nonzero(np.isclose(values[:, rows], last[rows]).all(axis=1))
        for place in map(int, places):
            box = plt.Rectangle((place - 0.5, rows.start - 0.5), 1, half, fill=False, edgecolor="black", linewidth=2.5)
            box.set_clip_on(False)
            axes.add_patch(box)
            axes.text(place, rows.start + half / 2 - 0.5, name, rotation=90, ha="center", va="center", fontsize=9)
    axes.axhline(half - 0.5, color="white", linewidth=3)
    axes.set_yticks([half / 2 - 0.5, half * 1.5 - 0.5], ["forward half", "backward half"], rotation=90, va="center")
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.set(xlabel="position t of out", title="boxes: where the final states stand in out")
    plt.colorbar(image, ax=axes, label="out")
    plt.show()


def memory_left(curves: dict[str, Sequence[float]], factors: dict[str, float]) -> None:
    """Shares that are left over time, on a logarithmic scale; dotted: what a constant factor per step would leave."""
    _, axes = plt.subplots(figsize=(8.4, 3.4), layout="constrained")
    for (name, shares), colour in zip(curves.items(), cycle(COLOURS)):
        axes.semilogy(shares, color=colour, label=name)
    steps = np.arange(max(map(len, curves.values())))
    lowest = 1e-5
    for name, factor in factors.items():
        line = factor**steps
        axes.semilogy(steps, line, color="black", linestyle=":", linewidth=0.9)
        end = np.flatnonzero(line > 1.6 * lowest)[-1]
        axes.annotate(f"{name} per step", (end, line[end]), (-5, -2), textcoords="offset points", fontsize=8)
        axes.texts[-1].set(ha="right", va="top")
    axes.set(xlabel="steps", ylabel="share of the difference left", ylim=(lowest, 1.6))
    axes.legend(frameon=False, loc="center left", bbox_to_anchor=(1, 0.5), fontsize=9)
    _clean(axes)
    plt.show()


def by_layer(spreads: dict[str, Sequence[float]]) -> None:
    """A value for the input and for each layer, on a logarithmic scale; one line each."""
    _, axes = plt.subplots(figsize=(6.4, 2.8), layout="constrained")
    for (name, values), colour, height in zip(spreads.items(), (BLUE, ORANGE), (6, -13), strict=False):
        axes.semilogy(values, "o-", color=colour, label=name)
        for layer, value in enumerate(values[1:], 1):
            place = (layer, value)
            axes.annotate(f"{value:.3f}", place, (0, height), textcoords="offset points", ha="center", fontsize=8)
    layers = range(len(next(iter(spreads.values()))))
    axes.set_xticks(layers, ["input", *(f"layer {layer}" for layer in layers[1:])])
    axes.set(ylabel="standard deviation", ylim=(min(map(min, spreads.values())) / 3, 2))
    axes.minorticks_off()
    axes.legend(frameon=False)
    _clean(axes)
    plt.show()
