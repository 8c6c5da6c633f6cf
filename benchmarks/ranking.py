"""Ranking of duplicate questions on real text: quality and speed of the notebook's own Embedder and Scorer.

python benchmarks/ranking.py [--data DIR] [--json FILE]

The solutions are lifted out of `source/ranking/ranking.ipynb`: what is measured is what the course teaches.
Shapes: N rows of a question and C candidates (its duplicate, negatives), V distinct questions, D dimension.
"""

from __future__ import annotations

import json
import lzma
import os
import string
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import typer
from gensim.models import KeyedVectors
from rich.console import Console
from rich.table import Table
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics.pairwise import cosine_similarity

from course_lib.authoring import reference

COURSE = Path(__file__).resolve().parent.parent
NOTEBOOK = COURSE / "source" / "ranking" / "ranking.ipynb"
VARIABLE = "COURSE_BENCHMARK_DATA"
QUESTIONS = "ranking/quora/questions.txt.xz"
ROWS = "ranking/quora/validation_ids.npz"
VECTORS = "vectors/googlenews_300d_8k.npz"
VOCABULARY = "vectors/googlenews_300d_8k.vocab.txt"

KS = [1, 5, 10, 100, 500]
TIE = 1e-6
RAW = "mean of word vectors, raw text"
CLEANED = "after lower-casing, punctuation to spaces"
PREPROCESSED = "after the course's TextPreprocessor"
WORDS = "tf-idf over words"
LETTERS = "tf-idf over letters, 3 to 5"

# What the data's own documentation reports; it holds for the whole slice, 1,500 rows of 1,001 texts.
WHOLE_SLICE = (1500, 1001)
EXPECTED_STRICT = {
    RAW: [0.600, 0.755, 0.803, 0.910, 0.969],
    CLEANED: [0.724, 0.867, 0.894, 0.967, 0.991],
}
EXPECTED_TIES_AGAINST = {RAW: 0.585, CLEANED: 0.721, WORDS: 0.931, LETTERS: 0.951}

# Printed in the original course: Google News vectors, 3,760 StackOverflow questions of 1,000 candidates.
ORIGINAL = {
    "raw text": [0.214, 0.313, 0.366, 0.564, 0.821],
    "preprocessed text": [0.341, 0.478, 0.529, 0.701, 0.856],
}
TARGET_SECONDS = 15.0
TARGET_TIMES = 150.0
PAIRWISE_SECONDS = 10.0
PAIRWISE_QUERIES = 5

Clean = Callable[[str], str]
Samples = list[list[str]]


@dataclass(frozen=True)
class Figure:
    """One number of a table; `against` is what it is held against, `ratio` the number divided by that."""

    name: str
    value: float
    unit: str
    against: float | None = None

    def entry(self) -> dict[str, Any]:
        """The figure as JSON."""
        ratio = self.value / self.against if self.against else None
        return {
            "name": self.name,
            "value": self.value,
            "unit": self.unit,
            "against": self.against,
            "ratio": ratio,
        }


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
class Result:
    """All that one run measures."""

    slice: Slice
    qualities: list[Quality]
    speed: Speed


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


# --- data --------------------------------------------------------------------------------------------------


def data_folder(given: Path | None) -> Path:
    """The folder of `--data`, else of the environment variable, else the one beside the course folder."""
    return given or Path(os.environ.get(VARIABLE) or COURSE.parent / "shared" / "data")


def missing_files(folder: Path) -> list[str]:
    """The files of the benchmark that `folder` lacks."""
    return [name for name in (QUESTIONS, ROWS, VECTORS, VOCABULARY) if not (folder / name).is_file()]


def load(folder: Path, queries: int | None = None) -> Slice:
    """The slice in `folder`; only its first `queries` rows if a number is given."""
    with lzma.open(folder / QUESTIONS, "rt", encoding="utf-8", newline="\n") as file:
        questions = file.read().removesuffix("\n").split("\n")
    with np.load(folder / ROWS) as arrays:
        ids = arrays["ids"][:queries].astype(np.int64)
    with np.load(folder / VECTORS) as arrays:
        values = arrays["vectors"].astype(np.float32)
    vectors = KeyedVectors(values.shape[1])
    vectors.add_vectors((folder / VOCABULARY).read_text(encoding="utf-8").removesuffix("\n").split("\n"), values)
    return Slice(questions, ids, vectors)


def lift(notebook: Path = NOTEBOOK) -> dict[str, Any]:
    """The names that the instructor notebook defines: Embedder, Scorer, hits_at_k, TextPreprocessor, ..."""
    with open(os.devnull, "w", encoding="utf-8") as nowhere, redirect_stdout(nowhere):
        return reference.namespace(reference.read_notebook(notebook))


