"""What Canvas, Moodle and Gradescope import, by the rules of their documentation and of their importers."""

from __future__ import annotations

import csv
import json
import os
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest

from course_lib.errors import CourseError
from course_lib.grading.export import write_class, write_rows
from course_lib.grading.exports import canvas, gradescope, moodle, roster
from course_lib.grading.exports.marks import Mark, account, marks, refuse_open
from course_lib.grading.exports.table import Table
from course_lib.grading.final import FinalGrade
from course_lib.grading.records import ExerciseRecord, SubmissionOutcome, SubmissionRecord
from course_lib.paths import Course

WORDS = "words"  # the assignment


def mark(student: str, score: float, most: float = 10.0, **parts: Any) -> Mark:
    given = {"by_hand": 0.0, "bonus": 0.0, "penalty": 0.0, "late_s": None, "open": 0.0} | parts
    judged = score - given["by_hand"] - given["bonus"] + given["penalty"]
    exercises = {
        "words.embedder": ExerciseRecord(1.5, 2.0, "failed", "sum_instead_of_mean", hint="divide by <n>"),
        "words.decoder": ExerciseRecord(2.0, 2.0, "passed"),
        "words.text": ExerciseRecord(None, 1.0, "needs manual grading"),
    }
    record = SubmissionRecord(
        student, SubmissionOutcome.GRADED, exercises=exercises, notes=["<b>note</b>"], seconds=3.6
    )
    return Mark(FinalGrade(student, judged, score=score, max_score=most, **given), record)


CLASS = [mark("ann", 9.25), mark("bob", 11.5, bonus=2.0), mark("cem", 0.0, penalty=4.0, late_s=90000.0)]
CANVAS = """\ufeffStudent,ID,SIS User ID,SIS Login ID,Section,words (77),other (78),Current Score
,,,,,Manual Posting,,
    Points Possible,,,,,8,5,(read only)
"Müller, Ann",1001,S1,ann,"Group 1, Group 2",3,5,60
"Smith, Bob",1002,S2,bob,Group 1,,,
"Idle, Ida",1003,S3,ida,Group 1,EX,,
"Demir, Cem",1004,S4,cem,Group 2,,1,
"Student, Test",1005,,,Group 1,,,
"""
MOODLE = """First name,Last name,ID number,Email address,Assignment: words (Real),Last downloaded from this course
Ann,Müller,7,ann@x.example,-,1700000000
Bob,Smith,8,bob@x.example,55.00,1700000000
Ida,Idle,9,ida@x.example,-,1700000000
Cem,Demir,10,cem@x.example,,1700000000
"""


@pytest.fixture
def canvas_people(tmp_path: Path) -> roster.Roster:
    (tmp_path / "canvas.csv").write_text(CANVAS, encoding="utf-8")
    return roster.read(tmp_path / "canvas.csv")


@pytest.fixture
def moodle_people(tmp_path: Path) -> roster.Roster:
    (tmp_path / "moodle.csv").write_text(MOODLE, encoding="utf-8")
    return roster.read(tmp_path / "moodle.csv")


def students(found: list[Mark]) -> list[str]:
    return [one.student for one in found]


def written(table: Table, path: Path) -> list[list[str]]:
    """The rows as an importer reads them."""
    write_rows(path / "out.csv", table.rows, moodle.NO_GRADE)
    with (path / "out.csv").open(newline="", encoding="utf-8") as stream:
        return list(csv.reader(stream))


def for_canvas(people: roster.Roster | None, found: list[Mark], path: Path, **options: Any) -> list[list[str]]:
    matched = None if people is None else roster.match(people, students(found))
    rows = written(canvas.table(WORDS, found, people, matched, **options), path)
    assert canvas_faults(rows) == []
    return rows


def for_moodle(people: roster.Roster | None, found: list[Mark], path: Path, **options: Any) -> list[list[str]]:
    matched = None if people is None else roster.match(people, students(found))
    rows = written(moodle.table(WORDS, found, people, matched, **options), path)
    assert moodle_faults(rows, 10.0, options.get("over", False)) == []
    return rows


# --- The documented rules ---------------------------------------------------------------------------------------


