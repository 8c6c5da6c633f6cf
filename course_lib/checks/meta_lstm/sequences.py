"""Checks of `meta_lstm`, parts 1 and 2: sequences in made-up languages, batches of them, and what can be known.

Sequences are random, and right answers draw in different orders. So what is observed is what every right answer has in
common: where the tokens stand, which language is spoken, and whether words look uniform and independent.
"""

from __future__ import annotations

import gc
import random
from collections.abc import Callable, Iterable, Sequence
from types import FrameType
from typing import Any

import numpy as np
import torch
from torch.overrides import TorchFunctionMode

from course_lib import untouched
from course_lib.checks.base import Check, judge_cases
from course_lib.checks.observers import Inputs, Observed, kind, seeded
from course_lib.checks.recurrent_networks.writing import fixed_coins
from course_lib.checks.replay import Record, bare
from course_lib.checks.text_classification.recurrent import changes
from course_lib.data.languages import Game
from course_lib.observation import Raised, attempt

# --- tests of random numbers -------------------------------------------------------------------------------


def uniform(counts: np.ndarray) -> bool:
    """Whether counts may well come from a uniform distribution: a chi-square test that errs once in 10^9 times."""
    free = counts.size - 1
    if free < 1:
        return True
    expected = counts.sum() / counts.size
    statistic = float(((counts - expected) ** 2).sum()) / expected
    return statistic < free * (1 - 2 / (9 * free) + 6 * (2 / (9 * free)) ** 0.5) ** 3  # Wilson & Hilferty (1931)


def often(values: Any, size: int) -> str:
    """Whether the numbers 0 to `size` - 1 are equally frequent."""
    found = np.asarray(values).ravel()
    if found.size and found.max() >= size:
        return "some more often than others"
    counts = np.bincount(found, minlength=size)
    return "equally often" if uniform(counts) else "some more often than others"


def together(first: Any, second: Any, sizes: tuple[int, int]) -> str:
    """Whether pairs of uniform numbers look independent."""
    one, other = np.asarray(first).ravel(), np.asarray(second).ravel()
    table = np.zeros(sizes, dtype="int64")
    np.add.at(table, (one, other), 1)
    if uniform(table):
        return "independent"
    return "always equal" if (one == other).all() else "never equal" if (one != other).all() else "not independent"


def same(one: torch.Tensor, other: torch.Tensor) -> str:
    """In words, whether two results are equal."""
    return "the same" if torch.equal(one, other) else "another one"


def global_states() -> dict[str, Any]:
    """The states of the global generators."""
    numpy_state: Any = np.random.get_state()
    return {
        "torch": torch.get_rng_state().tolist(),
        "numpy": [part.tolist() if isinstance(part, np.ndarray) else part for part in numpy_state],
        "random": random.getstate(),
    }


def generator_cases(draw: Callable[..., torch.Tensor], state: int) -> Observed:
    """Where random numbers come from. draw: called with a generator or nothing, gives what the student's code makes."""

    def given(number: int, coins: int) -> torch.Tensor:
        with fixed_coins(coins):
            return draw(torch.Generator().manual_seed(number))

    def free(number: int, coins: int, *nothing: None) -> torch.Tensor:
        with fixed_coins(coins):
            torch.manual_seed(number)
            return draw(*nothing)

    def in_a_row(*generators: torch.Generator) -> list[str]:
        with fixed_coins():
            one, two, three = (draw(*generators) for _ in range(3))
        return [same(one, two), same(two, three)]

    def touched() -> list[str]:
        with fixed_coins():
            before = global_states()
            draw(torch.Generator().manual_seed(state))
            after = global_states()
        return [name for name in before if before[name] != after[name]]

    yield (
        "a generator in the same state, in another state",
        attempt(lambda: [same(given(state, 1), given(state, 2)), same(given(state, 1), given(state + 1, 1))]),
    )
    yield "three calls with one generator", attempt(lambda: in_a_row(torch.Generator().manual_seed(state)))
    yield "global generators that it uses, though it has one", attempt(touched)
    yield (
        "no generator, torch.manual_seed the same, another one",
        attempt(lambda: [same(free(state, 1), free(state, 2, None)), same(free(state, 1), free(state + 1, 1))]),
    )
    yield "three calls without a generator", attempt(in_a_row)


