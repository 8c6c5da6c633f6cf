"""Kernels that die, loops without end, and what fills memory, disk, screen and process table."""

from __future__ import annotations

from collections.abc import Iterator

from nbformat.v4 import new_output

from course_lib.authoring.attacks import Attack, Maker

# --- dying -------------------------------------------------------------------------------------------------

EXIT = "import os\n\nos._exit(0)"
SEGFAULT = "import ctypes\n\nctypes.string_at(0)"
EXIT_IN_ANSWER = """import os


def translated(game, values):
    return values


os._exit(1)
"""
ABORT_WHEN_CALLED = """import os


def make_batch(game, languages, batch_size, generator=None):
    os.abort()
"""
SEGFAULT_WHEN_CALLED = """import ctypes


def translate(game, model, prompts):
    return ctypes.cast(1, ctypes.POINTER(ctypes.c_int)).contents.value
"""
KILL_LATER = """import os
import threading

threading.Timer(0.7, os.kill, (os.getpid(), 9)).start()
"""
KILL_AT_EXIT = """import atexit
import os
import weakref


class Last:
    def __del__(self):
        os._exit(2)


keep = Last()
atexit.register(os._exit, 3)
"""
SYSTEM_EXIT = """def best_possible(game):
    raise SystemExit("done")


def next_token_loss(model, batch):
    raise KeyboardInterrupt


raise SystemExit(0)
"""
BASE_EXCEPTION = """class Everything(BaseException):
    def __str__(self):
        raise self

    __repr__ = __str__


def next_token_loss(model, batch):
    raise Everything


def best_possible(game):
    raise GeneratorExit
"""
DEEP_RECURSION = """import sys

sys.setrecursionlimit(10**9)


def best_possible(game):
    nested = []
    for _ in range(200_000):
        nested = [nested]
    return nested, repr(nested)
"""
NO_CHANNEL = """import os

for number in range(3, 200):
    try:
        os.close(number)
    except OSError:
        pass
"""
SHUT_DOWN = """import IPython

IPython.Application.instance().kernel.do_shutdown(False)
get_ipython().kernel.io_loop.call_later(0.2, get_ipython().kernel.io_loop.stop)
"""

# --- hanging -----------------------------------------------------------------------------------------------

IGNORES = """while True:
    try:
        while True:
            pass
    except BaseException:
        pass
"""
IGNORES_WHEN_CALLED = """import signal


def make_batch(game, languages, batch_size, generator=None):
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while True:
        try:
            sum(range(10**6))
        except KeyboardInterrupt:
            pass
"""
STOPPED = """import os
import signal

signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 32))
os.kill(os.getpid(), signal.SIGSTOP)
"""
SLOW = "import time\n\ntime.sleep(7)\nprint('slow')"

# --- memory ------------------------------------------------------------------------------------------------

ONE_BLOCK = "block = bytearray(16 * 2**30)"
GROWING = """blocks = []
while True:
    blocks.append(b"x" * 2**28)
"""
GROWING_WHEN_CALLED = """def best_possible(game):
    rows = [1.0]
    while True:
        rows = rows + rows + [b"x" * 2**26]
"""
SIX_PROCESSES = """import subprocess
import sys

CODE = "import time; block = b'x' * (3 * 2**29); time.sleep(3)"
processes = [subprocess.Popen([sys.executable, "-c", CODE]) for _ in range(6)]
print([process.wait() for process in processes])
"""
FORKED_ARRAYS = """import os
import time

children = []
for _ in range(12):
    child = os.fork()
    if child == 0:
        try:
            block = bytearray(b"x" * 2**29)
            time.sleep(2)
        finally:
            os._exit(0)
    children.append(child)
print([os.waitpid(child, 0)[1] for child in children])
"""
SHARED_MEMORY = """import mmap
import os

held = []
try:
    for number in range(40):
        handle = os.memfd_create(f"part{number}")
        for _ in range(4):
            os.write(handle, b"x" * 2**24)
        held.append(handle)
except OSError as error:
    print(type(error).__name__)
print(len(held))
"""
TENSOR = "block = torch.ones(2**33)\nother = torch.zeros(2**40, dtype=torch.float64)"

# --- processes and threads ---------------------------------------------------------------------------------

