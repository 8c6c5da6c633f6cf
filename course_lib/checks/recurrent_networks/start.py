"""Checks of `recurrent_networks`, part 2: the start of Keras, and a deep network that has it."""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import combinations
from typing import Any
from unittest import mock

import torch
from torch import nn

from course_lib.checks.base import Check, judge_cases
from course_lib.checks.observers import Inputs, Observed, seeded
from course_lib.checks.recurrent_networks.cells import INPUT, spread, weighted
from course_lib.checks.replay import Record
from course_lib.checks.text_classification.models import transplant
from course_lib.checks.text_classification.recurrent import changes
from course_lib.observation import attempt

# --- keras_start -------------------------------------------------------------------------------------------


class Nested(nn.Module):
    """Layers of all sorts, some of them inside others."""

    def __init__(self) -> None:
        super().__init__()
        self.table = nn.Embedding(7, 10)
        self.lstm = nn.LSTM(10, 16, num_layers=2, bidirectional=True)
        self.norm = nn.LayerNorm(32)
        self.other = nn.GRU(32, 5)
        self.conv = nn.Conv1d(10, 4, 3)
        self.side = nn.Linear(25, 20)
        self.head = nn.Sequential(nn.Linear(32, 24), nn.Tanh(), nn.ModuleDict({"out": nn.Linear(24, 20)})["out"])
        self.bare = nn.ModuleList([nn.LSTM(12, 16, bias=False), nn.Linear(20, 25, bias=False)])


def small(model: nn.Module) -> nn.Module:
    """The model with parameters that are all far too small, so that none is right by chance."""
    torch.manual_seed(0)
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.uniform_(-0.02, 0.02)
    return model


def write_parameters(values: dict[str, Any], arguments: tuple[Any, ...]) -> None:
    """Give the parameters of a model, the first argument, recorded values. Raises: KeyError, RuntimeError."""
    with torch.no_grad():
        for name, parameter in arguments[0].named_parameters():
            parameter.copy_(torch.as_tensor(values[name]))


def start_of(model: nn.Module) -> dict[str, Any]:
    """How the parameters of the LSTMs and linear layers of a model start, without matrices too small to tell."""
    found: dict[str, Any] = {}
    for place, module in model.named_modules():
        if isinstance(module, nn.LSTM | nn.Linear):
            for name, parameter in module.named_parameters():
                if parameter.dim() == 1 or parameter.numel() >= 400:
                    found[f"{place}.{name}".lstrip(".")] = _start(name, parameter.detach())
    return found


def _start(name: str, parameter: torch.Tensor) -> Any:
    """A word on a matrix; for a bias its value, or those of its four parts in an LSTM."""
    if name.startswith("weight_hh"):
        return orthogonality(parameter)
    if name.startswith("weight"):
        return spread(parameter, math.sqrt(6 / sum(parameter.shape)))
    parts = parameter.chunk(4) if name.startswith("bias_") else (parameter,)
    return [float(part[0]) if (part == part[0]).all() else "not constant" for part in parts]


def orthogonality(weight: torch.Tensor) -> str:
    """What is wrong with a matrix (4H, H) whose columns should be orthonormal and random, or "fine"."""
    gram = (weight.T @ weight).float()
    length = float(gram.diagonal().mean().sqrt())
    if not torch.allclose(gram, gram.diagonal().mean() * torch.eye(len(gram)), atol=1e-3 * length**2 + 1e-9):
        return "columns are not orthogonal"
    if abs(length - 1) > 1e-3:
        return f"columns have the length {length:.2f}"
    return "fine" if float(weight.abs().max()) < 0.99 else "not random"


def start_inputs(seed: int) -> Inputs:
    """Nothing: only what all random draws have in common is looked at."""
    return {}


