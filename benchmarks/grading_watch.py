"""Runs a command and measures it, with all processes that it starts: time, computing time, memory.

python benchmarks/grading_watch.py FILE PERIOD COMMAND...

It is a program of its own, so that what a command leaves behind becomes its child and is noticed. Computing time is
that of a control group (`cpuacct`) where one can be made: what a parent adds up for the children it waited for lacks
kernels whose box was killed. FILE gets the measurement as JSON. PERIOD: seconds between two looks at the memory of all
processes, which cost computing time themselves; 0 for none.
"""

from __future__ import annotations

import ctypes
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from threading import Event, Thread

import psutil

MIB = 2**20
TICK = os.sysconf("SC_CLK_TCK")
COORDINATOR_PERIOD_S = 1.0
LINGER_S = 3.0  # that processes may take to end after the command
PR_SET_CHILD_SUBREAPER = 36
NOT_WORKERS = ("course_lib.warm", "resource_tracker", "ipykernel_launcher")
ACCOUNTS = Path("/sys/fs/cgroup/cpuacct")
COORDINATOR, WORKER, KERNEL = "coordinator", "worker", "kernel"


@dataclass(frozen=True)
class Look:
    """Memory at one moment, in MiB. kernels: what each running kernel has for itself. workers: shares of each."""

    second: float
    total: float
    kernels: list[float] = field(default_factory=list)
    workers: list[float] = field(default_factory=list)


@dataclass
class Measured:
    """A command. cpu_s: of all processes; None where the system does not tell.

    own_cpu_s: of the first process alone, its threads included.
    resident: MiB of the first process, once a second. looks: all processes together; pages that several share are
    counted once. hidden: processes whose memory the system did not tell us. left: processes that the command left
    behind.
    """

    code: int
    wall_s: float
    cpu_s: float | None
    own_cpu_s: float
    resident: list[float] = field(default_factory=list)
    looks: list[Look] = field(default_factory=list)
    hidden: int = 0
    left: list[str] = field(default_factory=list)
    output: str = ""

    @property
    def peak(self) -> float:
        """The most memory that all had together, in MiB."""
        return max((look.total for look in self.looks), default=0.0)

    @property
    def kernel(self) -> list[float]:
        """What each kernel had for itself, in MiB, at moments when there was another one."""
        return [size for look in self.looks if len(look.kernels) > 1 for size in look.kernels]

    @property
    def worker(self) -> list[float]:
        """What each worker had, in MiB."""
        return [size for look in self.looks for size in look.workers]


def measure(
    command: Sequence[str], folder: Path, variables: dict[str, str], scratch: Path, period_s: float = 0.0
) -> Measured:
    """Run a command in `folder` and measure it; the exit code is the caller's to judge.

    scratch: a folder for what is written meanwhile. period_s: see above.
    Raises: CourseError: nothing could be measured.
    """
    from course_lib.errors import CourseError  # not above: the program below shall start at once, without torch

    found, output = scratch / "measured.json", scratch / "output.txt"
    found.unlink(missing_ok=True)
    words = [sys.executable, __file__, str(found), str(period_s), *command]
    with open(output, "wb") as file:
        subprocess.run(
            words, cwd=folder, env=variables, stdout=file, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL
        )
    text = output.read_text(encoding="utf-8", errors="replace")
    if not found.is_file():
        raise CourseError(f"{command[0]} could not be measured: {text[-500:]}")
    document = json.loads(found.read_text(encoding="utf-8"))
    looks = [Look(**look) for look in document.pop("looks")]
    return Measured(**document | {"looks": looks, "output": text})


# --- the program -------------------------------------------------------------------------------------------


class _Memory:
    """Looks at the memory of a process and its descendants until it is stopped."""

    def __init__(self, pid: int, period_s: float) -> None:
        self.resident: list[float] = []
        self.looks: list[Look] = []
        self.hidden: set[int] = set()
        self._root, self._period_s, self._started = psutil.Process(pid), period_s, time.monotonic()
        self._stop = Event()
        self._threads = [Thread(target=self._repeat, args=(self._look_at_coordinator, COORDINATOR_PERIOD_S))]
        if period_s:
            self._threads.append(Thread(target=self._repeat, args=(self._look_at_all, period_s)))
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _repeat(self, look: Callable[[], None], period_s: float) -> None:
        while not self._stop.wait(period_s):
            with suppress(psutil.Error):
                look()

    def _look_at_coordinator(self) -> None:
        self.resident.append(self._root.memory_info().rss / MIB)

    def _look_at_all(self) -> None:
        roles = roles_of(self._root)
        kernels, workers, total = [], [], 0.0
        for process, role in roles:
            try:
                about = process.memory_full_info()
            except psutil.AccessDenied:
                self.hidden.add(process.pid)
                continue
            except psutil.Error:
                continue  # it has ended
            total += about.pss / MIB
            if role == KERNEL:
                kernels.append(about.uss / MIB)
            elif role == WORKER:
                workers.append(about.pss / MIB)
        self.looks.append(Look(time.monotonic() - self._started, total, kernels, workers))


