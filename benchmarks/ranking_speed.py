"""Speed ratios of the ranking benchmark: the notebook's solution against the original course's way, in one run."""

from __future__ import annotations

import statistics
import string
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import torch
from benchmark_common import Figure
from ranking_data import KS, WHOLE_SLICE, Pairs, Slice
from ranking_models import dssm_parts
from sklearn.metrics.pairwise import cosine_similarity
from torch import nn

TARGET_SECONDS = 15.0
TARGET_TIMES = 150.0
TARGET_VOCABULARY_TIMES = 1000.0
TARGET_STEP_TIMES = 15.0
PAIRWISE_SECONDS = 10.0
PAIRWISE_QUERIES = 5
LIST_SECONDS = 900.0
SPLIT_RUNS = 21
STEP_BATCH = 1024
BAG_STEPS = 9
SLICE_STEPS = 3


@dataclass(frozen=True)
class Speed:
    """Seconds of the reference for `queries` rows of `texts` texts, and of the pairwise loop for a few."""

    seconds: float
    queries: int
    texts: int
    pairwise_seconds: float
    pairwise_queries: int
    same_counts: int

    @property
    def times(self) -> float:
        """How many times faster a query is scored than by the pairwise loop."""
        return (self.pairwise_seconds / self.pairwise_queries) / (self.seconds / self.queries)


@dataclass(frozen=True)
class VocabularySpeed:
    """CPU seconds for the words of the first `timed` of `texts` texts, both ways on the same texts."""

    texts: int
    timed: int
    running_words: int
    words: int
    list_seconds: float
    split_seconds: float


@dataclass(frozen=True)
class StepSpeed:
    """Seconds of a training step of a DSSM on `batch` pairs, and the largest difference of the losses."""

    batch: int
    slice_seconds: float
    bag_seconds: float
    loss_difference: float


@dataclass(frozen=True)
class Speeds:
    """All ratios of a run."""

    scoring: Speed
    vocabulary: VocabularySpeed
    step: StepSpeed


def measure_speeds(slice_: Slice, pairs: Pairs, names: dict[str, Any]) -> Speeds:
    """All three ratios, one after the other."""
    return Speeds(
        measure_scoring(slice_, names, PAIRWISE_SECONDS),
        measure_vocabulary(slice_, pairs, names, LIST_SECONDS),
        measure_step(pairs, names, STEP_BATCH),
    )


# --- scoring -----------------------------------------------------------------------------------------------


class PairwiseScorer:
    """The scorer that the original course used: one library call for each candidate.

    It embeds each text when its turn comes, and computes each cosine by itself.
    """

    def __init__(self, embedder: Callable[[str], np.ndarray]) -> None:
        self.embedder = embedder

    def hard_negatives(self, row: list[str]) -> int:
        """How many negatives of a row are strictly above the duplicate."""
        question, duplicate, *negatives = row
        anchor = self.embedder(question)[None, :]
        wanted = cosine_similarity(anchor, self.embedder(duplicate)[None, :])
        above = 0
        for negative in negatives:
            found = cosine_similarity(anchor, self.embedder(negative)[None, :])
            if found > wanted:
                above += 1
        return above


def pairwise_counts(slice_: Slice, names: dict[str, Any], seconds: float) -> tuple[list[int], float]:
    """Hard negatives of the first rows by the pairwise loop, and the seconds it took.

    It goes on for at least `PAIRWISE_QUERIES` rows and until `seconds` are over.
    """
    scorer = PairwiseScorer(names["Embedder"](slice_.vectors, slice_.vectors.vector_size))
    samples = slice_.rows(slice_.questions)
    scorer.hard_negatives(samples[0][:3])  # the first call of the library sets itself up
    found: list[int] = []
    start = time.perf_counter()
    while len(found) < len(samples):
        found.append(scorer.hard_negatives(samples[len(found)]))
        if len(found) >= PAIRWISE_QUERIES and time.perf_counter() - start >= seconds:
            break
    return found, time.perf_counter() - start