def canvas_faults(rows: list[list[str]]) -> list[str]:
    """What Canvas's importer (lib/gradebook_importer.rb) would not take, or would take for something else."""
    header, faults = rows[0], []
    names = 2 if header[:2] == ["LastName", "FirstName"] else 1
    if not (len(header) > 3 and (names == 2 or "Student" in header[0]) and "ID" in header[names]):
        faults.append("the header does not begin with the student and the ID")
    infos = names + 1
    if re.search(r"SIS\s+Login\s+ID", header[infos]):
        infos += 1
    elif re.search(r"SIS\s+User\s+ID", header[infos]) and re.search(r"SIS\s+Login\s+ID", header[infos + 1]):
        infos += 2
        infos += bool(re.search(r"Integration\s+ID", header[infos]))
        infos += bool(re.search(r"Root\s+Account", header[infos]))
    if "Section" not in header[infos]:
        faults.append("the last column about the student is not Section")
    if header[infos + 1 :] == [] or "" in header[infos + 1 :]:
        faults.append("an assignment has no title")
    if any(len(row) != len(header) for row in rows):
        faults.append("a row is longer or shorter than the header")
    points = [row for row in rows[1:] if "Points Possible" in row[0]]
    if points != [rows[1]] or float(points[0][-1]) <= 0 or any(points[0][1 : infos + 1]):
        faults.append("the second row does not give the points possible")
    people = rows[2:]
    keys = [tuple(row[: infos + 1]) for row in people]
    if len(set(keys)) != len(keys) or not all(any(row[:infos]) for row in people):
        faults.append("a row is of nobody or of somebody who was there")
    if not all(re.fullmatch(r"|EX|\d+(\.\d+)?", row[-1]) for row in people):
        faults.append("a grade is no number, not empty and not EX")
    return faults


def moodle_faults(rows: list[list[str]], most: float, over: bool) -> list[str]:
    """What Moodle's importer (grade/import/csv/classes/load_data.php) would end at, or would change in silence."""
    header, faults = rows[0], []
    if "" in header or len(set(header)) != len(header):
        faults.append("a column has no title of its own")
    identifying = [at for at, name in enumerate(header) if name in moodle.IDENTIFYING]
    whole = [at for at in identifying if all(row[at] for row in rows[1:])]
    if not any(len({row[at] for row in rows[1:]}) == len(rows) - 1 for at in whole):
        faults.append("no column identifies each user")
    if not header[-1].endswith("(Feedback)") or header[-2].removesuffix(" (Real)") != header[-1][: -len(" (Feedback)")]:
        faults.append("grade and feedback do not come together")
    if any(len(row) != len(header) for row in rows):
        faults.append("a row is longer or shorter than the header")
    for row in rows[1:]:
        if row[-2] == "-":
            continue
        if not re.fullmatch(r"\d+(\.\d+)?", row[-2]):  # an empty one would be a 0 in a new column
            faults.append(f"the grade {row[-2]!r} is neither a number nor none")
        elif float(row[-2]) > (100 if over else min(100, most)) and "Real" not in header[-2]:
            faults.append(f"the grade {row[-2]} is above what a site takes by default")
    return faults


VISIBILITY = {"visible", "hidden", "after_due_date", "after_published"}
FORMATS = {"text", "html", "simple_format", "md", "ansi"}
TOP = {
    "score": (int, float),
    "execution_time": int,
    "output": str,
    "output_format": FORMATS,
    "test_output_format": FORMATS,
    "test_name_format": FORMATS,
    "visibility": VISIBILITY,
    "stdout_visibility": VISIBILITY,
    "extra_data": dict,
    "tests": list,
    "leaderboard": list,
}
TEST = {
    "score": (int, float),
    "max_score": (int, float),
    "status": {"passed", "failed"},
    "name": str,
    "name_format": FORMATS,
    "number": str,
    "output": str,
    "output_format": FORMATS,
    "tags": list,
    "visibility": VISIBILITY,
    "extra_data": dict,
}


def gradescope_faults(document: dict[str, Any]) -> list[str]:
    """Where a document is not as the Autograder Specifications have it."""
    faults = []
    for where, known in [(document, TOP), *((test, TEST) for test in document["tests"])]:
        for name, value in where.items():
            allowed = known.get(name)
            if allowed is None:
                faults.append(f"{name} is not a documented field")
            elif isinstance(allowed, set) and value not in allowed:
                faults.append(f"{name} may not be {value!r}")
            elif not isinstance(allowed, set) and (not isinstance(value, allowed) or isinstance(value, bool)):
                faults.append(f"{name} is of the wrong type")
    if "score" not in document and not all("score" in test for test in document["tests"]):
        faults.append("neither the submission nor each test has a score")
    return faults