def roles_of(root: psutil.Process) -> list[tuple[psutil.Process, str]]:
    """A process and its descendants, each with what it is; an empty text for what is none of these.

    A kernel is Python in a namespace of its own, or started as one, without a child like it. A worker is Python outside
    of the boxes; processes from which kernels are forked are none.
    """
    processes = [root, *root.children(recursive=True)]
    pythons = {process.pid: command for process in processes if (command := _python_command(process)) is not None}
    boxed = {pid for pid, command in pythons.items() if _is_boxed(pid) or "ipykernel_launcher" in command}
    parents = {_parent(process) for process in processes if process.pid in boxed}
    found = []
    for process in processes:
        role = ""
        if process == root:
            role = COORDINATOR
        elif process.pid in boxed - parents:
            role = KERNEL
        elif process.pid in pythons.keys() - boxed and not any(name in pythons[process.pid] for name in NOT_WORKERS):
            role = WORKER
        found.append((process, role))
    return found


def _python_command(process: psutil.Process) -> str | None:
    """The command of a process that runs Python, else None."""
    try:
        return " ".join(process.cmdline()) if process.name().startswith(("python", "course", "dask")) else None
    except psutil.Error:
        return None


def _is_boxed(pid: int) -> bool:
    try:
        return os.readlink("/proc/self/ns/pid") != os.readlink(f"/proc/{pid}/ns/pid")
    except OSError:
        return False


def _shown(process: psutil.Process) -> str:
    """A process in a few words."""
    try:
        return f"{process.name()}: {' '.join(process.cmdline())[:120]}"
    except psutil.Error:
        return "a process that has ended"


def _parent(process: psutil.Process) -> int:
    try:
        return process.ppid()
    except psutil.Error:
        return 0


def _own_cpu_s(pid: int) -> float:
    """Computing time of a process that has ended and that nobody has waited for yet, without that of its children."""
    words = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(words[11]) + int(words[12])) / TICK


class _Account:
    """The computing time of a process and all that descend from it, also of those for which nobody waited."""

    def __init__(self, accounts: Path = ACCOUNTS) -> None:
        try:
            self._group: Path | None = Path(tempfile.mkdtemp(prefix="course-benchmark-", dir=accounts))
        except OSError:
            self._group = None  # no such hierarchy, or not for this user

    def join(self) -> None:
        """In the process that is to be counted."""
        if self._group is not None:
            (self._group / "cgroup.procs").write_text("0")

    def close(self) -> float | None:
        """Seconds in all; None where they are not known."""
        if self._group is None:
            return None
        seconds = int((self._group / "cpuacct.usage").read_text()) / 1e9
        with suppress(OSError):
            self._group.rmdir()
        return seconds


def _run(command: list[str], period_s: float) -> Measured:
    # Processes whose parent ends first become our children.
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    account = _Account()
    started = time.monotonic()
    try:
        process = subprocess.Popen(command, preexec_fn=account.join)
    except OSError:
        account.close()
        raise
    memory = _Memory(process.pid, period_s)
    os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
    wall_s = time.monotonic() - started
    own_cpu_s = _own_cpu_s(process.pid)
    memory.stop()
    code = process.wait()
    _, left = psutil.wait_procs(psutil.Process().children(recursive=True), LINGER_S)
    names = [_shown(one) for one in left]
    for one in left:
        with suppress(psutil.Error):
            one.kill()
    with suppress(ChildProcessError):
        while True:
            os.waitpid(-1, 0)
    found = Measured(code, wall_s, account.close(), own_cpu_s, memory.resident, memory.looks)
    found.hidden, found.left = len(memory.hidden), names
    return found


if __name__ == "__main__":
    measured = _run(sys.argv[3:], float(sys.argv[2]))
    Path(sys.argv[1]).write_text(json.dumps(asdict(measured)), encoding="utf-8")
