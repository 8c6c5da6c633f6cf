"""The two small models: a chooser that learns sums, and an LSTM that learns languages in its input.

python benchmarks/small_models.py [--json FILE] [--only chooser|meta]

The solutions are lifted out of `source/toy_chooser/toy_chooser.ipynb` and `source/meta_lstm/meta_lstm.ipynb`: what is
measured is what the course teaches, at the size that the notebooks train. `small_models_chooser.py` and
`small_models_meta.py` measure one each; both make their data. `meta_lstm_original.py` trains the original's size.
"""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import small_models_chooser as chooser
import small_models_meta as meta
import torch
import typer
from benchmark_common import Figure, Target, figure_table
from rich.console import Console


class Part(StrEnum):
    """What a run measures."""

    CHOOSER = "chooser"
    META = "meta"


TITLES = {
    Part.CHOOSER: "Toy chooser, totals to 10,000",
    Part.META: "Meta-LSTM, the notebook's size",
}


TARGETS = (
    Target("chooser: accuracy with 10 options, lowest of the seeds", 0.99),
    Target("chooser: training, longest of the seeds", 60, at_most=True),
    Target("chooser: examples per second, against one at a time", 20, ratio=True),
    Target("meta: last example, languages never seen, lowest of the seeds", 0.95),
    Target("meta: training, longest of the seeds", 120, at_most=True),
    Target("meta: sequences per second in batches of 32, against token by token", 100, ratio=True),
)


def measure(part: Part) -> list[Figure]:
    """The figures of one part."""
    torch.set_num_threads(1)  # as in the notebooks
    module = chooser if part is Part.CHOOSER else meta
    return module.figures(module.lift())


def main(
    json_file: Annotated[Path | None, typer.Option("--json", help="Write the figures to this file as well.")] = None,
    only: Annotated[Part | None, typer.Option(help="Run one part.")] = None,
) -> None:
    """Measure the reference solutions of the two small models."""
    console = Console(width=None if sys.stdout.isatty() else 120)
    figures = []
    for part in [only] if only else list(Part):
        with console.status(f"measuring {part}; the README has the durations"):
            found = measure(part)
        console.print(figure_table(TITLES[part], found))
        figures += found
    for target in TARGETS:
        if line := target.said(figures):
            console.print(line)
    if json_file:
        json_file.write_text(json.dumps([figure.entry() for figure in figures], indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    typer.run(main)
