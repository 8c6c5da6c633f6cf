"""Checks of `toy_chooser`, part 2: the states of a reader, two scorers, and the chooser that is made of them."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import torch
from torch import nn

from course_lib.checks.base import Check, judge_cases
from course_lib.checks.observers import Inputs, Observed, seeded
from course_lib.checks.recurrent_networks.cells import weighted
from course_lib.checks.text_classification.models import SAME, double_precision, transplant
from course_lib.checks.text_classification.recurrent import changes, copies
from course_lib.observation import attempt

PAD, NUM_SYMBOLS = 10, 13
SYMBOLS = [*range(10), 11, 12]  # all but PAD
EMBED, HIDDEN, PROJ = 3, 4, 5
DIRECTIONS = ("", "_reverse")

# --- final_states ------------------------------------------------------------------------------------------


def lstm_weights(rng: np.random.Generator, prefix: str = "") -> dict[str, np.ndarray]:
    """Weights of a bidirectional LSTM."""
    weights: dict[str, np.ndarray] = {}
    for direction in DIRECTIONS:
        weights |= {
            f"{prefix}weight_ih_l0{direction}": rng.normal(size=(4 * HIDDEN, EMBED)) * 0.7,
            f"{prefix}weight_hh_l0{direction}": rng.normal(size=(4 * HIDDEN, HIDDEN)) * 0.7,
            f"{prefix}bias_ih_l0{direction}": rng.normal(size=4 * HIDDEN) * 0.4,
            f"{prefix}bias_hh_l0{direction}": rng.normal(size=4 * HIDDEN) * 0.4,
        }
    return weights


def states_inputs(seed: int) -> Inputs:
    """Rows (N, T, D) of different length in no order, something in their padding, and weights."""
    rng = seeded(seed, 84)
    lengths = [3, 6, 1, int(rng.integers(4, 6)), 2]
    return {"x": rng.normal(size=(5, 6, EMBED)), "lengths": np.array(lengths), "weights": lstm_weights(rng)}


def observe_final_states(inputs: Inputs, final_states: Any) -> Observed:
    """States of a bidirectional LSTM with given weights."""
    x, lengths = torch.tensor(inputs["x"]), torch.tensor(inputs["lengths"])
    full = torch.full((2,), x.shape[1])

    def make() -> nn.LSTM:
        rnn = nn.LSTM(EMBED, HIDDEN, batch_first=True, bidirectional=True)
        transplant(rnn, inputs["weights"])
        return rnn

    def states(rows: torch.Tensor, sizes: torch.Tensor) -> torch.Tensor:
        return final_states(make(), *copies((rows, sizes)))

    def half(rows: torch.Tensor, sizes: torch.Tensor, backward: bool) -> torch.Tensor:
        found = states(rows, sizes)
        return found[:, HIDDEN:] if backward else found[:, :HIDDEN]

    def differs(rows: torch.Tensor, sizes: torch.Tensor) -> str:
        apart = (states(rows, sizes) - states(x, lengths)).abs().max() > SAME
        return "other states" if apart else "the same states"

    def alone() -> str:
        single = [states(x[n : n + 1, :length], lengths[n : n + 1]) for n, length in enumerate(lengths.tolist())]
        return "other states" if (torch.cat(single) - states(x, lengths)).abs().max() > SAME else "the same states"

    def loud() -> torch.Tensor:
        padding = torch.arange(x.shape[1]) >= lengths[:, None]
        return x.masked_fill(padding[..., None], 7.0)

    def in_other_orders() -> list[str]:
        orders = [lengths.argsort(), lengths.argsort(descending=True), torch.tensor([4, 0, 3, 1, 2])]
        expected = states(x, lengths)
        found = [(states(x[order], lengths[order]) - expected[order]).abs().max() > SAME for order in orders]
        return ["other states" if apart else "the same states" for apart in found]

    def gradients() -> list[Any]:
        rnn, watched = make(), x.clone().requires_grad_()
        weighted([final_states(rnn, watched, lengths.clone())]).backward()
        names = [f"{kind_}_{gate}_l0{end}" for kind_, gate in (("weight", "hh"), ("bias", "ih")) for end in DIRECTIONS]
        return [watched.grad, *(rnn.get_parameter(name).grad for name in names)]

    def changed() -> list[str]:
        rnn = make()
        found = changes(lambda *given: final_states(rnn, *given), {"x": x, "lengths": lengths})
        before = dict(make().named_parameters())
        return found + [name for name, weight in rnn.named_parameters() if not torch.equal(weight, before[name])]

    with double_precision():
        yield "shape", attempt(lambda: list(states(x, lengths).shape))
        yield "a row of one symbol", attempt(states, x[2:3, :1], lengths[2:3])
        yield "rows without padding, forward", attempt(half, x[:2], full, False)
        yield "rows without padding, backward", attempt(half, x[:2], full, True)
        yield "rows of different length, forward", attempt(half, x, lengths, False)
        yield "rows of different length, backward", attempt(half, x, lengths, True)
        yield "each row alone, without its padding", attempt(alone)
        yield "something else in the padding", attempt(lambda: differs(loud(), lengths))
        yield "three more columns of padding", attempt(lambda: differs(torch.cat([x, x[:, :3]], dim=1), lengths))
        yield "the same rows in three other orders", attempt(in_other_orders)
        yield "arguments that it changes", attempt(changed)
        yield "gradients", attempt(gradients)


FINAL_STATES = Check(
    "toy_chooser.final_states",
    states_inputs,
    observe_final_states,
    {
        "shape": "(N, 2H): the state of the forward half, then that of the backward half",
        "a row of one symbol": "h of the forward half, then h of the backward half; not the cells",
        "rows without padding, forward": "forward: the state after the last symbol",
        "rows without padding, backward": "backward: the state after the first symbol, which it reads last",
        "rows of different length, forward": "forward: the state after the last symbol of each row, before the padding",
        "rows of different length, backward": "it must start at each row's own last symbol: pack with the lengths",
        "each row alone, without its padding": "a row has the same states alone and among longer ones",
        "something else in the padding": "what stands in the padding must not be read",
        "three more columns of padding": "there may be columns in which all is padding",
        "the same rows in three other orders": "rows may come in any order of lengths, and keep it",
        "arguments that it changes": "no operation in place on x, lengths or the weights",
        "gradients": "nothing is detached: x and the weights of both directions get gradients",
    },
    judge_cases,
)

# --- scorers -----------------------------------------------------------------------------------------------


def vectors_inputs(rng: np.random.Generator, problems: int, options: int, size: int = PROJ) -> Inputs:
    """Vectors x (B, P) and y (B, K, P)."""
    return {"x": rng.normal(size=(problems, size)), "y": rng.normal(size=(problems, options, size))}


def mlp_inputs(seed: int) -> Inputs:
    """Vectors, and weights with the product and without."""
    rng = seeded(seed, 85)
    weights = {
        name: {
            "mlp.0.weight": rng.normal(size=(PROJ, parts * PROJ)) * 0.6,
            "mlp.0.bias": rng.normal(size=PROJ) * 0.5,
            "mlp.2.weight": rng.normal(size=(1, PROJ)),
            "mlp.2.bias": rng.normal(size=1),
        }
        for name, parts in (("product", 3), ("plain", 2))
    }
    return {**vectors_inputs(rng, 3, 4), "weights": weights}


def observe_mlp_scorer(inputs: Inputs, scorer_class: Any) -> Observed:
    """Scores of pairs, with given weights."""
    x, y = torch.tensor(inputs["x"]), torch.tensor(inputs["y"])

    def make(name: str = "product") -> nn.Module:
        scorer = scorer_class(PROJ) if name == "product" else scorer_class(PROJ, product=False)
        return transplant(scorer, inputs["weights"][name])

    def scores(number: torch.Tensor, options: torch.Tensor, name: str = "product") -> torch.Tensor:
        return make(name)(*copies((number, options)))

    def shapes(*arguments: Any) -> dict[str, list[int]]:
        return {name: list(weight.shape) for name, weight in scorer_class(*arguments).named_parameters()}

    def independent() -> str:
        single = [[scores(x[b : b + 1], y[b : b + 1, k : k + 1])[0, 0].item() for k in range(4)] for b in range(3)]
        apart = (torch.tensor(single) - scores(x, y)).abs().max() > SAME
        return "other scores" if apart else "the same scores"

    def gradients() -> list[Any]:
        scorer, number, options = make(), x.clone().requires_grad_(), y.clone().requires_grad_()
        weighted([scorer(number, options)]).backward()
        return [number.grad, options.grad, *(weight.grad for _, weight in sorted(scorer.named_parameters()))]

    def layers() -> list[str]:
        return [type(layer).__name__ for layer in make().get_submodule("mlp").children()]

    yield "parameters and their shapes", attempt(shapes, 7)
    yield "parameters and their shapes, product=True", attempt(shapes, 7, True)
    yield "parameters and their shapes, product=False", attempt(shapes, 7, False)
    with double_precision():
        yield "layers of mlp", attempt(layers)
        yield "shape of the scores", attempt(lambda: list(scores(x, y).shape))
        yield "shape for one problem with one option", attempt(lambda: list(scores(x[:1], y[:1, :1]).shape))
        yield "one problem with one option, product=False", attempt(scores, x[:1], y[:1, :1], "plain")
        yield "one problem with one option", attempt(scores, x[:1], y[:1, :1])
        yield "one problem", attempt(scores, x[:1], y[:1])
        yield "problems with one option", attempt(scores, x, y[:, :1])
        yield "problems with three options", attempt(scores, x, y[:, :3])
        yield "problems with four options", attempt(scores, x, y)
        yield "problems with four options, product=False", attempt(scores, x, y, "plain")
        yield "each pair alone", attempt(independent)
        yield "arguments that it changes", attempt(lambda: changes(make(), {"x": x, "y": y}))
        yield "gradients", attempt(gradients)


MLP_SCORER = Check(
    "toy_chooser.mlp_scorer",
    mlp_inputs,
    observe_mlp_scorer,
    {
        "parameters and their shapes": "mlp: Linear from 3P to P, ReLU, Linear from P to 1; product is True by default",
        "parameters and their shapes, product=True": "x, y and x * y are 3P numbers",
        "parameters and their shapes, product=False": "without the product, x and y are 2P numbers",
        "layers of mlp": "mlp = nn.Sequential(nn.Linear, nn.ReLU, nn.Linear), and nothing else",
        "shape of the scores": "(B, K): squeeze the last dimension, which is 1",
        "shape for one problem with one option": "(1, 1): squeeze the last dimension only, not others that are 1",
        "one problem with one option, product=False": "the network reads x, then y",
        "one problem with one option": "the network reads x, then y, then x * y, number by number",
        "one problem": "x goes with each of its K options",
        "problems with one option": "x[b] goes with y[b]",
        "problems with three options": "x[b] goes with each y[b, k]: expand x along the options, not the problems",
        "problems with four options": "x[b] goes with each y[b, k]; no softmax, no sigmoid",
        "problems with four options, product=False": "without the product: x, then y",
        "each pair alone": "the score of a pair does not depend on the others",
        "arguments that it changes": "no operation in place on x or y",
        "gradients": "x, y and all weights get gradients: nothing is detached",
    },
    judge_cases,
)


def cosine_inputs(seed: int) -> Inputs:
    """Vectors of very different length."""
    rng = seeded(seed, 86)
    vectors = vectors_inputs(rng, 3, 4)
    vectors["x"] *= np.array([1.0, 30.0, 0.2])[:, None]
    vectors["y"] *= np.array([1.0, 0.1, 50.0, 3.0])[:, None]
    return {**vectors, "scale": float(rng.uniform(2, 5))}


def observe_cosine_scorer(inputs: Inputs, scorer_class: Any) -> Observed:
    """Scores of pairs at several scales."""
    x, y, scale = torch.tensor(inputs["x"]), torch.tensor(inputs["y"]), inputs["scale"]

    def scores(number: torch.Tensor, options: torch.Tensor, *arguments: float) -> torch.Tensor:
        return scorer_class(*arguments)(*copies((number, options)))

    def longer() -> str:
        apart = (scores(20 * x, 0.3 * y, scale) - scores(x, y, scale)).abs().max() > 1e-5
        return "other scores" if apart else "the same scores"

    def gradients() -> list[Any]:
        number, options = x.clone().requires_grad_(), y.clone().requires_grad_()
        weighted([scorer_class(scale)(number, options)]).backward()
        return [number.grad, options.grad]

    plane = torch.tensor([[3.0, 4.0]], dtype=torch.float64)
    around = torch.tensor([[[6.0, 8.0], [4.0, -3.0], [-0.3, -0.4], [5.0, 0.0]]], dtype=torch.float64)
    with double_precision():
        yield "what is trained in it", attempt(lambda: [name for name, _ in scorer_class(scale).named_parameters()])
        yield "shape of the scores", attempt(lambda: list(scores(x, y, scale).shape))
        yield "shape for one problem with one option", attempt(lambda: list(scores(x[:1], y[:1, :1], scale).shape))
        yield "(3, 4) with (6, 8), (4, -3), (-0.3, -0.4), (5, 0), scale 1", attempt(scores, plane, around, 1.0)
        yield "the same, scale 2.5", attempt(scores, plane, around, 2.5)
        yield "the same, without scale", attempt(scores, plane, around)
        yield "problems with one option", attempt(scores, x, y[:, :1], scale)
        yield "problems with three options", attempt(scores, x, y[:, :3], scale)
        yield "problems with four options", attempt(scores, x, y, scale)
        yield "longer and shorter vectors", attempt(longer)
        yield "an option of zeros", attempt(scores, plane, around * torch.tensor([1.0, 0, 1, 0])[:, None], 2.0)
        yield "a number of zeros", attempt(scores, plane * 0, around, 2.0)
        yield "arguments that it changes", attempt(lambda: changes(scorer_class(scale), {"x": x, "y": y}))
        yield "gradients", attempt(gradients)


COSINE_SCORER = Check(
    "toy_chooser.cosine_scorer",
    cosine_inputs,
    observe_cosine_scorer,
    {
        "what is trained in it": "nothing in this scorer is trained: scale is a number, not an nn.Parameter",
        "shape of the scores": "(B, K): one score for each option",
        "shape for one problem with one option": "(1, 1): no dimension vanishes",
        "(3, 4) with (6, 8), (4, -3), (-0.3, -0.4), (5, 0), scale 1": "x . y / (|x| |y|): 1, 0, -1 and 0.6",
        "the same, scale 2.5": "scale times the cosine",
        "the same, without scale": "scale is 10 by default",
        "problems with one option": "x[b] goes with y[b]",
        "problems with three options": "x[b] goes with each y[b, k], along the last dimension",
        "problems with four options": "both vectors are divided by their own length, along the last dimension",
        "longer and shorter vectors": "the lengths of the vectors do not matter",
        "an option of zeros": "a vector of zeros has the score 0, and no 0 / 0",
        "a number of zeros": "a vector of zeros has the score 0, and no 0 / 0",
        "arguments that it changes": "no operation in place on x or y",
        "gradients": "x and y get gradients: nothing is detached",
    },
    judge_cases,
)

# --- toy_chooser -------------------------------------------------------------------------------------------


class Problems(NamedTuple):
    """A batch, with the fields of the notebook's `Batch`."""

    numbers: torch.Tensor
    number_lengths: torch.Tensor
    options: torch.Tensor
    option_lengths: torch.Tensor
    mask: torch.Tensor
    answers: torch.Tensor


