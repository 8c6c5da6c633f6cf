"""Checks of part 4 of `recurrent_networks`: a decoder that is taught with the truth and must write without it."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from typing import Any

import numpy as np
import torch
from torch import nn

from course_lib.checks.base import Check, judge_cases
from course_lib.checks.observers import Inputs, Observed, kind, number, seeded
from course_lib.checks.text_classification.recurrent import changes, copies
from course_lib.observation import attempt

PAD, UNK, BOS, EOS = 0, 1, 2, 3
TOKENS, HIDDEN = 9, 4

# --- teacher_probability -----------------------------------------------------------------------------------


def probability_inputs(seed: int) -> Inputs:
    """Some k, and steps for each."""
    rng = seeded(seed, 81)
    ks = [1, 9, int(rng.integers(20, 60)), float(rng.integers(20, 60)) + 0.5]
    return {"ks": ks, "steps": [[1, *rng.integers(1, round(8 * k) + 2, size=5).tolist()] for k in ks]}


def observe_teacher_probability(inputs: Inputs, teacher_probability: Any) -> Observed:
    """Probabilities over steps."""
    ks, last = inputs["ks"], inputs["ks"][2]

    def falls() -> bool:
        values = [teacher_probability(step, last) for step in range(0, 8 * last, last // 5)]
        return all(later < earlier for earlier, later in pairwise(values))

    yield "what it returns", attempt(lambda: number(teacher_probability(5, 10)))
    yield "step 0, k = 9", attempt(teacher_probability, 0, 9)
    yield "step 0, other k", attempt(lambda: [teacher_probability(0, k) for k in ks])
    yield "step 1, k = 1", attempt(teacher_probability, 1, 1)
    yield "it falls", attempt(falls)
    for k, steps in zip(ks, inputs["steps"], strict=True):
        name = f"steps, k = {k}" if k in (1, 9) else f"steps, another k {'(whole)' if k == last else '(not whole)'}"
        yield name, attempt(lambda k=k, steps=steps: [teacher_probability(step, k) for step in steps])
    yield "step 5,000, k = 500", attempt(teacher_probability, 5000, 500)
    yield "step 1,000,000, k = 1", attempt(teacher_probability, 10**6, 1)
    yield "step 1,000,000, k = 50", attempt(teacher_probability, 10**6, 50)


TEACHER_PROBABILITY = Check(
    "recurrent_networks.teacher_probability",
    probability_inputs,
    observe_teacher_probability,
    {
        "what it returns": "a float",
        "step 0, k = 9": "exp(0) is 1, so it is k / (k + 1) = 0.9",
        "step 0, other k": "k / (k + 1) in the first step",
        "step 1, k = 1": "1 / (1 + e)",
        "it falls": "with every step the teacher is there more rarely",
        "steps, k = 1": "k / (k + exp(step / k))",
        "steps, k = 9": "the step is divided by k inside the exponential, and not rounded",
        "steps, another k (whole)": "k stands in three places of the formula",
        "steps, another k (not whole)": "k need not be a whole number",
        "step 5,000, k = 500": "a late step is not a large exponent: 5,000 / 500 is only 10",
        "step 1,000,000, k = 1": "0.0, without an error: cut the exponent off before the exponential",
        "step 1,000,000, k = 50": "0.0, without an error: cut the exponent off before the exponential",
    },
    judge_cases,
)

# --- unroll ------------------------------------------------------------------------------------------------


class WatchedDecoder(nn.Module):
    """A small recurrent decoder with given weights, in float64, that notes what it reads."""

    def __init__(self, weights: dict[str, np.ndarray]) -> None:
        super().__init__()
        self.table, self.recurrent, self.out = (
            nn.Parameter(torch.tensor(weights[name])) for name in ("table", "recurrent", "out")
        )
        self.read: list[torch.Tensor] = []

    def forward(self, tokens: torch.Tensor, hidden: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Logits (B, V) and the new hidden (B, H)."""
        self.read.append(tokens.detach().clone())
        hidden = torch.tanh(hidden @ self.recurrent + self.table[tokens])
        return hidden @ self.out, hidden


