"""Running a student's own notebook and gathering its verdicts, for whoever works without Jupyter's own pages.

It is the student's code on the student's machine: the kernel is an ordinary one, in the notebook's folder.
"""

from __future__ import annotations

import asyncio
import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty
from subprocess import DEVNULL
from typing import Any

import nbformat
from jupyter_core.utils import run_sync
from nbclient import NotebookClient
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode

from course_lib import checks, progress, verdict
from course_lib.check_cell import parse
from course_lib.errors import CourseError, GroundTruthError
from course_lib.ground_truth import GroundTruth
from course_lib.progress import Progress
from course_lib.verdict import Outcome, Verdict

CELL_S = 120
GRACE_S = 10.0  # for a cell to end after its interrupt
TRUTH = "test_gt.json"
MOST_OF_CODE, MOST_OF_A_LINE = 40, 400  # characters


@dataclass
class Checked:
    """What running a notebook gave. findings: a line for each thing that is wrong."""

    progress: Progress
    findings: list[str]

    def as_data(self) -> dict[str, Any]:
        """JSON data for machines."""
        return {**self.progress.as_data(), "findings": self.findings}


@dataclass
class _Seen:
    """What was seen so far. notes: exercise -> why it has no verdict."""

    verdicts: dict[str, Verdict] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    findings: list[str] = field(default_factory=list)


def check(path: Path, cell_s: int = CELL_S, tick: Callable[[int, int], None] = lambda done, total: None) -> Checked:
    """Run all cells of a notebook, which stays as it is. tick: is told how many code cells are done, of how many.

    Raises: CourseError: there is nothing that can be checked.
    """
    notebook = _read(path)
    truth = GroundTruth.load(path.parent / TRUTH)
    if truth.assignment not in checks.ASSIGNMENTS:
        raise GroundTruthError(
            f"{path.parent / TRUTH} is of {truth.assignment!r}, which this course_lib does not know: update course_lib"
        )
    if not any(_exercise(cell, truth.assignment) for cell in notebook.cells):
        raise CourseError(
            f"{path} has no check cell of {truth.assignment}: its notebook and {TRUTH} must lie in one folder; "
            "fetch the notebook again and copy your answers into it"
        )
    seen = _Seen()
    run_sync(_run)(notebook, path, truth.assignment, cell_s, tick, seen)
    return Checked(progress.of(truth, seen.verdicts, seen.notes), seen.findings)


def _read(path: Path) -> NotebookNode:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # cells of other tools have no ids
            notebook = nbformat.read(path, as_version=4)
            nbformat.validate(notebook)
    except FileNotFoundError:
        raise CourseError(f"{path} is missing: give the path of your notebook, which ends in .ipynb") from None
    except OSError as error:
        raise CourseError(f"{path} cannot be read ({error.strerror}): give the path of your notebook") from None
    except Exception as error:
        raise CourseError(
            f"{path} is not a notebook ({type(error).__name__}): save it as .ipynb, or fetch it again"
        ) from None
    return notebook


def _exercise(cell: NotebookNode, assignment: str) -> str | None:
    """The exercise that a cell checks, as `assignment.exercise`; None for other cells."""
    if cell.cell_type != "code":
        return None
    try:
        exercise = f"{assignment}.{parse(cell.source).exercise}"
    except CourseError:
        return None
    return exercise if checks.find(exercise) else None


async def _run(
    notebook: NotebookNode, path: Path, assignment: str, cell_s: int, tick: Callable[[int, int], None], seen: _Seen
) -> None:
    client = NotebookClient(notebook, allow_errors=True, kernel_name="python3", record_timing=False)
    client.log.disabled = True  # findings say it in one line
    places = [place for place, cell in enumerate(notebook.cells) if cell.cell_type == "code" and cell.source.strip()]
    ready = False
    try:
        async with client.async_setup_kernel(cwd=str(path.parent.resolve()), stdout=DEVNULL, stderr=DEVNULL):
            ready = True
            for done, place in enumerate(places):
                tick(done, len(places))
                if not await _run_cell(client, place, _exercise(notebook.cells[place], assignment), cell_s, seen):
                    break
            tick(len(places), len(places))
    except RuntimeError as error:
        if ready:
            raise
        raise CourseError(f"no Python kernel starts here ({error}): install ipykernel") from None


