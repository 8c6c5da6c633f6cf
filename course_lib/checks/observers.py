"""What several observers use."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import torch

Observed = Iterator[tuple[str, Any]]
Inputs = dict[str, Any]


def seeded(seed: int, stream: int) -> np.random.Generator:
    """The random numbers of one check for a seed."""
    return np.random.default_rng([seed, stream])


def words_like(rng: np.random.Generator, sizes: list[int], letters: str = "abcdefghiklmnoprstu") -> list[str]:
    """Nonsense words of these lengths, no letter twice in a row."""
    words = []
    for size in sizes:
        word = ""
        while len(word) < size:
            letter = str(rng.choice(list(letters)))
            word += letter if not word.endswith(letter) else ""
        words.append(word)
    return words


def kind(value: Any) -> str:
    """What sort of value the student returned, with its dtype where it has one.

    >>> kind([1]), kind(np.zeros(2, dtype="float32"))
    ('list', 'array of float32')
    """
    if isinstance(value, torch.Tensor):
        return f"tensor of {value.dtype}".replace("torch.", "")
    if isinstance(value, np.ndarray):
        return f"array of {value.dtype}"
    if isinstance(value, Exception):
        return f"{type(value).__name__}: {value}"[:100]
    return type(value).__name__


def parts_of(function: Callable[..., Any], *args: Any) -> list[Any]:
    """The parts of what the student's function returns, as they are; or the exception."""
    try:
        return list(function(*args))
    except Exception as error:
        return [error]


def number(value: Any) -> str:
    """`float` for a Python float or one of a subclass, such as numpy's float64; else the kind.

    >>> number(1.5), number(np.float64(1.5)), number(1)
    ('float', 'float', 'int')
    """
    return "float" if isinstance(value, float) else kind(value)


@contextmanager
def unset_memory_is_nan() -> Iterator[None]:
    """Inside, floats that `torch.empty` gives are nan; else they may be numbers of a layer that was there before."""
    before = torch.are_deterministic_algorithms_enabled()
    torch.use_deterministic_algorithms(True)  # fills new memory, by default
    try:
        yield
    finally:
        torch.use_deterministic_algorithms(before)


def flat(lists: list[list[int]]) -> tuple[torch.Tensor, torch.Tensor]:
    """All indices in one row, and where each list starts."""
    starts = np.cumsum([0, *map(len, lists)])[: len(lists)]
    return torch.tensor([index for indices in lists for index in indices], dtype=torch.int64), torch.tensor(starts)
