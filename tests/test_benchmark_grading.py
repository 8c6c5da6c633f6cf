"""The grading benchmark: its classes and folders, what it measures of commands, and its figures."""

import importlib
import json
import math
import os
import shutil
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import nbformat
import numpy as np
import psutil
import pytest
import torch
import typer
from nbformat.v4 import new_notebook
from nbgrader.utils import is_grade, is_solution
from typer.testing import CliRunner

from course_lib import checks
from course_lib.authoring import truth
from course_lib.errors import CourseError
from course_lib.ground_truth import GroundTruth
from course_lib.paths import Course

BENCHMARKS = Path(__file__).resolve().parent.parent / "benchmarks"


@pytest.fixture(scope="module")
def benchmark():
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.syspath_prepend(BENCHMARKS)
        module = importlib.import_module("grading")
        assert Path(module.__file__).parent == BENCHMARKS
        yield module


@pytest.fixture(scope="module")
def six(benchmark, course):
    """The bank of the six cells."""
    return benchmark.Bank(course, benchmark.SIX, frozenset({"to_digits"}), benchmark.folders.NOT_IN_SIX)


@pytest.fixture(scope="module")
def whole(benchmark, course):
    """The bank of `ranking`."""
    return benchmark.Bank(course, "ranking")


@pytest.fixture
def measure(benchmark, tmp_path):
    """Measures a Python program."""
    scratch = tmp_path / "scratch"
    scratch.mkdir()

    def run(program, look_s=0.0):
        command = [sys.executable, "-c", program]
        return benchmark.watching.measure(command, tmp_path, dict(os.environ), scratch, look_s)

    return run


# --- classes -----------------------------------------------------------------------------------------------


def test_a_small_class_is_the_beginning_of_a_large_one(benchmark, whole):
    make = benchmark.classes.make_class
    assert make(whole, 30, seed=3) == make(whole, 200, seed=3)[:30]
    assert make(whole, 30, seed=4) != make(whole, 30, seed=3)


@pytest.mark.parametrize("seed", range(5))
def test_a_class_has_the_mix_at_any_size(benchmark, whole, seed):
    for size in (100, 1000):
        students = benchmark.classes.make_class(whole, size, seed, frozenset())
        for kind, share in benchmark.classes.MIX.items():
            count = sum(student.kind is kind for student in students)
            assert abs(count - share * size) <= 2


def test_what_plain_nbgrader_cannot_grade_is_left_out_unless_asked_for(benchmark, whole):
    shared = benchmark.classes.make_class(whole, 300)
    assert not {student.kind for student in shared} & benchmark.classes.NOT_FOR_PLAIN
    every = benchmark.classes.make_class(whole, 300, without=frozenset())
    others = [student for student in every if student.kind not in benchmark.classes.NOT_FOR_PLAIN]
    assert others == [student for student in shared if student.name in {other.name for other in others}]


def test_no_two_who_wrote_something_hand_in_the_same(benchmark, six):
    students = benchmark.classes.make_class(six, 500)
    written = [student.answers["to_digits"] for student in students if student.answers]
    assert len(set(written)) == len(written) > 400


def test_mistakes_are_one_to_three_and_replace_the_answers_they_name(benchmark, whole):
    students = benchmark.classes.make_class(whole, 200)
    mistaken = [student for student in students if student.kind is benchmark.Kind.MISTAKES]
    assert {len(student.mistaken) for student in mistaken} == {1, 2, 3}
    for student in mistaken:
        for name in student.mistaken:
            assert any(code.strip() in student.answers[name] for code in whole.mistakes[name])


def test_half_finished_ones_wrote_the_first_exercises_and_empty_ones_nothing(benchmark, whole):
    students = benchmark.classes.make_class(whole, 200)
    exercises = list(whole.right)
    for student in students:
        if student.kind is benchmark.Kind.HALF:
            assert 0 < len(student.answers) < len(exercises)
            assert list(student.answers) == exercises[: len(student.answers)]
        elif student.kind is benchmark.Kind.EMPTY:
            assert not student.answers


def test_bonus_tasks_are_not_written(whole):
    assert "scorer" in whole.right and "early_fusion" not in whole.right
    assert not any("SOLUTION" in code for code in whole.right.values())


def test_a_personal_answer_computes_the_same(benchmark, six):
    rng = benchmark.classes.random.Random(0)
    names = {"FIRST": 11, "LAST": 12}
    exec(benchmark.classes.personal(six.right["to_digits"], rng), names)
    assert list(names["to_digits"](42)) == [11, 4, 2, 12]