def fading_sums(rnn: nn.LSTM, x: torch.Tensor, lengths: torch.Tensor) -> torch.Tensor:
    """A reader (N, 2H) that is no LSTM: sums in which early, or late, symbols count more, through weights of `rnn`.

    Raises: ValueError: what an LSTM with packed rows would not take.
    """
    if not isinstance(rnn, nn.LSTM):
        raise ValueError(f"read takes the LSTM first, not a {type(rnn).__name__}")
    if not (rnn.bidirectional and rnn.batch_first):
        raise ValueError("read takes a bidirectional nn.LSTM with batch_first=True")
    if x.dim() != 3 or x.shape[2] != rnn.input_size:
        raise ValueError(f"read takes x of (N, T, {rnn.input_size}), not {tuple(x.shape)}")
    if tuple(lengths.shape) != (len(x),):
        raise ValueError(f"read takes one length for each of {len(x)} rows, not {tuple(lengths.shape)}")
    if len(x) and not 1 <= int(lengths.min()) <= int(lengths.max()) <= x.shape[1]:
        raise ValueError(f"read takes lengths from 1 to T = {x.shape[1]}, not {lengths.tolist()}")
    steps = torch.arange(x.shape[1], device=x.device)
    real = (steps < lengths[:, None]).to(x.dtype)
    halves = []
    for direction, factor in zip(DIRECTIONS, (0.8, 1.3), strict=True):
        total = (x * (real * factor**steps)[..., None]).sum(dim=1)
        weight = rnn.get_parameter(f"weight_ih_l0{direction}")[: rnn.hidden_size]
        halves.append(torch.tanh(total @ weight.T + 0.1 * lengths[:, None]))
    return torch.cat(halves, dim=1)


