"""Checks of learning in `toy_chooser`: accuracy by number of options, options wrong by a digit, and how good it gets.

Of the trained chooser the places that it picks are observed; only the judge knows which are right.
"""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import torch

from course_lib.checks.base import Cases, Check, explain, judge_cases, likeliest
from course_lib.checks.gain import Wording, judge_gain
from course_lib.checks.observers import Inputs, Observed, kind, number, seeded
from course_lib.checks.text_classification.recurrent import changes
from course_lib.compare import describe
from course_lib.ground_truth import ExerciseTruth
from course_lib.observation import attempt
from course_lib.verdict import Finding, Outcome, Verdict

TOTAL = 10_000


def whole(value: Any) -> str:
    """`int` for a Python or a numpy integer, which print alike and compare alike; else the kind."""
    return "int" if isinstance(value, int | np.integer) and not isinstance(value, bool) else kind(value)


# --- accuracy_by_options -----------------------------------------------------------------------------------

WIDTH = 7


def accuracy_inputs(seed: int) -> Inputs:
    """Scores (B, K) without ties, how many options each problem has, and the right places."""
    rng = seeded(seed, 431)
    counts = np.repeat([2, 3, 5, 7], [9, 7, 8, 6])
    scores = rng.permutation(len(counts) * WIDTH).reshape(-1, WIDTH) / 50 - 2
    real = np.arange(WIDTH) < counts[:, None]
    chosen = np.where(real, scores, -np.inf).argmax(axis=1)
    answers = rng.integers(counts)
    answers = np.where(rng.random(len(counts)) < 0.45, chosen, answers)
    for count in (2, 3, 5, 7):  # each has right and wrong ones, and other shares than the rest
        first, second = np.flatnonzero(counts == count)[:2]
        answers[first], answers[second] = chosen[first], (chosen[second] + 1) % count
    order = rng.permutation(len(counts))
    return {"scores": scores[order].astype("float32"), "counts": counts[order], "answers": answers[order]}


def observe_accuracy(inputs: Inputs, accuracy_by_options: Any) -> Observed:
    """The dictionaries of small batches and of a large one."""

    def batch(scores: Any, counts: Any, answers: Any) -> list[torch.Tensor]:
        table = torch.tensor(np.asarray(scores, dtype="float32"))
        mask = torch.arange(table.shape[1]) < torch.tensor(np.asarray(counts))[:, None]
        return [table, mask, torch.tensor(np.asarray(answers))]

    def accuracies(scores: Any, counts: Any, answers: Any) -> Any:
        return attempt(accuracy_by_options, *batch(scores, counts, answers))

    def kinds() -> list[str]:
        found = accuracy_by_options(*batch([[0.5, 0.25], [0.5, 0.25]], [2, 2], [0, 1]))
        if not isinstance(found, dict):
            return [kind(found)]
        return ["dict", *(f"{whole(key)}: {fraction(value)}" for key, value in found.items())]

    full = [inputs["scores"], inputs["counts"], inputs["answers"]]
    real = np.arange(WIDTH) < inputs["counts"][:, None]
    yield "type of what it returns", attempt(kinds)
    yield "one problem, right", accuracies([[0.5, 2.0, 1.0]], [3], [1])
    yield "one problem, wrong", accuracies([[0.5, 2.0, 1.0]], [3], [2])
    yield (
        "two problems of two options, one of three",
        accuracies([[3, 1, -9], [3, 1, -9], [1, 2, 3]], [2, 2, 3], [0, 1, 2]),
    )
    yield (
        "high scores where there is no option",
        accuracies([[-3, -2, 5, 4], [-2, -3, 0, 0], [-4, -3, -2, -1]], [2, 2, 4], [1, 1, 3]),
    )
    yield "minus infinity where there is no option", accuracies(np.where(real, full[0], -np.inf), *full[1:])
    yield "a batch", accuracies(*full)
    few = inputs["counts"] <= 3
    yield "more columns than options", accuracies(*(part[few] for part in full))
    yield (
        "arguments that it changes",
        attempt(
            lambda: changes(accuracy_by_options, dict(zip(("scores", "mask", "answers"), batch(*full), strict=True)))
        ),
    )


def fraction(value: Any) -> str:
    """`float` for a float of Python or numpy; else the kind."""
    return "float" if isinstance(value, np.floating) else number(value)


ACCURACY_BY_OPTIONS = Check(
    "toy_chooser.accuracy_by_options",
    accuracy_inputs,
    observe_accuracy,
    {
        "type of what it returns": "a dict: each number of options, an int, has its accuracy, a float",
        "one problem, right": "the key is the number of options, the value the share of right choices: 1.0",
        "one problem, wrong": "chosen is the option with the highest score; here it is not the right one: 0.0",
        "two problems of two options, one of three": "each number of options has an accuracy of its own",
        "high scores where there is no option": "where mask is False there is no option, and no score there may win",
        "minus infinity where there is no option": "mask says how many options there are; -inf never wins",
        "a batch": "right choices with k options, divided by the problems with k options",
        "more columns than options": "only numbers of options that occur are keys, whatever K is",
        "arguments that it changes": "no operation in place on scores, mask or answers",
    },
    judge_cases,
)

