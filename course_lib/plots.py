"""Pictures for the lessons; none of them is an exercise."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import combinations, cycle, pairwise

import matplotlib.pyplot as plt
import numpy as np
import torch
from gensim.models import KeyedVectors
from matplotlib.ticker import MaxNLocator

from course_lib import alt_texts
from course_lib.events import read_scalars
from course_lib.figures import BLUE, COLOURS, GREY, ORANGE, clean, curve, ink_on, show, styles


def neighbours(queries: dict[str, list[tuple[str, float]]]) -> None:
    """One panel of bars for each query: its nearest words and their cosines, best on top."""
    figure, panels = plt.subplots(
        1, len(queries), figsize=(3.4 * len(queries), 2.4), squeeze=False, layout="constrained"
    )
    for axes, (query, found) in zip(panels[0], queries.items(), strict=True):
        words, cosines = zip(*reversed(found), strict=True)
        axes.barh(words, cosines, color=BLUE)
        axes.set(title=query, xlabel="cosine", xlim=(0, 1))
        clean(axes)
    nearest = {query: {word: cosine for word, cosine in found[:3]} for query, found in queries.items()}
    parts = [
        f"{query}: {', '.join(f'{word} {cosine:.2f}' for word, cosine in found.items())}"
        for query, found in nearest.items()
    ]
    show(figure, alt_texts.described("nearest words by cosine", parts))


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
    figure, (left, right) = plt.subplots(1, 2, figsize=(9, 2.4), layout="constrained")
    left.hist(lengths, bins=range(1, max(lengths) + 2), color=BLUE, align="left", rwidth=0.9)
    left.xaxis.set_major_locator(MaxNLocator(integer=True))
    left.set(title="length of a question", xlabel="words", ylabel="questions")
    bars = right.barh(list(shares)[::-1], list(shares.values())[::-1], color=[BLUE, BLUE, ORANGE])
    right.bar_label(bars, fmt="{:.0%}", padding=3)
    right.set(title="words that have a vector", xlabel="share of all words", xlim=(0, 1.15), xticks=[])
    for axes in (left, right):
        clean(axes)
    show(
        figure,
        alt_texts.values(
            f"questions have {min(lengths)} to {max(lengths)} words; share of words with a vector", shares
        ),
    )


def cosines(texts: Sequence[str], embed: Callable[[str], np.ndarray]) -> None:
    """The cosine of every pair of texts. embed: text -> vector (D,)."""
    matrix = np.stack([embed(text) for text in texts])
    lengths = np.linalg.norm(matrix, axis=1, keepdims=True)
    unit = matrix / np.where(lengths > 0, lengths, 1)
    table = unit @ unit.T
    figure, axes = plt.subplots(figsize=(6.2, 3.4), layout="constrained")
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
    axes.set(title="cosine of each pair", xlabel="number of the text")
    pairs = {f"{one + 1} and {two + 1}": float(table[one, two]) for one in range(len(texts)) for two in range(one)}
    show(figure, alt_texts.values(f"cosines of all pairs of {len(texts)} texts", pairs))


def hits(models: dict[str, dict[int, float]]) -> None:
    """hits@k against k, a line for each model."""
    figure, axes = plt.subplots(figsize=(6.4, 2.8), layout="constrained")
    for (name, values), style in zip(models.items(), styles(), strict=False):
        ks, shares = zip(*sorted(values.items()), strict=True)
        curve(axes, ks, shares, name, style)
    for k in ks:
        written: list[float] = []
        for share in sorted((values[k] for values in models.values()), reverse=True):
            if all(abs(share - other) > 0.07 for other in written):  # no number over another
                written.append(share)
                axes.annotate(f"{share:.2f}", (k, share), (0, 6), textcoords="offset points", ha="center", fontsize=8)
    axes.set_xscale("log")
    axes.set_xticks(ks, [str(k) for k in ks])
    axes.minorticks_off()
    axes.set(xlabel="k", ylabel="hits@k", ylim=(0, 1.12))
    axes.legend(frameon=False, loc="lower right", bbox_to_anchor=(1, 0.02))
    clean(axes)
    show(
        figure,
        alt_texts.curves(
            "hits@k by k",
            {name: ([*sorted(found)], [found[k] for k in sorted(found)]) for name, found in models.items()},
        ),
    )


def ladder(steps: dict[str, dict[int, float]]) -> None:
    """Bars of hits@k, a group for each step, in the order in which the steps were taken."""
    ks = list(next(iter(steps.values())))
    figure, panels = plt.subplots(
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
        axes.set(xlabel=f"hits@{k}", xlim=(0, 1.1))
        clean(axes)
    show(figure, alt_texts.values(f"hits@{ks[0]}", {name: found[ks[0]] for name, found in steps.items()}))


def bars(values: dict[str, float], title: str, form: str = "{:.0%}") -> None:
    """A horizontal bar for each value, with its number in the given form."""
    figure, axes = plt.subplots(figsize=(7.2, 0.42 * len(values) + 0.7), layout="constrained")
    drawn = axes.barh(list(values)[::-1], list(values.values())[::-1], color=BLUE)
    axes.bar_label(drawn, labels=[form.format(value) for value in list(values.values())[::-1]], padding=3)
    axes.set(title=title, xlim=(0, 1.15 * max(values.values())), xticks=[])
    axes.spines[["top", "right", "bottom"]].set_visible(False)
    show(figure, alt_texts.described(title, [f"{name} {form.format(value)}" for name, value in values.items()]))


def histogram(counts: Sequence[int], xlabel: str, ylabel: str) -> None:
    """How often each whole number occurs."""
    figure, axes = plt.subplots(figsize=(6.4, 2.3), layout="constrained")
    axes.hist(counts, bins=range(max(counts) + 2), color=BLUE, align="left", rwidth=0.9)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.set(xlabel=xlabel, ylabel=ylabel)
    clean(axes)
    most, often = Counter(counts).most_common(1)[0]
    share = often / len(counts)
    show(
        figure,
        alt_texts.described(
            f"{ylabel} by {xlabel}", [f"from {min(counts)} to {max(counts)}", f"most often {most}, for {share:.0%}"]
        ),
    )


def overlap(pieces: dict[str, list[str]]) -> None:
    """For every two words how many different pieces they share; on the diagonal how many each one has."""
    sets = [set(found) for found in pieces.values()]
    table = np.array([[len(one & other) for other in sets] for one in sets])
    figure, axes = plt.subplots(figsize=(5.6, 3.2), layout="constrained")
    axes.imshow(table, cmap="Blues")
    axes.set_yticks(range(len(sets)), list(pieces))
    axes.set_xticks(range(len(sets)), list(pieces), rotation=30, ha="right")
    for (row, column), value in np.ndenumerate(table):
        colour = "white" if value > 0.6 * table.max() else "black"
        axes.text(column, row, str(value), ha="center", va="center", color=colour, fontsize=8)
    axes.set(title="trigrams in common")
    shared = {f"{one} and {two}": len(set(pieces[one]) & set(pieces[two])) for one, two in combinations(pieces, 2)}
    show(figure, alt_texts.values("trigrams in common", shared))


def batch(indices: Sequence[int], offsets: Sequence[int], names: Sequence[str]) -> None:
    """A flat row of indices, coloured by the list that each belongs to; below it the offsets.

    indices: (sum of n,), offsets: (B,), names: B texts.
    """
    ids, starts = [int(index) for index in indices], [int(offset) for offset in offsets]
    figure, axes = plt.subplots(figsize=(max(6.0, 0.5 * len(ids)), 1.7), layout="constrained")
    for (start, end), name, colour in zip(pairwise([*starts, len(ids)]), names, cycle(COLOURS)):
        for place in range(start, end):
            axes.add_patch(plt.Rectangle((place, 0), 0.94, 1, color=colour))
            axes.text(place + 0.47, 0.5, str(ids[place]), ha="center", va="center", color=ink_on(colour), fontsize=8.5)
        axes.text(start, 1.25, name[: 7 * (end - start)], color="black", fontsize=9)
    for start in sorted(set(starts)):
        empty = [
            name for name, one, end in zip(names, starts, [*starts[1:], len(ids)], strict=True) if one == end == start
        ]
        label = "".join(f"{start} ({name}: empty)\n" for name in empty) + (f"{start}" if start < len(ids) else "")
        axes.text(start, -0.2, label, ha="left", va="top", fontsize=9)
    axes.set(xlim=(-0.2, max(len(ids), 1) + 0.4), ylim=(-1.1, 1.8))
    axes.axis("off")
    show(
        figure,
        alt_texts.described(
            f"{len(ids)} indices in a row, of {len(starts)} lists",
            [f"{name} starts at {start}" for name, start in zip(names, starts, strict=True)],
        ),
    )


def losses(curves: dict[str, Sequence[float]], floors: dict[str, float], xlabel: str = "epoch", first: int = 1) -> None:
    """Losses over epochs, with dashed lines at values to compare with. first: the number of the first epoch."""
    figure, axes = plt.subplots(figsize=(6.4, 2.6), layout="constrained")
    for (name, values), style in zip(curves.items(), styles(), strict=False):
        curve(axes, range(first, first + len(values)), values, name, style)
    for name, value in floors.items():
        axes.axhline(value, color=GREY, linestyle="--", linewidth=1)
        axes.annotate(name, (0.995, value), xycoords=("axes fraction", "data"), ha="right", va="bottom", fontsize=8)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.set(xlabel=xlabel, ylabel="loss", ylim=(0, None))
    axes.legend(frameon=False)
    clean(axes)
    show(figure, alt_texts.drawn(f"loss by {xlabel}", curves, first))


def events(logdir: str, floors: dict[str, float]) -> None:
    """The losses in a folder of TensorBoard events: of each batch, and on the validation pairs after each epoch."""
    found = read_scalars(logdir)
    if not {"loss/train", "loss/validation"} <= found.keys():
        print(f"no log in {logdir}: train with logdir={logdir!r}, tags loss/train and loss/validation")
        return
    figure, axes = plt.subplots(figsize=(6.4, 2.8), layout="constrained")
    steps, values = zip(*found["loss/train"], strict=True)
    axes.plot(steps, values, color=ORANGE, linewidth=1, label="each batch")
    epochs = found["loss/validation"]
    per_epoch = len(steps) / len(epochs)
    axes.plot([(epoch + 1) * per_epoch for epoch, _ in epochs], [value for _, value in epochs], "o-", color=BLUE)
    axes.lines[-1].set_label("validation, after each epoch")
    for name, value in floors.items():
        axes.axhline(value, color=GREY, linestyle="--", linewidth=1)
        axes.annotate(name, (0.995, value), xycoords=("axes fraction", "data"), ha="right", va="bottom", fontsize=8)
    axes.set(xlabel="batch", ylabel="loss", ylim=(0, None))
    axes.legend(frameon=False)
    clean(axes)
    lines = {
        "each batch": (steps, values),
        "validation": ([epoch + 1 for epoch, _ in epochs], [value for _, value in epochs]),
    }
    show(figure, alt_texts.curves("loss", lines))


def padding(features: torch.Tensor, pad: int) -> None:
    """A batch of indices (B, T): words dark, padding light."""
    real = (features != pad).numpy()
    figure, axes = plt.subplots(figsize=(6.4, 2.6), layout="constrained")
    axes.imshow(real, cmap="Blues", vmin=0, vmax=1.3, aspect="auto", interpolation="nearest")
    axes.set(xlabel="position", ylabel="text of the batch", title=f"light: padding, {1 - real.mean():.0%} of the batch")
    show(figure, f"words of {len(real)} texts, light cells are padding: {1 - real.mean():.0%} of the batch")


def word_effects(models: dict[str, tuple[str, list[tuple[str, float]]]]) -> None:
    """For each model its topic and, for each word of a text, how much of the topic's lead is lost without it."""
    words = [word for word, _ in next(iter(models.values()))[1]]
    size = (0.42 * len(words) + 1, 1.5 * len(models) + 0.9)
    figure, panels = plt.subplots(len(models), figsize=size, sharex=True, squeeze=False, layout="constrained")
    for axes, (name, (topic, effects)) in zip(panels[:, 0], models.items(), strict=True):
        lost = [value for _, value in effects]
        axes.bar(range(len(words)), lost, color=[ORANGE if value > 0 else GREY for value in lost])
        axes.axhline(0, color="black", linewidth=0.6)
        axes.set(title=f"{name}: {topic}", ylabel="lead lost")
        clean(axes)
    panels[-1, 0].set_xticks(range(len(words)), words, rotation=60, ha="right")
    most = []
    for name, (topic, effects) in models.items():
        word, value = max(effects, key=lambda effect: effect[1])
        most.append(f"{name}, {topic}: most for {word}, {value:.2f}")
    show(figure, alt_texts.described("lead of the topic that is lost without a word", most))


