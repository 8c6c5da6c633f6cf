"""What `course mutate` found, for people and for scripts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from rich.table import Column, Table

from course_lib.authoring.mutants import Mutant
from course_lib.authoring.mutation import Figures


def table(found: list[Figures]) -> Table:
    """One row for each exercise and one for all: how many of how many answers were judged as they should be."""
    rows = [_row(figures) for figures in found]
    sums = [tuple(map(sum, zip(*column, strict=True))) for column in zip(*rows, strict=True)]
    headings = ("mistakes rejected", "mistakes named", "right accepted", "mutants killed", "dismissed", "survivors")
    columns = [Column(heading, _text(total), justify="right") for heading, total in zip(headings, sums, strict=True)]
    shown = Table(Column("exercise", f"{len(found)} exercises", no_wrap=True), *columns, show_footer=True)
    for figures, row in zip(found, rows, strict=True):
        shown.add_row(figures.exercise, *map(_text, row), style=None if figures.good else "red")
    return shown


def problems(found: list[Figures]) -> Iterator[str]:
    """What is left to do, in words; survivors in the form in which they are dismissed."""
    for figures in found:
        for name in figures.accepted:
            yield f"{figures.exercise}: the mistake {name} has full marks: mend the check"
        for name in figures.unnamed:
            yield f"{figures.exercise}: the mistake {name} is rejected, but not named"
        for name in figures.rejected:
            yield f"{figures.exercise}: the right answer {name} loses marks: mend the check"
        for name in figures.stale:
            yield f"{figures.exercise}: {name} is dismissed, but it is caught or does not exist: delete its dismissal"
    if any(figures.survivors for figures in found):
        yield "\nMutants with full marks. Mend the check, or dismiss them with a reason in tests/dismissed/:\n"
    for figures in found:
        for mutant in figures.survivors:
            yield as_toml(figures.exercise, mutant)


def as_toml(exercise: str, mutant: Mutant) -> str:
    """A survivor in the form of a dismissal, its reason still to be written."""
    return f"[{exercise.partition('.')[2]}.{mutant.name}]\nchange = '''\n{mutant.change}'''\nreason = \"\"\n"


def write_json(path: Path, found: list[Figures]) -> None:
    """The figures in the form that the README describes."""
    document = {"exercises": [figures.as_json() for figures in found]}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")


def _row(figures: Figures) -> list[tuple[int, ...]]:
    return [
        (figures.mistakes - len(figures.accepted), figures.mistakes),
        (figures.mistakes - len(figures.unnamed), figures.mistakes),
        (figures.styles - len(figures.rejected), figures.styles),
        (figures.killed, figures.mutants - len(figures.dismissed)),
        (len(figures.dismissed),),
        (len(figures.survivors),),
    ]


def _text(numbers: tuple[int, ...]) -> str:
    return " of ".join(map(str, numbers))
