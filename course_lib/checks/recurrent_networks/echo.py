"""Checks of the echo-state network of `recurrent_networks`: its weights, its states, its readout, its own forecasts.

Shapes: N units, T steps, K numbers of the series, F features.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from course_lib.checks.base import Check, judge_cases
from course_lib.checks.observers import Inputs, Observed, seeded
from course_lib.observation import attempt

# --- what several checks use -------------------------------------------------------------------------------


def fresh(arrays: dict[str, Any]) -> dict[str, Any]:
    """Arguments that the student's code may change without harm to the next case."""
    return {name: np.array(value) if isinstance(value, np.ndarray) else value for name, value in arrays.items()}


def changed(function: Callable[..., Any], arguments: dict[str, Any]) -> list[str]:
    """Names of the arrays that a function changes in place."""
    given = fresh(arguments)
    function(**given)
    arrays = {name: value for name, value in arguments.items() if isinstance(value, np.ndarray)}
    return [name for name, before in arrays.items() if not np.array_equal(before, given[name])]


def shape(value: Any) -> list[int]:
    """The shape of an array or tensor; a list has none.

    >>> shape(np.zeros((2, 3)))
    [2, 3]
    """
    return list(value.shape)


# --- make_reservoir ----------------------------------------------------------------------------------------


def reservoir_inputs(seed: int) -> Inputs:
    """Seeds of generators, and a spectral radius that nobody guesses."""
    rng = seeded(seed, 151)
    return {"seeds": rng.integers(1, 2**31, size=4).tolist(), "radius": round(float(rng.uniform(0.6, 0.8)), 3)}


def near(value: float, aim: float, tolerance: float) -> float:
    """The aim itself where a random share is as near to it as it should be, else the share in tenths.

    >>> near(0.49, 0.5, 0.03), near(0.93, 0.5, 0.03)
    (0.5, 0.9)
    """
    return aim if abs(value - aim) <= tolerance else round(float(value), 1)


def observe_make_reservoir(inputs: Inputs, make_reservoir: Any) -> Observed:
    """Form, eigenvalues and statistics of drawn matrices; what is done to random numbers.

    Tolerances of shares are at least six standard deviations.
    """
    first, second, third, fourth = inputs["seeds"]

    def make(size: int, density: float, radius: float, seed: int) -> np.ndarray:
        return np.asarray(make_reservoir(size, density, radius, np.random.default_rng(seed)))

    def form() -> Any:
        made = make_reservoir(30, 0.5, 0.9, np.random.default_rng(first))
        return [shape(made), "floats" if np.asarray(made).dtype.kind == "f" else str(np.asarray(made).dtype)]

    def farthest(size: int, density: float, radius: float) -> str:
        made = [make(size, density, radius, first + offset) for offset in range(8)]
        found = [float(np.abs(np.linalg.eigvals(weights)).max()) for weights in made]
        return f"{max(found, key=lambda value: abs(value - radius)):.5f}"

    def largest() -> list[str]:
        return [
            farthest(*setting)
            for setting in ((20, 0.5, 0.9), (50, 0.2, inputs["radius"]), (30, 1.0, 1.25), (40, 0.3, 1))
        ]

    def densities() -> list[float]:
        return [near(np.mean(make(100, share, 0.9, second) != 0), share, 0.035) for share in (0.1, 0.5, 0.8, 1.0)]

    def gaps() -> list[int]:
        present = make(100, 0.3, 0.9, third) != 0
        return [int((~present.any(axis=1)).sum()), int((~present.any(axis=0)).sum())]

    def entries() -> dict[str, float]:
        weights = make(100, 0.5, 0.9, fourth)
        sizes = np.abs(weights[weights != 0])
        return {
            "share above 0": near(np.mean(weights[weights != 0] > 0), 0.5, 0.06),
            "mean size / largest": near(sizes.mean() / sizes.max(), 0.5, 0.03),
            "share below half of the largest": near(np.mean(sizes < sizes.max() / 2), 0.5, 0.06),
        }

    def both_ways() -> list[float]:
        weights = make(40, 1.0, 0.9, first)
        same = (weights == weights.T) & ~np.eye(40, dtype=bool)
        return [float(same.mean()), float(np.mean(np.diag(weights) != 0))]

    def repeated() -> dict[str, bool]:
        rng = np.random.default_rng(second)
        made, again = make_reservoir(20, 0.5, 0.9, rng), make_reservoir(20, 0.5, 0.9, rng)
        return {
            "same state of rng": bool(np.array_equal(make(20, 0.5, 0.9, first), make(20, 0.5, 0.9, first))),
            "another seed": bool(np.array_equal(make(20, 0.5, 0.9, first), make(20, 0.5, 0.9, second))),
            "the next one from the same rng": bool(np.array_equal(made, again)),
        }

    def global_numbers() -> bool:
        before: Any = np.random.get_state()
        make(20, 0.5, 0.9, first)
        after: Any = np.random.get_state()
        return bool(np.array_equal(before[1], after[1]) and before[2] == after[2])

    yield "what it returns", attempt(form)
    yield "largest |eigenvalue|, the farthest off of 8", attempt(largest)
    yield "share of weights that are not 0", attempt(densities)
    yield "rows and columns without a weight, density 0.3", attempt(gaps)
    yield "weights are uniform around 0", attempt(entries)
    yield "share of w_ij = w_ji, share of w_ii that are not 0", attempt(both_ways)
    yield "are two reservoirs the same?", attempt(repeated)
    yield "numpy's global random numbers are left alone", attempt(global_numbers)


