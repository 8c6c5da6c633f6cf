"""Files in the submission, and files that it writes while it runs."""

from __future__ import annotations

import io
import os
import socket
import sqlite3
import zipfile
from collections.abc import Iterator
from pathlib import Path

import nbformat

from course_lib.authoring.attacks import Attack, Folder, Maker
from course_lib.grading.records import SubmissionOutcome

UNREADABLE = (SubmissionOutcome.UNREADABLE,)
NOTHING = (SubmissionOutcome.NO_NOTEBOOK, SubmissionOutcome.UNREADABLE)
NAME = "meta_lstm.ipynb"
MIB = 2**20

# --- writing while it runs ---------------------------------------------------------------------------------

REWRITE = """import os
import course_lib
import course_lib.checks.meta_lstm.sequences as checks

HERE = os.path.dirname(course_lib.__file__)
for folder, folders, names in os.walk(HERE):
    for name in names:
        path = os.path.join(folder, name)
        try:
            os.chmod(path, 0o666)
            with open(path, "a") as file:
                file.write("\\nraise SystemExit('rewritten')\\n")
            print("found: could write", path)
        except OSError:
            pass
for path in (checks.__file__, checks.__cached__ or "", HERE + "/probe.py"):
    try:
        os.replace("test_gt.json", path)
        print("found: could replace", path)
    except OSError as error:
        print(type(error).__name__)
"""
EVERYWHERE = """import os

count = 0
for folder, folders, names in os.walk("/", onerror=lambda error: None):
    folders[:] = [name for name in folders if name not in ("proc", "sys", "site-packages")]
    path = os.path.join(folder, "course-attack.txt")
    try:
        with open(path, "w") as file:
            file.write("0")
        print("wrote", folder)
    except OSError:
        pass
    count += 1
    if count > 40_000:
        break
here = os.getcwd()
while here != "/":
    here = os.path.dirname(here)
    for name in ("course-attack.txt", "test_gt.json", "conftest.py", "nbgrader_config.py", "gradebook.db"):
        try:
            with open(os.path.join(here, name), "w") as file:
                file.write("raise SystemExit")
            print("wrote", here, name)
        except OSError:
            pass
"""
MOUNTS = """import ctypes
import os
import subprocess

libc = ctypes.CDLL(None, use_errno=True)
print(libc.mount(b"none", b"/usr", None, 32 | 4096, None), ctypes.get_errno())
print(libc.umount2(b"/usr", 2), ctypes.get_errno())
print(libc.unshare(0x10000000 | 0x20000), ctypes.get_errno())
print(libc.setuid(0), os.getuid())
print(libc.chroot(b"/"), ctypes.get_errno())
for line in (["mount", "-o", "remount,rw", "/"], ["sudo", "-n", "true"], ["su", "-c", "true"], ["unshare", "-Urm"]):
    try:
        done = subprocess.run(line, capture_output=True, stdin=subprocess.DEVNULL, timeout=3)
        print(line, done.returncode, "found: it worked" if done.returncode == 0 else "")
    except (OSError, subprocess.TimeoutExpired) as error:
        print(line, type(error).__name__)
"""
TRUTH_IN_FOLDER = """import json
import os
from pathlib import Path

FORGED = '{"assignment": "meta_lstm", "format": 1, "secret": true, "seed": 1, "exercises": {}}'
for path in Path("/").glob("*/*/*/test_gt.json"):
    print(path)
for path in ["test_gt.json", *Path("..").glob("**/test_gt.json"), *Path("/tmp").glob("**/test_gt.json")]:
    try:
        os.chmod(path, 0o666)
    except OSError as error:
        print(type(error).__name__)
    for way in (lambda: Path(path).write_text(FORGED), lambda: os.remove(path), lambda: os.rename(path, "old.json")):
        try:
            way()
            print("changed", path)
        except OSError as error:
            print(type(error).__name__)
"""
TRUTH_IN_MEMORY = """truth = task_tests._truth
for name, exercise in truth.exercises.items():
    object.__setattr__(exercise, "observation", {"cases": {}})
    object.__setattr__(exercise, "mistakes", [])
type(truth).load = classmethod(lambda cls, path: truth)
"""
SHADOWS_MADE = """import os
import sys

CODE = "raise SystemExit('shadow')\\n"
for name in ("json", "numpy", "torch", "secrets", "base64", "IPython", "course_lib", "ipykernel", "zmq", "typing"):
    with open(name + ".py", "w") as file:
        file.write(CODE)
    os.makedirs("lib/" + name, exist_ok=True)
    with open(f"lib/{name}/__init__.py", "w") as file:
        file.write(CODE)
"""
PATH_FIRST = """import importlib
import os
import sys

os.makedirs("shadow/course_lib/checks", exist_ok=True)
SHOW = "def show(*args):\\n    print('passed')\\n"
FAKES = {"__init__": "", "probe": SHOW, "observation": "", "checks/__init__": "def find(name): pass\\n"}
for name, code in FAKES.items():
    with open(f"shadow/course_lib/{name}.py", "w") as file:
        file.write(code)
sys.path.insert(0, os.path.abspath("shadow"))
for name in [name for name in sys.modules if name.startswith("course_lib")]:
    del sys.modules[name]
importlib.invalidate_caches()
"""
META_PATH = """import importlib.abc
import importlib.machinery
import sys


class Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(self, name, path=None, target=None):
        if name.startswith("course_lib"):
            return importlib.machinery.ModuleSpec(name, self, is_package=True)

    def create_module(self, spec):
        return None

    def exec_module(self, module):
        module.show = lambda *args: print("passed")


sys.meta_path.insert(0, Finder())
for name in [name for name in sys.modules if name.startswith("course_lib.")]:
    del sys.modules[name]
"""
STARTUP_WRITTEN = """import os
import site
import sys
from pathlib import Path

CODE = "print('started by the student')\\n__import__('os')._exit(3)\\n"
home = Path.home()
places = [
    home / ".ipython/profile_default/startup/00-first.py",
    home / ".ipython/profile_default/ipython_kernel_config.py",
    home / ".local/lib/python3.11/site-packages/sitecustomize.py",
    home / ".local/lib/python3.11/site-packages/usercustomize.py",
    home / ".local/lib/python3.11/site-packages/first.pth",
    home / ".jupyter/jupyter_config.py",
    home / ".pythonrc.py",
    home / ".bashrc",
    home / ".matplotlib/matplotlibrc",
    Path("sitecustomize.py"),
    Path("conftest.py"),
    Path("/tmp/sitecustomize.py"),
    *[Path(folder) / "attack.pth" for folder in site.getsitepackages()],
    Path(sys.prefix) / "pyvenv.cfg",
]
for path in places:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("import os; os._exit(3)\\n" if path.suffix == ".pth" else CODE)
        print("wrote", path)
    except OSError as error:
        print(type(error).__name__)
"""
START_AGAIN = STARTUP_WRITTEN + "\nos._exit(1)\n"
SOCKETS = """import glob
import json
import os
import signal
import socket

import ipykernel.connect

for path in ["/proc/net/unix"]:
    try:
        with open(path) as file:
            names = [line.split()[-1] for line in file.readlines()[1:] if "/" in line]
    except OSError:
        names = []
folder = os.path.dirname(ipykernel.connect.get_connection_file())
names += [os.path.join(folder, name) for name in os.listdir(folder)]
names += glob.glob("/tmp/**/*", recursive=True)[:200] + glob.glob("/run/**/*", recursive=True)[:200]
GARBAGE = (b"\\0" * 300, b"\\xff\\0\\0\\0\\0\\0\\0\\0\\x01\\x7f" + b"A" * 60_000, json.dumps({"score": 1}).encode() * 9)
for name in dict.fromkeys(names):
    for garbage in GARBAGE:
        try:
            with socket.socket(socket.AF_UNIX) as line:
                line.settimeout(0.05)
                line.connect(name.replace("@", "\\0"))
                line.send(garbage)
                print("sent to", name)
        except OSError:
            continue
for process in (1, os.getppid()) if os.path.isdir("/home/student") else ():  # in the sandbox only
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGUSR1, signal.SIGSTOP, signal.SIGKILL):
        try:
            os.kill(process, number)
        except OSError as error:
            print(process, type(error).__name__)
"""
FORGED_MESSAGES = """kernel = get_ipython().kernel
session = kernel.session
DATA = {"application/vnd.course.observation+json": '{"$": "dict", "v": []}'}
for parent in ({}, {"header": {"msg_id": "0", "session": "x"}}, kernel.get_parent("shell")):
    for kind, content in (
        ("execute_reply", {"status": "ok", "execution_count": 10**9, "payload": [], "user_expressions": {}}),
        ("execute_result", {"data": DATA, "metadata": {}, "execution_count": -1}),
        ("display_data", {"data": DATA, "metadata": {}, "transient": {"display_id": []}}),
        ("display_data", {"data": None, "metadata": None}),
        ("stream", {"name": "../../x", "text": {"a": 1}}),
        ("error", {"ename": 1, "evalue": None, "traceback": "no list"}),
        ("update_display_data", {"data": DATA, "metadata": {}, "transient": {"display_id": "unknown"}}),
        ("clear_output", {"wait": "x"}),
        ("comm_open", {"comm_id": "1", "target_name": "x", "data": {}}),
        ("unheard_of", {}),
        ("status", {"execution_state": "dancing"}),
    ):
        session.send(kernel.iopub_socket, kind, content, parent=parent)
"""
BROKEN_MESSAGES = """import os

kernel = get_ipython().kernel
socket = getattr(kernel.iopub_socket, "io_thread", kernel.iopub_socket)
socket = getattr(socket, "socket", socket)
for parts in (
    [b"garbage"],
    [b"<IDS|MSG>", b"wrong signature", b"{}", b"{}", b"{}", b"{}"],
    [b"<IDS|MSG>", kernel.session.sign([b"{", b"}", b"[", b"]"]), b"{", b"}", b"[", b"]"],
    [b"<IDS|MSG>", b"", b"\\xff" * 100, b"", b"", b""],
    [b"x" * 1000] * 50,
):
    try:
        socket.send_multipart(parts)
    except Exception as error:
        print(type(error).__name__)
"""
CRUSHED_SESSION = """import os
import ipykernel.connect

path = ipykernel.connect.get_connection_file()
for way in (
    lambda: os.chmod(path, 0o666),
    lambda: open(path, "w").write('{"transport": "tcp", "ip": "0.0.0.0", "key": ""}'),
    lambda: os.remove(path),
    lambda: os.symlink("/etc/passwd", path),
):
    try:
        way()
        print("done")
    except OSError as error:
        print(type(error).__name__)
"""

