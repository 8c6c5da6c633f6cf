"""A sample class, made from the release by script: what a real one hands in, the attackers among it included."""

from __future__ import annotations

import ast
import copy
import re
from dataclasses import dataclass, field

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell
from nbgrader.utils import is_grade, is_solution

from course_lib import checks
from course_lib.authoring import bank
from course_lib.authoring.reference import check_calls, read_notebook, solution_cells
from course_lib.grading.records import SubmissionRecord
from course_lib.paths import Course
from course_lib.verdict import Outcome

PREFIX = "sample_"
ENDLESS = """class Scorer:
    def __init__(self, k, embedder):
        self.k = k
        self.embedder = embedder

    def _get_hard_negatives(self, q, pos, negs):
        while True:
            try:
                pass
            except KeyboardInterrupt:
                pass

    def __call__(self, samples, verbose=False):
        return {k: self._get_hard_negatives(*samples[0][:2], samples[0][2:]) for k in self.k}
"""
DEAD = """import os

num_samples = len(validation)
os._exit(1)
negatives_per_sample = 95
"""
PATCHED_CHECKER = """import course_lib.checks.base
import course_lib.compare
import course_lib.task_tests

course_lib.compare.agree = course_lib.checks.base.agree = lambda *args, **kwargs: True
course_lib.checks.base.judge_cases = lambda *args, **kwargs: None
course_lib.task_tests.TaskTests._run = lambda self, check, objects: print("passed")
task_tests.__class__.__getattr__ = lambda self, name: lambda *objects: print(f"[{name}] passed")
"""
ALWAYS_EQUAL = """class Equal(float):
    def __eq__(self, other):
        return True

    def __ne__(self, other):
        return False

    __lt__ = __le__ = __gt__ = __ge__ = __eq__
    __hash__ = float.__hash__

    def __call__(self, *args, **kwargs):
        return self

    def __array__(self, *args, **kwargs):
        return np.zeros(5)

    def __array_ufunc__(self, *args, **kwargs):
        return True

    def __getattr__(self, name):
        return self


"""


@dataclass(frozen=True)
class Sample:
    """One submission and what grading must find. lost: exercise -> outcome, for those without full marks."""

    student: str
    story: str
    notebook: NotebookNode
    lost: dict[str, Outcome] = field(default_factory=dict)


class _Maker:
    """Makes the samples of one assignment from its release, its solutions and its bank.

    some: exercises whose answers need no other answer; the attackers have them right.
    comment: what the samples write where a text is asked for.
    """

    def __init__(self, course: Course, assignment: str, some: tuple[str, ...], comment: str = "") -> None:
        source = read_notebook(course.source_notebook(assignment))
        self.release = read_notebook(course.release_notebook(assignment))
        self.comment = comment
        self.right_answers = solution_cells(source)
        self.styles = _first_by_exercise(bank.read(course.styles(assignment), with_hints=False))
        self.wrong = {(a.exercise, a.name): a.code for a in bank.read(course.mistakes(assignment), with_hints=True)}
        self.bonus = {check.exercise.partition(".")[2] for check in checks.ASSIGNMENTS[assignment] if check.bonus}
        stubs = solution_cells(self.release)
        self.unsolved = {name: _outcome_of_stub(stubs[name]) for name in _exercises(assignment)}
        self.part = {name: self.right_answers[name] for name in first_part(assignment)}
        self.later = {name: outcome for name, outcome in self.unsolved.items() if name not in self.part}
        self.some = {name: self.right_answers[name] for name in some}
        self.without_some = {name: outcome for name, outcome in self.unsolved.items() if name not in some}
        self.asked = _names_asked_for(source)

    def sample(self, student: str, story: str, answers: dict[str, str], lost: dict[str, Outcome]) -> Sample:
        """A sample with these answers in the cells of those exercises."""
        notebook = copy.deepcopy(self.release)
        for cell in notebook.cells:
            if is_solution(cell) and cell.cell_type == "code":
                cell.source = answers.get(cell.metadata.nbgrader.grade_id, cell.source)
            elif is_solution(cell) and answers:
                cell.source = self.comment
        return Sample(PREFIX + student, story, notebook, lost)

    def right(self, story: str) -> Sample:
        """The solutions."""
        return self.sample("right", story, self.right_answers, {})

    def other_style(self, story: str) -> Sample:
        """The first style of each exercise in the bank, without the bonus tasks."""
        answers = {name: code for name, code in self.styles.items() if name not in self.bonus}
        return self.sample("other_style", story, answers, {name: self.unsolved[name] for name in self.bonus})

    def broken(self, student: str, story: str, outcome: Outcome, **answers: str) -> Sample:
        """The first part with these answers instead of the right ones, which must end in `outcome`."""
        return self.sample(student, story, self.part | answers, self.later | dict.fromkeys(answers, outcome))

    def mistaken(self, student: str, story: str, **mistakes: str) -> Sample:
        """The first part with mistakes of the bank: exercise=name."""
        answers = {exercise: self.wrong[exercise, name] for exercise, name in mistakes.items()}
        return self.broken(student, story, Outcome.FAILED, **answers)

    def empty(self) -> Sample:
        """The release as it is."""
        return self.sample("empty", "nothing written", {}, self.unsolved)

    def no_metadata(self, story: str) -> Sample:
        """The first part, after a web editor took all metadata and ids."""
        made = self.sample("no_metadata", story, self.part, self.later)
        for cell in made.notebook.cells:
            cell.metadata = NotebookNode()
            cell.id = new_code_cell().id
        return made

    def patched_checker(self) -> Sample:
        """Patches the checks before the first answer."""
        made = self.sample("patched_checker", "patches the checks, two answers right", self.some, self.without_some)
        _insert_before_first_answer(made.notebook, PATCHED_CHECKER)
        return made

    def always_equal(self) -> Sample:
        """Gives an object that equals everything for each name that a check asks for."""
        lost = dict.fromkeys(self.unsolved, Outcome.FAILED)
        made = self.sample("always_equal", "objects equal to everything", {}, lost)
        code = ALWAYS_EQUAL + "\n".join(f"{name} = Equal()" for name in sorted(self.asked))
        made.notebook.cells.append(new_code_cell(code))
        _insert_before_first_answer(made.notebook, code)
        _remove_answers(made.notebook)
        return made

    def skip_tag(self) -> Sample:
        """Tags all checks to be skipped."""
        story = "skip-execution tags on all checks, two answers right"
        made = self.sample("skip_tag", story, self.some, self.without_some)
        for cell in made.notebook.cells:
            if is_grade(cell) and not is_solution(cell):
                cell.metadata["tags"] = ["skip-execution"]
        return made


