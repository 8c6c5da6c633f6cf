"""Submissions that are more alike than chance allows, beyond the starter and the reference solution.

Why not copydetect 0.5.0, which fingerprints files as MOSS does (Schleimer, Wilkerson, Aiken 2003): it keeps all own
names as one letter, counts fragments that everybody writes, knows no chance, and has no tree to drop annotations by.
Here a fragment counts by how few have it, in the class and among the bank's independent right answers.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import nbformat.v4
import numpy as np
from nbformat import NotebookNode
from nbgrader.utils import is_grade, is_solution
from scipy.sparse import csr_matrix, diags_array

from course_lib import whole_file
from course_lib.authoring import bank
from course_lib.authoring.reference import read_notebook
from course_lib.errors import CourseError
from course_lib.grading import templating
from course_lib.grading.chance import Evidence, surprise
from course_lib.grading.fragments import Fragment, lines_with, of_code, of_prose
from course_lib.grading.run import exercise_of
from course_lib.paths import Course
from course_lib.verdict import Outcome

BOUND = 0.05  # pairs expected by chance: one in twenty classes of independent people has such a pair
MODE = 0o640  # of the page: the group that grades may read it
OWN_CELLS = "own cells"
WRONG = 2.0  # how much more a form counts that no right answer has
SMALL_GROUP, OF_THE_REST = 8, 0.05  # what more than so many have, and more than that share of the class, is usual
MORE = 0.25  # power of the amount that two share, beside its share: long answers say more than short ones
FEWEST = 3  # answers to an exercise without which it says nothing
SAID = 5  # odd texts that are named for an exercise
MOST_LINES, MOST_WIDTH = 200, 300  # of an answer that is shown

Bag = set[Fragment]


@dataclass(frozen=True)
class Answer:
    """What a student wrote for an exercise. right: None where nobody judged it. mistake: the known one behind it."""

    source: str
    prose: bool = False
    right: bool | None = None
    mistake: str | None = None


NONE = Answer("")


@dataclass(frozen=True)
class Line:
    """A line of an answer. alike: the other has it too, under any names, and few others have."""

    text: str
    alike: bool


@dataclass(frozen=True)
class Shared:
    """An exercise in which two are alike. first, second: the two answers.

    likeness: from 0 to 1, the share of both answers, beyond what is given, that both have. as_alike: the share of all
    pairs that are at least as alike in this exercise. odd: comments, strings and names that both have and few others.
    mistake: the known one that both made. wrong: whether neither is right.
    """

    exercise: str
    first: tuple[Line, ...]
    second: tuple[Line, ...]
    likeness: float
    as_alike: float
    odd: tuple[str, ...] = ()
    wrong: bool = False
    mistake: str | None = None


@dataclass(frozen=True)
class Pair:
    """Two submissions that are more alike than chance allows.

    chance: the expected number of pairs at least as alike in a class of as many people who wrote by themselves.
    strength: minus its decimal logarithm. both_wrote: exercises that both answered. group: all that are alike with one
    of these two, or with one of those. compared: submissions in the class.
    """

    first: str
    second: str
    strength: float
    exercises: tuple[Shared, ...]
    chance: float
    both_wrote: int
    group: tuple[str, ...]
    compared: int

    @property
    def classes(self) -> str:
        """In one of how many classes chance gives such a pair, in words; rounded down to one digit."""
        if self.strength >= 9:
            return "less than 1 of 1,000,000,000"
        unit = 10 ** int(self.strength)
        return f"1 of {int(1 / self.chance / unit) * unit:,}"


def pairs(course: Course, assignment: str) -> list[Pair]:
    """The pairs of a graded class that are beyond chance, the strongest first.

    Raises: CourseError: nothing is graded, the release is missing, or a graded notebook cannot be read.
    """
    paths = sorted((course.root / "autograded").glob(f"*/{assignment}/{assignment}.ipynb"))
    if not paths:
        raise CourseError(f"nothing of {assignment} is graded yet: run: course autograde {assignment}")
    release = read_notebook(course.release_notebook(assignment))
    released = {cell.get("id") for cell in release.cells}
    given = [answers_of(release, assignment, released)]
    if course.source_notebook(assignment).exists():
        given.append(answers_of(read_notebook(course.source_notebook(assignment)), assignment, released))
    others: dict[str, list[str]] = {}
    if course.styles(assignment).exists():
        for answer in bank.read(course.styles(assignment), with_hints=False):
            others.setdefault(f"{assignment}.{answer.exercise}", []).append(answer.code)
    answers = {path.parent.parent.name: answers_of(_graded(path), assignment, released) for path in paths}
    return compare(answers, given, others)


def _graded(path: Path) -> NotebookNode:
    """A graded notebook, unvalidated, since grading wrote it and a class has thousands."""
    try:
        return nbformat.v4.reads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, AttributeError, KeyError, TypeError, RecursionError):
        student = path.parent.parent.name
        raise CourseError(f"{path} cannot be read: grade it again with --student {student} --force") from None


def answers_of(notebook: NotebookNode, assignment: str, released: set[str | None]) -> dict[str, Answer]:
    """Exercise -> the answer: what stands in the solution cells up to its check, and apart what is in own cells.

    released: ids of the cells of the release.
    """
    found: dict[str, Answer] = {}
    waiting: list[NotebookNode] = []
    own: list[str] = []
    for cell in notebook.cells:
        if is_solution(cell):
            if is_grade(cell) or cell.cell_type != "code":
                name = f"{assignment}.{cell.metadata.nbgrader.grade_id}"
                found[name] = Answer(cell.source, prose=cell.cell_type != "code")
            else:
                waiting.append(cell)
        elif is_grade(cell):
            exercise = exercise_of(cell, assignment)
            if exercise is not None and waiting:
                found[exercise] = _judged(_joined(waiting), cell)
                waiting = []
        elif cell.cell_type == "code" and cell.get("id") not in released:
            own.append(cell.source)
    for cell in waiting:
        found[f"{assignment}.{cell.metadata.nbgrader.grade_id}"] = Answer(cell.source)
    if own:
        found[OWN_CELLS] = Answer("\n\n".join(own))
    return found


def _joined(cells: list[NotebookNode]) -> str:
    return "\n\n".join(cell.source for cell in cells)


def _judged(source: str, check: NotebookNode) -> Answer:
    outcome = check.metadata.get("course", {})
    if "outcome" not in outcome:
        return Answer(source)
    right = outcome["outcome"] == Outcome.PASSED
    return Answer(source, right=right, mistake=(outcome.get("finding") or {}).get("mistake"))


def compare(
    answers: Mapping[str, Mapping[str, Answer]],
    given: Iterable[Mapping[str, Answer]] = (),
    others: Mapping[str, Sequence[str]] | None = None,
) -> list[Pair]:
    """The pairs that are beyond chance, the strongest first.

    answers: student -> exercise -> answer. given: starter and solution, whose fragments say nothing. others: exercise
    -> right answers that others wrote.
    """
    students = sorted(answers)
    read = lru_cache(maxsize=None)(_read)  # the same text often comes from many
    bags = _bags({student: answers[student] for student in students}, given, read)
    evidence = Evidence(len(students))
    said: dict[str, _Exercise] = {}
    for exercise in dict.fromkeys(name for student in students for name in bags[student]):
        who = [at for at, student in enumerate(students) if exercise in bags[student]]
        if len(who) < FEWEST:
            continue
        right = [answers[students[at]][exercise].right for at in who]
        known = [read(text, False) for text in (others or {}).get(exercise, ())]
        said[exercise] = _Exercise(who, [bags[students[at]][exercise] for at in who], right, known)
        evidence.add(who, said[exercise].surprise)
    chance = evidence.chance()
    beyond = [(int(one), int(two)) for one, two in np.argwhere(np.triu(chance <= BOUND, 1))]
    groups = _groups(beyond)
    found = [_pair(one, two, float(chance[one, two]), students, answers, said, groups[one]) for one, two in beyond]
    return sorted(found, key=lambda pair: (-pair.strength, pair.first, pair.second))


def _read(source: str, prose: bool) -> Bag:
    return of_prose(source) if prose else of_code(source)


def _bags(
    answers: Mapping[str, Mapping[str, Answer]], given: Iterable[Mapping[str, Answer]], read: Any
) -> dict[str, dict[str, Bag]]:
    """Student -> exercise -> the fragments that are the student's own; exercises without any are left out."""
    nothing: dict[str, Bag] = {}
    for one in given:
        for exercise, answer in one.items():
            nothing.setdefault(exercise, set()).update(read(answer.source, answer.prose))
    everywhere = set().union(*nothing.values())
    found: dict[str, dict[str, Bag]] = {}
    for student, theirs in answers.items():
        parts = {exercise: read(answer.source, answer.prose) for exercise, answer in theirs.items()}
        written = [part for exercise, part in parts.items() if exercise != OWN_CELLS]
        # A word that someone uses in several exercises is a habit, and other people have the same habits.
        uses = Counter(key for part in written for key in part if isinstance(key, tuple))
        habits = {text for text, count in uses.items() if count > 1}
        found[student] = {}
        for exercise, part in parts.items():
            own = (
                part - (everywhere.union(*written) if exercise == OWN_CELLS else nothing.get(exercise, set())) - habits
            )
            if own:
                found[student][exercise] = own
    return found


