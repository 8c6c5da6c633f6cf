"""Rebuilding a submission on the released notebook, so that nothing of the student's but answers and own cells counts.

Every cell of the release is there, once, in its place, with its own metadata. Answers are found by grade id, then by
cell id, then by the names that they define, then by how they begin, then by their place; given cells by id or by text.
The student's other cells stay where they were, without metadata.
"""

from __future__ import annotations

import ast
import copy
from dataclasses import dataclass, field

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell
from nbgrader.utils import is_grade, is_solution
from rapidfuzz import fuzz

from course_lib.check_cell import parse

NEARLY_THE_SAME = 85  # of 100
COMPARED = 5_000  # characters of a cell
LONGEST, PARSED = 20_000, 1_000_000  # characters of a cell, and of all, that are parsed


@dataclass
class Rebuilt:
    """The rebuilt notebook, and what had to be repaired, in words."""

    notebook: NotebookNode
    repairs: list[str] = field(default_factory=list)


def rebuild(master: NotebookNode, submitted: NotebookNode) -> Rebuilt:
    """Put a student's answers and own cells into a copy of the released notebook.

    master: the released notebook. submitted: what the student handed in, in nbformat 4.
    """
    result = Rebuilt(copy.deepcopy(master))
    submitted = _with_known_ids(submitted, {_grade_id(cell) for cell in master.cells})
    owner: dict[int, int] = {}  # place in the submission -> place in the master
    for place, cell in enumerate(master.cells):
        same = [at for at, other in enumerate(submitted.cells) if at not in owner and _same_cell(cell, other)]
        owner.update(dict.fromkeys(same, place))
    names, defined = _answer_names(master), _defined_by(submitted)
    _disown_exchanged(master, names, defined, owner)
    _own_given_cells_by_text(master, submitted, owner)
    shared: dict[int, NotebookNode] = {}
    for place, cell in enumerate(master.cells):
        if is_solution(cell) and place not in owner.values():
            found = _by_names(names.get(_grade_id(cell), set()), defined, owner)
            found = found or _by_beginning(cell, submitted, owner) or _by_place(place, cell, submitted, owner)
            owner.update(dict.fromkeys(found, place))
            if not found:
                # Merged cells: the answer stands in another answer's cell, and runs in both places.
                for at in _by_names(names.get(_grade_id(cell), set()), defined, {}):
                    shared[place] = submitted.cells[at]
            if found or place in shared:
                result.repairs.append(f"the answer to {_grade_id(cell)} had lost its id and was found by its content")
    behind: dict[int, int] = {}  # place in the submission -> the master's cell behind which its code runs as well
    for place, cell in enumerate(result.notebook.cells):
        found = [at for at in sorted(owner) if owner[at] == place]
        check = min((at for at in owner if owner[at] == place + 1), default=len(submitted.cells))
        copies = [submitted.cells[at] for at in found if at < check] or [submitted.cells[at] for at in found]
        chosen = shared.get(place) or _choose(cell, copies)
        result.repairs += _repairs(cell, chosen, len(found))
        released, kept = cell.source.strip(), None
        if chosen is not None and (is_solution(cell) or "nbgrader" not in cell.metadata):
            cell.source = _text(kept := chosen)
        if cell.cell_type == "code" and not is_grade(cell) and place not in shared:
            before, after = _also_run(released, kept, [(at, submitted.cells[at]) for at in found])
            behind |= dict.fromkeys(before, place - 1) | dict.fromkeys(after, place)
    _insert_own_cells(result.notebook, submitted, owner, behind)
    return result


def _also_run(
    released: str, kept: NotebookNode | None, copies: list[tuple[int, NotebookNode]]
) -> tuple[list[int], list[int]]:
    """Places of code that stood under the same id as `kept`, before and after it: the student ran it, so it runs.

    Such code is a part of a split answer, or a given cell with an import added.
    """
    before: list[int] = []
    after: list[int] = []
    side = after if kept is None else before
    for at, copy_ in copies:
        if copy_ is kept:
            side = after
        elif copy_.cell_type == "code" and _text(copy_).strip() not in (released, ""):
            side.append(at)
    return before, after