def test_the_rules_find_what_is_wrong():
    good = [["Student", "ID", "Section", "w"], ["Points Possible", "", "", "5"], ["a", "1", "", "2"]]
    assert canvas_faults(
        [["Student", "ID", "SIS Login ID", "Section", "w"], ["Points Possible", *"   5"], list("a1b ")]
    )
    assert canvas_faults([good[0], good[2]])
    assert canvas_faults([good[0], good[1], ["a", "1", "", "two"]])
    assert moodle_faults([["First name", "w", "w (Feedback)"], ["a", "1", ""]], 5, False)
    assert moodle_faults([["Username", "w", "w (Feedback)"], ["a", "", ""]], 5, False)
    assert moodle_faults([["Username", "w", "w (Feedback)"], ["a", "6", ""]], 5, False)
    assert moodle_faults([["Username", "w", "w (Feedback)"], ["", "1", ""]], 5, False)
    assert gradescope_faults({"tests": [{"name": "a"}]})
    assert gradescope_faults({"score": 1, "points": 2, "tests": [{"status": "ok"}]}) == [
        "points is not a documented field",
        "status may not be 'ok'",
    ]


# --- Canvas -----------------------------------------------------------------------------------------------------


def test_canvas_gets_its_own_columns_back_with_the_grades(canvas_people: roster.Roster, tmp_path: Path):
    rows = for_canvas(canvas_people, CLASS, tmp_path)
    assert rows == [
        ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "words (77)"],
        ["    Points Possible", "", "", "", "", "10"],
        ["Müller, Ann", "1001", "S1", "ann", "Group 1, Group 2", "9.25"],
        ["Smith, Bob", "1002", "S2", "bob", "Group 1", "11.5"],
        ["Idle, Ida", "1003", "S3", "ida", "Group 1", "EX"],
        ["Demir, Cem", "1004", "S4", "cem", "Group 2", "0"],
        ["Student, Test", "1005", "", "", "Group 1", ""],
    ]


def test_who_handed_nothing_in_gets_a_zero_where_that_is_said(canvas_people: roster.Roster, tmp_path: Path):
    rows = for_canvas(canvas_people, CLASS, tmp_path, zero=True, column="words, again")
    assert [row[-1] for row in rows] == ["words, again", "10", "9.25", "11.5", "0", "0", "0"]


def test_an_assignment_that_canvas_does_not_have_is_a_new_column(canvas_people: roster.Roster, tmp_path: Path):
    rows = written(canvas.table("poems", CLASS, canvas_people, roster.match(canvas_people, students(CLASS))), tmp_path)
    assert canvas_faults(rows) == []
    assert [row[-1] for row in rows] == ["poems", "10", "9.25", "11.5", "", "0", ""]


def test_canvas_without_a_roster_finds_people_by_login(tmp_path: Path):
    rows = for_canvas(None, CLASS, tmp_path)
    assert rows[2] == ["ann", "", "", "ann", "", "9.25"]


def test_a_canvas_file_without_sis_columns_and_with_two_names_is_good_too(tmp_path: Path):
    text = "LastName;FirstName;ID;SIS Login ID;Integration ID;Section;x\nMüller;Ann;1;ann;;A;\n;;;;;;\n"
    (tmp_path / "c.csv").write_text(text.replace("Integration ID;", "").replace(";ann;;", ";ann;"), encoding="utf-8")
    rows = for_canvas(roster.read(tmp_path / "c.csv"), CLASS[:1], tmp_path)
    assert rows[2] == ["Müller", "Ann", "1", "ann", "A", "9.25"]


def test_what_is_not_canvas_own_file_is_named(moodle_people: roster.Roster):
    with pytest.raises(CourseError, match=r"has no column 'ID': give Canvas's own file"):
        canvas.table(WORDS, CLASS, moodle_people, roster.match(moodle_people, ["ann@x.example"]))


