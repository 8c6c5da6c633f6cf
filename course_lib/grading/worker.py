"""Grading at a Dask worker: the package of the assignment reaches it as a plugin, submissions as tasks.

The scheduler keeps the plugin and hands it to workers that start late or again. Students' code sees nothing of Dask: it
runs in the sandbox, without a network.
"""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Timer

import nbformat
from distributed import Worker, WorkerPlugin, get_worker
from nbformat import NotebookNode

from course_lib.errors import CourseError
from course_lib.grading import kernels, pipeline
from course_lib.grading import package as packages
from course_lib.grading.intake import HandedIn
from course_lib.grading.package import Package
from course_lib.grading.pipeline import Materials
from course_lib.grading.sandbox import Limits, SandboxError

START_S = 60  # that a kernel may take to start
MARGIN_S = 120  # for rebuilding and judging
TRIES = 3  # at starting a kernel
PAUSE_S = 1.0  # after the first of these, and as much longer after each further one
HUNG = 70  # exit code of a worker that ended itself


@dataclass(frozen=True)
class Job:
    """A submission to grade. number: its name on the way. plugin: whose materials it is graded with."""

    number: int
    handed: HandedIn
    fingerprint: str
    plugin: str


@dataclass(frozen=True)
class Result:
    """What came of a job. notebook: graded, as text of a file, or None: then failure says what is not the student's."""

    number: int
    notebook: str | None
    failure: str = ""


class Grading(WorkerPlugin):
    """Makes a worker ready for one assignment."""

    def __init__(self, name: str, package: Package) -> None:
        self.name = name
        self.package = package
        self.materials: Materials | None = None
        self._open: ExitStack | None = None

    def setup(self, worker: Worker) -> None:
        """Unpack in the worker's own folder. Raises: CourseError: this worker may not or cannot grade."""
        kernels.clean_up()
        root = Path(worker.local_directory) / self.name
        with ExitStack() as stack:
            stack.callback(shutil.rmtree, root, ignore_errors=True)
            folder = packages.unpack(self.package, root)
            packages.require_environment(folder, f"worker {worker.address}")
            self.materials = stack.enter_context(packages.materials(folder))
            try:
                self.materials.sandbox.check()
            except SandboxError as error:
                raise CourseError(f"worker {worker.address}: {error}") from None
            self._open = stack.pop_all()

    def teardown(self, worker: Worker) -> None:
        """Give back what `setup` took."""
        self.materials = None
        if self._open is not None:
            self._open.close()


def grade(job: Job) -> Result:
    """The task: grade one submission, within its budget; beyond it the worker ends, and the scheduler goes on."""
    worker = get_worker()
    worker.log_event(job.plugin, {"number": job.number})
    plugin = worker.plugins[job.plugin]
    assert isinstance(plugin, Grading) and plugin.materials is not None
    with ended_after(budget(plugin.materials.sandbox.limits)):
        return graded(job, plugin.materials)


def graded(job: Job, materials: Materials) -> Result:
    """A job's result. A kernel that does not start is tried again, since that is not the student's doing."""
    for attempt in range(1, TRIES + 1):
        try:
            notebook = pipeline.grade(job.handed, materials)
            return Result(job.number, written(notebook, job.fingerprint))
        except SandboxError as error:
            if attempt == TRIES:
                return Result(job.number, None, str(error))
            time.sleep(PAUSE_S * attempt)  # what is short now, such as memory, may not be so then
        except CourseError as error:
            return Result(job.number, None, str(error))
    raise AssertionError("every attempt returns or goes on")


def written(notebook: NotebookNode, fingerprint: str) -> str:
    """A graded notebook as text of a file, with the fingerprint of what it was made from."""
    notebook.metadata["course"]["fingerprint"] = fingerprint
    return nbformat.writes(notebook, version=4)


def budget(limits: Limits) -> float:
    """Seconds after which grading one submission has surely come to a halt."""
    starts = TRIES * (limits.restarts + 1) * START_S
    return limits.submission_s + limits.cell_s + starts + MARGIN_S


@contextmanager
def ended_after(seconds: float) -> Iterator[None]:
    """End this process if the block takes longer: a thread that hangs can be ended in no other way."""
    timer = Timer(seconds, _end, [seconds])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _end(seconds: float) -> None:
    print(f"a submission took more than {seconds:.0f} s in grading itself: this worker ends", file=sys.stderr)
    sys.stderr.flush()
    os._exit(HUNG)