def _with_known_ids(submitted: NotebookNode, known: set[str | None]) -> NotebookNode:
    """A copy in which a grade id that the release does not have, or that is none, counts as lost."""
    plain = copy.deepcopy(submitted)
    for cell in plain.cells:
        theirs = cell.get("metadata", {}).get("nbgrader")
        name = theirs.get("grade_id") if isinstance(theirs, dict) else None
        if not isinstance(name, str) or name not in known:
            cell.metadata.pop("nbgrader", None)
    return plain


def _same_cell(cell: NotebookNode, other: NotebookNode) -> bool:
    """Whether a submitted cell is this cell of the release, whatever was done to its text."""
    theirs = _grade_id(other)
    if theirs is not None:
        return theirs == _grade_id(cell)
    if other.get("id") is not None and other.get("id") == cell.get("id"):
        return True
    return not is_solution(cell) and _text(other).strip() == cell.source.strip()


def _choose(cell: NotebookNode, found: list[NotebookNode]) -> NotebookNode | None:
    """Of several copies the last one that is not the untouched stub."""
    changed = [other for other in found if _text(other).strip() != cell.source.strip()]
    candidates = changed or found
    return candidates[-1] if candidates else None


def _repairs(cell: NotebookNode, chosen: NotebookNode | None, copies: int) -> list[str]:
    name = _grade_id(cell)
    if name is None:
        return []
    if chosen is None:
        return [f"the cell {name} was missing and was put back"]
    notes = []
    if copies > 1:
        notes.append(f"the cell {name} was there {copies} times; the last changed one counts")
    if chosen.cell_type != cell.cell_type:
        notes.append(f"the cell {name} had become a {chosen.cell_type} cell and was made a {cell.cell_type} cell again")
    if not is_solution(cell) and _text(chosen).strip() != cell.source.strip():
        notes.append(f"the given cell {name} had been changed and was put back")
    if chosen.metadata.get("tags"):
        notes.append(f"tags on the cell {name} were removed")
    return notes


def _answer_names(master: NotebookNode) -> dict[str | None, set[str]]:
    """Grade id of each answer -> the names by which it can be recognised.

    They are what its stub defines, else those arguments of its check that no other stub defines.
    """
    answers = [cell for cell in master.cells if cell.cell_type == "code" and is_solution(cell)]
    names = {_grade_id(cell): _defined(cell.source) for cell in answers}
    stubs = set().union(*names.values())
    for cell in master.cells:
        if cell.cell_type == "code" and is_grade(cell) and not is_solution(cell):
            call = parse(cell.source)
            if not names.get(call.exercise):
                names[call.exercise] = {name for name in call.arguments if name not in stubs}
    return names


def _by_names(names: set[str], defined: list[set[str]], owner: dict[int, int]) -> list[int]:
    return [at for at, theirs in enumerate(defined) if at not in owner and names and names <= theirs]


def _disown_exchanged(
    master: NotebookNode, names: dict[str | None, set[str]], defined: list[set[str]], owner: dict[int, int]
) -> None:
    """Forget the id of a cell that defines nothing of its own answer and all of another: ids were exchanged."""
    for at, place in list(owner.items()):
        mine = names.get(_grade_id(master.cells[place]), set())
        others = [theirs for theirs in names.values() if theirs and theirs <= defined[at]]
        if mine and not mine & defined[at] and others:
            del owner[at]


