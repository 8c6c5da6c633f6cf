"""Checks of `recurrent_networks`, part 3: how far gradients reach, clipping, truncated back-propagation."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import torch
from torch import nn

from course_lib.checks.base import Check, judge_cases
from course_lib.checks.observers import Inputs, Observed, number, seeded
from course_lib.checks.text_classification.loops import weights_of
from course_lib.checks.text_classification.models import transplant
from course_lib.checks.text_classification.recurrent import copies
from course_lib.observation import Raised, attempt

# --- gradient_by_distance ----------------------------------------------------------------------------------


class Fading(nn.Module):
    """out[t] = factor * out[t-1] + scale * (weights . x[t]); the scale is that of the row, the output has size 1."""

    scales: torch.Tensor

    def __init__(self, factor: float, weights: list[float], scales: list[float]) -> None:
        super().__init__()
        self.factor = nn.Parameter(torch.tensor(factor, dtype=torch.float64))
        self.weights = nn.Parameter(torch.tensor(weights, dtype=torch.float64))
        self.register_buffer("scales", torch.tensor(scales, dtype=torch.float64))

    def forward(self, x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Outputs (B, T, 1) and the last one (1, B, 1)."""
        state, states = x.new_zeros(len(x)), []
        for step in x.unbind(dim=1):
            state = self.factor * state + self.scales * (step @ self.weights)
            states.append(state)
        out = torch.stack(states, dim=1).unsqueeze(2)
        return out, out[:, -1].unsqueeze(0)


LAYERS: dict[str, Callable[[], nn.RNNBase]] = {
    "RNN": lambda: nn.RNN(3, 4, batch_first=True),
    "GRU": lambda: nn.GRU(3, 4, batch_first=True),
    "LSTM": lambda: nn.LSTM(3, 4, batch_first=True),
    "LSTM of two layers": lambda: nn.LSTM(3, 4, num_layers=2, batch_first=True),
}


def distance_inputs(seed: int) -> Inputs:
    """Inputs (B, T, D), and weights of torch's layers."""
    rng = seeded(seed, 81)
    shapes = {kind: {name: tuple(w.shape) for name, w in make().named_parameters()} for kind, make in LAYERS.items()}
    return {
        "x": rng.normal(size=(5, 7, 3)),
        "plane": rng.normal(size=(2, 4, 2)),
        "weights": {
            kind: {name: rng.normal(size=shape) * 0.6 for name, shape in found.items()}
            for kind, found in shapes.items()
        },
    }


def observe_distance(inputs: Inputs, gradient_by_distance: Any) -> Observed:
    """The curves of layers whose gradients are known, and of torch's; what is left behind."""
    x, plane = torch.tensor(inputs["x"]), torch.tensor(inputs["plane"])
    halving = Fading(0.5, [1.0], [1.0])

    def curve(layer: nn.Module, values: torch.Tensor) -> Any:
        return attempt(lambda: gradient_by_distance(layer, values.clone()))

    def torchs(kind: str) -> nn.Module:
        return transplant(LAYERS[kind](), inputs["weights"][kind])

    def watched() -> Any:
        given = x.clone().requires_grad_()
        given.grad = torch.ones_like(given)
        return gradient_by_distance(torchs("GRU"), given)

    yield "how many numbers", attempt(lambda: _shape(curve(halving, plane[:1, :, :1])))
    yield "a layer that halves, T = 4, D = 1", curve(halving, plane[:1, :, :1])
    yield "a layer that doubles, T = 4, D = 1", curve(Fading(2.0, [1.0], [1.0]), plane[:1, :, :1])
    yield "a single time step", curve(Fading(0.5, [3.0], [1.0]), plane[:1, :1, :1])
    yield "inputs of size 2, slopes 3 and 4", curve(Fading(0.5, [3.0, 4.0], [1.0]), plane[:1])
    yield "two rows, slopes 1 and -3", curve(Fading(0.5, [1.0, 0.0], [1.0, -3.0]), plane)
    for kind in LAYERS:
        yield f"a batch of 5 through {kind}", curve(torchs(kind), x)
    yield "x requires gradients and has some", attempt(watched)
    for name, with_gradients in (("what it changes", False), ("what it changes where gradients were", True)):
        yield name, attempt(_traces, gradient_by_distance, torchs("GRU"), x, with_gradients)


def _shape(curve: Any) -> Any:
    """The shape of a curve, or the error that came instead."""
    return curve if isinstance(curve, Raised) else list(np.shape(curve))


