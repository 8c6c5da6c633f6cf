"""Text classification on real AG News texts: quality, what the original's faults cost, speed of the hand-written GRU.

python benchmarks/text_classification.py [--data DIR] [--json FILE] [--only models|faults|speed] [--validate]

The solutions are lifted out of `source/text_classification/text_classification.ipynb`: what is measured is what the
course teaches. `text_classification_data.py` reads, `text_classification_models.py` trains,
`text_classification_speed.py` times.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import torch
import typer
from benchmark_common import VARIABLE, Figure, data_folder, figure_table, share, verdict
from rich.console import Console
from rich.table import Table
from text_classification_data import Names, News, lift, load, missing_files
from text_classification_models import (
    CNN,
    CNN_VECTORS,
    GRU,
    GRU_FROZEN,
    GRU_VECTORS,
    MEAN,
    RNN,
    Quality,
    fault_rows,
    trained_rows,
)
from text_classification_speed import TARGET_RATIO, TARGET_TIMES, GruSpeed, measure_gru, speed_figures

TARGET_ACCURACY = {RNN: 0.88, CNN: 0.90, GRU_FROZEN: 0.915, MEAN: 0.92}
RIGHT = (RNN, CNN, GRU, GRU_VECTORS, GRU_FROZEN, CNN_VECTORS, MEAN)
TARGET_TRAIN_SECONDS = 300.0
TARGET_ALONE = 1e-6

# Printed in the original course: one epoch on all 120,000 training texts, accuracy on all 7,600 test texts.
ORIGINAL_COURSE = {"RNN": 0.250, "GRU": 0.687, "GRU + vectors": 0.824, "GRU + vectors + frozen start": 0.843}


class Part(StrEnum):
    """What a run measures."""

    MODELS = "models"
    FAULTS = "faults"
    SPEED = "speed"


@dataclass(frozen=True)
class Result:
    """All that one run measures; a part that was left out has nothing here.

    targets: whether the accuracies are of the texts that the targets are about.
    """

    targets: bool
    models: list[Quality] = field(default_factory=list)
    faults: list[Quality] = field(default_factory=list)
    speed: GruSpeed | None = None


def measure(news: News, names: Names, only: Part | None = None, tell: Callable[[str], None] = lambda _: None) -> Result:
    """All parts, or only one. tell: called with what has just been measured."""
    torch.set_num_threads(1)  # as in the notebook
    models: list[Quality] = []
    faults: list[Quality] = []
    speed = None
    if only in (None, Part.SPEED):
        speed = measure_gru(names)
        tell("speed")
    for part, rows, measured in (
        (Part.MODELS, trained_rows, models),
        (Part.FAULTS, fault_rows, faults),
    ):
        if only in (None, part):
            for row in rows(news, names):
                measured.append(row)
                tell(row.method)
    return Result(news.whole, models, faults, speed)


# --- figures -----------------------------------------------------------------------------------------------


def quality_figures(quality: Quality, part: Part, targets: bool) -> list[Figure]:
    """Accuracy, seconds, parameters of a method, and how much a text's result depends on its batch.

    The networks of the table that are right have targets; the bag, the original and the ablation have none.
    """
    name = f"{part}: {quality.method}"
    right = part == Part.MODELS and quality.method in RIGHT
    least = TARGET_ACCURACY.get(quality.method) if right and targets else None
    longest = TARGET_TRAIN_SECONDS if right and targets else None
    figures = [
        Figure(f"{name}: accuracy", quality.accuracy, "share", least),
        Figure(f"{name}: training, CPU", quality.cpu_seconds, "CPU s", longest),
        Figure(f"{name}: training, by the clock", quality.seconds, "s"),
        Figure(f"{name}: parameters", quality.parameters, "parameters"),
    ]
    if quality.alone is not None and quality.alone_logits is not None:
        equal = TARGET_ALONE if right else None
        figures += [
            Figure(f"{name}: logits, alone and in a batch", quality.alone_logits, "logits"),
            Figure(f"{name}: probabilities, alone and in a batch", quality.alone, "probability", equal),
        ]
    return figures


def original_figures() -> list[Figure]:
    """The original course's accuracies, which are of more texts."""
    return [
        Figure(f"original course, all 120,000 texts: {name}: accuracy", accuracy, "share")
        for name, accuracy in ORIGINAL_COURSE.items()
    ]


