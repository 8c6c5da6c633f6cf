"""Notebooks that lost, doubled, moved or forged their cells and ids, and files that are no notebooks."""

from __future__ import annotations

import copy
import io
import json
import os
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_raw_cell
from nbgrader.utils import is_grade, is_solution

from course_lib.authoring.attacks import Attack, Folder, Maker
from course_lib.grading.records import SubmissionOutcome

UNREADABLE = (SubmissionOutcome.UNREADABLE,)
MISSING = (SubmissionOutcome.NO_NOTEBOOK,)
REPAIRED = (SubmissionOutcome.REPAIRED,)
Raw = dict[str, Any]


def _raw(notebook: NotebookNode) -> Raw:
    """A notebook as plain JSON data, with which anything can be done."""
    return json.loads(nbformat.writes(notebook))


def _changed(make: Maker, change: Callable[[Raw], None]) -> str:
    raw = _raw(make.honest())
    change(raw)
    return json.dumps(raw)


def _nbgrader(change: Callable[[Raw], None]) -> Callable[[Raw], None]:
    """A change of the nbgrader metadata of each cell."""

    def everywhere(raw: Raw) -> None:
        for cell in raw["cells"]:
            if "nbgrader" in cell["metadata"]:
                change(cell["metadata"]["nbgrader"])

    return everywhere


def _cells(change: Callable[[int, Raw], None]) -> Callable[[Raw], None]:
    """A change of each cell."""

    def everywhere(raw: Raw) -> None:
        for number, cell in enumerate(raw["cells"]):
            change(number, cell)

    return everywhere


def attacks(make: Maker) -> Iterator[Attack]:
    yield from _copies(make)
    yield from _metadata(make)
    yield from _moved(make)
    yield from _stripped(make)
    yield from _files(make)


# --- copies ------------------------------------------------------------------------------------------------


def _copies(make: Maker) -> Iterator[Attack]:
    checks = make.honest()
    place = make.place(checks, "test_make_sequence")
    checks.cells[place:place] = [copy.deepcopy(checks.cells[place]) for _ in range(3)]
    yield make.attack(31, "check", "a check cell is there four times", checks)
    every = make.honest()
    every.cells = [copy.deepcopy(cell) for cell in every.cells for _ in range(2)]
    yield make.attack(31, "every_cell", "every cell is there twice", every)
    answers = make.honest()
    place = make.place(answers, "translated")
    stub = copy.deepcopy(make.release.cells[make.place(make.release, "translated")])
    answers.cells[place + 1 : place + 1] = [stub]
    yield make.attack(31, "answer_and_stub", "an answer, and behind it its empty copy", answers)
    doubled = make.honest()
    place = make.place(doubled, "translated")
    doubled.cells[place:place] = [copy.deepcopy(doubled.cells[place])]
    doubled.cells[place].source = "def translated(game, values):\n    return None\n"
    story = "an answer is there twice: a wrong one and, behind it, the right one"
    yield make.attack(31, "wrong_then_right", story, doubled)
    moved = make.honest()
    place = make.place(moved, "test_make_sequence")
    for number in (4, 10, 30):
        moved.cells.insert(number, copy.deepcopy(moved.cells[place]))
    yield make.attack(31, "checks_elsewhere", "copies of a check stand between other cells", moved)
    twice = make.honest()
    other = make.place(twice, "test_make_batch")
    twice.cells[other].source = "task_tests.test_make_sequence(make_sequence)"
    yield make.attack(31, "another_check", "the check of an exercise asks for another answer", twice)


# --- metadata ----------------------------------------------------------------------------------------------