# --- near_miss ---------------------------------------------------------------------------------------------

DRAWS = 300  # one of nine numbers is missing with probability 9 (8/9)^300 < 1e-14
COUNTED = 1_800  # 200 of each of nine, standard deviation 13
FAR = 100  # more than seven standard deviations


def near_miss_inputs(seed: int) -> Inputs:
    """Numbers of one to four digits, a position, and a seed for each case."""
    rng = seeded(seed, 432)
    digits = rng.permutation(np.arange(1, 10))[:4].tolist()
    number = int("".join(map(str, digits)))
    return {
        "number": number,
        "short": int(digits[1]),
        "round": int(digits[2]) * 1000,
        "nines": 9_999,
        "seeds": [int(one) for one in rng.integers(2**31, size=4)],
    }


def observe_near_miss(inputs: Inputs, near_miss: Any) -> Observed:
    """What is drawn: which numbers, how often, and from which generator."""
    some = inputs["number"]

    def draws(start: int, position: int, count: int = DRAWS, seed: int = 0) -> list[Any]:
        rng = np.random.default_rng([inputs["seeds"][seed], position])
        return [near_miss(start, position, rng) for _ in range(count)]

    def seen(start: int, position: int) -> Any:
        return attempt(lambda: sorted(set(draws(start, position))))

    def uniform() -> list[bool]:
        found = []
        for start, position in ((some, 1), (inputs["short"], 0), (inputs["short"], 2), (0, 3)):
            _, counts = np.unique(draws(start, position, COUNTED, seed=1), return_counts=True)
            found.append(len(counts) == 9 and bool(np.abs(counts - COUNTED / 9).max() < FAR))
        return found

    def positions_changed() -> list[list[int]]:
        found = []
        for position in range(4):
            pairs = [(f"{some:04}", f"{int(other):04}") for other in draws(some, position, 100)]
            changed = {place for one, other in pairs for place in range(4) if one[-1 - place] != other[-1 - place]}
            found.append(sorted(changed))
        return found

    def same_again() -> bool:
        return draws(some, 2, 40, seed=2) == draws(some, 2, 40, seed=2)

    def others_from_another_generator() -> bool:
        return draws(some, 2, 40, seed=2) != draws(some, 2, 40, seed=3)

    def generators_used() -> list[str]:
        def states() -> dict[str, str]:
            torchs = torch.get_rng_state().numpy().tobytes()
            return {"random": repr(random.getstate()), "np.random": repr(np.random.get_state()), "torch": repr(torchs)}

        before = states()
        draws(some, 1, 40)
        return [name for name, state in states().items() if state != before[name]]

    yield "type of what it returns", attempt(lambda: sorted({whole(one) for one in draws(some, 0, 20)}))
    yield "all near misses in the ones", seen(some, 0)
    yield "all near misses in the tens", seen(some, 1)
    yield "all near misses in the hundreds", seen(some, 2)
    yield "all near misses in the thousands", seen(some, 3)
    yield "digits that change", attempt(positions_changed)
    yield "a leading zero becomes another digit", seen(inputs["short"], 2)
    yield "a first digit becomes a leading zero", seen(inputs["round"], 3)
    yield "a number of one digit", seen(inputs["short"], 0)
    yield "zero", seen(0, 1)
    yield "9999", seen(inputs["nines"], 1)
    yield "the nine digits equally often", attempt(uniform)
    yield "the same generator, the same numbers", attempt(same_again)
    yield "another generator, other numbers", attempt(others_from_another_generator)
    yield "global generators that it uses", attempt(generators_used)


NEAR_MISS = Check(
    "toy_chooser.near_miss",
    near_miss_inputs,
    observe_near_miss,
    {
        "type of what it returns": "a number, an int",
        "all near misses in the ones": "position 0 is the last digit, and each of the nine other digits can come",
        "all near misses in the tens": "position 1 is the tens: the digit of 10 ** 1",
        "all near misses in the hundreds": "position 2 is the hundreds: the digit of 10 ** 2",
        "all near misses in the thousands": "position 3 is the thousands: the digit of 10 ** 3",
        "digits that change": "exactly one digit differs: no carry into the next one",
        "a leading zero becomes another digit": "7 is 0007: its hundreds are 0 and can become 1 to 9",
        "a first digit becomes a leading zero": "0 is a digit as well: 4000 can become 0000, which is the int 0",
        "a number of one digit": "one digit, nine others, 0 among them",
        "zero": "0 is 0000",
        "9999": "a 9 becomes 0 to 8, and nothing is carried",
        "the nine digits equally often": "each of the nine other digits with probability 1/9",
        "the same generator, the same numbers": "draw from the rng that is given, and from nothing else",
        "another generator, other numbers": "draw from the rng that is given; do not make or seed one of your own",
        "global generators that it uses": "draw from rng, not from random, np.random or torch, and seed none of them",
    },
    judge_cases,
)

