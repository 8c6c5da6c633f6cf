"""A class is graded once and whole, whatever is stopped, killed or changed in between."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path

import cloudpickle
import nbformat
import pytest
from distributed import Client, LocalCluster
from nbgrader.api import Gradebook
from rich.console import Console

from course_lib.authoring import release
from course_lib.errors import CourseError
from course_lib.grading import autograde, cluster, dispatch, intake, journal, package, pipeline, records, worker
from course_lib.grading.autograde import ClassRun, How, Observer
from course_lib.grading.progress import GradingProgress
from course_lib.grading.records import SubmissionRecord
from course_lib.grading.run import Run
from course_lib.grading.sandbox import Limits, SandboxError
from course_lib.grading.store import Store
from course_lib.grading.worker import Job, Result
from course_lib.nbgrader_bridge import load_config
from course_lib.paths import Course
from course_lib.verdict import SubmissionOutcome

ASSIGNMENT = "toy_chooser"
ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
STUDENTS = ["ann", "ben", "cleo"]
cloudpickle.register_pickle_by_value(sys.modules[__name__])  # workers of other processes know no tests


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """A course with a release and a gradebook; the public truth stands in for the secret one."""
    course = Course(tmp_path_factory.mktemp("made"))
    shutil.copytree(ROOT / "source" / ASSIGNMENT, course.source(ASSIGNMENT))
    shutil.copy(ROOT / "nbgrader_config.py", course.root)
    release.make(course, ASSIGNMENT)
    course.secret_truth(ASSIGNMENT).parent.mkdir()
    shutil.copy(course.public_truth(ASSIGNMENT), course.secret_truth(ASSIGNMENT))
    return course


@pytest.fixture
def course(made: Course, tmp_path: Path) -> Course:
    """A copy with a class in which everybody hands in the release."""
    copied = Course(tmp_path / "course")
    shutil.copytree(made.root, copied.root)
    for student in STUDENTS:
        hand_in(copied, student)
    return copied


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Grading in this process, without kernels; the last cell of each notebook that was run, in that order."""
    found: list[str] = []

    def run(notebook: nbformat.NotebookNode, *arguments: object) -> Run:
        found.append(notebook.cells[-1].source)
        return Run(seconds=float(len(found)))

    monkeypatch.setattr(pipeline, "run", run)
    monkeypatch.setattr(cluster, "connect", in_this_process)
    return found


@contextmanager
def in_this_process(workers: int, scheduler: str | None = None) -> Iterator[Client]:
    with (
        LocalCluster(n_workers=1, threads_per_worker=1, processes=False, dashboard_address=":0") as local,
        Client(local, set_as_default=False) as client,
    ):
        yield client


def hand_in(course: Course, student: str, text: str | None = None, more: str = "") -> Path:
    """Hand in `text`, or the release with a cell more; the notebook's path."""
    path = course.submitted(student, ASSIGNMENT) / f"{ASSIGNMENT}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    if text is not None:
        path.write_text(text)
        return path
    notebook = nbformat.read(course.release_notebook(ASSIGNMENT), as_version=4)
    notebook.cells.append(nbformat.v4.new_code_cell(f"# {student} {more}"))
    nbformat.write(notebook, path)
    return path


AS_USUAL = How()


def graded(course: Course, how: How = AS_USUAL, students: list[str] = STUDENTS) -> ClassRun:
    return autograde.grade_class(course, ASSIGNMENT, students, how)


def in_journal(course: Course) -> list[str]:
    return sorted(entry["student"] for entry in journal.entries(course.journal(ASSIGNMENT)))


def in_gradebook(course: Course) -> list[str]:
    with Gradebook(f"sqlite:///{course.root}/gradebook.db", "word-vectors") as book:
        return sorted(one.student.id for one in book.assignment_submissions(ASSIGNMENT))


def forget_in_gradebook(course: Course, student: str) -> None:
    with Gradebook(f"sqlite:///{course.root}/gradebook.db", "word-vectors") as book:
        book.remove_submission(ASSIGNMENT, student)


def in_folder(course: Course) -> list[str]:
    """Students with a graded notebook, and whatever else lies beside these."""
    found = (course.root / "autograded").glob(f"*/{ASSIGNMENT}/*")
    return sorted(path.parent.parent.name if path.name == f"{ASSIGNMENT}.ipynb" else path.name for path in found)


