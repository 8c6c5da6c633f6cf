"""Checks of `recurrent_networks`, part 1: recurrent steps, the loop around them, what layers return."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

import torch
import torch.nn.functional as F
from torch import nn

from course_lib.checks.base import Check, judge_cases
from course_lib.checks.observers import Inputs, Observed, seeded, unset_memory_is_nan
from course_lib.checks.text_classification.models import SAME, transplant
from course_lib.checks.text_classification.recurrent import EXCLUDED, RecurrentCalls, changes, copies
from course_lib.observation import attempt

INPUT, HIDDEN = 3, 6  # 6, so that chunk(5) is not chunk(4)
NAMES = ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
OPEN, SHUT = 40.0, -40.0  # biases at which a gate is 1, or 0, to the last digit


def weighted(tensors: Iterable[torch.Tensor]) -> torch.Tensor:
    """A number in which each entry of the tensors has its own weight; something to take gradients of."""
    total = torch.zeros((), dtype=torch.float64)
    for place, tensor in enumerate(tensors, 1):
        weights = torch.arange(1, tensor.numel() + 1, dtype=tensor.dtype).reshape(tensor.shape)
        total = total + (tensor * torch.sin(place + weights)).sum()
    return total


# --- lstm_step, rnn_step, gru_step -------------------------------------------------------------------------


class Step:
    """A student's step with the shape of its arguments: x, the parts of the state, the four weights."""

    def __init__(self, function: Callable[..., Any], gates: int, parts: int) -> None:
        self.function, self.gates, self.parts = function, gates, parts

    def __call__(self, *tensors: torch.Tensor) -> Any:
        """The new state, from x, then the parts of the state, then the weights, all in one row."""
        split = 1 + self.parts
        return self.function(tensors[0], tuple(tensors[1:split]), tuple(tensors[split:]))

    def arguments(self, inputs: Inputs) -> dict[str, torch.Tensor]:
        """The arguments by name, without those states that this step does not have."""
        names = ("x", *("h", "c")[: self.parts], *NAMES)
        return {name: torch.tensor(inputs[name]) for name in names}

    def by_biases(self, inputs: Inputs, *biases: float) -> Any:
        """The new state where all weights are 0 and these biases, one for each stacked matrix, are all that counts."""
        given = self.arguments(inputs)
        for name in NAMES:
            given[name] = torch.zeros_like(given[name])
        given["bias_ih"] = torch.tensor(biases, dtype=torch.float64).repeat_interleave(HIDDEN)
        return attempt(lambda: self(*given.values()))


def step_inputs(seed: int, stream: int, gates: int) -> Inputs:
    """An input (B, D), a state (B, H) with its cell, and weights."""
    rng = seeded(seed, stream)
    rows = gates * HIDDEN
    return {
        "x": rng.normal(size=(3, INPUT)),
        "h": rng.uniform(-0.9, 0.9, size=(3, HIDDEN)),
        "c": rng.normal(size=(3, HIDDEN)) * 1.5,
        "weight_ih": rng.normal(size=(rows, INPUT)) * 0.7,
        "weight_hh": rng.normal(size=(rows, HIDDEN)) * 0.7,
        "bias_ih": rng.normal(size=rows) * 0.5,
        "bias_hh": rng.normal(size=rows) * 0.5,
    }


def first_cases(step: Step, inputs: Inputs) -> Observed:
    """What a step returns, and what it does without weights."""
    given = step.arguments(inputs)
    yield "what it returns", attempt(lambda: [list(part.shape) for part in step(*copies(given.values()))])
    yield "all weights 0", step.by_biases(inputs, *[0.0] * step.gates)


