"""Whatever a notebook has become, it is read and rebuilt or refused in words; and the fuzzer sees where that fails."""

import time
from random import Random

import pytest
from nbformat import NotebookNode

from course_lib.authoring import fuzz, trials
from course_lib.grading.rebuild import rebuild


@pytest.fixture(scope="module")
def bases(course):
    return fuzz.bases(course)


def silent(line):
    pass


@pytest.mark.slow
def test_300_changed_notebooks_are_read_and_rebuilt_or_refused(course):
    figures = fuzz.run(course, 300, seed=1, show=silent)
    assert figures.failures == []
    assert sum(figures.outcomes.values()) == figures.number == 300
    assert len(figures.outcomes) >= 3


def test_there_are_two_notebooks_of_each_release_to_start_from(bases, course):
    assert sorted({base.assignment for base in bases}) == course.assignments()
    assert len({base.text for base in bases}) == 2 * len(course.assignments())


def test_almost_every_notebook_is_changed_and_the_same_number_changes_it_in_the_same_way(bases):
    changed = [fuzz.mutated(bases[seed % 10], Random(seed)) for seed in range(100)]
    assert changed[:20] == [fuzz.mutated(bases[seed % 10], Random(seed)) for seed in range(20)]
    assert len(set(changed)) > 80  # some are cut down to nothing
    # As JSON has it, so that an indentation is no change.
    plain = {fuzz.mutated(base, NoChange(kind)) for base in bases for kind in range(4)}
    assert sum(data in plain for data in changed) < 10


class NoChange(Random):
    """Random numbers that lead to no change at all, and to each of the ways of writing JSON."""

    def __init__(self, kind):
        super().__init__()
        self.kind = kind

    def randint(self, low, high):
        return 0

    def random(self):
        return self.kind % 2

    def choice(self, values):
        return values[self.kind // 2] if values == (None, 1) else 0


@pytest.mark.parametrize("kind", ["STRUCTURE", "METADATA", "BYTES"])
def test_every_kind_of_change_changes_something(kind, bases):
    for change in getattr(fuzz, kind):
        assert any(effect(kind, change, bases[seed % 10], Random(seed)) for seed in range(60)), change.__name__


def effect(kind, change, base, rng):
    if kind == "BYTES":
        return change(base.text.encode(), rng) != base.text.encode()
    notebook = fuzz.json.loads(base.text)
    changed = change(notebook, rng) or notebook
    return fuzz.json.dumps(changed) != fuzz.json.dumps(fuzz.json.loads(base.text))


# --- a rebuild that is broken ------------------------------------------------------------------------------


def failing(master, submitted):
    raise KeyError("nbgrader")


def losing(master, submitted):
    result = rebuild(master, submitted)
    result.notebook.cells = [cell for cell in result.notebook.cells if cell.id != master.cells[3].id]
    return result


def keeping_a_changed_given_cell(master, submitted):
    result = rebuild(master, submitted)
    given = next(cell for cell in result.notebook.cells if cell.metadata.get("nbgrader", {}).get("locked"))
    given.source += "\nprint('passed')"
    return result


def keeping_metadata(master, submitted):
    result = rebuild(master, submitted)
    result.notebook.cells.append(NotebookNode(cell_type="markdown", id="student-9999", metadata={"a": 1}, source="x"))
    return result


def changing_the_release(master, submitted):
    result = rebuild(master, submitted)
    master.cells[0].source += "!"
    return result


def leaving_what_cannot_be_written(master, submitted):
    result = rebuild(master, submitted)
    result.notebook.cells[0].source = "\ud800"
    return result


def hanging(master, submitted):
    time.sleep(60)


def leaving(master, submitted):
    raise SystemExit


@pytest.mark.parametrize(
    ("broken", "words", "limit_s"),
    [
        (failing, "KeyError", 10),
        (losing, "not there, once, in order", 10),
        (keeping_a_changed_given_cell, "has another text", 10),
        (keeping_metadata, "metadata", 10),
        (changing_the_release, "the release was changed", 10),
        (leaving_what_cannot_be_written, "UnicodeEncodeError", 10),
        (hanging, "timed out", 0.3),
        (leaving, "died", 10),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_a_broken_rebuild_is_reported_with_the_number_of_each_notebook(broken, words, limit_s, course, monkeypatch):
    monkeypatch.setattr(fuzz, "rebuild", broken)
    said = []
    figures = fuzz.run(course, 4, seed=1, show=said.append, limit_s=limit_s)
    assert len(figures.failures) == 4
    assert all(words in failure for failure in figures.failures), figures.failures
    rng = Random(1)
    assert sorted(figures.failures) == sorted(line for line in said if line.startswith("seed "))
    assert {failure.split()[1] for failure in figures.failures} == {f"{rng.getrandbits(40)}:" for _ in range(4)}


def test_one_notebook_can_be_tried_again_by_its_number(course, monkeypatch):
    good = fuzz.one(course, 7)
    assert good == fuzz.one(course, 7)
    assert good.problem is None
    monkeypatch.setattr(fuzz, "rebuild", losing)
    assert "not there, once, in order" in fuzz.one(course, 7).problem
    monkeypatch.setattr(fuzz, "rebuild", failing)
    with pytest.raises(KeyError):
        fuzz.one(course, 7)


# --- what it has found -------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize(
    "source", ["x = 1\n" * 160_000, "f'" + "{1}" * 300_000 + "'"], ids=["lines", "parts of a text"]
)
def test_a_long_cell_does_not_hold_the_grader_up(source, stored_release):
    cells = [NotebookNode(cell_type="code", metadata=NotebookNode(), source=source)]

    def try_it(task):
        rebuild(stored_release, NotebookNode(cells=cells))
        return "done"

    ((_, result),) = trials.run(try_it, [1], lambda task: fuzz.LIMIT_S, jobs=1)
    assert result == "done"
