"""The codec carries plain values exactly, tames every other object, and refuses every malformed text."""

import enum
import itertools
import json
import math
import random
import types
from collections import Counter, OrderedDict, namedtuple

import numpy as np
import pytest
import torch

from course_lib import observation
from course_lib.checks.base import Check, run_observer
from course_lib.errors import ObservationError
from course_lib.observation import Raised, Unsupported, attempt, build, decode, encode, plain

PLAIN = [
    None,
    True,
    False,
    0,
    -7,
    2**63 - 1,
    -(2**63) + 1,
    0.1,
    -1e300,
    5e-324,
    "",
    "naïve → 词 \n\t\"'\\",
    [],
    [[], [1, [2.5, ["x"]]]],
    {},
    {"a": 1, 2: "b", 0.5: [None]},
    {"1": "text", 1: "number"},
    {"$": "array", "v": 3},
    Raised("ValueError", "no"),
    Unsupported("Thing"),
    [Raised("KeyError", "'x'"), {"in": Unsupported("set")}],
]
DTYPES = sorted(observation.DTYPES)


class Number(enum.IntEnum):
    ONE = 1


Point = namedtuple("Point", "x y")


def same(value, other):
    """Equal in type and content, however deep."""
    if type(value) is not type(other):
        return False
    if isinstance(value, list):
        return len(value) == len(other) and all(map(same, value, other))
    if isinstance(value, dict):
        return list(map(type, value)) == list(map(type, other)) and same(list(value.values()), list(other.values()))
    return value == other


# --- round trips -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("value", PLAIN, ids=repr)
def test_plain_values_come_back_as_they_were(value):
    assert same(plain(value), value)
    assert list(plain({"k": value})) == ["k"]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ((1, (2, 3)), [1, [2, 3]]),
        ((n * n for n in range(4)), [0, 1, 4, 9]),
        (Point(1, 2.0), [1, 2.0]),
        (Number.ONE, 1),
        (OrderedDict(b=1, a=2), {"b": 1, "a": 2}),
        (Counter("aab"), {"a": 2, "b": 1}),
        (np.bool_(True), True),
        (np.int8(-3), -3),
        (np.uint64(2**62), 2**62),
        (np.float16(0.5), 0.5),
        (np.float32(0.25), 0.25),
        (np.float64(0.1), 0.1),
        (np.str_("word"), "word"),
        ({np.int64(3): np.float32(0.5)}, {3: 0.5}),
        ([np.float64(1.5), (True, None)], [1.5, [True, None]]),
    ],
    ids=lambda value: type(value).__name__,
)
def test_python_and_numpy_relatives_become_plain(value, expected):
    assert same(plain(value), expected)


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, np.float32("nan"), np.float16("inf")])
def test_floats_that_are_not_finite_survive(value):
    assert type(plain(value)) is float
    np.testing.assert_equal(plain(value), float(value))
    np.testing.assert_equal(plain([{"x": value}]), [{"x": float(value)}])


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("shape", [(), (0,), (3, 0, 2), (1,), (5,), (2, 3, 4)], ids=str)
def test_arrays_keep_dtype_shape_and_bits(dtype, shape):
    array = np.array(np.random.default_rng(1).uniform(0, 100, size=shape), dtype=dtype)
    result = plain(array)
    assert type(result) is np.ndarray
    assert (result.dtype, result.shape, result.tobytes()) == (array.dtype, array.shape, array.tobytes())


@pytest.mark.parametrize(
    "array",
    [
        np.arange(12.0).reshape(3, 4).T,
        np.arange(12)[::-2],
        np.arange(3, dtype=">f4"),
        np.array([math.nan, math.inf, -0.0]),
        np.array([[1, 2], [3, 4]]).view(type("Subclass", (np.ndarray,), {})),
    ],
    ids=["transposed", "strided", "big-endian", "not finite", "subclass"],
)
def test_arrays_in_any_layout_keep_their_content(array):
    result = plain(array)
    assert type(result) is np.ndarray
    assert result.dtype == array.dtype.newbyteorder("=")
    np.testing.assert_array_equal(result, np.asarray(array))


