"""Checks of `toy_chooser`, part 1: numbers as symbols, problems, and batches of them.

Problems are random, and right answers draw in different orders. So what is observed is what all right answers have in
common: what is equally frequent, what is independent, and which generator is used.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from itertools import chain
from typing import Any, NamedTuple

import numpy as np
import torch

from course_lib.checks.base import Check, judge_cases
from course_lib.checks.meta_lstm.sequences import global_states, often, together
from course_lib.checks.observers import Inputs, Observed, kind, parts_of, seeded
from course_lib.checks.recurrent_networks.writing import fixed_coins
from course_lib.checks.replay import Record
from course_lib.observation import Raised, attempt, build

PAD, FIRST, LAST = 10, 11, 12

# --- to_digits ---------------------------------------------------------------------------------------------


def digits_inputs(seed: int) -> Inputs:
    """Numbers of one digit to thirty; some as their digits, since the codec ends at 64 bits."""
    rng = seeded(seed, 81)
    digits = rng.permutation(np.arange(1, 10))
    return {
        "one": int(digits[0]),
        "four": int(digits[1] * 1000 + digits[2] * 100 + digits[4]),  # with a 0 for the tens
        "round": int(digits[3] * 100),
        "twice": int(digits[5]) * 1011,
        "seven": int(rng.integers(2_000_000, 9_000_000)),
        "huge": "".join(map(str, [*rng.permutation(digits), *rng.integers(0, 10, size=21)])),
        "negative": [-1, -int(rng.integers(12, 90)), -int(rng.integers(2000, 9000))],
    }


def observe_to_digits(inputs: Inputs, to_digits: Any) -> Observed:
    """Symbols of numbers, and what happens to those below 0."""

    def whole() -> str:
        items = list(to_digits(inputs["four"]))
        fine = all(
            isinstance(item, int | np.integer)
            or (isinstance(item, torch.Tensor) and not item.is_floating_point() and item.dim() == 0)
            for item in items
        )
        return "whole numbers" if fine else " and ".join(sorted({kind(item) for item in items}))

    def outcome(number: int) -> Any:
        found = attempt(to_digits, number)
        return found.type if isinstance(found, Raised) else found

    yield "what the symbols are", attempt(whole)
    yield "a number of four digits", attempt(to_digits, inputs["four"])
    yield "a number of one digit", attempt(to_digits, inputs["one"])
    yield "0", attempt(to_digits, 0)
    yield "a number that ends in zeros", attempt(to_digits, inputs["round"])
    yield "a number with a digit that comes twice", attempt(to_digits, inputs["twice"])
    yield "10000", attempt(to_digits, 10_000)
    yield "a number of seven digits", attempt(to_digits, inputs["seven"])
    yield "a number of thirty digits", attempt(to_digits, int(inputs["huge"]))
    yield "999, 1000 and 999999999999999999", attempt(lambda: [list(to_digits(n)) for n in (999, 1000, 10**18 - 1)])
    yield "an integer of numpy", attempt(to_digits, np.int64(inputs["four"]))
    yield "numbers below 0", attempt(lambda: [outcome(number) for number in inputs["negative"]])
    yield "the same number once more", attempt(to_digits, inputs["four"])


TO_DIGITS = Check(
    "toy_chooser.to_digits",
    digits_inputs,
    observe_to_digits,
    {
        "what the symbols are": "each symbol is a whole number: a digit itself, not its character",
        "a number of four digits": "FIRST, then the digits from the left, then LAST",
        "a number of one digit": "as many symbols as digits, and two more: nothing is filled up",
        "0": "0 is written with one digit, as on paper",
        "a number that ends in zeros": "every digit is written, zeros as well",
        "a number with a digit that comes twice": "every digit is written, each time that it comes",
        "10000": "as many symbols as digits: this number has five",
        "a number of seven digits": "numbers may be of any length, above 10,000 too",
        "a number of thirty digits": "numbers may be of any length; floats hold sixteen digits and no more",
        "999, 1000 and 999999999999999999": "logarithms are rounded: do not count digits with them",
        "an integer of numpy": "numpy's integers are whole numbers too",
        "numbers below 0": "raise ValueError for each number below 0",
        "the same number once more": "the same number has the same symbols in each call",
    },
    judge_cases,
)

# --- make_example ------------------------------------------------------------------------------------------


class Problem(NamedTuple):
    """What make_example returns, as plain numbers."""

    number: int
    options: list[int]
    place: int

    @property
    def wrong(self) -> list[int]:
        """The options at the other places."""
        return self.options[: self.place] + self.options[self.place + 1 :]


MOST, SMALL = 5, 9  # options, and the total, of problems that are drawn by the thousand


def example_inputs(seed: int) -> Inputs:
    """A state of the generator."""
    return {"state": int(seeded(seed, 82).integers(10_000))}


def observe_make_example(inputs: Inputs, make_example: Any) -> Observed:
    """Thousands of small problems, some large ones, and generators."""
    state = inputs["state"]

    def draw(times: int, *sizes: int) -> Any:
        def drawn() -> list[Problem]:
            rng = np.random.default_rng(state)
            problems = (make_example(rng, *sizes) for _ in range(times))
            return [Problem(int(number), [int(o) for o in options], int(place)) for number, options, place in problems]

        with fixed_coins():
            return build(drawn)

    def of(problems: Any, function: Callable[[list[Problem]], Any]) -> Any:
        return problems if isinstance(problems, Raised) else attempt(function, problems)

    def together_of(problems: Any, one: Pick, other: Pick, sizes: tuple[int, int]) -> Any:
        return of(problems, lambda some: together(one(some), other(some), sizes))

    def kinds() -> list[str]:
        parts = parts_of(make_example, np.random.default_rng(state), 3, 3, SMALL)
        if len(parts) != 3:
            return [kind(part) for part in parts]
        number, options, place = parts
        row = isinstance(options, list | tuple)
        listed = "a list of " + " and ".join(sorted({kind(option) for option in options})) if row else kind(options)
        return [kind(number), listed, kind(place)]

    def tiny(problems: list[Problem]) -> list[Any]:
        found = {(problem.number, problem.options[problem.place], *sorted(problem.wrong)) for problem in problems}
        return sorted(map(list, found))

    mixed, three = draw(3000, 2, MOST, SMALL), draw(3000, 3, 3, SMALL)
    yield "what it returns", attempt(kinds)
    yield "problems with one option", of(draw(3, 1, 1, SMALL), lambda some: [[*_sums([p]), p.place] for p in some])
    yield "three options, total = 1", of(draw(60, 3, 3, 1), tiny)
    yield "number + option at the right place", of(mixed, _sums)
    yield "numbers of options", of(mixed, lambda some: sorted({len(p.options) for p in some}))
    yield "how often the right one is among them", of(mixed, _hits)
    yield "numbers that come", of(mixed, lambda some: sorted({p.number for p in some}))
    yield "how often each number comes", of(mixed, lambda some: often(_numbers(some), SMALL + 1))
    yield "how often each number of options comes", of(mixed, lambda some: often(_counts(some), MOST - 1))
    yield (
        "right places, by number of options",
        of(mixed, lambda some: _by_count(some, lambda places, _: sorted({*places}))),
    )
    yield "how often each place is right, by number of options", of(mixed, lambda some: _by_count(some, often))
    yield "wrong options that come", of(mixed, lambda some: sorted({option for p in some for option in p.wrong}))
    yield "wrong options, counted from the right one on", of(mixed, lambda some: sorted({*chain(*_shifts(some))}))
    yield "how often each wrong option comes", of(mixed, lambda some: often(np.concatenate(_shifts(some)), SMALL))
    pairs: dict[str, tuple[Any, Pick, Pick, tuple[int, int]]] = {
        "first and last wrong option of a problem": (three, _first, _last, (SMALL, SMALL)),
        "place and number": (three, _numbers, _right, (SMALL + 1, 3)),
        "wrong options and number": (three, _numbers, _first, (SMALL + 1, SMALL)),
        "number of options and number": (mixed, _numbers, _counts, (SMALL + 1, MOST - 1)),
        "place and first wrong option": (three, _right, _first, (3, SMALL)),
        "problems one after the other": (three, _early, _late, (SMALL + 1, SMALL + 1)),
    }
    for name, (problems, one, other, sizes) in pairs.items():
        yield name, together_of(problems, one, other, sizes)
    yield "without sizes", of(draw(400), _sizes)
    yield "total = 99, 4 to 6 options", of(draw(200, 4, 6, 99), _sizes)
    yield from generator_cases(lambda rng: make_example(rng, 3, 8, 10_000), state)


Pick = Callable[[list[Problem]], Any]  # a number of each problem


def _numbers(problems: list[Problem]) -> list[int]:
    return [problem.number for problem in problems]


def _early(problems: list[Problem]) -> list[int]:
    return _numbers(problems)[:-1]


def _late(problems: list[Problem]) -> list[int]:
    return _numbers(problems)[1:]


def _right(problems: list[Problem]) -> list[int]:
    return [problem.place for problem in problems]


def _counts(problems: list[Problem]) -> list[int]:
    """How many options there are, beyond two."""
    return [len(problem.options) - 2 for problem in problems]


def _shifts(problems: list[Problem]) -> list[list[int]]:
    """Wrong options as places among all numbers but the right one, counted from the right one on."""
    return [[(p.number + option - SMALL) % (SMALL + 1) - 1 for option in p.wrong] for p in problems]


def _first(problems: list[Problem]) -> list[int]:
    return [shifts[0] for shifts in _shifts(problems)]


def _last(problems: list[Problem]) -> list[int]:
    return [shifts[-1] for shifts in _shifts(problems)]


def _sums(problems: list[Problem]) -> list[int]:
    """What the number and the option at the right place sum to."""
    return sorted({problem.number + problem.options[problem.place] for problem in problems})


def _hits(problems: list[Problem]) -> list[int]:
    return sorted({problem.options.count(SMALL - problem.number) for problem in problems})


def _by_count(problems: list[Problem], function: Callable[[list[int], int], Any]) -> dict[int, Any]:
    """For each number of options, what a function says of the right places."""
    counts = sorted({len(problem.options) for problem in problems})
    return {count: function(_right([p for p in problems if len(p.options) == count]), count) for count in counts}


def _sizes(problems: list[Problem]) -> dict[str, Any]:
    """Sums, numbers of options, and how large numbers get."""
    digits = {
        "numbers": len(str(max(_numbers(problems)))),
        "wrong options": len(str(max(option for problem in problems for option in problem.wrong))),
    }
    return {
        "sums": _sums(problems),
        "options": sorted({len(problem.options) for problem in problems}),
        **{f"digits of the largest of the {name}": min(count, 4) for name, count in digits.items()},  # 10000 is rare
    }


def generator_cases(make: Callable[[np.random.Generator], Any], state: int) -> Observed:
    """Where random numbers come from. make: called with a generator."""

    def drawn(number: int, coins: int) -> str:
        with fixed_coins(coins):
            number_, options, place = make(np.random.default_rng(number))
            return str((int(number_), [int(option) for option in options], int(place)))

    def equal(one: str, other: str) -> str:
        return "the same" if one == other else "another one"

    def in_a_row() -> str:
        with fixed_coins():
            rng = np.random.default_rng(state)
            some = [str(make(rng)) for _ in range(4)]
        return f"{len(set(some))} different ones of 4"

    def touched() -> list[str]:
        with fixed_coins():
            before = global_states()
            make(np.random.default_rng(state))
            after = global_states()
        return [name for name in before if before[name] != after[name]]

    yield (
        "a generator in the same state, in another state",
        attempt(lambda: [equal(drawn(state, 1), drawn(state, 2)), equal(drawn(state, 1), drawn(state + 1, 1))]),
    )
    yield "four calls with one generator", attempt(in_a_row)
    yield "global generators that it uses", attempt(touched)


MAKE_EXAMPLE = Check(
    "toy_chooser.make_example",
    example_inputs,
    observe_make_example,
    {
        "what it returns": "the number, the list of options, the place of the right one: plain ints, int(...)",
        "problems with one option": "with one option, that is the right one: total - number",
        "three options, total = 1": "the wrong ones are all that is left, and may repeat each other",
        "number + option at the right place": "the option at the place that you return completes the sum",
        "numbers of options": "from min_options to max_options, both included; the right one counts",
        "how often the right one is among them": "wrong options are never the right one, and there is one right one",
        "numbers that come": "from 0 to total, both included; rng.integers leaves its upper end out",
        "how often each number comes": "uniform: each number from 0 to total with the same probability",
        "how often each number of options comes": "uniform from min_options to max_options",
        "right places, by number of options": "the right one may stand at each place, from 0 to K - 1",
        "how often each place is right, by number of options": "each place with the same probability, the last one too",
        "wrong options that come": "from 0 to total, both included, but for the right one",
        "wrong options, counted from the right one on": "all numbers but the right one come, near ones and far ones",
        "how often each wrong option comes": "all numbers but the right one with the same probability",
        "first and last wrong option of a problem": "wrong options are independent of each other: equal ones may come",
        "place and number": "the right place has nothing to do with the number: do not sort",
        "wrong options and number": "wrong options have nothing to do with the number, but that they are not right",
        "number of options and number": "how many options there are has nothing to do with the number",
        "place and first wrong option": "the right place has nothing to do with the wrong options: do not sort",
        "problems one after the other": "every call draws anew",
        "without sizes": "2 to 10 options, and the total is TOTAL",
        "total = 99, 4 to 6 options": "use the arguments, not fixed numbers",
        "a generator in the same state, in another state": "draw from rng, and from nothing else",
        "four calls with one generator": "draw anew in every call; make no generator of your own, set no seed",
        "global generators that it uses": "np.random.* and random.* are not rng: rng.integers, rng.choice ...",
    },
    judge_cases,
    record=Record(
        frozenset({"what it returns", "global generators that it uses"}),
        keep=lambda arguments, result: result,
        give=lambda kept, arguments: kept,
    ),
)

# --- collate -----------------------------------------------------------------------------------------------

FIELDS = ("numbers", "number_lengths", "options", "option_lengths", "mask", "answers")


def collate_inputs(seed: int) -> Inputs:
    """Problems, and symbols for each number in them that no rule gives."""
    rng = seeded(seed, 83)
    names = iter((rng.permutation(9000) + 13).tolist())
    codes: dict[int, list[int]] = {}

    def coded(length: int) -> int:
        name = next(names)
        codes[name] = rng.choice([*range(10), FIRST, LAST], size=length).tolist()
        return name

    def problem(length: int, lengths: list[int], answer: int) -> list[Any]:
        return [coded(length), [coded(size) for size in lengths], answer]

    short = int(rng.integers(1, 3))
    examples = [
        problem(2, [3, short, 2], 1),
        problem(6, [1], 0),
        problem(1, [2, 4, 1, 3, 2], int(rng.integers(2, 5))),
        problem(3, [2, 3], 1),
    ]
    codes[examples[0][0]][-1] = 0
    codes[examples[2][1][0]][0] = 0
    return {
        "examples": examples,
        "equal": [problem(3, [2, 2, 2], place) for place in (2, 0)],
        "long_options": [problem(1, [2, 5], 1), problem(2, [3, 1], 0)],
        "codes": codes,
    }


def observe_collate(inputs: Inputs, collate: Any) -> Observed:
    """Batches of one problem, of several, of long ones and short ones."""
    codes = inputs["codes"]

    def encode(number: int) -> list[int]:
        if isinstance(number, torch.Tensor):
            raise TypeError(f"encode takes a number, not {number}")
        return list(codes[int(number)])

    def problems(some: list[list[Any]]) -> list[tuple[int, list[int], int]]:
        return [(number, list(options), answer) for number, options, answer in some]

    def batch(some: list[list[Any]]) -> Any:
        return build(collate, problems(some), encode)

    def part(found: Any, name: str) -> Any:
        return found if isinstance(found, Raised) else attempt(getattr, found, name)

    def parts(some: list[list[Any]]) -> Any:
        found = batch(some)
        return found if isinstance(found, Raised) else attempt(lambda: {name: getattr(found, name) for name in FIELDS})

    def shapes(some: list[list[Any]]) -> Any:
        found = batch(some)
        return (
            found
            if isinstance(found, Raised)
            else attempt(lambda: [list(getattr(found, name).shape) for name in FIELDS])
        )

    def changed() -> str:
        given = problems(inputs["examples"])
        before = copy.deepcopy(given)
        collate(given, encode)
        return "they stay" if given == before else "they are changed"

    def kinds() -> dict[str, str]:
        found = collate(problems(inputs["examples"]), encode)
        return {name: kind(getattr(found, name)) for name in FIELDS}

    whole = batch(inputs["examples"])
    yield "types", attempt(kinds)
    yield "shapes", shapes(inputs["examples"])
    yield "one problem with one option", parts(inputs["examples"][1:2])
    yield "one problem with two options", parts(inputs["examples"][3:])
    yield "as many options of the same length", parts(inputs["equal"])
    for name in FIELDS:
        yield name, part(whole, name)
    yield "options longer than numbers", parts(inputs["long_options"])
    yield "shapes of a batch after a larger one", shapes(inputs["equal"])
    yield "the examples", attempt(changed)


COLLATE = Check(
    "toy_chooser.collate",
    collate_inputs,
    observe_collate,
    {
        "types": "a Batch of six tensors: int64, and bool for the mask",
        "shapes": "numbers (B, T), options (B, K, U), their lengths (B,) and (B, K), mask (B, K), answers (B,)",
        "one problem with one option": "nothing to fill up: T and U are the lengths of what encode gives",
        "one problem with two options": "the shorter option is filled up with PAD at its end",
        "as many options of the same length": "nothing to fill up: the mask is True everywhere",
        "numbers": "one row for each problem: what encode gives, then PAD",
        "number_lengths": "how many symbols encode gives for each number",
        "options": "options[b, k] is option k of problem b, then PAD; rows of PAD where there is no option",
        "option_lengths": "how many symbols encode gives for each option; 0 where there is none",
        "mask": "True where there is an option, False where there is none",
        "answers": "the place of the right option of each problem, as it is in the example",
        "options longer than numbers": "T is that of the numbers and U that of the options, whichever is larger",
        "shapes of a batch after a larger one": "T, K and U are as large as this batch needs",
        "the examples": "fill up a copy: the lists of the examples stay as they are",
    },
    judge_cases,
)

CHECKS = [TO_DIGITS, MAKE_EXAMPLE, COLLATE]