def measure_scoring(slice_: Slice, names: dict[str, Any], pairwise_seconds: float) -> Speed:
    """The reference Scorer on all rows of raw text, and right afterwards the pairwise loop on the first ones."""
    scorer = names["Scorer"](KS, names["Embedder"](slice_.vectors, slice_.vectors.vector_size))
    samples = slice_.rows(slice_.questions)
    start = time.perf_counter()
    scorer(samples)
    seconds = time.perf_counter() - start
    found, taken = pairwise_counts(slice_, names, pairwise_seconds)
    rows = zip(samples, found, strict=False)
    same = sum(scorer._get_hard_negatives(row[0], row[1], row[2:]) == count for row, count in rows)
    queries, texts = slice_.ids.shape
    return Speed(seconds, queries, texts, taken, len(found), same)


# --- vocabulary --------------------------------------------------------------------------------------------


def list_way(texts: list[str], embeddings: Any, seconds: float) -> tuple[list[str], list[str], int, float]:
    """Known and unknown words by asking growing lists, as the original course did.

    It stops after a text when `seconds` of CPU time are over. Returns both lists, how many texts it read, the time.
    """
    known: list[str] = []
    unknown: list[str] = []
    read = 0
    start = time.process_time()
    for text in texts:
        for word in text.split():
            if word not in known and word in embeddings:
                known.append(word)
            if word not in unknown and word not in embeddings:
                unknown.append(word)
        read += 1
        if time.process_time() - start >= seconds:
            break
    return known, unknown, read, time.process_time() - start


def measure_vocabulary(slice_: Slice, pairs: Pairs, names: dict[str, Any], list_seconds: float) -> VocabularySpeed:
    """Words of all questions and training pairs, cleaned: the list way (capped), and split_vocabulary on as many texts.

    The list way runs once, since it takes minutes; of split_vocabulary the median of `SPLIT_RUNS` runs counts. Both in
    CPU seconds: the one takes a thousand times as long as the other, and what else the machine does meanwhile differs.

    Raises: RuntimeError: both ways found different words.
    """
    clean = names["TextPreprocessor"](list(string.punctuation))
    texts = [clean(text) for text in [*slice_.questions, *(text for pair in pairs for text in pair)]]
    known, unknown, read, taken = list_way(texts, slice_.vectors, list_seconds)
    found, seconds = median_time(lambda: names["split_vocabulary"](texts[:read], slice_.vectors), SPLIT_RUNS)
    if tuple(found) != (sorted(known), sorted(unknown)):
        raise RuntimeError("split_vocabulary and the list way found different words: the ratio would mean nothing")
    running = sum(len(text.split()) for text in texts[:read])
    return VocabularySpeed(len(texts), read, running, len(known) + len(unknown), taken, seconds)


def median_time(work: Callable[[], Any], times: int) -> tuple[Any, float]:
    """What `work` returns, and the median of the CPU seconds that it takes."""
    seconds = []
    for _ in range(times):
        start = time.process_time()
        found = work()
        seconds.append(time.process_time() - start)
    return found, statistics.median(seconds)


# --- a training step ---------------------------------------------------------------------------------------


class SlicingModel(nn.Module):
    """The model of part 3 as the original course had it: embedded ids, cut at each offset in a loop."""

    def __init__(self, weight: torch.Tensor) -> None:
        """weight: the table (W, D), copied."""
        super().__init__()
        self.embeddings = nn.Embedding.from_pretrained(weight.detach().clone(), freeze=False)

    def forward(self, ids: torch.Tensor, offsets: torch.Tensor) -> torch.Tensor:
        """Vectors (B, D) from flat ids and offsets (B,)."""
        embedded = self.embeddings(ids)
        borders = [*offsets.tolist(), len(ids)]
        means = []
        for start, end in pairwise(borders):
            part = embedded[start:end]
            means.append(part.mean(dim=0) if end > start else part.sum(dim=0))
        return torch.stack(means)


