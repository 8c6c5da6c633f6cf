"""Jinja2 as our own pages use it: what is not marked as safe is escaped, and a name without value is an error."""

from __future__ import annotations

from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from course_lib.grading.words import duration, points


def render(template: str, **values: Any) -> str:
    """A template of this package, with our filters."""
    environment = Environment(
        loader=PackageLoader("course_lib.grading", ""),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"points": points, "duration": duration, "words": lambda name: name.replace("_", " ")}
    return environment.get_template(template).render(**values)
