"""Recording what a student's function gives, and working out the cases from that record where he cannot reach.

Where an answer is random, what is observed is what all right answers have in common: "independent", "equally often".
Such words are the same for every seed, so whoever knows them could send them. Therefore the results of all calls are
sent, and the observer runs once more outside, with a player of the record in place of the student's function.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import torch

from course_lib import observation
from course_lib.observation import Raised


@dataclass(frozen=True)
class Record:
    """How a check's calls are recorded.

    inside: cases that only the student's process can tell, such as changed arguments; others are worked out outside.
    keep: arguments, result -> what is sent of a call. give: what was sent, arguments -> what the player returns.
    """

    inside: frozenset[str]
    keep: Callable[[tuple[Any, ...], Any], Any] = lambda arguments, result: [
        isinstance(result, torch.Tensor),
        result,
    ]
    give: Callable[[Any, tuple[Any, ...]], Any] = lambda kept, arguments: (
        torch.as_tensor(kept[1]) if kept[0] is True else kept[1]
    )


@dataclass
class Recorder:
    """A student's function that notes what each call gives."""

    function: Callable[..., Any]
    record: Record
    calls: list[Any] = field(default_factory=list)

    def __call__(self, *arguments: Any, **keywords: Any) -> Any:
        """Call the function. Raises: what it raises."""
        try:
            result = self.function(*arguments, **keywords)
            self.calls.append(observation.plain(self.record.keep(arguments, result)))
        except (Exception, SystemExit) as error:
            self.calls.append(observation.raised(error))
            raise
        return result


class Player:
    """Gives what a recorded function gave, call by call."""

    def __init__(self, calls: Any, record: Record) -> None:
        self._calls = iter(calls if isinstance(calls, list) else [])
        self._record = record

    def __call__(self, *arguments: Any, **keywords: Any) -> Any:
        """The next result. Raises: an exception of the recorded name, or of no name that a truth has at the end."""
        call = next(self._calls, Raised("Missing", "the answer was called less often"))
        if isinstance(call, Raised):
            raise type(call.type, (Exception,), {})(call.message)
        return self._record.give(call, arguments)


def bare(function: Callable[..., Any]) -> Callable[..., Any]:
    """The function without its recorder, where time or steps are measured."""
    return function.function if isinstance(function, Recorder) else function
