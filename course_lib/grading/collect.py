"""`course collect`: what an LMS gives, a zip or a folder, into submitted/; nothing that it says is trusted."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from course_lib.errors import CourseError
from course_lib.grading.archive import (
    DEFAULT_LIMITS,
    NO_TIME,
    ArchiveLimits,
    Entry,
    LeftOut,
    Meter,
    inside,
    opened,
    size_fault,
    size_text,
)
from course_lib.paths import Course

NAME_CHARS, NAME_BYTES = 64, 200
TRIES = 3  # zips of a student that are opened, and notebooks that are tried until one can be read
QUOTES = "'\"`´‘’‚‛“”„‟«»‹›"
RESERVED = {"CON", "PRN", "AUX", "NUL"} | {f"{port}{number}" for port in ("COM", "LPT") for number in range(10)}
HIDDEN = {"__MACOSX", ".ipynb_checkpoints"}
MOODLE = re.compile(r"(?s)(?P<who>.+_\d+)_assignsubmission_[a-z]+(?:_(?P<name>.*))?")
CANVAS = re.compile(r"(?s)(?P<who>.+?)_(?:LATE_)?(?P<number>\d+)_\d+_(?P<name>.+)")


@dataclass(frozen=True)
class Collected:
    """What became of an entry. student: "" where none is known. path: where it lies now, None where it was left out."""

    student: str
    path: Path | None
    note: str


def student_name(raw: str) -> str:
    """A name that is safe as a folder's, on every system.

    >>> student_name("Zoë O'Brien_123456"), student_name("../../etc/passwd"), student_name("con.txt")
    ('Zoë_OBrien_123456', 'etcpasswd', '_con.txt')
    >>> student_name("..."), student_name("-rf"), student_name("a\\u202eb\\nc"), len(student_name("x" * 999))
    ('student', 'rf', 'abc', 64)
    """
    kept = ""
    for letter in unicodedata.normalize("NFKC", raw):
        if letter.isalnum() or letter in "._@-":
            kept += letter
        elif unicodedata.category(letter) not in ("Cc", "Cf", "Zl", "Zp") and letter not in "/\\" + QUOTES:
            kept += "_"
    name = kept.lstrip(".-")
    if name.split(".")[0].upper() in RESERVED:
        name = f"_{name}"
    return name[:NAME_CHARS].encode()[:NAME_BYTES].decode(errors="ignore").rstrip(".") or "student"


def collect(
    course: Course, assignment: str, source: Path, limits: ArchiveLimits = DEFAULT_LIMITS, times: bool = False
) -> list[Collected]:
    """Take each student's notebook out of a zip or folder; what is not taken has a note.

    times: write the time that the archive gives as the submission's timestamp.txt.
    Raises: CourseError: the source cannot be used at all, or submitted/ cannot be written.
    """
    submitted = (course.root / "submitted").resolve()
    if source.resolve().is_relative_to(submitted) or submitted.is_relative_to(source.resolve()):
        raise CourseError(f"{source} and {submitted} lie in each other: collect from another folder")
    run = _Run(course, assignment, limits, times)
    with opened(source, limits) as entries:
        owners = run.owners(entries)
        names = _names(owners)
        for owner in run.within_total(owners, names):
            run.take(names[owner], owner[0], run.notebooks(names[owner], owners[owner]))
    return sorted(run.found, key=lambda item: item.student)


_Owner = tuple[str, str]  # a name, and the number by which the LMS tells equal names apart


class _Place(NamedTuple):
    owner: _Owner
    name: str


def _place(entry: Entry) -> _Place:
    """Whose an entry is, and what the student called it."""
    parts = entry.parts
    top, name = parts[0], parts[-1]
    if moodle := MOODLE.fullmatch(top):
        return _Place((moodle["who"], ""), name if len(parts) > 1 else moodle["name"] or name)
    if len(parts) > 1:
        return _Place((top, ""), name)
    if canvas := CANVAS.fullmatch(top):
        return _Place((canvas["who"], canvas["number"]), canvas["name"])
    return _Place((top.rpartition(".")[0], ""), name)


def _names(owners: Iterable[_Owner]) -> dict[_Owner, str]:
    """A student name of its own for each; who bears it exactly comes before who only normalises to it."""
    names: dict[_Owner, str] = {}
    used: set[str] = set()
    for owner in sorted(owners, key=lambda owner: (student_name(owner[0]) != owner[0], owner)):
        base = name = student_name(owner[0])
        count = 1
        while name.casefold() in used:
            count += 1
            name = f"{base[: NAME_CHARS - 1 - len(str(count))]}-{count}"
        used.add(name.casefold())
        names[owner] = name
    return names


class _Run:
    """One run of `collect`; what is left out is noted as it is met."""

    def __init__(self, course: Course, assignment: str, limits: ArchiveLimits, times: bool) -> None:
        self.course, self.assignment, self.limits, self.times = course, assignment, limits, times
        self.others = set(course.assignments()) - {assignment}
        self.meter = Meter(limits, limits.total_bytes)
        self.found: list[Collected] = []

    def leave(self, student: str, entries: list[Entry], why: str) -> None:
        self.found += [Collected(student, None, f"left out: {why} ({entry.shown})") for entry in entries]

    def owners(self, entries: list[Entry]) -> dict[_Owner, list[Entry]]:
        """The entries that may be read, by whose they are."""
        owners: dict[_Owner, list[Entry]] = {}
        for entry in entries:
            owner = _place(entry).owner
            if fault := self.fault(entry):
                self.leave(student_name(owner[0]) if len(entry.parts) > 1 else "", [entry], fault)
            else:
                owners.setdefault(owner, []).append(entry)
        return owners

    def fault(self, entry: Entry) -> str | None:
        """Why an entry is left out before anything of it is read, None where it is not."""
        (owner, name), parts = _place(entry), entry.parts
        if entry.fault:
            return entry.fault
        if HIDDEN & set(parts) or parts[-1].startswith("._"):
            return "a hidden copy that macOS or Jupyter made"
        if not entry.zipped and not name.lower().endswith(".ipynb"):
            return "neither a notebook nor a zip"
        if len(parts) - 1 > self.limits.depth:
            return f"folders nested deeper than {self.limits.depth}"
        if entry.zipped and parts == (name,):
            return "a zip beside the students' folders: collect it by itself, or move it into its student's folder"
        if student_name(owner[0]) in {self.assignment, *self.others}:
            return "it names an assignment and no student"
        if foreign := self.others & set(parts[1:-1]):
            return f"it belongs to the assignment {min(foreign)}"
        return size_fault(entry.size, entry.packed, self.limits)

    def within_total(self, owners: dict[_Owner, list[Entry]], names: dict[_Owner, str]) -> list[_Owner]:
        """Whose entries fit, the smallest first: who hands in too much takes nothing from the others."""
        sizes = {owner: sum(entry.size for entry in entries) for owner, entries in owners.items()}
        total, fitting = 0, []
        for owner in sorted(owners, key=lambda owner: (sizes[owner], owner)):
            total += sizes[owner]
            if total <= self.limits.total_bytes:
                fitting.append(owner)
            else:
                most, size = size_text(self.limits.total_bytes), size_text(sizes[owner])
                why = f"all is more than {most}, this student's {size} too much"
                self.leave(names[owner], owners[owner], why)
        return fitting

    def notebooks(self, student: str, entries: list[Entry]) -> list[Entry]:
        """A student's notebooks, those in zips too, the one to take first."""
        notebooks = [entry for entry in entries if not entry.zipped]
        zips = sorted([entry for entry in entries if entry.zipped], key=self.rank, reverse=True)
        self.leave(student, zips[TRIES:], f"only {TRIES} zips of a student are opened")
        for entry in zips[:TRIES]:
            try:
                items = inside(entry, self.meter)
            except LeftOut as reason:
                self.leave(student, [entry], str(reason))
                continue
            for item in items:
                fault = self.fault(item) or ("a zip in a zip" if item.zipped else None)
                if fault:
                    self.leave(student, [item], fault)
                else:
                    notebooks.append(item)
        return sorted(notebooks, key=self.rank, reverse=True)

    def rank(self, entry: Entry) -> tuple[bool, datetime, datetime]:
        """Named like the assignment is best, then the newest."""
        return (_place(entry).name.lower().rpartition(".")[0] == self.assignment.lower(), *entry.times)

    def take(self, student: str, who: str, notebooks: list[Entry]) -> None:
        """Store the first notebook that can be read."""
        for index, entry in enumerate(notebooks[:TRIES]):
            try:
                path, note = self.store(student, entry, entry.read(self.meter))
            except LeftOut as reason:
                self.leave(student, [entry], str(reason))
                continue
            note += f" ({entry.shown})"
            if student != student_name(who):
                note += f"; named {student}, since another is called {student_name(who)}"
            others = notebooks[index + 1 :]
            if others:
                note += f"; not taken: {', '.join(other.shown for other in others[:5])}"
                note += f" and {len(others) - 5} more" if len(others) > 5 else ""
            self.found.append(Collected(student, path, note))
            self.leave(student, others, "another notebook of this student was taken")
            return
        self.leave(student, notebooks[TRIES:], f"not tried, since {TRIES} before it could not be taken")

    def store(self, student: str, entry: Entry, data: bytes) -> tuple[Path, str]:
        """Write a submission; a former one moves to submitted/.replaced/. Raises: CourseError: that fails."""
        folder = self.course.submitted(student, self.assignment)
        path, part, note = folder / f"{self.assignment}.ipynb", folder.parent / f".{self.assignment}.part", "taken"
        if folder.parent.is_symlink():
            raise LeftOut(f"submitted/{student} is a link")
        try:
            if not folder.is_symlink() and _has(path, data):
                return path, "already there"
            folder.parent.mkdir(parents=True, exist_ok=True)
            part.unlink(missing_ok=True)
            with part.open("xb") as stream:
                stream.write(data)
            if os.path.lexists(folder):
                kept = _free(folder.parents[1] / ".replaced" / student / self.assignment)
                os.rename(folder, kept)
                note = f"taken, the former one is now {kept.relative_to(self.course.root).as_posix()}"
            folder.mkdir()
            os.replace(part, path)
            if self.times and entry.times[0] != NO_TIME:
                text = entry.times[0].strftime("%Y-%m-%d %H:%M:%S UTC")
                (folder / "timestamp.txt").write_text(f"{text}\n", encoding="utf-8")
        except OSError as error:
            raise CourseError(f"cannot write {path}: {error.strerror}: mend that and collect again") from None
        return path, note


def _has(path: Path, data: bytes) -> bool:
    """Whether a plain file with this content is there."""
    return path.is_file() and not path.is_symlink() and path.stat().st_size == len(data) and path.read_bytes() == data


def _free(base: Path) -> Path:
    """The first of base-1, base-2, ... that is free."""
    base.parent.mkdir(parents=True, exist_ok=True)
    number = 1
    while os.path.lexists(f"{base}-{number}"):
        number += 1
    return Path(f"{base}-{number}")
