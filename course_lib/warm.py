"""The process that kernels are forked from: it has imported what notebooks need, and never runs a student's code.

The grader starts it as `python -I -B -m course_lib.warm FD`, with the environment of the box. For each request on
that socket it forks a child, which joins the namespaces of a box that Bubblewrap has made and becomes the kernel in it:
with the limits of a kernel that is started in the box, without rights, and without anything of the grader, which is not
in this process. It imports nothing of `course_lib.grading`.
"""

from __future__ import annotations

import contextlib
import ctypes
import fcntl
import gc
import importlib
import json
import os
import resource
import signal
import socket
import sys
import threading
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NoReturn
from unittest import mock

from ipykernel import ipkernel
from ipykernel.kernelapp import IPKernelApp

MAX_REQUEST = 65536
NS_GET_USERNS = 0xB701  # ioctl_ns(2)
PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_CAPBSET_DROP, PR_SET_NO_NEW_PRIVS, PR_CAP_AMBIENT = 1, 4, 24, 38, 47  # prctl(2)
PR_CAP_AMBIENT_CLEAR_ALL = 4
CAPABILITY_VERSION_3 = 0x20080522  # capset(2)
MADV_COLLAPSE, HUGE_PAGE = 25, 2**21  # madvise(2), since Linux 6.1
INLINE = "module://matplotlib_inline.backend_inline"
NAMESPACES = ("net", "ipc", "uts", "cgroup", "pid", "mnt")  # the last one takes /proc of the host away
# What every kernel imports, or every error, plot or training in it, without a notebook's saying so.
ALWAYS = (
    "course_lib.probe",
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.logger",
    "IPython.core.magics.ast_mod",
    "IPython.core.magics.execution",
    "IPython.core.magics.pylab",
    "IPython.core.oinspect",
    "IPython.extensions.storemagic",
    "ipykernel.debugger",
    "ipykernel.zmqshell",
    "matplotlib.backends.backend_agg",
    "matplotlib.pyplot",
    "PIL.PngImagePlugin",
    "pygments.formatters.terminal256",
    "stack_data",
    "torch._dynamo",  # the first optimizer of a process imports it, for a second
    "tornado.platform.asyncio",
)


class Kernel(IPKernelApp):
    """An ipykernel, of whose start as much as possible is done before the fork."""

    def read(self, options: list[str]) -> None:
        """Read the command line, but for the connection file."""
        super().parse_command_line(options)

    def parse_command_line(self, argv: list[str] | None = None) -> None:
        """There is nothing more to read."""

    def init_kernel(self) -> None:
        """Make the kernel, without the debugger's list of modules: making it touches, and so copies, all of them."""
        with mock.patch.object(ipkernel, "sys", SimpleNamespace(modules={})):
            super().init_kernel()


def main() -> None:
    """Prepare, then fork a kernel for each request, until the grader hangs up."""
    channel = socket.socket(fileno=int(sys.argv[1]))
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # no one waits for the helpers
    first = json.loads(channel.recv(MAX_REQUEST))
    prepare(first["cache"], [*ALWAYS, *first["modules"]], first["options"])
    threads = threading.active_count()
    channel.send(json.dumps({"error": f"an import started {threads - 1} threads"} if threads > 1 else {}).encode())
    while request := channel.recv(MAX_REQUEST):
        if os.fork() == 0:
            _enter(json.loads(request), channel)


def prepare(cache: str, modules: list[str], options: list[str]) -> None:
    """Import what there is of `modules`, and read the options of all kernels.

    cache: where the grader's matplotlib keeps its list of fonts.
    """
    os.environ["MPLCONFIGDIR"] = cache
    os.environ["MPLBACKEND"] = INLINE  # as a kernel sets it, before matplotlib is imported
    for name in modules:
        with contextlib.suppress(Exception):  # a notebook that imports it says what is wrong
            importlib.import_module(name)
    del os.environ["MPLCONFIGDIR"]
    matplotlib: Any = sys.modules.get("matplotlib")
    if matplotlib is not None:  # which remembers both folders
        matplotlib.get_configdir = matplotlib.get_configdir.__wrapped__
        matplotlib.get_cachedir = matplotlib.get_cachedir.__wrapped__
    for name in [name for name in sys.modules if name.startswith("matplotlib_inline")]:
        del sys.modules[name]  # it ties itself to the kernel that imports it
    Kernel.instance().read(options)
    gc.collect()
    gc.freeze()  # a collection in a kernel does not touch, and so not copy, what is here
    _take_huge_pages()


