"""What the passing of years gives every material before a run: its log price path and the CO2 of a bought unit."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

import numpy as np

from ..input.scenario import Scenario
from ..numerics.elementary import logarithms
from .template import kept


@kept
def lay_paths(scenario: Scenario, months: int) -> np.ndarray:
    """Return the log price path of every material [material, month]; NaN where it is never bought."""
    tables: Any = scenario.tables
    series = _by_year((row.series, row.year, row.price) for row in tables["prices"])
    paths = np.full((len(tables["materials"]), months), np.nan)
    for place, row in enumerate(tables["materials"]):
        if row.price_series:
            paths[place] = logarithms(_monthly(scenario, months, series[row.price_series]))
        elif row.price is not None:
            paths[place] = math.log(row.price)
    return paths


@kept
def lay_emissions(scenario: Scenario, months: int) -> np.ndarray:
    """Return the CO2 of a bought unit [t/unit; material, month]: by year where emissions.csv says so, else constant."""
    tables: Any = scenario.tables
    points = _by_year((row.material, row.year, row.t_per_unit) for row in tables["emissions"])
    emissions = np.zeros((len(tables["materials"]), months))
    for place, row in enumerate(tables["materials"]):
        known = points.get(row.material)
        emissions[place] = row.co2_virgin / 1000 if known is None else _monthly(scenario, months, known)
    return emissions


def _by_year(rows: Iterable[tuple[str, int, float]]) -> dict[str, list[tuple[int, float]]]:
    """Return (year, value) by name, in the order of years."""
    points: dict[str, list[tuple[int, float]]] = {}
    for name, year, value in rows:
        points.setdefault(name, []).append((year, value))
    return {name: sorted(found) for name, found in points.items()}


def _monthly(scenario: Scenario, months: int, points: list[tuple[int, float]]) -> np.ndarray:
    """Return what years have in their middle, straight between, for every month."""
    years, values = zip(*points, strict=True)
    return np.interp(scenario.start_year + (np.arange(months) + 0.5) / 12, np.array(years) + 0.5, values)
