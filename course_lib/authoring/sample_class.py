"""A sample class, made from the release by script: what a real one hands in, the attackers among it included."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell
from nbgrader.utils import is_grade, is_solution

from course_lib import checks
from course_lib.authoring import bank
from course_lib.authoring.reference import read_notebook, solution_cells
from course_lib.grading.records import SubmissionRecord
from course_lib.paths import Course
from course_lib.verdict import Outcome

PREFIX = "sample_"
COMMENT = (
    "The answers are right: king and queen share their contexts, as do the three meals and the two things one hears."
)

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


num_samples = negatives_per_sample = Equal()
sanity_queries = hits_at_k = Embedder = Scorer = TextPreprocessor = text_preprocessor = Equal()
split_vocabulary = TrigramTokenizer = TrainTrigramDataset = collate_fn = TrigramModel = Trainer = Equal()
InferenceTrigramDataset = inference_collate_fn = complete_vectors = tri_tokenizer = trigram_model = Equal()
build_vocabulary = TextTokenizer = form_pairs = QuestionDuplicatesDataset = get_ids_and_offsets = Equal()
pair_collate_fn = DssmLikeModel = NTExentLoss = PairTrainer = text_tokenizer = dssm_model = Equal()
cosine_vectors = lstm_vectors = ngram_embed = changed_embed = score_pairs = Equal()
"""


@dataclass(frozen=True)
class Sample:
    """One submission and what grading must find. lost: exercise -> outcome, for those without full marks."""

    student: str
    story: str
    notebook: NotebookNode
    lost: dict[str, Outcome] = field(default_factory=dict)


def ranking(course: Course) -> list[Sample]:
    """The sample class of `ranking`."""
    release = read_notebook(course.release_notebook("ranking"))
    right = solution_cells(read_notebook(course.source_notebook("ranking")))
    styles = _first_by_exercise(bank.read(course.styles("ranking"), with_hints=False))
    wrong = {(a.exercise, a.name): a.code for a in bank.read(course.mistakes("ranking"), with_hints=True)}
    failed, undefined = Outcome.FAILED, Outcome.UNDEFINED
    all_checks = checks.ASSIGNMENTS["ranking"]
    names = [check.exercise.partition(".")[2] for check in all_checks]
    bonus = {check.exercise.partition(".")[2] for check in all_checks if check.bonus}
    unsolved = dict.fromkeys(names, Outcome.NOT_IMPLEMENTED)
    # A stub that is no function raises in its own cell, so its names are never defined.
    unsolved |= dict.fromkeys(["validation_corpus", "lift", "trigram_lift", "dssm_lift", *bonus], undefined)
    part_1 = {name: right[name] for name in names[: names.index("lift") + 1] if name in right}
    later = {name: outcome for name, outcome in unsolved.items() if name not in part_1}

    def sample(student: str, story: str, answers: dict[str, str], lost: dict[str, Outcome] | None = None) -> Sample:
        return Sample(PREFIX + student, story, _filled(release, answers), lost or {})

    some = {name: right[name] for name in ("word_vectors", "hits_at_k")}
    attacker_lost = {name: outcome for name, outcome in unsolved.items() if name not in some}
    patched = sample("patched_checker", "patches the checks, two answers right", some, attacker_lost)
    _insert_before_first_answer(patched.notebook, PATCHED_CHECKER)
    equal = sample("always_equal", "objects equal to everything", {}, dict.fromkeys(names, failed))
    equal.notebook.cells.append(new_code_cell(ALWAYS_EQUAL))
    _insert_before_first_answer(equal.notebook, ALWAYS_EQUAL)
    _remove_answers(equal.notebook)
    skipped = sample("skip_tag", "skip-execution tags on all checks, two answers right", some, attacker_lost)
    for cell in skipped.notebook.cells:
        if is_grade(cell) and not is_solution(cell):
            cell.metadata["tags"] = ["skip-execution"]
    stripped = sample("no_metadata", "part 1 right, but a web editor took all metadata and ids", part_1, later)
    for cell in stripped.notebook.cells:
        cell.metadata = NotebookNode()
        cell.id = nbformat.v4.new_code_cell().id
    return [
        sample("right", "every answer right, all five bonus tasks", right),
        sample(
            "other_style",
            "parts 1 to 3 right, written differently",
            {name: code for name, code in styles.items() if name not in bonus},
            dict.fromkeys(bonus, undefined),
        ),
        sample(
            "two_mistakes",
            "sums instead of averaging, ignores min_word_length",
            part_1
            | {
                "embedder": wrong["embedder", "sum_instead_of_mean"],
                "text_preprocessor": wrong["text_preprocessor", "min_word_length_ignored"],
            },
            later | {"embedder": failed, "text_preprocessor": failed},
        ),
        sample(
            "ties_counted",
            "counts ties as above, counts hits instead of the share",
            part_1
            | {
                "scorer": wrong["scorer", "ties_counted"],
                "hits_at_k": wrong["hits_at_k", "number_instead_of_share"],
            },
            later | {"scorer": failed, "hits_at_k": failed},
        ),
        sample("empty", "nothing written", {}, unsolved),
        sample(
            "syntax_error",
            "a parenthesis missing in one cell",
            part_1 | {"hits_at_k": right["hits_at_k"].replace("(hard_negatives)", "(hard_negatives", 1)},
            later | {"hits_at_k": undefined},
        ),
        sample(
            "endless_loop",
            "a loop that ignores interrupts",
            part_1 | {"scorer": ENDLESS},
            later | {"scorer": Outcome.TIMED_OUT},
        ),
        sample(
            "dead_kernel",
            "kills its kernel",
            part_1 | {"validation_corpus": DEAD},
            later | {"validation_corpus": Outcome.KERNEL_DIED},
        ),
        stripped,
        patched,
        equal,
        skipped,
    ]


def write(course: Course, samples: list[Sample], assignment: str) -> None:
    """Hand the samples in."""
    for item in samples:
        folder = course.submitted(item.student, assignment)
        folder.mkdir(parents=True, exist_ok=True)
        nbformat.write(item.notebook, folder / f"{assignment}.ipynb")


def _filled(release: NotebookNode, answers: dict[str, str]) -> NotebookNode:
    """The release with answers in the cells of those exercises."""
    notebook = copy.deepcopy(release)
    for cell in notebook.cells:
        if is_solution(cell):
            name = cell.metadata.nbgrader.grade_id
            cell.source = (
                answers.get(name, cell.source) if cell.cell_type == "code" else COMMENT if answers else cell.source
            )
    return notebook


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


CLASSES = {"ranking": ranking}


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
