"""Checks of the hand-written recurrent layers of `text_classification`: RNN and GRU, exact to the formula."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
import torch
from torch import nn
from torch.overrides import TorchFunctionMode
from torch.utils._python_dispatch import TorchDispatchMode

from course_lib.checks.base import Check, judge_cases
from course_lib.checks.observers import Inputs, Observed, seeded, unset_memory_is_nan
from course_lib.checks.text_classification.models import SAME, transplant
from course_lib.observation import attempt

EMBED, HIDDEN = 3, 4
RECURRENT = frozenset(
    f"{name}{cell}" for name in ("gru", "lstm", "rnn_tanh", "rnn_relu", "quantized_lstm") for cell in ("", "_cell")
)
LAYERS = {f"{name}{part}" for name in ("RNN", "LSTM", "GRU") for part in ("", "Cell", "Base", "CellBase")}
EXCLUDED = RECURRENT | LAYERS  # what an answer may not use that writes a recurrence itself
PRODUCTS = frozenset(f"aten::{name}" for name in ("mm", "addmm", "bmm", "baddbmm", "mv", "addmv"))

# --- what is called inside ---------------------------------------------------------------------------------


class RecurrentCalls(TorchFunctionMode):
    """Notes calls of torch's own recurrent functions."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def __torch_function__(self, func: Any, types: Iterable[Any], args: Any = (), kwargs: Any = None) -> Any:
        name = getattr(func, "__name__", "").partition(".")[0]
        if name in RECURRENT:
            self.names.add(name)
        return func(*args, **(kwargs or {}))


class MatrixProducts(TorchDispatchMode):
    """Counts matrix products, whatever they were called as."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def __torch_dispatch__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        self.count += func._schema.name in PRODUCTS
        return func(*args, **(kwargs or {}))


def recurrent_layers(make: Callable[[], nn.Module], *args: Any) -> list[str]:
    """Names of torch's recurrent layers and functions that a layer holds or calls."""
    layer = make()
    held = {type(part).__name__ for part in layer.modules() if isinstance(part, nn.RNNBase | nn.RNNCellBase)}
    with RecurrentCalls() as calls:
        watched = layer(*args)
    _must_be_equal(watched, make()(*args))
    return sorted(held | calls.names)


def products(make: Callable[[], nn.Module], *args: Any) -> int:
    """How many matrix products a forward pass takes."""
    layer = make()
    with MatrixProducts() as counted, torch.no_grad():
        watched = layer(*args)
    _must_be_equal(watched, make()(*args))
    return counted.count


def _must_be_equal(watched: Iterable[torch.Tensor], unwatched: Iterable[torch.Tensor]) -> None:
    """Raises: ValueError: a layer gives something else while what it calls is watched."""
    pairs = zip(watched, unwatched, strict=True)
    if not all(bool((one - other).abs().max() <= SAME) for one, other in pairs):
        raise ValueError("while its calls are watched, it gives something else")


def copies(tensors: Iterable[torch.Tensor]) -> list[torch.Tensor]:
    """Tensors that the student's code may change without harm to the next case."""
    return [tensor.clone() for tensor in tensors]


def changes(function: Callable[..., Any], arguments: dict[str, torch.Tensor]) -> list[str]:
    """Names of the arguments that a function changes in place."""
    given = copies(arguments.values())
    function(*given)
    return [name for name, after in zip(arguments, given, strict=True) if not torch.equal(arguments[name], after)]


# --- cases of both layers ----------------------------------------------------------------------------------


def layer_inputs(seed: int, stream: int, gates: int) -> Inputs:
    """Weights, word vectors (B, T, D) of texts of different length, and an initial state."""
    rng = seeded(seed, stream)
    lengths = np.array([4, 7, 1, int(rng.integers(2, 4)), 6])
    rows = gates * HIDDEN
    return {
        "weights": {
            "weight_ih": rng.normal(size=(rows, EMBED)) * 0.7,
            "weight_hh": rng.normal(size=(rows, HIDDEN)) * 0.7,
            "bias_ih": rng.normal(size=rows) * 0.5,
            "bias_hh": rng.normal(size=rows) * 0.5,
        },
        "x": rng.normal(size=(len(lengths), 7, EMBED)),
        "lengths": lengths,
        "hidden": rng.uniform(-0.9, 0.9, size=(len(lengths), HIDDEN)),
    }


