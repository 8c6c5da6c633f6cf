"""Reading what a student handed in, trusting nothing: from a folder to plain cells.

Only the notebook counts. It must be a regular file of its own, and small enough to be parsed; of its cells we take the
type, the text, the ids and whether there are tags. Any format that a notebook has had is read (nbformat 2 to 4, with or
without ids, in any usual encoding), since nothing of a format is needed beyond that.
"""

from __future__ import annotations

import codecs
import json
import os
import re
import stat
import unicodedata
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from course_lib.verdict import SubmissionOutcome

GIVEN_FILES = ("test_gt.json", "timestamp.txt")  # of the release and of the transport: not worth a note
CODE = "code"
UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")  # characters that change how a line reads
ID = re.compile(r"[a-zA-Z0-9_-]{1,64}")


@dataclass(frozen=True)
class InputLimits:
    """What is read. notebook: bytes of the file. source: characters of a cell. files: names that are looked at."""

    notebook: int = 64 * 2**20
    cells: int = 2000
    source: int = 1_000_000
    files: int = 1000


@dataclass
class HandedIn:
    """What lies in a student's folder. outcome: why there is nothing to grade, else None."""

    notebook: bytes = b""
    outcome: SubmissionOutcome | None = None
    repairs: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @classmethod
    def nothing(cls, outcome: SubmissionOutcome, note: str) -> HandedIn:
        """A folder of which nothing can be graded, and why."""
        return cls(outcome=outcome, notes=[note])


@dataclass
class Submission:
    """What a student handed in, in plain cells. outcome: why there is nothing to grade, else None."""

    notebook: NotebookNode = field(default_factory=lambda: NotebookNode(cells=[]))
    outcome: SubmissionOutcome | None = None
    repairs: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @classmethod
    def nothing(cls, outcome: SubmissionOutcome, note: str) -> Submission:
        """A submission of which nothing can be graded, and why."""
        return cls(outcome=outcome, notes=[note])


class _Unreadable(Exception):
    """The message says what is wrong and what to do."""


def read(folder: Path, assignment: str, limits: InputLimits = InputLimits()) -> Submission:
    """The submission in `folder`; whatever is wrong with it is its outcome. Never raises on what a student sent."""
    return parsed(handed_in(folder, assignment, limits), limits)


def handed_in(folder: Path, assignment: str, limits: InputLimits = InputLimits()) -> HandedIn:
    """What lies in `folder`, its notebook not yet parsed. Never raises on what a student sent."""
    repairs: list[str] = []
    wanted = f"{assignment}.ipynb"
    if folder.is_symlink() or folder.parent.is_symlink():
        return HandedIn.nothing(SubmissionOutcome.UNREADABLE, "the folder is a link: hand the notebook itself in")
    try:
        others = sorted(entry.name for entry in islice(os.scandir(folder), limits.files) if entry.name != wanted)
        if not os.path.lexists(folder / wanted):
            notebooks = [name for name in others if name.endswith(".ipynb") and (folder / name).is_file()]
            if len(notebooks) != 1:
                hint = f"; there are {_names(notebooks)}: hand in one" if notebooks else ""
                return HandedIn.nothing(SubmissionOutcome.NO_NOTEBOOK, f"{wanted} was not handed in{hint}")
            repairs.append(f"the notebook was named {_names(notebooks)}, not {wanted}")
            wanted = notebooks[0]
            others.remove(wanted)
        data = _bytes(folder / wanted, limits)
    except _Unreadable as problem:
        return HandedIn.nothing(SubmissionOutcome.UNREADABLE, str(problem))
    except OSError as error:
        return HandedIn.nothing(SubmissionOutcome.UNREADABLE, f"{_names([wanted])} cannot be read: {error.strerror}")
    return HandedIn(data, None, repairs, _about_others(folder, others))


def parsed(handed: HandedIn, limits: InputLimits = InputLimits()) -> Submission:
    """The submission in plain cells. Never raises on what a student sent."""
    if handed.outcome is not None:
        return Submission(outcome=handed.outcome, notes=handed.notes)
    try:
        cells, repairs = _cells(_text(handed.notebook), limits)
    except _Unreadable as problem:
        return Submission.nothing(SubmissionOutcome.UNREADABLE, str(problem))
    return Submission(NotebookNode(cells=cells), None, handed.repairs + repairs, handed.notes)


def _about_others(folder: Path, names: list[str]) -> list[str]:
    """A note on files that are not graded, if there are any."""
    ignored = [name for name in names if name not in GIVEN_FILES and not name.startswith(".")]
    links = [name for name in ignored if (folder / name).is_symlink()]
    notes = [f"links were left out, since only plain files are taken: {_names(links)}"] if links else []
    files = [name for name in ignored if name not in links]
    if files:
        notes.append(f"only the notebook is graded, and code that it needs must stand in it; left out: {_names(files)}")
    return notes