def entries(result: Result) -> list[dict[str, Any]]:
    """One JSON entry for each figure of the tables."""
    figures = []
    for part, rows in ((Part.MODELS, result.models), (Part.FAULTS, result.faults)):
        figures += [figure for row in rows for figure in quality_figures(row, part, result.targets)]
    figures += original_figures()
    figures += speed_figures(result.speed) if result.speed else []
    return [figure.entry() for figure in figures]


# --- tables ------------------------------------------------------------------------------------------------


def quality_table(title: str, rows: list[Quality], part: Part, targets: bool) -> Table:
    """The measured rows; where there is a target, it stands beside the accuracy."""
    table = Table(title=title, title_justify="left")
    table.add_column("model")
    for head in ("accuracy", "target", "training,\nCPU", "by the\nclock", "parameters", "alone and\nin a batch"):
        table.add_column(head, justify="right")
    for row in rows:
        target = quality_figures(row, part, targets)[0].against
        table.add_row(
            row.method,
            share(row.accuracy),
            share(target),
            f"{row.cpu_seconds:.0f} s",
            f"{row.seconds:.0f} s",
            f"{row.parameters:,}",
            "" if row.alone is None else f"{row.alone:.0e}",
        )
    return table


def original_table() -> Table:
    """The original course's accuracies by themselves."""
    table = Table(title="The original course, one epoch on all 120,000 texts (not comparable)", title_justify="left")
    table.add_column("model")
    table.add_column("accuracy", justify="right")
    for name, accuracy in ORIGINAL_COURSE.items():
        table.add_row(name, share(accuracy))
    return table


def verdicts(result: Result) -> list[str]:
    """In words whether each target of the measured parts is met."""
    lines = []
    rows = {row.method: row for row in result.models}
    if rows and result.targets:
        for method, least in TARGET_ACCURACY.items():
            lines.append(verdict(f"{method}: accuracy at least {share(least)}", rows[method].accuracy >= least))
        slowest = max(rows[method].cpu_seconds for method in RIGHT)
        lines.append(verdict("each trained in under 5 minutes (CPU time)", slowest < TARGET_TRAIN_SECONDS))
    if rows:
        largest = max(rows[method].alone or 0.0 for method in RIGHT)
        lines.append(verdict("probabilities of a text alone and in a batch equal to 1e-6", largest <= TARGET_ALONE))
    if result.speed:
        lines.append(verdict("GRU: at most 1.15 of the time of nn.GRU", result.speed.ratio <= TARGET_RATIO))
        lines.append(verdict("GRU: at least 1.8 times faster than gate by gate", result.speed.times >= TARGET_TIMES))
    return lines


def show(result: Result, console: Console) -> None:
    """Print the tables of the measured parts, and in words whether the targets are met."""
    if result.models:
        console.print(quality_table("AG News", result.models, Part.MODELS, result.targets))
    if result.faults:
        title = "What the original course's faults cost the RNN (batches at random)"
        console.print(quality_table(title, result.faults, Part.FAULTS, result.targets))
    if result.speed:
        title = "Hand-written GRU, forward and backward, 32 texts of 100 words, 50 to 50"
        console.print(figure_table(title, speed_figures(result.speed)))
    for line in verdicts(result):
        console.print(line)
    console.print(original_table())


# --- command line ------------------------------------------------------------------------------------------


def main(
    data: Annotated[Path | None, typer.Option(help=f"Data folder; default ${VARIABLE}, else ../shared/data.")] = None,
    json_file: Annotated[Path | None, typer.Option("--json", help="Write the figures to this file as well.")] = None,
    only: Annotated[Part | None, typer.Option(help="Run one part; speed is the quick one.")] = None,
    validate: Annotated[
        bool, typer.Option("--validate", help="Leave the test texts alone: hold some training texts out instead.")
    ] = False,
) -> None:
    """Measure the text classification notebook's reference solutions on real texts."""
    folder = data_folder(data)
    missing = missing_files(folder)
    if missing:
        outcome = "ERROR" if data else "SKIPPED"
        remedy = f"name a folder that has them, by --data DIR or {VARIABLE}=DIR"
        print(f"{outcome}: {folder} lacks {', '.join(missing)}: {remedy}", file=sys.stderr)
        raise typer.Exit(2 if data else 0)
    console = Console(width=None if sys.stdout.isatty() else 120)
    start = f"measuring {only or 'everything'}; the README has the durations"
    news = load(folder)
    with console.status(start) as status:
        result = measure(
            news.held_out() if validate else news, lift(), only, lambda done: status.update(f"{start}; done: {done}")
        )
    show(result, console)
    if json_file:
        json_file.write_text(json.dumps(entries(result), indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    typer.run(main)
