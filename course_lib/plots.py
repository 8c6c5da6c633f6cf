"""Pictures for the lessons; none of them is an exercise."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import matplotlib.pyplot as plt
import numpy as np
from gensim.models import KeyedVectors
from matplotlib.ticker import MaxNLocator

BLUE, ORANGE, GREY = "#2f6690", "#d1603d", "#8d99ae"


def _clean(axes: plt.Axes) -> None:
    axes.spines[["top", "right"]].set_visible(False)


def neighbours(queries: dict[str, list[tuple[str, float]]]) -> None:
    """One panel of bars for each query: its nearest words and their cosines, best on top."""
    _, panels = plt.subplots(1, len(queries), figsize=(3.4 * len(queries), 2.4), squeeze=False, layout="constrained")
    for axes, (query, found) in zip(panels[0], queries.items(), strict=True):
        words, cosines = zip(*reversed(found), strict=True)
        axes.barh(words, cosines, color=BLUE)
        axes.set(title=query, xlabel="cosine", xlim=(0, 1))
        _clean(axes)
    plt.show()


def corpus(rows: Sequence[Sequence[str]], embeddings: KeyedVectors) -> None:
    """Lengths of the questions in words, and which share of running words has a vector, raw and cleaned."""
    texts = [text for row in rows for text in row]
    lengths = [len(text.split()) for text in texts]
    stripped = str.maketrans(dict.fromkeys("?!.,:;()[]'\"/", " "))
    words = {
        "as written": [word for text in texts for word in text.split()],
        "lower case": [word for text in texts for word in text.lower().split()],
        "and no punctuation": [word for text in texts for word in text.lower().translate(stripped).split()],
    }
    shares = {name: float(np.mean([word in embeddings for word in found])) for name, found in words.items()}
    _, (left, right) = plt.subplots(1, 2, figsize=(9, 2.4), layout="constrained")
    left.hist(lengths, bins=range(1, max(lengths) + 2), color=BLUE, align="left", rwidth=0.9)
    left.xaxis.set_major_locator(MaxNLocator(integer=True))
    left.set(title="length of a question", xlabel="words", ylabel="questions")
    bars = right.barh(list(shares)[::-1], list(shares.values())[::-1], color=[BLUE, BLUE, ORANGE])
    right.bar_label(bars, fmt="{:.0%}", padding=3)
    right.set(title="words that have a vector", xlim=(0, 1.1))
    for axes in (left, right):
        _clean(axes)
    plt.show()


def cosines(texts: Sequence[str], embed: Callable[[str], np.ndarray]) -> None:
    """The cosine of every pair of texts. embed: text -> vector (D,)."""
    matrix = np.stack([embed(text) for text in texts])
    lengths = np.linalg.norm(matrix, axis=1, keepdims=True)
    unit = matrix / np.where(lengths > 0, lengths, 1)
    table = unit @ unit.T
    _, axes = plt.subplots(figsize=(6.2, 3.4), layout="constrained")
    axes.imshow(table, cmap="Blues", vmin=0, vmax=1)
    axes.set_yticks(range(len(texts)), texts)
    axes.set_xticks(range(len(texts)), [str(number) for number in range(1, len(texts) + 1)])
    axes.set_yticklabels([f"{text}  {number}" for number, text in enumerate(texts, 1)])
    for (row, column), value in np.ndenumerate(table):
        axes.text(
            column,
            row,
            f"{round(float(value), 2) + 0:.2f}",  # + 0 turns -0.0 into 0.0
            ha="center",
            va="center",
            color="white" if value > 0.6 else "black",
            fontsize=8,
        )
    plt.show()


def hits(models: dict[str, dict[int, float]]) -> None:
    """hits@k against k, a line for each model."""
    _, axes = plt.subplots(figsize=(6.4, 2.8), layout="constrained")
    colours = [ORANGE, BLUE, GREY, "#5b8e7d"]
    for (name, values), colour in zip(models.items(), colours, strict=False):
        ks, shares = zip(*sorted(values.items()), strict=True)
        axes.plot(ks, shares, marker="o", label=name, color=colour)
        for k, share in zip(ks, shares, strict=True):
            axes.annotate(
                f"{share:.2f}", (k, share), textcoords="offset points", xytext=(0, 6), ha="center", fontsize=8
            )
    axes.set_xscale("log")
    axes.set_xticks(ks, [str(k) for k in ks])
    axes.minorticks_off()
    axes.set(xlabel="k", ylabel="hits@k", ylim=(0, 1.12))
    axes.legend(frameon=False, loc="lower right", bbox_to_anchor=(1, 0.02))
    _clean(axes)
    plt.show()


def ladder(steps: dict[str, dict[int, float]]) -> None:
    """Bars of hits@k, a group for each step, in the order in which the steps were taken."""
    ks = list(next(iter(steps.values())))
    _, panels = plt.subplots(
        1,
        len(ks),
        figsize=(4.6 * len(ks), 0.5 * len(steps) + 0.8),
        sharey=True,
        squeeze=False,
        layout="constrained",
    )
    for axes, k in zip(panels[0], ks, strict=True):
        shares = [values[k] for values in steps.values()]
        bars = axes.barh(list(steps), shares, color=[GREY] + [BLUE] * (len(steps) - 1))
        axes.bar_label(bars, fmt="{:.2f}", padding=3)
        axes.invert_yaxis() if axes is panels[0][0] else None
        axes.set(title=f"hits@{k}", xlim=(0, 1.1))
        _clean(axes)
    plt.show()