def test_who_is_not_in_the_roster_is_named_and_not_written(canvas_people: roster.Roster):
    found = [*CLASS, mark("zoe", 5.0)]
    table = canvas.table(WORDS, found, canvas_people, roster.match(canvas_people, students(found)))
    assert (table.strangers, table.written) == (["zoe"], ["ann", "bob", "cem"])
    assert table.absent == ["Idle, Ida", "Student, Test"]
    assert "zoe" not in str(table.rows)


# --- Moodle -----------------------------------------------------------------------------------------------------


def test_moodle_gets_who_it_is_with_grade_and_feedback(moodle_people: roster.Roster, tmp_path: Path):
    found = [mark("ann", 9.25), mark("Bob_Smith_123456", 11.5, bonus=2.0), mark("cem", 0.0)]
    matched = roster.match(moodle_people, ["Ann_Müller_5", "Bob_Smith_123456"])
    assert (matched.by, matched.rows) == (roster.TOGETHER, {"Ann_Müller_5": 0, "Bob_Smith_123456": 1})
    found = [mark("Ann_Müller_5", 9.25), mark("Bob_Smith_123456", 11.5, bonus=2.0)]
    rows = for_moodle(moodle_people, found, tmp_path)
    assert [row[:5] for row in rows] == [
        ["First name", "Last name", "ID number", "Email address", "Assignment: words (Real)"],
        ["Ann", "Müller", "7", "ann@x.example", "9.25"],
        ["Bob", "Smith", "8", "bob@x.example", "10"],
        ["Ida", "Idle", "9", "ida@x.example", "-"],
        ["Cem", "Demir", "10", "cem@x.example", "-"],
    ]
    assert rows[0][5] == "Assignment: words (Feedback)"
    assert rows[2][5] == "11.5 of 10 points, 9.5 by the tests, 2 as a bonus, embedder: 1.5 of 2, decoder: 2 of 2"


def test_points_above_the_maximum_are_capped_and_named_unless_the_site_takes_them(tmp_path: Path):
    assert moodle.table(WORDS, CLASS, None, None).capped == ["bob"]
    table = moodle.table(WORDS, CLASS, None, None, over=True)
    assert (table.capped, [row[1] for row in table.rows]) == ([], ["words", 9.25, 11.5, 0])


def test_a_grade_that_the_roster_has_stays_where_nothing_was_handed_in(moodle_people: roster.Roster, tmp_path: Path):
    rows = for_moodle(moodle_people, [mark("ann@x.example", 3.0)], tmp_path)
    assert [row[-2] for row in rows[1:]] == ["3", "55.00", "-", "-"]


def test_grades_above_a_hundred_carry_a_warning():
    table = moodle.table(WORDS, [mark("ann", 150.0, most=200.0)], None, None)
    assert table.warnings == ["grades above 100: Moodle takes them where unlimitedgrades and gradepointmax allow it"]


def test_moodle_in_another_language_is_identified_by_addresses(tmp_path: Path):
    (tmp_path / "m.csv").write_text("Vorname;Nachname;E-Mail-Adresse\nAnn;Müller;a@x.example\n", encoding="utf-8")
    people = roster.read(tmp_path / "m.csv")
    table = moodle.table(WORDS, [mark("Ann_Müller_5", 3.0)], people, roster.match(people, ["Ann_Müller_5"]))
    assert table.rows[0][0] == "E-Mail-Adresse" and table.rows[1][:2] == ["a@x.example", 3]


def test_a_list_that_identifies_nobody_is_named(tmp_path: Path):
    (tmp_path / "m.csv").write_text("First name,Last name\nAnn,Müller\n", encoding="utf-8")
    people = roster.read(tmp_path / "m.csv")
    with pytest.raises(CourseError, match="identifies no user"):
        moodle.table(WORDS, [mark("Ann_Müller_5", 3.0)], people, roster.match(people, ["Ann_Müller_5"]))


def test_feedback_is_no_html_of_ours_or_of_anybody():
    record = SubmissionRecord("ann", SubmissionOutcome.GRADED, exercises={"w.<b>": ExerciseRecord(1.0, 1.0, "passed")})
    assert "&lt;b&gt;: 1 of 1" in moodle.text(Mark(mark("ann", 1.0).grade, record))


