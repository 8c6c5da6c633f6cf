"""Running a rebuilt notebook in the sandbox, and collecting observations at its check cells.

A kernel that hangs or dies costs the exercise in whose cell or check it did so; the rest is run again without it.
"""

from __future__ import annotations

import ast
import asyncio
import json
import time
from dataclasses import dataclass, field
from subprocess import DEVNULL
from typing import Any

from jupyter_core.utils import run_sync
from nbclient import NotebookClient
from nbclient.exceptions import CellTimeoutError
from nbformat import NotebookNode, ValidationError, from_dict, validate
from nbgrader.utils import is_grade, is_locked, is_solution

from course_lib.check_cell import CheckCall, parse
from course_lib.grading.kernels import SandboxKernelManager, kernel_manager
from course_lib.grading.sandbox import Limits, Sandbox, SandboxError
from course_lib.grading.watch import Watch
from course_lib.observation import MAX_BYTES
from course_lib.probe import MIME
from course_lib.verdict import Outcome

# The checks as they are on disk, whatever a cell did to those in memory. The package goes too: it names old modules.
FRESH = (
    "[__import__('sys').modules.pop(name) for name in [*__import__('sys').modules] "
    "if (name + '.').startswith('course_lib.') and not name.startswith(('course_lib.data', 'course_lib.untouched'))]; "
)
SHOWN = ("stream", "display_data", "update_display_data", "execute_result", "error")


@dataclass
class Run:
    """What running a submission gave.

    observations: exercise -> encoded observation. broken: exercise -> how it broke the kernel.
    reasons: exercise -> which limit it broke, where one is known. unfinished: why not all was run, if so.
    notes: what the student should know, in words.
    """

    observations: dict[str, str] = field(default_factory=dict)
    broken: dict[str, Outcome] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)
    unfinished: str | None = None
    notes: list[str] = field(default_factory=list)
    seconds: float = 0.0


@dataclass(frozen=True)
class _Break:
    """Where a pass ended early. reason: which limit was broken, where one is known."""

    index: int
    outcome: Outcome
    reason: str | None = None

    @property
    def may_be_ours(self) -> bool:
        """Whether something outside, such as a machine short of memory, may have killed the kernel."""
        return self.outcome is Outcome.KERNEL_DIED and self.reason is None


def exercise_of(cell: NotebookNode, assignment: str) -> str | None:
    """The exercise that a check cell judges, as `assignment.exercise`; None for other cells."""
    if cell.cell_type == "code" and is_grade(cell) and not is_solution(cell):
        return f"{assignment}.{parse(cell.source).exercise}"
    return None


def run(notebook: NotebookNode, assignment: str, inputs: dict[str, str], sandbox: Sandbox) -> Run:
    """Run all code cells of `notebook`, which receives their outputs.

    inputs: exercise -> encoded inputs of its check, sent only when its check cell is reached.
    Raises: SandboxError: no kernel starts, so nothing can be said about the submission.
    """
    result = Run()
    started = time.monotonic()
    skipped: set[int] = set()
    suspected: set[int] = set()  # cells at which a kernel died once, it is not known why
    breaks = 0
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    while not result.unfinished:
        budget = sandbox.limits.submission_s - (time.monotonic() - started)
        broke = run_sync(_run_once)(notebook, assignment, inputs, sandbox, result, skipped, budget)
        if broke is not None and broke.may_be_ours and broke.index not in suspected:
            suspected.add(broke.index)  # whatever is the cell's doing happens again
        elif broke is not None:
            _blame(notebook, assignment, broke, skipped, result)
            breaks += 1
        if time.monotonic() - started >= sandbox.limits.submission_s:
            result.unfinished = f"the notebook used up its {sandbox.limits.submission_s} s"
        elif breaks > sandbox.limits.restarts:
            result.unfinished = f"the kernel broke {breaks} times"
        if broke is None:
            break
    if result.unfinished:
        result.notes.append(f"{result.unfinished}; what came after was not run")
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = [output for output in map(_sound, cell.outputs) if output is not None]
            count = cell.execution_count
            cell.execution_count = count if type(count) is int and count >= 0 else None
    result.seconds = time.monotonic() - started
    return result


def _sound(output: NotebookNode) -> NotebookNode | None:
    """An output that can be written into a notebook, whatever message it came from; None if it is none."""
    try:
        plain = from_dict(_writable(output))
        validate(plain, ref="output", version=4)
    except (TypeError, RecursionError, ValidationError):
        return None
    return plain


