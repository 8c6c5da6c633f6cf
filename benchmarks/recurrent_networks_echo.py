"""The Mackey-Glass part of the recurrent networks benchmark: 84 steps ahead, by the notebook's own four functions.

As in Jaeger & Haas (Science 304, 2004): tau = 17, a value for each unit of time, 1,000 units, one weight in a hundred;
fitted on 3,000 values one step ahead (the first 100 are washout). Then the network reads another solution, is left
alone at 100 places of it, and the 84th forecast counts. NRMSE is the root mean square error in units of the series'
standard deviation. Settings were chosen on other reservoirs and other solutions than those that are measured here.

Shapes: N units, T steps.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from benchmark_common import Figure

from course_lib.data.mackey_glass import mackey_glass

HORIZON = 84  # steps of a forecast
TRIALS, APART, READ = 100, 100, 500  # forecasts, steps between two, steps read before the first
PAPER = 10**-4.2  # NRMSE that the paper reports for 1,000 units and 3,000 values
TARGET = 1e-3
RESERVOIRS = 5

RESERVOIR = "reservoir"
LONGER = "reservoir, 21,000 values"
PAPERS_RADIUS = "reservoir, radius 0.8"
LARGER_RIDGE = "reservoir, ridge 1e-9"
LINEAR = "linear, last 50 values"
PERSISTENCE = "tomorrow is like today"


@dataclass(frozen=True)
class Settings:
    """How a reservoir is made and fitted."""

    units: int = 1000
    density: float = 0.01
    radius: float = 1.0
    leak: float = 0.6
    input_scale: float = 1.2
    bias_scale: float = 0.3
    ridge: float = 1e-13
    length: int = 3000
    washout: int = 100


BEST = Settings()
VARIANTS = {
    RESERVOIR: (BEST, RESERVOIRS),
    PAPERS_RADIUS: (replace(BEST, radius=0.8), 3),
    LARGER_RIDGE: (replace(BEST, ridge=1e-9), 3),
    LONGER: (replace(BEST, length=21_000), 3),
}


@dataclass(frozen=True)
class Forecasts:
    """How a method forecasts a solution that it was not fitted on; NRMSEs after 1 step and after 84, CPU seconds."""

    method: str
    number: int
    one_step: float
    far: float
    fitted: float  # NRMSE of one step on the values that it was fitted on
    training_seconds: float
    seconds: float


@dataclass(frozen=True)
class Solutions:
    """A solution to fit on, another to forecast, and where forecasts start in it."""

    train: np.ndarray
    test: np.ndarray
    starts: np.ndarray

    @classmethod
    def draw(cls, number: int, length: int) -> Solutions:
        """The pair of solutions of a number, of which the one to fit on has length + 1 values."""
        starts = READ + APART * np.arange(TRIALS)
        test = mackey_glass(int(starts[-1]) + HORIZON + 1, seed=6000 + number)
        return cls(mackey_glass(length + 1, seed=5000 + number), test, starts)

    def nrmse(self, forecasts: np.ndarray) -> np.ndarray:
        """NRMSE after 1, 2, ... steps of forecasts (trials, HORIZON)."""
        truth = np.stack([self.test[start + 1 : start + 1 + HORIZON] for start in self.starts])
        return np.sqrt(((forecasts - truth) ** 2).mean(axis=0)) / self.test.std()


def measure_mackey_glass(
    names: dict[str, Any],
    variants: dict[str, tuple[Settings, int]] | None = None,
    report: Callable[[str], object] = lambda line: None,
) -> list[Forecasts]:
    """Every row: baselines, then so many reservoirs of each variant. names: what the notebook defines."""
    rows = []
    for row in _rows(names, VARIANTS if variants is None else variants):
        report(
            f"{row.method} {row.number}: NRMSE after 84 steps {row.far:.1e}, {row.training_seconds:.0f} s of training"
        )
        rows.append(row)
    return rows


def _rows(names: dict[str, Any], variants: dict[str, tuple[Settings, int]]) -> Iterator[Forecasts]:
    yield persistence_row()
    yield linear_row(names, BEST.length)
    for method, (settings, count) in variants.items():
        for number in range(count):
            yield reservoir_row(names, method, settings, number)


# --- methods -----------------------------------------------------------------------------------------------


def persistence_row() -> Forecasts:
    """The last value, for ever."""
    solutions = Solutions.draw(0, BEST.length)
    errors = solutions.nrmse(np.repeat(solutions.test[solutions.starts][:, None], HORIZON, axis=1))
    fitted = float(np.sqrt(np.mean(np.diff(solutions.train) ** 2)) / solutions.train.std())
    return Forecasts(PERSISTENCE, 0, float(errors[0]), float(errors[-1]), fitted, 0.0, 0.0)


def linear_row(names: dict[str, Any], length: int, size: int = 50, ridge: float = 1e-9) -> Forecasts:
    """A linear model of the last `size` values, fitted one step ahead by the notebook's readout and run freely."""
    solutions = Solutions.draw(0, length)
    started = time.process_time()
    windows = np.lib.stride_tricks.sliding_window_view(solutions.train, size)[:-1]
    features, targets = np.column_stack([np.ones(len(windows)), windows]), solutions.train[size:, None]
    readout = names["ridge_readout"](features, targets, ridge)
    trained = time.process_time() - started
    seen = np.stack([solutions.test[start - size + 1 : start + 1] for start in solutions.starts])
    for _ in range(HORIZON):
        seen = np.column_stack([seen, readout[0] + seen[:, -size:] @ readout[1:]])
    errors = solutions.nrmse(seen[:, size:])
    fitted = float(np.sqrt(np.mean((features @ readout - targets) ** 2)) / solutions.train.std())
    spent = time.process_time() - started
    return Forecasts(LINEAR, 0, float(errors[0]), float(errors[-1]), fitted, trained, spent)


