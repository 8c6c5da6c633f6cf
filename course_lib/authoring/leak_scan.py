"""What must not be in a release or a kit: solutions, outputs, markers, private truth, metadata that is not on the list.

In a kit neither modules for staff nor paths of this machine.
"""

from __future__ import annotations

import io
import json
import re
import sys
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import nbformat
from nbgrader.utils import is_solution

from course_lib.ground_truth import GroundTruth
from course_lib.paths import Course

MARKERS = re.compile(r"(BEGIN|END) (SOLUTION|HIDDEN TESTS|MARK SCHEME)")
CELL_METADATA = {"nbgrader", "deletable", "editable"}  # the latter two: LockCells
NBGRADER_METADATA = {
    "schema_version",
    "solution",
    "grade",
    "locked",
    "task",
    "grade_id",
    "points",
    "checksum",
    "cell_type",
}
NOTEBOOK_METADATA = {"kernelspec", "language_info"}
SHORTEST = 12  # characters; a shorter solution line (`return mean`) may well stand elsewhere too
STAFF = ("grading/", "authoring/", "warm.py", "nbgrader_bridge.py")  # in course_lib
STUDENT_COMMANDS = ("__init__.py", "app.py", "students.py")  # in course_lib/cli
# Lines of solutions that checks and plots have on their own account, and that tell nobody what to write.
COMMONPLACE = frozenset(
    {
        "for gradient in gradients:",
        "for name, parameter in module.named_parameters():",
        'if name.startswith("weight_hh"):',
        "length = np.linalg.norm(vector)",
        "model.train()",
        "name: DataLoader(",
        "return losses",
        "return vectors",
        "states.append(state)",
        "weight_ih, weight_hh, bias_ih, bias_hh = weights",
    }
)


def scan(course: Course, assignment: str) -> list[str]:
    """Every leak in `release/<assignment>`, in words; an empty list when it is clean."""
    folder = course.release(assignment)
    source = nbformat.read(course.source_notebook(assignment), as_version=4)
    secret = course.secret_truth(assignment)
    needles = {line: "a line of a solution" for line in solution_lines(source)}
    if secret.exists():
        needles |= {text: "private ground truth" for text in private_strings(secret, course.public_truth(assignment))}
    leaks = []
    allowed = {f"{assignment}.ipynb", "test_gt.json"}
    for path in sorted(folder.rglob("*")):
        name = str(path.relative_to(folder))
        if path.is_symlink() or (path.is_file() and name not in allowed):
            leaks.append(f"{name}: not a file of a release")
        if path.is_symlink() or not path.is_file():
            continue
        leaks += _text_leaks(name, path.read_text(encoding="utf-8", errors="replace"), needles)
    missing = allowed - {path.name for path in folder.glob("*")}
    return leaks + [f"{name}: missing from the release" for name in sorted(missing)]


def scan_kit(course: Course, assignment: str, files: Mapping[str, bytes], folders: Iterable[Path] = ()) -> list[str]:
    """Every leak in what students get of an assignment, in words. files: name -> content; those in a wheel count too.

    folders: places of this machine which, beside the course's own, nothing may name.
    """
    needles = {line: "a line of a solution" for line in _lines(course, assignment)}
    of_package = {line for name in course.assignments() for line in _lines(course, name)} - COMMONPLACE
    private = _private(course, assignment)
    places = {place: "a path of this machine" for place in _places([course.root, *folders])}
    hidden = [path for path in (course.root / ".secrets").rglob("*") if path.is_file()]
    secret_files = {path.read_bytes(): path.name for path in hidden}
    leaks = []
    for name, content in _unpacked(files):
        place = name.partition(".whl/")[2]
        text = content.decode("utf-8", errors="replace")
        lines = dict.fromkeys(of_package, "a line of a solution") if place.endswith(".py") else needles
        leaks += _text_leaks(name, text, lines | private | places)
        if is_for_staff(place):
            leaks.append(f"{name}: a module for staff")
        if ".secrets" in Path(name).parts or content in secret_files:
            leaks.append(f"{name}: a file of .secrets")
        if name == "test_gt.json" and _is_secret(text):
            leaks.append(f"{name}: a secret ground truth")
    return leaks


def is_for_staff(place: str) -> bool:
    """Whether a path that begins with `course_lib/` is of a module that students do not get.

    >>> [is_for_staff(f"course_lib/{place}") for place in ("grading/run.py", "cli/main.py", "plots.py")]
    [True, True, False]
    """
    package, _, rest = place.partition("/")
    folder, _, name = rest.partition("/")
    if package != "course_lib":
        return False
    return rest.startswith(STAFF) or (folder == "cli" and name not in STUDENT_COMMANDS)


