"""Checks of the training loops of `text_classification`, and of what feeds pretrained vectors to a model."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from itertools import groupby
from typing import Any

import numpy as np
import torch
from gensim.models import KeyedVectors
from torch import nn
from torch.utils.data import DataLoader

from course_lib.checks.base import Check, judge_cases
from course_lib.checks.observers import Inputs, Observed, number, seeded, words_like
from course_lib.observation import attempt

WORDS, EMBED, CLASSES = 9, 4, 3

# --- a model and batches of the check's own ----------------------------------------------------------------


class WatchedModel(nn.Module):
    """A mean of word vectors and a classifier, that notes in which mode it was called."""

    def __init__(self, table: np.ndarray, weight: np.ndarray) -> None:
        super().__init__()
        self.embeddings = nn.Embedding.from_pretrained(torch.tensor(table), freeze=False)
        self.classifier = nn.Linear(EMBED, CLASSES)
        with torch.no_grad():
            self.classifier.weight.copy_(torch.tensor(weight))
            self.classifier.bias.zero_()
        self.modes: list[bool] = []
        self.graphs: list[bool] = []
        self.frozen: list[bool] = []

    def forward(self, features: torch.Tensor) -> torch.Tensor:
        """Logits (B, C)."""
        self.modes.append(self.training)
        self.graphs.append(torch.is_grad_enabled())
        self.frozen.append(not self.embeddings.weight.requires_grad)
        return self.classifier(self.embeddings(features).mean(dim=1))


def loop_inputs(seed: int, stream: int) -> Inputs:
    """Weights, and batches of 3, 3 and 1 texts, the first with a long gradient; 37 texts for validation."""
    rng = seeded(seed, stream)
    inputs: Inputs = {
        "table": rng.normal(size=(WORDS, EMBED)).astype("float32") * 8,
        "weight": rng.normal(size=(CLASSES, EMBED)).astype("float32") * 2,
        "features": [rng.integers(0, WORDS, size=(rows, 4)) for rows in (3, 3, 1)],
        "labels": [rng.integers(0, CLASSES, size=rows) for rows in (3, 3, 1)],
        "valid": {"features": [rng.integers(0, WORDS, size=(37, 4))], "labels": [rng.integers(0, CLASSES, size=37)]},
    }
    inputs["labels"][0][:] = ranking(inputs, inputs["features"][0])[:, 0]
    return inputs


def ranking(inputs: Inputs, features: np.ndarray) -> np.ndarray:
    """The classes of each text from the least likely to the likeliest, at the beginning."""
    return np.argsort(inputs["table"][features].mean(axis=1) @ inputs["weight"].T, axis=1)


def loader_of(inputs: Inputs, first: int = 0, last: int | None = None, batch_size: int = 3) -> DataLoader:
    """The texts from `first` to before `last`; all 7 make batches of 3, 3 and 1."""
    texts = zip(np.concatenate(inputs["features"]), np.concatenate(inputs["labels"]), strict=True)
    rows: Any = [{"features": torch.tensor(features), "labels": int(label)} for features, label in texts]
    return DataLoader(rows[first:last], batch_size)


class Criterion(nn.CrossEntropyLoss):
    """A loss that is not plain cross-entropy, so that a loss of the student's own does not fit by chance."""

    def __init__(self) -> None:
        super().__init__(label_smoothing=0.2)

    def forward(self, logits: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
        """The loss of logits (B, C) and labels (B,)."""
        if not logits.is_floating_point():  # torch calls this "not implemented", as an untouched cell does
            raise TypeError("the criterion takes the logits first, then the labels")
        return super().forward(logits, labels)


def weights_of(model: nn.Module) -> dict[str, Any]:
    """Name -> weight."""
    return {name: weight.detach().clone() for name, weight in model.named_parameters()}


def phases(modes: list[bool]) -> list[bool]:
    """The modes one after another; a mode that stays is noted once."""
    return [mode for mode, _ in groupby(modes)]


def silently(function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    """Call a function whose progress bar nobody wants to see."""
    with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
        return function(*args, **kwargs)


# --- train_step --------------------------------------------------------------------------------------------


def observe_train_step(inputs: Inputs, train_step: Any) -> Observed:
    """Loss and weights after steps of plain gradient descent."""
    batches = list(loader_of(inputs))

    def run(count: int, max_grad_norm: float | None, prepare: Callable[[WatchedModel], Any] = nn.Module.eval) -> Any:
        model = WatchedModel(inputs["table"], inputs["weight"])
        prepare(model)
        optimizer = torch.optim.SGD(model.parameters(), lr=0.5)
        losses = [train_step(model, Criterion(), optimizer, batch, max_grad_norm) for batch in batches[:count]]
        return losses, model

    def stale(model: WatchedModel) -> None:
        for weight in model.parameters():
            weight.grad = torch.ones_like(weight)

    yield "what it returns", attempt(lambda: number(run(1, None)[0][0]))
    yield "loss of a batch", attempt(lambda: run(1, None)[0])
    yield "weights after a step", attempt(lambda: weights_of(run(1, None)[1]))
    yield "weights after a step with clipping", attempt(lambda: weights_of(run(1, 0.1)[1]))
    yield "clipping leaves small gradients alone", attempt(lambda: weights_of(run(1, 1e6)[1]))
    yield "gradients of before do not count", attempt(lambda: weights_of(run(1, None, stale)[1]))
    yield "losses of three steps", attempt(lambda: run(3, 0.5)[0])
    yield "weights after three steps", attempt(lambda: weights_of(run(3, 0.5)[1]))
    yield "the model is in training mode", attempt(lambda: phases(run(2, None)[1].modes))
    yield "it was in training mode before", attempt(lambda: phases(run(2, None, nn.Module.train)[1].modes))


TRAIN_STEP = Check(
    "text_classification.train_step",
    lambda seed: loop_inputs(seed, 55),
    observe_train_step,
    {
        "what it returns": "a float: a tensor would keep the whole graph of the batch in memory",
        "loss of a batch": "criterion(model(features), labels), before the weights change",
        "weights after a step": "zero_grad, loss, backward, step; max_grad_norm=None does not clip",
        "weights after a step with clipping": "clip_grad_norm_ between backward and step, over all parameters",
        "clipping leaves small gradients alone": "clipping shortens long gradients; it lengthens none",
        "gradients of before do not count": "zero_grad before backward",
        "losses of three steps": "each batch is taken once",
        "weights after three steps": "zero_grad in each step, or gradients of earlier batches add up",
        "the model is in training mode": "model.train(): evaluation may have switched dropout off",
        "it was in training mode before": "model.train(): a step is made in training mode",
    },
    judge_cases,
)

# --- evaluate ----------------------------------------------------------------------------------------------


def observe_evaluate(inputs: Inputs, evaluate: Any) -> Observed:
    """Loss and accuracy over batches of different size."""

    many = loader_of({"features": [inputs["many"]], "labels": [inputs["many_labels"]]}, batch_size=16)

    def run(loader: DataLoader | None = None) -> tuple[Any, WatchedModel, bool]:
        model = WatchedModel(inputs["table"], inputs["weight"])
        model.train()
        with torch.enable_grad():  # and back to what was before, whatever the student's code switches off
            result = silently(evaluate, model, Criterion(), loader_of(inputs) if loader is None else loader)
            return result, model, torch.is_grad_enabled()

    yield "what it returns", attempt(lambda: [number(part) for part in run()[0]])
    yield "loss and accuracy of one batch", attempt(lambda: run(loader_of(inputs, 0, 3))[0])
    yield "accuracy of 40 texts", attempt(lambda: run(many)[0][1])
    yield "loss over batches of 3, 3 and 1 texts", attempt(lambda: run()[0][0])
    yield "accuracy over batches of 3, 3 and 1 texts", attempt(lambda: run()[0][1])
    yield "the model is in evaluation mode", attempt(lambda: sorted(set(run()[1].modes)))
    yield "no gradients are computed", attempt(lambda: sorted(set(run()[1].graphs)))
    yield "afterwards they are", attempt(lambda: [run()[2], *(w.requires_grad for w in run()[1].parameters())])
    yield "weights stay", attempt(lambda: weights_of(run()[1]))
    yield "no batch at all", attempt(lambda: run(loader_of(inputs, 0, 0))[0])


def evaluate_inputs(seed: int) -> Inputs:
    """Batches whose mean of accuracies differs from the accuracy over all texts, and 40 texts more."""
    inputs = loop_inputs(seed, 56)
    # 2 of 3, 1 of 3 and 1 of 1 are right: 4 of 7, where the mean of the batches is 2/3.
    for labels, features, wrong in zip(inputs["labels"], inputs["features"], (1, 2, 0), strict=True):
        labels[:] = ranking(inputs, features)[:, -1]
        labels[:wrong] = ranking(inputs, features)[range(wrong), range(wrong)]
    rng = seeded(seed, 61)
    many = rng.integers(0, WORDS, size=(40, 4))
    places = rng.permutation([0] * 12 + [1] * 12 + [2] * 16)  # in the ranking: 16 are right
    return inputs | {"many": many, "many_labels": ranking(inputs, many)[range(40), places]}


EVALUATE = Check(
    "text_classification.evaluate",
    evaluate_inputs,
    observe_evaluate,
    {
        "what it returns": "return two floats: the mean loss, and the accuracy",
        "loss and accuracy of one batch": "criterion(logits, labels); how often the largest logit is the label's",
        "accuracy of 40 texts": "for each text, whether the largest of its logits is that of its label",
        "loss over batches of 3, 3 and 1 texts": "weigh the loss of each batch with its number of texts",
        "accuracy over batches of 3, 3 and 1 texts": "count right answers over all texts, divide once",
        "the model is in evaluation mode": "model.eval() before the batches",
        "no gradients are computed": "with torch.no_grad(): ...",
        "afterwards they are": "switch gradients off for the evaluation only: training goes on after it",
        "weights stay": "evaluation changes nothing",
        "no batch at all": "(0.0, 0.0)",
    },
    judge_cases,
)

# --- training ----------------------------------------------------------------------------------------------


def observe_training(inputs: Inputs, training: Any) -> Observed:
    """History and weights of a few epochs."""
    loaders = {"train": loader_of(inputs), "valid": loader_of(inputs["valid"], batch_size=16)}

    def run(num_epochs: int, optimizer_lr: float = 0.5, **arguments: Any) -> tuple[Any, WatchedModel]:
        model = WatchedModel(inputs["table"], inputs["weight"])
        model.eval()
        optimizer = torch.optim.SGD(model.parameters(), lr=optimizer_lr)
        return silently(training, model, Criterion(), optimizer, num_epochs, loaders, **arguments), model

    def column(name: str, num_epochs: int = 2) -> Any:
        return attempt(lambda: [epoch[name] for epoch in run(num_epochs, max_grad_norm=1.0)[0]])

    yield "what it returns", attempt(lambda: [sorted(epoch) for epoch in run(2, max_grad_norm=1.0)[0]])
    yield "kinds of the numbers", attempt(lambda: [number(run(1)[0][0][name]) for name in HISTORY])
    yield "loss in training, one epoch", column("train_loss", 1)
    yield "weights after one epoch", attempt(lambda: weights_of(run(1, max_grad_norm=1.0)[1]))
    yield "loss on the validation texts", column("valid_loss", 1)
    yield "accuracy on the validation texts", column("accuracy", 1)
    yield "loss in training, two epochs", column("train_loss")
    yield "weights after two epochs", attempt(lambda: weights_of(run(2, max_grad_norm=1.0)[1]))
    yield "validation after each epoch", column("valid_loss")
    yield "modes of the model", attempt(lambda: phases(run(2)[1].modes))
    yield "max_grad_norm=None", attempt(lambda: weights_of(run(1, 0.05, max_grad_norm=None)[1]))
    yield "max_grad_norm=2 without argument", attempt(lambda: weights_of(run(1)[1]))
    yield "no epoch", attempt(lambda: run(0)[0])


HISTORY = ("train_loss", "valid_loss", "accuracy")
TRAINING = Check(
    "text_classification.training",
    lambda seed: loop_inputs(seed, 57),
    observe_training,
    {
        "what it returns": "return a list with a dict for each epoch: train_loss, valid_loss, accuracy",
        "kinds of the numbers": "plain floats, not tensors",
        "loss in training, one epoch": "the mean over texts: weigh the loss of each batch with its number of texts",
        "weights after one epoch": "one train_step for each batch of loaders['train'], with max_grad_norm",
        "loss on the validation texts": "evaluate on loaders['valid'], after the epoch",
        "accuracy on the validation texts": "evaluate on loaders['valid'], after the epoch",
        "loss in training, two epochs": "start the sum anew in each epoch",
        "weights after two epochs": "the second epoch goes on from the weights of the first",
        "validation after each epoch": "evaluate once after each epoch, not once at the end",
        "modes of the model": "training mode in each step, evaluation mode in validation, in every epoch",
        "max_grad_norm=None": "None does not clip",
        "max_grad_norm=2 without argument": "max_grad_norm=2.0 is the default",
        "no epoch": "an empty list",
    },
    judge_cases,
)

# --- pretrained vectors ------------------------------------------------------------------------------------


def vectors_inputs(seed: int) -> Inputs:
    """A table, a vocabulary with indices in another order, and vectors of some of its words and of others."""
    rng = seeded(seed, 58)
    words = words_like(rng, [4, 5, 3, 6, 5, 7, 4])
    indices = np.roll(range(2, 9), int(rng.integers(1, 7))).tolist()
    vocabulary = {"<pad>": 0, "<unk>": 1, **dict(zip(words, indices, strict=True))}
    with_vector = [words[5], words[2].upper(), words[0], words[1], words[3], *words_like(rng, [9, 8])]
    table = rng.normal(size=(WORDS, EMBED)).astype("float32")
    table[0] = 0
    return {
        "vocabulary": vocabulary,
        "words": with_vector,
        "vectors": rng.normal(size=(len(with_vector), EMBED)).astype("float32"),
        "table": table,
        "weight": rng.normal(size=(CLASSES, EMBED)).astype("float32"),
    }


def observe_load_vectors(inputs: Inputs, load_vectors: Any) -> Observed:
    """The table after vectors were copied into it."""
    vocabulary = inputs["vocabulary"]

    def space(extra: list[str]) -> KeyedVectors:
        vectors = KeyedVectors(EMBED)
        vectors.add_vectors(inputs["words"] + extra, np.vstack([inputs["vectors"], inputs["table"][5:][: len(extra)]]))
        return vectors

    def run(extra: tuple[str, ...] = (), prepare: Callable[[WatchedModel], Any] = nn.Module.train) -> Any:
        model = WatchedModel(inputs["table"], inputs["weight"])
        prepare(model)
        parameter = model.embeddings.weight
        returned = load_vectors(model, vocabulary, space(list(extra)))
        return returned, model, parameter is model.embeddings.weight

    yield "how many words got a vector", attempt(lambda: run()[0])
    yield "the table", attempt(lambda: run()[1].embeddings.weight)
    yield "the rest of the model", attempt(lambda: run()[1].classifier.weight)
    yield "the table can still be trained", attempt(lambda: run()[1].embeddings.weight.requires_grad)
    yield "the table is the same parameter", attempt(lambda: run()[2])
    yield "vectors that are called <pad> and <unk>", attempt(lambda: run(("<pad>", "<unk>"))[1].embeddings.weight)
    yield "how many then", attempt(lambda: run(("<pad>", "<unk>"))[0])


LOAD_VECTORS = Check(
    "text_classification.load_vectors",
    vectors_inputs,
    observe_load_vectors,
    {
        "how many words got a vector": "count the words of word2idx that are in vectors",
        "the table": "row word2idx[word] becomes vectors[word]; the rows of other words stay as they are",
        "the rest of the model": "only the table changes",
        "the table can still be trained": "copy inside torch.no_grad(), and leave requires_grad as it is",
        "the table is the same parameter": "write into the weight there is: an optimizer does not know a new one",
        "vectors that are called <pad> and <unk>": "the rows PAD and UNK stay, also if a vector has that name",
        "how many then": "the two special words do not count",
    },
    judge_cases,
)

# --- freezing ----------------------------------------------------------------------------------------------


def freeze_inputs(seed: int) -> Inputs:
    """Weights of a small model."""
    inputs = loop_inputs(seed, 59)
    return {name: inputs[name] for name in ("table", "weight")}


def observe_freeze(inputs: Inputs, freeze_embeddings: Any) -> Observed:
    """Which weights can be trained after each call."""

    def flags(*calls: dict[str, bool]) -> dict[str, bool]:
        model = WatchedModel(inputs["table"], inputs["weight"])
        for arguments in calls:
            freeze_embeddings(model, **arguments)
        return {name: weight.requires_grad for name, weight in model.named_parameters()}

    def values() -> Any:
        model = WatchedModel(inputs["table"], inputs["weight"])
        freeze_embeddings(model)
        return model.embeddings.weight

    def classifier_flags() -> list[bool]:
        model = WatchedModel(inputs["table"], inputs["weight"])
        model.classifier.requires_grad_(False)
        freeze_embeddings(model)
        freeze_embeddings(model, frozen=False)
        return [weight.requires_grad for weight in model.classifier.parameters()]

    yield "frozen", attempt(flags, {})
    yield "frozen=True", attempt(flags, {"frozen": True})
    yield "frozen twice", attempt(flags, {}, {})
    yield "frozen and thawed", attempt(flags, {}, {"frozen": False})
    yield "thawed when it was not frozen", attempt(flags, {"frozen": False})
    yield "a classifier that is frozen", attempt(classifier_flags)
    yield "the vectors stay", attempt(values)


FREEZE_EMBEDDINGS = Check(
    "text_classification.freeze_embeddings",
    freeze_inputs,
    observe_freeze,
    {
        "frozen": "requires_grad of the weights of model.embeddings becomes False; all other weights stay trainable",
        "frozen=True": "the same as without the argument",
        "frozen twice": "still frozen: set the value, do not switch it",
        "frozen and thawed": "with frozen=False the embeddings can be trained again",
        "thawed when it was not frozen": "nothing changes",
        "a classifier that is frozen": "stays frozen: touch the embeddings only, also to thaw them",
        "the vectors stay": "freezing changes no number",
    },
    judge_cases,
)

# --- training_freeze ---------------------------------------------------------------------------------------


def frozen_steps(model: WatchedModel) -> list[bool]:
    """For each step, which is a call with gradients, whether the embeddings were frozen."""
    return [flag for flag, graph in zip(model.frozen, model.graphs, strict=True) if graph]


def observe_training_freeze(inputs: Inputs, training_freeze: Any) -> Observed:
    """In which steps the embeddings were frozen, and what came of it."""
    loaders = {"train": loader_of(inputs), "valid": loader_of(inputs["valid"], batch_size=16)}

    def run(num_epochs: int, thawed: bool = True, **arguments: Any) -> tuple[Any, WatchedModel]:
        model = WatchedModel(inputs["table"], inputs["weight"])
        model.embeddings.weight.requires_grad_(thawed)
        optimizer = torch.optim.SGD(model.parameters(), lr=0.2)
        return silently(training_freeze, model, Criterion(), optimizer, num_epochs, loaders, **arguments), model

    def limited(num_epochs: int, num_freeze_iter: int, thawed: bool = True) -> tuple[Any, WatchedModel]:
        return run(num_epochs, thawed, max_grad_norm=1.0, num_freeze_iter=num_freeze_iter)

    def frozen(*arguments: Any) -> list[bool]:
        return frozen_steps(limited(*arguments)[1])

    def trainable(num_freeze_iter: int) -> list[bool]:
        return [weight.requires_grad for weight in limited(1, num_freeze_iter)[1].parameters()]

    yield "frozen steps of an epoch of three, num_freeze_iter=2", attempt(frozen, 1, 2)
    yield "frozen steps of three epochs, num_freeze_iter=4", attempt(frozen, 3, 4)
    yield "num_freeze_iter=0", attempt(frozen, 1, 0)
    yield "num_freeze_iter=0, embeddings frozen before", attempt(frozen, 1, 0, False)
    yield "num_freeze_iter=100", attempt(frozen, 2, 100)
    yield "word vectors after frozen steps only", attempt(lambda: limited(1, 3)[1].embeddings.weight)
    yield "weights after both phases", attempt(lambda: weights_of(limited(2, 2)[1]))
    yield "what can be trained afterwards", attempt(trainable, 1)
    yield "what can be trained after frozen steps only", attempt(trainable, 100)
    yield "history", attempt(lambda: limited(2, 2)[0])
    yield "100 steps without argument", attempt(lambda: sum(frozen_steps(run(35)[1])))
    yield "max_grad_norm=2 without argument", attempt(lambda: weights_of(run(2, num_freeze_iter=2)[1]))
    yield "modes of the model", attempt(lambda: phases(limited(2, 2)[1].modes))


TRAINING_FREEZE = Check(
    "text_classification.training_freeze",
    lambda seed: loop_inputs(seed, 60),
    observe_training_freeze,
    {
        "frozen steps of an epoch of three, num_freeze_iter=2": "frozen for exactly the first num_freeze_iter steps",
        "frozen steps of three epochs, num_freeze_iter=4": "count steps over all epochs; once thawed, thawed for good",
        "num_freeze_iter=0": "no step is frozen",
        "num_freeze_iter=0, embeddings frozen before": "thaw them where they were frozen before",
        "num_freeze_iter=100": "all steps are frozen where there are fewer",
        "word vectors after frozen steps only": "frozen weights do not move",
        "weights after both phases": "all else as in training: a step for each batch, with max_grad_norm",
        "what can be trained afterwards": "all weights",
        "what can be trained after frozen steps only": "all weights: thaw the embeddings at the end, whatever happened",
        "history": "return what training returns",
        "100 steps without argument": "num_freeze_iter=100 is the default",
        "max_grad_norm=2 without argument": "max_grad_norm=2.0 is the default",
        "modes of the model": "training mode for each step, evaluation mode for validation",
    },
    judge_cases,
)
