"""The closed codec between observe (beside the student's code) and judge (out of its reach).

An observation travels as JSON text. Only these values pass; everything else becomes `Unsupported`,
so an object with its own `__eq__`, `__float__` or `__array__` never reaches a comparison:

| the student returns                                       | the judge receives            |
| --------------------------------------------------------- | ----------------------------- |
| None, bool, int, float, str and their subclasses          | the plain value               |
| list, tuple, generator                                    | list                          |
| dict and subclasses with int, float or str keys           | dict                          |
| numpy scalar                                              | bool, int or float            |
| numpy array, torch tensor of bools, integers or floats    | numpy array of the same dtype |
| an exception while the student's code ran                 | `Raised`                      |
"""

from __future__ import annotations

import base64
import json
import math
import sys
import types
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from course_lib.errors import ObservationError

MAX_BYTES = 8_000_000
MAX_DEPTH = 12
MAX_ITEMS = 200_000
MAX_TEXT = 100_000
MAX_SIDE = 2**31  # of an array; one without items may have any
MAX_WIDTH = 20_000_000  # characters of all texts of a list, if all were as long as the longest
DTYPES = frozenset(f"{kind}{bits}" for kind in ("int", "uint") for bits in (8, 16, 32, 64)) | {
    "bool",
    "float16",
    "float32",
    "float64",
}


@dataclass(frozen=True)
class Raised:
    """The student's code raised an exception."""

    type: str
    message: str


@dataclass(frozen=True)
class Unsupported:
    """The student returned a value that the codec does not carry."""

    type: str


