"""Pictures of cells and of gradients through time for `recurrent_networks`; none of them is an exercise."""

from __future__ import annotations

from collections.abc import Sequence

import matplotlib.pyplot as plt
import numpy as np
import torch
from matplotlib.ticker import MaxNLocator

from course_lib import alt_texts
from course_lib.figures import BLUE, GREY, ORANGE, clean, curve, show, styles


def reach(curves: dict[str, Sequence[float]]) -> None:
    """Length of the gradient (T,) over the distance from the last input, on a logarithmic scale; one line each."""
    figure, axes = plt.subplots(figsize=(8.4, 3.4), layout="constrained")
    for (name, values), style in zip(curves.items(), styles(), strict=False):
        curve(axes, range(len(values)), values, name, style)
    axes.set(xlabel="steps before the last input", ylabel="length of the gradient", yscale="log")
    axes.legend(frameon=False, loc="center left", bbox_to_anchor=(1, 0.5), fontsize=9)
    clean(axes)
    show(figure, alt_texts.drawn("length of the gradient by steps before the last input", curves))


def cliff(w: np.ndarray, b: np.ndarray, loss: np.ndarray, runs: dict[str, tuple[np.ndarray, Sequence[float]]]) -> None:
    """A map of the loss with the way of each run, and the losses of the runs.

    w, b, loss: (rows, columns). runs: name -> places (steps, 2) of w and b, and losses (steps,).
    """
    figure, (plane, curves) = plt.subplots(1, 2, figsize=(9.6, 3.5), layout="constrained", width_ratios=(1.25, 1))
    image = plane.pcolormesh(w, b, np.sqrt(loss), cmap="Greys", shading="auto", rasterized=True)
    plt.colorbar(image, ax=plane, label="distance from the goal")
    frame = ((w.min(), w.max()), (b.min(), b.max()))
    for (name, (places, losses)), colour, mark in zip(runs.items(), (ORANGE, BLUE), ("o-", "s-"), strict=False):
        plane.plot(*places.T, mark, color=colour, markersize=3.5, linewidth=1.2, label=name)
        lower, upper = np.array(frame).T
        outside = np.flatnonzero(((places < lower) | (places > upper)).any(axis=1))
        if len(outside):
            x, y = places[outside[0]]
            label = f"to w = {x:.0f}, b = {y:.0f}"
            plane.annotate(label, (frame[0][1], frame[1][1]), (-4, -4), textcoords="offset points", color=colour)
            plane.texts[-1].set(ha="right", va="top", fontsize=9)
        curves.plot(losses, mark, color=colour, markersize=3.5, linewidth=1, label=name)
    plane.set(xlabel="w", ylabel="b", xlim=frame[0], ylim=frame[1])
    curves.set(xlabel="step", ylabel="loss", ylim=(0, None))
    curves.legend(frameon=False, fontsize=9)
    clean(curves)
    show(
        figure,
        alt_texts.drawn(
            "loss by step, beside a map of the loss over w and b", {name: losses for name, (_, losses) in runs.items()}
        ),
    )


def by_window(windows: Sequence[int], found: dict[int, Sequence[float]]) -> None:
    """Accuracy over the window of truncated back-propagation. found: delay -> an accuracy for each window."""
    figure, axes = plt.subplots(figsize=(6.8, 3), layout="constrained")
    for (delay, shares), style in zip(found.items(), styles((BLUE, ORANGE)), strict=False):
        colour = style["color"]
        curve(axes, windows, shares, f"delay {delay}", style)
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
    clean(axes)
    show(
        figure,
        alt_texts.curves(
            "share of bits recalled by window", {f"delay {delay}": (windows, shares) for delay, shares in found.items()}
        ),
    )


