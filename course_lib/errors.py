"""Errors that a reader can mend: one clear line, never a stack of tracebacks."""


class CourseError(Exception):
    """Something is missing or malformed; the message names it and the remedy."""

    def _render_traceback_(self) -> list[str]:
        """Tell IPython to print the message alone."""
        return [f"{type(self).__name__}: {self}"]


class DataError(CourseError):
    """A data file or folder is missing or malformed."""


class GroundTruthError(CourseError):
    """The ground-truth file is missing or malformed."""


class ObservationError(CourseError):
    """An encoded observation is malformed or over its limits."""