def build(function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    """Call the student's function for an object; an exception becomes a `Raised` value."""
    try:
        return function(*args, **kwargs)
    except (Exception, SystemExit) as error:
        return raised(error)


def attempt(function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    """Call the student's function for a value, which comes back as the judge will see it.

    >>> attempt(int, "x").type
    'ValueError'
    >>> attempt(tuple, [1, 2])
    [1, 2]
    """
    return plain(build(function, *args, **kwargs))


def plain(value: Any) -> Any:
    """A value as it comes out of the codec: nothing of the student's own types is left in it."""
    return decode(encode(value))


def raised(error: BaseException) -> Raised:
    """The `Raised` record of an exception, safe against a hostile `__str__`."""
    try:
        message = _text(str(error))[:500]
    except (Exception, SystemExit):
        message = ""
    return Raised(_type_name(error), message)


def encode(value: Any) -> str:
    """Turn a value into JSON text; whatever cannot be carried becomes `Unsupported`.

    Raises: ObservationError: the text is longer than `MAX_BYTES`.

    >>> encode((1, 2.5, float("nan")))
    '[1, 2.5, {"$": "float", "v": "nan"}]'
    """
    text = json.dumps(_pack(value, 0), allow_nan=False)
    if len(text) > MAX_BYTES:
        raise ObservationError(f"the observation has {len(text):,} bytes; {MAX_BYTES:,} are allowed")
    return text


def decode(text: str) -> Any:
    """Read what `encode` wrote, trusting nothing.

    Raises: ObservationError: too long, too deep, not JSON, or not of the codec's form.

    >>> decode(encode({1: np.float32(0.5)}))
    {1: 0.5}
    """
    if not isinstance(text, str) or len(text) > MAX_BYTES or len(text.encode("utf-8", "replace")) > MAX_BYTES:
        raise ObservationError(f"an observation is JSON text of at most {MAX_BYTES:,} bytes")
    try:
        return _unpack(json.loads(text), 0)
    except ObservationError:
        raise
    except (ValueError, TypeError, KeyError, RecursionError, OverflowError) as error:
        raise ObservationError(f"the observation is malformed ({type(error).__name__})") from None


def _pack(value: Any, depth: int) -> Any:
    if depth > MAX_DEPTH:
        return _unsupported("deeply nested value")
    try:
        return _pack_plain(value, depth)
    except (Exception, SystemExit):
        return _unsupported(_type_name(value))


def _pack_plain(value: Any, depth: int) -> Any:
    # The unbound methods of the built-in types read the real content of a subclass, whatever it overrides.
    if value is None or value is True or value is False:
        return value
    if isinstance(value, Raised):
        return {"$": "raised", "type": _text(value.type), "message": _text(value.message)}
    if isinstance(value, Unsupported):
        return _unsupported(_text(value.type))
    if isinstance(value, np.generic) and not isinstance(value, str):
        array = np.asarray(value)
        return _pack(array.item(), depth) if array.dtype.name in DTYPES else _pack_array(array)
    if isinstance(value, int):
        whole = int.__index__(value)
        return whole if abs(whole) < 2**63 else _unsupported("an integer over 64 bits")
    if isinstance(value, float):
        number = float.__add__(value, 0.0)
        return number if math.isfinite(number) else {"$": "float", "v": repr(number)}
    if isinstance(value, str):
        return _text(value)[:MAX_TEXT]
    if isinstance(value, list | tuple):
        kind = list if isinstance(value, list) else tuple
        return _pack_items(list(kind.__iter__(value)), depth)  # type: ignore[arg-type]
    if isinstance(value, types.GeneratorType):
        return _pack_items([item for _, item in zip(range(MAX_ITEMS + 1), value, strict=False)], depth)
    if isinstance(value, dict):
        pairs = [[_pack_key(key), _pack(item, depth + 1)] for key, item in dict.items(value)]
        return {"$": "dict", "v": pairs}
    if isinstance(value, np.ndarray):
        return _pack_array(np.ndarray.view(value, np.ndarray))
    torch = sys.modules.get("torch")
    if torch is not None and isinstance(value, torch.Tensor):
        with torch._C.DisableTorchFunctionSubclass():  # a subclass does not answer for its content
            return _pack_array(torch.Tensor.numpy(torch.Tensor.cpu(torch.Tensor.detach(value))))
    return _unsupported(_type_name(value))


def _pack_key(key: Any) -> int | float | str:
    """Raises: TypeError: the key is no int, finite float or str, so the dictionary is not carried."""
    packed = _pack(key, 0)
    if type(packed) in (int, float, str):
        return packed
    raise TypeError


def _unsupported(name: str) -> dict[str, str]:
    return {"$": "unsupported", "type": name[:80]}


def _text(value: Any) -> str:
    """The content of a text; lone surrogates, which cannot be sent, become question marks."""
    return str.encode(value, "utf-8", "replace").decode("utf-8")


def _pack_items(items: list[Any], depth: int) -> Any:
    if len(items) > MAX_ITEMS:
        return _unsupported(f"a sequence of more than {MAX_ITEMS:,} items")
    return [_pack(item, depth + 1) for item in items]


def _pack_array(array: np.ndarray) -> Any:
    if array.ndim > 8:
        return _unsupported("numpy array of more than 8 dimensions")
    if max(array.shape, default=0) >= MAX_SIDE:
        return _unsupported("numpy array of a huge shape")
    if array.dtype.name not in DTYPES:
        return _unsupported(f"numpy array of dtype {array.dtype.name}")
    little = np.ascontiguousarray(array).astype(array.dtype.newbyteorder("<"))
    data = base64.b64encode(little.tobytes()).decode("ascii")
    return {"$": "array", "dtype": array.dtype.name, "shape": list(array.shape), "data": data}


def _type_name(value: Any) -> str:
    """The name of a value's type, even where a metaclass overrides it."""
    return _text(type.__dict__["__name__"].__get__(type(value)))[:80]


def _unpack(packed: Any, depth: int) -> Any:
    if depth > MAX_DEPTH + 2:
        raise ObservationError("the observation is nested too deeply")
    if packed is None or isinstance(packed, bool):
        return packed
    if isinstance(packed, int):
        if abs(packed) >= 2**63:
            raise ObservationError("an integer has more than 64 bits")
        return packed
    if isinstance(packed, str):
        return _sent(packed)
    if isinstance(packed, float):
        if not math.isfinite(packed):
            raise ObservationError("a float that is not finite must be tagged")
        return packed
    if isinstance(packed, list):
        if len(packed) > MAX_ITEMS:
            raise ObservationError(f"a list has more than {MAX_ITEMS:,} items")
        items = [_unpack(item, depth + 1) for item in packed]
        widest = max((len(item) for item in items if type(item) is str), default=0)
        if widest * len(items) > MAX_WIDTH:  # an array of them has room for the widest in each place
            raise ObservationError("a list has many texts, and a very long one among them")
        return items
    tag = packed["$"]
    if tag == "float":
        return {"nan": math.nan, "inf": math.inf, "-inf": -math.inf}[packed["v"]]
    if tag == "dict":
        return {_unpack_key(key): _unpack(item, depth + 1) for key, item in packed["v"]}
    if tag == "array":
        return _unpack_array(packed)
    if tag == "raised":
        return Raised(_sent(packed["type"])[:80], _sent(packed["message"])[:500])
    if tag == "unsupported":
        return Unsupported(_sent(packed["type"])[:80])
    raise ObservationError("the observation has an unknown tag")


def _unpack_key(key: Any) -> int | float | str:
    if isinstance(key, int | float | str) and not isinstance(key, bool):
        return _unpack(key, 0)
    raise ObservationError("a dictionary key must be an int, a float or a str")


def _sent(text: Any) -> str:
    """Raises: ObservationError: not a text, or one that `encode` cannot have written."""
    if not isinstance(text, str) or text != _text(text):
        raise ObservationError("a text is malformed")
    return text


def _unpack_array(packed: dict[str, Any]) -> np.ndarray:
    dtype, shape = packed["dtype"], packed["shape"]
    if dtype not in DTYPES:
        raise ObservationError("an array has a dtype that the codec does not carry")
    if len(shape) > 8:
        raise ObservationError("an array has more than 8 dimensions")
    if not all(type(size) is int and 0 <= size < MAX_SIDE for size in shape):
        raise ObservationError("an array has a malformed shape")
    data = base64.b64decode(packed["data"], validate=True)
    array = np.frombuffer(data, dtype=np.dtype(dtype).newbyteorder("<"))
    return array.reshape(shape).astype(dtype)
