"""The grader's end of `course_lib.warm`: a process from which kernels are forked into boxes."""

from __future__ import annotations

import ast
import compileall
import json
import socket
import subprocess
import sys
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Any

import matplotlib
from nbformat import NotebookNode

import course_lib
from course_lib.grading.sandbox import SandboxError

PATIENCE_S = 120  # for its imports on a busy machine


class ZygoteError(SandboxError):
    """No kernel could be forked; the message says why."""


class Zygote:
    """A process that has imported `modules`, and forks a kernel in milliseconds; started at the first need of it."""

    def __init__(self, modules: list[str], environment: dict[str, str], options: list[str]) -> None:
        """environment: of the box, so that nothing of the host's is in the process. options: of all kernels."""
        self._modules, self._environment, self._options = modules, environment, options
        self._lock = Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._channel: socket.socket | None = None

    def __enter__(self) -> Zygote:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def fork(self, request: dict[str, Any]) -> int:
        """Fork a kernel (`warm._enter` reads the request). Returns its process id.

        Raises: ZygoteError.
        """
        with self._lock:
            if self._process is None or self._process.poll() is not None:
                self._start()
            return self._ask(request)["pid"]

    def close(self) -> None:
        """End the process; kernels that were forked go on until their boxes end."""
        if self._channel is not None:
            self._channel.close()
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        self._process = self._channel = None

    def _start(self) -> None:
        self.close()
        # Checks are imported afresh before each observation; compiled once, that takes a fifth of the time.
        compileall.compile_dir(Path(course_lib.__file__).parent, quiet=2)
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-I", "-B", "-m", "course_lib.warm", str(theirs.fileno())],
                env=self._environment,
                cwd="/",
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        self._channel = ours
        ours.settimeout(PATIENCE_S)
        self._ask({"cache": matplotlib.get_cachedir(), "modules": self._modules, "options": self._options})

    def _ask(self, request: dict[str, Any]) -> dict[str, Any]:
        assert self._channel is not None
        try:
            self._channel.send(json.dumps(request).encode())
        except OSError as error:
            raise ZygoteError(f"the process that kernels are forked from is gone: {error}") from error
        return self._answer()

    def _answer(self) -> dict[str, Any]:
        assert self._channel is not None
        try:
            text = self._channel.recv(65536)
            answer = json.loads(text) if text else {"error": "the process that kernels are forked from ended"}
            error = answer.get("error")
        except OSError as problem:
            error = f"no answer from the process that kernels are forked from: {problem}"
        if error is not None:
            self.close()
            raise ZygoteError(error)
        return answer


def imported_by(notebook: NotebookNode) -> list[str]:
    """The modules that the code cells of a notebook import, as far as they can be read."""
    names: dict[str, None] = {}
    for cell in notebook.cells:
        if cell.cell_type != "code":
            continue
        try:
            tree = ast.parse(cell.source)
        except SyntaxError:
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                names.update(dict.fromkeys(alias.name for alias in node.names))
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names[node.module] = None
                names.update(dict.fromkeys(f"{node.module}.{alias.name}" for alias in node.names))
    return list(names)