class _Exercise:
    """The answers of one exercise: what each fragment weighs, and how surprising each pair's likeness is."""

    def __init__(self, who: list[int], bags: list[Bag], right: list[bool | None], known: list[Bag]) -> None:
        self.place = {student: at for at, student in enumerate(who)}
        self.bags = bags
        has = Counter(key for bag in bags for key in bag)
        elsewhere = Counter(key for one in known for key in one)
        by_right = Counter(key for bag, is_right in zip(bags, right, strict=True) if is_right for key in bag)
        most = max(2.0, min(len(who) / 4, SMALL_GROUP + OF_THE_REST * len(who)))
        self.weights: dict[Fragment, float] = {}
        for key, count in has.items():
            if count <= most:
                weight = math.log((len(who) + len(known)) / (count + elsewhere[key]))
                only_wrong = any(right) and not by_right[key] and not elsewhere[key]
                self.weights[key] = weight * (WRONG if only_wrong else 1.0)
        self.surprise = surprise(self._likeness())

    def _likeness(self) -> csr_matrix:
        """The share of what either has, and few others have, that both have; more of it counts a little more."""
        columns = {key: at for at, key in enumerate(self.weights)}
        cells = [(row, columns[key]) for row, bag in enumerate(self.bags) for key in bag if key in columns]
        rows, places = np.array(cells, dtype=int).reshape(-1, 2).T
        roots = np.sqrt(np.array(list(self.weights.values())))
        has = csr_matrix((roots[places], (rows, places)), shape=(len(self.bags), len(columns)))
        common = csr_matrix(has @ has.T)
        scale = diags_array(1 / np.sqrt(np.maximum(common.diagonal(), 1e-12)))
        return csr_matrix(common.power(MORE).multiply(scale @ common @ scale))

    def shared(self, exercise: str, one: int, two: int, first: Answer, second: Answer) -> Shared | None:
        """What two students have in common; None if it is nothing that few have, or one of them wrote nothing."""
        if one not in self.place or two not in self.place:
            return None
        surprising = float(self.surprise[self.place[one], self.place[two]])
        if not surprising:
            return None
        mine, theirs = self.bags[self.place[one]], self.bags[self.place[two]]
        both = mine & theirs
        rare = {key for key in both if key in self.weights}
        odd = sorted((key for key in rare if isinstance(key, tuple)), key=lambda key: (key[0], -len(key[1]), key[1]))
        return Shared(
            exercise,
            _lines(first, rare),
            _lines(second, rare),
            2 * len(both) / (len(mine) + len(theirs)),
            math.exp(-surprising),
            tuple(
                f"{kind} \N{LEFT DOUBLE QUOTATION MARK}{_visible(text)[:80]}\N{RIGHT DOUBLE QUOTATION MARK}"
                for kind, text in odd[:SAID]
            ),
            first.right is False and second.right is False,
            first.mistake if first.mistake == second.mistake else None,
        )


