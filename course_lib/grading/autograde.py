"""`course autograde`: every submission of a class to exactly one outcome, once.

The coordinator reads submissions, Dask workers grade them, and the coordinator alone writes: the graded notebook, then
the gradebook, then the journal. A run that was killed between two of these is caught up with by the next one, which
runs nothing again that is graded.
"""

from __future__ import annotations

import hashlib
import json
import socket
import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from distributed import Client
from nbformat import NotebookNode
from nbgrader.utils import parse_utc
from traitlets.config import Config

from course_lib import checks
from course_lib.errors import CourseError
from course_lib.grading import cluster, intake, journal, package, records, store, worker
from course_lib.grading.book import Book, Entry
from course_lib.grading.converter import CourseAutograde
from course_lib.grading.dispatch import GO_ON, Dispatch, Events, Task
from course_lib.grading.intake import HandedIn
from course_lib.grading.package import Package
from course_lib.grading.preprocessors import load_secret_truth
from course_lib.grading.progress import Observer
from course_lib.grading.records import SubmissionRecord
from course_lib.grading.sandbox import Sandbox
from course_lib.grading.store import Store
from course_lib.grading.worker import Job
from course_lib.nbgrader_bridge import CourseDirectory, load_config
from course_lib.paths import Course

# The steps of nbgrader_config.py, which are done here without nbgrader's converter.
STEPS = {
    "sanitize_preprocessors": ["course_lib.grading.preprocessors.Rebuild"],
    "autograde_preprocessors": [
        "course_lib.grading.preprocessors.RunInSandbox",
        "course_lib.grading.preprocessors.Judge",
        "nbgrader.preprocessors.SaveAutoGrades",
        "course_lib.grading.preprocessors.SaveBonus",
        "nbgrader.preprocessors.AssignLatePenalties",
        "nbgrader.preprocessors.CheckCellMetadata",
        "course_lib.grading.preprocessors.WriteJournal",
    ],
}
BATCH, BATCH_S = 32, 1.0  # results that are entered together, and the longest that one waits
CODE_PER_S = 2000  # characters of code that a second of running stands for, where nothing else is known
FAILURES = 3  # submissions that fail without a fault of theirs before any is graded
SLOW_S, SLOW_TIMES = 30.0, 3.0  # what stands out: so many seconds, and so many times the median


@dataclass(frozen=True)
class How:
    """How a class is graded. scheduler: of a running Dask cluster. force: grade what is graded already, too."""

    isolation: str = "bubblewrap"
    workers: int | None = None
    scheduler: str | None = None
    force: bool = False


@dataclass
class ClassRun:
    """What a run found. records: of all asked students that are graded, now or before, in the order asked.

    ran: students who were graded now. undone: student -> why there is no outcome; the next run takes them again.
    """

    records: list[SubmissionRecord] = field(default_factory=list)
    ran: list[str] = field(default_factory=list)
    undone: dict[str, str] = field(default_factory=dict)

    @property
    def slow(self) -> list[SubmissionRecord]:
        """Those graded now that took far longer than the others, the slowest first."""
        ran = set(self.ran)
        found = [record for record in self.records if record.student in ran]
        if not found:
            return []
        least = max(SLOW_S, SLOW_TIMES * statistics.median(record.seconds for record in found))
        return sorted((one for one in found if one.seconds > least), key=lambda one: -one.seconds)


def students_of(course: Course, assignment: str) -> list[str]:
    """Who handed in a folder for this assignment.

    Raises: CourseError: nobody did, or the name of a folder is no text.
    """
    folders = (course.root / "submitted").glob(f"*/{assignment}")
    found = sorted(path.parent.name for path in folders if not path.parent.name.startswith("."))
    if not found:
        raise CourseError(
            f"no submissions in {course.root / 'submitted'}: "
            f"a submission is submitted/<student>/{assignment}/{assignment}.ipynb"
        )
    for student in found:
        try:
            student.encode()
        except UnicodeEncodeError:
            raise CourseError(f"the folder {student!r} in submitted/ has a name that is not UTF-8: rename it") from None
    return found


def ready(course: Course, assignment: str, isolation: str, here: bool = True) -> Config:
    """The grading configuration, once all that grading needs is there. here: students' code runs on this machine.

    Raises: CourseError: it names the missing piece and the command that makes it.
    """
    course.require(assignment)
    config = load_config(course)
    config.RunInSandbox.isolation = isolation
    _require_own_steps(config)
    truth = load_secret_truth(course, assignment)
    if {check.exercise for check in checks.ASSIGNMENTS[assignment]} - truth.exercises.keys():
        raise CourseError(f"the secret ground truth lacks exercises: run: course ground-truth {assignment}")
    if here:
        Sandbox(course.public_truth(assignment), course.secret_data, isolation).check()
    if not course.release_notebook(assignment).is_file():
        raise CourseError(f"{course.release_notebook(assignment)} is missing: run: course release {assignment}")
    return config


