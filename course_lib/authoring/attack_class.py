"""Grading the hostile suite for real, by `nbgrader autograde` and by `course autograde`, and looking for damage.

The suite is graded row by row in a copy of the course. After its attackers each row has an honest neighbour, graded by
the same command, who must score what he scores alone.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from pathlib import Path

import nbformat
from nbgrader.api import Gradebook

from course_lib import checks
from course_lib.authoring import attacks, release, truth
from course_lib.authoring.attacks import Attack, Maker
from course_lib.authoring.live_code import live_code
from course_lib.errors import CourseError
from course_lib.grading import journal
from course_lib.paths import Course

PATHS = ("nbgrader autograde", "course autograde")
CANARY = f"course-canary-{secrets.token_hex(8)}"  # stands wherever no student may look
PROCESS = "course-attack-marker"  # the name of processes that attacks leave behind
LIMITS = {
    "cell_s": 8,
    "submission_s": 45,
    "memory": 3 * 2**30,
    "processes": 64,
    "file": 2**25,
    "output": 1_000_000,
    "outputs": 200,
}
SUBMISSION_S = 120  # that a submission of a class may take on average before we say that one stopped it
ALL = 0  # in place of a row's number: all rows in one class
ALONE = "alone"
Scores = dict[str, dict[str, float]]


@dataclass
class Row:
    """What a row of the suite did, graded one way. points of all exercises; others_harmed: how many things happened.

    scores: student -> cell -> points.
    """

    row: int
    path: str
    attempts: int
    points_gained: float = 0.0
    points_lost: float = 0.0
    others_harmed: int = 0
    seconds: float = 0.0
    problems: list[str] = field(default_factory=list)
    scores: Scores = field(default_factory=dict, repr=False)

    @property
    def good(self) -> bool:
        """Whether nothing happened that must not happen."""
        return not (self.points_gained or self.points_lost or self.others_harmed or self.problems)


@dataclass
class _Ground:
    """A copy of the course in which one assignment's attacks are graded one way."""

    course: Course
    assignment: str
    path: str
    temporary: Path  # of the commands
    alone: dict[str, float] = field(default_factory=dict)  # an honest neighbour's scores with nobody beside him

    def command(self, students: str) -> subprocess.CompletedProcess[str]:
        """Grade the students of a glob; for `course autograde`, each by name. Raises: subprocess.TimeoutExpired."""
        program = Path(sys.executable).parent / self.path.partition(" ")[0]
        words = [str(program), "autograde", self.assignment]
        found = sorted(path.name for path in (self.course.root / "submitted").glob(students))
        if self.path.startswith("nbgrader"):
            words += ["--force", f"--student={students}"]
        else:
            words += ["--workers", "1", *(word for name in found for word in ("--student", name))]
        environment = os.environ | {"TMPDIR": str(self.temporary), "COURSE_CANARY": CANARY, "OMP_NUM_THREADS": "1"}
        environment.pop("COURSE_DATA", None)
        return subprocess.run(
            words,
            cwd=self.course.root,
            env=environment,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=SUBMISSION_S * len(found),
        )

    def scores(self) -> Scores:
        """student -> cell -> points, as the gradebook has them."""
        with Gradebook(f"sqlite:///{self.course.root}/gradebook.db", "word-vectors") as book:
            return {
                submission.student.id: {
                    grade.name: (grade.score or 0.0) + (grade.extra_credit or 0.0)
                    for notebook in submission.notebooks
                    for grade in notebook.grades
                }
                for submission in book.assignment_submissions(self.assignment)
            }


def run(
    course: Course,
    rows: Iterable[int] | None = None,
    each: int | None = None,
    together: bool = False,
    done: Callable[[Row], None] = lambda row: None,
) -> list[Row]:
    """Grade the suite both ways at the same time.

    rows: only these. each: only so many attacks of each row. together: all in one class, with one neighbour, which is
    faster and tells less. done: called with each row as soon as it is graded.
    Raises: CourseError: there are no such attacks, or nothing can be graded here.
    """
    wanted = None if rows is None else set(rows)
    with tempfile.TemporaryDirectory(prefix="course-attacks-") as folder:
        found: list[Row] = []
        for assignment, modules in _modules(course).items():
            make = Maker(course, assignment)
            suite = [attack for module in modules for attack in module.attacks(make)]
            by_row = _by_row([attack for attack in suite if wanted is None or attack.row in wanted], each)
            if not by_row:
                continue
            if together:
                by_row = {ALL: [attack for members in by_row.values() for attack in members]}
            ground = Course(Path(folder) / assignment / "course")
            _prepare(course, ground, assignment)
            with ThreadPoolExecutor(len(PATHS)) as pool:
                both = [pool.submit(_grade_rows, ground, assignment, path, by_row, make, done) for path in PATHS]
                one, other = (future.result() for future in both)
            _compare(one, other)
            found += one + other
    if not found:
        raise CourseError("there is no attack in these rows")
    return sorted(found, key=lambda row: (row.row, row.path))


