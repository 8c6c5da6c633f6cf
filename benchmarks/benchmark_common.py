"""What all benchmarks share: figures and their tables, where the real data is, a notebook's names, a falling rate."""

from __future__ import annotations

import ast
import os
import statistics
import time
from collections.abc import Callable
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from nbgrader.utils import is_grade
from rich.table import Table

from course_lib.authoring import reference

COURSE = Path(__file__).resolve().parent.parent
VARIABLE = "COURSE_BENCHMARK_DATA"


@dataclass(frozen=True)
class Figure:
    """One number of a table; `against` is what it is held against, `ratio` the number divided by that."""

    name: str
    value: float
    unit: str
    against: float | None = None

    def entry(self) -> dict[str, Any]:
        """The figure as JSON."""
        ratio = self.value / self.against if self.against else None
        return {
            "name": self.name,
            "value": self.value,
            "unit": self.unit,
            "against": self.against,
            "ratio": ratio,
        }


@dataclass(frozen=True)
class Target:
    """What the course promises: the figure of this name, or its ratio, is at least, or at most, so much."""

    figure: str
    value: float
    at_most: bool = False
    ratio: bool = False

    def said(self, figures: list[Figure]) -> str | None:
        """In words whether the figure meets it; None where it was not measured."""
        found = next((figure for figure in figures if figure.name == self.figure), None)
        if found is None:
            return None
        measured = found.entry()["ratio"] if self.ratio else found.value
        met = measured <= self.value if self.at_most else measured >= self.value
        what = f"{self.figure}{', times what it is held against' if self.ratio else ''}"
        return verdict(f"{what}: at {'most' if self.at_most else 'least'} {self.value:g}", met)


# --- tables ------------------------------------------------------------------------------------------------


def share(value: float | None) -> str:
    """A share as .123, nothing for None.

    >>> share(0.6), share(1.0), share(None)
    ('.600', '1.000', '')
    """
    return "" if value is None else f"{value:.3f}".removeprefix("0")


def number(value: float) -> str:
    """A number with four figures, or a whole one in full.

    >>> number(0.12345), number(633325)
    ('0.1235', '633,325')
    """
    return f"{value:,}" if isinstance(value, int) else f"{value:,.4g}"


def figure_table(title: str, figures: list[Figure]) -> Table:
    """Figures, and what they are held against where there is any such thing."""
    table = Table(title=title, title_justify="left")
    table.add_column("figure")
    for head in ("measured", "against", "ratio"):
        table.add_column(head, justify="right")
    for figure in figures:
        ratio = figure.entry()["ratio"]
        against = "" if figure.against is None else number(figure.against)
        name = figure.name.partition(": ")[2]
        shown = "" if ratio is None else f"{ratio:,.3g}"
        table.add_row(name, f"{number(figure.value)} {figure.unit}", against, shown)
    return table


def verdict(target: str, met: bool) -> str:
    """A target, and whether it is met."""
    return f"target {target}: {'met' if met else 'MISSED'}"


# --- data --------------------------------------------------------------------------------------------------


def data_folder(given: Path | None) -> Path:
    """The folder of `--data`, else of the environment variable, else the one beside the course folder."""
    return given or Path(os.environ.get(VARIABLE) or COURSE.parent / "shared" / "data")


# --- the notebook's names ----------------------------------------------------------------------------------


def lift_definitions(notebook: Path, run_whole: tuple[str, ...]) -> dict[str, Any]:
    """The names that the cells of an instructor notebook define: classes and functions, but nothing that it trains.

    run_whole: cells (by grade id) that are run as they stand.
    """
    names: dict[str, Any] = {"__name__": "__main__"}
    with open(os.devnull, "w", encoding="utf-8") as nowhere, redirect_stdout(nowhere):
        for cell in reference.read_notebook(notebook).cells:
            if cell.cell_type == "code" and "nbgrader" in cell.metadata and not is_grade(cell):
                whole = cell.metadata.nbgrader.get("grade_id") in run_whole
                exec(compile(cell.source if whole else definitions(cell.source), "<notebook>", "exec"), names)
    return names


def definitions(source: str) -> ast.Module:
    """The imports, functions and classes of a cell, without its other statements."""
    kept = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.ClassDef)
    tree = ast.parse(source)
    tree.body = [statement for statement in tree.body if isinstance(statement, kept)]
    return tree


# --- training ----------------------------------------------------------------------------------------------


def fall_linearly(optimizer: torch.optim.Optimizer, lr: float, steps: int) -> None:
    """Let the learning rate fall to 0 over so many steps; the notebooks' trainers know nothing of it."""
    done = 0

    def after_step(*_: Any) -> None:
        nonlocal done
        done += 1
        for group in optimizer.param_groups:
            group["lr"] = lr * max(0.0, 1 - done / steps)

    optimizer.register_step_post_hook(after_step)


# --- timing ------------------------------------------------------------------------------------------------


def interleaved_medians(ways: dict[str, Callable[[], torch.Tensor]], x: torch.Tensor, rounds: int) -> dict[str, float]:
    """Median CPU seconds of forward and backward of each way from x; in each round all take their turn."""
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, way in ways.items():
            x.grad = None
            start = time.process_time()
            way().square().sum().backward()
            seconds[name].append(time.process_time() - start)
    return {name: statistics.median(taken) for name, taken in seconds.items()}
