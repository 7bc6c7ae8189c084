"""Tables behind the figures of time: starts of dated links, PIT of counts, survival of links."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from ecopark.analysis.validation.null_models import constant_hazard
from ecopark.analysis.validation.scores.counts import pit

from .cases import Case, hazard_of
from .dynamics import is_dated, survival_of
from .scenarios import KALUNDBORG
from .store import Runs
from .summaries import counts_of, history


def start_table(cases: list[Case], runs: Mapping[str, Runs]) -> list[dict[str, Any]]:
    """Return for each dated link the year of the record and the years of the model, dates of the record not given."""
    rows = []
    for case in cases:
        for fact in case.facts:
            if case.name not in runs or not is_dated(fact):
                continue
            begun = runs[case.name].starts(fact.places)
            there = begun[np.isfinite(begun)]
            years = case.ground.first + there // 12
            low, mid, high = np.quantile(years, [0.05, 0.5, 0.95]) if len(years) else (np.nan,) * 3
            real = np.mean([one for one in fact.start if one is not None])
            rows.append({"park": case.name, "id": fact.id, "year": float(real), "low": low, "median": mid, "high": high,
                         "share of runs": len(there) / len(begun)})  # fmt: skip
    return rows


def pit_table(cases: list[Case], runs: Mapping[str, Runs]) -> list[dict[str, Any]]:
    """Return the randomised PIT of Kalundborg's counts of the years it is scored in."""
    rng, rows = np.random.default_rng(1), []
    for case in cases:
        if case.name == KALUNDBORG and case.name in runs:
            years = range(case.ground.first, case.ground.last + 1)
            members, known = counts_of(case, runs[case.name], years), history()
            for place, year in enumerate(years):
                rows.append({"park": case.name, "year": year, "pit": pit(members[:, place], known[year][1], rng)})
    return rows


def survival_table(cases: list[Case], runs: Mapping[str, Runs]) -> list[dict[str, Any]]:
    """Return the survival of Kalundborg's links to 1995 by age: model, and N9 of the other parks."""
    grid = np.arange(1.0, 31.0)
    for case in cases:
        if case.name == KALUNDBORG and case.name in runs:
            model = survival_of(runs[case.name], case.month(case.ground.last), grid)
            steady = constant_hazard(hazard_of(cases, without=KALUNDBORG), grid)
            return [{"age": age, "model": one, "N9": null} for age, one, null in zip(grid, model, steady, strict=True)]
    return []
