"""Kernels in the sandbox: started there, or forked into it; they speak over IPC sockets in a private folder."""

from __future__ import annotations

import json
import os
import select
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from queue import Empty
from threading import Lock
from types import TracebackType
from typing import Any

import psutil
import zmq
from jupyter_client.asynchronous import AsyncKernelClient
from jupyter_client.channels import AsyncZMQSocketChannel
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from traitlets import Instance, Type

from course_lib.grading import cgroup
from course_lib.grading.cgroup import ControlGroup, control_group
from course_lib.grading.sandbox import SOCKETS, WORK, Sandbox, SandboxError
from course_lib.grading.zygote import Zygote
from course_lib.observation import MAX_BYTES
from course_lib.paths import temporary

MAX_MESSAGE = 3 * MAX_BYTES  # of the kernel's: room for an observation
# Before any student code: import the probe and all it needs; let exit() and a restart that a cell asks for end nothing,
# since the kernel would stop during a later, innocent cell; find modules that the notebook writes beside itself, last.
START = (
    "__import__('course_lib.probe'); type(get_ipython()).ask_exit = lambda self: None; "
    "type(get_ipython().kernel).do_shutdown = lambda self, restart: {'status': 'ok', 'restart': restart}; "
    "__import__('sys').path.append(__import__('os').getcwd())"
)
OPTIONS = [
    "--InteractiveShellApp.ignore_cwd=True",
    "--HistoryManager.enabled=False",
    f"--InteractiveShellApp.exec_lines={START}",
]
HOLD = 'echo > "/proc/self/fd/$1"; exec sleep infinity'  # "$1" is told that the box is ready
RUN = "course-run-{}-"  # what the run folders of a process are called
PATIENCE_S = 60  # on a busy machine
ASK_AGAIN_S = 0.02
KILL_S = 5  # for a process to end that was killed


@contextmanager
def kernel_manager(sandbox: Sandbox) -> Iterator[SandboxKernelManager]:
    """A manager whose kernel starts in the box, or waits there; its run folder is removed afterwards.

    Raises: SandboxError: no box or no kernel can be had.
    """
    if sandbox.warm is not None:
        with sandbox.warm.manager(replace(sandbox, warm=None)) as manager:
            yield manager
        return
    with _folder(sandbox) as (run, group):
        yield SandboxKernelManager(sandbox, run, group)


@contextmanager
def warmed(sandbox: Sandbox, modules: list[str]) -> Iterator[Sandbox]:
    """The sandbox with warm kernels, if it takes any. modules: what the kernels shall have imported already."""
    if sandbox.isolation == "none" or sandbox.gpu:  # CUDA cannot be shared
        yield sandbox
        return
    with WarmKernels(sandbox, modules) as warm:
        yield replace(sandbox, warm=warm)


@contextmanager
def _folder(sandbox: Sandbox) -> Iterator[tuple[Path, ControlGroup]]:
    """The folder and the control group of one run."""
    run = Path(tempfile.mkdtemp(prefix=RUN.format(os.getpid()), dir=temporary()))
    limits = sandbox.limits
    try:
        (run / SOCKETS).mkdir()
        shutil.copy(sandbox.public_truth, run / "test_gt.json")
        with control_group(limits.processes, limits.memory + 3 * limits.scratch) as group:
            yield run, group
    finally:
        shutil.rmtree(run, ignore_errors=True)


def clean_up() -> None:
    """Remove the run folders and control groups of processes that were killed; their boxes ended with them."""
    for run in temporary().glob(RUN.format("*") + "*"):
        maker = run.name.split("-")[2]
        if maker.isdigit() and not psutil.pid_exists(int(maker)):
            _end_box(run)
            shutil.rmtree(run, ignore_errors=True)
    cgroup.clean_up()


def _end_box(run: Path) -> None:
    """End a box whose maker was killed while it made it: until it is ready, it does not end with its maker."""
    for process in psutil.process_iter(["cmdline"]):
        if any(word.startswith(f"{run}/") for word in process.info["cmdline"] or []):
            with suppress(psutil.Error):
                process.kill()
                process.wait(PATIENCE_S)


