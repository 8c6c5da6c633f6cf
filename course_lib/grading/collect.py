"""`course collect`: what an LMS gives, a zip or a folder, into submitted/; nothing that it says is trusted."""

from __future__ import annotations

import io
import os
import re
import stat
import struct
import unicodedata
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import IO, Any, NamedTuple
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from course_lib.errors import CourseError
from course_lib.paths import Course

MIB = 1 << 20
NAME_CHARS, NAME_BYTES = 64, 200
TRIES = 3  # zips of a student that are opened, and notebooks that are tried until one can be read
ZIP_ERRORS = (BadZipFile, RuntimeError, ValueError, EOFError, OSError, OverflowError, struct.error, zlib.error)
LOCAL_HEADER = 30  # bytes of a zip's local header without the name
QUOTES = "'\"`´‘’‚‛“”„‟«»‹›"
RESERVED = {"CON", "PRN", "AUX", "NUL"} | {f"{port}{number}" for port in ("COM", "LPT") for number in range(10)}
HIDDEN = {"__MACOSX", ".ipynb_checkpoints"}
DRIVE = re.compile(r"[A-Za-z]:")
MOODLE = re.compile(r"(?s)(?P<who>.+_\d+)_assignsubmission_[a-z]+(?:_(?P<name>.*))?")
CANVAS = re.compile(r"(?s)(?P<who>.+?)_(?:LATE_)?(?P<number>\d+)_\d+_(?P<name>.+)")
NO_TIME = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class ArchiveLimits:
    """The most that a source may have. ratio: of unpacked to packed bytes, in entries of 1 MiB and more."""

    entries: int = 20_000
    file_bytes: int = 64 * MIB
    total_bytes: int = 4096 * MIB
    ratio: int = 200
    depth: int = 8


DEFAULT_LIMITS = ArchiveLimits()


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
    with _opened(source, limits) as entries:
        owners = run.owners(entries)
        names = _names(owners)
        for owner in run.within_total(owners, names):
            run.take(names[owner], owner[0], run.notebooks(names[owner], owners[owner]))
    return sorted(run.found, key=lambda item: item.student)


class _LeftOut(Exception):
    """An entry is not taken; the message says why."""


_Owner = tuple[str, str]  # a name, and the number by which the LMS tells equal names apart


class _Place(NamedTuple):
    owner: _Owner
    name: str


@dataclass
class _Meter:
    """Counts the bytes that really come, whatever a header says."""

    limits: ArchiveLimits
    left: int

    def drain(self, stream: IO[bytes], packed: int) -> bytes:
        """All of a stream. Raises: _LeftOut: it is over a limit."""
        data = bytearray()
        while chunk := stream.read(MIB):
            data += chunk
            self.left -= len(chunk)
            if fault := _size_fault(len(data), packed, self.limits):
                raise _LeftOut(fault)
            if self.left < 0:
                raise _LeftOut(f"more than {_size(self.limits.total_bytes)} unpacked in all")
        return bytes(data)