def _take_huge_pages() -> None:
    """Where the system can: a fork copies the table of pages, which takes a third of the time for huge ones."""
    for line in Path("/proc/self/maps").read_text().splitlines():
        addresses, rights, *_, name = f"{line} -".split()[:6]
        if rights != "rw-p" or name not in ("-", "[heap]"):
            continue
        start, end = (int(text, 16) for text in addresses.split("-"))
        for page in range(-(-start // HUGE_PAGE) * HUGE_PAGE, end - HUGE_PAGE + 1, HUGE_PAGE):
            with contextlib.suppress(OSError):  # nothing was written there, or the system is an old one
                _call("madvise", ctypes.c_void_p(page), ctypes.c_size_t(HUGE_PAGE), MADV_COLLAPSE)


def _enter(request: dict[str, Any], channel: socket.socket) -> NoReturn:
    """In a forked child: fork the kernel into the box, and end the box when the kernel ends."""
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        Path("/proc/self/oom_score_adj").write_text("1000")  # where memory runs out, the system ends it first
        for group in request["groups"]:
            Path(group).write_text("0")  # which means this process
        box = os.pidfd_open(request["box"])
        _join(request["box"])
        kernel = os.fork()  # only a child is in the box's namespace of processes
        if kernel == 0:
            _become_kernel(request, channel)
        channel.send(json.dumps({"pid": kernel}).encode())
        channel.close()
        os.waitpid(kernel, 0)
        signal.pidfd_send_signal(box, signal.SIGKILL)
    except BaseException as error:
        with contextlib.suppress(OSError):
            channel.send(json.dumps({"error": f"{type(error).__name__}: {error}"}).encode())
    finally:
        os._exit(0)


def _join(pid: int) -> None:
    """Enter the namespaces of a process. Raises: OSError: the system does not allow it."""
    user = os.open(f"/proc/{pid}/ns/user", os.O_RDONLY | os.O_CLOEXEC)
    others = [os.open(f"/proc/{pid}/ns/{name}", os.O_RDONLY | os.O_CLOEXEC) for name in NAMESPACES]
    # Bubblewrap makes a second user namespace in that which owns the others, so that no further one can be made.
    owner = fcntl.ioctl(others[-1], NS_GET_USERNS)
    inner = [user] if not os.path.sameopenfile(owner, user) else []
    for namespace in (owner, *others, *inner):
        _call("setns", namespace, 0)


def _become_kernel(request: dict[str, Any], channel: socket.socket) -> NoReturn:
    """In the box: take the limits, give up all rights and all files, and run the kernel."""
    try:
        channel.detach()
        os.setsid()
        _call("prctl", PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        os.nice(10)  # student code waits for the grader, not the reverse
        for name, value in request["limits"].items():
            resource.setrlimit(getattr(resource, name), (value, value))
        _drop_rights()
        os.closerange(0, 2**20)
        os.open(os.devnull, os.O_RDWR)  # 0, and so on
        os.dup(0)
        os.dup(0)
        os.chdir(request["folder"])
        os.environ["PWD"] = request["folder"]
        _seed()
        sys.argv = request["argv"]
        kernel = Kernel.instance()
        kernel.connection_file = request["connection_file"]
        kernel.initialize()
        kernel.start()
    finally:
        os._exit(1)


def _drop_rights() -> None:
    """As Bubblewrap leaves what it starts: no capability, and none to be had."""
    _call("prctl", PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    _call("prctl", PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0)
    for capability in range(int(Path("/proc/sys/kernel/cap_last_cap").read_text()) + 1):
        _call("prctl", PR_CAPBSET_DROP, capability, 0, 0, 0)
    header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION_3, 0)
    _call("capset", header, (ctypes.c_uint32 * 6)())
    _call("prctl", PR_SET_DUMPABLE, 1, 0, 0, 0)  # as after exec: it may read its own /proc


def _seed() -> None:
    """Other random numbers in each kernel, where a process of its own would have them (Python's own are seeded)."""
    numpy = sys.modules.get("numpy")
    if numpy is not None:
        numpy.random.seed()


def _call(name: str, *arguments: Any) -> None:
    """A function of the C library. Raises: OSError: it failed."""
    if getattr(ctypes.CDLL(None, use_errno=True), name)(*arguments) == -1:
        number = ctypes.get_errno()
        raise OSError(number, f"{name}: {os.strerror(number)}")


if __name__ == "__main__":
    main()