GENERATOR_HINTS = {
    "a generator in the same state, in another state": "generator=generator wherever something is drawn",
    "three calls with one generator": "draw anew in every call; set no seed inside the function",
    "global generators that it uses, though it has one": "all random numbers come from `generator`",
    "no generator, torch.manual_seed the same, another one": "generator=None is torch's global generator: pass it on",
    "three calls without a generator": "draw anew in every call; set no seed inside the function",
}

# --- what a sequence says ----------------------------------------------------------------------------------

INSIDE = frozenset(
    {"what it returns", "global generators that it uses, though it has one", "arguments that it changes"}
)
Words = list[list[int]]  # (K, T): the words of each example
IN_ONE, BACKWARDS = "in the language", "in the language, but each translation in reverse order"


def examples_of(game: Game, sequence: torch.Tensor) -> tuple[Words, Words]:
    """The source words and their translations, by example. Raises: ValueError: not S tokens."""
    if len(sequence) != game.length:
        raise ValueError(f"{len(sequence)} tokens; a sequence has {game.length}")
    tokens = sequence.tolist()
    starts = range(0, game.length - 1, game.span)
    middle = game.num_words + 1
    sources = [tokens[start + 1 : start + middle] for start in starts]
    return sources, [tokens[start + middle + 1 : start + game.span] for start in starts]


def pairs_of(sources: Words, targets: Words, step: int = 1) -> set[tuple[int, int]]:
    """Which word stands for which. step: -1 reads each translation from its end."""
    return {
        pair
        for source, target in zip(sources, targets, strict=True)
        for pair in zip(source, target[::step], strict=True)
    }


def one_for_each(pairs: set[tuple[int, int]]) -> bool:
    """Whether each word has one translation only."""
    return len(pairs) == len({source for source, _ in pairs})


def translation(language: Sequence[int], sources: Words, targets: Words) -> str:
    """How the examples of a sequence are translated."""
    dictionary = set(enumerate(language))
    if pairs_of(sources, targets) <= dictionary:
        return IN_ONE
    if pairs_of(sources, targets, -1) <= dictionary:
        return BACKWARDS
    words = dict(dictionary)
    if all(
        sorted(words.get(word, -1) for word in source) == sorted(target)
        for source, target in zip(sources, targets, strict=True)
    ):
        return "the right words, in another order"
    pairs = pairs_of(sources, targets)
    if one_for_each(pairs):
        return "in another language"
    if all(one_for_each(pairs_of([source], [target])) for source, target in zip(sources, targets, strict=True)):
        return "in languages that change from example to example"
    return "in no language: one word has several translations"


# --- make_sequence -----------------------------------------------------------------------------------------

LONG = 300  # examples


def sizes_of(rng: np.random.Generator) -> tuple[int, int]:
    """L and R, R being larger."""
    num_left = int(rng.integers(3, 5))
    return num_left, num_left + int(rng.integers(1, 4))


def a_language(rng: np.random.Generator, num_left: int, num_right: int) -> list[int]:
    """A right word for each left word; no language that one finds by sorting."""
    while True:
        words = (rng.permutation(num_right)[:num_left] + num_left).tolist()
        if words != sorted(words) and words != sorted(words, reverse=True):
            return words


def sequence_inputs(seed: int) -> Inputs:
    """Games and a language for each."""
    rng = seeded(seed, 91)
    num_left, num_right = sizes_of(rng)
    num_words = int(rng.integers(2, 4))
    return {
        "short": [int(rng.integers(3, 6)), num_left, num_right, num_words],
        "long": [LONG, num_left, num_right, 3],
        "language": a_language(rng, num_left, num_right),
        "square": [LONG, 4, 4, 2],  # as many right words as left ones
        "square_language": a_language(rng, 4, 4),
        "state": int(rng.integers(1000)),
    }