def last_cases(step: Step, inputs: Inputs) -> Observed:
    """A step with all weights, its gradients, and what it does to its arguments."""
    given = step.arguments(inputs)
    one = {name: value if name in NAMES else value[:1] for name, value in given.items()}
    silent = {name: torch.zeros_like(value) if name.startswith("weight") else value for name, value in given.items()}

    def gradients() -> dict[str, Any]:
        watched = {name: value.clone().requires_grad_() for name, value in given.items()}
        weighted(step(*watched.values())).backward()
        return {name: value.grad for name, value in watched.items()}

    def recurrent() -> list[str]:
        with RecurrentCalls() as calls:
            step(*copies(given.values()))
        return sorted(calls.names)

    yield "both biases, all matrices 0", attempt(lambda: step(*copies(silent.values())))
    yield "a batch of one", attempt(lambda: step(*copies(one.values())))
    yield "a batch", attempt(lambda: step(*copies(given.values())))
    yield "arguments that it changes", attempt(changes, step, given)
    yield "gradients", attempt(gradients)
    yield "recurrent functions of torch inside", attempt(recurrent)


LAST_HINTS = {
    "both biases, all matrices 0": "bias_ih and bias_hh are both added, each once",
    "a batch of one": "each row of x goes with the same row of the state; (1, H) for a batch of one",
    "a batch": "compare each line with the formulas: what is multiplied by x, what by h",
    "arguments that it changes": "no operation in place, such as c *= f or copy_: the caller needs its state again",
    "gradients": "no detach, no .data, no torch.no_grad: the weights are trained through the step",
    "recurrent functions of torch inside": "write the step from products, sigmoid and tanh; no cell or layer of torch",
}


def observe_lstm_step(inputs: Inputs, lstm_step: Any) -> Observed:
    """One step with weights that open and shut single gates, then with all weights."""
    step = Step(lstm_step, gates=4, parts=2)
    yield from first_cases(step, inputs)
    yield "f and o open, i shut", step.by_biases(inputs, SHUT, OPEN, 1.0, OPEN)
    yield "i and o open, f shut, a bias of 1 for g", step.by_biases(inputs, OPEN, SHUT, 1.0, OPEN)
    yield "o shut", step.by_biases(inputs, OPEN, OPEN, 1.0, SHUT)
    yield from last_cases(step, inputs)


LSTM_STEP = Check(
    "recurrent_networks.lstm_step",
    lambda seed: step_inputs(seed, 71, gates=4),
    observe_lstm_step,
    {
        "what it returns": "the pair (h, c), each (B, H)",
        "all weights 0": "gates of 1/2 and no news: c' = c/2, h' = tanh(c/2)/2",
        "f and o open, i shut": "c' = c and h' = tanh(c); the rows are i, f, g, o from top to bottom",
        "i and o open, f shut, a bias of 1 for g": "c' = tanh(1) and h' = tanh(c'); g has a tanh, the gates a sigmoid",
        "o shut": "h' = o * tanh(c') is 0 then, and c' does not care",
        **LAST_HINTS,
    },
    judge_cases,
    excludes=EXCLUDED,
)


def observe_other_steps(inputs: Inputs, rnn_step: Any, gru_step: Any) -> Observed:
    """The same for the two other steps, one after the other."""
    rnn, gru = Step(rnn_step, gates=1, parts=1), Step(gru_step, gates=3, parts=1)

    def gru_cases() -> Observed:
        yield from first_cases(gru, inputs["gru"])
        yield "z open", gru.by_biases(inputs["gru"], 0.0, OPEN, 1.0)
        yield "z shut, a bias of 1 for n", gru.by_biases(inputs["gru"], 0.0, SHUT, 1.0)
        yield "z shut, r shut", attempt(_reset, gru, inputs["gru"], SHUT)
        yield "z shut, r open", attempt(_reset, gru, inputs["gru"], OPEN)
        yield from last_cases(gru, inputs["gru"])

    for name, cases in (
        ("rnn_step", (*first_cases(rnn, inputs["rnn"]), *last_cases(rnn, inputs["rnn"]))),
        ("gru_step", gru_cases()),
    ):
        for case, value in cases:
            yield f"{name}: {case}", value


def _reset(step: Step, inputs: Inputs, reset: float) -> Any:
    """The new state of a GRU that keeps nothing (z = 0), with its reset gate open or shut."""
    given = step.arguments(inputs)
    for name in NAMES:
        given[name][: 2 * HIDDEN] = 0.0
    given["bias_ih"][:HIDDEN] = reset
    given["bias_ih"][HIDDEN : 2 * HIDDEN] = SHUT
    return step(*given.values())


