"""The line on the screen while a class is graded."""

from __future__ import annotations

import time
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

LONG_S = 10.0  # how long one runs before it is named


class Observer:
    """Is told what happens while a class is graded; this one keeps it to itself."""

    def begins(self, students: int, unchanged: int) -> None:
        """There are so many, of which some are graded already."""

    def finished(self, student: str) -> None:
        """One more is graded."""

    def runs_longest(self, student: str, seconds: float) -> None:
        """Of those that run now."""

    def says(self, words: str) -> None:
        """Something that a person should know."""


class GradingProgress(Observer):
    """Done of all, rate, time left, and who runs longest, on the screen."""

    def __init__(self, console: Console, assignment: str) -> None:
        self._assignment = assignment
        self._progress = Progress(
            TextColumn("grading {task.description}", markup=False),
            BarColumn(bar_width=20),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("{task.fields[rate]}{task.fields[longest]}", markup=False),
            console=console,
            transient=True,
        )
        self._task = self._progress.add_task(assignment, total=None, rate="", longest="")
        self._begun = time.monotonic()
        self._to_do = self._done = 0

    def __enter__(self) -> GradingProgress:
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._progress.stop()

    def begins(self, students: int, unchanged: int) -> None:
        """Show how many there are."""
        self._to_do, self._begun = students - unchanged, time.monotonic()
        self._progress.update(self._task, total=students, completed=unchanged)

    def finished(self, student: str) -> None:
        """Count one, and work out the rate and the time left."""
        self._done += 1
        per_s = self._done / (time.monotonic() - self._begun)
        left = (self._to_do - self._done) / per_s
        rate = f"{60 * per_s:.0f} a minute, {_clock(left)} left"
        self._progress.update(self._task, advance=1, rate=rate, longest="")

    def runs_longest(self, student: str, seconds: float) -> None:
        """Name who holds a worker for long."""
        if seconds > LONG_S:
            self._progress.update(self._task, longest=f"; {student[:30]!r} runs for {seconds:.0f} s")

    def says(self, words: str) -> None:
        """A line above the bar, which stays."""
        self._progress.console.print(words, markup=False)


def _clock(seconds: float) -> str:
    """Hours, minutes and seconds.

    >>> _clock(3725)
    '1:02:05'
    """
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{rest:02}"
