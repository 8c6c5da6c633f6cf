"""The Dask cluster that grades: processes of this machine by default, or any cluster by its scheduler's address."""

from __future__ import annotations

import logging
import os
import shutil
import signal
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from multiprocessing.util import get_temp_dir
from pathlib import Path
from typing import Any
from unittest import mock

import dask
from dask.system import CPU_COUNT
from distributed import Client, LocalCluster
from distributed.utils import get_mp_context
from filelock import FileLock, Timeout

from course_lib.errors import CourseError
from course_lib.grading.kernels import clean_up
from course_lib.paths import temporary

CONNECT_S = 8  # for a scheduler's answer
CLOSE_S = 10  # for workers that have nothing to do
DASHBOARD = "127.0.0.1:8787"  # another port where this one is taken
FOLDER = "course-cluster-"
PRELOAD = "course_lib.grading.worker"  # imported once; workers, and those after a crash, are forked from there
# A worker's Ctrl-C is the coordinator's business. A handler, since programs that it starts would inherit SIG_IGN.
KEEP_ON = "import signal; signal.signal(signal.SIGINT, lambda *_: None)"
SETTINGS: dict[str, Any] = {
    "distributed.worker.multiprocessing-method": "forkserver",
    "distributed.worker.preload": [KEEP_ON],
    "distributed.worker.profile.enabled": False,
    "distributed.admin.system-monitor.gil.enabled": False,
    "distributed.scheduler.allowed-failures": 2,  # a submission that ends three workers is not tried again
    "distributed.scheduler.worker-saturation": 1.0,  # long tasks wait at the scheduler, where any worker takes them
    "distributed.scheduler.default-task-durations": {"grade": "20s"},  # so those at a worker are worth stealing
    "distributed.comm.timeouts.connect": f"{CONNECT_S}s",
    "distributed.admin.low-level-log-length": 50,  # messages that are kept, each with its notebook
    "distributed.admin.large-graph-warning-threshold": "1GB",
}
ONE_THREAD = {"OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}


def default_workers(jobs: int) -> int:
    """One for each core, and no more than there is to do."""
    return max(1, min(CPU_COUNT, jobs))


@contextmanager
def connect(workers: int, scheduler: str | None = None) -> Iterator[Client]:
    """A client of a cluster: of `workers` new processes here, or of the one that `scheduler` names.

    Raises: CourseError: nothing answers at that address, or no worker starts.
    """
    with dask.config.set(SETTINGS), _quiet():
        opened = _remote(scheduler) if scheduler else _local(workers)
        with opened as client:
            yield client


@contextmanager
def _remote(address: str) -> Iterator[Client]:
    try:
        client = Client(address, timeout=CONNECT_S, set_as_default=False)
    except (OSError, TimeoutError, ValueError, TypeError) as error:
        raise CourseError(
            f"no Dask scheduler answers at {address} ({type(error).__name__}): start one with: dask scheduler, "
            "or leave --scheduler out to use this machine"
        ) from error
    try:
        yield client
    finally:
        client.close(timeout=2)


@contextmanager
def _local(workers: int) -> Iterator[Client]:
    with ExitStack() as stack:
        stack.callback(clean_up)  # after workers that were killed
        folder = stack.enter_context(own_folder())
        get_temp_dir()  # of this process's own sockets, which outlives the cluster
        # Whatever these processes leave when they are killed lies in this folder, which the next run removes.
        stack.enter_context(mock.patch.dict(os.environ, {**ONE_THREAD, "TMPDIR": str(folder)}))
        stack.enter_context(mock.patch.object(tempfile, "tempdir", str(folder)))
        stack.enter_context(dask.config.set({"temporary-directory": str(folder)}))
        get_mp_context().set_forkserver_preload([PRELOAD])
        try:
            cluster = LocalCluster(
                n_workers=workers,
                threads_per_worker=1,
                host="127.0.0.1",
                dashboard_address=DASHBOARD,
                local_directory=str(folder),
                memory_limit=0,  # sandboxes have limits of their own
                silence_logs=logging.CRITICAL,
            )
        except (OSError, RuntimeError, TimeoutError) as error:
            raise CourseError(f"no local Dask cluster starts: {error}: try --workers 1") from error
        stack.callback(cluster.close, timeout=CLOSE_S)
        client = Client(cluster, set_as_default=False)
        stack.callback(client.close)
        try:
            yield client
        except BaseException:
            _end_workers(cluster)
            raise


def _end_workers(cluster: LocalCluster) -> None:
    """At once: what they still do is not wanted, and the system ends what they started."""
    for worker in cluster.workers.values():
        worker.auto_restart = False
        process = getattr(worker, "process", None)
        if process is not None and process.pid is not None:
            _kill(process.pid)


def _kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return


@contextmanager
def own_folder() -> Iterator[Path]:
    """A folder for the workers, removed afterwards; those of runs that were killed are removed first."""
    top = temporary()
    for left in top.glob(f"{FOLDER}*"):
        _remove_if_left(left)
    made = Path(tempfile.mkdtemp(prefix=f".{FOLDER}", dir=top))
    with FileLock(made / "lock", blocking=False):  # released by the system when this process ends, however it ends
        folder = made.rename(top / made.name[1:])  # visible to others only now that it is locked
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def _remove_if_left(folder: Path) -> None:
    try:
        if folder.stat().st_uid == os.getuid():
            with FileLock(folder / "lock", blocking=False):
                shutil.rmtree(folder, ignore_errors=True)
    except (OSError, Timeout):
        return  # in use, or gone


@contextmanager
def _quiet() -> Iterator[None]:
    """Dask's words off the screen; what a person must know the coordinator says."""
    kept = [(logger, logger.handlers) for logger in _loggers()]
    for logger, _ in kept:
        logger.handlers = [logging.NullHandler()]
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", module=r"distributed(\..*)?$")
            yield
    finally:
        for logger, handlers in kept:
            logger.handlers = handlers


def _loggers() -> list[logging.Logger]:
    """Those that Dask gives handlers of their own, and their children."""
    names = [name for name in logging.root.manager.loggerDict if name.split(".")[0] in ("distributed", "tornado")]
    return [logging.getLogger(name) for name in ("distributed", "tornado", *names)]
