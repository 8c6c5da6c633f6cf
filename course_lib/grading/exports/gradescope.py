"""results.json for Gradescope, one for each submission: STUDENT/results.json in a folder or a zip.

The rules are those of gradescope-autograders.readthedocs.io, "Autograder Specifications": score is the whole
submission's and overrides the sum of the tests; a test has name, score, max_score, status (passed or failed), output,
output_format (text, html, simple_format, md or ansi) and visibility (visible, hidden, after_due_date or
after_published). A score may be above the points of the assignment, so that a bonus is written as it is. All outputs
are "text": nothing in them is drawn as HTML. No leaderboard is written, since a course has none.
"""

from __future__ import annotations

import io
import json
import os
import shutil
import tempfile
import zipfile
from pathlib import Path
from typing import Any

from course_lib import whole_file
from course_lib.errors import CourseError
from course_lib.grading.exports.marks import Mark, account, number
from course_lib.grading.records import ExerciseRecord

RESULTS = "results.json"
WHEN = (1980, 1, 1, 0, 0, 0)  # in the zip, so that the same grades are the same file


def results(mark: Mark) -> dict[str, Any]:
    """The document of one submission. execution_time: seconds."""
    grade = mark.grade
    about = {name: number(getattr(grade, name)) for name in ("judged", "by_hand", "bonus", "penalty", "open")}
    return {
        "score": number(grade.score),
        "execution_time": round(mark.record.seconds),
        "output": "\n".join([*account(grade), *mark.record.notes]),
        "output_format": "text",
        "test_output_format": "text",
        "test_name_format": "text",
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "extra_data": {**about, "late_s": grade.late_s, "max_score": number(grade.max_score)},
        "tests": [_test(name, item) for name, item in mark.record.exercises.items()],
    }


def _test(name: str, item: ExerciseRecord) -> dict[str, Any]:
    """One exercise; without score and status where a person grades it, since the submission's score counts."""
    test: dict[str, Any] = {
        "name": name.partition(".")[2],
        "max_score": number(item.max_score),
        "output": item.outcome if item.hint is None else f"{item.outcome}: {item.hint}",
        "output_format": "text",
        "name_format": "text",
        "visibility": "visible",
    }
    if item.score is not None:
        test |= {"score": number(item.score), "status": "passed" if item.full else "failed"}
    return test


def write(path: Path, found: list[Mark]) -> None:
    """Write a zip, where the name ends so, or a new folder, whole or not at all.

    Raises: CourseError: it cannot be written, or the folder is there and not empty.
    """
    documents = {f"{mark.student}/{RESULTS}": _text(results(mark)) for mark in found}
    if path.suffix.lower() == ".zip":
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, document in documents.items():
                archive.writestr(zipfile.ZipInfo(name, WHEN), document, zipfile.ZIP_DEFLATED)
        whole_file.write(path, content.getvalue())
        return
    try:
        if path.exists() and (not path.is_dir() or any(path.iterdir())):
            raise CourseError(f"{path} is there already: remove it, or name another folder or a .zip")
        part = Path(tempfile.mkdtemp(prefix=f".{path.name}.", dir=path.absolute().parent))
        try:
            for name, document in documents.items():
                (part / name).parent.mkdir()
                (part / name).write_text(document, encoding="utf-8")
            part.chmod(0o755)
            os.replace(part, path)
        finally:
            shutil.rmtree(part, ignore_errors=True)  # is no more, where all went well
    except OSError as error:
        raise CourseError(f"cannot write {path}: {error.strerror}: name another folder or a .zip") from None


def _text(document: dict[str, Any]) -> str:
    return json.dumps(document, indent=1, allow_nan=False, ensure_ascii=False) + "\n"
