"""The bank of answers: right ones pass in every style, wrong ones fail and are named."""

import re
from itertools import combinations
from pathlib import Path

import pytest

from course_lib import checks, observation
from course_lib.authoring import bank
from course_lib.authoring.reference import (
    check_calls,
    namespace,
    observe,
    observe_answer,
    read_notebook,
    solution_cells,
)
from course_lib.authoring.truth import PUBLIC_SEED, record
from course_lib.checks.base import agree_everywhere, judge
from course_lib.paths import Course
from course_lib.verdict import Outcome

COURSE = Course(Path(__file__).resolve().parents[1])
SEEDS = [PUBLIC_SEED, 987654321]
EXERCISES = [check.exercise.partition(".")[2] for check in checks.ASSIGNMENTS["ranking"]]
MISTAKES = bank.read(COURSE.mistakes("ranking"), with_hints=True)
STYLES = bank.read(COURSE.styles("ranking"), with_hints=False)

pytestmark = pytest.mark.filterwarnings("ignore::RuntimeWarning")  # wrong answers divide by zero
each_seed = pytest.mark.parametrize("seed", SEEDS)
each_exercise = pytest.mark.parametrize("exercise", EXERCISES)


def each_answer(answers):
    return pytest.mark.parametrize("answer", answers, ids=lambda answer: f"{answer.exercise}-{answer.name}")


class Grader:
    """Observes answers in the notebook of the reference, and judges them by the truth of a seed."""

    def __init__(self):
        self.notebook = read_notebook(COURSE.source_notebook("ranking"))
        self.calls = check_calls(self.notebook)
        self.names = namespace(self.notebook)
        self.truths = {seed: record(COURSE, "ranking", seed, False, None, self.names) for seed in SEEDS}

    def truth(self, exercise, seed):
        return self.truths[seed].exercises[f"ranking.{exercise}"]

    def verdict(self, exercise, seed, code=None, names=None):
        """The verdict on `code` in the exercise's cell; without code, on what `names` hold."""
        check = checks.find(f"ranking.{exercise}")
        inputs = observation.decode(observation.encode(check.inputs(seed)))
        names = self.names if names is None else names
        call = self.calls[exercise]
        if code is None:
            observed = observe(check, call, names, inputs)
        else:
            observed = observe_answer(check.exercise, code, names, call, inputs)
        return judge(check, observed, self.truth(exercise, seed))

    def stub(self, exercise):
        """The untouched cell, and the names without those that the solution would define."""
        solution = solution_cells(self.notebook)[exercise]
        stub = re.sub(r"(?s)### BEGIN SOLUTION.*?### END SOLUTION", "raise NotImplementedError", solution)
        if COURSE.release_notebook("ranking").exists():
            stub = solution_cells(read_notebook(COURSE.release_notebook("ranking")))[exercise]
        defined = set(re.findall(r"(?m)^(?:class |def )?(\w+)", solution))
        return stub, {name: value for name, value in self.names.items() if name not in defined}


@pytest.fixture(scope="module")
def grader():
    return Grader()


@each_seed
@each_exercise
def test_the_reference_gets_full_marks(grader, exercise, seed):
    assert grader.verdict(exercise, seed).score == 1.0


@each_seed
@each_exercise
def test_an_untouched_stub_gets_zero_and_is_not_accused(grader, exercise, seed):
    verdict = grader.verdict(exercise, seed, *grader.stub(exercise))
    assert verdict.score == 0.0
    assert verdict.outcome in {Outcome.NOT_IMPLEMENTED, Outcome.UNDEFINED}
    assert verdict.finding.mistake is None


@each_exercise
def test_every_exercise_has_at_least_two_styles_and_many_mistakes(exercise):
    trains_a_model = checks.find(f"ranking.{exercise}").answers is not None  # each of its answers takes seconds
    assert sum(answer.exercise == exercise for answer in STYLES) >= 2
    assert sum(answer.exercise == exercise for answer in MISTAKES) >= (3 if trains_a_model else 8)


def test_the_bank_names_no_exercise_that_does_not_exist():
    assert {answer.exercise for answer in STYLES + MISTAKES} == set(EXERCISES)


@each_seed
@each_answer(STYLES)
def test_every_style_gets_full_marks_and_is_not_accused(grader, answer, seed):
    verdict = grader.verdict(answer.exercise, seed, answer.code)
    assert verdict.finding is None
    assert verdict.score == 1.0


@each_seed
@each_answer(MISTAKES)
def test_every_mistake_loses_marks_and_is_named(grader, answer, seed):
    truth = grader.truth(answer.exercise, seed)
    recorded = next(mistake for mistake in truth.mistakes if mistake.name == answer.name)
    verdict = judge(checks.find(f"ranking.{answer.exercise}"), recorded.observation, truth)
    assert verdict.score < 1.0
    assert verdict.finding.mistake == answer.name
    assert answer.hint in verdict.finding.hint


@each_seed
@each_exercise
def test_no_two_mistakes_of_an_exercise_look_the_same(grader, exercise, seed):
    seen = [(mistake.name, mistake.observation["cases"]) for mistake in grader.truth(exercise, seed).mistakes]
    assert [(a, b) for (a, one), (b, other) in combinations(seen, 2) if agree_everywhere(one, other)] == []
