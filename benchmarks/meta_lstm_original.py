"""The meta-LSTM at its original size: K = 10, L = R = 6, T = 3, D = 512, H = 1024, 20,000 steps of 32 sequences.

python benchmarks/meta_lstm_original.py CHECKPOINT [--steps N] [--device cpu|cuda] [--json FILE]

It trains the model of `source/meta_lstm/meta_lstm.ipynb` by that notebook's own functions, on a GPU if there is one.
Every `--every` steps it writes CHECKPOINT; started again with the same one, it goes on from there, and on a CPU ends
with the same weights as a run that nobody killed. Unlike the original it holds a fifth of the 720 languages back, and
measures on those.
"""

from __future__ import annotations

import json
import os
import sys
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Annotated, Any

import torch
import typer
from benchmark_common import COURSE, Figure, figure_table, lift_definitions
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from torch import nn

from course_lib.data.languages import Game, all_languages, split_languages

NOTEBOOK = COURSE / "source" / "meta_lstm" / "meta_lstm.ipynb"
RATE = 1e-3
JUDGED = 2_000  # sequences of unseen languages, and as many of those that were trained on

Names = dict[str, Any]


class CheckpointError(Exception):
    """A checkpoint that cannot be used; the message says why and what to do."""


@dataclass(frozen=True)
class Settings:
    """What is trained; a checkpoint of other settings is refused."""

    examples: int = 10  # K
    left: int = 6  # L
    right: int = 6  # R
    words: int = 3  # T
    embed: int = 512  # D
    hidden: int = 1024  # H
    batch: int = 32  # B
    seed: int = 0

    @property
    def game(self) -> Game:
        """The sizes of a sequence."""
        return Game(self.examples, self.left, self.right, self.words)


@dataclass
class Run:
    """A training under way: everything that a checkpoint holds."""

    model: nn.Module
    optimizer: torch.optim.Optimizer
    generator: torch.Generator  # of the batches
    losses: list[float] = field(default_factory=list)
    seconds: float = 0.0

    def state(self, settings: Settings) -> dict[str, Any]:
        """Plain data and tensors, for `torch.save`."""
        return {
            "settings": asdict(settings),
            "model": self.model.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "generator": self.generator.get_state(),
            "losses": self.losses,
            "seconds": self.seconds,
        }


def lift() -> Names:
    """The names that the notebook defines, without what it trains."""
    return lift_definitions(NOTEBOOK, ("setup",))


def start(names: Names, settings: Settings, device: torch.device) -> Run:
    """A run at step 0."""
    torch.manual_seed(settings.seed)
    model = names["LanguageModel"](settings.game.num_tokens, settings.embed, settings.hidden).to(device)
    generator = torch.Generator().manual_seed(settings.seed)
    return Run(model, torch.optim.Adam(model.parameters(), lr=RATE), generator)


def resume(run: Run, path: Path, settings: Settings) -> None:
    """Bring a run to where its checkpoint was written.

    Raises: CheckpointError: it is no checkpoint of this program, or one of other settings.
    """
    try:
        state = torch.load(path, map_location="cpu", weights_only=True)
        stored = state["settings"]
    except Exception as error:
        raise CheckpointError(
            f"{path} is no checkpoint of this program ({type(error).__name__}): name another file, or delete it"
        ) from None
    other = {name: value for name, value in stored.items() if value != asdict(settings).get(name)}
    if other:
        told = ", ".join(f"{name} {value}" for name, value in other.items())
        raise CheckpointError(f"{path} was trained with {told}: give the same options, or name another file")
    run.model.load_state_dict(state["model"])
    run.optimizer.load_state_dict(state["optimizer"])
    run.generator.set_state(state["generator"])
    run.losses, run.seconds = state["losses"], state["seconds"]


def save(run: Run, path: Path, settings: Settings) -> None:
    """Write a checkpoint; whoever is killed while writing still has the one before."""
    beside = path.with_name(f".{path.name}.part")
    torch.save(run.state(settings), beside)
    os.replace(beside, path)


def train(run: Run, names: Names, settings: Settings, steps: int) -> None:
    """So many further steps."""
    game = settings.game
    languages, _ = split_languages(all_languages(game))
    device = next(run.model.parameters()).device
    began = time.perf_counter()
    losses = []
    for _ in range(steps):
        batch = names["make_batch"](game, languages, settings.batch, run.generator).to(device)
        run.optimizer.zero_grad()
        loss = names["next_token_loss"](run.model, batch)
        loss.backward()
        run.optimizer.step()
        losses.append(loss.detach())
    run.losses += torch.stack(losses).tolist()  # once, since it waits for the GPU
    run.seconds += time.perf_counter() - began