def _metadata(make: Maker) -> Iterator[Attack]:
    for name, change, story in (
        ("schema_1", _nbgrader(lambda data: data.update(schema_version=1)), "schema version 1"),
        ("schema_99", _nbgrader(lambda data: data.update(schema_version=99)), "schema version 99"),
        ("schema_text", _nbgrader(lambda data: data.update(schema_version="three")), "a schema version that is a word"),
        ("no_schema", _nbgrader(lambda data: data.pop("schema_version")), "no schema version"),
        (
            "flags",
            _nbgrader(lambda data: data.update({name: not data[name] for name in ("grade", "solution", "locked")})),
            "all flags are turned round",
        ),
        (
            "all_tasks",
            _nbgrader(lambda data: data.update(task=True, grade=True, solution=True, points=5)),
            "every cell is a task that a person grades",
        ),
        ("points_1000", _nbgrader(lambda data: data.update(points=1000)), "every cell has 1,000 points"),
        ("points_nan", _nbgrader(lambda data: data.update(points=float("nan"))), "points that are no number"),
        ("points_below_zero", _nbgrader(lambda data: data.update(points=-7, extra_credit=100)), "points below zero"),
        ("points_text", _nbgrader(lambda data: data.update(points="7 / 0", checksum=None)), "points that are a word"),
        (
            "new_ids",
            _nbgrader(lambda data: data.update(grade_id="mine-" + data["grade_id"][::-1])),
            "every grade id has another name",
        ),
        ("same_ids", _nbgrader(lambda data: data.update(grade_id="make_batch")), "all cells have the same grade id"),
        ("ids_are_lists", _nbgrader(lambda data: data.update(grade_id=[1, {"a": None}])), "grade ids that are lists"),
        ("hostile_ids", _nbgrader(lambda data: data.update(grade_id="../../x'; --\n\0")), "hostile grade ids"),
        ("not_a_dict", _cells(lambda at, cell: cell.update(metadata={"nbgrader": "full marks"})), "metadata is a text"),
        ("no_metadata", _cells(lambda at, cell: cell.update(metadata=None)), "the metadata of cells is null"),
        ("list_metadata", _cells(lambda at, cell: cell.update(metadata=[["nbgrader", 1]])), "metadata is a list"),
        ("same_cell_ids", _cells(lambda at, cell: cell.update(id="same")), "all cells have the same id"),
        ("illegal_cell_ids", _cells(lambda at, cell: cell.update(id=f"a b/../<b>{at}" * 40)), "ids of an illegal form"),
        ("number_ids", _cells(lambda at, cell: cell.update(id=[None, at, 1.5, {}][at % 4])), "ids that are no texts"),
        (
            "odd_outputs",
            _cells(
                lambda at, cell: cell.update(outputs=[{"output_type": "x"}, 5, None]) if "outputs" in cell else None
            ),
            "outputs that are none",
        ),
        (
            "odd_counts",
            _cells(lambda at, cell: cell.update(execution_count="many") if "outputs" in cell else None),
            "cells that ran many times",
        ),
        ("minor_0", lambda raw: raw.update(nbformat_minor=0), "a format that says it is older than it is"),
        ("minor_99", lambda raw: raw.update(nbformat_minor=99), "a format of the future"),
        ("no_kernel", lambda raw: raw.update(metadata={}), "a notebook without metadata"),
        (
            "other_kernel",
            lambda raw: raw.update(metadata={"kernelspec": {"name": "bash", "display_name": "!", "language": "bash"}}),
            "a notebook that asks for another kernel",
        ),
        (
            "evil_language",
            lambda raw: raw.update(metadata={"language_info": {"name": "x", "nbconvert_exporter": "os.system"}}),
            "a notebook that names its own exporter",
        ),
        (
            "unknown_keys",
            lambda raw: raw.update({"signature": "x", "worksheets": [], "__class__": "x"}),
            "unknown keys",
        ),
    ):
        yield make.attack(32, name, story, _changed(make, change))

    swapped = make.honest()
    one, other = make.place(swapped, "make_sequence"), make.place(swapped, "translated")
    ids = [swapped.cells[place].metadata.nbgrader.grade_id for place in (other, one)]
    for place, name in zip((one, other), ids, strict=True):
        swapped.cells[place].metadata.nbgrader.grade_id = name
    yield make.attack(32, "swapped_ids", "two answers have each other's grade id", swapped)
    stolen = make.honest()
    one, other = make.place(stolen, "test_make_batch"), make.place(stolen, "test_make_sequence")
    for place, name in ((one, "test_make_sequence"), (other, "test_make_batch")):
        stolen.cells[place].metadata.nbgrader.grade_id = name
    yield make.attack(32, "swapped_checks", "two checks have each other's grade id", stolen)
    for kind, new in (("markdown", new_markdown_cell), ("raw", new_raw_cell)):
        typed = make.honest()
        for place, cell in enumerate(typed.cells):
            if is_solution(cell) and cell.cell_type == "code":
                typed.cells[place] = new(cell.source, metadata=cell.metadata, id=cell.id)
        yield make.attack(32, f"answers_are_{kind}", f"answers have become {kind} cells", typed)
    coded = make.honest()
    for place, cell in enumerate(coded.cells):
        if cell.cell_type == "markdown":
            coded.cells[place] = new_code_cell(cell.source, metadata=cell.metadata, id=cell.id)
    yield make.attack(32, "texts_are_code", "all texts have become code", coded)
    raw_checks = make.honest()
    for place, cell in enumerate(raw_checks.cells):
        if is_grade(cell):
            raw_checks.cells[place] = new_raw_cell("full marks", metadata=cell.metadata, id=cell.id)
    yield make.attack(32, "checks_are_raw", "the checks have become raw cells", raw_checks)
    extra = make.honest()
    forged = copy.deepcopy(extra.cells[make.place(extra, "test_make_sequence")])
    forged.metadata.nbgrader.update(grade_id="test_bonus", points=100)
    extra.cells += [forged]
    yield make.attack(32, "own_check", "a check of its own, worth 100 points", extra)


