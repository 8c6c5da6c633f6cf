"""Fuzzing of what reads submissions: whatever a notebook has become, it is read and rebuilt, or refused in words.

Each notebook is a release, with or without its solutions, after some random changes to its structure, its metadata
and its bytes. A number says which: the same number makes the same notebook.
"""

from __future__ import annotations

import functools
import json
import os
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbgrader.utils import is_solution

from course_lib.authoring import trials
from course_lib.authoring.reference import read_notebook
from course_lib.grading import intake
from course_lib.grading.rebuild import rebuild
from course_lib.paths import Course
from course_lib.verdict import SubmissionOutcome

LIMIT_S = 10.0  # for one notebook
BATCH = 100  # notebooks of one trial
BATCH_S = 60.0  # for a batch, beside the limit of one
SHOWN = 120  # characters of an error

# fmt: off
JUNK: tuple[Any, ...] = (None, True, 0, -1, 1.5, 2**70, float("nan"), float("inf"), "", "x", "\ud800", "\x00", [], [[]],
        {}, ["a", 1, None], {"a": {"b": []}}, {"cell_type": "code"}, {"cell_type": [], "source": {}, "metadata": []})
SOURCES = ("(" * 500, "-" * 9000 + "1", "a" + ".b" * 9000, "def broken(:", "%%bash\nrm -rf .", "\r", "\u2028x\x0c\x85",
           "\ud800", "\x00", "x = 1\r\ny = 2\r", "é" * 3000, "x" * 100_000, "x = 1\n" * 300, "class Embedder: pass",
           "x = 1\n" * 20_000, "if 1:\n" + "".join(" " * n + "if 1:\n" for n in range(1, 120)))
TOKENS = (b"NaN", b"-Infinity", b"1e999", b"9" * 5000, b'"\\ud800"', b'"\\u0000"', b"[" * 9000, b"[" * 900 + b"]" * 900,
          b'{"a":' * 9000, b"null", b"\xef\xbb\xbf", b"\xff", b"\xed\xa0\x80", b"\r\n", b"\x00", b"y" * 200_000)
# fmt: on


@dataclass(frozen=True)
class Figures:
    """What became of all notebooks. outcomes: name -> how many. failures: with the seed of the notebook."""

    number: int
    outcomes: dict[str, int] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Trial:
    """What became of one notebook. problem: what must not be, else None."""

    outcome: str
    problem: str | None = None


@dataclass(frozen=True)
class Base:
    """A notebook to start from. text: of its file. master: the release that it is rebuilt on."""

    assignment: str
    text: str
    master: NotebookNode


# --- changes to structure: each takes the notebook, as JSON has it, and gives another or the same ---------------


def _cells(notebook: Any) -> list[Any]:
    """Its cells; a list that nobody reads, where an earlier change took them away."""
    cells = notebook.get("cells") if isinstance(notebook, dict) else None
    return cells if isinstance(cells, list) and cells else [{"cell_type": "code", "source": "x", "metadata": {}}]


def _cell(notebook: Any, rng: Random) -> dict[str, Any]:
    found = [cell for cell in _cells(notebook) if isinstance(cell, dict)]
    return rng.choice(found or [{}])


def _source(cell: Any) -> list[str]:
    text = cell.get("source") if isinstance(cell, dict) else None
    lines = text if isinstance(text, list) else [text]
    return [line for line in lines if isinstance(line, str)]


def _delete(notebook: Any, rng: Random) -> None:
    cells = _cells(notebook)
    at = rng.randrange(len(cells))
    del cells[at : at + rng.choice((1, 1, 5, 1000))]


def _duplicate(notebook: Any, rng: Random) -> None:
    cells, copied = _cells(notebook), deepcopy(_cell(notebook, rng))
    cells.insert(rng.randrange(len(cells) + 1), copied)


def _many(notebook: Any, rng: Random) -> None:
    if rng.random() < 0.1:
        _cells(notebook).extend(deepcopy(_cell(notebook, rng)) for _ in range(rng.choice((300, 1500, 2500))))


def _shuffle(notebook: Any, rng: Random) -> None:
    rng.shuffle(_cells(notebook))


def _merge(notebook: Any, rng: Random) -> None:
    cells = _cells(notebook)
    at = rng.randrange(len(cells))
    if isinstance(cells[at], dict) and at + 1 < len(cells):
        cells[at]["source"] = [*_source(cells[at]), "\n\n", *_source(cells.pop(at + 1))]