# --- files beside the notebook -----------------------------------------------------------------------------

RUNS = "import os\nprint('course-attack')\nopen('/tmp/course-attack-ran', 'w').write('ran')\n"
MODULES = ("numpy", "torch", "json", "secrets", "random", "nbformat", "IPython", "course_lib", "nbgrader", "site")


def _write(folder: Path, names: dict[str, str | bytes]) -> None:
    for name, content in names.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)


def _shadows(folder: Path) -> None:
    _write(folder, {f"{name}.py": RUNS for name in MODULES})


def _packages(folder: Path) -> None:
    _write(folder, {f"{name}/__init__.py": RUNS for name in ("torch", "pandas", "course_lib", "course_lib/checks")})
    _write(folder, {"course_lib/probe.py": "def show(*args):\n    print('passed')\n"})


def _startup(folder: Path) -> None:
    names = ("sitecustomize.py", "usercustomize.py", "conftest.py", "nbgrader_config.py", "jupyter_config.py")
    _write(folder, dict.fromkeys(names, RUNS))
    _write(folder, {"attack.pth": "import os; os.system('true')\n", "pyvenv.cfg": "home = /tmp\n"})
    _write(folder, {".ipython/profile_default/startup/00.py": RUNS, ".env": "PYTHONPATH=.\n"})
    _write(
        folder, {"pyproject.toml": "[tool.pytest.ini_options]\naddopts = '-p attack'\n", "Makefile": "all:\n\ttrue\n"}
    )


