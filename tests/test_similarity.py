"""Similar submissions: copies in disguise are found, people who write by themselves are not accused."""

import importlib
import json
import shutil
import time
from pathlib import Path

import nbformat
import pytest
from browser import chromium, needs_chromium, serious, shoot
from nbformat.v4 import new_code_cell
from nbgrader.utils import is_solution

from course_lib.authoring.reference import read_notebook
from course_lib.cli.main import main
from course_lib.errors import CourseError
from course_lib.grading import similarity
from course_lib.grading.fragments import LENGTH, of_code
from course_lib.grading.similarity import BOUND, Answer, compare
from course_lib.paths import Course

BENCHMARKS = Path(__file__).resolve().parent.parent / "benchmarks"
TOY = "toy_chooser"
HOSTILE = {
    "not Python": "def f(:\n  x = = 1\n)))\n" * 50,
    "a long line": "x = " + "1 + " * 250_000 + "1",
    "null bytes": "x = 1\0\0\0",
    "half a character": "x = '\ud800'",
    "deep brackets": "[" * 10_000,
    "deep minus": "-" * 19_000 + "1",
    "deep dictionaries": "{1:" * 6_000,
    "open strings": '"""' + "'''\\" * 5_000,
    "many quotes": "'\"" * 9_000,
    "nested blocks": "\n".join(" " * depth + "if 1:" for depth in range(99)),
    "a long number": "x = " + "9" * 5_000,
    "markup": "x = '</pre><script>alert(1)</script>'  # <img src=x onerror=alert(1)> \u202e",
}


@pytest.fixture(scope="module")
def classes():
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.syspath_prepend(BENCHMARKS)
        yield importlib.import_module("similarity_class")


@pytest.fixture(scope="module")
def material(classes, course):
    return classes.Material.of(course, TOY)


@pytest.fixture(scope="module")
def copied(classes, material):
    """A class of 40 with six who copied, and how they did it."""
    people, planted = classes.with_copies(material, classes.people(material, 40, 4), 4)
    return classes.answers_of(people), planted


@pytest.fixture(scope="module")
def found(material, copied):
    return compare(copied[0], material.given, material.others)


def forms(source):
    return {key for key in of_code(source) if isinstance(key, int)}


def test_copies_in_disguise_are_found_and_nobody_else(classes, copied, found):
    planted = copied[1]
    kinds = {planted.get(frozenset((pair.first, pair.second)), "innocent") for pair in found}
    assert kinds >= {"verbatim", "names", "names, order, comments"}
    assert "innocent" not in kinds
    assert [pair.strength for pair in found] == sorted((pair.strength for pair in found), reverse=True)
    assert all(pair.chance <= BOUND for pair in found)


def test_people_who_write_by_themselves_are_not_accused(classes, material):
    for own in (True, False):
        people = classes.answers_of(classes.people(material, 40, 7, own))
        assert compare(people, material.given, material.others) == []


def test_the_obvious_answer_accuses_nobody(material):
    alike = {f"student {at}": {name: Answer(code) for name, code in material.solution.items()} for at in range(40)}
    assert compare(alike, material.given, material.others) == []
    most = {name: Answer(codes[0]) for name, codes in material.others.items()}
    usual = {name: most if at < 20 else theirs for at, (name, theirs) in enumerate(alike.items())}
    assert compare(usual, material.given, material.others) == []


def test_who_wrote_nothing_is_like_nobody(classes, material, copied):
    empty = {name: Answer(code) for name, code in material.stub.items()}
    people = {**copied[0], "empty 1": empty, "empty 2": empty, "none 1": {}, "none 2": {}}
    named = {name for pair in compare(people, material.given, material.others) for name in (pair.first, pair.second)}
    assert named and not any(name.startswith(("empty", "none")) for name in named)


def test_no_class_and_a_class_of_one_have_no_pairs():
    answers = {"a": Answer("x = 1")}
    assert compare({}) == compare({"ann": answers}) == compare({"ann": answers, "bob": answers}) == []


def test_five_with_one_source_are_one_group(classes, material):
    people = classes.answers_of(classes.people(material, 40, 2))
    five = [name for name, codes in people.items() if len(codes) == len(material.solution)][:5]
    people.update(dict.fromkeys(five, people[five[0]]))
    found = compare(people, material.given, material.others)
    assert len(found) == 10
    assert {pair.group for pair in found} == {tuple(five)}