def _require_own_steps(config: Config) -> None:
    """Raises: CourseError: the configuration names a step that is not done here."""
    settings = CourseAutograde(coursedir=CourseDirectory(config=config), config=config)
    for name, ours in STEPS.items():
        given = [one if isinstance(one, str) else f"{one.__module__}.{one.__name__}" for one in getattr(settings, name)]
        if given == ours:
            continue
        strange = [one for one in given if one not in ours]
        missing = [one for one in ours if one not in given]
        what = f"has {strange[0]}" if strange else f"lacks {missing[0]}" if missing else "has another order"
        raise CourseError(
            f"c.Autograde.{name} {what}, and `course autograde` runs the course's own steps alone: "
            "use `nbgrader autograde` for other ones"
        )


def graded(course: Course, assignment: str) -> list[SubmissionRecord]:
    """The records of all graded submissions. Raises: CourseError: there are none."""
    paths = sorted((course.root / "autograded").glob(f"*/{assignment}/{assignment}.ipynb"))
    if not paths:
        raise CourseError(f"nothing of {assignment} is graded yet: run: course autograde {assignment}")
    return [records.read(path, path.parent.parent.name, assignment) for path in paths]


def grade_class(
    course: Course,
    assignment: str,
    students: list[str],
    how: How = How(),
    observer: Observer | None = None,
) -> ClassRun:
    """Grade those of `students` that are not graded as they are; one bad submission never stops the class.

    Raises: CourseError: nothing can be graded at all (no sandbox, no ground truth, no release, no worker), or the run
    was stopped; what was finished is kept.
    """
    config = ready(course, assignment, how.isolation, here=how.scheduler is None)
    storing = Store(course, config, assignment)
    with storing.locked(), Book(course, config, assignment) as book:
        storing.clear()
        packed = package.pack(course, assignment, config)
        run = Coordinator(course, assignment, config, packed, storing, book, observer or Observer())
        try:
            to_do = run.plan(students, how.force)
            if to_do:
                workers = how.workers or cluster.default_workers(len(to_do))
                with cluster.connect(workers, how.scheduler) as client:
                    run.observer.says(f"dashboard: {client.dashboard_link}")
                    run.grade(client, to_do, worker.grade)
        except KeyboardInterrupt:
            raise CourseError(f"stopped; {len(run.ran)} submissions were graded: {GO_ON}") from None
        return run.found(students)