def _names(names: list[str]) -> str:
    """File names for a note: short, on one line, without characters that change how it reads.

    >>> _names(["a\\nb.py"])
    'a?b.py'
    """
    shown = ["".join("?" if unicodedata.category(c) in UNSEEN else c for c in name)[:60] for name in names[:5]]
    return ", ".join(shown) + (f" and {len(names) - 5} more" if len(names) > 5 else "")


def _bytes(path: Path, limits: InputLimits) -> bytes:
    """Raises: _Unreadable: not a regular file, one that has a second name, or too large. OSError."""
    name = _names([path.name])
    if path.is_symlink():
        raise _Unreadable(f"{name} is a link, not a file: hand the notebook itself in")
    # Not waiting for the other end of a pipe, nor following a link that was put there just now.
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        about = os.fstat(handle)
        if not stat.S_ISREG(about.st_mode):
            raise _Unreadable(f"{name} is not a file: hand the notebook itself in")
        if about.st_nlink > 1:
            raise _Unreadable(f"{name} is a second name of another file (a hard link): hand in a copy")
        if about.st_size > limits.notebook:
            raise _Unreadable(
                f"{name} has {about.st_size / 2**20:,.0f} MiB, and {limits.notebook / 2**20:,.0f} are allowed: "
                "clear the outputs of the notebook and hand it in again"
            )
        with open(handle, "rb", closefd=False) as file:
            return file.read(limits.notebook)
    finally:
        os.close(handle)


def _text(data: bytes) -> str:
    """Text of a notebook: UTF-8, with a mark of its order UTF-16 or UTF-32, else Latin-1."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF32_LE, "utf-32"),
        (codecs.BOM_UTF32_BE, "utf-32"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _cells(text: str, limits: InputLimits) -> tuple[list[NotebookNode], list[str]]:
    """Plain cells, and what was left out of them. Raises: _Unreadable: this is not a notebook."""
    again = "open it in Jupyter, save it and hand it in again"
    if not text.strip():
        raise _Unreadable(f"the notebook is an empty file: {again}")
    try:
        raw = json.loads(text)
    except (ValueError, RecursionError, MemoryError) as error:
        raise _Unreadable(f"this is not a notebook ({type(error).__name__}): {again}") from None
    raw_cells = _raw_cells(raw)
    if raw_cells is None:
        raise _Unreadable(f"this is not a notebook (it has no cells): {again}")
    if len(raw_cells) > limits.cells:
        raise _Unreadable(f"the notebook has {len(raw_cells):,} cells, and {limits.cells:,} are allowed")
    cells, repairs = [], []
    for place, raw_cell in enumerate(raw_cells, start=1):
        if not isinstance(raw_cell, dict):
            repairs.append(f"cell {place} was malformed and was left out")
            continue
        cell = _cell(raw_cell)
        if len(cell.source) > limits.source:
            repairs.append(f"cell {place} was left out: it has {len(cell.source):,} characters")
            continue
        cells.append(cell)
    return cells, repairs[:5]


def _raw_cells(raw: Any) -> list[Any] | None:
    """The cells of any format: nbformat 2 and 3 have them in worksheets."""
    if not isinstance(raw, dict):
        return None
    if isinstance(raw.get("cells"), list):
        return raw["cells"]
    sheets = raw.get("worksheets")
    if not isinstance(sheets, list):
        return None
    found: list[Any] = []
    for sheet in sheets:
        if isinstance(sheet, dict) and isinstance(sheet.get("cells"), list):
            found += sheet["cells"]
    return found


def _cell(raw: dict[str, Any]) -> NotebookNode:
    """One cell with what we need of it. raw: anything that was JSON."""
    kind = raw.get("cell_type")
    kind = kind if kind in (CODE, "raw") else "markdown"
    source = raw.get("source", raw.get("input") if kind == CODE else "")
    if isinstance(source, list):
        source = "".join(line for line in source if isinstance(line, str))
    if not isinstance(source, str):
        source = ""
    given = raw.get("metadata")
    metadata: dict[str, Any] = given if isinstance(given, dict) else {}
    plain = NotebookNode()
    nbgrader = metadata.get("nbgrader")
    if isinstance(nbgrader, dict) and isinstance(nbgrader.get("grade_id"), str):
        plain.nbgrader = NotebookNode(grade_id=nbgrader["grade_id"])
    if metadata.get("tags"):
        plain.tags = ["tagged"]
    cell = NotebookNode(cell_type=kind, metadata=plain, source=_sendable(source))
    if isinstance(raw.get("id"), str) and ID.fullmatch(raw["id"]):
        cell.id = raw["id"]
    return cell


def _sendable(source: str) -> str:
    """Text that can be written and sent: lone surrogates become question marks, all line ends are newlines."""
    return source.encode("utf-8", "replace").decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
