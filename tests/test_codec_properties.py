"""Properties of the codec and of judging: no text and no object, whatever it is, gets more than plain data through.

COURSE_EXAMPLES: how many examples of each property are tried; a nightly run may ask for 20000.
"""

import functools
import json
import math
import os
import types
import warnings

import numpy as np
import pytest
import torch
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from course_lib import checks, observation
from course_lib.checks.base import judge, worked_out
from course_lib.compare import agree, describe
from course_lib.errors import ObservationError
from course_lib.ground_truth import GroundTruth
from course_lib.observation import Raised, Unsupported, decode, encode
from course_lib.verdict import Verdict

EXAMPLES = int(os.environ.get("COURSE_EXAMPLES", "200"))


def examples(share=1.0):
    return settings(
        max_examples=max(1, int(EXAMPLES * share)),
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )


def is_plain(value):
    """Whether nothing but exact plain types is in it, however deep."""
    kind = type(value)
    if kind in (bool, int, float, types.NoneType):
        return True
    if kind is str:
        return bool(value.encode("utf-8")) or value == ""
    if kind is list:
        return all(map(is_plain, value))
    if kind is dict:
        return all(type(key) in (int, float, str) for key in value) and all(map(is_plain, value.values()))
    if kind is np.ndarray:
        return value.dtype.name in observation.DTYPES and value.dtype.isnative
    return kind in (Raised, Unsupported) and all(type(part) is str for part in vars(value).values())


def decoded(text):
    """What is decoded, or None where it is refused. Fails: anything else is raised."""
    try:
        return decode(text)
    except ObservationError:
        return None


def same(one, other):
    """Equal in type and content, however deep, where nan equals nan."""
    if type(one) is not type(other):
        return False
    if isinstance(one, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, dict):
        return same(list(one), list(other)) and same(list(one.values()), list(other.values()))
    if isinstance(one, np.ndarray):
        return (one.dtype, one.shape, one.tobytes()) == (other.dtype, other.shape, other.tobytes())
    return one == other or (isinstance(one, float) and math.isnan(one) and math.isnan(other))


# --- texts -------------------------------------------------------------------------------------------------

any_text = st.text(st.characters(), max_size=12)  # surrogates, too
hostile_texts = st.sampled_from(["$", "v", "\ud800", "\x00", "float64", "nan", "inf", "AAAA", "AACAPwAAAEA=", "é", "="])
numbers = (
    st.integers(-3, 300)
    | st.sampled_from([2**31, 2**61, 2**63 - 1, 2**63, -(2**63), 10**30, 10**4000])
    | st.floats()  # written as NaN and Infinity
)
atoms = st.none() | st.booleans() | numbers | any_text | hostile_texts
dtypes = st.sampled_from(sorted(observation.DTYPES))
sendable = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
plain_keys = st.integers(-(2**63) + 1, 2**63 - 1) | st.floats(allow_nan=False, allow_infinity=False) | sendable


@st.composite
def arrays(draw):
    shape = draw(st.lists(st.integers(0, 3), max_size=4))
    dtype = np.dtype(draw(dtypes))
    data = draw(st.binary(min_size=math.prod(shape) * dtype.itemsize, max_size=math.prod(shape) * dtype.itemsize))
    if dtype.kind == "b":
        data = bytes(byte % 2 for byte in data)
    return np.frombuffer(data, dtype=dtype).reshape(shape) if data else np.zeros(shape, dtype)


plain_data = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63) + 1, 2**63 - 1)
    | st.floats()
    | sendable
    | arrays()
    | st.builds(Raised, sendable, sendable)
    | st.builds(Unsupported, sendable),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(plain_keys, inner, max_size=4),
    max_leaves=15,
)


def tagged(inner):
    """Dictionaries of nearly the codec's form."""
    shape = st.lists(st.sampled_from([0, 1, 2, 3, 2**40, 2**61, 2**62, 2**70, -1, True]), max_size=9)
    data = st.binary(max_size=24).map(lambda data: observation.base64.b64encode(data).decode())
    pairs = st.lists(st.tuples(inner, inner) | inner, max_size=3)
    return st.one_of(
        st.fixed_dictionaries({"$": st.just("float"), "v": st.sampled_from(["nan", "inf", "-inf"]) | inner}),
        st.fixed_dictionaries({"$": st.just("dict"), "v": pairs | inner}),
        st.fixed_dictionaries({"$": st.just("raised"), "type": any_text | inner, "message": any_text | inner}),
        st.fixed_dictionaries({"$": st.just("unsupported"), "type": any_text | inner}),
        st.fixed_dictionaries({"$": st.just("array"), "dtype": dtypes, "shape": shape, "data": data}),
        st.fixed_dictionaries({"$": st.just("array"), "dtype": dtypes, "shape": shape, "data": st.just("")}),
        st.fixed_dictionaries(
            {"$": st.just("array"), "dtype": dtypes | inner, "shape": shape | inner, "data": data | inner}
        ),
        st.fixed_dictionaries({"$": inner, "v": inner}),
    )