def _compare(one: list[Row], other: list[Row]) -> None:
    """A class that is graded twice has the same scores, whichever way it is graded."""
    for first, second in zip(one, other, strict=True):
        for student in sorted(first.scores.keys() | second.scores.keys()):
            if first.scores.get(student) != second.scores.get(student):
                first.problems.append(f"{student} has other scores by {second.path}")


def _modules(course: Course) -> dict[str, list]:
    found = defaultdict(list)
    for assignment, module in attacks.load(course):
        found[assignment].append(module)
    return found


def _by_row(suite: list[Attack], each: int | None) -> dict[int, list[Attack]]:
    """Raises: CourseError: two attacks have the same name."""
    found: dict[int, list[Attack]] = defaultdict(list)
    for attack in sorted(suite, key=lambda attack: attack.row):
        if attack.student in {other.student for other in found[attack.row]}:
            raise CourseError(f"two attacks are named {attack.student}: rename one")
        found[attack.row].append(attack)
    return {row: members[:each] for row, members in found.items()}


def _prepare(course: Course, ground: Course, assignment: str) -> None:
    """Copy what grading needs, with limits that end attacks early, and without the bank of mistakes."""
    shutil.copytree(course.source(assignment), ground.source(assignment))
    ground.mistakes(assignment).parent.mkdir(parents=True)
    ground.mistakes(assignment).write_text("", encoding="utf-8")
    config = (course.root / "nbgrader_config.py").read_text(encoding="utf-8")
    (ground.root / "nbgrader_config.py").write_text(f"{config}\nc.RunInSandbox.limits = {LIMITS}\n", encoding="utf-8")
    truth.record_secret(ground, assignment)
    release.make(ground, assignment)
    for hidden in (ground.root / ".secrets", ground.root / "source", ground.root, ground.root.parent):
        (hidden / "canary.txt").write_text(CANARY, encoding="utf-8")
    victim = ground.submitted("victim", assignment)
    victim.mkdir(parents=True)
    (victim / f"{assignment}.ipynb").write_text(CANARY, encoding="utf-8")


def _grade_rows(
    prepared: Course,
    assignment: str,
    path: str,
    by_row: dict[int, list[Attack]],
    make: Maker,
    done: Callable[[Row], None],
) -> list[Row]:
    folder = prepared.root.parent / path.replace(" ", "-")
    ground = _Ground(Course(folder / "course"), assignment, path, folder / "temporary")
    shutil.copytree(prepared.root, ground.course.root)
    ground.temporary.mkdir()
    _hand_in_honest(ground, make, ALONE)
    finished = ground.command(ALONE)
    ground.alone = ground.scores().get(ALONE, {})
    if not any(ground.alone.values()):
        raise CourseError(f"{path} does not grade an honest submission: {finished.stderr.strip()[-300:]}")
    rows = []
    for row, members in by_row.items():
        rows.append(_grade_row(ground, row, members, make))
        done(rows[-1])
    return rows


def _hand_in_honest(ground: _Ground, make: Maker, student: str) -> None:
    folder = ground.course.submitted(student, ground.assignment)
    folder.mkdir(parents=True)
    nbformat.write(make.honest(), folder / f"{ground.assignment}.ipynb")


def _grade_row(ground: _Ground, number: int, members: list[Attack], make: Maker) -> Row:
    row = Row(number, ground.path, len(members))
    prefix = f"row{number:02d}_" if number != ALL else "row"
    neighbour = f"{prefix}zz_neighbour"  # the last one in the order of names
    for attack in members:
        folder = ground.course.submitted(attack.student, ground.assignment)
        folder.mkdir(parents=True)
        attack.write(folder)
    _hand_in_honest(ground, make, neighbour)
    before, protected = ground.scores(), _digests(ground.course.root)
    started = time.monotonic()
    try:
        ended = ground.command(f"{prefix}*").returncode
    except subprocess.TimeoutExpired:
        _harm(row, f"the class was not graded within {SUBMISSION_S} s for each")
        return row
    row.seconds = round(time.monotonic() - started, 1)
    after = ground.scores()
    row.scores = {student: scores for student, scores in after.items() if student.startswith(prefix)}
    entries = journal.read(ground.course.journal(ground.assignment))
    for attack in members:
        _judge(row, attack, after.get(attack.student), [one for one in entries if one["student"] == attack.student])
        _look_for_leaks(row, ground, attack)
        if attack.pages:
            _look_at_page(row, ground, attack)
    if after.get(neighbour) != ground.alone:
        _harm(row, f"the neighbour scored {after.get(neighbour)}, and alone {ground.alone}")
    changed = [student for student, scores in before.items() if after.get(student) != scores]
    if changed:
        _harm(row, f"scores of {', '.join(changed)} changed")
    for name in sorted(_differences(protected, _digests(ground.course.root))):
        _harm(row, f"{name} was changed")
    for left in _left_behind(ground.temporary):
        _harm(row, f"{left} was left behind")
    graded = [one["outcome"].startswith("graded") for one in entries if one["student"].startswith(prefix)]
    if ended != (0 if all(graded) else 1):
        row.problems.append(f"the command ended with {ended}")
    return row


