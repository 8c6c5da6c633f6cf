"""The students' part of the package: its files, what it needs, and a wheel of it."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

import course_lib
from course_lib.authoring.leak_scan import is_for_staff
from course_lib.errors import CourseError
from course_lib.paths import Course

PACKAGE = Path(course_lib.__file__).parent
NAME = "course-lib"
TOOLS = ("ipykernel", "jupyterlab", "nbclient", "nbformat", "nbgrader")  # to open, run, check and validate notebooks
EPOCH = "315532800"  # 1980-01-01, the first time that a zip can hold: a wheel has the same bytes whenever it is made


@dataclass(frozen=True)
class Project:
    """What pyproject.toml says. pins: distribution -> its exact requirement; licences: file -> text."""

    version: str
    description: str
    requires_python: str
    pins: Mapping[str, str]
    licences: Mapping[str, bytes]


@dataclass(frozen=True)
class Contents:
    """What students get. files: path in the wheel -> content; modules: top-level modules of others that it imports."""

    files: Mapping[str, bytes]
    modules: frozenset[str]


def project(course: Course) -> Project:
    """The project, from pyproject.toml beside the package or in the course folder, else from the installed package.

    Raises: CourseError: there is neither.
    """
    for path in (PACKAGE.parent / "pyproject.toml", course.root / "pyproject.toml"):
        said = tomllib.loads(path.read_text(encoding="utf-8")).get("project", {}) if path.is_file() else {}
        if said.get("name") == NAME:
            licences = {name: (path.parent / name).read_bytes() for name in said["license-files"]}
            return Project(
                said["version"],
                said["description"],
                said["requires-python"],
                _by_name(said["dependencies"]),
                licences,
            )
    try:
        installed = metadata.distribution(NAME)
    except metadata.PackageNotFoundError:
        raise CourseError(
            f"the versions that students need are not known: {course.root} has no pyproject.toml of {NAME}, "
            "and the package is not installed: pip install --editable ."
        ) from None
    said = installed.metadata
    texts = {name: installed.read_text(f"licenses/{name}") for name in said.get_all("License-File") or []}
    return Project(
        installed.version,
        said["Summary"],
        said["Requires-Python"],
        _by_name([pin for pin in installed.requires or [] if ";" not in pin]),  # what has a marker is an extra
        {name: text.encode() for name, text in texts.items() if text},
    )


def _by_name(pins: list[str]) -> dict[str, str]:
    return {_normal(re.split(r"[\[=]", pin)[0]): pin for pin in pins}


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def contents(assignment: str, code: list[str]) -> Contents:
    """All that a notebook with this code needs of the package, found by following imports, and its mini data.

    Raises: CourseError: students would need a module that is for staff.
    """
    todo = ["course_lib", "course_lib.cli.students", f"course_lib.checks.{assignment}"]
    todo += [name for source in code for name in _imports(source)]
    found: dict[str, bytes] = {}
    others = set()
    while todo:
        name = todo.pop()
        if name.partition(".")[0] != "course_lib":
            others.add(name.partition(".")[0])
            continue
        path = _file(name)
        place = path.relative_to(PACKAGE.parent).as_posix()
        if place in found:
            continue
        if is_for_staff(place):
            raise CourseError(f"students cannot have {place}, but what they have imports it")
        found[place] = path.read_bytes()
        todo += _imports(found[place].decode())
        package = path.parent.parent if path.name == "__init__.py" else path.parent
        if package != PACKAGE.parent:
            todo.append(".".join(package.relative_to(PACKAGE.parent).parts))
    sources = b"\n".join(found.values())
    data = [path for path in (PACKAGE / "data").glob("*.txt") if path.name.encode() in sources]
    data += [path for path in (PACKAGE / "data" / "mini" / assignment).glob("*") if path.is_file()]
    found |= {path.relative_to(PACKAGE.parent).as_posix(): path.read_bytes() for path in data}
    return Contents(found, frozenset(others - sys.stdlib_module_names))


def _imports(source: str) -> Iterator[str]:
    """All that may be a module among what Python source imports, wherever in it."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _file(name: str) -> Path:
    """The file of the module, or of the nearest package above that there is."""
    path = PACKAGE.parent.joinpath(*name.split("."))
    if (path / "__init__.py").is_file():
        return path / "__init__.py"
    return path.with_suffix(".py") if path.with_suffix(".py").is_file() else _file(name.rpartition(".")[0])


def pins_of(project: Project, modules: frozenset[str]) -> dict[str, str]:
    """Module -> the pin of its distribution; a module that comes with another distribution has none of its own."""
    distributions = metadata.packages_distributions()
    found = {}
    for module in sorted(modules):
        for distribution in distributions.get(module, []):
            if _normal(distribution) in project.pins:
                found[module] = project.pins[_normal(distribution)]
    return found


def requirements(project: Project, modules: frozenset[str]) -> list[str]:
    """The pins of all that students need, sorted."""
    return sorted({*pins_of(project, modules).values(), *(project.pins[name] for name in TOOLS)})


def wheel(project: Project, version: str, contents: Contents, needed: list[str]) -> tuple[str, bytes]:
    """The wheel's file name and bytes; the same input gives the same bytes.

    Raises: CourseError: it cannot be made.
    """
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary, "package")
        files = {
            **contents.files,
            **project.licences,
            "pyproject.toml": _pyproject(project, version, needed).encode(),
        }
        for name, content in sorted(files.items()):
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            path.chmod(0o644)
        words = ("--no-deps", "--no-build-isolation", "--no-index", "--quiet", "--wheel-dir", temporary, str(folder))
        done = subprocess.run(
            [sys.executable, "-m", "pip", "--isolated", "--disable-pip-version-check", "wheel", *words],
            cwd=temporary,
            env={"PATH": "/usr/bin:/bin", "SOURCE_DATE_EPOCH": EPOCH, "TMPDIR": temporary, "HOME": temporary},
            umask=0o022,
            capture_output=True,
            text=True,
        )
        made = list(Path(temporary).glob("*.whl"))
        if done.returncode or len(made) != 1:
            lines = [line.strip() for line in done.stderr.splitlines() if line.strip()]
            raise CourseError(f"pip makes no wheel for students (is setuptools installed?): {(lines or ['?'])[-1]}")
        return made[0].name, made[0].read_bytes()


def _pyproject(project: Project, version: str, needed: list[str]) -> str:
    """A pyproject.toml with the students' command. What JSON writes here, TOML reads."""
    return f"""\
[build-system]
requires = ["setuptools"]
build-backend = "setuptools.build_meta"

[project]
name = {json.dumps(NAME)}
version = {json.dumps(version)}
description = {json.dumps(project.description)}
requires-python = {json.dumps(project.requires_python)}
license = "MIT"
license-files = {json.dumps(sorted(project.licences))}
dependencies = {json.dumps(needed)}

[project.scripts]
course = "course_lib.cli.students:main"

[tool.setuptools.packages.find]
include = ["course_lib*"]
namespaces = false

[tool.setuptools.package-data]
course_lib = ["data/*.txt", "data/mini/*/*"]
"""
