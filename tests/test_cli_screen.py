"""The `course` command at a terminal: help, names, exit codes, figures, pipes and Ctrl-C; nothing is graded here."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from rich.text import Text
from typer.testing import CliRunner

from course_lib.authoring import fuzz
from course_lib.cli import app as shared
from course_lib.cli import complete, exporting, grading
from course_lib.cli.app import Screen, app, bar, write_figures
from course_lib.cli.main import main
from course_lib.errors import CourseError
from course_lib.grading import doctor
from course_lib.grading.exports.marks import Mark
from course_lib.grading.final import FinalGrade
from course_lib.grading.records import ExerciseRecord, SubmissionOutcome, SubmissionRecord
from course_lib.ground_truth import GroundTruth

COURSE = Path(sys.executable).parent / "course"
COMMANDS = typer.main.get_command(app).commands  # type: ignore[attr-defined]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A course folder with names and nothing else, as the current folder."""
    (tmp_path / "nbgrader_config.py").write_text("c = get_config()\n", encoding="utf-8")
    for assignment in ("ranking", "toy_chooser"):
        (tmp_path / "source" / assignment).mkdir(parents=True)
        points = {f"{assignment}.embedder": 1.0, f"{assignment}.lift": 0.5}
        (tmp_path / "source" / assignment / "test_gt.json").write_text(json.dumps({"points": points}))
    for student, assignment in (("ann", "ranking"), ("anton", "ranking"), ("bob", "toy_chooser")):
        (tmp_path / "submitted" / student / assignment).mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(monkeypatch: pytest.MonkeyPatch, *words: str) -> int | str | None:
    """The exit code of the command in this process."""
    monkeypatch.setattr(sys, "argv", ["course", *words])
    with pytest.raises(SystemExit) as ended:
        main()
    return ended.value.code


# --- Help -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_each_command_says_what_it_does_and_shows_a_line_to_copy(name: str):
    command = COMMANDS[name]
    assert command.help.strip().endswith(".")
    assert f"course {name} " in command.epilog or command.epilog.endswith(f"course {name}")
    for parameter in command.params:
        assert parameter.help, f"{parameter.name} has no help"


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_the_line_to_copy_is_one_that_the_command_takes(name: str):
    words = COMMANDS[name].epilog.partition("Example: course ")[2].split()
    assert words[0] == name
    COMMANDS[name].make_context(name, words[1:])


@pytest.mark.parametrize("width", [60, 80, 120])
def test_help_keeps_within_the_terminal(width: int):
    for name in ("", *COMMANDS):
        words = [name, "--help"] if name else ["--help"]
        shown = CliRunner().invoke(app, words, env={"COLUMNS": str(width), "TERMINAL_WIDTH": str(width)})
        assert shown.exit_code == 0
        assert max(len(line) for line in shown.output.splitlines()) <= width


def test_the_exit_codes_are_documented():
    shown = " ".join(CliRunner().invoke(app, ["--help"], env={"TERMINAL_WIDTH": "200"}).output.split())
    assert "0 done; 1 done, and something failed its check; 2 could not do it, one line says why; 130" in shown


