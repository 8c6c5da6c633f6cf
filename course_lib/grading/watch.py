"""Watching a running sandbox: what all its processes use together, which limits of single processes cannot bound."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread
from types import TracebackType

import psutil

from course_lib.grading.sandbox import GIB, Limits

PERIOD_S = 0.2
SOCKETS_BYTES = 2**20  # of files beside the sockets: there should be none
SOCKETS_FILES = 64
_MANY = "{} processes and threads are allowed"


class Watch:
    """Ends a sandbox that uses too much. reason: which limit it broke, in words for the student; None while none."""

    def __init__(self, pids: list[int], sockets: Path, limits: Limits) -> None:
        """pids: from which all of the sandbox descend. sockets: the folder of the host that the box can write into."""
        self.reason: str | None = None
        self._roots = [psutil.Process(pid) for pid in pids]
        self._sockets, self._limits = sockets, limits
        self._stop = Event()
        self._thread = Thread(target=self._look, daemon=True)

    def __enter__(self) -> Watch:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._stop.wait(PERIOD_S):
            try:
                processes = [one for root in self._roots for one in (root, *root.children(recursive=True))]
            except psutil.NoSuchProcess:
                return
            self.reason = self._excess(processes)
            if self.reason is not None:
                for process in processes:
                    _kill(process)
                return

    def _excess(self, processes: list[psutil.Process]) -> str | None:
        limits = self._limits
        if len(processes) >= limits.processes:  # no time to look at each of them
            return _MANY.format(limits.processes)
        found = [about for about in map(_about, processes) if about is not None]
        tasks = sum(threads for threads, _, _ in found)
        if tasks >= limits.processes:
            return _MANY.format(limits.processes)
        if sum(cpu for _, cpu, _ in found) > limits.cpu_s:
            return f"{limits.cpu_s} s of computing time are allowed"
        # Resident memory counts shared pages once for each process, so it only says when to look closer.
        if sum(resident for _, _, resident in found) > limits.memory and sum(map(_memory, processes)) > limits.memory:
            return f"{limits.memory / GIB:.1f} GiB of memory are allowed"
        if _too_much_in(self._sockets):
            return "files can be written in the home folder and in /tmp only"
        return None


def _about(process: psutil.Process) -> tuple[int, float, int] | None:
    """Threads, seconds of computing time, bytes of resident memory; None if it has ended."""
    try:
        with process.oneshot():
            times = process.cpu_times()
            seconds = times.user + times.system + times.children_user + times.children_system
            return process.num_threads(), seconds, process.memory_info().rss
    except psutil.Error:
        return None


def _memory(process: psutil.Process) -> int:
    """Bytes of memory, shared pages divided among those who share them."""
    try:
        return process.memory_full_info().pss
    except psutil.Error:
        return 0


def _kill(process: psutil.Process) -> None:
    with suppress(psutil.Error):  # it may have ended
        process.kill()


def _too_much_in(folder: Path) -> bool:
    size = count = 0
    for path, folders, files in os.walk(folder):
        count += len(folders) + len(files)
        if count > SOCKETS_FILES:
            return True
        for name in files:
            try:
                size += os.lstat(os.path.join(path, name)).st_blocks * 512
            except OSError:
                continue  # it is gone
    return size > SOCKETS_BYTES
