"""Checks of part 3 of `ranking`: word vectors trained for the task with NT-Xent."""

from __future__ import annotations

import io
import math
import threading
from collections.abc import Callable
from contextlib import chdir, redirect_stdout
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory, mkdtemp
from typing import Any

import numpy as np
import torch
from torch import nn
from torch.utils.data import DataLoader

from course_lib.checks.base import Check, judge_cases
from course_lib.checks.observers import Inputs, Observed, flat, kind, number, parts_of, seeded, words_like
from course_lib.checks.ranking.trigrams import (
    BAG_HINTS,
    COLLATE_HINTS,
    LetterTokenizer,
    WatchedBag,
    bag_inputs,
    observe_bag,
)
from course_lib.events import read_scalars
from course_lib.observation import Raised, attempt

# --- vocabulary and TextTokenizer --------------------------------------------------------------------------


def text_inputs(seed: int) -> Inputs:
    """Nonsense words and texts over them, with repetitions."""
    rng = seeded(seed, 31)
    words = words_like(rng, [5, 4, 6, 3, 7, 5])
    once = words_like(rng, [8, 9, 10])
    texts = [" ".join(rng.choice(words, size=3)) for _ in range(9)]
    texts += [f"{words[0]} {once[0]} {words[0]}", "", f"{once[1]} {words[1]}", f"{once[2]} {words[2]} {once[2]}"]
    unseen = words_like(rng, [4], "jqvwxz")[0]
    return {"texts": texts, "words": words, "unseen": unseen, "chosen": rng.permutation(words[:6]).tolist()}


def observe_vocabulary(inputs: Inputs, build_vocabulary: Any) -> Observed:
    """The vocabulary of texts for several lower limits."""
    texts = inputs["texts"]
    yield "every word of the texts", attempt(build_vocabulary, texts)
    yield "words that occur at least twice", attempt(lambda: build_vocabulary(texts, min_count=2))
    yield "words that occur at least five times", attempt(lambda: build_vocabulary(texts, min_count=5))
    yield "words are taken as they are written", attempt(build_vocabulary, ["Ab ab!", "ab"])
    yield "no text", attempt(build_vocabulary, [])


VOCABULARY = Check(
    "ranking.vocabulary",
    text_inputs,
    observe_vocabulary,
    {
        "every word of the texts": "a sorted list of the different words of text.split()",
        "words that occur at least twice": "count over all texts; keep a word when its count >= min_count",
        "words that occur at least five times": "count every occurrence, not the texts that have the word",
        "words are taken as they are written": "text.split(), nothing else: the texts are clean already",
        "no text": "an empty list",
    },
    judge_cases,
)


def observe_text_tokenizer(inputs: Inputs, tokenizer_class: Any) -> Observed:
    """Indices of texts."""
    words, unseen, chosen = inputs["words"], inputs["unseen"], inputs["chosen"]

    def tokens(text: str, vocab: list[str] = words) -> Any:
        return attempt(lambda: tokenizer_class(vocab)(text))

    yield "vocab_size", attempt(lambda: tokenizer_class(words).vocab_size)
    yield "indices of a text", tokens(f"{chosen[3]} {chosen[0]} {chosen[5]}")
    yield "every word of the vocabulary", tokens(" ".join(words))
    yield "a word that occurs twice", tokens(f"{chosen[2]} {chosen[1]} {chosen[2]}")
    yield "unknown words are skipped", tokens(f"{chosen[4]} {unseen} {chosen[1]} {unseen}")
    yield "no known word", tokens(unseen)
    yield "the empty text", tokens("")
    yield "another vocabulary", tokens(f"{words[1]} {words[0]}", words[::-1])
    yield "two texts, one object", attempt(lambda: list(map(tokenizer_class(words), words[:2])))


TEXT_TOKENIZER = Check(
    "ranking.text_tokenizer",
    text_inputs,
    observe_text_tokenizer,
    {
        "vocab_size": "the number of words in vocab",
        "indices of a text": "a list with the place of each word in vocab, in the order of the text",
        "every word of the vocabulary": "the first word of vocab has the index 0",
        "a word that occurs twice": "list it twice",
        "unknown words are skipped": "a word that is not in vocab has no index: leave it out",
        "no known word": "the empty list",
        "the empty text": "the empty list",
        "another vocabulary": "use the vocab given to __init__, no global one",
        "two texts, one object": "start a new list for each text",
    },
    judge_cases,
)