def _truth(folder: Path) -> None:
    forged = '{"assignment": "meta_lstm", "format": 1, "secret": true, "seed": 0, "exercises": {}}'
    _write(folder, {"test_gt.json": forged, ".secrets/meta_lstm.json": forged, "meta_lstm.json": forged})


def _gradebook(folder: Path) -> None:
    path = folder / "gradebook.db"
    with sqlite3.connect(path) as base:
        base.execute("create table grade (id text, auto_score float, max_score float)")
        base.execute("insert into grade values ('meta_lstm', 297, 7)")
    base.close()


def _links(folder: Path) -> None:
    targets = {
        "passwd.txt": "/etc/passwd",
        "secret.json": "../../../.secrets/meta_lstm.json",
        "truth": "../../../source",
        "loop": ".",
        "nowhere": "missing/file",
        "zero": "/dev/zero",
        "self": "self",
    }
    for name, target in targets.items():
        (folder / name).symlink_to(target)


def _link_as_notebook(target: str) -> Folder:
    def write(folder: Path) -> None:
        (folder / NAME).symlink_to(target)

    return write


def _link_to_honest(make: Maker) -> Folder:
    def write(folder: Path) -> None:
        nbformat.write(make.honest(), folder / "real.json")
        (folder / NAME).symlink_to("real.json")

    return write


