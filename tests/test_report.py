"""The class report: what it counts, and that it shows what a class wrote without running it."""

import os
import re
import statistics
from html.parser import HTMLParser

import nbformat
import pytest
from made_up_class import made_up

from course_lib.errors import CourseError
from course_lib.grading import intake, parts, report, signs
from course_lib.grading.final import FinalGrade
from course_lib.grading.parts import Outline
from course_lib.grading.rebuild import rebuild
from course_lib.grading.records import ExerciseRecord, SubmissionOutcome, SubmissionRecord
from course_lib.grading.report_figures import JUDGED, State, as_data, bars, figures
from course_lib.grading.signs import Group
from course_lib.grading.similarity import Line, Pair, Shared
from course_lib.paths import Course

HINT = "this is the sum; divide it by the number of words (sum_instead_of_mean)"
SUM = ExerciseRecord(0.0, 1.0, "failed", "sum_instead_of_mean", "mean of three", 0.0, HINT)
UNKNOWN = ExerciseRecord(0.0, 1.0, "failed", None, "zeros of <b>that</b> dimension", 0.0, "zeros of shape (dim,)")
RIGHT = ExerciseRecord(1.0, 1.0, "passed")
HALF = ExerciseRecord(0.5, 1.0, "failed")
UNWRITTEN = ExerciseRecord(0.0, 1.0, "not implemented")
STOPPED = ExerciseRecord(0.0, 1.0, "timed out")
TIED = ExerciseRecord(0.0, 1.0, "failed", "ties_counted", "a tie", 0.0, "a tie is not above (ties_counted)")
BY_HAND = ExerciseRecord(None, 1.0, "needs manual grading")
NAMES = (
    "<script>alert(1)</script>",
    "a\"b'><img src=x onerror=alert(1)>",
    "</table></svg></body>",
    "javascript:alert(1)",
    "{{ 7 * 7 }}",
    "line\nbreak",
    "\u202eevil",
    "../../etc/passwd",
    "n" * 300,
)


def graded(student, embedder, scorer, notes=(), outcome=SubmissionOutcome.GRADED):
    exercises = {"ranking.embedder": embedder, "ranking.scorer": scorer, "ranking.comment": BY_HAND}
    score = sum(item.score or 0.0 for item in exercises.values())
    return SubmissionRecord(student, outcome, score, 2.0, 1.0, 0.0, exercises, list(notes), 3.0)


def nothing(student):
    lost = {name: ExerciseRecord(0.0, 1.0, "no observation") for name in ("ranking.embedder", "ranking.scorer")}
    return SubmissionRecord(student, SubmissionOutcome.NO_NOTEBOOK, 0.0, 2.0, 0.0, 0.0, lost, ["not handed in"])


CLASS = [
    graded("ann", SUM, TIED),
    graded("bob", RIGHT, TIED),
    graded("cem", SUM, TIED),
    graded("dia", UNKNOWN, UNWRITTEN),
    graded("eve", RIGHT, RIGHT),
]


def counted(records, grades=None):
    return figures("ranking", records, grades or {}, Outline())


def alike(first, second):
    """Two that wrote the same line; the line is as hostile as a name."""
    lines = (Line(NAMES[0], True), Line("return 1", False))
    shared = Shared("ranking.scorer", lines, lines, 0.9, 0.01, (NAMES[1],))
    return Pair(first, second, 4.0, (shared,), 0.0001, 9, (first, second), 40)


def written(folder, records, grades=None, pairs=()):
    report.write_page(Course(folder), counted(records, grades), pairs)
    return Course(folder).report("ranking").read_text(encoding="utf-8")


@pytest.fixture
def page(tmp_path):
    return written(tmp_path, CLASS)


def grade(student, **given):
    plain = {"judged": 1.0, "by_hand": 0.0, "bonus": 0.0, "penalty": 0.0, "late_s": None, "score": 1.0}
    return FinalGrade(student, **{**plain, "max_score": 3.0, "open": 0.0, **given})


# --- what is counted ---------------------------------------------------------------------------------------


def test_the_mistakes_of_a_class_are_counted_the_commonest_first():
    found = counted(CLASS).mistakes
    assert [(one.exercise, one.mistake, one.students) for one in found] == [
        ("ranking.scorer", "ties_counted", ["ann", "bob", "cem"]),
        ("ranking.embedder", "sum_instead_of_mean", ["ann", "cem"]),
        ("ranking.embedder", None, ["dia"]),
    ]