# --- quality -----------------------------------------------------------------------------------------------


def cleaners(names: dict[str, Any]) -> dict[str, Clean]:
    """Method -> how its text is cleaned, by the notebook's TextPreprocessor."""
    return {
        CLEANED: names["TextPreprocessor"](list(string.punctuation)),
        PREPROCESSED: names["text_preprocessor"],
    }


def word_vector_quality(
    slice_: Slice, names: dict[str, Any], method: str, clean: Clean | None
) -> tuple[Quality, float]:
    """Hits by the notebook's Embedder and Scorer, and the seconds that the Scorer took for all rows."""
    questions = [clean(text) for text in slice_.questions] if clean else slice_.questions
    samples = slice_.rows(questions)
    embedder = names["Embedder"](slice_.vectors, slice_.vectors.vector_size)
    scorer = names["Scorer"](KS, embedder)
    start = time.perf_counter()
    strict = scorer(samples)
    seconds = time.perf_counter() - start
    units = unit_rows(np.stack([embedder(text) for text in questions]).astype(np.float32))
    against = names["hits_at_k"](counts(cosine_rows(units, slice_.ids), -TIE), [1])[1]
    return Quality(method, strict, against), seconds


def tfidf_quality(slice_: Slice, names: dict[str, Any], method: str, vectorizer: TfidfVectorizer) -> Quality:
    """Hits by cosine of tf-idf vectors, whose weights are taken from all questions."""
    matrix = vectorizer.fit_transform(slice_.questions)
    cosines = list(cosine_rows(matrix, slice_.ids))
    strict = names["hits_at_k"](counts(cosines), KS)
    return Quality(method, strict, names["hits_at_k"](counts(cosines, -TIE), [1])[1])


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


def counts(cosines: Iterable[np.ndarray], margin: float = 0.0) -> np.ndarray:
    """For each row how many negatives are above the duplicate's cosine + `margin` -> (N,).

    A margin of 0 is the strict rule, a small negative one counts ties against the model.
    """
    return np.array([int((row[1:] > row[0] + margin).sum()) for row in cosines])


# --- speed -------------------------------------------------------------------------------------------------


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


def measure_speed(slice_: Slice, names: dict[str, Any], seconds: float, pairwise_seconds: float) -> Speed:
    """The pairwise loop, timed, beside the reference's `seconds` for all rows."""
    found, taken = pairwise_counts(slice_, names, pairwise_seconds)
    scorer = names["Scorer"](KS, names["Embedder"](slice_.vectors, slice_.vectors.vector_size))
    rows = slice_.rows(slice_.questions)[: len(found)]
    same = sum(
        scorer._get_hard_negatives(row[0], row[1], row[2:]) == count for row, count in zip(rows, found, strict=True)
    )
    queries, texts = slice_.ids.shape
    return Speed(seconds, queries, texts, taken, len(found), same)


def measure(slice_: Slice, names: dict[str, Any], pairwise_seconds: float) -> Result:
    """Everything; the pairwise loop runs right after the scoring of raw text that it is held against."""
    raw, seconds = word_vector_quality(slice_, names, RAW, None)
    speed = measure_speed(slice_, names, seconds, pairwise_seconds)
    cleaned = [word_vector_quality(slice_, names, method, clean)[0] for method, clean in cleaners(names).items()]
    vectorizers = {
        WORDS: TfidfVectorizer(sublinear_tf=True),
        LETTERS: TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True),
    }
    tfidf = [tfidf_quality(slice_, names, method, vectorizer) for method, vectorizer in vectorizers.items()]
    return Result(slice_, [raw, *cleaned, *tfidf], speed)


# --- figures and tables ------------------------------------------------------------------------------------


def quality_figures(result: Result) -> list[list[Figure]]:
    """For each method its hits@k by the strict rule, then hits@1 with ties against, and the expected ones."""
    whole = result.slice.ids.shape == WHOLE_SLICE
    table = []
    for quality in result.qualities:
        strict = EXPECTED_STRICT.get(quality.method) if whole else None
        against = EXPECTED_TIES_AGAINST.get(quality.method) if whole else None
        row = [
            Figure(f"quora: {quality.method}: hits@{k} strict", hits, "share", strict[place] if strict else None)
            for place, (k, hits) in enumerate(quality.strict.items())
        ]
        name = f"quora: {quality.method}: hits@1 ties against"
        table.append([*row, Figure(name, quality.ties_against, "share", against)])
    return table


def speed_figures(speed: Speed) -> list[Figure]:
    """The figures of the speed table, against their targets or against the pairwise loop."""
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