OTHER_STEPS = Check(
    "recurrent_networks.other_steps",
    lambda seed: {"rnn": step_inputs(seed, 72, gates=1), "gru": step_inputs(seed, 73, gates=3)},
    observe_other_steps,
    {
        "rnn_step: what it returns": "the tuple (h,) with one part (B, H): mind the comma",
        "rnn_step: all weights 0": "tanh(0) = 0: nothing of the old state is left",
        **{f"rnn_step: {case}": hint for case, hint in LAST_HINTS.items()},
        "gru_step: what it returns": "the tuple (h,) with one part (B, H): mind the comma",
        "gru_step: all weights 0": "z = 1/2 and n = 0: h' = h/2",
        "gru_step: z open": "z = 1 keeps the old state as it is; the rows are r, z, n from top to bottom",
        "gru_step: z shut, a bias of 1 for n": "z = 0 puts n = tanh(1) in the place of the state",
        "gru_step: z shut, r shut": "r = 0 shuts out W_hn h and b_hn, both; W_in x and b_in stay",
        "gru_step: z shut, r open": "r = 1: n = tanh(W_in x + b_in + W_hn h + b_hn)",
        **{f"gru_step: {case}": hint for case, hint in LAST_HINTS.items()},
        "gru_step: a batch": "r acts on W_hn h + b_hn, after the product, and not on h before it",
    },
    judge_cases,
    excludes=EXCLUDED,
)

# --- Recurrent ---------------------------------------------------------------------------------------------


class OwnCell(NamedTuple):
    """A cell of the check: step, number of stacked matrices, number of parts of the state."""

    step: Callable[..., tuple[torch.Tensor, ...]]
    gates: int
    parts: int


def two_part_step(x: torch.Tensor, state: Any, weights: Any) -> tuple[torch.Tensor, torch.Tensor]:
    """A step that nobody else has: three stacked matrices, a state of two parts; the two biases act differently."""
    first, second = state
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    a, b, c = (F.linear(x, weight_ih, bias_ih) + torch.sin(F.linear(first, weight_hh, bias_hh))).chunk(3, dim=1)
    second = torch.sigmoid(a) * second + torch.sin(b)
    return torch.tanh(second + c), second


def one_part_step(x: torch.Tensor, state: Any, weights: Any) -> tuple[torch.Tensor]:
    """A step of two stacked matrices with a state of one part."""
    (first,) = state
    weight_ih, weight_hh, bias_ih, bias_hh = weights
    a, b = (F.linear(x, weight_ih, bias_ih) + torch.sin(F.linear(first, weight_hh, bias_hh))).chunk(2, dim=1)
    return (torch.sigmoid(a) * first + torch.sin(b),)


TWO_PARTS, ONE_PART = OwnCell(two_part_step, 3, 2), OwnCell(one_part_step, 2, 1)


def layer_shapes(gates: int, layers: int) -> dict[str, tuple[int, ...]]:
    """The shapes of the parameters of so many layers."""
    rows = gates * HIDDEN
    shapes: dict[str, tuple[int, ...]] = {}
    for layer in range(layers):
        columns = (HIDDEN if layer else INPUT, HIDDEN)
        shapes |= {f"{name}_l{layer}": (rows, size) for name, size in zip(NAMES[:2], columns, strict=True)}
        shapes |= {f"{name}_l{layer}": (rows,) for name in NAMES[2:]}
    return shapes


def recurrent_inputs(seed: int) -> Inputs:
    """Inputs (B, T, D), states (L, B, H) of two parts, and weights of three layers for both cells."""
    rng = seeded(seed, 74)
    return {
        "x": rng.normal(size=(2, 4, INPUT)),
        "hidden": [rng.normal(size=(3, 2, HIDDEN)) for _ in range(2)],
        "weights": {
            cell: {name: rng.normal(size=shape) * 0.8 for name, shape in layer_shapes(gates, 3).items()}
            for cell, gates in (("two parts", 3), ("one part", 2))
        },
    }


