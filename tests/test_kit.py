"""A kit for students has all that they need and nothing else, is the same bytes each time, and works offline."""

import ast
import copy
import io
import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import time
import tomllib
import warnings
import zipfile
from email.parser import BytesParser
from importlib import metadata
from pathlib import Path

import nbformat
import pytest
import yaml
from browser import chromium, needs_chromium, serious, shoot
from nbgrader.utils import is_solution

from course_lib import data
from course_lib.authoring import kit, leak_scan, student_package
from course_lib.cli import main as commands
from course_lib.errors import CourseError
from course_lib.ground_truth import GroundTruth
from course_lib.paths import Course

NAME = "toy_chooser"
SECRET_SEED = 2**61 + 54321
PINS = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
TARGET_S = 180.0  # from unpacking to the first green check, where the libraries are there already


@pytest.fixture(scope="module")
def made(course, tmp_path_factory):
    """The kit of the repository, as a zip."""
    return kit.make(course, NAME, tmp_path_factory.mktemp("kit"))


@pytest.fixture(scope="module")
def files(made):
    """Name in the kit -> content."""
    with zipfile.ZipFile(made) as archive:
        return {name.removeprefix(f"{NAME}/"): archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def wheel(files):
    """Name in the wheel -> content."""
    return members(files[wheel_name(files)])


@pytest.fixture
def own(course, tmp_path):
    """A course of one assignment, with a secret truth, to plant leaks into."""
    copied = Course(tmp_path / "course")
    for folder in (copied.source(NAME), copied.release(NAME)):
        shutil.copytree(course.root / folder.relative_to(copied.root), folder)
    (copied.root / "nbgrader_config.py").touch()
    GroundTruth(NAME, SECRET_SEED, True, {}).save(copied.secret_truth(NAME))
    return copied


def wheel_name(files):
    (name,) = [name for name in files if name.endswith(".whl")]
    return name


def members(wheel):
    with zipfile.ZipFile(io.BytesIO(wheel)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def with_member(files, name, content):
    """A kit's files, with one more file in its wheel."""
    buffer = io.BytesIO(files[wheel_name(files)])
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr(name, content, zipfile.ZIP_DEFLATED)  # else its text stands in the wheel itself too
    return {**files, wheel_name(files): buffer.getvalue()}


# --- what is in it -----------------------------------------------------------------------------------------


def test_a_kit_is_one_folder_with_what_a_student_needs(made, files):
    with zipfile.ZipFile(made) as archive:
        assert archive.testzip() is None
        assert {Path(name).parts[0] for name in archive.namelist()} == {NAME}
    assert set(files) == {
        "START.html",
        "environment.yml",
        "requirements.txt",
        "test_gt.json",
        f"{NAME}.ipynb",
        "course_lib-0.1.0+toy.chooser-py3-none-any.whl",
    }


def test_notebook_and_ground_truth_are_those_of_the_release(course, files):
    for name in (f"{NAME}.ipynb", "test_gt.json"):
        assert files[name] == (course.release(NAME) / name).read_bytes()


def test_the_wheel_has_no_staff_module_and_all_that_its_modules_import(wheel):
    modules = {name for name in wheel if name.startswith("course_lib/") and name.endswith(".py")}
    assert [name for name in modules if leak_scan.is_for_staff(name)] == []
    assert {name for name in modules if name.startswith("course_lib/cli/")} == {
        f"course_lib/cli/{name}.py" for name in ("__init__", "app", "students")
    }
    for name in modules:
        for node in ast.walk(ast.parse(wheel[name])):
            if isinstance(node, ast.ImportFrom) and node.module.startswith("course_lib"):
                place = node.module.replace(".", "/")
                assert {f"{place}.py", f"{place}/__init__.py"} & set(wheel), (name, node.module)


def test_the_wheel_says_what_it_needs_and_gives_the_students_command(files, wheel):
    (info,) = {name.partition("/")[0] for name in wheel if ".dist-info/" in name}
    said = BytesParser().parsebytes(wheel[f"{info}/METADATA"])
    assert said.get_all("Requires-Dist") == files["requirements.txt"].decode().split()
    assert said["Requires-Python"] == PINS["requires-python"]
    assert b"course = course_lib.cli.students:main" in wheel[f"{info}/entry_points.txt"]
    assert {f"{info}/licenses/LICENSE", f"{info}/licenses/LICENSE-TEXT"} <= set(wheel)


def test_the_pins_are_those_of_the_project_and_cover_all_imports(files, wheel):
    pins = files["requirements.txt"].decode().split()
    assert set(pins) <= set(PINS["dependencies"])
    assert not {pin.partition("==")[0] for pin in pins} & {"distributed", "bokeh", "bleach[css]", "nbconvert"}
    assert {"torch", "numpy", "matplotlib", "jupyterlab", "nbgrader", "ipykernel"} <= {
        pin.partition("==")[0] for pin in pins
    }
    named = {re.split(r"[\[=]", pin)[0] for pin in pins}
    come_along = {"ipython", "jupyter-core", "jupyter-client"}  # with ipykernel
    distributions = metadata.packages_distributions()
    for name, content in wheel.items():
        for module in imported(content) if name.endswith(".py") else ():
            found = {one.lower().replace("_", "-") for one in distributions.get(module, [])}
            assert found & (named | come_along), (name, module)


def imported(source):
    """Top-level modules that are neither Python's nor the course's."""
    names = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module.partition(".")[0])
    return names - sys.stdlib_module_names - {"course_lib"}


def test_the_conda_environment_has_the_same_pins(files):
    environment = yaml.safe_load(files["environment.yml"])
    (pip,) = [item["pip"] for item in environment["dependencies"] if isinstance(item, dict)]
    assert pip == files["requirements.txt"].decode().split()
    assert environment["name"] == NAME
    assert f"python={PINS['requires-python'].removeprefix('>=')}" in environment["dependencies"]


@pytest.mark.parametrize("assignment", ["ranking", "text_classification", "recurrent_networks"])
def test_only_the_assignments_own_mini_data_is_in_it(assignment):
    found = student_package.contents(assignment, [])
    minis = {name for name in found.files if name.startswith("course_lib/data/mini/")}
    assert minis == {f"course_lib/data/mini/{assignment}/{path.name}" for path in (data.MINI / assignment).iterdir()}


def test_libraries_of_the_notebook_alone_are_needed_too(course):
    project = student_package.project(course)
    found = student_package.contents(NAME, ["from sklearn.linear_model import LogisticRegression"])
    assert "scikit-learn" in " ".join(student_package.requirements(project, found.modules))


def test_without_pyproject_the_installed_package_says_the_pins(monkeypatch, tmp_path):
    monkeypatch.setattr(student_package, "PACKAGE", tmp_path / "course_lib")
    found = student_package.project(Course(tmp_path))
    assert found.pins["torch"] in PINS["dependencies"]
    assert (found.version, found.requires_python) == (PINS["version"], PINS["requires-python"])
    assert "pytest" not in found.pins


def test_without_either_one_line_says_what_is_missing(monkeypatch, tmp_path):
    def missing(name):
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(student_package, "PACKAGE", tmp_path / "course_lib")
    monkeypatch.setattr(metadata, "distribution", missing)
    with pytest.raises(CourseError, match=r"has no pyproject.toml of course-lib, .* pip install --editable"):
        student_package.project(Course(tmp_path))


def test_the_same_input_gives_the_same_bytes(own, tmp_path, monkeypatch):
    first = kit.make(own, NAME, tmp_path / "first.zip").read_bytes()
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    before = os.umask(0o077)
    try:
        second = kit.make(own, NAME, tmp_path / "second.zip")
    finally:
        os.umask(before)
    assert second.read_bytes() == first
    assert second.stat().st_mode & 0o777 == 0o644
    with zipfile.ZipFile(second) as archive:
        assert archive.namelist() == sorted(archive.namelist())
        assert {one.date_time for one in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


# --- leaks -------------------------------------------------------------------------------------------------


def test_the_kit_itself_is_clean(course, files):
    assert leak_scan.scan_kit(course, NAME, files) == []


def plant_solution(course):
    append(course.release_notebook(NAME), "return [FIRST, *map(int, str(number)), LAST]")


def plant_seed(course):
    append(course.release_notebook(NAME), f"rng = np.random.default_rng({SECRET_SEED})")


def plant_secret_truth(course):
    shutil.copy(course.secret_truth(NAME), course.release(NAME) / "test_gt.json")


def append(path, line):
    notebook = json.loads(path.read_text(encoding="utf-8"))
    notebook["cells"][-1]["source"] = [line]
    path.write_text(json.dumps(notebook), encoding="utf-8")


PLANTED = {
    "a solution": (plant_solution, f"{NAME}.ipynb: a line of a solution: 'return [FIRST, "),
    "the secret seed": (plant_seed, f"{NAME}.ipynb: private ground truth: '{SECRET_SEED}'"),
    "a secret truth": (plant_secret_truth, "test_gt.json: a file of .secrets"),
}


@pytest.mark.parametrize(("plant", "leak"), PLANTED.values(), ids=PLANTED)
def test_a_leak_is_named_and_leaves_no_zip(own, tmp_path, monkeypatch, capsys, plant, leak):
    assert "return [FIRST, *map(int, str(number)), LAST]" in own.source_notebook(NAME).read_text(encoding="utf-8")
    target = tmp_path / "out" / f"{NAME}-kit.zip"
    target.parent.mkdir()
    target.write_bytes(b"an older kit")
    plant(own)
    monkeypatch.chdir(own.root)
    monkeypatch.setattr(sys, "argv", ["course", "kit", NAME, "--to", str(target.parent)])
    with pytest.raises(SystemExit) as ended:
        commands.main()
    said = capsys.readouterr().err
    assert ended.value.code == 2
    assert said.startswith(f"error: the kit of {NAME} would leak, and was not written: ") and said.count("\n") == 1
    assert leak in said
    assert list(target.parent.iterdir()) == []


IN_WHEEL = {
    "a staff module": ("course_lib/grading/run.py", "", "a module for staff"),
    "the fork server": ("course_lib/warm.py", "", "a module for staff"),
    "the bridge": ("course_lib/nbgrader_bridge.py", "", "a module for staff"),
    "a staff command": ("course_lib/cli/main.py", "", "a module for staff"),
    "a solution": (
        "course_lib/checks/help.py",
        "return [FIRST, *map(int, str(number)), LAST]",
        "a line of a solution: 'return [FIRST, *map(int, str(number)), LAST]'",
    ),
    "the secret seed": (
        "course_lib/data/mini/toy_chooser/seed.txt",
        str(SECRET_SEED),
        f"private ground truth: '{SECRET_SEED}'",
    ),
    "a marker": ("course_lib/notes.py", "### BEGIN SOLUTION", "a marker: BEGIN SOLUTION"),
    "a place of this machine": (
        "course_lib/notes.py",
        f"{student_package.PACKAGE.parent}/source",
        "a path of this machine: ",
    ),
    "a file of .secrets": (".secrets/notes.txt", "", "a file of .secrets"),
}


@pytest.mark.parametrize(("name", "content", "leak"), IN_WHEEL.values(), ids=IN_WHEEL)
def test_a_leak_in_the_wheel_is_named(own, files, name, content, leak):
    (found,) = leak_scan.scan_kit(own, NAME, with_member(files, name, content))
    assert found.startswith(f"{wheel_name(files)}/{name}: {leak}")


def test_a_solution_of_another_assignment_in_the_wheel_is_named(course, files):
    line = "return {k: float((counts < k).mean()) for k in ks}"
    (found,) = leak_scan.scan_kit(course, NAME, with_member(files, "course_lib/help.py", line))
    assert found.endswith(f"course_lib/help.py: a line of a solution: {line!r}")


@pytest.mark.parametrize("name", ["START.html", "requirements.txt", "environment.yml"])
def test_a_path_of_this_machine_is_named_wherever_it_stands(own, files, name):
    planted = {**files, name: files[name] + f"\n{own.root}/source".encode()}
    (found,) = leak_scan.scan_kit(own, NAME, planted)
    assert found == f"{name}: a path of this machine: {str(own.root.resolve())[:60]!r}"


def test_every_commonplace_line_is_of_a_solution_and_of_the_package(course):
    solutions = set().union(
        *(leak_scan.solution_lines(nbformat.read(course.source_notebook(one), 4)) for one in course.assignments())
    )
    shipped = b"\n".join(
        content for one in course.assignments() for content in student_package.contents(one, []).files.values()
    ).decode("utf-8", "replace")
    assert solutions >= leak_scan.COMMONPLACE
    assert [line for line in leak_scan.COMMONPLACE if line not in shipped] == []


def test_students_get_no_module_that_imports_one_of_staff():
    with pytest.raises(CourseError, match=r"students cannot have course_lib/grading/run.py"):
        student_package.contents(NAME, ["from course_lib.grading import run"])


# --- the command -------------------------------------------------------------------------------------------


def test_without_a_release_the_remedy_is_named(own):
    shutil.rmtree(own.release(NAME))
    with pytest.raises(CourseError, match=f"is missing: run: course release {NAME}"):
        kit.make(own, NAME)


def test_an_unknown_assignment_names_the_known_ones(own):
    with pytest.raises(CourseError, match=f"there are: {NAME}"):
        kit.make(own, "cooking")


def test_a_place_that_cannot_be_written_is_named(own, tmp_path):
    with pytest.raises(CourseError, match=r"cannot write .*kit.zip: .*: name another with --to"):
        kit.make(own, NAME, tmp_path / "nowhere" / "kit.zip")


def test_the_command_writes_into_the_current_folder(own, monkeypatch, capsys):
    monkeypatch.chdir(own.root)
    monkeypatch.setattr(sys, "argv", ["course", "kit", NAME])
    with pytest.raises(SystemExit) as ended:
        commands.main()
    assert ended.value.code == 0
    assert f"wrote {NAME}-kit.zip" in capsys.readouterr().out
    assert zipfile.is_zipfile(own.root / f"{NAME}-kit.zip")


# --- the start page and the cell for Colab -----------------------------------------------------------------


def test_the_start_page_loads_nothing_and_names_all_commands(files):
    page = files["START.html"].decode()
    assert "default-src 'none'" in page
    assert not re.search(r"<script|<img|<link|\bsrc=|@import|url\(", page)
    text = re.sub(r"<[^>]+>", "", page)
    for command in (
        "python3 -m venv .venv",
        ".venv/bin/python -m pip install -r requirements.txt",
        ".venv/bin/python -m pip install --no-index --no-deps course_lib-*.whl",
        f".venv\\Scripts\\python -m pip install --no-index --no-deps {wheel_name(files)}",
        "conda env create --file environment.yml",
        f".venv\\Scripts\\course check {NAME}.ipynb",
        "task_tests.test_to_digits(to_digits)",
    ):
        assert command in text, command


def test_the_start_page_escapes_what_the_notebook_says(own):
    notebook = nbformat.read(own.release_notebook(NAME), 4)
    notebook.cells[0].source = "# <script>alert(1)</script>"
    page = kit._start(student_package.project(own), NAME, notebook, "x.whl", {})
    assert "<script>" not in page and "&lt;script&gt;" in page


@pytest.fixture
def installed(monkeypatch):
    """Calls of pip that the cell makes, not run."""
    calls = []
    monkeypatch.setattr(subprocess, "run", lambda words, check: calls.append(words[5:]))
    return calls


def run_cell(assignment=NAME, pins=None):
    exec(kit.online_cell(assignment, pins if pins is not None else {"json": "json==1"}), {})


def test_the_cell_unpacks_the_kit_and_installs_only_what_is_missing(made, files, tmp_path, monkeypatch, installed):
    monkeypatch.chdir(tmp_path)
    shutil.copy(made, tmp_path / f"{NAME}-kit (1).zip")  # as a browser names a second download
    run_cell(pins={"json": "json==1", "no_such_module": "no-such-module==2"})
    assert Path.cwd() == tmp_path / NAME
    assert installed == [["no-such-module==2"], ["--no-index", "--no-deps", wheel_name(files)]]
    run_cell()
    assert Path.cwd() == tmp_path / NAME  # a second run changes nothing


def test_the_cell_never_unpacks_over_what_a_student_wrote(made, tmp_path, monkeypatch, installed):
    monkeypatch.chdir(tmp_path)
    shutil.copy(made, tmp_path)
    written = tmp_path / NAME / f"{NAME}.ipynb"
    written.parent.mkdir()
    written.write_text("my work", encoding="utf-8")
    run_cell()
    assert written.read_text(encoding="utf-8") == "my work"


def test_the_cell_does_nothing_beside_a_released_notebook(course, tmp_path, monkeypatch, capsys, installed):
    monkeypatch.chdir(tmp_path)
    run_cell()
    assert capsys.readouterr().out == f"{NAME}-kit.zip is not here: upload it, and run this cell again\n"
    shutil.copy(course.release(NAME) / "test_gt.json", tmp_path)
    run_cell()
    assert (capsys.readouterr().out, installed) == ("", [])


@pytest.mark.slow
@needs_chromium
def test_the_start_page_is_readable_in_light_dark_and_narrow(files, tmp_path):
    page_file = tmp_path / "START.html"
    page_file.write_bytes(files["START.html"])
    looks = {"light": (1100, "light"), "dark": (1100, "dark"), "narrow": (360, "light")}
    with chromium() as browser:
        for name, (width, scheme) in looks.items():
            page = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 800}).new_page()
            complaints = []
            page.on("console", lambda message, complaints=complaints: complaints.append(message.text))
            page.goto(page_file.as_uri())
            shoot(page, f"kit_start_{name}")
            for way in range(3):
                if page.locator("details").nth(way).get_attribute("open") is None:
                    page.locator("summary").nth(way).click()
                assert serious(page) == []
                assert page.evaluate("document.documentElement.scrollWidth") <= width
            assert complaints == []
            if name == "light":
                assert page.locator("pre.cell").inner_text().startswith(f"# {NAME} on Colab")
                shoot(page, "kit_start_online")


