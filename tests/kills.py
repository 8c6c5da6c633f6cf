"""Proof that a class is graded once and whole, whatever is killed: kill at random moments, go on, compare.

    python -m tests.kills --rounds 30 --seed 1 --json figures.json

Each round grades a fresh copy of one class with `course autograde`, sends SIGKILL to processes of it, repeats the same
command until it ends as usual, and compares all that grading leaves with what an undisturbed run left.
"""

from __future__ import annotations

import argparse
import copy
import ctypes
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import nbformat
import psutil
from nbformat.v4 import new_code_cell
from nbgrader.utils import is_grade, is_solution

sys.path.insert(0, str(Path(__file__).parent))

from machines import BIN, Cluster, Machine, holds

from course_lib.authoring import bank, release
from course_lib.authoring.reference import solution_cells
from course_lib.paths import Course

ASSIGNMENT = "toy_chooser"
ROOT = Path(__file__).resolve().parents[1]
VICTIMS = ("coordinator", "worker", "scheduler", "kernel", "zygote")
PHASES = ("anywhere", "start", "write")
LIMITS = {"cell_s": 12}
EXERCISES = ("to_digits", "make_example", "collate", "final_states")
KINDS = ("endless", "slow", "right", "wrong", "broken", "nothing", "empty", "missing")  # one each, then more of four
FIRST = {"endless": "while True: pass", "slow": "import time; time.sleep(4)"}  # what the first cell does
GROUPS = Path("/sys/fs/cgroup")
END_S = 600.0  # in which a command must end
LEFT_S = 10.0  # in which all that a run started must be gone
MOST = 6  # repetitions of the command
USUAL = 1  # its exit code, since some handed in no notebook
PR_SET_CHILD_SUBREAPER = 36  # prctl(2)
ROWS = {
    "submissions": "SELECT student_id, timestamp, extension FROM submitted_assignment",
    "notebooks": """SELECT a.student_id, n.name, s.late_submission_penalty FROM submitted_notebook s
        JOIN submitted_assignment a ON s.assignment_id = a.id JOIN notebook n ON s.notebook_id = n.id""",
    "grades": """SELECT a.student_id, c.name, g.auto_score, g.manual_score, g.extra_credit, g.needs_manual_grade
        FROM grade g JOIN submitted_notebook s ON g.notebook_id = s.id
        JOIN submitted_assignment a ON s.assignment_id = a.id JOIN base_cell c ON g.cell_id = c.id""",
    "comments": """SELECT a.student_id, c.name, k.auto_comment, k.manual_comment FROM comment k
        JOIN submitted_notebook s ON k.notebook_id = s.id JOIN submitted_assignment a ON s.assignment_id = a.id
        JOIN base_cell c ON k.cell_id = c.id""",
}


# --- the class ------------------------------------------------------------------------------------------------


