"""Limits, the watch over a sandbox, its control group, what pages may run, and the journal."""

import os
import re
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from course_lib.authoring.live_code import live_code
from course_lib.grading import cgroup, journal
from course_lib.grading.cgroup import control_group
from course_lib.grading.pages import with_policy
from course_lib.grading.records import ExerciseRecord, SubmissionRecord
from course_lib.grading.sandbox import Limits, SandboxError
from course_lib.grading.watch import SOCKETS_FILES, Watch
from course_lib.verdict import SubmissionOutcome

MIB = 2**20

# --- limits --------------------------------------------------------------------------------------------------


def test_changed_limits_are_changed_and_others_stay():
    assert Limits.with_changes({"cell_s": 7, "restarts": 0}) == Limits(cell_s=7, restarts=0)


@pytest.mark.parametrize(
    ("name", "value"),
    [("cell_S", 1), ("", 1), ("cell_s", True), ("memory", -1), ("processes", 0), ("restarts", -1), ("cpu_s", 1.5)]
    + [("file", value) for value in ("5", None, float("inf"), [1])],
)
def test_a_wrong_limit_is_refused_by_name(name, value):
    with pytest.raises(SandboxError, match=repr(name)):
        Limits.with_changes({"output": 5, name: value})


# --- watch ---------------------------------------------------------------------------------------------------

CHILD = "import subprocess, sys; subprocess.Popen([sys.executable, '-c', {code!r}]).wait()"
SLEEP = "import time; time.sleep(60)"


def watched(code, sockets, most_s=10.0, **limits):
    """Run code in a child of a process that is watched; the reason of its end, and whether all of it ended."""
    process = subprocess.Popen([sys.executable, "-c", CHILD.format(code=code)], start_new_session=True)
    try:
        with Watch([process.pid], sockets, Limits.with_changes(limits)) as watch:
            deadline = time.monotonic() + most_s
            while watch.reason is None and process.poll() is None and time.monotonic() < deadline:
                time.sleep(0.05)
        return watch.reason, all_ended(process)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def all_ended(process):
    """Whether nothing of the group of a process runs any more; what was killed may take a moment."""
    for _ in range(20):
        process.poll()
        if not any(_runs_in(process.pid, other) for other in psutil.process_iter()):
            return True
        time.sleep(0.05)
    return False


def _runs_in(group, process):
    try:
        return os.getpgid(process.pid) == group and process.status() != psutil.STATUS_ZOMBIE
    except (psutil.Error, OSError):
        return False  # it has ended


def test_a_harmless_tree_is_left_alone(tmp_path):
    (tmp_path / "k-1").touch()
    assert watched(SLEEP, tmp_path, most_s=1.0) == (None, False)


def test_a_tree_that_ends_by_itself_has_no_reason(tmp_path):
    assert watched("pass", tmp_path) == (None, True)


def test_memory_of_a_child_is_bounded(tmp_path):
    code = f"block = bytearray(b'x') * {300 * MIB}; {SLEEP}"
    assert watched(code, tmp_path, memory=150 * MIB) == ("0.1 GiB of memory are allowed", True)


def test_memory_of_all_children_is_added(tmp_path):
    code = f"import os; os.fork(); os.fork(); block = bytearray(b'x') * {80 * MIB}; {SLEEP}"
    assert watched(code, tmp_path, memory=200 * MIB) == ("0.2 GiB of memory are allowed", True)


def test_memory_that_processes_share_counts_once(tmp_path):
    code = f"import os; block = bytearray(b'x') * {80 * MIB}; os.fork(); os.fork(); {SLEEP}"
    assert watched(code, tmp_path, most_s=1.5, memory=200 * MIB) == (None, False)


def test_many_children_are_ended(tmp_path):
    code = f"import subprocess\nfor _ in range(20): subprocess.Popen(['sleep', '60'])\n{SLEEP}"
    assert watched(code, tmp_path, processes=12) == ("12 processes and threads are allowed", True)


def test_threads_count_as_processes(tmp_path):
    code = "import threading, time\nfor _ in range(20): threading.Thread(target=time.sleep, args=(60,)).start()"
    assert watched(code, tmp_path, processes=12) == ("12 processes and threads are allowed", True)