def _own_given_cells_by_text(master: NotebookNode, submitted: NotebookNode, owner: dict[int, int]) -> None:
    """Find given cells that lost their ids and were changed a little, so that they do not run twice."""
    lost = [
        at
        for at, other in enumerate(submitted.cells)
        if at not in owner and _grade_id(other) is None and _text(other).strip()
    ]
    for place, cell in enumerate(master.cells):
        if is_solution(cell) or place in owner.values():
            continue
        given = cell.source[:COMPARED]
        likeness = {at: _likeness(given, _text(submitted.cells[at])[:COMPARED]) for at in lost if at not in owner}
        best = max(likeness, key=lambda at: likeness[at], default=None)
        if best is not None and likeness[best] >= NEARLY_THE_SAME:
            owner[best] = place


def _by_beginning(cell: NotebookNode, submitted: NotebookNode, owner: dict[int, int]) -> list[int]:
    """The cell that begins most like the stub: with its signature and description, whether the rest parses or not."""
    stub = cell.source.partition("raise NotImplementedError")[0].strip()[:COMPARED]
    if cell.cell_type != "code" or not stub:
        return []
    likeness = {
        at: _likeness(stub, _text(other).strip()[: len(stub)])
        for at, other in enumerate(submitted.cells)
        if at not in owner and _grade_id(other) is None
    }
    best = max(likeness, key=lambda at: likeness[at], default=None)
    return [best] if best is not None and likeness[best] >= NEARLY_THE_SAME else []


def _likeness(one: str, other: str) -> float:
    """From 0 to 100, of texts of about the same length; 0 for others."""
    shorter, longer = sorted((len(one), len(other)))
    return fuzz.ratio(one, other) if shorter * 100 >= longer * NEARLY_THE_SAME else 0.0


def _by_place(place: int, cell: NotebookNode, submitted: NotebookNode, owner: dict[int, int]) -> list[int]:
    """The first cell of the same type that stands behind the cell that precedes the answer in the release."""
    before = [at for at in owner if owner[at] == place - 1]
    if not before:
        return []
    for at in range(max(before) + 1, len(submitted.cells)):
        other = submitted.cells[at]
        if at in owner or _grade_id(other) is not None:
            return []
        if other.cell_type == cell.cell_type:
            return [at]
    return []


def _defined_by(submitted: NotebookNode) -> list[set[str]]:
    """For each cell the names that it defines; none for cells longer than any answer, which take long to parse."""
    found, left = [], PARSED
    for cell in submitted.cells:
        text = _text(cell)
        fits = len(text) <= min(LONGEST, left)
        left -= len(text) * fits
        found.append(_defined(text) if fits else set())
    return found


def _defined(source: str) -> set[str]:
    """Names that a cell's top level defines; none if it does not parse."""
    try:
        body = ast.parse(source).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return set()
    names: set[str] = set()
    for node in body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef):
            names.add(node.name)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            names.update(
                item.id for item in ast.walk(node) if isinstance(item, ast.Name) and isinstance(item.ctx, ast.Store)
            )
    return names


def _insert_own_cells(
    notebook: NotebookNode, submitted: NotebookNode, owner: dict[int, int], behind: dict[int, int]
) -> None:
    """Put each cell that is the student's own behind the cell that it followed."""
    own: dict[int, list[NotebookNode]] = {}
    last = -1
    for at, cell in enumerate(submitted.cells):
        if at in behind:
            last = max(last, behind[at])
        elif at in owner:
            last = owner[at]
            continue
        if _text(cell).strip():
            new = new_code_cell if cell.cell_type == "code" else new_markdown_cell
            own.setdefault(last, []).append(new(_text(cell), id=f"student-{at}"))
    cells = own.get(-1, [])
    for place, cell in enumerate(notebook.cells):
        cells += [cell, *own.get(place, [])]
    notebook.cells = cells


def _grade_id(cell: NotebookNode) -> str | None:
    return cell.get("metadata", {}).get("nbgrader", {}).get("grade_id")


def _text(cell: NotebookNode) -> str:
    source = cell.get("source", "")
    return "".join(source) if isinstance(source, list) else str(source)