def observe_make_sequence(inputs: Inputs, make_sequence: Any) -> Observed:
    """Sequences, short ones and long ones."""
    short, long, square = (Game(*inputs[name]) for name in ("short", "long", "square"))
    language, state = torch.tensor(inputs["language"]), inputs["state"]

    def make(game: Game, words: torch.Tensor = language, number: int = state) -> torch.Tensor:
        with fixed_coins():
            return torch.as_tensor(make_sequence(game, words.clone(), torch.Generator().manual_seed(number)))

    def returned() -> list[Any]:
        found = make_sequence(short, language.clone(), torch.Generator().manual_seed(state))
        return [kind(found), list(np.shape(found))]

    def places(token: int) -> list[int]:
        return (make(short) == token).nonzero().flatten().tolist()

    def sources() -> np.ndarray:
        words = np.array(examples_of(long, make(long))[0])
        if not (words.min() >= 0 and words.max() < long.num_left):
            raise ValueError(f"source words from {words.min()} to {words.max()}, where L = {long.num_left}")
        return words

    def words_used(which: int) -> list[int]:
        return sorted({word for example in examples_of(long, make(long))[which] for word in example})

    def neighbours(shift: int) -> str:
        words = sources()
        first, second = (words[:, :-shift], words[:, shift:]) if shift else (words[:-1], words[1:])
        return together(first, second, (long.num_left, long.num_left))

    def in_place() -> list[str]:
        def on(words: torch.Tensor) -> None:
            make_sequence(short, words, torch.Generator().manual_seed(state))

        return changes(on, {"language": language})

    yield "what it returns", attempt(returned)
    yield "one example of one word, L = R = 1", attempt(lambda: make(Game(1, 1, 1, 1), torch.tensor([1])).tolist())
    yield "two examples of two words, L = 1, R = 3", attempt(lambda: make(Game(2, 1, 3, 2), torch.tensor([2])).tolist())
    yield "where SOH stands", attempt(places, short.soh)
    yield "where STX stands", attempt(places, short.stx)
    yield "source words of a long sequence", attempt(words_used, 0)
    yield "translated words of a long sequence", attempt(words_used, 1)
    yield "the translations", attempt(lambda: translation(inputs["language"], *examples_of(long, make(long))))
    yield (
        "the translations where L = R",
        attempt(
            lambda: translation(
                inputs["square_language"],
                *examples_of(square, make(square, torch.tensor(inputs["square_language"]))),
            )
        ),
    )
    yield "how often each source word comes", attempt(lambda: often(sources(), long.num_left))
    yield "how often each comes first", attempt(lambda: often(sources()[:, 0], long.num_left))
    yield "source words one after the other", attempt(neighbours, 1)
    yield "first and third source words", attempt(neighbours, 2)
    yield "source words of neighbouring examples", attempt(neighbours, 0)
    yield from generator_cases(lambda *given: make_sequence(short, language.clone(), *given), state)
    yield "arguments that it changes", attempt(in_place)


MAKE_SEQUENCE = Check(
    "meta_lstm.make_sequence",
    sequence_inputs,
    observe_make_sequence,
    {
        "what it returns": "one row of S = K(2T + 2) + 1 tokens: a 1-d int64 tensor",
        "one example of one word, L = R = 1": "SOH, the source, STX, its translation; SOH once more at the end",
        "two examples of two words, L = 1, R = 3": "the translation of word i is language[i], which is a token already",
        "where SOH stands": "before each of the K examples, and once more at the very end; its token is game.soh",
        "where STX stands": "between the T words of a source and their translation; its token is game.stx",
        "source words of a long sequence": "source words are 0 to L - 1, and all of them come",
        "translated words of a long sequence": "translations are words of the language, from L on",
        "the translations": "word t of a translation is language[word t of its source], for all examples alike",
        "the translations where L = R": "word t of a translation is language[word t of its source]",
        "how often each source word comes": "each word of 0 to L - 1 with the same probability",
        "how often each comes first": "each word of 0 to L - 1 with the same probability, at each place",
        "source words one after the other": "draw the T words independently: a word may come twice",
        "first and third source words": "draw the T words independently: a word may come twice",
        "source words of neighbouring examples": "draw the words of each example anew",
        **GENERATOR_HINTS,
        "arguments that it changes": "no operation in place on the language",
    },
    judge_cases,
    record=Record(INSIDE),
)

