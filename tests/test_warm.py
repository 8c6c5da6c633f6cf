"""Kernels that are forked into their boxes: as closed as those that are started there, and strangers to each other."""

from __future__ import annotations

import json
import os
import re
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import matplotlib
import psutil
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from course_lib.grading import kernels
from course_lib.grading.kernels import RUN, clean_up, kernel_manager, warmed
from course_lib.grading.run import run
from course_lib.grading.sandbox import Limits, Sandbox, SandboxError
from course_lib.grading.zygote import Zygote, ZygoteError, imported_by
from course_lib.paths import Course, temporary

pytestmark = pytest.mark.slow
OF_A_PROCESS = "import os, json; print(json.dumps({name: open('/proc/self/' + name).read() for name in %r}))"
PLOT_STATE = "print(matplotlib.get_backend(), matplotlib.is_interactive(), matplotlib.rcParams['figure.dpi'])"
NAMESPACES = ("cgroup", "ipc", "mnt", "net", "pid", "user", "uts")


@pytest.fixture(scope="module")
def cold(course_copy: Course) -> Sandbox:
    return Sandbox(course_copy.public_truth("ranking"), course_copy.secret_data, limits=Limits(cell_s=20))


@pytest.fixture(scope="module")
def warm(cold: Sandbox) -> Iterator[Sandbox]:
    with warmed(cold, ["nltk", "gensim.models"]) as sandbox:
        yield sandbox


def printed(sandbox: Sandbox, *sources: str) -> list[str]:
    notebook = new_notebook(cells=[new_code_cell(source) for source in sources])
    run(notebook, "ranking", {}, sandbox)
    for cell in notebook.cells:
        assert all(output.output_type == "stream" for output in cell.outputs), cell.outputs
    return ["".join(output.text for output in cell.outputs).strip() for cell in notebook.cells]


def status(text: str) -> dict[str, str]:
    """What /proc/self/status says of rights."""
    lines = dict(line.split(":\t", 1) for line in text.splitlines())
    kept = ("Uid", "Gid", "Groups", "CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb", "NoNewPrivs", "Seccomp")
    return {name: lines[name] for name in (*kept, "SigBlk", "SigIgn", "SigCgt", "Umask")}


def test_it_has_the_rights_and_limits_of_a_kernel_that_is_started_in_its_box(cold: Sandbox, warm: Sandbox):
    code = OF_A_PROCESS % (["status", "limits", "oom_score_adj", "environ"],)
    one, other = (json.loads(printed(sandbox, code)[0]) for sandbox in (cold, warm))
    assert status(one["status"]) == status(other["status"])
    assert status(other["status"])["CapEff"] == status(other["status"])["CapBnd"] == "0" * 16
    assert one["limits"] == other["limits"]
    assert one["oom_score_adj"] == other["oom_score_adj"] == "1000\n"
    assert set(other["environ"].split("\0")) <= set(one["environ"].split("\0"))


def test_it_is_in_namespaces_of_its_own(warm: Sandbox):
    code = f"import os; print(*(os.readlink('/proc/self/ns/' + name) for name in {NAMESPACES}))"
    host = [os.readlink(f"/proc/self/ns/{name}") for name in NAMESPACES]
    for name, *seen in zip(
        NAMESPACES, host, printed(warm, code)[0].split(), printed(warm, code)[0].split(), strict=True
    ):
        assert seen[0] not in seen[1:], name
    # Both kernels were there at once, so that neither could be given a number that was free again.
    with kernel_manager(warm) as first, kernel_manager(warm) as second:
        for name in NAMESPACES:
            assert _namespace(first.pids[-1], name) != _namespace(second.pids[-1], name)
        assert _namespace(first.pids[-1], "mnt") == _namespace(psutil.Process(first.pids[0]).children()[0].pid, "mnt")


def _namespace(pid: int, name: str) -> str:
    return os.readlink(f"/proc/{pid}/ns/{name}")


def test_nothing_of_the_host_comes_along(warm: Sandbox, course_copy: Course):
    files, known, modules, tree = printed(
        warm,
        "import os; print(*sorted(os.readlink(f'/proc/self/fd/{n}') for n in os.listdir('/proc/self/fd')"
        " if os.path.exists(f'/proc/self/fd/{n}')))",
        "print(open('/proc/self/cmdline').read(), open('/proc/self/environ').read(), open('/proc/self/maps').read())",
        "import sys; print(*(name for name in sys.modules if 'grading' in name or 'authoring' in name))",
        "import os; print(os.getppid(), os.getcwd(), os.listdir('.'))",
    )
    assert {re.sub(r":.*", "", name) for name in files.split()} <= {"socket", "pipe", "anon_inode", "/dev/null"}
    assert str(course_copy.root) not in known
    assert matplotlib.get_cachedir() not in known
    assert modules == ""
    assert tree == "0 /home/student/work ['test_gt.json']"


def test_one_submission_leaves_nothing_to_the_next(warm: Sandbox):
    leave = """import builtins, json, numpy, os, torch
builtins.left = json.left = torch.left = os.environ["LEFT"] = "left"
torch.manual_seed(5)
for folder in ("/tmp", ".", "/dev/shm"):
    open(folder + "/left", "w").write("left")
print(torch.rand(1).item(), numpy.random.rand())"""
    look = """import builtins, json, numpy, os, torch
print(any(hasattr(place, "left") for place in (builtins, json, torch)), "LEFT" in os.environ,
      any(os.path.exists(folder + "/left") for folder in ("/tmp", ".", "/dev/shm")))"""
    printed(warm, leave)
    for _ in range(3):  # a spare kernel was there before
        assert printed(warm, look) == ["False False False"]