documents = st.recursive(
    atoms | tagged(atoms),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(any_text, inner, max_size=3) | tagged(inner),
    max_leaves=15,
)


@st.composite
def exchanged(draw):
    """A document that `encode` wrote, with one of its parts exchanged."""
    document = json.loads(encode(draw(plain_data)))
    whole = {"": document}
    parts = [(whole, "")]
    for part, key in parts:
        inner = part[key]
        if isinstance(inner, dict | list):
            parts += [(inner, place) for place in (inner if isinstance(inner, dict) else range(len(inner)))]
    part, key = draw(st.sampled_from(parts))
    part[key] = draw(atoms | tagged(atoms))
    return whole[""]


texts = st.builds(json.dumps, documents | exchanged(), ensure_ascii=st.booleans()) | plain_data.map(encode)


@examples(2)
@given(texts)
def test_whatever_is_decoded_is_plain(text):
    assert is_plain(decoded(text))


def test_enough_texts_are_accepted_for_this_to_mean_something():
    accepted = []

    @examples()
    @given(texts)
    def count(text):
        accepted.append(decoded(text) is not None)

    count()
    assert sum(accepted) > len(accepted) / 5


@examples()
@given(st.text(st.characters(), max_size=60) | st.text('[]{}",:$v0123456789.eE+-truefalsnNI\\u', max_size=60))
def test_any_text_is_decoded_or_refused(text):
    assert is_plain(decoded(text))


@examples()
@given(texts, st.integers(0, 10**6), st.sampled_from(["", "[", "]", "}", '"', "1e999", "NaN", "\ud800", "9" * 5000]))
def test_a_damaged_text_is_decoded_or_refused(text, at, inserted):
    at %= len(text) + 1
    assert is_plain(decoded(text[:at] + inserted + text[at + len(inserted) % 2 :]))


@examples()
@given(texts)
def test_what_was_decoded_once_comes_back_as_it_was(text):
    value = decoded(text)
    assert same(decode(encode(value)), value)


# --- objects -----------------------------------------------------------------------------------------------


def lie(*args, **kwargs):
    return 42


def fail(*args, **kwargs):
    raise RuntimeError("no")


def leave(*args, **kwargs):
    raise SystemExit


def itself(self, *args, **kwargs):
    return self


def endless(self, *args, **kwargs):
    return iter(lambda: 0, 1)


DUNDERS = """__len__ __iter__ __getitem__ __contains__ __eq__ __ne__ __lt__ __hash__ __bool__ __int__ __index__
    __float__ __abs__ __add__ __radd__ __str__ __repr__ __format__ __array__ __getattr__ __getattribute__ items
    keys values __array_ufunc__ __array_function__ __torch_function__ encode view astype tobytes item numpy cpu detach
    type message dtype shape ndim __array_interface__ __dlpack__ __buffer__ __next__ __reversed__ __sizeof__
    __class_getitem__ __instancecheck__ __dir__ __complex__ __trunc__ __round__ __neg__ __mul__""".split()
BEHAVIOURS = [lie, fail, leave, itself, endless, None, 3, "forged", property(fail), property(leave), property(lie)]
CLASSES = [int, float, str, list, tuple, dict, bool, np.ndarray, np.generic, torch.Tensor, Raised, Unsupported]
CLASSES += [types.GeneratorType, type, types.NoneType]
members = st.dictionaries(st.sampled_from(DUNDERS), st.sampled_from(BEHAVIOURS), max_size=6)
pretended = st.none() | st.sampled_from([property(lambda self, kind=kind: kind) for kind in CLASSES] + [property(fail)])
type_names = st.sampled_from(["int", "ndarray", "Hostile", "x" * 300, "\ud800"])
CONTENTS = {
    object: st.just(()),
    int: st.tuples(st.integers() | st.just(2**70)),
    float: st.tuples(st.floats()),
    str: st.tuples(any_text),
    list: st.tuples(st.lists(st.integers(), max_size=3)),
    tuple: st.tuples(st.lists(any_text, max_size=3)),
    dict: st.tuples(st.dictionaries(any_text, st.integers(), max_size=3)),
    Exception: st.tuples(any_text),
}


@st.composite
def hostile_objects(draw):
    """An object of a class that overrides and pretends what it can."""
    base = draw(st.sampled_from(list(CONTENTS)))
    overridden = dict(draw(members))
    if kind := draw(pretended):
        overridden["__class__"] = kind
    try:
        made = type(base)("Hostile", (base,), overridden)
        made.__name__ = draw(type_names)
    except (TypeError, UnicodeEncodeError):
        made = type("Hostile", (base,), {})
    try:
        return base.__new__(made, *draw(CONTENTS[base])) if base in (int, float, str, tuple) else filled(made, draw)
    except (Exception, SystemExit):
        return object()