def test_answers_stand_in_their_cells_and_nothing_else_changes(benchmark, whole, release_notebook):
    (student,) = benchmark.classes.make_class(whole, 1)
    notebook = benchmark.classes.notebook_of(student, release_notebook)
    assert student.answers
    for before, after in zip(release_notebook.cells, notebook.cells, strict=True):
        if is_solution(before) and before.cell_type == "code":
            name = before.metadata.nbgrader.grade_id
            assert after.source == student.answers.get(name, before.source)
        elif not is_solution(before):
            assert after == before


def test_a_file_that_is_cut_off_is_no_notebook(benchmark, release_notebook, tmp_path):
    student = benchmark.Student("a", benchmark.Kind.BROKEN_FILE)
    benchmark.classes.hand_in([student], release_notebook, tmp_path, "ranking")
    with pytest.raises(ValueError):
        json.loads((tmp_path / "submitted/a/ranking/ranking.ipynb").read_text(encoding="utf-8"))


# --- six cells ---------------------------------------------------------------------------------------------


def accepted(benchmark, code):
    """Whether the asserts of the six cells accept an answer."""
    names = {}
    exec(benchmark.folders.SETUP, names)
    try:
        exec(code, names)
        exec(benchmark.folders.ASSERTS, names)
    except Exception:
        return False
    return True


def test_asserts_tell_right_from_wrong_as_our_check_does(benchmark, six):
    right = [six.right["to_digits"], *six.styles["to_digits"]]
    assert len(right) >= 3 and all(accepted(benchmark, code) for code in right)
    wrong = six.mistakes["to_digits"]
    assert len(wrong) >= 15 and [code for code in wrong if accepted(benchmark, code)] == []


@pytest.mark.parametrize("asserts", [True, False])
def test_the_six_cells_are_six_and_have_one_exercise(benchmark, course, asserts):
    notebook = benchmark.folders.six_cells(course, asserts)
    nbformat.validate(notebook)
    assert len(notebook.cells) == 6
    assert [cell.cell_type for cell in notebook.cells] == ["markdown", "code", "markdown", "code", "code", "markdown"]
    (check,) = [cell for cell in notebook.cells if is_grade(cell)]
    assert ("task_tests.test_to_digits(to_digits)" in check.source) is not asserts
    code = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "code")
    assert ("import" in code) is not asserts


def test_a_course_without_the_exercise_is_refused(benchmark, tmp_path):
    path = Course(tmp_path).source_notebook(benchmark.SIX)
    path.parent.mkdir(parents=True)
    nbformat.write(new_notebook(), path)
    with pytest.raises(CourseError, match="lacks the cells"):
        benchmark.folders.six_cells(Course(tmp_path), asserts=True)


def test_a_course_without_secret_truth_is_refused_with_the_remedy(benchmark, tmp_path):
    with pytest.raises(CourseError, match="course ground-truth toy_chooser"):
        benchmark.folders.ours(Course(tmp_path), tmp_path / "new", benchmark.SIX)


@pytest.fixture
def bench_folder():
    """A folder with a short name, as the benchmark's own: the names of sockets in it have a limit."""
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


@pytest.fixture
def with_truth(benchmark, course, six, tmp_path, monkeypatch):
    """A course folder with a secret truth for the exercise of the six cells; the rest of it is the public one."""
    copied = Course(tmp_path)
    for folder in (course.source(benchmark.SIX), course.mistakes(benchmark.SIX).parent):
        shutil.copytree(folder, tmp_path / folder.relative_to(course.root))
    shutil.copy(course.root / "nbgrader_config.py", tmp_path)
    names = {"math": math, "np": np, "torch": torch}
    exec(f"{benchmark.folders.SETUP}\n{six.right['to_digits']}", names)
    with monkeypatch.context() as patch:
        patch.setattr(checks, "ASSIGNMENTS", {benchmark.SIX: [checks.find("toy_chooser.to_digits")]})
        secret = truth.record(copied, benchmark.SIX, 987654321987654321, True, None, names)
    public = GroundTruth.load(course.public_truth(benchmark.SIX))
    copied.secret_data.mkdir(parents=True)
    replace(secret, exercises={**public.exercises, **secret.exercises}).save(copied.secret_truth(benchmark.SIX))
    return copied


# --- folders and commands ----------------------------------------------------------------------------------