def test_computing_time_is_bounded(tmp_path):
    assert watched("while True: pass", tmp_path, cpu_s=1) == ("1 s of computing time are allowed", True)


@pytest.mark.parametrize(
    "code",
    [
        f"open('big', 'wb').write(b'x' * {2 * MIB})",
        f"for place in range({SOCKETS_FILES + 1}): open(str(place), 'w')",
        f"for place in range({SOCKETS_FILES + 1}): os.makedirs('/'.join('d' * (place + 1)), exist_ok=True)",
    ],
    ids=["a large file", "many files", "deep folders"],
)
def test_files_beside_the_sockets_end_the_sandbox(tmp_path, code):
    code = f"import os\nos.chdir({str(tmp_path)!r})\n{code}\n{SLEEP}"
    assert watched(code, tmp_path) == ("files can be written in the home folder and in /tmp only", True)


# --- control group -------------------------------------------------------------------------------------------


def folders_in(words):
    """The groups that words enter."""
    return [Path(path) for path in re.findall(r"> (\S+)/cgroup\.procs", " ".join(words))]


@pytest.fixture
def start():
    with control_group(processes=8, memory=200 * MIB) as group:
        if not group:
            pytest.skip("no control group can be made here")
        words = group.words
        assert folders_in(words) and all(folder.is_dir() for folder in folders_in(words))
        yield words
    assert not any(folder.exists() for folder in folders_in(words))


def test_words_of_a_control_group_start_a_command_with_its_arguments(start):
    ended = subprocess.run([*start, "printf", "%s|", "a b", "$x", ""], capture_output=True, text=True)
    assert (ended.returncode, ended.stdout) == (0, "a b|$x||")


def test_processes_of_a_control_group_are_bounded(start):
    code = "import subprocess\nfor _ in range(20): subprocess.Popen(['sleep', '0.5'])"
    ended = subprocess.run([*start, sys.executable, "-c", code], stderr=subprocess.PIPE, text=True, timeout=20)
    assert "BlockingIOError" in ended.stderr


def test_memory_of_a_control_group_is_bounded(start):
    code = f"block = bytearray(b'x') * {400 * MIB}"
    assert subprocess.run([*start, sys.executable, "-c", code], timeout=20).returncode == -signal.SIGKILL


@pytest.mark.parametrize("folders", [[], ["pids"], ["pids", "memory"]])
def test_where_no_group_can_be_made_there_are_no_words_and_nothing_is_left(tmp_path, monkeypatch, folders):
    monkeypatch.setattr(cgroup, "ROOT", tmp_path)
    for name in folders:
        (tmp_path / name).mkdir()
    with control_group(8, 200 * MIB) as group:
        assert not group and group.words == []
    assert sorted(path.name for path in tmp_path.rglob("*")) == sorted(folders)


def test_groups_are_removed_where_the_sandbox_fails():
    with pytest.raises(KeyError), control_group(8, 200 * MIB) as group:
        raise KeyError
    assert not any(path.parent.exists() for path in group.members)


# --- pages ---------------------------------------------------------------------------------------------------

PAGE = "<html><head><title>x</title><script src='a'></script>\n<script>b</script></head><body>{}</body></html>"


def test_only_scripts_of_the_head_are_allowed():
    body = "<script>bad()</script></head><head><script nonce=''>bad()</script>"
    page = with_policy(PAGE.format(body))
    (nonce,) = re.findall(r"script-src 'nonce-([\w-]{20,})'", page)
    assert re.findall(rf'<script nonce="{nonce}"([^>]*)>', page.partition("</head>")[0]) == [" src='a'", ""]
    assert page.count(nonce) == 3
    assert page.endswith(f"<body>{body}</body></html>")


def test_the_policy_is_the_first_thing_of_the_head_and_new_for_each_page():
    one, other = with_policy(PAGE), with_policy(PAGE)
    assert re.match(r"<html><head>\s*<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; ", one)
    assert one != other


