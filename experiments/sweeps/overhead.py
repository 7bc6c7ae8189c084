"""What the machinery of a sweep costs per run, measured with a model that does nothing: this module is that model."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from abm.errors import Mistake
from experiments.sweeps.models import Declared

LEVEL = "idle.level"
YEARS = 50
_NOTHING = np.zeros(YEARS, dtype=[("year", np.int32), *((f"indicator_{i}", np.float64) for i in range(10))])


def load(scenario: str, values: Mapping[str, Any], years: int | None) -> dict:
    """Return a scenario without parts."""
    return {"scenario": scenario}


def describe(base: dict) -> dict:
    """Return the scenario as it is."""
    return base


def restore(description: dict) -> dict:
    """Return the scenario as it is."""
    return description


def check(base: dict, values: Mapping[str, Any]) -> list[Mistake]:
    """Find nothing wrong."""
    return []


def declared(base: dict, name: str) -> Declared | None:
    """Declare one level between 0 and 1."""
    return Declared(0.0, 0.0, 1.0) if name == LEVEL else None


def known_names() -> list[str]:
    """Return the one name."""
    return [LEVEL]


def indicators() -> dict[str, str]:
    """Return ten indicators."""
    return {name: "last" for name in _NOTHING.dtype.names[1:]}


def horizon(base: dict) -> tuple[int, int]:
    """Return the first year and the number of years."""
    return 0, YEARS


def fingerprint() -> str:
    """Return a name: there is no code that decides numbers."""
    return "idle"


def warm_up() -> None:
    """Compile nothing."""


def prepare(base: dict, values: Mapping[str, Any]) -> None:
    """Prepare nothing."""


def simulate(prepared: None, seed: int) -> np.ndarray:
    """Return the same empty history."""
    return _NOTHING


def measure_overhead(runs: int = 40_000, chunk: int = 100, workers: int = 2) -> dict[str, float]:
    """Return the seconds of worker time a run of the sweep costs beside its simulation, and the start of the workers.

    per_run: wall time x workers / runs of the second half of a sweep whose runs do nothing; start: until the first part.
    """
    from experiments.sweeps.sweep import run_study

    study = {"scenario": "idle", "model": __name__, "factors": {LEVEL: {"levels": runs // 100}}, "replicates": 100}
    with tempfile.TemporaryDirectory() as place:
        began = time.time()
        run_study({**study, "chunk": chunk}, place, workers=workers, quiet=True)
        written = np.array(sorted(path.stat().st_mtime for path in Path(place).glob("runs/*.parquet")))
    half = len(written) // 2
    return {"per_run": (written[-1] - written[half]) * workers / (chunk * (len(written) - 1 - half)), "start": written[0] - began}