@dataclass(frozen=True)
class _Entry:
    """A file of the source. times: by the LMS's archive, then by the student's own zip. fault: why it is left out."""

    parts: tuple[str, ...]
    size: int = 0
    packed: int = 0
    times: tuple[datetime, datetime] = (NO_TIME, NO_TIME)
    fault: str | None = None
    read: Callable[[_Meter], bytes] = lambda meter: b""

    @property
    def shown(self) -> str:
        return f"'{_printable('/'.join(self.parts))}'"

    @property
    def place(self) -> _Place:
        """Whose it is, and what the student called it."""
        top, name = self.parts[0], self.parts[-1]
        if moodle := MOODLE.fullmatch(top):
            return _Place((moodle["who"], ""), name if len(self.parts) > 1 else moodle["name"] or name)
        if len(self.parts) > 1:
            return _Place((top, ""), name)
        if canvas := CANVAS.fullmatch(top):
            return _Place((canvas["who"], canvas["number"]), canvas["name"])
        return _Place((top.rpartition(".")[0], ""), name)

    @property
    def zipped(self) -> bool:
        return self.parts[-1].lower().endswith(".zip")


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
        self.meter = _Meter(limits, limits.total_bytes)
        self.found: list[Collected] = []

    def leave(self, student: str, entries: list[_Entry], why: str) -> None:
        self.found += [Collected(student, None, f"left out: {why} ({entry.shown})") for entry in entries]

    def owners(self, entries: list[_Entry]) -> dict[_Owner, list[_Entry]]:
        """The entries that may be read, by whose they are."""
        owners: dict[_Owner, list[_Entry]] = {}
        for entry in entries:
            owner = entry.place.owner
            if fault := self.fault(entry):
                self.leave(student_name(owner[0]) if len(entry.parts) > 1 else "", [entry], fault)
            else:
                owners.setdefault(owner, []).append(entry)
        return owners

    def fault(self, entry: _Entry) -> str | None:
        """Why an entry is left out before anything of it is read, None where it is not."""
        (owner, name), parts = entry.place, entry.parts
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
        return _size_fault(entry.size, entry.packed, self.limits)

    def within_total(self, owners: dict[_Owner, list[_Entry]], names: dict[_Owner, str]) -> list[_Owner]:
        """Whose entries fit, the smallest first: who hands in too much takes nothing from the others."""
        sizes = {owner: sum(entry.size for entry in entries) for owner, entries in owners.items()}
        total, fitting = 0, []
        for owner in sorted(owners, key=lambda owner: (sizes[owner], owner)):
            total += sizes[owner]
            if total <= self.limits.total_bytes:
                fitting.append(owner)
            else:
                why = (
                    f"all is more than {_size(self.limits.total_bytes)}, this student's {_size(sizes[owner])} too much"
                )
                self.leave(names[owner], owners[owner], why)
        return fitting

    def notebooks(self, student: str, entries: list[_Entry]) -> list[_Entry]:
        """A student's notebooks, those in zips too, the one to take first."""
        notebooks = [entry for entry in entries if not entry.zipped]
        zips = sorted([entry for entry in entries if entry.zipped], key=self.rank, reverse=True)
        self.leave(student, zips[TRIES:], f"only {TRIES} zips of a student are opened")
        for entry in zips[:TRIES]:
            try:
                inside = _inside(entry, self.meter)
            except _LeftOut as reason:
                self.leave(student, [entry], str(reason))
                continue
            for item in inside:
                fault = self.fault(item) or ("a zip in a zip" if item.zipped else None)
                if fault:
                    self.leave(student, [item], fault)
                else:
                    notebooks.append(item)
        return sorted(notebooks, key=self.rank, reverse=True)

    def rank(self, entry: _Entry) -> tuple[bool, datetime, datetime]:
        """Named like the assignment is best, then the newest."""
        return (entry.place.name.lower().rpartition(".")[0] == self.assignment.lower(), *entry.times)

    def take(self, student: str, who: str, notebooks: list[_Entry]) -> None:
        """Store the first notebook that can be read."""
        for index, entry in enumerate(notebooks[:TRIES]):
            try:
                path, note = self.store(student, entry, entry.read(self.meter))
            except _LeftOut as reason:
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

    def store(self, student: str, entry: _Entry, data: bytes) -> tuple[Path, str]:
        """Write a submission; a former one moves to submitted/.replaced/. Raises: CourseError: that fails."""
        folder = self.course.submitted(student, self.assignment)
        path, part, note = folder / f"{self.assignment}.ipynb", folder.parent / f".{self.assignment}.part", "taken"
        if folder.parent.is_symlink():
            raise _LeftOut(f"submitted/{student} is a link")
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


# --- reading --------------------------------------------------------------------------------------------------