def make_course(root: Path, size: int = 16) -> Course:
    """A course with a class of `size`: right and wrong, slow, endless, broken, missing. The public truth is the secret.

    The assignment ends after its first part and has no plots, since what is tried here is not the students' code.
    Raises: ValueError: so small a class has not all kinds.
    """
    if size < len(KINDS):
        raise ValueError(f"a class has at least {len(KINDS)} submissions, one of each kind")
    course = Course(root)
    shutil.copytree(ROOT / "source" / ASSIGNMENT, course.source(ASSIGNMENT))
    source = nbformat.read(course.source_notebook(ASSIGNMENT), as_version=4)
    last = max(place for place, cell in enumerate(source.cells) if _name(cell) == f"test_{EXERCISES[-1]}")
    source.cells = [cell for cell in source.cells[: last + 1] if not cell.source.startswith("# plot")]
    nbformat.write(source, course.source_notebook(ASSIGNMENT))
    config = (ROOT / "nbgrader_config.py").read_text(encoding="utf-8")
    (root / "nbgrader_config.py").write_text(f"{config}\nc.RunInSandbox.limits = {LIMITS}\n", encoding="utf-8")
    release.make(course, ASSIGNMENT)
    course.secret_truth(ASSIGNMENT).parent.mkdir()
    shutil.copy(course.public_truth(ASSIGNMENT), course.secret_truth(ASSIGNMENT))
    right = solution_cells(source)
    mistakes = {
        answer.exercise: answer.code
        for answer in bank.read(Course(ROOT).mistakes(ASSIGNMENT), with_hints=True)
        if answer.exercise in EXERCISES
    }
    notebook = nbformat.read(course.release_notebook(ASSIGNMENT), as_version=4)
    for number in range(size):
        student, kind = f"s{number:03}", KINDS[number % len(KINDS) if number < len(KINDS) else number % 4 + 2]
        path = course.submitted(student, ASSIGNMENT) / f"{ASSIGNMENT}.ipynb"
        path.parent.mkdir(parents=True)
        if kind in ("broken", "empty"):
            path.write_text({"broken": '{"cells": [', "empty": ""}[kind])
        elif kind != "missing":
            _hand_in(path, notebook, {"wrong": right | mistakes, "nothing": {}}.get(kind, right), FIRST.get(kind, ""))
    return course


def _hand_in(path: Path, release: nbformat.NotebookNode, answers: dict[str, str], first: str) -> None:
    made = copy.deepcopy(release)
    for cell in made.cells:
        if is_solution(cell):
            cell.source = answers.get(_name(cell), cell.source)
    made.cells.insert(0, new_code_cell(f"# {path.parent.parent.name}\n{first}"))
    nbformat.write(made, path)


def _name(cell: nbformat.NotebookNode) -> str:
    return str(cell.metadata.get("nbgrader", {}).get("grade_id"))


# --- what grading leaves --------------------------------------------------------------------------------------


@dataclass
class State:
    """All that grading left, without ids and times.

    notebooks: student -> verdicts of the graded notebook, or what is wrong with it. journal: student -> entries.
    """

    notebooks: dict[str, Any] = field(default_factory=dict)
    rows: dict[str, list[Any]] = field(default_factory=dict)
    journal: dict[str, list[Any]] = field(default_factory=dict)
    torn: int = 0


def state(course: Course) -> State:
    """What there is now."""
    found = State()
    for path in sorted((course.root / "autograded").glob(f"*/{ASSIGNMENT}/{ASSIGNMENT}.ipynb")):
        found.notebooks[path.parent.parent.name] = _verdicts(path)
    with sqlite3.connect(course.root / "gradebook.db") as book:
        for name, query in ROWS.items():
            found.rows[name] = sorted(map(list, book.execute(query)), key=repr)
    book.close()
    if course.journal(ASSIGNMENT).exists():
        for line in course.journal(ASSIGNMENT).read_bytes().splitlines():
            try:
                entry = json.loads(line)
                found.journal.setdefault(entry["student"], []).append(_without_times(entry))
            except (ValueError, KeyError, TypeError):
                found.torn += 1
    return found


def _without_times(entry: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in entry.items() if name not in ("time", "seconds")}


def _verdicts(path: Path) -> Any:
    try:
        notebook = nbformat.read(path, as_version=4)
        cells = {
            cell.metadata.nbgrader.grade_id: dict(cell.metadata.get("course", {}))
            for cell in notebook.cells
            if is_grade(cell)
        }
        return {"cells": cells, "about": _without_times(notebook.metadata["course"])}
    except Exception as error:
        return f"unreadable: {error}"


@dataclass
class Differences:
    """What is not as in the undisturbed run: who is lost, who is there twice, whose scores differ, what is torn."""

    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    differ: list[str] = field(default_factory=list)
    torn: int = 0