@pytest.mark.parametrize("dtype", [torch.float16, torch.float32, torch.float64, torch.int64, torch.uint8, torch.bool])
def test_tensors_become_arrays_of_the_same_dtype(dtype):
    tensor = torch.tensor([[0, 1], [2, 3]]).to(dtype)
    result = plain(tensor)
    assert type(result) is np.ndarray
    assert result.dtype == tensor.numpy().dtype
    np.testing.assert_array_equal(result, tensor.numpy())


def test_tensors_with_a_gradient_become_arrays():
    weight = torch.ones(2, 2, requires_grad=True)
    values = plain([weight, (weight * 3).sum(), torch.nn.Parameter(weight)])
    assert [value.shape for value in values] == [(2, 2), (), (2, 2)]
    assert values[1] == 12.0


def test_a_decoded_array_can_be_written_to():
    array = plain(np.zeros(3))
    array[0] = 1.0
    assert array.tolist() == [1.0, 0.0, 0.0]


def test_encoding_is_stable_and_ascii():
    value = {"b": [1.5, "→"], "a": np.arange(3), 3: (None, math.nan)}
    assert encode(value) == encode(plain(value))
    assert encode(value).isascii()


def test_long_texts_are_cut():
    assert plain("x" * (observation.MAX_TEXT + 5)) == "x" * observation.MAX_TEXT