LIVE = [
    "<script>mark</script>",
    "<SCRIPT SRC=//mark></SCRIPT>",
    "<style>a { background: mark }</style>",
    "<img srcset='mark 2x'>",
    "<img src=x OnError=mark>",
    "<img/src='x'/onerror=mark>",
    "<svg><use xlink:href='https://mark'></svg>",
    "<svg><script>mark</script></svg>",
    "<body background=mark>",
    "<a href='javascript:mark'>x</a>",
    "<a href='java&#115;cript:mark'>x</a>",
    "<a href='java\nscript:mark'>x</a>",
    "<a href='data:text/html,mark'>x</a>",
    "<a href='//mark'>x</a>",
    "<a href='https://x' onclick='mark'>x</a>",
    "<link rel=stylesheet href='https://mark'>",
    "<form action='https://mark'>",
    "<button formaction='https://mark'>",
    "<video poster='https://mark'>",
    "<object data=mark></object>",
    "<embed code=mark>",
    "<iframe srcdoc='mark'></iframe>",
    "<meta http-equiv=refresh content='0;url=https://mark'>",
    "<p style='background: url(https://mark)'>x</p>",
    "<p style='width: expression(mark)'>x</p>",
]
MISSED = [
    "<style>a { background: mark }",  # as it stands to the end of the page
    "<p style='background: URL(https://mark)'>x</p>",
    "<svg><a><animate attributeName=href values='javascript:mark'/><text>x</text></a></svg>",
    "<svg><a><set attributeName=href to='javascript:mark'/><text>x</text></a></svg>",
    "<p style='background: image-set(\"https://mark\" 1x)'>x</p>",
    "<svg><rect fill='url(https://mark)'/></svg>",
]


@pytest.mark.parametrize("page", [*LIVE, *MISSED])
def test_what_runs_or_loads_is_seen(page):
    assert len(live_code(f"<p>x</p>{page}", "mark")) == 1
    assert live_code(f"<p>x</p>{page}", "other") == []


@pytest.mark.parametrize(
    "page",
    [
        "mark",
        "&lt;script&gt;mark&lt;/script&gt;",
        "<p title='mark' class=mark id=mark>mark</p>",
        "<img alt=mark src=x>",
        "<!-- <script>mark</script> -->",
        "<script>x</script>mark",
        "<style>x</style><p>mark</p>",
        "<a href='https://mark'>mark</a>",
        "<a href='#mark'>x</a>",
        "<p style='color: mark'>x</p>",
    ],
)
def test_what_is_only_shown_is_no_harm(page):
    assert live_code(page, "mark") == []


# --- journal -------------------------------------------------------------------------------------------------


def record_of(student, **more):
    exercise = ExerciseRecord(1.5, 2.0, "failed", hint="a\u2028b\nc")
    return SubmissionRecord(
        student, SubmissionOutcome.REPAIRED, 1.5, 2.0, exercises={"ranking.embedder": exercise}, **more
    )


def test_where_nothing_was_graded_the_journal_is_empty(tmp_path):
    assert journal.read(tmp_path / "journal.jsonl") == []


def test_records_come_back_in_their_order_and_whole(tmp_path):
    path = tmp_path / "reports" / "journal.jsonl"
    students = ["ann", "b\nc", "d\u2028e", "é\x85", os.fsdecode(b"\xff"), "ann"]
    for student in students:
        journal.append(path, record_of(student, notes=["a\r\nb"], seconds=0.25))
    entries = journal.read(path)
    assert [entry["student"] for entry in entries] == students
    assert len(path.read_bytes().splitlines()) == len(students)
    first = entries[0]
    assert first["outcome"] == "graded after repairs"
    assert first["exercises"]["ranking.embedder"]["hint"] == "a\u2028b\nc"
    assert (first["notes"], first["seconds"], first["score"]) == (["a\r\nb"], 0.25, 1.5)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00", first["time"])


def test_a_line_that_was_cut_off_costs_no_other_entry(tmp_path):
    path = Path(tmp_path, "journal.jsonl")
    journal.append(path, record_of("ann"))
    with path.open("a") as file:
        file.write('{"time": "2026-')
    journal.append(path, record_of("ben"))
    assert "ann" in [entry["student"] for entry in journal.read(path)]