def test_random_numbers_differ_from_kernel_to_kernel(warm: Sandbox):
    code = "import random, numpy, secrets; print(random.random(), numpy.random.rand(), secrets.token_hex())"
    one, other = (printed(warm, code)[0].split() for _ in range(2))
    assert not set(one) & set(other)


@pytest.mark.parametrize(
    "last", ["plt.show()", "plt.gcf()", "None", "from course_lib import plots; plots.bars({'a': 1}, 'b')"]
)
def test_pictures_are_shown_as_in_a_kernel_that_is_started(cold: Sandbox, warm: Sandbox, last: str):
    code = f"import matplotlib.pyplot as plt\nplt.figure(figsize=(1, 1)); plt.plot([1, 2])\n{last}"
    shown = []
    for sandbox in (cold, warm):
        notebook = new_notebook(cells=[new_code_cell(code), new_code_cell(f"import matplotlib\n{PLOT_STATE}")])
        run(notebook, "ranking", {}, sandbox)
        picture, state = notebook.cells
        shown.append((*(sorted(output.data) for output in picture.outputs), state.outputs[0].text))
    assert shown[0] == shown[1]
    assert "image/png" in shown[0][0]


def test_memory_that_it_does_not_write_is_shared(warm: Sandbox):
    (text,) = printed(warm, "import torch, gensim; print(open('/proc/self/smaps_rollup').read())")
    found = {name: int(size) for name, size in re.findall(r"(\w+): +(\d+) kB", text)}
    assert found["Private_Dirty"] < 150 * 1024 < found["Rss"]


def test_a_kernel_that_dies_ends_its_box_and_costs_one_restart(warm: Sandbox):
    notebook = new_notebook(
        cells=[new_code_cell("import os; os.kill(os.getpid(), 9)"), new_code_cell("print('alive')")]
    )
    finished = run(notebook, "ranking", {}, warm)
    assert "made the kernel die" in finished.notes[0]
    assert notebook.cells[1].outputs[0].text == "alive\n"


def test_processes_that_a_kernel_leaves_end_with_its_box(warm: Sandbox):
    with kernel_manager(warm) as manager:
        kernel = psutil.Process(manager.pids[-1])
        box = psutil.Process(manager.pids[0])
    assert psutil.wait_procs([kernel, box], timeout=10)[1] == []
    deadline = time.monotonic() + 10  # another thread removes it
    while manager.run.exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not manager.run.exists()


def test_a_box_whose_spare_kernel_was_killed_is_replaced(warm: Sandbox):
    printed(warm, "print()")  # now there is a spare one
    assert warm.warm is not None
    spare, _ = warm.warm._spare.result()
    psutil.Process(spare.pids[-1]).kill()
    spare.box.wait(timeout=10)
    assert printed(warm, "print('alive')") == ["alive"]


def test_a_process_to_fork_from_that_was_killed_is_started_again(warm: Sandbox):
    assert warm.warm is not None
    process = warm.warm._zygote._process
    process.kill()
    process.wait()
    assert [printed(warm, "print('alive')") for _ in range(3)] == [["alive"]] * 3


def test_other_limits_than_those_of_the_spare_kernel_are_kept(warm: Sandbox):
    changed = replace(warm, limits=replace(warm.limits, open_files=100))
    (found,) = printed(changed, "import resource; print(resource.getrlimit(resource.RLIMIT_NOFILE)[0])")
    assert found == "100"


def test_trusted_code_and_gpus_get_kernels_of_their_own(cold: Sandbox):
    for changed in (replace(cold, isolation="none"), replace(cold, gpu=True)):
        with warmed(changed, []) as same:
            assert same == changed


def test_where_no_box_can_be_made_it_says_so(cold: Sandbox, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(Sandbox, "box", lambda *arguments: ["false"])
    with warmed(cold, []) as sandbox, pytest.raises(SandboxError, match="course doctor"):
        run(new_notebook(), "ranking", {}, sandbox)


def test_a_request_that_cannot_be_met_is_an_error(warm: Sandbox):
    with Zygote([], warm.environment(), []) as zygote:
        with pytest.raises(ZygoteError, match="ProcessLookupError"):
            zygote.fork({"box": 2**22, "argv": [], "folder": "/", "groups": [], "limits": {}})
        assert zygote._process is None


def test_run_folders_of_dead_processes_are_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(kernels, "temporary", lambda: tmp_path)
    monkeypatch.setattr(kernels.cgroup, "ROOT", tmp_path / "groups")
    group = tmp_path / "groups" / "pids" / f"course-{2**22}-x"
    group.mkdir(parents=True)
    dead, ours = (tmp_path / (RUN.format(pid) + "x") for pid in (2**22, os.getpid()))
    dead.mkdir()
    ours.mkdir()
    clean_up()
    assert not dead.exists() and not group.exists() and ours.exists()


def test_imports_of_a_notebook_are_found_in_whole_cells_only():
    cells = ["import numpy as np, os.path", "from torch import nn\nfrom . import x", "import ("]
    notebook = new_notebook(cells=[new_code_cell(cell) for cell in cells])
    assert imported_by(notebook) == ["numpy", "os.path", "torch", "torch.nn"]


def test_a_long_name_of_the_temporary_folder_leaves_room_for_sockets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    long = tmp_path / ("x" * 90)
    monkeypatch.setattr("tempfile.tempdir", str(long))
    assert str(temporary()) == "/tmp"
    monkeypatch.setattr("tempfile.tempdir", "/var/tmp")
    assert str(temporary()) == "/var/tmp"
