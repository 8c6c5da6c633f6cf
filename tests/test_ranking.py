"""Claims that the ranking notebook makes about its data and its rules."""

from __future__ import annotations

import numpy as np

from course_lib import observation
from course_lib.authoring.reference import check_calls, observe_answer
from course_lib.checks.base import judge
from course_lib.checks.ranking import LIFT
from course_lib.ground_truth import GroundTruth

CONSTANT = """
class Embedder:
    def __init__(self, embeddings, dim):
        self.dim = dim

    def __call__(self, text, normalize=False):
        return np.eye(self.dim)[0]
"""


def test_a_constant_embedder_scores_1_at_every_k_by_the_strict_rule(reference):
    hits = reference["Scorer"]([1, 5, 10, 50, 100], lambda text: np.ones(50))(reference["validation"])
    assert hits == dict.fromkeys([1, 5, 10, 50, 100], 1.0)


def test_the_quality_check_gives_a_constant_embedder_zero(course, source_notebook, reference):
    truth = GroundTruth.load(course.public_truth("ranking"))
    inputs = observation.plain(LIFT.inputs(truth.seed))
    observed = observe_answer(LIFT.exercise, CONSTANT, reference, check_calls(source_notebook)["lift"], inputs)
    verdict = judge(LIFT, observed, truth.exercises[LIFT.exercise])
    assert verdict.score == 0.0
    assert verdict.finding.got.startswith("hits@1 0.00")


def test_cleaning_lifts_hits_at_every_k_of_the_notebook(reference):
    score = reference["Scorer"]([1, 5, 10, 50], reference["embedder"])
    raw = score(reference["validation"])
    cleaned = score([[reference["text_preprocessor"](text) for text in row] for row in reference["validation"]])
    assert all(cleaned[k] > raw[k] + 0.1 for k in raw)
