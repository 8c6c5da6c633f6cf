"""What a student sees of a check, in a real IPython shell."""

import json
import math
import re
from html.parser import HTMLParser
from pathlib import Path

import bleach
import numpy as np
import pytest
from bleach.css_sanitizer import CSSSanitizer
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
from traitlets.config import Config

from course_lib import TaskTests, checks, feedback, progress, task_tests
from course_lib.authoring.reference import check_calls, read_notebook
from course_lib.checks.base import judge
from course_lib.data import VARIABLE
from course_lib.errors import CourseError
from course_lib.ground_truth import GroundTruth
from course_lib.observation import Raised, Unsupported, plain
from course_lib.paths import Course
from course_lib.task_tests import CheckFailed
from course_lib.verdict import MIME, Finding, Outcome, Verdict, from_data

SOURCE = Course(Path(__file__).resolve().parents[1]).source_notebook("ranking")
CALLS = {name: list(call.arguments) for name, call in check_calls(read_notebook(SOURCE)).items()}
STUB = "def answer(*args): raise NotImplementedError"
SUM = """
import numpy as np
class answer:
    def __init__(self, embeddings, dim):
        self.embeddings, self.dim = embeddings, dim
    def __call__(self, text, normalize=False):
        return np.sum([self.embeddings[word] for word in text.split() if word in self.embeddings], axis=0)
"""
SCRIPT = "<script>alert(1)</script>"


class Notebook:
    """An IPython shell that keeps what a cell shows."""

    def __init__(self, shell):
        self.shell = shell

    def run(self, source):
        with capture_output() as self.shown:
            self.result = self.shell.run_cell(source)
        self.lines = self.shown.stdout.strip().splitlines()
        self.error = self.result.error_before_exec or self.result.error_in_exec
        return self

    @property
    def card(self):
        (output,) = self.shown.outputs
        return output.data


@pytest.fixture(scope="module")
def shell(tmp_path_factory, course):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("IPYTHONDIR", str(tmp_path_factory.mktemp("ipython")))
        InteractiveShell.clear_instance()
        config = Config({"HistoryManager": {"enabled": False}, "InteractiveShell": {"colors": "nocolor"}})
        shell = InteractiveShell.instance(config=config)
        shell.user_ns["task_tests"] = TaskTests.from_json(course.public_truth("ranking"))
        yield shell
        InteractiveShell.clear_instance()


@pytest.fixture
def notebook(shell, reference):
    shell.user_ns.update({name: value for name, value in reference.items() if name not in {"task_tests", "__name__"}})
    return Notebook(shell)


