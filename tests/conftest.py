"""What several test files share: the course folder, its reference solutions, and fresh copies of its release."""

import copy
import functools
import os
import re
import shutil
import tempfile
from pathlib import Path

os.environ["HYPOTHESIS_STORAGE_DIRECTORY"] = str(Path(tempfile.gettempdir(), "hypothesis"))  # not in the project
os.environ["OMP_NUM_THREADS"] = "1"  # for torch, here and in what the tests start: processes run side by side

import nbformat
import pytest

from course_lib import data
from course_lib.authoring import release, truth
from course_lib.authoring.reference import namespace, read_notebook
from course_lib.authoring.sample_class import first_part
from course_lib.paths import Course

ROOT = Path(__file__).resolve().parents[1]


def pytest_collection_modifyitems(items):
    """Start with what takes longest: files run side by side, each in one process."""
    items.sort(key=lambda item: item.path.name != "test_grading.py")


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
def references(course):
    """Assignment -> the names that its solution cells define; not to be changed."""
    return functools.cache(lambda assignment: namespace(read_notebook(course.source_notebook(assignment))))


@pytest.fixture(scope="session")
def reference(references):
    return references("ranking")


@pytest.fixture(scope="session")
def stored_release(course):
    return nbformat.read(course.release_notebook("ranking"), as_version=4)


@pytest.fixture
def release_notebook(stored_release):
    """A copy of the released notebook that a test may change."""
    return copy.deepcopy(stored_release)


def keep_mistakes_of_first_part(course, assignment):
    """Shorten the bank of a copied course: recording what all mistakes observe takes a minute."""
    path, exercises = course.mistakes(assignment), first_part(assignment)
    answers = re.split(r"(?m)^(?=# %% )", path.read_text(encoding="utf-8"))[1:]
    path.write_text("".join(answer for answer in answers if answer.split()[2] in exercises), encoding="utf-8")


@pytest.fixture(scope="session")
def course_copies(tmp_path_factory):
    """Assignment -> a course folder with its secret truth, its release and a gradebook; endless loops cost 20 s.

    Test files share these folders: who hands in, grades or changes anything takes a copy of one's own.
    """

    @functools.cache
    def make(assignment):
        copied = Course(tmp_path_factory.mktemp("course"))
        for name in ("source", "tests"):
            shutil.copytree(ROOT / name, copied.root / name, ignore=shutil.ignore_patterns("__pycache__", "*.pyc"))
        keep_mistakes_of_first_part(copied, assignment)
        config = (ROOT / "nbgrader_config.py").read_text(encoding="utf-8")
        if assignment == "ranking":  # has the endless loop
            config += '\nc.RunInSandbox.limits = {"cell_s": 20}\n'
        (copied.root / "nbgrader_config.py").write_text(config, encoding="utf-8")
        truth.record_secret(copied, assignment)
        release.make(copied, assignment)
        return copied

    return make


@pytest.fixture(scope="session")
def course_copy(course_copies):
    return course_copies("ranking")