class Client(AsyncKernelClient):
    """A client that waits no longer than it must."""

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Until the kernel answers and what it shows arrives.

        jupyter_client's own waits 0.2 s more, for messages to former clients: here there are none.
        Raises: RuntimeError: the kernel died, or does not answer in time (seconds).
        """
        end = time.monotonic() + (timeout or PATIENCE_S)
        answered = shown = False
        while not (answered and shown):
            self.kernel_info()  # once more, since what is shown before its channel is open is lost
            answered = await _arrived(self.shell_channel) or answered
            shown = await _arrived(self.iopub_channel) or shown
            if not await self._async_is_alive():
                raise RuntimeError("the kernel died before it answered")
            if time.monotonic() > end:
                raise RuntimeError("the kernel does not answer")


async def _arrived(channel: AsyncZMQSocketChannel) -> bool:
    with suppress(Empty):
        await channel.get_msg(ASK_AGAIN_S)
        return True
    return False


class OneKernel(KernelSpecManager):
    """Knows the one kernel that there is, whatever this machine has installed."""

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        """Of any name."""
        return KernelSpec(argv=["-m", "ipykernel_launcher"], display_name="Python 3", language="python")


class SandboxKernelManager(AsyncKernelManager):
    """Starts an ipykernel in the sandbox, over IPC sockets."""

    client_factory = Type(Client)
    kernel_spec_manager = Instance(OneKernel, ())

    def __init__(self, sandbox: Sandbox, run: Path, group: ControlGroup) -> None:
        """run: the folder of this run. group: where the box is counted."""
        super().__init__(transport="ipc", connection_file=str(run / "kernel.json"), ip=str(run / SOCKETS / "k"))
        self.sandbox = sandbox
        self.run = run
        self.group = group

    @property
    def pids(self) -> list[int]:
        """Processes from which all descend that run in the box, the one that started the box first."""
        assert self.provisioner is not None
        return [self.provisioner.pid]  # type: ignore[attr-defined]

    @property
    def sockets(self) -> Path:
        """The one folder of the host that the box can write into."""
        return self.run / SOCKETS

    def client(self, **kwargs: Any) -> AsyncKernelClient:  # type: ignore[override]
        """A client that takes no message over the limit, however large the kernel's memory is."""
        client = super().client(**kwargs)
        client.context.setsockopt(zmq.MAXMSGSIZE, MAX_MESSAGE)
        return client

    def kernel(self) -> list[str]:
        """The kernel's command without the sandbox."""
        # -I: no user site, no PYTHON* variables, no current folder on the path.
        return [sys.executable, "-I", "-B", "-m", "ipykernel_launcher", "-f", self.connection_file, *OPTIONS]

    def format_kernel_cmd(self, extra_arguments: list[str] | None = None) -> list[str]:
        """The kernel's command, inside the sandbox."""
        return self.group.words + self.sandbox.command(self.kernel(), self.run)

    async def _async_kill_kernel(self, restart: bool = False) -> None:
        process = self.provisioner.process if self.provisioner is not None else None  # type: ignore[attr-defined]
        if process is not None:
            await self.provisioner.kill()  # type: ignore[union-attr]
            with suppress(subprocess.TimeoutExpired):
                process.wait(KILL_S)  # jupyter_client looks every 0.1 s only
            await super()._async_kill_kernel(restart)


