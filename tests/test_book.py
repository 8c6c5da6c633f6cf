"""The gradebook after a batch is the one that nbgrader leaves, on SQLite and on PostgreSQL, whole or not at all."""

from __future__ import annotations

import copy
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import nbformat
import postgres
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_notebook
from nbgrader.api import BaseCell, Comment, Grade, Gradebook, Student, SubmittedAssignment, SubmittedNotebook
from nbgrader.coursedir import CourseDirectory
from nbgrader.plugins import BasePlugin
from nbgrader.preprocessors import AssignLatePenalties, SaveAutoGrades
from nbgrader.utils import is_grade, is_solution
from sqlalchemy import create_engine, event, select
from traitlets.config import Config

from course_lib import checks, observation
from course_lib.authoring import release
from course_lib.authoring.reference import check_calls
from course_lib.checks.base import run_observer
from course_lib.errors import CourseError
from course_lib.grading import book, pipeline
from course_lib.grading.book import Book, Entry
from course_lib.grading.converter import CourseAutograde
from course_lib.grading.intake import Submission
from course_lib.grading.preprocessors import SaveBonus
from course_lib.grading.run import Run
from course_lib.ground_truth import GroundTruth
from course_lib.nbgrader_bridge import load_config
from course_lib.paths import Course
from course_lib.verdict import SubmissionOutcome

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")]  # of nbgrader's own
ROOT = Path(__file__).resolve().parents[1]
ASSIGNMENT = "ranking"  # has bonus tasks, and a text that a person grades
DUE = datetime(2030, 1, 1)
LATE = datetime(2030, 1, 2, tzinfo=UTC)


class Penalties(BasePlugin):
    """Penalties within and beyond the score, by student."""

    def late_submission_penalty(self, student_id: str, score: float, total_seconds_late: float) -> float | None:
        found = {"half": score / 2, "too_much": score + 5, "negative": -1.0, "none": None}
        return found.get(student_id, total_seconds_late / 86400)


class Broken(BasePlugin):
    def late_submission_penalty(self, student_id: str, score: float, total_seconds_late: float) -> float | None:
        raise ZeroDivisionError("a fault of the plugin")


# --- Courses whose gradebook is on one database or the other ---------------------------------------------------


@pytest.fixture(scope="module")
def server() -> Iterator[postgres.Server]:
    reason = postgres.missing()
    if reason:
        pytest.skip(reason)
    with postgres.server() as running:
        yield running


def new_course(root: Path, db_url: str | None = None) -> Course:
    """A course folder in which nothing is released yet."""
    course = Course(root)
    shutil.copytree(ROOT / "source" / ASSIGNMENT, course.source(ASSIGNMENT))
    config = (ROOT / "nbgrader_config.py").read_text(encoding="utf-8")
    if db_url:
        config += f"\nc.CourseDirectory.db_url = {db_url!r}\n"
    (root / "nbgrader_config.py").write_text(config, encoding="utf-8")
    return course


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Course:
    course = new_course(tmp_path_factory.mktemp("released"))
    release.make(course, ASSIGNMENT)
    return course


@pytest.fixture(params=["sqlite", "postgresql"])
def make(request: pytest.FixtureRequest, released: Course, tmp_path: Path) -> Callable[[str], Course]:
    """Makes fresh courses by name, with the assignment released into a gradebook of their own."""

    def on_sqlite(name: str) -> Course:
        shutil.copytree(released.root, tmp_path / name)
        return Course(tmp_path / name)

    def on_postgresql(name: str) -> Course:
        server, template = request.getfixturevalue("server"), request.getfixturevalue("template")
        url = server.create(f"{tmp_path.name}-{name}", template)
        (tmp_path / name).mkdir()
        return new_course(tmp_path / name, url)

    return on_sqlite if request.param == "sqlite" else on_postgresql


