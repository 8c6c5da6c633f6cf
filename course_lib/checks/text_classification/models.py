"""Checks of the two models of `text_classification` that turn indices into logits."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import torch
from torch import nn

from course_lib.checks.base import Check, judge_cases
from course_lib.checks.observers import Inputs, Observed, seeded
from course_lib.observation import attempt

ALONE = "a text has the same logits alone and in a batch"
SAME = 1e-6  # logits of one text, alone and in a batch, in float64
NUM_WORDS, EMBED, HIDDEN, CLASSES = 12, 4, 6, 3
RATE = 0.25  # of dropout; not 0.5, which is what functions drop if nobody tells them


@contextmanager
def double_precision() -> Iterator[None]:
    """New tensors of floats are float64, also those that the student makes without a word about their type."""
    before = torch.get_default_dtype()
    torch.set_default_dtype(torch.float64)
    try:
        yield
    finally:
        torch.set_default_dtype(before)


def transplant(model: nn.Module, weights: dict[str, np.ndarray]) -> nn.Module:
    """The model in float64 with these parameters, by name; an error says which one is not as it should be.

    Random numbers that the model draws from here on are the same each time.
    """
    own = dict(model.named_parameters())
    if own.keys() != weights.keys():
        raise ValueError(f"the model has the parameters {', '.join(own)}; not {', '.join(weights)}")
    with torch.no_grad():
        for name, weight in weights.items():
            if own[name].shape != weight.shape:
                raise ValueError(f"{name} has the shape {tuple(own[name].shape)}, not {weight.shape}")
            own[name].copy_(torch.tensor(weight))
    torch.manual_seed(0)
    return model.double()


def texts_inputs(seed: int, stream: int) -> tuple[np.random.Generator, Inputs]:
    """Texts (B, T) padded with 0: short, full, of one word, and long; weights come from the same stream."""
    rng = seeded(seed, stream)
    lengths = [int(rng.integers(3, 6)), 9, 1, int(rng.integers(6, 9))]
    features = np.zeros((4, 9), dtype="int64")
    for row, length in enumerate(lengths):
        features[row, :length] = rng.integers(1, NUM_WORDS, size=length)
    features[:2, 2] = 1  # an unknown word is a word
    return rng, {"features": features, "lengths": lengths}


def embedding_weights(rng: np.random.Generator) -> np.ndarray:
    """A table (V, D) whose row for PAD is 0."""
    table = rng.normal(size=(NUM_WORDS, EMBED))
    table[0] = 0
    return table


def invariance(model: nn.Module, features: torch.Tensor, lengths: list[int]) -> bool:
    """Whether each text has the same logits alone and in the batch."""
    together = model(features)
    alone = torch.cat([model(features[row : row + 1, :length]) for row, length in enumerate(lengths)])
    return bool((together - alone).abs().max() <= SAME)


def model_cases(make: Callable[..., nn.Module], inputs: Inputs) -> Observed:
    """What holds for both models. make: called as `make(**arguments)`, gives a model with the weights of the check."""
    features, lengths = torch.tensor(inputs["features"]), inputs["lengths"]
    nothing = torch.zeros((2, 3), dtype=torch.int64)

    def eval_model(**arguments: Any) -> nn.Module:
        return make(**arguments).eval()

    yield "logits of one text", attempt(lambda: eval_model()(features[1:2]))
    yield "logits of a text of one word", attempt(lambda: eval_model()(features[2:3, :1]))
    yield "logits of a batch", attempt(lambda: eval_model()(features))
    yield ALONE, attempt(lambda: invariance(eval_model(), features, lengths))
    yield "a text without a word", attempt(lambda: eval_model()(nothing))
    yield (
        "dropout does nothing in evaluation",
        attempt(lambda: torch.equal(eval_model(dropout=RATE)(features), eval_model()(features))),
    )
    yield "dropout in training", attempt(_dropped, make, features[1:2])
    yield "no dropout unless asked for", attempt(_steady, make, features[1:2])
    yield "gradient of the word vectors", attempt(lambda: _gradient(eval_model(), features))


def _steady(make: Callable[..., nn.Module], text: torch.Tensor) -> bool:
    """Whether a model in training mode that nobody gave a rate of dropout always gives the logits of evaluation."""
    whole, model = make().eval()(text), make().train()
    return all(torch.equal(model(text), whole) for _ in range(20))


def _dropped(make: Callable[..., nn.Module], text: torch.Tensor) -> str:
    """What dropout does to the vector of a text that the classifier reads."""

    def vector(model: nn.Module) -> torch.Tensor:
        """The input (N,) of the classifier for each class (C, N): the gradient of its weight."""
        weight = model.get_submodule("classifier").get_parameter("weight")
        return torch.autograd.grad(model(text).sum(), weight)[0]

    whole = vector(make().eval())
    model = make(dropout=RATE).train()
    passes = torch.stack([vector(model) for _ in range(20)])
    if not (passes == passes[:, :1]).all():
        return "logits are dropped"
    ratios = sorted({round(ratio, 2) for ratio in (passes / whole)[:, whole != 0].flatten().tolist()})
    if len(ratios) > 2:
        return "the numbers of the vector change in many ways"
    return "each number of the vector times " + " or ".join(f"{ratio:.2f}" for ratio in ratios)


def _gradient(model: nn.Module, features: torch.Tensor) -> Any:
    logits = model(features)
    (logits * torch.arange(1, CLASSES + 1)).sum().backward()
    gradient = model.get_submodule("embeddings").get_parameter("weight").grad
    return gradient.to_dense() if gradient is not None else None


def start_of(model: nn.Module) -> dict[str, Any]:
    """How the table starts: its padding_idx, whether that row is 0, and how wide the others are spread."""
    embeddings = model.get_submodule("embeddings")
    table = embeddings.get_parameter("weight").detach()
    mean, spread = float(table[1:].mean()), float(table[1:].std())
    wide = "too wide" if spread > 0.25 else "too narrow" if spread < 0.04 else "fine"
    return {
        "padding_idx": getattr(embeddings, "padding_idx", None),
        "PAD is 0": not table[0].any(),
        "spread": wide if abs(mean) < spread / 2 else "not centred at 0",
    }


MODEL_HINTS = {
    ALONE: "the padding changes the result, so the company of a text in its batch decides its topic",
    "dropout does nothing in evaluation": "make nn.Dropout once, in __init__, so that model.eval() reaches it",
    "dropout in training": "nn.Dropout(dropout) on the vector of the text, before the classifier",
    "no dropout unless asked for": "the default rate is 0.0, as in the signature",
    "gradient of the word vectors": "padding_idx=PAD: the row for padding gets no gradient; those of the words do",
}

# --- CNNModel ----------------------------------------------------------------------------------------------

KERNELS = (1, 5, 3)


def cnn_inputs(seed: int) -> Inputs:
    """Texts, and weights for convolutions of several widths."""
    rng, inputs = texts_inputs(seed, 51)
    weights = {"embeddings.weight": embedding_weights(rng)}
    for place, size in enumerate(KERNELS):
        weights[f"convolutions.{place}.weight"] = rng.normal(size=(HIDDEN, EMBED, size)) / size
        weights[f"convolutions.{place}.bias"] = rng.normal(size=HIDDEN) * 0.5
    weights["classifier.weight"] = rng.normal(size=(CLASSES, HIDDEN * len(KERNELS)))
    weights["classifier.bias"] = rng.normal(size=CLASSES)
    return {**inputs, "weights": weights}


def observe_cnn_model(inputs: Inputs, model_class: Any) -> Observed:
    """Logits of a model with given weights."""

    def make(**arguments: Any) -> nn.Module:
        model = model_class(NUM_WORDS, EMBED, HIDDEN, num_classes=CLASSES, kernel_sizes=KERNELS, **arguments)
        return transplant(model, inputs["weights"])

    def shapes() -> dict[str, list[int]]:
        model = model_class(NUM_WORDS, EMBED, HIDDEN, num_classes=CLASSES, kernel_sizes=KERNELS)
        return {name: list(weight.shape) for name, weight in model.named_parameters()}

    yield "parameters and their shapes", attempt(shapes)
    yield (
        "classes and widths without arguments",
        attempt(lambda: [list(weight.shape) for weight in model_class(NUM_WORDS, EMBED, HIDDEN).parameters()][1::2]),
    )
    yield "start of the word vectors", attempt(lambda: start_of(model_class(200, EMBED, HIDDEN)))
    with double_precision():
        yield from model_cases(make, inputs)


CNN_MODEL = Check(
    "text_classification.cnn_model",
    cnn_inputs,
    observe_cnn_model,
    {
        "parameters and their shapes": "embeddings, convolutions (a ModuleList, one Conv1d for each size), classifier",
        "classes and widths without arguments": "num_classes=4, kernel_sizes=(3, 5)",
        "start of the word vectors": "padding_idx=PAD; normal with std 0.1, and 0 for PAD",
        "logits of one text": "embed, transpose to (B, D, T), convolve, ReLU, maximum over time, concatenate, classify",
        "logits of a text of one word": "padding=k // 2: a window is centred at each word, so even one word has one",
        "logits of a batch": "windows centred at padding do not count for the maximum",
        **MODEL_HINTS,
        "a text without a word": "its vector is 0, so its logits are the bias of the classifier",
    },
    judge_cases,
)

# --- RNNModel ----------------------------------------------------------------------------------------------


class SumLayer(nn.Module):
    """Stands in for a recurrent layer: the state is the sum of the inputs so far, times a matrix; padding counts.

    The initial state is added to all others.
    """

    def __init__(self, embed_size: int, hidden_size: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(hidden_size, embed_size))
        self.lengths: Any = None

    def forward(
        self, x: torch.Tensor, lengths: torch.Tensor, hidden: torch.Tensor | None = None
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """States (B, T, H), and those after `lengths` words (B, H)."""
        self.lengths = lengths
        steps = torch.arange(1, x.shape[1] + 1)[:, None]
        start = x.new_zeros(len(x), len(self.weight)) if hidden is None else hidden
        states = torch.cumsum((x + 0.1) * steps, dim=1) @ self.weight.T + start[:, None]
        rows = torch.arange(len(x))
        known = (lengths > 0)[:, None]
        return states, torch.where(known, states[rows, (lengths - 1).clamp(min=0)], start)


def rnn_model_inputs(seed: int) -> Inputs:
    """Texts, and weights for a table, a stand-in layer and a classifier."""
    rng, inputs = texts_inputs(seed, 52)
    weights = {
        "embeddings.weight": embedding_weights(rng),
        "layer.weight": rng.normal(size=(HIDDEN, EMBED)) / 4,
        "classifier.weight": rng.normal(size=(CLASSES, HIDDEN)),
        "classifier.bias": rng.normal(size=CLASSES),
    }
    return {**inputs, "weights": weights}


def observe_rnn_model(inputs: Inputs, model_class: Any) -> Observed:
    """Logits of a model with a stand-in layer and given weights."""
    features = torch.tensor(inputs["features"])

    def make(**arguments: Any) -> nn.Module:
        model = model_class(NUM_WORDS, EMBED, HIDDEN, num_classes=CLASSES, layer_class=SumLayer, **arguments)
        return transplant(model, inputs["weights"])

    def shapes() -> dict[str, list[int]]:
        model = model_class(NUM_WORDS, EMBED, HIDDEN, num_classes=CLASSES, layer_class=SumLayer)
        return {name: list(weight.shape) for name, weight in model.named_parameters()}

    def lengths_for(texts: torch.Tensor) -> Any:
        model = make().eval()
        model(texts)
        return model.get_submodule("layer").lengths

    def fresh() -> nn.Module:
        return model_class(200, EMBED, HIDDEN, layer_class=SumLayer)

    def default_layer() -> str:
        layer = inspect.signature(model_class).parameters["layer_class"].default
        return f"{'torch.nn.' if issubclass(layer, nn.RNNBase) else ''}{layer.__name__}"

    yield "parameters and their shapes", attempt(shapes)
    yield (
        "layer and classes without arguments",
        attempt(lambda: [default_layer(), len(fresh().get_submodule("classifier").get_parameter("weight"))]),
    )
    yield "start of the word vectors", attempt(lambda: start_of(fresh()))
    with double_precision():
        yield "lengths that the layer is given", attempt(lengths_for, features)
        yield from model_cases(make, inputs)


RNN_MODEL = Check(
    "text_classification.rnn_model",
    rnn_model_inputs,
    observe_rnn_model,
    {
        "parameters and their shapes": "embeddings, layer = layer_class(embed_size, hidden_size), and classifier",
        "layer and classes without arguments": "num_classes=4, layer_class=RNN",
        "start of the word vectors": "padding_idx=PAD; normal with std 0.1, and 0 for PAD",
        "lengths that the layer is given": "the number of indices of each text that are not PAD, (B,)",
        "logits of one text": "embed, call the layer with the lengths, classify the second part of what it returns",
        "logits of a text of one word": "(1, 1) indices give (1, C) logits",
        "logits of a batch": "the classifier reads the state after each text's own last word",
        **MODEL_HINTS,
        "a text without a word": "pass its length, 0, to the layer",
    },
    judge_cases,
)