# --- once, and not again -------------------------------------------------------------------------------------


def test_a_submission_is_graded_once(course: Course, ran: list[str]):
    first = graded(course)
    assert sorted(first.ran) == STUDENTS
    second = graded(course)
    assert (second.ran, second.records) == ([], first.records)
    assert len(ran) == len(STUDENTS)
    assert [record.student for record in second.records] == STUDENTS
    assert in_journal(course) == in_gradebook(course) == in_folder(course) == STUDENTS


def test_a_changed_submission_costs_one_run(course: Course, ran: list[str]):
    before = graded(course)
    hand_in(course, "ben", more="changed")
    after = graded(course)
    assert after.ran == ["ben"]
    assert ran[len(STUDENTS) :] == ["# ben changed"]
    assert [one for one in after.records if one.student != "ben"] == [
        one for one in before.records if one.student != "ben"
    ]


def test_what_was_changed_back_is_run_again(course: Course, ran: list[str]):
    graded(course)
    hand_in(course, "ben", more="changed")
    lines = course.journal(ASSIGNMENT).read_bytes()
    graded(course)
    course.journal(ASSIGNMENT).write_bytes(lines)  # as if killed before the journal was written
    hand_in(course, "ben")
    assert graded(course).ran == ["ben"]


@pytest.mark.parametrize("changed", ["release", "limits", "environment"])
def test_a_change_of_what_grades_runs_all_again(
    course: Course, ran: list[str], changed: str, monkeypatch: pytest.MonkeyPatch
):
    graded(course)
    if changed == "release":
        notebook = nbformat.read(course.release_notebook(ASSIGNMENT), as_version=4)
        notebook.cells[0].source += "!"
        nbformat.write(notebook, course.release_notebook(ASSIGNMENT))
    elif changed == "limits":
        with open(course.root / "nbgrader_config.py", "a") as file:
            file.write('\nc.RunInSandbox.limits = {"cell_s": 7}\n')
    else:
        other = package.environment() | {"torch": "0.1"}
        monkeypatch.setattr(package, "environment", lambda: other)
    assert sorted(graded(course).ran) == STUDENTS


def test_force_runs_all_again_and_only_those_asked(course: Course, ran: list[str]):
    graded(course)
    assert sorted(graded(course, How(force=True)).ran) == STUDENTS
    found = graded(course, How(force=True), ["cleo"])
    assert found.ran == ["cleo"]
    assert [record.student for record in found.records] == ["cleo"]


def test_grading_by_nbgrader_in_between_counts_as_a_change(course: Course, ran: list[str]):
    found = graded(course)
    journal.append(course.journal(ASSIGNMENT), found.records[0])
    path = course.autograded("ann", ASSIGNMENT) / f"{ASSIGNMENT}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    del notebook.metadata["course"]["fingerprint"]
    path.unlink()
    nbformat.write(notebook, path)
    assert graded(course).ran == ["ann"]


def test_a_time_that_is_believed_is_part_of_a_submission(course: Course, ran: list[str]):
    with open(course.root / "nbgrader_config.py", "a") as file:
        file.write("\nc.Autograde.believe_timestamps = True\n")
    stamp = course.submitted("ben", ASSIGNMENT) / "timestamp.txt"
    stamp.write_text("1999-01-01 00:00:00 UTC")
    graded(course)
    assert graded(course).ran == []
    stamp.write_text("2001-01-01 00:00:00 UTC")
    assert graded(course).ran == ["ben"]
    with Gradebook(f"sqlite:///{course.root}/gradebook.db", "word-vectors") as book:
        assert str(book.find_submission(ASSIGNMENT, "ben").timestamp).startswith("2001")
        assert book.find_submission(ASSIGNMENT, "ann").timestamp is None


def test_the_longest_come_first(course: Course, ran: list[str], monkeypatch: pytest.MonkeyPatch):
    hand_in(course, "cleo", more="long " * 5000)
    hand_in(course, "ben", more="long " * 1000)
    assert graded(course).ran == ["cleo", "ben", "ann"]  # by their code
    ran.clear()
    monkeypatch.setattr(pipeline, "run", lambda notebook, *_: Run(seconds=5.0 if "ann" in str(notebook) else 1.0))
    graded(course, How(force=True), ["ann"])
    assert graded(course, How(force=True)).ran[0] == "ann"  # by their last time


