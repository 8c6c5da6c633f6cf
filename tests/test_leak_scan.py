"""The release is made from its source, gives nothing away, and a leak of any kind is named."""

import json
import os
import shutil

import nbformat
import numpy as np
import pytest
from nbgrader.utils import is_solution

from course_lib import checks
from course_lib.authoring import leak_scan, release
from course_lib.errors import CourseError
from course_lib.ground_truth import ExerciseTruth, GroundTruth
from course_lib.paths import Course

SECRET_SEED = 2**61 + 12345
SECRET_ARRAY = np.random.default_rng(5).normal(size=40)
SOLUTION_LINE = "odd_one_out = embeddings.doesnt_match("


class Folder:
    """A copy of the course's source and release, with a made-up secret truth, to seed leaks into."""

    def __init__(self, root, original):
        self.course = Course(root)
        shutil.copy(original.root / "nbgrader_config.py", root)
        shutil.copytree(original.source("ranking"), self.course.source("ranking"))
        shutil.copytree(original.release("ranking"), self.course.release("ranking"))
        self.notebook_path = self.course.release_notebook("ranking")
        self.truth_path = self.course.release("ranking") / "test_gt.json"
        secret = ExerciseTruth({"cases": {"x": SECRET_ARRAY}, "answers": [1, 2]})
        GroundTruth("ranking", SECRET_SEED, True, {"ranking.lift": secret}).save(self.course.secret_truth("ranking"))

    def edit(self, change, path=None):
        """Change a notebook of the release, or of the source, as JSON."""
        path = path or self.notebook_path
        document = json.loads(path.read_text(encoding="utf-8"))
        change(document)
        path.write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        return self

    def edit_truth(self, change):
        return self.edit(change, self.truth_path)

    def leaks(self):
        return leak_scan.scan(self.course, "ranking")


@pytest.fixture
def folder(course, tmp_path):
    return Folder(tmp_path, course)


def cell(document, name):
    (found,) = [one for one in document["cells"] if one["id"] == name]
    return found


# --- the repository's releases -----------------------------------------------------------------------------

each_assignment = pytest.mark.parametrize("assignment", checks.ASSIGNMENTS)


def source_and_release(course, assignment):
    return [nbformat.read(path(assignment), 4) for path in (course.source_notebook, course.release_notebook)]


@each_assignment
def test_the_release_is_clean(course, assignment):
    assert leak_scan.scan(course, assignment) == []


@each_assignment
def test_the_release_is_what_its_source_gives(course, assignment):
    assert release.differences(course, assignment) == []


@each_assignment
def test_the_release_has_the_cells_of_the_source(course, assignment):
    source, stored = source_and_release(course, assignment)
    assert [(one.id, one.cell_type) for one in stored.cells] == [(one.id, one.cell_type) for one in source.cells]


@each_assignment
def test_the_release_ships_the_truth_of_the_source(course, assignment):
    shipped, public = course.release(assignment) / "test_gt.json", course.public_truth(assignment)
    assert shipped.read_bytes() == public.read_bytes()


@each_assignment
def test_every_code_cell_of_the_release_is_python(course, assignment):
    for one in source_and_release(course, assignment)[1].cells:
        if one.cell_type == "code":
            compile(one.source, one.id, "exec")


def test_an_answer_of_the_release_stops_only_at_not_implemented(stored_release):
    names = {}
    exec(next(one.source for one in stored_release.cells if one.id == "setup"), names)
    stops = []
    end = next(place for place, one in enumerate(stored_release.cells) if one.id == "part2-text")
    for one in stored_release.cells[:end]:
        if one.cell_type == "code" and is_solution(one):
            stops += answer_stops(one.source, names)
    assert stops == [NotImplementedError] * 8
    assert {"sanity_queries", "hits_at_k", "Embedder", "Scorer", "TextPreprocessor"} <= set(names)


@each_assignment
def test_every_solution_became_one_stub(course, assignment):
    source, stored = source_and_release(course, assignment)
    answers = {one.id: one.source for one in stored.cells if one.cell_type == "code" and is_solution(one)}
    for one in source.cells:
        if one.id in answers:
            stubs = [
                line for line in answers[one.id].splitlines() if line.strip().startswith("raise NotImplementedError")
            ]
            assert len(stubs) == one.source.count("### BEGIN SOLUTION") > 0, one.id


def answer_stops(source, names):
    """The errors of a stub: of the cell itself, or of each function and method in it that is not given."""
    before = set(names)
    try:
        exec(source, names)
    except Exception as error:
        return [type(error)]
    (made,) = [names[name] for name in set(names) - before]
    if not isinstance(made, type):
        return [error_of(made, *[None] * made.__code__.co_argcount)]
    given = made(*[None] * (made.__init__.__code__.co_argcount - 1))
    members = [member for name, member in vars(made).items() if callable(member) and name != "__init__"]
    return [error_of(member, given, *[None] * (member.__code__.co_argcount - 1)) for member in members]


def error_of(function, *arguments):
    with pytest.raises(Exception) as caught:  # whatever it is
        function(*arguments)
    return caught.type


