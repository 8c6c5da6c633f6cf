"""Mutants of solutions: which there are, what they are called, and the trials in which they are judged."""

import os
import tempfile
import time

import pytest

from course_lib import checks
from course_lib.authoring import mutants, trials
from course_lib.authoring.dismissals import read_dismissals
from course_lib.authoring.mutation import mutants_of
from course_lib.authoring.reference import read_notebook, solution_cells
from course_lib.errors import CourseError
from course_lib.paths import Course

# --- operators ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("x = a + b", {"x = a - b", "x = a", "x = b", "pass"}),
        ("x = a - b", {"x = a + b", "x = b - a", "x = a", "pass"}),
        ("x = a < b", {"x = a <= b", "pass"}),
        ("x = n + 1", {"x = n - 1", "x = n", "x = 1", "x = n + 2", "x = n + 0", "pass"}),
        ("x = range(n)", {"x = range(1, n)", "x = range(n - 1)", "pass"}),
        ("x = y.detach()", {"x = y", "pass"}),
        ("x = y.T", {"x = y", "pass"}),
        ("x = a @ b", {"x = b @ a", "x = a * b", "x = a", "pass"}),
        ("x = y[1:]", {"x = y", "x = y[2:]", "x = y[0:]", "pass"}),
        (
            "x = y.mean(dim=1)",
            {"x = y.sum(dim=1)", "x = y.mean()", "x = y.mean(dim=0)", "x = y.mean(dim=2)", "x = y", "pass"},
        ),
        (
            "x = F.normalize(y, dim=0)",
            {"x = (y)", "x = F.normalize(y)", "x = F.normalize(y, dim=-1)", "x = F.normalize(y, dim=1)", "pass"},
        ),
        ("x = y.masked_fill(mask, b)", {"x = y", "x = y.masked_fill(b, mask)", "pass"}),
        ("x = -y", {"x = +y", "x = y", "pass"}),
        ("x = [y for y in z if y]", {"x = [y for y in z]", "pass"}),
        ("x = a and b", {"x = a or b", "x = a", "x = b", "pass"}),
        ("x = not a", {"x = a", "pass"}),
        ("x = True", {"x = False", "pass"}),
        ("x += y", {"x -= y", "x = y", "pass"}),
        ("x = f(mode='sum')", {"x = f()", "pass"}),
        ("with torch.no_grad():\n    f(x)", {"if True:\n    f(x)", "with torch.no_grad():\n    pass"}),
        ("if a:\n    b", {"if True:\n    b", "if False:\n    b", "if a:\n    pass"}),
        ("@property\ndef f(): return x", {"def f(): return x"}),
    ],
)
def test_a_line_has_these_mutants_and_no_others(code, expected):
    assert {mutant.code for mutant in mutants.of(code)} == expected


def test_annotations_imports_and_texts_stay():
    code = 'import a\n"""Adds 1."""\ndef f(y: int | None) -> int | None:\n    """Adds 1."""'
    assert mutants.of(code) == []


def test_numbers_stay_where_a_check_judges_what_a_training_reaches():
    assert {mutant.code for mutant in mutants.of("x = f(1)", numbers=False)} == {"pass"}


def test_a_mutant_keeps_its_name_while_its_line_stays():
    first = {mutant.name for mutant in mutants.of("x = a + b")}
    later = {mutant.name for mutant in mutants.of("y = 1\n\nif c:\n    x = a + b")}
    assert first < later


def test_the_same_line_twice_has_two_names():
    names = [mutant.name for mutant in mutants.of("x = a + b\nprint(x)\nx = a + b")]
    assert len(set(names)) == len(names) == 9


# --- mutants of the course, and those that are dismissed ---------------------------------------------------


