"""Reading TensorBoard events back."""

from __future__ import annotations

from pathlib import Path

from tensorboard.backend.event_processing.event_accumulator import EventAccumulator


def read_scalars(folder: str) -> dict[str, list[tuple[int, float]]]:
    """tag -> (step, value) of the scalars of the newest run in a folder of events; empty if there is none."""
    files = sorted(Path(folder).glob("events.out.tfevents.*"), key=lambda file: (file.stat().st_mtime_ns, file.name))
    if not files:
        return {}
    found = EventAccumulator(str(files[-1]), size_guidance={"scalars": 0})
    found.Reload()
    return {tag: [(event.step, event.value) for event in found.Scalars(tag)] for tag in found.Tags()["scalars"]}
