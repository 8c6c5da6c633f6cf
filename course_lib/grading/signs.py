"""What the notes on a submission tell an instructor: limits that it hit, repairs, signs that somebody tampered.

A sign is no proof: each has an innocent cause too, and that is named beside it. Nor is the list complete: code that
patches checks in its own process leaves no note.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from course_lib.grading.records import ExerciseRecord, SubmissionRecord
from course_lib.verdict import Outcome


class Group(StrEnum):
    """What a remark is about."""

    SIGN = "sign of tampering"
    LIMIT = "limit"
    REPAIR = "repair"
    OTHER = "other"


@dataclass(frozen=True)
class Remark:
    """One thing that stands out. innocent: how it happens without any intent, for signs."""

    group: Group
    what: str
    innocent: str = ""


CHECKS_CHANGED = Remark(
    Group.SIGN, "check cells changed or removed", "a trial with other arguments, or a cell deleted by mistake"
)
CHECKS_OFF = Remark(Group.SIGN, "check cells of another type", "one key in Jupyter makes a cell markdown or raw")
CHECKS_COPIED = Remark(Group.SIGN, "check cells several times", "cells copied, or two notebooks merged")
TAGS = Remark(Group.SIGN, "tags on cells", "tags for slides or a book; some tags would make a grader skip a cell")
LINKS = Remark(Group.SIGN, "links instead of files", "a folder that a cloud service keeps as links")
FORBIDDEN = Remark(Group.SIGN, "uses what the text excludes", "the text was read too quickly")
UNOBSERVED = Remark(
    Group.SIGN, "an answer that sent no observation, several, or one that cannot be read", "an answer with odd values"
)
OUTSIDE = Remark(Group.SIGN, "wrote where nothing may be written", "a library that keeps files in an odd place")
CELL_TIME = Remark(Group.LIMIT, "a cell took too long")
WHOLE_TIME = Remark(Group.LIMIT, "the notebook used up its time")
DIED = Remark(Group.LIMIT, "the kernel died")
MEMORY = Remark(Group.LIMIT, "too much memory")
PROCESSES = Remark(Group.LIMIT, "too many processes")
COMPUTING = Remark(Group.LIMIT, "too much computing time")
OUTPUT = Remark(Group.LIMIT, "printed or showed too much")
SIZE = Remark(Group.LIMIT, "the file or a cell is too large")

# The beginning of a note, or all of it -> what it tells; the first that fits. Cells of checks are called test_...
NOTES: tuple[tuple[re.Pattern[str], Remark], ...] = tuple(
    (re.compile(pattern, re.DOTALL), remark)
    for pattern, remark in (
        (r"the given cell test_\S+ had been changed and was put back", CHECKS_CHANGED),
        (r"the cell test_\S+ was missing and was put back", CHECKS_CHANGED),
        (r"the cell test_\S+ had become a \w+ cell", CHECKS_OFF),
        (r"the cell test_\S+ was there \d+ times", CHECKS_COPIED),
        (r"tags on the cell \S+ were removed", TAGS),
        (r"links were left out", LINKS),
        (r"the folder is a link", LINKS),
        (r".+ is a link, not a file", LINKS),
        (r".+ is a second name of another file", LINKS),
        (r".+ is not a file: hand", LINKS),
        (r"A cell that is not an exercise took too long", CELL_TIME),
        (r"A cell that is not an exercise made the kernel die \(.+ of memory are allowed\)", MEMORY),
        (r"A cell that is not an exercise made the kernel die \(.+ processes and threads are allowed\)", PROCESSES),
        (r"A cell that is not an exercise made the kernel die \(.+ of computing time are allowed\)", COMPUTING),
        (r"A cell that is not an exercise made the kernel die \(it printed or showed", OUTPUT),
        (r"A cell that is not an exercise made the kernel die \(files can be written", OUTSIDE),
        (r"A cell that is not an exercise made the kernel die", DIED),
        (r"the notebook used up its \d+ s", WHOLE_TIME),
        (r"the kernel broke \d+ times", DIED),
        (r"Not all that the notebook printed and showed was kept", OUTPUT),
        (r".+ MiB, and [\d,]+ are allowed", SIZE),
        (r"the notebook has [\d,]+ cells, and", SIZE),
        (r"cell \d+ was left out: it has [\d,]+ characters", SIZE),
        (r"the answer to \S+ had lost its id", Remark(Group.REPAIR, "answers found by their content")),
        (r"the given cell \S+ had been changed", Remark(Group.REPAIR, "given cells put back")),
        (r"the cell \S+ was missing", Remark(Group.REPAIR, "missing cells put back")),
        (r"the cell \S+ was there \d+ times", Remark(Group.REPAIR, "answers several times")),
        (r"the cell \S+ had become a \w+ cell", Remark(Group.REPAIR, "answers of another cell type")),
        (r"the notebook was named", Remark(Group.REPAIR, "a notebook of another name")),
        (r"cell \d+ was malformed", Remark(Group.REPAIR, "malformed cells left out")),
        (r"only the notebook is graded", Remark(Group.OTHER, "further files left out")),
    )
)
# The reason for which a kernel was ended -> what it tells.
REASONS: tuple[tuple[str, Remark], ...] = (
    ("of memory are allowed", MEMORY),
    ("processes and threads are allowed", PROCESSES),
    ("of computing time are allowed", COMPUTING),
    ("it printed or showed far too much", OUTPUT),
    ("files can be written in the home folder", OUTSIDE),
)
UNSEEN_CASES = ("nothing was observed", "what was observed cannot be read")
NOT_REACHED = "before this exercise was reached"


def remarks(record: SubmissionRecord) -> list[Remark]:
    """What stands out in a submission, each thing once: signs first, then limits, repairs and others."""
    found = [_of_note(note) for note in record.notes]
    if record.outcome.graded:
        found += [_of_exercise(item) for item in record.exercises.values()]
    order = list(Group)
    different = dict.fromkeys(remark for remark in found if remark is not None)
    return sorted(different, key=lambda remark: order.index(remark.group))


def _of_note(note: str) -> Remark | None:
    return next((remark for pattern, remark in NOTES if pattern.match(note)), None)


def _of_exercise(item: ExerciseRecord) -> Remark | None:
    if item.case == "what the answer may not use":
        return FORBIDDEN
    if item.outcome == Outcome.TIMED_OUT:
        return CELL_TIME
    if item.outcome == Outcome.KERNEL_DIED:
        return next((remark for reason, remark in REASONS if reason in (item.hint or "")), DIED)
    unseen = item.outcome == Outcome.NO_OBSERVATION and item.case in UNSEEN_CASES
    return UNOBSERVED if unseen and NOT_REACHED not in (item.hint or "") else None
