"""Where the time of grading goes: the product's own steps, timed in this process, one submission after another."""

from __future__ import annotations

import importlib
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import ExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any
from unittest import mock

from grading_folders import Folder

from course_lib.errors import CourseError
from course_lib.grading import intake, journal, package, pipeline, records, store, worker
from course_lib.grading.book import Book, Entry
from course_lib.nbgrader_bridge import load_config


class Way(StrEnum):
    """How a step is called."""

    CALL = "a function"
    AWAIT = "a coroutine"
    ENTER = "a context manager, of which entering and leaving count"
    AWAIT_ENTER = "an asynchronous one"


@dataclass(frozen=True)
class Step:
    """A step of grading. place: `module:name` where it is looked up."""

    stage: str
    place: str
    way: Way = Way.CALL


RUN = "course_lib.grading.run"
STEPS = (
    Step("reading and rebuilding", "course_lib.grading.intake:parsed"),
    Step("reading and rebuilding", "course_lib.grading.pipeline:rebuilt"),
    Step("the box", f"{RUN}:kernel_manager", Way.ENTER),
    Step("the kernel's start and end", f"{RUN}:_Client.async_setup_kernel", Way.AWAIT_ENTER),
    Step("the kernel's start and end", f"{RUN}:_end_tasks", Way.AWAIT),
    Step("the watch", f"{RUN}:Watch.__enter__"),
    Step("the watch", f"{RUN}:Watch.__exit__"),
    Step("the student's cells", f"{RUN}:_Client.async_execute_cell", Way.AWAIT),
    Step("observing at the checks", f"{RUN}:_observe", Way.AWAIT),
    Step("looking through outputs", f"{RUN}:_sound"),
    Step("judging", "course_lib.grading.pipeline:write_verdicts"),
)
OTHER, WRITTEN, FILE, BOOK, JOURNAL = "other steps", "the notebook as text", "file", "gradebook", "journal and record"


class Clock:
    """Adds up seconds by stage. A step inside a step counts for the outer one."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self._depth = 0

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Count what happens meanwhile."""
        self._depth += 1
        started = time.perf_counter()
        try:
            yield
        finally:
            self._depth -= 1
            if not self._depth:
                self.seconds[name] += time.perf_counter() - started

    def timed(self, step: Step, original: Callable[..., Any]) -> Callable[..., Any]:
        """`original`, timed."""
        return {
            Way.CALL: self._call,
            Way.AWAIT: self._await,
            Way.ENTER: self._enter,
            Way.AWAIT_ENTER: self._await_enter,
        }[step.way](step.stage, original)

    def _call(self, stage: str, original: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            with self.stage(stage):
                return original(*args, **kwargs)

        return call

    def _await(self, stage: str, original: Callable[..., Any]) -> Callable[..., Any]:
        async def call(*args: Any, **kwargs: Any) -> Any:
            with self.stage(stage):
                return await original(*args, **kwargs)

        return call

    def _enter(self, stage: str, original: Callable[..., Any]) -> Callable[..., Any]:
        @contextmanager
        def call(*args: Any, **kwargs: Any) -> Iterator[Any]:
            with ExitStack() as stack:
                with self.stage(stage):
                    value = stack.enter_context(original(*args, **kwargs))
                try:
                    yield value
                finally:
                    with self.stage(stage):
                        stack.close()

        return call

    def _await_enter(self, stage: str, original: Callable[..., Any]) -> Callable[..., Any]:
        @asynccontextmanager
        async def call(*args: Any, **kwargs: Any) -> AsyncIterator[Any]:
            manager = original(*args, **kwargs)
            with self.stage(stage):
                value = await manager.__aenter__()
            try:
                yield value
            finally:
                with self.stage(stage):
                    await manager.__aexit__(None, None, None)

        return call


@contextmanager
def timed_steps(clock: Clock, steps: Sequence[Step] = STEPS) -> Iterator[None]:
    """Time the product's steps for a while. Raises: CourseError: there is no such step any more."""
    with ExitStack() as stack:
        for step in steps:
            owner, name = _owner(step)
            stack.enter_context(mock.patch.object(owner, name, clock.timed(step, getattr(owner, name))))
        yield


def _owner(step: Step) -> tuple[Any, str]:
    module, _, path = step.place.partition(":")
    *parts, name = path.split(".")
    try:
        owner: Any = importlib.import_module(module)
        for part in parts:
            owner = getattr(owner, part)
        getattr(owner, name)
    except (ImportError, AttributeError):
        raise CourseError(f"grading has no {step.place} any more: correct STEPS in {__file__}") from None
    return owner, name


# --- one class ---------------------------------------------------------------------------------------------


def profile(folder: Folder, students: Sequence[str]) -> dict[str, list[float]]:
    """Stage -> seconds of each submission but the first, which warms everything up.

    folder: of ours, with the class handed in. What the coordinator does follows each grading, so batches are of one.
    Raises: CourseError: nothing can be graded.
    """
    course, assignment = folder.course, folder.assignment
    config = load_config(course)
    found: dict[str, list[float]] = {}
    with ExitStack() as stack:
        root = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        unpacked = package.unpack(package.pack(course, assignment, config), root)
        materials = stack.enter_context(package.materials(unpacked))
        book = stack.enter_context(Book(course, config, assignment))
        storing = store.Store(course, config, assignment)
        for number, student in enumerate(students):
            clock = Clock()
            started = time.perf_counter()
            with timed_steps(clock):
                handed = intake.handed_in(course.submitted(student, assignment), assignment)
                notebook = pipeline.grade(handed, materials)
            clock.seconds[OTHER] = time.perf_counter() - started - sum(clock.seconds.values())
            with clock.stage(WRITTEN):
                text = worker.written(notebook, "0" * 64)
            with clock.stage(FILE):
                storing.write(student, text)
            with clock.stage(BOOK):
                book.write([Entry(student, notebook)])
            with clock.stage(JOURNAL):
                journal.append_all(
                    course.journal(assignment), [(records.of_notebook(notebook, student, assignment), None)]
                )
            if number:
                for stage in stages():
                    found.setdefault(stage, []).append(clock.seconds[stage])
    return found


def stages() -> list[str]:
    """All stages, in the order of a table."""
    return list(dict.fromkeys([*(step.stage for step in STEPS), OTHER, WRITTEN, FILE, BOOK, JOURNAL]))


def medians(found: dict[str, list[float]]) -> dict[str, float]:
    """Stage -> median of the submissions, in seconds."""
    return {stage: statistics.median(seconds) for stage, seconds in found.items()}
