"""The saved posterior of the shared parameters: abm/library/posterior.csv, from which runs, sweeps and forecasts draw."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import numpy as np

import ecopark.abm
from ecopark.abm.input.errors import InputError, Mistake
from ecopark.abm.input.parameters import PARAMETERS

from .points import NAMES

PATH = Path(ecopark.abm.__file__).parent / "library" / "posterior.csv"
NOTE = "version"


def write_posterior(rows: np.ndarray, release: str, path: Path = PATH) -> None:
    """Write draws of the shared parameters [row, parameter] with the release they belong to."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([NOTE, *NAMES])
        writer.writerows([release, *(f"{value:.6g}" for value in row)] for row in rows.tolist())


def read_posterior(path: Path | None = None) -> tuple[Mapping[str, float], ...]:
    """Return the saved draws, of the library where no file is named; raises InputError when there are none."""
    return _read(path or PATH)


@lru_cache(maxsize=4)
def _read(path: Path) -> tuple[Mapping[str, float], ...]:
    if not path.is_file():
        raise InputError([Mistake("posterior", str(path), "a posterior: `ecopark benchmark fit` writes one")])
    with path.open(encoding="utf-8", newline="") as file:
        rows = [
            {name: float(value) for name, value in row.items() if name in PARAMETERS} for row in csv.DictReader(file)
        ]
    if not rows:
        raise InputError([Mistake("posterior", str(path), "at least one row")])
    return tuple(rows)


def row_of(seed: int, path: Path | None = None) -> Mapping[str, float]:
    """Return the row of the posterior that a seed draws."""
    rows = read_posterior(path)
    return rows[int(np.random.default_rng([seed, 20]).integers(len(rows)))]


def points_of_posterior(count: int, path: Path | None = None) -> list[Mapping[str, float]]:
    """Return `count` rows of the posterior, evenly spread over its rows."""
    rows = read_posterior(path)
    return [rows[int((place + 0.5) * len(rows) / count) % len(rows)] for place in range(count)]