def test_names_layout_comments_and_annotations_change_no_form():
    one = "def mean(rows):\n    total = 0.0\n    for row in rows:\n        total += row.sum() * 3\n    return total\n"
    two = (
        'def mean(r: list) -> float:\n    """Text."""\n    s: float = (0.0)  # sum\n'
        "    for q in r:\n\n        s += (q.sum()*3)\n    return s\n"
    )
    assert forms(one) == forms(two) and len(forms(one)) > LENGTH
    assert forms(one) != forms(one.replace("* 3", "* 4"))
    assert forms(one) & forms(one.replace("    total = 0.0\n", "    total = (\n"))  # the rest of broken code counts


@pytest.mark.parametrize("source", HOSTILE.values(), ids=HOSTILE)
def test_hostile_code_is_compared_in_no_time_and_shown_as_text(source, tmp_path):
    started = time.process_time()
    of_code(source)
    assert time.process_time() - started < 5
    people = {f"student {at}": {f"e{part}": Answer(f"a{at} = {part}") for part in range(6)} for at in range(30)}
    body = "\nfor item in values:\n    if item.strange(37, item):\n        rare.append(item ** 11)\n"
    theirs = {f"e{part}": Answer(source[:15_000] + body + f"rare({part}, {part} + 1).go()\n") for part in range(6)}
    found = compare({**people, "<b>ann</b>": theirs, "bob": theirs})
    similarity.write_page(tmp_path / "page.html", "<i>toy</i>", found)
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "<script" not in page and "<img" not in page and "<b>ann" not in page and "\u202e" not in page


def graded_class(root, course, answers):
    """A course folder in which these answers are graded, as far as comparing reads it."""
    for folder in ("source", "release"):
        shutil.copytree(course.root / folder / TOY, root / folder / TOY)
    (root / "nbgrader_config.py").write_text("")
    for student, codes in answers.items():
        notebook = read_notebook(course.release_notebook(TOY))
        for cell in notebook.cells:
            if is_solution(cell) and cell.metadata.nbgrader.grade_id in codes:
                cell.source = codes[cell.metadata.nbgrader.grade_id].source
        notebook.cells.insert(3, new_code_cell(f"print('{student}')"))
        path = Course(root).autograded(student, TOY) / f"{TOY}.ipynb"
        path.parent.mkdir(parents=True)
        nbformat.write(notebook, path)
    return Course(root)


def test_the_command_reads_a_graded_class(tmp_path, monkeypatch, course, copied, capsys):
    theirs = graded_class(tmp_path, course, copied[0])
    monkeypatch.chdir(theirs.root)
    monkeypatch.setattr("sys.argv", ["course", "similar", TOY, "--json", "out.json"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 0
    pairs = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))["pairs"]
    kinds = {copied[1].get(frozenset((pair["first"], pair["second"])), "innocent") for pair in pairs}
    assert "verbatim" in kinds and "innocent" not in kinds
    assert all(pair["exercises"][0]["exercise"].startswith(f"{TOY}.") for pair in pairs)
    assert f"{pairs[0]['first']} and {pairs[0]['second']}: alike in" in capsys.readouterr().out
    assert pairs[0]["first"] in (tmp_path / "reports" / f"{TOY}.similar.html").read_text(encoding="utf-8")


def test_a_class_that_is_not_graded_and_a_broken_file_are_one_line(tmp_path, course):
    theirs = graded_class(tmp_path, course, {})
    with pytest.raises(CourseError, match="course autograde toy_chooser"):
        similarity.pairs(theirs, TOY)
    theirs = graded_class(tmp_path / "two", course, {"ann": {}})
    (theirs.autograded("ann", TOY) / f"{TOY}.ipynb").write_text("{")
    with pytest.raises(CourseError, match="--student ann --force"):
        similarity.pairs(theirs, TOY)


@pytest.mark.slow
@needs_chromium
def test_the_pairs_are_readable_side_by_side(tmp_path, found):
    similarity.write_page(tmp_path / "page.html", TOY, found)
    with chromium() as browser:
        for name, scheme, width in (("light", "light", 1200), ("dark", "dark", 1200), ("narrow", "light", 400)):
            page = browser.new_page(color_scheme=scheme, viewport={"width": width, "height": 900})
            page.goto((tmp_path / "page.html").as_uri())
            page.locator("summary").first.click()
            shoot(page, f"similar_{name}")
            assert serious(page) == []
            assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
            boxes = [page.locator("figure").nth(at).bounding_box() for at in (0, 1)]
            assert (boxes[0]["y"] == boxes[1]["y"]) == (width > 1000)
