"""The closed box in which student code runs: Bubblewrap, no network, nothing of the host but Python.

The kernel speaks over IPC sockets in a private folder, with a session key; no port is opened.
What the box sees: the system's and Python's libraries and `course_lib` without its grading and authoring parts
(read-only), the public ground truth, the secret data of this grading, empty scratch space in memory.
What it does not see: the course folder, other submissions, the private ground truth, the host's processes,
environment variables and home folders.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING

import matplotlib.font_manager  # its import writes the font cache that the box reads

import course_lib
from course_lib.data import FUNCTION_WORDS
from course_lib.errors import CourseError

if TYPE_CHECKING:
    from course_lib.grading.kernels import WarmKernels

HOME = "/home/student"
WORK = f"{HOME}/work"
DATA = "/data"
NLTK = "/nltk"
SOCKETS = "sockets"
GIB = 2**30
NAMESPACES = ("--unshare-all", "--unshare-user", "--disable-userns")  # the last one: Bubblewrap 0.8
HIDDEN = ("grading", "authoring")  # parts of course_lib that are not in the box
EMPTY = "data/*_phrases.txt"  # they would tell which candidates ask the same, or what a headline is about


class SandboxError(CourseError):
    """No sandbox can be had; the message says what to install."""


@dataclass(frozen=True)
class Limits:
    """What one submission may use. Times in seconds, sizes in bytes."""

    cell_s: int = 60  # of wall clock; trainings take up to half of it on a free core
    submission_s: int = 300  # of wall clock
    cpu_s: int = 600  # of all processes together
    restarts: int = 3
    memory: int = 6 * GIB  # of all processes together, and the address space of each; torch alone maps 2 GiB
    scratch: int = GIB // 4  # of each of its three folders: home, /tmp and /dev/shm
    file: int = GIB // 16
    processes: int = 256  # threads counted
    open_files: int = 512
    output: int = 2_000_000  # that is kept of what all cells print and show
    outputs: int = 500  # that are kept

    @classmethod
    def with_changes(cls, changes: dict[str, int]) -> Limits:
        """The default limits with some changed. Raises: SandboxError: there is no such limit, or it is no number."""
        known = [item.name for item in fields(cls)]
        for name, value in changes.items():
            if name not in known:
                raise SandboxError(f"c.RunInSandbox.limits knows no {name!r}; there are: {', '.join(known)}")
            if type(value) is not int or value < (0 if name == "restarts" else 1):
                raise SandboxError(f"the limit {name!r} in c.RunInSandbox.limits is a positive integer, not {value!r}")
        return cls(**changes)


@dataclass(frozen=True)
class Sandbox:
    """How kernels are started. isolation: `bubblewrap` or, for code that you trust, `none`.

    warm: has kernels ready, forked into their boxes; without it each is started there, which takes seconds.
    """

    public_truth: Path
    data: Path
    isolation: str = "bubblewrap"
    limits: Limits = Limits()
    gpu: bool = False
    warm: WarmKernels | None = None

    def check(self) -> None:
        """Raises: SandboxError: Bubblewrap is missing or may not make namespaces here."""
        if self.isolation == "none":
            return
        bwrap = shutil.which("bwrap")
        if bwrap is None:
            raise SandboxError(
                "Bubblewrap is missing, and student code does not run without a sandbox. "
                "Install it: sudo apt-get install bubblewrap (or: sudo dnf install bubblewrap). "
                "For code that you trust: --isolation none"
            )
        tried = subprocess.run([bwrap, *NAMESPACES, "--ro-bind", "/", "/", "true"], capture_output=True, text=True)
        if tried.returncode != 0:
            raise SandboxError(
                f"Bubblewrap cannot make a sandbox here ({tried.stderr.strip()[:200]}). "
                "It must be version 0.8 or newer. "
                "Allow unprivileged user namespaces: sudo sysctl kernel.unprivileged_userns_clone=1 "
                "(on Ubuntu: kernel.apparmor_restrict_unprivileged_userns=0). For code that you trust: --isolation none"
            )

    def environment(self) -> dict[str, str]:
        """The environment of the kernel; nothing of the host's is in it."""
        inside = self.isolation != "none"
        variables = {
            "PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin",
            "HOME": HOME if inside else tempfile.gettempdir(),
            "USER": "student",
            "LANG": "C.UTF-8",
            "COURSE_DATA": DATA if inside else str(self.data),
            "OMP_NUM_THREADS": "1",  # one submission keeps to one core
            "NLTK_DATA": NLTK if inside else "/nonexistent",
            "PIP_NO_INDEX": "1",  # there is no network: pip lines fail at once, not after retries
        }
        return variables if self.gpu else variables | {"CUDA_VISIBLE_DEVICES": ""}

    def command(self, kernel: list[str], run: Path) -> list[str]:
        """The command that starts `kernel`, the run folder being visible to it."""
        if self.isolation == "none":
            return kernel
        # Student code waits for the grader, not the reverse; where memory runs out, the system ends it first.
        start = ["nice", "-n", "10", "choom", "-n", "1000", "--", "prlimit"]
        for name, value in self.limits_of_a_process().items():
            start.append(f"--{name.removeprefix('RLIMIT_').lower()}={value}")
        return self.box(start + kernel, run)

    def limits_of_a_process(self) -> dict[str, int]:
        """Its resource limits, by their names in Python."""
        limits = self.limits
        found = {
            "RLIMIT_FSIZE": limits.file,
            "RLIMIT_NOFILE": limits.open_files,
            "RLIMIT_NPROC": limits.processes,
            "RLIMIT_CPU": limits.cpu_s,
            "RLIMIT_CORE": 0,
        }
        return found if self.gpu else found | {"RLIMIT_AS": limits.memory}  # CUDA maps far more than it uses

    def box(self, inside: list[str], run: Path, more: tuple[str, ...] = ()) -> list[str]:
        """The command that makes a box and starts `inside` in it, the run folder being visible to it.

        more: options for Bubblewrap.
        """
        limits = self.limits
        # Stopwords are the same wherever the class is graded.
        (run / "english").write_text("\n".join(sorted(FUNCTION_WORDS)) + "\n", encoding="utf-8")
        (run / "passwd").write_text(f"student:x:1000:1000::{HOME}:/bin/false\n")
        package = Path(course_lib.__file__).parent
        command = ["bwrap", *more, *NAMESPACES, "--uid", "1000", "--gid", "1000", "--hostname", "student"]
        command += ["--die-with-parent", "--new-session", "--cap-drop", "ALL", "--clearenv"]
        for name, value in self.environment().items():
            command += ["--setenv", name, value]
        command += ["--ro-bind", "/usr", "/usr", "--proc", "/proc", "--dev", "/dev"]
        command += ["--size", str(limits.scratch), "--tmpfs", "/dev/shm", "--remount-ro", "/dev"]
        for folder in ("/tmp", HOME):
            command += ["--size", str(limits.scratch), "--tmpfs", folder]
        for name in ("/bin", "/sbin", "/lib", "/lib32", "/lib64"):
            if os.path.islink(name):
                command += ["--symlink", os.readlink(name), name]
            elif os.path.isdir(name):
                command += ["--ro-bind", name, name]
        for name in ("/etc/ld.so.cache", "/etc/alternatives", "/etc/localtime"):
            command += ["--ro-bind-try", name, name]
        for folder in dict.fromkeys((sys.base_prefix, sys.prefix, str(package))):
            command += ["--ro-bind", folder, folder]
        for part in HIDDEN:
            command += ["--size", "4096", "--tmpfs", str(package / part), "--remount-ro", str(package / part)]
        for path in package.glob(EMPTY):
            command += ["--ro-bind", "/dev/null", str(path)]
        command += ["--ro-bind", str(run / "passwd"), "/etc/passwd", "--ro-bind", str(self.data), DATA]
        command += ["--dir", WORK, "--ro-bind", str(self.public_truth), f"{WORK}/test_gt.json"]
        command += ["--ro-bind", str(run / "english"), f"{NLTK}/corpora/stopwords/english"]
        for fonts in Path(matplotlib.get_cachedir()).glob("fontlist-*.json"):
            command += ["--ro-bind", str(fonts), f"{HOME}/.cache/matplotlib/{fonts.name}"]
        for device in sorted(Path("/dev").glob("nvidia*")) if self.gpu else []:
            command += ["--dev-bind", str(device), str(device)]
        command += ["--ro-bind", str(run / "kernel.json"), str(run / "kernel.json")]
        command += ["--bind", str(run / SOCKETS), str(run / SOCKETS), "--remount-ro", "/", "--chdir", WORK, "--"]
        return command + inside
