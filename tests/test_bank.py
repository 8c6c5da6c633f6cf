"""The banks of answers: right ones pass in every style, wrong ones fail and are named."""

import ast
import functools
import textwrap
from itertools import combinations
from pathlib import Path

import pytest

from course_lib import checks, feedback
from course_lib.authoring import bank
from course_lib.authoring.reference import check_calls, observe, observe_answer, read_notebook, solution_cells
from course_lib.authoring.truth import PUBLIC_SEED, record
from course_lib.checks.base import agree_everywhere, judge
from course_lib.compare import agree
from course_lib.ground_truth import GroundTruth
from course_lib.paths import Course
from course_lib.verdict import Outcome

COURSE = Course(Path(__file__).resolve().parents[1])
SEEDS = [PUBLIC_SEED, 987654321]
EXERCISES = {
    assignment: [check.exercise.partition(".")[2] for check in its_checks]
    for assignment, its_checks in checks.ASSIGNMENTS.items()
}
MISTAKES = {assignment: bank.read(COURSE.mistakes(assignment), with_hints=True) for assignment in EXERCISES}
STYLES = {assignment: bank.read(COURSE.styles(assignment), with_hints=False) for assignment in EXERCISES}

pytestmark = pytest.mark.filterwarnings("ignore::RuntimeWarning")  # wrong answers divide by zero


def each(name, items):
    """Parametrize by the items of each assignment, with each seed."""

    def label(item):
        return item if isinstance(item, str) else f"{item.exercise}-{item.name}"

    of_all = [
        pytest.param(assignment, seed, item, id=f"{assignment}.{label(item)}-{seed}")
        for assignment in EXERCISES
        for seed in SEEDS
        for item in items[assignment]
    ]
    return pytest.mark.parametrize(("assignment", "seed", name), of_all)


each_assignment = pytest.mark.parametrize("assignment", EXERCISES)
each_exercise = each("exercise", EXERCISES)
each_answer = functools.partial(each, "answer")


class Grader:
    """Observes answers in the notebook of the reference, and judges them by the truth of a seed."""

    def __init__(self, assignment, seed, names):
        self.assignment, self.seed, self.names = assignment, seed, names
        notebook = read_notebook(COURSE.source_notebook(assignment))
        self.calls, self.solutions = check_calls(notebook), solution_cells(notebook)
        self.truths = record(COURSE, assignment, seed, False, None, names).exercises

    def check(self, exercise):
        return checks.find(f"{self.assignment}.{exercise}")

    def truth(self, exercise):
        return self.truths[f"{self.assignment}.{exercise}"]

    def verdict(self, exercise, code=None):
        """The verdict on `code` in the exercise's cell; without code, on what the solution defines."""
        check, call = self.check(exercise), self.calls[exercise]
        inputs = check.inputs(self.seed)
        if code is None:
            observed = observe(check, call, self.names, inputs)
        else:
            solution = self.solutions[exercise]
            observed = observe_answer(check.exercise, code, solution, self.names, call, inputs)
        return judge(check, observed, self.truth(exercise))

    def stub(self, exercise):
        """The untouched cell."""
        return solution_cells(read_notebook(COURSE.release_notebook(self.assignment)))[exercise]


@pytest.fixture(scope="module")
def graders(references):
    return functools.cache(lambda assignment, seed: Grader(assignment, seed, references(assignment)))


@pytest.fixture
def grader(graders, assignment, seed):
    return graders(assignment, seed)


@each_exercise
def test_the_reference_gets_full_marks(grader, exercise):
    assert grader.verdict(exercise).score == 1.0


@each_exercise
def test_an_untouched_stub_gets_zero_and_is_not_accused(grader, exercise):
    verdict = grader.verdict(exercise, grader.stub(exercise))
    assert verdict.score == 0.0
    assert verdict.outcome in {Outcome.NOT_IMPLEMENTED, Outcome.UNDEFINED}
    assert verdict.finding.mistake is None


@each_answer(STYLES)
def test_every_style_gets_full_marks_and_is_not_accused(grader, answer):
    verdict = grader.verdict(answer.exercise, answer.code)
    assert verdict.finding is None
    assert verdict.score == 1.0


@each_answer(MISTAKES)
def test_every_mistake_loses_marks_and_is_named(grader, answer):
    truth = grader.truth(answer.exercise)
    recorded = next(mistake for mistake in truth.mistakes if mistake.name == answer.name)
    verdict = judge(grader.check(answer.exercise), recorded.observation, truth)
    assert verdict.score < 1.0
    assert verdict.finding.mistake == answer.name
    assert answer.hint in verdict.finding.hint


def pieces(code):
    """Statements and expressions of some length, without blanks."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.stmt | ast.expr) and not isinstance(node, ast.Constant | ast.JoinedStr | ast.Name):
            text = "".join(ast.unparse(node).split())
            if len(text) >= 16:
                yield text


@each_assignment
def test_the_message_for_a_mistake_fits_on_a_screen_and_leaks_no_solution(assignment):
    solutions = solution_cells(read_notebook(COURSE.source_notebook(assignment)))
    release = "".join("".join(cell.source.split()) for cell in read_notebook(COURSE.release_notebook(assignment)).cells)
    for name, truth in GroundTruth.load(COURSE.public_truth(assignment)).exercises.items():
        secret = {piece for piece in pieces(solutions[name.partition(".")[2]]) if piece not in release}
        for mistake in truth.mistakes:
            message = feedback.as_text(judge(checks.find(name), mistake.observation, truth))
            lines = [part for line in message.splitlines() for part in textwrap.wrap(line, width=80)]
            assert len(lines) <= 12, message
            assert [line.split()[0] for line in message.splitlines()[1:]] == ["expected:", "got:", "try:"], message
            assert [piece for piece in secret if piece in "".join(message.split())] == [], message


@each_exercise
def test_no_two_mistakes_of_an_exercise_look_the_same(grader, exercise):
    seen = [(mistake.name, mistake.observation["cases"]) for mistake in grader.truth(exercise).mistakes]
    assert [(a, b) for (a, one), (b, other) in combinations(seen, 2) if agree_everywhere(one, other)] == []


@each_assignment
def test_the_stored_truth_is_of_these_solutions_and_this_bank(graders, assignment):
    stored = GroundTruth.load(COURSE.public_truth(assignment))
    assert stored.seed == PUBLIC_SEED
    recorded = graders(assignment, PUBLIC_SEED).truths
    assert stored.exercises.keys() == recorded.keys()
    for name, truth in recorded.items():
        assert agree(truth.observation["cases"], stored.exercises[name].observation["cases"]), name
        assert [(one.name, one.hint) for one in truth.mistakes] == [
            (one.name, one.hint) for one in stored.exercises[name].mistakes
        ]


@each_assignment
def test_every_exercise_has_at_least_two_styles_and_many_mistakes(assignment):
    for check in checks.ASSIGNMENTS[assignment]:
        trains_a_model = check.answers is not None  # each of its answers takes seconds
        styles, mistakes = (
            sum(f"{assignment}.{answer.exercise}" == check.exercise for answer in answers[assignment])
            for answers in (STYLES, MISTAKES)
        )
        assert styles >= 2, check.exercise
        assert mistakes >= (4 if trains_a_model else 8), check.exercise


@each_assignment
def test_the_banks_name_no_exercise_that_does_not_exist(assignment):
    assert {answer.exercise for answer in STYLES[assignment] + MISTAKES[assignment]} == set(EXERCISES[assignment])
