"""What the passing of years gives every material before a run: its log price path and the CO2 of a bought unit."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from ..input.scenario import Scenario
from ..numerics.elementary import logarithms
from .template import kept


@kept
def lay_paths(scenario: Scenario, months: int) -> np.ndarray:
    """Return the log price path of every material [material, month]; NaN where it is never bought."""
    tables: Any = scenario.tables
    points: dict[str, list[tuple[int, float]]] = {}
    for row in tables["prices"]:
        points.setdefault(row.series, []).append((row.year, row.price))
    when = scenario.start_year + (np.arange(months) + 0.5) / 12
    paths = np.full((len(tables["materials"]), months), np.nan)
    for place, row in enumerate(tables["materials"]):
        if row.price_series:
            years, prices = zip(*sorted(points[row.price_series]), strict=True)
            paths[place] = logarithms(np.interp(when, np.array(years) + 0.5, prices))
        elif row.price is not None:
            paths[place] = math.log(row.price)
    return paths


@kept
def lay_emissions(scenario: Scenario, months: int) -> np.ndarray:
    """Return the CO2 of a bought unit [t/unit; material, month]: by year where emissions.csv says so, else constant."""
    tables: Any = scenario.tables
    points: dict[str, list[tuple[int, float]]] = {}
    for row in tables["emissions"]:
        points.setdefault(row.material, []).append((row.year, row.t_per_unit))
    when = scenario.start_year + (np.arange(months) + 0.5) / 12
    emissions = np.zeros((len(tables["materials"]), months))
    for place, row in enumerate(tables["materials"]):
        emissions[place] = row.co2_virgin / 1000
        if row.material in points:
            years, tonnes = zip(*sorted(points[row.material]), strict=True)
            emissions[place] = np.interp(when, np.array(years) + 0.5, tonnes)
    return emissions
