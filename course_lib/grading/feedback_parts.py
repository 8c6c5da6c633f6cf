"""What a feedback page says of a submission, beside the notebook: a summary, and a part for each cell.

It comes from the gradebook and from what grading wrote into the notebook, none of it from what a cell displayed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup
from nbformat import NotebookNode
from nbgrader.api import Grade, Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor
from nbgrader.utils import is_grade, is_locked, is_solution, is_task
from pygments.formatters import HtmlFormatter

from course_lib import feedback, verdict
from course_lib.grading import safe_markdown, words
from course_lib.verdict import Outcome, SubmissionOutcome, Verdict

PLACE = "feedback"  # of a part in its cell's metadata, and of the summary in the resources
NOTES_CELL = "notes-from-grading"  # tells other readers of the notebook what stands in the page's head

WORDS = {
    Outcome.PASSED: "right",
    Outcome.FAILED: "not right yet",
    Outcome.NOT_IMPLEMENTED: "not written yet",
    Outcome.UNDEFINED: "its cell did not run",
    Outcome.TIMED_OUT: "took too long",
    Outcome.KERNEL_DIED: "broke the run",
    Outcome.NO_OBSERVATION: "could not be observed",
}


@dataclass(frozen=True)
class Comment:
    """What a person wrote about an answer. place: the id of its element in the page."""

    text: str
    place: str


@dataclass(frozen=True)
class Row:
    """What became of an exercise. points: without bonus; None: a person has yet to give them. state: full, less, open.

    words: how it ended. hint: what to do. changed: that a person gave other points than the judge.
    """

    name: str
    place: str
    points: float | None
    max_points: float
    bonus: float = 0.0
    words: str = ""
    hint: str = ""
    changed: str = ""
    comments: tuple[Comment, ...] = ()

    @property
    def state(self) -> str:
        """For its colour."""
        if self.points is None:
            return "open"
        return "full" if self.bonus or self.points >= self.max_points > 0 else "less"

    @property
    def worth(self) -> str:
        """The points in words."""
        if self.points is None:
            return f"{words.points(self.max_points)} open"
        if self.max_points == 0:
            return f"{words.points(self.bonus)} bonus"
        extra = f", {words.points(self.bonus)} bonus" if self.bonus else ""
        return f"{words.points(self.points)} of {words.points(self.max_points)}{extra}"


@dataclass(frozen=True)
class Part:
    """A cell in the page. kind: text (of the course), code, answer, other (text of the student's), or verdict.

    card, comment: Markup, which the template does not escape.
    """

    kind: str
    place: str = ""
    name: str = ""
    row: Row | None = None
    card: str = ""
    comment: str = ""


@dataclass
class Summary:
    """The head of the page. late: in words, empty if in time. problem: why nothing was graded. dark_code: CSS."""

    assignment: str
    student: str
    score: float
    max_score: float
    late: str
    problem: str
    changes: list[str]
    seconds: float
    dark_code: Markup
    rows: list[Row] = field(default_factory=list)

    @property
    def bonus(self) -> float:
        """Points that max_score does not count."""
        return sum(row.bonus for row in self.rows)

    @property
    def open(self) -> float:
        """Points that a person has yet to give."""
        return sum(row.max_points for row in self.rows if row.points is None)


class FeedbackParts(NbGraderPreprocessor):
    """Puts the summary into the resources and the parts into the cells' metadata; comes after nbgrader's GetGrades."""

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        """Look everything up."""
        about = resources["nbgrader"]
        with Gradebook(about["db_url"]) as book:
            summary = _summary(
                nb, about, book.find_submission(about["assignment"], about["student"]).total_seconds_late
            )
            of = (about["notebook"], about["assignment"], about["student"])
            waiting: list[Comment] = []  # on an answer, for the row of the check that follows
            for cell in nb.cells:
                name = str(cell.metadata.get("nbgrader", {}).get("grade_id", ""))
                text = _comment(book, name, of) if is_solution(cell) or is_task(cell) else ""
                if text:
                    waiting.append(Comment(text, f"answer:{name}"))
                row = None
                if is_grade(cell) or is_task(cell):
                    row = _row(cell, name, book.find_grade(name, *of), tuple(waiting))
                    summary.rows.append(row)
                    waiting = []
                cell.metadata[PLACE] = _part(cell, name, row, text)
        nb.cells = [cell for cell in nb.cells if cell.get("id") != NOTES_CELL or is_locked(cell)]
        resources[PLACE] = summary
        return nb, resources


def _summary(nb: NotebookNode, about: dict[str, Any], seconds_late: float) -> Summary:
    graded = nb.metadata.get("course", {})
    outcome = SubmissionOutcome(graded.get("outcome", SubmissionOutcome.GRADED))
    return Summary(
        about["assignment"],
        about["student"],
        max(0.0, about["score"]),
        about["max_score"],
        lateness(seconds_late, about["late_penalty"]),
        "" if outcome.graded else str(outcome),
        [*graded.get("repairs", []), *graded.get("notes", [])],
        graded.get("seconds", 0.0),
        Markup(HtmlFormatter(style="github-dark").get_style_defs(".highlight")),
    )


def _comment(book: Gradebook, name: str, of: tuple[str, str, str]) -> str:
    """What a person wrote; nbgrader's own remark, that there is no answer, stands in the table in other words."""
    return (book.find_comment(name, *of).manual_comment or "").strip()


def _row(cell: NotebookNode, name: str, grade: Grade, comments: tuple[Comment, ...]) -> Row:
    bonus = grade.extra_credit or 0.0
    points = None if grade.needs_manual_grade else (grade.score or 0.0) - bonus
    judged = _verdict(cell)
    if judged is None:
        said = "a person grades this" if points is None else "graded by a person"
        if points is not None and grade.manual_score is None:
            said = "no answer"
        return Row(name, f"answer:{name}", points, grade.max_score, bonus, said, comments=comments)
    finding = judged.finding
    said, hint = WORDS.get(judged.outcome, str(judged.outcome)), ""
    if finding is not None:
        said = f"mistake: {finding.mistake.replace('_', ' ')}" if finding.mistake else said
        hint = finding.hint.removesuffix(f" ({finding.mistake})")
    given = cell.metadata["course"]["points"]
    changed = (
        "" if grade.manual_score in (None, given) else f"points from a person; the judge gave {words.points(given)}"
    )
    exercise = judged.exercise.split(".")[-1]
    return Row(exercise, f"verdict:{exercise}", points, grade.max_score, bonus, said, hint, changed, comments)


def _part(cell: NotebookNode, name: str, row: Row | None, comment: str) -> Part:
    judged = _verdict(cell)
    if judged is not None and row is not None:
        return Part("verdict", row.place, row.name, row, Markup(feedback.as_html(judged)))
    if is_solution(cell) or is_task(cell):
        shown = Markup(safe_markdown.render(comment)) if comment else ""
        return Part("answer", f"answer:{name}", name, row, comment=shown)
    if cell.cell_type == "code":
        return Part("code")
    return Part("text" if is_locked(cell) else "other")


def _verdict(cell: NotebookNode) -> Verdict | None:
    """The judge's, of a check cell; no cell of a student's is locked."""
    return verdict.from_data(cell.metadata.get("course")) if is_locked(cell) and is_grade(cell) else None


def lateness(seconds: float, penalty: float) -> str:
    """How late, and what it costs; empty where neither is anything.

    >>> lateness(7500.0, 1.0)
    'handed in 2 h 5 min late, penalty 1 point'
    >>> lateness(40.0, 0.0)
    'handed in 40 s late, without penalty'
    """
    costs = f"penalty {words.points(penalty)} point{'' if penalty == 1 else 's'}"
    if seconds <= 0:
        return costs if penalty > 0 else ""
    return f"handed in {words.duration(seconds)} late, {costs if penalty > 0 else 'without penalty'}"
