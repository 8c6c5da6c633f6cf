"""Pictures for the lesson `05_meta_lstm`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.colors import ListedColormap

from course_lib import alt_texts
from course_lib.figures import BLUE, GREY, HATCHES, ORANGE, PURPLE, clean, curve, show, styles


def sequence(inputs: np.ndarray, num_keys: int, answer: int) -> None:
    """One sequence as the network reads it: a column for each step, keys blue, values orange. inputs: (T, K + V)."""
    steps, rows = inputs.shape
    image = inputs.T * np.where(np.arange(rows) < num_keys, 1, 2)[:, None]
    figure, axes = plt.subplots(figsize=(5.6, 3.9), layout="constrained")
    axes.pcolormesh(image, cmap=ListedColormap(["#eef1f4", BLUE, ORANGE]), vmin=0, vmax=2, edgecolor="white", lw=1)
    axes.axhline(num_keys, color="black", lw=1)
    axes.axvline(steps - 1, color="black", lw=1, ls=":")
    axes.text(steps - 0.5, num_keys + answer + 0.5, "?", ha="center", va="center", color=ORANGE, size=13)
    axes.set_xticks(np.arange(steps) + 0.5, [f"pair {step}" for step in range(1, steps)] + ["question"])
    axes.set_yticks(
        np.arange(rows) + 0.5,
        [f"key {row}" if row < num_keys else f"value {row - num_keys}" for row in range(rows)],
        size=8,
    )
    axes.invert_yaxis()
    axes.set(xlabel="time step", ylabel="input")
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    shown = inputs.argmax(axis=1), inputs[:, num_keys:].argmax(axis=1)
    parts = [f"key {key} value {value}" for key, value in zip(*shown, strict=True)][:-1]
    parts.append(f"key {shown[0][-1]} without its value {answer}")
    show(figure, alt_texts.described("columns of a grid: keys above, values below", parts))


def fall(losses: Sequence[float], levels: dict[str, float], shares: dict[str, Sequence[float]], every: int) -> None:
    """Loss over training with levels to compare it with; shares of answers that are right, or at least shown.

    levels: name -> loss. shares: name -> one number for every `every` steps.
    """
    figure, (left, right) = plt.subplots(1, 2, figsize=(10.6, 3.6), layout="constrained")
    steps = np.arange(len(losses))
    window = np.ones(10) / 10
    left.plot(steps[9:], np.convolve(losses, window, "valid"), color=BLUE, lw=1.6)
    for (name, level), line in zip(levels.items(), ("--", ":"), strict=False):
        left.axhline(level, color="black", lw=1, ls=line)
        left.text(len(losses), level + 0.03, name, ha="right", va="bottom", size=9.5)
    left.set(xlabel="training step", ylabel="loss, mean of 10 steps", ylim=(0, 1.15 * max(levels.values())))
    for (name, values), style in zip(shares.items(), styles((GREY, BLUE)), strict=False):
        curve(right, every * np.arange(len(values)), values, name, style | {"linewidth": 2})
    right.set(xlabel="training step", ylabel="share of new sequences", ylim=(0, 1.05))
    right.legend(frameon=False, loc="lower right")
    for axes in (left, right):
        clean(axes)
    lines: dict[str, tuple[Any, Any]] = {"loss": (steps[9:], np.convolve(losses, window, "valid"))}
    lines |= {f"share of {name}": (every * np.arange(len(values)), values) for name, values in shares.items()}
    show(figure, alt_texts.curves("over training", lines))


def inside(known: dict[str, Sequence[float]], by_place: dict[int, Sequence[float]]) -> None:
    """Share of all keys that are known after 0, 1, ... pairs; accuracy by the place of the pair that is asked for.

    known: who -> shares. by_place: number of pairs -> accuracies from the oldest pair to the freshest.
    """
    figure, (left, right) = plt.subplots(1, 2, figsize=(10.6, 3.6), layout="constrained")
    for (name, values), colour, line in zip(known.items(), ("black", BLUE), ("--", "o-"), strict=True):
        left.plot(values, line, color=colour, ms=5, lw=1.6, label=name)
    left.set(xlabel="pairs shown so far", ylabel="share of questions right,\nall keys asked for", ylim=(0, 1.05))
    for (pairs, values), style in zip(by_place.items(), styles((BLUE, PURPLE, ORANGE)), strict=False):
        curve(right, range(1, pairs + 1), values, f"{pairs} pairs", style)
    right.set(xlabel="place of the pair that is asked for", ylabel="share right", ylim=(0, 1.05))
    for axes in (left, right):
        axes.legend(frameon=False, loc="lower right")
        clean(axes)
    show(figure, alt_texts.drawn("share of questions right by pairs shown", known))


def rewriting(panels: dict[str, Sequence[Sequence[float]]]) -> None:
    """Whose value wins if a key is shown twice. panels: title -> for each distance the shares of first and second."""
    figure, places = plt.subplots(1, len(panels), figsize=(4.9 * len(panels), 3.3), sharey=True, layout="constrained")
    looks: list[dict[str, Any]] = [
        {"facecolor": colour, "hatch": hatch, "edgecolor": "white"}
        for colour, hatch in zip((GREY, BLUE, ORANGE), HATCHES, strict=False)
    ]
    for axes, (title, rows) in zip(places, panels.items(), strict=True):
        first, second = np.array(rows).T
        at = np.arange(len(rows))
        neither = 1 - first - second
        for shares, shift, look in zip((first, second, neither), (-0.26, 0, 0.26), looks, strict=True):
            bars = axes.bar(at + shift, shares, width=0.24, **look)
            axes.bar_label(bars, labels=[f"{abs(share):.2f}" for share in shares], padding=2, size=8.5)
        axes.set_xticks(at, [f"{gap} between" if gap else "at once" for gap in at])
        axes.set(ylim=(0, 1.12), xlabel="other pairs between the first and the second time")
        axes.set_title(title, size=11)
        clean(axes)
    places[0].set_ylabel("share of the answers")
    marks = [plt.Rectangle((0, 0), 1, 1, **look) for look in looks]
    names = ("first value", "second value", "neither")
    places[0].figure.legend(marks, names, loc="outside lower center", ncols=3, frameon=False)
    parts = [
        f"{title} {rows[0][0]:.2f} and {rows[0][1]:.2f} at once, "
        f"{rows[-1][0]:.2f} and {rows[-1][1]:.2f} with {len(rows) - 1} between"
        for title, rows in panels.items()
    ]
    show(figure, alt_texts.described("shares of first and second value", parts))


def sizes(right: dict[int, Sequence[float]], practised: int, chance: float) -> None:
    """Share of right answers by the number of pairs, a line for each number of units. right: units -> shares."""
    figure, axes = plt.subplots(figsize=(7.6, 3.7), layout="constrained")
    shades = plt.get_cmap("Blues")(np.linspace(0.5, 1, len(right)))
    for (units, shares), style in zip(right.items(), styles(list(shades)), strict=False):
        curve(axes, range(1, len(shares) + 1), shares, f"H = {units}", style | {"linewidth": 2})
    axes.axvline(practised, color=ORANGE, lw=1.5, ls="--")
    axes.text(practised + 0.08, 0.03, "practised", color=ORANGE, size=10)
    axes.axhline(chance, color="black", lw=1, ls=":")
    axes.text(1, chance - 0.02, "chance", size=9.5, va="top")
    axes.set(xlabel="pairs in the sequence", ylabel="share right", ylim=(0, 1.05))
    axes.legend(frameon=False, loc="center left", bbox_to_anchor=(1, 0.5))
    clean(axes)
    show(
        figure,
        alt_texts.drawn(
            f"share right by pairs, {practised} practised",
            {f"H = {units}": shares for units, shares in right.items()},
            1,
        ),
    )


def fixed(counts: Sequence[str], shares: dict[str, Sequence[float]], chance: float) -> None:
    """Three exams by the number of pairings in training. shares: exam -> a share for each count."""
    figure, axes = plt.subplots(figsize=(9.4, 3.9), layout="constrained")
    for (name, values), colour, style in zip(shares.items(), (GREY, BLUE, ORANGE), ("s--", "o-", "D-"), strict=True):
        axes.plot(counts, values, style, color=colour, lw=2, ms=6, label=name)
    axes.axhline(chance, color="black", lw=1, ls=":")
    axes.text(-0.1, chance - 0.02, "chance", size=9.5, va="top")
    axes.set(xlabel="pairings in training", ylabel="share right", ylim=(0, 1.05))
    axes.legend(frameon=False, loc="center left", bbox_to_anchor=(1, 0.5))
    clean(axes)
    show(
        figure,
        alt_texts.curves(
            "share right by pairings in training", {name: (counts, values) for name, values in shares.items()}
        ),
    )
