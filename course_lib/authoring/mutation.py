"""Testing the checks: each must reject the wrong answers of the bank and all mutants, and accept the right answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from course_lib import checks
from course_lib.authoring import bank, mutants, trials
from course_lib.authoring.bench import Answer, Bench, Result
from course_lib.authoring.dismissals import Dismissal, read_dismissals
from course_lib.authoring.mutants import Mutant
from course_lib.authoring.reference import read_notebook, solution_cells
from course_lib.authoring.result_cache import ResultCache
from course_lib.errors import CourseError
from course_lib.paths import Course

PATIENCE, TIMES = 20.0, 4.0  # a trial may take PATIENCE seconds, and TIMES what the solution takes
SOLUTION_LIMIT = 300.0  # seconds that a solution may take
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Figures:
    """What is known of one check: how many answers were tried, and which of them it judged otherwise than it should.

    accepted: mistakes with full marks for some seed. unnamed: mistakes that the message does not name.
    rejected: right answers that lose marks for some seed. survivors and dismissed: mutants with full marks for some
    seed. stale: dismissals of mutants that do not exist or are caught.
    """

    exercise: str
    mistakes: int
    accepted: list[str]
    unnamed: list[str]
    styles: int
    rejected: list[str]
    mutants: int
    survivors: list[Mutant]
    dismissed: list[str]
    stale: list[str]

    @property
    def good(self) -> bool:
        """Whether nothing is left to do."""
        return not (self.accepted or self.rejected or self.survivors or self.stale)

    @property
    def killed(self) -> int:
        """How many mutants lost marks."""
        return self.mutants - len(self.dismissed) - len(self.survivors)

    def as_json(self) -> dict[str, Any]:
        """The figures in the form that the README describes."""
        return {
            "exercise": self.exercise,
            "mistakes": self.mistakes,
            "rejected": self.mistakes - len(self.accepted),
            "named": self.mistakes - len(self.unnamed),
            "styles": self.styles,
            "accepted": self.styles - len(self.rejected),
            "mutants": self.mutants,
            "killed": self.killed,
            "dismissed": len(self.dismissed),
        }


def run(
    course: Course,
    assignment: str,
    exercises: list[str],
    sample: float,
    jobs: int,
    with_bank: bool = True,
    progress: Progress = lambda done, total: None,
) -> list[Figures]:
    """Try the bank's answers and the mutants of these exercises; results are kept and used again while nothing changes.

    exercises: names with their assignment. sample: the share of the mutants to try, always the same ones.
    progress: called with how many answers are done, and how many there are.
    Raises: CourseError: a file of the bank or of the dismissals is missing or malformed, or a solution loses marks.
    """
    solutions = solution_cells(read_notebook(course.source_notebook(assignment)))
    wrong = bank.read(course.mistakes(assignment), with_hints=True) if with_bank else []
    right = bank.read(course.styles(assignment), with_hints=False) if with_bank else []
    dismissals = read_dismissals(course.dismissed(assignment))
    plans = []
    for exercise in exercises:
        name = exercise.partition(".")[2]
        plans.append(
            Plan(
                exercise=exercise,
                solution=solutions[name],
                wrong=[answer for answer in wrong if answer.exercise == name],
                right=[answer for answer in right if answer.exercise == name],
                mutants=mutants_of(exercise, solutions[name]),
                sample=sample,
                dismissed=dismissals.get(name, {}),
            )
        )
    results = _results(course, assignment, plans, jobs, progress)
    return [_figures(plan, results) for plan in plans]


@dataclass(frozen=True)
class Plan:
    """What is to be tried in the cell of one exercise."""

    exercise: str
    solution: str
    wrong: list[bank.Answer]
    right: list[bank.Answer]
    mutants: list[Mutant]
    sample: float
    dismissed: dict[str, Dismissal]

    @property
    def sampled(self) -> list[Mutant]:
        """The mutants to try: always the same ones, until their lines change."""
        return [mutant for mutant in self.mutants if int(mutant.name[-6:], 16) / 16**6 < self.sample]

    def answer(self, code: str) -> Answer:
        """Some code in the exercise's cell."""
        return Answer(self.exercise, code)


def _figures(plan: Plan, results: dict[Answer, Result]) -> Figures:
    """What the results say of a check. Raises: CourseError: the solution loses marks."""

    def result(code: str) -> Result:
        return results[plan.answer(code)]

    if not result(plan.solution).right:
        assignment = plan.exercise.partition(".")[0]
        raise CourseError(f"the solution of {plan.exercise} loses marks: run: course ground-truth {assignment}")
    passed = [mutant for mutant in plan.sampled if not result(mutant.code).wrong]
    names = {mutant.name for mutant in plan.mutants}
    if not judges_training(plan.exercise):  # a training may end on either side of the bar
        names -= {mutant.name for mutant in plan.sampled if mutant not in passed}
    return Figures(
        exercise=plan.exercise,
        mistakes=len(plan.wrong),
        accepted=[answer.name for answer in plan.wrong if not result(answer.code).wrong],
        unnamed=[answer.name for answer in plan.wrong if result(answer.code).mistake != answer.name],
        styles=len(plan.right),
        rejected=[answer.name for answer in plan.right if not result(answer.code).right],
        mutants=len(plan.sampled),
        survivors=[mutant for mutant in passed if mutant.name not in plan.dismissed],
        dismissed=[mutant.name for mutant in passed if mutant.name in plan.dismissed],
        stale=[name for name in plan.dismissed if name not in names],
    )


def mutants_of(exercise: str, solution: str) -> list[Mutant]:
    """The mutants of a solution; where a check judges what a training reaches, numbers are the student's choice."""
    return mutants.of(solution, numbers=not judges_training(exercise))


def judges_training(exercise: str) -> bool:
    """Whether the check of an exercise judges the quality of predictions."""
    check = checks.find(exercise)
    return check is not None and check.quality is not None


def _results(course: Course, assignment: str, plans: list[Plan], jobs: int, progress: Progress) -> dict[Answer, Result]:
    """The result of each answer; those that are not known yet are tried, the solutions first."""
    cache = ResultCache(course, assignment)
    solutions = [plan.answer(plan.solution) for plan in plans]
    others = [plan.answer(mutant.code) for plan in plans for mutant in plan.sampled]
    others += [plan.answer(answer.code) for plan in plans for answer in plan.wrong + plan.right]
    wanted = dict.fromkeys(solutions + others)
    known = {answer: result for answer in wanted if (result := cache.get(answer)) is not None}
    progress(len(known), len(wanted))
    if len(known) == len(wanted):
        return known
    bench = Bench(course, assignment)
    seconds: dict[str, float] = {}

    def limit_s(answer: Answer) -> float:
        return PATIENCE + TIMES * seconds[answer.exercise] if seconds else SOLUTION_LIMIT

    for batch in (solutions, others):
        unknown = [answer for answer in dict.fromkeys(batch) if answer not in known]
        for answer, found in trials.run(bench.judge, unknown, limit_s, jobs):
            if isinstance(found, Result):
                known[answer] = found
                cache.put(answer, found)
            else:  # no marks, as in grading; not kept, since a busy machine is slow
                known[answer] = Result([0.0])
            progress(len(known), len(wanted))
        seconds |= {solution.exercise: known[solution].seconds for solution in solutions}
    return known