class Coordinator:
    """One run over one assignment: what is graded already, what there is to do, and where results go."""

    def __init__(
        self,
        course: Course,
        assignment: str,
        config: Config,
        packed: Package,
        storing: Store,
        book: Book,
        observer: Observer,
    ) -> None:
        self.ran: list[str] = []
        self.undone: dict[str, str] = {}
        self._course, self._assignment, self._package = course, assignment, packed
        self._store, self._book, self.observer = storing, book, observer
        self._journal = course.journal(assignment)
        self._times = CourseAutograde(coursedir=CourseDirectory(config=config), config=config).believe_timestamps
        self._records: dict[str, SubmissionRecord] = {}
        self._waiting: list[tuple[Entry, SubmissionRecord, str | None]] = []
        self._written = time.monotonic()

    def plan(self, students: list[str], force: bool) -> list[str]:
        """Who is to be graded, the longest first; what only lacks its entries gets them now.

        force: all are.
        """
        entries = journal.last(self._journal)
        known = self._book.known()
        to_do: dict[str, float] = {}
        for student in students:
            handed, time_given, fingerprint = self._read(student)
            entry = entries.get(student, {})
            if force or self._store.fingerprint(student) != fingerprint:
                to_do[student] = float(entry.get("seconds") or _code(handed) / CODE_PER_S)
            elif entry.get(journal.FINGERPRINT) != fingerprint:
                self._catch_up(student, time_given, fingerprint)
            elif student not in known:
                self._catch_up(student, time_given, None)
            else:
                self._records[student] = journal.record_of(entry)
        self._enter()
        self.observer.begins(len(students), len(students) - len(to_do))
        return sorted(to_do, key=lambda student: -to_do[student])

    def _read(self, student: str) -> tuple[HandedIn, datetime | None, str]:
        """What a student handed in, its time if that is believed, and the fingerprint of both."""
        folder = self._course.submitted(student, self._assignment)
        handed = intake.handed_in(folder, self._assignment)
        text = _time_text(folder) if self._times else None
        about = [self._package.digest, str(handed.outcome), handed.repairs, handed.notes, text]
        digest = hashlib.sha256(json.dumps(about).encode() + b"\n" + handed.notebook).hexdigest()
        return handed, _time(text), digest

    def _catch_up(self, student: str, time_given: datetime | None, fingerprint: str | None) -> None:
        """Enter what a killed run graded and did not enter. fingerprint: None where the journal has it."""
        self._keep(student, self._store.read(student), time_given, fingerprint)
        if len(self._waiting) >= BATCH:
            self._enter()

    def _keep(self, student: str, notebook: NotebookNode, time_given: datetime | None, fingerprint: str | None) -> None:
        """A graded notebook, to be entered with the next batch."""
        record = records.of_notebook(notebook, student, self._assignment)
        self._records[student] = record
        self._waiting.append((Entry(student, _without_pictures(notebook), time_given), record, fingerprint))

    def grade(self, client: Client, students: list[str], task: Task) -> None:
        """Grade `students` on a cluster. Raises: CourseError: see grade_class."""
        events = Events(died=lambda address: self.observer.says(f"worker {address} died; its work goes to others"))
        events.alone = self.observer.says
        owner = f"{socket.gethostname()} {self._journal}"
        with Dispatch(client, self._package, task, events, owner) as dispatch:
            times: dict[int, datetime | None] = {}
            jobs = self._jobs(students, times, dispatch.name)
            try:
                for item in dispatch.results(jobs):
                    if item is not None:
                        job, result = item
                        self._take(students[job.number], job, result, times.pop(job.number))
                    if len(self._waiting) >= BATCH or time.monotonic() - self._written > BATCH_S:
                        self._enter()
                    self._tell(students, events)
            finally:
                self._enter()

    def _jobs(self, students: list[str], times: dict[int, datetime | None], plugin: str) -> Iterator[Job]:
        """Submissions, each read when a worker is to have it."""
        for number, student in enumerate(students):
            handed, times[number], fingerprint = self._read(student)
            yield Job(number, handed, fingerprint, plugin)

    def _take(self, student: str, job: Job, result: worker.Result, time_given: datetime | None) -> None:
        """Keep a result. Raises: CourseError: nothing but failures so far."""
        if result.notebook is None:
            self.undone[student] = result.failure
            if not self.ran and len(self.undone) >= FAILURES:
                raise CourseError(f"the first {FAILURES} submissions could not be run: {result.failure}")
            return
        self._store.write(student, result.notebook)
        self._keep(student, store.parsed(result.notebook), time_given, job.fingerprint)
        self.ran.append(student)
        self.observer.finished(student)

    def _enter(self) -> None:
        """Gradebook, then journal. What waits is forgotten first: a stop in between leaves it to the next run."""
        self._written = time.monotonic()
        batch, self._waiting = self._waiting, []
        if batch:
            self._book.write([entry for entry, _, _ in batch])
            lines = [(record, fingerprint) for _, record, fingerprint in batch if fingerprint is not None]
            journal.append_all(self._journal, lines)

    def _tell(self, students: list[str], events: Events) -> None:
        started = dict(events.started)
        if started:
            number = min(started, key=lambda one: started[one])
            self.observer.runs_longest(students[number], time.monotonic() - started[number])

    def found(self, students: list[str]) -> ClassRun:
        """What there is of `students` now."""
        done = [self._records[student] for student in students if student in self._records]
        return ClassRun(done, self.ran, self.undone)


def _without_pictures(notebook: NotebookNode) -> NotebookNode:
    """What the gradebook reads of a notebook that waits: cells of nbgrader, outputs of checks alone."""
    for cell in notebook.cells:
        if cell.cell_type == "code" and "course" not in cell.metadata:
            cell.outputs = []
    return notebook


def _code(handed: HandedIn) -> int:
    """Characters of code, as far as the notebook can be read."""
    cells = intake.parsed(handed).notebook.cells
    return sum(len(cell.source) for cell in cells if cell.cell_type == intake.CODE)


def _time_text(folder: Path) -> str | None:
    """The content of a plain, small timestamp.txt."""
    path = folder / "timestamp.txt"
    try:
        if path.is_symlink() or not path.is_file() or path.stat().st_size >= 100:
            return None
        return path.read_text(encoding="utf-8").strip()
    except (OSError, ValueError):
        return None


def _time(text: str | None) -> datetime | None:
    try:
        return parse_utc(text) if text else None
    except ValueError:
        return None
