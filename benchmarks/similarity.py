"""How many copies `course similar` finds, how many innocent pairs it accuses, and how long a class takes.

python benchmarks/similarity.py [--size N] [--seeds N] [--only ASSIGNMENT] [--big N] [--json FILE]
"""

from __future__ import annotations

import json
import time
from collections import Counter
from pathlib import Path
from typing import Annotated

import similarity_class as classes
import typer
from benchmark_common import COURSE, Figure
from rich.console import Console
from rich.table import Table

from course_lib.grading.similarity import compare
from course_lib.paths import Course

FIRST = 100  # seed; settings were chosen on smaller ones


def found_and_accused(
    material: classes.Material, size: int, seeds: int, own: bool = True
) -> tuple[Counter[str], int, int]:
    """Copies found in `seeds` classes, by kind; innocent pairs accused beside copies, and in classes without any."""
    found: Counter[str] = Counter()
    innocent = 0
    for seed in range(FIRST, FIRST + seeds):
        independent = classes.people(material, size, seed, own)
        innocent += len(compare(classes.answers_of(independent), material.given, material.others))
        copied, planted = classes.with_copies(material, independent, seed)
        for pair in compare(classes.answers_of(copied), material.given, material.others):
            kind = planted.get(frozenset((pair.first, pair.second)))
            found[kind or ""] += 1
    beside = found.pop("", 0)
    return found, beside, innocent


def measure(course: Course, assignment: str, size: int, seeds: int, big: int) -> list[Figure]:
    """The figures of an assignment. big: people of the class that is timed, in CPU seconds; 0 for none."""
    material = classes.Material.of(course, assignment)
    figures = []
    for own, label in ((True, "own rewriting"), (False, "answers of the bank as they are")):
        found, beside, innocent = found_and_accused(material, size, seeds, own)
        name = f"{assignment}, {label}"
        figures += [Figure(f"{name}: found, {kind}", found[kind], "copies", seeds) for kind in classes.KINDS]
        figures.append(Figure(f"{name}: innocent pairs accused beside copies", beside, "pairs", seeds))
        figures.append(Figure(f"{name}: innocent pairs accused without copies", innocent, "pairs", seeds))
    if big:
        independent = classes.answers_of(classes.people(material, big, 0))
        started = time.process_time()
        compare(independent, material.given, material.others)
        figures.append(Figure(f"{assignment}: a class of {big}", time.process_time() - started, "CPU s"))
    return figures


def main(
    size: Annotated[int, typer.Option(min=20, help="People of a class.")] = 40,
    seeds: Annotated[int, typer.Option(min=1, help="Classes.")] = 20,
    only: Annotated[str | None, typer.Option(help="One assignment; else all.")] = None,
    big: Annotated[int, typer.Option(help="People of the class that is timed; 0 for none.")] = 2000,
    json_path: Annotated[Path | None, typer.Option("--json", help="Write the figures to this file too.")] = None,
) -> None:
    """Measure, and print a table."""
    course = Course(COURSE)
    table = Table("figure", "measured", "of")
    figures = []
    for assignment in [only] if only else course.assignments():
        figures += measure(course, assignment, size, seeds, big)
    for figure in figures:
        table.add_row(figure.name, f"{figure.value:g} {figure.unit}", f"{figure.against:g}" if figure.against else "")
    Console().print(table)
    if json_path is not None:
        json_path.write_text(json.dumps([figure.entry() for figure in figures], indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    typer.run(main)