def measure_step(pairs: Pairs, names: dict[str, Any], batch: int) -> StepSpeed:
    """Both models from the same weights on the same batches of real pairs: forward, loss, backward, Adam's step.

    Raises: RuntimeError: their losses differ.
    """
    torch.manual_seed(0)
    _, _, bag, loader = dssm_parts(pairs, names, batch)
    batches = list(loader)
    slicing = SlicingModel(bag.embeddings.weight)
    sliced, slice_seconds = timed_steps(slicing, names, batches, SLICE_STEPS)
    bagged, bag_seconds = timed_steps(bag, names, batches, BAG_STEPS)
    shared = min(len(sliced), len(bagged))
    difference = float(np.abs(np.subtract(sliced[:shared], bagged[:shared])).max())
    if difference > 1e-3:
        raise RuntimeError(f"losses of slices and EmbeddingBag differ by {difference}: they are not the same model")
    return StepSpeed(len(batches[0][0][1]), slice_seconds, bag_seconds, difference)


def timed_steps(model: nn.Module, names: dict[str, Any], batches: list, steps: int) -> tuple[list[float], float]:
    """Losses of so many steps, and the median of their seconds; a first step, in which Adam sets itself up, is untimed.

    The notebook's PairTrainer makes each step, on one batch.
    """
    optimizer = torch.optim.Adam(model.parameters(), lr=0.003)
    trainer = names["PairTrainer"](model, optimizer, names["NTExentLoss"](0.1))
    losses = [trainer._train_step(batches[:1])]
    seconds = []
    for number in range(1, steps + 1):
        one = [batches[number % len(batches)]]
        start = time.perf_counter()
        losses.append(trainer._train_step(one))
        seconds.append(time.perf_counter() - start)
    return losses, statistics.median(seconds)


# --- figures -----------------------------------------------------------------------------------------------


def scoring_figures(speed: Speed) -> list[Figure]:
    """The figures of the scoring, against their targets or against the pairwise loop."""
    per_query = speed.seconds / speed.queries
    pairwise = speed.pairwise_seconds / speed.pairwise_queries
    target = TARGET_SECONDS if (speed.queries, speed.texts) == WHOLE_SLICE else None
    return [
        Figure("speed: whole scoring by the reference Scorer", speed.seconds, "s", target),
        Figure("speed: queries per second, reference Scorer", 1 / per_query, "1/s", 1 / pairwise),
        Figure("speed: seconds per query, reference Scorer", per_query, "s", pairwise),
        Figure("speed: seconds per query, pairwise loop", pairwise, "s"),
        Figure("speed: queries timed, pairwise loop", speed.pairwise_queries, "queries"),
        Figure("speed: of these with the same count", speed.same_counts, "queries", speed.pairwise_queries),
        Figure("speed: times faster per query", speed.times, "times", TARGET_TIMES),
    ]


def vocabulary_figures(speed: VocabularySpeed) -> list[Figure]:
    """The figures of the vocabulary; nothing is extrapolated, both ways are timed on the same texts."""
    times = speed.list_seconds / speed.split_seconds
    return [
        Figure("speed: vocabulary: texts timed, of all", speed.timed, "texts", speed.texts),
        Figure("speed: vocabulary: running words in these", speed.running_words, "words"),
        Figure("speed: vocabulary: different words in these", speed.words, "words"),
        Figure("speed: vocabulary: lists and `in`", speed.list_seconds, "CPU s"),
        Figure("speed: vocabulary: split_vocabulary", speed.split_seconds, "CPU s", speed.list_seconds),
        Figure("speed: vocabulary: times faster", times, "times", TARGET_VOCABULARY_TIMES),
    ]


def step_figures(speed: StepSpeed) -> list[Figure]:
    """The figures of a training step."""
    times = speed.slice_seconds / speed.bag_seconds
    return [
        Figure("speed: training step: pairs in a batch", speed.batch, "pairs"),
        Figure("speed: training step: slices in a loop", speed.slice_seconds, "s"),
        Figure("speed: training step: EmbeddingBag", speed.bag_seconds, "s", speed.slice_seconds),
        Figure("speed: training step: largest difference of losses", speed.loss_difference, "nats"),
        Figure("speed: training step: times faster", times, "times", TARGET_STEP_TIMES),
    ]


def speed_figures(speeds: Speeds) -> list[Figure]:
    """All figures of the speed table."""
    return [*scoring_figures(speeds.scoring), *vocabulary_figures(speeds.vocabulary), *step_figures(speeds.step)]
