"""Whether two decoded observations say the same, and how to show one to a person."""

from __future__ import annotations

from typing import Any

import numpy as np

from course_lib.observation import Raised, Unsupported

RTOL = 1e-4  # float32 against float64 over a few hundred additions
ATOL = 1e-6


def agree(observed: Any, expected: Any, rtol: float = RTOL, atol: float = ATOL) -> bool:
    """Whether two decoded values are the same up to dtype, container type and rounding.

    Lists, tuples and arrays are compared by content and shape; a 0-d array is a number; exceptions by type.

    >>> agree([1, 2.0], np.array([1, 2], dtype="int8"))
    True
    >>> agree({1: 0.5}, {"1": 0.5})
    False
    """
    if isinstance(expected, Raised) or isinstance(observed, Raised):
        both = isinstance(expected, Raised) and isinstance(observed, Raised)
        return both and observed.type == expected.type
    if isinstance(expected, Unsupported) or isinstance(observed, Unsupported):
        both = isinstance(expected, Unsupported) and isinstance(observed, Unsupported)
        return both and observed == expected
    if isinstance(expected, dict) or isinstance(observed, dict):
        both = isinstance(expected, dict) and isinstance(observed, dict)
        return both and _agree_dicts(observed, expected, rtol, atol)
    if _is_text(expected) or _is_text(observed):
        return type(observed) is type(expected) and observed == expected
    numbers, wanted = _as_numbers(observed), _as_numbers(expected)
    if numbers is not None and wanted is not None:
        return numbers.shape == wanted.shape and np.allclose(numbers, wanted, rtol, atol, equal_nan=True)
    if isinstance(expected, list) and isinstance(observed, list):
        return len(observed) == len(expected) and all(
            agree(a, b, rtol, atol) for a, b in zip(observed, expected, strict=True)
        )
    return False


def _agree_dicts(observed: dict, expected: dict, rtol: float, atol: float) -> bool:
    if {(type(key) is str, key) for key in observed} != {(type(key) is str, key) for key in expected}:
        return False
    return all(agree(observed[key], expected[key], rtol, atol) for key in expected)


def _is_text(value: Any) -> bool:
    return value is None or isinstance(value, str)


def _as_numbers(value: Any) -> np.ndarray | None:
    """The value as a numeric array, or None where it is not all numbers of one shape."""
    if not _all_numbers(value):
        return None  # before numpy makes an array of texts, which are all as wide as the widest
    try:
        array = np.asarray(value)
        return array.astype(float) if array.dtype.kind in "biuf" else None
    except ValueError:
        return None


def _all_numbers(value: Any) -> bool:
    return all(map(_all_numbers, value)) if isinstance(value, list) else isinstance(value, int | float | np.ndarray)


def describe(value: Any, width: int = 100) -> str:
    """One line for a person.

    >>> describe(np.zeros(2, dtype="float32"))
    'array([0., 0.]), shape (2,)'
    """
    if isinstance(value, Raised):
        text = f"{value.type}: {value.message}" if value.message else value.type
    elif isinstance(value, Unsupported):
        text = f"an object of type {value.type}"
    elif isinstance(value, np.ndarray):
        body = np.array2string(value, precision=4, separator=", ", threshold=8, edgeitems=3 if value.ndim < 3 else 1)
        text = f"array({' '.join(body.split())}), shape {value.shape}"
    elif isinstance(value, float):
        text = f"{value:.6g}"
    elif isinstance(value, dict):
        text = "{" + ", ".join(f"{key!r}: {describe(item)}" for key, item in value.items()) + "}"
    elif isinstance(value, list):
        text = "[" + ", ".join(describe(item) for item in value) + "]"
    else:
        text = repr(value)
    text = "".join(letter if letter.isprintable() else "\ufffd" for letter in " ".join(text.split()))
    return text if len(text) <= width else text[: width - 3] + "..."
