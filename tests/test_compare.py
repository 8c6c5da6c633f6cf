"""Two observations agree by content and shape, not by container or dtype; what a person sees is one short line."""

import itertools
import math

import numpy as np
import pytest

from course_lib.compare import ATOL, RTOL, agree, describe
from course_lib.observation import Raised, Unsupported

DTYPES = "int8 int64 uint8 float16 float32 float64".split()


@pytest.mark.parametrize(("one", "other"), itertools.product(DTYPES, repeat=2))
def test_the_dtype_does_not_matter(one, other):
    assert agree(np.array([[1, 2], [3, 4]], dtype=one), np.array([[1, 2], [3, 4]], dtype=other))


@pytest.mark.parametrize(
    ("observed", "expected"),
    [
        ([1, 2.0], np.array([1.0, 2.0])),
        ([[1, 2], [3, 4]], np.array([[1, 2], [3, 4]])),
        ([np.array([1, 2]), [3, 4]], np.array([[1, 2], [3, 4]])),
        (3, 3.0),
        (np.array(3), 3.0),
        (1, True),
        ([], np.zeros(0)),
        (math.nan, np.array(math.nan)),
        ([math.inf, math.nan], np.array([math.inf, math.nan])),
        ({1: [1, 2]}, {1: np.array([1.0, 2.0])}),
        ({1: 0.5}, {1.0: 0.5}),
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}),
        ([[1], [2, 3]], [np.array([1]), np.array([2.0, 3.0])]),
        (["a", None, 1.0], ["a", None, 1]),
        (None, None),
        ({}, {}),
    ],
    ids=str,
)
def test_the_container_does_not_matter(observed, expected):
    assert agree(observed, expected)
    assert agree(expected, observed)


@pytest.mark.parametrize(
    ("observed", "expected"),
    [
        (np.ones((1, 5)), np.ones(5)),
        (np.ones((5, 1)), np.ones(5)),
        (np.ones((2, 3)), np.ones((3, 2))),
        ([1.0], 1.0),
        ([[]], []),
        ([], None),
        ([], {}),
        (0, None),
        (0, ""),
        (1, "1"),
        (["1"], [1]),
        ("a", ["a"]),
        ("a", "A"),
        ({1: 0.5}, {"1": 0.5}),
        ({1: 0.5}, {1: 0.5, 2: 0.5}),
        ({1: 0.5}, [0.5]),
        ([[1], [2, 3]], [[1, 2], [3]]),
        ([[1], [2, 3]], [[1], [2, 3], []]),
        ([1, 2, "a"], [1, 2]),
        (math.nan, 0.0),
        (math.inf, -math.inf),
        (math.inf, 1e300),
        (2**62, 0),
    ],
    ids=str,
)
def test_shape_type_and_value_do_matter(observed, expected):
    assert not agree(observed, expected)
    assert not agree(expected, observed)


@pytest.mark.parametrize("scale", [1e-3, 1.0, 1e6])
def test_numbers_agree_up_to_the_tolerance_and_not_beyond(scale):
    tolerance = ATOL + RTOL * scale
    assert agree(scale + 0.9 * tolerance, scale)
    assert agree(scale - 0.9 * tolerance, scale)
    assert not agree(scale + 1.1 * tolerance, scale)
    assert not agree(scale - 1.1 * tolerance, scale)


def test_near_zero_the_absolute_tolerance_holds():
    assert agree(0.9 * ATOL, 0.0)
    assert not agree(1.1 * ATOL, 0.0)


def test_one_number_beyond_the_tolerance_is_enough():
    assert not agree([1.0] * 99 + [1.01], np.ones(100))


def test_the_tolerance_reaches_into_dicts_and_ragged_lists():
    assert agree({1: [1.05]}, {1: [1.0]}, rtol=0.1)
    assert agree([[1.05], [1, 2]], [[1.0], [1, 2]], rtol=0.1)
    assert not agree({1: [1.05]}, {1: [1.0]})


def test_errors_agree_by_type_whatever_they_say():
    assert agree(Raised("KeyError", "'a'"), Raised("KeyError", "'b'"))
    assert not agree(Raised("KeyError", "x"), Raised("ValueError", "x"))
    assert agree([Raised("KeyError", "a"), 1], [Raised("KeyError", "b"), 1])