# --- pairs -------------------------------------------------------------------------------------------------


def pairs_inputs(seed: int) -> Inputs:
    """Groups of two to five texts."""
    rng = seeded(seed, 32)
    sizes = [2, 4, 3, 5, int(rng.integers(2, 6))]
    return {"groups": [words_like(rng, [5] * size) for size in sizes]}


def observe_form_pairs(inputs: Inputs, form_pairs: Any) -> Observed:
    """Pairs by the three ways; their order in the list is free."""
    groups = inputs["groups"]

    def pairs(way: str, chosen: list[list[str]] = groups) -> Any:
        return attempt(lambda: sorted(tuple(pair) for pair in form_pairs(chosen, way)))

    for way in ("first", "star", "all"):
        yield f"{way}: a group of four", pairs(way, groups[1:2])
        yield f"{way}: groups of several sizes", pairs(way)


FORM_PAIRS = Check(
    "ranking.form_pairs",
    pairs_inputs,
    observe_form_pairs,
    {
        "first: a group of four": "one pair: the first two texts",
        "first: groups of several sizes": "one pair for each group",
        "star: a group of four": "the first text with each other one: 3 pairs",
        "star: groups of several sizes": "n - 1 pairs for a group of n",
        "all: a group of four": "every two texts once, the earlier one first: 6 pairs",
        "all: groups of several sizes": "n (n - 1) / 2 pairs for a group of n, never across groups",
    },
    judge_cases,
)


def question_dataset_inputs(seed: int) -> Inputs:
    """Pairs of words over the letters a to j, with letters that the tokenizer does not know."""
    rng = seeded(seed, 33)
    words = words_like(rng, [4, 3, 5, 2, 6, 3], "abcdefghij")
    return {"pairs": [(words[0], words[1]), (words[2] + "xy", words[3]), ("xyz", words[4]), (words[5], words[0])]}


def observe_question_dataset(inputs: Inputs, dataset_class: Any) -> Observed:
    """Items of a dataset of pairs over a tokenizer of the check's own."""
    pairs = inputs["pairs"]

    def item(place: int) -> Any:
        return attempt(lambda: [list(part) for part in dataset_class(pairs, LetterTokenizer())[place]])

    def late_calls() -> int:
        tokenizer = LetterTokenizer()
        dataset = dataset_class(pairs, tokenizer)
        before = tokenizer.calls
        for place in range(len(pairs)):
            dataset[place]
        return tokenizer.calls - before

    yield "number of items", attempt(lambda: len(dataset_class(pairs, LetterTokenizer())))
    yield "the first pair", item(0)
    yield "every pair", [item(place) for place in range(len(pairs))]
    yield "calls of the tokenizer after construction", attempt(late_calls)


QUESTION_DATASET = Check(
    "ranking.question_dataset",
    question_dataset_inputs,
    observe_question_dataset,
    {
        "number of items": "one item for each pair",
        "the first pair": "the indices of the question, then those of its duplicate",
        "every pair": "item i belongs to question_pairs[i]; a text without a known word is an empty list",
        "calls of the tokenizer after construction": "tokenize all texts in __init__, once, not in __getitem__",
    },
    judge_cases,
)

# --- batches of pairs --------------------------------------------------------------------------------------


def lists_inputs(seed: int) -> Inputs:
    """Lists of indices for questions and duplicates, one empty."""
    rng = seeded(seed, 34)
    sizes = [3, int(rng.integers(4, 7)), 0, 2, 1]
    return {
        "questions": [rng.integers(0, 9, size=size).tolist() for size in sizes],
        "duplicates": [rng.integers(0, 9, size=size).tolist() for size in (2, 1, 3, 0, int(rng.integers(2, 5)))],
    }


