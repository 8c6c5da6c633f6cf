"""Pictures for `meta_lstm`; none of them is an exercise."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import cycle

import matplotlib.pyplot as plt
import numpy as np
import torch
from matplotlib.colors import ListedColormap, to_rgba
from matplotlib.ticker import MaxNLocator, PercentFormatter

from course_lib.data.languages import Game
from course_lib.plots import BLUE, COLOURS, GREY, ORANGE, _clean


def _token_colours(game: Game) -> list[str]:
    """A colour for each token: left words blue, right words orange, SOH dark and STX light grey."""
    return [BLUE] * game.num_left + [ORANGE] * game.num_right + ["#555b66", GREY]


def tokens(game: Game, sequence: torch.Tensor, per_line: int = 4) -> None:
    """A sequence as a row of coloured tokens, some examples to a line."""
    colours, names = _token_colours(game), [*map(str, range(game.soh)), "SOH", "STX"]
    width, shown = per_line * game.span, sequence.tolist()
    lines = -(-len(shown) // width)
    _, axes = plt.subplots(figsize=(0.39 * width, 0.48 * lines + 0.5), layout="constrained")
    for place, token in enumerate(shown):
        x, y = place % width, -1.25 * (place // width)
        axes.add_patch(plt.Rectangle((x, y), 0.92, 0.92, color=colours[token]))
        axes.text(x + 0.46, y + 0.44, names[token], ha="center", va="center", color="white", fontsize=7.5)
    handles = [plt.Rectangle((0, 0), 1, 1, color=colour) for colour in (BLUE, ORANGE, GREY)]
    names = ["left words", "right words", "SOH and STX"]
    axes.legend(handles, names, frameon=False, loc="lower left", bbox_to_anchor=(0, 1), ncols=3, fontsize=8)
    axes.set(xlim=(0, width), ylim=(-1.25 * (lines - 1) - 0.1, 1))
    axes.axis("off")
    plt.show()


def batch(game: Game, sequences: torch.Tensor) -> None:
    """Sequences (B, S) as rows of an image: left words in shades of blue, right ones of orange, SOH and STX grey."""
    left = plt.get_cmap("Blues")(np.linspace(0.3, 0.95, game.num_left))
    right = plt.get_cmap("Oranges")(np.linspace(0.15, 0.9, game.num_right))
    colours = ListedColormap([*left, *right, to_rgba("black"), to_rgba("#c9ced6")])
    _, axes = plt.subplots(figsize=(9.5, 0.2 * len(sequences) + 1), layout="constrained")
    image = axes.pcolormesh(sequences.numpy(), cmap=colours, vmin=-0.5, vmax=game.num_tokens - 0.5, edgecolor="white")
    image.set_linewidth(0.4)
    bar = plt.colorbar(image, ax=axes, ticks=range(game.num_tokens), pad=0.01)
    bar.ax.set_yticklabels([*map(str, range(game.soh)), "SOH", "STX"], fontsize=7)
    bar.ax.tick_params(length=0)
    axes.invert_yaxis()
    axes.set(xlabel="token of the sequence", ylabel="sequence of the batch", yticks=[])
    axes.spines[:].set_visible(False)
    plt.show()


def speed(sizes: Sequence[int], seconds: dict[str, Sequence[float]]) -> None:
    """Milliseconds for a batch over its size, both on logarithmic scales."""
    _, axes = plt.subplots(figsize=(6.4, 2.8), layout="constrained")
    for (name, values), colour in zip(seconds.items(), cycle(COLOURS)):
        axes.loglog(sizes, [1000 * value for value in values], "o-", color=colour, label=name, markersize=4)
    axes.set_xticks(sizes, [str(size) for size in sizes])
    axes.minorticks_off()
    axes.yaxis.set_major_formatter("{x:g}")
    axes.set(xlabel="sequences of a batch", ylabel="ms for a batch, on this machine")
    axes.legend(frameon=False)
    _clean(axes)
    plt.show()


def best(games: dict[str, tuple[np.ndarray, np.ndarray]]) -> None:
    """Best losses and accuracies by example, means over its words. games: name -> (K, T) losses and accuracies."""
    _, panels = plt.subplots(1, 2, figsize=(9.5, 2.8), layout="constrained")
    labels = ("best loss of a\ntranslated word, nats", "best accuracy of\na translated word")
    for which, (axes, label) in enumerate(zip(panels, labels, strict=True)):
        for (name, parts), colour, marker in zip(games.items(), cycle(COLOURS), cycle("os^Dv")):
            values = np.asarray(parts[which]).mean(axis=1)
            axes.plot(range(1, len(values) + 1), values, color=colour, marker=marker, markersize=4, label=name)
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
        axes.set(xlabel="example", ylabel=label, ylim=(0, None))
        _clean(axes)
    panels[1].set(ylim=(0, 1.03))
    panels[1].yaxis.set_major_formatter(PercentFormatter(1.0))
    panels[1].legend(frameon=False, loc="lower right", fontsize=8)
    plt.show()


def floor(game: Game, costs: Sequence[float]) -> None:
    """What each token after the first costs the best reader, in nats; the dashed line is the mean."""
    example = [BLUE] * game.num_words + [GREY] + [ORANGE] * game.num_words + [GREY]
    colours = example * game.num_examples
    _, axes = plt.subplots(figsize=(9.5, 2.6), layout="constrained")
    axes.bar(range(1, len(costs) + 1), costs, color=colours)
    axes.axhline(float(np.mean(costs)), color="black", linestyle="--", linewidth=1)
    for number in range(game.num_examples):
        axes.text(number * game.span + 0.5, -0.03, f"example {number + 1}", va="top", fontsize=8)
    handles = [plt.Rectangle((0, 0), 1, 1, color=colour) for colour in (BLUE, ORANGE)]
    axes.legend(handles, ["source words", "translated words"], frameon=False, loc="upper right", ncols=2)
    axes.set(ylabel="nats", xticks=[], xlim=(0.3, len(costs) + 0.7), ylim=(0, 1.15 * max(costs)))
    _clean(axes)
    plt.show()


def memory(game: Game, differences: Sequence[float], changed: int) -> None:
    """By how much logits move at each token when one token is exchanged."""
    _, axes = plt.subplots(figsize=(7.2, 2.6), layout="constrained")
    colours = [ORANGE if at == changed else BLUE for at in range(len(differences))]
    axes.bar(range(len(differences)), differences, color=colours)
    for start in range(0, len(differences), game.span):
        axes.axvline(start - 0.5, color=GREY, linewidth=0.7)
    axes.annotate("exchanged", (changed, differences[changed]), (6, 0), textcoords="offset points", color=ORANGE)
    axes.set(xlabel="token of the sequence (grey: an example begins)", ylabel="largest change of a logit")
    _clean(axes)
    plt.show()


def curves(losses: dict[str, Sequence[float]], floors: dict[str, float]) -> None:
    """Losses over the steps, with floors."""
    _, axes = plt.subplots(figsize=(6.8, 2.9), layout="constrained")
    for (name, values), colour in zip(losses.items(), cycle(COLOURS)):
        axes.plot(range(1, len(values) + 1), values, color=colour, label=name)
    _floors(axes, floors)
    axes.set(xlabel="step", ylabel="loss in nats", ylim=(0, None))
    axes.legend(frameon=False)
    _clean(axes)
    plt.show()


def _floors(axes: plt.Axes, floors: dict[str, float]) -> None:
    """Horizontal lines, each named at its right end."""
    for name, value in floors.items():
        axes.axhline(value, color=GREY, linestyle="--", linewidth=1)
        axes.annotate(
            name,
            (1, value),
            (-2, 2),
            xycoords=("axes fraction", "data"),
            textcoords="offset points",
            ha="right",
            fontsize=8,
        )


def phases(panels: dict[str, tuple[Sequence[float], dict[str, float]]], window: int = 20) -> None:
    """Running means of losses over the steps of a training, a panel for each, with what is worth how much."""
    _, axs = plt.subplots(1, len(panels), figsize=(5.2 * len(panels), 3), squeeze=False, layout="constrained")
    for axes, (title, (values, floors)), colour in zip(axs[0], panels.items(), cycle(COLOURS), strict=False):
        smooth = np.convolve(values, np.ones(window) / window, mode="valid")
        axes.plot(range(window, len(values) + 1), smooth, color=colour)
        _floors(axes, floors)
        axes.set(title=title, xlabel=f"step (mean of {window})", ylabel="loss in nats", ylim=(0, None))
        _clean(axes)
    plt.show()


def confidence(game: Game, panels: dict[str, Sequence[Sequence[float]]]) -> None:
    """A probability at each next token of an example, a curve for each of the K examples, first to last darker."""
    _, axs = plt.subplots(1, len(panels), figsize=(5 * len(panels), 3.1), sharey=True, layout="constrained")
    names = [f"left {t}" for t in range(1, game.num_words + 1)] + ["STX"]
    names += [f"right {t}" for t in range(1, game.num_words + 1)] + ["SOH"]
    shades = plt.get_cmap("viridis_r")(np.linspace(0.1, 1, game.num_examples))
    for axes, (title, rows) in zip(axs, panels.items(), strict=True):
        for number, (row, shade) in enumerate(zip(rows, shades, strict=True), 1):
            axes.plot(names, row, "o-", color=shade, markersize=3.5, label=f"example {number}")
        axes.set(title=title, xlabel="next token", ylim=(-0.03, 1.05))
        _clean(axes)
    axs[0].set_ylabel("probability")
    axs[-1].legend(frameon=False, fontsize=8, loc="center left", bbox_to_anchor=(1, 0.5))
    plt.show()


def by_example(curves_of: dict[str, Sequence[float]], ylabel: str, best_of: Sequence[float] | None = None) -> None:
    """A value for each number of examples seen before, a line for each name, and the best that is possible."""
    _, axes = plt.subplots(figsize=(6.6, 3), layout="constrained")
    if best_of is not None:
        axes.plot(range(len(best_of)), best_of, "--", color="black", label="the best reader", zorder=3)
    for (name, values), colour in zip(curves_of.items(), cycle(COLOURS)):
        axes.plot(range(len(values)), values, "o-", color=colour, label=name, markersize=4)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.set(xlabel="examples seen before", ylabel=ylabel, ylim=(0, None))
    axes.legend(frameon=False)
    _clean(axes)
    plt.show()