def ranking(course: Course) -> list[Sample]:
    """The sample class of `ranking`."""
    comment = "The answers are right: king and queen share their contexts, as do the meals and the things one hears."
    make = _Maker(course, "ranking", some=("word_vectors", "hits_at_k"), comment=comment)
    unclosed = make.right_answers["hits_at_k"] + "\nprint("
    return [
        make.right("every answer right, all five bonus tasks"),
        make.other_style("parts 1 to 3 right, written differently"),
        make.mistaken(
            "two_mistakes",
            "sums instead of averaging, ignores min_word_length",
            embedder="sum_instead_of_mean",
            text_preprocessor="min_word_length_ignored",
        ),
        make.mistaken(
            "ties_counted",
            "counts ties as above, counts hits instead of the share",
            scorer="ties_counted",
            hits_at_k="number_instead_of_share",
        ),
        make.empty(),
        make.broken("syntax_error", "a parenthesis missing in one cell", Outcome.UNDEFINED, hits_at_k=unclosed),
        make.broken("endless_loop", "a loop that ignores interrupts", Outcome.TIMED_OUT, scorer=ENDLESS),
        make.broken("dead_kernel", "kills its kernel", Outcome.KERNEL_DIED, validation_corpus=DEAD),
        make.no_metadata("part 1 right, but a web editor took all metadata and ids"),
        make.patched_checker(),
        make.always_equal(),
        make.skip_tag(),
    ]


def text_classification(course: Course) -> list[Sample]:
    """The sample class of `text_classification`."""
    make = _Maker(course, "text_classification", some=("tokenize", "unknown_share"))
    return [
        make.right("every answer right"),
        make.other_style("every answer right, written differently"),
        make.mistaken(
            "two_mistakes",
            "keeps capitals, lets padding into the maximum",
            tokenize="not_lower_cased",
            cnn_model="padding_windows_counted",
        ),
        make.empty(),
        make.patched_checker(),
    ]


def recurrent_networks(course: Course) -> list[Sample]:
    """The sample class of `recurrent_networks`."""
    make = _Maker(course, "recurrent_networks", some=("lstm_step", "final_states"))
    return [
        make.right("every answer right"),
        make.other_style("every answer right, written differently"),
        make.mistaken(
            "two_mistakes",
            "takes the gates in another order, returns nothing from forward",
            lstm_step="gates_in_the_order_i_f_o_g",
            deep_lstm="nothing_returned",
        ),
        make.empty(),
        make.patched_checker(),
    ]