@pytest.mark.slow
def test_plain_nbgrader_grades_the_six_cells_as_it_must(benchmark, course, six, tmp_path):
    bench = benchmark.Bench(course, tmp_path)
    folder = bench.plain("plain", benchmark.SIX, asserts=True)
    students = [
        benchmark.Student("right", benchmark.Kind.RIGHT, six.right),
        benchmark.Student(
            "wrong", benchmark.Kind.MISTAKES, {"to_digits": six.mistakes["to_digits"][0]}, ("to_digits",)
        ),
    ]
    measured = bench.grade(folder, students)
    assert folder.passed() == {"right": {"test_to_digits": True}, "wrong": {"test_to_digits": False}}
    assert measured.own_cpu_s > 0 and (measured.cpu_s or 10.0) > measured.own_cpu_s  # kernels are other processes
    folder.reset()
    assert folder.passed() == {} and not folder.course.autograded("right", benchmark.SIX).exists()


@pytest.mark.slow
def test_ours_grades_the_six_cells_as_it_must(benchmark, with_truth, six, bench_folder):
    bench = benchmark.Bench(with_truth, bench_folder)
    folder = bench.ours("ours", benchmark.SIX)
    students = [
        benchmark.Student("right", benchmark.Kind.RIGHT, six.right),
        benchmark.Student(
            "wrong", benchmark.Kind.MISTAKES, {"to_digits": six.mistakes["to_digits"][0]}, ("to_digits",)
        ),
        benchmark.Student("cut", benchmark.Kind.BROKEN_FILE),
    ]
    bench.grade(folder, students, workers=1)
    passed = folder.passed()
    assert [passed[name]["test_to_digits"] for name in ("right", "wrong", "cut")] == [True, False, False]
    turned = [benchmark.Student("wrong", benchmark.Kind.RIGHT, six.right)]
    assert benchmark.classes.unexpected(turned, folder.figures, benchmark.SIX) == ["wrong: to_digits must be right"]


def test_a_command_that_fails_gives_no_figure(benchmark, course, six, tmp_path, monkeypatch):
    folder = benchmark.Folder(tmp_path, benchmark.SIX, plain=True)
    (tmp_path / "gradebook.clean").touch()
    monkeypatch.setattr(benchmark.Folder, "release", new_notebook())
    monkeypatch.setattr(benchmark.Folder, "command", lambda self, workers: [sys.executable, "-c", "print('no such')"])
    students = benchmark.classes.make_class(six, 2)
    with pytest.raises(CourseError, match=r"graded 0 of 2 submissions: no such"):
        benchmark.Bench(course, tmp_path).grade(folder, students)


def entry(student, outcome="passed", score=1.0):
    exercises = {"toy_chooser.to_digits": {"outcome": outcome, "score": score}}
    return {"student": student, "score": score, "exercises": exercises}


def test_scores_that_are_not_what_they_must_be_are_told(benchmark, six, tmp_path):
    Kind, Student = benchmark.Kind, benchmark.Student
    students = [
        Student("a", Kind.RIGHT, six.right),
        Student("b", Kind.MISTAKES, six.right, ("to_digits",)),
        Student("c", Kind.BROKEN_FILE),
        Student("d", Kind.EMPTY),
    ]
    path = tmp_path / "figures.json"

    def problems(*entries):
        path.write_text(json.dumps({"submissions": entries}), encoding="utf-8")
        return benchmark.classes.unexpected(students, path, benchmark.SIX)

    good = [entry("a"), entry("b", "failed", 0.0), entry("c", "no observation", 0.0), entry("d", "failed", 0.0)]
    assert problems(*good) == []
    assert problems(entry("a", "failed", 0.0), *good[1:]) == ["a: to_digits must be right"]
    assert problems(good[0], entry("b"), *good[2:]) == ["b: to_digits must be lost"]
    assert problems(*good[:2], entry("c"), good[3]) == ["c: points for a file that is cut off"]
    assert problems(*good[:3]) == ["d: not graded"]


# --- measuring ---------------------------------------------------------------------------------------------

BURN = "import time\nwhile time.process_time() < {}: pass\n"
UNWAITED = """import os, signal
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
if os.fork() == 0:
    exec({!r})
    os._exit(0)
try:
    os.wait()
except ChildProcessError:
    pass
"""
CHILD = "import subprocess, sys\nsubprocess.run([sys.executable, '-c', {!r}], check=True)\n"


@pytest.fixture
def accounts(benchmark):
    """Skips where the system counts no computing time."""
    if not os.access(benchmark.watching.ACCOUNTS, os.W_OK):
        pytest.skip("no cpuacct control group can be made here")