# --- moved, split, merged ----------------------------------------------------------------------------------


def _moved(make: Maker) -> Iterator[Attack]:
    without = make.honest()
    without.cells = [cell for cell in without.cells if not (is_grade(cell) and not is_solution(cell))]
    yield make.attack(33, "no_checks", "all checks are deleted", without)
    given = make.honest()
    given.cells = [cell for cell in given.cells if is_solution(cell)]
    yield make.attack(33, "answers_only", "everything but the answers is deleted", given)
    lost = make.honest()
    del lost.cells[make.place(lost, "translated")]
    story = "an answer is deleted"
    yield make.attack(33, "no_answer", story, lost, earns=("make_sequence",), outcomes=REPAIRED)
    moved = make.honest()
    answers = [cell for cell in moved.cells if is_solution(cell)]
    moved.cells = [cell for cell in moved.cells if not is_solution(cell)] + answers
    yield make.attack(33, "answers_at_the_end", "all answers stand at the end", moved)
    reverse = make.honest()
    reverse.cells.reverse()
    yield make.attack(33, "reversed", "all cells stand in reverse order", reverse)
    merged = make.honest()
    one, other = make.place(merged, "make_sequence"), make.place(merged, "translated")
    merged.cells[one].source += "\n\n\n" + merged.cells[other].source
    del merged.cells[other]
    yield make.attack(33, "merged", "two answers stand in one cell", merged)
    joined = make.honest()
    place = make.place(joined, "translated")
    joined.cells[place].source += "\n\n" + joined.cells[place + 1].source
    del joined.cells[place + 1]
    yield make.attack(33, "merged_with_its_check", "an answer and its check stand in one cell", joined)
    split = make.honest()
    place = make.place(split, "make_sequence")
    drawn = "torch.randint(game.num_left, (game.num_words,), generator=generator)"
    helper = f"def words_of(game, generator):\n    return {drawn}"
    lines = split.cells[place].source
    assert drawn in lines
    split.cells[place].source = lines.replace(drawn, "words_of(game, generator)")
    split.cells[place:place] = [new_code_cell(helper)]
    yield make.attack(33, "split", "a part of an answer stands in an own cell before it", split)
    same = make.honest()
    place = make.place(same, "make_sequence")
    part = copy.deepcopy(same.cells[place])
    part.source = helper
    same.cells[place].source = lines.replace(drawn, "words_of(game, generator)")
    same.cells[place:place] = [part]
    yield make.attack(33, "split_with_the_same_id", "an answer is split into two cells of the same grade id", same)
    own = make.honest()
    place = make.place(own, "translated")
    answer, own.cells[place].source = own.cells[place].source, "# see above"
    own.cells[place:place] = [new_code_cell(answer)]
    story = "the answer stands in an own cell, and its own cell holds a comment"
    yield make.attack(33, "answer_in_own_cell", story, own)
    empty = make.honest()
    empty.cells[10:10] = [new_code_cell("") for _ in range(1000)]
    yield make.attack(33, "thousand_empty_cells", "1,000 empty cells", empty)
    many = make.honest()
    many.cells += [new_code_cell("") for _ in range(2001)]
    yield make.attack(33, "too_many_cells", "more cells than are read", many, earns=(), outcomes=UNREADABLE)
    setup = make.honest()
    setup.cells[make.place(setup, "setup")].source = "import torch"
    setup.cells[make.place(setup, "task-tests")].source = "task_tests = None"
    yield make.attack(33, "changed_given_cells", "given cells are changed", setup)


# --- what web notebooks write ------------------------------------------------------------------------------


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)


def _colab(raw: Raw) -> None:
    raw["nbformat_minor"] = 0
    raw["metadata"] = {
        "colab": {"provenance": [], "toc_visible": True},
        "kernelspec": {"name": "python3", "display_name": "Python 3"},
        "language_info": {"name": "python"},
    }
    for number, cell in enumerate(raw["cells"]):
        cell.pop("id")
        cell["metadata"] = {"id": f"aB{number:03d}xYz{number * 7919 % 997}"}
        if cell["cell_type"] == "code":
            cell["metadata"] |= {"colab": {"base_uri": "https://localhost:8080/"}, "outputId": f"{number:08x}-6fd2"}
            cell["execution_count"] = number


