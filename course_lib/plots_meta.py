"""Pictures for `meta_lstm`; none of them is an exercise."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import cycle

import matplotlib.pyplot as plt
import numpy as np
import torch
from matplotlib.colors import ListedColormap, to_rgba
from matplotlib.patheffects import withStroke
from matplotlib.ticker import MaxNLocator, PercentFormatter

from course_lib import alt_texts
from course_lib.data.languages import Game
from course_lib.figures import BLUE, COLOURS, GREY, ORANGE, clean, curve, ink_on, show, styles


def _token_colours(game: Game) -> list[str]:
    """A colour for each token: left words blue, right words orange, SOH dark and STX light grey."""
    return [BLUE] * game.num_left + [ORANGE] * game.num_right + ["#555b66", GREY]


def tokens(game: Game, sequence: torch.Tensor, per_line: int = 4) -> None:
    """A sequence as a row of coloured tokens, some examples to a line."""
    colours, names = _token_colours(game), [*map(str, range(game.soh)), "SOH", "STX"]
    width, shown = per_line * game.span, sequence.tolist()
    lines = -(-len(shown) // width)
    figure, axes = plt.subplots(figsize=(0.39 * width, 0.48 * lines + 0.5), layout="constrained")
    for place, token in enumerate(shown):
        x, y = place % width, -1.25 * (place // width)
        axes.add_patch(plt.Rectangle((x, y), 0.92, 0.92, color=colours[token]))
        axes.text(x + 0.46, y + 0.44, names[token], ha="center", va="center", color=ink_on(colours[token]), fontsize=8)
    handles = [plt.Rectangle((0, 0), 1, 1, color=colour) for colour in (BLUE, ORANGE, GREY)]
    names = ["left words", "right words", "SOH and STX"]
    axes.legend(handles, names, frameon=False, loc="lower left", bbox_to_anchor=(0, 1), ncols=3, fontsize=8)
    axes.set(xlim=(0, width), ylim=(-1.25 * (lines - 1) - 0.1, 1))
    axes.axis("off")
    show(
        figure,
        f"a sequence of {len(shown)} tokens in {lines} lines: left words blue, right words orange, SOH and STX grey",
    )


def batch(game: Game, sequences: torch.Tensor) -> None:
    """Sequences (B, S) as rows of an image: left words in shades of blue, right ones of orange, SOH and STX grey."""
    left = plt.get_cmap("Blues")(np.linspace(0.3, 0.95, game.num_left))
    right = plt.get_cmap("Oranges")(np.linspace(0.15, 0.9, game.num_right))
    colours = ListedColormap([*left, *right, to_rgba("black"), to_rgba("#c9ced6")])
    figure, axes = plt.subplots(figsize=(9.5, 0.2 * len(sequences) + 1), layout="constrained")
    image = axes.pcolormesh(sequences.numpy(), cmap=colours, vmin=-0.5, vmax=game.num_tokens - 0.5, edgecolor="white")
    image.set_linewidth(0.4)
    bar = plt.colorbar(image, ax=axes, ticks=range(game.num_tokens), pad=0.01)
    bar.ax.set_yticklabels([*map(str, range(game.soh)), "SOH", "STX"], fontsize=8)
    bar.ax.tick_params(length=0)
    axes.invert_yaxis()
    axes.set(xlabel="token of the sequence", ylabel="sequence of the batch", yticks=[])
    axes.spines[:].set_visible(False)
    show(
        figure,
        f"{len(sequences)} sequences as rows of tokens: left words blue, right words orange, SOH and STX in columns",
    )


def speed(sizes: Sequence[int], seconds: dict[str, Sequence[float]]) -> None:
    """Milliseconds for a batch over its size, both on logarithmic scales."""
    figure, axes = plt.subplots(figsize=(6.4, 2.8), layout="constrained")
    for (name, values), style in zip(seconds.items(), styles(), strict=False):
        curve(axes, sizes, [1000 * value for value in values], name, style)
    axes.set(xscale="log", yscale="log")
    axes.set_xticks(sizes, [str(size) for size in sizes])
    axes.minorticks_off()
    axes.yaxis.set_major_formatter("{x:g}")
    axes.set(xlabel="sequences of a batch", ylabel="ms for a batch, on this machine")
    axes.legend(frameon=False)
    clean(axes)
    show(
        figure,
        alt_texts.curves(
            "seconds for a batch by its size", {name: (sizes, values) for name, values in seconds.items()}
        ),
    )


def best(games: dict[str, tuple[np.ndarray, np.ndarray]]) -> None:
    """Best losses and accuracies by example, means over its words. games: name -> (K, T) losses and accuracies."""
    figure, panels = plt.subplots(1, 2, figsize=(9.5, 2.8), layout="constrained")
    labels = ("best loss of a\ntranslated word, nats", "best accuracy of\na translated word")
    for which, (axes, label) in enumerate(zip(panels, labels, strict=True)):
        for (name, parts), style in zip(games.items(), styles(), strict=False):
            values = np.asarray(parts[which]).mean(axis=1)
            curve(axes, range(1, len(values) + 1), values, name, style)
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
        axes.set(xlabel="example", ylabel=label, ylim=(0, None))
        clean(axes)
    panels[1].set(ylim=(0, 1.03))
    panels[1].yaxis.set_major_formatter(PercentFormatter(1.0))
    panels[1].legend(frameon=False, loc="lower right", fontsize=8)
    means = {name: np.asarray(accuracies).mean(axis=1) for name, (_, accuracies) in games.items()}
    show(figure, alt_texts.drawn("best accuracy of a translated word by example", means, 1))


def floor(game: Game, costs: Sequence[float]) -> None:
    """What each token after the first costs the best reader, in nats; the dashed line is the mean."""
    example = [BLUE] * game.num_words + [GREY] + [ORANGE] * game.num_words + [GREY]
    colours = example * game.num_examples
    figure, axes = plt.subplots(figsize=(9.5, 2.6), layout="constrained")
    axes.bar(range(1, len(costs) + 1), costs, color=colours)
    axes.axhline(float(np.mean(costs)), color="black", linestyle="--", linewidth=1)
    for number in range(game.num_examples):
        axes.text(number * game.span + 0.5, -0.03, f"example {number + 1}", va="top", fontsize=8)
    handles = [plt.Rectangle((0, 0), 1, 1, color=colour) for colour in (BLUE, ORANGE)]
    axes.legend(handles, ["source words", "translated words"], frameon=False, loc="upper right", ncols=2)
    axes.set(ylabel="cost in nats", xticks=[], xlim=(0.3, len(costs) + 0.7), ylim=(0, 1.15 * max(costs)))
    clean(axes)
    means = [float(np.mean(costs[start : start + game.span])) for start in range(0, len(costs), game.span)]
    show(figure, alt_texts.drawn("cost in nats, mean of each example", {"the best reader": means}, 1))


def memory(game: Game, differences: Sequence[float], changed: int) -> None:
    """By how much logits move at each token when one token is exchanged."""
    figure, axes = plt.subplots(figsize=(7.2, 2.6), layout="constrained")
    colours = [ORANGE if at == changed else BLUE for at in range(len(differences))]
    axes.bar(range(len(differences)), differences, color=colours)
    for start in range(0, len(differences), game.span):
        axes.axvline(start - 0.5, color=GREY, linewidth=0.7)
    axes.annotate("exchanged", (changed, differences[changed]), (6, 0), textcoords="offset points", color=ORANGE)
    axes.set(xlabel="token of the sequence (grey: an example begins)", ylabel="largest change of a logit")
    clean(axes)
    before, after = differences[:changed], differences[changed + 1 :]
    parts = [f"{max(before, default=0):.2g} before", f"{differences[changed]:.2g} at it"]
    parts.append(f"up to {max(after, default=0):.2g} after")
    show(
        figure,
        alt_texts.described(f"change of the logits when token {changed} is exchanged", parts),
    )


def curves(losses: dict[str, Sequence[float]], floors: dict[str, float]) -> None:
    """Losses over the steps, with floors."""
    figure, axes = plt.subplots(figsize=(6.8, 2.9), layout="constrained")
    for (name, values), style in zip(losses.items(), styles(), strict=False):
        curve(axes, range(1, len(values) + 1), values, name, style)
    _floors(axes, floors)
    axes.set(xlabel="step", ylabel="loss in nats", ylim=(0, None))
    axes.legend(frameon=False)
    clean(axes)
    show(figure, alt_texts.drawn("loss in nats by step", losses, 1))


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
            path_effects=[withStroke(linewidth=3, foreground="white")],  # curves may run through it
        )


def phases(panels: dict[str, tuple[Sequence[float], dict[str, float]]], window: int = 20) -> None:
    """Running means of losses over the steps of a training, a panel for each, with what is worth how much."""
    figure, axs = plt.subplots(1, len(panels), figsize=(5.2 * len(panels), 3), squeeze=False, layout="constrained")
    means: dict[str, np.ndarray] = {}
    for axes, (title, (values, floors)), colour in zip(axs[0], panels.items(), cycle(COLOURS), strict=False):
        smooth = np.convolve(values, np.ones(window) / window, mode="valid")
        means[title] = smooth
        axes.plot(range(window, len(values) + 1), smooth, color=colour)
        _floors(axes, floors)
        axes.set(title=title, xlabel=f"step (mean of {window})", ylabel="loss in nats", ylim=(0, None))
        clean(axes)
    show(figure, alt_texts.drawn(f"loss in nats by step, means of {window}", means, window))


def confidence(game: Game, panels: dict[str, Sequence[Sequence[float]]]) -> None:
    """A probability at each next token of an example, a curve for each of the K examples, first to last darker."""
    figure, axs = plt.subplots(1, len(panels), figsize=(5 * len(panels), 3.1), sharey=True, layout="constrained")
    names = [f"left {t}" for t in range(1, game.num_words + 1)] + ["STX"]
    names += [f"right {t}" for t in range(1, game.num_words + 1)] + ["SOH"]
    shades = plt.get_cmap("viridis_r")(np.linspace(0.25, 1, game.num_examples))
    for axes, (title, rows) in zip(axs, panels.items(), strict=True):
        for number, (row, style) in enumerate(zip(rows, styles(list(shades)), strict=False), 1):
            curve(axes, names, row, f"example {number}", style)
        axes.set(title=title, xlabel="next token", ylim=(-0.03, 1.05))
        clean(axes)
    axs[0].set_ylabel("probability")
    axs[-1].legend(frameon=False, fontsize=8, loc="center left", bbox_to_anchor=(1, 0.5))
    right = slice(game.num_words + 1, 2 * game.num_words + 1)
    means = {title: [float(np.mean(row[right])) for row in rows] for title, rows in panels.items()}
    show(figure, alt_texts.drawn("probability of a translated word, mean, by example", means, 1))


def by_example(curves_of: dict[str, Sequence[float]], ylabel: str, best_of: Sequence[float] | None = None) -> None:
    """A value for each number of examples seen before, a line for each name, and the best that is possible."""
    figure, axes = plt.subplots(figsize=(6.6, 3), layout="constrained")
    if best_of is not None:
        axes.plot(range(len(best_of)), best_of, "--", color="black", label="the best reader", zorder=3)
    for (name, values), style in zip(curves_of.items(), styles(), strict=False):
        curve(axes, range(len(values)), values, name, style)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.set(xlabel="examples seen before", ylabel=ylabel, ylim=(0, None))
    axes.legend(frameon=False)
    clean(axes)
    show(
        figure,
        alt_texts.drawn(
            f"{ylabel} by examples seen before",
            curves_of | ({"the best reader": best_of} if best_of is not None else {}),
        ),
    )