def _traces(gradient_by_distance: Any, layer: nn.Module, x: torch.Tensor, with_gradients: bool) -> list[str]:
    """What of x and the layer is not as it was before the call."""
    x = x.clone().requires_grad_(with_gradients)
    things = {"x": x, **dict(layer.named_parameters())}
    if with_gradients:
        for thing in things.values():
            thing.grad = torch.ones_like(thing)
    values = copies(things.values())
    needed = [thing.requires_grad for thing in things.values()]
    gradient_by_distance(layer, x)
    changed = []
    for (name, thing), value, need in zip(things.items(), values, needed, strict=True):
        if not torch.equal(thing, value):
            changed.append(f"values of {name}")
        if thing.requires_grad != need:
            changed.append(f"requires_grad of {name}")
        expected = torch.ones_like(thing) if with_gradients else None
        same = thing.grad is None if expected is None else thing.grad is not None and torch.equal(thing.grad, expected)
        if not same:
            changed.append(f"grad of {name}")
    return changed


GRADIENT_BY_DISTANCE = Check(
    "recurrent_networks.gradient_by_distance",
    distance_inputs,
    observe_distance,
    {
        "how many numbers": "T numbers, one for each distance: a tensor (T,) or a list",
        "a layer that halves, T = 4, D = 1": "1, 1/2, 1/4, 1/8: entry 0 is the last input, and only out[:, -1] counts",
        "a layer that doubles, T = 4, D = 1": "1, 2, 4, 8: entry d belongs to the input of d steps before the last",
        "a single time step": "one number, at distance 0",
        "inputs of size 2, slopes 3 and 4": "the Euclidean length over D, the last axis: 5, 2.5, ...",
        "two rows, slopes 1 and -3": "first the length of each row's gradient, then the mean over the rows: 2, 1, ...",
        **{f"a batch of 5 through {kind}": "the gradient of the sum of out[:, -1], over B and H" for kind in LAYERS},
        "x requires gradients and has some": "what x.grad held before has no say",
        "what it changes": "take the gradient of a detached copy of x with torch.autograd.grad: it fills no .grad",
        "what it changes where gradients were": "a gradient that was there must stay: nothing added, nothing erased",
    },
    judge_cases,
)

# --- clip_gradients ----------------------------------------------------------------------------------------


def with_gradients(gradients: list[Any]) -> list[nn.Parameter]:
    """Parameters with these gradients; None stays None."""
    parameters = []
    for gradient in gradients:
        values = torch.tensor([1.0, -2.0] if gradient is None else gradient, dtype=torch.float64)
        parameter = nn.Parameter(torch.full_like(values, 0.5))
        parameter.grad = None if gradient is None else values
        parameters.append(parameter)
    return parameters


def clip_inputs(seed: int) -> Inputs:
    """Gradients of three shapes."""
    rng = seeded(seed, 82)
    return {"gradients": [rng.normal(size=shape) * scale for shape, scale in (((3, 4), 1), ((4,), 5), ((2, 2), 0.1))]}


def observe_clip(inputs: Inputs, clip_gradients: Any) -> Observed:
    """What it returns, and what becomes of the gradients."""
    triangle = [[3.0, 4.0], [12.0]]  # 13 long
    drawn = inputs["gradients"]

    def run(gradients: list[Any], max_norm: float, walk: Callable[[Any], Any] = list) -> Any:
        """What it returns, and the gradients afterwards."""
        parameters = with_gradients(gradients)
        returned = clip_gradients(walk(parameters), max_norm)
        return [returned, *(parameter.grad for parameter in parameters)]

    def one_by_one(parameters: list[nn.Parameter]) -> Any:
        return (parameter for parameter in parameters)

    def objects() -> Any:
        parameters = with_gradients(triangle)
        tensors = [parameter.grad for parameter in parameters]
        clip_gradients(parameters, 6.5)
        return [one is parameter.grad for one, parameter in zip(tensors, parameters, strict=True)]

    def twice() -> Any:
        parameters = with_gradients(drawn)
        return [clip_gradients(parameters, 2.0) for _ in range(2)]

    def values() -> Any:
        parameters = with_gradients(triangle)
        clip_gradients(parameters, 6.5)
        return [parameter.data for parameter in parameters]

    yield "what it returns", attempt(lambda: number(run(triangle, 6.5)[0]))
    yield "length of (3, 4) and (12,), max_norm=100", attempt(lambda: run(triangle, 100.0)[0])
    yield "gradients then", attempt(lambda: run(triangle, 100.0)[1:])
    yield "length of (3, 4) and (12,), max_norm=6.5", attempt(lambda: run(triangle, 6.5)[0])
    yield "gradients clipped to 6.5", attempt(lambda: run(triangle, 6.5)[1:])
    yield "max_norm is the length", attempt(lambda: run(triangle, 13.0))
    yield "a parameter without gradient", attempt(lambda: run([[3.0, 4.0], None, [12.0]], 6.5))
    yield "a generator of parameters", attempt(lambda: run(triangle, 6.5, one_by_one))
    yield "no parameter has a gradient", attempt(lambda: run([None, None], 1.0))
    yield "all gradients are 0", attempt(lambda: run([[0.0, 0.0], [0.0]], 1.0))
    yield "length of gradients of three shapes", attempt(lambda: run(drawn, 2.0)[0])
    yield "gradients of three shapes, clipped to 2", attempt(lambda: run(drawn, 2.0)[1:])
    yield "lengths of two calls", attempt(twice)
    yield "the .grad tensors are the same objects", attempt(objects)
    yield "parameters afterwards", attempt(values)