def test_each_answer_has_one_state_and_they_add_up():
    records = [*CLASS, graded("fay", HALF, STOPPED), nothing("gus")]
    embedder, scorer, comment = counted(records).exercises
    assert [embedder.counts[state] for state in State] == [2, 1, 3, 0, 0, 0]
    assert [scorer.counts[state] for state in State] == [1, 0, 3, 1, 1, 0]
    assert comment.counts[State.BY_HAND] == 6 and comment.judged == 0
    assert (embedder.judged, embedder.mean, embedder.lost) == (6, pytest.approx(2.5 / 6), 4)


def test_what_was_not_graded_is_told_apart_and_moves_neither_median_nor_bars():
    found = counted([*CLASS, nothing("gus")])
    assert (len(found.rows), found.graded, found.median) == (6, 5, statistics.median([0, 1, 0, 0, 2]))
    assert sum(bar.count for bar in found.bars) == 5
    assert [row.record.student for row in found.ungraded] == ["gus"]
    assert dict(found.outcomes) == {"graded": 5, "no notebook": 1}


def test_the_median_of_an_even_class_lies_between():
    assert counted([graded("a", RIGHT, RIGHT), graded("b", RIGHT, TIED)]).median == 1.5


@pytest.mark.parametrize("top", [0.0, 0.125, 1.0, 5.0, 9.875, 12.875, 100.0, 3000.0])
def test_every_score_is_in_one_bar(top):
    scores = [top * share / 40 for share in range(41)]
    found = bars(scores, top)
    assert sum(bar.count for bar in found) == 41
    assert found[0].low == 0.0 and found[-1].high >= top and len(found) <= 14
    for bar in found[:-1]:
        assert bar.count == sum(bar.low - 1e-9 <= score < bar.high - 1e-9 for score in scores)


def test_final_grades_count_where_there_are_any():
    late = grade("ann", by_hand=0.5, penalty=1.0, late_s=7200.0, score=0.5, open=0.25)
    found = counted(CLASS, {"ann": late, "bob": grade("bob")})
    points = {row.record.student: row.points for row in found.rows}
    assert (points["ann"], points["bob"], points["eve"]) == (0.5, 1.0, 2.0)
    assert [(item.student, row.points) for item, row in found.late] == [("ann", 0.5)]
    assert [item.student for item in found.by_hand] == ["ann"]
    assert {row.record.student: row.open for row in found.waiting} == {"ann": 0.25, "cem": 1.0, "dia": 1.0, "eve": 1.0}


def test_the_hardest_exercise_is_the_one_that_cost_most_points():
    assert [item.name for item in counted(CLASS).hardest] == ["ranking.scorer", "ranking.embedder"]


def test_a_made_up_class_adds_up():
    made = made_up(40)
    found = figures("ranking", made.records, made.grades, made.outline)
    judged = [record for record in made.records if record.outcome.graded]
    assert found.graded == len(judged) == sum(bar.count for bar in found.bars)
    assert sum(count for _, count in found.outcomes) == len(found.rows) == 40
    for item in found.exercises:
        assert sum(item.counts[state] for state in JUDGED) == item.judged
        assert sum(count for _, count in item.mistakes) <= item.counts[State.WRONG]
    reached = sum(record.score for record in judged) / len(judged)
    assert sum(part.mean for part in found.parts) == pytest.approx(reached)
    assert sum(len(item.students) for item in found.mistakes) == sum(
        item.counts[State.WRONG] for item in found.exercises
    )
    assert as_data(found)["submissions"] == 40


# --- parts -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "assignment", ["ranking", "text_classification", "recurrent_networks", "toy_chooser", "meta_lstm"]
)
def test_every_exercise_of_a_release_has_its_number_and_part(assignment):
    from made_up_class import ROOT

    found = parts.of_release(Course(ROOT), assignment)
    notebook = nbformat.read(Course(ROOT).release_notebook(assignment), as_version=4)
    worth = [
        cell.metadata.nbgrader.grade_id for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade")
    ]
    assert {f"{assignment}.{name.removeprefix('test_')}" for name in worth} == found.numbers.keys()
    assert len(set(found.numbers.values())) == len(found.numbers)
    assert {found.part_of(name) for name in found.numbers} == found.parts.keys()
    assert found.title


def test_without_a_release_there_are_no_parts(tmp_path):
    assert parts.of_release(Course(tmp_path), "ranking") == Outline()


# --- signs of tampering, limits, repairs -------------------------------------------------------------------


@pytest.fixture
def release():
    from made_up_class import ROOT

    return nbformat.read(Course(ROOT).release_notebook("ranking"), as_version=4)


def told(notes):
    return {remark.what: remark.group for remark in signs.remarks(graded("ann", RIGHT, RIGHT, notes))}