def observe_ids_and_offsets(inputs: Inputs, get_ids_and_offsets: Any) -> Observed:
    """Flat indices and offsets."""
    lists = inputs["questions"]
    found = attempt(get_ids_and_offsets, lists)
    yield "what it returns", [kind(part) for part in parts_of(get_ids_and_offsets, lists)]
    for place, name in enumerate(("indices of a batch", "offsets of a batch")):
        yield name, found[place] if isinstance(found, list) and len(found) > place else found
    yield "a batch of one", attempt(get_ids_and_offsets, lists[:1])
    yield "an empty item at the end", attempt(get_ids_and_offsets, lists[:3])
    yield "a batch of empty items", attempt(get_ids_and_offsets, [[], []])
    yield "its types", [kind(part) for part in parts_of(get_ids_and_offsets, [[], []])]


IDS_AND_OFFSETS = Check(
    "ranking.ids_and_offsets",
    lists_inputs,
    observe_ids_and_offsets,
    {**COLLATE_HINTS, "what it returns": "two int64 tensors: indices and offsets"},
    judge_cases,
)


def observe_pair_collate(inputs: Inputs, collate: Any) -> Observed:
    """Batches of pairs."""
    batch = list(zip(inputs["questions"], inputs["duplicates"], strict=True))

    def half(place: int, chosen: list[Any] = batch) -> Any:
        return attempt(lambda: list(collate(chosen)[place]))

    yield "questions of a batch", half(0)
    yield "duplicates of a batch", half(1)
    yield "a batch of one", [half(0, batch[:1]), half(1, batch[:1])]
    yield "no known word at all", [half(0, [([], [])]), half(1, [([], [])])]
    yield "types", attempt(lambda: [[kind(part) for part in pair] for pair in collate([([], []), ([], [])])])


PAIR_COLLATE = Check(
    "ranking.pair_collate",
    lists_inputs,
    observe_pair_collate,
    {
        "questions of a batch": "first (indices, offsets) of all questions",
        "duplicates of a batch": "then (indices, offsets) of all duplicates, in the same order",
        "a batch of one": "each offset is 0",
        "no known word at all": "no indices, offset 0",
        "types": "four int64 tensors, also when they are empty",
    },
    judge_cases,
)

# --- DssmLikeModel -----------------------------------------------------------------------------------------

DSSM_MODEL = Check(
    "ranking.dssm_model",
    bag_inputs,
    observe_bag,
    {
        "sizes": BAG_HINTS["sizes"],
        "shapes of the weights": BAG_HINTS["shapes of the weights"],
        "vector of a bag of one": "the vector of that word",
        "vector of a bag of three": "the mean of three vectors: their sum divided by 3",
        "vectors of several bags": "question i reaches from offsets[i] to offsets[i + 1], the last one to the end",
        **{name: hint for name, hint in BAG_HINTS.items() if name not in ("sizes", "shapes of the weights")},
    },
    judge_cases,
)

# --- NTExentLoss -------------------------------------------------------------------------------------------


def nt_xent_inputs(seed: int) -> Inputs:
    """Matrices of questions and duplicates of different size and length of rows."""
    rng = seeded(seed, 35)
    lengths = np.array([0.5, 2.0, 1.0, 5.0, 0.2])[:, None]
    return {
        "questions": (rng.normal(size=(5, 4)) * lengths).astype("float32"),
        "duplicates": (rng.normal(size=(5, 4)) * lengths[::-1]).astype("float32"),
    }