def test_computing_time_of_a_command_is_apart_from_that_of_its_children(measure, accounts):
    measured = measure(CHILD.format(BURN.format(0.8)) + BURN.format(0.3))
    assert measured.code == 0
    assert 0.28 <= measured.own_cpu_s < 0.8  # the system counts in hundredths
    assert measured.cpu_s >= 1.1 - 0.05


def test_computing_time_of_a_child_for_which_nobody_waits_is_counted(measure, accounts):
    assert measure(UNWAITED.format(BURN.format(0.8))).cpu_s >= 0.8


def test_computing_time_is_unknown_where_the_system_does_not_count_it(benchmark, tmp_path):
    assert benchmark.watching._Account(tmp_path / "none").close() is None


def test_what_a_command_leaves_behind_is_named_and_ended(benchmark, measure, monkeypatch):
    measured = measure("import subprocess\nprint(subprocess.Popen(['sleep', '600']).pid)")
    assert measured.left == ["sleep: sleep 600"]
    assert not psutil.pid_exists(int(measured.output))


def test_the_exit_code_and_the_output_of_a_command_are_kept(measure):
    measured = measure("import sys\nprint('a')\nsys.exit('b')")
    assert (measured.code, measured.output, measured.looks) == (1, "a\nb\n", [])


def test_memory_of_all_processes_is_looked_at(measure):
    program = "held = bytearray(200 * 2**20)\nimport time\ntime.sleep(1.5)"
    measured = measure(CHILD.format(program), look_s=0.1)
    assert measured.peak > 200
    assert max(measured.resident) < 100  # the child is another process
    assert max(measured.worker) > 200  # Python outside of a box


def test_a_command_that_cannot_be_started_is_an_error(benchmark, tmp_path):
    with pytest.raises(CourseError, match="could not be measured"):
        benchmark.watching.measure(["/no/such/command"], tmp_path, dict(os.environ), tmp_path)


# --- the profile -------------------------------------------------------------------------------------------


def test_a_step_inside_a_step_counts_for_the_outer_one(benchmark):
    clock = benchmark.profiling.Clock()
    with clock.stage("outer"), clock.stage("inner"):
        pass
    assert list(clock.seconds) == ["outer"]


def test_every_step_of_the_profile_is_one_of_the_product(benchmark):
    with benchmark.profiling.timed_steps(benchmark.profiling.Clock()):
        pass


def test_a_step_that_is_gone_is_named(benchmark):
    profiling = benchmark.profiling
    step = profiling.Step("a", "course_lib.grading.pipeline:no_such")
    with pytest.raises(CourseError, match="pipeline:no_such"), profiling.timed_steps(profiling.Clock(), [step]):
        pass


def test_a_timed_step_returns_what_it_did_and_is_counted(benchmark):
    from course_lib.grading import intake

    profiling = benchmark.profiling
    clock, original = profiling.Clock(), intake.parsed
    with profiling.timed_steps(clock, [profiling.Step("reading", "course_lib.grading.intake:parsed")]):
        assert intake.parsed(intake.HandedIn(b"")).outcome is not None
    assert clock.seconds["reading"] > 0 and intake.parsed is original


# --- figures -----------------------------------------------------------------------------------------------


def run_of(benchmark, wall_s, cpu_s=1.0, own_cpu_s=0.5, **more):
    return benchmark.Measured(0, wall_s, cpu_s, own_cpu_s, **more)


def test_rates_are_medians_and_the_rate_once_running_leaves_the_start_out(benchmark):
    runs = [run_of(benchmark, wall_s) for wall_s in (70.0, 50.0, 60.0)]
    side = benchmark.Side("a", 100, 20, runs, [run_of(benchmark, 20.0)])
    assert sorted(side.rates)[1] == 100.0
    assert side.running_rate == 60 * 80 / 40
    assert benchmark.Side("a", 100, 0, runs, []).running_rate is None


def test_a_rate_is_held_against_the_other_side_and_its_spread_is_shown(benchmark):
    ours = benchmark.Side(benchmark.OURS, 100, 0, [run_of(benchmark, 30.0), run_of(benchmark, 60.0)], [])
    plain = benchmark.Side(benchmark.PLAIN, 100, 0, [run_of(benchmark, 600.0)], [])
    figures = {figure.name: figure for figure in benchmark.side_figures(benchmark.Part.TRIVIAL, ours, plain)}
    rate = figures["trivial: notebooks per minute, course autograde"]
    assert (rate.value, rate.against, rate.entry()["ratio"]) == (150.0, 10.0, 15.0)
    assert figures["trivial: lowest of 2 runs, course autograde"].value == 100.0
    assert figures["trivial: highest of 2 runs, course autograde"].value == 200.0