def cell_of(notebook, name):
    return next(cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade_id") == name)


def change(cell):
    cell.source += "\nforged = 1"


def drop(notebook, name):
    notebook.cells.remove(cell_of(notebook, name))


@pytest.mark.parametrize(
    ("tamper", "wanted"),
    [
        (lambda book: change(cell_of(book, "test_embedder")), {signs.CHECKS_CHANGED}),
        (lambda book: drop(book, "test_embedder"), {signs.CHECKS_CHANGED}),
        (lambda book: cell_of(book, "test_embedder").update(cell_type="raw"), {signs.CHECKS_OFF}),
        (lambda book: book.cells.append(cell_of(book, "test_embedder")), {signs.CHECKS_COPIED}),
        (lambda book: cell_of(book, "test_embedder").metadata.update(tags=["skip"]), {signs.TAGS}),
        (lambda book: change(cell_of(book, "setup")), set()),
        (lambda book: change(cell_of(book, "embedder")), set()),
        (lambda book: None, set()),
    ],
)
def test_what_was_done_to_check_cells_is_a_sign_and_to_others_is_none(release, tamper, wanted):
    submitted = nbformat.from_dict(release)
    master = nbformat.reads(nbformat.writes(release), as_version=4)
    tamper(submitted)
    repairs = rebuild(master, submitted).repairs
    found = told(repairs)
    assert {what for what, group in found.items() if group is Group.SIGN} == {remark.what for remark in wanted}


def test_links_are_a_sign_and_further_files_are_none(tmp_path):
    folder = tmp_path / "ann" / "ranking"
    folder.mkdir(parents=True)
    (folder / "ranking.ipynb").write_text("{}")
    (folder / "helpers.py").write_text("")
    assert told(intake.handed_in(folder, "ranking").notes) == {"further files left out": Group.OTHER}
    (folder / "data").symlink_to("/etc")
    assert Group.SIGN in told(intake.handed_in(folder, "ranking").notes).values()
    (folder / "ranking.ipynb").unlink()
    (folder / "ranking.ipynb").symlink_to("/etc/passwd")
    assert Group.SIGN in told(intake.handed_in(folder, "ranking").notes).values()
    (folder / "ranking.ipynb").unlink()
    os.link(folder / "helpers.py", folder / "ranking.ipynb")
    assert Group.SIGN in told(intake.handed_in(folder, "ranking").notes).values()


@pytest.mark.parametrize(
    ("answer", "wanted"),
    [
        (ExerciseRecord(0.0, 1.0, "failed", None, "what the answer may not use"), signs.FORBIDDEN),
        (ExerciseRecord(0.0, 1.0, "no observation", None, "nothing was observed"), signs.UNOBSERVED),
        (ExerciseRecord(0.0, 1.0, "no observation", None, "what was observed cannot be read"), signs.UNOBSERVED),
        (ExerciseRecord(0.0, 1.0, "timed out"), signs.CELL_TIME),
        (ExerciseRecord(0.0, 1.0, "kernel died"), signs.DIED),
        (ExerciseRecord(0.0, 1.0, "kernel died", hint="6.0 GiB of memory are allowed"), signs.MEMORY),
        (ExerciseRecord(0.0, 1.0, "kernel died", hint="files can be written in the home folder"), signs.OUTSIDE),
    ],
)
def test_what_an_answer_did_is_remarked(answer, wanted):
    assert signs.remarks(graded("ann", answer, RIGHT)) == [wanted]


def test_an_exercise_that_was_not_reached_is_no_sign():
    late = ExerciseRecord(
        0.0, 1.0, "no observation", None, "nothing was observed", 0.0, "it ended before this exercise was reached"
    )
    assert signs.remarks(graded("ann", late, RIGHT)) == []
    assert signs.remarks(nothing("gus")) == []


def test_a_file_name_cannot_hide_a_link():
    note = "the kernel broke 3 times.ipynb is a link, not a file: hand the notebook itself in"
    assert told([note]) == {signs.LINKS.what: Group.SIGN}


# --- the page ----------------------------------------------------------------------------------------------


def test_the_page_says_which_mistake_how_many_made_it_and_what_they_read(page):
    rows = [" ".join(re.sub("<[^>]*>", " ", row).split()) for row in re.findall("(?s)<tr>.*?</tr>", page)]
    assert "scorer ties counted 3 a tie is not above ann , bob , cem" in rows
    assert "embedder sum instead of mean 2 this is the sum; divide it by the number of words ann , cem" in rows
    (unknown,) = [row for row in rows if "not known" in row]
    assert unknown.startswith("embedder not known; first wrong: zeros of &lt;b&gt;that&lt;/b&gt; dimension 1")


def test_a_class_without_wrong_answers_is_told_so(tmp_path):
    assert "No wrong answers" in written(tmp_path, [graded("eve", RIGHT, UNWRITTEN)])


def test_an_empty_class_has_a_page_too(tmp_path):
    assert "<b>0</b> submissions" in written(tmp_path, [])
    assert "Nothing waits for you" in written(tmp_path, [])


def test_a_class_of_which_nothing_was_graded_has_a_page_too(tmp_path):
    assert "could not be graded" in written(tmp_path, [nothing("gus"), nothing("hal")])


class Reader(HTMLParser):
    """Checks that tags are closed, and collects what could run or load."""

    VOID = frozenset({"meta", "br", "input"})

    def __init__(self):
        super().__init__()
        self.open, self.scripts, self.links, self.handlers, self.tags = [], [], [], [], set()

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        if tag not in self.VOID:
            self.open.append(tag)
        if tag == "script":
            self.scripts.append(dict(attributes))
        self.links += [value for name, value in attributes if name in ("href", "src", "action", "data", "xlink:href")]
        self.handlers += [name for name, _ in attributes if name.startswith("on")]

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        self.open.pop()

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def read(page):
    reader = Reader()
    reader.feed(page)
    assert reader.open == []
    return reader


def hostile_class():
    evil = ExerciseRecord(0.0, 1.0, "failed", NAMES[0], NAMES[1], 0.0, NAMES[2])
    return [graded(name, evil, STOPPED, [name, f"links were left out: {name}"]) for name in NAMES]


@pytest.mark.parametrize("records", [CLASS, [], hostile_class()], ids=["plain", "empty", "hostile"])
def test_one_script_of_our_own_may_run_and_nothing_is_loaded(tmp_path, records):
    page = written(tmp_path, records, {}, [alike(NAMES[0], NAMES[2])])
    found = read(page)
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)[1]
    (script,) = found.scripts
    assert f"script-src 'nonce-{script['nonce']}'" in policy and policy.startswith("default-src 'none'")
    assert found.handlers == []
    assert all(link.startswith("#") for link in found.links)
    assert found.tags.isdisjoint({"img", "iframe", "link", "base", "object", "embed", "foreignobject"})
    assert "http:" not in page and "https:" not in page


