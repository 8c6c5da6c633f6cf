"""Pictures for `toy_chooser`; none of them is an exercise."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import cycle
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import torch
from matplotlib.legend_handler import HandlerTuple

from course_lib import alt_texts
from course_lib.figures import BLUE, GREY, HATCHES, INK, ORANGE, clean, curve, ink_on, show, styles

# --- part 3: learning to choose ------------------------------------------------------------------------------


def by_options(models: dict[str, dict[int, float]], title: str) -> None:
    """Accuracy over the number of options, a line for each model, and the accuracy of a guess."""
    figure, axes = plt.subplots(figsize=(6.4, 2.7), layout="constrained")
    for (name, shares), style in zip(models.items(), styles(), strict=False):
        counts, values = zip(*sorted(shares.items()), strict=True)
        curve(axes, counts, values, name, style)
    numbers = sorted({count for shares in models.values() for count in shares})
    axes.plot(numbers, [1 / count for count in numbers], color=GREY, linestyle="--", linewidth=1, label="a guess")
    axes.set_xticks(numbers)
    axes.set(xlabel="number of options", ylabel="accuracy", ylim=(0, 1.04), title=title)
    axes.legend(frameon=False, loc="center left", bbox_to_anchor=(1, 0.5))
    clean(axes)
    show(
        figure,
        alt_texts.curves(
            f"accuracy by number of options, {title}",
            {name: ([*sorted(found)], [found[k] for k in sorted(found)]) for name, found in models.items()},
        ),
    )


def training(losses: Sequence[float], floors: dict[str, float], every: int = 10) -> None:
    """The loss of each step, thin, and the means of so many steps, thick; dashed lines at values to compare with."""
    figure, axes = plt.subplots(figsize=(6.4, 2.6), layout="constrained")
    axes.plot(range(1, len(losses) + 1), losses, color=ORANGE, alpha=0.35, linewidth=0.8, label="each step")
    ends = range(every, len(losses) + 1, every)
    means = [float(np.mean(losses[end - every : end])) for end in ends]
    middles = [end - (every - 1) / 2 for end in ends]
    axes.plot(middles, means, color=BLUE, linewidth=2, label=f"mean of {every} steps")
    for name, value in floors.items():
        axes.axhline(value, color=GREY, linestyle="--", linewidth=1)
        axes.annotate(name, (0.995, value), xycoords=("axes fraction", "data"), ha="right", va="bottom", fontsize=8)
    axes.set(xlabel="step", ylabel="loss", ylim=(0, None))
    axes.legend(frameon=False, loc="center right")
    clean(axes)
    show(figure, alt_texts.curves("loss by step", {f"mean of {every} steps": (middles, means)}))


def progress(runs: dict[str, dict[int, float]], ylabel: str, chance: float, examples: int) -> None:
    """Curves over steps of training, a line for each run. chance: the dashed line. examples: in one step."""
    figure, axes = plt.subplots(figsize=(6.8, 3.1), layout="constrained")
    for (name, values), style in zip(runs.items(), styles(), strict=False):
        curve(axes, list(values), list(values.values()), name, style)
    axes.axhline(chance, color=GREY, linestyle="--", linewidth=1)
    axes.annotate("chance", (0.995, chance), xycoords=("axes fraction", "data"), ha="right", va="bottom", fontsize=8)
    axes.set_xticks(sorted({step for values in runs.values() for step in values}))
    axes.set(xlabel=f"steps of {examples} problems", ylabel=ylabel, ylim=(0, 1.04))
    axes.legend(frameon=False, loc="center left", bbox_to_anchor=(1, 0.5))
    clean(axes)
    show(
        figure,
        alt_texts.curves(
            f"{ylabel} by step", {name: (list(found), list(found.values())) for name, found in runs.items()}
        ),
    )


PLACES = ("ones", "tens", "hundreds", "thousands")


def places(runs: dict[str, dict[int, Sequence[float]]], ylabel: str) -> None:
    """Shares over steps, a panel for each run, a line for each of the four digits. runs: name -> step -> (4,)."""
    figure, panels = plt.subplots(
        1, len(runs), figsize=(4.1 * len(runs) + 1, 2.9), sharey=True, squeeze=False, layout="constrained"
    )
    for axes, (name, found) in zip(panels[0], runs.items(), strict=True):
        for place, (label, style) in enumerate(zip(PLACES, styles(), strict=False)):
            curve(axes, list(found), [values[place] for values in found.values()], label, style)
        axes.axhline(0.5, color=GREY, linestyle="--", linewidth=1)
        axes.set(title=name, xlabel="steps")
        clean(axes)
    panels[0, 0].set(ylabel=ylabel, ylim=(0.4, 1.02))
    panels[0, -1].legend(frameon=False, loc="center left", bbox_to_anchor=(1, 0.5), title="differs in the")
    last = {name: list(found.values())[-1] for name, found in runs.items()}
    parts = [
        f"{name}: {', '.join(f'{label} {share:.2f}' for label, share in zip(PLACES, shares, strict=False))}"
        for name, shares in last.items()
    ]
    show(figure, alt_texts.described(f"{ylabel} after {max(map(max, runs.values()))} steps", parts))


# --- parts 1 and 2: sums, readers and a judge ----------------------------------------------------------------

SYMBOLS = (*"0123456789", "·", "[", "]")  # PAD, FIRST and LAST as single signs


def _row(axes: plt.Axes, symbols: Sequence[int], left: float, top: float, pad: int, framed: bool = False) -> None:
    """A row of symbols as cells: digits dark, marks grey, padding nearly white; a frame around it."""
    for place, symbol in enumerate(symbols):
        colour = "#e8ebf0" if symbol == pad else BLUE if symbol < 10 else GREY
        axes.add_patch(plt.Rectangle((left + place, top), 0.9, 0.84, color=colour))
        ink = INK if symbol == pad else ink_on(colour)
        axes.text(left + place + 0.45, top + 0.44, SYMBOLS[symbol], ha="center", va="center", color=ink, fontsize=9)
    if framed:
        width = len(symbols) + 0.1
        axes.add_patch(plt.Rectangle((left - 0.1, top - 0.09), width, 1.02, fill=False, edgecolor=ORANGE, linewidth=2))


def batch(problems: Any, pad: int) -> None:
    """A batch: the numbers (B, T), and beside them the options (B, K, U), a block for each problem.

    problems: has numbers, options, mask and answers. Right options are framed; crossed rows have no option.
    """
    numbers, options = problems.numbers.tolist(), problems.options.tolist()
    height, width = len(options[0]) + 0.6, len(numbers[0]) + 2
    right = width + len(options[0][0])
    figure, axes = plt.subplots(figsize=(0.36 * right + 0.4, 0.3 * height * len(numbers) + 0.4), layout="constrained")
    for b, (number, rows) in enumerate(zip(numbers, options, strict=True)):
        top = b * height
        _row(axes, number, 0, top, pad)
        for k, row in enumerate(rows):
            _row(axes, row, width, top + k, pad, framed=k == int(problems.answers[b]))
            if not problems.mask[b, k]:
                axes.plot([width, right - 0.1], [top + k + 0.42] * 2, color=GREY, linewidth=1)
    axes.text(0, -0.35, "numbers (B, T)", fontsize=9)
    axes.text(width, -0.35, "options (B, K, U)", fontsize=9)
    axes.set(xlim=(-0.3, right + 0.2), ylim=(len(numbers) * height, -1.1))
    axes.axis("off")
    show(
        figure,
        f"{len(numbers)} numbers as rows of cells, beside each {len(options[0])} options, the right one framed",
    )


def readings(knows: dict[str, Sequence[float]], symbols: Sequence[str], moves: dict[str, Sequence[float]]) -> None:
    """Left: how far the backward half moves if a symbol is replaced. Right: how far a vector moves with padding.

    knows: name -> a length for each symbol. moves: name -> a share for 0, 1, 2, ... columns of padding.
    """
    figure, (left, right) = plt.subplots(1, 2, figsize=(10.4, 3.1), layout="constrained")
    size = 0.8 / len(knows)
    for number, ((name, values), colour) in enumerate(zip(knows.items(), COLOURS_OF_READINGS, strict=False)):
        places = np.arange(len(symbols)) + (number - (len(knows) - 1) / 2) * size
        left.bar(places, values, width=size * 0.9, color=colour, hatch=HATCHES[number], edgecolor="white", label=name)
    left.set_xticks(range(len(symbols)), symbols)
    left.set(
        xlabel="symbol that is replaced", ylabel="change of the backward half", title="what the backward half has read"
    )
    for (name, values), style in zip(moves.items(), styles(COLOURS_OF_READINGS), strict=False):
        curve(right, range(len(values)), values, name, style)
    right.set(xlabel="columns of padding", ylabel="change, in lengths of the vector", title="what padding does")
    right.set_ylim(-0.04, None)
    for axes in (left, right):
        clean(axes)
    handles: dict[str, list[Any]] = {}  # a name's bar and its line stand side by side
    for axes in (left, right):
        for handle, name in zip(*axes.get_legend_handles_labels(), strict=True):
            handles.setdefault(name, []).append(handle)
    pairs: Any = [tuple(both) for both in handles.values()]
    figure.legend(
        pairs,
        list(handles),
        loc="outside lower center",
        ncols=len(pairs),
        frameon=False,
        handlelength=4,
        handler_map={tuple: HandlerTuple(ndivide=None)},
    )
    first = {
        name: f"{values[0]:.2g} for {symbols[0]}, {values[-1]:.2g} for {symbols[-1]}" for name, values in knows.items()
    }
    parts = [f"{name} {text}" for name, text in first.items()]
    show(figure, alt_texts.described("change of the backward half if a symbol is replaced", parts))


COLOURS_OF_READINGS = (ORANGE, GREY, BLUE)


def by_scale(scales: Sequence[float], curves: dict[str, Sequence[float]], floors: dict[str, float]) -> None:
    """Losses over a scale, which is logarithmic; dashed lines at values to compare with."""
    figure, axes = plt.subplots(figsize=(6.4, 2.8), layout="constrained")
    for (name, values), style, line in zip(curves.items(), styles((ORANGE, BLUE)), cycle(("-", "--"))):
        curve(axes, scales, values, name, style | {"linestyle": line})
    for name, value in floors.items():
        axes.axhline(value, color=GREY, linestyle=":", linewidth=1)
        axes.annotate(name, (0.995, value), xycoords=("axes fraction", "data"), ha="right", va="bottom", fontsize=8)
    axes.set_xscale("log")
    axes.set_xticks([0.1, 1, 10, 100], ["0.1", "1", "10", "100"])
    axes.set(xlabel="scale", ylabel="loss", ylim=(0, 1.25 * max(floors.values())))
    axes.legend(frameon=False)
    clean(axes)
    show(figure, alt_texts.curves("loss by scale", {name: (scales, values) for name, values in curves.items()}))


def choices(probabilities: torch.Tensor, mask: torch.Tensor, answers: torch.Tensor) -> None:
    """Probabilities (B, K) of the options of some problems; the right ones framed, empty where there is no option."""
    shares = np.ma.masked_where(~mask.numpy(), probabilities.numpy())
    figure, axes = plt.subplots(figsize=(0.62 * shares.shape[1] + 1.6, 0.42 * len(shares) + 1), layout="constrained")
    axes.pcolormesh(shares, cmap="Blues", vmin=0, vmax=1, edgecolors="white", linewidth=2)
    for (row, column), share in np.ndenumerate(probabilities.numpy()):
        ink = INK if not mask[row, column] else "white" if share > 0.6 else "black"
        text = f"{share:.2f}".removeprefix("0") if mask[row, column] else f"{share:g}"
        axes.text(column + 0.5, row + 0.5, text, ha="center", va="center", fontsize=8.5, color=ink)
    for row, place in enumerate(answers.tolist()):
        axes.add_patch(plt.Rectangle((place + 0.05, row + 0.07), 0.9, 0.86, fill=False, edgecolor=ORANGE, linewidth=2))
    axes.invert_yaxis()
    axes.set_xticks(np.arange(shares.shape[1]) + 0.5, [str(place) for place in range(shares.shape[1])])
    axes.set_yticks([])
    axes.set(xlabel="place", ylabel="problem", title="probabilities, the right option framed")
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    right = probabilities[range(len(answers)), answers]
    show(
        figure,
        f"{len(answers)} problems; their right options get probabilities of {right.min():.2f} to {right.max():.2f}",
    )
