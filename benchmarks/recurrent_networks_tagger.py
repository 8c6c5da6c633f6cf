"""The tagger of the recurrent networks benchmark: parts of speech of real English, by the notebook's own functions.

Universal Dependencies English EWT (Silveira et al. 2014), universal tags: trained on its training file, settings chosen
by its dev file, measured once on its test file. `encode_words`, `LSTMTagger`, `tag_batches`, `train_tagger` and
`tags_of_rows` are the notebook's; what is set here is how large the tagger is and how long it learns.

Shapes: B batch, T time, D embedding, H hidden.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import torch
from benchmark_common import Figure

from course_lib.checks.recurrent_networks.tagging import most_frequent_tags
from course_lib.data import UNIVERSAL_TAGS, treebanks

FILES = {split: f"pos/en_ewt-ud-{split}.conllu.xz" for split in ("train", "dev", "test")}
WHOLE = (12544, 2001, 2077)  # sentences of the real files
TARGET, TARGET_SECONDS = 0.93, 480.0  # accuracy on the test file, CPU seconds of training

USUAL = "most frequent tag"
TAGGER = "tagger"
NO_ENDINGS = "tagger without endings"
NO_SENTENCE = "tagger without the sentence"
NO_UNKNOWN = "tagger with UNK never trained"
NO_UNKNOWN_WIDE = "tagger with UNK never trained and words from 1"

Names = dict[str, Any]
Sentence = list[tuple[str, str]]
Treebank = dict[str, list[Sentence]]
Row = tuple[list[int], list[int], list[int]]  # indices of words, of endings and of tags


@dataclass(frozen=True)
class Recipe:
    """How a tagger is made and trained. endings, sentence: whether it may read them.

    alpha: a word that occurs n times is hidden with probability alpha / (alpha + n); with 0, UNK is never trained.
    spread: standard deviation of the word vectors at the start.
    """

    size: int = 128  # D and H
    dropout: float = 0.5
    epochs: int = 8
    rate: float = 0.004
    alpha: float = 0.5
    spread: float = 0.1
    endings: bool = True
    sentence: bool = True


BEST = Recipe()
RECIPES = {
    TAGGER: BEST,
    NO_ENDINGS: replace(BEST, endings=False),
    NO_SENTENCE: replace(BEST, sentence=False, epochs=1),  # 16 times as many steps in an epoch
    NO_UNKNOWN: replace(BEST, alpha=0.0),
    NO_UNKNOWN_WIDE: replace(BEST, alpha=0.0, spread=1.0),
}


@dataclass(frozen=True)
class Tagged:
    """How a method tags: shares right of all words, and of those that the training file has and lacks."""

    method: str
    accuracy: float
    seen: float
    unseen: float
    unseen_share: float
    cpu_seconds: float
    seconds: float
    parameters: int


# --- data --------------------------------------------------------------------------------------------------


def missing_files(folder: Path) -> list[str]:
    """The files of the tagger that `folder` lacks."""
    return [name for name in FILES.values() if not (folder / name).is_file()]


def load(folder: Path) -> Treebank:
    """The sentences of the three files in `folder`."""
    return {split: treebanks.read(folder / name) for split, name in FILES.items()}


def whole(treebank: Treebank) -> bool:
    """Whether these are all the sentences that the target is about."""
    return tuple(map(len, treebank.values())) == WHOLE


class Encoder:
    """Turns sentences into indices by the notebook's vocabularies of the training sentences."""

    def __init__(self, train: list[Sentence], names: Names) -> None:
        self.names = names
        words = [word.lower() for sentence in train for word, _ in sentence]
        self.word2idx = names["number_items"](words, min_count=1)
        self.ending2idx = names["number_items"]((word[-3:] for word in words), min_count=2)
        self.tag2idx = {tag: index for index, tag in enumerate(UNIVERSAL_TAGS, 1)}

    def rows(self, sentences: list[Sentence], recipe: Recipe) -> list[Row]:
        """Sentences as the notebook's functions take them; without the sentence, each word is one of its own."""
        found = []
        for sentence in sentences:
            words, endings = self.names["encode_words"]([word for word, _ in sentence], self.word2idx, self.ending2idx)
            if not recipe.endings:
                endings = [self.names["UNK"]] * len(words)
            row = (words, endings, [self.tag2idx[tag] for _, tag in sentence])
            found += [row] if recipe.sentence else [tuple([item] for item in items) for items in zip(*row, strict=True)]
        return found