@pytest.fixture(scope="module")
def template(server: postgres.Server, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A database into which `course release` has entered the assignment."""
    course = new_course(tmp_path_factory.mktemp("template"), server.create("template"))
    release.make(course, ASSIGNMENT)
    return "template"


@pytest.fixture
def fresh(make: Callable[[str], Course]) -> Course:
    return make("course")


def config_of(course: Course, plugin: type[BasePlugin] = Penalties) -> Config:
    config = load_config(course)
    config.AssignLatePenalties.plugin_class = plugin
    config.CourseAutograde.believe_timestamps = True
    return config


def url_of(course: Course) -> str:
    return str(CourseDirectory(config=load_config(course)).db_url)


# --- Graded notebooks, without a kernel ------------------------------------------------------------------------


@pytest.fixture(scope="module")
def observations(source_notebook: NotebookNode, reference: dict[str, Any], truth: GroundTruth) -> dict[str, str]:
    """Exercise -> what is observed of the solution."""
    calls = check_calls(source_notebook)
    found = {}
    for check in checks.ASSIGNMENTS[ASSIGNMENT]:
        call = calls[check.exercise.partition(".")[2]]
        inputs = observation.plain(check.inputs(truth.seed))
        found[check.exercise] = run_observer(
            check, inputs, lambda call=call: tuple(eval(argument, reference) for argument in call.arguments)
        )
    return found


@pytest.fixture(scope="module")
def truth(course: Course) -> GroundTruth:
    return GroundTruth.load(course.public_truth(ASSIGNMENT))


@pytest.fixture(scope="module")
def graded(observations: dict[str, str], stored_release: NotebookNode, truth: GroundTruth) -> dict[str, NotebookNode]:
    """Graded notebooks by what is in them."""
    answered = copy.deepcopy(stored_release)
    for cell in answered.cells:
        if is_solution(cell):
            cell.source += "\n# an answer" if cell.cell_type == "code" else " An answer."
    half = dict(list(observations.items())[: len(observations) // 2])
    without_bonus = {name: text for name, text in observations.items() if not checks.find(name).bonus}
    return {
        "right": judged(Submission(answered), stored_release, truth, observations),
        "no bonus": judged(Submission(answered), stored_release, truth, without_bonus),
        "half": judged(Submission(answered), stored_release, truth, half),
        "a cell short": without_a_cell(judged(Submission(answered), stored_release, truth, half)),
        "empty": judged(Submission(stored_release), stored_release, truth, {}),
        "not graded": judged(pipeline.failed(ZeroDivisionError()), stored_release, truth, {}),
        "no notebook": judged(Submission.nothing(SubmissionOutcome.NO_NOTEBOOK, "none"), stored_release, truth, {}),
    }


def judged(submission: Submission, stored: NotebookNode, truth: GroundTruth, observed: dict[str, str]) -> NotebookNode:
    notebook = pipeline.rebuilt(submission, stored)
    pipeline.judge(notebook, Run(observations=observed), truth)
    return notebook


def without_a_cell(notebook: NotebookNode) -> NotebookNode:
    notebook.cells.remove(next(cell for cell in notebook.cells if is_grade(cell)))
    return notebook


def entered(graded: dict[str, NotebookNode], **students: str | tuple[str, datetime]) -> list[Entry]:
    """Entries: student="what is in it", or that and a time."""
    pairs = {name: found if isinstance(found, tuple) else (found, None) for name, found in students.items()}
    return [Entry(name, graded[what], time) for name, (what, time) in pairs.items()]


# --- Both ways into the gradebook ------------------------------------------------------------------------------


def by_nbgrader(course: Course, config: Config, entries: list[Entry]) -> None:
    """As `nbgrader autograde` does it, with the notebooks as they are graded."""
    for entry in entries:
        folder = course.submitted(entry.student, ASSIGNMENT)
        folder.mkdir(parents=True, exist_ok=True)
        if entry.timestamp:
            (folder / "timestamp.txt").write_text(entry.timestamp.isoformat())
        else:
            (folder / "timestamp.txt").unlink(missing_ok=True)
        coursedir = CourseDirectory(config=config)
        CourseAutograde(coursedir=coursedir, config=config).init_assignment(ASSIGNMENT, entry.student)
        about = {"notebook": ASSIGNMENT, "assignment": ASSIGNMENT, "student": entry.student}
        resources = {"nbgrader": about | {"db_url": coursedir.db_url}}
        for step in (SaveAutoGrades, SaveBonus, AssignLatePenalties):
            step(config=config).preprocess(entry.notebook, resources)


def by_book(course: Course, config: Config, entries: list[Entry]) -> None:
    with Book(course, config, ASSIGNMENT) as opened:
        opened.write(entries)


def rows(course: Course) -> dict[str, list[tuple[Any, ...]]]:
    """All that the gradebook says of submissions, with names in place of ids."""
    of_student = (SubmittedAssignment, SubmittedAssignment.id == SubmittedNotebook.assignment_id)
    grades = (Grade.auto_score, Grade.manual_score, Grade.extra_credit, Grade.needs_manual_grade)
    comments = (Comment.auto_comment, Comment.manual_comment)
    cell = (SubmittedAssignment.student_id, BaseCell.type, BaseCell.name)
    queries = {
        "students": select(Student.id, Student.first_name, Student.last_name, Student.email, Student.lms_user_id),
        "submissions": select(
            SubmittedAssignment.student_id, SubmittedAssignment.timestamp, SubmittedAssignment.extension
        ),
        "notebooks": select(
            SubmittedAssignment.student_id, SubmittedNotebook.flagged, SubmittedNotebook.late_submission_penalty
        ).join(*of_student),
        "grades": select(*cell, *grades).join(Grade.cell).join(Grade.notebook).join(*of_student),
        "comments": select(*cell, *comments).join(Comment.cell).join(Comment.notebook).join(*of_student),
    }
    engine = create_engine(url_of(course))
    with engine.connect() as connection:
        found = {name: sorted(map(tuple, connection.execute(query)), key=repr) for name, query in queries.items()}
    engine.dispose()
    return found


def by_a_person(course: Course, student: str) -> None:
    """What a person does in the formgrader: scores, comments, more credit, more time."""
    with Gradebook(url_of(course), "word-vectors") as opened:
        opened.grant_extension(ASSIGNMENT, student, hours=6)
        submitted = opened.find_submission_notebook(ASSIGNMENT, ASSIGNMENT, student)
        submitted.flagged = True
        for number, grade in enumerate(sorted(submitted.grades, key=lambda grade: grade.name)):
            if number % 3 == 0:
                grade.manual_score, grade.needs_manual_grade = 0.25, False
            if number % 5 == 0:
                grade.extra_credit = 0.125
        for comment in submitted.comments[::4]:
            comment.manual_comment = "seen"
        opened.db.commit()


def add_second_notebook(opened: Gradebook) -> None:
    """A notebook of the assignment that is not graded here, with a cell of each kind."""
    opened.update_or_create_notebook("second", ASSIGNMENT)
    opened.update_or_create_grade_cell("one", "second", ASSIGNMENT, max_score=1, cell_type="code")
    opened.update_or_create_solution_cell("word_vectors", "second", ASSIGNMENT)  # as in the first
    opened.update_or_create_task_cell("two", "second", ASSIGNMENT, max_score=1, cell_type="markdown")


@pytest.mark.parametrize("only", ["at once", "one by one"])
def test_the_rows_are_those_that_nbgrader_leaves(
    make: Callable[[str], Course], graded: dict[str, NotebookNode], only: str
):
    ours, theirs = make("ours"), make("theirs")
    for course in (ours, theirs):
        with Gradebook(url_of(course), "word-vectors") as opened:
            opened.update_or_create_assignment(ASSIGNMENT, duedate=DUE)
            opened.update_or_create_student("half", first_name="Ann")
            add_second_notebook(opened)

    def enter(**students: str | tuple[str, datetime]) -> dict[str, list[tuple[Any, ...]]]:
        entries = entered(graded, **students)
        for part in [entries] if only == "at once" else [[entry] for entry in entries]:
            by_book(ours, config_of(ours), part)
        by_nbgrader(theirs, config_of(theirs), entries)
        found, wanted = rows(ours), rows(theirs)
        for name in wanted:
            assert found[name] == wanted[name]
        return found

    found = enter(
        half=("half", LATE),
        too_much=("right", LATE),
        negative=("right", LATE),
        none=("right", LATE),
        early=("no bonus", DUE - timedelta(days=1)),
        timeless="right",
        empty="empty",
        failed=("not graded", LATE),
        absent="no notebook",
        short="a cell short",
    )
    assert {row[2] for row in found["notebooks"]} >= {None, 0.0, 12.875}  # not late, nothing to lose, all of it
    assert "No response." in {row[3] for row in found["comments"]}
    assert {row[5] for row in found["grades"]} > {0.0, None}
    for course in (ours, theirs):
        for student in ("half", "too_much", "timeless"):
            by_a_person(course, student)
    in_time = DUE - timedelta(days=1)
    found = enter(
        half="right", too_much=("no bonus", in_time), negative="half", timeless=("empty", LATE), empty="right"
    )
    assert {(row[4], row[6]) for row in found["grades"]} >= {(0.25, True), (None, False)}
    assert "seen" in {row[4] for row in found["comments"]}


def test_the_same_batch_again_changes_nothing(fresh: Course, graded: dict[str, NotebookNode]):
    entries = entered(graded, ann="right", bob=("half", LATE), cleo="empty")
    by_book(fresh, config_of(fresh), entries)
    once = rows(fresh)
    written: list[str] = []
    with Book(fresh, config_of(fresh), ASSIGNMENT) as opened:
        event.listen(opened._engine, "before_cursor_execute", lambda *call: written.append(call[2]))
        opened.write(entries)
    assert [text.split()[1] for text in written if not text.startswith("SELECT")] == ["assignment"]  # the lock
    assert rows(fresh) == once


def test_of_two_entries_of_a_student_the_last_counts(fresh: Course, graded: dict[str, NotebookNode]):
    by_book(fresh, config_of(fresh), [Entry("ann", graded["right"]), Entry("ann", graded["empty"])])
    twice = rows(fresh)
    by_book(fresh, config_of(fresh), [Entry("ann", graded["empty"])])
    assert rows(fresh) == twice
    assert len(twice["submissions"]) == 1


def test_a_batch_takes_few_queries(fresh: Course, graded: dict[str, NotebookNode]):
    def queries(*students: str) -> int:
        sent: list[str] = []
        with Book(fresh, config_of(fresh), ASSIGNMENT) as opened:
            event.listen(opened._engine, "before_cursor_execute", lambda *call: sent.append(call[2]))
            opened.write([Entry(student, graded["right"], LATE) for student in students])
        return len(sent)

    assert queries("ann") <= 15
    assert queries("bob", "cleo", "dan") <= 15


def test_known_are_those_with_a_submission_of_the_assignment(fresh: Course, graded: dict[str, NotebookNode]):
    with Gradebook(url_of(fresh), "word-vectors") as opened:
        opened.update_or_create_student("idle")
        opened.update_or_create_assignment("other")
        opened.update_or_create_student("ann")
        opened.update_or_create_submission("other", "ann")
    with Book(fresh, config_of(fresh), ASSIGNMENT) as opened:
        assert opened.known() == set()
        opened.write(entered(graded, bob="empty"))
        opened.write([])
        assert opened.known() == {"bob"}


def with_another_name(notebook: NotebookNode) -> NotebookNode:
    """With a graded cell of a name that was not released."""
    changed = copy.deepcopy(notebook)
    next(cell for cell in changed.cells if is_grade(cell)).metadata.nbgrader.grade_id = "never_released"
    return changed


def above_its_points(notebook: NotebookNode) -> NotebookNode:
    changed = copy.deepcopy(notebook)
    cell = next(cell for cell in changed.cells if is_grade(cell) and cell.cell_type == "code")
    cell.outputs[0].data["text/plain"] = "1000"
    return changed


@pytest.mark.parametrize(
    ("name", "change", "reason"),
    [
        ("zoe", with_another_name, "'zoe': the gradebook does not know the cells never_released: run: course release"),
        ("zoe", above_its_points, "'zoe': the notebook has no readable scores .* grade it again"),
        ("zo\udcffe", lambda notebook: notebook, "the name is not UTF-8: rename the folder"),
    ],
)
def test_where_one_entry_is_bad_none_is_entered(
    fresh: Course,
    graded: dict[str, NotebookNode],
    name: str,
    change: Callable[[NotebookNode], NotebookNode],
    reason: str,
):
    by_book(fresh, config_of(fresh), entered(graded, ann="half"))
    before = rows(fresh)
    entries = [*entered(graded, ann="right", bob="right"), Entry(name, change(graded["right"]))]
    with pytest.raises(CourseError, match=reason):
        by_book(fresh, config_of(fresh), entries)
    assert rows(fresh) == before


def test_where_the_last_step_fails_none_is_entered(fresh: Course, graded: dict[str, NotebookNode]):
    with Gradebook(url_of(fresh), "word-vectors") as opened:
        opened.update_or_create_assignment(ASSIGNMENT, duedate=DUE)
    before = rows(fresh)
    with pytest.raises(CourseError, match=r"'bob': Broken failed .*plugin_class in nbgrader_config\.py"):
        by_book(fresh, config_of(fresh, Broken), entered(graded, ann="right", bob=("right", LATE)))
    assert rows(fresh) == before


def test_an_assignment_that_was_not_released_is_named(fresh: Course):
    with pytest.raises(CourseError, match="does not know meta_lstm: run: course release meta_lstm"):
        Book(fresh, config_of(fresh), "meta_lstm").__enter__()


def test_nbgrader_autograde_works_on_the_database(fresh: Course, released: Course):
    shutil.copytree(released.release(ASSIGNMENT), fresh.release(ASSIGNMENT), dirs_exist_ok=True)
    secret = fresh.secret_truth(ASSIGNMENT)
    secret.parent.mkdir()
    shutil.copy(fresh.public_truth(ASSIGNMENT), secret)
    folder = fresh.submitted("garbage", ASSIGNMENT)
    folder.mkdir(parents=True)
    (folder / f"{ASSIGNMENT}.ipynb").write_text("?")
    program = Path(sys.executable).parent / "nbgrader"
    done = subprocess.run([program, "autograde", ASSIGNMENT], cwd=fresh.root, capture_output=True, text=True)
    assert done.returncode == 1, done.stderr
    found = rows(fresh)
    page = nbformat.read(fresh.autograded("garbage", ASSIGNMENT) / f"{ASSIGNMENT}.ipynb", as_version=4)
    by_book(fresh, load_config(fresh), [Entry("garbage", page)])
    assert rows(fresh) == found
    assert {row[3] for row in found["grades"]} == {0.0}


# --- Other programs in the way, and databases that are not there -----------------------------------------------


@pytest.fixture
def on_sqlite(released: Course, tmp_path: Path) -> Course:
    shutil.copytree(released.root, tmp_path / "course")
    return Course(tmp_path / "course")


@pytest.fixture
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(book, "PAUSE_S", 0.0)


@pytest.mark.parametrize(
    "does",
    [
        ["BEGIN IMMEDIATE", "INSERT INTO student (id) VALUES ('ann')"],
        ["BEGIN", "SELECT count(*) FROM student"],
    ],
    ids=["writes", "reads"],
)
def test_a_batch_waits_until_another_program_has_ended_its_transaction(
    on_sqlite: Course, graded: dict[str, NotebookNode], no_pause: None, does: list[str]
):
    other = sqlite3.connect(on_sqlite.root / "gradebook.db", isolation_level=None)
    with Book(on_sqlite, config_of(on_sqlite), ASSIGNMENT, wait_s=0.01) as opened:
        failures: list[object] = []

        def ends(failure: object) -> None:
            failures.append(failure)
            other.commit()

        for statement in does:
            other.execute(statement).fetchall()
        event.listen(opened._engine, "handle_error", ends)  # so not before a try has failed
        opened.write(entered(graded, ann="right"))
        assert failures
        assert opened.known() == {"ann"}
    other.close()


def test_two_assignments_at_once_have_the_same_new_students(fresh: Course, graded: dict[str, NotebookNode]):
    with Gradebook(url_of(fresh), "word-vectors") as opened:
        opened.update_or_create_assignment("other")
        opened.update_or_create_notebook("other", "other")
    students = [f"student{number}" for number in range(20)]
    with (
        Book(fresh, config_of(fresh), ASSIGNMENT) as one,
        Book(fresh, config_of(fresh), "other") as other,
        ThreadPoolExecutor() as threads,
    ):
        jobs = []
        for student in students:
            jobs.append(threads.submit(one.write, [Entry(student, graded["half"])]))
            jobs.append(threads.submit(other.write, [Entry(student, new_notebook())]))
        for job in jobs:
            job.result()
        assert one.known() == other.known() == set(students)
    assert len(rows(fresh)["submissions"]) == 2 * len(students)


def test_a_gradebook_that_stays_locked_is_named(on_sqlite: Course, graded: dict[str, NotebookNode], no_pause: None):
    before = rows(on_sqlite)
    other = sqlite3.connect(on_sqlite.root / "gradebook.db", isolation_level=None)
    with Book(on_sqlite, config_of(on_sqlite), ASSIGNMENT, wait_s=0.01) as opened:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(CourseError, match=r"gradebook\.db is locked by another program .* end that one"):
            opened.write(entered(graded, ann="right"))
        other.rollback()
        assert rows(on_sqlite) == before
        opened.write(entered(graded, ann="right"))
    other.close()


def test_a_batch_survives_a_restart_of_the_server(
    server: postgres.Server, template: str, tmp_path: Path, graded: dict[str, NotebookNode], no_pause: None
):
    course = new_course(tmp_path / "course", server.create("restarted", template))
    with Book(course, config_of(course), ASSIGNMENT) as opened:
        opened.write(entered(graded, ann="right"))
        server.stop()
        server.start()
        opened.write(entered(graded, bob="right"))
        assert opened.known() == {"ann", "bob"}


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("postgresql+psycopg2://ann:secret@/x?host=/nowhere", r"ann:\*\*\*@.* cannot be reached or written: .*db_url"),
        ("postgresql+pg8000://ann:secret@/x", "needs the package pg8000; for PostgreSQL: pip install psycopg2-binary"),
        ("postgres://ann:secret@/x", "has an address that is not understood: .*: correct c.CourseDirectory.db_url"),
        ("nonsense", "malformed.* has an address that is not understood"),
    ],
)
def test_a_database_that_cannot_be_used_is_named_with_the_remedy(
    on_sqlite: Course, no_pause: None, url: str, reason: str
):
    config = config_of(on_sqlite)
    config.CourseDirectory.db_url = url
    with pytest.raises(CourseError, match=reason) as caught:
        Book(on_sqlite, config, ASSIGNMENT).__enter__()
    assert "secret" not in str(caught.value)


def test_a_file_that_is_no_gradebook_is_named(on_sqlite: Course, no_pause: None):
    (on_sqlite.root / "gradebook.db").write_text("this is a text and no database of any kind" * 100)
    with pytest.raises(CourseError, match=r"gradebook\.db does not take the grades: file is not a database"):
        Book(on_sqlite, config_of(on_sqlite), ASSIGNMENT).__enter__()


def test_a_plugin_that_does_not_load_is_named(on_sqlite: Course):
    config = config_of(on_sqlite)
    config.AssignLatePenalties.plugin_class = "no_such_module.Penalties"
    with pytest.raises(CourseError, match=r"c\.AssignLatePenalties in nbgrader_config\.py: .*no_such_module"):
        Book(on_sqlite, config, ASSIGNMENT)


def test_the_current_folder_is_left_alone(on_sqlite: Course):
    here = Path.cwd()
    with Book(on_sqlite, config_of(on_sqlite), ASSIGNMENT):
        assert Path.cwd() == here
