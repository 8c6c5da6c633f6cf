"""A rebuilt submission is the release, with the student's answers and own cells in it, and nothing else of theirs."""

import copy
import json
import re

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_raw_cell

from course_lib.grading.rebuild import rebuild

ANSWERS = {
    "word_vectors": "def sanity_queries(embeddings):\n    return 'a', 'b', 'c'  # mine",
    "word_vectors_comment": "My comment: they are as I expect.",
    "validation_corpus": "num_samples = 7\nnegatives_per_sample = 8.5  # mine",
    "embedder": "class Embedder:\n    mine = 1",
    "hits_at_k": "def hits_at_k(hard_negatives, ks):\n    return {}  # mine",
    "scorer": "class Scorer:\n    mine = 2",
    "text_preprocessor": "class TextPreprocessor:\n    mine = 3",
    "lift": "text_preprocessor = TextPreprocessor([])  # mine",
}
CODE = [name for name in ANSWERS if name != "word_vectors_comment"]
DEMO = "show-scorer"  # a cell without nbgrader metadata


def at(notebook, name):
    """The place of a cell, by its id in the release."""
    (place,) = [place for place, cell in enumerate(notebook.cells) if cell.id == name]
    return place


def cell(notebook, name):
    return notebook.cells[at(notebook, name)]


def same_master(rebuilt, master):
    """Whether every cell of the master is there once, in order, with its own metadata and type."""
    ids = {one.id for one in master.cells}
    kept = [one for one in rebuilt.cells if one.id in ids]
    return [(one.id, one.cell_type, one.metadata) for one in kept] == [
        (one.id, one.cell_type, one.metadata) for one in master.cells
    ]


@pytest.fixture
def master(stored_release):
    return stored_release


@pytest.fixture
def answered(release_notebook):
    """A submission in which every answer is filled in."""
    for name, source in ANSWERS.items():
        cell(release_notebook, name).source = source
    return release_notebook


@pytest.fixture(autouse=True)
def untouched_inputs(request, stored_release):
    """Rebuilding must change neither of the notebooks that it is given."""
    before = copy.deepcopy(stored_release)
    yield
    assert stored_release == before


def check(master, submitted, changed=()):
    """Rebuild, and assert what holds of every rebuilt notebook; `changed`: the answers that are not the student's."""
    before = copy.deepcopy(submitted)
    result = rebuild(master, submitted)
    assert submitted == before
    assert same_master(result.notebook, master)
    nbformat.validate(result.notebook)
    for one in master.cells:
        if one.id in ANSWERS and one.id not in changed:
            assert cell(result.notebook, one.id).source == ANSWERS[one.id], one.id
        elif one.id not in ANSWERS and "nbgrader" in one.metadata:
            assert cell(result.notebook, one.id).source == one.source, one.id
    return result


def test_the_answers_of_this_file_are_answers_of_the_release(master):
    assert {one.id for one in master.cells if one.metadata.get("nbgrader", {}).get("solution")} > set(ANSWERS)


def test_an_untouched_release_is_rebuilt_as_it_is(master, release_notebook):
    result = rebuild(master, release_notebook)
    assert result.notebook == master
    assert result.repairs == []


def test_answers_are_found_by_their_ids(master, answered):
    assert check(master, answered).repairs == []


def test_outputs_and_counts_are_dropped(master, answered):
    for one in answered.cells:
        if one.cell_type == "code":
            one.outputs = [nbformat.v4.new_output("stream", text="[ranking.embedder] passed")]
            one.execution_count = 3
    result = check(master, answered)
    assert not any(one.get("outputs") or one.get("execution_count") for one in result.notebook.cells)


# --- lost ids ----------------------------------------------------------------------------------------------


def strip(notebook, ids=True, metadata=True):
    for one in notebook.cells:
        if metadata:
            one.metadata = nbformat.NotebookNode()
        if ids:
            one.pop("id")
    return notebook


def test_without_metadata_answers_are_found_by_cell_ids(master, answered):
    check(master, strip(answered, ids=False))


def test_without_cell_ids_answers_are_found_by_grade_ids(master, answered):
    check(master, strip(answered, metadata=False))


def test_without_either_code_answers_are_found_by_what_they_define(master, answered):
    result = check(master, strip(answered), changed=["word_vectors_comment"])
    for name in CODE:
        assert any(f"the answer to {name} had lost its id and was found" in repair for repair in result.repairs)