def memory_cell(
    values: np.ndarray, marks: np.ndarray, kept: Sequence[float], cells: Sequence[float], shown: Sequence[float]
) -> None:
    """What one cell reads, keeps and holds, step by step; all (T,). marks: where a value is to be remembered."""
    steps = np.arange(len(values))
    figure, (read, gate, memory) = plt.subplots(3, figsize=(8.4, 4.6), sharex=True, layout="constrained")
    bars = read.bar(steps, values, color=[ORANGE if mark else GREY for mark in marks], width=0.7, edgecolor="white")
    for bar, mark in zip(bars, marks, strict=True):
        bar.set_hatch("//" if mark else "")
    read.set(ylabel="value read", ylim=(-1.1, 1.1), title="orange, hatched: marked")
    gate.step(steps, kept, where="mid", color=BLUE)
    gate.set(ylabel="share kept", ylim=(-0.05, 1.1))
    memory.step(steps, cells, where="mid", color=ORANGE, label="cell c")
    memory.step(steps, shown, where="mid", color=BLUE, linestyle="--", label="output h")
    memory.axhline(0, color="black", linewidth=0.5)
    memory.legend(frameon=False, loc="center left", bbox_to_anchor=(1, 0.5))
    memory.set(ylabel="memory", xlabel="time step", ylim=(-1.1, 1.1))
    for axes in (read, gate, memory):
        clean(axes)
    read_at = [int(step) for step in np.flatnonzero(marks)]
    show(
        figure,
        f"values read in {len(values)} steps, marked at {read_at}; the cell holds up to {max(map(abs, cells)):.2f}",
    )


def where_states_end(out: torch.Tensor, final: torch.Tensor) -> None:
    """Outputs (T, 2H) of a bidirectional layer, with a box where each half of its final state (2H,) stands in them."""
    values, last = out.detach().numpy(), final.detach().numpy()
    half = len(last) // 2
    figure, axes = plt.subplots(figsize=(7.6, 3.6), layout="constrained")
    image = axes.imshow(values.T, cmap="coolwarm", vmin=-0.6, vmax=0.6, aspect="auto")
    boxed: dict[str, list[int]] = {}
    for rows, name in ((slice(0, half), "forward"), (slice(half, 2 * half), "backward")):
        (places,) = np.nonzero(np.isclose(values[:, rows], last[rows]).all(axis=1))
        boxed[name] = [int(place) for place in places]
        for place in boxed[name]:
            box = plt.Rectangle((place - 0.5, rows.start - 0.5), 1, half, fill=False, edgecolor="black", linewidth=2.5)
            box.set_clip_on(False)
            axes.add_patch(box)
            axes.text(place, rows.start + half / 2 - 0.5, name, rotation=90, ha="center", va="center", fontsize=9)
    axes.axhline(half - 0.5, color="white", linewidth=3)
    axes.set_yticks([half / 2 - 0.5, half * 1.5 - 0.5], ["forward half", "backward half"], rotation=90, va="center")
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.set(xlabel="position t of out", title="boxes: where the final states stand in out")
    plt.colorbar(image, ax=axes, label="out")
    show(
        figure,
        alt_texts.described(
            f"outputs of {len(values)} positions; halves of the final state stand at",
            [f"{name} {places}" for name, places in boxed.items()],
        ),
    )


def memory_left(curves: dict[str, Sequence[float]], factors: dict[str, float]) -> None:
    """Shares that are left over time, on a logarithmic scale; dotted: what a constant factor per step would leave."""
    figure, axes = plt.subplots(figsize=(8.4, 3.4), layout="constrained")
    for (name, shares), style in zip(curves.items(), styles(), strict=False):
        curve(axes, range(len(shares)), shares, name, style)
    axes.set_yscale("log")
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
    clean(axes)
    show(figure, alt_texts.drawn("share of a difference that is left, by steps", curves))


def by_layer(spreads: dict[str, Sequence[float]]) -> None:
    """A value for the input and for each layer, on a logarithmic scale; one line each."""
    figure, axes = plt.subplots(figsize=(6.4, 2.8), layout="constrained")
    axes.set_yscale("log")
    for (name, values), style, height in zip(spreads.items(), styles((BLUE, ORANGE)), (6, -13), strict=False):
        curve(axes, range(len(values)), values, name, style)
        for layer, value in enumerate(values[1:], 1):
            place = (layer, value)
            axes.annotate(f"{value:.3f}", place, (0, height), textcoords="offset points", ha="center", fontsize=8)
    layers = range(len(next(iter(spreads.values()))))
    axes.set_xticks(layers, ["input", *(f"layer {layer}" for layer in layers[1:])])
    axes.set(ylabel="standard deviation", ylim=(min(map(min, spreads.values())) / 3, 2))
    axes.minorticks_off()
    axes.legend(frameon=False)
    clean(axes)
    show(figure, alt_texts.drawn("standard deviation from the input (0) to the last layer", spreads))