def observe_recurrent(inputs: Inputs, recurrent_class: Any) -> Observed:
    """Outputs and states of layers with given weights and the check's own cells."""
    x = torch.tensor(inputs["x"])
    parts = [torch.tensor(part) for part in inputs["hidden"]]

    def make(layers: int, cell: OwnCell = TWO_PARTS) -> nn.Module:
        weights = inputs["weights"]["two parts" if cell is TWO_PARTS else "one part"]
        wanted = {name: weights[name] for name in layer_shapes(cell.gates, layers)}
        return transplant(recurrent_class(cell, INPUT, HIDDEN, layers), wanted)

    def hidden_for(layers: int, cell: OwnCell = TWO_PARTS) -> tuple[torch.Tensor, ...]:
        return tuple(part[:layers].clone() for part in parts[: cell.parts])

    def shapes(*layers: int) -> dict[str, list[int]]:
        found = recurrent_class(TWO_PARTS, INPUT, HIDDEN, *layers).named_parameters()
        return {name: list(parameter.shape) for name, parameter in sorted(found)}

    def out(layers: int, steps: int = 4) -> Any:
        return attempt(lambda: make(layers)(x[:, :steps].clone())[0])

    def both(layer: nn.Module, *args: Any) -> list[Any]:
        out, hidden = layer(*args)
        return [out, list(hidden)]

    def returned() -> list[Any]:
        found = []
        for cell in (TWO_PARTS, ONE_PART):
            out, hidden = recurrent_class(cell, INPUT, HIDDEN, 3)(x.float())
            found.append([list(out.shape), [list(part.shape) for part in hidden]])
        return found

    def dtypes() -> list[str]:
        fresh = recurrent_class(TWO_PARTS, INPUT, HIDDEN, 2)
        tensors = [part for layer, read in ((fresh, x.float()), (make(2), x)) for part in _flat(layer(read))]
        return [str(tensor.dtype).removeprefix("torch.") for tensor in tensors]

    def second_call() -> Any:
        layer = make(1)
        layer(x.flip(0))
        return layer(x.clone())[0]

    def goes_on() -> bool:
        layer = make(2)
        whole, end = layer(x.clone(), hidden_for(2))
        before, between = layer(x[:, :1], hidden_for(2))
        after, last = layer(x[:, 1:], between)
        pairs = [(whole, torch.cat([before, after], dim=1)), *zip(end, last, strict=True)]
        return all(bool((one - other).abs().max() <= SAME) for one, other in pairs)

    def changed() -> list[str]:
        given = dict(zip(("x", "hidden[0]", "hidden[1]"), (x, *hidden_for(2)), strict=True))
        return changes(lambda read, *state: make(2)(read, state), given)

    yield "parameters and their shapes", attempt(lambda: [shapes(), shapes(2), shapes(3)])
    yield "start of the parameters", attempt(_spreads, recurrent_class)
    yield "load_state_dict of an nn.LSTM", attempt(_takes_torchs, recurrent_class)
    yield "what it returns, with two parts and with one", attempt(returned)
    yield "float32 gives float32, float64 gives float64", attempt(dtypes)
    yield "out after one step of one layer", out(1, steps=1)
    yield "out of one layer", out(1)
    yield "out of two layers", out(2)
    yield "out of three layers", out(3)
    yield "hidden of three layers", attempt(lambda: both(make(3), x.clone())[1])
    yield "a given hidden", attempt(lambda: both(make(3), x.clone(), hidden_for(3)))
    yield "a cell with one part", attempt(lambda: both(make(2, ONE_PART), x.clone(), hidden_for(2, ONE_PART)))
    yield "a batch of one", attempt(lambda: both(make(2), x[:1].clone(), tuple(part[:, :1] for part in hidden_for(2))))
    yield "a second call without hidden", attempt(second_call)
    yield "two pieces, the second from the hidden of the first, equal the whole", attempt(goes_on)
    yield "arguments that it changes", attempt(changed)
    yield "gradients", attempt(lambda: _recurrent_gradients(make(2), x, hidden_for(2)))