class WarmKernelManager(SandboxKernelManager):
    """Has an empty box made and a kernel forked into it, before anybody asks for the kernel."""

    box: subprocess.Popen[bytes] | None = None
    forked: int | None = None

    @property
    def pids(self) -> list[int]:
        """The kernel does not descend from the process that started its box."""
        assert self.box is not None and self.forked is not None
        return [self.box.pid, self.forked]

    def prepare(self, zygote: Zygote) -> None:
        """Make the box, fork the kernel, and wait until it listens.

        Raises: SandboxError: Bubblewrap made no box, or no kernel could be forked.
        """
        self.write_connection_file()
        about, ready = os.pipe(), os.pipe()
        try:
            hold = ["sh", "-c", HOLD, "sh", str(ready[1])]
            self.box = subprocess.Popen(
                self.group.words + self.sandbox.box(hold, self.run, ("--info-fd", str(about[1]))),
                env=self.sandbox.environment(),  # of Bubblewrap itself, which student code can look at
                pass_fds=(about[1], ready[1]),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
            os.close(about[1])
            os.close(ready[1])
            if not select.select([ready[0]], [], [], PATIENCE_S)[0] or not os.read(ready[0], 1):
                raise SandboxError("Bubblewrap made no box; what this machine lacks, tells: course doctor")
            self.forked = zygote.fork(
                {
                    "box": json.loads(os.read(about[0], 4096))["child-pid"],
                    "argv": self.kernel()[4:],
                    "connection_file": self.connection_file,
                    "folder": WORK,
                    "groups": [str(path) for path in self.group.members],
                    "limits": self.sandbox.limits_of_a_process(),
                }
            )
        finally:
            os.close(about[0])
            os.close(ready[0])
        self._wait_for_sockets()

    def _wait_for_sockets(self) -> None:
        """A client that connects before the kernel listens tries again after 0.1 s only."""
        end = time.monotonic() + PATIENCE_S
        while not all(os.path.exists(f"{self.ip}-{port}") for port in self.ports):
            if not self.alive or time.monotonic() > end:
                raise SandboxError("a forked kernel died before it listened")
            time.sleep(0.005)

    @property
    def alive(self) -> bool:
        """Whether the box is there; it ends with the kernel."""
        return self.box is not None and self.box.poll() is None

    def end(self) -> None:
        """End the box, and all that is in it."""
        if self.box is not None:
            self.box.kill()
            self.box.wait()

    def format_kernel_cmd(self, extra_arguments: list[str] | None = None) -> list[str]:
        """There is nothing to start."""
        return []

    async def _async_launch_kernel(self, kernel_cmd: list[str], **kw: Any) -> None:
        provisioner: Any = self.provisioner
        provisioner.process, provisioner.pid = self.box, self.pids[0]
        self._reconcile_connection_info(provisioner.connection_info)


class WarmKernels:
    """Kernels that are forked from one process; the next one is prepared while one is used, the last one cleaned up."""

    def __init__(self, sandbox: Sandbox, modules: list[str]) -> None:
        """modules: what the kernels shall have imported already."""
        self._sandbox = sandbox
        self._zygote = Zygote(modules, sandbox.environment(), OPTIONS)
        self._lock = Lock()
        # Its threads must outlive the boxes, which end with the thread that started them.
        self._threads = ThreadPoolExecutor(max_workers=2, thread_name_prefix="warm-kernels")
        self._spare: Future[tuple[WarmKernelManager, ExitStack]] | None = None

    def __enter__(self) -> WarmKernels:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End all boxes and the process. Kernels in use end too."""
        with self._lock:
            spare, self._spare = self._spare, None
        if spare is not None and not spare.cancel() and spare.exception() is None:
            spare.result()[1].close()
        self._threads.shutdown()
        self._zygote.close()

    @contextmanager
    def manager(self, sandbox: Sandbox) -> Iterator[WarmKernelManager]:
        """A kernel that waits in its box, of the kind that `sandbox` describes. Raises: SandboxError, ZygoteError."""
        manager, belongings = self._take() if sandbox == self._sandbox else self._ready(sandbox).result()
        try:
            yield manager
        finally:
            manager.end()
            self._threads.submit(belongings.close)

    def _take(self) -> tuple[WarmKernelManager, ExitStack]:
        """The spare one, if it is well; else another one."""
        with self._lock:
            spare, self._spare = self._spare or self._ready(self._sandbox), None
            manager, belongings = spare.result()
            if not manager.alive:
                belongings.close()
                manager, belongings = self._ready(self._sandbox).result()
            self._spare = self._ready(self._sandbox)
        return manager, belongings

    def _ready(self, sandbox: Sandbox) -> Future[tuple[WarmKernelManager, ExitStack]]:
        return self._threads.submit(self._prepare, sandbox)

    def _prepare(self, sandbox: Sandbox) -> tuple[WarmKernelManager, ExitStack]:
        with ExitStack() as stack:
            manager = WarmKernelManager(sandbox, *stack.enter_context(_folder(sandbox)))
            stack.callback(manager.end)
            manager.prepare(self._zygote)
            return manager, stack.pop_all()