def test_without_either_a_written_answer_stays_in_its_place_to_be_read(master, answered):
    notebook = rebuild(master, strip(answered)).notebook
    (place,) = [place for place, one in enumerate(notebook.cells) if one.source == ANSWERS["word_vectors_comment"]]
    assert at(notebook, "comment-text") < place < at(notebook, "corpus-text")


def test_without_either_given_cells_are_found_by_text_and_not_doubled(master, answered):
    notebook = rebuild(master, strip(answered)).notebook
    given = [one.source for one in master.cells if one.id not in ANSWERS]
    assert [one.source for one in notebook.cells if one.source in given] == given


def test_new_random_ids_are_as_no_ids(master, answered):
    strip(answered)
    for place, one in enumerate(answered.cells):
        one.id = f"random-{place}"
    check(master, answered, changed=["word_vectors_comment"])


def test_answers_that_lost_their_ids_are_found_wherever_they_stand(master, answered):
    strip(answered).cells.reverse()
    check(master, answered, changed=["word_vectors_comment"])


def test_two_answers_in_one_cell_are_both_found(master, answered):
    # As the notebook's own "merge cells" leaves it: the second cell is gone.
    merged = ANSWERS["hits_at_k"] + "\n\n" + ANSWERS["scorer"]
    cell(answered, "hits_at_k").source = merged
    answered.cells.pop(at(answered, "scorer"))
    notebook = rebuild(master, answered).notebook
    assert same_master(notebook, master)
    assert last_definition(notebook, "hits_at_k") == {}
    assert last_definition(notebook, "Scorer") == 2


def test_an_answer_cut_into_two_cells_is_found(master, answered):
    place = at(answered, "embedder")
    answered.cells[place].source = "def helper():\n    return 1"
    answered.cells.insert(place + 1, new_code_cell(ANSWERS["embedder"]))
    notebook = rebuild(master, answered).notebook
    assert same_master(notebook, master)
    assert last_definition(notebook, "Embedder") == 1


def last_definition(notebook, name):
    """What running the student's cells and the stubs from top to bottom makes of a class or function of this file."""
    names = {}
    for one in notebook.cells:
        if one.cell_type == "code" and re.search(rf"(?m)^(class|def) {name}\b", one.source):
            exec("from __future__ import annotations\nimport numpy\n" + one.source, names)
    return names[name].mine if hasattr(names[name], "mine") else names[name](None, None)


# --- repairs -----------------------------------------------------------------------------------------------


def test_of_a_duplicated_answer_the_changed_one_wins(master, answered, stored_release):
    stub = copy.deepcopy(cell(stored_release, "embedder"))
    for place in (at(answered, "embedder"), at(answered, "embedder") + 1):
        twice = copy.deepcopy(answered)
        twice.cells.insert(place, copy.deepcopy(stub))
        result = check(master, twice)
        assert result.repairs == ["the cell embedder was there 2 times; the last changed one counts"]


def test_of_two_changed_copies_the_last_wins(master, answered):
    place = at(answered, "embedder")
    older = copy.deepcopy(answered.cells[place])
    older.source = "class Embedder: old = True"
    answered.cells.insert(place, older)
    check(master, answered)


def test_a_duplicated_check_cell_is_there_once(master, answered):
    place = at(answered, "test_embedder")
    answered.cells[place:place] = [copy.deepcopy(answered.cells[place]) for _ in range(3)]
    result = check(master, answered)
    assert sum("test_embedder" in one.source for one in result.notebook.cells) == 1


@pytest.mark.parametrize("name", ["embedder", "test_embedder", "embedder-text", "task-tests", "setup", "lift"])
def test_a_deleted_cell_is_put_back(master, answered, name):
    answered.cells.pop(at(answered, name))
    result = check(master, answered, changed=[name])
    assert cell(result.notebook, name).source == cell(master, name).source
    assert result.repairs == [f"the cell {name} was missing and was put back"]


def test_an_empty_submission_gives_the_release(master):
    result = rebuild(master, nbformat.v4.new_notebook())
    assert result.notebook == master
    assert len(result.repairs) == sum("nbgrader" in one.metadata for one in master.cells)


@pytest.mark.parametrize("place", [0, 10, -1])
def test_a_moved_answer_returns_to_its_place(master, answered, place):
    answered.cells.insert(place, answered.cells.pop(at(answered, "scorer")))
    assert check(master, answered).repairs == []