MAKE_RESERVOIR = Check(
    "recurrent_networks.make_reservoir",
    reservoir_inputs,
    observe_make_reservoir,
    {
        "what it returns": "a numpy array (N, N) of real floats",
        "largest |eigenvalue|, the farthest off of 8": "last of all divide by the largest absolute value of the "
        "eigenvalues, and multiply by spectral_radius",
        "share of weights that are not 0": "an entry is not 0 with probability density",
        "rows and columns without a weight, density 0.3": "every entry has a coin of its own: draw (N, N) of them",
        "weights are uniform around 0": "rng.uniform(-1, 1, ...): both signs, all sizes equally likely",
        "share of w_ij = w_ji, share of w_ii that are not 0": "all N * N entries are drawn alike and on their own",
        "are two reservoirs the same?": "all that is random comes from the rng that is passed in",
        "numpy's global random numbers are left alone": "use methods of rng, not functions of np.random",
    },
    judge_cases,
)

# --- run_reservoir -----------------------------------------------------------------------------------------


def network(rng: np.random.Generator, units: int, numbers: int) -> dict[str, np.ndarray]:
    """Weights (N, N) and input weights (N, 1+K) of a small network."""
    weights = rng.normal(size=(units, units)) * (rng.random((units, units)) < 0.7)
    return {
        "weights": weights * 0.9 / np.abs(np.linalg.eigvals(weights)).max(),
        "weight_in": rng.uniform(-1, 1, size=(units, 1 + numbers)),
    }


def run_inputs(seed: int) -> Inputs:
    """Two networks, of one number and of three, with series (T, K) and a state (N,)."""
    rng = seeded(seed, 152)
    return {
        "one": {**network(rng, 5, 1), "inputs": rng.normal(size=(9, 1))},
        "three": {**network(rng, 4, 3), "inputs": rng.normal(size=(6, 3))},
        "state": rng.uniform(-0.9, 0.9, size=5),
        "leak": round(float(rng.uniform(0.2, 0.4)), 2),
    }