# --- train_chooser -----------------------------------------------------------------------------------------

PROBLEMS, OPTIONS = 500, 10
CHANCE = 1 / OPTIONS
SHARE = 0.95  # of what the reference gains over chance
ALONE = "the same choice for a problem alone and in a batch"
ORDER = "the same option in another order of the options"
PLACES = "chosen places"
FEW = 36  # problems that are asked again, alone and in another order


def unseen_problems(seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Numbers (N,), ten different options of each (N, 10), in random order, and the places of the right ones (N,)."""
    rng = seeded(seed, 433)
    numbers = rng.integers(TOTAL + 1, size=PROBLEMS)
    options = np.stack([rng.choice(TOTAL, OPTIONS, replace=False) for _ in range(PROBLEMS)])
    right = TOTAL - numbers
    options += options >= right[:, None]
    places = rng.integers(OPTIONS, size=PROBLEMS)
    options[np.arange(PROBLEMS), places] = right
    return numbers, options, places


def choosing_inputs(seed: int) -> Inputs:
    """Problems that nobody has seen, how many options some of them keep, and another order of theirs."""
    numbers, options, _ = unseen_problems(seed)
    rng = seeded(seed, 434)
    return {
        "numbers": numbers,
        "options": options,
        "kept": 2 + np.arange(FEW) % (OPTIONS - 1),
        "orders": np.stack([rng.permutation(OPTIONS) for _ in range(FEW)]),
    }


def choosing_answers(seed: int) -> np.ndarray:
    """The places of the right options (N,)."""
    return unseen_problems(seed)[2].astype("int8")


def accuracy(places: np.ndarray, answers: np.ndarray) -> float:
    """Share of problems in which the right place is chosen. Both (N,)."""
    return float((np.asarray(places) == answers).mean())


def observe_choosing(inputs: Inputs, choose: Any) -> Observed:
    """Chosen places (N,). choose: B problems, each a number and its options -> the place of one option in each."""
    numbers, options = inputs["numbers"].tolist(), inputs["options"].tolist()

    def places(some: list[tuple[int, list[int]]]) -> np.ndarray:
        found = np.asarray([int(place) for place in choose([(number, list(kept)) for number, kept in some])])
        if len(found) != len(some):
            raise ValueError(f"places for {len(found)} problems, where {len(some)} were given")
        return found

    def alone() -> bool:
        some = [(numbers[row], options[row][:kept]) for row, kept in enumerate(inputs["kept"].tolist())]
        company = [(TOTAL, [0, *options[-1][:9]]), (0, [TOTAL, *options[-2][:9]])]  # the longest numbers and options
        together = places([*some, *company])[: len(some)]
        return all(places([one])[0] == place for one, place in zip(some, together, strict=True))

    def in_another_order() -> bool:
        orders = inputs["orders"]
        before = places(list(zip(numbers[:FEW], options[:FEW], strict=True)))
        after = places([(numbers[row], [options[row][place] for place in order]) for row, order in enumerate(orders)])
        return bool((orders[np.arange(FEW), after] == before).all())

    def all_places() -> np.ndarray:
        found = places(list(zip(numbers, options, strict=True)))
        return np.where((found >= 0) & (found < OPTIONS), found, -1).astype("int8")

    yield ALONE, attempt(alone)
    yield ORDER, attempt(in_another_order)
    yield PLACES, attempt(all_places)


def judge_choosing(cases: Cases, truth: ExerciseTruth, check: Check, reveal: bool) -> Verdict:
    """Full marks for `check.share` of the reference's gain over chance, if neither company nor order matters."""
    verdict = judge_gain(cases, truth, check, reveal, ALONE, PLACES, CHANCE, Wording("problems", "places", "chance"))
    order = cases.get(ORDER)
    if order is True or (verdict.finding and verdict.finding.case == ALONE) or (verdict.finding and order is not False):
        return verdict
    mistake, certain = likeliest(cases, ORDER, truth.mistakes)
    finding = Finding(
        case=ORDER,
        expected="True" if reveal else None,
        got=describe(order),
        hint=explain(mistake, certain, check.hints[ORDER]),
        mistake=mistake.name if mistake and certain else None,
    )
    return Verdict(check.exercise, 0.0, Outcome.FAILED, finding)


TRAIN_CHOOSER = Check(
    "toy_chooser.train_chooser",
    choosing_inputs,
    observe_choosing,
    {
        ALONE: "padding changes the choice: read each row's own final states, and give -inf where there is no option",
        ORDER: "only the number counts, not its place; scores that are all equal, or nan, choose the first place, too",
        PLACES: "train for more steps, with a rate between 0.001 and 0.01, on fresh examples in each step",
    },
    judge_choosing,
    answers=choosing_answers,
    quality=accuracy,
    share=SHARE,
)

CHECKS = [ACCURACY_BY_OPTIONS, NEAR_MISS, TRAIN_CHOOSER]