def _unpacked(files: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """Files, and those that wheels among them hold, as `<wheel>/<path>`."""
    for name, content in files.items():
        yield name, content
        if name.endswith(".whl"):
            with zipfile.ZipFile(io.BytesIO(content)) as wheel:
                yield from ((f"{name}/{member}", wheel.read(member)) for member in wheel.namelist())


def _lines(course: Course, assignment: str) -> set[str]:
    return solution_lines(nbformat.read(course.source_notebook(assignment), as_version=4))


def _private(course: Course, assignment: str) -> dict[str, str]:
    """What the secret truth of an assignment has, and the secret seeds of all."""
    found = set()
    for name in course.assignments():
        secret = course.secret_truth(name)
        if secret.exists():
            found |= private_strings(secret, course.public_truth(name)) if name == assignment else {_seed(secret)}
    return dict.fromkeys(found, "private ground truth")


def _places(folders: Iterable[Path]) -> set[str]:
    """Folders of this machine, as text; one near the root may be part of a word, so it counts with its slash."""
    paths = {path.resolve() for path in (*folders, Path(sys.prefix), Path(__file__).parents[2], Path.home())}
    return {str(path) if len(path.parts) > 2 else f"{path}/" for path in paths if len(path.parts) > 1}


def _is_secret(text: str) -> bool:
    try:
        return bool(json.loads(text).get("secret", True))
    except (ValueError, AttributeError):
        return True


def _text_leaks(name: str, text: str, needles: Mapping[str, str]) -> list[str]:
    leaks = [f"{name}: {what}: {needle[:60]!r}" for needle, what in needles.items() if _stands_in(needle, text)]
    marker = MARKERS.search(text)
    if marker:
        leaks.append(f"{name}: a marker: {marker.group(0)}")
    if name.endswith(".ipynb"):
        leaks += [f"{name}: {leak}" for leak in _notebook_leaks(text)]
    return leaks


def solution_lines(source: nbformat.NotebookNode) -> set[str]:
    """Lines that stand only inside solutions: regions between markers, and whole hand-graded answers."""
    inside: set[str] = set()
    outside: set[str] = set()
    for cell in source.cells:
        marked = "BEGIN SOLUTION" in cell.source
        hidden = is_solution(cell) and not marked
        for line in cell.source.splitlines():
            if "BEGIN SOLUTION" in line:
                hidden = True
            (inside if hidden else outside).add(line.strip())
            if "END SOLUTION" in line:
                hidden = False
    given = "\n".join(outside)
    return {line for line in inside if len(line) >= SHORTEST and "SOLUTION" not in line and line not in given}


def private_strings(secret: Path, public: Path) -> set[str]:
    """The secret seed, and every long array that only the secret truth has, not even as a part of another array."""
    given = public.read_text(encoding="utf-8")
    return {text for text in _arrays(secret) if text not in given} | {_seed(secret)}


def _seed(secret: Path) -> str:
    return str(GroundTruth.load(secret).seed)


def _arrays(truth: Path) -> set[str]:
    """Encoded arrays of a ground-truth file (strings without spaces, of some length)."""
    document = json.loads(truth.read_text(encoding="utf-8"))
    return {text for text in _strings(document["exercises"]) if len(text) >= 40 and " " not in text}


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item)


def _stands_in(needle: str, text: str) -> bool:
    """Whether a text is there, as it is or as JSON writes it."""
    return any(
        form in text for form in (needle, json.dumps(needle)[1:-1], json.dumps(needle, ensure_ascii=False)[1:-1])
    )


def _notebook_leaks(text: str) -> Iterator[str]:
    try:
        notebook = json.loads(text)
    except ValueError:
        yield "not a notebook"
        return
    for key in set(notebook["metadata"]) - NOTEBOOK_METADATA:
        yield f"notebook metadata {key!r}"
    for cell in notebook["cells"]:
        name = cell.get("id", "?")
        if cell.get("outputs") or cell.get("execution_count"):
            yield f"cell {name} has outputs"
        if cell.get("attachments"):
            yield f"cell {name} has attachments"
        for key in set(cell["metadata"]) - CELL_METADATA:
            yield f"cell {name} has metadata {key!r}"
        for key in set(cell["metadata"].get("nbgrader", {})) - NBGRADER_METADATA:
            yield f"cell {name} has nbgrader metadata {key!r}"