# --- Gradescope -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("one", [*CLASS, mark("dua", 5.0, by_hand=1.0, open=0.5)], ids=lambda one: one.student)
def test_gradescope_gets_documented_fields_alone(one: Mark):
    document = json.loads(json.dumps(gradescope.results(one)))
    assert gradescope_faults(document) == []
    assert document["score"] == one.grade.score


def test_gradescope_shows_tests_as_text_and_leaves_open_what_a_person_grades():
    document = gradescope.results(CLASS[1])
    assert document["tests"][0] == {
        "name": "embedder",
        "score": 1.5,
        "max_score": 2,
        "status": "failed",
        "output": "failed: divide by <n>",
        "output_format": "text",
        "name_format": "text",
        "visibility": "visible",
    }
    assert "score" not in document["tests"][2] and "status" not in document["tests"][2]
    assert document["output"].splitlines() == [
        "11.5 of 10 points",
        "9.5 by the tests",
        "2 as a bonus",
        "<b>note</b>",
    ]
    assert document["execution_time"] == 4


def test_a_zip_has_a_file_for_each_submission_and_is_the_same_for_the_same_grades(tmp_path: Path):
    gradescope.write(tmp_path / "a.zip", CLASS)
    gradescope.write(tmp_path / "b.zip", CLASS)
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        assert archive.namelist() == ["ann/results.json", "bob/results.json", "cem/results.json"]
        assert json.loads(archive.read("ann/results.json")) == gradescope.results(CLASS[0])


def test_a_folder_is_written_whole_and_never_over_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    gradescope.write(tmp_path / "new", CLASS)
    assert sorted(path.parent.name for path in (tmp_path / "new").glob("*/results.json")) == ["ann", "bob", "cem"]
    with pytest.raises(CourseError, match="new is there already"):
        gradescope.write(tmp_path / "new", CLASS)

    def full(*args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(CourseError, match="No space left"):
        gradescope.write(tmp_path / "other", CLASS)
    assert sorted(os.listdir(tmp_path)) == ["new"]


# --- Rosters ----------------------------------------------------------------------------------------------------


def test_names_of_folders_that_canvas_makes_are_found(canvas_people: roster.Roster):
    matched = roster.match(canvas_people, ["müllerann", "smithbob", "idleida"])
    assert (matched.by, matched.rows) == ("Student", {"müllerann": 0, "smithbob": 1, "idleida": 2})


def test_a_column_that_is_named_is_the_only_one(canvas_people: roster.Roster):
    matched = roster.match(canvas_people, ["S1", "ann"], by="SIS User ID")
    assert (matched.by, matched.rows, matched.strangers) == ("SIS User ID", {"S1": 0}, ["ann"])
    with pytest.raises(CourseError, match="has no column 'Login'; there are: Student, ID"):
        roster.match(canvas_people, ["ann"], by="Login")


def test_rows_of_canvas_that_are_no_people_are_left_out(canvas_people: roster.Roster):
    assert len(canvas_people.people) == 5


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "no header"),
        ("Student\nann\n", "no header with several columns"),
        ("a,a\n1,2\n", "has the column 'a' twice"),
        ('a,b\n"x" y,2\n', "is not a CSV"),
        ("a,b\n\xff,2\n", "is not UTF-8"),
    ],
)
def test_a_list_that_is_none_is_one_line(tmp_path: Path, text: str, says: str):
    (tmp_path / "r.csv").write_bytes(text.encode("latin-1"))
    with pytest.raises(CourseError, match=says) as raised:
        roster.read(tmp_path / "r.csv")
    assert "\n" not in str(raised.value)


def test_a_list_that_is_missing_or_huge_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    with pytest.raises(CourseError, match=r"cannot read .*none\.csv: No such file"):
        roster.read(tmp_path / "none.csv")
    monkeypatch.setattr(roster, "MOST_BYTES", 3)
    (tmp_path / "r.csv").write_text("a,b\n")
    with pytest.raises(CourseError, match="it is no list of a course"):
        roster.read(tmp_path / "r.csv")


