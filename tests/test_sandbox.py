"""What student code can see, write and use up in the sandbox."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from nbformat.v4 import new_code_cell, new_notebook

from course_lib import data
from course_lib.grading.kernels import warmed
from course_lib.grading.run import run
from course_lib.grading.sandbox import Limits, Sandbox, SandboxError
from course_lib.paths import Course
from course_lib.probe import MIME

pytestmark = pytest.mark.slow


def outputs(sandbox: Sandbox, *sources: str) -> list[str]:
    """Run cells; what each printed, or the name of its error."""
    notebook = new_notebook(cells=[new_code_cell(source) for source in sources])
    run(notebook, "ranking", {}, sandbox)
    return [
        "".join(output.get("text", output.get("ename", "")) for output in cell.outputs).strip()
        for cell in notebook.cells
    ]


@pytest.fixture(scope="module", params=["cold", "warm"])
def sandbox(request: pytest.FixtureRequest, course_copy: Course) -> Iterator[Sandbox]:
    cold = Sandbox(
        course_copy.public_truth("ranking"), course_copy.secret_data, limits=Limits(cell_s=10, submission_s=60)
    )
    if request.param == "cold":
        yield cold
        return
    with warmed(cold, ["nltk"]) as warm:
        yield warm


def test_nothing_of_the_host_is_in_the_box(sandbox: Sandbox, course_copy: Course, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("HOST_TOKEN", "let-me-out")
    secret = course_copy.secret_truth("ranking")
    found = outputs(
        sandbox,
        f"import os; print(os.path.exists({str(secret)!r}), os.path.exists({str(course_copy.root)!r}))",
        "print('HOST_TOKEN' in os.environ, any(b'let-me-out' in open(f'/proc/{p}/environ', 'rb').read()"
        " for p in os.listdir('/proc') if p.isdigit() and os.access(f'/proc/{p}/environ', os.R_OK)))",
        "import socket; socket.create_connection(('127.0.0.1', 1), timeout=2)",
        "import course_lib.grading.judging",
        "print(max(int(p) for p in os.listdir('/proc') if p.isdigit()) < 100, os.getuid(), os.path.expanduser('~'))",
        "open('test_gt.json', 'a')",
        "open('/usr/evil', 'w')",
        "open('/data/ranking/train.tsv', 'a')",
        "open('mine.txt', 'w').write('ok'); print(open('mine.txt').read())",
        "from pathlib import Path; from course_lib.data import MINI; "
        "print([path.stat().st_size for path in MINI.parent.glob('*_phrases.txt')])",
    )
    assert found[0] == "False False"
    assert found[1] == "False False"
    assert found[2] in ("ConnectionRefusedError", "OSError")
    assert found[3] == "ModuleNotFoundError"
    assert found[4] == "True 1000 /home/student"
    assert found[5] == found[6] == found[7] == "OSError"
    assert found[8] == "ok"
    assert found[9] == str([0] * len(list(data.MINI.parent.glob("*_phrases.txt"))))


def test_files_of_a_submission_cannot_shadow_modules(sandbox: Sandbox):
    found = outputs(
        sandbox,
        "open('secrets.py', 'w').write('shadow = True'); open('course_lib.py', 'w').write('shadow = True')",
        "import secrets; print(hasattr(secrets, 'shadow'))",
    )
    assert found[1] == "False"


def test_memory_disk_and_output_are_bounded(sandbox: Sandbox):
    found = outputs(
        sandbox,
        "block = bytearray(8 * 2**30)",
        "for part in range(6): open(f'big{part}', 'wb').write(b'0' * 2**26)",
        "print('x' * 50_000_000)",
        "print('after')",
    )
    assert found[0] == "MemoryError"
    assert found[1] == "OSError"
    assert len(found[2]) < 3_000_000


def test_a_hanging_cell_costs_no_more_than_its_limit(sandbox: Sandbox):
    started = time.monotonic()
    found = outputs(
        sandbox, "while True:\n    try:\n        pass\n    except KeyboardInterrupt:\n        pass", "print('alive')"
    )
    assert found == ["Stopped", "alive"]
    assert time.monotonic() - started < 40


def test_a_process_that_detaches_dies_with_the_run(sandbox: Sandbox):
    marker = f"course-test-{time.monotonic_ns()}"
    outputs(
        sandbox,
        "import subprocess; subprocess.Popen(['bash', '-c', 'exec -a "
        f"{marker} sleep 300'], start_new_session=True); print('started')",
    )
    deadline = time.monotonic() + 5  # the system takes a namespace apart after its first process has ended
    while _runs(marker) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _runs(marker)


def _runs(name: str) -> bool:
    """Whether a process of the host or of a sandbox goes by this name."""
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if path.read_bytes().split(b"\0")[0] == name.encode():
                return True
        except OSError:
            continue  # it ended while we looked
    return False


def test_without_bubblewrap_grading_refuses_and_says_what_to_install(
    sandbox: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SandboxError, match="apt-get install bubblewrap"):
        sandbox.check()


def test_a_bubblewrap_that_may_not_make_namespaces_is_refused_too(
    sandbox: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    fake = tmp_path / "bwrap"
    fake.write_text("#!/bin/sh\necho 'No permissions to create new namespace' >&2\nexit 1\n")
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    with pytest.raises(SandboxError, match="No permissions"):
        sandbox.check()


def test_exit_ends_nothing(sandbox: Sandbox):
    assert outputs(sandbox, "exit()", "import time; time.sleep(0.5)", "quit()", "print('alive')")[3] == "alive"


def test_modules_that_a_notebook_writes_can_be_imported_but_shadow_nothing(sandbox: Sandbox):
    found = outputs(
        sandbox,
        "open('helpers.py', 'w').write('value = 7'); open('numpy.py', 'w').write('shadow = True')",
        "import helpers, numpy; print(helpers.value, hasattr(numpy, 'shadow'))",
    )
    assert found[1] == "7 False"


def test_no_second_sandbox_can_be_made_inside(sandbox: Sandbox):
    (found,) = outputs(
        sandbox, "import subprocess; print(subprocess.run(['unshare', '-Ur', 'true'], capture_output=True).returncode)"
    )
    assert found != "0"


def test_memory_backed_folders_are_bounded(sandbox: Sandbox):
    fill = "for part in range(6): open(f'/dev/shm/{part}', 'wb').write(b'0' * 2**26)"
    assert outputs(sandbox, fill) == ["OSError"]


def test_forged_observations_are_no_way_round_the_output_limit(sandbox: Sandbox):
    notebook = new_notebook(
        cells=[new_code_cell(f"for _ in range(5): display({{{MIME!r}: 'x' * 2_000_000}}, raw=True)")]
    )
    run(notebook, "ranking", {}, sandbox)
    assert sum(len(str(output)) for output in notebook.cells[0].outputs) < 3_000_000


def test_many_slow_cells_end_at_the_limit_of_the_submission(course_copy: Course):
    limits = Limits(cell_s=5, submission_s=4)
    sandbox = Sandbox(course_copy.public_truth("ranking"), course_copy.secret_data, limits=limits)
    notebook = new_notebook(cells=[new_code_cell("import time; time.sleep(0.9)") for _ in range(40)])
    result = run(notebook, "ranking", {}, sandbox)
    assert result.seconds < 20
    assert "used up its 4 s" in result.notes[0]


def test_stopwords_of_nltk_are_there_without_a_download(sandbox: Sandbox):
    (found,) = outputs(sandbox, "from nltk.corpus import stopwords; print('the' in stopwords.words('english'))")
    assert found == "True"