FORK_BOMB = """import os
import time

started = time.time()
while time.time() - started < 300:
    try:
        os.fork()
    except OSError:
        time.sleep(0.01)
"""
FORKS_THAT_STAY = """import os
import time

count = 0
for _ in range(2000):
    try:
        child = os.fork()
    except OSError as error:
        print(count, type(error).__name__)
        break
    if child == 0:
        time.sleep(300)
        os._exit(0)
    count += 1
"""
THREADS = """import threading

never = threading.Event()
count = 0
try:
    for _ in range(20_000):
        threading.Thread(target=never.wait, daemon=True).start()
        count += 1
except (RuntimeError, MemoryError) as error:
    print(count, type(error).__name__)
"""
BASH_BOMB = """import subprocess

subprocess.Popen(["bash", "-c", "f() { f | f & }; f"], start_new_session=True)
"""
DETACHED_TWICE = """import os

if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        os.chdir("/")
        for number in range(256):
            try:
                os.close(number)
            except OSError:
                pass
        os.execvp("bash", ["bash", "-c", "trap '' TERM HUP INT; exec -a course-attack-marker sleep 300"])
    os._exit(0)
os.wait()
"""
NEW_SESSION = """import subprocess

subprocess.Popen(
    ["bash", "-c", "exec -a course-attack-marker sleep 300"],
    start_new_session=True,
    stdin=subprocess.DEVNULL,
    stdout=subprocess.DEVNULL,
    stderr=subprocess.DEVNULL,
)
"""
NOHUP = """import os
import signal

for number in (signal.SIGHUP, signal.SIGTERM, signal.SIGCHLD):
    signal.signal(number, signal.SIG_IGN)
os.system("nohup setsid bash -c 'exec -a course-attack-marker sleep 300' > /dev/null 2>&1 < /dev/null &")
"""
DETACHED_WRITER = """import os
import time

if os.fork() == 0:
    os.setsid()
    for number in range(300):
        for name in ("meta_lstm.ipynb", "test_gt.json", "late.txt", "/tmp/late.txt"):
            try:
                with open(name, "a") as file:
                    file.write("late")
            except OSError:
                pass
        time.sleep(1)
    os._exit(0)
"""

# --- output ------------------------------------------------------------------------------------------------

ENDLESS = """while True:
    print("attackmark " * 20_000)
"""
GIGABYTE = """print("x" * 600_000_000)
import sys

sys.stderr.write("y" * 100_000_000)
"""
PICTURES = """from IPython.display import display

PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
for number in range(4000):
    display({"image/png": PNG, "text/plain": f"figure {number}"}, raw=True)
"""
FIGURES = """import matplotlib.pyplot as plt

for number in range(60):
    plt.figure()
    plt.plot([number])
plt.show()
"""
BUFFERS = """kernel = get_ipython().kernel
content = {"data": {"text/plain": "small"}, "metadata": {}, "transient": {}}
for _ in range(3):
    kernel.session.send(
        kernel.iopub_socket,
        "display_data",
        content,
        parent=kernel.get_parent(),
        buffers=[b"x" * 150_000_000],
    )
"""
TRACEBACK = """def deeper(number):
    value = "x" * 100_000
    if number == 0:
        raise ValueError("y" * 5_000_000)
    deeper(number - 1)


deeper(900)
"""
UPDATES = """from IPython.display import clear_output, display

handle = display("0", display_id=True)
for number in range(3000):
    handle.update("x" * 3000 + str(number))
    clear_output(wait=True)
    print(number)
"""

# --- disk --------------------------------------------------------------------------------------------------

FILL = """import os

for place in (".", "/tmp", os.path.expanduser("~"), "/dev/shm", "/var/tmp"):
    total = 0
    try:
        for number in range(100):
            with open(os.path.join(place, f"fill{number}"), "wb") as file:
                total += file.write(b"x" * (30 * 2**20))
    except OSError as error:
        print(place, total // 2**20, type(error).__name__)
"""
FILL_RUN_FOLDER = """import os
import ipykernel.connect

folder = os.path.dirname(ipykernel.connect.get_connection_file())
total = 0
try:
    for number in range(16):
        with open(os.path.join(folder, f"fill{number}"), "wb") as file:
            total += file.write(b"x" * (20 * 2**20))
except OSError as error:
    print(type(error).__name__)
if total > 256 * 2**20:
    print("found: the run folder takes", total // 2**20, "MiB")
"""
INODES = """import os

count = 0
try:
    for number in range(60_000):
        os.close(os.open(f"/tmp/{number}", os.O_CREAT | os.O_WRONLY))
        count += 1
except OSError as error:
    print(type(error).__name__)
print(count)
"""
SPARSE = """import os

for place in (".", "/tmp", "/dev/shm"):
    try:
        with open(os.path.join(place, "sparse"), "wb") as file:
            file.truncate(2**45)
        print("found: a file of 32 TiB in", place)
    except OSError as error:
        print(type(error).__name__)
"""
LARGE_HISTORY = """shell = get_ipython()
for number in range(200):
    shell.history_manager.store_inputs(number + 1000, "x" * 500_000)
shell.history_manager.writeout_cache()
shell.run_line_magic("logstart", "/tmp/log.py")
"""