# --- make_batch --------------------------------------------------------------------------------------------


class PythonSteps(TorchFunctionMode):
    """Counts the instructions that Python executes, and with them the calls of torch."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def __torch_function__(self, func: Any, types: Iterable[Any], args: Any = (), kwargs: Any = None) -> Any:
        return func(*args, **(kwargs or {}))

    def _trace(self, frame: FrameType, event: str, argument: Any) -> Any:
        frame.f_trace_opcodes, frame.f_trace_lines = True, False
        self.count += event == "opcode"
        return self._trace


def steps(function: Callable[[], Any]) -> tuple[int, Any]:
    """Python's instructions in a call that is not the first one of its kind, and what that call gives."""
    function()
    before, before_of_threads, collecting = untouched.gettrace(), untouched.gettrace_of_threads(), gc.isenabled()
    gc.disable()
    counts = []
    try:
        for _ in range(2):
            with PythonSteps() as counted:
                untouched.settrace_of_threads(counted._trace)
                untouched.settrace(counted._trace)
                try:
                    found = function()
                finally:
                    untouched.settrace(before)
                    untouched.settrace_of_threads(before_of_threads)
            counts.append(counted.count)
    finally:
        if collecting:
            gc.enable()
    return min(counts), found


def elsewhere(function: Callable[[], Any]) -> float:
    """Seconds that other threads compute during a call."""
    process, thread = untouched.process_time(), untouched.thread_time()
    function()
    return (untouched.process_time() - process) - (untouched.thread_time() - thread)


def apart(rng: np.random.Generator, number: int, num_left: int, num_right: int) -> list[list[int]]:
    """Languages that differ in every word, so that one word tells which is spoken. number: at most R."""
    words = rng.permutation(num_right) + num_left
    shifts = rng.permutation(num_right)[:number]
    order = rng.permutation(num_left)
    return [[int(words[(place + shift) % num_right]) for place in order] for shift in shifts]


def batch_inputs(seed: int) -> Inputs:
    """Games and tables of languages."""
    rng = seeded(seed, 92)
    num_left, num_right = sizes_of(rng)
    return {
        "short": [int(rng.integers(3, 5)), num_left, num_right, int(rng.integers(2, 4))],
        "long": [6, num_left, num_right, 3],
        "languages": apart(rng, num_left, num_left, num_right),
        "state": int(rng.integers(1000)),
    }


