"""`TaskTests`: the checks that notebooks call."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from IPython import get_ipython
from IPython.display import display

from course_lib import checks, data, feedback, observation, progress
from course_lib.checks.base import Check, judge, run_observer, worked_out
from course_lib.errors import CourseError, GroundTruthError
from course_lib.ground_truth import GroundTruth
from course_lib.verdict import MIME, Verdict

NOTHING_RAN = (
    "no check has run in this kernel: run the notebook from the top, then this cell again "
    "(a graded copy has its points beside the checks)"
)


class CheckFailed(CourseError, AssertionError):
    """A check did not pass; the card above the error line says what and why."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(feedback.as_text(verdict))
        self.verdict = verdict

    def _render_traceback_(self) -> list[str]:
        finding = self.verdict.finding
        reason = f"{finding.case}; try: {finding.hint}" if finding else str(self.verdict.outcome)
        return [f"[{self.verdict.exercise}] {reason}"]  # nbgrader's Validate shows nothing but this line


class TaskTests:
    """Instant checks of one assignment: `test_<exercise>(...)` for each of its exercises.

    A check prints one line when it passes. Otherwise it shows what was expected, what it got and what to try,
    and raises `CheckFailed`, so that "Run all" stops there. `progress()` shows how far all of them are.
    """

    def __init__(self, truth: GroundTruth) -> None:
        self._truth = truth
        self._verdicts: dict[str, Verdict] = {}  # the newest of each exercise
        self._notes: dict[str, str] = {}  # exercise -> why it was not checked
        self._checks = {
            f"test_{check.exercise.partition('.')[2]}": check for check in checks.ASSIGNMENTS[truth.assignment]
        }

    @classmethod
    def from_json(cls, path: str | Path = "test_gt.json") -> TaskTests:
        """Load the checks of the assignment whose ground truth is at `path`.

        Raises: GroundTruthError: the file is missing, malformed, or of an unknown assignment.
        """
        truth = GroundTruth.load(path)
        if truth.assignment not in checks.ASSIGNMENTS:
            raise GroundTruthError(
                f"{path} is of assignment {truth.assignment!r}, which this course_lib does not know: update it"
            )
        return cls(truth)

    def progress(self) -> None:
        """Show each exercise with its points and its newest verdict in this session."""
        if not self._verdicts and not self._notes:
            print(NOTHING_RAN)
            return
        found = progress.of(self._truth, self._verdicts, self._notes)
        if _in_jupyter():
            display({"text/plain": found.as_text(), "text/html": found.as_html()}, raw=True)
        else:
            print(found.as_text())

    def __getattr__(self, name: str) -> Callable[..., None]:
        if name.startswith("_") or name not in self._checks:
            known = ", ".join(self.__dict__.get("_checks", {}))
            raise AttributeError(f"no check is called {name!r}; there are {known}")

        def run(*objects: Any) -> None:
            self._run(self._checks[name], objects)

        run.__name__ = name
        run.__doc__ = f"Check exercise {self._checks[name].exercise}."
        return run

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *self._checks]

    def _run(self, check: Check, objects: tuple[Any, ...]) -> None:
        if check.about_data and data.profile() != "mini":
            self._notes[check.exercise] = "not checked: its ground truth is of the mini data, and COURSE_DATA is set"
            print(f"[{check.exercise}] {self._notes[check.exercise]}")
            return
        inputs = observation.decode(observation.encode(check.inputs(self._truth.seed)))
        observed = worked_out(check, observation.decode(run_observer(check, inputs, lambda: objects)), inputs)
        truth = self._truth.exercises.get(check.exercise)
        if truth is None:
            raise CourseError(f"the ground truth has no exercise {check.exercise}: fetch test_gt.json again")
        verdict = judge(check, observed, truth)
        self._verdicts[check.exercise] = verdict
        _show(verdict)
        if not verdict.passed:
            raise CheckFailed(verdict)


def _show(verdict: Verdict) -> None:
    """A card in Jupyter, with the verdict as data for programs; in a terminal one line where it passed."""
    forms: dict[str, Any] = {"text/plain": feedback.as_text(verdict), "text/html": feedback.as_html(verdict)}
    if _in_jupyter():
        display({**forms, MIME: verdict.as_data()}, raw=True)
    elif verdict.passed or get_ipython() is None:
        print(forms["text/plain"])
    else:
        display(forms, raw=True)


def _in_jupyter() -> bool:
    """Whether a notebook's kernel runs this, not a terminal."""
    return getattr(get_ipython(), "kernel", None) is not None