def original_figures() -> list[list[Figure]]:
    """The original course's hits@k, which are of another data set."""
    return [
        [
            Figure(f"original course, full StackOverflow data: {name}: hits@{k}", hits, "share")
            for k, hits in zip(KS, row, strict=True)
        ]
        for name, row in ORIGINAL.items()
    ]


def entries(result: Result) -> list[dict[str, Any]]:
    """One JSON entry for each figure of the tables."""
    hits = [figure for row in quality_figures(result) + original_figures() for figure in row]
    return [figure.entry() for figure in [*hits, *speed_figures(result.speed)]]


def quality_table(result: Result) -> Table:
    """Measured hits, and where the data's documentation gives any, the expected ones and the difference."""
    rows, texts = result.slice.ids.shape
    table = Table(title=f"Quora questions: {rows:,} queries, {texts - 1:,} candidates each", title_justify="left")
    table.add_column("method")
    table.add_column("hits@")
    for k in KS:
        table.add_column(f"{k}", justify="right")
    table.add_column("1, ties against", justify="right")
    for quality, figures in zip(result.qualities, quality_figures(result), strict=True):
        table.add_row(quality.method, "measured", *(share(figure.value) for figure in figures))
        if any(figure.against is not None for figure in figures):
            table.add_row("", "expected", *(share(figure.against) for figure in figures))
            table.add_row("", "difference", *(difference(figure) for figure in figures))
        table.add_section()
    return table


def share(value: float | None) -> str:
    """A share as .123, nothing for None.

    >>> share(0.6), share(1.0), share(None)
    ('.600', '1.000', '')
    """
    return "" if value is None else f"{value:.3f}".removeprefix("0")


def difference(figure: Figure) -> str:
    """Measured minus expected, with its sign; both are known to three places only."""
    return "" if figure.against is None else f"{round(figure.value - figure.against, 3) + 0.0:+.3f}"


def speed_table(speed: Speed) -> Table:
    """Seconds, rates and the ratio, with the targets where there are any."""
    table = Table(title="Speed of the scoring, raw text", title_justify="left")
    table.add_column("figure")
    table.add_column("measured", justify="right")
    table.add_column("against", justify="right")
    table.add_column("ratio", justify="right")
    for figure in speed_figures(speed):
        ratio = figure.entry()["ratio"]
        against = "" if figure.against is None else f"{figure.against:,.4g}"
        table.add_row(
            figure.name.removeprefix("speed: "),
            f"{figure.value:,.4g} {figure.unit}",
            against,
            "" if ratio is None else f"{ratio:,.3g}",
        )
    return table


def original_table() -> Table:
    """The original course's figures by themselves."""
    title = "Another data set: the original course, full StackOverflow data (not comparable with the above)"
    table = Table(title=title, title_justify="left")
    table.add_column("mean of word vectors")
    for k in KS:
        table.add_column(f"hits@{k}", justify="right")
    for name, row in zip(ORIGINAL, original_figures(), strict=True):
        table.add_row(name, *(share(figure.value) for figure in row))
    return table


def show(result: Result, console: Console) -> None:
    """Print the tables, and in words whether the two targets are met."""
    console.print(quality_table(result))
    console.print(speed_table(result.speed))
    if result.slice.ids.shape == WHOLE_SLICE:
        console.print(verdict("whole scoring under 15 s", result.speed.seconds < TARGET_SECONDS))
    console.print(verdict("150 times faster per query than the pairwise loop", result.speed.times >= TARGET_TIMES))
    console.print(original_table())


def verdict(target: str, met: bool) -> str:
    """A target, and whether it is met."""
    return f"target {target}: {'met' if met else 'MISSED'}"


def main(
    data: Annotated[Path | None, typer.Option(help=f"Data folder; default ${VARIABLE}, else ../shared/data.")] = None,
    json_file: Annotated[Path | None, typer.Option("--json", help="Write the figures to this file as well.")] = None,
) -> None:
    """Measure the ranking notebook's reference solutions on real text."""
    folder = data_folder(data)
    missing = missing_files(folder)
    if missing:
        outcome = "ERROR" if data else "SKIPPED"
        remedy = f"name a folder that has them, by --data DIR or {VARIABLE}=DIR"
        print(f"{outcome}: {folder} lacks {', '.join(missing)}: {remedy}", file=sys.stderr)
        raise typer.Exit(2 if data else 0)
    console = Console(width=None if sys.stdout.isatty() else 120)
    with console.status("scoring 5 methods, then the pairwise loop: a minute or two"):
        result = measure(load(folder), lift(), PAIRWISE_SECONDS)
    show(result, console)
    if json_file:
        json_file.write_text(json.dumps(entries(result), indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    typer.run(main)