def observe_layer(inputs: Inputs, layer_class: Any) -> Observed:
    """States of a layer with given weights, and the gradients of its weights."""
    x, lengths, hidden = (torch.tensor(inputs[name]) for name in ("x", "lengths", "hidden"))
    full = x[1:2]  # the longest text, which has no padding
    seven = lengths[1:2]
    steps = x.shape[1]

    def make() -> nn.Module:
        return transplant(layer_class(EMBED, HIDDEN), inputs["weights"])

    def states(*args: torch.Tensor) -> Any:
        return attempt(lambda: make()(*copies(args))[0])

    def last(*args: torch.Tensor) -> Any:
        return attempt(lambda: make()(*copies(args))[1])

    def real_states() -> Any:
        real = torch.arange(steps) < lengths[:, None]
        return torch.where(real[..., None], make()(*copies((x, lengths)))[0], 0.0)

    def dtypes() -> list[str]:
        parts = (*layer_class(EMBED, HIDDEN)(x.float(), lengths), *make()(*copies((x, lengths))))
        return [str(part.dtype).removeprefix("torch.") for part in parts]

    def changed() -> list[str]:
        return changes(make(), {"x": x, "lengths": lengths, "hidden": hidden})

    yield "parameters and their shapes", attempt(_shapes, layer_class)
    yield "initial weights", attempt(_start, layer_class)
    yield (
        "what it returns",
        attempt(lambda: [list(part.shape) for part in layer_class(EMBED, HIDDEN)(x.float(), lengths)]),
    )
    yield "float32 gives float32, float64 gives float64", attempt(dtypes)
    yield "state after one word", last(full[:, :1], torch.tensor([1]))
    yield "states of a text, word by word", states(full, seven)
    yield "state after the last word", last(full, seven)
    yield "a given initial state", last(full[:, :2], torch.tensor([2]), hidden[1:2])
    yield "states at the words of a batch", attempt(real_states)
    yield "last states of a batch", last(x, lengths)
    yield "last states of a batch, given initial ones", last(x, lengths, hidden)
    yield "what stands in the padding does not matter", attempt(_padding_is_ignored, make, x, lengths)
    yield "a text without a word", last(x[:3], torch.tensor([2, 0, 7]), hidden[:3])
    yield "a text without a word, no initial state", last(x[:3], torch.tensor([2, 0, 7]))
    yield "arguments that it changes", attempt(changed)
    yield "gradients", attempt(lambda: _gradients(make(), x, lengths, hidden))
    yield "recurrent layers of torch.nn inside", attempt(recurrent_layers, make, x, lengths)
    yield "matrix products for 7 words, up to 9", attempt(lambda: max(products(make, x, lengths), steps + 2))


def _shapes(layer_class: Any) -> dict[str, list[int]]:
    return {name: list(weight.shape) for name, weight in layer_class(EMBED, HIDDEN).named_parameters()}


def _start(layer_class: Any) -> dict[str, str]:
    """For each parameter of a large layer: does it look uniform in +-1/sqrt(H)?"""
    torch.manual_seed(0)
    with unset_memory_is_nan():
        layer = layer_class(16, 256)
    return {name: _spread(weight.detach() * math.sqrt(256), name) for name, weight in layer.named_parameters()}


def _spread(weight: torch.Tensor, name: str) -> str:
    """What is wrong with initial weights, which are given in units of 1/sqrt(H); biases may also be 0."""
    largest = float(weight.abs().max())
    if math.isnan(largest):
        return "not set"
    if largest == 0:
        return "fine" if name.startswith("bias") else "all 0"
    if abs(float(weight.mean())) > 0.15 * largest:
        return "not centred at 0"
    if not largest < 1.001:
        return "too large"
    return "fine" if largest > 0.9 else "too small"


def _padding_is_ignored(make: Callable[[], nn.Module], x: torch.Tensor, lengths: torch.Tensor) -> bool:
    """Whether last states are the same over quiet, loud and longer padding."""
    padded = (torch.arange(x.shape[1]) >= lengths[:, None])[..., None]
    layer = make()
    quiet, loud = (layer(torch.where(padded, value, x), lengths)[1] for value in (0.0, 3.0))
    longer = layer(torch.cat([x, x], dim=1), lengths)[1]
    return bool(max((quiet - loud).abs().max(), (quiet - longer).abs().max()) <= SAME)


def _gradients(layer: nn.Module, x: torch.Tensor, lengths: torch.Tensor, hidden: torch.Tensor) -> dict[str, Any]:
    """Gradients of the last states and of the states at the words."""
    inputs, start = x.clone().requires_grad_(), hidden.clone().requires_grad_()
    states, last = layer(inputs, lengths, start)
    weights = torch.arange(1, HIDDEN + 1)
    real = torch.arange(x.shape[1]) < lengths[:, None]
    ((last * weights).sum() + (states[real] * weights).sum()).backward()
    return {"x": inputs.grad, "hidden": start.grad, **{name: each.grad for name, each in layer.named_parameters()}}