def differences(wanted: State, found: State) -> Differences:
    """Compare two states of one class."""
    result = Differences(torn=found.torn)
    for student in wanted.notebooks:
        entries = found.journal.get(student, [])
        counts = Counter(entry.get("fingerprint") for entry in entries)
        if student not in found.notebooks or not entries:
            result.lost.append(student)
        elif max(counts.values()) > 1:
            result.doubled.append(f"{student} in the journal")
        elif found.notebooks[student] != wanted.notebooks[student] or entries != wanted.journal[student]:
            result.differ.append(student)
    result.doubled += [f"{one}, whom nobody expects" for one in found.notebooks if one not in wanted.notebooks]
    for name in ROWS:
        keys = Counter(tuple(row[: 1 if name == "submissions" else 2]) for row in found.rows[name])
        known = {tuple(row[: 1 if name == "submissions" else 2]) for row in wanted.rows[name]}
        result.doubled += [f"{key} in {name}" for key, count in keys.items() if count > 1]
        result.lost += [f"{key} in {name}" for key in sorted(known - keys.keys())]
        result.differ += [f"{row[:2]} in {name}" for row in found.rows[name] if row not in wanted.rows[name]]
    return result


# --- a place of its own, where nothing that is left can hide -----------------------------------------------------


@dataclass
class Place:
    """A folder for courses, temporary files and control groups of the runs. groups: folders that hold the groups."""

    root: Path
    groups: list[Path]

    @property
    def temporary(self) -> Path:
        return self.root / "t"

    def environment(self) -> dict[str, str]:
        """With this place's folder for temporary files."""
        return {**os.environ, "TMPDIR": str(self.temporary), "OMP_NUM_THREADS": "1", "COURSE_DATA": ""}

    def before(self) -> tuple[str, ...]:
        """The words before a command, that it makes its control groups here."""
        if not self.groups:
            return ()
        mounts = " && ".join(f"mount --bind {group} {group.parent}" for group in self.groups)
        return ("unshare", "--mount", "sh", "-c", f'{mounts} && exec "$@"', "sh")

    def left(self) -> list[str]:
        """Temporary files and control groups that are there."""
        found = [str(path.relative_to(self.root)) for path in self.temporary.iterdir()]
        found += [f"control group {path}" for group in self.groups for path in group.iterdir() if path.is_dir()]
        return sorted(found)

    def clear(self) -> None:
        """Remove what is left."""
        for path in self.temporary.iterdir():
            shutil.rmtree(path, ignore_errors=True)
            path.unlink(missing_ok=True) if path.is_file() else None
        for group in self.groups:
            for path in group.iterdir():
                with suppress(OSError):
                    path.rmdir()


@contextmanager
def place() -> Iterator[Place]:
    """A new one, removed afterwards. The folder's name is short, since the names of sockets must be."""
    root = Path(tempfile.mkdtemp(prefix="kills-", dir="/tmp"))
    found = Place(root, [])
    found.temporary.mkdir()
    try:
        if os.getuid() == 0:
            version_2 = (GROUPS / "cgroup.controllers").is_file()
            for parent in [GROUPS] if version_2 else [GROUPS / "pids", GROUPS / "memory"]:
                with suppress(OSError):
                    group = parent / root.name
                    group.mkdir()
                    found.groups.append(group)
        yield found
    finally:
        found.clear()
        for group in found.groups:
            with suppress(OSError):
                group.rmdir()
        shutil.rmtree(root, ignore_errors=True)


def adopt_orphans() -> None:
    """From now on, whatever this process's descendants leave running is its child, so that nothing can hide."""
    if ctypes.CDLL(None, use_errno=True).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "this system gives a process no orphans to adopt")


def descendants() -> list[psutil.Process]:
    """All living processes that were started from here."""
    return [one for one in psutil.Process().children(recursive=True) if _command(one) is not None]


def _command(process: psutil.Process) -> list[str] | None:
    """Its command line; None for one that has ended."""
    try:
        return None if process.status() == psutil.STATUS_ZOMBIE else process.cmdline()
    except psutil.Error:
        return None


# --- killing -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Kill:
    """What to kill, and when. seconds: after the start, or in the phase `write`, after the next graded notebook.

    draw: which one of several, from 0 to 1.
    """

    victim: str
    phase: str
    seconds: float
    draw: float