def test_a_copy_of_the_release_is_clean_beside_a_secret_truth(folder):
    assert folder.leaks() == []


def test_of_the_secret_truth_only_the_seed_and_its_arrays_are_needles(folder):
    needles = leak_scan.private_strings(folder.course.secret_truth("ranking"), folder.course.public_truth("ranking"))
    assert str(SECRET_SEED) in needles
    assert len(needles) == 2


def test_an_array_that_is_a_part_of_a_public_one_is_no_needle(tmp_path):
    paths = [tmp_path / "secret.json", tmp_path / "public.json"]
    for path, size in zip(paths, (6, 30), strict=True):
        zeros = ExerciseTruth({"cases": {"x": np.zeros(size)}})
        GroundTruth("ranking", SECRET_SEED, size == 6, {"ranking.lift": zeros}).save(path)
    assert leak_scan.private_strings(*paths) == {str(SECRET_SEED)}


# --- seeded leaks ------------------------------------------------------------------------------------------


def append(name, text):
    return lambda document: cell(document, name).update(source=[*cell(document, name)["source"], "\n" + text])


def put(name, **members):
    return lambda document: cell(document, name).update(members)


def put_metadata(name, **members):
    return lambda document: cell(document, name)["metadata"].update(members)


OUTPUT = {"output_type": "stream", "name": "stdout", "text": ["queen\n"]}
IMAGE = {"x.png": {"image/png": "AAAA"}}
SEEDED = {
    "a solution line": (
        append("embedder", '        odd_one_out = embeddings.doesnt_match(["breakfast", "cereal", "dinner", "lunch"])'),
        "ranking.ipynb: a line of a solution: 'odd_one_out = embeddings.doesnt_match(",
    ),
    "a solution line in a text cell": (
        append("hits-text", "return {k: float((counts < k).mean()) for k in ks}"),
        "ranking.ipynb: a line of a solution: 'return {k: float(",
    ),
    "a line of the written answer": (
        append("comment-text", "analogy would be the first to fail, since it needs four good vectors at once and the "
               "true answer must beat every other word."),
        "ranking.ipynb: a line of a solution: 'analogy would be the first to fail",
    ),
    "an output": (put("show-hits", outputs=[OUTPUT]), "ranking.ipynb: cell show-hits has outputs"),
    "an execution count": (put("show-hits", execution_count=7), "ranking.ipynb: cell show-hits has outputs"),
    "a begin marker": (append("embedder", "### BEGIN SOLUTION"), "ranking.ipynb: a marker: BEGIN SOLUTION"),
    "an end marker": (append("embedder", "### END SOLUTION"), "ranking.ipynb: a marker: END SOLUTION"),
    "hidden tests": (append("test_embedder", "### BEGIN HIDDEN TESTS"), "ranking.ipynb: a marker: BEGIN HIDDEN TESTS"),
    "a mark scheme": (append("embedder-text", "=== BEGIN MARK SCHEME ==="), "a marker: BEGIN MARK SCHEME"),
    "an attachment": (put("hits-text", attachments=IMAGE), "ranking.ipynb: cell hits-text has attachments"),
    "notebook metadata": (
        lambda document: document["metadata"].update(course={"notes": []}),
        "ranking.ipynb: notebook metadata 'course'",
    ),
    "cell metadata": (put_metadata("setup", tags=["x"]), "ranking.ipynb: cell setup has metadata 'tags'"),
    "nbgrader metadata": (
        lambda document: cell(document, "setup")["metadata"]["nbgrader"].update(solution_source="x"),
        "ranking.ipynb: cell setup has nbgrader metadata 'solution_source'",
    ),
    "the secret seed in a text": (
        append("title", f"seed: {SECRET_SEED}"),
        f"ranking.ipynb: private ground truth: '{SECRET_SEED}'",
    ),
    "the secret seed in a program": (
        append("setup", f"rng = np.random.default_rng({SECRET_SEED})"),
        f"ranking.ipynb: private ground truth: '{SECRET_SEED}'",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("change", "leak"), SEEDED.values(), ids=SEEDED)
def test_a_leak_in_the_notebook_is_named(folder, change, leak):
    (found,) = folder.edit(change).leaks()
    assert leak in found
    assert len(found) < 150


def test_the_source_itself_is_full_of_leaks(folder):
    shutil.copy(folder.course.source_notebook("ranking"), folder.notebook_path)
    leaks = "\n".join(folder.leaks())
    assert "a marker: BEGIN SOLUTION" in leaks
    assert leaks.count("a line of a solution") > 10
    assert SOLUTION_LINE in leaks


QUOTED = ["""print("it's" + 'naïve → "word"')""", """path = 'C:\\temp\\naïve "x"'"""]


@pytest.mark.parametrize("line", QUOTED, ids=["quotes", "backslashes"])
def test_a_solution_line_is_found_however_json_writes_it(folder, line):
    source = folder.course.source_notebook("ranking")
    folder.edit(lambda document: cell(document, "lift")["source"].insert(1, line + "\n"), source)
    assert folder.leaks() == []
    folder.edit(append("ablation-text", line))
    assert len(folder.leaks()) == 1


def test_the_secret_seed_in_the_truth_is_named(folder):
    (leak,) = folder.edit_truth(lambda document: document.update(seed=SECRET_SEED)).leaks()
    assert leak == f"test_gt.json: private ground truth: '{SECRET_SEED}'"


def test_a_secret_array_in_the_truth_is_named(folder):
    secret = json.loads(folder.course.secret_truth("ranking").read_text(encoding="utf-8"))
    array = secret["exercises"]["ranking.lift"]["observation"]["v"][0][1]["v"][0][1]

    def leak_it(document):
        document["exercises"]["ranking.lift"]["mistakes"][0]["observation"] = array

    (leak,) = folder.edit_truth(leak_it).leaks()
    assert leak.startswith("test_gt.json: private ground truth: '")
    assert array["data"][:20] in leak


def test_the_secret_truth_in_place_of_the_public_one_is_named(folder):
    # Even if it was recorded into source/ as well, so that both are the same file.
    for path in (folder.truth_path, folder.course.public_truth("ranking")):
        shutil.copy(folder.course.secret_truth("ranking"), path)
    assert f"test_gt.json: private ground truth: '{SECRET_SEED}'" in folder.leaks()


@pytest.mark.parametrize("name", ["notes.txt", "Ranking.ipynb", ".env", "data/vectors.bin", "sub/test_gt.json"])
def test_another_file_is_named(folder, name):
    path = folder.course.release("ranking") / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b'{"cells": [], "metadata": {}}' if name.endswith("ipynb") else b"\xff\x00 text")
    assert folder.leaks() == [f"{name}: not a file of a release"]


