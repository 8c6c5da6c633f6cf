"""The generators of the `mini` profile, one module per assignment: each has `SEED` and `write(folder, seed)`."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from course_lib.errors import DataError

WRITERS = {
    "ranking": "course_lib.data.ranking_mini",
    "text_classification": "course_lib.data.text_classification_mini",
    "recurrent_networks": "course_lib.data.recurrent_networks_mini",
}


def write(assignment: str, folder: Path, seed: int | None = None) -> None:
    """Write an assignment's mini data into a folder, from this seed or from that of the files in the package.

    Raises: DataError: the assignment has no mini data.
    """
    if assignment not in WRITERS:
        raise DataError(f"there is no mini data {assignment}; there is: {', '.join(WRITERS)}")
    generator = import_module(WRITERS[assignment])
    generator.write(folder, generator.SEED if seed is None else seed)