# --- what a killed run leaves ----------------------------------------------------------------------------------


def test_what_was_killed_before_the_gradebook_is_entered_without_a_run(course: Course, ran: list[str]):
    before = graded(course)
    course.journal(ASSIGNMENT).unlink()
    for student in STUDENTS:
        forget_in_gradebook(course, student)
    after = graded(course)
    assert (after.ran, after.records) == ([], before.records)
    assert in_journal(course) == in_gradebook(course) == STUDENTS
    assert len(ran) == len(STUDENTS)


def test_what_was_killed_before_the_journal_is_entered_without_a_run(course: Course, ran: list[str]):
    before = graded(course)
    path = course.journal(ASSIGNMENT)
    path.write_bytes(path.read_bytes()[:-40])  # a torn line
    after = graded(course)
    assert (after.ran, after.records) == ([], before.records)
    assert in_journal(course) == STUDENTS


def test_a_lost_gradebook_is_filled_again_without_a_run(course: Course, made: Course, ran: list[str]):
    graded(course)
    shutil.copy(made.root / "gradebook.db", course.root)
    assert in_gradebook(course) == []
    assert graded(course).ran == []
    assert in_gradebook(course) == in_journal(course) == STUDENTS


def test_a_half_written_notebook_is_removed_and_graded(course: Course, ran: list[str]):
    graded(course)
    folder = course.autograded("ben", ASSIGNMENT)
    (folder / f"{ASSIGNMENT}.ipynb").rename(folder / ".course-abc")
    assert graded(course).ran == ["ben"]
    assert in_folder(course) == STUDENTS


def test_a_failing_gradebook_costs_no_run(course: Course, ran: list[str], monkeypatch: pytest.MonkeyPatch):
    def fails(*arguments: object) -> None:
        raise CourseError("the gradebook is locked")

    with monkeypatch.context() as patched:
        patched.setattr(autograde.Book, "write", fails)
        with pytest.raises(CourseError, match="locked"):
            graded(course)
    kept = len(in_folder(course))
    assert kept >= 1
    assert in_journal(course) == []
    assert len(graded(course).ran) == len(STUDENTS) - kept
    assert in_journal(course) == in_gradebook(course) == STUDENTS


def test_a_second_run_at_the_same_time_is_refused(course: Course, ran: list[str]):
    store = Store(course, load_config(course), ASSIGNMENT)
    with store.locked(), pytest.raises(CourseError, match="another `course autograde`"):
        graded(course)
    assert sorted(graded(course).ran) == STUDENTS


def test_a_stop_keeps_what_is_finished(course: Course, ran: list[str], monkeypatch: pytest.MonkeyPatch):
    class Stops(Observer):
        def finished(self, student: str) -> None:
            raise KeyboardInterrupt

    with pytest.raises(CourseError, match="the same command goes on from here"):
        autograde.grade_class(course, ASSIGNMENT, STUDENTS, How(), Stops())
    assert len(in_journal(course)) == len(in_gradebook(course)) == len(in_folder(course)) == 1
    assert len(graded(course).ran) == 2


# --- what is nobody's doing ----------------------------------------------------------------------------------


def test_a_kernel_that_does_not_start_costs_no_other_submission(
    course: Course, ran: list[str], monkeypatch: pytest.MonkeyPatch
):
    tried: list[str] = []

    def run(notebook: nbformat.NotebookNode, *arguments: object) -> Run:
        tried.append(notebook.cells[-1].source)
        if "ben" in tried[-1]:
            raise SandboxError("no kernel starts")
        return Run()

    monkeypatch.setattr(pipeline, "run", run)
    monkeypatch.setattr(worker, "PAUSE_S", 0.0)
    found = graded(course)
    assert found.undone == {"ben": "no kernel starts"}
    assert [record.student for record in found.records] == ["ann", "cleo"]
    assert sum("ben" in source for source in tried) == worker.TRIES
    assert in_journal(course) == ["ann", "cleo"]
    monkeypatch.setattr(pipeline, "run", lambda *_: Run())
    assert graded(course).ran == ["ben"]


