"""Word vectors from a word2vec file; big files are converted once and then shared by all processes.

Reading the 3,000,000 GoogleNews vectors takes minutes, and 3.6 GB of memory in each kernel. So a big file is read once
and written in gensim's own format into `<cache>/vectors/`; from there it is mapped into memory, once for all kernels.
"""

from __future__ import annotations

import hashlib
import shutil
import zlib
from pathlib import Path

import gensim
from gensim.models import KeyedVectors

from course_lib.data.download import cache, locked
from course_lib.errors import DataError

BIG = 100_000_000  # bytes; smaller files are read in a second or two
FIRST_LINE = 100_000  # bytes; the first vector in text format is shorter


def load(path: Path, limit: int | None = None) -> KeyedVectors:
    """The first `limit` vectors (all without it) of a word2vec file, in binary or text format, compressed or not.

    Those of a big file are read-only: their queries work, `vectors.vectors[0] = ...` does not.

    Raises: DataError: it is no such file.
    """
    if path.stat().st_size > BIG:
        try:
            return KeyedVectors.load(str(_converted(path, limit) / "vectors"), mmap="r")
        except OSError:
            pass  # the cache cannot be written or read: do without
    return _read(path, limit)


def _converted(path: Path, limit: int | None) -> Path:
    """The folder with the file in gensim's format, made if need be. Raises: OSError: the cache cannot be written."""
    file = path.stat()
    key = repr((str(path.resolve()), file.st_size, file.st_mtime_ns, limit, gensim.__version__))
    folder = cache() / "vectors" / hashlib.sha256(key.encode()).hexdigest()[:16]
    if folder.is_dir():
        return folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    with locked(folder.with_suffix(".lock"), f"converts {path.name}"):
        if folder.is_dir():
            return folder
        temporary = folder.with_suffix(".part")
        shutil.rmtree(temporary, ignore_errors=True)  # of a process that was killed
        try:
            temporary.mkdir()
            vectors = _read(path, limit)
            vectors.fill_norms()  # shared as well
            vectors.save(str(temporary / "vectors"), separately=["vectors", "norms"])
            temporary.rename(folder)
        finally:
            shutil.rmtree(temporary, ignore_errors=True)
    return folder


def _read(path: Path, limit: int | None) -> KeyedVectors:
    try:
        return KeyedVectors.load_word2vec_format(str(path), binary=not _is_text(path), limit=limit)
    except (OSError, EOFError, ValueError, zlib.error) as error:
        raise DataError(f"{path} is not a sound word2vec file ({error}): delete it and fetch it again") from None


def _is_text(path: Path) -> bool:
    """Whether the first vector is written in digits; read as binary it would give other numbers, and no error."""
    with gensim.utils.open(str(path), "rb") as lines:
        header, first = lines.readline(), lines.readline(FIRST_LINE)
    try:
        numbers = [float(part) for part in first.split()[1:]]
    except ValueError:
        return False
    return header.split()[1:] == [b"%d" % len(numbers)]