def observe_keras_start(inputs: Inputs, keras_start: Any) -> Observed:
    """The start of an LSTM, of a linear layer, and of a model that has them inside."""

    def started(model: nn.Module) -> nn.Module:
        keras_start(small(model))
        return model

    def some(keep: Callable[[str], bool]) -> dict[str, Any]:
        return {name: value for name, value in start_of(started(Nested())).items() if keep(name)}

    def others() -> list[str]:
        before = {name: value.clone() for name, value in small(Nested()).named_parameters()}
        kinds = ("table", "norm", "other", "conv")
        after = started(Nested()).named_parameters()
        return [name for name, value in after if name.startswith(kinds) and not torch.equal(value, before[name])]

    def replaced() -> list[str]:
        model = Nested()
        before = dict(model.named_parameters())
        started(model)
        after = dict(model.named_parameters())
        return sorted(name for name in before.keys() | after.keys() if before.get(name) is not after.get(name))

    def frozen() -> list[str]:
        return [name for name, parameter in started(Nested()).named_parameters() if not parameter.requires_grad]

    def repeated() -> list[str]:
        model = started(nn.ModuleList([nn.LSTM(16, 16, 2), nn.Linear(16, 64), nn.Linear(16, 64)]))
        found = [(name, parameter) for name, parameter in model.named_parameters() if parameter.dim() == 2]
        return [f"{a} = {b}" for (a, one), (b, other) in combinations(found, 2) if torch.equal(one, other)]

    yield "an LSTM of one layer", attempt(lambda: start_of(started(nn.LSTM(10, 16))))
    yield "a linear layer", attempt(lambda: start_of(started(nn.Linear(30, 24))))
    yield "weights of an LSTM in a model", attempt(some, lambda name: name.startswith("lstm.weight"))
    yield "biases of an LSTM in a model", attempt(some, lambda name: name.startswith("lstm.bias"))
    yield "linear layers in a model", attempt(some, lambda name: name.startswith(("side", "head")))
    yield "layers without biases", attempt(some, lambda name: name.startswith("bare"))
    yield "other layers that it changes", attempt(others)
    yield "parameters that are no longer the same objects", attempt(replaced)
    yield "parameters that are no longer trained", attempt(frozen)
    yield "matrices that are equal", attempt(repeated)


KERAS_START = Check(
    "recurrent_networks.keras_start",
    start_inputs,
    observe_keras_start,
    {
        "an LSTM of one layer": "Xavier uniform for weight_ih (4H, n), orthogonal for weight_hh (4H, H), each as a "
        "whole; bias_ih is 0, 1, 0, 0 by gates, bias_hh is 0",
        "a linear layer": "Xavier uniform for the weight, 0 for the bias",
        "weights of an LSTM in a model": "every layer and direction: weight_ih_l0, weight_ih_l0_reverse, weight_ih_l1",
        "biases of an LSTM in a model": "every layer and direction; each bias_ih is 0, 1, 0, 0 by gates, bias_hh is 0",
        "linear layers in a model": "all of them, however deep inside: model.modules() finds them",
        "layers without biases": "with bias=False there is no bias to set: walk over named_parameters()",
        "other layers that it changes": "only nn.LSTM and nn.Linear are started; ask by type, not by name or shape",
        "parameters that are no longer the same objects": "fill the parameters in place: an optimizer has them",
        "parameters that are no longer trained": "requires_grad stays True",
        "matrices that are equal": "draw each matrix anew, without setting the seed in between",
    },
    judge_cases,
    record=Record(
        frozenset({"parameters that are no longer the same objects", "parameters that are no longer trained"}),
        keep=lambda arguments, result: dict(arguments[0].named_parameters()),
        give=write_parameters,
    ),
)

# --- DeepLSTM ----------------------------------------------------------------------------------------------

SIZES = (6, 5, 4, 3)  # not 2, of which 2 * 2 is 2 + 2


STARTED = 0.25  # what the stand-in writes into every parameter


def own_start(model: nn.Module) -> None:
    """Stands in for the student's `keras_start`, so that a mistake there does no harm; it leaves a mark."""
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.fill_(STARTED)