def _split(notebook: Any, rng: Random) -> None:
    cells, cell = _cells(notebook), _cell(notebook, rng)
    text, second = "".join(_source(cell)), deepcopy(cell)
    at = rng.randrange(len(text) + 1)
    cell["source"], second["source"] = text[:at], text[at:]
    cells.insert(next((place for place, other in enumerate(cells) if other is cell), 0) + 1, second)


def _retype(notebook: Any, rng: Random) -> None:
    _cell(notebook, rng)["cell_type"] = rng.choice(("code", "markdown", "raw", "heading", *JUNK))


def _nest(notebook: Any, rng: Random) -> None:
    cells = _cells(notebook)
    at = rng.randrange(len(cells))
    cells[at] = rng.choice(([cells[at]], {"cells": [cells[at]]}, {"source": cells[at]}, {"metadata": cells[at]}))


def _replace(notebook: Any, rng: Random) -> None:
    cells = _cells(notebook)
    cells[rng.randrange(len(cells))] = deepcopy(rng.choice(JUNK))


def _replace_key(notebook: Any, rng: Random) -> None:
    cell = _cell(notebook, rng)
    cell[rng.choice(sorted(cell) or ["x"])] = deepcopy(rng.choice(JUNK))


def _rewrite(notebook: Any, rng: Random) -> None:
    cell = _cell(notebook, rng)
    lines = _source(cell)
    lines.insert(rng.randrange(len(lines) + 1), rng.choice(SOURCES))
    cell["source"] = rng.choice((lines, "".join(lines), [*lines, *JUNK], rng.choice(SOURCES)))


def _no_cells(notebook: Any, rng: Random) -> Any:
    """Cells that are missing or no list, now and then."""
    if rng.random() < 0.8 or not isinstance(notebook, dict):
        return notebook
    cells = {str(at): cell for at, cell in enumerate(_cells(notebook))}
    junk = deepcopy(rng.choice(JUNK))
    missing = {key: value for key, value in notebook.items() if key != "cells"}
    return rng.choice((junk, [notebook], missing, notebook | {"cells": cells}, notebook | {"cells": junk}))


def _old_format(notebook: Any, rng: Random) -> Any:
    """Cells in worksheets, as nbformat 2 and 3 have them."""
    if not isinstance(notebook, dict):
        return notebook
    cells = [{**cell, "input": cell.get("source")} if isinstance(cell, dict) else cell for cell in _cells(notebook)]
    for cell in cells:
        if isinstance(cell, dict) and cell.get("cell_type") == "code":
            cell.pop("source", None)
    at = rng.randrange(len(cells) + 1)
    sheets = [{"cells": cells[:at]}, *rng.choices(JUNK, k=2), {"cells": cells[at:]}]
    whole = {key: value for key, value in notebook.items() if key != "cells"}
    return whole | {"nbformat": rng.choice((2, 3, 4, None)), "worksheets": sheets}


# --- changes to metadata ------------------------------------------------------------------------------------


def _metadata(cell: dict[str, Any], key: str | None = None) -> dict[str, Any]:
    """Metadata of a cell, or what stands there under a key; empty where it is none."""
    found = cell.get("metadata") if key is None else _metadata(cell).get(key)
    return found if isinstance(found, dict) else {}


def _rename_grade_id(notebook: Any, rng: Random) -> None:
    _metadata(_cell(notebook, rng), "nbgrader")["grade_id"] = deepcopy(rng.choice(("my_answer", *JUNK)))


def _swap_metadata(notebook: Any, rng: Random) -> None:
    one, other = _cell(notebook, rng), _cell(notebook, rng)
    key = rng.choice(("metadata", "id"))
    one[key], other[key] = other.get(key), one.get(key)


def _copy_metadata(notebook: Any, rng: Random) -> None:
    key = rng.choice(("metadata", "id"))
    _cell(notebook, rng)[key] = deepcopy(_cell(notebook, rng).get(key))


def _replace_nbgrader(notebook: Any, rng: Random) -> None:
    _metadata(_cell(notebook, rng))["nbgrader"] = deepcopy(rng.choice((["x"], *JUNK)))


def _replace_id(notebook: Any, rng: Random) -> None:
    _cell(notebook, rng)["id"] = deepcopy(rng.choice(("a b", "x" * 65, "é", "student-1", "student-30", "a\n", *JUNK)))


def _tag(notebook: Any, rng: Random) -> None:
    _metadata(_cell(notebook, rng))["tags"] = deepcopy(rng.choice((["raises-exception"], ["skip-execution"], *JUNK)))