@pytest.mark.parametrize("assignment", checks.ASSIGNMENTS)
def test_every_solution_has_mutants_of_different_names(course, assignment):
    solutions = solution_cells(read_notebook(course.source_notebook(assignment)))
    for check in checks.ASSIGNMENTS[assignment]:
        found = mutants_of(check.exercise, solutions[check.exercise.partition(".")[2]])
        assert found, check.exercise
        assert len({mutant.name for mutant in found}) == len(found)
        assert len({mutant.code for mutant in found}) == len(found)


@pytest.mark.parametrize("assignment", checks.ASSIGNMENTS)
def test_every_dismissal_shows_its_mutant_and_says_why(course, assignment):
    solutions = solution_cells(read_notebook(course.source_notebook(assignment)))
    dismissals = read_dismissals(course.dismissed(assignment))
    assert dismissals
    for exercise, entries in dismissals.items():
        changes = {one.name: one.change for one in mutants_of(f"{assignment}.{exercise}", solutions[exercise])}
        for name, dismissal in entries.items():
            assert changes.get(name) == dismissal.change, f"{exercise}.{name}"
            assert len(dismissal.reason.split()) >= 5, f"{exercise}.{name}"


@pytest.mark.parametrize(
    "text",
    ["[a.b", "[a.b]\nreason = 'x'", "[a.b]\nchange = 'x'", "[a.b]\nchange = 'x'\nreason = ''", "[a]\nb = 1", "a = 1"],
)
def test_a_malformed_dismissal_is_refused_in_one_line(tmp_path, text):
    path = tmp_path / "dismissed.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CourseError) as caught:
        read_dismissals(path)
    assert str(path) in str(caught.value)
    assert len(str(caught.value).splitlines()) == 1


def test_without_a_file_nothing_is_dismissed(tmp_path):
    assert read_dismissals(Course(tmp_path).dismissed("ranking")) == {}


# --- trials ------------------------------------------------------------------------------------------------

KEPT = []


def trial(task):
    """What a task asks for."""
    if task == "hang":
        with tempfile.TemporaryDirectory():
            while True:
                pass
    if task == "die":
        os._exit(3)
    if task == "fill the memory":
        return len(bytearray(2 * trials.MEMORY))
    if task == "write":
        os.write(2, b"a compiled library complains")
    if task == "raise":
        raise CourseError("the bench is broken")
    KEPT.append(task)
    return f"{task} done, {len(KEPT)} kept"


def run(*tasks, limit=20.0, jobs=2):
    return dict(trials.run(trial, tasks, lambda task: limit, jobs))


def test_trials_know_nothing_of_each_other_and_leave_nothing_behind():
    assert run(*"abcde") == {task: f"{task} done, 1 kept" for task in "abcde"}
    assert KEPT == []


def test_a_trial_that_hangs_ends_at_its_limit_and_the_others_go_on(monkeypatch, tmp_path):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    started = time.monotonic()
    results = run("hang", "a", "b", limit=1.0)
    assert results["hang"].reason == "timed out"
    assert (results["a"], results["b"]) == ("a done, 1 kept", "b done, 1 kept")
    assert time.monotonic() - started >= 1.0
    assert list(tmp_path.iterdir()) == []


def test_a_trial_whose_process_dies_is_told_from_one_with_a_result():
    results = run("die", "a")
    assert results["die"].reason == "died"
    assert results["a"] == "a done, 1 kept"


def test_a_trial_cannot_fill_the_memory():
    assert run("fill the memory") == {"fill the memory": trials.Failed("out of memory")}


def test_what_compiled_libraries_print_is_not_shown(capfd):
    run("write")
    assert capfd.readouterr() == ("", "")


def test_an_error_of_the_bench_is_not_taken_for_a_wrong_answer():
    with pytest.raises(CourseError, match="the bench is broken"):
        run("raise")


def test_several_trials_run_at_a_time():
    def nap(task):
        time.sleep(0.5)

    started = time.monotonic()
    list(trials.run(nap, range(8), lambda task: 20.0, jobs=8))
    assert time.monotonic() - started < 8 * 0.5