def _flat(returned: Any) -> list[torch.Tensor]:
    """All tensors in what a recurrent layer returns."""
    out, hidden = returned
    return [out, *([hidden] if isinstance(hidden, torch.Tensor) else hidden)]


def _takes_torchs(recurrent_class: Any) -> list[str]:
    """Parameters that do not have the values of an nn.LSTM after they were loaded."""
    theirs = nn.LSTM(INPUT, HIDDEN, 2).state_dict()
    layer = recurrent_class(OwnCell(two_part_step, 4, 2), INPUT, HIDDEN, 2)
    layer.load_state_dict(theirs)
    return [name for name, parameter in layer.named_parameters() if not torch.equal(parameter, theirs[name])]


def _spreads(recurrent_class: Any) -> dict[str, str]:
    """For each parameter of a layer with H = 256: does it look uniform in +-1/sqrt(H), or, for a bias, is it 0?"""
    with unset_memory_is_nan():
        layer = recurrent_class(TWO_PARTS, 16, 256, 2)
    return {
        name: "fine" if "bias" in name and not parameter.any() else spread(parameter, 1 / math.sqrt(256))
        for name, parameter in layer.named_parameters()
    }


def spread(weight: torch.Tensor, bound: float) -> str:
    """What is wrong with weights that should be uniform in +-bound, or "fine"."""
    values = weight.detach() / bound
    largest = float(values.abs().max())
    if math.isnan(largest):
        return "not set"
    if largest == 0:
        return "all 0"
    if abs(float(values.mean())) > 0.15 * largest:
        return "not centred at 0"
    if abs(float(values.std()) * math.sqrt(3) / largest - 1) > 0.15:
        return "not uniform"
    return "fine" if 0.9 < largest < 1.001 else f"{largest:.1f} times the bound"


def _recurrent_gradients(layer: nn.Module, x: torch.Tensor, hidden: tuple[torch.Tensor, ...]) -> dict[str, Any]:
    """Gradients of a number that depends on out and on hidden."""
    read, state = x.clone().requires_grad_(), tuple(part.clone().requires_grad_() for part in hidden)
    weighted(_flat(layer(read, state))).backward()
    return {
        "x": read.grad,
        "hidden": [part.grad for part in state],
        **{name: parameter.grad for name, parameter in sorted(layer.named_parameters())},
    }


RECURRENT = Check(
    "recurrent_networks.recurrent",
    recurrent_inputs,
    observe_recurrent,
    {
        "parameters and their shapes": "weight_ih_l0 (gates*H, D), weight_hh_l0 (gates*H, H), bias_ih_l0, bias_hh_l0 "
        "(gates*H,), then _l1 and so on, where weight_ih is (gates*H, H)",
        "start of the parameters": "uniform between -1/sqrt(H) and 1/sqrt(H); torch.rand is never negative",
        "load_state_dict of an nn.LSTM": "the parameters have torch's names and shapes, and there is nothing else",
        "what it returns, with two parts and with one": "out (B, T, H), and a tuple of cell.parts tensors (L, B, H)",
        "float32 gives float32, float64 gives float64": "make the zeros with the dtype and device of x: x.new_zeros",
        "out after one step of one layer": "step(x[:, 0], zeros, weights); out is the first part of what it gives",
        "out of one layer": "the whole state of each step goes into the next one",
        "out of two layers": "layer 1 reads the first part of the state of layer 0 at the same time step",
        "out of three layers": "layer l reads layer l - 1, and has weights and a state of its own",
        "hidden of three layers": "part by part: the last states of layer 0, 1, 2, stacked to (L, B, H)",
        "a given hidden": "layer l starts from hidden[part][l]",
        "a cell with one part": "cell.parts says how many parts a state has: hidden is a tuple of so many",
        "a batch of one": "nothing may be squeezed",
        "a second call without hidden": "None stands for zeros, in every call: keep no state in the module",
        "two pieces, the second from the hidden of the first, equal the whole": "hidden that comes out can go in again",
        "arguments that it changes": "no operation in place on x or hidden",
        "gradients": "nothing is detached: not between steps, not in hidden, not in the weights",
    },
    judge_cases,
)