def deep_shapes() -> dict[str, tuple[int, ...]]:
    """The shapes of a deep network's parameters, for `SIZES`."""
    shapes: dict[str, tuple[int, ...]] = {}
    width = INPUT
    for place, size in enumerate(SIZES, 1):
        for end in ("l0", "l0_reverse"):
            matrices = {"weight_ih": (4 * size, width), "weight_hh": (4 * size, size)}
            biases = dict.fromkeys(("bias_ih", "bias_hh"), (4 * size,))
            shapes |= {f"lstm{place}.{name}_{end}": shape for name, shape in (matrices | biases).items()}
        width = 2 * size
    return shapes | {"fc1.weight": (50, width), "fc1.bias": (50,), "fc2.weight": (1, 50), "fc2.bias": (1,)}


def deep_inputs(seed: int) -> Inputs:
    """Inputs (B, T, D), and weights."""
    rng = seeded(seed, 77)
    return {
        "x": rng.normal(size=(3, 4, INPUT)),
        "weights": {name: rng.normal(size=shape) * 0.8 for name, shape in deep_shapes().items()},
    }


def observe_deep_lstm(inputs: Inputs, model_class: Any) -> Observed:
    """Shapes, start, and numbers of the deep network with given weights."""
    x = torch.tensor(inputs["x"])
    names = getattr(getattr(model_class, "__init__", None), "__globals__", {})

    def fresh(*args: Any, start: Callable[[nn.Module], None] = own_start) -> nn.Module:
        with mock.patch.dict(names, {"keras_start": start}):
            return model_class(*args)

    def make() -> nn.Module:
        return transplant(fresh(INPUT, SIZES), inputs["weights"])

    def shapes() -> dict[str, list[int]]:
        return {name: list(parameter.shape) for name, parameter in sorted(fresh(INPUT, SIZES).named_parameters())}

    def widths() -> list[int]:
        model = fresh(7, start=lambda model: None)
        layers = [model.get_submodule(f"lstm{place}") for place in (1, 2, 3, 4)]
        return [int(layer.hidden_size) for layer in layers]  # type: ignore[arg-type]

    def unstarted() -> list[Any]:
        start = mock.Mock(side_effect=own_start)
        model = fresh(INPUT, SIZES, start=start)
        left = [name for name, value in model.named_parameters() if not (value == STARTED).all()]
        return ["keras_start is called" if start.called else "keras_start is never called", left]

    def gradient() -> Any:
        read = x.clone().requires_grad_()
        weighted([make()(read)]).backward()
        return read.grad

    def same() -> bool:
        return torch.equal(make().train()(x.clone()), make().eval()(x.clone()))

    yield "parameters and their shapes", attempt(shapes)
    yield "hidden sizes without arguments", attempt(widths)
    yield "parameters that keras_start did not start", attempt(unstarted)
    yield "what it returns", attempt(lambda: list(fresh(INPUT, SIZES)(x.float()).shape))
    yield "numbers of one sequence", attempt(lambda: make()(x[:1].clone()))
    yield "numbers of a batch", attempt(lambda: make()(x.clone()))
    yield "the same in training as in evaluation", attempt(same)
    yield "arguments that it changes", attempt(lambda: changes(make(), {"x": x}))
    yield "gradient of the inputs", attempt(gradient)


DEEP_LSTM = Check(
    "recurrent_networks.deep_lstm",
    deep_inputs,
    observe_deep_lstm,
    {
        "parameters and their shapes": "lstm1 to lstm4, bidirectional, each reading both halves of the one before; "
        "fc1 = nn.Linear(2 * last, 50), fc2 = nn.Linear(50, 1)",
        "hidden sizes without arguments": "hidden_sizes=(400, 300, 200, 100)",
        "parameters that keras_start did not start": "call keras_start(self) at the end of __init__, after all layers",
        "what it returns": "(B, T, 1): forward must end with return",
        "numbers of one sequence": "batch_first=True, the out of each layer goes on, SELU between fc1 and fc2",
        "numbers of a batch": "the sequences of a batch do not mix: batch_first=True in every layer",
        "the same in training as in evaluation": "nothing is dropped",
        "arguments that it changes": "no operation in place on x",
        "gradient of the inputs": "nothing is detached between the layers",
    },
    judge_cases,
)

CHECKS = [KERAS_START, DEEP_LSTM]
