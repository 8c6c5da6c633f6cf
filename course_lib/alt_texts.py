"""Short texts that say what can be seen in a picture, made from what is drawn."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

LONGEST = 200
FLAT = 0.05  # of the range of all curves, or of the size of this one: a change that is smaller is none
PEAK = 0.2  # of that range: how far a peak must stand out to be told


def number(value: Any) -> str:
    """Three digits, for a number; other things as they are.

    >>> [number(value) for value in (0.12345, 12.0, 1234.5, 3e-9, "all")]
    ['0.123', '12', '1,234', '3e-09', 'all']
    """
    if isinstance(value, str):
        return value
    value = float(value)
    return f"{value:,.0f}" if 1000 <= abs(value) < 1e9 else f"{value:.3g}"


def described(what: str, parts: Iterable[str]) -> str:
    """What is shown, then as many parts as fit into 200 characters; the others are counted.

    >>> described("bars", ["a 1", "b 2"])
    'bars: a 1; b 2'
    """
    what = " ".join(what.split())
    found = [" ".join(part.split()) for part in parts]
    for kept in range(len(found), 0, -1):
        rest = f"; and {len(found) - kept} more" if kept < len(found) else ""
        text = f"{what}: {'; '.join(found[:kept])}{rest}"
        if len(text) <= LONGEST:
            return text
    return what if len(what) <= LONGEST else what[: LONGEST - 3] + "..."


def values(what: str, shares: Mapping[str, float]) -> str:
    """Names with their numbers; of too many for one text the largest and the smallest.

    >>> values("accuracy", {"GRU": 0.951, "chance": 0.25})
    'accuracy: GRU 0.951; chance 0.25'
    """
    parts = [f"{name} {number(value)}" for name, value in shares.items()]
    if len(what) + len("; ".join(parts)) < LONGEST - 2:
        return described(what, parts)
    most, least = max(shares, key=lambda name: shares[name]), min(shares, key=lambda name: shares[name])
    ends = [f"{len(shares)} bars", f"most {most} {number(shares[most])}", f"least {least} {number(shares[least])}"]
    return described(what, ends)


def curves(what: str, lines: Mapping[str, tuple[Any, Any]]) -> str:
    """Where each line starts, peaks and ends. lines: name -> (xs, ys), both (N,).

    >>> curves("accuracy by step", {"GRU": ([1, 40], [0.98, 0.12])})
    'accuracy by step, 1 to 40: GRU falls from 0.98 to 0.12'
    """
    kept = {name: _finite(xs, ys) for name, (xs, ys) in lines.items()}
    everything = [y for points in kept.values() for _, y in points]
    reach = max(everything) - min(everything) if everything else 0.0
    ends = {(points[0][0], points[-1][0]) for points in kept.values() if points}
    if len(ends) == 1:
        first, last = next(iter(ends))
        what += f", {number(first)} to {number(last)}"
    return described(what, [f"{name} {course(points, reach, len(ends) > 1)}" for name, points in kept.items()])


def drawn(what: str, lines: Mapping[str, Any], first: int = 0) -> str:
    """The same for lines (N,) over whole numbers, which count from `first`.

    >>> drawn("loss by epoch", {"RNN": [1.4, 1.4, 1.4]}, 1)
    'loss by epoch, 1 to 3: RNN stays near 1.4'
    """
    return curves(what, {name: (range(first, first + len(ys)), ys) for name, ys in lines.items()})


def course(points: Sequence[tuple[Any, float]], reach: float, places: bool = False) -> str:
    """How a line goes. reach: of all lines in the picture; places: whether its ends are told.

    >>> course([(0, 0.0), (1, 5.0), (2, 1.0)], 5.0)
    'rises from 0 to 5 at 1, ends at 1'
    """
    if not points:
        return "without values"
    (first, start), (last, end) = points[0], points[-1]
    scale = max(reach, abs(start), abs(end))
    at, to = (f" at {number(first)}", f" at {number(last)}") if places else ("", "")
    place, height = max(points, key=lambda point: point[1])
    if height - max(start, end) > PEAK * scale:
        return f"rises from {number(start)}{at} to {number(height)} at {number(place)}, ends at {number(end)}{to}"
    place, depth = min(points, key=lambda point: point[1])
    if min(start, end) - depth > PEAK * scale:
        return f"falls from {number(start)}{at} to {number(depth)} at {number(place)}, ends at {number(end)}{to}"
    if number(start) == number(end) or (abs(end - start) < FLAT * scale and start * end > 0 and 0.5 < end / start < 2):
        return f"stays near {number(end)}"
    return f"{'rises' if end > start else 'falls'} from {number(start)}{at} to {number(end)}{to}"


def _finite(xs: Any, ys: Any) -> list[tuple[Any, float]]:
    """The points that can be drawn."""
    return [(x, float(y)) for x, y in zip(xs, ys, strict=False) if math.isfinite(float(y))]