@dataclass
class Round:
    """One round. killed: what really was, as `victim` or `victim (what)`. commands: how often it was run."""

    number: int
    remote: bool
    kills: list[Kill]
    killed: list[str] = field(default_factory=list)
    commands: int = 0
    seconds: float = 0.0
    found: Differences = field(default_factory=Differences)
    left: list[str] = field(default_factory=list)
    problem: str = ""

    @property
    def first(self) -> str:
        """The victim that the round is about."""
        return self.kills[0].victim if self.kills else "nothing"

    @property
    def good(self) -> bool:
        """Whether it is as if nothing had been killed."""
        return not self.problem and not self.left and self.found == Differences()


def victims(kind: str, coordinator: psutil.Process, cluster: Cluster | None) -> list[psutil.Process]:
    """The processes of a kind that run now."""
    if kind == "coordinator":
        return [coordinator]
    if kind == "scheduler":
        return [psutil.Process(cluster.processes[-1].pid)] if cluster is not None and cluster.runs(-1) else []
    found = []
    for process in descendants():
        words = " ".join(_command(process) or [])
        try:
            above = [" ".join(_command(one) or []) for one in process.parents()[:2]]
        except psutil.Error:
            continue
        forks = sum("course_lib.warm" in one for one in above)
        is_kernel = "ipykernel_launcher" in words and "bwrap" not in words and " sh -c" not in words
        is_warm = "-m course_lib.warm" in words
        if (
            (kind == "kernel" and (is_kernel or (is_warm and forks == 2)))
            or (kind == "zygote" and is_warm and forks == 0)
            or (kind == "worker" and words.startswith("dask worker ["))  # the title that Dask gives it
        ):
            found.append(process)
    return sorted(found, key=lambda one: one.pid)


def plan(number: int, seed: int, usual: dict[str, float], kinds: tuple[str, ...] = VICTIMS) -> Round:
    """What to kill in a round: each kind in turn as the first victim, and up to two others.

    usual: how long an undisturbed run takes (`all`), and until its first graded notebook (`start`).
    """
    drawn = random.Random(f"{seed}/{number}")
    first = kinds[number % len(kinds)]
    remote = first == "scheduler" or (first in ("coordinator", "worker") and drawn.random() < 0.3)
    others = [kind for kind in kinds if remote or kind != "scheduler"]
    chosen = [first] + [drawn.choice(others) for _ in range(drawn.choice([0, 0, 1, 2]))]
    kills = []
    for kind in chosen:
        phase = drawn.choices(PHASES, weights=[4, 1, 3])[0]
        span = {"anywhere": usual["all"], "start": usual["start"], "write": 0.1}[phase]
        kills.append(Kill(kind, phase, drawn.uniform(0, span), drawn.random()))
    return Round(number, remote, kills)


class Killer:
    """Kills what a round asks for, while it runs."""

    def __init__(self, course: Course, made: Round) -> None:
        self._course, self._round = course, made
        self.begun = time.monotonic()
        self._open = list(made.kills)
        self._graded: int | None = None
        self._at: float | None = None  # when the next one of the phase `write` is due

    def look(self, coordinator: psutil.Process, cluster: Cluster | None) -> None:
        """Kill what is due."""
        for kill in list(self._open):
            if not self._due(kill):
                continue
            found = victims(kill.victim, coordinator, cluster)
            if not found:
                continue  # as soon as there is one
            one = found[int(kill.draw * len(found))]
            with suppress(psutil.Error):
                one.kill()
                self._round.killed.append(kill.victim)
            self._open.remove(kill)

    def graded(self) -> int:
        """How many graded notebooks there are, or are being written."""
        return sum(1 for _ in (self._course.root / "autograded").glob(f"*/{ASSIGNMENT}/*"))

    def _due(self, kill: Kill) -> bool:
        now = time.monotonic()
        if kill.phase != "write":
            return now - self.begun >= kill.seconds
        if self._at is None:
            graded = self.graded()
            if self._graded is not None and graded > self._graded:
                self._at = now + kill.seconds
            self._graded = graded
        if self._at is None or now < self._at:
            return False
        self._at = self._graded = None
        return True