# --- step_by_step ------------------------------------------------------------------------------------------

KINDS: dict[str, Callable[..., nn.RNNBase]] = {"RNN": nn.RNN, "GRU": nn.GRU, "LSTM": nn.LSTM}
GATES = {"RNN": 1, "GRU": 3, "LSTM": 4}


def pieces_inputs(seed: int) -> Inputs:
    """Inputs (B, T, D), states (L, B, H) of two parts, and weights of two layers for each kind."""
    rng = seeded(seed, 75)
    return {
        "x": rng.normal(size=(2, 5, INPUT)),
        "hidden": [rng.normal(size=(2, 2, HIDDEN)) for _ in range(2)],
        "weights": {
            kind: {name: rng.normal(size=shape) * 0.7 for name, shape in layer_shapes(gates, 2).items()}
            for kind, gates in GATES.items()
        },
    }


def observe_step_by_step(inputs: Inputs, step_by_step: Any) -> Observed:
    """What comes out for each kind of layer, and what the layer was called with."""
    x = torch.tensor(inputs["x"])
    h, c = (torch.tensor(part) for part in inputs["hidden"])

    def make(kind: str) -> nn.RNNBase:
        layer = KINDS[kind](INPUT, HIDDEN, num_layers=2, batch_first=True)
        return transplant(layer, inputs["weights"][kind])  # type: ignore[return-value]

    def results(kind: str, read: torch.Tensor, *hidden: Any) -> Any:
        return attempt(lambda: list(step_by_step(make(kind), read.clone(), *hidden)))

    def calls(*hidden: Any) -> list[list[int]]:
        layer = make("GRU")
        seen = watch(layer)
        step_by_step(layer, x.clone(), *hidden)
        return seen

    def changed() -> list[str]:
        given = {"x": x, "h": h, "c": c}
        return changes(lambda read, *pair: step_by_step(make("LSTM"), read, pair), given)

    def gradients() -> list[Any]:
        leaves = [tensor.clone().requires_grad_() for tensor in (x, h, c)]
        out, (last_h, last_c) = step_by_step(make("LSTM"), leaves[0], (leaves[1], leaves[2]))
        weighted([out, last_h, last_c]).backward()
        return [leaf.grad for leaf in leaves]

    yield "out of an RNN", attempt(lambda: step_by_step(make("RNN"), x.clone())[0])
    yield "hidden of an RNN", attempt(lambda: step_by_step(make("RNN"), x.clone())[1])
    for kind in ("GRU", "LSTM"):
        yield f"out and hidden of a {kind}".replace("a LSTM", "an LSTM"), results(kind, x)
    yield "a GRU with a given hidden", results("GRU", x, h.clone())
    yield "an LSTM with a given pair", results("LSTM", x, (h.clone(), c.clone()))
    yield "a batch of one", results("GRU", x[:1], h[:, :1].clone())
    yield "a sequence of one step", results("LSTM", x[:, :1])
    yield "what the layer reads in each call", attempt(calls)
    yield "what it reads from a given hidden", attempt(lambda: calls(h.clone()))
    yield "arguments that it changes", attempt(changed)
    yield "gradients", attempt(gradients)


def watch(layer: nn.Module) -> list[list[int]]:
    """A list that grows with each call of the layer, by the shape of what it reads."""
    seen: list[list[int]] = []
    forward = layer.forward

    def recording(*args: Any, **kwargs: Any) -> Any:
        read = args[0] if args else kwargs["input"]
        seen.append(list(read.shape))
        return forward(*args, **kwargs)

    layer.forward = recording
    return seen


