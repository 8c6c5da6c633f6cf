"""What the commands share: the application, the screen, the ways to name things, and how errors end."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from course_lib.errors import CourseError

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Word vectors and recurrent networks: check notebooks, grade a class, keep the course.",
    epilog="Exit codes: 0 done; 1 done, and something failed its check; 2 could not do it, one line says why.",
)
console = Console(soft_wrap=True, highlight=False, width=None if sys.stdout.isatty() else 120)

STUDENTS, INSTRUCTORS, MAINTAINERS = "For students", "For instructors", "For maintainers"

Assignment = Annotated[str, typer.Argument(help="A folder in source/.")]
Json = Annotated[Path | None, typer.Option("--json", help="Write the figures to this file too.")]


def step(what: str, action: Callable[[], object]) -> None:
    """Do something that takes a while, and say so."""
    with console.status(what):
        action()
    console.print(f"done: {what}")


def main() -> None:
    """Run the command; an error that a person can mend is one line and exit code 2."""
    try:
        app()
    except CourseError as error:
        Console(stderr=True, soft_wrap=True, highlight=False).print(f"error: {error}", markup=False)
        raise SystemExit(2) from None
