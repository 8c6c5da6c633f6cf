"""Pictures for the lesson `04_toy_chooser`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import matplotlib.pyplot as plt
import numpy as np

from course_lib import alt_texts
from course_lib.figures import BLUE, GREEN, GREY, ORANGE, PURPLE, clean, curve, show, styles

MARKED = {GREY: "", ORANGE: "//"}  # how bars of these colours are hatched
PLACES = ("thousands", "hundreds", "tens", "ones")
SHADES = (PURPLE, BLUE, GREEN, ORANGE)  # of the four places


def options(counts: np.ndarray, hits: dict[str, Sequence[float]]) -> None:
    """Share of right choices by the number of options, a line for each moment. counts: (K,)."""
    figure, axes = plt.subplots(figsize=(8.4, 3.7), layout="constrained")
    shades = plt.get_cmap("Blues")(np.linspace(0.5, 1, len(hits)))
    for (name, shares), style in zip(hits.items(), styles(list(shades)), strict=False):
        curve(axes, counts, shares, name, style | {"linewidth": 2})
    axes.plot(counts, 1 / counts, color="black", lw=1, ls="--", label="chance")
    axes.axvline(10, color=GREY, lw=1, ls=":")
    axes.set(xscale="log", xlabel="number of options", ylabel="share of right choices", ylim=(0, 1.05))
    axes.set_xticks([2, 10, 100, 1000, 9999], ["2", "10", "100", "1,000", "all 9,999"])
    axes.minorticks_off()
    axes.legend(frameon=False, loc="center left", bbox_to_anchor=(1, 0.5))
    clean(axes)
    show(
        figure,
        alt_texts.curves(
            "share of right choices by number of options", {name: (counts, shares) for name, shares in hits.items()}
        ),
    )


def examples(counts: Sequence[int], right: dict[str, Sequence[float]]) -> None:
    """Share of unseen numbers that are right, by how many numbers were known. right: which numbers -> shares."""
    figure, axes = plt.subplots(figsize=(8.4, 3.7), layout="constrained")
    styles = (("black", "--"), (BLUE, "-"), (PURPLE, "-"), (ORANGE, "-"))
    for (name, shares), (colour, line), marker in zip(right.items(), styles, "os^D", strict=True):
        axes.plot(counts, shares, line, marker=marker, color=colour, lw=2, ms=5, label=name)
    axes.set(xscale="log", xlabel="numbers seen in training", ylabel="unseen numbers right,\namong all 9,999 options")
    axes.set_xticks(counts, [f"{count:,}" for count in counts])
    axes.minorticks_off()
    axes.set(ylim=(-0.03, 1.05))
    axes.legend(frameon=False, loc="center left", bbox_to_anchor=(1, 0.5))
    clean(axes)
    show(
        figure,
        alt_texts.curves(
            "unseen numbers right by numbers seen in training",
            {name: (counts, shares) for name, shares in right.items()},
        ),
    )


def sums(asked: Sequence[int], answers: Sequence[int]) -> None:
    """Columns of sums as on paper: a number, the answer of a network, what they add up to. Wrong digits in orange."""
    figure, axes = plt.subplots(figsize=(1.45 * len(asked), 1.9), layout="constrained")
    style: dict[str, Any] = {"family": "monospace", "size": 17, "ha": "center", "va": "center"}
    for column, (x, y) in enumerate(zip(asked, answers, strict=True)):
        left = 1.45 * column
        rows = (f"{x:04}", f"{y:04}", f"{x + y:05}"[-5:])
        for row, text in enumerate(rows):
            for place, digit in enumerate(text.rjust(5)):
                wrong = row == 1 and place > 0 and digit != f"{10_000 - x:04}"[place - 1]
                bad = row == 2 and x + y != 10_000
                colour = ORANGE if wrong or bad else BLUE if row == 1 else "black"
                weight = "bold" if wrong or bad else "normal"
                axes.text(left + 0.22 * place, -row - 0.25 * (row == 2), digit, color=colour, weight=weight, **style)
        axes.text(left - 0.12, -1, "+", **(style | {"size": 13}))
        axes.plot([left - 0.15, left + 1.0], [-1.6, -1.6], color="black", lw=1)
    axes.set(xlim=(-0.35, 1.45 * len(asked) - 0.25), ylim=(-2.75, 0.5))
    axes.axis("off")
    parts = [f"{x:04} + {y:04} = {x + y}" for x, y in zip(asked, answers, strict=True)]
    show(figure, alt_texts.described("sums on paper that should be 10000", parts))


def order(panels: dict[str, np.ndarray]) -> None:
    """Accuracy of each digit over training, one panel for each reading. panels: title -> (moments, 4)."""
    figure, places = plt.subplots(1, len(panels), figsize=(5.2 * len(panels), 3.6), sharey=True, layout="constrained")
    for axes, (title, curves) in zip(places, panels.items(), strict=True):
        for place, colour, line in zip(range(4), SHADES, ("-", "--", "-.", "o-"), strict=True):
            steps = 10 * np.arange(len(curves))
            axes.plot(steps, curves[:, place], line, color=colour, lw=2.2, ms=4, label=PLACES[place])
        axes.axhline(0.1, color="black", lw=1, ls=":")
        axes.set_title(title, size=11)
        axes.set(xlabel="training step", ylim=(0, 1.05), xlim=(0, 200))
        clean(axes)
    places[0].set_ylabel("accuracy of the digit, unseen numbers")
    places[0].text(198, 0.09, "chance", va="top", ha="right", size=9.5)
    handles, names = places[0].get_legend_handles_labels()
    places[0].figure.legend(handles, names, loc="outside lower center", ncols=len(names), frameon=False)
    firsts = {
        title: {PLACES[place]: int(10 * np.argmax(curves[:, place] >= 0.9)) for place in range(4)}
        for title, curves in panels.items()
        if (curves.max(axis=0) >= 0.9).all()
    }
    parts = [
        f"{title}: " + ", ".join(f"{name} {step}" for name, step in found.items()) for title, found in firsts.items()
    ]
    show(figure, alt_texts.described("accuracy of each digit by step; .9 is reached at step", parts))


def hidden(held: dict[tuple[str, str], Sequence[float]]) -> None:
    """Bars for known numbers and for those with a digit that was hidden. held: (experiment, network) -> two shares."""
    experiments = list(dict.fromkeys(name for name, _ in held))
    figure, places = plt.subplots(1, len(experiments), figsize=(10.4, 2.7), sharey=True, layout="constrained")
    for axes, experiment in zip(places, experiments, strict=True):
        kinds = {kind: shares for (name, kind), shares in held.items() if name == experiment}
        for row, shares in enumerate(kinds.values()):
            for share, shift, colour in zip(shares, (-0.19, 0.19), (GREY, ORANGE), strict=True):
                look: dict[str, Any] = {"color": colour, "hatch": MARKED[colour], "edgecolor": "white"}
                bar = axes.barh(row + shift, share, height=0.34, **look)
                axes.bar_label(bar, labels=[f"{share:.2f}"], padding=3)
        axes.set_yticks(range(len(kinds)), list(kinds))
        axes.set(xlim=(0, 1.15), xlabel="share right among all 9,999 options")
        axes.set_title(experiment, size=11)
        clean(axes)
    places[0].invert_yaxis()
    marks = [
        plt.Rectangle((0, 0), 1, 1, facecolor=colour, hatch=MARKED[colour], edgecolor="white")
        for colour in (GREY, ORANGE)
    ]
    names = ("numbers without a hidden digit", "numbers with one hidden digit, unseen")
    places[0].figure.legend(marks, names, loc="outside lower center", ncols=2, frameon=False)
    parts = []
    for experiment in experiments:
        unseen = [f"{kind} {shares[1]:.2f}" for (name, kind), shares in held.items() if name == experiment]
        parts.append(f"{experiment}: {', '.join(unseen)}")
    show(figure, alt_texts.described("right with a hidden digit", parts))


def vectors(points: np.ndarray, digits: np.ndarray, of_digit: np.ndarray, share: np.ndarray) -> None:
    """Numbers in the plane of the two best directions, coloured by digit; how alike ten digits are.

    points: (N, 2). digits: (N, 4). of_digit: (10, D), the mean vector for each first digit. share: (2,) of variance.
    """
    figure, (first, last, alike) = plt.subplots(
        1, 3, figsize=(12.4, 3.9), width_ratios=(1, 1, 1.05), layout="constrained"
    )
    shades = plt.get_cmap("viridis", 10)
    for axes, place, name in ((first, 0, "first"), (last, 3, "last")):
        dots = axes.scatter(*points[::3].T, c=digits[::3, place], cmap=shades, vmin=-0.5, vmax=9.5, s=5)
        axes.set_title(f"every third number, by its {name} digit", size=11)
        directions = f"first direction ({share[0]:.0%} of the variance)", f"second direction ({share[1]:.0%})"
        axes.set(xlabel=directions[0], ylabel=directions[1], aspect="equal")
        clean(axes)
    figure.colorbar(dots, ax=(first, last), ticks=range(10), label="digit", shrink=0.9)
    unit = of_digit / np.linalg.norm(of_digit, axis=1, keepdims=True)
    image = alike.imshow(unit @ unit.T, cmap="RdBu_r", vmin=-1, vmax=1)
    alike.set(xticks=range(10), yticks=range(10), xlabel="first digit", ylabel="first digit")
    alike.set_title("cosine of the mean vectors", size=11)
    figure.colorbar(image, ax=alike, shrink=0.9, label="cosine")
    table = unit @ unit.T
    others = table[~np.eye(len(table), dtype=bool)]
    show(
        figure,
        alt_texts.described(
            "numbers as points in a plane, coloured by first and by last digit; cosines of first digits",
            [f"{others.min():.2f} to {others.max():.2f} for different ones"],
        ),
    )


def wrong_options(exams: dict[str, Sequence[float]], by_place: dict[str, Sequence[float]]) -> None:
    """Left: how those trained on a kind of wrong options do in each exam. Right: their accuracy by place.

    exams: kind of training -> shares for the exams easy, random, hard, all. by_place: kind -> four accuracies.
    """
    figure, (left, right) = plt.subplots(1, 2, figsize=(11, 3.5), width_ratios=(1.15, 1), layout="constrained")
    table = np.array(list(exams.values()))
    left.imshow(table, cmap="Blues", vmin=0, vmax=1, aspect="auto")
    for (row, column), value in np.ndenumerate(table):
        shown = f"{value:.2f}" if value < 0.995 else "1.00"
        left.text(column, row, shown, ha="center", va="center", color="white" if value > 0.6 else "black", size=12)
    left.set_xticks(range(4), ["ten, easy", "ten, random", "ten, hard", "all 9,999"])
    left.set_yticks(range(len(exams)), list(exams))
    left.set(xlabel="options in the exam", ylabel="wrong options in training")
    left.set_title("share of right choices", size=11)
    for (kind, values), colour, marker in zip(by_place.items(), (ORANGE, GREY, BLUE), "Dos", strict=True):
        right.plot(PLACES, values, "-", marker=marker, color=colour, lw=2, ms=6, label=kind)
    right.axhline(0.1, color="black", lw=1, ls=":")
    right.text(0, 0.09, "chance", va="top", size=9.5)
    right.set(ylim=(0, 1.05), ylabel="accuracy of the digit, among all 9,999")
    right.legend(frameon=False, title="wrong options\nin training", loc="center left", bbox_to_anchor=(1, 0.5))
    clean(right)
    parts = [f"{kind} {shares[0]:.2f} of ten easy, {shares[-1]:.2f} of all" for kind, shares in exams.items()]
    show(figure, alt_texts.described("right choices by the wrong options in training", parts))
