"""A submission is read whatever it is: as plain cells, or as an outcome that says why not; nothing raises or hangs."""

import codecs
import json
import os
import socket
from contextlib import chdir

import pytest

from course_lib.grading.intake import read
from course_lib.verdict import SubmissionOutcome

NAME = "ranking.ipynb"
UNREADABLE, NO_NOTEBOOK = SubmissionOutcome.UNREADABLE, SubmissionOutcome.NO_NOTEBOOK


def code(source="x = 1", **more):
    return {"cell_type": "code", "metadata": {}, "source": source, **more}


def text_of(*cells):
    return json.dumps({"cells": list(cells), "nbformat": 4, "nbformat_minor": 5, "metadata": {}})


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "student" / "ranking"
    made.mkdir(parents=True)
    return made


@pytest.fixture
def sent(folder):
    """Hands in bytes, text, or cells as the notebook; what is read of it."""

    def hand_in(*what):
        first = what[0] if what else None
        data = first if isinstance(first, str | bytes) else text_of(*what)
        (folder / NAME).write_bytes(data.encode() if isinstance(data, str) else data)
        return read(folder, "ranking")

    return hand_in


def only_cell(submission):
    assert submission.outcome is None, submission.notes
    (cell,) = submission.notebook.cells
    return cell


def refused(submission, outcome, words):
    assert submission.outcome is outcome
    assert submission.notebook.cells == []
    assert words in submission.notes[0]
    assert len(submission.notes[0].splitlines()) == 1


# --- files ---------------------------------------------------------------------------------------------------


def test_a_plain_notebook_is_read_without_notes(sent):
    found = sent(code())
    assert only_cell(found) == {"cell_type": "code", "metadata": {}, "source": "x = 1"}
    assert found.repairs == found.notes == []


def test_of_a_missing_notebook_its_name_is_said(folder):
    refused(read(folder, "ranking"), NO_NOTEBOOK, f"{NAME} was not handed in")


def test_one_notebook_of_a_wrong_name_counts_and_is_noted(folder):
    (folder / "mine.ipynb").write_text(text_of(code()))
    found = read(folder, "ranking")
    assert only_cell(found).source == "x = 1"
    assert found.repairs == [f"the notebook was named mine.ipynb, not {NAME}"]
    assert found.notes == []


def test_of_several_notebooks_of_wrong_names_none_counts(folder):
    for name in ("a.ipynb", "b.ipynb"):
        (folder / name).write_text(text_of(code()))
    refused(read(folder, "ranking"), NO_NOTEBOOK, "a.ipynb, b.ipynb: hand in one")


@pytest.mark.parametrize("name", [NAME, "mine.ipynb"])
def test_a_notebook_that_is_a_link_is_not_followed(folder, tmp_path, name):
    (tmp_path / "secret.ipynb").write_text(text_of(code()))
    (folder / name).symlink_to(tmp_path / "secret.ipynb")
    refused(read(folder, "ranking"), UNREADABLE, "is a link")


@pytest.mark.parametrize("linked", ["student", "ranking"])
def test_a_folder_that_is_a_link_is_not_followed(sent, folder, tmp_path, linked):
    sent(code())
    other = tmp_path / "other" / "ranking"
    if linked == "student":
        other.parent.symlink_to(folder.parent)
    else:
        other.parent.mkdir()
        other.symlink_to(folder)
    refused(read(other, "ranking"), UNREADABLE, "the folder is a link")


def test_a_hard_link_is_refused(folder, tmp_path):
    (tmp_path / "secret").write_text(text_of(code()))
    os.link(tmp_path / "secret", folder / NAME)
    refused(read(folder, "ranking"), UNREADABLE, "second name")


def make_socket(path):
    with socket.socket(socket.AF_UNIX) as made, chdir(path.parent):  # the whole path may be too long
        made.bind(path.name)


@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir, make_socket], ids=["pipe", "folder", "socket"])
def test_what_is_no_file_is_refused_at_once(folder, make):
    make(folder / NAME)
    refused(read(folder, "ranking"), UNREADABLE, NAME)


def test_reading_a_folder_leaves_nothing_open(folder):
    (folder / NAME).mkdir()
    before = len(os.listdir("/proc/self/fd"))
    read(folder, "ranking")
    assert len(os.listdir("/proc/self/fd")) == before


def test_a_file_in_place_of_the_folder_is_refused(tmp_path):
    (tmp_path / "ranking").write_text("x")
    refused(read(tmp_path / "ranking", "ranking"), UNREADABLE, "cannot be read")


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_notebook_without_permission_is_refused(sent, folder):
    sent(code())
    (folder / NAME).chmod(0)
    refused(read(folder, "ranking"), UNREADABLE, "Permission denied")


def test_a_large_file_is_refused_unread(sent, folder):
    sent(code())
    os.truncate(folder / NAME, 2**40)
    refused(read(folder, "ranking"), UNREADABLE, "1,048,576 MiB, and 64 are allowed: clear the outputs")


LINES = [  # separators of lines and of paragraphs
    "a\u2028b",
    "a\u2029b",
]


@pytest.mark.parametrize(
    "name", ["a\nb.py", "a\u202eyp.b", "a\x1b[2Jb", "x" * 250, "ö" * 120, os.fsdecode(b"\xff.py"), *LINES]
)
def test_hostile_names_are_shown_short_on_one_line(sent, folder, name):
    (folder / name).touch()
    (note,) = sent(code()).notes
    assert len(note.splitlines()) == 1 and note.isprintable()
    assert len(note.partition("left out: ")[2]) <= 60
    note.encode()


