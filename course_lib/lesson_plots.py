"""Pictures for the ungraded lessons in `notebooks/`."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.ticker import MaxNLocator

from course_lib import alt_texts
from course_lib.figures import (
    BLUE,
    BROWN,
    GREEN,
    GREY,
    HATCHES,
    INK,
    MARKERS,
    ORANGE,
    PALE,
    PURPLE,
    clean,
    curve,
    ink_on,
    show,
    styles,
)

COLOURS = (BLUE, ORANGE, GREEN, PURPLE, BROWN)

# Where a label may stand: the direction from its point, and the distance in points.
DIRECTIONS = ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, 1), (1, -1), (-1, -1))
DISTANCES = (6, 10, 15, 21, 28, 36)


def _label(axes: plt.Axes, points: np.ndarray, words: Sequence[str], colours: Sequence[str], size: float) -> None:
    """Write each word beside its point, at the nearest place where it covers no other word and no point."""
    axes.figure.canvas.draw()
    scale = axes.figure.dpi / 72
    spots = axes.transData.transform(points)
    frame = np.array([axes.bbox.extents])
    taken = np.hstack([spots - 4 * scale, spots + 4 * scale])  # boxes (left, bottom, right, top): first the points
    # Crowded points choose first, since they have the fewest free places.
    gaps = np.linalg.norm(spots[:, None] - spots[None], axis=2)
    for number in np.argsort(np.sort(gaps, axis=1)[:, 1:6].mean(axis=1), kind="stable"):
        text = axes.text(0, 0, words[number], size=size)
        extent = text.get_window_extent()
        text.remove()
        room = np.array([extent.width, extent.height])
        places = []
        for distance, (right, up) in product(DISTANCES, DIRECTIONS):
            corner = spots[number] + scale * distance * np.array([right, up]) + np.array([right - 1, up - 1]) * room / 2
            box = np.concatenate([corner, corner + room])
            covered = _overlaps(box, taken).sum() - _overlaps(box, taken[number : number + 1]).sum()
            outside = room.prod() - _overlaps(box, frame).sum()
            places.append((float(covered + outside + distance), distance, right, up, box))
        _, distance, right, up, box = min(places, key=lambda place: place[0])
        taken = np.vstack([taken, box])
        line = {"arrowstyle": "-", "color": GREY, "lw": 0.6, "shrinkA": 0, "shrinkB": 3}
        axes.annotate(
            words[number],
            points[number],
            (right * distance, up * distance),
            textcoords="offset points",
            ha=("right", "center", "left")[right + 1],
            va=("top", "center", "bottom")[up + 1],
            size=size,
            color=colours[number],
            arrowprops=line if distance > DISTANCES[1] or right * up else None,
        )


def _overlaps(box: np.ndarray, others: np.ndarray) -> np.ndarray:
    """The area that a box (4,) shares with each of the others (N, 4); boxes are left, bottom, right, top.

    >>> _overlaps(np.array([0, 0, 2, 2]), np.array([[1, 1, 3, 3], [5, 0, 6, 1]])).tolist()
    [1, 0]
    """
    sides = np.minimum(box[2:], others[:, 2:]) - np.maximum(box[:2], others[:, :2])
    return np.clip(sides, 0, None).prod(axis=1)


def arrows(vectors: dict[str, np.ndarray], axes_names: tuple[str, str]) -> None:
    """Two-dimensional vectors (2,) as arrows from the origin, each with its name and length."""
    figure, axes = plt.subplots(figsize=(5.2, 3.6), layout="constrained")
    for (name, (x, y)), colour in zip(vectors.items(), COLOURS, strict=False):
        axes.annotate(
            "",
            (x, y),
            (0, 0),
            arrowprops={"arrowstyle": "-|>", "color": colour, "lw": 2, "shrinkA": 0, "shrinkB": 0},
        )
        axes.annotate(
            f"{name}, length {np.hypot(x, y):.2f}",
            (x, y),
            (4, -4),
            textcoords="offset points",
            va="top",
            color=colour,
            size=11,
        )
    limit = max(float(np.abs(vector).max()) for vector in vectors.values())
    axes.set(
        xlabel=axes_names[0],
        ylabel=axes_names[1],
        xlim=(0, 1.7 * limit),
        ylim=(0, 1.15 * limit),
        aspect="equal",
    )
    clean(axes)
    parts = [f"{name} to ({x:g}, {y:g}), length {np.hypot(x, y):.2f}" for name, (x, y) in vectors.items()]
    show(figure, alt_texts.described(f"arrows from the origin, {axes_names[0]} and {axes_names[1]}", parts))


def space(points: np.ndarray, groups: dict[str, Sequence[str]]) -> None:
    """Words at their points (N, 2), coloured by group. groups: name -> words, in the order of the points."""
    words = [word for members in groups.values() for word in members]
    figure, axes = plt.subplots(figsize=(9.4, 6.4), layout="constrained")
    colours: list[str] = []
    start = 0
    for (name, members), colour, marker in zip(groups.items(), COLOURS, MARKERS, strict=False):
        part = points[start : start + len(members)]
        axes.scatter(part[:, 0], part[:, 1], s=26, color=colour, marker=marker, label=name)
        colours += [colour] * len(members)
        start += len(members)
    axes.margins(0.08)
    axes.set(xlabel="first direction", ylabel="second direction")
    axes.legend(frameon=False, ncols=len(groups), loc="upper center", bbox_to_anchor=(0.5, -0.09))
    clean(axes)
    _label(axes, points, words, colours, 9.5)
    middles = {}
    start = 0
    for name, members in groups.items():
        x, y = points[start : start + len(members)].mean(axis=0).round(1) + 0  # + 0 turns -0.0 into 0.0
        middles[name] = f"{name} around ({x:g}, {y:g})"
        start += len(members)
    show(figure, alt_texts.described("words as points in a plane, in groups", middles.values()))


def relation(points: np.ndarray, pairs: Sequence[tuple[str, str]], names: tuple[str, str]) -> None:
    """Pairs of words, each joined by a line. points: (2 N, 2), the first words, then the second ones."""
    half = len(pairs)
    sign = 1 if points[half:, 0].mean() > points[:half, 0].mean() else -1
    points = points * [sign, 1]
    words = [one for one, _ in pairs], [other for _, other in pairs]
    figure, axes = plt.subplots(figsize=(8.4, 5), layout="constrained")
    for one, other in zip(points[:half], points[half:], strict=True):
        axes.plot([one[0], other[0]], [one[1], other[1]], color=GREY, lw=1, zorder=1)
    left, right = points[:, 0].min(), points[:, 0].max()
    margin = 0.1 * (right - left)
    columns = (left - margin, "right", BLUE), (right + margin, "left", ORANGE)
    gap = 0.052 * float(np.ptp(points[:, 1]))
    for part, members, name, (x, side, colour), marker in zip(
        (points[:half], points[half:]), words, names, columns, "os", strict=True
    ):
        axes.scatter(part[:, 0], part[:, 1], s=30, color=colour, marker=marker, label=name, zorder=2)
        for word, point, y in zip(members, part, _spread(part[:, 1], gap), strict=True):
            line = {"arrowstyle": "-", "color": colour, "lw": 0.6, "alpha": 0.6, "shrinkA": 1, "shrinkB": 3}
            axes.annotate(word, point, (x, y), ha=side, va="center", size=10.5, color=colour, arrowprops=line)
    axes.set(xlim=(left - 2.6 * margin, right + 2.6 * margin), xlabel="first direction", ylabel="second direction")
    axes.legend(frameon=False, ncols=2, loc="upper center", bbox_to_anchor=(0.5, -0.11))
    clean(axes)
    steps = points[half:] - points[:half]
    angles = np.degrees(np.arctan2(steps[:, 1], steps[:, 0]))
    parts = [f"{pairs[0][0]} to {pairs[0][1]} and so on, rising by {angles.min():.0f} to {angles.max():.0f} degrees"]
    show(figure, alt_texts.described(f"{half} lines from {names[0]} (left) to {names[1]} (right)", parts))


def _spread(heights: np.ndarray, gap: float) -> np.ndarray:
    """Heights (N,) moved apart as little as needed: the same order, at least `gap` between neighbours.

    >>> _spread(np.array([0.0, 0.0, 5.0]), 1.0).tolist()
    [-0.5, 0.5, 5.0]
    """
    order = np.argsort(heights, kind="stable")
    # Heights less their number of gaps must not fall: pool neighbours that do, and give each pool its mean.
    pools: list[list[float]] = []
    for number, height in enumerate(heights[order]):
        pools.append([float(height) - number * gap])
        while len(pools) > 1 and np.mean(pools[-2]) > np.mean(pools[-1]):
            last = pools.pop()
            pools[-1] += last
    placed = np.concatenate([np.full(len(pool), np.mean(pool)) for pool in pools]) + gap * np.arange(len(heights))
    spread = np.empty(len(heights))
    spread[order] = placed
    return spread


def direction(values: dict[str, dict[str, float]], noise: float, ends: tuple[str, str]) -> None:
    """Words on one direction. values: group -> word -> cosine; noise: half the width of the grey band."""
    rows = sum(len(group) for group in values.values()) + len(values) - 1
    figure, axes = plt.subplots(figsize=(8.4, 0.2 * rows + 1), layout="constrained")
    axes.axvspan(-noise, noise, color=GREY, alpha=0.25, lw=0)
    axes.text(0, -1.2, "half of all words lie in the grey band", ha="center", va="bottom", size=9.5, color=INK)
    row = 0
    ticks: dict[int, str] = {}
    for (group, found), colour in zip(values.items(), COLOURS, strict=False):
        middle = row + (len(found) - 1) / 2
        axes.text(0.68, middle, group, va="center", size=10.5, color=colour)
        for word, value in sorted(found.items(), key=lambda item: item[1]):
            axes.plot([0, value], [row, row], color=colour, lw=1.4)
            axes.plot(value, row, "o", color=colour, ms=6)
            ticks[row] = word
            row += 1
        row += 1
    axes.set_yticks(list(ticks), list(ticks.values()), size=9.5)
    axes.set(xlim=(-0.65, 0.65), ylim=(row - 1, -1.1))
    left, right = f"more like {ends[0]} \N{LEFTWARDS ARROW}", f"\N{RIGHTWARDS ARROW} more like {ends[1]}"
    axes.set_xlabel(f"{left}   cosine with the direction   {right}")
    clean(axes)
    ranges = [f"{group} {min(found.values()):.2f} to {max(found.values()):.2f}" for group, found in values.items()]
    show(figure, alt_texts.described(f"cosine with the direction from {ends[0]} to {ends[1]}", ranges))


def unknown(by_cleaning: dict[str, float], by_count: dict[str, float]) -> None:
    """Shares of unknown words: by how the text was cleaned, and by how often the word occurs."""
    figure, panels = plt.subplots(1, 2, figsize=(9.4, 2.5), layout="constrained")
    titles = ("all words of the text", "different words, by how often they occur")
    for axes, shares, title, colour in zip(panels, (by_cleaning, by_count), titles, (BLUE, ORANGE), strict=True):
        bars = axes.barh(list(shares), list(shares.values()), color=colour)
        axes.bar_label(bars, fmt="{:.0%}", padding=3)
        axes.invert_yaxis()
        axes.set(xlim=(0, 1.15), xlabel="share without a vector")
        axes.set_title(title, size=11)
        axes.set_xticks([0, 0.5, 1], ["0%", "50%", "100%"])
        clean(axes)
    show(figure, alt_texts.values("share of words without a vector", by_cleaning | by_count))


def seen(texts: dict[str, list[tuple[str, bool]]]) -> None:
    """Texts as a network sees them: known words in blue boxes, unknown ones as grey boxes without a word.

    texts: what is written over the line -> (word, whether it is known). A text that is longer than a line is cut.
    """
    width, height = 11.0, 0.62 * len(texts) + 0.15
    figure = plt.figure(figsize=(width, height))
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set(xlim=(0, width), ylim=(height, 0))
    axes.axis("off")
    figure.canvas.draw()
    for number, (name, words) in enumerate(texts.items()):
        top = 0.08 + 0.62 * number
        axes.text(0.1, top + 0.1, name, size=9.5, color=INK, va="center")
        left = 0.1
        for word, known in words:
            style = {"facecolor": BLUE if known else "#ced4da", "edgecolor": "none", "boxstyle": "round,pad=0.3"}
            place: dict[str, Any] = {"size": 9.5, "va": "center", "family": "monospace"}
            colour = "white" if known else "#ced4da"
            drawn = axes.text(left + 0.08, top + 0.37, word, color=colour, bbox=style, **place)
            right = drawn.get_window_extent().x1 / figure.dpi + 0.08
            if right > width - 0.1:
                drawn.remove()
                axes.text(left, top + 0.37, "...", color=INK, **place)
                break
            left = right + 0.07
    parts = [f"{name} {sum(known for _, known in words)} of {len(words)}" for name, words in texts.items()]
    show(figure, alt_texts.described("words in blue boxes are known, grey boxes are not; known", parts))


def saturation(words: Sequence[str], runs: dict[str, tuple[np.ndarray, np.ndarray]]) -> None:
    """What becomes of a text in a recurrent layer, one column of panels for each run: states, slopes, gradients.

    runs: name -> states (T, H), and the length of the gradient that reaches each word, (T,).
    """
    size = (5.2 * len(runs), 6.0)
    figure, panels = plt.subplots(
        3, len(runs), figsize=size, sharex=True, squeeze=False, height_ratios=(2.2, 1, 1), layout="constrained"
    )
    largest = max(float(gradient.max()) for _, gradient in runs.values())
    for column, (name, (states, gradient)) in enumerate(runs.items()):
        heat, slopes, reach = panels[:, column]
        image = heat.imshow(states.T, cmap="coolwarm", vmin=-1, vmax=1, aspect="auto", interpolation="nearest")
        heat.set_title(name, size=11)
        slopes.bar(range(len(words)), (1 - states**2).mean(axis=1), color=ORANGE)
        slopes.set(ylim=(0, 1))
        reach.set(yscale="log", ylim=(1e-9, 10 * largest))
        felt = np.flatnonzero(gradient)
        reach.bar(felt, gradient[felt], color=BLUE)
        for place in np.flatnonzero(gradient == 0):
            reach.text(place, 3e-9, "0", ha="center", color=BLUE, size=11, weight="bold")
        reach.set_xticks(range(len(words)), words, rotation=60, ha="right", size=9)
        clean(slopes)
        clean(reach)
    panels[0, 0].set_ylabel("the H numbers\nof the state")
    panels[1, 0].set_ylabel("mean slope\n" + r"$1 - h^2$")
    panels[2, 0].set_ylabel("gradient that\nreaches the word")
    plt.colorbar(image, ax=panels[0].tolist(), shrink=0.9, label="value")
    parts = [
        f"{name}: mean slope {(1 - states**2).mean():.2f}, gradient at {np.count_nonzero(gradient)} of {len(words)}"
        for name, (states, gradient) in runs.items()
    ]
    show(figure, alt_texts.described("states, slopes and gradients by word", parts))


def washing_out(paths: np.ndarray, distances: np.ndarray, factor: float, level: float) -> None:
    """What padding does to the states of texts: their paths in a plane, and the distance of two of them.

    paths: (texts, steps + 1, 2), step 0 is the end of the text. distances: (steps + 1,). factor: expected per step.
    level: below it float32 sees no difference.
    """
    figure, (plane, fall) = plt.subplots(1, 2, figsize=(10, 3.9), layout="constrained")
    for number, path in enumerate(paths):
        colour = COLOURS[number % len(COLOURS)]
        plane.plot(path[:, 0], path[:, 1], "-", color=colour, lw=1, alpha=0.8)
        plane.plot(path[1:, 0], path[1:, 1], ".", color=colour, ms=4)
        plane.plot(path[0, 0], path[0, 1], "o", color=colour, ms=9)
    plane.plot(*paths[:, -1].mean(axis=0), "*", color="black", ms=17, zorder=5)
    plane.set_title("a text ends at a large dot; each small dot is one padding more", size=10.5)
    plane.set(xlabel="first direction", ylabel="second direction")
    steps = np.arange(len(distances))
    fall.semilogy(steps, distances, "o-", color=BLUE, ms=3.5, label="distance of two texts")
    expected = distances[0] * factor**steps
    fall.semilogy(steps, expected, "--", color=ORANGE, label=f"a factor of {factor:.2f} per step")
    fall.axhline(level, color=GREY, lw=1)
    note = {"ha": "right", "va": "bottom", "size": 9, "color": INK}
    fall.text(len(distances) - 1, level, "below this line all\ndigits of float32 agree", **note)
    fall.set(xlabel="padding steps after the text", ylabel="distance of the states", ylim=(1e-10, None))
    fall.legend(frameon=False)
    for axes in (plane, fall):
        clean(axes)
    show(
        figure,
        alt_texts.drawn(
            f"paths of {len(paths)} texts end in one point; distance by padding step", {"two texts": distances}
        ),
    )


def company(beliefs: dict[str, np.ndarray], topics: Sequence[str]) -> None:
    """What a network believes of one text in different company: a bar of probabilities (C,) for each."""
    figure, axes = plt.subplots(figsize=(9.4, 0.42 * len(beliefs) + 1.1), layout="constrained")
    table = np.stack(list(beliefs.values()))
    left = np.zeros(len(table))
    for topic, share, colour, hatch in zip(topics, table.T, COLOURS, HATCHES, strict=False):
        axes.barh(list(beliefs), share, left=left, color=colour, hatch=hatch, edgecolor="white", label=topic)
        for row, (start, width) in enumerate(zip(left, share, strict=True)):
            if width > 0.08:
                style: dict[str, Any] = {"ha": "center", "va": "center", "size": 9.5, "color": ink_on(colour)}
                box = {"facecolor": colour, "edgecolor": "none", "pad": 3}
                axes.text(start + width / 2, row, f"{width:.0%}", bbox=box, **style)
        left += share
    axes.invert_yaxis()
    axes.set(xlim=(0, 1), xticks=[], title="probabilities of the topics of one text")
    axes.spines[["top", "right", "bottom"]].set_visible(False)
    axes.legend(frameon=False, ncols=len(topics), loc="upper center", bbox_to_anchor=(0.5, 0))
    sure = [f"{name} {topics[int(row.argmax())]} {row.max():.0%}" for name, row in beliefs.items()]
    show(figure, alt_texts.described("most probable topic of one text", sure))


def keys(runs: dict[tuple[bool, ...], float], names: Sequence[str], chance: float) -> None:
    """Accuracy for each combination of mended faults. runs: which faults are mended -> accuracy."""
    figure, (grid, axes) = plt.subplots(
        1, 2, figsize=(9.4, 0.4 * len(runs) + 1.1), width_ratios=(1, 1.9), sharey=True, layout="constrained"
    )
    for row, (mended, accuracy) in enumerate(runs.items()):
        for place, done in enumerate(mended):
            grid.plot(place, row, "o", ms=13, color=BLUE if done else PALE)
        axes.barh(row, accuracy, color=ORANGE if all(mended) else GREY, height=0.62)
        axes.text(accuracy + 0.012, row, f"{accuracy:.2f}", va="center", size=10)
    axes.axvline(chance, color="black", lw=1, ls="--")
    axes.text(chance, -0.75, "chance", ha="center", va="bottom", size=9.5)
    grid.set(xlim=(-0.6, len(names) - 0.4), ylim=(len(runs) - 0.5, -0.7), yticks=[])
    grid.set_xticks(range(len(names)), names)
    grid.tick_params(length=0, labeltop=True, labelbottom=False)
    grid.set_xlabel("blue: mended, grey: as in the seminar")
    grid.spines[:].set_visible(False)
    axes.set(xlim=(0, 1.08), xlabel="accuracy on the test texts")
    axes.tick_params(axis="y", length=0)
    clean(axes)
    cures = {", ".join(name for name, done in zip(names, run, strict=True) if done) or "nothing": run for run in runs}
    show(figure, alt_texts.values("accuracy by what is mended", {name: runs[run] for name, run in cures.items()}))


def forgetting(panels: dict[str, dict[str, np.ndarray]]) -> None:
    """Gradient over the distance from the end, one panel for each group of networks. panels: title -> name -> (T,)."""
    figure, places = plt.subplots(1, len(panels), figsize=(4.9 * len(panels), 3.2), sharey=True, layout="constrained")
    for axes, (title, curves) in zip(places, panels.items(), strict=True):
        for (name, values), style in zip(curves.items(), styles((ORANGE, BLUE, GREY)), strict=False):
            curve(axes, range(len(values)), values / values[0], name, style | {"linewidth": 2})
        axes.set_yscale("log")
        axes.set_title(title, size=11)
        axes.set(xlabel="words before the last one")
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
        axes.legend(frameon=False, loc="lower left")
        clean(axes)
    places[0].set_ylabel("gradient, that of the last word = 1")
    left = {f"{name} {title}": line[-1] / line[0] for title, found in panels.items() for name, line in found.items()}
    words = max(len(line) for found in panels.values() for line in found.values()) - 1
    show(figure, alt_texts.values(f"gradient {words} words before the last one, if that of the last is 1", left))


def places(clouds: dict[str, np.ndarray], labels: np.ndarray, topics: Sequence[str]) -> None:
    """States of texts in a plane, coloured by topic, one panel for each moment. clouds: title -> (texts, 2).

    Each point is moved a little at random, so that equal states do not hide each other.
    """
    shake = 0.012 * max(float(np.ptp(points)) for points in clouds.values())
    rng = np.random.default_rng(0)
    figure, panels = plt.subplots(
        1, len(clouds), figsize=(2.7 * len(clouds), 3.1), sharex=True, sharey=True, layout="constrained"
    )
    for axes, (title, points) in zip(panels, clouds.items(), strict=True):
        for number, topic in enumerate(topics):
            chosen = (points + rng.normal(0, shake, points.shape))[labels == number]
            look: dict[str, Any] = {"color": COLOURS[number], "marker": MARKERS[number], "label": topic}
            axes.scatter(chosen[:, 0], chosen[:, 1], s=16, alpha=0.6, lw=0, **look)
        axes.set_title(title, size=10.5)
        axes.set(xticks=[], yticks=[], xlabel="first direction")
    panels[0].set_ylabel("second direction")
    handles, names = panels[0].get_legend_handles_labels()
    legend = panels[0].figure.legend(
        handles, names, loc="outside lower center", ncols=len(topics), frameon=False, markerscale=1.8
    )
    for handle in legend.legend_handles:
        handle.set_alpha(1)
    spreads = {title: float(np.linalg.norm(points.std(axis=0))) for title, points in clouds.items()}
    show(figure, alt_texts.values("states of texts as points, coloured by topic; spread", spreads))


def accuracies(curves: dict[str, list[float]], ticks: Sequence[str], xlabel: str, chance: float) -> None:
    """A line of accuracies for each reader; a line may be shorter than the axis, which has these ticks."""
    figure, axes = plt.subplots(figsize=(7.6, 3.4), layout="constrained")
    for (name, values), style in zip(curves.items(), styles((BLUE, ORANGE, GREY)), strict=False):
        curve(axes, range(len(values)), values, name, style | {"markersize": 6})
    axes.axhline(chance, color="black", lw=1, ls="--")
    axes.text(len(ticks) - 1, chance + 0.01, "chance", ha="right", va="bottom", size=9.5)
    axes.set_xticks(range(len(ticks)), ticks)
    axes.set(xlabel=xlabel, ylabel="accuracy on the test texts", ylim=(0.2, 1.03))
    axes.legend(frameon=False, loc="center left", bbox_to_anchor=(1, 0.5))
    clean(axes)
    show(figure, alt_texts.curves(f"accuracy by {xlabel}", {name: (ticks, values) for name, values in curves.items()}))


def shares(values: dict[str, float], chance: float, title: str) -> None:
    """A bar for each accuracy, and a line at chance."""
    figure, axes = plt.subplots(figsize=(7.2, 0.42 * len(values) + 0.9), layout="constrained")
    axes.bar_label(axes.barh(list(values), list(values.values()), color=BLUE), fmt="{:.2f}", padding=3)
    axes.invert_yaxis()
    axes.axvline(chance, color="black", lw=1, ls="--")
    axes.text(chance, -0.02, "chance", ha="center", va="top", size=9.5, transform=axes.get_xaxis_transform())
    axes.set(xlim=(0, 1.2 * max(values.values())), xticks=[])
    axes.set_title(title, size=11, loc="left")
    axes.spines[["top", "right", "bottom"]].set_visible(False)
    show(figure, alt_texts.values(title, values | {"chance": chance}))