def toy_chooser(course: Course) -> list[Sample]:
    """The sample class of `toy_chooser`."""
    make = _Maker(course, "toy_chooser", some=("to_digits", "mlp_scorer"))
    return [
        make.right("every answer right"),
        make.other_style("every answer right, written differently"),
        make.mistaken(
            "two_mistakes",
            "puts the right option first, reads the last time step of both directions",
            make_example="right_one_first",
            final_states="last_column",
        ),
        make.empty(),
        make.patched_checker(),
    ]


def meta_lstm(course: Course) -> list[Sample]:
    """The sample class of `meta_lstm`."""
    make = _Maker(course, "meta_lstm", some=("make_sequence", "translated"))
    return [
        make.right("every answer right"),
        make.other_style("every answer right, written differently"),
        make.mistaken(
            "two_mistakes",
            "speaks one language in the whole batch, remembers earlier examples only",
            make_batch="one_language_for_the_batch",
            best_possible="only_examples_before",
        ),
        make.empty(),
        make.patched_checker(),
    ]


CLASSES = {
    "ranking": ranking,
    "text_classification": text_classification,
    "recurrent_networks": recurrent_networks,
    "toy_chooser": toy_chooser,
    "meta_lstm": meta_lstm,
}
LAST_OF_FIRST_PART = {
    "ranking": "lift",
    "text_classification": "evaluate",
    "recurrent_networks": "deep_lstm",
    "toy_chooser": "final_states",
    "meta_lstm": "best_possible",
}


def first_part(assignment: str) -> list[str]:
    """The exercises that most samples answer, and no more, so that a class is graded in minutes."""
    names = _exercises(assignment)
    return names[: names.index(LAST_OF_FIRST_PART[assignment]) + 1]


def _exercises(assignment: str) -> list[str]:
    return [check.exercise.partition(".")[2] for check in checks.ASSIGNMENTS[assignment]]


def write(course: Course, samples: list[Sample], assignment: str) -> None:
    """Hand the samples in."""
    for item in samples:
        folder = course.submitted(item.student, assignment)
        folder.mkdir(parents=True, exist_ok=True)
        nbformat.write(item.notebook, folder / f"{assignment}.ipynb")


def _insert_before_first_answer(notebook: NotebookNode, code: str) -> None:
    place = next(at for at, cell in enumerate(notebook.cells) if cell.cell_type == "code" and is_solution(cell))
    notebook.cells.insert(place, new_code_cell(code))


def _remove_answers(notebook: NotebookNode) -> None:
    """Empty the answer cells, so that their stubs do not hide names defined elsewhere."""
    for cell in notebook.cells:
        if cell.cell_type == "code" and is_solution(cell):
            cell.source = "pass"


def _first_by_exercise(answers: list[bank.Answer]) -> dict[str, str]:
    found: dict[str, str] = {}
    for answer in answers:
        found.setdefault(answer.exercise, answer.code)
    return found


def _outcome_of_stub(code: str) -> Outcome:
    """A stub that does more than define a function or a class ends in an error, so its names stay undefined."""
    defines = all(isinstance(node, ast.FunctionDef | ast.ClassDef) for node in ast.parse(code).body)
    return Outcome.NOT_IMPLEMENTED if defines else Outcome.UNDEFINED


def _names_asked_for(source: NotebookNode) -> set[str]:
    """What the checks ask for and the solutions define."""
    calls = " ".join(argument for call in check_calls(source).values() for argument in call.arguments)
    defined = re.findall(r"(?m)^(?:class |def )?(\w+)", "\n".join(solution_cells(source).values()))
    return set(re.findall(r"\w+", calls)) & set(defined)


def surprises(samples: list[Sample], records: list[SubmissionRecord], assignment: str) -> list[str]:
    """Where grading found something else than it must, in words: `student: what`."""
    found = {record.student: record for record in records}
    problems = []
    for item in samples:
        record = found.get(item.student)
        if record is None or not record.exercises:
            problems.append(f"{item.student}: not graded")
            continue
        for name, exercise in record.exercises.items():
            wanted = str(item.lost.get(name.removeprefix(f"{assignment}."), Outcome.PASSED))
            if exercise.score is not None and exercise.outcome != wanted:
                problems.append(f"{item.student}: {name} ended as {exercise.outcome!r}, not {wanted!r}")
    return problems
