"""Checks of `text_classification` that measure quality: topics of texts that nobody has seen.

What is observed are predictions; only the judge knows the topics.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import torch

from course_lib.checks.base import Cases, Check
from course_lib.checks.gain import Wording, judge_gain
from course_lib.checks.observers import Inputs, Observed
from course_lib.checks.text_classification.models import ALONE
from course_lib.data import text_classification_mini
from course_lib.ground_truth import ExerciseTruth
from course_lib.observation import attempt
from course_lib.verdict import Verdict

TEXTS = 400
CHANCE = 0.25
SAME = 1e-4  # logits in float32: products of other sizes round differently
TOPICS = "predicted topics"


def accuracy(predicted: np.ndarray, answers: np.ndarray) -> float:
    """Share of texts whose topic is right. Both (N,)."""
    return float((np.asarray(predicted) == answers).mean())


def accuracy_inputs(seed: int) -> Inputs:
    """Texts that the student has not seen."""
    return {"texts": text_classification_mini.unseen_texts(seed, TEXTS)[0]}


def observe_accuracy(inputs: Inputs, logits_of: Any) -> Observed:
    """Predicted topics. logits_of: N texts -> logits (N, C)."""
    texts = inputs["texts"]

    def logits(some: list[str]) -> np.ndarray:
        value = logits_of(some)
        return np.asarray(value.detach() if isinstance(value, torch.Tensor) else value, dtype="float64")

    def alone() -> bool:
        shortest = sorted(texts, key=len)[:8]
        together = logits([*shortest, max(texts, key=len)])[:8]
        return bool(np.abs(np.concatenate([logits([text]) for text in shortest]) - together).max() <= SAME)

    def topics() -> np.ndarray:
        table = logits(texts)
        return np.where(np.isfinite(table).all(axis=1), table.argmax(axis=1), -1).astype("int8")

    yield ALONE, attempt(alone)
    yield TOPICS, attempt(topics)


def judge_accuracy(cases: Cases, truth: ExerciseTruth, check: Check, reveal: bool) -> Verdict:
    """Full marks for `check.share` of what the reference gains over chance, if padding does not matter."""
    return judge_gain(cases, truth, check, reveal, ALONE, TOPICS, CHANCE, Wording("texts", "topics"))


def _quality(exercise: str, hint: str, share: float) -> Check:
    """A check of a model that the notebook trains on the mini data."""
    return Check(
        f"text_classification.{exercise}",
        accuracy_inputs,
        observe_accuracy,
        {
            ALONE: "padding changes the result: read the state after the last real word, mask windows of padding",
            TOPICS: hint,
        },
        judge_accuracy,
        about_data=True,
        answers=lambda seed: text_classification_mini.unseen_texts(seed, TEXTS)[1],
        quality=accuracy,
        share=share,
    )


CNN_ACCURACY = _quality(
    "cnn_accuracy",
    "train for more epochs, with a learning rate between 0.001 and 0.01",
    share=0.75,
)
RNN_ACCURACY = _quality(
    "rnn_accuracy",
    "train for more epochs, with a learning rate of 0.002; a plain network stays on a plateau at first",
    share=0.5,
)
GRU_ACCURACY = _quality(
    "gru_accuracy",
    "train for more epochs, with a learning rate between 0.002 and 0.01",
    share=0.8,
)
FROZEN_START = _quality(
    "frozen_start",
    "load the vectors before training, keep them frozen for an epoch or two, then train all",
    share=0.85,
)