# --- the real thing ----------------------------------------------------------------------------------------


def without_network():
    """Words that run a command in a network namespace which has only its own loopback; None where not permitted."""
    words = ["unshare", "--net", *([] if os.getuid() == 0 else ["--map-root-user"]), "sh", "-c"]
    words += ['ip link set lo up && exec "$@"', "sh"]
    try:
        done = subprocess.run([*words, "true"], capture_output=True)
    except FileNotFoundError:
        return None
    return words if done.returncode == 0 else None


def answered(release, source, number):
    """The released notebook with the first answers of the source filled in."""
    filled = copy.deepcopy(release)
    solutions = {cell.id: cell.source for cell in source.cells}
    answers = [cell for cell in filled.cells if cell.cell_type == "code" and is_solution(cell)][:number]
    for cell in answers:
        lines = solutions[cell.id].splitlines()
        cell.source = "\n".join(line for line in lines if "### BEGIN SOLUTION" not in line and "### END" not in line)
    return filled, [cell.id for cell in answers]


@pytest.mark.slow
def test_from_unpacking_to_the_first_green_check_without_network(course, made, tmp_path):
    seconds, python = {}, tmp_path / NAME / ".venv" / "bin" / "python"

    def step(name, words, before=(), **options):
        start = time.monotonic()
        outside = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "VIRTUAL_ENV"))}
        done = subprocess.run([*before, *words], capture_output=True, text=True, env=outside, **options)
        seconds[name] = time.monotonic() - start
        return done

    start = time.monotonic()
    zipfile.ZipFile(made).extractall(tmp_path)
    seconds["unpack"] = time.monotonic() - start
    folder = tmp_path / NAME
    assert step("venv", [sys.executable, "-m", "venv", ".venv"], cwd=folder).returncode == 0
    (wheel,) = folder.glob("*.whl")
    offline = without_network()
    if offline is None:
        warnings.warn("no network namespace is permitted here: the kit was tried WITH network", stacklevel=1)
    else:
        connect = "import socket; socket.create_connection(('192.0.2.1', 80), 5)"
        assert "Network is unreachable" in step("(no network)", [python, "-c", connect], offline).stderr
    words = [python, "-m", "pip", "install", "--no-index", "--no-deps", wheel.name]
    done = step("install the wheel", words, offline or (), cwd=folder)
    assert done.returncode == 0, done.stderr
    # The libraries of this environment. They come after the venv's own; path files in there are not read, so that
    # an editable course_lib stays out.
    (site,) = (folder / ".venv").glob("lib/python*/site-packages")
    libraries = sysconfig.get_paths()["purelib"]
    (site / "libraries.pth").write_text(f"{libraries}\n", encoding="utf-8")

    said = step("import", [python, "-c", "import course_lib; print(course_lib.__file__)"], offline or (), cwd=folder)
    assert said.stdout.strip() == str(site / "course_lib" / "__init__.py"), said.stderr
    for module in ("grading", "authoring", "warm", "nbgrader_bridge", "cli.main"):
        done = step("(staff)", [python, "-c", f"import course_lib.{module}"], cwd=folder)
        assert f"No module named 'course_lib.{module}'" in done.stderr
    done = step("(pip show)", [python, "-m", "pip", "show", "course-lib"], cwd=folder)
    assert "Version: 0.1.0+toy.chooser" in done.stdout

    notebook = folder / f"{NAME}.ipynb"
    release, source = (nbformat.read(path, 4) for path in (notebook, course.source_notebook(NAME)))
    filled, (first, second) = answered(release, source, 2)
    filled.cells.append(nbformat.v4.new_code_cell("import course_lib\nraise RuntimeError(course_lib.__file__)"))
    nbformat.write(filled, notebook)
    words = [folder / ".venv" / "bin" / "course", "check", notebook.name, "--json", "found.json"]
    done = step("course check", words, offline or (), cwd=folder)
    assert done.returncode == 1, done.stdout + done.stderr  # eight exercises are not written yet
    found = json.loads((folder / "found.json").read_text(encoding="utf-8"))
    passed = {one["exercise"].rpartition(".")[2] for one in found["exercises"] if one["points"] > 0}
    assert passed == {first, second}
    assert any(f"RuntimeError: {site / 'course_lib' / '__init__.py'}" in line for line in found["findings"])

    steps = {name: number for name, number in seconds.items() if not name.startswith("(")}
    print("\n".join(f"{name}: {number:.1f} s" for name, number in steps.items()), f"all: {sum(steps.values()):.1f} s")
    assert sum(steps.values()) <= TARGET_S