def _pair(
    one: int,
    two: int,
    chance: float,
    students: list[str],
    answers: Mapping[str, Mapping[str, Answer]],
    exercises: Mapping[str, _Exercise],
    group: tuple[int, ...],
) -> Pair:
    mine, theirs = answers[students[one]], answers[students[two]]
    found = [
        shared
        for name, exercise in exercises.items()
        if (shared := exercise.shared(name, one, two, mine.get(name, NONE), theirs.get(name, NONE)))
    ]
    return Pair(
        students[one],
        students[two],
        -math.log10(max(chance, 1e-300)),
        tuple(sorted(found, key=lambda shared: shared.as_alike)),
        chance,
        sum(one in exercise.place and two in exercise.place for exercise in exercises.values()),
        tuple(students[at] for at in group),
        len(students),
    )


def _groups(alike: list[tuple[int, int]]) -> dict[int, tuple[int, ...]]:
    """Student -> all that are alike with this one, or with one of those."""
    found: dict[int, set[int]] = {}
    for one, two in alike:
        joined = found.get(one, {one}) | found.get(two, {two})
        found.update(dict.fromkeys(joined, joined))
    return {student: tuple(sorted(group)) for student, group in found.items()}


def _lines(answer: Answer, rare: Bag) -> tuple[Line, ...]:
    """An answer for showing: not all of a long one, and nothing that a screen would act on."""
    source = answer.source.strip("\r\n")
    alike = lines_with(source, answer.prose, rare)
    lines = re.split(r"\r\n?|\n", source)
    shown = [Line(_visible(line)[:MOST_WIDTH], at in alike) for at, line in enumerate(lines[:MOST_LINES], 1)]
    left = len(lines) - len(shown)
    return (*shown, Line(f"... and {left} lines more", False)) if left else tuple(shown)


def _visible(text: str) -> str:
    text = text.replace("\t", "    ")
    return "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in text)


def figures(assignment: str, found: Sequence[Pair]) -> dict[str, Any]:
    """The pairs for JSON, without the answers."""
    entries = [asdict(pair) for pair in found]
    for entry in entries:
        for shared in entry["exercises"]:
            del shared["first"], shared["second"]
    return {"assignment": assignment, "bound": BOUND, "pairs": entries}


def write_page(path: Path, assignment: str, found: Sequence[Pair]) -> None:
    """The pairs side by side, as one self-contained page."""
    page = templating.render("similar_page.html.j2", assignment=assignment, pairs=found)
    whole_file.write(path, page, MODE, "mend that", make_folder=True)