def test_a_leak_in_another_file_is_named_as_well(folder):
    (folder.course.release("ranking") / "notes.txt").write_text(f"the seed is {SECRET_SEED}", encoding="utf-8")
    assert folder.leaks() == [
        "notes.txt: not a file of a release",
        f"notes.txt: private ground truth: '{SECRET_SEED}'",
    ]


def test_a_symbolic_link_in_place_of_a_file_is_named(folder):
    folder.truth_path.unlink()
    folder.truth_path.symlink_to(folder.course.public_truth("ranking"))
    assert folder.leaks() == ["test_gt.json: not a file of a release"]


@pytest.mark.parametrize("target", [".", "../../.secrets", "no such file"], ids=["folder", "secrets", "nothing"])
def test_a_symbolic_link_is_named_wherever_it_points(folder, target):
    os.symlink(target, folder.course.release("ranking") / "link")
    assert "link: not a file of a release" in folder.leaks()


@pytest.mark.parametrize("name", ["ranking.ipynb", "test_gt.json"])
def test_a_missing_file_is_named(folder, name):
    (folder.course.release("ranking") / name).unlink()
    assert folder.leaks() == [f"{name}: missing from the release"]


def test_an_empty_release_is_named(folder):
    shutil.rmtree(folder.course.release("ranking"))
    assert folder.leaks() == ["ranking.ipynb: missing from the release", "test_gt.json: missing from the release"]


def test_a_release_that_is_no_notebook_is_named(folder):
    folder.notebook_path.write_text("<html>", encoding="utf-8")
    assert any("ranking.ipynb" in leak for leak in folder.leaks())


def test_without_a_secret_truth_the_rest_is_still_scanned(folder):
    folder.course.secret_truth("ranking").unlink()
    assert len(folder.edit(put("show-hits", outputs=[OUTPUT])).leaks()) == 1


# --- making a release --------------------------------------------------------------------------------------


def test_making_a_release_gives_the_stored_one_and_enters_the_points(folder, course):
    shutil.rmtree(folder.course.release("ranking"))
    release.make(folder.course, "ranking")
    for name in ("ranking.ipynb", "test_gt.json"):
        made, stored = (one.release("ranking") / name for one in (folder.course, course))
        assert made.read_bytes() == stored.read_bytes()
    assert (folder.course.root / "gradebook.db").is_file()


def test_a_source_that_leaks_makes_no_release_silently(folder):
    folder.edit(append("title", f"seed: {SECRET_SEED}"), folder.course.source_notebook("ranking"))
    with pytest.raises(CourseError, match=f"would leak, and was removed: .*{SECRET_SEED}"):
        release.make(folder.course, "ranking")
    assert not folder.course.release("ranking").exists()


def test_a_release_without_ground_truth_is_refused_with_the_remedy(folder):
    folder.course.public_truth("ranking").unlink()
    with pytest.raises(CourseError, match=r"test_gt.json is missing: run: course ground-truth ranking"):
        release.make(folder.course, "ranking")


def test_a_release_of_an_unknown_assignment_names_the_known_ones(folder):
    with pytest.raises(CourseError, match="there are: ranking"):
        release.make(folder.course, "cooking")


def test_an_edited_release_is_named_as_different(folder):
    folder.edit(append("title", "edited by hand"))
    (folder.course.release("ranking") / "extra.txt").touch()
    before = sorted(folder.course.root.rglob("*"))
    assert release.differences(folder.course, "ranking") == ["extra.txt", "ranking.ipynb"]
    assert sorted(folder.course.root.rglob("*")) == before
