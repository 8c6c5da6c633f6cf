"""Generated classes for the grading benchmark: any number of students with a realistic mix of answers.

Answers come from the solutions of the instructor notebook and from the bank of mistakes and styles. A student is made
from the seed and a number alone, so a class of 100 is the beginning of a class of 2,000, and the same student can hand
the same answers in on another release.
"""

from __future__ import annotations

import copy
import json
import random
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from nbformat import NotebookNode, writes
from nbgrader.utils import is_solution

from course_lib import checks
from course_lib.authoring import bank
from course_lib.authoring.reference import read_notebook, solution_cells
from course_lib.authoring.sample_class import ENDLESS
from course_lib.paths import Course

GOLDEN = 0.6180339887498949
WORDS = "again better check done early first guess idea later maybe note point right still think today".split()
COMMENT = "The answers are right: such words stand in the same contexts."


class Kind(StrEnum):
    """What a student is like."""

    RIGHT = "right answers"
    STYLE = "right answers in other styles"
    MISTAKES = "mistakes in one to three exercises"
    HALF = "half-finished"
    EMPTY = "nothing written"
    BROKEN_FILE = "a file that is cut off"
    ENDLESS = "an endless loop"


# Shares of a class. What the first ones leave is right.
MIX = {
    Kind.STYLE: 0.20,
    Kind.MISTAKES: 0.33,
    Kind.HALF: 0.12,
    Kind.EMPTY: 0.05,
    Kind.BROKEN_FILE: 0.01,
    Kind.ENDLESS: 0.01,
}
# Plain nbgrader gives no score for these, and waits for its whole time limit where it can interrupt a loop at all.
NOT_FOR_PLAIN = frozenset({Kind.BROKEN_FILE, Kind.ENDLESS})


@dataclass(frozen=True)
class Student:
    """One submission. answers: exercise -> code, for the answers written. mistaken: exercises with a known mistake."""

    name: str
    kind: Kind
    answers: dict[str, str] = field(default_factory=dict)
    mistaken: tuple[str, ...] = ()


class Bank:
    """All answers that students may give to an assignment.

    only: these exercises; None for all but the bonus tasks. unwanted: a pattern; answers of the bank in which it is
    found are left out.
    """

    def __init__(
        self, course: Course, assignment: str, only: frozenset[str] | None = None, unwanted: str | None = None
    ) -> None:
        """Raises: CourseError: the instructor notebook or the bank is missing."""
        solutions = solution_cells(read_notebook(course.source_notebook(assignment)))
        required = only or {
            check.exercise.partition(".")[2] for check in checks.ASSIGNMENTS[assignment] if not check.bonus
        }
        self.assignment = assignment
        self.right = {name: _without_markers(code) for name, code in solutions.items() if name in required}
        self.styles = self._by_exercise(bank.read(course.styles(assignment), with_hints=False), unwanted)
        self.mistakes = self._by_exercise(bank.read(course.mistakes(assignment), with_hints=True), unwanted)

    def _by_exercise(self, answers: Iterable[bank.Answer], unwanted: str | None) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {name: [] for name in self.right}
        for answer in answers:
            if answer.exercise in found and not (unwanted and re.search(unwanted, answer.code)):
                found[answer.exercise].append(answer.code)
        return {name: codes for name, codes in found.items() if codes}


def make_class(bank: Bank, size: int, seed: int = 0, without: frozenset[Kind] = NOT_FOR_PLAIN) -> list[Student]:
    """The first `size` students of the class of this seed.

    without: kinds that do not occur; their share is right.
    """
    return [_student(bank, number, seed, without) for number in range(size)]


def kind_of(number: int, seed: int) -> Kind:
    """What the student of this number is like. Kinds are spread evenly, so that a small class has the mix as well."""
    place = (number * GOLDEN + random.Random(f"class {seed}").random()) % 1
    for kind, share in MIX.items():
        if place < share:
            return kind
        place -= share
    return Kind.RIGHT


def _student(bank: Bank, number: int, seed: int, without: frozenset[Kind]) -> Student:
    rng = random.Random(f"student {number} of {seed}")
    kind = kind_of(number, seed)
    if kind in without or (kind is Kind.HALF and len(bank.right) == 1):
        kind = Kind.RIGHT
    answers, mistaken = _answers(bank, kind, rng)
    answers = {exercise: personal(code, rng) for exercise, code in answers.items()}
    return Student(f"student_{number:05d}", kind, answers, mistaken)


