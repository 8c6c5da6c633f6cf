"""Testing of the checks itself: what it finds, what it keeps, how `course mutate` and `course explain` tell it."""

import dataclasses
import json
import shutil
import sys

import pytest

from course_lib import checks
from course_lib.authoring import bank, mutation, trials
from course_lib.authoring.bench import Answer, Result
from course_lib.authoring.explain import explain
from course_lib.authoring.result_cache import ResultCache
from course_lib.cli.main import main
from course_lib.errors import CourseError
from course_lib.paths import Course

QUICK = "recurrent_networks.teacher_probability"
CLIP = "recurrent_networks.clip_gradients"


@pytest.fixture
def copy(course, tmp_path):
    """A course folder of one's own, with the sources and the bank of one assignment."""
    copied = Course(tmp_path)
    for name in ("source/recurrent_networks", "tests/mistakes", "tests/styles", "tests/dismissed"):
        shutil.copytree(course.root / name, tmp_path / name)
    shutil.copy(course.root / "nbgrader_config.py", tmp_path)
    return copied


def in_bank(course, exercise):
    """How many wrong and right answers the bank has for an exercise."""
    assignment, _, name = exercise.partition(".")
    answers = bank.read(course.mistakes(assignment), with_hints=True), bank.read(course.styles(assignment), False)
    return tuple(sum(answer.exercise == name for answer in some) for some in answers)


def try_it(course, exercise=QUICK, sample=1.0, **options):
    (figures,) = mutation.run(course, exercise.partition(".")[0], [exercise], sample, jobs=2, **options)
    return figures


@pytest.mark.slow
@pytest.mark.parametrize("assignment", checks.ASSIGNMENTS)
def test_a_sample_of_the_mutants_is_caught_or_dismissed_with_a_reason(course, tmp_path, monkeypatch, assignment):
    monkeypatch.setattr(Course, "trials", tmp_path)
    # Whether a changed training still reaches its bar is for `make mutants`: it differs from machine to machine.
    names = [one.exercise for one in checks.ASSIGNMENTS[assignment] if not mutation.judges_training(one.exercise)]
    found = mutation.run(course, assignment, names, 0.15, jobs=1, with_bank=False)
    assert sum(figures.mutants for figures in found) > 20
    assert [(one.exercise, one.survivors, one.stale) for one in found if not one.good] == []


def test_the_figures_of_a_check_add_up(copy):
    figures, (wrong, right) = try_it(copy), in_bank(copy, QUICK)
    assert figures.good
    assert len(figures.dismissed) >= 3
    assert figures.as_json() == {
        "exercise": QUICK,
        "mistakes": wrong,
        "rejected": wrong,
        "named": wrong,
        "styles": right,
        "accepted": right,
        "mutants": figures.mutants,
        "killed": figures.mutants - len(figures.dismissed),
        "dismissed": len(figures.dismissed),
    }


def test_what_a_weak_check_lets_through_is_found(copy, monkeypatch):
    """The check of the quick exercise, without all but its first case: it must be seen to be weak."""
    check = checks.find(QUICK)
    first = next(iter(check.hints))
    weak = dataclasses.replace(check, hints={first: check.hints[first]})
    others = [weak if one is check else one for one in checks.ASSIGNMENTS["recurrent_networks"]]
    monkeypatch.setattr(checks, "ASSIGNMENTS", {**checks.ASSIGNMENTS, "recurrent_networks": others})
    figures = try_it(copy)
    assert figures.accepted and figures.survivors
    assert not figures.good


def test_what_is_judged_otherwise_with_another_seed_is_found(copy, monkeypatch):
    notebook = mutation.read_notebook(copy.source_notebook("recurrent_networks"))
    solution = mutation.solution_cells(notebook)[QUICK.partition(".")[2]]

    def judge(bench, answer):
        return Result([1.0, 1.0 if answer.code == solution else 0.0])

    monkeypatch.setattr(mutation.Bench, "judge", judge)
    figures = try_it(copy)
    assert (len(figures.accepted), len(figures.rejected)) == in_bank(copy, QUICK)
    assert len(figures.survivors) + len(figures.dismissed) == figures.mutants


def test_a_mutant_that_is_not_dismissed_is_a_survivor_and_one_that_is_caught_is_stale(copy):
    path = copy.dismissed("recurrent_networks")
    figures = try_it(copy, CLIP)
    assert figures.dismissed
    path.write_text(
        "[clip_gradients.swap_op-000000]\nchange = '-a'\nreason = 'there is no such mutant'\n", encoding="utf-8"
    )
    left = try_it(copy, CLIP)
    assert [mutant.name for mutant in left.survivors] == figures.dismissed
    assert left.stale == ["swap_op-000000"]
    assert not left.good


def test_a_solution_that_loses_marks_is_named(copy):
    notebook = copy.source_notebook("recurrent_networks")
    text = notebook.read_text(encoding="utf-8")
    assert "k / (k + math.exp(step / k))" in text
    notebook.write_text(text.replace("k / (k + math.exp(step / k))", "1 / (k + math.exp(step / k))"), encoding="utf-8")
    with pytest.raises(CourseError, match=r"teacher_probability loses marks.*course ground-truth"):
        try_it(copy)


# --- the cache ---------------------------------------------------------------------------------------------


def test_what_is_known_is_not_tried_again(copy, monkeypatch):
    first = try_it(copy)
    monkeypatch.setattr(trials, "run", lambda *arguments: pytest.fail("tried again"))
    assert try_it(copy) == first
    assert try_it(copy, sample=0.5).mutants < first.mutants


