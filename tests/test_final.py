"""Final grades are nbgrader's own scores less its own penalties, for a whole class with a few queries."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from pathlib import Path

import postgres
import pytest
from nbgrader.api import Grade, Gradebook, SubmittedAssignment, SubmittedNotebook
from sqlalchemy import event
from sqlalchemy.engine import Engine

from course_lib.errors import CourseError
from course_lib.grading.final import FinalGrade, final_grades
from course_lib.nbgrader_bridge import gradebook, load_config
from course_lib.paths import Course

pytestmark = pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")  # of nbgrader's own
DUE = datetime(2030, 1, 1)
POINTS = {"embedder": 2.0, "decoder": 1.5, "text": 1.0, "extra": 0.0}


def opened(course: Course) -> AbstractContextManager[Gradebook]:
    return gradebook(course, load_config(course))


def fill(course: Course) -> None:
    """Two assignments; `words` has two notebooks with cells of each kind, and students in all states."""
    with opened(course) as book:
        book.add_assignment("words", duedate=DUE)
        book.add_assignment("other")
        book.add_assignment("unmade")
        for name in ("words", "second"):
            book.add_notebook(name, "words")
        book.add_notebook("other", "other")
        for cell, points in POINTS.items():
            kind = "markdown" if cell == "text" else "code"
            book.add_grade_cell(cell, "words", "words", max_score=points, cell_type=kind)
        book.add_task_cell("task", "second", "words", max_score=0.5, cell_type="markdown")
        book.add_grade_cell("embedder", "other", "other", max_score=8.0, cell_type="code")
        for student in ("ann", "bob", "cem", "dua", "eve", "fay", "nobody"):
            book.add_student(student)

        add(book, "ann", embedder=2.0, decoder=0.75, text=None, task=None)
        grade(book, "ann", "extra", auto=0.0, extra=0.5)

        add(book, "bob", embedder=0.1, decoder=0.2, text=None, task=None)
        grade(book, "bob", "text", manual=0.7)
        grade(book, "bob", "decoder", auto=0.2, manual=1.25)
        grade(book, "bob", "task", notebook="second", manual=0.5, extra=0.25)
        late(book, "bob", timedelta(hours=30), words=0.4, second=0.1)

        add(book, "cem", embedder=0.5, decoder=0.0, text=0.0, task=0.0)
        late(book, "cem", timedelta(days=9), words=3.0)

        add(book, "dua", embedder=None, decoder=None, text=None, task=None)
        grade(book, "dua", "extra", extra=1.0)

        add(book, "eve", embedder=2.0, decoder=1.5, text=None, task=0.5)
        late(book, "eve", timedelta(hours=5))
        book.grant_extension("words", "eve", hours=6)
        grade(book, "eve", "text", auto=None, manual=1.0, waits=True)

        book.add_submission("words", "fay")
        submission = book.add_submission("other", "ann")
        assert submission.notebooks[0].grades[0].name == "embedder"
        submission.notebooks[0].grades[0].auto_score = 8.0
        book.db.commit()


def add(book: Gradebook, student: str, **scores: float | None) -> None:
    """A submission, with what the judge gave."""
    book.add_submission("words", student)
    for cell, score in scores.items():
        grade(book, student, cell, auto=score, notebook="second" if cell == "task" else "words")


def grade(
    book: Gradebook,
    student: str,
    cell: str,
    auto: float | None = None,
    manual: float | None = None,
    extra: float | None = None,
    waits: bool = False,
    notebook: str = "words",
) -> None:
    found = book.find_grade(cell, notebook, "words", student)
    found.auto_score, found.manual_score, found.extra_credit = auto, manual, extra
    found.needs_manual_grade = waits or (auto is None and manual is None)
    book.db.commit()


def late(book: Gradebook, student: str, by: timedelta, **penalties: float) -> None:
    submission = book.find_submission("words", student)
    submission.timestamp = DUE + by
    for notebook in submission.notebooks:
        notebook.late_submission_penalty = penalties.get(notebook.name)
    book.db.commit()


def course_with(root: Path, url: str) -> Course:
    root.mkdir(exist_ok=True)
    settings = {"root": str(root), "course_id": "words", "db_url": url}
    config = "".join(f"c.CourseDirectory.{name} = {value!r}\n" for name, value in settings.items())
    (root / "nbgrader_config.py").write_text(f"c = get_config()\n{config}", encoding="utf-8")
    return Course(root)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A gradebook on SQLite, not to be changed."""
    folder = tmp_path_factory.mktemp("filled")
    fill(course_with(folder, "sqlite:///grades.db"))
    return folder / "grades.db"


@pytest.fixture
def course(filled: Path, tmp_path: Path) -> Course:
    """A course with a copy of it, under a relative address."""
    shutil.copy(filled, tmp_path / "grades.db")
    return course_with(tmp_path, "sqlite:///grades.db")


@pytest.fixture(scope="module")
def on_postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Course]:
    reason = postgres.missing()
    if reason:
        pytest.skip(reason)
    with postgres.server() as running:
        course = course_with(tmp_path_factory.mktemp("postgresql"), running.create("words"))
        fill(course)
        yield course


