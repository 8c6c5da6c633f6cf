"""Points and times as people write them, on pages and in exports."""

from __future__ import annotations


def points(value: float) -> str:
    """Points, to a thousandth.

    >>> points(1.0), points(0.125), points(12.875), points(-0.0001)
    ('1', '0.125', '12.875', '0')
    """
    return f"{round(value, 3) + 0.0:.10g}"


def duration(seconds: float) -> str:
    """A time in its two largest units.

    >>> [duration(s) for s in (0.4, 59, 3600, 7500, 90000, 864000)]
    ['1 s', '59 s', '1 h', '2 h 5 min', '1 d 1 h', '10 d']
    """
    left = max(1, round(seconds))
    parts: list[str] = []
    for unit, length in (("d", 86400), ("h", 3600), ("min", 60), ("s", 1)):
        count, left = divmod(left, length)
        if count or parts:
            parts.append(f"{count} {unit}")
    return " ".join(part for part in parts[:2] if not part.startswith("0 "))