def observe_run_reservoir(inputs: Inputs, run_reservoir: Any) -> Observed:
    """States with and without leak, from zeros and from a given state."""
    one, three, state, leak = inputs["one"], inputs["three"], inputs["state"], inputs["leak"]
    single = {"weights": np.array([[0.5]]), "weight_in": np.array([[0.1, 1.0]])}

    def run(**arguments: Any) -> Any:
        return run_reservoir(**fresh(arguments))

    def cut(steps: int) -> dict[str, Any]:
        return {**one, "inputs": one["inputs"][:steps]}

    def twice() -> Any:
        start = np.asarray(run(**cut(4), leak=leak, state=state))
        rest = run(**{**one, "inputs": one["inputs"][4:]}, leak=leak, state=start[-1])
        return np.concatenate([start, np.asarray(rest)])

    yield "what it returns", attempt(lambda: shape(run(**one)))
    yield "one unit, two steps", attempt(run, **single, inputs=np.array([[0.0], [1.0]]))
    yield "first step, five units", attempt(run, **cut(1))
    yield "nine steps", attempt(run, **one)
    yield "one unit, two steps, leak=0.5", attempt(run, **single, inputs=np.array([[0.0], [1.0]]), leak=0.5)
    yield "nine steps with a leak", attempt(run, **one, leak=leak)
    yield "leak=0", attempt(run, **one, leak=0.0, state=state)
    yield "a given state", attempt(run, **cut(3), state=state)
    yield "a given state and a leak", attempt(run, **cut(3), leak=leak, state=state)
    yield "three numbers at a time", attempt(run, **three)
    yield "four steps, then five from the state reached", attempt(twice)
    yield "arguments that it changes", attempt(changed, run_reservoir, {**one, "leak": leak, "state": state})


RUN_RESERVOIR = Check(
    "recurrent_networks.run_reservoir",
    run_inputs,
    observe_run_reservoir,
    {
        "what it returns": "an array (T, N): one state for each row of inputs, without the one it starts from",
        "one unit, two steps": "tanh(0.1) first; then tanh(0.1 + 1 + 0.5 * tanh(0.1))",
        "first step, five units": "tanh(weight_in @ [1; u_1]) from a state of zeros: the bias is column 0 of weight_in",
        "nine steps": "W s: row i of weights is what unit i hears; each state goes into the next one",
        "one unit, two steps, leak=0.5": "(1 - leak) times the old state + leak times the tanh",
        "nine steps with a leak": "(1 - leak) times the old state + leak times the tanh; inside tanh there is no leak",
        "leak=0": "nothing new comes in: all states are the given one",
        "a given state": "start from state where it is given, from zeros where it is None",
        "a given state and a leak": "the given state is the first old state, in both of its places",
        "three numbers at a time": "weight_in is (N, 1+K), and u_t is a row of K numbers",
        "four steps, then five from the state reached": "the last state is all that has to be handed on",
        "arguments that it changes": "no operation in place on state, inputs or weights: the caller needs them again",
    },
    judge_cases,
)

# --- ridge_readout -----------------------------------------------------------------------------------------


def ridge_inputs(seed: int) -> Inputs:
    """Features (T, F) whose first column is 1, and targets (T, 2) far from 0 on average."""
    rng = seeded(seed, 153)
    features = np.column_stack([np.ones(14), rng.normal(loc=(0.5, -1.0, 0.0), size=(14, 3))])
    targets = features @ rng.normal(size=(4, 2)) + rng.normal(size=(14, 2)) * 0.4 + [3.0, -2.0]
    return {"features": features, "targets": targets, "ridge": round(float(rng.uniform(0.5, 2.0)), 2)}


def observe_ridge_readout(inputs: Inputs, ridge_readout: Any) -> Observed:
    """Readouts with and without ridge and washout."""
    features, targets, ridge = inputs["features"], inputs["targets"], inputs["ridge"]
    tiny = {"features": np.array([[1.0], [1.0]]), "targets": np.array([[2.0], [4.0]])}

    def read(x: np.ndarray, y: np.ndarray, *rest: Any, **named: Any) -> Any:
        return ridge_readout(x.copy(), y.copy(), *rest, **named)

    yield "what it returns", attempt(lambda: shape(read(features, targets, ridge)))
    yield "one feature, ridge=0", attempt(read, tiny["features"], tiny["targets"], 0.0)
    yield "one feature, ridge=2", attempt(read, tiny["features"], tiny["targets"], 2.0)
    yield "least squares", attempt(read, features, targets, 0.0)
    yield "with a ridge", attempt(read, features, targets, ridge)
    yield "a large ridge", attempt(read, features, targets, 30.0)
    yield "one target", attempt(read, features, targets[:, :1], ridge)
    yield "fewer rows than columns", attempt(read, features[:2], targets[:2], ridge)
    yield "washout=5", attempt(read, features, targets, ridge, washout=5)
    yield "washout=5, ridge=0", attempt(read, features, targets, 0.0, washout=5)
    arguments = {"features": features, "targets": targets, "ridge": ridge, "washout": 3}
    yield "arguments that it changes", attempt(changed, ridge_readout, arguments)


