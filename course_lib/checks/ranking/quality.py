"""Checks of `ranking` that measure quality: rankings over shuffled candidates of questions that nobody has seen.

What is observed is, for each question and candidate, how many other candidates score at least as high. Only the judge
knows which candidate is the duplicate, and it counts ties against the model.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import torch
from gensim.models import KeyedVectors

from course_lib.checks.base import Cases, Check, explain, likeliest
from course_lib.checks.observers import Inputs, Observed
from course_lib.compare import describe
from course_lib.data import ranking_mini
from course_lib.ground_truth import ExerciseTruth
from course_lib.observation import attempt
from course_lib.verdict import Finding, Outcome, Verdict

TIE = 1e-6
RAW_MARGIN = 0.1  # in hits@1
LEAST_LIFT = 0.01  # in hits@1: as good as before is no lift
BONUS = 1.0  # points of a bonus task

Rows = list[list[str]]
Split = Callable[[int], tuple[Rows, list[int]]]

# --- rankings ----------------------------------------------------------------------------------------------


def rivals(scores: np.ndarray) -> np.ndarray:
    """For each of C candidates of N questions, how many others score at least as high -> (N, C); nan is last.

    >>> rivals(np.array([[0.3, 0.9, 0.3]])).tolist()
    [[2, 0, 2]]
    """
    level = scores[:, None, :] >= scores[:, :, None] - TIE
    return (level.sum(axis=2) - 1).astype("uint8")


def is_ranking(counts: np.ndarray) -> bool:
    """Whether counts of rivals (N, C) can come from scores: the candidate at place p has at least p rivals."""
    return bool((np.sort(counts, axis=1) >= np.arange(counts.shape[1])).all())


def hits_at_1(counts: np.ndarray, answers: np.ndarray) -> float:
    """Share of questions whose duplicate has no rival.

    counts: (N, C) rivals of each candidate; answers: (N,) index of the duplicate.
    """
    return float((counts[np.arange(len(answers)), answers] == 0).mean())


def rank_vectors(questions: Rows, embed: Callable[[list[str]], Any]) -> Any:
    """Rivals by cosine. embed: N texts -> (N, D); rows of one length: a question and its candidates."""
    texts = [text for row in questions for text in row]
    vectors = as_array(embed(texts)).reshape(len(questions), len(questions[0]), -1)
    lengths = np.linalg.norm(vectors, axis=2, keepdims=True)
    unit = vectors / np.where(lengths > 0, lengths, 1.0)
    return rivals(np.einsum("ncd,nd->nc", unit[:, 1:], unit[:, 0]))


def rank_pairs(questions: Rows, score: Callable[[list[str], list[str]], Any]) -> Any:
    """Rivals by a score of pairs. score: M questions, M candidates -> (M,)."""
    left = [row[0] for row in questions for _ in row[1:]]
    right = [text for row in questions for text in row[1:]]
    return rivals(as_array(score(left, right)).reshape(len(questions), -1))


def one_by_one(embedder: Callable[[str], Any]) -> Callable[[list[str]], np.ndarray]:
    """An embedder of texts as one that takes a list of them."""
    return lambda texts: np.stack([as_array(embedder(text)) for text in texts])


def as_array(value: Any) -> np.ndarray:
    """What a student's model returns, as an array of floats."""
    return np.asarray(value.detach() if isinstance(value, torch.Tensor) else value, dtype="float64")


# --- what is observed --------------------------------------------------------------------------------------


def lift_inputs(seed: int) -> Inputs:
    """Questions with shuffled candidates that the student has not seen, and the vectors to embed them with."""
    questions, _ = ranking_mini.quality_questions(seed)
    words, vectors = ranking_mini.vectors(seed)
    return {"words": words, "vectors": vectors, "questions": questions}