def run_round(made: Round, course: Course, here: Place, wanted: State) -> None:
    """Grade with kills until the command ends as usual, then compare; what is found is written into `made`."""
    cluster = None
    if made.remote:
        machines = [Machine(here.root / f"machine{number}", here.before()) for number in range(3)]
        cluster = Cluster(machines[0], machines[1:], here.environment())
        cluster.environment["DASK_TEMPORARY_DIRECTORY"] = str(machines[0].folder)  # the scheduler's own
    begun = time.monotonic()
    killer = Killer(course, made)
    try:
        while made.commands < MOST:
            if cluster is not None:
                cluster.start()
            made.commands += 1
            code, said = run_command(course, here, cluster, killer)
            if code == USUAL:
                break
            made.problem = f"exit code {code}: {said}"
        else:
            return
        made.problem = ""
    finally:
        made.seconds = time.monotonic() - begun
        if cluster is not None:
            cluster.stop()
            left = [path for machine in machines for path in machine.folder.rglob("secret.json")]
            made.left += [f"{path.relative_to(here.root)}" for path in left]
            for machine in machines:
                shutil.rmtree(machine.folder, ignore_errors=True)
    made.left += what_is_left(course, here)
    made.found = differences(wanted, state(course))


def run_command(
    course: Course, here: Place, cluster: Cluster | None = None, killer: Killer | None = None
) -> tuple[int, str]:
    """Run `course autograde`; its exit code, and the end of what it said."""
    where = ["--workers", "2"] if cluster is None else ["--scheduler", cluster.address]
    with tempfile.TemporaryFile("w+") as said:
        process = subprocess.Popen(
            [*here.before(), BIN / "course", "autograde", ASSIGNMENT, *where],
            cwd=course.root,
            env=here.environment(),
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
            start_new_session=True,
        )
        end = time.monotonic() + END_S
        known = {process.pid} | ({one.pid for one in cluster.processes.values()} if cluster is not None else set())
        try:
            while process.poll() is None:
                reap(known)
                if killer is not None:
                    killer.look(psutil.Process(process.pid), cluster)
                if time.monotonic() > end:
                    return -1, f"it did not end in {END_S:.0f} s"
                time.sleep(0.005)
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        said.seek(0)
        return process.returncode, said.read()[-2000:]


def what_is_left(course: Course, here: Place) -> list[str]:
    """What a run has not cleaned up within LEFT_S; it is removed then."""

    def gone() -> bool:
        reap(set())
        return not descendants() and not here.left()

    holds(gone, LEFT_S)
    found = [f"process {' '.join(_command(one) or [])[:150]}" for one in descendants()]
    found += here.left()
    found += [str(path.relative_to(course.root)) for path in (course.root / "autograded").glob("**/.course-*")]
    for one in descendants():
        with suppress(psutil.Error):
            one.kill()
            one.wait()
    reap(set())
    here.clear()
    return found


def reap(known: set[int]) -> None:
    """Take the exit codes of adopted processes, as the first process of a system does. known: which are not adopted."""
    for one in psutil.Process().children():
        with suppress(psutil.Error, ChildProcessError):
            if one.pid not in known and one.status() == psutil.STATUS_ZOMBIE:
                os.waitpid(one.pid, os.WNOHANG)


# --- all rounds ----------------------------------------------------------------------------------------------