# --- what the codec does not carry -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ({1, 2}, "set"),
        (b"bytes", "bytes"),
        (1 + 2j, "complex"),
        (object(), "object"),
        (range(3), "range"),
        (map(str, [1]), "map"),
        (len, "builtin_function_or_method"),
        (np.array([1, "a", None], dtype=object), "numpy array of dtype object"),
        (np.array([1j]), "numpy array of dtype complex128"),
        (np.datetime64("2020-01-01"), "datetime64"),
        (2**63, "an integer over 64 bits"),
        (-(2**200), "an integer over 64 bits"),
        (torch.zeros(2, dtype=torch.bfloat16), "Tensor"),
        (torch.zeros(2, 2).to_sparse(), "Tensor"),
        ([0] * (observation.MAX_ITEMS + 1), "more than 200,000 items"),
        (itertools.count(), "count"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_other_values_are_unsupported_and_named(value, name):
    assert isinstance(plain(value), Unsupported)
    assert name in plain(value).type


def test_an_unsupported_item_spoils_only_itself():
    assert plain([1, {2}, {"a": object()}]) == [1, Unsupported("set"), {"a": Unsupported("object")}]


@pytest.mark.parametrize(
    "key",
    [(1, 2), True, None, math.nan, math.inf, 2**70, object(), b"k"],
    ids="tuple bool none nan inf big-int object bytes".split(),
)
def test_a_dict_with_a_key_that_is_not_carried_is_unsupported(key):
    assert isinstance(plain({key: 1}), Unsupported)


@pytest.mark.parametrize("size", [0, observation.MAX_ITEMS])
def test_generators_up_to_the_limit_become_lists(size):
    assert len(plain(None for _ in range(size))) == size


def test_an_endless_generator_is_unsupported():
    assert isinstance(plain(n for n in itertools.count()), Unsupported)


def test_a_value_that_contains_itself_ends():
    loop = [1]
    loop.append(loop)
    assert plain(loop)[0] == 1
    assert "deeply nested" in encode(loop)


def test_the_deepest_value_that_is_encoded_can_be_decoded():
    value = 0
    for _ in range(40):
        value = {"in": [value]}
    text = encode(value)
    assert encode(decode(text)) == text


def test_an_observation_over_the_limit_is_an_observation_error():
    with pytest.raises(ObservationError, match="bytes"):
        encode(np.zeros(observation.MAX_BYTES // 8))


@pytest.mark.parametrize("text", ["\ud800", "a\udfffb"], ids=ascii)
def test_what_is_encoded_can_be_written_as_utf_8(text):
    for value in (text, [text], {text: text}, Raised("E" + text, text), Unsupported(text)):
        assert json.dumps(json.loads(encode(value)), ensure_ascii=False).encode("utf-8")
        assert repr(plain(value)).encode("utf-8")


# --- hostile objects ---------------------------------------------------------------------------------------


def always(*args, **kwargs):
    return True


class EqualFloat(float):
    __eq__ = __lt__ = __gt__ = __le__ = __ge__ = always
    __hash__ = float.__hash__
    __float__ = __add__ = __radd__ = __repr__ = __str__ = lambda self, *args: 42.0
    is_integer = as_integer_ratio = __float__


class EqualInt(int):
    __eq__ = __index__ = __int__ = __abs__ = __repr__ = __str__ = always
    __hash__ = int.__hash__


class EqualText(str):
    __eq__ = always
    __hash__ = str.__hash__
    __getitem__ = __str__ = __repr__ = __format__ = encode = lambda self, *args: "forged"

    def __len__(self):
        return 10**9

    def __iter__(self):
        return iter(["forged"])


class EndlessList(list):
    __eq__ = always

    def __len__(self):
        return 10**12

    def __getitem__(self, place):
        return place

    def __iter__(self):
        return itertools.count()


class EndlessTuple(tuple):
    def __iter__(self):
        return itertools.count()

    def __getitem__(self, place):
        return place


class LeavingList(list):
    def __iter__(self):
        raise SystemExit


class ForgedDict(dict):
    __eq__ = __contains__ = always
    keys = values = lambda self: itertools.count()
    items = __iter__ = lambda self: itertools.repeat(("forged", 1))
    __getitem__ = get = lambda self, key: "forged"

    def __len__(self):
        return 10**12


class ForgedArray(np.ndarray):
    __eq__ = always
    __array__ = __array_ufunc__ = __array_function__ = lambda self, *args, **kwargs: np.full(2, 42.0)
    __float__ = __len__ = lambda self: 42

    def tobytes(self, *args):
        return b"forged"

    astype = view = lambda self, *args, **kwargs: np.full(2, 42.0)


@pytest.mark.parametrize(
    ("make", "content"),
    [
        (lambda: EqualFloat(1.5), 1.5),
        (lambda: EqualInt(3), 3),
        (lambda: EqualText("real"), "real"),
        (lambda: EndlessList([1, EqualFloat(2.5)]), [1, 2.5]),
        (lambda: LeavingList([1]), [1]),
        (lambda: ForgedDict(real=EqualInt(1)), {"real": 1}),
        (lambda: {EqualText("real"): 1}, {"real": 1}),
        (lambda: EndlessTuple((1, 2)), [1, 2]),
    ],
    ids="float int text list leaving-list dict key tuple".split(),
)
def test_subclasses_show_their_real_content_whatever_they_override(make, content):
    assert same(tamed(make), content)


def test_an_array_subclass_shows_its_real_content_whatever_it_overrides():
    result = tamed(lambda: np.array([1.5, 2.5]).view(ForgedArray))
    assert type(result) is np.ndarray
    assert result.tolist() == [1.5, 2.5]


def tamed(make):
    """`plain` of what `make` gives, where nothing of a hostile object can reach pytest's report."""
    try:
        return plain(make())
    except BaseException as error:
        name = type.__dict__["__name__"].__get__(type(error))
    return pytest.fail(f"{name} escaped from the codec")


def object_with(**members):
    return type("Hostile", (), members)()


def leave(*args):
    raise SystemExit


def fail(*args):
    raise RuntimeError("no")


PRETENDERS = {
    "endless items": dict(__getitem__=lambda self, place: place, __len__=lambda self: 10**9),
    "endless iterator": dict(__iter__=lambda self: itertools.count()),
    "leaves when iterated": dict(__iter__=leave, __getitem__=leave, __len__=leave),
    "float and index": dict(__float__=lambda self: 1.0, __index__=lambda self: 1, __eq__=always, __hash__=None),
    "array": dict(__array__=lambda self, *args: np.ones(2), __array_interface__={"shape": (2,)}),
    "fails at everything": dict(__repr__=fail, __str__=fail, __getattr__=fail),
    "class int": dict(__class__=property(lambda self: int)),
    "class float": dict(__class__=property(lambda self: float), __add__=fail),
    "class list": dict(__class__=property(lambda self: list), __iter__=leave),
    "class dict": dict(__class__=property(lambda self: dict), items=lambda self: [("forged", 1)]),
    "class array": dict(__class__=property(lambda self: np.ndarray), view=lambda self, kind: np.ones(2)),
    "class numpy scalar": dict(
        __class__=property(lambda self: np.generic), dtype=np.dtype(float), item=lambda self: 1.0
    ),
    "class generator": dict(__class__=property(lambda self: types.GeneratorType), __iter__=lambda self: iter([1])),
    "class tensor": dict(__class__=property(lambda self: torch.Tensor)),
    "class leaves": dict(__class__=property(leave)),
    "class record": dict(__class__=property(lambda self: Raised), type="forged", message="forged"),
}


@pytest.mark.parametrize("members", PRETENDERS.values(), ids=PRETENDERS)
def test_objects_that_pretend_to_be_of_a_carried_type_are_made_plain_or_unsupported(members):
    result, other = tamed(lambda: [object_with(**members), 1])
    assert type(result) in {Unsupported, Raised, float, list, np.ndarray}
    assert other == 1


@pytest.mark.parametrize("error", [SystemExit, ValueError, MemoryError])
def test_a_generator_that_raises_is_unsupported(error):
    def values():
        yield 1
        raise error

    assert plain(values()) == Unsupported("generator")


@pytest.mark.parametrize(
    "make", [object, lambda: {1: 2}, lambda: ["x"], lambda: 3, lambda: EqualText("real"), lambda: None], ids=range(6)
)
def test_a_forged_record_of_an_error_is_plain_text_or_unsupported(make):
    for record in (lambda: Raised(make(), "m"), lambda: Raised("E", make()), lambda: Unsupported(make())):
        result = tamed(record)
        assert type(result) in {Raised, Unsupported}
        assert all(type(value) is str for value in vars(result).values())


def test_a_tensor_subclass_cannot_answer_for_its_content():
    class Forged(torch.Tensor):
        @classmethod
        def __torch_function__(cls, function, types, args=(), kwargs=None):
            return object_with(dtype=object_with(name="float64"), shape=[object()], cpu=lambda self: self)

    result = tamed(lambda: torch.ones(2).as_subclass(Forged))
    assert isinstance(result, Unsupported) or result.tolist() == [1.0, 1.0]


# --- errors of the student's code --------------------------------------------------------------------------


def throw(error):
    raise error


def recorded(kind):
    """What becomes of a hostile exception, kept from pytest's report."""
    try:
        return attempt(throw, kind("message"))
    except BaseException as error:
        name = type.__dict__["__name__"].__get__(type(error))
    return pytest.fail(f"{name} escaped from the codec")


@pytest.mark.parametrize(
    "error", [ValueError("bad"), SystemExit("bad"), NotImplementedError("bad"), MemoryError("bad")]
)
def test_an_exception_becomes_a_record(error):
    assert build(throw, error) == attempt(throw, error) == Raised(type(error).__name__, "bad")


def test_an_interrupt_is_not_swallowed():
    with pytest.raises(KeyboardInterrupt):
        attempt(throw, KeyboardInterrupt())


def test_a_long_message_is_cut():
    assert len(attempt(throw, ValueError("x" * 10_000)).message) == 500


@pytest.mark.parametrize("message", [fail, leave, lambda self: EqualText("real"), lambda self: 3])
def test_an_error_whose_message_cannot_be_had_still_becomes_a_record(message):
    result = recorded(type("Odd", (Exception,), {"__str__": message}))
    assert result.type == "Odd"
    assert type(result.message) is str


@pytest.mark.parametrize("name", [property(fail), property(leave), property(lambda cls: object()), None])
def test_an_error_whose_class_has_no_honest_name_still_becomes_a_record(name):
    # A metaclass decides what `__name__` gives.
    meta = type("Meta", (type,), {"__name__": name})
    odd = meta("Odd", (Exception,), {})
    result = recorded(odd)
    assert isinstance(result, Raised)
    assert type(result.type) is str


@pytest.mark.parametrize("name", [property(fail), property(leave), property(lambda cls: object())])
def test_an_object_whose_class_has_no_honest_name_is_unsupported(name):
    odd = type("Meta", (type,), {"__name__": name})("Odd", (), {})
    assert isinstance(tamed(odd), Unsupported)


# --- running an observer -----------------------------------------------------------------------------------


def observed(observe, get_objects=tuple):
    hints = dict.fromkeys(["first", "second", "third"], "")
    check = Check("none.such", lambda seed: {}, observe, hints, judge=None)
    return decode(run_observer(check, {}, get_objects))


def test_an_observer_that_stops_keeps_its_cases_and_gives_the_error_for_the_rest():
    def observe(inputs):
        yield "first", 1
        raise ValueError("gone")

    error = Raised("ValueError", "gone")
    assert observed(observe) == {"cases": {"first": 1, "second": error, "third": error}}


def test_an_observer_encodes_each_value_at_once():
    def observe(inputs):
        values = [1]
        yield "before", values
        values.append(2)
        yield "after", values

    assert observed(observe) == {"cases": {"before": [1], "after": [1, 2]}}


def test_a_name_that_does_not_exist_is_part_of_the_observation():
    result = observed(lambda inputs: [], lambda: (eval("no_such_name"),))
    assert result["undefined"].type == "NameError"


# --- malformed texts ---------------------------------------------------------------------------------------


def tagged(tag, **members):
    return json.dumps({"$": tag, **members})


def array_text(**changes):
    return tagged("array", **{"dtype": "float32", "shape": [2], "data": "AACAPwAAAEA=", **changes})


MALFORMED = {
    "empty": "",
    "not JSON": "{",
    "python": "[1, 2,]",
    "two values": "1 2",
    "bare nan": "NaN",
    "bare infinity": "[-Infinity]",
    "overflowing float": "1e999",
    "integer of 5,000 digits": "1" * 5000,
    "integer over 64 bits": str(2**64),
    "dict without a tag": '{"a": 1}',
    "unknown tag": tagged("pickle", v="gASV"),
    "tag of another type": '{"$": ["dict"], "v": []}',
    "float of other text": tagged("float", v="1.5"),
    "float of a list": tagged("float", v=[]),
    "float without value": tagged("float"),
    "dict without pairs": tagged("dict", v=[1]),
    "dict with triples": tagged("dict", v=[["a", 1, 2]]),
    "dict of null": tagged("dict", v=None),
    "bool key": tagged("dict", v=[[True, 1]]),
    "null key": tagged("dict", v=[[None, 1]]),
    "list key": tagged("dict", v=[[[1], 1]]),
    "tagged key": tagged("dict", v=[[{"$": "float", "v": "nan"}, 1]]),
    "nan key": '{"$": "dict", "v": [[NaN, 1]]}',
    "object dtype": array_text(dtype="object"),
    "structured dtype": array_text(dtype="i4,f8"),
    "text dtype": array_text(dtype="U8"),
    "dtype by another name": array_text(dtype="<f4"),
    "dtype of a list": array_text(dtype=["float32"]),
    "negative size": array_text(shape=[-1]),
    "two negative sizes": array_text(shape=[-1, -2]),
    "bool size": array_text(shape=[True, 2]),
    "float size": array_text(shape=[2.0]),
    "text size": array_text(shape=["2"]),
    "shape of null": array_text(shape=None),
    "shape of a number": array_text(shape=2),
    "shape of a text": array_text(shape=""),
    "too many axes": array_text(shape=[1] * 70 + [2]),
    "shape too small": array_text(shape=[1]),
    "shape too large": array_text(shape=[3]),
    "scalar shape": array_text(shape=[]),
    "absurd shape": array_text(shape=[2**40, 2**40]),
    "absurd empty shape": array_text(shape=[0, 2**40, 2**40], data=""),
    "size over 64 bits": array_text(shape=[0, 10**30], data=""),
    "data cut short": array_text(data="AACAPwAAAA=="),
    "data not base64": array_text(data="AACAPwAAAEA!"),
    "data not ASCII": array_text(data="é" * 12),
    "data of null": array_text(data=None),
    "data of numbers": array_text(data=[1, 2]),
    "data without padding": array_text(data="AACAPwAAAEA"),
    "array without dtype": tagged("array", shape=[2], data="AACAPwAAAEA="),
    "raised without message": tagged("raised", type="E"),
    "unsupported without type": tagged("unsupported"),
    "lone surrogate": '"\\ud800"',
    "lone surrogate, bare": '"\ud800"',
    "lone surrogate in a key": tagged("dict", v=[["\udfff", 1]]),
    "lone surrogate in a message": tagged("raised", type="E", message="\udfff"),
    "nested too deeply": "[" * 20 + "]" * 20,
    "nested absurdly": "[" * 200_000 + "]" * 200_000,
    "dicts nested too deeply": '{"$": "dict", "v": [["a", ' * 20 + "1" + "]]}" * 20,
    "objects nested absurdly": '{"a":' * 100_000 + "1" + "}" * 100_000,
    "huge list": "[" + "0," * observation.MAX_ITEMS + "0]",
    "too many bytes": '"' + "x" * observation.MAX_BYTES + '"',
    "too many bytes, fewer characters": '"' + "词" * (observation.MAX_BYTES // 2) + '"',
}


@pytest.mark.parametrize("text", MALFORMED.values(), ids=MALFORMED)
def test_a_malformed_text_is_refused(text):
    with pytest.raises(ObservationError):
        decode(text)


@pytest.mark.parametrize("value", [None, b"1", 1, ["1"], bytearray(b"1")], ids=repr)
def test_only_text_is_decoded(value):
    with pytest.raises(ObservationError):
        decode(value)


def test_the_error_of_a_malformed_text_is_one_short_line():
    for text in MALFORMED.values():
        try:
            decode(text)
        except ObservationError as error:
            assert len(str(error)) < 120
            assert "\n" not in str(error)


VALID = [
    encode(value) for value in (*PLAIN, np.arange(6.0).reshape(2, 3), [math.nan, np.zeros((0, 2)), {"k": {1: [2]}}])
]
FRAGMENTS = [
    '"',
    "$",
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "-1",
    "1e9",
    "null",
    "true",
    "\\u",
    "\\ud800",
    "=",
    "é",
    "\x00",
    "9" * 30,
]


def mutated(text, rng):
    for _ in range(rng.randint(1, 4)):
        at, to = sorted(rng.randrange(len(text) + 1) for _ in range(2))
        match rng.randrange(4):
            case 0:
                text = text[:at] + text[to:]
            case 1:
                text = text[:at] + rng.choice(FRAGMENTS) + text[at:]
            case 2:
                text = text[:at] + text[at:to] * 2 + text[to:]
            case _:
                other = rng.choice(VALID)
                text = text[:at] + other[rng.randrange(len(other)) :] + text[to:]
    return text


def replaced(value, rng):
    """A valid document with one of its parts exchanged."""
    if isinstance(value, list | dict) and value and rng.random() < 0.8:
        place = rng.choice(list(value) if isinstance(value, dict) else range(len(value)))
        value[place] = replaced(value[place], rng)
        return value
    return rng.choice([None, True, -1, 1.5, "x", "float32", [], [[]], {}, [2, 3], {"$": "dict", "v": [[1, 2]]}, 10**25])


def test_mutated_texts_are_decoded_or_refused_and_nothing_else():
    accepted = 0
    for seed in range(500):
        rng = random.Random(seed)
        text = rng.choice(VALID)
        for candidate in (mutated(text, rng), json.dumps(replaced(json.loads(text), rng))):
            try:
                value = decode(candidate)
            except ObservationError:
                continue
            except Exception as error:
                pytest.fail(f"seed {seed}: {error!r} for {candidate!r}")
            accepted += 1
            # What is accepted is plain: it can be encoded again, and gives the same once more.
            assert encode(decode(encode(value))) == encode(value), candidate
    assert 100 < accepted < 900
