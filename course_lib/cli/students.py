"""Commands for students; their package has these alone."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from course_lib.cli.app import STUDENTS, Json, app, bar, console, main, write_figures

__all__ = ["main"]


@app.command(rich_help_panel=STUDENTS, epilog="Example: course download ranking")
def download(
    assignment: Annotated[str, typer.Argument(metavar="ASSIGNMENT", help="The assignment whose full data to fetch.")],
) -> None:
    """Download the full data into the cache; after a break, the same command goes on from there."""
    from course_lib.data import download as downloading

    console.print(f"{downloading.fetch(assignment)} has it all; to use it: COURSE_DATA=full jupyter lab", markup=False)


@app.command(rich_help_panel=STUDENTS, epilog="Example: course check ranking.ipynb")
def check(
    notebook: Annotated[Path, typer.Argument(metavar="NOTEBOOK", help="Your notebook, with test_gt.json beside it.")],
    json: Json = None,
    cell_timeout: Annotated[
        int, typer.Option(metavar="SECONDS", min=1, help="Seconds after which a cell is interrupted.")
    ] = 120,
) -> None:
    """Run your notebook from top to bottom and tell how far you are; the file stays as it is."""
    from course_lib import notebook_check

    with bar("running cells") as show:
        found = notebook_check.check(notebook, cell_timeout, show)
    write_figures(json, found.as_data())  # first: whoever reads the screen may stop reading
    console.print(found.progress.as_text(), markup=False)
    for finding in found.findings:
        console.print(finding, markup=False)
    if not found.progress.passed:
        raise typer.Exit(1)