def test_the_version_is_that_of_the_package(capfd: pytest.CaptureFixture[str]):
    done = subprocess.run([COURSE, "--version"], capture_output=True, text=True)
    project = (Path(__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8")
    assert done.stdout == f"course {re.search(r'(?m)^version = .(.+).$', project)[1]}\n"  # type: ignore[index]


def test_the_command_does_not_wait_for_torch_before_it_knows_what_to_do():
    code = "import sys; from course_lib.cli import main; print('torch' in sys.modules, 'nbformat' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "False False\n"


def test_notebooks_get_the_tests_by_the_name_that_they_use():
    import course_lib

    assert course_lib.TaskTests.__name__ == "TaskTests"
    with pytest.raises(AttributeError, match="has no attribute 'TaskTest'"):
        course_lib.TaskTest  # noqa: B018


# --- Names ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("autograde rankings", "did you mean 'ranking'?"),
        ("feedback toychooser", "did you mean 'toy_chooser'?"),
        ("export zzz x.csv", "no assignment 'zzz' in source/; there are: ranking, toy_chooser\n"),
        ("autograde ranking --student anm", "no submission of anm in"),
        ("autograde ranking --student anm", "did you mean 'ann'?"),
        ("explain ranking.embeder", "did you mean 'embedder'?"),
        ("explain ranking", "name an exercise with its assignment"),
        ("export ranking x.csv --students y.csv", "are for canvas and moodle, not for csv"),
        ("export ranking x.csv --format canvas --over", "--over is for moodle, not for canvas"),
        ("export ranking x.csv --format canvas --by ID", "give them with --students"),
    ],
)
def test_a_name_that_is_not_known_gives_one_line_with_the_nearest(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], words: str, says: str
):
    assert run(monkeypatch, *words.split()) == 2
    shown = capsys.readouterr()
    assert says in shown.err and shown.err.startswith("error: ") and shown.err.count("\n") == 1


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("autograde ra", ["ranking"]),
        ("autograde ranking --student an", ["ann", "anton"]),
        ("autograde toy_chooser --student b", ["bob"]),
        ("explain toy_chooser.", ["toy_chooser.embedder", "toy_chooser.lift"]),
        ("mutate r", ["ranking"]),
        ("mutate ranking.e", ["ranking.embedder"]),
        ("export ranking x --format ca", ["canvas"]),
    ],
)
def test_the_shell_completes_names_of_the_course(folder: Path, words: str, offered: list[str]):
    asked = {"_COURSE_COMPLETE": "complete_bash", "COMP_WORDS": f"course {words}"}
    environment = os.environ | asked | {"COMP_CWORD": str(len(words.split(" ")))}
    done = subprocess.run([COURSE], cwd=folder, env=environment, capture_output=True, text=True)
    assert done.stdout.split() == offered, done.stderr


def test_completion_outside_a_course_offers_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    assert shared.assignments("") == complete.exercises("") == complete.targets("") == complete.students("") == []


# --- Figures ----------------------------------------------------------------------------------------------------


