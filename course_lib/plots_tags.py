"""Pictures of the tagger for `recurrent_networks`; none of them is an exercise."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.ticker import MaxNLocator

from course_lib import alt_texts
from course_lib.figures import BLUE, INK, ORANGE, clean, curve, show, styles


def by_position(curves: dict[str, Sequence[float]], ylabel: str) -> None:
    """A value for each word of a sentence, a line for each name."""
    figure, axes = plt.subplots(figsize=(6.4, 2.6), layout="constrained")
    for (name, values), style in zip(curves.items(), styles(), strict=False):
        curve(axes, range(1, len(values) + 1), values, name, style)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.set(xlabel="word of the sentence", ylabel=ylabel, ylim=(0, None))
    axes.legend(frameon=False)
    clean(axes)
    show(figure, alt_texts.drawn(f"{ylabel} by word of the sentence", curves, 1))


def groups(values: dict[str, dict[str, float]], title: str) -> None:
    """Bars of shares: a panel for each kind, a bar in it for each name. values: name -> kind -> share."""
    kinds = list(next(iter(values.values())))
    figure, panels = plt.subplots(
        1,
        len(kinds),
        figsize=(2.3 * len(kinds) + 1.4, 0.36 * len(values) + 1.1),
        sharey=True,
        squeeze=False,
        layout="constrained",
    )
    for axes, kind in zip(panels[0], kinds, strict=True):
        shares = [found[kind] for found in values.values()]
        bars = axes.barh(list(values), shares, color=[ORANGE if name == "tagger" else BLUE for name in values])
        axes.bar_label(bars, labels=[f"{share:.3f}".removeprefix("0") for share in shares], padding=3, fontsize=9)
        axes.set(xlim=(0, 1.25), xticks=[])
        axes.set_title(kind, fontsize=10)
        axes.spines[["top", "right", "bottom"]].set_visible(False)
    panels[0, 0].invert_yaxis()
    figure.suptitle(title, fontsize=11)
    show(
        figure,
        alt_texts.described(
            title,
            [
                f"{name}: {', '.join(f'{kind} {share:.3f}' for kind, share in found.items())}"
                for name, found in values.items()
            ],
        ),
    )


def confusion(counts: np.ndarray, tags: Sequence[str], title: str) -> None:
    """Counts (C, C) of true tags (rows) and predicted ones (columns), and the share right of each true tag.

    Tags that do not occur are left out; colours are shares of a row.
    """
    counts = np.asarray(counts)
    kept = [place for place in range(len(tags)) if counts[place].sum() or counts[:, place].sum()]
    table, names = counts[np.ix_(kept, kept)], [tags[place] for place in kept]
    totals = table.sum(axis=1)
    shares = table / np.maximum(totals, 1)[:, None]
    figure, (axes, right) = plt.subplots(
        1, 2, figsize=(9, 0.28 * len(names) + 1.4), width_ratios=(2.4, 1), sharey=True, layout="constrained"
    )
    axes.imshow(np.sqrt(shares), cmap="Blues", vmin=0, vmax=1, aspect="auto")  # the root shows rare errors
    for (row, column), value in np.ndenumerate(table):
        if value:
            share = shares[row, column]
            colour = "white" if share > 0.4 else ORANGE if row != column and share < 0.15 else "black"
            axes.text(column, row, str(value), ha="center", va="center", fontsize=8, color=colour)
    axes.set_xticks(range(len(names)), names, rotation=60, ha="right", fontsize=8)
    axes.set_yticks(range(len(names)), names, fontsize=8)
    axes.set(xlabel="predicted", ylabel="true", title=title)
    bars = right.barh(range(len(names)), np.diag(shares), color=BLUE)
    labels = [f"{share:.2f} of {total:,}" for share, total in zip(np.diag(shares), totals, strict=True)]
    right.bar_label(bars, labels=labels, padding=3, fontsize=8)
    right.set(title="share right of each true tag", xlim=(0, 1.6), xticks=[])
    right.tick_params(left=False)
    right.spines[["top", "right", "bottom"]].set_visible(False)
    mistakes = {
        f"{names[row]} as {names[column]}": int(value)
        for (row, column), value in np.ndenumerate(table)
        if row != column and value
    }
    worst = sorted(mistakes, key=lambda pair: -mistakes[pair])[:4]
    show(
        figure,
        alt_texts.described(
            f"{title}; {np.trace(table) / max(table.sum(), 1):.1%} right, most mistakes",
            [f"{pair} {mistakes[pair]}" for pair in worst],
        ),
    )


def sentences(tagged: Sequence[tuple[Sequence[tuple[str, str]], Sequence[str]]], known: Collection[str]) -> None:
    """Sentences with the tag found for each word below it; errors in orange, with the right tag; unknown words starred.

    tagged: for each sentence its (word, tag) pairs and the tags found. known: words in lower case.
    """
    figure, axes = plt.subplots(figsize=(11, 0.62 * len(tagged) + 0.2), layout="constrained")
    for row, (sentence, found) in enumerate(tagged):
        place = 0.0
        for (word, tag), guess in zip(sentence, found, strict=True):
            star = "" if word.lower() in known else "*"
            below = guess if guess == tag else f"{guess} ({tag})"
            width = max(len(word + star) * 1.25, len(below)) + 1.5
            colour = "black" if guess == tag else ORANGE
            axes.text(place, -row, word + star, fontsize=10, color=colour, va="bottom")
            axes.text(place, -row - 0.05, below, fontsize=8, color=INK if guess == tag else ORANGE, va="top")
            place += width
    axes.set(xlim=(0, 115), ylim=(-len(tagged) + 0.4, 0.5))
    axes.axis("off")
    wrong = [
        f"{word} as {guess} for {tag}"
        for sentence, found in tagged
        for (word, tag), guess in zip(sentence, found, strict=True)
        if guess != tag
    ]
    show(figure, alt_texts.described(f"{len(tagged)} sentences with the tags found, {len(wrong)} of them wrong", wrong))