def observe_make_batch(inputs: Inputs, make_batch: Any) -> Observed:
    """Batches, small ones and a large one."""
    short, long = Game(*inputs["short"]), Game(*inputs["long"])
    table, state = inputs["languages"], inputs["state"]
    languages = torch.tensor(table)
    rows, number = 500, len(table)

    def make(game: Game, some: torch.Tensor, size: int) -> torch.Tensor:
        with fixed_coins():
            found = torch.as_tensor(make_batch(game, some.clone(), size, torch.Generator().manual_seed(state)))
        if list(found.shape) != [size, game.length]:
            raise ValueError(f"shape {tuple(found.shape)}, not {(size, game.length)}")
        return found

    def returned(size: int, some: torch.Tensor = languages) -> list[Any]:
        found = make_batch(short, some.clone(), size, torch.Generator().manual_seed(state))
        return [kind(found), list(np.shape(found))]

    def places(token: int) -> list[list[int]]:
        found = [(row == token).nonzero().flatten().tolist() for row in make(short, languages, 3)]
        return found[0] if all(row == found[0] for row in found) else found

    def examples() -> list[tuple[Words, Words]]:
        return [examples_of(long, row) for row in make(long, languages, rows)]

    def sources() -> np.ndarray:
        words = np.array([row[0] for row in examples()])  # (B, K, T)
        if not (words.min() >= 0 and words.max() < long.num_left):
            raise ValueError(f"source words from {words.min()} to {words.max()}, where L = {long.num_left}")
        return words

    def spoken() -> np.ndarray:
        found = [speaks(table, *row) for row in examples()]
        if None in found:
            raise ValueError(f"sequences are {translations(table, examples())}")
        return np.array(found)

    def in_pairs() -> list[str]:
        """The languages of many batches of two sequences."""
        generator = torch.Generator().manual_seed(state)
        first, second = [], []
        with fixed_coins():
            for _ in range(300):
                batch = torch.as_tensor(make_batch(short, languages.clone(), 2, generator))
                numbers = [speaks(table, *examples_of(short, row)) for row in batch]
                first.append(numbers[0])
                second.append(numbers[1])
        return [often(first, number), together(first, second, (number, number))]

    def same_state() -> dict[str, str]:
        """What stays the same where only the global generators are in another state."""
        found = []
        for coins in (1, 2):
            with fixed_coins(coins):
                batch = make_batch(long, languages.clone(), 20, torch.Generator().manual_seed(state))
            rows = [examples_of(long, row) for row in torch.as_tensor(batch)]
            found.append(([speaks(table, *row) for row in rows], [row[0] for row in rows]))
        pairs = zip(("languages", "source words"), *found, strict=True)
        return {name: "the same" if one == other else "others" for name, one, other in pairs}

    def neighbours(axis: int) -> str:
        words = np.moveaxis(sources(), axis, 0)
        return together(words[:-1], words[1:], (long.num_left, long.num_left))

    def in_place() -> list[str]:
        def on(some: torch.Tensor) -> None:
            make_batch(short, some, 4, torch.Generator().manual_seed(state))

        return changes(on, {"languages": languages})

    def loops() -> list[str]:
        def count(size: int, num_examples: int, num_words: int) -> int:
            game = short._replace(num_examples=num_examples, num_words=num_words)
            make_it = bare(make_batch)
            taken, found = steps(lambda: make_it(game, languages.clone(), size, torch.Generator().manual_seed(state)))
            rows = torch.as_tensor(attempt(lambda: found))
            if rows.shape[:1] != (size,) or translations(table, [examples_of(game, row) for row in rows]) != IN_TABLE:
                raise ValueError("while its steps are counted, it gives something else")
            return taken

        few, more = 3, 20
        base = count(few, few, few)
        larger = {"sequences": (more, few, few), "examples": (few, more, few), "words": (few, few, more)}
        found = [name for name, grown in larger.items() if count(*grown) >= base + more - few]
        if not found and elsewhere(lambda: bare(make_batch)(long, languages.clone(), 10_000)) > 0.05:
            found = ["sequences, in another thread"]
        return found

    yield "what it returns", attempt(returned, 3)
    yield "one sequence", attempt(returned, 1)
    yield "more sequences than languages, one language", attempt(returned, 7, languages[:1])
    yield "L = R = 1", attempt(lambda: make(Game(1, 1, 1, 1), torch.tensor([[1]]), 2).tolist())
    yield (
        "two examples of two words, L = 1, R = 3",
        attempt(lambda: make(Game(2, 1, 3, 2), torch.tensor([[2]]), 2).tolist()),
    )
    yield "where SOH stands", attempt(places, short.soh)
    yield "where STX stands", attempt(places, short.stx)
    yield "source words of a large batch", attempt(lambda: sorted({w for row in examples() for e in row[0] for w in e}))
    yield (
        "the translations, one language",
        attempt(lambda: translations(table[:1], [examples_of(short, row) for row in make(short, languages[:1], 40)])),
    )
    yield "the translations", attempt(lambda: translations(table, examples()))
    yield "languages that are spoken", attempt(lambda: sorted(set(spoken().tolist())))
    yield "how often each language comes", attempt(lambda: often(spoken(), number))
    yield "languages of neighbouring sequences", attempt(lambda: together(spoken()[:-1], spoken()[1:], (number,) * 2))
    yield "languages of many batches of two", attempt(in_pairs)
    yield "how often each source word comes", attempt(lambda: often(sources(), long.num_left))
    yield "source words one after the other", attempt(neighbours, 2)
    yield "source words of neighbouring examples", attempt(neighbours, 1)
    yield "source words of neighbouring sequences", attempt(neighbours, 0)
    yield (
        "languages and first source words",
        attempt(lambda: together(spoken(), sources()[:, 0, 0], (number, long.num_left))),
    )
    yield "the same generator, other global ones", attempt(same_state)
    yield from generator_cases(lambda *given: make_batch(short, languages.clone(), 4, *given), state)
    yield "arguments that it changes", attempt(in_place)
    yield "what Python loops over", attempt(loops)


