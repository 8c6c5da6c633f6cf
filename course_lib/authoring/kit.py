"""A kit for students: one zip with a notebook, its checks and data, and all that they need to start offline."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Mapping
from importlib import resources
from pathlib import Path

import nbformat
from jinja2 import Environment, StrictUndefined
from nbgrader.utils import is_grade

from course_lib import check_cell, whole_file
from course_lib.authoring import leak_scan, student_package
from course_lib.authoring.reference import read_notebook
from course_lib.authoring.student_package import Project
from course_lib.errors import CourseError
from course_lib.paths import Course

LATEST_PYTHON = 13  # of 3.x: the last one for which all that the kit needs is on PyPI ready to use (gensim's limit)
TIME = (1980, 1, 1, 0, 0, 0)  # of all that is in the zip


def make(course: Course, assignment: str, to: Path | None = None) -> Path:
    """Write the kit of an assignment into `to`, a file or a folder, else into the current folder; its path.

    Raises: CourseError: there is no release, no wheel can be made, or the kit would leak something.
    """
    course.require(assignment)
    path = to or Path()
    if path.is_dir():
        path /= f"{assignment}-kit.zip"
    files = contents(course, assignment)
    leaks = leak_scan.scan_kit(course, assignment, files)
    if leaks:
        path.unlink(missing_ok=True)  # an older kit, which might be taken for this one
        raise CourseError(f"the kit of {assignment} would leak, and was not written: " + "; ".join(leaks[:5]))
    whole_file.write(path, _zipped(assignment, files), remedy="name another with --to")
    return path


def contents(course: Course, assignment: str) -> dict[str, bytes]:
    """Name -> content of all that the kit holds.

    Raises: CourseError: there is no release, or no wheel can be made.
    """
    notebook_path = course.release_notebook(assignment)
    truth_path = course.release(assignment) / "test_gt.json"
    for path in (notebook_path, truth_path):
        if not path.is_file():
            raise CourseError(f"{path} is missing: run: course release {assignment}")
    notebook = read_notebook(notebook_path)
    project = student_package.project(course)
    package = student_package.contents(assignment, _code(notebook))
    needed = student_package.requirements(project, package.modules)
    version = f"{project.version}+{assignment.replace('_', '.')}"  # so that pip replaces the wheel of another kit
    wheel_name, wheel = student_package.wheel(project, version, package, needed)
    pins = student_package.pins_of(project, package.modules)
    pages = {
        "START.html": _start(project, assignment, notebook, wheel_name, pins),
        "environment.yml": _environment(project, assignment, needed),
        "requirements.txt": "\n".join(needed) + "\n",
    }
    return {
        f"{assignment}.ipynb": notebook_path.read_bytes(),
        "test_gt.json": truth_path.read_bytes(),
        wheel_name: wheel,
        **{name: text.encode() for name, text in pages.items()},
    }


def _code(notebook: nbformat.NotebookNode) -> list[str]:
    return [cell.source for cell in notebook.cells if cell.cell_type == "code"]


def online_cell(assignment: str, pins: Mapping[str, str]) -> str:
    """The cell that starts the assignment on Colab or Kaggle. pins: module -> what to install where it is missing."""
    return _rendered("kit_online.py.j2", escape=False, assignment=assignment, pins=dict(pins))


def _start(
    project: Project, assignment: str, notebook: nbformat.NotebookNode, wheel: str, pins: Mapping[str, str]
) -> str:
    first = next(cell for cell in notebook.cells if cell.cell_type == "code" and is_grade(cell))
    exercise = check_cell.parse(first.source).exercise
    oldest = int(project.requires_python.rpartition(".")[2])
    return _rendered(
        "kit_start.html.j2",
        escape=True,
        assignment=assignment,
        title=_title(notebook) or assignment,
        graded=sum(is_grade(cell) for cell in notebook.cells),
        points=sum(cell.metadata.nbgrader.points for cell in notebook.cells if is_grade(cell)),
        minutes=sum(map(int, re.findall(r"### Exercise [^\n]*~(\d+) min", _text(notebook)))),
        check=first.source.strip(),
        exercise=exercise,
        wheel=wheel,
        pythons=[f"3.{minor}" for minor in range(oldest, LATEST_PYTHON + 1)],
        torch=project.pins["torch"],
        online=online_cell(assignment, pins),
    )


def _text(notebook: nbformat.NotebookNode) -> str:
    return "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")


def _title(notebook: nbformat.NotebookNode) -> str:
    found = re.search(r"^# (.+)$", _text(notebook), re.MULTILINE)
    return found.group(1) if found else ""


def _environment(project: Project, assignment: str, needed: list[str]) -> str:
    pins = "".join(f"      - {json.dumps(pin)}\n" for pin in needed)
    oldest = project.requires_python.removeprefix(">=")
    return (
        f"name: {assignment}\nchannels:\n  - conda-forge\ndependencies:\n  - python={oldest}\n  - pip\n  - pip:\n{pins}"
    )


def _rendered(name: str, escape: bool, **values: object) -> str:
    template = resources.files("course_lib.authoring").joinpath(name).read_text(encoding="utf-8")
    environment = Environment(
        autoescape=escape, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True
    )
    return environment.from_string(template).render(**values)


def _zipped(assignment: str, files: Mapping[str, bytes]) -> bytes:
    """A zip of one folder; the same files give the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in sorted(files.items()):
            member = zipfile.ZipInfo(f"{assignment}/{name}", TIME)
            member.create_system, member.external_attr = 3, 0o100644 << 16  # a plain file of Unix
            archive.writestr(member, content, zipfile.ZIP_DEFLATED, 9)
    return buffer.getvalue()