class Stubborn(nn.Module):
    """A decoder that always says the same token, which notes what it reads."""

    def __init__(self, token: int) -> None:
        super().__init__()
        self.token = token
        self.read: list[torch.Tensor] = []

    def forward(self, tokens: torch.Tensor, hidden: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Logits (B, V) and the same hidden (B, H)."""
        self.read.append(tokens.detach().clone())
        logits = torch.zeros(len(hidden), TOKENS)
        logits[:, self.token] = 1.0
        return logits, hidden


@contextmanager
def fixed_coins(seed: int = 2) -> Iterator[None]:
    """The same random numbers in every run; afterwards those of before go on."""
    before, numpy_before = random.getstate(), np.random.get_state()
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        random.seed(seed)
        np.random.seed(seed)
        try:
            yield
        finally:
            random.setstate(before)
            np.random.set_state(numpy_before)


def decoder_weights(rng: np.random.Generator) -> dict[str, np.ndarray]:
    """Weights of a WatchedDecoder whose own tokens change from step to step."""
    return {
        "table": rng.normal(size=(TOKENS, HIDDEN)),
        "recurrent": rng.normal(size=(HIDDEN, HIDDEN)) * 0.8,
        "out": rng.normal(size=(HIDDEN, TOKENS)),
    }


def unroll_inputs(seed: int) -> Inputs:
    """Weights of a decoder, states to start from and targets, some with EOS and PAD."""
    rng = seeded(seed, 82)
    targets = rng.integers(4, TOKENS, size=(5, 6))
    targets[1, 3:] = [EOS, PAD, PAD]
    targets[3, 5] = EOS
    return {
        "weights": decoder_weights(rng),
        "hidden": rng.uniform(-0.9, 0.9, size=(5, HIDDEN)),
        "targets": targets,
        "loss": [rng.normal(size=(5, 6, TOKENS)), rng.normal(size=(5, 6, HIDDEN))],
    }


ROWS, STEPS, OWN, TRUE = 3000, 6, 7, 5


def coins(unroll: Any, probability: float) -> torch.Tensor:
    """Which of the tokens after the first are the true ones (B, T - 1); 0.5 for a token that is neither."""
    decoder = Stubborn(OWN)
    with fixed_coins():
        unroll(decoder, torch.zeros(ROWS, 1), torch.full((ROWS, STEPS), TRUE), probability)
    read = torch.stack(decoder.read, dim=1)[:, 1:STEPS]
    return torch.where(read == TRUE, 1.0, torch.where(read == OWN, 0.0, 0.5))


def roughly(share: float, wanted: float) -> float:
    """The share that was wanted if it is close, else the share itself."""
    return wanted if abs(share - wanted) < 0.05 else round(share, 2)


def observe_unroll(inputs: Inputs, unroll: Any) -> Observed:
    """What the decoder reads, what comes out, and where gradients go."""
    hidden, targets = torch.tensor(inputs["hidden"]), torch.tensor(inputs["targets"])

    def run(probability: float, rows: slice = slice(None), steps: int = 6) -> Any:
        decoder = WatchedDecoder(inputs["weights"])
        with fixed_coins():
            result = unroll(decoder, hidden[rows].clone(), targets[rows, :steps].clone(), probability)
        return decoder, result

    def read(probability: float) -> Any:
        return attempt(lambda: torch.stack(run(probability)[0].read, dim=1))

    def part(which: int, probability: float) -> Any:
        return attempt(lambda: run(probability)[1][which])

    def kinds() -> list[str]:
        return sorted({f"{kind(tokens)} {list(tokens.shape)}" for p in (1.0, 0.5, 0.0) for tokens in run(p)[0].read})

    def gradients(probability: float) -> dict[str, Any]:
        decoder, start = WatchedDecoder(inputs["weights"]), hidden.clone().requires_grad_()
        with fixed_coins():
            both = unroll(decoder, start, targets.clone(), probability)
        weighted = [(got * torch.tensor(weight)).sum() for got, weight in zip(both, inputs["loss"], strict=True)]
        torch.stack(weighted).sum().backward()
        return {"hidden": start.grad, **{name: weight.grad for name, weight in decoder.named_parameters()}}

    def shares(probability: float) -> Any:
        return attempt(lambda: [roughly(x, probability) for x in coins(unroll, probability).mean(dim=0).tolist()])

    def pairs(probability: float) -> float:
        true = coins(unroll, probability)
        return roughly((true[:, 1:] * true[:, :-1]).mean().item(), probability**2)

    def first() -> list[list[int]]:
        return [sorted(set(run(probability)[0].read[0].tolist())) for probability in (1.0, 0.5, 0.0)]

    def changed() -> list[str]:
        decoder = WatchedDecoder(inputs["weights"])
        with fixed_coins():
            return changes(lambda *given: unroll(decoder, *given, 0.5), {"hidden": hidden, "targets": targets})

    yield "what it returns", attempt(lambda: [list(part.shape) for part in run(1.0)[1]])
    yield "a batch of one", attempt(lambda: [list(part.shape) for part in run(1.0, slice(1))[1]])
    yield "one step", attempt(lambda: [list(part.shape) for part in run(0.0, steps=1)[1]])
    yield "calls of the decoder", attempt(lambda: len(run(1.0)[0].read))
    yield "first tokens that it reads", attempt(first)
    yield "types and shapes of the tokens", attempt(kinds)
    yield "tokens that it reads, probability 1", read(1.0)
    yield "logits, probability 1", part(0, 1.0)
    yield "states, probability 1", part(1, 1.0)
    yield "tokens that it reads, probability 0", read(0.0)
    yield "logits, probability 0", part(0, 0.0)
    yield "states, probability 0", part(1, 0.0)
    yield "tokens that are neither true nor its own", attempt(lambda: int((coins(unroll, 0.5) == 0.5).sum()))
    yield "share of true tokens in each step, probability 0.7", shares(0.7)
    yield "share of true tokens in each step, probability 0.2", shares(0.2)
    yield "true tokens in two steps on end, probability 0.5", attempt(pairs, 0.5)
    yield "gradients, probability 1", attempt(gradients, 1.0)
    yield "gradients, probability 0", attempt(gradients, 0.0)
    yield "arguments that it changes", attempt(changed)


UNROLL = Check(
    "recurrent_networks.unroll",
    unroll_inputs,
    observe_unroll,
    {
        "what it returns": "a pair: logits (B, T, V) and states (B, T, H), time in dimension 1",
        "a batch of one": "a batch of one keeps its dimension: (1, T, V) and (1, T, H)",
        "one step": "T is the length of targets, and may be 1",
        "calls of the decoder": "one call for each of the T steps",
        "first tokens that it reads": "BOS in every row, whatever the probability",
        "types and shapes of the tokens": "int64, one token for each row: (B,)",
        "tokens that it reads, probability 1": "BOS, then the true token of the step before",
        "logits, probability 1": "what the decoder gives in each step, in this order",
        "states, probability 1": "the hidden that comes out of each step",
        "tokens that it reads, probability 0": "BOS, then the argmax of the logits of the step before, row by row",
        "logits, probability 0": "the hidden of each step goes into the next one",
        "states, probability 0": "the hidden that comes out of each step",
        "tokens that are neither true nor its own": "each token is the true one before or the argmax before",
        "share of true tokens in each step, probability 0.7": "each row has a coin of its own; heads is the true token",
        "share of true tokens in each step, probability 0.2": "the true token comes with `probability`",
        "true tokens in two steps on end, probability 0.5": "throw the coins anew in each step",
        "gradients, probability 1": "no detach and no no_grad: the states are connected from the last to the first",
        "gradients, probability 0": "only the choice of the token has no gradient; the states have",
        "arguments that it changes": "no operation in place on hidden or targets",
    },
    judge_cases,
)

# --- generate ----------------------------------------------------------------------------------------------

MOST_CALLS = 60


class ScriptedDecoder(nn.Module):
    """A decoder that says what is written in a script, as long as it reads what it said before.

    hidden (B, 2): the row of the script, and the step. After a wrong token it says UNK, till the row has ended.
    """

    def __init__(self, script: np.ndarray, noise: np.ndarray) -> None:
        super().__init__()
        self.script = torch.tensor(script)
        self.noise = torch.tensor(noise)
        self.calls = 0

    def forward(self, tokens: torch.Tensor, hidden: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Logits (B, V) and the new hidden (B, 2). Raises: RuntimeError: called far too often."""
        self.calls += 1
        if self.calls > MOST_CALLS:
            raise RuntimeError(f"the decoder was called more than {MOST_CALLS} times")
        row, step = hidden[:, 0].long(), hidden[:, 1].long()
        before = torch.where(step > 0, self.script[row, step - 1], BOS)
        ended = ((self.script[row] == EOS) & (torch.arange(self.script.shape[1]) < step[:, None])).any(dim=1)
        said = torch.where((tokens == before) | ended, self.script[row, step], UNK)
        logits = self.noise[row, step] + 2.0 * nn.functional.one_hot(said, TOKENS)
        return logits, torch.stack([hidden[:, 0], hidden[:, 1] + 1], dim=1)


def generate_inputs(seed: int) -> Inputs:
    """Six rows of a script, and noise for the logits."""
    rng = seeded(seed, 83)
    script = rng.integers(4, TOKENS, size=(6, MOST_CALLS + 1))
    for row, end in enumerate((3, 5, 0, 1, 7)):  # row 5 does not end
        script[row, end] = EOS
    script[1, 1:4] = [UNK, PAD, BOS]
    script[0, 5] = EOS  # a second one
    return {"script": script, "noise": rng.uniform(-3, -2, size=(6, MOST_CALLS + 1, TOKENS))}


def observe_generate(inputs: Inputs, generate: Any) -> Observed:
    """What is written, and how often the decoder is asked."""

    def run(rows: list[int], max_length: int) -> tuple[Any, int]:
        decoder = ScriptedDecoder(inputs["script"], inputs["noise"])
        hidden = torch.tensor([[row, 0] for row in rows], dtype=torch.float64)
        with fixed_coins():
            return generate(decoder, hidden, max_length), decoder.calls

    def written(rows: list[int], max_length: int = 20) -> Any:
        return attempt(lambda: run(rows, max_length)[0])

    def calls(rows: list[int], max_length: int = 20) -> Any:
        return attempt(lambda: run(rows, max_length)[1])

    def kinds() -> list[Any]:
        found = run([0, 4], 20)[0]
        items = {"int" if isinstance(item, np.integer) else kind(item) for row in found for item in row}
        return [kind(found), *map(kind, found), sorted(items)]

    def changed() -> list[str]:
        decoder = ScriptedDecoder(inputs["script"], inputs["noise"])
        return changes(lambda hidden: generate(decoder, hidden, 20), {"hidden": torch.tensor([[0.0, 0.0], [4.0, 0.0]])})

    yield "what it returns", attempt(kinds)
    yield "one row", written([0])
    yield "two rows of the same length", written([0, 0])
    yield "rows that end at different steps", written([3, 0, 4])
    yield "UNK, PAD and BOS in a row", written([1])
    yield "a row that ends at once", written([0, 2])
    yield "a row that does not end, max_length = 9", written([5], 9)
    yield "all rows, max_length = 9", written(list(range(6)), 9)
    yield "max_length = 4 cuts rows off", written([0, 4, 3], 4)
    yield "max_length = 1", written([5, 2], 1)
    yield "EOS would be the next token", written([0], 3)
    yield "calls for one row of 3 tokens", calls([0])
    yield "calls for rows of 1, 3 and 7 tokens", calls([3, 0, 4])
    yield "calls where all rows are empty", calls([2, 2])
    yield "calls where a row does not end, max_length = 9", calls([0, 5], 9)
    yield "arguments that it changes", attempt(changed)


GENERATE = Check(
    "recurrent_networks.generate",
    generate_inputs,
    observe_generate,
    {
        "what it returns": "a list with a list of ints for each row",
        "one row": "BOS is read first, then always the decoder's own last token; BOS and EOS are not in the result",
        "two rows of the same length": "a list for each row",
        "rows that end at different steps": "each row is cut before its own first EOS; the others go on",
        "UNK, PAD and BOS in a row": "only EOS ends a row; all other tokens stay",
        "a row that ends at once": "an empty list",
        "a row that does not end, max_length = 9": "max_length tokens",
        "all rows, max_length = 9": "at most max_length tokens of each row, up to before its first EOS",
        "max_length = 4 cuts rows off": "a row that has not ended keeps its max_length tokens",
        "max_length = 1": "one step, one token",
        "EOS would be the next token": "a row may have max_length tokens",
        "calls for one row of 3 tokens": "four: the last one says EOS; stop then",
        "calls for rows of 1, 3 and 7 tokens": "eight: go on until the longest row has ended, and no further",
        "calls where all rows are empty": "one",
        "calls where a row does not end, max_length = 9": "the decoder is called at most max_length times",
        "arguments that it changes": "no operation in place on hidden",
    },
    judge_cases,
)

# --- sequence_loss -----------------------------------------------------------------------------------------


def loss_inputs(seed: int) -> Inputs:
    """Logits (B, T, V) and targets of rows of 6, 2, 4 and 1 tokens."""
    rng = seeded(seed, 84)
    targets = rng.integers(1, TOKENS, size=(4, 6))
    for row, length in enumerate((6, 2, 4, 1)):
        targets[row, length:] = PAD
    targets[0, 2], targets[2, 3] = UNK, EOS
    return {"logits": rng.normal(size=(4, 6, TOKENS)) * 2, "targets": targets, "other": rng.normal(size=(4, 6, TOKENS))}


def observe_sequence_loss(inputs: Inputs, sequence_loss: Any) -> Observed:
    """Losses over batches with more and less padding, and their gradients."""
    logits, targets = torch.tensor(inputs["logits"]), torch.tensor(inputs["targets"])
    real = (targets != PAD)[..., None]

    def loss(*given: torch.Tensor) -> Any:
        return attempt(lambda: sequence_loss(*copies(given)))

    def gradient(true: torch.Tensor) -> Any:
        watched = logits.clone().requires_grad_()
        sequence_loss(watched, true.clone()).backward()
        return watched.grad

    def longer() -> torch.Tensor:
        wide = torch.cat([logits, torch.tensor(inputs["other"])], dim=1)
        return sequence_loss(wide, torch.cat([targets, torch.full_like(targets, PAD)], dim=1))

    def returned() -> list[Any]:
        value = sequence_loss(*copies((logits, targets)))
        return [kind(value), list(value.shape)]

    yield "what it returns", attempt(returned)
    yield "all logits equal, no padding", loss(torch.zeros(2, 3, 20), torch.full((2, 3), 5))
    yield "one token", loss(logits[:1, :1], targets[:1, :1])
    yield "a row without padding", loss(logits[:1], targets[:1])
    yield "a row with padding", loss(logits[1:2], targets[1:2])
    yield "rows of different length", loss(logits, targets)
    yield "all logits equal, with padding", loss(torch.zeros(4, 6, 20), targets)
    yield "other logits at the padding", loss(torch.where(real, logits, torch.tensor(inputs["other"])), targets)
    yield "more padding", attempt(longer)
    yield "large logits", loss(logits * 300, targets)
    yield "only padding", loss(logits, torch.zeros_like(targets))
    yield "gradients", attempt(gradient, targets)
    yield "gradients, only padding", attempt(gradient, torch.zeros_like(targets))
    yield "arguments that it changes", attempt(lambda: changes(sequence_loss, {"logits": logits, "targets": targets}))


SEQUENCE_LOSS = Check(
    "recurrent_networks.sequence_loss",
    loss_inputs,
    observe_sequence_loss,
    {
        "what it returns": "a scalar tensor, without .item()",
        "all logits equal, no padding": "ln V: -log of the softmax at the true token, with the natural logarithm",
        "one token": "-log softmax(logits)[true token]",
        "a row without padding": "the mean over the tokens; flatten(0, 1) keeps the V logits of a token together",
        "a row with padding": "tokens that are PAD do not count, in the sum and in what it is divided by",
        "rows of different length": "one mean over all real tokens of the batch, not a mean of rows",
        "all logits equal, with padding": "ln V, however much padding there is",
        "other logits at the padding": "what the network says at the padding does not matter",
        "more padding": "padding must not make the loss smaller",
        "large logits": "take the logarithm of the softmax in one step: F.cross_entropy, log_softmax, logsumexp",
        "only padding": "0: divide by at least 1",
        "gradients": "of the mean over real tokens; 0 at the padding",
        "gradients, only padding": "0 everywhere, and the loss stays connected to the logits",
        "arguments that it changes": "no operation in place",
    },
    judge_cases,
)

# --- professor_losses --------------------------------------------------------------------------------------


class Judge(nn.Module):
    """A discriminator with given weights, in float64, that looks at each row by itself."""

    def __init__(self, weight: np.ndarray, bias: float) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.tensor(weight))
        self.bias = nn.Parameter(torch.tensor(bias, dtype=torch.float64))

    def forward(self, states: torch.Tensor) -> torch.Tensor:
        """Logits (B,) of states (B, T, H)."""
        return (torch.tanh(states) * self.weight).sum(dim=(1, 2)) + self.bias