def accuracy(run: Run, names: Names, settings: Settings, languages: torch.Tensor) -> list[float]:
    """For each of the K examples the share of its translated words that are right, on fresh sequences."""
    game = settings.game
    device = next(run.model.parameters()).device
    batch = names["make_batch"](game, languages, JUDGED, torch.Generator().manual_seed(settings.seed + 1))
    right = []
    with torch.no_grad():
        for rows in batch.split(100):
            logits, _ = run.model(rows[:, :-1].to(device))
            right.append(logits.argmax(dim=2).cpu() == rows[:, 1:])
    return names["translated"](game, torch.cat(right)).double().mean(dim=(0, 2)).tolist()


def figures(run: Run, names: Names, settings: Settings) -> list[Figure]:
    """What the table shows: accuracy on the last example, loss and time."""
    known, unseen = split_languages(all_languages(settings.game))
    best_loss, best_accuracy = names["best_possible"](settings.game)
    last = [accuracy(run, names, settings, languages)[-1] for languages in (unseen, known)]
    latest = run.losses[-100:]
    words = settings.game.num_words * settings.examples
    floor = (words * torch.tensor(settings.left).log().item() + best_loss.sum()) / (settings.game.length - 1)
    return [
        Figure("original: last example, languages never seen", last[0], "accuracy", float(best_accuracy[-1].mean())),
        Figure("original: last example, training languages", last[1], "accuracy", float(best_accuracy[-1].mean())),
        Figure("original: loss of the last 100 steps", sum(latest) / len(latest), "nats", float(floor)),
        Figure("original: steps", len(run.losses), ""),
        Figure("original: training", run.seconds, "s"),
    ]


def main(
    checkpoint: Annotated[Path, typer.Argument(help="Written as it goes; if it exists, the training goes on from it.")],
    steps: Annotated[int, typer.Option(min=1, help="Where to stop, counted from the very first.")] = 20_000,
    every: Annotated[int, typer.Option(min=1, help="Steps between two checkpoints.")] = 100,
    device: Annotated[str, typer.Option(help="cpu or cuda; default: a GPU if there is one.")] = "",
    json_file: Annotated[Path | None, typer.Option("--json", help="Write the figures to this file as well.")] = None,
    embed: Annotated[int, typer.Option(min=1, help="D.")] = Settings.embed,
    hidden: Annotated[int, typer.Option(min=1, help="H.")] = Settings.hidden,
    batch: Annotated[int, typer.Option(min=1, help="Sequences of a step.")] = Settings.batch,
    seed: Annotated[int, typer.Option(help="Of weights and batches.")] = Settings.seed,
) -> None:
    """Train the meta-LSTM at its original size, or go on with it."""
    settings = Settings(embed=embed, hidden=hidden, batch=batch, seed=seed)
    try:
        place = torch.device(device or ("cuda" if torch.cuda.is_available() else "cpu"))
        names = lift()
        run = start(names, settings, place)
        if checkpoint.exists():
            resume(run, checkpoint, settings)
            print(f"going on after step {len(run.losses):,} of {checkpoint}")
        checkpoint.parent.mkdir(parents=True, exist_ok=True)
        _train_with_checkpoints(run, names, settings, checkpoint, steps, every)
    except (CheckpointError, OSError, RuntimeError) as error:
        print(f"error: {error}", file=sys.stderr)
        raise typer.Exit(2) from None
    found = figures(run, names, settings)
    console = Console(width=None if sys.stdout.isatty() else 120)
    console.print(figure_table(f"Meta-LSTM, D = {embed}, H = {hidden}, on {place}", found))
    if json_file:
        json_file.write_text(json.dumps([figure.entry() for figure in found], indent=2) + "\n", encoding="utf-8")


def _train_with_checkpoints(
    run: Run, names: Names, settings: Settings, checkpoint: Path, steps: int, every: int
) -> None:
    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), TextColumn("loss {task.description}"))
    with Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task("", total=steps, completed=len(run.losses))
        while len(run.losses) < steps:
            train(run, names, settings, min(every - len(run.losses) % every, steps - len(run.losses)))
            save(run, checkpoint, settings)
            progress.update(task, completed=len(run.losses), description=f"{run.losses[-1]:.3f}")


if __name__ == "__main__":
    typer.run(main)