def test_cells_in_reversed_order_return_to_their_places(master, answered):
    answered.cells.reverse()
    check(master, answered)


@pytest.mark.parametrize(
    ("name", "kind"), [("embedder", "markdown"), ("embedder", "raw"), ("word_vectors_comment", "code")]
)
def test_a_retyped_answer_gets_its_type_back(master, answered, name, kind):
    one = cell(answered, name)
    one.cell_type = kind
    for key in ("outputs", "execution_count"):
        one.pop(key, None)
    (repair,) = check(master, answered).repairs
    assert name in repair and f"had become a {kind} cell" in repair


def test_a_retyped_check_cell_is_put_back(master, answered):
    one = cell(answered, "test_embedder")
    one.cell_type = "markdown"
    one.pop("outputs"), one.pop("execution_count")
    check(master, answered)


@pytest.mark.parametrize("keeps_cell_id", [True, False])
@pytest.mark.parametrize("name", CODE)
def test_an_answer_with_a_renamed_grade_id_is_found(master, answered, name, keeps_cell_id):
    one = cell(answered, name)
    one.metadata.nbgrader.grade_id = "my_answer"
    if not keeps_cell_id:
        one.id = "another-id"
    check(master, answered)


def test_a_renamed_grade_id_leaves_no_second_copy(master, answered):
    cell(answered, "embedder").metadata.nbgrader.grade_id = "my_answer"
    notebook = rebuild(master, answered).notebook
    assert [one.id for one in notebook.cells if one.source == ANSWERS["embedder"]] == ["embedder"]


@pytest.mark.parametrize("name", ["test_embedder", "setup", "task-tests", "make-embedder"])
def test_a_changed_given_cell_is_put_back(master, answered, name):
    cell(answered, name).source = "print('passed')"
    result = check(master, answered)
    assert result.repairs == [f"the given cell {name} had been changed and was put back"]
    changed = [one for one in result.notebook.cells if "print('passed')" in one.source]
    assert all("nbgrader" not in one.metadata for one in changed)
    assert len(changed) == (0 if name == "test_embedder" else 1)


def test_an_import_added_to_a_given_cell_still_runs(master, answered):
    cell(answered, "setup").source += "\nimport re"
    cells = check(master, answered).notebook.cells
    place = next(at for at, one in enumerate(cells) if one.id == "setup")
    assert cells[place + 1].source.endswith("import re")


def test_both_parts_of_a_split_answer_run_in_their_order(master, answered):
    place = at(answered, "embedder")
    first = copy.deepcopy(answered.cells[place])
    first.id, first.source = "first-part", "def helper(): return 1"
    answered.cells.insert(place, first)
    sources = [one.source for one in rebuild(master, answered).notebook.cells]
    assert sources.index("def helper(): return 1") < sources.index(ANSWERS["embedder"])


def test_an_experiment_after_the_check_is_not_the_answer(master, answered):
    late = copy.deepcopy(cell(answered, "embedder"))
    late.id, late.source = "late", "class Embedder:\n    late = True"
    answered.cells.append(late)
    notebook = rebuild(master, answered).notebook
    assert cell(notebook, "embedder").source == ANSWERS["embedder"]


def test_tags_are_removed_and_noted(master, answered):
    for name in ("embedder", "test_embedder"):
        cell(answered, name).metadata.tags = ["skip-execution", "raises-exception"]
    result = check(master, answered)
    assert result.repairs == [f"tags on the cell {name} were removed" for name in ("embedder", "test_embedder")]


@pytest.mark.parametrize(
    "forged",
    [
        {"course": {"points": 0.4, "outcome": "passed"}},
        {
            "nbgrader": {
                "grade_id": "test_embedder",
                "points": 100,
                "grade": True,
                "locked": False,
                "schema_version": 99,
            }
        },
        {"nbgrader": {"grade_id": "test_embedder", "cell_type": "markdown", "checksum": "0" * 32}},
        {"deletable": True, "editable": True, "collapsed": True, "jupyter": {"source_hidden": True}},
    ],
    ids=["course", "points", "checksum", "flags"],
)
def test_forged_metadata_of_a_check_cell_is_dropped(master, answered, forged):
    cell(answered, "test_embedder").metadata.update(nbformat.from_dict(forged))
    check(master, answered)


