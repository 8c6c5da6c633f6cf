"""The notebook's hand-written recurrent layers against those of torch: the same numbers, and how much slower.

Shapes: B batch, T time, D input size, H hidden size, L layers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import product
from typing import Any

import torch
from benchmark_common import Figure, interleaved_medians
from torch import nn

Names = dict[str, Any]

KINDS: dict[str, Callable[..., nn.RNNBase]] = {"RNN": nn.RNN, "GRU": nn.GRU, "LSTM": nn.LSTM}
LAYERS = (1, 3)
PARITY_SHAPE = (5, 50, 7, 9)  # B, T, D, H
TARGET_DIFFERENCE = 1e-10

SPEED_SHAPE = (32, 100, 50, 50)  # B, T, D, H
ROUNDS = 60
EQUAL = 1e-4  # in float32, states and gradients at x of the ways that are timed

NOTEBOOK = "the notebook's LSTM"
TORCH = "nn.LSTM"
GATE_BY_GATE = "one product for each gate, input and step"
CUT_ONCE = "the same, each step cut out once for all gates"


# --- parity ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Parity:
    """Largest differences to torch's layer with the same weights, in float64."""

    kind: str
    layers: int
    given: bool
    outputs: float
    states: float
    gradients: float

    @property
    def label(self) -> str:
        """What was compared."""
        start = "a given state" if self.given else "zeros"
        return f"{self.kind}, {self.layers} layer{'s' * (self.layers > 1)}, from {start}"


def measure_parity(names: Names) -> list[Parity]:
    """Each kind of layer, one and three deep, from zeros and from a given state."""
    return [compare(names, *case) for case in product(KINDS, LAYERS, (False, True))]


def compare(names: Names, kind: str, layers: int, given: bool) -> Parity:
    """Outputs, last states, and gradients of x, of the given state and of all parameters, from both layers."""
    batch, steps, size, hidden_size = PARITY_SHAPE
    torch.manual_seed(0)
    theirs = KINDS[kind](size, hidden_size, layers, batch_first=True).double()
    ours = names["Recurrent"](names["CELLS"][kind], size, hidden_size, layers).double()
    ours.load_state_dict(theirs.state_dict())
    x = torch.randn(batch, steps, size, dtype=torch.float64)
    parts = 2 if kind == "LSTM" else 1
    start = [torch.randn(layers, batch, hidden_size, dtype=torch.float64) for _ in range(parts if given else 0)]
    results = [
        outcome(ours, x, start, tuple),
        outcome(theirs, x, start, tuple if kind == "LSTM" else lambda tensors: tensors[0]),
    ]
    outputs, states, gradients = (largest_difference(*found) for found in zip(*results, strict=True))
    return Parity(kind, layers, given, outputs, states, gradients)


def outcome(
    layer: nn.Module, x: torch.Tensor, start: list[torch.Tensor], pack: Callable[[list[torch.Tensor]], Any]
) -> tuple[list[torch.Tensor], list[torch.Tensor], list[torch.Tensor]]:
    """Outputs, last states, and the gradients of a weighted sum of both. pack: from a list to the layer's own form."""
    leaves = [tensor.clone().requires_grad_() for tensor in (x, *start)]
    out, last = layer(leaves[0], *([pack(leaves[1:])] if start else []))
    states = list(last) if isinstance(last, tuple) else [last]
    torch.manual_seed(1)
    # randn_like would follow the strides of torch's transposed outputs, and so give them other numbers.
    total = sum((result * torch.randn(result.shape, dtype=result.dtype)).sum() for result in (out, *states))
    parameters = [parameter for _, parameter in sorted(layer.named_parameters())]
    return [out], states, list(torch.autograd.grad(total, [*leaves, *parameters]))


def largest_difference(ours: Iterable[torch.Tensor], theirs: Iterable[torch.Tensor]) -> float:
    """Largest difference of any two numbers in the same place."""
    return max((one - other).abs().max().item() for one, other in zip(ours, theirs, strict=True))


def parity_figures(rows: list[Parity]) -> list[Figure]:
    """The largest difference of each comparison, and of all, against the target."""
    figures = [
        Figure(f"parity: {row.label}", max(row.outputs, row.states, row.gradients), "difference", TARGET_DIFFERENCE)
        for row in rows
    ]
    for what in ("outputs", "states", "gradients"):
        largest = max(getattr(row, what) for row in rows)
        figures.append(Figure(f"parity: largest difference of {what}", largest, "difference", TARGET_DIFFERENCE))
    largest = max(figure.value for figure in figures)
    return [*figures, Figure("parity: largest difference", largest, "difference", TARGET_DIFFERENCE)]