def filled(made, draw):
    base = made.__mro__[1]
    value = base.__new__(made)
    base.__init__(value, *draw(CONTENTS[base]))
    return value


def looped():
    loop = [1]
    loop.append({"again": loop, "once": (loop,)})
    return loop


def raising(error):
    yield 1
    raise error("no")


def tree():
    while True:
        yield tree()


class HostileError(Exception):
    """An exception that cannot be shown."""

    __str__ = __repr__ = fail


class LeavingError(Exception):
    """An exception that ends the process where it is shown."""

    __str__ = leave


class ForgedArray(np.ndarray):
    """An array that answers wrongly for itself."""

    __array__ = __array_ufunc__ = __array_function__ = fail
    dtype = property(lie)
    shape = ndim = property(fail)


class ForgedTensor(torch.Tensor):
    """A tensor that answers wrongly for itself."""

    __torch_function__ = classmethod(fail)


def quantized():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return torch.quantize_per_tensor(torch.ones(2), 0.1, 0, torch.qint8)


MAKERS = {
    "loop": looped,
    "generator that fails": lambda: raising(ValueError),
    "generator that leaves": lambda: raising(SystemExit),
    "generator of generators": lambda: (one for one in [tree]),
    "exception": HostileError,
    "raised": lambda: observation.raised(HostileError()),
    "raised by leaving": lambda: observation.raised(LeavingError()),
    "objects": lambda: np.array([1, "a", None, HostileError()], dtype=object),
    "structured": lambda: np.zeros(2, dtype=[("a", "i4"), ("b", "f8", (2,))]),
    "record": lambda: np.zeros(2, dtype=[("a", "i4")])[0],
    "texts": lambda: np.array(["a", "b"]),
    "bytes": lambda: np.array([b"a"]),
    "dates": lambda: np.array(["2020-01-01", "NaT"], dtype="datetime64[D]"),
    "long double": lambda: np.ones(2, dtype=np.longdouble),
    "long double number": lambda: np.longdouble(1) / 3,
    "complex": lambda: np.ones(2, dtype=complex),
    "big endian": lambda: np.arange(3, dtype=">i8"),
    "masked": lambda: np.ma.array([1, 2], mask=[True, False]),
    "matrix": lambda: np.ones((2, 2)).view(ForgedArray),
    "empty of huge shape": lambda: np.empty((0, 2**40), dtype="int8"),
    "overlapping": lambda: np.lib.stride_tricks.as_strided(np.arange(3.0), (2, 2), (8, 8)),
    "many axes": lambda: np.zeros((1,) * 40),
    "string dtype": lambda: np.array(["a"], dtype=np.dtypes.StringDType()),
    "bfloat16": lambda: torch.ones(2, dtype=torch.bfloat16),
    "float8": lambda: torch.ones(2).to(torch.float8_e4m3fn),
    "uint16": lambda: torch.ones(2, dtype=torch.uint16),
    "complex tensor": lambda: torch.ones(2, dtype=torch.complex64).conj(),
    "negated tensor": lambda: torch.ones(2, dtype=torch.complex64).conj().imag,
    "quantized": quantized,
    "sparse": lambda: torch.eye(2).to_sparse(),
    "sparse rows": lambda: torch.eye(2).to_sparse_csr(),
    "meta": lambda: torch.ones(2, device="meta"),
    "gradient": lambda: torch.ones(2, requires_grad=True) * 2,
    "parameter": lambda: torch.nn.Parameter(torch.ones(2)),
    "uninitialised": lambda: torch.nn.UninitializedParameter(),
    "forged tensor": lambda: torch.ones(2).as_subclass(ForgedTensor),
    "module": lambda: torch.nn.Linear(1, 1),
    "nested tensor": lambda: torch.nested.nested_tensor([torch.ones(2), torch.ones(3)]),
    "expanded": lambda: torch.ones(1).expand(2, 3),
    "type": lambda: int,
    "view": lambda: memoryview(b"ab"),
    "set": lambda: {1, 2},
}
foreign = st.sampled_from(list(MAKERS)).map(lambda name: MAKERS[name]())
things = st.recursive(
    atoms | foreign | hostile_objects(),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.tuples(inner, inner),
        st.dictionaries(any_text | st.integers() | st.floats() | st.booleans() | st.none(), inner, max_size=3),
        st.lists(inner, max_size=3).map(lambda items: (item for item in items)),
        st.builds(Raised, inner, inner),
        st.builds(Unsupported, inner),
    ),
    max_leaves=8,
)