@contextmanager
def _opened(source: Path, limits: ArchiveLimits) -> Iterator[list[_Entry]]:
    """The entries of a zip or folder. Raises: CourseError: it is neither, damaged, empty or over a limit."""
    if source.is_dir():
        yield _required(_folder_entries(source, limits), source)
        return
    if not source.is_file():
        raise CourseError(f"{source} is no file or folder: name the zip or folder that your LMS gave")
    try:
        raw = source.open("rb", buffering=0)
    except OSError as error:
        raise CourseError(f"{source} cannot be read: {error.strerror}") from None
    with raw:
        try:
            entries = _zip_entries(_zip(raw, limits))
        except ZIP_ERRORS as error:
            what = f"is not a readable zip ({_printable(str(error))})" if source.stat().st_size else "is empty"
            remedy = "download it again" if source.suffix.lower() == ".zip" else "unpack it and name the folder"
            raise CourseError(f"{source} {what}: {remedy}") from None
        yield _required(entries, source)


def _required(entries: list[_Entry], source: Path) -> list[_Entry]:
    if not entries:
        raise CourseError(f"{source} has no files in it: name the zip or folder that your LMS gave")
    return entries


class _Directory(io.BufferedReader):
    """A file without reads above `most`: zipfile reads the whole directory of an archive at once."""

    most = MIB

    def read(self, size: int | None = -1, /) -> bytes:
        if size is not None and size > self.most:
            raise BadZipFile("too many entries")
        return super().read(size)


def _zip(raw: Any, limits: ArchiveLimits) -> ZipFile:
    """A zip with its directory read. Raises: one of ZIP_ERRORS: it is damaged or has too many entries."""
    stream = _Directory(raw)
    stream.most = max(MIB, 512 * limits.entries)
    archive = ZipFile(stream)
    if len(archive.infolist()) > limits.entries:
        raise BadZipFile(f"more than {limits.entries} entries")
    return archive


def _zip_entries(archive: ZipFile) -> list[_Entry]:
    """All of an archive but its plain folders."""
    overlapping, entries = _overlapping(archive), []
    for info in archive.infolist():
        parts, fault = _split(info.orig_filename)
        fault = fault or _info_fault(info)
        if not fault and info.orig_filename.endswith("/") and not info.file_size:
            continue
        if not fault and info in overlapping:
            fault = "damaged: it overlaps another entry"
        read = partial(_unpack, archive, info)
        entries.append(_Entry(parts, info.file_size, info.compress_size, (_when(info), NO_TIME), fault, read))
    return entries


def _overlapping(archive: ZipFile) -> set[ZipInfo]:
    """Entries whose bytes reach into the next one's, or into the directory."""
    infos = sorted(archive.infolist(), key=lambda info: info.header_offset)
    ends = [info.header_offset for info in infos[1:]] + [archive.start_dir]
    found = set()
    for info, end in zip(infos, ends, strict=False):
        if info.header_offset + LOCAL_HEADER + len(info.orig_filename) + info.compress_size > end:
            found.add(info)
    return found


def _unpack(archive: ZipFile, info: ZipInfo, meter: _Meter) -> bytes:
    try:
        with archive.open(info) as stream:
            return meter.drain(stream, info.compress_size)
    except ZIP_ERRORS as error:
        raise _LeftOut(f"damaged: {_printable(str(error))}") from None


def _inside(entry: _Entry, meter: _Meter) -> list[_Entry]:
    """The entries of a student's zip. Raises: _LeftOut: it cannot be read."""
    try:
        items = _zip_entries(_zip(io.BytesIO(entry.read(meter)), meter.limits))
    except ZIP_ERRORS as error:
        raise _LeftOut(f"not a readable zip: {_printable(str(error))}") from None
    if not items:
        raise _LeftOut("a zip without files")
    return [replace(item, parts=entry.parts + item.parts, times=(entry.times[0], item.times[0])) for item in items]