@pytest.mark.parametrize("value", [None, 0.0, "KeyError", [], {}, np.zeros(2), Unsupported("KeyError")], ids=str)
def test_an_error_is_no_value(value):
    assert not agree(Raised("KeyError", ""), value)
    assert not agree(value, Raised("KeyError", ""))


def test_unsupported_values_agree_by_type_only():
    assert agree(Unsupported("set"), Unsupported("set"))
    assert not agree(Unsupported("set"), Unsupported("map"))
    assert not agree(Unsupported("set"), [])
    assert not agree([], Unsupported("set"))


WORST = [
    [10**400, 0.5],
    [[10**400]],
    [2**63, -1],
    [True, "a", None, 1.5],
    [{"a": 1}, [1]],
    [[[[[[[[[[[[1]]]]]]]]]]]],
    [np.zeros((0, 2**31)), np.zeros((0, 2**31))],
    [np.zeros((2, 3)), np.zeros((3, 2))],
    [np.zeros(2), 1],
    {2**60: 1, "x": [np.zeros(2)], math.nan: 2},
    "\x00",
    np.zeros((1,) * 60),
]


def test_odd_values_never_raise():
    for one, other in itertools.product(WORST, repeat=2):
        assert agree(one, other) in {True, False}
    assert all(describe(value) for value in WORST)


# --- describe ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "None"),
        (3, "3"),
        (0.1 + 0.2, "0.3"),
        (math.nan, "nan"),
        ("it's", '"it\'s"'),
        ([1, "a", [0.5]], "[1, 'a', [0.5]]"),
        ({1: 0.25, "k": []}, "{1: 0.25, 'k': []}"),
        (np.array([0.123456, 2.123456]), "array([0.1235, 2.1235]), shape (2,)"),
        (np.array(1.5), "array(1.5), shape ()"),
        (Raised("KeyError", "'x'"), "KeyError: 'x'"),
        (Raised("KeyError", ""), "KeyError"),
        (Unsupported("set"), "an object of type set"),
    ],
    ids=str,
)
def test_a_value_is_described_as_a_person_writes_it(value, text):
    assert describe(value) == text


LONG = {
    "list": list(range(1000)),
    "nested list": [[list(range(100))] * 100] * 10,
    "dict": {f"key {number}": number for number in range(100)},
    "text": "word " * 1000,
    "lines": "a\nb\r\nc\u2028d\x0be\x85f",
    "matrix": np.arange(10_000.0).reshape(100, 100),
    "many axes": np.zeros((2,) * 12),
    "wide numbers": np.full((3, 3), 1e-300),
    "message of many lines": Raised("ValueError", "one\ntwo\u2029three\r" * 100),
    "name of many lines": Raised("Value\nError" * 30, "x"),
    "unsupported": Unsupported("a\nb" * 50),
    "big integer": 10**4000,
    "texts of many lines": ["a\nb"] * 50,
}


@pytest.mark.parametrize("value", LONG.values(), ids=LONG)
@pytest.mark.parametrize("width", [20, 100])
def test_a_description_is_one_line_of_limited_width(value, width):
    text = describe(value, width)
    assert len(text.splitlines()) == 1
    assert 0 < len(text) <= width


def test_a_cut_description_says_so():
    assert describe("x" * 200).endswith("...")
    assert not describe("short").endswith("...")


@pytest.mark.parametrize(
    "value",
    [
        "\x1b[2Jpassed",
        Raised("E", "\x1b[2J\x1b[1Apassed"),
        Raised("\x1b[1A", "x"),
        Unsupported("\x08\x08"),
        {"\x1b": 1},
    ],
    ids=range(5),
)
def test_a_description_has_no_control_characters(value):
    # An escape sequence could repaint the terminal, and forge a line that says "passed".
    assert describe(value).isprintable()


@pytest.mark.parametrize("value", [np.zeros((0, 3)), np.zeros(3), [], None])
def test_a_value_beside_one_that_cannot_be_carried_differs_without_an_error(value):
    assert agree(value, Unsupported("set")) is False
    assert agree(Unsupported("set"), value) is False