class Hidden:
    """Holds an object of which nothing may reach the report of a failing test."""

    def __init__(self, value):
        self.value = value

    def __repr__(self):
        return "Hidden"


def sent(value):
    """What comes out of the codec for a value; None where its text would be too long."""
    try:
        text = encode(value)
    except ObservationError:
        return None
    assert type(text) is str and text.isascii()
    return decoded(text)


@examples(2)
@given(things.map(Hidden))
def test_any_object_is_sent_as_plain_data(hidden):
    assert is_plain(sent(hidden.value))


@pytest.mark.parametrize("name", MAKERS)
def test_an_object_of_this_kind_is_sent_as_plain_data(name):
    assert is_plain(sent([MAKERS[name](), 1]))
    assert sent([MAKERS[name](), 1])[1] == 1


@examples()
@given(hostile_objects().map(Hidden))
def test_a_hostile_object_spoils_only_itself(hidden):
    before, found, after = sent([1, hidden.value, "x"])
    assert (before, after) == (1, "x")
    assert is_plain(found)


# --- plain data --------------------------------------------------------------------------------------------


@examples()
@given(plain_data)
def test_plain_data_come_back_as_they_were(value):
    assert same(decode(encode(value)), value)


@examples()
@given(plain_data)
def test_plain_data_are_written_in_one_way(value):
    assert encode(decode(encode(value))) == encode(value)


# --- comparing ---------------------------------------------------------------------------------------------

TOO_BIG = '{"$": "array", "dtype": "int8", "shape": [0, 2305843009213693952], "data": ""}'
observed = texts.map(decoded) | plain_data.map(encode).map(decode)


@examples()
@given(observed, observed)
@example([], {})
def test_decoded_values_are_compared_and_described_whatever_they_are(one, other):
    with np.errstate(all="ignore"):
        assert agree(one, one)
        assert agree(one, other) in (True, False)
        assert agree([one, other], [one, other])
    assert len(describe(one)) <= 100
    assert describe([one, {"x": other}]).isprintable()


def test_an_empty_array_of_huge_shape_is_refused():
    with pytest.raises(ObservationError):
        decode(TOO_BIG)
    assert decode(encode(np.empty((0, 2**61), "int8"))) == Unsupported("numpy array of a huge shape")


# --- judging -----------------------------------------------------------------------------------------------

EXERCISES = ["meta_lstm.make_batch", "meta_lstm.translated"]  # with a record of calls, and without


@pytest.fixture(scope="module")
def truth(course):
    """Exercise -> its check, its truth of the public seed, and the inputs of that seed."""
    found = GroundTruth.load(course.public_truth("meta_lstm"))

    @functools.cache
    def of(exercise):
        check = checks.find(exercise)
        return check, found.exercises[exercise], observation.plain(check.inputs(found.seed))

    return of


def score(value, check, truth, inputs):
    """What a decoded observation earns."""
    verdict = judge(check, worked_out(check, value, inputs), truth)
    assert isinstance(verdict, Verdict)
    return verdict.score


def cases_of(exercise, values):
    """Observations that have the form of this exercise's, with arbitrary values."""
    check = checks.find(exercise)
    inside = sorted(check.record.inside) if check.record else sorted(check.hints)
    parts = {"cases": st.dictionaries(st.sampled_from(inside) | any_text, values, max_size=4) | values}
    if check.record:
        pairs = st.tuples(st.booleans() | values, values).map(list)
        parts["calls"] = st.lists(pairs | values, max_size=8) | values
    return st.fixed_dictionaries(parts, optional={"undefined": values})


@pytest.mark.parametrize("exercise", EXERCISES)
@examples(0.5)
@given(data=st.data())
def test_arbitrary_observations_are_judged_and_earn_nothing(data, exercise, truth):
    values = observed | batches
    value = data.draw(observed | cases_of(exercise, values))
    with np.errstate(all="ignore"):
        assert score(value, *truth(exercise)) == 0.0


def batch(shape, dtype, seed):
    return np.random.default_rng(seed).integers(0, 30, size=shape).astype(dtype)


batches = st.builds(batch, st.lists(st.sampled_from([1, 2, 3, 5, 13, 500]), max_size=2), dtypes, st.integers(0, 99))


@pytest.mark.parametrize("exercise", EXERCISES)
@examples(0.5)
@given(data=st.data())
def test_a_right_observation_with_one_part_exchanged_is_judged(data, exercise, truth):
    check, right, _ = truth(exercise)
    name, value = data.draw(st.sampled_from(sorted(check.hints))), data.draw(observed | batches)
    cases = right.observation["cases"] | {name: value}
    with np.errstate(all="ignore"):
        got = judge(check, {"cases": cases}, right).score
        assert got == float(agree(value, right.observation["cases"][name]))