def undisturbed(course: Course, here: Place) -> tuple[State, dict[str, float], Round]:
    """What a run leaves that nobody disturbs, how long it takes, and the same as a round without kills.

    Raises: RuntimeError: it does not even grade the class.
    """
    made, watch = Round(-1, False, []), FirstResult(course)
    made.commands = 1
    code, said = run_command(course, here, None, watch)
    made.seconds = time.monotonic() - watch.begun
    found = state(course)
    handed_in = {path.parent.name for path in (course.root / "submitted").glob(f"*/{ASSIGNMENT}")}
    if code != USUAL or set(found.notebooks) != handed_in:
        raise RuntimeError(f"the undisturbed run is no measure: exit code {code}: {said}")
    made.found = differences(found, found)
    made.left = what_is_left(course, here)
    return found, {"all": made.seconds, "start": watch.seconds}, made


class FirstResult(Killer):
    """Kills nothing; seconds: until the first graded notebook."""

    def __init__(self, course: Course) -> None:
        super().__init__(course, Round(-1, False, []))
        self.seconds = 0.0

    def look(self, coordinator: psutil.Process, cluster: Cluster | None) -> None:
        """Look for a graded notebook."""
        if not self.seconds and self.graded():
            self.seconds = time.monotonic() - self.begun


def rounds(numbers: range, seed: int, size: int, kinds: tuple[str, ...] = VICTIMS) -> Iterator[Round]:
    """Run them, each yielded when it is over; before them, one without kills."""
    adopt_orphans()
    with place() as here:
        clean = make_course(here.root / "clean", size)
        measure = Course(Path(shutil.copytree(clean.root, here.root / "measure")))
        wanted, usual, first = undisturbed(measure, here)
        yield first
        for number in numbers:
            made = plan(number, seed, usual, kinds)
            course = Course(Path(shutil.copytree(clean.root, here.root / f"round{number}")))
            run_round(made, course, here, wanted)
            shutil.rmtree(course.root)
            yield made


def table(done: list[Round]) -> str:
    """The figures, a line for each kind of victim, and the sum."""
    lines = [f"{'killed':14}{'rounds':>8}{'kills':>8}{'lost':>8}{'doubled':>8}{'differ':>8}{'left':>8}{'s':>8}"]
    for kind in ("nothing", *VICTIMS, "all"):
        some = [one for one in done if kind in ("all", one.first)]
        kills = sum(len(one.killed) if kind == "all" else one.killed.count(kind) for one in done)
        sums = [sum(len(getattr(one.found, name)) for one in some) for name in ("lost", "doubled", "differ")]
        figures = [len(some), kills, *sums, sum(len(one.left) for one in some)]
        mean = sum(one.seconds for one in some) / max(1, len(some))
        lines.append(f"{kind:14}" + "".join(f"{figure:8}" for figure in figures) + f"{mean:8.0f}")
    torn = sum(one.found.torn for one in done)
    lines.append(f"lines cut off in the journal: {torn}; rounds that did not end: {sum(bool(x.problem) for x in done)}")
    return "\n".join(lines)


def main() -> None:
    """Run the rounds and print what they found; exit code 1 where anything was lost, doubled, different or left."""
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--rounds", type=int, default=30)
    words.add_argument("--from", type=int, default=0, dest="first", help="the first round's number")
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--size", type=int, default=16, help="submissions in the class")
    words.add_argument("--kind", action="append", choices=VICTIMS, help="only these as victims")
    words.add_argument("--json", type=Path)
    asked = words.parse_args()
    kinds = tuple(asked.kind or VICTIMS)
    done = []
    for made in rounds(range(asked.first, asked.first + asked.rounds), asked.seed, asked.size, kinds):
        done.append(made)
        bad = [*made.found.lost, *made.found.doubled, *made.found.differ, *made.left]
        where = "cluster" if made.remote else "here"
        print(
            f"round {made.number} {where}: killed {made.killed}, {made.commands} commands, {made.seconds:.0f} s"
            + (f"; {made.problem}" if made.problem else ""),
            *bad,
            sep="\n    ",
            flush=True,
        )
        if asked.json is not None:
            asked.json.write_text(json.dumps([asdict(one) for one in done], indent=1) + "\n", encoding="utf-8")
    print(table(done))
    if not all(made.good for made in done):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
