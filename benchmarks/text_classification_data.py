"""Real AG News texts, the notebook's names, and batches: what all parts of the text classification benchmark share.

Shapes: B batch, T time.
"""

from __future__ import annotations

import csv
import lzma
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from benchmark_common import COURSE, lift_definitions
from gensim.models import KeyedVectors
from torch.utils.data import DataLoader

NOTEBOOK = COURSE / "source" / "text_classification" / "text_classification.ipynb"
TRAIN = ("agnews/train.csv.xz", "agnews/train_extra.csv.xz")
TEST = "agnews/test.csv.xz"
VECTORS = "vectors/local_w2v_50d"
GLOVE = "vectors/glove6b_50d_10k"
FILES = (*TRAIN, TEST, *(f"{name}.{kind}" for name in (VECTORS, GLOVE) for kind in ("npz", "vocab.txt")))
WHOLE = (46887, 5700)  # texts to train on and to test on, in the real files
HELD_OUT = 4000  # of the training texts, for --validate

RUN_WHOLE = ("setup", "special-indices")  # cells that are run as they stand; of the others only the definitions
POOL = 50  # batches whose texts are sorted by length together

Names = dict[str, Any]
Row = dict[str, Any]  # {"features": indices, "label": 0..3}, as the notebook's collate_fn takes it


@dataclass(frozen=True)
class News:
    """Texts and labels 0..3 to train on and to test on, and two sets of word vectors."""

    train: list[tuple[str, int]]
    test: list[tuple[str, int]]
    vectors: KeyedVectors
    glove: KeyedVectors

    @property
    def whole(self) -> bool:
        """Whether these are all the texts that the targets are about."""
        return (len(self.train), len(self.test)) == WHOLE

    def held_out(self) -> News:
        """The same without the test texts: some of the training texts take their place."""
        rows = random.Random(0).sample(self.train, len(self.train))
        return News(rows[HELD_OUT:], rows[:HELD_OUT], self.vectors, self.glove)


# --- files -------------------------------------------------------------------------------------------------


def missing_files(folder: Path) -> list[str]:
    """The files of the benchmark that `folder` lacks."""
    return [name for name in FILES if not (folder / name).is_file()]


def load(folder: Path) -> News:
    """The news in `folder`."""
    train = [row for name in TRAIN for row in read_news(folder / name)]
    return News(train, read_news(folder / TEST), read_vectors(folder / VECTORS), read_vectors(folder / GLOVE))


def read_news(path: Path) -> list[tuple[str, int]]:
    """Text (title and description) and label of each row of an .xz file in AG News form."""
    with lzma.open(path, "rt", encoding="utf-8", newline="") as file:
        return [(f"{title} {text}".strip(), int(topic) - 1) for topic, title, text in csv.reader(file)]


def read_vectors(path: Path) -> KeyedVectors:
    """Word vectors of a set that is two files, `path` with .npz and with .vocab.txt."""
    with np.load(path.with_suffix(".npz")) as arrays:
        values = arrays["vectors"].astype(np.float32)
    vectors = KeyedVectors(values.shape[1])
    words = path.with_suffix(".vocab.txt").read_text(encoding="utf-8").removesuffix("\n").split("\n")
    vectors.add_vectors(words, values)
    return vectors


def lift(notebook: Path = NOTEBOOK) -> Names:
    """The names that the instructor notebook defines: tokenize, collate_fn, RNNModel, GRU, training, ...

    Classes and functions of all solution cells; what the notebook trains is not trained.
    """
    return lift_definitions(notebook, RUN_WHOLE)


# --- batches -----------------------------------------------------------------------------------------------


class LikeLengths:
    """Batches of places of texts, each batch of texts of like length, in random order.

    Texts are shuffled, cut into pools of `POOL` batches, and sorted by length within a pool.
    """

    def __init__(self, lengths: list[int], batch: int) -> None:
        """lengths: of each text. batch: B."""
        self.lengths = lengths
        self.batch = batch

    def __len__(self) -> int:
        """How many batches."""
        return -(-len(self.lengths) // self.batch)

    def __iter__(self) -> Iterator[list[int]]:
        """The batches of an epoch, by torch's random numbers."""
        order = torch.randperm(len(self.lengths)).tolist()
        batches = []
        for start in range(0, len(order), self.batch * POOL):
            pool = sorted(order[start : start + self.batch * POOL], key=self.lengths.__getitem__)
            batches += [pool[place : place + self.batch] for place in range(0, len(pool), self.batch)]
        for place in torch.randperm(len(batches)).tolist():
            yield batches[place]


def train_loader(
    rows: list[Row], names: Names, batch: int, like_lengths: bool, word_dropout: float = 0.0
) -> DataLoader:
    """Batches to train on. word_dropout: share of words that become UNK, drawn anew each time."""

    def collate(chosen: list[Row]) -> dict[str, torch.Tensor]:
        found = names["collate_fn"](chosen)
        features = found["features"]
        dropped = (features != names["PAD"]) & (torch.rand(features.shape) < word_dropout)
        return found | {"features": features.masked_fill(dropped, names["UNK"])}

    if like_lengths:
        sampler = LikeLengths([len(row["features"]) for row in rows], batch)
        return DataLoader(rows, batch_sampler=sampler, collate_fn=collate)
    return DataLoader(rows, batch_size=batch, shuffle=True, collate_fn=collate)


def test_loader(rows: list[Row], names: Names, batch: int) -> DataLoader:
    """Batches to test on, in the order of the file."""
    return DataLoader(rows, batch_size=batch, collate_fn=names["collate_fn"])
