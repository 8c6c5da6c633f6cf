"""The repository keeps its promises: equal pins, no machine's paths, notebooks without outputs, who imports what."""

import ast
import fnmatch
import itertools
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import nbformat
import pytest
import yaml
from nbgrader.utils import is_grade, is_solution

from course_lib import check_cell, checks, data
from course_lib.authoring.sample_class import CLASSES
from course_lib.data import mini_data
from course_lib.errors import CourseError
from course_lib.paths import Course

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
PINS = PROJECT["dependencies"] + PROJECT["optional-dependencies"]["dev"]
ENVIRONMENT = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
MODULES = sorted((ROOT / "course_lib").rglob("*.py"))
NOTEBOOKS = sorted(path for folder in ("source", "release") for path in (ROOT / folder).rglob("*.ipynb"))


def ignored(name):
    """Whether .gitignore leaves a file or folder out (its patterns here are plain names)."""
    lines = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    patterns = [line.rstrip("/") for line in lines if line and not line.startswith("#")]
    assert not any("/" in pattern or "!" in pattern for pattern in patterns)
    return name == ".git" or any(fnmatch.fnmatch(name, pattern) for pattern in patterns)


@pytest.fixture(scope="module")
def texts():
    """Name -> content of the text files that belong to the project."""
    found = {}
    folders = [ROOT]
    while folders:
        for path in sorted(folders.pop().iterdir()):
            if ignored(path.name):
                continue
            if path.is_dir():
                folders.append(path)
            elif b"\0" not in (content := path.read_bytes()):
                found[path.relative_to(ROOT).as_posix()] = content
    return found


POINTS = {
    "ranking": 10.0,
    "text_classification": 10.0,
    "recurrent_networks": 10.0,
    "toy_chooser": 5.0,
    "meta_lstm": 5.0,
}
each_assignment = pytest.mark.parametrize("assignment", checks.ASSIGNMENTS)
each_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.relative_to(ROOT).as_posix())
each_module = pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())


# --- pins --------------------------------------------------------------------------------------------------


def test_the_conda_environment_has_the_pins_of_pyproject():
    (pip,) = [item["pip"] for item in ENVIRONMENT["dependencies"] if isinstance(item, dict)]
    assert sorted(pip) == sorted(PINS)
    assert len(set(pip)) == len(pip)


@pytest.mark.parametrize("pin", PINS)
def test_every_pin_is_exact(pin):
    assert re.fullmatch(r"[a-z0-9-]+(\[[a-z]+\])?==\d+(\.\d+)*(\.post\d+)?", pin)


def test_the_conda_environment_has_a_python_that_the_project_takes():
    (python,) = [item for item in ENVIRONMENT["dependencies"] if str(item).startswith("python=")]
    assert PROJECT["requires-python"] == f">={python.removeprefix('python=')}"


def test_the_makefile_installs_the_pinned_torch():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    (torch,) = [pin for pin in PINS if pin.startswith("torch==")]
    assert re.findall(r"torch==\S+", makefile) == [torch]


# --- files -------------------------------------------------------------------------------------------------


def test_the_readme_names_the_two_commands():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "make demo" in readme and "make test" in readme


def test_the_commands_of_the_readme_are_targets_of_the_makefile():
    targets = set(re.findall(r"(?m)^(\w+):", (ROOT / "Makefile").read_text(encoding="utf-8")))
    assert set(re.findall(r"`make (\w+)", (ROOT / "README.md").read_text(encoding="utf-8"))) <= targets


def test_the_links_of_the_readme_lead_somewhere():
    links = re.findall(r"\]\(([^)#:]+)\)", (ROOT / "README.md").read_text(encoding="utf-8"))
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_the_readme_lists_every_assignment_and_lesson():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    lessons = [path.relative_to(ROOT).as_posix() for path in (ROOT / "notebooks").glob("*.ipynb")]
    assert lessons
    for name in [*lessons, *(f"source/{assignment}/{assignment}.ipynb" for assignment in checks.ASSIGNMENTS)]:
        assert f"]({name})" in readme, name