def professor_inputs(seed: int) -> Inputs:
    """States of two runs, and weights of a discriminator."""
    rng = seeded(seed, 85)
    return {
        "teacher_states": rng.normal(size=(5, 3, HIDDEN)),
        "free_states": rng.normal(size=(5, 3, HIDDEN)),
        "weight": rng.normal(size=(3, HIDDEN)),
        "bias": float(rng.uniform(0.3, 0.8)),
    }


def observe_professor_losses(inputs: Inputs, professor_losses: Any) -> Observed:
    """The two losses, and what each of them has a gradient for."""
    teacher, free = torch.tensor(inputs["teacher_states"]), torch.tensor(inputs["free_states"])

    def judge(scale: float = 1.0, bias: float | None = None) -> Judge:
        return Judge(inputs["weight"] * scale, inputs["bias"] if bias is None else bias)

    def losses(*arguments: Any, rows: int = 5) -> Any:
        return attempt(lambda: list(professor_losses(judge(*arguments), teacher[:rows].clone(), free[:rows].clone())))

    def gradients(which: int) -> dict[str, Any]:
        discriminator = judge()
        watched = {"teacher_states": teacher.clone().requires_grad_(), "free_states": free.clone().requires_grad_()}
        professor_losses(discriminator, *watched.values())[which].backward()
        found = watched if which else watched | dict(discriminator.named_parameters())
        return {name: torch.zeros_like(at) if at.grad is None else at.grad for name, at in found.items()}

    def returned() -> list[Any]:
        return [[kind(part), list(part.shape)] for part in professor_losses(judge(), *copies((teacher, free)))]

    def touched() -> list[str]:
        """Weights of the discriminator that have changed, have a gradient or can no longer be trained."""
        discriminator = judge()
        professor_losses(discriminator, teacher.clone().requires_grad_(), free.clone().requires_grad_())
        pairs = zip(discriminator.named_parameters(), judge().parameters(), strict=True)
        return [
            name
            for (name, now), before in pairs
            if now.grad is not None or not now.requires_grad or not torch.equal(now, before)
        ]

    def changed() -> list[str]:
        given = {"teacher_states": teacher, "free_states": free}
        return changes(lambda *states: professor_losses(judge(), *states), given)

    yield "what it returns", attempt(returned)
    yield "a discriminator that knows nothing", losses(0.0, 0.0)
    yield "a discriminator that says the teacher is there", losses(0.0, 3.0)
    yield "a discriminator that says he is not", losses(0.0, -3.0)
    yield "one row", losses(rows=1)
    yield "both losses", losses()
    yield "logits of 1,000", losses(0.0, 1000.0)
    yield "logits of -1,000", losses(0.0, -1000.0)
    yield "gradients of the discriminator's loss", attempt(gradients, 0)
    yield "gradients of the generator's loss", attempt(gradients, 1)
    yield "weights of the discriminator that it touches", attempt(touched)
    yield "arguments that it changes", attempt(changed)