def _folder_entries(source: Path, limits: ArchiveLimits) -> list[_Entry]:
    """All of a folder but the folders in it. Raises: CourseError: there are more than `limits` allow."""
    entries: list[_Entry] = []
    folders, count = [source], 0
    while folders:
        folder = folders.pop()
        parts = folder.relative_to(source).parts
        if len(parts) > limits.depth:
            entries.append(_Entry(parts, fault=f"folders nested deeper than {limits.depth}"))
            continue
        try:
            for item in os.scandir(folder):
                count += 1
                if count > limits.entries:
                    raise CourseError(f"{source} has more than {limits.entries} entries: collect it in parts")
                if item.is_dir(follow_symlinks=False):
                    folders.append(Path(item.path))
                else:
                    entries.append(_file_entry(Path(item.path), "/".join((*parts, item.name))))
        except OSError as error:
            entries.append(_Entry(parts or (source.name,), fault=f"it cannot be read: {error.strerror}"))
    return sorted(entries, key=lambda entry: entry.parts)


def _file_entry(path: Path, name: str) -> _Entry:
    status = path.lstat()
    parts, fault = _split(name)
    fault = fault or _kind_fault(status.st_mode, status.st_nlink)
    when = datetime.fromtimestamp(status.st_mtime, UTC)
    return _Entry(parts, status.st_size, status.st_size, (when, NO_TIME), fault, partial(_read_file, path))


def _read_file(path: Path, meter: _Meter) -> bytes:
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        with open(handle, "rb") as stream:
            status = os.fstat(handle)
            if fault := _kind_fault(status.st_mode, status.st_nlink):
                raise _LeftOut(fault)
            return meter.drain(stream, status.st_size)
    except OSError as error:
        raise _LeftOut(f"it cannot be read: {error.strerror}") from None


def _split(name: str) -> tuple[tuple[str, ...], str | None]:
    """The folders and name of a path; of a path that is not plain, all in one, and what is wrong."""
    parts = tuple(part for part in name.split("/") if part not in ("", "."))
    unsafe = name.startswith("/") or "\\" in name or "\0" in name or DRIVE.match(name) or ".." in parts
    if unsafe or not parts:
        return (name,), "its path is not a plain one inside the archive"
    return parts, None


def _kind_fault(mode: int, links: int = 1) -> str | None:
    if stat.S_ISLNK(mode) or links > 1:
        return "a link, only plain files are taken"
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        return "a device, pipe or folder, only plain files are taken"
    return None


def _info_fault(info: ZipInfo) -> str | None:
    mode = info.external_attr >> 16
    if info.flag_bits & 1:
        return "encrypted: hand it in without a password"
    if info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        return "packed by another method than deflate: make an ordinary zip"
    if stat.S_ISDIR(mode) and info.orig_filename.endswith("/"):
        return None
    return _kind_fault(mode)


def _size_fault(size: int, packed: int, limits: ArchiveLimits) -> str | None:
    if size > limits.file_bytes or (size >= MIB and size > limits.ratio * packed):
        return f"{_size(size)} unpacked from {_size(packed)}"
    return None


def _size(count: int) -> str:
    for unit, size in (("GiB", 1024 * MIB), ("MiB", MIB), ("KiB", 1024)):
        if count >= size:
            return f"{count / size:.1f} {unit}".replace(".0 ", " ")
    return f"{count} bytes"


def _when(info: ZipInfo) -> datetime:
    """The time of an entry, which zips give in local time; NO_TIME where it has none."""
    try:
        return datetime(*info.date_time).astimezone(UTC) if info.date_time[0] > 1980 else NO_TIME
    except (ValueError, OverflowError):
        return NO_TIME


def _printable(text: str) -> str:
    """One line that any terminal may show."""
    clean = "".join(letter if letter.isprintable() else "?" for letter in text)
    return clean if len(clean) <= 120 else f"{clean[:80]}...{clean[-30:]}"
