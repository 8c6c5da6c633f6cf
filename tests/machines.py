"""A Dask scheduler and its workers as processes of their own, each in a folder of its own, as on separate machines."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

BIN = Path(sys.executable).parent
PATIENCE_S = 90.0  # for a process on a busy machine


@dataclass(frozen=True)
class Machine:
    """Where a process runs. before: words before its command. words: options of its own."""

    folder: Path
    before: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


@dataclass
class Cluster:
    """One scheduler and some workers. They run when `start` returns, and again after another `start`."""

    scheduler: Machine
    workers: list[Machine]
    environment: dict[str, str]
    host: str = "127.0.0.1"
    port: int = 0
    processes: dict[int, subprocess.Popen[bytes]] = field(default_factory=dict)  # -1: the scheduler

    @property
    def address(self) -> str:
        """What `--scheduler` takes."""
        return f"tcp://{self.host}:{self.port}"

    def start(self) -> None:
        """Start what does not run. Raises: RuntimeError: the scheduler does not listen."""
        self.port = self.port or free_port()
        if not self.runs(-1):
            for number in list(self.processes):
                self.end(number)  # a worker that has lost its scheduler is of no use to the next one
            words = ["--host", self.host, "--port", str(self.port), "--no-dashboard"]
            self._start(-1, self.scheduler, ["scheduler", *words])
            if not holds(lambda: listens(self.host, self.port) or not self.runs(-1)) or not self.runs(-1):
                raise RuntimeError(f"no scheduler listens at {self.address}: see {self.scheduler.folder / 'log'}")
        for number, machine in enumerate(self.workers):
            if not self.runs(number):
                words = ["--nworkers", "1", "--nthreads", "1", "--no-dashboard", *machine.words]
                self._start(number, machine, ["worker", self.address, *words, "--local-directory", str(machine.folder)])

    def runs(self, number: int) -> bool:
        """Whether the process is there."""
        return number in self.processes and self.processes[number].poll() is None

    def end(self, number: int, by: signal.Signals = signal.SIGTERM) -> None:
        """End a process, which ends what it started; where it does not, that is killed too."""
        process = self.processes.pop(number, None)
        if process is None:
            return
        if process.poll() is None:
            process.send_signal(by)
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def stop(self) -> None:
        """End all, the scheduler last."""
        for number in sorted(self.processes, reverse=True):
            self.end(number)

    def _start(self, number: int, machine: Machine, words: list[str]) -> None:
        machine.folder.mkdir(parents=True, exist_ok=True)
        with open(machine.folder / "log", "ab") as log:
            self.processes[number] = subprocess.Popen(
                [*machine.before, str(BIN / "dask"), *words],
                cwd=machine.folder,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )


@contextmanager
def running(cluster: Cluster) -> Iterator[Cluster]:
    """The cluster, started; stopped afterwards."""
    try:
        cluster.start()
        yield cluster
    finally:
        cluster.stop()


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def listens(host: str, port: int) -> bool:
    """Whether somebody answers there."""
    try:
        socket.create_connection((host, port), timeout=1).close()
    except OSError:
        return False
    return True


def holds(condition: Callable[[], bool], patience_s: float = PATIENCE_S) -> bool:
    """Wait until `condition` is true; False where it does not come to be."""
    end = time.monotonic() + patience_s
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.01)
    return True