STEP_BY_STEP = Check(
    "recurrent_networks.step_by_step",
    pieces_inputs,
    observe_step_by_step,
    {
        "out of an RNN": "(B, T, H): the T pieces (B, 1, H), one after the other; each call gets the last one's hidden",
        "hidden of an RNN": "the hidden that the last call returned, as it is",
        "out and hidden of a GRU": "(out, hidden), as layer(x) gives them",
        "out and hidden of an LSTM": "hidden of an LSTM is a pair; hand it on as it is",
        "a GRU with a given hidden": "the first call starts from hidden",
        "an LSTM with a given pair": "the first call starts from the pair (h, c), both of them",
        "a batch of one": "nothing may be squeezed",
        "a sequence of one step": "one call, and out is (B, 1, H)",
        "what the layer reads in each call": "T calls, each on x[:, t : t + 1], which is (B, 1, D)",
        "what it reads from a given hidden": "T calls here too, each on (B, 1, D)",
        "arguments that it changes": "no operation in place on x or hidden",
        "gradients": "nothing is detached: the steps are one computation",
    },
    judge_cases,
)

# --- final_states ------------------------------------------------------------------------------------------


def final_inputs(seed: int) -> Inputs:
    """Last states (4, B, H), those of four layers or of two layers in both directions; inputs of a real layer."""
    rng = seeded(seed, 76)
    return {"hidden": rng.normal(size=(4, 3, HIDDEN)), "x": rng.normal(size=(3, 5, INPUT))}


def observe_final_states(inputs: Inputs, final_states: Any) -> Observed:
    """The states that are picked, and where gradients go."""
    hidden, x = torch.tensor(inputs["hidden"]), torch.tensor(inputs["x"])

    def picked(found: torch.Tensor, *both: bool) -> Any:
        return attempt(lambda: final_states(found.clone(), *both))

    def gradients(both: bool) -> Any:
        watched = hidden.clone().requires_grad_()
        weighted([final_states(watched, both)]).backward()
        return watched.grad

    def in_out() -> list[bool]:
        torch.manual_seed(0)
        out, last = nn.GRU(INPUT, HIDDEN, 2, bidirectional=True, batch_first=True).double()(x)
        ends = final_states(last, True)
        halves = ((ends[:, :HIDDEN], out[:, -1, :HIDDEN]), (ends[:, HIDDEN:], out[:, 0, HIDDEN:]))
        return [bool((half - end).abs().max() <= SAME) for half, end in halves]

    yield "one layer, one direction", picked(hidden[:1])
    yield "four layers, one direction", picked(hidden)
    yield "four layers, bidirectional=False", picked(hidden, False)
    yield "one layer, two directions", picked(hidden[:2], True)
    yield "two layers, two directions", picked(hidden, True)
    yield "a batch of one, two directions", picked(hidden[:, :1], True)
    yield "its halves are out[:, -1, :H] and out[:, 0, H:] of a GRU", attempt(in_out)
    yield "arguments that it changes", attempt(changes, lambda given: final_states(given, True), {"hidden": hidden})
    yield "gradients", attempt(lambda: [gradients(False), gradients(True)])


FINAL_STATES = Check(
    "recurrent_networks.final_states",
    final_inputs,
    observe_final_states,
    {
        "one layer, one direction": "(B, H): hidden[-1]",
        "four layers, one direction": "the top layer is the last one, hidden[-1]; there is one direction by default",
        "four layers, bidirectional=False": "bidirectional says whether there are two directions, not the shape",
        "one layer, two directions": "(B, 2H): hidden[-2], the forward half, beside hidden[-1], the backward half",
        "two layers, two directions": "only the top layer: forward in hidden[-2], backward in hidden[-1]",
        "a batch of one, two directions": "(1, 2H) for a batch of one",
        "its halves are out[:, -1, :H] and out[:, 0, H:] of a GRU": "forward ends at the last step, backward at t = 0",
        "arguments that it changes": "no operation in place on hidden",
        "gradients": "pick by indexing and torch.cat, without detach",
    },
    judge_cases,
)

CHECKS = [LSTM_STEP, OTHER_STEPS, RECURRENT, STEP_BY_STEP, FINAL_STATES]
