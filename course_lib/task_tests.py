"""`TaskTests`: the checks that notebooks call."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from IPython import get_ipython
from IPython.display import display

from course_lib import checks, data, feedback, observation
from course_lib.checks.base import Check, judge, run_observer, worked_out
from course_lib.errors import CourseError, GroundTruthError
from course_lib.ground_truth import GroundTruth
from course_lib.verdict import Verdict


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
    and raises `CheckFailed`, so that "Run all" stops there.
    """

    def __init__(self, truth: GroundTruth) -> None:
        self._truth = truth
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
            print(f"[{check.exercise}] not checked: its ground truth is of the mini data, and COURSE_DATA is set")
            return
        inputs = observation.decode(observation.encode(check.inputs(self._truth.seed)))
        observed = worked_out(check, observation.decode(run_observer(check, inputs, lambda: objects)), inputs)
        truth = self._truth.exercises.get(check.exercise)
        if truth is None:
            raise CourseError(f"the ground truth has no exercise {check.exercise}: fetch test_gt.json again")
        verdict = judge(check, observed, truth)
        if verdict.passed or get_ipython() is None:
            print(feedback.as_text(verdict))
        else:
            display({"text/plain": feedback.as_text(verdict), "text/html": feedback.as_html(verdict)}, raw=True)
        if not verdict.passed:
            raise CheckFailed(verdict)