def test_every_page_has_another_nonce(tmp_path):
    assert len({re.search("nonce-([^']+)", written(tmp_path, CLASS))[1] for _ in range(3)}) == 3


def test_names_are_text_wherever_they_stand(tmp_path):
    records = hostile_class()
    grades = {name: grade(name, late_s=60.0, penalty=0.5) for name in NAMES}
    page = written(tmp_path, records, grades)
    assert "<script>alert" not in page and "<img" not in page and "49" not in re.findall("<bdi>([^<]*)", page)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert page.count("</body>") == 1
    shown = set(re.findall(r'<th scope="row"><bdi>([^<]*)</bdi>', page))
    assert len(shown) == len(NAMES)


def test_pairs_that_are_alike_are_named_and_shown_side_by_side(tmp_path):
    page = written(tmp_path, CLASS, {}, [alike("ann", "cem")])
    assert '1 pair of <a href="#similar">similar submissions</a>' in page
    assert "<strong><bdi>ann</bdi></strong> and <strong><bdi>cem</bdi></strong>" in page


def test_a_feedback_page_is_linked_where_there_is_one(tmp_path):
    for student in ("ann", "a b&c"):
        folder = Course(tmp_path).feedback(student, "ranking")
        folder.mkdir(parents=True)
        (folder / "ranking.html").write_text("")
    page = written(tmp_path, [graded("a b&c", RIGHT, RIGHT), *CLASS])
    links = [link for link in read(page).links if not link.startswith("#")]
    assert sorted(links) == ["../feedback/a%20b%26c/ranking/ranking.html", "../feedback/ann/ranking/ranking.html"]


def test_nothing_of_a_former_report_is_lost_when_the_new_one_cannot_be_written(tmp_path, monkeypatch):
    before = written(tmp_path, CLASS)

    def full(handle, mode):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fchmod", full)
    with pytest.raises(CourseError, match=r"cannot write .*ranking\.html: No space left"):
        written(tmp_path, CLASS[:1])
    path = Course(tmp_path).report("ranking")
    assert path.read_text(encoding="utf-8") == before
    assert [one.name for one in path.parent.iterdir()] == ["ranking.html"]


def test_the_page_of_a_big_class_stays_small(tmp_path):
    made = made_up(2000)
    report.write_page(Course(tmp_path), figures("ranking", made.records, made.grades, made.outline), [])
    assert Course(tmp_path).report("ranking").stat().st_size < 4_000_000