async def _run_cell(client: NotebookClient, place: int, exercise: str | None, cell_s: int, seen: _Seen) -> bool:
    """Run one cell and keep what it gave; False where the kernel is lost."""
    cell = client.nb.cells[place]
    name = _name(cell, place)
    client.timeout = cell_s
    try:
        await client.async_execute_cell(cell, place)
    except CellTimeoutError:
        alive = await _interrupt(client)
        after = f"it ran for {cell_s} s and was interrupted"
        what = after if alive else f"{after}, in vain; the cells after it did not run"
        _note(seen, name, exercise, f"{what}: look for a loop that never ends, or give it longer with --cell-timeout")
        return alive
    except DeadKernelError:
        what = "the kernel died in it, and the cells after it did not run: look for exit calls, or too little memory"
        _note(seen, name, exercise, what)
        return False
    _gather(cell, name, exercise, seen)
    return True


def _gather(cell: NotebookNode, name: str, exercise: str | None, seen: _Seen) -> None:
    """Verdicts and errors among the outputs of a cell that has run."""
    shown = [verdict.from_data(output.data[verdict.MIME]) for output in cell.outputs if verdict.MIME in _data(output)]
    found = [one for one in shown if one is not None and one.exercise == exercise]
    if found and exercise is not None:
        seen.verdicts[exercise] = found[-1]
        finding = found[-1].finding
        if finding is not None and found[-1].outcome is not Outcome.NOT_IMPLEMENTED:  # all of those would say the same
            seen.findings.append(_line(f"[{exercise}] {finding.case}; got: {finding.got}; try: {finding.hint}"))
        return
    for output in cell.outputs:
        if output.output_type == "error" and output.ename == "NotImplementedError":
            return  # an exercise that is not written yet, which its own check says
        if output.output_type == "error":
            _note(seen, name, exercise, f"{output.ename}: {output.evalue}" if output.evalue else output.ename)
            return
    if exercise is not None:
        _note(seen, name, exercise, " ".join(output.text for output in cell.outputs if output.output_type == "stream"))


def _data(output: NotebookNode) -> dict[str, Any]:
    return output.get("data", {})


def _note(seen: _Seen, name: str, exercise: str | None, what: str) -> None:
    """Say what happened to a cell."""
    seen.findings.append(_line(f"{name}: {what}"))
    if exercise is not None:
        seen.notes[exercise] = _line(what)


def _name(cell: NotebookNode, place: int) -> str:
    """A cell as a person finds it: its place in the notebook, from 1, and its first line of code."""
    lines = [line.strip() for line in cell.source.splitlines() if line.strip()]
    code = next((line for line in lines if not line.startswith("#")), lines[0])
    return f"cell {place + 1} ({code if len(code) <= MOST_OF_CODE else code[:MOST_OF_CODE] + '…'})"


def _line(words: str) -> str:
    """One printable line of whatever a kernel said."""
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in " ".join(words.split()))[:MOST_OF_A_LINE]


async def _interrupt(client: NotebookClient) -> bool:
    """Interrupt the running cell; whether the kernel is ready again within `GRACE_S`."""
    manager: Any = client.km
    channels: Any = client.kc
    await manager.interrupt_kernel()
    asked = channels.kernel_info()
    end = time.monotonic() + GRACE_S
    ready = False
    while not ready and time.monotonic() < end:
        try:
            message = await channels.get_shell_msg(timeout=1)
        except Empty:
            continue
        ready = message["parent_header"].get("msg_id") == asked
    # nbclient still listens for the cell's outputs, and would take those of the next cell.
    left = asyncio.all_tasks() - {asyncio.current_task()}
    for task in left:
        task.cancel()
    await asyncio.gather(*left, return_exceptions=True)
    return ready