PROFESSOR_LOSSES = Check(
    "recurrent_networks.professor_losses",
    professor_inputs,
    observe_professor_losses,
    {
        "what it returns": "a pair of scalar tensors: the discriminator's loss, then the generator's",
        "a discriminator that knows nothing": "(2 ln 2, ln 2): the first is a sum of two means",
        "a discriminator that says the teacher is there": "D is the probability that the teacher was there",
        "a discriminator that says he is not": "the generator's loss -log D is large where it is found out",
        "one row": "teacher states have label 1, free ones 0; for the generator, free ones have label 1",
        "both losses": "means over the rows",
        "logits of 1,000": "start from the logits: log(1 - sigmoid(1000)) is log 0",
        "logits of -1,000": "start from the logits: log(sigmoid(-1000)) is log 0",
        "gradients of the discriminator's loss": "the discriminator's weights only: detach the states of both runs",
        "gradients of the generator's loss": "into free_states, not into teacher_states",
        "weights of the discriminator that it touches": "compute two losses: no backward, no step, no freezing",
        "arguments that it changes": "no operation in place on the states",
    },
    judge_cases,
)

CHECKS: list[Check] = [TEACHER_PROBABILITY, UNROLL, GENERATE, SEQUENCE_LOSS, PROFESSOR_LOSSES]