def states(runs: dict[str, torch.Tensor]) -> None:
    """States (T, H) over time, one panel for each run: red is 1, blue is -1, pale is 0."""
    figure, panels = plt.subplots(1, len(runs), figsize=(8, 2.6), sharey=True, squeeze=False, layout="constrained")
    for axes, (name, run) in zip(panels[0], runs.items(), strict=True):
        image = axes.imshow(run.detach().numpy().T, cmap="coolwarm", vmin=-1, vmax=1, aspect="auto")
        axes.set(title=name, xlabel="word")
    panels[0, 0].set_ylabel("number of the state")
    plt.colorbar(image, ax=panels[0], label="value")
    show(
        figure,
        alt_texts.described(
            "states by word, mean size of a number", [f"{name} {run.abs().mean():.2f}" for name, run in runs.items()]
        ),
    )


def by_distance(curves: dict[str, Sequence[float]], xlabel: str, ylabel: str) -> None:
    """Curves over distances 0, 1, 2, ... on a logarithmic scale."""
    figure, axes = plt.subplots(figsize=(6.4, 2.8), layout="constrained")
    for (name, values), style in zip(curves.items(), styles(), strict=False):
        curve(axes, range(len(values)), values, name, style)
    axes.set(xlabel=xlabel, ylabel=ylabel, yscale="log")
    axes.legend(frameon=False)
    clean(axes)
    show(figure, alt_texts.drawn(f"{ylabel} by {xlabel}", curves))


def quality(models: dict[str, tuple[float, float, int]]) -> None:
    """Accuracy over seconds of training; points grow with parameters. models: name -> accuracy, seconds, parameters."""
    figure, axes = plt.subplots(figsize=(6.8, 3.2), layout="constrained")
    for (name, (accuracy, seconds, parameters)), style in zip(models.items(), styles(), strict=False):
        colour, marker = style["color"], style["marker"]
        axes.scatter(seconds, accuracy, s=30 + parameters / 1000, color=colour, marker=marker, label=name, alpha=0.8)
    axes.set(xlabel="seconds of training", ylabel="accuracy on the test texts")
    handles = axes.legend(frameon=False, loc="center left", bbox_to_anchor=(1, 0.5)).legend_handles
    for handle in handles:
        handle.set_sizes([40])  # type: ignore[union-attr]
    clean(axes)
    show(
        figure,
        alt_texts.described(
            "accuracy and seconds of training",
            [f"{name} {accuracy:.2f} in {seconds:.0f} s" for name, (accuracy, seconds, _) in models.items()],
        ),
    )