def _flip_flags(notebook: Any, rng: Random) -> None:
    flags = _metadata(_cell(notebook, rng), "nbgrader")
    flags.update({key: rng.choice((not value, *JUNK)) for key, value in flags.items() if isinstance(value, bool)})


def _remove_keys(notebook: Any, rng: Random) -> None:
    cell = _cell(notebook, rng)
    part = rng.choice((cell, _metadata(cell), _metadata(cell, "nbgrader")))
    for key in rng.sample(sorted(part), rng.randint(0, len(part))):
        del part[key]


def _strip_all(notebook: Any, rng: Random) -> None:
    keys = rng.choice((("id",), ("metadata",), ("id", "metadata")))
    for cell in _cells(notebook):
        for key in keys if isinstance(cell, dict) else ():
            cell.pop(key, None)


# --- changes to the bytes of the file -----------------------------------------------------------------------


def _flip(data: bytes, rng: Random) -> bytes:
    changed = bytearray(data)
    for _ in range(rng.choice((1, 5, 100)) if data else 0):
        changed[rng.randrange(len(changed))] = rng.randrange(256)
    return bytes(changed)


def _truncate(data: bytes, rng: Random) -> bytes:
    return data[: rng.choice((0, 1, 3, rng.randrange(len(data) + 1), max(0, len(data) - 2)))]