RIDGE_READOUT = Check(
    "recurrent_networks.ridge_readout",
    ridge_inputs,
    observe_ridge_readout,
    {
        "what it returns": "an array (F, K), so that features @ readout is (T, K)",
        "one feature, ridge=0": "X'X is 2 and X'Y is 6: the solution is the mean of the targets",
        "one feature, ridge=2": "(2 + ridge) W = 6, so W is 1.5",
        "least squares": "with ridge=0 it is least squares: (X'X) W = X'Y",
        "with a ridge": "add ridge, as it is, to every place of the diagonal of X'X, that of the ones included",
        "a large ridge": "ridge times the identity (F, F) is added to X'X, and to nothing else",
        "one target": "targets stay (T, 1), the readout is (F, 1)",
        "fewer rows than columns": "the matrix to be solved is (F, F), whatever T is",
        "washout=5": "leave out the first washout rows, of the features and of the targets",
        "washout=5, ridge=0": "leave out the first washout rows, of the features and of the targets",
        "arguments that it changes": "no operation in place on features or targets: the caller needs them again",
    },
    judge_cases,
)

# --- free_run ----------------------------------------------------------------------------------------------


def free_inputs(seed: int) -> Inputs:
    """Two networks with a readout (1+K+N, K), a state (N,) and a value (K,)."""
    rng = seeded(seed, 154)
    made = {}
    for name, units, numbers in (("one", 5, 1), ("two", 4, 2)):
        made[name] = {
            **network(rng, units, numbers),
            "readout": rng.uniform(-0.6, 0.6, size=(1 + numbers + units, numbers)),
            "state": rng.uniform(-0.9, 0.9, size=units),
            "value": rng.uniform(0.4, 0.9, size=numbers),
        }
    return {**made, "leak": round(float(rng.uniform(0.3, 0.6)), 2)}


def observe_free_run(inputs: Inputs, free_run: Any) -> Observed:
    """Forecasts of networks that read their own forecasts."""
    one, two, leak = inputs["one"], inputs["two"], inputs["leak"]
    silent = {**one, "weights": np.zeros((5, 5)), "weight_in": np.zeros((5, 2)), "state": np.zeros(5)}
    halving = {**silent, "readout": np.array([[0.0], [0.5], *[[0.0]] * 5]), "value": np.array([0.8])}

    def run(**arguments: Any) -> Any:
        return free_run(**fresh(arguments))

    yield "what it returns", attempt(lambda: [shape(run(**one, steps=7)), shape(run(**two, steps=3))])
    yield "a readout that halves the value", attempt(run, **halving, steps=3)
    yield "the first forecast", attempt(run, **one, steps=1)
    yield "seven forecasts", attempt(run, **one, steps=7)
    yield "with a leak", attempt(run, **one, steps=7, leak=leak)
    yield "two numbers at a time", attempt(run, **two, steps=5)
    yield "two numbers at a time, with a leak", attempt(run, **two, steps=5, leak=leak)
    yield "arguments that it changes", attempt(changed, free_run, {**one, "steps": 4, "leak": leak})


FREE_RUN = Check(
    "recurrent_networks.free_run",
    free_inputs,
    observe_free_run,
    {
        "what it returns": "an array (steps, K): one forecast for each step, without the value that it starts from",
        "a readout that halves the value": "each forecast is the next value: 0.4, then 0.2, then 0.1",
        "the first forecast": "first the new state, from value and state; then [1; value; new state] @ readout",
        "seven forecasts": "each step hands on two things, the forecast as next value and the new state",
        "with a leak": "the state is updated as in run_reservoir, leak included",
        "two numbers at a time": "a value is (K,): all of it goes in, and a forecast is (K,) too",
        "two numbers at a time, with a leak": "the state is updated as in run_reservoir, leak included",
        "arguments that it changes": "no operation in place on state or value: the caller needs them again",
    },
    judge_cases,
)

CHECKS = [MAKE_RESERVOIR, RUN_RESERVOIR, RIDGE_READOUT, FREE_RUN]