def _answers(bank: Bank, kind: Kind, rng: random.Random) -> tuple[dict[str, str], tuple[str, ...]]:
    """What such a student writes, and the exercises with a mistake."""
    if kind is Kind.EMPTY:
        return {}, ()
    answers = dict(bank.right)
    if kind is Kind.STYLE:
        return answers | {name: rng.choice(codes) for name, codes in bank.styles.items()}, ()
    if kind is Kind.MISTAKES:
        names = sorted(rng.sample(list(bank.mistakes), min(len(bank.mistakes), rng.randint(1, 3))))
        return answers | {name: rng.choice(bank.mistakes[name]) for name in names}, tuple(names)
    if kind is Kind.HALF:
        done = rng.randint(len(answers) // 4, 3 * len(answers) // 4)
        return dict(list(answers.items())[:done]), ()
    if kind is Kind.ENDLESS:
        name = "scorer" if "scorer" in answers else next(iter(answers))
        code = ENDLESS if name == "scorer" else _endless(answers[name])
        return answers | {name: code}, (name,)
    return answers, ()


def _endless(code: str) -> str:
    """An answer with the same first line that never comes back."""
    heading = next(line for line in code.splitlines() if line.startswith("def "))
    return f"{heading}\n    while True:\n        pass\n"


def _without_markers(code: str) -> str:
    """A solution as a student writes it."""
    return "\n".join(line for line in code.splitlines() if "SOLUTION" not in line) + "\n"


def personal(code: str, rng: random.Random) -> str:
    """An answer with a comment and a name of somebody's own, which change nothing."""
    words = " ".join(rng.choices(WORDS, k=5))
    name = f"my_{rng.choice(WORDS)}_{rng.randrange(10**6)}"
    return f"# {words}\n{code.rstrip()}\n\n{name} = {rng.randrange(10**6)}  # {rng.choice(WORDS)}\n"


# --- handing in --------------------------------------------------------------------------------------------


def notebook_of(student: Student, release: NotebookNode) -> NotebookNode:
    """The release with the student's answers."""
    notebook = copy.deepcopy(release)
    for cell in notebook.cells:
        if is_solution(cell) and cell.cell_type == "code":
            cell.source = student.answers.get(cell.metadata.nbgrader.grade_id, cell.source)
        elif is_solution(cell) and student.answers:
            cell.source = COMMENT
    return notebook


def hand_in(students: Iterable[Student], release: NotebookNode, root: Path, assignment: str) -> None:
    """Write the class into `submitted/` of a course folder."""
    for student in students:
        text = writes(notebook_of(student, release))
        if student.kind is Kind.BROKEN_FILE:
            text = text[: len(text) // 2]
        path = Course(root).submitted(student.name, assignment) / f"{assignment}.ipynb"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def unexpected(students: Iterable[Student], document: Path, assignment: str) -> list[str]:
    """Where `course autograde --json` has another score than it must, in words.

    A right answer has full marks; an exercise with a known mistake, or an endless loop, has none; a file that is cut
    off cannot be read. Exercises that build on a wrong or missing one may be lost with it, and nothing is said of them.
    """
    found = {entry["student"]: entry for entry in json.loads(document.read_text(encoding="utf-8"))["submissions"]}
    problems = []
    for student in students:
        entry = found.get(student.name)
        if entry is None:
            problems.append(f"{student.name}: not graded")
        elif student.kind is Kind.BROKEN_FILE:
            if entry["score"]:
                problems.append(f"{student.name}: points for a file that is cut off")
        else:
            problems += [f"{student.name}: {problem}" for problem in _wrong_scores(student, entry, assignment)]
    return problems


def _wrong_scores(student: Student, entry: dict, assignment: str) -> list[str]:
    exercises = entry["exercises"]
    lost = [f"{name} must be lost" for name in student.mistaken if exercises[f"{assignment}.{name}"]["score"]]
    if student.kind not in (Kind.RIGHT, Kind.STYLE):
        return lost
    asked = [name for name in student.answers if f"{assignment}.{name}" in exercises]
    passed = [name for name in asked if exercises[f"{assignment}.{name}"]["outcome"] == "passed"]
    return lost + [f"{name} must be right" for name in asked if name not in passed]