def observe_lift(inputs: Inputs, embedder_class: Any, text_preprocessor: Any) -> Observed:
    """Rankings of raw and of preprocessed text."""
    space = KeyedVectors(inputs["vectors"].shape[1])
    space.add_vectors(inputs["words"], inputs["vectors"])

    def ranked(prepare: Callable[[str], str]) -> Any:
        embedder = embedder_class(space, space.vector_size)
        return rank_vectors(inputs["questions"], one_by_one(lambda text: embedder(prepare(text))))

    yield "raw", attempt(ranked, str)
    yield "preprocessed", attempt(ranked, text_preprocessor)


def observe_word_lift(
    inputs: Inputs, embedder_class: Any, text_preprocessor: Any, baseline: Any, vectors_of: Any
) -> Observed:
    """Rankings by means of word vectors: from `baseline` and from `vectors_of`, each words -> {word: vector (D,)}.

    `baseline` may also be the KeyedVectors of the known words.
    """
    questions = inputs["questions"]
    words = sorted({word for row in questions for text in row for word in text_preprocessor(text).split()})

    def ranked(source: Any) -> Any:
        space = source if isinstance(source, KeyedVectors) else dict(source(words))
        embedder = embedder_class(
            space, len(next(iter(space.values()))) if isinstance(space, dict) else space.vector_size
        )
        return rank_vectors(questions, one_by_one(lambda text: embedder(text_preprocessor(text))))

    yield "baseline", attempt(ranked, baseline)
    yield "improved", attempt(ranked, vectors_of)


def observe_trained(inputs: Inputs, embed: Any) -> Observed:
    """Ranking by `embed`: N raw texts -> (N, D)."""
    yield "improved", attempt(rank_vectors, inputs["questions"], embed)


def observe_text_lift(inputs: Inputs, baseline: Any, embed: Any) -> Observed:
    """Rankings by two functions of N raw texts -> (N, D)."""
    yield "baseline", attempt(rank_vectors, inputs["questions"], baseline)
    yield "improved", attempt(rank_vectors, inputs["questions"], embed)


def observe_pair_lift(inputs: Inputs, baseline: Any, score_pairs: Any) -> Observed:
    """Rankings by vectors, and by scores of M pairs of raw texts -> (M,)."""
    yield "baseline", attempt(rank_vectors, inputs["questions"], baseline)
    yield "improved", attempt(rank_pairs, inputs["questions"], score_pairs)


# --- judging -----------------------------------------------------------------------------------------------


def judge_lift(cases: Cases, truth: ExerciseTruth, check: Check, reveal: bool) -> Verdict:
    """Full marks for at least `check.share` of the reference's lift in hits@1.

    Where there is no baseline the lift is from 0. The baseline is the reference's own, whatever the student's is.
    Raw text, where it is ranked, must come out about as the reference ranks it: an embedder that already knows better
    is not a mean of vectors.
    """
    expected = truth.observation["cases"]
    answers = np.asarray(truth.observation["answers"])
    before, after = "raw" if "raw" in expected else "baseline", list(check.hints)[-1]
    low = hits_at_1(expected[before], answers) if before in expected else 0.0
    wanted = max(low + check.share * (hits_at_1(expected[after], answers) - low), low + LEAST_LIFT)
    own_raw, reached = (_hits_or_none(cases.get(name), expected[after].shape, answers) for name in (before, after))
    too_good = before == "raw" and own_raw is not None and own_raw > low + RAW_MARGIN
    no_raw = before == "raw" and own_raw is None
    if reached is not None and reached >= wanted and not too_good and not no_raw:
        lift = f"hits@1 {low:.2f} -> {reached:.2f}" if low else f"hits@1 {reached:.2f}"
        return Verdict(check.exercise, 1.0, Outcome.PASSED, summary=f"passed: {lift}")
    mistake, certain = likeliest(cases, after, truth.mistakes)
    hint = explain(mistake, certain, check.hints[after])
    if too_good:
        shown = f"hits@1 {own_raw:.2f} on raw text"
        hint = "the Embedder must be the mean of exercise 1.4 and nothing else; raw text cannot rank so well"
    elif reached is not None:
        shown = f"hits@1 {reached:.2f} on questions that you have not seen, ties counted against you"
    else:
        shown = f"no ranking of these questions: {describe(cases.get(after))}"
    finding = Finding(
        case="the quality of the ranking",
        expected=_bar(wanted, low) if reveal else None,
        got=shown,
        hint=hint,
        mistake=mistake.name if mistake and certain else None,
    )
    return Verdict(check.exercise, 0.0, Outcome.FAILED, finding)