IN_TABLE = "each in one language of the table"


def speaks(table: list[list[int]], sources: Words, targets: Words) -> int | None:
    """The number of the language that a sequence is in."""
    pairs = pairs_of(sources, targets)
    return next((number for number, language in enumerate(table) if pairs <= set(enumerate(language))), None)


def translations(table: list[list[int]], examples: list[tuple[Words, Words]]) -> str:
    """How the sequences of a batch are translated."""

    def all_in_one(rows: Iterable[tuple[Words, Words]]) -> bool:
        return all(speaks(table, *row) is not None for row in rows)

    if all_in_one(examples):
        return IN_TABLE
    if all_in_one((sources, [target[::-1] for target in targets]) for sources, targets in examples):
        return "each in one language of the table, but translations are in reverse order"
    pieces = [([source], [target]) for row in examples for source, target in zip(*row, strict=True)]
    if all_in_one(pieces):
        return "in languages of the table, which change from example to example"
    words = {pair for sources, targets in examples for pair in pairs_of(sources, targets)}
    if words <= {pair for language in table for pair in enumerate(language)}:
        return "in languages of the table, which change from word to word"
    if all(one_for_each(pairs_of(*row)) for row in examples):
        return "each in one language, but not of the table"
    return "in no language: one word has several translations"


MAKE_BATCH = Check(
    "meta_lstm.make_batch",
    batch_inputs,
    observe_make_batch,
    {
        "what it returns": "an int64 tensor (B, S): a row for each sequence",
        "one sequence": "a batch of one has the shape (1, S)",
        "more sequences than languages, one language": "a language may be drawn for several sequences",
        "L = R = 1": "each row: SOH, the source, STX, its translation; SOH once more at the end",
        "two examples of two words, L = 1, R = 3": "the translation of word i is language[i], which is a token already",
        "where SOH stands": "before each of the K examples, and once more at the very end of each row",
        "where STX stands": "between the T words of a source and their translation",
        "source words of a large batch": "source words are 0 to L - 1, and all of them come",
        "the translations, one language": "word t of a translation is language[word t of its source]",
        "the translations": "each row is in one language of the table, in all its examples",
        "languages that are spoken": "every row of the table may be drawn",
        "how often each language comes": "each row of the table with the same probability",
        "languages of neighbouring sequences": "draw a language for each sequence, independently of the others",
        "languages of many batches of two": "draw a language for each sequence: the first ones need not be different",
        "how often each source word comes": "each word of 0 to L - 1 with the same probability",
        "source words one after the other": "draw the T words of a source independently: a word may come twice",
        "source words of neighbouring examples": "draw the words of each example anew: (B, K, T) of them",
        "source words of neighbouring sequences": "draw the words of each sequence anew: (B, K, T) of them",
        "languages and first source words": "languages and words are drawn independently of each other",
        "the same generator, other global ones": "generator=generator in both draws: of languages and of words",
        **GENERATOR_HINTS,
        "arguments that it changes": "no operation in place on the languages",
        "what Python loops over": "draw all (B, K, T) words at once; one indexing translates them, one cat joins all",
    },
    judge_cases,
    record=Record(INSIDE | {"what Python loops over"}),
)

# --- best_possible -----------------------------------------------------------------------------------------

PARTS = ("losses", "accuracies")


