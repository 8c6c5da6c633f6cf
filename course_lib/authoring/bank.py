"""The bank: wrong answers with names and hints, and right answers in other styles.

A bank file is valid Python in cells, each an answer as a student would type it into the exercise's cell:

    # %% embedder sum_instead_of_mean
    # hint: this is the sum of the vectors; the formula divides it by the number of known words
    class Embedder: ...
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from course_lib.errors import CourseError


@dataclass(frozen=True)
class Answer:
    """One answer of the bank. hint: empty for right answers."""

    exercise: str
    name: str
    hint: str
    code: str


def read(path: Path, with_hints: bool) -> list[Answer]:
    """All answers of a bank file.

    Raises: CourseError: the file is missing, a cell has no name, or a hint is missing.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except OSError:
        raise CourseError(f"{path} is missing: run the command in the course folder") from None
    answers = []
    for cell in re.split(r"(?m)^# %% ", text)[1:]:
        heading, _, code = cell.partition("\n")
        words = heading.split()
        hint = re.match(r"# hint: (.+)\n", code)
        if len(words) != 2 or (with_hints and not hint):
            raise CourseError(f"{path}: a cell starts with '# %% exercise name'" + " and '# hint: ...'" * with_hints)
        code = code[hint.end() :] if hint else code
        answers.append(Answer(words[0], words[1], hint.group(1) if hint else "", code.strip() + "\n"))
    return answers