def reservoir_row(names: dict[str, Any], method: str, settings: Settings, number: int) -> Forecasts:
    """A reservoir of the notebook, made, fitted and run by its functions."""
    run_reservoir, extended, squash = names["run_reservoir"], names["extended"], names["squash"]
    solutions, leak = Solutions.draw(number, settings.length), settings.leak
    started = time.process_time()
    rng = np.random.default_rng(3000 + number)
    weights = names["make_reservoir"](settings.units, settings.density, settings.radius, rng)
    weight_in = names["draw_weight_in"](settings.units, settings.bias_scale, settings.input_scale, rng)
    u = squash(solutions.train)
    features = extended(run_reservoir(weights, weight_in, u[:-1], leak), u[:-1])
    readout = names["ridge_readout"](features, u[1:], settings.ridge, washout=settings.washout)
    trained = time.process_time() - started
    fitted = float(np.sqrt(np.mean((features @ readout - u[1:])[settings.washout :] ** 2)) / u.std())
    test = squash(solutions.test)
    states = run_reservoir(weights, weight_in, test[: solutions.starts[-1]], leak)

    def forecast(start: int) -> np.ndarray:
        found = names["free_run"](weights, weight_in, readout, states[start - 1], test[start], HORIZON, leak)
        return names["unsquash"](found)

    errors = solutions.nrmse(np.stack([forecast(start) for start in solutions.starts]))
    spent = time.process_time() - started
    return Forecasts(method, number, float(errors[0]), float(errors[-1]), fitted, trained, spent)


# --- figures -----------------------------------------------------------------------------------------------


def echo_figures(rows: list[Forecasts]) -> list[Figure]:
    """What the table prints: medians and extremes over reservoirs, held against the paper and the target."""
    figures = []
    for method in dict.fromkeys(row.method for row in rows):
        found = [row for row in rows if row.method == method]
        far = [row.far for row in found]
        label = f"{method}, median of {len(found)}" if len(found) > 1 else method
        against = PAPER if method == RESERVOIR else None
        figures.append(Figure(f"echo: NRMSE after 84 steps, {label}", statistics.median(far), "", against))
        if method == RESERVOIR:
            figures += [
                Figure(f"echo: NRMSE after 84 steps, {method}, lowest", min(far), "", PAPER),
                Figure(f"echo: NRMSE after 84 steps, {method}, highest, against the target", max(far), "", TARGET),
                Figure(
                    f"echo: NRMSE of one step on the fitted values, {label}",
                    statistics.median(row.fitted for row in found),
                    "",
                ),
                Figure(
                    f"echo: training, {label}",
                    statistics.median(row.training_seconds for row in found),
                    "s of one core",
                ),
            ]
    return figures
