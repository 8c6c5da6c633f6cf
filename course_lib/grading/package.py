"""What grading one assignment needs, in one archive: it travels to workers that share no folder with the course.

Equal contents give equal bytes, so the digest names what a submission was graded with: the release, both ground truths,
the secret data, the settings, and the Python, libraries and `course_lib` that do it.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import io
import json
import platform
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath

import nbformat
from traitlets.config import Config

import course_lib
from course_lib.errors import CourseError
from course_lib.grading.judging import inputs_for
from course_lib.grading.kernels import warmed
from course_lib.grading.pipeline import Materials
from course_lib.grading.preprocessors import RunInSandbox
from course_lib.grading.sandbox import Limits, Sandbox
from course_lib.grading.zygote import imported_by
from course_lib.ground_truth import GroundTruth
from course_lib.paths import Course

RELEASE, PUBLIC, SECRET, SETTINGS, ENVIRONMENT = (
    *("release.ipynb", "public.json", "secret.json"),
    *("settings.json", "environment.json"),
)
DATA = "data"
CODE = "course_lib"  # in an environment: the hash of its source files
LIBRARIES = (
    *("conllu", "datasets", "gensim", "ipykernel", "jupyter-client", "matplotlib", "nbclient", "nbformat", "nbgrader"),
    *("nltk", "numpy", "pyarrow", "scikit-learn", "torch"),
)
NOT_GRADING = ("authoring", "cli")  # parts of course_lib that no grade depends on


def _code() -> str:
    """A hash of the files of course_lib that grading stands on."""
    top = Path(course_lib.__file__).parent
    digest = hashlib.sha256()
    for path in sorted(top.rglob("*")):
        name = path.relative_to(top)
        if path.is_file() and "__pycache__" not in name.parts and name.parts[0] not in NOT_GRADING:
            digest.update(json.dumps([name.as_posix(), hashlib.sha256(path.read_bytes()).hexdigest()]).encode())
    return digest.hexdigest()


LOADED = _code()  # now, as near as can be to when these files were imported


@dataclass(frozen=True)
class Package:
    """An assignment as bytes. digest: SHA-256 of them."""

    assignment: str
    digest: str
    blob: bytes


def pack(course: Course, assignment: str, config: Config) -> Package:
    """All that a worker needs to grade submissions of `assignment`.

    Raises: CourseError: a file is missing, or a limit in the configuration has a wrong name or value.
    """
    files = {
        RELEASE: course.release_notebook(assignment),
        PUBLIC: course.public_truth(assignment),
        SECRET: course.secret_truth(assignment),
    }
    data = course.secret_data / assignment
    for path in sorted(data.rglob("*")):
        if path.is_file():
            files[f"{DATA}/{assignment}/{path.relative_to(data).as_posix()}"] = path
    try:
        contents = {name: path.read_bytes() for name, path in files.items()}
    except OSError as error:
        raise CourseError(f"{error.filename} cannot be read: {error.strerror}") from error
    contents[SETTINGS] = _json({"assignment": assignment, **_settings(course, assignment, config)})
    contents[ENVIRONMENT] = _json(environment())
    blob = _archive(contents)
    return Package(assignment, hashlib.sha256(blob).hexdigest(), blob)


def _settings(course: Course, assignment: str, config: Config) -> dict[str, object]:
    sandbox = RunInSandbox(config=config).sandbox(assignment)
    return {"isolation": sandbox.isolation, "gpu": sandbox.gpu, "limits": asdict(sandbox.limits)}


def _json(value: object) -> bytes:
    return json.dumps(value, sort_keys=True, indent=1).encode()


def _archive(contents: dict[str, bytes]) -> bytes:
    """A tar archive that depends on names and contents alone."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for name, data in sorted(contents.items()):
            member = tarfile.TarInfo(name)
            member.size, member.mode = len(data), 0o600
            archive.addfile(member, io.BytesIO(data))
    return buffer.getvalue()


def unpack(package: Package, root: Path) -> Path:
    """The package's files in root/<digest>, readable by this user alone; what is there already is taken.

    Raises: CourseError: these are not the bytes that the digest names, or one of them is not a plain file.
    """
    folder = root / package.digest
    if folder.is_dir():
        return folder
    if hashlib.sha256(package.blob).hexdigest() != package.digest:
        raise CourseError(f"the package of {package.assignment} was changed on its way: run the command again")
    root.mkdir(parents=True, exist_ok=True, mode=0o700)
    made = Path(tempfile.mkdtemp(prefix=".unpack-", dir=root))  # 0700
    try:
        (made / DATA).mkdir()
        for name, data in _members(package):
            path = made / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        made.rename(folder)
    except OSError as error:
        if not folder.is_dir():  # else another process of this machine was faster
            raise CourseError(f"the package of {package.assignment} cannot be unpacked: {error}") from error
    finally:
        shutil.rmtree(made, ignore_errors=True)
    return folder


def _members(package: Package) -> Iterator[tuple[str, bytes]]:
    try:
        with tarfile.open(fileobj=io.BytesIO(package.blob)) as archive:
            for member in archive:
                path = PurePosixPath(member.name)
                file = archive.extractfile(member) if member.isreg() else None
                if file is None or path.is_absolute() or ".." in path.parts:
                    raise CourseError(
                        f"the package of {package.assignment} has {member.name!r}, which is no plain file"
                    )
                yield member.name, file.read()
    except tarfile.TarError as error:
        raise CourseError(f"the package of {package.assignment} is no archive: {error}") from error


@contextmanager
def materials(folder: Path) -> Iterator[Materials]:
    """What `pipeline.grade` needs, from an unpacked package. Raises: CourseError: it is malformed."""
    truth = GroundTruth.load(folder / SECRET)
    release = nbformat.read(folder / RELEASE, as_version=4)
    settings = json.loads((folder / SETTINGS).read_bytes())
    limits = Limits(**settings["limits"])
    cold = Sandbox(folder / PUBLIC, folder / DATA, settings["isolation"], limits, settings["gpu"])
    modules = [f"course_lib.checks.{truth.assignment}", *imported_by(release)]
    with warmed(cold, modules) as sandbox:
        yield Materials(release, truth, inputs_for(truth), sandbox)


def environment() -> dict[str, str]:
    """What runs the grading here: Python, the libraries that scores depend on, and course_lib's own files."""
    found = {"Python": platform.python_version(), CODE: LOADED}
    for name in LIBRARIES:
        try:
            found[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            found[name] = "missing"
    return found


def require_environment(folder: Path, here: str, found: dict[str, str] | None = None) -> None:
    """Refuse to grade with anything else than the coordinator has.

    here: who refuses. found: its environment, worked out if not given.
    Raises: CourseError: it names each difference.
    """
    wanted = json.loads((folder / ENVIRONMENT).read_bytes())
    found = environment() if found is None else found
    differences = [
        f"{name} {'files that differ' if name == CODE else found.get(name, 'missing')}"
        + ("" if name == CODE else f", the coordinator {value}")
        for name, value in wanted.items()
        if found.get(name) != value
    ]
    if differences:
        raise CourseError(
            f"{here} has {'; '.join(differences)}: scores could differ, so install there what the coordinator has"
        )
