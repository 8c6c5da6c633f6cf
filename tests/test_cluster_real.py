"""A cluster of separate machines, as far as one machine has them, grades as this one does."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import kills
import network
import psutil
import pytest
from kills import ASSIGNMENT, BIN, Differences, Place, State, differences, state
from machines import Cluster, Machine, holds, running

from course_lib.paths import Course

pytestmark = pytest.mark.slow
SIZE = 8
# What --preload runs in a worker: it has another torch, as far as it can tell.
OTHER_TORCH = """
from course_lib.grading import package

found = package.environment() | {"torch": "0.1"}
package.environment = lambda: found
"""


@pytest.fixture(scope="module")
def here() -> Iterator[Place]:
    with kills.place() as made:
        yield made


@pytest.fixture(scope="module")
def handed_in(here: Place) -> Course:
    return kills.make_course(here.root / "clean", SIZE)


@pytest.fixture(scope="module")
def local(here: Place, handed_in: Course) -> State:
    """What grading on this machine leaves."""
    course = Course(Path(shutil.copytree(handed_in.root, here.root / "local")))
    code, said = kills.run_command(course, here)
    assert code == kills.USUAL, said
    return state(course)


@pytest.fixture
def course(here: Place, handed_in: Course) -> Iterator[Course]:
    root = here.root / "course"
    shutil.copytree(handed_in.root, root)
    yield Course(root)
    shutil.rmtree(root)


def machines(here: Place, *names: str) -> list[Machine]:
    return [Machine(here.root / name) for name in names]


def secrets(workers: list[Machine]) -> list[Path]:
    """Secret ground truths that lie at workers."""
    return [path for machine in workers for path in machine.folder.rglob("secret.json")]


def in_autograded(course: Course) -> int:
    return len(list((course.root / "autograded").glob(f"*/{ASSIGNMENT}/{ASSIGNMENT}.ipynb")))


def started(course: Course, here: Place, cluster: Cluster) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [BIN / "course", "autograde", ASSIGNMENT, "--scheduler", cluster.address],
        cwd=course.root,
        env=here.environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def ended(process: subprocess.Popen[str]) -> tuple[int, str]:
    try:
        said, _ = process.communicate(timeout=kills.END_S)
    finally:
        process.kill()
    return process.returncode, said


def test_separate_processes_with_separate_folders_give_the_same_scores(here: Place, course: Course, local: State):
    scheduler, *workers = machines(here, "a", "b", "c")
    with running(Cluster(scheduler, workers, here.environment())) as cluster:
        code, said = ended(started(course, here, cluster))
        assert secrets(workers) == []  # the secret truth leaves with the run
    assert code == kills.USUAL, said
    assert differences(local, state(course)) == Differences()


def test_separate_networks_give_the_same_scores(here: Place, course: Course, local: State):
    reason = network.missing()
    if reason is not None:
        pytest.skip(reason)
    with ExitStack() as stack:
        scheduler, *workers = stack.enter_context(network.hosts(3))
        cluster = Cluster(
            Machine(here.root / "d", scheduler.before),
            [Machine(here.root / f"e{number}", worker.before) for number, worker in enumerate(workers)],
            here.environment(),
            scheduler.address,
            8786,
        )
        stack.enter_context(running(cluster))
        process = started(course, here, cluster)
        assert holds(lambda: in_autograded(course) > 0 or process.poll() is not None)
        peers = {
            connection.raddr.ip
            for connection in psutil.Process(process.pid).net_connections("tcp")
            if connection.raddr and connection.raddr.ip != "127.0.0.1"
        }
        code, said = ended(process)
    assert code == kills.USUAL, said
    assert peers == {scheduler.address}
    assert differences(local, state(course)) == Differences()


def test_a_worker_killed_in_a_run_changes_no_score(here: Place, course: Course, local: State):
    scheduler, *workers = machines(here, "f", "g", "h")
    with running(Cluster(scheduler, workers, here.environment())) as cluster:
        process = started(course, here, cluster)
        assert holds(lambda: in_autograded(course) > 0 or process.poll() is not None)
        nanny = psutil.Process(cluster.processes[0].pid)
        for one in (nanny, *nanny.children(recursive=True)):  # as if its machine had lost power
            with suppress(psutil.NoSuchProcess):  # some end with the one above them
                one.send_signal(signal.SIGKILL)
        assert process.poll() is None, "it ended before the kill"
        code, said = ended(process)
        assert cluster.runs(1)
    assert code == kills.USUAL, said
    assert differences(local, state(course)) == Differences()


def test_what_a_killed_coordinator_leaves_at_the_workers_goes_with_the_next_one(
    here: Place, course: Course, local: State
):
    scheduler, *workers = machines(here, "k", "l", "m")
    with running(Cluster(scheduler, workers, here.environment())) as cluster:
        process = started(course, here, cluster)
        assert holds(lambda: in_autograded(course) > 0 or process.poll() is not None)
        process.kill()
        process.communicate()
        assert secrets(workers)
        code, said = ended(started(course, here, cluster))
        assert holds(lambda: not secrets(workers), 20), secrets(workers)
        roots = [psutil.Process(cluster.processes[number].pid) for number in (0, 1)]
        words = [" ".join(one.cmdline()) for root in roots for one in root.children(recursive=True)]
    assert code == kills.USUAL, said
    assert [one for one in words if "course_lib.warm" in one or "bwrap" in one] == []
    assert differences(local, state(course)) == Differences()


def test_a_worker_with_another_environment_refuses_by_name(here: Place, course: Course):
    preload = here.root / "other_torch.py"
    preload.write_text(OTHER_TORCH)
    scheduler, worker = machines(here, "i", "j")
    other = Machine(worker.folder, words=("--preload", str(preload)))
    with running(Cluster(scheduler, [other], here.environment())) as cluster:
        code, said = ended(started(course, here, cluster))
    assert code == 2, said
    last = said.strip().splitlines()[-1]
    assert last.startswith("error: worker tcp://127.0.0.1:"), said
    assert "has torch 0.1, the coordinator 2." in last
    assert in_autograded(course) == 0


def test_a_namespace_that_is_left_is_gone():
    reason = network.missing()
    if reason is not None:
        pytest.skip(reason)
    before = os.listdir("/run/netns")
    with network.hosts(2) as made:
        own, other = made
        command = [*own.before, sys.executable, "-c", f"import socket; socket.socket().bind(('{own.address}', 0))"]
        assert subprocess.run(command).returncode == 0
        command[-1] = command[-1].replace(own.address, other.address)
        assert subprocess.run(command, stderr=subprocess.DEVNULL).returncode != 0
        assert len(os.listdir("/run/netns")) == len(before) + 2
    assert os.listdir("/run/netns") == before
