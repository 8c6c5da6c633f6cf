"""Pictures of echo-state networks for `recurrent_networks`; none of them is an exercise."""

from __future__ import annotations

from collections.abc import Sequence

import matplotlib.pyplot as plt
import numpy as np

from course_lib import alt_texts
from course_lib.figures import BLUE, GREY, ORANGE, clean, curve, show, styles


def eigenvalues(matrices: dict[str, np.ndarray], radius: float) -> None:
    """Eigenvalues of each matrix (N, N) and the circle on which the outermost should be. Title: radius, norm."""
    figure, panels = plt.subplots(
        1, len(matrices), figsize=(3.1 * len(matrices), 3.8), sharey=True, squeeze=False, layout="constrained"
    )
    turn = np.linspace(0, 2 * np.pi, 200)
    for axes, (name, matrix) in zip(panels[0], matrices.items(), strict=True):
        values = np.linalg.eigvals(matrix)
        axes.plot(radius * np.cos(turn), radius * np.sin(turn), color=ORANGE, linewidth=1)
        axes.scatter(values.real, values.imag, s=6, color=BLUE, linewidths=0)
        title = f"{name}\nradius {np.abs(values).max():.3f}, norm {np.linalg.norm(matrix, 2):.2f}"
        axes.set(title=title, xlabel="real part", aspect="equal")
        clean(axes)
    panels[0, 0].set_ylabel("imaginary part")
    show(
        figure,
        alt_texts.values(
            f"eigenvalues as dots in a disc, circle at {radius}; the largest",
            {name: float(np.abs(np.linalg.eigvals(matrix)).max()) for name, matrix in matrices.items()},
        ),
    )


def against(
    xs: Sequence[float],
    curves: dict[str, Sequence[float]],
    xlabel: str,
    ylabel: str,
    levels: dict[str, float] | None = None,
    log_x: bool = False,
) -> None:
    """Curves over given values on a logarithmic scale, with dashed lines at levels to compare with."""
    figure, axes = plt.subplots(figsize=(6.8, 3), layout="constrained")
    for (name, values), style in zip(curves.items(), styles(), strict=False):
        curve(axes, xs, values, name, style)
    for name, level in (levels or {}).items():
        axes.axhline(level, color=GREY, linestyle="--", linewidth=1)
        axes.annotate(name, (0.5, level), xycoords=("axes fraction", "data"), ha="center", va="bottom", fontsize=8)
    axes.set_yscale("log")
    if log_x:
        axes.set_xscale("log")
    axes.set(xlabel=xlabel, ylabel=ylabel)
    axes.legend(frameon=False, loc="center left", bbox_to_anchor=(1, 0.5))
    clean(axes)
    show(figure, alt_texts.curves(f"{ylabel} by {xlabel}", {name: (xs, values) for name, values in curves.items()}))


def rungs(methods: dict[str, tuple[float, float]], near: str, far: str, level: float = 1.0) -> None:
    """Two errors of each method on one logarithmic scale, joined by a line; a dashed line where knowing nothing is."""
    figure, axes = plt.subplots(figsize=(7.6, 0.5 * len(methods) + 1.1), layout="constrained")
    rows = np.arange(len(methods))[::-1]
    pairs = np.array(list(methods.values()))
    axes.hlines(rows, pairs.min(axis=1), pairs.max(axis=1), color=GREY, linewidth=1)
    for column, (name, colour, marker) in enumerate(((near, BLUE, "o"), (far, ORANGE, "s"))):
        axes.scatter(pairs[:, column], rows, color=colour, marker=marker, label=name, zorder=2)
        for row, value in zip(rows, pairs[:, column], strict=True):
            label = f"{value:.2f}" if value >= 0.1 else f"{value:.0e}".replace("e-0", "e-")
            axes.annotate(label, (value, row), (0, 6), textcoords="offset points", ha="center", fontsize=8)
    axes.axvline(level, color=GREY, linestyle="--", linewidth=1)
    axes.annotate(
        "always the mean", (level, len(methods) - 0.4), (-4, 0), textcoords="offset points", ha="right", fontsize=8
    )
    axes.set_xscale("log")
    axes.set_yticks(rows, list(methods))
    axes.set(xlabel="NRMSE", ylim=(-0.5, len(methods) - 0.3))
    axes.legend(frameon=False, loc="center left", bbox_to_anchor=(1, 0.5))
    clean(axes)
    show(
        figure,
        alt_texts.described(
            f"NRMSE after {near} and {far}",
            [f"{name} {alt_texts.number(one)} and {alt_texts.number(two)}" for name, (one, two) in methods.items()],
        ),
    )


def forecast(truth: Sequence[float], guess: Sequence[float], errors: Sequence[float], growth: float) -> None:
    """A free run beside the truth; below it the mean error at each step, and how fast the series lets errors grow.

    truth, guess: (T,). errors: NRMSE after 1, 2, ... steps. growth: the Lyapunov exponent, per step.
    """
    figure, (upper, lower) = plt.subplots(2, 1, figsize=(8, 4.6), layout="constrained")
    upper.plot(range(1, len(truth) + 1), truth, color=GREY, linewidth=3, label="the series")
    upper.plot(range(1, len(guess) + 1), guess, color=ORANGE, linewidth=1, label="the network on its own")
    upper.set(xlabel="steps without a true value", ylabel="x, value of the series")
    upper.legend(frameon=False, loc="upper center", ncols=2, bbox_to_anchor=(0.5, 1.2))
    steps = np.arange(1, len(errors) + 1)
    lower.semilogy(steps, errors, color=BLUE, label="NRMSE of all runs")
    start = len(errors) // 10
    slope = errors[start] * np.exp(growth * (steps - steps[start]))
    lower.semilogy(
        steps[start:],
        slope[start:],
        color=GREY,
        linestyle="--",
        label=f"slope of the chaos, e per {1 / growth:.0f} steps",
    )
    lower.axhline(1, color=GREY, linewidth=0.8)
    lower.annotate("knowing nothing", (0.005, 1), xycoords=("axes fraction", "data"), va="bottom", fontsize=8)
    lower.set(xlabel="steps without a true value", ylabel="NRMSE")
    lower.legend(frameon=False, loc="lower right")
    for axes in (upper, lower):
        clean(axes)
    show(figure, alt_texts.drawn("error of free runs beside a chaotic series, by step", {"NRMSE": errors}, 1))


def weights(readouts: dict[str, np.ndarray]) -> None:
    """The absolute weights of each readout, the largest first, on a logarithmic scale."""
    figure, axes = plt.subplots(figsize=(6.8, 2.8), layout="constrained")
    for (name, readout), style in zip(readouts.items(), styles(), strict=False):
        sizes = np.sort(np.abs(np.asarray(readout)).ravel())[::-1]
        curve(axes, range(1, len(sizes) + 1), sizes, name, style)
    axes.set(xlabel="weights of the readout, the largest first", ylabel="|weight|", yscale="log")
    axes.legend(frameon=False, loc="center left", bbox_to_anchor=(1, 0.5))
    clean(axes)
    parts = [
        f"{name} from {np.abs(readout).max():.2g} down to {np.abs(readout).min():.2g}"
        for name, readout in readouts.items()
    ]
    show(figure, alt_texts.described("sizes of the weights of a readout", parts))
