"""Recurrent networks: parity with torch, speed, decoders in four regimes, Mackey-Glass a tagger.

python benchmarks/recurrent_networks.py [--data DIR] [--json FILE] [--only parity|speed|writing|echo|tagger]

The solutions are lifted out of `source/recurrent_networks/recurrent_networks.ipynb`: what is measured is what the
course teaches. `recurrent_networks_speed.py` compares with torch; `recurrent_networks_writing.py`,
`recurrent_networks_echo.py` and `recurrent_networks_tagger.py` measure a part of the notebook each. Only the tagger
needs data.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import recurrent_networks_echo as echo
import recurrent_networks_speed as speed
import recurrent_networks_tagger as tagger
import recurrent_networks_writing as writing
import torch
import typer
from benchmark_common import COURSE, VARIABLE, Figure, data_folder, figure_table, lift_definitions, verdict
from rich.console import Console
from rich.status import Status

NOTEBOOK = COURSE / "source" / "recurrent_networks" / "recurrent_networks.ipynb"
RUN_WHOLE = ("setup", "cells", "journeys")  # cells that are run as they stand; of the others only the definitions

Names = dict[str, Any]
Tell = Callable[[str], None]


class Part(StrEnum):
    """What a run measures."""

    PARITY = "parity"
    SPEED = "speed"
    WRITING = "writing"
    ECHO = "echo"
    TAGGER = "tagger"


TITLES = {
    Part.PARITY: "Largest difference to torch, float64",
    Part.SPEED: "Hand-written LSTM, forward and backward",
    Part.WRITING: "Dead reckoning: a decoder taught in four regimes, three seeds",
    Part.ECHO: "Mackey-Glass, tau = 17, 84 steps on its own",
    Part.TAGGER: "UD English EWT, universal tags, test sentences",
}


@dataclass(frozen=True)
class Target:
    """What the course promises: the figure of this name is at most, or at least, so much."""

    figure: str
    value: float
    at_least: bool = False

    def said(self, figures: list[Figure]) -> str | None:
        """In words whether the figure meets it; None where it was not measured, or on other data."""
        found = next((figure for figure in figures if figure.name == self.figure), None)
        if found is None or found.against is None:
            return None
        met = found.value >= self.value if self.at_least else found.value <= self.value
        return verdict(f"{self.figure} {'at least' if self.at_least else 'at most'} {self.value:g}", met)


TARGETS = (
    Target("parity: largest difference", speed.TARGET_DIFFERENCE),
    Target("echo: NRMSE after 84 steps, reservoir, highest, against the target", echo.TARGET),
    Target("tagger: accuracy, tagger", tagger.TARGET, at_least=True),
    Target("tagger: training, tagger", tagger.TARGET_SECONDS),
)


def lift() -> Names:
    """The names that the notebook defines, without what it trains."""
    return lift_definitions(NOTEBOOK, RUN_WHOLE)


def measure(part: Part, names: Names, folder: Path, tell: Tell = lambda _: None) -> list[Figure]:
    """The figures of one part. folder: where the treebank is. tell: called with what has just been measured."""
    torch.set_num_threads(1)  # as in the notebook
    if part is Part.PARITY:
        return speed.parity_figures(speed.measure_parity(names))
    if part is Part.SPEED:
        return speed.speed_figures(speed.measure_speed(names))
    if part is Part.WRITING:
        return writing.regime_figures(writing.measure_regimes(names))
    if part is Part.ECHO:
        return echo.echo_figures(echo.measure_mackey_glass(names, report=tell))
    treebank = tagger.load(folder)
    return tagger.tagger_figures(tagger.measure_tagger(treebank, names, report=tell), tagger.whole(treebank))


def _tell(status: Status, start: str, done: str) -> None:
    status.update(f"{start}; {done}")


def main(
    data: Annotated[Path | None, typer.Option(help=f"Data folder; default ${VARIABLE}, else ../shared/data.")] = None,
    json_file: Annotated[Path | None, typer.Option("--json", help="Write the figures to this file as well.")] = None,
    only: Annotated[Part | None, typer.Option(help="Run one part; parity is the quick one.")] = None,
) -> None:
    """Measure the recurrent networks notebook's reference solutions."""
    folder = data_folder(data)
    parts = [only] if only else list(Part)
    missing = tagger.missing_files(folder) if Part.TAGGER in parts else []
    if missing:
        outcome = "ERROR" if data else "SKIPPED"
        remedy = f"name a folder that has them, by --data DIR or {VARIABLE}=DIR"
        print(f"{outcome}: the tagger: {folder} lacks {', '.join(missing)}: {remedy}", file=sys.stderr)
        if data:
            raise typer.Exit(2)
        parts.remove(Part.TAGGER)
    console = Console(width=None if sys.stdout.isatty() else 120)
    names, figures = lift(), []
    for part in parts:
        start = f"measuring {part}; the README has the durations"
        with console.status(start) as status:
            show = partial(_tell, status, start)
            found = measure(part, names, folder, show)
        console.print(figure_table(TITLES[part], found))
        figures += found
    for target in TARGETS:
        if line := target.said(figures):
            console.print(line)
    if json_file:
        json_file.write_text(json.dumps([figure.entry() for figure in figures], indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    typer.run(main)