# --- speed -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class LstmSpeed:
    """Median CPU seconds of forward and backward by each way, and the largest difference of results and gradients."""

    seconds: dict[str, float]
    difference: float
    rounds: int

    @property
    def ratio(self) -> float:
        """Time of the notebook's LSTM, divided by that of torch's."""
        return self.seconds[NOTEBOOK] / self.seconds[TORCH]

    @property
    def times(self) -> float:
        """How many times faster the notebook's LSTM is than gate by gate."""
        return self.seconds[GATE_BY_GATE] / self.seconds[NOTEBOOK]


class GateByGate(nn.Module):
    """An LSTM with two small products for each gate and step, as one writes it down from the formulas."""

    def __init__(self, theirs: nn.LSTM) -> None:
        """theirs: one layer, whose weights are taken over."""
        super().__init__()
        self.hidden_size = theirs.hidden_size
        for kind, end in (("x", "ih_l0"), ("h", "hh_l0")):
            weights = theirs.get_parameter(f"weight_{end}").detach().chunk(4)
            biases = theirs.get_parameter(f"bias_{end}").detach().chunk(4)
            for gate, weight, bias in zip("ifgo", weights, biases, strict=True):
                self.register_parameter(f"w_{gate}{kind}", nn.Parameter(weight.T.contiguous()))
                self.register_parameter(f"b_{gate}{kind}", nn.Parameter(bias.clone()))

    def forward(self, x: torch.Tensor, cut_once: bool = False) -> torch.Tensor:
        """Outputs (B, T, H) of x (B, T, D). cut_once: each step of x is cut out for all gates together."""
        h = c = x.new_zeros(len(x), self.hidden_size)
        outputs = []
        if cut_once:
            for step in x.unbind(dim=1):
                h, c = self.next_state([step] * 4, h, c)
                outputs.append(h)
        else:
            for t in range(x.shape[1]):
                h, c = self.next_state([x[:, t] for _ in "ifgo"], h, c)
                outputs.append(h)
        return torch.stack(outputs, dim=1)

    def next_state(
        self, steps: list[torch.Tensor], h: torch.Tensor, c: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """The state (B, H), (B, H) after a step's inputs (B, D), which each gate is given by itself."""
        x_i, x_f, x_g, x_o = steps
        i = torch.sigmoid(x_i @ self.w_ix + self.b_ix + h @ self.w_ih + self.b_ih)
        f = torch.sigmoid(x_f @ self.w_fx + self.b_fx + h @ self.w_fh + self.b_fh)
        g = torch.tanh(x_g @ self.w_gx + self.b_gx + h @ self.w_gh + self.b_gh)
        o = torch.sigmoid(x_o @ self.w_ox + self.b_ox + h @ self.w_oh + self.b_oh)
        c = f * c + i * g
        return o * torch.tanh(c), c


def measure_speed(names: Names, rounds: int = ROUNDS) -> LstmSpeed:
    """All ways from the same weights on the same input, by turns; on one core, as in the notebook.

    Raises: RuntimeError: their outputs, or gradients with respect to the input, differ.
    """
    batch, steps, size, hidden_size = SPEED_SHAPE
    torch.manual_seed(0)
    torch.set_num_threads(1)
    x = torch.randn(batch, steps, size, requires_grad=True)
    theirs = nn.LSTM(size, hidden_size, batch_first=True)
    ours, gates = names["Recurrent"](names["CELLS"]["LSTM"], size, hidden_size), GateByGate(theirs)
    ours.load_state_dict(theirs.state_dict())
    ways = {
        NOTEBOOK: lambda: ours(x)[0],
        TORCH: lambda: theirs(x)[0],
        GATE_BY_GATE: lambda: gates(x),
        CUT_ONCE: lambda: gates(x, cut_once=True),
    }
    difference = difference_of_ways(ways, x)
    if difference > EQUAL:
        raise RuntimeError(f"outputs or gradients of the LSTMs differ by {difference}: the ratios would mean nothing")
    return LstmSpeed(interleaved_medians(ways, x, rounds), difference, rounds)


def difference_of_ways(ways: dict[str, Callable[[], torch.Tensor]], x: torch.Tensor) -> float:
    """Largest difference of a way's outputs, and of their gradients at x, from those of the first way."""
    results = []
    for way in ways.values():
        out = way()
        results.append([out.detach(), *torch.autograd.grad(out.square().sum(), x)])
    return max(largest_difference(results[0], other) for other in results[1:])


def speed_figures(speed: LstmSpeed) -> list[Figure]:
    """The CPU seconds of each way, held against the notebook's, and both ratios."""
    ours = speed.seconds[NOTEBOOK]
    return [
        *(Figure(f"speed: {name}", seconds, "CPU s", ours) for name, seconds in speed.seconds.items()),
        Figure("speed: largest difference of outputs and gradients", speed.difference, "difference"),
        Figure("speed: rounds", speed.rounds, "rounds"),
        Figure("speed: the notebook's time, divided by nn.LSTM's", speed.ratio, "times"),
        Figure("speed: times faster than gate by gate", speed.times, "times"),
    ]