def test_where_the_first_three_do_not_start_the_class_is_stopped(
    course: Course, ran: list[str], monkeypatch: pytest.MonkeyPatch
):
    hand_in(course, "dora")

    def run(*arguments: object) -> Run:
        raise SandboxError("no kernel starts")

    monkeypatch.setattr(pipeline, "run", run)
    monkeypatch.setattr(worker, "PAUSE_S", 0.0)
    with pytest.raises(CourseError, match="first 3 submissions could not be run: no kernel starts"):
        graded(course, students=[*STUDENTS, "dora"])
    assert in_journal(course) == []


def test_a_fault_of_ours_is_the_outcome_of_one_submission(
    course: Course, ran: list[str], monkeypatch: pytest.MonkeyPatch
):
    def run(notebook: nbformat.NotebookNode, *arguments: object) -> Run:
        if "ben" in notebook.cells[-1].source:
            raise ZeroDivisionError("a fault of ours")
        return Run()

    monkeypatch.setattr(pipeline, "run", run)
    outcomes = {record.student: record.outcome for record in graded(course).records}
    assert outcomes == {
        "ann": SubmissionOutcome.GRADED,
        "ben": SubmissionOutcome.NOT_GRADED,
        "cleo": SubmissionOutcome.GRADED,
    }


def test_a_worker_with_another_environment_is_refused(course: Course, ran: list[str], monkeypatch: pytest.MonkeyPatch):
    here = package.environment()
    seen = iter([here | {"torch": "0.1"}])  # the coordinator's, when it packs; then the worker's own
    monkeypatch.setattr(package, "environment", lambda: next(seen, here))
    with pytest.raises(CourseError, match=r"worker \S+ has torch \S+, the coordinator 0\.1"):
        graded(course)
    assert in_journal(course) == []


def test_a_scheduler_that_does_not_answer_is_named(course: Course, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(cluster, "CONNECT_S", 1)
    with pytest.raises(CourseError, match=r"no Dask scheduler answers at tcp://127\.0\.0\.1:9"):
        graded(course, How(scheduler="tcp://127.0.0.1:9"))


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('c.Autograde.autograde_preprocessors += ["mine.Step"]', "has mine.Step"),
        ("c.Autograde.autograde_preprocessors.reverse()", "has another order"),
        ("c.Autograde.sanitize_preprocessors = []", "lacks course_lib.grading.preprocessors.Rebuild"),
    ],
)
def test_own_steps_of_nbgrader_are_refused(course: Course, line: str, message: str):
    with open(course.root / "nbgrader_config.py", "a") as file:
        file.write(f"\n{line}\n")
    with pytest.raises(CourseError, match=rf"{message}.*use `nbgrader autograde`"):
        graded(course)


def test_a_folder_whose_name_is_no_text_is_named(course: Course):
    hand_in(course, os.fsdecode(b"\xff"), "?")
    with pytest.raises(CourseError, match="not UTF-8: rename it"):
        autograde.students_of(course, ASSIGNMENT)


def test_files_have_the_mode_that_is_configured(course: Course, ran: list[str]):
    graded(course)
    path = course.autograded("ann", ASSIGNMENT) / f"{ASSIGNMENT}.ipynb"
    assert path.stat().st_mode & 0o777 == 0o444
    with open(course.root / "nbgrader_config.py", "a") as file:
        file.write("\nc.CourseDirectory.groupshared = True\n")
    graded(course, How(force=True))
    assert path.stat().st_mode & 0o777 == 0o664
    for folder in (path.parent, path.parent.parent, path.parent.parent.parent):
        assert folder.stat().st_mode & 0o2770 == 0o2770


def test_long_notes_do_not_hide_what_a_notebook_was_made_from(course: Course, ran: list[str]):
    graded(course)
    store = Store(course, load_config(course), ASSIGNMENT)
    fingerprint = store.fingerprint("ann")
    assert fingerprint is not None
    notebook = store.read("ann")
    notebook.metadata["course"]["notes"] = ["long " * 20_000]
    store.write("ann", nbformat.writes(notebook))
    assert store.fingerprint("ann") == fingerprint
    store.write("ann", '{"cells": "?"')
    assert store.fingerprint("ann") is None