def _hard_link(make: Maker) -> Folder:
    def write(folder: Path) -> None:
        nbformat.write(make.honest(), folder / "real.json")
        os.link(folder / "real.json", folder / NAME)

    return write


def _fifo(folder: Path) -> None:
    os.mkfifo(folder / NAME)


def _fifo_beside(folder: Path) -> None:
    os.mkfifo(folder / "pipe.csv")
    os.mkfifo(folder / "other.ipynb")


def _directory(folder: Path) -> None:
    _write(folder, {f"{NAME}/{NAME}": "{}"})


def _socket(folder: Path) -> None:
    here = os.getcwd()
    os.chdir(folder)  # the path of a socket has 107 bytes at most
    try:
        with socket.socket(socket.AF_UNIX) as line:
            line.bind(NAME)
    finally:
        os.chdir(here)


def _linked_other(folder: Path) -> None:
    (folder / "other.ipynb").symlink_to("../../../source/meta_lstm/meta_lstm.ipynb")


def _old(folder: Path) -> None:
    _write(folder, {"timestamp.txt": "1999-12-31 23:59:59 UTC\n"})


def _odd_time(folder: Path) -> None:
    _write(folder, {"timestamp.txt": b"\xff\xfe9999999999-13-45T99:99 <b>\n" * 1000, "duedate.txt": "3000-01-01\n"})
    os.utime(folder / "timestamp.txt", (0, 0))


def _time_is_a_folder(folder: Path) -> None:
    _write(folder, {"timestamp.txt/timestamp.txt": "1999-12-31 23:59:59 UTC\n"})


# --- sizes and depths --------------------------------------------------------------------------------------


def _bomb(folder: Path) -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(16):
            archive.writestr(f"{number}.txt", bytes(64 * MIB))
    _write(folder, {"data.zip": data.getvalue()})


def _nested(folder: Path) -> None:
    inner = bytes(8 * MIB)
    for depth in range(12):
        data = io.BytesIO()
        with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
            for number in range(6):
                archive.writestr(f"{depth}-{number}.zip", inner)
        inner = data.getvalue()
    _write(folder, {"nested.zip": inner})


def _paths_out(folder: Path) -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name in ("../../../course-attack.txt", "/tmp/course-attack.txt", "..\\..\\course-attack.txt", NAME):
            archive.writestr(name, "{}")
    _write(folder, {"meta_lstm.zip": data.getvalue()})


def _many(folder: Path) -> None:
    _write(folder, {f"many/{number // 100}/{number}.txt": "" for number in range(3000)})


def _deep(folder: Path) -> None:
    here = folder
    for _ in range(40):
        here = here / ("d" * 60)
    here.mkdir(parents=True)