class Texts(HTMLParser):
    """The text of a page, and the tags in it."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.text = set(), ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)

    def handle_data(self, data):
        self.text += data


def failing(notebook, exercise, answer):
    """A notebook in which the check of an exercise has just failed."""
    notebook.run(answer)
    return notebook.run(f"task_tests.test_{exercise}({', '.join(['answer'] * len(CALLS[exercise]))})")


# --- passing -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("exercise", CALLS)
def test_a_passing_check_prints_exactly_one_line(notebook, exercise):
    notebook.run(f"task_tests.test_{exercise}({', '.join(CALLS[exercise])})")
    assert notebook.error is None
    assert len(notebook.lines) == 1
    assert re.fullmatch(rf"\[ranking\.{exercise}\] passed: .+", notebook.lines[0])
    assert notebook.shown.outputs == [] and notebook.shown.stderr == ""
    assert notebook.result.result is None


# --- failing -----------------------------------------------------------------------------------------------


def test_a_failing_check_shows_what_was_expected_what_it_got_and_what_to_try(notebook):
    card = failing(notebook, "embedder", SUM).card
    assert set(card) == {"text/plain", "text/html"}
    heading, expected, got, hint = card["text/plain"].splitlines()
    assert heading == "[ranking.embedder] mean of three known words"
    assert re.fullmatch(r"  expected: array\(\[.+\]\), shape \(5,\)", expected)
    assert re.fullmatch(r"  got:      array\(\[.+\]\), shape \(5,\)", got)
    assert expected[12:] != got[12:]
    assert re.fullmatch(r"  try:      .+ \(sum_instead_of_mean\)", hint)


def test_both_forms_of_a_card_say_the_same(notebook):
    card = failing(notebook, "embedder", SUM).card
    page = Texts(card["text/html"])
    assert page.tags == {"div", "code", "table", "tr", "td", "b"}
    squeezed = "".join(re.sub(r"(?m)^  (expected|got|try):", r"\1", card["text/plain"]).split())
    assert "".join(page.text.split()) == squeezed.replace("[ranking.embedder]", "✗notyetranking.embedder")


@pytest.mark.parametrize("exercise", CALLS)
def test_every_failing_check_ends_in_one_line_without_a_traceback(notebook, exercise):
    failing(notebook, exercise, "answer = 'nonsense'")
    assert isinstance(notebook.error, CheckFailed)
    assert isinstance(notebook.error, AssertionError)
    (line,) = notebook.lines
    finding = notebook.error.verdict.finding
    assert line == f"[ranking.{exercise}] {finding.case}; try: {finding.hint}"
    assert notebook.shown.stderr == ""
    assert notebook.error.verdict.score == 0.0
    assert [label in notebook.card["text/plain"] for label in ("got:", "try:")] == [True, True]
    assert "Traceback" not in str(notebook.card) and "AssertionError" not in str(notebook.card)


# Without an answer the two numbers of `validation_corpus` do not exist, so that its check cannot be called.
@pytest.mark.parametrize("exercise", [name for name in CALLS if name != "validation_corpus"])
def test_a_stub_is_called_not_implemented_and_nothing_is_given_away(notebook, exercise):
    text = failing(notebook, exercise, STUB).card["text/plain"]
    assert text.startswith(f"[ranking.{exercise}] not implemented yet\n")
    assert "expected:" not in text


@pytest.mark.parametrize(
    "answer",
    [
        f"def answer(*args): raise ValueError({SCRIPT!r})",
        f"Odd = type({SCRIPT!r}, (), {{}})\nanswer = lambda *args: lambda *args, **kwargs: Odd()",
        f"answer = lambda *args: lambda *args, **kwargs: {SCRIPT!r}",
        f"answer = lambda *args: lambda *args, **kwargs: {{{SCRIPT!r}: [{SCRIPT!r}]}}",
        f"class Odd(Exception): pass\nOdd.__name__ = {SCRIPT!r}\ndef answer(*args): raise Odd()",
    ],
    ids=["message", "type", "text", "dict", "error type"],
)
@pytest.mark.parametrize("exercise", ["embedder", "text_preprocessor", "hits_at_k", "scorer", "word_vectors", "lift"])
def test_the_strings_of_a_student_are_escaped_in_html(notebook, exercise, answer):
    page = failing(notebook, exercise, answer).card["text/html"]
    assert Texts(page).tags <= {"div", "code", "table", "tr", "td", "b"}
    assert SCRIPT not in page


def test_a_script_in_a_message_is_shown_as_text(notebook):
    card = failing(notebook, "embedder", f"def answer(*args): raise ValueError({SCRIPT!r})").card
    assert f"ValueError: {SCRIPT}" in card["text/plain"]
    assert f"ValueError: {SCRIPT}" in Texts(card["text/html"]).text


def test_a_card_has_one_line_for_each_label_whatever_the_student_raises(notebook):
    message = "first\n  expected: forged\n[ranking.embedder] passed: 13 cases\u2028\x85"
    card = failing(notebook, "embedder", f"def answer(*args): raise ValueError({message!r})").card
    labels = [line.split(":")[0].strip() for line in card["text/plain"].splitlines()[1:]]
    assert labels == ["expected", "got", "try"]


def test_a_card_can_be_sent_as_utf_8_whatever_the_student_raises(notebook):
    card = failing(notebook, "embedder", r"def answer(*args): raise ValueError('\ud800')").card
    assert card["text/plain"].encode("utf-8") and card["text/html"].encode("utf-8")


@pytest.mark.parametrize(("call", "reason"), [("", "missing"), ("Embedder, 1", "takes")])
def test_a_check_that_is_called_wrongly_says_why(notebook, call, reason):
    notebook.run(f"task_tests.test_embedder({call})")
    assert isinstance(notebook.error, CourseError)
    assert reason in notebook.card["text/plain"]


def test_an_interrupt_ends_a_check(notebook):
    notebook.run("def answer(*args): raise KeyboardInterrupt")
    notebook.run("task_tests.test_hits_at_k(answer)")
    assert isinstance(notebook.error, KeyboardInterrupt)


@pytest.mark.parametrize("error", ["SystemExit", "MemoryError", "RecursionError"])
def test_an_exit_is_a_failed_check(notebook, error):
    card = failing(notebook, "hits_at_k", f"def answer(*args): raise {error}").card
    assert f"got:      {error}" in card["text/plain"]


def test_outside_a_notebook_the_card_is_printed(course, monkeypatch, capsys):
    monkeypatch.setattr(task_tests, "get_ipython", lambda: None)
    with pytest.raises(CheckFailed, match="expected"):
        TaskTests.from_json(course.public_truth("ranking")).test_hits_at_k(lambda counts, ks: {})
    assert [line.split(":")[0].strip() for line in capsys.readouterr().out.splitlines()[1:]] == [
        "expected",
        "got",
        "try",
    ]


# --- names -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["test_trigrams", "embedder", "test_", "_private", "test_ranking.embedder"])
def test_an_unknown_check_names_the_known_ones(notebook, name):
    tests = notebook.shell.user_ns["task_tests"]
    with pytest.raises(AttributeError) as caught:
        getattr(tests, name)
    assert repr(name) in str(caught.value)
    assert all(f"test_{exercise}" in str(caught.value) for exercise in CALLS)


def test_the_checks_are_offered_for_completion(notebook):
    tests = notebook.shell.user_ns["task_tests"]
    assert {f"test_{exercise}" for exercise in CALLS} <= set(dir(tests))


def test_a_check_tells_its_name(notebook):
    check = notebook.shell.user_ns["task_tests"].test_embedder
    assert check.__name__ == "test_embedder"
    assert "ranking.embedder" in check.__doc__


# --- data and truth ----------------------------------------------------------------------------------------


def test_with_other_data_the_check_of_the_corpus_says_that_it_is_not_checked(notebook, monkeypatch, tmp_path):
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    notebook.run("task_tests.test_validation_corpus(1, 1)")
    assert notebook.error is None
    assert len(notebook.lines) == 1
    assert notebook.lines[0].startswith("[ranking.validation_corpus] not checked: ")
    assert VARIABLE in notebook.lines[0]


def test_with_other_data_the_other_checks_go_on(notebook, monkeypatch, tmp_path):
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    notebook.run("task_tests.test_hits_at_k(hits_at_k)")
    assert notebook.lines == ["[ranking.hits_at_k] passed: 5 cases"]


def shown_error(notebook):
    """The one line that a mendable error is shown as."""
    assert isinstance(notebook.error, CourseError)
    assert notebook.shown.stderr == "" and notebook.shown.outputs == []
    (line,) = notebook.lines
    assert "Traceback" not in line
    return line


@pytest.mark.parametrize("argument", ["", "'elsewhere/test_gt.json'", "path='test_gt.json'"])
def test_a_missing_truth_shows_one_clear_line(notebook, monkeypatch, tmp_path, argument):
    monkeypatch.chdir(tmp_path)
    notebook.run(f"from course_lib import TaskTests\nTaskTests.from_json({argument})")
    line = shown_error(notebook)
    assert "test_gt.json is missing" in line
    assert "start Jupyter in that folder" in line


@pytest.mark.parametrize("content", ["{", "[]", '{"format": 9}'])
def test_a_malformed_truth_shows_one_clear_line(notebook, tmp_path, content):
    (tmp_path / "test_gt.json").write_text(content, encoding="utf-8")
    notebook.run(f"TaskTests.from_json({str(tmp_path / 'test_gt.json')!r})")
    assert "test_gt.json" in shown_error(notebook)


def pruned(course, folder, change):
    """Checks with the shipped ground truth after a change."""
    document = json.loads(course.public_truth("ranking").read_text(encoding="utf-8"))
    change(document["exercises"])
    (folder / "test_gt.json").write_text(json.dumps(document), encoding="utf-8")
    return f"TaskTests.from_json({str(folder / 'test_gt.json')!r})"


def test_a_truth_without_the_exercise_shows_one_clear_line(notebook, course, tmp_path):
    tests = pruned(course, tmp_path, lambda exercises: exercises.pop("ranking.hits_at_k"))
    line = shown_error(notebook.run(f"{tests}.test_hits_at_k(hits_at_k)"))
    assert "ranking.hits_at_k" in line and "fetch test_gt.json again" in line


def test_a_truth_of_an_older_check_shows_one_clear_line(notebook, course, tmp_path):
    def forget_a_case(exercises):
        (_, cases), *_ = exercises["ranking.hits_at_k"]["observation"]["v"]
        del cases["v"][0]

    tests = pruned(course, tmp_path, forget_a_case)
    assert "test_gt.json" in shown_error(notebook.run(f"{tests}.test_hits_at_k(hits_at_k)"))


# --- progress ----------------------------------------------------------------------------------------------


@pytest.fixture
def fresh(notebook, course):
    """A notebook whose kernel has just started."""
    notebook.shell.user_ns["task_tests"] = TaskTests.from_json(course.public_truth("ranking"))
    return notebook


def test_before_any_check_progress_says_so_in_one_line(fresh):
    assert fresh.run("task_tests.progress()").lines == [task_tests.NOTHING_RAN]
    assert fresh.error is None and fresh.shown.outputs == []


def test_progress_counts_the_newest_verdict_of_each_check(fresh):
    failing(fresh, "embedder", SUM)
    fresh.run("task_tests.test_scorer(Scorer)")
    head, *rows = fresh.run("task_tests.progress()").lines
    assert head == "ranking: 1 of 26 exercises, 0.5 of 9.875 points"
    states = {row.split()[0]: row.split(maxsplit=2)[2] for row in rows if not row.split()[1].startswith("b")}
    assert states["embedder"] == "✗ not yet: mean of three known words"
    assert states["scorer"] == "✓ passed" and states["hits_at_k"] == "– not run"
    fresh.run("task_tests.test_embedder(Embedder)")
    assert fresh.run("task_tests.progress()").lines[0] == "ranking: 2 of 26 exercises, 1 of 9.875 points"


def test_progress_is_in_the_order_of_the_notebook(fresh):
    fresh.run("task_tests.test_hits_at_k(hits_at_k)")
    names = [line.split()[0] for line in fresh.run("task_tests.progress()").lines[1 : 1 + len(CALLS)]]
    assert names == list(CALLS)


def test_bonus_and_answers_graded_by_hand_are_told_apart(fresh):
    fresh.run("task_tests.test_hits_at_k(hits_at_k)")
    lines = fresh.run("task_tests.progress()").lines
    assert lines[-2:] == [
        "bonus: 0 of 5 tasks, 0 of at most 3 points",
        "graded by hand, not counted here: word_vectors_comment (0.125 points)",
    ]
    assert sum(" bonus 1 " in line for line in lines) == 5


def test_a_check_that_is_not_made_says_why_in_progress(fresh, monkeypatch, tmp_path):
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    fresh.run("task_tests.test_validation_corpus(1, 1)")
    (line,) = [line for line in fresh.run("task_tests.progress()").lines if "validation_corpus" in line]
    assert "not run: not checked: its ground truth is of the mini data" in line


@pytest.fixture
def truth(course):
    return GroundTruth.load(course.public_truth("ranking"))


def test_bonus_counts_up_to_its_limit_and_not_in_the_headline(truth):
    tasks = [check.exercise for check in checks.ASSIGNMENTS["ranking"] if check.bonus]
    found = progress.of(truth, {name: Verdict(name, 1.0, Outcome.PASSED) for name in tasks})
    assert (found.points, found.bonus, found.passed) == (0.0, 3.0, False)
    assert found.headline() == "0 of 26 exercises, 0 of 9.875 points"
    assert "bonus: 5 of 5 tasks, 3 of at most 3 points" in found.as_text()


def test_all_is_passed_when_all_but_bonus_is(truth):
    names = [check.exercise for check in checks.ASSIGNMENTS["ranking"] if not check.bonus]
    found = progress.of(truth, {name: Verdict(name, 1.0, Outcome.PASSED) for name in names})
    assert found.passed and found.as_data()["points"] == found.as_data()["max_points"] == 9.875


def test_a_part_of_an_exercise_counts_for_a_part_of_its_points(truth):
    half = Verdict("ranking.scorer", 0.5, Outcome.FAILED, Finding("a case", "1", "try it"))
    found = progress.of(truth, {"ranking.scorer": half})
    assert found.headline() == "0 of 26 exercises, 0.25 of 9.875 points"


def test_what_a_student_raised_is_escaped_in_the_card_of_progress(truth):
    odd = Verdict("ranking.scorer", 0.0, Outcome.FAILED, Finding(SCRIPT, SCRIPT, SCRIPT))
    page = progress.of(truth, {"ranking.scorer": odd}, {"ranking.lift": SCRIPT}).as_html()
    assert Texts(page).tags == {"div", "b", "table", "tr", "th", "td"}
    assert Texts(page).text.count(SCRIPT) == 2


def test_in_a_kernel_a_verdict_is_displayed_with_its_data(fresh, monkeypatch):
    monkeypatch.setattr(task_tests, "_in_jupyter", lambda: True)
    card = fresh.run("task_tests.test_hits_at_k(hits_at_k)").card
    assert card["text/plain"] == "[ranking.hits_at_k] passed: 5 cases"
    assert Texts(card["text/html"]).text == "✓ passed ranking.hits_at_k 5 cases"
    assert from_data(card[MIME]).passed and json.loads(json.dumps(card[MIME])) == card[MIME]
    assert fresh.lines == []
    failed = from_data(failing(fresh, "embedder", SUM).card[MIME])
    assert failed == fresh.error.verdict
    head = "ranking: 1 of 26 exercises, 0.125 of 9.875 points"
    shown = fresh.run("task_tests.progress()").card
    assert head in shown["text/plain"] and head in Texts(shown["text/html"]).text


def test_a_card_keeps_its_words_and_both_colours_of_its_badge_through_bleach(truth):
    verdict = Verdict("ranking.scorer", 0.0, Outcome.FAILED, Finding("a case", "1", "try it", "2"))
    tags = {"div", "b", "code", "table", "tbody", "tr", "td"}  # its parser puts tbody there
    page = feedback.as_html(verdict)
    kept = bleach.clean(page, tags=tags, attributes={"*": ["style"]}, css_sanitizer=CSSSanitizer())
    assert Texts(kept).text == Texts(page).text and Texts(kept).tags == tags
    assert 'style="background-color:#b3261e;color:#ffffff;font-weight:bold;' in kept
    assert "rgba(179,38,30,0.08)" in kept


# --- judging what a student's process may have forged ------------------------------------------------------

FORGED = {
    "no rivals anywhere": lambda real: np.zeros_like(real),
    "less than none": lambda real: np.full(real.shape, -1.0),
    "not a number": lambda real: np.full(real.shape, np.nan),
    "many best candidates in each row": lambda real: np.where(np.arange(real.shape[1]) % 15, 0, real),
    "the same guess in each row": lambda real: np.broadcast_to(np.arange(real.shape[1]), real.shape),
    "another shape": lambda real: np.zeros(real.shape[::-1]),
    "no array": lambda real: [[0] * real.shape[1]] * real.shape[0],
}


@pytest.mark.parametrize("forge", FORGED.values(), ids=FORGED)
def test_a_forged_ranking_gives_no_points(course, forge):
    # Whoever controls the process can send any table; only one candidate of a row can have no rival.
    truth = GroundTruth.load(course.public_truth("ranking")).exercises["ranking.lift"]
    real = truth.observation["cases"]["raw"]
    cases = {"raw": real, "preprocessed": forge(real)}
    assert judge(checks.find("ranking.lift"), plain({"cases": cases}), truth).score == 0.0


SENT = [
    None,
    3,
    "passed",
    [],
    [1.0],
    {},
    {"cases": None},
    {"cases": []},
    {"cases": {1: 2}},
    {"undefined": 1},
    {"score": 1},
]


@pytest.mark.parametrize("exercise", CALLS)
def test_whatever_was_sent_is_judged_and_gives_no_points(course, exercise):
    truth = GroundTruth.load(course.public_truth("ranking")).exercises[f"ranking.{exercise}"]
    check = checks.find(f"ranking.{exercise}")
    values = [None, math.nan, [], {}, "x", np.zeros((0, 3)), Raised("E", "m"), Unsupported("set"), [{"a": [None]}]]
    sent = [*SENT, *({"cases": dict.fromkeys(truth.observation["cases"], value)} for value in values)]
    assert [judge(check, plain(value), truth).score for value in sent] == [0.0] * len(sent)