def attacks(make: Maker) -> Iterator[Attack]:
    yield make.attack(22, "exit_in_own_cell", "an own cell ends the kernel", make.first(EXIT))
    yield make.attack(22, "segfault_in_own_cell", "an own cell reads at address 0", make.first(SEGFAULT))
    yield make.attack(22, "killers", "five own cells end the kernel, one after the other", make.last(*[EXIT] * 5))
    ended = make.honest(translated=EXIT_IN_ANSWER)
    yield make.attack(22, "exit_in_answer", "an answer ends the kernel", ended, earns=("make_sequence",))
    called = make.honest(make_batch=ABORT_WHEN_CALLED)
    yield make.attack(22, "abort_when_called", "an answer aborts while it is observed", called)
    pointer = make.honest(translate=SEGFAULT_WHEN_CALLED)
    yield make.attack(22, "segfault_when_called", "an answer reads at address 1", pointer)
    later = make.before_check("translate", KILL_LATER)
    yield make.attack(22, "kill_later", "a thread kills the kernel in a later cell", later)
    yield make.attack(22, "kill_at_exit", "the kernel is ended while it stops", make.first(KILL_AT_EXIT))
    left = make.honest(best_possible=SYSTEM_EXIT)
    yield make.attack(22, "system_exit", "answers that leave Python", left)
    raised = make.honest(next_token_loss=BASE_EXCEPTION)
    yield make.attack(22, "base_exception", "answers that raise what nobody catches", raised)
    deep = make.honest(best_possible=DEEP_RECURSION)
    yield make.attack(22, "deep_recursion", "a list in a list, 200,000 deep", deep)
    yield make.attack(22, "closed_files", "the kernel's sockets are closed", make.last(NO_CHANNEL))
    yield make.attack(22, "shut_down", "the kernel is told to stop", make.last(SHUT_DOWN))

    ignored = make.first(IGNORES)
    yield make.attack(25, "own_cell", "an own cell loops for ever and ignores interrupts", ignored)
    looped = make.honest(make_batch=IGNORES_WHEN_CALLED)
    yield make.attack(25, "when_called", "an answer loops for ever and ignores interrupts", looped)
    yield make.attack(25, "stopped", "the kernel stops itself and takes no signal", make.last(STOPPED))
    yield make.attack(26, "slow_cells", "seven cells of seven seconds", make.last(*[SLOW] * 7))

    yield make.attack(23, "one_block", "16 GiB in one piece", make.first(ONE_BLOCK))
    yield make.attack(23, "growing", "memory that grows until there is none", make.first(GROWING))
    grown = make.honest(best_possible=GROWING_WHEN_CALLED)
    yield make.attack(23, "growing_when_called", "an answer that needs more and more memory", grown)
    yield make.attack(23, "six_processes", "six processes of 1.5 GiB", make.first(SIX_PROCESSES))
    yield make.attack(23, "forked_arrays", "twelve forks with half a GiB each", make.last(FORKED_ARRAYS))
    yield make.attack(23, "memory_files", "files in memory that no process has mapped", make.last(SHARED_MEMORY))
    yield make.attack(23, "tensors", "tensors of 32 GiB and of 8 TiB", make.first(TENSOR))

    yield make.attack(24, "fork_bomb", "processes that fork without end", make.last(FORK_BOMB))
    yield make.attack(
        24, "forks_that_stay", "as many processes as there may be, which stay", make.last(FORKS_THAT_STAY)
    )
    threads = make.before_check("translate", THREADS)
    yield make.attack(24, "threads", "20,000 threads that wait", threads)
    yield make.attack(24, "bash_bomb", "the fork bomb of the shell", make.last(BASH_BOMB))
    yield make.attack(27, "detached_twice", "a process that leaves its parent twice", make.first(DETACHED_TWICE))
    yield make.attack(27, "new_session", "a process in a session of its own", make.first(NEW_SESSION))
    yield make.attack(27, "nohup", "a process that hears no signal", make.first(NOHUP))
    yield make.attack(27, "writes_later", "a process that writes files after the run", make.first(DETACHED_WRITER))

    yield make.attack(28, "endless_printing", "a cell prints without end", make.last(ENDLESS), pages=True)
    yield make.attack(28, "gigabyte", "0.7 GB in two outputs", make.last(GIGABYTE))
    yield make.attack(28, "pictures", "4,000 pictures", make.last(PICTURES))
    yield make.attack(28, "figures", "60 figures that stay open", make.last(FIGURES))
    yield make.attack(28, "buffers", "0.4 GB beside messages that say little", make.last(BUFFERS))
    yield make.attack(28, "traceback", "an error of 5 MB, 900 frames deep", make.last(TRACEBACK))
    yield make.attack(28, "updates", "3,000 outputs that replace each other", make.first(UPDATES))
    stored = make.honest()
    for cell in stored.cells:
        if cell.cell_type == "code":
            cell.outputs = [new_output("stream", name="stdout", text="attackmark\n" * 50_000)]
    yield make.attack(28, "stored_outputs", "outputs of 20 MB are stored in the notebook", stored)

    yield make.attack(29, "fill", "fills all places that it can write to", make.first(FILL))
    yield make.attack(29, "fill_run_folder", "fills the folder of the kernel's sockets", make.first(FILL_RUN_FOLDER))
    yield make.attack(29, "many_files", "60,000 empty files", make.first(INODES))
    yield make.attack(29, "sparse", "files of 32 TiB that take no space", make.first(SPARSE))
    yield make.attack(29, "history", "a history of 100 MB", make.first(LARGE_HISTORY))
