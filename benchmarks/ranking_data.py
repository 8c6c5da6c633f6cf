"""The real Quora slice, the notebook's names, and hits@k of any vectors: what all parts of the ranking benchmark share.

Shapes: N rows of a question and C candidates (its duplicate, negatives), V distinct questions, D dimension.
"""

from __future__ import annotations

import lzma
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from benchmark_common import COURSE, lift_definitions
from gensim.models import KeyedVectors

NOTEBOOK = COURSE / "source" / "ranking" / "ranking.ipynb"
QUESTIONS = "ranking/quora/questions.txt.xz"
ROWS = "ranking/quora/validation_ids.npz"
TRAIN = "ranking/quora/train.tsv.xz"
VECTORS = "vectors/googlenews_300d_8k.npz"
VOCABULARY = "vectors/googlenews_300d_8k.vocab.txt"
WHOLE_SLICE = (1500, 1001)

RUN_WHOLE = ("setup", "lift")  # cells that are run as they stand; of the others only the definitions
KS = [1, 5, 10, 100, 500]
TIE = 1e-6

Samples = list[list[str]]
Pairs = list[tuple[str, str]]


@dataclass(frozen=True)
class Slice:
    """Questions (V texts), rows `ids` (N, 1 + C) of question, duplicate, negatives, and word vectors."""

    questions: list[str]
    ids: np.ndarray
    vectors: KeyedVectors

    def rows(self, questions: list[str]) -> Samples:
        """The rows as texts, as the notebook's Scorer takes them. questions: V texts."""
        return [[questions[place] for place in row] for row in self.ids.tolist()]


@dataclass(frozen=True)
class Quality:
    """hits@k of a method by the strict rule, and hits@1 with ties counted against it."""

    method: str
    strict: dict[int, float]
    ties_against: float
    train_seconds: float | None = None


# --- data --------------------------------------------------------------------------------------------------


def missing_files(folder: Path) -> list[str]:
    """The files of the benchmark that `folder` lacks."""
    return [name for name in (QUESTIONS, ROWS, TRAIN, VECTORS, VOCABULARY) if not (folder / name).is_file()]


def read_lines(path: Path) -> list[str]:
    """The lines of an .xz file."""
    with lzma.open(path, "rt", encoding="utf-8", newline="\n") as file:
        return file.read().removesuffix("\n").split("\n")


def load(folder: Path, queries: int | None = None) -> Slice:
    """The slice in `folder`; only its first `queries` rows if a number is given."""
    with np.load(folder / ROWS) as arrays:
        ids = arrays["ids"][:queries].astype(np.int64)
    with np.load(folder / VECTORS) as arrays:
        values = arrays["vectors"].astype(np.float32)
    vectors = KeyedVectors(values.shape[1])
    vectors.add_vectors((folder / VOCABULARY).read_text(encoding="utf-8").removesuffix("\n").split("\n"), values)
    return Slice(read_lines(folder / QUESTIONS), ids, vectors)


def load_pairs(folder: Path) -> Pairs:
    """The given training pairs; none of their questions is in the slice."""
    rows = (line.split("\t") for line in read_lines(folder / TRAIN))
    return [(untokenised(row[0]), untokenised(row[1])) for row in rows]


def untokenised(text: str) -> str:
    """A text without the marks of the Penn Treebank, which half of the training pairs have and no row of the slice.

    >>> untokenised("Why does n't it -LRB- ever -RRB- stop ?")
    "Why doesn't it   ever   stop ?"
    """
    return re.sub(r"-[LR][RSC]B-", " ", text).replace(" n't", "n't")


# --- the notebook's names ----------------------------------------------------------------------------------


def lift(notebook: Path = NOTEBOOK) -> dict[str, Any]:
    """The names that the instructor notebook defines: Embedder, Scorer, hits_at_k, TextPreprocessor, ...

    Classes and functions of all solution cells, and `text_preprocessor`; what the notebook trains is not trained.
    """
    return lift_definitions(notebook, RUN_WHOLE)


# --- hits --------------------------------------------------------------------------------------------------


def vector_quality(
    slice_: Slice, names: dict[str, Any], method: str, vectors: np.ndarray, train_seconds: float | None = None
) -> Quality:
    """Hits of vectors (V, D) of the questions: strict by the notebook's Scorer, ties against by the margin."""
    places = [str(place) for place in range(len(vectors))]  # the Scorer takes texts: here each is its own number
    scorer = names["Scorer"](KS, lambda text, normalize=False: vectors[int(text)])
    strict = scorer(slice_.rows(places))
    against = counts(cosine_rows(unit_rows(vectors.astype(np.float32)), slice_.ids), -TIE)
    return Quality(method, strict, names["hits_at_k"](against, [1])[1], train_seconds)


def unit_rows(matrix: np.ndarray) -> np.ndarray:
    """The rows of a matrix (V, D), each divided by its length; zeros stay zeros."""
    lengths = np.linalg.norm(matrix, axis=1, keepdims=True)
    return matrix / np.where(lengths > 0, lengths, 1)


def cosine_rows(units: Any, ids: np.ndarray) -> Iterator[np.ndarray]:
    """For each of the N rows the cosines (C,) of its question with its candidates, the duplicate first.

    units: (V, D), dense or sparse, rows of length 1 or 0. ids: (N, 1 + C).
    """
    for row in ids:
        question = units[row[:1]]
        dense = question if isinstance(question, np.ndarray) else question.toarray()
        yield units[row[1:]] @ dense[0]


def counts(scores: Iterable[np.ndarray], margin: float = 0.0) -> np.ndarray:
    """For each row how many negatives are above the duplicate's score + `margin` -> (N,).

    A margin of 0 is the strict rule, a small negative one counts ties against the model.
    """
    return np.array([int((row[1:] > row[0] + margin).sum()) for row in scores])
