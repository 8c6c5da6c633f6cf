"""A control group for one sandbox, where the grader may make one: as root, on Linux.

It bounds processes and memory of the whole sandbox. For others than root the limit of processes holds without it: the
system counts them for each user and sandbox, but never for root.
"""

from __future__ import annotations

import os
import shlex
import signal
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

ROOT = Path("/sys/fs/cgroup")
PREFIX = "course-"  # then the process that made it
PATIENCE_S = 5  # for processes that are being killed


@dataclass(frozen=True)
class ControlGroup:
    """A group of processes; empty where none can be made. members: files that take a process id."""

    members: tuple[Path, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.members)

    @property
    def words(self) -> list[str]:
        """What stands before a command that starts in the group."""
        if not self.members:
            return []
        enter = " && ".join(f"echo $$ > {shlex.quote(str(path))}" for path in self.members)
        return ["sh", "-c", f'{enter} && exec "$@"', "sh"]


@contextmanager
def control_group(processes: int, memory: int) -> Iterator[ControlGroup]:
    """A new group with these limits; an empty one where none can be made.

    processes: at most, threads counted. memory: bytes, files in memory counted.
    """
    groups: list[Path] = []
    try:
        if (ROOT / "cgroup.controllers").is_file():  # version 2
            with suppress(OSError):
                (ROOT / "cgroup.subtree_control").write_text("+pids +memory")
            settings = {"pids.max": processes, "memory.max": memory, "memory.swap.max": 0}
            _make(groups, ROOT, settings)
        else:
            _make(groups, ROOT / "pids", {"pids.max": processes})
            _make(groups, ROOT / "memory", {"memory.limit_in_bytes": memory})
        made = ControlGroup(tuple(group / "cgroup.procs" for group in groups))
    except OSError:
        made = ControlGroup()
    try:
        yield made
    finally:
        for group in groups:
            _remove(group)


def clean_up() -> None:
    """Remove the groups of processes that were killed, and end what still runs in them: boxes that were half made."""
    for parent in (ROOT, ROOT / "pids", ROOT / "memory"):
        for group in parent.glob(f"{PREFIX}*-*"):
            maker = group.name.split("-")[1]
            if maker.isdigit() and not psutil.pid_exists(int(maker)):
                with suppress(OSError):  # another one cleans up too
                    for pid in (group / "cgroup.procs").read_text().split():
                        os.kill(int(pid), signal.SIGKILL)
                _remove(group)


def _make(groups: list[Path], parent: Path, settings: dict[str, int]) -> None:
    """Raises: OSError: not allowed here, or the system lacks such a limit."""
    group = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-", dir=parent))
    groups.append(group)
    for name, value in settings.items():
        with open(group / name, "r+") as file:  # never creates it
            file.write(str(value))


def _remove(group: Path) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while group.exists():
        try:
            group.rmdir()
        except OSError:
            if time.monotonic() > deadline:
                return  # a process in it cannot be killed; nothing more can be done
            time.sleep(0.02)
