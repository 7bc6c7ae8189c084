"""What the machinery of a sweep costs per run: `python -m ecopark.experiments.sweeps.execution.overhead`."""

from __future__ import annotations

import os
import tempfile

from ..sweep import run_study
from . import idle_model

MEMORY = "/dev/shm"
OUTCOMES = [f"indicator_{number}" for number in range(4)]


def measure_overhead(chunk: int = 100, workers: int = 1, repeats: int = 3) -> dict[str, float]:
    """Return the processor time in seconds that a sweep takes beside its simulations.

    per_run: of all its processes, for a run more: what a long sweep takes above a short one; start: of the short one.
    Both the least of some repetitions, because other work on the machine only ever adds; in a file system in memory, where
    there is one, because a disk that others use, too, would be measured instead.
    """
    few, many = 40 * chunk, 1540 * chunk
    short = min(_processor_seconds(few, chunk, workers) for _ in range(repeats))
    long = min(_processor_seconds(many, chunk, workers) for _ in range(repeats))
    return {"per_run": (long - short) / (many - few), "start": short}


def _processor_seconds(runs: int, chunk: int, workers: int) -> float:
    """Return the processor time of a sweep whose runs do nothing: four outcomes of fifty years each."""
    factors = {idle_model.LEVEL: {"levels": runs // 20}}
    study = {"scenario": "idle", "model": idle_model.__name__, "factors": factors, "replicates": 20, "chunk": chunk}
    before = sum(os.times()[:4])
    with tempfile.TemporaryDirectory(dir=MEMORY if os.path.isdir(MEMORY) else None) as place:
        run_study({**study, "outcomes": OUTCOMES}, place, workers=workers, quiet=True)
    return sum(os.times()[:4]) - before


if __name__ == "__main__":
    for size in (1, 10, 100, 1000):
        found = measure_overhead(size)
        print(
            f"{size:5} runs a chunk: {found['per_run'] * 1e6:8.1f} us a run, start {found['start']:.2f} s of processor time"
        )