def test_only_what_stands_out_is_slow():
    def run_of(*seconds: float) -> ClassRun:
        names = [str(place) for place in range(len(seconds))]
        found = [
            SubmissionRecord(name, SubmissionOutcome.GRADED, seconds=one)
            for name, one in zip(names, seconds, strict=True)
        ]
        return ClassRun(found, names)

    assert [one.seconds for one in run_of(10, 10, 10, 31, 45).slow] == [45, 31]
    assert run_of(1, 1, 29).slow == []
    assert run_of(100, 100, 290).slow == []
    assert ClassRun(run_of(10, 10, 45).records, []).slow == []


def test_a_worker_may_take_as_long_as_all_limits_together():
    limits = Limits(cell_s=10, submission_s=50, restarts=0)
    assert worker.budget(limits) == 50 + 10 + worker.TRIES * worker.START_S + worker.MARGIN_S


def test_progress_names_who_runs_long():
    text = StringIO()
    console = Console(file=text, force_terminal=True, width=160)
    with GradingProgress(console, "ranking") as progress:
        progress.begins(10, 4)
        progress.finished("ann")
        progress.runs_longest("b[b]en", 12.0)
        progress.says("a worker died")
    shown = text.getvalue()
    assert "5/10" in shown
    assert "a minute" in shown
    assert "'b[b]en' runs for 12 s" in shown
    assert "a worker died" in shown


# --- processes that are killed -------------------------------------------------------------------------------


def ends_its_worker(job: Job) -> Result:
    """A task that ends its worker for notebooks that say so: always, or as long as a file is there."""
    for line in job.handed.notebook.decode().splitlines():
        word, _, path = line.strip(' ",').partition(" ")
        if word == "die" or (word == "die-once" and Path(path).exists()):
            if word == "die-once":
                Path(path).unlink()
            os._exit(1)
    return worker.grade(job)