def _kaggle(raw: Raw) -> None:
    raw["nbformat_minor"] = 4
    raw["metadata"] = {
        "kernelspec": {"language": "python", "display_name": "Python 3", "name": "python3"},
        "language_info": {"name": "python", "version": "3.11.13", "mimetype": "text/x-python"},
        "kaggle": {"accelerator": "none", "dataSources": [], "isInternetEnabled": True, "sourceType": "notebook"},
    }
    for number, cell in enumerate(raw["cells"]):
        cell.pop("id")
        times = {"iopub.status.busy": "2025-01-01T00:00:00.0Z", "iopub.status.idle": "2025-01-01T00:00:01.0Z"}
        cell["metadata"] = {"_uuid": f"{number:040x}", "trusted": True, "execution": times}
        cell["source"] = "".join(cell["source"])


def _vscode(raw: Raw) -> None:
    raw["nbformat_minor"] = 2
    raw["metadata"] = {
        "kernelspec": {"display_name": ".venv (3.11.9)", "language": "python", "name": "python3"},
        "language_info": {"codemirror_mode": {"name": "ipython", "version": 3}, "name": "python", "version": "3.11.9"},
        "orig_nbformat": 4,
        "vscode": {"interpreter": {"hash": "31f2aee4e71d21fbe5cf8b01ff0e069b9275f58929596ceb00d14d90e3e16cd6"}},
    }
    for cell in raw["cells"]:
        cell.pop("id")
        cell["metadata"] = {"vscode": {"languageId": "python"}} if cell["cell_type"] == "code" else {"slideshow": {}}


def _new_ids(raw: Raw) -> None:
    for number, cell in enumerate(raw["cells"]):
        cell["id"] = f"{number * 2654435761 % 2**32:08x}"
        cell["metadata"] = {}


def _reformatted(raw: Raw) -> None:
    _new_ids(raw)
    for cell in raw["cells"]:
        text = "".join(cell["source"])
        cell["source"] = _lines(text.replace("\n", "\r\n").replace("    ", "\t") if "def " in text else text + "  \n\n")


def _stripped(make: Maker) -> Iterator[Attack]:
    for name, change, story in (
        ("colab", _colab, "Colab took all metadata and ids"),
        ("kaggle", _kaggle, "Kaggle took all metadata and ids"),
        ("vscode", _vscode, "VS Code took all metadata and ids"),
        ("new_ids", _new_ids, "all cells have new ids and no metadata"),
        ("reformatted", _reformatted, "no metadata, and other line ends and indents"),
    ):
        yield make.attack(34, name, story, _changed(make, change))
    script = make.honest()
    script.cells = [cell for cell in script.cells if cell.cell_type == "code"]
    for cell in script.cells:
        cell.metadata = NotebookNode()
        cell.id = new_code_cell().id
    yield make.attack(34, "code_only", "no metadata, and no texts", script)


# --- files that are no notebooks ---------------------------------------------------------------------------


def _format_3(make: Maker, keep: bool) -> str:
    cells = []
    for cell in make.honest().cells:
        metadata = dict(cell.metadata) if keep else {}
        if cell.cell_type == "code":
            code = {"input": _lines(cell.source), "language": "python", "prompt_number": 1, "collapsed": False}
            cells.append({"cell_type": "code", "metadata": metadata, "outputs": []} | code)
        else:
            cells.append({"cell_type": "markdown", "metadata": metadata, "source": _lines(cell.source)})
    sheets = [{"cells": cells, "metadata": {}}]
    return json.dumps({"metadata": {"name": "x"}, "nbformat": 3, "nbformat_minor": 0, "worksheets": sheets})


def _write(names: dict[str, bytes]) -> Folder:
    def write(folder: Path) -> None:
        for name, data in names.items():
            (folder / name).write_bytes(data)

    return write