@each_assignment
def test_an_assignment_has_a_sample_class_and_mini_data_if_it_reads_any(assignment):
    code = "\n".join(cell.source for cell in source_cells(assignment) if cell.cell_type == "code")
    assert bool(re.search(r"\bdata\.\w+\(", code)) == (assignment in mini_data.WRITERS)
    assert assignment not in mini_data.WRITERS or any((data.MINI / assignment).iterdir())
    assert {"sample_right", "sample_other_style", "sample_empty"} < {
        item.student for item in CLASSES[assignment](Course(ROOT))
    }


def test_ci_runs_the_test_command():
    assert re.search(r"(?m)^make test$", (ROOT / ".ci" / "run").read_text(encoding="utf-8"))


def test_the_walk_over_the_project_finds_its_files_and_no_others(texts):
    assert {"README.md", ".ci/run", "course_lib/cli/main.py", "release/ranking/ranking.ipynb", "LICENSE"} <= set(texts)
    assert not any(name.startswith((".secrets", "submitted", ".venv", "autograded", "gradebook")) for name in texts)


# Written so that this file does not name them itself.
PATHS = ["/work" + "/", "/root" + "/", "/tmp" + "/lab"]
HOSTS = ["pypi" + ".org", "python" + "hosted.org", "npm" + "js.org", "index" + "-url", "conda" + ".anaconda"]


def test_no_file_names_a_path_or_a_registry_of_one_machine(texts):
    found = {}
    for name, content in texts.items():
        text = content.decode("utf-8")
        places = [part for part in PATHS if re.search(r"(?<![\w.~$}])" + re.escape(part), text)]
        places += [part for part in HOSTS if part in text]
        if places:
            found[name] = places
    assert found == {}


def test_every_text_file_ends_with_one_line_end(texts):
    # In CoNLL-U an empty line ends a sentence, the last one as well.
    lines = {name: text.removesuffix(b"\n") if name.endswith(".conllu") else text for name, text in texts.items()}
    wrong = [name for name, text in lines.items() if text and (not text.endswith(b"\n") or text.endswith(b"\n\n"))]
    assert wrong == []
    assert [name for name, text in texts.items() if b"\r" in text] == []


# --- notebooks ---------------------------------------------------------------------------------------------


def test_source_and_release_have_the_same_notebooks():
    source, release = (sorted((ROOT / folder).rglob("*.ipynb")) for folder in ("source", "release"))
    assert [path.relative_to(ROOT / "source") for path in source] == [
        path.relative_to(ROOT / "release") for path in release
    ]


@each_notebook
def test_a_notebook_has_no_outputs(path):
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "code":
            assert cell.outputs == [] and cell.execution_count is None, cell.id


@each_notebook
def test_a_notebook_is_valid_and_its_cells_have_readable_ids(path):
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    ids = [cell.id for cell in notebook.cells]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[a-z][a-zA-Z0-9_-]+", name) for name in ids)
    for cell in notebook.cells:
        assert cell.metadata.get("nbgrader", {}).get("grade_id", cell.id) == cell.id


@each_notebook
def test_stripping_outputs_keeps_ids_and_nbgrader_metadata(path, tmp_path):
    copy = Path(shutil.copy(path, tmp_path))
    notebook = nbformat.read(copy, as_version=4)
    for count, cell in enumerate(notebook.cells):
        if cell.cell_type == "code":
            cell.outputs = [nbformat.v4.new_output("stream", text="shown\n")]
            cell.execution_count = count + 1
    nbformat.write(notebook, copy)
    strip(copy)
    assert copy.read_bytes() == path.read_bytes()


@each_notebook
def test_stripping_outputs_leaves_a_stored_notebook_alone(path, tmp_path):
    copy = Path(shutil.copy(path, tmp_path))
    strip(copy)
    assert copy.read_bytes() == path.read_bytes()


def strip(path):
    """Run the hook of .pre-commit-config.yaml."""
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"][0]["hooks"]
    (entry,) = [hook["entry"] for hook in hooks if hook["id"] == "notebooks-without-outputs"]
    program, *options = entry.split()
    subprocess.run([Path(sys.executable).parent / Path(program).name, *options, path], check=True, cwd=path.parent)