def observe_nt_xent(inputs: Inputs, loss_class: Any) -> Observed:
    """Values and gradients of the loss."""
    questions, duplicates = torch.tensor(inputs["questions"]), torch.tensor(inputs["duplicates"])
    square = torch.tensor([[1.0, 0.0], [0.0, 1.0]])

    def loss(q: torch.Tensor, d: torch.Tensor, **settings: float) -> Any:
        return attempt(lambda: loss_class(**settings)(q, d))

    def gradients() -> list[torch.Tensor | None]:
        leaves = [matrix.clone().requires_grad_() for matrix in (questions, duplicates)]
        loss_class(alpha=0.5)(*leaves).backward()
        return [leaf.grad for leaf in leaves]

    def one_object() -> list[torch.Tensor]:
        criterion = loss_class()
        return [criterion(questions, duplicates), criterion(questions[:3], duplicates[:3])]

    yield "one number", attempt(lambda: list(loss_class()(questions, duplicates).shape))
    yield "two questions at right angles", loss(square, square)
    yield "the duplicates are exchanged", loss(square, square.flip(0))
    yield "five questions", loss(questions, duplicates)
    yield "the roles exchanged", loss(duplicates, questions)
    yield "three questions", loss(questions[:3], duplicates[:3])
    yield "alpha = 0.1", loss(questions, duplicates, alpha=0.1)
    yield "alpha = 0.001", loss(questions, duplicates, alpha=0.001)
    yield "longer vectors, same directions", loss(10 * questions, 3 * duplicates)
    yield "one pair", loss(questions[:1], duplicates[:1])
    yield "batches of different size, one object", attempt(one_object)
    yield (
        "a vector of zeros",
        loss(torch.cat([questions, torch.zeros(1, 4)]), torch.cat([duplicates, square.view(1, 4)])),
    )
    yield "vectors shorter than eps", loss(0.01 * questions, duplicates, eps=1.0, alpha=0.01)
    yield "gradients of questions and duplicates", attempt(gradients)


NT_XENT = Check(
    "ranking.nt_xent",
    nt_xent_inputs,
    observe_nt_xent,
    {
        "one number": "the mean over the batch, a tensor without dimensions",
        "two questions at right angles": f"cosines are 1 and 0: log(1 + 1/e) = {math.log(1 + math.exp(-1)):.4f}",
        "the duplicates are exchanged": "the right pairs are on the diagonal, and nowhere else",
        "five questions": "normalise rows, cosines / alpha, log softmax by rows and by columns, diagonal, mean",
        "the roles exchanged": "both directions count one half, so the roles do not matter",
        "three questions": "take the size of the batch from the matrices",
        "alpha = 0.1": "divide the cosines by alpha",
        "alpha = 0.001": "log_softmax stays finite where log(softmax) gives -inf",
        "longer vectors, same directions": "only directions count: divide each row by its length",
        "one pair": "with one pair there is nothing to confuse: the loss is 0",
        "batches of different size, one object": "keep nothing of a batch in the object",
        "a vector of zeros": "divide by max(eps, length), so that 0 stays 0 and no nan appears",
        "vectors shorter than eps": "divide by max(eps, length): a vector shorter than eps is divided by eps",
        "gradients of questions and duplicates": "gradients must flow through both matrices: no detach, no numpy",
    },
    judge_cases,
)

# --- PairTrainer -------------------------------------------------------------------------------------------

TAGS = ("loss/train", "loss/validation")


def pair_trainer_inputs(seed: int) -> Inputs:
    """A table of weights, and pairs of index lists: seven for training, four for validation."""
    rng = seeded(seed, 36)

    def pairs(size: int) -> list[Any]:
        return [[rng.integers(0, 6, size=rng.integers(1, 4)).tolist() for _ in range(2)] for _ in range(size)]

    return {"table": rng.normal(size=(6, 3)).astype("float32"), "train": pairs(7), "eval": pairs(4)}


def collate_pairs(batch: list[Any]) -> list[tuple[torch.Tensor, torch.Tensor]]:
    """(ids, offsets) of questions and of duplicates."""
    return [flat([pair[side] for pair in batch]) for side in (0, 1)]


class Distance(nn.Module):
    """Mean squared distance of rows: a simple criterion for the trainer's check."""

    def forward(self, questions: torch.Tensor, duplicates: torch.Tensor) -> torch.Tensor:
        """One number."""
        return ((questions - duplicates) ** 2).sum(dim=1).mean()