LAYER_HINTS = {
    "initial weights": "uniform between -1/sqrt(H) and 1/sqrt(H); torch.rand is never negative",
    "what it returns": "a pair: states (B, T, H) and last (B, H)",
    "float32 gives float32, float64 gives float64": "make the zeros with the dtype and device of x: x.new_zeros(...)",
    "states of a text, word by word": "the state of each step goes into the next one",
    "state after the last word": "the last of the states",
    "a given initial state": "start from hidden where it is given, from zeros where it is None",
    "states at the words of a batch": "the texts of a batch do not mix: step t takes x[:, t] (B, D)",
    "last states of a batch": "text b ends after lengths[b] words: its last state is states[b, lengths[b] - 1]",
    "last states of a batch, given initial ones": "each text starts from its own row of hidden",
    "what stands in the padding does not matter": "what comes after lengths[b] words must not change last[b]",
    "a text without a word": "its last state is the one it starts from; lengths[b] - 1 is -1 here",
    "a text without a word, no initial state": "its last state is 0",
    "arguments that it changes": "no operation in place, such as += or mul_, on x, lengths or hidden",
    "gradients": "the states must stay attached to the weights: no detach, no .data, no new torch.tensor(...)",
    "recurrent layers of torch.nn inside": "write the recurrence yourself: no layer or cell of torch.nn",
    "matrix products for 7 words, up to 9": "multiply all of x by weight_ih first; in a step, one product",
}

FIRST = ("initial weights", "what it returns", "float32 gives float32, float64 gives float64")

# --- last_states -------------------------------------------------------------------------------------------


def last_inputs(seed: int) -> Inputs:
    """States (B, T, H), lengths from 0 to T, and initial states."""
    rng = seeded(seed, 61)
    return {
        "states": rng.normal(size=(5, 6, HIDDEN)),
        "lengths": np.array([int(rng.integers(2, 5)), 6, 1, 0, int(rng.integers(3, 6))]),
        "start": rng.normal(size=(5, HIDDEN)),
    }


def observe_last_states(inputs: Inputs, last_states: Any) -> Observed:
    """The states that are picked, and where gradients go."""
    states, lengths, start = (torch.tensor(inputs[name]) for name in ("states", "lengths", "start"))
    words = lengths > 0

    def changed() -> list[str]:
        return changes(last_states, {"states": states, "lengths": lengths, "start": start})

    def gradients() -> Any:
        watched, first = states.clone().requires_grad_(), start.clone().requires_grad_()
        last_states(watched, lengths.clone(), first).sum().backward()
        return [watched.grad, first.grad]

    def picked(*args: torch.Tensor) -> Any:
        return attempt(lambda: last_states(*copies(args)))

    yield "texts of full length", picked(states, torch.full((5,), 6), start)
    yield "a batch of one", picked(states[:1], lengths[:1], start[:1])
    yield "texts of different length", picked(states[words], lengths[words], start[words])
    yield "a text without a word", picked(states, lengths, start)
    yield "arguments that it changes", attempt(changed)
    yield "gradients", attempt(gradients)


LAST_STATES = Check(
    "text_classification.last_states",
    last_inputs,
    observe_last_states,
    {
        "texts of full length": "the last of the T states of each text, (B, H)",
        "a batch of one": "(1, H) for a batch of one",
        "texts of different length": "row b is states[b, lengths[b] - 1]: every text has its own last word",
        "a text without a word": "row b is start[b] where lengths[b] is 0; index -1 would be the last padding",
        "arguments that it changes": "no operation in place, such as lengths -= 1: the caller needs them again",
        "gradients": "pick by indexing or torch.where, without detach: the states are trained through this",
    },
    judge_cases,
)

# --- RNN and GRU -------------------------------------------------------------------------------------------

RNN = Check(
    "text_classification.rnn",
    lambda seed: layer_inputs(seed, 53, gates=1),
    observe_layer,
    {
        "parameters and their shapes": "nn.Parameters weight_ih (H, D), weight_hh (H, H), bias_ih (H,), bias_hh (H,)",
        **{name: LAYER_HINTS[name] for name in FIRST},
        "state after one word": "tanh(W_ih x + b_ih + W_hh h + b_hh), with h = 0 at the start",
        **LAYER_HINTS,
    },
    judge_cases,
    excludes=EXCLUDED,
)
GRU = Check(
    "text_classification.gru",
    lambda seed: layer_inputs(seed, 54, gates=3),
    observe_layer,
    {
        "parameters and their shapes": "weight_ih (3H, D), weight_hh (3H, H), biases (3H,): rows of r, then z, then n",
        **{name: LAYER_HINTS[name] for name in FIRST},
        "state after one word": "compare r, z, n and h' with the formulas one by one; b_hn is inside r * (...)",
        **LAYER_HINTS,
    },
    judge_cases,
    excludes=EXCLUDED,
)