# --- rows of the table -------------------------------------------------------------------------------------


def measure_tagger(
    treebank: Treebank,
    names: Names,
    recipes: dict[str, Recipe] | None = None,
    split: str = "test",
    report: Callable[[str], object] = lambda line: None,
) -> list[Tagged]:
    """Every row: the most frequent tag, then a tagger for each recipe. names: what the notebook defines."""
    rows = [usual_row(treebank, split)]
    for method, recipe in (RECIPES if recipes is None else recipes).items():
        rows.append(tagger_row(treebank, names, method, recipe, split))
        report(f"{method}: accuracy {rows[-1].accuracy:.4f}, {rows[-1].cpu_seconds:.0f} s of training")
    return rows


def usual_row(treebank: Treebank, split: str) -> Tagged:
    """Each word by its most frequent tag, else by that of its ending: the notebook's yardstick."""
    started, cpu_started = time.perf_counter(), time.process_time()
    found = most_frequent_tags(treebank["train"], treebank[split])
    return scored(USUAL, treebank, split, found, (time.process_time() - cpu_started, time.perf_counter() - started), 0)


def tagger_row(treebank: Treebank, names: Names, method: str, recipe: Recipe, split: str) -> Tagged:
    """A tagger, trained by the notebook's loop."""
    torch.manual_seed(0)
    encoder = Encoder(treebank["train"], names)
    sizes = (len(encoder.word2idx) + 4, len(encoder.ending2idx) + 4, len(UNIVERSAL_TAGS) + 1)
    tagger = names["LSTMTagger"](*sizes, recipe.size, recipe.size, dropout=recipe.dropout)
    with torch.no_grad():
        tagger.word_embeddings.weight.mul_(recipe.spread / 0.1)  # the notebook's tables start at 0.1
    rows = encoder.rows(treebank["train"], recipe)
    started, cpu_started = time.perf_counter(), time.process_time()
    names["train_tagger"](tagger, rows, recipe.epochs, recipe.rate, recipe.alpha)
    spent = (time.process_time() - cpu_started, time.perf_counter() - started)
    tags = names["tags_of_rows"](tagger, encoder.rows(treebank[split], recipe))
    found = [["<pad>", *UNIVERSAL_TAGS][index] for row in tags for index in row]
    return scored(method, treebank, split, found, spent, sum(weight.numel() for weight in tagger.parameters()))


def scored(
    method: str, treebank: Treebank, split: str, found: list[str], spent: tuple[float, float], parameters: int
) -> Tagged:
    """A row from the tags of all words. spent: CPU seconds and seconds of training."""
    known = {word.lower() for sentence in treebank["train"] for word, _ in sentence}
    pairs = [pair for sentence in treebank[split] for pair in sentence]
    right: dict[bool, list[bool]] = {True: [], False: []}
    for (word, tag), guess in zip(pairs, found, strict=True):
        right[word.lower() in known].append(guess == tag)
    shares = {seen: sum(hits) / max(len(hits), 1) for seen, hits in right.items()}
    total = sum(map(sum, right.values())) / len(pairs)
    return Tagged(method, total, shares[True], shares[False], len(right[False]) / len(pairs), *spent, parameters)


# --- figures -----------------------------------------------------------------------------------------------


def tagger_figures(rows: list[Tagged], targets: bool = True) -> list[Figure]:
    """What the table prints: accuracies on all words and on those never seen, against the target and the yardstick.

    targets: whether these are the sentences that the targets are about.
    """
    usual = next(row for row in rows if row.method == USUAL)
    figures = []
    for row in rows:
        against = TARGET if targets and row.method == TAGGER else None
        figures += [
            Figure(f"tagger: accuracy, {row.method}", row.accuracy, "", against),
            Figure(f"tagger: accuracy on words seen in training, {row.method}", row.seen, "", usual.seen),
            Figure(f"tagger: accuracy on words never seen, {row.method}", row.unseen, "", usual.unseen),
        ]
        if row.method != USUAL:
            limit = TARGET_SECONDS if targets and row.method == TAGGER else None
            figures.append(Figure(f"tagger: training, {row.method}", row.cpu_seconds, "s of one core", limit))
    return [*figures, Figure("tagger: share of words never seen in training", usual.unseen_share, "")]