def possible_inputs(seed: int) -> Inputs:
    """Sizes of games: K, L, R, T."""
    rng = seeded(seed, 93)
    left = int(rng.integers(3, 6))
    return {
        "first": [1, left, left + int(rng.integers(1, 4)), 1],
        "sentence": [1, left, left + int(rng.integers(1, 4)), 4],
        "single": [5, left, left + int(rng.integers(1, 4)), 1],
        "square": [4, int(rng.integers(3, 6)), 0, 2],  # R = L
        "whole": [int(rng.integers(4, 7)), int(rng.integers(3, 6)), int(rng.integers(6, 9)), 3],
    }


def observe_best_possible(inputs: Inputs, best_possible: Any) -> Observed:
    """Losses and accuracies of several games."""
    games = {name: Game(*sizes) for name, sizes in inputs.items()}
    games["square"] = games["square"]._replace(num_right=games["square"].num_left)
    whole = games["whole"]

    def shapes() -> Any:
        found = attempt(best_possible, whole)
        return [list(np.shape(part)) for part in found] if isinstance(found, list | np.ndarray) else found

    def part(which: int, game: Game) -> Any:
        found = attempt(lambda: list(best_possible(game))[which])
        return found if isinstance(found, Raised) else attempt(np.asarray, found, "float64")

    def last(which: int) -> Any:
        found = part(which, Game(40, 3, 5, 2))
        return found[-1] if isinstance(found, np.ndarray) and found.ndim else found

    yield "the two parts that it returns", attempt(shapes)
    for which, name in enumerate(PARTS):
        yield f"{name}, one word, L = R = 1", part(which, Game(1, 1, 1, 1))
        yield f"{name}, one word", part(which, games["first"])
        yield f"{name}, two words, L = R = 2", part(which, Game(1, 2, 2, 2))
        yield f"{name}, one example of four words", part(which, games["sentence"])
        yield f"{name}, five examples of one word", part(which, games["single"])
        yield f"{name}, as many right words as left ones", part(which, games["square"])
        yield f"{name}, L = 1, more right words", part(which, Game(2, 1, 4, 2))
        yield f"{name}, a whole game", part(which, whole)
        yield f"{name}, after 39 examples", last(which)


BEST_POSSIBLE = Check(
    "meta_lstm.best_possible",
    possible_inputs,
    observe_best_possible,
    {
        "the two parts that it returns": "a pair (losses, accuracies), each (K, T)",
        "losses, one word, L = R = 1": "there is one right word only: 0, which is ln 1",
        "losses, one word": "nothing is known: one of R words, so ln R (the natural logarithm)",
        "losses, two words, L = R = 2": "ln 2, then 0: a right word is used once, so the other one is left",
        "losses, one example of four words": "the words translated before in the same example are known as well",
        "losses, five examples of one word": "before word n there are n - 1 words, and some of them are the same",
        "losses, as many right words as left ones": "sum over d of P(d) (1 - d / L) ln(R - d); at d = L the term is 0",
        "losses, L = 1, more right words": "ln R at the first word, 0 from then on",
        "losses, a whole game": "entry [k, t] is that of word n = kT + t, before which n words were translated",
        "losses, after 39 examples": "nearly 0, but not exactly",
        "accuracies, one word, L = R = 1": "there is one right word only: 1",
        "accuracies, one word": "nothing is known, but a guess is right in one of R cases",
        "accuracies, two words, L = R = 2": "1 / 2, then 1: a right word is used once, so the other one is left",
        "accuracies, one example of four words": "sum over d of P(d) (d / L + (1 - d / L) / (R - d))",
        "accuracies, five examples of one word": "before word n there are n - 1 words, and some of them are the same",
        "accuracies, as many right words as left ones": "at d = L every word is known; there is nothing to guess",
        "accuracies, L = 1, more right words": "1 / R at the first word, 1 from then on",
        "accuracies, a whole game": "entry [k, t] is that of word n = kT + t",
        "accuracies, after 39 examples": "nearly 1, but not exactly",
    },
    judge_cases,
)

CHECKS: list[Check] = [MAKE_SEQUENCE, MAKE_BATCH, BEST_POSSIBLE]