def test_nobody_is_taken_for_somebody_else(tmp_path: Path):
    (tmp_path / "r.csv").write_text("name,id\nA. Nn,1\nann,2\n", encoding="utf-8")
    people = roster.read(tmp_path / "r.csv")
    with pytest.raises(CourseError, match="2 people are 'ann' by name"):
        roster.match(people, ["ann"])
    with pytest.raises(CourseError, match="'1' and '1_77' are the same person by id"):
        roster.match(people, ["1", "1_77"])
    with pytest.raises(CourseError, match=r"no column knows any of the students \(zoe\)"):
        roster.match(people, ["zoe"])


# --- Hostile names, open points ---------------------------------------------------------------------------------


def test_no_cell_is_a_formula_and_a_key_that_changed_is_named(tmp_path: Path):
    text = "Student,ID,SIS User ID,SIS Login ID,Section\n=cmd(),1,-2,ann,@x\n+1,2,3,bob,\n"
    (tmp_path / "c.csv").write_text(text, encoding="utf-8")
    people = roster.read(tmp_path / "c.csv")
    table = canvas.table(WORDS, CLASS[:2], people, roster.match(people, ["ann", "bob"]), column="=1+1")
    rows = written(table, tmp_path)
    assert canvas_faults(rows) == []
    assert rows[0][-1] == "'=1+1"
    assert rows[2][:5] == ["'=cmd()", "1", "'-2", "ann", "'@x"]
    assert table.warnings[1] == (
        "SIS User ID '-2' would be a formula in a spreadsheet and is written as \"'-2\": enter it by hand"
    )
    assert not any(text.startswith(tuple("=+-@")) for row in rows for text in row)


def test_only_a_lone_sign_stays_a_sign(tmp_path: Path):
    write_rows(tmp_path / "r.csv", [["-", "-1", "- 1", 0, ""]], "-")
    assert (tmp_path / "r.csv").read_text() == "-,'-1,'- 1,0,\n"


def test_points_that_a_person_has_yet_to_give_are_refused_in_one_line():
    refuse_open(CLASS, WORDS)
    with pytest.raises(CourseError) as raised:
        refuse_open([*CLASS, mark("dua", 5.0, open=1.5), mark("eve", 5.0, open=1.0)], WORDS)
    assert str(raised.value) == (
        "2 of 5 submissions of words wait for 2.5 points by hand (dua, eve): give them in the formgrader, "
        "or export what there is with --open"
    )


def test_each_part_of_a_score_is_told():
    grade = mark("ann", 4.0, by_hand=1.0, bonus=0.5, penalty=2.0, late_s=3661.0, open=0.25).grade
    assert account(grade) == [
        "4 of 10 points",
        "4.5 by the tests",
        "1 given by a person",
        "0.5 as a bonus",
        "less 2 for lateness",
        "1 h 1 min late",
        "provisional: a person has yet to give up to 0.25 points",
    ]


def test_the_class_has_the_final_grades_in_columns_of_their_own(tmp_path: Path):
    grades = {one.student: one.grade for one in CLASS[1:]}
    write_class(tmp_path / "c.csv", WORDS, [one.record for one in CLASS], grades)
    with (tmp_path / "c.csv").open(newline="", encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    parts = ["final_score", "final_max", "given_by_hand", "extra_credit", "late_penalty", "late_s", "open"]
    assert [[row[name] for name in parts] for row in rows] == [
        [""] * 7,
        ["11.5", "10.0", "0.0", "2.0", "0.0", "", "0.0"],
        ["0.0", "10.0", "0.0", "0.0", "4.0", "90000.0", "0.0"],
    ]


def test_who_is_graded_but_not_in_the_gradebook_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    records = [one.record for one in CLASS]
    monkeypatch.setattr("course_lib.grading.exports.marks.autograde.graded", lambda course, assignment: records)
    grades = {one.student: one.grade for one in CLASS[:2]} | {"fay": mark("fay", 1.0).grade}
    monkeypatch.setattr("course_lib.grading.exports.marks.final_grades", lambda course, assignment: grades)
    with pytest.raises(CourseError, match=r"cem: graded, but not in the gradebook: .* --force --student cem"):
        marks(Course(tmp_path), WORDS)
    grades["cem"] = CLASS[2].grade
    assert [(one.student, len(one.record.exercises)) for one in marks(Course(tmp_path), WORDS)] == [
        ("ann", 3),
        ("bob", 3),
        ("fay", 0),
        ("cem", 3),
    ]
