"""Trials: calls in forked processes, several at once, each within its limits of time and memory.

A trial starts from what its parent has in memory, so it costs milliseconds, and nothing that it changes, breaks or
fills reaches the parent or another trial.
"""

from __future__ import annotations

import multiprocessing
import os
import resource
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from tempfile import TemporaryDirectory
from typing import Any

from course_lib.errors import CourseError

MEMORY = 6 * 2**30  # bytes of data that one trial may hold


@dataclass(frozen=True)
class Failed:
    """The result of a trial that gave none. reason: "timed out", "died" or "out of memory"."""

    reason: str


@dataclass
class _Running:
    task: Any
    process: BaseProcess
    connection: Connection
    ends: float


def run(
    function: Callable[[Any], Any], tasks: Iterable[Any], limit_s: Callable[[Any], float], jobs: int
) -> Iterator[tuple[Any, Any]]:
    """(task, `function(task)`) as they finish; a `Failed` in place of a result that never came.

    limit_s: task -> seconds that it may take.
    Raises: CourseError: the system cannot fork. What `function` raises.
    """
    if "fork" not in multiprocessing.get_all_start_methods():
        raise CourseError("trials need a system that can fork processes, such as Linux")
    waiting = deque(tasks)
    running: list[_Running] = []
    with TemporaryDirectory() as folder:  # what a killed trial leaves behind goes with it
        try:
            while waiting or running:
                while waiting and len(running) < jobs:
                    task = waiting.popleft()
                    running.append(_start(function, task, limit_s(task), folder))
                patience = min(trial.ends for trial in running) - time.monotonic()
                wait([trial.connection for trial in running], max(0.0, patience))
                for trial in list(running):
                    if trial.connection.poll() or time.monotonic() > trial.ends:
                        running.remove(trial)
                        yield trial.task, _result(trial)
        finally:
            for trial in running:
                _end(trial)


def _start(function: Callable[[Any], Any], task: Any, seconds: float, folder: str) -> _Running:
    here, there = multiprocessing.Pipe(duplex=False)
    fork = multiprocessing.get_context("fork")
    process = fork.Process(target=_trial, args=(function, task, there, folder), daemon=True)
    process.start()
    there.close()  # so that the end of the process is the end of the pipe
    return _Running(task, process, here, time.monotonic() + seconds)


def _trial(function: Callable[[Any], Any], task: Any, connection: Connection, folder: str) -> None:
    tempfile.tempdir = folder
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    with open(os.devnull, "w") as nowhere:  # compiled libraries complain past sys.stderr
        os.dup2(nowhere.fileno(), 1)
        os.dup2(nowhere.fileno(), 2)
    try:
        connection.send(function(task))
    except MemoryError:
        connection.send(Failed("out of memory"))
    except Exception as error:
        connection.send(error)


def _result(trial: _Running) -> Any:
    try:
        result = trial.connection.recv() if trial.connection.poll() else Failed("timed out")
    except EOFError:
        result = Failed("died")
    finally:
        _end(trial)
    if isinstance(result, Exception):
        raise result
    return result


def _end(trial: _Running) -> None:
    trial.process.kill()
    trial.process.join()
    trial.connection.close()