def test_a_stopped_run_goes_on_where_it_was(copy, monkeypatch):
    def stop(done, total):
        if done == 10:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        try_it(copy, progress=stop)
    (kept,) = copy.trials.iterdir()
    with kept.open("a", encoding="utf-8") as file:
        file.write('{"key": "torn')
    counts = []
    assert try_it(copy, progress=lambda done, total: counts.append((done, total))).good
    assert counts[0][0] == 10 and counts[-1][0] == counts[-1][1]


def test_what_ended_at_its_limit_has_no_marks_and_is_tried_again(copy, monkeypatch):
    solution = mutation.solution_cells(mutation.read_notebook(copy.source_notebook("recurrent_networks")))
    run, solutions = trials.run, set(solution.values())

    def run_on_a_busy_machine(function, answers, limit_s, jobs):
        if answers[0].code in solutions:
            return run(function, answers, limit_s, jobs)
        return ((answer, trials.Failed("timed out")) for answer in answers)

    with monkeypatch.context() as patched:
        patched.setattr(trials, "run", run_on_a_busy_machine)
        slow = try_it(copy)
    assert (len(slow.rejected), slow.killed) == (slow.styles, slow.mutants)
    assert try_it(copy).good


@pytest.mark.parametrize("change", ["code", "exercise", "truth", "notebook"])
def test_a_result_is_known_only_while_nothing_changes(copy, change):
    answer = Answer(QUICK, "x = 1")
    ResultCache(copy, "recurrent_networks").put(answer, Result([1.0], None, 0.5))
    assert ResultCache(copy, "recurrent_networks").get(answer) == Result([1.0], None, 0.5)
    if change == "code":
        answer = Answer(QUICK, "x = 2")
    elif change == "exercise":
        answer = Answer(CLIP, "x = 1")
    elif change == "truth":
        path = copy.public_truth("recurrent_networks")
        document = json.loads(path.read_text(encoding="utf-8"))
        document["exercises"][QUICK]["mistakes"].pop()
        path.write_text(json.dumps(document), encoding="utf-8")
    else:
        path = copy.source_notebook("recurrent_networks")
        path.write_text(path.read_text(encoding="utf-8").replace("math.exp", "np.exp"), encoding="utf-8")
    assert ResultCache(copy, "recurrent_networks").get(answer) is None


# --- the commands ------------------------------------------------------------------------------------------


@pytest.fixture
def command(copy, monkeypatch, capsys):
    def run(*words):
        monkeypatch.chdir(copy.root)
        monkeypatch.setattr(sys, "argv", ["course", *words])
        code = 0
        try:
            main()
        except SystemExit as ended:
            code = ended.code or 0
        shown = capsys.readouterr()
        return code, shown.out, shown.err

    return run


def test_mutate_prints_a_table_and_writes_the_same_figures(copy, command):
    code, out, _ = command("mutate", QUICK, "--json", "figures/of.json")
    assert code == 0
    row = next(line for line in out.splitlines() if line.startswith("│ " + QUICK))
    (figures,) = json.loads((copy.root / "figures/of.json").read_text(encoding="utf-8"))["exercises"]
    wrong, right = in_bank(copy, QUICK)
    killed = f"{figures['killed']} of {figures['mutants'] - figures['dismissed']}"
    assert [cell.strip() for cell in row.split("│")[1:-1]] == [
        QUICK,
        f"{wrong} of {wrong}",
        f"{wrong} of {wrong}",
        f"{right} of {right}",
        killed,
        str(figures["dismissed"]),
        "0",
    ]


def test_mutate_shows_survivors_in_the_form_in_which_they_are_dismissed(copy, command):
    path = copy.dismissed("recurrent_networks")
    path.unlink()
    code, out, _ = command("mutate", CLIP, "--no-bank")
    assert code == 1
    shown = out[out.index("[clip_gradients.") :].replace('reason = ""', 'reason = "This is as good."')
    path.write_text(shown, encoding="utf-8")
    assert command("mutate", CLIP, "--no-bank")[0] == 0


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["mutate", "rankings"], "no assignment 'rankings'"),
        (["mutate", "recurrent_networks.clip"], "no exercise 'clip' in recurrent_networks; there are: lstm_step"),
        (["explain", "recurrent_networks"], "name an exercise with its assignment"),
        (["explain", "recurrent_networks.clip"], "no exercise 'clip' in recurrent_networks"),
    ],
)
def test_bad_input_gives_one_line_that_names_the_remedy(command, words, says):
    code, _, err = command(*words)
    assert code == 2
    assert says in err
    assert len(err.strip().splitlines()) == 1


def test_explain_shows_cases_inputs_mistakes_and_dismissals(copy, command):
    code, out, _ = command("explain", CLIP)
    assert code == 0
    check, told = checks.find(CLIP), " ".join(out.split())
    found = explain(copy, CLIP)
    assert [case for case, _, _ in found.cases] == list(check.hints)
    assert {case for _, case, _ in found.mistakes} <= set(check.hints)
    assert (len(found.mistakes), len(found.right)) == in_bank(copy, CLIP)
    assert found.dismissed
    assert "task_tests.test_clip_gradients(clip_gradients)" in told
    for word in [*list(check.inputs(1)), *(name for name, _, _ in found.mistakes), *found.dismissed, *found.right]:
        assert word in told, word


@pytest.mark.parametrize("assignment", checks.ASSIGNMENTS)
def test_every_check_can_be_explained(course, assignment):
    for check in checks.ASSIGNMENTS[assignment]:
        found = explain(course, check.exercise)
        assert found.observes.endswith(".")
        assert found.cases and found.mistakes and found.right