class Distance(nn.Module):
    """A scorer: the weighted distance of x and 2y, with a minus."""

    def __init__(self) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.ones(PROJ))

    def forward(self, x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
        """Scores (B, K). Raises: ValueError: x is not (B, P) or y not (B, K, P)."""
        if x.dim() != 2 or y.dim() != 3 or len(x) != len(y):
            raise ValueError(f"scorer takes x (B, P) and y (B, K, P), not {tuple(x.shape)} and {tuple(y.shape)}")
        return -((x[:, None] - 2 * y).abs() * self.weight).sum(dim=2)


def chooser_inputs(seed: int) -> Inputs:
    """A batch of problems with different numbers of options, and weights."""
    rng = seeded(seed, 87)
    number_lengths = [4, 6, 3, 5]
    option_lengths = np.zeros((4, 4), dtype="int64")
    for row, count in enumerate((2, 4, 1, 3)):
        option_lengths[row, :count] = rng.integers(2, 6, size=count)
    option_lengths[1, :2] = 5, 3
    numbers, options = np.full((4, 6), PAD), np.full((4, 4, 5), PAD)
    for row, length in enumerate(number_lengths):
        numbers[row, :length] = rng.permutation(SYMBOLS)[:length]
    for place, length in np.ndenumerate(option_lengths):
        options[place][:length] = rng.permutation(SYMBOLS)[:length]
    weights = {
        "embeddings.weight": rng.normal(size=(NUM_SYMBOLS, EMBED)) * (np.arange(NUM_SYMBOLS) != PAD)[:, None],
        "scorer.weight": rng.uniform(0.5, 1.5, size=PROJ),
    }
    for name in ("sent", "option"):
        weights |= lstm_weights(rng, f"{name}_rnn.")
        weights |= {
            f"{name}_proj.weight": rng.normal(size=(PROJ, 2 * HIDDEN)) * 0.7,
            f"{name}_proj.bias": rng.normal(size=PROJ) * 0.5,
        }
    batch = (numbers, np.array(number_lengths), options, option_lengths, option_lengths > 0, np.array([1, 3, 0, 2]))
    return {"batch": list(batch), "weights": weights}


def observe_toy_chooser(inputs: Inputs, chooser_class: Any) -> Observed:
    """Scores of a chooser with given weights, which reads and scores by stand-ins."""
    whole = Problems(*map(torch.tensor, inputs["batch"]))
    counts = whole.mask.sum(dim=1).tolist()

    def fresh() -> nn.Module:
        return chooser_class(Distance(), EMBED, HIDDEN, PROJ, fading_sums)

    def make() -> nn.Module:
        return transplant(fresh(), inputs["weights"])

    def scores(batch: Problems) -> torch.Tensor:
        return make()(Problems(*copies(batch)))

    def some(problem: int, options: int) -> Problems:
        """One problem with its first options, without padding that it does not need."""
        rows = slice(problem, problem + 1)
        lengths = whole.option_lengths[rows, :options]
        return Problems(
            whole.numbers[rows, : int(whole.number_lengths[problem])],
            whole.number_lengths[rows],
            whole.options[rows, :options, : int(lengths.max())],
            lengths,
            whole.mask[rows, :options],
            whole.answers[rows],
        )

    def wider() -> Problems:
        """The same problems with room for two options more, and with longer rows."""
        return Problems(
            nn.functional.pad(whole.numbers, (0, 2), value=PAD),
            whole.number_lengths,
            nn.functional.pad(whole.options, (0, 3, 0, 2), value=PAD),
            nn.functional.pad(whole.option_lengths, (0, 2)),
            nn.functional.pad(whole.mask, (0, 2)),
            whole.answers,
        )

    def alone() -> str:
        together = scores(whole)
        found = [(scores(some(b, n))[0] - together[b, :n]).abs().max() > SAME for b, n in enumerate(counts)]
        return "other scores" if any(found) else "the same scores"

    def in_wider() -> list[Any]:
        found, before = scores(wider()), scores(whole)
        apart = (found[:, :4][whole.mask] - before[whole.mask]).abs().max() > SAME
        return [list(found.shape), "other scores" if apart else "the same scores"]

    def other_answers() -> str:
        found = scores(whole._replace(answers=torch.zeros_like(whole.answers)))
        return "the same scores" if torch.equal(found, scores(whole)) else "other scores"

    def shapes() -> dict[str, list[int]]:
        return {name: list(weight.shape) for name, weight in fresh().named_parameters()}

    def default_sizes() -> list[list[int]]:
        chooser = chooser_class(Distance())
        names = ("embeddings.weight", "sent_rnn.weight_ih_l0", "option_rnn.weight_ih_l0", "sent_proj.weight")
        return [list(chooser.get_parameter(name).shape) for name in names]

    def table() -> dict[str, Any]:
        embeddings = fresh().get_submodule("embeddings")
        weight = embeddings.get_parameter("weight").detach()
        return {
            "padding_idx": getattr(embeddings, "padding_idx", None),
            "row of PAD": "0" if not weight[PAD].any() else "not 0",
            "other rows": "not 0" if weight.any(dim=1).sum() == NUM_SYMBOLS - 1 else "some are 0",
        }

    def changed() -> list[str]:
        given = Problems(*copies(whole))
        make()(given)
        return [name for name in whole._fields if not torch.equal(getattr(given, name), getattr(whole, name))]

    def gradients() -> dict[str, Any]:
        chooser = make()
        found = chooser(Problems(*copies(whole)))
        weighted([found[whole.mask]]).backward()
        wanted = [f"{name}_{part}" for name in ("sent", "option") for part in ("rnn.weight_ih_l0", "proj.weight")]
        names = ["embeddings.weight", "scorer.weight", *wanted]
        gradient = {name: chooser.get_parameter(name).grad for name in names}
        return {name: None if value is None else value.to_dense() for name, value in gradient.items()}

    def loss_gradient() -> str:
        chooser = make()
        nn.functional.cross_entropy(chooser(Problems(*copies(whole))), whole.answers).backward()
        found = [weight.grad for weight in chooser.parameters() if weight.grad is not None]
        fine = all(bool(gradient.isfinite().all()) for gradient in found)
        return "finite" if fine and found else "not finite"

    yield "parameters and their shapes", attempt(shapes)
    yield "sizes without arguments", attempt(default_sizes)
    yield "the table", attempt(table)
    with double_precision():
        yield "shape of the scores", attempt(lambda: list(scores(whole).shape))
        yield "one problem with one option", attempt(scores, some(2, 1))
        yield "one problem with two options of different length", attempt(scores, some(1, 2))
        yield "one problem with four options", attempt(scores, some(1, 4))
        yield "where there is no option", attempt(lambda: scores(whole)[~whole.mask])
        yield "a batch", attempt(scores, whole)
        yield "each problem alone", attempt(alone)
        yield "room for two options more, and longer rows", attempt(in_wider)
        yield "other answers", attempt(other_answers)
        yield "arguments that it changes", attempt(changed)
        yield "gradients", attempt(gradients)
        yield "gradients of the loss", attempt(loss_gradient)


TOY_CHOOSER = Check(
    "toy_chooser.toy_chooser",
    chooser_inputs,
    observe_toy_chooser,
    {
        "parameters and their shapes": "embeddings, sent_rnn, sent_proj, option_rnn, option_proj, scorer; no others",
        "sizes without arguments": "D = 32, H = 64 of each direction, P = 128",
        "the table": "nn.Embedding(NUM_SYMBOLS, embed_size, padding_idx=PAD)",
        "shape of the scores": "(B, K): a score for each option, real or not",
        "one problem with one option": "embed, read, project; the number by sent_*, the option by option_*; then score",
        "one problem with two options of different length": "each option is read with its own length",
        "one problem with four options": "as scorer gives them: no softmax; options stay in their order",
        "where there is no option": "-math.inf, so that the softmax of the loss gives it 0",
        "a batch": "option k of problem b is scored for number b, and stays in its place",
        "each problem alone": "the scores of a problem do not depend on the other problems of the batch",
        "room for two options more, and longer rows": "more padding, and columns without any option, change nothing",
        "other answers": "the model must not look at the answers",
        "arguments that it changes": "no operation in place on the parts of the batch",
        "gradients": "all parts get gradients: nothing is detached",
        "gradients of the loss": "inf - inf and 0 * inf are nan: masked_fill puts -math.inf in place of a score",
    },
    judge_cases,
)

CHECKS = [FINAL_STATES, MLP_SCORER, COSINE_SCORER, TOY_CHOOSER]