CLIP_GRADIENTS = Check(
    "recurrent_networks.clip_gradients",
    clip_inputs,
    observe_clip,
    {
        "what it returns": "return a float: the length before clipping",
        "length of (3, 4) and (12,), max_norm=100": "the root of the sum of all squares, over all gradients together",
        "gradients then": "a gradient that is short enough stays as it is",
        "length of (3, 4) and (12,), max_norm=6.5": "return the length as it was before clipping: 13",
        "gradients clipped to 6.5": "multiply every gradient by max_norm / length, the same factor for all, in place",
        "max_norm is the length": "nothing to do: it is not longer",
        "a parameter without gradient": "leave out parameters whose .grad is None, and leave them as they are",
        "a generator of parameters": "walk through the parameters once, and keep their gradients in a list",
        "no parameter has a gradient": "the length is 0.0",
        "all gradients are 0": "the length is 0.0; do not divide by it",
        "length of gradients of three shapes": "all gradients together, of whatever shape",
        "gradients of three shapes, clipped to 2": "the same factor for all",
        "lengths of two calls": "after clipping, all gradients together are max_norm long",
        "the .grad tensors are the same objects": "change the tensors in place, with mul_ or *=: others may hold them",
        "parameters afterwards": "clip gradients, not weights",
    },
    judge_cases,
)

# --- truncated_steps ---------------------------------------------------------------------------------------


class Watched(nn.Module):
    """A model with a state that notes each call: the length of its part, the state that it got."""

    def __init__(self) -> None:
        super().__init__()
        self.lengths: list[int] = []
        self.states: list[Any] = []
        self.attached: list[bool] = []

    def note(self, x: torch.Tensor, hidden: Any) -> None:
        """Keep what a call was given."""
        self.lengths.append(x.shape[1])
        parts = () if hidden is None else hidden if isinstance(hidden, tuple) else (hidden,)
        self.states.append(None if hidden is None else [part.detach().clone() for part in parts])
        self.attached.append(any(part.grad_fn is not None for part in parts))


class Leaky(Watched):
    """h[t] = keep * h[t-1] + gain * x[t]; the prediction is the state, hidden is one tensor (B,)."""

    def __init__(self, keep: float = 0.5, gain: float = 1.0) -> None:
        super().__init__()
        self.keep = nn.Parameter(torch.tensor(keep, dtype=torch.float64))
        self.gain = nn.Parameter(torch.tensor(gain, dtype=torch.float64))

    def forward(self, x: torch.Tensor, hidden: Any = None) -> tuple[torch.Tensor, torch.Tensor]:
        """Predictions (B, T) of x (B, T, 1), and the last state (B,)."""
        self.note(x, hidden)
        state, states = x.new_zeros(len(x)) if hidden is None else hidden, []
        for step in x.squeeze(2).unbind(dim=1):
            state = self.keep * state + self.gain * step
            states.append(state)
        return torch.stack(states, dim=1), state


class Reader(Watched):
    """An LSTM with a readout; hidden is a tuple of two tensors (1, B, 3)."""

    def __init__(self) -> None:
        super().__init__()
        self.layer = nn.LSTM(2, 3, batch_first=True)
        self.readout = nn.Linear(3, 2)

    def forward(self, x: torch.Tensor, hidden: Any = None) -> tuple[torch.Tensor, tuple[torch.Tensor, torch.Tensor]]:
        """Predictions (B, T, 2) of x (B, T, 2), and the last h and c."""
        self.note(x, hidden)
        out, hidden = self.layer(x, hidden)
        return self.readout(out), hidden


def lopsided(predictions: torch.Tensor, targets: torch.Tensor) -> torch.Tensor:
    """A loss that is not what torch has, and not the same with its arguments swapped."""
    if predictions.shape != targets.shape:
        raise ValueError(f"predictions {tuple(predictions.shape)} and targets {tuple(targets.shape)} do not fit")
    return ((predictions - targets) ** 2 + 0.3 * predictions).mean()