def test_more_files_are_noted_but_not_hidden_and_given_ones(sent, folder):
    for name in ("test_gt.json", "timestamp.txt", ".hidden", *(f"{place}.py" for place in range(7))):
        (folder / name).touch()
    (note,) = sent(code()).notes
    assert note.endswith("left out: 0.py, 1.py, 2.py, 3.py, 4.py and 2 more")


def test_links_beside_the_notebook_are_noted(sent, folder):
    (folder / "data").symlink_to("/etc/passwd")
    assert sent(code()).notes == ["links were left out, since only plain files are taken: data"]


# --- what is no notebook -------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["", " \n", "\ufeff"])
def test_an_empty_file_is_called_empty(sent, text):
    refused(sent(text), UNREADABLE, "an empty file")


@pytest.mark.parametrize(
    "text",
    [
        "garbage",
        b"\x00\xff\xfe\x80" * 9,
        text_of(code())[:-5],
        "[" * 200_000,
        '{"cells":' * 100_000,
        "[1]",
        "1",
        '"cells"',
        "null",
        "9" * 9999,
        "{}",
        '{"cells": {}}',
        '{"cells": null, "worksheets": 1}',
        text_of(code()).encode("utf-16-le"),  # without a mark of its order
    ],
    ids=lambda text: repr(text[:12]),
)
def test_what_is_no_notebook_is_refused(sent, text):
    refused(sent(text), UNREADABLE, "this is not a notebook")


def test_2000_cells_are_read_and_2001_are_not(sent):
    assert len(sent(*[code()] * 2000).notebook.cells) == 2000
    refused(sent(*[code()] * 2001), UNREADABLE, "2,001 cells, and 2,000 are allowed")


def test_a_cell_that_is_too_long_is_left_out_and_noted(sent):
    found = sent(code("x" * 1_000_001), code("y" * 1_000_000))
    assert only_cell(found).source[0] == "y"
    assert found.repairs == ["cell 1 was left out: it has 1,000,001 characters"]


def test_malformed_cells_are_left_out_and_five_are_noted(sent):
    found = sent(code(), *[None, 1, "x = 2", [code()], True, 1.5])
    assert only_cell(found).source == "x = 1"
    assert found.repairs == [f"cell {place} was malformed and was left out" for place in range(2, 7)]


# --- formats and encodings -----------------------------------------------------------------------------------


@pytest.mark.parametrize("version", [2, 3])
def test_worksheets_of_old_formats_are_read_in_order(sent, version):
    sheets = [
        {"cells": [{"cell_type": "heading", "level": 1, "source": ["Title"]}]},
        "not a sheet",
        {"cells": [{"cell_type": "code", "input": ["x = 1\n", "y = 2"], "prompt_number": 3, "outputs": []}]},
    ]
    found = sent(json.dumps({"nbformat": version, "worksheets": sheets, "metadata": {}}))
    assert [(cell.cell_type, cell.source) for cell in found.notebook.cells] == [
        ("markdown", "Title"),
        ("code", "x = 1\ny = 2"),
    ]


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (b"", "utf-8"),
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
        (b"", "latin-1"),
    ],
)
def test_usual_encodings_are_read(sent, mark, encoding):
    text = json.dumps({"cells": [code("é = 'ü'")]}, ensure_ascii=False)
    assert only_cell(sent(mark + text.encode(encoding))).source == "é = 'ü'"


def test_lone_surrogates_become_question_marks(sent):
    assert only_cell(sent(r'{"cells": [{"cell_type": "code", "source": "x = \"\ud800\""}]}')).source == 'x = "?"'


def test_all_line_ends_become_newlines(sent):
    assert only_cell(sent(code(["a\r", "\nb\rc\n", "d"]))).source == "a\nb\nc\nd"


@pytest.mark.parametrize(
    ("source", "found"),
    [(["a\n", "b"], "a\nb"), (["a", 1, None, ["x"], "b"], "ab"), (None, ""), (7, ""), ({"a": 1}, "")],
)
def test_a_source_may_be_a_list_of_lines_and_anything_else_is_empty(sent, source, found):
    assert only_cell(sent(code(source))).source == found


def test_a_cell_without_source_type_or_metadata_is_empty_text(sent):
    assert only_cell(sent({})) == {"cell_type": "markdown", "metadata": {}, "source": ""}


@pytest.mark.parametrize(
    ("given", "kind"), [("code", "code"), ("raw", "raw"), ("heading", "markdown"), (["code"], "markdown")]
)
def test_only_code_and_raw_cells_are_not_text(sent, given, kind):
    assert only_cell(sent({"cell_type": given, "source": ""})).cell_type == kind


# --- metadata ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "metadata", [None, [], "x", *({"nbgrader": x} for x in (None, [], {}, {"grade_id": 7}, {"grade_id": ["a"]}))]
)
def test_malformed_metadata_is_as_none(sent, metadata):
    assert only_cell(sent(code(metadata=metadata))).metadata == {}


def test_of_the_metadata_only_the_id_and_whether_there_are_tags_is_kept(sent):
    nbgrader = {"grade_id": "embedder", "points": 99, "grade": True, "solution": True}
    metadata = {"nbgrader": nbgrader, "tags": ["a", {"b": 1}], "trusted": True}
    assert only_cell(sent(code(metadata=metadata))).metadata == {
        "nbgrader": {"grade_id": "embedder"},
        "tags": ["tagged"],
    }


def test_legal_cell_ids_are_kept(sent):
    assert only_cell(sent(code(id="a_B-9" + "x" * 59))).id == "a_B-9" + "x" * 59


@pytest.mark.parametrize("illegal", ["", "x" * 65, "a b", "a\n", "é", "../a", 7, None, ["a"]])
def test_illegal_cell_ids_are_dropped(sent, illegal):
    assert "id" not in only_cell(sent(code(id=illegal)))
