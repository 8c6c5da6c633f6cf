"""Commands for students; their package has these alone."""

from __future__ import annotations

from typing import Annotated

import typer

from course_lib.cli.app import STUDENTS, app, console, main

__all__ = ["main"]


@app.command(rich_help_panel=STUDENTS)
def download(assignment: Annotated[str, typer.Argument(help="The assignment whose full data to fetch.")]) -> None:
    """Download the full data into the cache; after a break, the same command goes on from there."""
    from course_lib.data import download as downloading

    console.print(f"{downloading.fetch(assignment)} has it all; to use it: COURSE_DATA=full jupyter lab", markup=False)