def _writable(value: Any) -> Any:
    """JSON data without lone surrogates, which no file can hold."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, dict):
        return {_writable(key): _writable(item) for key, item in value.items()}
    return [_writable(item) for item in value] if isinstance(value, list) else value


async def _run_once(
    notebook: NotebookNode,
    assignment: str,
    inputs: dict[str, str],
    sandbox: Sandbox,
    result: Run,
    skipped: set[int],
    budget: float,
) -> _Break | None:
    """One pass in a fresh kernel; where it broke, or None."""
    deadline = time.monotonic() + budget
    with kernel_manager(sandbox) as manager:
        client = _Client(notebook, sandbox.limits, manager)
        watch: Watch | None = None
        index = 0
        try:
            async with client.async_setup_kernel(
                env=sandbox.environment(), cwd=str(manager.run), stdout=DEVNULL, stderr=DEVNULL, cleanup_kc=True
            ):
                with Watch(manager.pids, manager.sockets, sandbox.limits) as watch:
                    for index, cell in enumerate(notebook.cells):
                        exercise = exercise_of(cell, assignment)
                        if cell.cell_type != "code" or index in skipped or exercise in result.observations:
                            continue
                        if time.monotonic() >= deadline:
                            return None
                        client.timeout = max(1, int(min(sandbox.limits.cell_s, deadline - time.monotonic())))
                        if exercise is None:
                            await client.async_execute_cell(cell, index)
                        else:
                            observed = await _observe(client, cell, index, exercise, inputs[exercise])
                            if observed is not None:
                                result.observations[exercise] = observed
        except CellTimeoutError as error:
            if "IOPub" in str(error):  # the reply came, but not all outputs
                return _Break(index, Outcome.KERNEL_DIED, "it printed or showed far too much")
            return _Break(index, Outcome.TIMED_OUT)
        # What a kernel sends may be anything, so nbclient may fail in any way.
        except (Exception, asyncio.CancelledError) as error:
            if watch is None:
                raise SandboxError(f"the sandboxed kernel does not start: {error}") from error
            return _Break(index, Outcome.KERNEL_DIED, watch.reason)
        finally:
            result.notes += [note for note in client.notes if note not in result.notes]
            if manager.has_kernel:  # it did not get as far as nbclient's own cleaning up
                await manager.shutdown_kernel(now=True)
            await _end_tasks()
    return None


async def _end_tasks() -> None:
    """End what nbclient leaves waiting where it failed; else its complaints reach the screen."""
    left = asyncio.all_tasks() - {asyncio.current_task()}
    for task in left:
        task.cancel()
    await asyncio.gather(*left, return_exceptions=True)


async def _observe(client: _Client, cell: NotebookNode, index: int, exercise: str, inputs: str) -> str | None:
    """Run the probe in place of a check cell; its encoded observation, None unless there is exactly one."""
    call = parse(cell.source)
    arguments = "".join(f"({argument}), " for argument in call.arguments)
    probe = NotebookNode(cell_type="code", metadata={}, outputs=[], execution_count=None, id=cell.get("id", "probe"))
    probe.source = _given_functions(client.nb, call) + (
        f"{FRESH}__import__('course_lib.probe').probe.show({exercise!r}, lambda: ({arguments}), {json.dumps(inputs)})"
    )
    client.left_for_probe = 2 * MAX_BYTES
    try:
        await client.async_execute_cell(probe, index, store_history=False)
    finally:
        client.left_for_probe = None
        client.nb.cells[index] = cell  # nbclient put the probe there
    found = [output.data[MIME] for output in probe.outputs if MIME in output.get("data", {})]
    return found[0] if len(found) == 1 and isinstance(found[0], str) else None


def _given_functions(notebook: NotebookNode, call: CheckCall) -> str:
    """The release's cells of functions that a check is given: they define them once more, whatever came since."""
    asked = {node.id for text in call.arguments for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Name)}
    found = ""
    for cell in notebook.cells:
        if cell.cell_type == "code" and is_locked(cell) and not is_grade(cell):
            body = ast.parse(cell.source).body
            if all(isinstance(node, ast.FunctionDef) for node in body) and asked & {node.name for node in body}:
                found += f"{cell.source}\n\n"
    return found


def _blame(notebook: NotebookNode, assignment: str, broke: _Break, skipped: set[int], result: Run) -> None:
    """Take the cell that broke the kernel out of the next pass, and its exercise with it."""
    skipped.add(broke.index)
    cell = notebook.cells[broke.index]
    checked = exercise_of(cell, assignment)
    what = "took too long" if broke.outcome is Outcome.TIMED_OUT else "made the kernel die"
    what += f" ({broke.reason})" if broke.reason else ""
    exercise = checked or (f"{assignment}.{_grade_id(cell)}" if is_solution(cell) else None)
    if checked is not None:
        answer = checked.partition(".")[2]
        skipped.update(place for place, other in enumerate(notebook.cells) if _grade_id(other) == answer)
    if exercise is None:
        result.notes.append(f"A cell that is not an exercise {what} and was left out: {cell.source.strip()[:60]!r}")
    else:
        result.broken[exercise] = broke.outcome
        if broke.reason:
            result.reasons[exercise] = broke.reason
    cell.outputs = [_error_output(f"This cell {what}; it was stopped, and the rest was run without it.")]


def _grade_id(cell: NotebookNode) -> str | None:
    return cell.metadata.get("nbgrader", {}).get("grade_id")


def _error_output(message: str) -> NotebookNode:
    return NotebookNode(output_type="error", ename="Stopped", evalue=message, traceback=[message])


class _Client(NotebookClient):
    """nbclient with a cap on what a submission may print."""

    def __init__(self, notebook: NotebookNode, limits: Limits, manager: SandboxKernelManager) -> None:
        super().__init__(notebook, allow_errors=True, shutdown_kernel="immediate", startup_timeout=60, km=manager)
        self.iopub_timeout, self.raise_on_iopub_timeout = 10, True
        self.ipython_hist_file = ""  # the kernel keeps no history
        self.record_timing = False  # the times would be the kernel's word
        self.left, self.outputs_left = limits.output, limits.outputs
        self.left_for_probe: int | None = None  # while a probe runs, its own budget
        self.notes: list[str] = []

    def process_message(self, msg: dict, cell: NotebookNode, cell_index: int) -> NotebookNode | None:
        if msg["msg_type"].startswith("comm_"):
            return None
        size = len(json.dumps(msg["content"], default=str))
        if self.left_for_probe is not None:
            if size > self.left_for_probe:
                return None
            self.left_for_probe -= size
        elif msg["msg_type"] in SHOWN:
            if size > self.left or self.outputs_left == 0:
                self.notes = ["Not all that the notebook printed and showed was kept: it was too much."]
                return None
            self.left -= size
            self.outputs_left -= 1
        return super().process_message(msg, cell, cell_index)