def test_forged_metadata_of_the_notebook_is_dropped(master, answered):
    answered.metadata = nbformat.from_dict(
        {"course": {"notes": []}, "kernelspec": {"name": "evil", "display_name": "x"}}
    )
    assert check(master, answered).notebook.metadata == master.metadata


@pytest.mark.parametrize(
    "nbgrader", [None, "embedder", ["embedder"], {}, {"grade_id": None}, {"grade_id": ["embedder"]}, 3]
)
def test_malformed_metadata_is_as_none(master, answered, nbgrader):
    cell(answered, "embedder").metadata["nbgrader"] = nbgrader
    check(master, answered)


def test_a_source_given_as_lines_is_read(master, answered):
    lines = json.loads(nbformat.writes(answered))
    assert any(isinstance(one["source"], list) for one in lines["cells"])
    check(master, nbformat.from_dict(lines))


# --- own cells ---------------------------------------------------------------------------------------------


def test_own_cells_stay_in_their_place_without_metadata(master, answered):
    own = {
        "task-tests": new_code_cell("before = 1", metadata={"tags": ["skip-execution"], "course": {"points": 9}}),
        "embedder": new_markdown_cell(
            "my note", metadata={"nbgrader": {"grade_id": "mine", "grade": True, "points": 9}}
        ),
        "read-ablation": new_code_cell("after = 1", id="own-cell"),
    }
    for name, one in own.items():
        answered.cells.insert(at(answered, name) + 1, one)
    notebook = check(master, answered).notebook
    for name, one in own.items():
        kept = notebook.cells[at(notebook, name) + 1]
        assert (kept.source, kept.cell_type) == (one.source, one.cell_type)
        assert kept.metadata == {}
    assert len(notebook.cells) == len(master.cells) + len(own)


def test_own_cells_before_the_first_cell_stay_there(master, answered):
    answered.cells[:0] = [new_code_cell("one = 1"), new_code_cell("two = 2")]
    assert [one.source for one in check(master, answered).notebook.cells[:2]] == ["one = 1", "two = 2"]


def test_own_cells_keep_their_order(master, answered):
    place = at(answered, "scorer") + 1
    answered.cells[place:place] = [new_code_cell(f"step = {number}") for number in range(5)]
    notebook = check(master, answered).notebook
    assert [one.source for one in notebook.cells[place : place + 5]] == [f"step = {number}" for number in range(5)]


def test_empty_own_cells_are_dropped(master, answered):
    answered.cells += [new_code_cell(" \n"), new_markdown_cell("")]
    assert len(check(master, answered).notebook.cells) == len(master.cells)


def test_raw_own_cells_become_text(master, answered):
    answered.cells.append(new_raw_cell("raw"))
    assert check(master, answered).notebook.cells[-1].cell_type == "markdown"


def test_attachments_of_own_cells_are_dropped(master, answered):
    answered.cells.append(new_markdown_cell("![x](attachment:x.png)", attachments={"x.png": {"image/png": "AAAA"}}))
    assert "attachments" not in check(master, answered).notebook.cells[-1]


def test_a_changed_demonstration_cell_is_kept(master, answered):
    cell(answered, DEMO).source = "ks = [1, 2]\nprint('my own plot')"
    notebook = check(master, answered).notebook
    assert cell(notebook, DEMO).source == "ks = [1, 2]\nprint('my own plot')"


def test_an_own_cell_that_repeats_a_definition_is_kept_beside_the_answer(master, answered):
    answered.cells.insert(at(answered, "scorer"), new_code_cell("class Embedder:\n    later = True"))
    notebook = check(master, answered).notebook
    assert notebook.cells[at(notebook, "scorer") - 1].source == "class Embedder:\n    later = True"


@pytest.mark.parametrize(
    "source", ["def broken(:", "%matplotlib inline\n!ls", "\x00", "(" * 500, "class Embedder", "é" * 9]
)
def test_own_cells_that_are_no_python_do_not_stop_the_search(master, answered, source):
    cell(answered, "embedder").source = source
    strip(answered)
    answered.cells.append(new_code_cell(ANSWERS["embedder"]))
    check(master, answered, changed=["word_vectors_comment"])


def test_an_answer_with_a_shell_command_is_found_by_what_it_defines(master, answered):
    source = "%matplotlib inline\n!pip list\n" + ANSWERS["embedder"]
    cell(answered, "embedder").source = source
    notebook = rebuild(master, strip(answered)).notebook
    assert cell(notebook, "embedder").source == source