def _files(make: Maker) -> Iterator[Attack]:
    text = nbformat.writes(make.honest())
    with_umlauts = nbformat.writes(make.honest(translated="# Länge für größere Sätze\n" + make.right["translated"]))
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as zipped:
        zipped.writestr("meta_lstm.ipynb", text)
    for name, content, story in (
        ("empty", b"", "an empty file"),
        ("blank", b" \n\t\n", "a file of spaces"),
        ("binary", os.urandom(3) + bytes(range(256)) * 400, "bytes without meaning"),
        ("zeros", bytes(100_000), "zeros only"),
        ("cut_off", text[: len(text) // 2].encode(), "a notebook that was cut off"),
        ("two_notebooks", (text + text).encode(), "two notebooks in one file"),
        ("list", b"[1, 2, 3]", "JSON, but a list"),
        ("number", b"7", "JSON, but a number"),
        ("word", b'"full marks"', "JSON, but a text"),
        ("null", b"null", "JSON, but nothing"),
        ("object", b'{"score": 7}', "JSON, but no notebook"),
        (
            "cells_are_a_number",
            b'{"cells": 5, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}',
            "cells are a number",
        ),
        ("no_cells", b'{"metadata": {}, "nbformat": 4, "nbformat_minor": 5}', "a notebook without cells"),
        ("format_is_a_word", b'{"cells": [], "metadata": {}, "nbformat": "four"}', "a format that is a word"),
        ("web_page", b"<!DOCTYPE html><html><body><h1>meta_lstm</h1></body></html>", "a web page"),
        ("script", b"# %%\nimport torch\n# %%\ndef make_sequence():\n    pass\n", "a script"),
        ("archive", archive.getvalue(), "an archive under the name of the notebook"),
        ("merge_conflict", ("<<<<<<< HEAD\n" + text).encode(), "a notebook with the marks of a merge"),
        ("not_utf8", text.encode().replace(b'"cells"', b'"cells\xff\xfe"', 1), "bytes that are not text"),
    ):
        yield make.attack(46, name, story, content, earns=(), outcomes=UNREADABLE)
    yield make.attack(46, "nothing", "no file at all", None, earns=(), outcomes=MISSING)
    other = _write({"answers.txt": text.encode(), "meta_lstm.py": b"import torch\n", "meta_lstm.ipynb.zip": b"PK"})
    yield make.attack(46, "other_files", "other files, and no notebook", None, earns=(), files=other, outcomes=MISSING)
    two = _write({"meta_lstm (1).ipynb": text.encode(), "meta_lstm-Copy1.ipynb": text.encode()})
    story = "two notebooks, none of the right name"
    yield make.attack(46, "two_wrong_names", story, None, earns=(), files=two, outcomes=MISSING)
    renamed = _write({"meta_lstm (1).ipynb": text.encode()})
    yield make.attack(46, "wrong_name", "the wrong name", None, files=renamed, outcomes=REPAIRED)
    capital = _write({"Meta_LSTM.ipynb": text.encode(), "notes.txt": b"x"})
    yield make.attack(46, "capitals_in_the_name", "the name in capitals", None, files=capital, outcomes=REPAIRED)
    beside = _write({"meta_lstm-Copy1.ipynb": b"garbage", "old.ipynb": b""})
    yield make.attack(46, "garbage_beside", "the right notebook beside garbage", make.honest(), files=beside)

    yield make.attack(46, "format_3", "a notebook of the format 3", _format_3(make, keep=True))
    yield make.attack(46, "format_3_stripped", "format 3, without metadata", _format_3(make, keep=False))
    yield make.attack(46, "utf_16", "UTF-16", with_umlauts.encode("utf-16"))
    yield make.attack(46, "utf_8_bom", "UTF-8 with a byte order mark", with_umlauts.encode("utf-8-sig"))
    latin = json.dumps(json.loads(with_umlauts)).replace("\\u00e4", "ä").replace("\\u00fc", "ü").encode("latin-1")
    yield make.attack(46, "latin_1", "Latin-1", latin)
    surrogates = _raw(make.first("# PLACE", "print('PLACE')"))
    surrogates["cells"] += [_raw(make.last())["cells"][0] | {"source": "PLACE", "id": "own-text"}]
    story = "cells with half characters, which cannot be sent or written"
    half = json.dumps(surrogates).replace("PLACE", "\\ud800 \\udfff")
    yield make.attack(46, "half_characters", story, half)
    answer = json.dumps(_raw(make.honest(translated="# PLACE\n" + make.right["translated"])))
    story = "an answer with a half character and a zero in a comment of another cell"
    yield make.attack(46, "half_character_in_answer", story, answer.replace("PLACE", "\\udce4"))
    zeros = make.first("x = 'PLACE'")
    yield make.attack(
        46, "zero_characters", "a zero in an own cell", json.dumps(_raw(zeros)).replace("PLACE", "\\u0000")
    )
    numbers = json.dumps(_raw(make.honest())).replace(
        '"nbformat_minor": 5', '"nbformat_minor": 5, "x": [NaN, 1e999, -0]'
    )
    yield make.attack(46, "numbers_that_are_none", "NaN and infinity in the file", numbers)