@pytest.mark.slow
def test_what_kills_its_worker_ends_after_three_and_the_others_are_graded(
    course: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    once = tmp_path / "once"
    once.touch()
    hand_in(course, "ann", "die")
    hand_in(course, "ben", f"die-once {once}")
    hand_in(course, "cleo", "?")
    monkeypatch.setattr(worker, "grade", ends_its_worker)
    said: list[str] = []

    class Hears(Observer):
        def says(self, words: str) -> None:
            said.append(words)

    found = autograde.grade_class(course, ASSIGNMENT, STUDENTS, How(workers=1), Hears())
    outcomes = {record.student: str(record.outcome) for record in found.records}
    assert outcomes == {
        "ann": "could not be graded",
        "ben": "not a readable notebook",
        "cleo": "not a readable notebook",
    }
    assert "ended several workers" in found.records[0].notes[0]
    assert sum("died" in words for words in said) == 4
    assert in_journal(course) == in_gradebook(course) == STUDENTS


def command(course: Course, *words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [BIN / "course", "autograde", ASSIGNMENT, *words],
        cwd=course.root,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def wait_until(condition: Callable[[], bool], process: subprocess.Popen[str]) -> None:
    deadline = time.monotonic() + 120
    while not condition() and process.poll() is None:
        assert time.monotonic() < deadline
        time.sleep(0.005)


@pytest.mark.slow
def test_a_killed_run_goes_on_and_nothing_is_lost_or_doubled(course: Course):
    students = STUDENTS + [f"s{number:03}" for number in range(117)]
    for student in students:
        hand_in(course, student, "?")
    for most in (1, 40, 80):  # graded notebooks when it is killed
        process = command(course, "--workers", "2")
        wait_until(lambda most=most: len(in_folder(course)) >= most, process)
        process.kill()
        process.communicate()
    process = command(course, "--workers", "2")
    _, errors = process.communicate(timeout=300)
    assert process.returncode == 1, errors  # nobody handed in a notebook
    assert in_journal(course) == in_gradebook(course) == in_folder(course) == sorted(students)
    assert {record.score for record in autograde.graded(course, ASSIGNMENT)} == {0.0}


@pytest.mark.slow
def test_ctrl_c_stops_at_once_and_the_same_command_goes_on(course: Course):
    path = hand_in(course, "ann")
    notebook = nbformat.read(path, as_version=4)
    notebook.cells.insert(0, nbformat.v4.new_code_cell("while True: pass"))
    nbformat.write(notebook, path)
    hand_in(course, "ben", "?")
    hand_in(course, "cleo", "?")
    process = command(course, "--workers", "2")
    wait_until(lambda: len(in_journal(course)) == 2, process)
    begun = time.monotonic()
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does it: to all
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 2
    assert errors.splitlines() == ["error: stopped; 2 submissions were graded: the same command goes on from here"]
    assert time.monotonic() - begun < 30  # the loop would be ended after 60 s
    assert in_journal(course) == ["ben", "cleo"]


@pytest.mark.slow
def test_a_cluster_of_separate_processes_grades_without_a_shared_folder(course: Course, tmp_path: Path):
    for student in STUDENTS:
        hand_in(course, student, "?")
    file = tmp_path / "scheduler.json"
    dask = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0"]
    scheduler = subprocess.Popen(
        [*dask, "--no-dashboard", "--scheduler-file", file], stderr=subprocess.DEVNULL, cwd=tmp_path
    )
    workers = []
    try:
        for number in range(2):
            folder = tmp_path / f"worker{number}"
            folder.mkdir()
            words = ["--nthreads", "1", "--no-dashboard", "--scheduler-file", file, "--local-directory", folder]
            workers.append(
                subprocess.Popen(
                    [sys.executable, "-m", "distributed.cli.dask_worker", *words],
                    stderr=subprocess.DEVNULL,
                    cwd=folder,
                )
            )
        while not file.exists():
            assert scheduler.poll() is None
            time.sleep(0.05)
        found = graded(course, How(scheduler=json.loads(file.read_text())["address"]))
        assert sorted(found.ran) == STUDENTS
        assert not list(tmp_path.glob("worker*/**/secret.json"))
    finally:
        for process in (*workers, scheduler):
            process.terminate()
            process.wait(30)
    assert in_journal(course) == in_gradebook(course) == in_folder(course) == STUDENTS
    assert (
        records.read(course.autograded("ann", ASSIGNMENT) / f"{ASSIGNMENT}.ipynb", "ann", ASSIGNMENT).outcome
        is SubmissionOutcome.UNREADABLE
    )


def test_without_any_worker_the_wait_ends(course: Course, tmp_path: Path):
    with (
        LocalCluster(n_workers=0, processes=False, dashboard_address=":0") as local,
        Client(local, set_as_default=False) as client,
    ):
        packed = package.pack(course, ASSIGNMENT, load_config(course))
        with (
            pytest.raises(CourseError, match="no worker has come"),
            dispatch.Dispatch(client, packed, worker.grade, dispatch.Events(), "me", patience_s=0.5),
        ):
            pass


def test_where_all_workers_go_the_wait_ends(course: Course):
    packed = package.pack(course, ASSIGNMENT, load_config(course))
    said: list[str] = []
    events = dispatch.Events(alone=said.append)
    with in_this_process(1) as client, dispatch.Dispatch(client, packed, worker.grade, events, "me", 0.5) as at_work:
        client.cluster.scale(0)
        client.sync(client.cluster._correct_state)
        job = Job(0, intake.HandedIn(), "", at_work.name)
        with pytest.raises(CourseError, match="no worker was there for 0 s: the same command goes on from here"):
            list(at_work.results(iter([job])))
    assert len(said) == 1


def test_a_submission_that_hangs_ends_its_worker():
    code = "import time; from course_lib.grading import worker\nwith worker.ended_after(0.2): time.sleep(60)"
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=50)
    assert ended.returncode == worker.HUNG
    assert "this worker ends" in ended.stderr


def test_a_submission_in_time_ends_nothing():
    code = "import time; from course_lib.grading import worker\nwith worker.ended_after(0.2): pass\ntime.sleep(0.5)"
    assert subprocess.run([sys.executable, "-c", code], timeout=50).returncode == 0


def test_folders_of_killed_runs_are_removed_and_others_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(cluster, "temporary", lambda: tmp_path)
    left = tmp_path / f"{cluster.FOLDER}left"
    (left / "worker").mkdir(parents=True)
    with cluster.own_folder() as mine:
        assert not left.exists()
        with cluster.own_folder() as other:
            assert mine.is_dir() and other.is_dir() and mine != other
        assert mine.is_dir()
    assert list(tmp_path.iterdir()) == []
