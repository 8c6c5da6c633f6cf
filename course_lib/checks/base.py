"""A check: observe (beside the student's code) and judge (out of its reach)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from course_lib import observation
from course_lib.checks.replay import Player, Record, Recorder
from course_lib.compare import agree, describe
from course_lib.errors import GroundTruthError
from course_lib.ground_truth import ExerciseTruth, Mistake
from course_lib.observation import Raised
from course_lib.verdict import Finding, Outcome, Verdict

Cases = dict[str, Any]
Observer = Callable[..., Iterable[tuple[str, Any]]]


@dataclass(frozen=True)
class Check:
    """The check of one exercise.

    inputs: seed -> plain data from which `observe` builds the cases; drawn outside the student's process.
    observe: called as `observe(inputs, *student_objects)`, gives (case name, value) pairs.
    hints: case name -> what to try when that case is wrong; its order is the order of judging.
    judge: cases, truth, check, reveal -> verdict.
    about_data: the truth holds for the `mini` data only.
    answers: seed -> what only the judge may know (which candidate is right); it becomes part of the truth.
    quality: a case with a row for each answer, answers (an array) -> its quality, 0 to 1. Two machines that train the
        same model must agree in this, not in the rows.
    share: of the reference's quality, that full marks take.
    bonus: points beyond those of the assignment, where the exercise is a bonus task.
    record: how the calls of the student's function are recorded, where cases are worked out outside.
    excludes: names of torch that the answer may not use, where the text says so.
    """

    exercise: str
    inputs: Callable[[int], dict[str, Any]]
    observe: Observer
    hints: dict[str, str]
    judge: Callable[[Cases, ExerciseTruth, Check, bool], Verdict]
    about_data: bool = False
    answers: Callable[[int], Any] | None = None
    quality: Callable[[Any, Any], float] | None = None
    share: float = 1.0
    bonus: float = 0.0
    record: Record | None = None
    excludes: frozenset[str] = frozenset()


def run_observer(check: Check, inputs: dict[str, Any], get_objects: Callable[[], tuple[Any, ...]]) -> str:
    """Observe an exercise where the student's code lives. Returns encoded text.

    get_objects: looks up what the check was given; a name that does not exist is part of the observation.
    """
    try:
        objects = get_objects()
    except Exception as error:
        return observation.encode({"undefined": observation.raised(error)})
    if check.record is None:
        return observation.encode({"cases": _cases(check, inputs, objects)})
    recorder = Recorder(objects[0], check.record)
    cases = _cases(check, inputs, (recorder, *objects[1:]))
    inside = {name: value for name, value in cases.items() if name in check.record.inside}
    return observation.encode({"cases": inside, "calls": recorder.calls})


def worked_out(check: Check, observed: Any, inputs: dict[str, Any]) -> Any:
    """A decoded observation in which all cases stand, those included that are worked out from recorded calls."""
    if check.record is None or not isinstance(observed, dict) or "undefined" in observed:
        return observed
    sent = observed.get("cases")
    cases = _cases(check, inputs, (Player(observed.get("calls"), check.record),))
    told = {name: sent[name] for name in check.record.inside if isinstance(sent, dict) and name in sent}
    return {"cases": {name: value for name, value in cases.items() if name not in check.record.inside} | told}


def _cases(check: Check, inputs: dict[str, Any], objects: tuple[Any, ...]) -> Cases:
    cases: Cases = {}
    try:
        # Each value is encoded at once, so that it cannot change afterwards.
        for name, value in check.observe(inputs, *objects):
            cases[name] = observation.plain(value)
    except (Exception, SystemExit) as error:
        cases |= {name: observation.raised(error) for name in check.hints if name not in cases}
    return cases


def judge(check: Check, observed: Any, truth: ExerciseTruth, reveal: bool = True) -> Verdict:
    """Judge a decoded observation against the truth; never raises on what the student sent.

    reveal: whether the finding may show expected values (true for the public seed only).
    Raises: GroundTruthError: the truth was recorded with another version of the check.
    """
    if not check.hints.keys() <= truth.observation.get("cases", {}).keys():
        raise GroundTruthError(
            f"the ground truth of {check.exercise} is of another version of its check: fetch test_gt.json again"
        )
    if not isinstance(observed, dict) or not (set(observed) & {"undefined", "cases"}):
        return failed(check, Outcome.NO_OBSERVATION, "nothing was observed", "-", "run the whole notebook once more")
    if "undefined" in observed:
        hint = "run the cell that defines it; if that cell ends in an error, mend the error first"
        return failed(check, Outcome.UNDEFINED, "the answer is not there", describe(observed["undefined"]), hint)
    cases = observed["cases"]
    if not isinstance(cases, dict):
        cases = {}
    if any(_not_implemented(value) for value in cases.values()):
        hint = "write the exercise's cell and run it, then run this check again"
        return failed(check, Outcome.NOT_IMPLEMENTED, "not implemented yet", "NotImplementedError", hint)
    return check.judge(cases, truth, check, reveal)


def _not_implemented(value: Any) -> bool:
    values = value if isinstance(value, list) else [value]
    return any(isinstance(item, Raised) and item.type == "NotImplementedError" for item in values)


def failed(check: Check, outcome: Outcome, case: str, got: str, hint: str) -> Verdict:
    """A verdict of zero with one finding."""
    return Verdict(check.exercise, 0.0, outcome, Finding(case, got, hint))


def judge_cases(cases: Cases, truth: ExerciseTruth, check: Check, reveal: bool) -> Verdict:
    """Full marks if every case agrees with the truth; else the first wrong case, with its likeliest mistake."""
    expected = truth.observation["cases"]
    for name, hint in check.hints.items():
        got = cases.get(name, Raised("Missing", "the check stopped before this case"))
        if agree(got, expected[name]):
            continue
        mistake, certain = likeliest(cases, name, truth.mistakes)
        finding = Finding(
            case=name,
            expected=describe(expected[name]) if reveal else None,
            got=describe(got),
            hint=explain(mistake, certain, hint),
            mistake=mistake.name if mistake and certain else None,
        )
        return Verdict(check.exercise, 0.0, Outcome.FAILED, finding)
    return Verdict(check.exercise, 1.0, Outcome.PASSED, summary=f"passed: {len(check.hints)} cases")


def likeliest(cases: Cases, first_wrong: str, mistakes: Iterable[Mistake]) -> tuple[Mistake | None, bool]:
    """The known mistake behind wrong cases, and whether it explains all of them.

    A mistake that gives the same values in every case is certain. One that only gives the same value in the
    first wrong case is named when no other does so.
    """
    mistakes = [mistake for mistake in mistakes if "cases" in mistake.observation]
    for mistake in mistakes:
        if agree_everywhere(cases, mistake.observation["cases"]):
            return mistake, True
    if first_wrong not in cases:
        return None, False
    similar = [
        mistake
        for mistake in mistakes
        if first_wrong in mistake.observation["cases"]
        and agree(cases[first_wrong], mistake.observation["cases"][first_wrong])
    ]
    return (similar[0], False) if len(similar) == 1 else (None, False)


def agree_everywhere(cases: Cases, others: Cases) -> bool:
    """Whether two observations have the same cases with the same values, errors with the same message."""
    return set(cases) == set(others) and all(
        agree(cases[name], others[name]) and _same_message(cases[name], others[name]) for name in cases
    )


def _same_message(one: Any, other: Any) -> bool:
    return not isinstance(one, Raised) or one == other


def explain(mistake: Mistake | None, certain: bool, hint: str) -> str:
    """The sentence for the student, as certain as we are."""
    if mistake is None:
        return hint
    return f"{mistake.hint} ({mistake.name})" if certain else f"{hint}; perhaps: {mistake.hint} ({mistake.name})"