def _sparse(folder: Path) -> None:
    with (folder / NAME).open("wb") as file:
        file.truncate(500 * MIB)


def _sparse_beside(folder: Path) -> None:
    with (folder / "data.bin").open("wb") as file:
        file.truncate(4096 * MIB)


def _hostile_names(folder: Path) -> None:
    names = [
        "line\nbreak.txt",
        "..hidden..",
        "...ipynb.txt",
        "=cmd|' -C calc'!A0.csv",
        "+1+1.csv",
        "@SUM(1+1)",
        "-2+3",
        "\u202etxt.exe",
        "\u200f\u061cright.txt",
        "a\tb\rc.txt",
        "x" * 250,
        "<img src=x onerror=attackmark()>.txt",
        "'; DROP TABLE grade; --",
        "$(touch course-attack)",
        "`id`",
        "--help",
        "-rf",
        "{{ 7*7 }}{% raw %}",
        "%s%n%x",
        " ",
        "con.",
        "\x1b[31mred.txt",
    ]
    for name in names:
        (folder / name).write_text("x")


def _not_unicode(folder: Path) -> None:
    for name in (b"caf\xe9.txt", b"\xff\xfe.ipynb.txt", b"\x80"):
        with open(os.fsencode(folder) + b"/" + name, "wb") as file:
            file.write(b"x")


def _named(make: Maker, *names: str | bytes) -> Folder:
    def write(folder: Path) -> None:
        for name in names:
            with open(os.fsencode(folder) + b"/" + os.fsencode(name), "w", encoding="utf-8") as file:
                nbformat.write(make.honest(), file)

    return write


