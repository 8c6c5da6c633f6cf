"""Checks of the tagger of `recurrent_networks`: what it reads, the network, what it confuses, and how good it gets.

Of the trained tagger the tags of sentences are observed; only the judge knows which are right.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
import torch
from torch import nn

from course_lib.checks.base import Cases, Check, judge_cases
from course_lib.checks.gain import Wording, judge_gain
from course_lib.checks.observers import Inputs, Observed, kind, parts_of, seeded, words_like
from course_lib.checks.text_classification.models import RATE, SAME, double_precision, transplant
from course_lib.checks.text_classification.recurrent import changes, copies
from course_lib.data import UNIVERSAL_TAGS, recurrent_networks_mini
from course_lib.ground_truth import ExerciseTruth
from course_lib.observation import attempt
from course_lib.verdict import Verdict

PAD, UNK = 0, 1
FIRST = 4  # index of the first item of a vocabulary; 0 to 3 are PAD, UNK, BOS and EOS

# --- encode_words ------------------------------------------------------------------------------------------


def encode_words_inputs(seed: int) -> Inputs:
    """Words, and vocabularies that know some of them, some endings, or both."""
    rng = seeded(seed, 71)
    both, word_only, ending_only, neither, long = words_like(rng, [5, 6, 7, 5, 9])
    letter, pair = "x", words_like(rng, [2])[0]
    known = [both, word_only, letter, "of", long[:3]]
    endings = [both[-3:], both[-2:], ending_only[-3:], pair, "ing", long[:3], long[-2:], word_only[:3]]
    places = {name: iter(rng.permutation(20)[:9] + FIRST) for name in ("words", "endings")}
    sentence = [both, neither, word_only.capitalize(), ending_only.upper(), letter, pair, "Of", long, both.title(), "2"]
    return {
        "words": sentence,
        "single": {"both": both, "word": word_only, "ending": ending_only, "neither": neither},
        "short": [pair, letter, long[:3], "of"],
        "word2idx": {word: int(next(places["words"])) for word in known},
        "ending2idx": {ending: int(next(places["endings"])) for ending in dict.fromkeys(endings)},
    }


def observe_encode_words(inputs: Inputs, encode_words: Any) -> Observed:
    """The two lists of indices."""
    words, single = inputs["words"], inputs["single"]

    def encoded(*some: str) -> Any:
        return attempt(encode_words, list(some), dict(inputs["word2idx"]), dict(inputs["ending2idx"]))

    def changed() -> list[str]:
        given = {"words": list(words), "word2idx": dict(inputs["word2idx"]), "ending2idx": dict(inputs["ending2idx"])}
        encode_words(*given.values())
        before = {"words": words, "word2idx": inputs["word2idx"], "ending2idx": inputs["ending2idx"]}
        return [name for name, value in given.items() if value != before[name]]

    def kinds() -> list[str]:
        arguments = ([single["both"]], dict(inputs["word2idx"]), dict(inputs["ending2idx"]))
        return [kind(part) for part in parts_of(encode_words, *arguments)]

    yield "the two parts that it returns", attempt(kinds)
    yield "a word with known ending", encoded(single["both"])
    yield "an unknown word with known ending", encoded(single["ending"])
    yield "a known word with unknown ending", encoded(single["word"])
    yield "an unknown word with unknown ending", encoded(single["neither"])
    yield "a word with capitals", encoded(single["both"].upper())
    yield "an ending in capitals", encoded(single["ending"].title(), single["ending"].upper())
    yield "words of one to three letters", encoded(*inputs["short"])
    yield "a sentence", encoded(*words)
    yield "no word at all", encoded()
    yield "arguments that it changes", attempt(changed)


ENCODE_WORDS = Check(
    "recurrent_networks.encode_words",
    encode_words_inputs,
    observe_encode_words,
    {
        "the two parts that it returns": "two lists of ints: indices of the words, indices of the endings",
        "a word with known ending": "look the word up in word2idx and its last three letters in ending2idx",
        "an unknown word with known ending": "an unknown word is UNK, and its ending is looked up all the same",
        "a known word with unknown ending": "an unknown ending is UNK, and the word is looked up all the same",
        "an unknown word with unknown ending": "UNK in both lists, and no KeyError: dict.get takes a default",
        "a word with capitals": "both vocabularies are in lower case: lower-case the word first",
        "an ending in capitals": "the ending is that of the lower-case word",
        "words of one to three letters": "the ending of a word that has at most three letters is all of it",
        "a sentence": "one index for each word, in both lists and in the order of the words",
        "no word at all": "an empty list gives two empty lists",
        "arguments that it changes": "the vocabularies stay as they are: no new word gets an index here",
    },
    judge_cases,
)

# --- tagger ------------------------------------------------------------------------------------------------

NUM_WORDS, NUM_ENDINGS, NUM_TAGS, EMBED, HIDDEN = 11, 9, 5, 3, 4
ALONE_LOGITS = "a sentence has the same logits alone and in a batch"


def tagger_inputs(seed: int) -> Inputs:
    """Sentences (B, T) of different length, in no order, and weights."""
    rng = seeded(seed, 72)
    lengths = [int(rng.integers(3, 5)), 7, 1, int(rng.integers(5, 7))]
    words, endings = np.zeros((4, 7), dtype="int64"), np.zeros((4, 7), dtype="int64")
    for row, length in enumerate(lengths):
        words[row, :length] = rng.integers(UNK + 1, NUM_WORDS, size=length)
        endings[row, :length] = rng.integers(UNK + 1, NUM_ENDINGS, size=length)
    words[:2, 1], words[1, 4], endings[:2, 2] = UNK, UNK, UNK  # an unknown word is a word
    weights = {
        "word_embeddings.weight": rng.normal(size=(NUM_WORDS, EMBED)),
        "ending_embeddings.weight": rng.normal(size=(NUM_ENDINGS, EMBED)),
    }
    for direction in ("", "_reverse"):
        weights |= {
            f"lstm.weight_ih_l0{direction}": rng.normal(size=(4 * HIDDEN, 2 * EMBED)) * 0.6,
            f"lstm.weight_hh_l0{direction}": rng.normal(size=(4 * HIDDEN, HIDDEN)) * 0.6,
            f"lstm.bias_ih_l0{direction}": rng.normal(size=4 * HIDDEN) * 0.5,
            f"lstm.bias_hh_l0{direction}": rng.normal(size=4 * HIDDEN) * 0.5,
        }
    weights["hidden2tag.weight"] = rng.normal(size=(NUM_TAGS, 2 * HIDDEN))
    weights["hidden2tag.bias"] = rng.normal(size=NUM_TAGS)
    for name in ("word_embeddings.weight", "ending_embeddings.weight"):
        weights[name][PAD] = 0
    return {"words": words, "endings": endings, "lengths": lengths, "weights": weights}


def observe_tagger(inputs: Inputs, tagger_class: Any) -> Observed:
    """Logits of a tagger with given weights."""
    words, endings = torch.tensor(inputs["words"]), torch.tensor(inputs["endings"])
    lengths, weights = inputs["lengths"], inputs["weights"]
    real = (words != PAD)[..., None]

    def fresh(**arguments: Any) -> nn.Module:
        return tagger_class(NUM_WORDS, NUM_ENDINGS, NUM_TAGS, EMBED, HIDDEN, **arguments)

    def make(**arguments: Any) -> nn.Module:
        return transplant(fresh(**arguments), weights).eval()

    def logits(rows: slice = slice(None), steps: int | None = None) -> Any:
        return make()(*copies((words[rows, :steps], endings[rows, :steps])))

    def at_words(model: nn.Module, *sentences: torch.Tensor) -> torch.Tensor:
        return torch.where(real, model(*copies(sentences))[:, : real.shape[1]], 0.0)

    def alone() -> bool:
        model = make()
        together = model(words, endings)
        differences = [
            (together[row, :length] - model(words[row : row + 1, :length], endings[row : row + 1, :length])[0]).abs()
            for row, length in enumerate(lengths)
        ]
        return bool(max(difference.max() for difference in differences) <= SAME)

    def longer() -> list[Any]:
        wide = [torch.cat([part, torch.zeros(4, 2, dtype=torch.int64)], dim=1) for part in (words, endings)]
        model = make()
        changed = (at_words(model, *wide) - at_words(model, words, endings)).abs().max() > SAME
        return [list(model(*copies(wide)).shape), "other logits" if changed else "the same logits at the words"]

    def loud() -> str:
        tables = [name for name in weights if "embeddings" in name]
        filled = {name: np.array(weights[name]) for name in tables}
        for table in filled.values():
            table[PAD] = 3
        model = transplant(fresh(), {**weights, **filled}).eval()
        changed = (at_words(model, words, endings) - at_words(make(), words, endings)).abs().max() > SAME
        return "other logits" if changed else "the same logits"

    yield "parameters and their shapes", attempt(lambda: _shapes(fresh()))
    yield "shape of the logits", attempt(lambda: list(fresh()(*copies((words, endings))).shape))
    yield "start of the tables", attempt(lambda: _starts(tagger_class(300, 200, NUM_TAGS, 20, HIDDEN)))
    with double_precision():
        yield "logits of one word", attempt(lambda: logits(slice(2, 3), 1))
        yield "logits of one sentence", attempt(lambda: logits(slice(1, 2)))
        yield "logits at the words of a batch", attempt(lambda: at_words(make(), words, endings))
        yield ALONE_LOGITS, attempt(alone)
        yield "columns in which all is padding", attempt(longer)
        yield "other vectors in the rows of PAD", attempt(loud)
        yield (
            "dropout does nothing in evaluation",
            attempt(lambda: torch.equal(make(dropout=RATE)(words, endings), make()(words, endings))),
        )
        yield (
            "no dropout without argument",
            attempt(lambda: torch.equal(make().train()(words, endings), make()(words, endings))),
        )
        yield "dropout in training", attempt(_dropped, make, words[2:3, :1], endings[2:3, :1])
        yield "arguments that it changes", attempt(lambda: changes(make(), {"words": words, "endings": endings}))
        yield "gradients of the tables", attempt(lambda: _table_gradients(make(), words, endings))


def _shapes(model: nn.Module) -> dict[str, list[int]]:
    return {name: list(weight.shape) for name, weight in model.named_parameters()}


def _starts(model: nn.Module) -> dict[str, list[Any]]:
    """For each table: its padding_idx, whether that row is 0, and how wide the others are spread."""
    found = {}
    for name in ("word_embeddings", "ending_embeddings"):
        table = model.get_submodule(name)
        weight = table.get_parameter("weight").detach()
        spread = float(weight[1:].std())
        wide = "too wide" if spread > 0.25 else "too narrow" if spread < 0.04 else "fine"
        found[name] = [
            getattr(table, "padding_idx", None),
            "PAD is 0" if not weight[PAD].any() else "PAD is not 0",
            wide if abs(float(weight[1:].mean())) < spread / 2 else "not centred at 0",
        ]
    return found


def _dropped(make: Callable[..., nn.Module], word: torch.Tensor, ending: torch.Tensor) -> str:
    """What dropout does to the states (2H,) of a word before they are classified."""

    def states(model: nn.Module) -> torch.Tensor:
        """The input of hidden2tag for each tag (C, 2H): the gradient of its weight."""
        weight = model.get_submodule("hidden2tag").get_parameter("weight")
        return torch.autograd.grad(model(word, ending).sum(), weight)[0]

    whole = states(make())
    model = make(dropout=RATE).train()
    passes = torch.stack([states(model) for _ in range(20)])
    if not (passes == passes[:, :1]).all():
        return "logits are dropped"
    ratios = sorted({round(ratio, 2) for ratio in (passes / whole)[:, whole != 0].flatten().tolist()})
    if len(ratios) > 2:
        return f"the states change in many ways{', some to 0' if (passes == 0).any() else ''}"
    return "each number of the states times " + " or ".join(f"{ratio:.2f}" for ratio in ratios)


def _table_gradients(model: nn.Module, words: torch.Tensor, endings: torch.Tensor) -> dict[str, Any]:
    """Gradients of the two tables, from the logits at the words."""
    weighted = model(*copies((words, endings))) * torch.arange(1, NUM_TAGS + 1)
    weighted[words != PAD].sum().backward()
    tables = {name: model.get_submodule(f"{name}_embeddings").get_parameter("weight") for name in ("word", "ending")}
    return {name: None if table.grad is None else table.grad.to_dense() for name, table in tables.items()}


TAGGER = Check(
    "recurrent_networks.tagger",
    tagger_inputs,
    observe_tagger,
    {
        "parameters and their shapes": "word_embeddings, ending_embeddings, hidden2tag, a bidirectional lstm of 2D",
        "shape of the logits": "(B, T, C): one row of logits for each word of each sentence",
        "start of the tables": "make both tables by small_embeddings",
        "logits of one word": "(1, 1) indices give (1, 1, C) logits, no softmax; x is word vector, then ending vector",
        "logits of one sentence": "the lstm walks over time: batch_first=True, and every word has its own logits",
        "logits at the words of a batch": "each row is a sentence by itself, and rows stay where they are",
        ALONE_LOGITS: "the backward half must start at each sentence's own last word: pack with the lengths",
        "columns in which all is padding": "as many columns as the input has: pad_packed_sequence has total_length",
        "other vectors in the rows of PAD": "what the table holds for PAD must not reach the states of words",
        "dropout does nothing in evaluation": "make nn.Dropout once, in __init__, so that eval() reaches it",
        "no dropout without argument": "dropout=0.0",
        "dropout in training": "nn.Dropout(dropout) on the states, before hidden2tag, and nowhere else",
        "arguments that it changes": "no operation in place on words or endings",
        "gradients of the tables": "both tables must be trained through the logits: no detach, no torch.tensor(...)",
    },
    judge_cases,
)

# --- confusion ---------------------------------------------------------------------------------------------


def confusion_inputs(seed: int) -> Inputs:
    """True and predicted tags (B, T); PAD is predicted for a word, and words at padding."""
    rng = seeded(seed, 73)
    true = rng.integers(1, 5, size=(4, 6))
    predicted = np.where(rng.random((4, 6)) < 0.5, true, rng.integers(1, 5, size=(4, 6)))
    for row, length in enumerate((6, int(rng.integers(3, 5)), 1, 5)):
        true[row, length:] = PAD
    predicted[0, 1], predicted[1, 0], true[1, 0] = PAD, 4, 4
    predicted[2, 3] = PAD
    return {"true": true, "predicted": predicted, "num_tags": 5}


def observe_confusion(inputs: Inputs, confusion: Any) -> Observed:
    """Tables of counts."""
    true, predicted = torch.tensor(inputs["true"]), torch.tensor(inputs["predicted"])
    number = inputs["num_tags"]

    def table(*arguments: Any) -> Any:
        given = [value.clone() if isinstance(value, torch.Tensor) else value for value in arguments]
        found = confusion(*given)
        return found.to_dense() if isinstance(found, torch.Tensor) and found.is_sparse else found

    def whole() -> str:
        counts = np.asarray(table(true, predicted, number))
        return "whole numbers" if counts.dtype.kind in "iu" else f"numbers of type {counts.dtype}"

    one, other = torch.tensor([[1, 2]]), torch.tensor([[2, 2]])
    yield "two words", attempt(table, one, other, 3)
    yield "type of the counts", attempt(whole)
    yield "one row without padding", attempt(table, true[:1, 2:], predicted[:1, 2:], number)
    yield "PAD predicted for a word", attempt(table, true[:1], predicted[:1], number)
    yield "padding", attempt(table, true[1:3], predicted[1:3], number)
    yield "a batch", attempt(table, true, predicted, number)
    yield "tags that do not occur", attempt(table, true, predicted, number + 2)
    yield "nothing but padding", attempt(table, true[2:3, 1:], predicted[2:3, 1:], number)
    yield (
        "arguments that it changes",
        attempt(lambda: changes(lambda *both: confusion(*both, number), {"true": true, "predicted": predicted})),
    )


CONFUSION = Check(
    "recurrent_networks.confusion",
    confusion_inputs,
    observe_confusion,
    {
        "two words": "entry [i, j] counts the words whose true tag is i and whose predicted tag is j",
        "type of the counts": "counts are ints, not shares and not floats",
        "one row without padding": "every word adds 1 to one entry, also where another word has the same pair of tags",
        "PAD predicted for a word": "a word that is taken for PAD is an error like others: it counts in column 0",
        "padding": "positions whose true tag is PAD are left out, whatever is predicted there",
        "a batch": "all rows of the batch count",
        "tags that do not occur": "(num_tags, num_tags), also where the last tags do not occur",
        "nothing but padding": "a table of zeros, (num_tags, num_tags)",
        "arguments that it changes": "no operation in place on true or predicted",
    },
    judge_cases,
)

# --- train_tagger ------------------------------------------------------------------------------------------

SENTENCES = 300
SHARE = 0.6  # of what the reference gains over the most frequent tag
ALONE = "a sentence has the same tags alone and in a batch"
TAGS = "predicted tags"

Sentence = list[tuple[str, str]]


def accuracy(predicted: np.ndarray, answers: np.ndarray) -> float:
    """Share of words whose tag is right. predicted: (N,); answers: (N, 2), the right tags in column 0."""
    return float((np.asarray(predicted) == answers[:, 0]).mean())


def most_frequent_tags(train: Iterable[Sentence], sentences: Iterable[Sentence]) -> list[str]:
    """A tag for each word of the sentences: its most frequent one in `train`, else that of its ending, else NOUN.

    >>> train = [[("the", "DET"), ("pity", "NOUN")]]
    >>> most_frequent_tags(train, [[("The", "DET"), ("city", "NOUN"), ("of", "ADP")]])
    ['DET', 'NOUN', 'NOUN']
    """
    words: defaultdict[str, Counter[str]] = defaultdict(Counter)
    endings: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for sentence in train:
        for word, tag in sentence:
            words[word.lower()][tag] += 1
            endings[word.lower()[-3:]][tag] += 1
    found = []
    for sentence in sentences:
        for word, _ in sentence:
            counts = words.get(word.lower()) or endings.get(word.lower()[-3:]) or Counter(NOUN=1)
            found.append(counts.most_common(1)[0][0])
    return found


def tagging_inputs(seed: int) -> Inputs:
    """Words of sentences that the student has not seen."""
    unseen = recurrent_networks_mini.unseen_sentences(seed, SENTENCES)
    return {"sentences": [[word for word, _ in sentence] for sentence in unseen]}


def tagging_answers(seed: int) -> np.ndarray:
    """(N, 2): for each word its right tag, and the one that it has most often in the training sentences."""
    unseen = recurrent_networks_mini.unseen_sentences(seed, SENTENCES)
    right = [tag for sentence in unseen for _, tag in sentence]
    usual = most_frequent_tags(recurrent_networks_mini.treebank(seed)["train"], unseen)
    index = {tag: place for place, tag in enumerate(UNIVERSAL_TAGS, 1)}
    return np.array([[index[tag] for tag in tags] for tags in (right, usual)], dtype="int8").T


def observe_tagging(inputs: Inputs, tags_of: Any) -> Observed:
    """Predicted tags (N,) of all words. tags_of: B sentences, each a list of words -> indices of their tags."""
    sentences = inputs["sentences"]

    def tags(some: list[list[str]]) -> list[np.ndarray]:
        rows = list(tags_of([list(sentence) for sentence in some]))
        if len(rows) != len(some):
            raise ValueError(f"tags of {len(rows)} sentences, where {len(some)} were given")
        return [np.asarray(row, dtype="int64")[: len(sentence)] for row, sentence in zip(rows, some, strict=True)]

    def alone() -> bool:
        shortest = sorted(sentences, key=len)[:20]
        together = tags([*shortest, max(sentences, key=len)])
        return all(np.array_equal(tags([one])[0], row) for one, row in zip(shortest, together, strict=False))

    def flat() -> np.ndarray:
        found = np.concatenate(tags(sentences))
        return np.where((found > 0) & (found <= len(UNIVERSAL_TAGS)), found, -1).astype("int8")

    yield ALONE, attempt(alone)
    yield TAGS, attempt(flat)


def judge_tagging(cases: Cases, truth: ExerciseTruth, check: Check, reveal: bool) -> Verdict:
    """Full marks for `check.share` of the reference's gain over the most frequent tag, if padding does not matter."""
    answers = np.asarray(truth.observation["answers"])
    wording = Wording("sentences", "tags", "the most frequent tag")
    return judge_gain(cases, truth, check, reveal, ALONE, TAGS, accuracy(answers[:, 1], answers), wording)


TRAIN_TAGGER = Check(
    "recurrent_networks.train_tagger",
    tagging_inputs,
    observe_tagging,
    {
        ALONE: "padding changes the result: the backward half must start at each sentence's own last word",
        TAGS: "train for more epochs, with a learning rate between 0.003 and 0.02, on all batches",
    },
    judge_tagging,
    about_data=True,
    answers=tagging_answers,
    quality=accuracy,
    share=SHARE,
)

CHECKS = [ENCODE_WORDS, TAGGER, CONFUSION, TRAIN_TAGGER]