def truncated_inputs(seed: int) -> Inputs:
    """Series for both models, and the LSTM's weights."""
    rng = seeded(seed, 83)
    return {
        "x": rng.normal(size=(2, 7, 1)),
        "y": rng.normal(size=(2, 7)),
        "long_x": rng.normal(size=(4, 8, 2)),
        "long_y": rng.normal(size=(4, 8, 2)),
        "weights": {name: rng.normal(size=tuple(w.shape)) * 0.7 for name, w in Reader().named_parameters()},
    }


def observe_truncated(inputs: Inputs, truncated_steps: Any) -> Observed:
    """Losses, weights, and what each call of the model was given."""
    x, y, long_x, long_y = (torch.tensor(inputs[name]) for name in ("x", "y", "long_x", "long_y"))

    def run(window: int, make: Callable[[], Any] = Leaky, stale: bool = False, steps: int = 7) -> Any:
        """What it returns, and the model afterwards."""
        model = make()
        if stale:
            for weight in model.parameters():
                weight.grad = torch.ones_like(weight)
        optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
        series = (long_x, long_y) if isinstance(model, Reader) else (x[:, :steps], y[:, :steps])
        return truncated_steps(model, lopsided, optimizer, *copies(series), window), model

    def reader() -> Reader:
        return transplant(Reader(), inputs["weights"])  # type: ignore[return-value]

    def given(window: int, what: str, make: Callable[[], Any] = Leaky) -> Any:
        return attempt(lambda: getattr(run(window, make)[1], what))

    yield "kinds of what it returns, three windows", attempt(lambda: [number(loss) for loss in run(3)[0]])
    yield "loss of a single window", attempt(lambda: run(3, steps=3)[0])
    yield "weights after a single window", attempt(lambda: weights_of(run(3, steps=3)[1]))
    yield "gradients of before do not count", attempt(lambda: weights_of(run(3, stale=True, steps=3)[1]))
    yield "lengths of the windows, T = 7, window=3", given(3, "lengths")
    yield "states that the model is given", given(3, "states")
    yield "whether they hang on the graph", given(3, "attached")
    yield "losses of two windows", attempt(lambda: run(3, steps=6)[0])
    yield "weights after two windows", attempt(lambda: weights_of(run(3, steps=6)[1]))
    yield "losses of windows of 3, 3 and 1", attempt(lambda: run(3)[0])
    yield "weights after windows of 3, 3 and 1", attempt(lambda: weights_of(run(3)[1]))
    yield "losses, window=1", attempt(lambda: run(1)[0])
    yield "losses and lengths, window=100", attempt(lambda: [run(100)[0], run(100)[1].lengths])
    yield "LSTM: lengths of the windows, T = 8, window=3", given(3, "lengths", reader)
    yield "LSTM: states that the model is given", given(3, "states", reader)
    yield "LSTM: whether they hang on the graph", given(3, "attached", reader)
    yield "LSTM: losses", attempt(lambda: run(3, reader)[0])
    yield "LSTM: weights afterwards", attempt(lambda: weights_of(run(3, reader)[1]))


STATE = "the first call gets None, each later one what the call before returned, as it was, detached"
GRAPH = "detach the state: the gradient stops at the border of a window"
TRUNCATED_STEPS = Check(
    "recurrent_networks.truncated_steps",
    truncated_inputs,
    observe_truncated,
    {
        "kinds of what it returns, three windows": "a list with a float for each window; return comes after the loop",
        "loss of a single window": "criterion(predictions, targets) of the window, before the step",
        "weights after a single window": "zero_grad, loss, backward, step, all before return",
        "gradients of before do not count": "zero_grad before backward, in every window",
        "lengths of the windows, T = 7, window=3": "3, 3 and 1 time steps: cut along dim 1, one call for each window",
        "states that the model is given": STATE,
        "whether they hang on the graph": GRAPH,
        "losses of two windows": "each window has its own part of x and of y, and its own step",
        "weights after two windows": "zero_grad in every window, then one step with the gradient of that window only",
        "losses of windows of 3, 3 and 1": "the last window counts, though it is shorter",
        "weights after windows of 3, 3 and 1": "the last window has its step too",
        "losses, window=1": "a window may be a single time step",
        "losses and lengths, window=100": "a window that is longer than the series: one window",
        "LSTM: lengths of the windows, T = 8, window=3": "3, 3 and 2 time steps; hidden may be a tuple of tensors",
        "LSTM: states that the model is given": STATE,
        "LSTM: whether they hang on the graph": "detach every tensor of the tuple, h and c",
        "LSTM: losses": "y may be (B, T) or (B, T, K): cut along dim 1",
        "LSTM: weights afterwards": "one step for each window",
    },
    judge_cases,
)

CHECKS: list[Check] = [GRADIENT_BY_DISTANCE, CLIP_GRADIENTS, TRUNCATED_STEPS]