@each_assignment
def test_there_is_one_check_cell_for_each_check(assignment):
    cells = source_cells(assignment)
    calls = [check_cell.parse(cell.source) for cell in cells if cell.cell_type == "code" and is_grade(cell)]
    assert [f"{assignment}.{call.exercise}" for call in calls] == [
        one.exercise for one in checks.ASSIGNMENTS[assignment]
    ]


@each_assignment
def test_each_check_cell_follows_its_answer(assignment):
    cells = source_cells(assignment)
    for before, cell in itertools.pairwise(cells):
        if cell.cell_type == "code" and is_grade(cell):
            assert is_solution(before)
            assert cell.id == f"test_{before.id}" == f"test_{check_cell.parse(cell.source).exercise}"


@each_assignment
def test_the_points_of_an_assignment_sum_to_what_its_text_says(assignment):
    graded = [cell for cell in source_cells(assignment) if is_grade(cell)]
    assert sum(cell.metadata.nbgrader.points for cell in graded) == pytest.approx(POINTS[assignment])
    texts = "\n".join(cell.source for cell in source_cells(assignment) if cell.cell_type == "markdown")
    said = [float(number) for number in re.findall(r"### Exercise [\d.]+ · ([\d.]+) points?", texts)]
    assert said == [cell.metadata.nbgrader.points for cell in graded if cell.metadata.nbgrader.points]


@each_assignment
def test_bonus_tasks_say_their_points_and_have_none_in_nbgrader(assignment):
    bonus = {check.exercise.partition(".")[2]: check.bonus for check in checks.ASSIGNMENTS[assignment] if check.bonus}
    cells = source_cells(assignment)
    points = {cell.id.removeprefix("test_"): cell.metadata.nbgrader.points for cell in cells if is_grade(cell)}
    assert {name for name, number in points.items() if number == 0} == set(bonus)
    texts = "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    said = [float(number) for number in re.findall(r"### Exercise [\d.]+ · bonus ([\d.]+) points?", texts)]
    assert said == list(bonus.values())
    assert not bonus or f"up to {checks.MOST_BONUS[assignment]:g} points in all" in texts


def source_cells(assignment):
    return nbformat.read(ROOT / "source" / assignment / f"{assignment}.ipynb", as_version=4).cells


@pytest.mark.parametrize(
    "source",
    [
        "",
        "task_tests",
        "task_tests.test_embedder",
        "task_tests.embedder(Embedder)",
        "tests.test_embedder(Embedder)",
        "task_tests.test_embedder(embedder=Embedder)",
        "x = task_tests.test_embedder(Embedder)",
        "task_tests.test_embedder(Embedder); leak()",
        "task_tests.test_embedder(Embedder)\nleak()",
        "leak().test_embedder(Embedder)",
        "task_tests.test_embedder(Embedder",
        "%%bash\nleak",
    ],
)
def test_anything_but_one_check_call_is_refused_as_a_check_cell(source):
    with pytest.raises(CourseError, match="a check cell must be one call"):
        check_cell.parse(source)


# --- imports -----------------------------------------------------------------------------------------------


def imports(path):
    """Dotted names of all that a module imports, wherever in it."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: a relative import"
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def from_any(names, packages):
    return sorted(name for name in names if any(f"{name}.".startswith(f"{package}.") for package in packages))


@each_module
def test_course_lib_imports_no_folder_of_the_repository(path):
    assert from_any(imports(path), ["tests", "source", "release", "notebooks", "benchmarks", "nbgrader_config"]) == []


# What runs in a student's kernel; the sandbox and the staff's tools must not come with it.
STUDENT_SIDE = [
    path
    for path in MODULES
    if not {"grading", "authoring", "cli"} & set(path.parts) and path.name != "nbgrader_bridge.py"
]


@pytest.mark.parametrize("path", STUDENT_SIDE, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_what_a_notebook_imports_needs_neither_grading_nor_authoring(path):
    staff = ["course_lib.grading", "course_lib.authoring", "course_lib.cli", "course_lib.nbgrader_bridge", "nbgrader"]
    assert from_any(imports(path), staff) == []


def test_importing_course_lib_does_not_load_nbgrader():
    code = "import sys, course_lib; print({'nbgrader', 'sqlalchemy'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout == "set()\n"