def _encode_otherwise(data: bytes, rng: Random) -> bytes:
    text = data.decode("utf-8", "replace")
    encoding = rng.choice(("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "latin-1", "utf-7", "cp037"))
    mark = rng.choice((b"", b"", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff"))
    return mark + text.encode(encoding, "replace")


def _end_lines_otherwise(data: bytes, rng: Random) -> bytes:
    return data.replace(b"\n", rng.choice((b"\r\n", b"\r", b"", b"\x00\n")))


def _insert(data: bytes, rng: Random) -> bytes:
    at = rng.randrange(len(data) + 1)
    return data[:at] + rng.choice(TOKENS) + data[at:]


def _replace_value(data: bytes, rng: Random) -> bytes:
    values = list(re.finditer(rb'null|true|false|\b\d+\b|"[^"\\\n]{0,40}"(?!:)', data))
    if not values:
        return data
    place = rng.choice(values)
    return data[: place.start()] + rng.choice(TOKENS) + data[place.end() :]


def _double(data: bytes, rng: Random) -> bytes:
    return rng.choice((data * 2, b"[" + data + b"," + data + b"]", data + b"\n\n", data + b"x"))


STRUCTURE: tuple[Callable[[Any, Random], Any], ...] = (
    *(_delete, _duplicate, _many, _shuffle, _merge, _split, _retype, _nest, _replace, _replace_key, _rewrite),
    *(_no_cells, _old_format),
)
METADATA: tuple[Callable[[Any, Random], Any], ...] = (
    *(_rename_grade_id, _swap_metadata, _copy_metadata, _replace_nbgrader, _replace_id, _tag, _flip_flags),
    *(_remove_keys, _strip_all),
)
BYTES: tuple[Callable[[bytes, Random], bytes], ...] = (
    *(_flip, _truncate, _encode_otherwise, _end_lines_otherwise, _insert, _replace_value, _double),
)


# --- trials -------------------------------------------------------------------------------------------------


@functools.cache
def bases(course: Course) -> list[Base]:
    """Each release as it is, and with its solutions in."""
    found = []
    for assignment in course.assignments():
        master = read_notebook(course.release_notebook(assignment))
        answers = {cell.id: cell.source for cell in read_notebook(course.source_notebook(assignment)).cells}
        answered = deepcopy(master)
        for cell in filter(is_solution, answered.cells):
            cell.source = answers.get(cell.id, cell.source)
        found += [Base(assignment, nbformat.writes(notebook), master) for notebook in (master, answered)]
    return found


def mutated(base: Base, rng: Random) -> bytes:
    """The bytes of a changed notebook."""
    notebook = json.loads(base.text)
    for _ in range(rng.randint(1, 8)):
        change = rng.choice(rng.choice((STRUCTURE, METADATA)))
        notebook = change(notebook, rng) or notebook
    text = json.dumps(notebook, ensure_ascii=rng.random() < 0.5, indent=rng.choice((None, 1)))
    data = text.encode("utf-8", "surrogatepass")
    for _ in range(rng.choice((0, 0, 0, 0, 1, 1, 3))):
        data = rng.choice(BYTES)(data, rng)
    return data


def one(course: Course, seed: int) -> Trial:
    """What becomes of the notebook of this number, here in this process."""
    rng = Random(seed)
    base = rng.choice(bases(course))
    before = nbformat.writes(base.master)
    with TemporaryDirectory() as root:
        folder = Path(root) / base.assignment
        folder.mkdir()
        right = f"{base.assignment}.ipynb"
        for name in rng.choices(((right,), ("other.ipynb",), ("a.ipynb", "b.ipynb"), ()), (94, 3, 2, 1))[0]:
            (folder / name).write_bytes(mutated(base, rng))
        started = time.process_time()
        submission = intake.read(folder, base.assignment)
        result = rebuild(base.master, submission.notebook)
    repaired = submission.repairs + result.repairs
    graded = SubmissionOutcome.REPAIRED if repaired else SubmissionOutcome.GRADED
    outcome = str(graded if submission.outcome is None else SubmissionOutcome(submission.outcome))
    took = time.process_time() - started
    problems = [f"took {took:.1f} s of processor time"] if took > LIMIT_S else []
    problems += _problems(base.master, result.notebook)
    if nbformat.writes(base.master) != before:
        problems.append("the release was changed")
    return Trial(outcome, "; ".join(problems) or None)


def _problems(master: NotebookNode, rebuilt: NotebookNode) -> Iterator[str]:
    """What is wrong with a rebuilt notebook."""
    nbformat.validate(rebuilt)
    nbformat.writes(rebuilt).encode("utf-8")
    ids = {cell.id for cell in master.cells}
    kept = [cell for cell in rebuilt.cells if cell.id in ids]
    own = [cell for cell in rebuilt.cells if cell.id not in ids]
    if [_form(cell) for cell in kept] != [_form(cell) for cell in master.cells]:
        yield "the cells of the release are not there, once, in order, as they were"
    else:
        for cell, given in zip(kept, master.cells, strict=True):
            if "nbgrader" in given.metadata and not is_solution(given) and cell.source != given.source:
                yield f"the given cell {given.id} has another text"
    if any(not re.fullmatch(r"student-\d+", cell.id) or cell.metadata for cell in own):
        yield "an own cell has another id, or metadata"
    if len({cell.id for cell in rebuilt.cells}) != len(rebuilt.cells):
        yield "an id is there twice"
    if rebuilt.metadata != master.metadata:
        yield "the notebook has other metadata"


def _form(cell: NotebookNode) -> dict[str, Any]:
    """All of a cell but its text."""
    return {key: value for key, value in cell.items() if key != "source"}


def run(
    course: Course, number: int, seed: int, show: Callable[[str], None] = print, limit_s: float = LIMIT_S
) -> Figures:
    """Read and rebuild `number` changed notebooks, in other processes.

    show: is told of each failure, and how far it is. limit_s: seconds for one notebook.
    """
    bases(course)  # once, before processes are forked
    rng = Random(seed)
    seeds = [rng.getrandbits(40) for _ in range(number)]
    jobs = os.cpu_count() or 1
    size = max(1, min(BATCH, -(-number // jobs)))
    outcomes: Counter[str] = Counter()
    failures: list[str] = []
    batches = [tuple(seeds[at : at + size]) for at in range(0, number, size)]
    while batches:
        again: list[tuple[int, ...]] = []
        for batch, found in trials.run(
            functools.partial(_batch, course),
            batches,
            lambda batch: limit_s + (BATCH_S * limit_s / LIMIT_S if len(batch) > 1 else 0.0),
            jobs,
        ):
            if isinstance(found, trials.Failed) and len(batch) > 1:
                again += [(one_of,) for one_of in batch]  # to see which of them it was
                continue
            if isinstance(found, trials.Failed):
                found = [Trial("none", found.reason)]
            for one_of, trial in zip(batch, found, strict=True):
                outcomes[trial.outcome] += 1
                if trial.problem:
                    failures.append(f"seed {one_of}: {trial.problem}")
                    show(failures[-1])
            show(f"{outcomes.total():,} of {number:,} notebooks, {len(failures)} failures")
        batches = again
    return Figures(number, dict(outcomes), failures)


def _batch(course: Course, seeds: tuple[int, ...]) -> list[Trial]:
    return [_guarded(course, seed) for seed in seeds]


def _guarded(course: Course, seed: int) -> Trial:
    try:
        return one(course, seed)
    except Exception as error:
        return Trial("none", f"{type(error).__name__}: {error}"[:SHOWN])
