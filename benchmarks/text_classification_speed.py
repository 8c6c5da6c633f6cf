"""Speed of the notebook's GRU against torch's and against one product for each gate, input and step, in one run.

Shapes: B batch, T time, D embedding, H hidden.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import torch
from benchmark_common import Figure, interleaved_medians
from text_classification_data import Names
from torch import nn

B, T, D, H = 32, 100, 50, 50
ROUNDS = 60
TARGET_RATIO = 1.15
TARGET_TIMES = 1.8
EQUAL = 1e-4

NOTEBOOK = "the notebook's GRU"
TORCH = "nn.GRU"
GATE_BY_GATE = "one product for each gate, input and step"
CUT_ONCE = "the same, each word cut out once for all gates"


@dataclass(frozen=True)
class GruSpeed:
    """Median CPU seconds of forward and backward by each way, and the largest difference of results and gradients."""

    seconds: dict[str, float]
    difference: float
    rounds: int

    @property
    def ratio(self) -> float:
        """Time of the notebook's GRU, divided by that of torch's."""
        return self.seconds[NOTEBOOK] / self.seconds[TORCH]

    @property
    def times(self) -> float:
        """How many times faster the notebook's GRU is than gate by gate."""
        return self.seconds[GATE_BY_GATE] / self.seconds[NOTEBOOK]


class GateByGate(nn.Module):
    """A GRU as the original course had it: six small products in each step, nothing done ahead.

    There each gate also cut the step's words out of x by itself, which costs much in backward.
    """

    def __init__(self, embed_size: int, hidden_size: int) -> None:
        """embed_size: D. hidden_size: H."""
        super().__init__()
        self.hidden_size = hidden_size
        for gate in "rzn":
            for kind, size in (("x", embed_size), ("h", hidden_size)):
                self.register_parameter(f"w_{gate}{kind}", nn.Parameter(torch.empty(size, hidden_size)))
                self.register_parameter(f"b_{gate}{kind}", nn.Parameter(torch.empty(hidden_size)))

    def take(self, theirs: nn.GRU) -> None:
        """Copy the weights of torch's layer."""
        with torch.no_grad():
            for kind, name in (("x", "ih_l0"), ("h", "hh_l0")):
                weights, biases = getattr(theirs, f"weight_{name}").chunk(3), getattr(theirs, f"bias_{name}").chunk(3)
                for gate, weight, bias in zip("rzn", weights, biases, strict=True):
                    getattr(self, f"w_{gate}{kind}").copy_(weight.T)
                    getattr(self, f"b_{gate}{kind}").copy_(bias)

    def forward(self, x: torch.Tensor, cut_once: bool = False) -> torch.Tensor:
        """The state (B, H) after the last of all steps of x (B, T, D)."""
        state = x.new_zeros(len(x), self.hidden_size)
        if cut_once:
            for step in x.unbind(dim=1):
                state = self.next_state(step, step, step, state)
        else:
            for t in range(x.shape[1]):
                state = self.next_state(x[:, t], x[:, t], x[:, t], state)
        return state

    def next_state(self, x_r: torch.Tensor, x_z: torch.Tensor, x_n: torch.Tensor, state: torch.Tensor) -> torch.Tensor:
        """The state (B, H) after the step's words (B, D), which each gate is given by itself."""
        r = torch.sigmoid(x_r @ self.w_rx + self.b_rx + state @ self.w_rh + self.b_rh)
        z = torch.sigmoid(x_z @ self.w_zx + self.b_zx + state @ self.w_zh + self.b_zh)
        n = torch.tanh(x_n @ self.w_nx + self.b_nx + r * (state @ self.w_nh + self.b_nh))
        return (1 - z) * n + z * state


def measure_gru(names: Names) -> GruSpeed:
    """All ways from the same weights on the same input, by turns; on one core, as in the notebook.

    Raises: RuntimeError: their last states, or gradients with respect to the input, differ.
    """
    torch.manual_seed(0)
    torch.set_num_threads(1)
    x = torch.randn(B, T, D, requires_grad=True)
    theirs, ours, gates = nn.GRU(D, H, batch_first=True), names["GRU"](D, H), GateByGate(D, H)
    gates.take(theirs)
    with torch.no_grad():
        for name, weight in ours.named_parameters():
            weight.copy_(getattr(theirs, f"{name}_l0"))
    lengths = torch.full((B,), T)
    ways = {
        NOTEBOOK: lambda: ours(x, lengths)[1],
        TORCH: lambda: theirs(x)[1][0],
        GATE_BY_GATE: lambda: gates(x),
        CUT_ONCE: lambda: gates(x, cut_once=True),
    }
    difference = largest_difference(ways, x)
    if difference > EQUAL:
        raise RuntimeError(f"states or gradients of the GRUs differ by {difference}: the ratios would mean nothing")
    return GruSpeed(interleaved_medians(ways, x, ROUNDS), difference, ROUNDS)


def largest_difference(ways: dict[str, Callable[[], torch.Tensor]], x: torch.Tensor) -> float:
    """Largest difference of a way's states (B, H), and of the gradients at x (B, T, D), from those of the first way."""
    states, gradients = [], []
    for way in ways.values():
        state = way()
        (gradient,) = torch.autograd.grad(state.square().sum(), x)
        states.append(state.detach())
        gradients.append(gradient)
    return max((other - found[0]).abs().max().item() for found in (states, gradients) for other in found[1:])


def speed_figures(speed: GruSpeed) -> list[Figure]:
    """The CPU seconds of each way, and both ratios against their targets."""
    ours = speed.seconds[NOTEBOOK]
    return [
        *(Figure(f"speed: {name}", seconds, "CPU s", ours) for name, seconds in speed.seconds.items()),
        Figure("speed: largest difference of states and gradients", speed.difference, "difference"),
        Figure("speed: rounds", speed.rounds, "rounds"),
        Figure("speed: the notebook's time, divided by nn.GRU's", speed.ratio, "times", TARGET_RATIO),
        Figure("speed: times faster than gate by gate", speed.times, "times", TARGET_TIMES),
    ]
