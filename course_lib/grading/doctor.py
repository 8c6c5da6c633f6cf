"""What isolation this machine really gives to student code, found out by trying."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from unittest import mock

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook

from course_lib.grading.cgroup import control_group
from course_lib.grading.kernels import warmed
from course_lib.grading.run import run
from course_lib.grading.sandbox import GIB, Limits, Sandbox, SandboxError
from course_lib.paths import Course

VARIABLE = "COURSE_DOCTOR_TOKEN"  # is set in the grader while it tries
LIMITS = Limits(
    cell_s=10, submission_s=60, memory=3 * GIB, scratch=GIB // 16, file=GIB // 16, processes=64, output=100_000
)
HELD = "held"


@dataclass(frozen=True)
class Trial:
    """One thing that was tried. held: whether the sandbox held. found: what was seen, in words."""

    what: str
    held: bool
    found: str


# Each prints "held", or what it could do.
CELLS = {
    "the network": """import socket
try:
    socket.create_connection(("1.1.1.1", 53), timeout=3)
    print("a connection to the internet")
except OSError:
    print("held")""",
    "files of the course and of the home folder": """import os
print("held" if not any(map(os.path.exists, {paths!r})) else "they can be seen")""",
    "environment variables of the grader": """import os
print("held" if {variable!r} not in os.environ else "they can be read")""",
    "other processes": """import os
others = [pid for pid in os.listdir("/proc") if pid.isdigit()]
print("held" if len(others) < 20 else f"{{len(others)}} processes can be seen")""",
    "files outside the scratch folders": """import os
def writes(path):
    try:
        with open(path, "a"):
            return True
    except OSError:
        return False
found = [path for path in ("/usr/x", "/etc/x", "/x", {package!r} + "/x", "test_gt.json") if writes(path)]
print("held" if not found else f"{{found}} can be written")""",
    "the keyboard": """try:
    input("name? ")
    print("it was asked")
except Exception:
    print("held")""",
    "GPUs": """import glob
print("held" if not glob.glob("/dev/nvidia*") else "they can be used")""",
    "memory of one process": """try:
    block = bytearray({memory})
    print("more than the limit was given")
except MemoryError:
    print("held")""",
    "space for files": """try:
    for part in range(4):
        with open(f"part{{part}}", "wb") as file:
            file.write(bytes({file} // 2))
    print("more than the limit was written")
except OSError:
    print("held")""",
    "printing without end": """for _ in range(2000):
    print("x" * 1000)""",
}
# These end the kernel, so each is tried alone; they hold where the next cell is reached, in another kernel or not.
BREAKING = {
    "a loop that ignores interrupts": """while True:
    try:
        pass
    except KeyboardInterrupt:
        pass""",
    "processes without end": """import os, time
for _ in range({processes} + 20):
    if os.fork() == 0:
        time.sleep(60)
print("more than the limit were started")""",
    "memory of several processes": """import os, time
for _ in range(5):
    if os.fork() == 0:
        break
block = bytearray(int(0.6 * {memory}))
for place in range(0, len(block), 4096):
    block[place] = 1
time.sleep(5)""",
}


def examine(course: Course) -> list[Trial]:
    """Try everything, in the sandbox only: without one it would do harm."""
    assignment = course.assignments()[0]
    sandbox = Sandbox(course.public_truth(assignment), course.root / "source", limits=LIMITS)
    try:
        sandbox.check()
    except SandboxError as error:
        return [Trial("a sandbox", False, str(error))]
    with control_group(LIMITS.processes, LIMITS.memory) as group:
        bounded = Trial("limits of a whole sandbox", True, "a control group of the system" if group else "watched")
    if not group and os.geteuid() == 0:
        found = "this system bounds no number of processes for root: grade as another user"
        bounded = Trial("limits of a whole sandbox", False, found)
    words = {
        "paths": [str(course.root / "nbgrader_config.py"), str(course.root / "source"), *_home()],
        "variable": VARIABLE,
        "package": str(Path(__file__).parents[1]),
        "memory": LIMITS.memory,
        "file": LIMITS.file,
        "processes": LIMITS.processes,
    }
    with mock.patch.dict(os.environ, {VARIABLE: "secret"}), warmed(sandbox, []) as warm:
        started, forked = _tried(sandbox, words), _tried(warm, words)
    return [bounded, *(one if not one.held else other for one, other in zip(started, forked, strict=True))]


def _tried(sandbox: Sandbox, words: dict[str, Any]) -> list[Trial]:
    """Everything, in one kind of kernels: those that are started in their boxes, or forked into them."""
    notebook = new_notebook(cells=[new_code_cell(code.format(**words)) for code in CELLS.values()])
    run(notebook, "doctor", {}, sandbox)
    trials = [_seen(what, cell) for what, cell in zip(CELLS, notebook.cells, strict=True)]
    return trials + [_broken(sandbox, what, code.format(**words)) for what, code in BREAKING.items()]


def _home() -> list[str]:
    """What lies in the grader's home folder."""
    return [str(path) for path in Path.home().iterdir() if path.is_file()]


def _seen(what: str, cell: NotebookNode) -> Trial:
    text = "".join(str(output.get("text", output.get("evalue", ""))) for output in cell.outputs).strip()
    if what == "printing without end":
        return Trial(what, len(text) <= LIMITS.output, f"{len(text):,} characters were kept")
    return Trial(what, text == HELD, "" if text == HELD else text[:200] or "nothing was printed")


def _broken(sandbox: Sandbox, what: str, code: str) -> Trial:
    notebook = new_notebook(cells=[new_code_cell(code), new_code_cell("print('reached')")])
    done = run(notebook, "doctor", {}, replace(sandbox, limits=replace(LIMITS, restarts=1)))
    first, last = ("".join(str(output.get("text", "")) for output in cell.outputs).strip() for cell in notebook.cells)
    found = "; ".join(note.partition(" and was left out")[0] for note in done.notes)
    return Trial(what, last == "reached" and "more than" not in first, found or first)