def _harm(row: Row, what: str) -> None:
    row.others_harmed += 1
    row.problems.append(what)


def _judge(row: Row, attack: Attack, scores: dict[str, float] | None, entries: list[dict]) -> None:
    """Compare points, outcome and words with what they must be."""
    if scores is None or len(entries) != 1:
        row.problems.append(f"{attack.student}: {len(entries)} outcomes, gradebook: {scores}")
        scores = scores or {}
    for check in checks.ASSIGNMENTS[attack.assignment]:
        exercise = check.exercise.partition(".")[2]
        found = scores.get(f"test_{exercise}", 0.0)
        worth = _worth(entries, check.exercise)
        due = worth if exercise in attack.earns else 0.0
        if found != due:
            row.problems.append(f"{attack.student}: {exercise} has {found:g} points, not {due:g}")
        row.points_gained += max(0.0, found - due)
        row.points_lost += max(0.0, due - found)
    for entry in entries:
        if entry["outcome"] not in attack.outcomes:
            row.problems.append(f"{attack.student}: ended as {entry['outcome']!r}")
        if attack.says and not any(attack.says in note for note in entry["notes"]):
            row.problems.append(f"{attack.student}: was not told {attack.says!r}, but {entry['notes']}")


def _worth(entries: list[dict], exercise: str) -> float:
    return float(entries[0]["exercises"][exercise]["max_score"]) if entries else 0.0


def _look_for_leaks(row: Row, ground: _Ground, attack: Attack) -> None:
    for folder in (ground.course.autograded, ground.course.feedback):
        for path in folder(attack.student, ground.assignment).rglob("*"):
            if path.is_symlink() or (path.is_file() and CANARY in path.read_text("utf-8", "replace")):
                _harm(row, f"{attack.student}: {path.name} holds what no student may see")


def _look_at_page(row: Row, ground: _Ground, attack: Attack) -> None:
    program = Path(sys.executable).parent / "nbgrader"
    words = [str(program), "generate_feedback", ground.assignment, "--force", f"--student={attack.student}"]
    subprocess.run(words, cwd=ground.course.root, capture_output=True, timeout=SUBMISSION_S)
    page = ground.course.feedback(attack.student, ground.assignment) / f"{ground.assignment}.html"
    if not page.is_file():
        row.problems.append(f"{attack.student}: no feedback page")
        return
    for found in live_code(page.read_text(encoding="utf-8"), attacks.MARK):
        _harm(row, f"{attack.student}: the feedback page has {found}")


def _digests(root: Path) -> dict[str, str]:
    """Contents of all files that grading must not change, under the course folder."""
    found = {}
    for name in ("source", "release", ".secrets", "submitted", "nbgrader_config.py"):
        top = root / name
        for path in [top] if top.is_file() else top.rglob("*"):
            if path.is_file() and not path.is_symlink():
                with open(path, "rb") as file:
                    found[str(path.relative_to(root))] = hashlib.file_digest(file, "sha256").hexdigest()
    return found


def _differences(before: dict[str, str], after: dict[str, str]) -> set[str]:
    return {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}


def _left_behind(temporary: Path) -> list[str]:
    """Processes and run folders that should be gone by now."""
    deadline = time.monotonic() + 5  # the system takes a namespace apart after its first process has ended
    while (left := _processes(temporary)) and time.monotonic() < deadline:
        time.sleep(0.05)
    return left + [f"the folder {path.name}" for path in temporary.glob("course-*")]


def _processes(temporary: Path) -> list[str]:
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = path.read_bytes().split(b"\0")
        except OSError:
            continue  # it ended while we looked
        if words[0] == PROCESS.encode() or any(word.startswith(bytes(temporary) + b"/course-") for word in words):
            found.append(f"process {path.parent.name}")
    return found


def write_json(path: Path, rows: list[Row]) -> None:
    """The table as JSON, in the form that the README describes."""
    entries = [{name: value for name, value in asdict(row).items() if name != "scores"} for row in rows]
    path.write_text(json.dumps({"rows": entries}, indent=1) + "\n", encoding="utf-8")
