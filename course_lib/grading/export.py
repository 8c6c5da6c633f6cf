"""Grades as CSV that a spreadsheet may open: no name or note of a student's becomes a formula."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from nbgrader.api import Gradebook, MissingEntry
from nbgrader.plugins.export import CsvExportPlugin

from course_lib import whole_file

if TYPE_CHECKING:  # records brings torch, which nbgrader's commands need not wait for
    from course_lib.grading.final import FinalGrade
    from course_lib.grading.records import SubmissionRecord

COLUMNS = (
    "assignment",
    "duedate",
    "timestamp",
    "student_id",
    "last_name",
    "first_name",
    "email",
    "raw_score",
    "late_submission_penalty",
    "score",
    "max_score",
)
# Of the gradebook: the score and its parts, seconds after the due date, and points that a person has yet to give.
FINAL = ("final_score", "final_max", "given_by_hand", "extra_credit", "late_penalty", "late_s", "open")
FORMULA = "=+-@−"  # after NFKC, which makes ordinary signs of full-width ones
UNSEEN = ("Cc", "Cf", "Cs", "Zl", "Zp")
# A spreadsheet that takes semicolons for separators starts a cell after each.
AFTER_SEMICOLON = re.compile(r"(;\s*)(?=[=+\-@−＝＋－＠])")


def cell(value: object) -> str | int | float | None:
    """A value as a spreadsheet shows it and never runs it: text that looks like a formula gets an apostrophe.

    >>> cell("=1+1"), cell("  ＝cmd"), cell("\\tx"), cell("-3"), cell(-3)
    ("'=1+1", "'  ＝cmd", "' x", "'-3", -3)
    >>> cell("Zoë\\nMüller"), cell("a\\u202eb"), cell("a;=1"), cell(None)
    ('Zoë Müller', 'a b', "a;'=1", None)
    """
    if value is None or isinstance(value, int | float):
        return value
    raw = str(value)
    text = "".join(" " if unicodedata.category(letter) in UNSEEN else letter for letter in raw)
    text = AFTER_SEMICOLON.sub(r"\1'", text)
    first = unicodedata.normalize("NFKC", text.lstrip()[:1])[:1]
    if raw[:1] in ("\t", "\r") or (first and first in FORMULA):
        return f"'{text}"
    return text


def write_class(
    path: Path, assignment: str, records: list[SubmissionRecord], grades: Mapping[str, FinalGrade] | None = None
) -> None:
    """A class as CSV for a spreadsheet; an exercise that a person has to grade is left empty.

    score, max_score, by_hand (still to give) and bonus are the judge's. grades: what persons made of it, in columns
    of their own (FINAL), empty for who has none.
    Raises: CourseError: the file cannot be written.
    """
    exercises = list(dict.fromkeys(name for record in records for name in record.exercises))
    columns = [name.removeprefix(f"{assignment}.") for name in exercises]
    final = list(FINAL) if grades is not None else []
    rows: list[list[object]] = [
        ["student", "outcome", "score", "max_score", "by_hand", "bonus", *final, *columns, "notes"]
    ]
    for record in records:
        row: list[object] = [record.student, str(record.outcome)]
        row += [record.score, record.max_score, record.by_hand, record.bonus]
        row += _final(grades.get(record.student)) if grades is not None else []
        row += [record.exercises[name].score if name in record.exercises else None for name in exercises]
        rows.append([*row, "; ".join(record.notes)])
    write_rows(path, rows)


def _final(grade: FinalGrade | None) -> list[object]:
    if grade is None:
        return [None] * len(FINAL)
    return [grade.score, grade.max_score, grade.by_hand, grade.bonus, grade.penalty, grade.late_s, grade.open]


class SafeCsv(CsvExportPlugin):
    """nbgrader's CSV of grades, with the same columns and options, written so that no cell is a formula."""

    def export(self, gradebook: Gradebook) -> None:
        """Write the grades. Raises: CourseError: the file cannot be written."""
        path = Path(self.to or "grades.csv")
        self.log.info("Exporting grades to %s", path)
        if self.assignment:
            self.log.info("Exporting only assignments: %s", self.assignment)
        if self.student:
            self.log.info("Exporting only students: %s", self.student)
        write_rows(path, [list(COLUMNS), *self._rows(gradebook)])

    def _rows(self, gradebook: Gradebook) -> Iterator[list[object]]:
        assignments, students = [str(name) for name in self.assignment], [str(name) for name in self.student]
        for assignment in gradebook.assignments:
            if assignments and assignment.name not in assignments:
                continue
            for student in gradebook.students:
                if students and student.id not in students:
                    continue
                timestamp, raw, penalty, score = _grades(gradebook, assignment.name, student.id)
                names = [student.id, student.last_name, student.first_name, student.email]
                grades = [raw, penalty, score, assignment.max_score]
                yield [assignment.name, assignment.duedate, timestamp, *names, *grades]


def _grades(gradebook: Gradebook, assignment: str, student: str) -> tuple[object, float, float | None, float]:
    """Timestamp, raw score, penalty and score; zeros for who handed nothing in."""
    try:
        submission = gradebook.find_submission(assignment, student)
    except MissingEntry:
        return None, 0.0, 0.0, 0.0
    penalty = submission.late_submission_penalty
    return submission.timestamp, submission.score, penalty, max(0.0, submission.score - (penalty or 0.0))


def write_rows(path: Path, rows: Sequence[Sequence[object]], no_value: str = "") -> None:
    """Write safe cells at once. no_value: what an importer reads as none, such as a lone sign; it stays as it is.

    Raises: CourseError: the file cannot be written.
    """
    text = io.StringIO(newline="")
    safe = [[value if value == no_value else cell(value) for value in row] for row in rows]
    csv.writer(text, lineterminator="\n").writerows(safe)
    whole_file.write(path, text.getvalue())