def check_against_nbgrader(course: Course) -> None:
    grades = final_grades(course, "words")
    with opened(course) as book:
        submissions = book.assignment_submissions("words")
        assert set(grades) == {one.student_id for one in submissions}
        for one in submissions:
            found = grades[one.student_id]
            assert found.judged + found.by_hand + found.bonus == pytest.approx(one.score, abs=1e-6)
            assert found.penalty == pytest.approx(one.late_submission_penalty, abs=1e-6)
            assert found.score == pytest.approx(max(0.0, one.score - one.late_submission_penalty), abs=1e-6)
            assert found.max_score == one.max_score
            assert (found.late_s or 0.0) == one.total_seconds_late
            waiting = [item for sheet in one.notebooks for item in sheet.grades if item.needs_manual_grade]
            assert found.open == pytest.approx(sum(item.max_score for item in waiting))


def test_the_figures_are_nbgraders_own(course: Course):
    check_against_nbgrader(course)


@pytest.mark.slow
def test_the_figures_are_nbgraders_own_on_postgresql(on_postgresql: Course, course: Course):
    check_against_nbgrader(on_postgresql)
    assert final_grades(on_postgresql, "words") == final_grades(course, "words")


def test_what_waits_for_a_person_is_open_and_bonus_counts_once(course: Course):
    grades = final_grades(course, "words")
    assert grades["ann"] == FinalGrade("ann", 2.75, 0.0, 0.5, 0.0, None, 3.25, 5.0, 1.5)


def test_a_person_overrules_the_judge_and_the_penalty_of_all_notebooks_is_taken_off_once(course: Course):
    found = final_grades(course, "words")["bob"]
    assert found == FinalGrade("bob", 0.1, 2.45, 0.25, 0.5, 30 * 3600.0, 2.3, 5.0, 0.0)


def test_a_penalty_above_the_score_leaves_nothing_and_stays_visible(course: Course):
    found = final_grades(course, "words")["cem"]
    assert (found.judged, found.penalty, found.score) == (0.5, 3.0, 0.0)


def test_extra_credit_where_there_is_no_score_yet_counts_as_little_as_in_nbgrader(course: Course):
    found = final_grades(course, "words")["dua"]
    assert (found.bonus, found.score, found.open) == (0.0, 0.0, 5.0)


def test_an_extension_is_not_late_and_a_manual_score_that_waits_for_another_look_is_open(course: Course):
    found = final_grades(course, "words")["eve"]
    assert (found.late_s, found.by_hand, found.score, found.open) == (None, 1.0, 5.0, 1.0)


def test_who_handed_nothing_in_is_not_there_and_an_ungraded_submission_is_open(course: Course):
    grades = final_grades(course, "words")
    assert list(grades) == ["ann", "bob", "cem", "dua", "eve", "fay"]
    assert (grades["fay"].score, grades["fay"].open) == (0.0, 5.0)


def test_assignments_do_not_mix(course: Course):
    assert final_grades(course, "other") == {"ann": FinalGrade("ann", 8.0, 0.0, 0.0, 0.0, None, 8.0, 8.0, 8.0)}


def test_an_assignment_of_which_nothing_is_graded_is_empty(course: Course):
    assert final_grades(course, "unmade") == {}


def test_an_assignment_that_the_gradebook_does_not_know_is_named(course: Course):
    with pytest.raises(CourseError, match="does not know word: run: course release word"):
        final_grades(course, "word")


def test_a_missing_gradebook_is_named_and_not_made(course: Course):
    (course.root / "grades.db").unlink()
    with pytest.raises(CourseError, match=r"grades\.db is missing: run: course release"):
        final_grades(course, "words")
    assert not (course.root / "grades.db").exists()


def test_what_is_no_gradebook_is_named(course: Course):
    (course.root / "grades.db").write_text("oops " * 1000)
    with pytest.raises(CourseError, match=r"the gradebook sqlite:///grades\.db"):
        final_grades(course, "words")


def test_an_address_that_is_none_shows_no_password(course: Course):
    course_with(course.root, "oracles://ann:secret@host/base")
    with pytest.raises(CourseError, match="address that is not understood") as raised:
        final_grades(course, "words")
    assert "secret" not in str(raised.value)


def test_a_class_takes_as_few_queries_as_a_student(course: Course):
    def statements(action: Callable[[], object]) -> int:
        seen: list[str] = []

        def note(connection: object, cursor: object, statement: str, *rest: object) -> None:
            seen.append(statement)

        event.listen(Engine, "before_cursor_execute", note)
        try:
            action()
        finally:
            event.remove(Engine, "before_cursor_execute", note)
        return len(seen)

    few = statements(lambda: final_grades(course, "words"))
    with opened(course) as book:
        cells = {cell.name: cell.id for cell in book.find_notebook("words", "words").grade_cells}
        words, sheet = book.find_assignment("words").id, book.find_notebook("words", "words").id
        for number in range(300):
            name = f"more{number}"
            book.add_student(name)
            book.db.add(SubmittedAssignment(id=name, assignment_id=words, student_id=name))
            book.db.add(SubmittedNotebook(id=name, assignment_id=name, notebook_id=sheet))
            for cell in cells.values():
                book.db.add(Grade(cell_id=cell, notebook_id=name, auto_score=0.25, needs_manual_grade=False))
        book.db.commit()
    found: dict[str, FinalGrade] = {}
    assert statements(lambda: found.update(final_grades(course, "words"))) == few <= 8
    assert (len(found), found["more7"].score) == (306, 1.0)