def attacks(make: Maker) -> Iterator[Attack]:
    honest = make.honest()
    for row, name, code, story in (
        (10, "rewrite", REWRITE, "rewrites the checks on disk"),
        (10, "everywhere", EVERYWHERE, "writes into every folder that takes it"),
        (10, "mounts", MOUNTS, "mounts, unmounts and changes its user to write where it may not"),
        (11, "truth_on_disk", TRUTH_IN_FOLDER, "rewrites the ground truth that lies in its folder"),
        (11, "truth_in_memory", TRUTH_IN_MEMORY, "empties the ground truth in memory"),
        (14, "shadows_made", SHADOWS_MADE, "writes modules with known names beside itself"),
        (15, "startup_written", STARTUP_WRITTEN, "writes startup files of Python, IPython and the shell"),
        (15, "startup_and_restart", START_AGAIN, "writes startup files and makes the kernel start again"),
        (20, "sockets", SOCKETS, "sends garbage to every socket, and signals to the processes above"),
        (20, "forged_messages", FORGED_MESSAGES, "sends messages of every kind in the kernel's name"),
        (20, "connection_file_gone", CRUSHED_SESSION, "overwrites and removes the connection file"),
    ):
        yield make.attack(row, name, story, make.first(code))
    yield make.attack(20, "broken_messages", "sends messages that cannot be read", make.last(BROKEN_MESSAGES))
    for name, code, story in (
        ("path_first", PATH_FIRST, "puts its own course_lib in front of the path"),
        ("meta_path", META_PATH, "finds all modules of the course itself"),
    ):
        yield make.attack(14, name, story, make.before_check("translate", code))

    for row, name, files, story in (
        (11, "truth_handed_in", _truth, "a ground truth of its own beside the notebook"),
        (14, "shadow_modules", _shadows, "modules with known names beside the notebook"),
        (14, "shadow_packages", _packages, "packages with known names beside the notebook"),
        (15, "startup_files", _startup, "startup files of all kinds beside the notebook"),
        (16, "gradebook_handed_in", _gradebook, "a gradebook beside the notebook"),
        (18, "links_beside", _links, "links to private files beside the notebook"),
        (18, "fifo_beside", _fifo_beside, "pipes that nobody writes to beside the notebook"),
        (35, "old", _old, "a time stamp of 1999"),
        (35, "odd", _odd_time, "a time stamp that is no time"),
        (35, "folder", _time_is_a_folder, "a folder that is called like a time stamp"),
        (40, "zip_bomb", _bomb, "an archive that unpacks to a gigabyte"),
        (40, "nested_archives", _nested, "archives in archives"),
        (40, "paths_out", _paths_out, "an archive with paths that lead out of the folder"),
        (40, "many_files", _many, "3,000 files"),
        (40, "deep_folders", _deep, "folders 40 deep"),
        (40, "sparse_file_beside", _sparse_beside, "a file of 4 GB that takes no space"),
        (44, "hostile_names", _hostile_names, "files with hostile names"),
        (44, "names_that_are_no_text", _not_unicode, "files whose names are not UTF-8"),
    ):
        yield make.attack(row, name, story, honest, files=files)

    for name, files, story in (
        ("link_to_passwd", _link_as_notebook("/etc/passwd"), "the notebook is a link to a file of the system"),
        ("link_to_source", _link_as_notebook("../../../source/meta_lstm/meta_lstm.ipynb"), "a link to the solutions"),
        ("link_to_itself", _link_as_notebook(NAME), "the notebook is a link to itself"),
        ("link_to_zero", _link_as_notebook("/dev/zero"), "the notebook is a link to an endless file"),
        ("link_to_honest", _link_to_honest(make), "the notebook is a link to a file beside it"),
        ("hard_link", _hard_link(make), "the notebook has two names"),
        ("fifo", _fifo, "the notebook is a pipe"),
        ("directory", _directory, "the notebook is a folder"),
        ("socket", _socket, "the notebook is a socket"),
    ):
        yield make.attack(18, name, story, None, earns=(), files=files, outcomes=UNREADABLE)
    story = "a link to the solutions under another name"
    yield make.attack(18, "linked_other", story, None, earns=(), files=_linked_other, outcomes=NOTHING)

    deep = "[" * 100_000 + "]" * 100_000
    nest = '{"cells": [], "metadata": {"a": ' + deep + '}, "nbformat": 4, "nbformat_minor": 5}'
    keys = '{"a":' * 50_000 + "1" + "}" * 50_000
    for name, content, story in (
        ("brackets", deep, "100,000 brackets"),
        ("deep_metadata", nest, "metadata 100,000 deep"),
        ("deep_keys", keys, "objects 50,000 deep"),
        ("unclosed", "[" * 1_000_000, "a million brackets that are never closed"),
    ):
        yield make.attack(40, name, story, content, earns=(), outcomes=UNREADABLE)
    large = '{"cells": [], "metadata": {"a": "' + "x" * (66 * MIB) + '"}, "nbformat": 4, "nbformat_minor": 5}'
    yield make.attack(40, "large_notebook", "a notebook of 66 MiB", large, earns=(), outcomes=UNREADABLE)
    story = "a notebook of 500 MiB that takes no space"
    yield make.attack(40, "sparse_notebook", story, None, earns=(), files=_sparse, outcomes=UNREADABLE)

    for name, other, story in (
        ("newline_in_the_name", "meta\nlstm.ipynb", "the only notebook has a line break in its name"),
        ("formula_in_the_name", "=HYPERLINK(1).ipynb", "the only notebook is called like a formula"),
        ("right_to_left_name", "\u202emeta_lstm\u202c.ipynb", "the only notebook has right-to-left marks in its name"),
        ("markup_in_the_name", "<script>attackmark()<!-- & \"'.ipynb", "the only notebook has markup in its name"),
    ):
        pages = name == "markup_in_the_name"
        yield make.attack(44, name, story, None, files=_named(make, other), pages=pages)
    story = "the only notebook has a name that is not UTF-8"
    yield make.attack(44, "not_unicode_name", story, None, files=_named(make, b"caf\xe9.ipynb"))
    several = _named(make, "..meta_lstm.ipynb", "=1+1.ipynb", "a\nb.ipynb")
    story = "three notebooks with hostile names, none the right one"
    outcomes = (SubmissionOutcome.NO_NOTEBOOK,)
    yield make.attack(44, "several_hostile_names", story, None, earns=(), files=several, outcomes=outcomes)