def observe_pair_trainer(inputs: Inputs, trainer_class: Any) -> Observed:
    """Losses, weights and TensorBoard events of a short training, in batches of 3, 3 and 1 pairs."""
    loaders = {name: DataLoader(inputs[name], batch_size=3, collate_fn=collate_pairs) for name in ("train", "eval")}

    def run(n_epochs: int, *where: str, verbose: bool = False) -> tuple[Any, WatchedBag]:
        model = WatchedBag(inputs["table"], mode="mean")
        model.eval()
        optimizer = torch.optim.SGD(model.parameters(), lr=0.05)
        trainer = trainer_class(model, optimizer, Distance(), *where)
        with redirect_stdout(io.StringIO()):
            return trainer.train(loaders, n_epochs, verbose=verbose), model

    def history(name: str, **settings: bool) -> Any:
        return attempt(lambda: run(2, **settings)[0][name])

    yield "what train returns", attempt(lambda: _keys(run(2)[0]))
    yield "training losses, epoch by epoch", history("train")
    yield "weights after an epoch", attempt(lambda: run(1)[1].bag.weight)
    yield "validation losses, epoch by epoch", history("eval")
    yield "losses are floats", attempt(lambda: sorted({number(x) for part in run(2)[0].values() for x in part}))
    yield "modes of the model, call by call", attempt(lambda: _runs(run(2)[1].modes))
    yield "no gradients in validation", attempt(lambda: _runs(run(2)[1].graphs))
    yield "verbose=True returns the same", history("train", verbose=True)
    yield "logdir=None writes nothing", attempt(_written, lambda: run(1))
    found = attempt(_logged, lambda folder: run(2, folder, "cpu"))
    yield "the writer is closed at the end", found if isinstance(found, Raised) else found["open"]
    events = {} if isinstance(found, Raised) or found["open"] else found["events"]
    yield "tags in the log", sorted(events)
    for tag, what in zip(TAGS, ("batch", "epoch"), strict=True):
        yield f"TensorBoard, {tag}: one step for each {what}", [step for step, _ in events.get(tag, [])]
        yield f"TensorBoard, {tag}: values", [value for _, value in events.get(tag, [])]


def _keys(history: Any) -> Any:
    return sorted(history) if isinstance(history, dict) else kind(history)


def _runs(flags: list[bool]) -> list[bool]:
    """The flags without repetitions of the one before."""
    return [flag for place, flag in enumerate(flags) if place == 0 or flags[place - 1] != flag]


def _written(run: Callable[[], Any]) -> list[str]:
    """Names of what a run leaves in its working folder."""
    with TemporaryDirectory() as folder, chdir(folder):
        run()
        return sorted(path.name for path in Path(folder).iterdir())


def _logged(run: Callable[[str], Any]) -> dict[str, Any]:
    """The events that a run writes, and how many writers it leaves open; what those wrote is not looked at."""
    before = _open_writers()
    folder = mkdtemp()
    with chdir(folder):
        run(folder)
        still_open = _open_writers() - before
        events = {} if still_open else read_scalars(folder)
    if not still_open:  # an open writer goes on writing, and would complain
        rmtree(folder)
    return {"open": len(still_open), "events": events}


def _open_writers() -> set[threading.Thread]:
    return {thread for thread in threading.enumerate() if type(thread).__name__ == "_AsyncWriterThread"}


PAIR_TRAINER = Check(
    "ranking.pair_trainer",
    pair_trainer_inputs,
    observe_pair_trainer,
    {
        "what train returns": "train returns {'train': [...], 'eval': [...]}, a loss for each epoch",
        "training losses, epoch by epoch": "the mean over pairs: weigh the loss of each batch with its number of pairs",
        "weights after an epoch": "for each batch: zero_grad, loss, backward, step",
        "validation losses, epoch by epoch": "after each epoch; weigh the loss of each batch with its number of pairs",
        "losses are floats": "loss.item() is a float without the graph that led to it",
        "modes of the model, call by call": "model.train() before training, model.eval() before validation, each epoch",
        "no gradients in validation": "put the validation into `with torch.no_grad():`, and nothing else",
        "verbose=True returns the same": "verbose only prints",
        "logdir=None writes nothing": "make a SummaryWriter only if logdir is given: else it makes a folder",
        "the writer is closed at the end": "call close() on the writer, once, at the end of train",
        "tags in the log": "the tags are 'loss/train' and 'loss/validation'",
        "TensorBoard, loss/train: one step for each batch": "add_scalar('loss/train', loss, step), step 0, 1, 2, ...",
        "TensorBoard, loss/train: values": "write the loss of each batch, not a mean",
        "TensorBoard, loss/validation: one step for each epoch": "add_scalar('loss/validation', loss, epoch), from 0",
        "TensorBoard, loss/validation: values": "write the validation loss of each epoch",
    },
    judge_cases,
)
