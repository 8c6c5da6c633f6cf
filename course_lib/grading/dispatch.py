"""Jobs to Dask workers and results back, as many in flight as keep the workers busy, whatever becomes of workers."""

from __future__ import annotations

import hashlib
import secrets
import time
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError
from dataclasses import dataclass, field, replace
from queue import Empty, Queue
from typing import Any

from distributed import Client, Future, KilledWorker

from course_lib.errors import CourseError
from course_lib.grading.intake import HandedIn
from course_lib.grading.package import Package
from course_lib.grading.worker import Grading, Job, Result
from course_lib.verdict import SubmissionOutcome

TICK_S = 0.5
LOOK_S = 2.0  # between two looks at the workers
PATIENCE_S = 60.0  # without any worker, or without the scheduler
AHEAD = 3  # jobs in flight for each worker: two wait at the scheduler for one that runs
GO_ON = "the same command goes on from here"
Task = Callable[[Job], Result]


@dataclass
class Events:
    """What workers and the scheduler tell beside results. started: job -> when, of those that run now.

    died: called with a worker's address, by Dask's own thread. alone: called with words where no worker is left.
    """

    died: Callable[[str], None] = lambda address: None
    alone: Callable[[str], None] = lambda words: None
    started: dict[int, float] = field(default_factory=dict)

    def of_worker(self, event: tuple[float, dict[str, Any]]) -> None:
        """A job has begun."""
        self.started[event[1]["number"]] = time.monotonic()

    def of_scheduler(self, event: tuple[float, dict[str, Any]]) -> None:
        """A worker came or went."""
        message = event[1]
        if message.get("action") == "remove-worker" and message.get("processing-tasks"):
            self.died(str(message.get("worker")))


class Dispatch:
    """Grading on a cluster, with one package."""

    def __init__(
        self, client: Client, package: Package, task: Task, events: Events, owner: str, patience_s: float = PATIENCE_S
    ) -> None:
        """owner: what no other coordinator has; what a killed one left at the workers is replaced.

        patience_s: how long to wait where no worker is left.
        """
        self.name = f"course-{hashlib.sha256(owner.encode()).hexdigest()[:16]}"
        self._client, self._package, self._task, self._events = client, package, task, events
        self._patience_s = patience_s
        self._finished: Queue[Future] = Queue()
        self._flying: dict[str, tuple[Job, Future]] = {}
        self._threads = 0
        self._looked = -LOOK_S
        self._alone_since: float | None = None

    def __enter__(self) -> Dispatch:
        """Hand the package to all workers. Raises: CourseError: there is none, or one cannot grade."""
        try:
            self._client.wait_for_workers(1, timeout=self._patience_s)
        except TimeoutError:
            raise CourseError(
                f"no worker has come within {self._patience_s:.0f} s: start one: dask worker ADDRESS --nthreads 1"
            ) from None
        try:
            self._client.register_plugin(Grading(self.name, self._package), name=self.name)
        except CourseError:
            raise
        except Exception as error:
            raise CourseError(
                f"a worker cannot take the assignment ({type(error).__name__}: {error}): "
                "each needs the coordinator's course_lib, libraries and Python"
            ) from error
        self._client.subscribe_topic(self.name, self._events.of_worker)
        self._client.subscribe_topic("all", self._events.of_scheduler)
        return self

    def __exit__(self, *error: object) -> None:
        self._events.died = lambda address: None  # those that are being stopped now
        try:
            self._client.cancel([future for _, future in self._flying.values()], force=True)
            self._client.unsubscribe_topic("all")
            self._client.unregister_worker_plugin(self.name)
        except Exception:
            return  # the cluster is gone, and this with it

    def results(self, jobs: Iterator[Job]) -> Iterator[tuple[Job, Result] | None]:
        """Each job with its result, in any order; None at least every TICK_S in between.

        Of `jobs` only those are taken that are in flight. One whose workers die is ended as not graded.
        Raises: CourseError: the scheduler or all workers are gone for too long.
        """
        while True:
            self._look_at_workers()
            self._send(jobs)
            if not self._flying:
                return
            try:
                future = self._finished.get(timeout=TICK_S)
            except Empty:
                yield None
                continue
            job, _ = self._flying.pop(str(future.key))
            self._events.started.pop(job.number, None)
            result = self._result(job, future)
            if result is not None:
                yield job, result

    def _look_at_workers(self) -> None:
        """Count threads now and then. Raises: CourseError: none was there for too long."""
        now = time.monotonic()
        if now - self._looked < LOOK_S:
            return
        self._looked = now
        try:
            self._threads = sum(self._client.nthreads().values()) if self._client.status == "running" else 0
        except (OSError, TimeoutError, ValueError):  # no scheduler just now
            self._threads = 0
        if self._threads:
            self._alone_since = None
            return
        if self._alone_since is None:
            self._alone_since = now
            self._events.alone(f"no worker is there; waiting up to {self._patience_s:.0f} s for one")
        if now - self._alone_since >= self._patience_s:
            raise CourseError(f"no worker was there for {self._patience_s:.0f} s: {GO_ON}")

    def _send(self, jobs: Iterator[Job]) -> None:
        """Fill the window."""
        while len(self._flying) < AHEAD * max(1, self._threads):
            job = next(jobs, None)
            if job is None:
                return
            self._submit(job)

    def _submit(self, job: Job) -> None:
        key = f"grade-{job.number}-{secrets.token_hex(4)}"
        future = self._client.submit(self._task, job, key=key, pure=False)
        self._flying[key] = (job, future)
        future.add_done_callback(self._finished.put)

    def _result(self, job: Job, future: Future) -> Result | None:
        """The result, or None where the job is sent again, as one that cannot be graded."""
        try:
            return future.result()
        except KilledWorker as error:
            if job.handed.outcome is SubmissionOutcome.NOT_GRADED:
                return Result(job.number, None, str(error))
            note = "grading it ended several workers, so it was given up: your instructor sees this too"
            self._submit(replace(job, handed=HandedIn.nothing(SubmissionOutcome.NOT_GRADED, note)))
            return None
        except (CancelledError, OSError, TimeoutError) as error:
            raise CourseError(f"the Dask scheduler is gone: {GO_ON}") from error
        except Exception as error:
            return Result(job.number, None, f"{type(error).__name__}: {error}")
        finally:
            future.release()  # the scheduler keeps notebook and result until then