def test_the_coordinator_is_charged_for_its_start_once(benchmark):
    runs = {10: [run_of(benchmark, 10, own_cpu_s=2.0, resident=[100.0])], 110: [run_of(benchmark, 60, own_cpu_s=3.0)]}
    figures = {figure.name: figure.value for figure in benchmark.size_figures(runs)}
    assert figures["growth: coordinator, CPU of each further submission"] == pytest.approx(10.0)
    assert figures["growth: coordinator, CPU of each submission in the largest class"] == pytest.approx(3000 / 110)


def test_a_further_kernel_is_one_beside_another(benchmark):
    looks = [
        benchmark.watching.Look(0.0, 900.0, [400.0], [50.0]),
        benchmark.watching.Look(0.5, 1000.0, [80.0, 90.0], [50.0, 60.0]),
    ]
    figures = benchmark.memory_figures(run_of(benchmark, 1, looks=looks[:1]), [run_of(benchmark, 1, looks=looks)])
    by_name = {figure.name: figure for figure in figures}
    assert by_name["memory: a further kernel while it runs, largest"].value == 90.0
    most = by_name["memory: all processes, most, course autograde"]
    assert (most.value, most.against) == (1000.0, 900.0)
    with pytest.raises(CourseError, match="no two kernels"):
        benchmark.memory_figures(run_of(benchmark, 1), [run_of(benchmark, 1, looks=looks[:1])])


def test_stages_are_shares_of_the_whole(benchmark):
    found = {stage: [0.0, 0.0] for stage in benchmark.profiling.stages()}
    found["judging"], found["file"] = [0.3, 0.3], [0.1, 0.1]
    figures = {figure.name: figure for figure in benchmark.stage_figures("ranking", found)}
    assert figures["profile: ranking: judging"].entry()["ratio"] == pytest.approx(0.75)
    assert figures["profile: ranking: all"].value == pytest.approx(400)


def test_a_target_is_missed_below_it_and_met_at_it(benchmark):
    Figure, Target = benchmark.Figure, benchmark.Target
    assert Target("a", 10, ratio=True).said([Figure("a", 95.0, "/min", 10.0)]).endswith("MISSED")
    assert Target("a", 10, ratio=True).said([Figure("a", 100.0, "/min", 10.0)]).endswith("met")
    assert Target("a", 20, at_most=True).said([Figure("a", 20.5, "ms")]).endswith("MISSED")
    assert Target("a", 20, at_most=True).said([Figure("a", 20.0, "ms", 20)]).endswith("met")
    assert Target("a", 20).said([Figure("b", 20.0, "ms")]) is None


def test_the_command_prints_and_writes_the_parts_that_are_asked_for(benchmark, tmp_path, monkeypatch):
    asked = []

    def made_up(bench, size, repeat):
        asked.append((size, repeat))
        return [benchmark.Figure(f"trivial: notebooks per minute, {benchmark.OURS}", 90.0, "/min", 10.0)]

    monkeypatch.setitem(benchmark.MEASURES, benchmark.Part.TRIVIAL, made_up)
    app = typer.Typer()
    app.command()(benchmark.main)
    path = tmp_path / "figures.json"
    done = CliRunner().invoke(app, ["trivial", "--size", "7", "--repeat", "2", "--json", str(path)])
    assert done.exit_code == 0, done.output
    assert asked == [(7, 2)]
    assert "MISSED" in done.output and "notebooks per minute" in done.output
    (figure,) = json.loads(path.read_text(encoding="utf-8"))
    assert figure == {
        "name": "trivial: notebooks per minute, course autograde",
        "value": 90.0,
        "unit": "/min",
        "against": 10.0,
        "ratio": 9.0,
    }


def test_bad_input_is_one_line_and_exit_code_2(benchmark, tmp_path, monkeypatch):
    def refused(bench, size, repeat):
        raise CourseError("no secret truth: run: course ground-truth ranking")

    monkeypatch.setitem(benchmark.MEASURES, benchmark.Part.FULL, refused)
    app = typer.Typer()
    app.command()(benchmark.main)
    done = CliRunner().invoke(app, ["full"])
    assert done.exit_code == 2
    assert "course ground-truth ranking" in done.output


def test_every_part_has_a_title_a_size_a_number_of_runs_and_a_way_to_measure_it(benchmark):
    parts = set(benchmark.Part)
    assert parts == set(benchmark.TITLES) == set(benchmark.SIZES) == set(benchmark.REPEATS) == set(benchmark.MEASURES)