def test_figures_are_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    write_figures(None, {"a": 1})
    write_figures(tmp_path / "new" / "out.json", {"a": 1, "path": tmp_path})
    assert json.loads((tmp_path / "new" / "out.json").read_text()) == {"a": 1, "path": str(tmp_path)}
    assert os.listdir(tmp_path / "new") == ["out.json"]

    def full(*args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(CourseError, match="No space left on device: name another file for --json"):
        write_figures(tmp_path / "new" / "out.json", {"b": 2})
    assert json.loads((tmp_path / "new" / "out.json").read_text())["a"] == 1


@pytest.mark.parametrize(("held", "code"), [(True, 0), (False, 1)])
def test_doctor_gives_its_figures_and_ends_by_them(
    folder: Path, monkeypatch: pytest.MonkeyPatch, held: bool, code: int
):
    trials = [doctor.Trial("the network", held, "held"), doctor.Trial("other processes", True, "held")]
    monkeypatch.setattr(doctor, "examine", lambda course: trials)
    monkeypatch.setattr(sys, "argv", ["course", "doctor", "--json", "d.json"])
    assert run(monkeypatch, "doctor", "--json", "d.json") == code
    found = json.loads((folder / "d.json").read_text())["trials"]
    assert found[0] == {"what": "the network", "held": held, "found": "held"}


def test_collect_gives_its_figures(folder: Path, monkeypatch: pytest.MonkeyPatch):
    (folder / "given" / "zoe").mkdir(parents=True)
    (folder / "given" / "zoe" / "ranking.ipynb").write_text("{}")
    (folder / "given" / "readme.txt").write_text("hello")
    assert run(monkeypatch, "collect", "ranking", "given", "--json", "c.json") == 0
    figures = json.loads((folder / "c.json").read_text())
    assert (figures["taken"], sorted(entry["student"] for entry in figures["entries"])) == (1, ["", "zoe"])


def graded(monkeypatch: pytest.MonkeyPatch, **scores: tuple[float, float]) -> None:
    """A class with scores and open points."""
    found = [
        Mark(
            FinalGrade(student, score, 0.0, 0.0, 0.0, None, score, 5.0, waits),
            SubmissionRecord(student, SubmissionOutcome.GRADED),
        )
        for student, (score, waits) in scores.items()
    ]
    monkeypatch.setattr("course_lib.grading.exports.marks.marks", lambda course, assignment: found)


def test_export_names_all_who_are_not_simply_in_the_file(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    graded(monkeypatch, ann=(6.0, 0.0), bob=(1.0, 2.0), zoe=(3.0, 0.0))
    (folder / "people.csv").write_text("Username,First name\nann,A\nbob,B\nida,I\n", encoding="utf-8")
    words = ["export", "ranking", "out.csv", "--format", "moodle", "--students", "people.csv", "--json", "e.json"]
    assert run(monkeypatch, *words) == 2
    assert "1 of 3 submissions of ranking wait for 2 points by hand (bob)" in capsys.readouterr().err
    assert not (folder / "out.csv").exists()
    assert run(monkeypatch, *words, "--open") == 1
    shown = capsys.readouterr().out.splitlines()
    assert shown == [
        "wrote 2 grades into out.csv, found by Username",
        "1 in the roster handed nothing in: ida I",
        "capped: ann: 6 points are written as 5 (without --over)",
        "provisional: bob: a person has yet to give up to 2 points",
        "NOT WRITTEN: zoe, 3 of 5 points: not in the roster",
    ]
    figures = json.loads((folder / "e.json").read_text())
    assert (figures["absent"], figures["not_in_roster"], figures["capped"]) == (["ida I"], ["zoe"], ["ann"])
    assert figures["grades"]["zoe"]["score"] == 3.0
    assert "ida,I,-," in (folder / "out.csv").read_text()


@pytest.mark.parametrize("form", exporting.Format)
def test_export_writes_each_form(folder: Path, monkeypatch: pytest.MonkeyPatch, form: exporting.Format):
    graded(monkeypatch, ann=(4.0, 0.0))
    name = "out.zip" if form is exporting.Format.GRADESCOPE else "out.csv"
    assert run(monkeypatch, "export", "ranking", name, "--format", form) == 0
    assert (folder / name).stat().st_size > 40


def test_the_csv_for_a_spreadsheet_has_a_column_for_open_points_and_is_never_refused(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    graded(monkeypatch, ann=(4.0, 1.0))
    assert run(monkeypatch, "export", "ranking", "out.csv") == 0
    assert "provisional: ann: a person has yet to give up to 1 points" in capsys.readouterr().out


# --- The screen -------------------------------------------------------------------------------------------------


def test_no_name_steers_the_terminal_or_turns_the_text(capsys: pytest.CaptureFixture[str]):
    screen = Screen(width=40)
    screen.print("a\x1b]0;title\x07b\u202ec\x9bd\x1b[2J", markup=False)
    screen.print(Text("e\x1b[31mf\tg"))
    shown = capsys.readouterr().out
    assert not any(letter in shown for letter in "\x1b\x07\u202e\x9b")
    assert shown.splitlines()[0].startswith("a ]0;titleb c d [2J")


def test_a_bar_is_silent_where_there_is_no_terminal(capsys: pytest.CaptureFixture[str]):
    with bar("working") as show:
        show(1, 2)
    assert capsys.readouterr().out == ""


def test_a_file_that_cannot_be_used_is_one_line(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    def missing(*args: object) -> None:
        raise PermissionError(13, "Permission denied", "x/y.json")

    monkeypatch.setattr("course_lib.grading.pages.write", missing)
    assert run(monkeypatch, "feedback", "ranking") == 2
    assert capsys.readouterr().err == "error: cannot use x/y.json: Permission denied: mend that, or name another\n"


def test_a_pipe_that_closes_is_no_traceback(folder: Path):
    for words in ("--help", "explain --help", "--version"):
        done = subprocess.run(f"'{COURSE}' {words} | true", shell=True, capture_output=True, text=True)
        assert done.stderr == ""


def test_a_long_output_into_a_closed_pipe_ends_without_a_word(folder: Path):
    code = "from course_lib.cli.app import console\nfor number in range(100000): console.print(number)"
    script = f"'{sys.executable}' -c '{code}' | head -1; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("0\n141\n", "")


def test_ctrl_c_ends_with_one_line(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    def interrupted(*args: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("course_lib.grading.pages.write", interrupted)
    assert run(monkeypatch, "feedback", "ranking") == 130
    assert capsys.readouterr().err.strip() == "stopped: what was finished is kept"


def test_without_colour_nothing_but_text_is_written(folder: Path):
    read, write = pty.openpty()
    environment = os.environ | {"NO_COLOR": "1", "TERM": "xterm-256color", "COLUMNS": "60"}
    done = subprocess.run([COURSE, "--help"], stdout=write, env=environment)
    os.close(write)
    shown = b""
    try:
        while part := os.read(read, 65536):
            shown += part
    except OSError:
        pass  # the other end is closed
    os.close(read)
    assert done.returncode == 0
    assert not re.search(rb"\x1b\[[0-9;]*3[0-9]", shown)
    assert max(len(line) for line in re.sub(rb"\x1b\[[0-9;]*m", b"", shown).decode().splitlines()) <= 60


HOSTILE = SubmissionRecord(
    "[red]x[/red]_" + "long_name_" * 4, SubmissionOutcome.NO_NOTEBOOK, 0.0, 5.0, 1.5, notes=["[link=x]n[/link]"]
)
MISTAKEN = SubmissionRecord(
    "ann",
    SubmissionOutcome.GRADED,
    1.25,
    5.0,
    bonus=0.5,
    exercises={"ranking.embedder": ExerciseRecord(0.0, 1.0, "failed", "sum_instead_of_mean")},
)


@pytest.mark.parametrize("width", [60, 80, 120])
def test_the_table_of_a_class_keeps_every_figure_and_word_in_any_width(capsys: pytest.CaptureFixture[str], width: int):
    Screen(width=width, soft_wrap=True, highlight=False).print(grading._table([MISTAKEN, HOSTILE], width))
    shown = capsys.readouterr().out
    assert max(len(line) for line in shown.splitlines()) <= width
    words = " ".join(shown.split())
    for text in ("1.25 of 5", "0.5 bonus", "embedder: ", "sum_instead_of_mean", " 0 of 5", "1.5", "no notebook"):
        assert text in words
    assert "[link=x]n[/link]" in words and "[red]x[/red]" in words and "…" not in shown  # no markup, nothing cut


@pytest.mark.parametrize(
    ("words", "fakes", "code", "figures"),
    [
        (
            "release ranking --check",
            {"release.differences": ["a.ipynb"], "leak_scan.scan": ["a seed"]},
            1,
            {"problems": ["a.ipynb differs from its source", "a seed"]},
        ),
        ("release ranking --check", {"release.differences": [], "leak_scan.scan": []}, 0, {"problems": []}),
        ("release ranking", {"release.make": None}, 0, {"problems": []}),
        ("fuzz 3", {"fuzz.run": fuzz.Figures(3, {"graded": 3}, ["seed 1: crash"])}, 1, {"failures": ["seed 1: crash"]}),
        ("fuzz 3", {"fuzz.run": fuzz.Figures(3, {"graded": 3})}, 0, {"outcomes": {"graded": 3}}),
        ("ground-truth ranking --check", {"truth.record_public": None, "truth.same": True}, 0, {"same": True}),
        ("ground-truth ranking --check", {"truth.record_public": None, "truth.same": False}, 1, {"same": False}),
    ],
)
def test_each_command_ends_by_what_it_found_and_writes_its_figures(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    words: str,
    fakes: dict[str, object],
    code: int,
    figures: dict[str, object],
):
    for name, found in fakes.items():
        monkeypatch.setattr(f"course_lib.authoring.{name}", lambda *rest, found=found, **options: found)
    monkeypatch.setattr(GroundTruth, "load", lambda path: None)
    assert run(monkeypatch, *words.split(), "--json", "f.json") == code
    written = json.loads((folder / "f.json").read_text())
    assert {name: written[name] for name in figures} == figures


def test_explain_gives_its_figures(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.chdir(Path(__file__).parents[1])
    assert run(monkeypatch, "explain", "toy_chooser.to_digits", "--json", str(tmp_path / "e.json")) == 0
    found = json.loads((tmp_path / "e.json").read_text())
    assert found["exercise"] == "toy_chooser.to_digits" and found["cases"] and found["mistakes"]
