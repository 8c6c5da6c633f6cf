"""What several test files share: the course folder, its reference solutions, and fresh copies of its release."""

import copy
import shutil
from pathlib import Path

import nbformat
import pytest

from course_lib import data
from course_lib.authoring import release, truth
from course_lib.authoring.reference import namespace, read_notebook
from course_lib.paths import Course

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(autouse=True)
def mini_data(monkeypatch):
    """The tests mean the mini data, whatever the machine's COURSE_DATA says."""
    monkeypatch.delenv(data.VARIABLE, raising=False)


@pytest.fixture(scope="session")
def course():
    return Course(ROOT)


@pytest.fixture(scope="session")
def source_notebook(course):
    return read_notebook(course.source_notebook("ranking"))


@pytest.fixture(scope="session")
def reference(source_notebook):
    """The names that the solution cells define; not to be changed."""
    return namespace(source_notebook)


@pytest.fixture(scope="session")
def stored_release(course):
    return nbformat.read(course.release_notebook("ranking"), as_version=4)


@pytest.fixture
def release_notebook(stored_release):
    """A copy of the released notebook that a test may change."""
    return copy.deepcopy(stored_release)


def keep_mistakes_of_part_1(course):
    """Shorten the bank of a copied course: recording what all mistakes observe takes a minute."""
    path = course.mistakes("ranking")
    text = path.read_text(encoding="utf-8")
    path.write_text(text[: text.index("# %% split_vocabulary")], encoding="utf-8")


@pytest.fixture(scope="session")
def course_copy(tmp_path_factory):
    """A course folder of its own with its secret truth, its release and a gradebook; cells may take 20 s in it."""
    copied = Course(tmp_path_factory.mktemp("course"))
    for name in ("source", "tests"):
        shutil.copytree(ROOT / name, copied.root / name, ignore=shutil.ignore_patterns("__pycache__", "*.pyc"))
    keep_mistakes_of_part_1(copied)
    config = (ROOT / "nbgrader_config.py").read_text(encoding="utf-8")
    (copied.root / "nbgrader_config.py").write_text(config + "\nc.RunInSandbox.cell_timeout = 20\n", encoding="utf-8")
    truth.record_secret(copied, "ranking")
    release.make(copied, "ranking")
    return copied
