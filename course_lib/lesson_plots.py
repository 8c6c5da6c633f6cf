"""Pictures for the ungraded lessons in `notebooks/`."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

import matplotlib.pyplot as plt
import numpy as np

BLUE, ORANGE, GREY = "#2f6690", "#d1603d", "#8d99ae"
COLOURS = (BLUE, ORANGE, "#4c956c", "#8e5ea2", "#b08900")

# Where a label may stand: the direction from its point, and the distance in points.
DIRECTIONS = ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, 1), (1, -1), (-1, -1))
DISTANCES = (6, 10, 15, 21, 28, 36)


def _clean(axes: plt.Axes) -> None:
    axes.spines[["top", "right"]].set_visible(False)


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
    _, axes = plt.subplots(figsize=(5.2, 3.6), layout="constrained")
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
    _clean(axes)
    plt.show()


def space(points: np.ndarray, groups: dict[str, Sequence[str]]) -> None:
    """Words at their points (N, 2), coloured by group. groups: name -> words, in the order of the points."""
    words = [word for members in groups.values() for word in members]
    _, axes = plt.subplots(figsize=(9.4, 6.4), layout="constrained")
    colours: list[str] = []
    start = 0
    for (name, members), colour in zip(groups.items(), COLOURS, strict=False):
        part = points[start : start + len(members)]
        axes.scatter(part[:, 0], part[:, 1], s=22, color=colour, label=name)
        colours += [colour] * len(members)
        start += len(members)
    axes.margins(0.08)
    axes.set(xlabel="first direction", ylabel="second direction")
    axes.legend(frameon=False, ncols=len(groups), loc="upper center", bbox_to_anchor=(0.5, -0.09))
    _clean(axes)
    _label(axes, points, words, colours, 9.5)
    plt.show()


def relation(points: np.ndarray, pairs: Sequence[tuple[str, str]], names: tuple[str, str]) -> None:
    """Pairs of words, each joined by a line. points: (2 N, 2), the first words, then the second ones."""
    half = len(pairs)
    sign = 1 if points[half:, 0].mean() > points[:half, 0].mean() else -1
    points = points * [sign, 1]
    words = [one for one, _ in pairs], [other for _, other in pairs]
    _, axes = plt.subplots(figsize=(8.4, 5), layout="constrained")
    for one, other in zip(points[:half], points[half:], strict=True):
        axes.plot([one[0], other[0]], [one[1], other[1]], color=GREY, lw=1, zorder=1)
    left, right = points[:, 0].min(), points[:, 0].max()
    margin = 0.1 * (right - left)
    columns = (left - margin, "right", BLUE), (right + margin, "left", ORANGE)
    gap = 0.052 * float(np.ptp(points[:, 1]))
    for part, members, name, (x, side, colour) in zip(
        (points[:half], points[half:]), words, names, columns, strict=True
    ):
        axes.scatter(part[:, 0], part[:, 1], s=30, color=colour, label=name, zorder=2)
        for word, point, y in zip(members, part, _spread(part[:, 1], gap), strict=True):
            line = {"arrowstyle": "-", "color": colour, "lw": 0.6, "alpha": 0.6, "shrinkA": 1, "shrinkB": 3}
            axes.annotate(word, point, (x, y), ha=side, va="center", size=10.5, color=colour, arrowprops=line)
    axes.set(xlim=(left - 2.6 * margin, right + 2.6 * margin), xlabel="first direction", ylabel="second direction")
    axes.legend(frameon=False, ncols=2, loc="upper center", bbox_to_anchor=(0.5, -0.11))
    _clean(axes)
    plt.show()


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
    _, axes = plt.subplots(figsize=(8.4, 0.2 * rows + 1), layout="constrained")
    axes.axvspan(-noise, noise, color=GREY, alpha=0.25, lw=0)
    axes.text(0, -1.2, "half of all words lie in the grey band", ha="center", va="bottom", size=9.5, color="#5c677d")
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
    _clean(axes)
    plt.show()


def unknown(by_cleaning: dict[str, float], by_count: dict[str, float]) -> None:
    """Shares of unknown words: by how the text was cleaned, and by how often the word occurs."""
    _, panels = plt.subplots(1, 2, figsize=(9.4, 2.5), layout="constrained")
    titles = ("all words of the text", "different words, by how often they occur")
    for axes, shares, title, colour in zip(panels, (by_cleaning, by_count), titles, (BLUE, ORANGE), strict=True):
        bars = axes.barh(list(shares), list(shares.values()), color=colour)
        axes.bar_label(bars, fmt="{:.0%}", padding=3)
        axes.invert_yaxis()
        axes.set(xlim=(0, 1.15), xlabel="share without a vector")
        axes.set_title(title, size=11)
        axes.set_xticks([0, 0.5, 1], ["0%", "50%", "100%"])
        _clean(axes)
    plt.show()
