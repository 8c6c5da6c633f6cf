"""What the commands share: the application, the screen, the ways to name things, and how errors end."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from importlib import metadata
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console, ConsoleOptions, RenderableType
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.segment import Segment

from course_lib import whole_file
from course_lib.errors import CourseError
from course_lib.paths import Course

STOPPED = 130  # exit code after Ctrl-C, as shells have it
NO_READER = 141  # exit code where the other end of a pipe has closed, as shells have it
# Names and notes may be a student's: what steers a terminal, or turns the direction of text, is shown as a space.
UNSEEN = dict.fromkeys(
    [*range(10), *range(11, 32), *range(127, 160), *range(0x202A, 0x202F), *range(0x2066, 0x206A)], " "
)


class Screen(Console):
    """rich's console, on which no text steers the terminal."""

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        """The parts of something that is shown."""
        for part in super().render(renderable, options):
            yield part if part.control else Segment(part.text.translate(UNSEEN), part.style)

    def on_broken_pipe(self) -> None:
        """End without a word where nobody reads on, as in `course doctor | head -1`."""
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(NO_READER)


app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Word vectors and recurrent networks: check notebooks, grade a class, keep the course.",
    epilog="Exit codes: 0 done; 1 done, and something failed its check; 2 could not do it, one line says why; "
    "130 stopped by Ctrl-C. Example: course autograde --help",
)
console = Screen(soft_wrap=True, highlight=False, width=None if sys.stdout.isatty() else 120)

STUDENTS, INSTRUCTORS, MAINTAINERS = "For students", "For instructors", "For maintainers"


def _version(asked: bool) -> None:
    if asked:
        try:
            number = metadata.version("course-lib")
        except metadata.PackageNotFoundError:
            number = "(not installed)"
        console.print(f"course {number}", markup=False)
        raise typer.Exit


@app.callback()
def course(
    version: Annotated[
        bool, typer.Option("--version", metavar="", callback=_version, is_eager=True, help="Show the version and end.")
    ] = False,
) -> None:
    """What comes before a command."""


def assignments(incomplete: str) -> list[str]:
    """For the shell's completion: folders in source/ that begin so."""
    try:
        return [name for name in Course.here().assignments() if name.startswith(incomplete)]
    except CourseError:
        return []


Assignment = Annotated[
    str, typer.Argument(metavar="ASSIGNMENT", help="A folder in source/, such as ranking.", autocompletion=assignments)
]
Json = Annotated[Path | None, typer.Option("--json", metavar="FILE", help="Write the figures to this file too.")]


def write_figures(path: Path | None, figures: Mapping[str, Any]) -> None:
    """Write what --json asks for, at once; nothing without a path. Raises: CourseError: it cannot be written."""
    if path is None:
        return
    text = json.dumps(figures, indent=1, ensure_ascii=False, default=str) + "\n"
    whole_file.write(path, text, remedy="name another file for --json", make_folder=True)


def step(what: str, action: Callable[[], object]) -> None:
    """Do something that takes a while, and say so."""
    with console.status(what):
        action()
    console.print(f"done: {what}")


@contextmanager
def bar(what: str) -> Iterator[Callable[[int, int], None]]:
    """A bar that is told (done, total); nothing where the output is no terminal."""
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=20),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task(what, total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)


def main() -> None:
    """Run the command; an error that a person can mend is one line and exit code 2, Ctrl-C one line and 130."""
    try:
        app()
    except CourseError as error:
        _say(f"error: {error}")
        raise SystemExit(2) from None
    except OSError as error:
        if error.filename is None:
            raise
        _say(f"error: cannot use {os.fsdecode(error.filename)}: {error.strerror}: mend that, or name another")
        raise SystemExit(2) from None
    except SystemExit as end:
        if end.code == STOPPED:
            _say("stopped: what was finished is kept")
        raise


def _say(line: str) -> None:
    Screen(stderr=True, soft_wrap=True, highlight=False).print(line, markup=False)
