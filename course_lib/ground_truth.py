"""Ground truth: what the instructor's own solution cells observe, and what known mistakes observe.

It is made by `course ground-truth`, never written by hand. The public file (seed known to all) ships with
the release for instant feedback; the secret file (secret seed) stays with the grader.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from course_lib import observation
from course_lib.errors import GroundTruthError, ObservationError

FORMAT = 1


@dataclass(frozen=True)
class Mistake:
    """A named wrong solution and what it observes (its signature)."""

    name: str
    hint: str
    observation: Any


@dataclass(frozen=True)
class ExerciseTruth:
    """What the reference solution of one exercise observes, and the mistakes known for it."""

    observation: Any
    mistakes: tuple[Mistake, ...] = ()


@dataclass(frozen=True)
class GroundTruth:
    """The ground truth of an assignment for one seed. exercises: of a file, each is read when it is asked for.

    points: `assignment.exercise` -> its points, what is graded by hand as well; older files have none.
    """

    assignment: str
    seed: int
    secret: bool
    exercises: Mapping[str, ExerciseTruth] = field(default_factory=dict)
    points: Mapping[str, float] = field(default_factory=dict)

    def save(self, path: Path) -> None:
        """Write JSON; the same truth always gives the same bytes."""
        document: dict[str, Any] = {
            "format": FORMAT,
            "made_by": "course ground-truth",
            "assignment": self.assignment,
            "seed": self.seed,
            "secret": self.secret,
        }
        if self.points:
            document["points"] = dict(self.points)
        # One line for each exercise: small, and a change shows whose truth it is.
        exercises = (
            f"{json.dumps(name)}:{json.dumps(_exercise_document(truth), sort_keys=True, separators=(',', ':'))}"
            for name, truth in sorted(self.exercises.items())
        )
        text = json.dumps(document, sort_keys=True)[:-1] + ',"exercises":{\n' + ",\n".join(exercises) + "\n}}\n"
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_suffix(".tmp")
        temporary.touch(mode=0o600 if self.secret else 0o644)
        temporary.write_text(text, encoding="utf-8")
        temporary.replace(path)

    @classmethod
    def load(cls, path: str | Path) -> GroundTruth:
        """Read a ground-truth file.

        Raises: GroundTruthError: the file is missing or is not a ground truth of this format.
        """
        try:
            document = json.loads(Path(path).read_text(encoding="utf-8"))
        except FileNotFoundError:
            raise GroundTruthError(
                f"{path} is missing: it lies beside the notebook in the release; "
                "start Jupyter in that folder, or fetch the file again"
            ) from None
        except (OSError, ValueError, RecursionError) as error:
            raise GroundTruthError(f"{path} cannot be read ({type(error).__name__}): fetch the file again") from None
        try:
            if document["format"] != FORMAT:
                raise GroundTruthError(
                    f"{path} has format {document['format']}, this course_lib reads {FORMAT}: update one of the two"
                )
            exercises = _Exercises(path, dict(document["exercises"].items()))
            points = {str(name): float(number) for name, number in document.get("points", {}).items()}
            return cls(str(document["assignment"]), int(document["seed"]), bool(document["secret"]), exercises, points)
        except (KeyError, TypeError, AttributeError, ValueError) as error:
            raise _malformed(path, error) from None


class _Exercises(Mapping[str, ExerciseTruth]):
    """Exercise -> its truth, read when it is asked for: a check needs one of them, and they are large."""

    def __init__(self, path: str | Path, documents: dict[str, Any]) -> None:
        self._path, self._documents = path, documents
        self._read: dict[str, ExerciseTruth] = {}

    def __getitem__(self, name: str) -> ExerciseTruth:
        """Raises: GroundTruthError: it is malformed."""
        if name not in self._read:
            document = self._documents[name]
            try:
                self._read[name] = _exercise_truth(document)
            except (KeyError, TypeError, AttributeError, ValueError, ObservationError) as error:
                raise _malformed(self._path, error) from None
        return self._read[name]

    def __contains__(self, name: object) -> bool:
        return name in self._documents

    def __iter__(self) -> Iterator[str]:
        return iter(self._documents)

    def __len__(self) -> int:
        return len(self._documents)


def _malformed(path: str | Path, error: Exception) -> GroundTruthError:
    return GroundTruthError(
        f"{path} is not a ground-truth file ({type(error).__name__}: {error}): fetch the file again"
    )


def _exercise_document(truth: ExerciseTruth) -> dict[str, Any]:
    return {
        "observation": json.loads(observation.encode(truth.observation)),
        "mistakes": [
            {"name": m.name, "hint": m.hint, "observation": json.loads(observation.encode(m.observation))}
            for m in truth.mistakes
        ],
    }


def _exercise_truth(document: dict[str, Any]) -> ExerciseTruth:
    def read(packed: Any) -> Any:
        return observation.decode(json.dumps(packed))

    mistakes = tuple(Mistake(m["name"], m["hint"], read(m["observation"])) for m in document["mistakes"])
    return ExerciseTruth(_with_cases(read(document["observation"])), mistakes)


def _with_cases(observed: Any) -> Any:
    """Raises: TypeError: not what a reference solution observes."""
    if not isinstance(observed, dict) or not isinstance(observed.get("cases"), dict):
        raise TypeError("an observation has no cases")
    return observed
