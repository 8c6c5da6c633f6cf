"""Reading an archive or a folder of strangers' files: within limits, plain files only, nothing that it says trusted."""

from __future__ import annotations

import io
import os
import re
import stat
import struct
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from course_lib.errors import CourseError

MIB = 1 << 20
ZIP_ERRORS = (BadZipFile, RuntimeError, ValueError, EOFError, OSError, OverflowError, struct.error, zlib.error)
LOCAL_HEADER = 30  # bytes of a zip's local header without the name
DRIVE = re.compile(r"[A-Za-z]:")
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


class LeftOut(Exception):
    """An entry is not taken; the message says why."""


@dataclass
class Meter:
    """Counts the bytes that really come, whatever a header says."""

    limits: ArchiveLimits
    left: int

    def drain(self, stream: IO[bytes], packed: int) -> bytes:
        """All of a stream. Raises: LeftOut: it is over a limit."""
        data = bytearray()
        while chunk := stream.read(MIB):
            data += chunk
            self.left -= len(chunk)
            if fault := size_fault(len(data), packed, self.limits):
                raise LeftOut(fault)
            if self.left < 0:
                raise LeftOut(f"more than {size_text(self.limits.total_bytes)} unpacked in all")
        return bytes(data)


@dataclass(frozen=True)
class Entry:
    """A file of the source. times: by the LMS's archive, then by the student's own zip. fault: why it is left out."""

    parts: tuple[str, ...]
    size: int = 0
    packed: int = 0
    times: tuple[datetime, datetime] = (NO_TIME, NO_TIME)
    fault: str | None = None
    read: Callable[[Meter], bytes] = lambda meter: b""

    @property
    def shown(self) -> str:
        """Its path, for a person."""
        return f"'{printable('/'.join(self.parts))}'"

    @property
    def zipped(self) -> bool:
        """Whether it is a zip by its name."""
        return self.parts[-1].lower().endswith(".zip")


@contextmanager
def opened(source: Path, limits: ArchiveLimits) -> Iterator[list[Entry]]:
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
            what = f"is not a readable zip ({printable(str(error))})" if source.stat().st_size else "is empty"
            remedy = "download it again" if source.suffix.lower() == ".zip" else "unpack it and name the folder"
            raise CourseError(f"{source} {what}: {remedy}") from None
        yield _required(entries, source)


def _required(entries: list[Entry], source: Path) -> list[Entry]:
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


def _zip_entries(archive: ZipFile) -> list[Entry]:
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
        entries.append(Entry(parts, info.file_size, info.compress_size, (_when(info), NO_TIME), fault, read))
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


def _unpack(archive: ZipFile, info: ZipInfo, meter: Meter) -> bytes:
    try:
        with archive.open(info) as stream:
            return meter.drain(stream, info.compress_size)
    except ZIP_ERRORS as error:
        raise LeftOut(f"damaged: {printable(str(error))}") from None


def inside(entry: Entry, meter: Meter) -> list[Entry]:
    """The entries of a student's zip. Raises: LeftOut: it cannot be read."""
    try:
        items = _zip_entries(_zip(io.BytesIO(entry.read(meter)), meter.limits))
    except ZIP_ERRORS as error:
        raise LeftOut(f"not a readable zip: {printable(str(error))}") from None
    if not items:
        raise LeftOut("a zip without files")
    return [replace(item, parts=entry.parts + item.parts, times=(entry.times[0], item.times[0])) for item in items]


def _folder_entries(source: Path, limits: ArchiveLimits) -> list[Entry]:
    """All of a folder but the folders in it. Raises: CourseError: there are more than `limits` allow."""
    entries: list[Entry] = []
    folders, count = [source], 0
    while folders:
        folder = folders.pop()
        parts = folder.relative_to(source).parts
        if len(parts) > limits.depth:
            entries.append(Entry(parts, fault=f"folders nested deeper than {limits.depth}"))
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
            entries.append(Entry(parts or (source.name,), fault=f"it cannot be read: {error.strerror}"))
    return sorted(entries, key=lambda entry: entry.parts)


def _file_entry(path: Path, name: str) -> Entry:
    status = path.lstat()
    parts, fault = _split(name)
    fault = fault or _kind_fault(status.st_mode, status.st_nlink)
    when = datetime.fromtimestamp(status.st_mtime, UTC)
    return Entry(parts, status.st_size, status.st_size, (when, NO_TIME), fault, partial(_read_file, path))


def _read_file(path: Path, meter: Meter) -> bytes:
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        with open(handle, "rb") as stream:
            status = os.fstat(handle)
            if fault := _kind_fault(status.st_mode, status.st_nlink):
                raise LeftOut(fault)
            return meter.drain(stream, status.st_size)
    except OSError as error:
        raise LeftOut(f"it cannot be read: {error.strerror}") from None


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


def size_fault(size: int, packed: int, limits: ArchiveLimits) -> str | None:
    """Why an entry is too large, None if it is not."""
    if size > limits.file_bytes or (size >= MIB and size > limits.ratio * packed):
        return f"{size_text(size)} unpacked from {size_text(packed)}"
    return None


def size_text(count: int) -> str:
    """A number of bytes, for a person."""
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


def printable(text: str) -> str:
    """One line that any terminal may show."""
    clean = "".join(letter if letter.isprintable() else "?" for letter in text)
    return clean if len(clean) <= 120 else f"{clean[:80]}...{clean[-30:]}"
