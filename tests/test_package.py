"""What a worker needs travels in one archive, and nothing is graded from another one or by another environment."""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import tarfile
from pathlib import Path

import pytest

from course_lib.errors import CourseError
from course_lib.grading import package
from course_lib.grading.package import Package, pack, unpack
from course_lib.nbgrader_bridge import load_config
from course_lib.paths import Course

ASSIGNMENT = "toy_chooser"
ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def ground(tmp_path: Path) -> Course:
    """A course folder in which the public truth stands in for the secret one."""
    made = Course(tmp_path / "course")
    for name in ("source", "release"):
        shutil.copytree(ROOT / name / ASSIGNMENT, made.root / name / ASSIGNMENT)
    shutil.copy(ROOT / "nbgrader_config.py", made.root)
    for name in (ASSIGNMENT, "ranking"):
        (made.secret_data / name).mkdir(parents=True)
        (made.secret_data / name / "train.tsv").write_text(f"secret of {name}")
    shutil.copy(made.public_truth(ASSIGNMENT), made.secret_truth(ASSIGNMENT))
    return made


def packed(course: Course) -> Package:
    return pack(course, ASSIGNMENT, load_config(course))


def of_members(members: list[tarfile.TarInfo]) -> Package:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for member in members:
            archive.addfile(member, io.BytesIO(b"x" * member.size))
    return Package(ASSIGNMENT, hashlib.sha256(buffer.getvalue()).hexdigest(), buffer.getvalue())


def test_equal_contents_give_equal_bytes(ground: Course, tmp_path: Path):
    first = packed(ground)
    copied = Course(tmp_path / "elsewhere")
    shutil.copytree(ground.root, copied.root)
    for path in copied.root.rglob("*"):
        os.utime(path, (1, 1))
    assert packed(copied) == first


@pytest.mark.parametrize("name", ["release", "public", "secret", "data", "more data", "limits", "isolation"])
def test_a_change_of_anything_that_scores_depend_on_changes_the_digest(ground: Course, name: str):
    first = packed(ground).digest
    changed = {
        "release": ground.release_notebook(ASSIGNMENT),
        "public": ground.public_truth(ASSIGNMENT),
        "secret": ground.secret_truth(ASSIGNMENT),
        "data": ground.secret_data / ASSIGNMENT / "train.tsv",
        "more data": ground.secret_data / ASSIGNMENT / "dev.tsv",
    }
    setting = {"limits": 'limits = {"cell_s": 7}', "isolation": 'isolation = "none"'}
    if name in setting:
        with open(ground.root / "nbgrader_config.py", "a") as file:
            file.write(f"\nc.RunInSandbox.{setting[name]}\n")
    else:
        with open(changed[name], "a") as file:
            file.write(" ")
    assert packed(ground).digest != first


def test_a_change_of_the_environment_changes_the_digest(ground: Course, monkeypatch: pytest.MonkeyPatch):
    first = packed(ground).digest
    other = package.environment() | {"torch": "0.1"}
    monkeypatch.setattr(package, "environment", lambda: other)
    assert packed(ground).digest != first


def test_data_of_other_assignments_does_not_travel(ground: Course, tmp_path: Path):
    folder = unpack(packed(ground), tmp_path / "worker")
    assert [path.name for path in (folder / "data").iterdir()] == [ASSIGNMENT]
    (ground.secret_data / "ranking" / "train.tsv").write_text("changed")
    assert unpack(packed(ground), tmp_path / "worker") == folder


def test_an_assignment_without_data_has_an_empty_folder(ground: Course, tmp_path: Path):
    shutil.rmtree(ground.secret_data)
    assert list((unpack(packed(ground), tmp_path) / "data").iterdir()) == []


def test_what_is_unpacked_is_what_was_packed_and_private(ground: Course, tmp_path: Path):
    with open(ground.root / "nbgrader_config.py", "a") as file:
        file.write('\nc.RunInSandbox.limits = {"cell_s": 7}\nc.RunInSandbox.gpu = True\n')
    made = packed(ground)
    folder = unpack(made, tmp_path / "worker")
    assert folder == tmp_path / "worker" / made.digest
    assert folder.stat().st_mode & 0o777 == 0o700
    assert (folder / "secret.json").read_bytes() == ground.secret_truth(ASSIGNMENT).read_bytes()
    with package.materials(folder) as found:
        pass
    assert (found.sandbox.limits.cell_s, found.sandbox.gpu, found.sandbox.isolation) == (7, True, "bubblewrap")
    assert (found.sandbox.data / ASSIGNMENT / "train.tsv").read_text() == f"secret of {ASSIGNMENT}"
    assert found.inputs.keys() == found.truth.exercises.keys()
    assert unpack(made, tmp_path / "worker") == folder
    assert list((tmp_path / "worker").iterdir()) == [folder]


def test_a_package_that_was_changed_is_refused_and_leaves_nothing(ground: Course, tmp_path: Path):
    made = packed(ground)
    changed = Package(made.assignment, made.digest, made.blob.replace(b"secret of", b"SECRET OF"))
    with pytest.raises(CourseError, match="changed on its way"):
        unpack(changed, tmp_path / "worker")
    assert not (tmp_path / "worker").exists()


@pytest.mark.parametrize("name", ["../outside", "/outside", "link"])
def test_only_plain_files_inside_the_folder_are_unpacked(tmp_path: Path, name: str):
    member = tarfile.TarInfo(name)
    if name == "link":
        member.type, member.linkname = tarfile.SYMTYPE, "/etc"
    with pytest.raises(CourseError, match="no plain file"):
        unpack(of_members([member]), tmp_path / "worker")
    assert list((tmp_path / "worker").iterdir()) == []


def test_bytes_that_are_no_archive_are_refused(tmp_path: Path):
    junk = Package(ASSIGNMENT, hashlib.sha256(b"junk").hexdigest(), b"junk")
    with pytest.raises(CourseError, match="no archive"):
        unpack(junk, tmp_path)


def test_another_environment_is_refused_by_its_differences(ground: Course, tmp_path: Path):
    folder = unpack(packed(ground), tmp_path)
    here = package.environment()
    package.require_environment(folder, "worker one")
    other = here | {"torch": "2.12", "course_lib": "0" * 64}
    with pytest.raises(CourseError, match=r"worker one has course_lib files that differ; torch 2\.12, the coordinator"):
        package.require_environment(folder, "worker one", other)


def test_a_missing_file_is_named(ground: Course):
    ground.secret_truth(ASSIGNMENT).unlink()
    with pytest.raises(CourseError, match=rf"{ASSIGNMENT}\.json cannot be read"):
        packed(ground)
