"""Files that are written at once: a reader finds the former one or the whole new one."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from course_lib.errors import CourseError


def write(
    path: Path,
    content: str | bytes,
    mode: int = 0o644,
    remedy: str = "name another file",
    make_folder: bool = False,
) -> None:
    """Write a file. mode: of the file, for a new one and for one that is replaced. make_folder: if there is none.

    Raises: CourseError: it cannot be written.
    """
    data = content.encode("utf-8", errors="replace") if isinstance(content, str) else content
    target = path.resolve()
    try:
        if target.exists() and not target.is_file():
            path.write_bytes(data)  # /dev/stdout and the like cannot be replaced
            return
        if make_folder:
            target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{target.name}-", dir=target.parent)
        try:
            with open(handle, "wb") as file:
                file.write(data)
                os.fchmod(handle, mode)
            os.replace(name, target)
        except BaseException:
            os.unlink(name)
            raise
    except OSError as error:
        raise CourseError(f"cannot write {path}: {error.strerror}: {remedy}") from None