def _bar(wanted: float, low: float) -> str:
    return f"hits@1 of at least {wanted:.2f}" + (f" (before: {low:.2f})" if low else "")


def _hits_or_none(counts: Any, shape: tuple[int, ...], answers: np.ndarray) -> float | None:
    """hits@1 of a table of rivals, None if it is not a ranking of all candidates."""
    if not isinstance(counts, np.ndarray) or counts.shape != shape or not is_ranking(counts):
        return None
    return hits_at_1(counts, answers)


# --- checks ------------------------------------------------------------------------------------------------


def _quality(
    exercise: str, split: Split, observe: Callable[..., Observed], hint: str, share: float, bonus: float = 0.0
) -> Check:
    """A check of the trained models of the notebook, on a split of the mini data."""
    with_baseline = observe is not observe_trained
    hints = {"baseline": "the model of the part before must rank as well"} if with_baseline else {}
    return Check(
        f"ranking.{exercise}",
        lambda seed: {"questions": split(seed)[0]},
        observe,
        {**hints, "improved": hint},
        judge_lift,
        about_data=True,
        answers=lambda seed: split(seed)[1],
        quality=hits_at_1,
        share=share,
        bonus=bonus,
    )


LIFT = Check(
    "ranking.lift",
    lift_inputs,
    observe_lift,
    {
        "raw": "the Embedder must give a vector for every question",
        "preprocessed": "remove all punctuation and the stopwords, keep the words that carry the meaning",
    },
    judge_lift,
    answers=lambda seed: ranking_mini.quality_questions(seed)[1],
    quality=hits_at_1,
    share=0.85,
)
TRIGRAM_LIFT = _quality(
    "trigram_lift",
    ranking_mini.word_questions,
    observe_word_lift,
    "start the table small (std=0.05), train on all known words for about ten epochs, use a small weight_decay",
    share=0.5,
)
DSSM_LIFT = _quality(
    "dssm_lift",
    ranking_mini.hard_questions,
    observe_trained,
    "form more pairs, train for some epochs with alpha near 0.1, and stop when the validation loss rises",
    share=0.7,
)
COSINE_TRIGRAMS = _quality(
    "cosine_trigrams",
    ranking_mini.word_questions,
    observe_word_lift,
    "the cosine leaves the length of a vector free: scale the model's vectors before you mix them with known ones",
    share=0.5,
    bonus=BONUS,
)
CHAR_LSTM = _quality(
    "char_lstm",
    ranking_mini.word_questions,
    observe_word_lift,
    "show the model what it will meet: words with typing errors, and two words written as one",
    share=0.5,
    bonus=BONUS,
)
NGRAM_BAGS = _quality(
    "ngram_bags",
    ranking_mini.hard_questions,
    observe_text_lift,
    "keep short words such as 'to' and 'from' in this model: bigrams can tell the direction by them",
    share=0.5,
    bonus=BONUS,
)
CHANGED_MODEL = _quality(
    "changed_model",
    ranking_mini.hard_questions,
    observe_text_lift,
    "what does the mean of word vectors lose? order and spelling; change the model so that it sees one of them",
    share=0.5,
    bonus=BONUS,
)
EARLY_FUSION = _quality(
    "early_fusion",
    ranking_mini.hard_questions,
    observe_pair_lift,
    "start from trained vectors, and give the MLP |q - d| and q * d beside q and d",
    share=0.5,
    bonus=BONUS,
)
