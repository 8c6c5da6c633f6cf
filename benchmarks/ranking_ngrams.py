"""The benchmark's own n-gram bag: a random projection of tf-idf, trained on the given pairs with hard batches.

It is task 4.3 of the notebook with settings for real text: hashed units, idf weights, dropout, and batches of pairs
that are hard to tell apart. It was chosen on pairs put aside from the training pairs, never on the ranked rows.
Shapes: B texts of a batch, U units of a text, D dimension, M pairs.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

BUCKETS = 2**15
KIND_WEIGHTS = (1.0, 0.3, 1.0)  # words, pairs of neighbouring words, letter trigrams
Bag = list[int]


def words_of(text: str) -> list[str]:
    """The lower-case words of a text, punctuation taken for spaces."""
    return re.sub(r"[^\w\s]|_", " ", text.lower()).split()


def units_of(text: str) -> tuple[list[str], list[str], list[str]]:
    """Words, pairs of neighbouring words, and letter trigrams of a text.

    >>> units_of("To C!")
    (['to', 'c'], ['to c'], ['#to', 'to#', '#c#'])
    """
    words = words_of(text)
    trigrams = [f"#{word}#"[start : start + 3] for word in words for start in range(len(word))]
    return words, [f"{first} {second}" for first, second in pairwise(words)], trigrams


def to_bag(text: str) -> Bag:
    """Numbers of the different units of a text; each kind has `BUCKETS` numbers of its own, found by a hash."""
    return sorted(
        {
            kind * BUCKETS + zlib.crc32(unit.encode()) % BUCKETS
            for kind, units in enumerate(units_of(text))
            for unit in units
        }
    )


def start_weights(bags: list[Bag]) -> torch.Tensor:
    """idf of each bucket times the factor of its kind -> (3 * BUCKETS,)."""
    found = np.bincount([unit for bag in bags for unit in bag], minlength=len(KIND_WEIGHTS) * BUCKETS)
    idf = np.log((1 + len(bags)) / (1 + found)) + 1
    return torch.tensor(idf * np.repeat(KIND_WEIGHTS, BUCKETS), dtype=torch.float32)


class HashedBagModel(nn.Module):
    """Bags -> vectors (B, D) of length 1: the sum of the units' vectors, weighted by their fixed idf."""

    def __init__(self, weights: torch.Tensor, dim: int = 512, dropout: float = 0.3) -> None:
        super().__init__()
        self.vectors = nn.Embedding(len(weights), dim, sparse=True)
        nn.init.normal_(self.vectors.weight, std=dim**-0.5)
        self.register_buffer("weights", weights)
        self.dropout = nn.Dropout(dropout)  # forgets units, so that no single one carries a pair

    def forward(self, bags: list[Bag]) -> torch.Tensor:
        """Vectors (B, D) of B bags."""
        ids = torch.tensor([unit for bag in bags for unit in bag], dtype=torch.int64)
        starts = torch.tensor([0, *(len(bag) for bag in bags[:-1])]).cumsum(0)
        rows, places = ids.unique(return_inverse=True)  # each row's gradient once: a step touches few rows
        weights = self.dropout(self.weights[ids])
        summed = F.embedding_bag(places, self.vectors(rows), starts, mode="sum", per_sample_weights=weights)
        return F.normalize(summed)


@torch.no_grad()
def embed(model: HashedBagModel, bags: list[Bag]) -> torch.Tensor:
    """Vectors (len(bags), D), computed in batches."""
    model.eval()
    return torch.cat([model(bags[start : start + 1024]) for start in range(0, len(bags), 1024)])


def hard_batches(vectors: torch.Tensor, batch: int, near: int, rng: np.random.Generator) -> Iterator[np.ndarray]:
    """Every pair once: batches of random pairs, each with its nearest `near - 1` pairs that are still unused.

    vectors: (M, D) of the pairs' questions. Each batch holds the numbers of its pairs.
    """
    left = np.arange(len(vectors))
    while len(left) > batch:
        chosen = list(rng.choice(len(left), batch // near, replace=False))
        free = np.ones(len(left), dtype=bool)
        free[chosen] = False
        for cosines in (vectors[left[chosen]] @ vectors[left].T).numpy():
            cosines[~free] = -2
            chosen += list(np.argpartition(-cosines, near - 1)[: near - 1])
            free[chosen] = False
        yield left[chosen]
        left = left[free]
    yield left


def pair_loss(questions: torch.Tensor, duplicates: torch.Tensor, same: torch.Tensor, alpha: float) -> torch.Tensor:
    """NT-Xent in which the other texts of the own side are negatives as well.

    questions, duplicates: (B, D) of length 1. same: (B, B), true for pairs of one cluster, which are no negatives.
    """
    other = same & ~torch.eye(len(same), dtype=torch.bool)
    right = torch.arange(len(same))

    def side(own: torch.Tensor, wanted: torch.Tensor) -> torch.Tensor:
        across = (own @ wanted.T / alpha).masked_fill(other, -1e4)
        along = (own @ own.T / alpha).masked_fill(same, -1e4)
        return F.cross_entropy(torch.cat([across, along], dim=1), right)

    return (side(questions, duplicates) + side(duplicates, questions)) / 2


def clusters(pairs: list[tuple[str, str]]) -> torch.Tensor:
    """A number for each pair -> (M,); pairs that share a question, directly or in a chain, have the same.

    >>> clusters([("a", "b"), ("c", "d"), ("b", "e")]).tolist()
    [1, 0, 1]
    """
    parent: dict[str, str] = {}

    def root(text: str) -> str:
        while parent.setdefault(text, text) != text:
            text = parent[text]
        return text

    keys = [(" ".join(words_of(question)), " ".join(words_of(duplicate))) for question, duplicate in pairs]
    for question, duplicate in keys:
        parent[root(question)] = root(duplicate)
    return torch.tensor(np.unique([root(question) for question, _ in keys], return_inverse=True)[1])


def train(
    pairs: list[tuple[str, str]],
    seed: int,
    epochs: int = 8,
    batch: int = 512,
    near: int = 32,
    lr: float = 0.004,
    alpha: float = 0.05,
) -> HashedBagModel:
    """A model trained on the pairs; the learning rate falls linearly to 0."""
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    questions, duplicates = ([to_bag(pair[side]) for pair in pairs] for side in (0, 1))
    model, cluster = HashedBagModel(start_weights(questions + duplicates)), clusters(pairs)
    optimizer = torch.optim.SparseAdam(model.parameters(), lr=lr)
    for epoch in range(epochs):
        batches = list(hard_batches(embed(model, questions), batch, near, rng))
        model.train()
        for done, number in enumerate(rng.permutation(len(batches))):
            optimizer.param_groups[0]["lr"] = lr * (1 - (epoch + done / len(batches)) / epochs)
            chosen = batches[number]
            both = model([questions[place] for place in chosen] + [duplicates[place] for place in chosen])
            same = cluster[chosen][:, None] == cluster[chosen]
            optimizer.zero_grad()
            pair_loss(*both.chunk(2), same, alpha).backward()
            optimizer.step()
    return model
