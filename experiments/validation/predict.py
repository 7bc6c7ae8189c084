"""Predictions for parks whose outcomes nobody here knows: links, counts and ends as tables, every null beside the model."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from ecopark.abm.entities.codes import REASONS
from ecopark.analysis.run_folder.spreadsheet_text import write_csv
from ecopark.analysis.validation import null_models

from .cases import Case, case_of, hazard_of, rates_of, stream_class
from .fit import Progress
from .posterior import points_of_posterior
from .runs import SEED, Outcome, run_once
from .scenarios import grounds
from .store import Runs, gather
from .tables import Parks

LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)


def predict(
    parks: Parks, fitted: list[Case], out: Path, replicates: int, mode: str, roles: tuple[str, ...], say: Progress
) -> list[Path]:
    """Write links.csv, counts.csv and ends.csv of the parks of some roles into a folder; return the files."""
    tables: dict[str, list[dict[str, Any]]] = {"links": [], "counts": [], "ends": []}
    rates, hazard = rates_of(fitted, documented=False), hazard_of(fitted)
    for ground in grounds(parks, roles):
        say(f"{ground.park['label']}, {replicates} runs")
        case = case_of(parks, ground)
        outcomes = list(map(partial(_run, case, mode), enumerate(points_of_posterior(replicates))))
        runs = gather(outcomes, len(case.chances))
        tables["links"] += _links(case, outcomes, runs, rates)
        tables["counts"] += _counts(case, runs, rates)
        tables["ends"] += _ends(case, runs, hazard)
    out.mkdir(parents=True, exist_ok=True)
    files = []
    for name, rows in tables.items():
        files.append(out / f"{name}.csv")
        write_csv(pd.DataFrame(rows), files[-1])
    return files


def _run(case: Case, mode: str, job: tuple[int, Any]) -> Outcome:
    return run_once(case.ground, SEED + job[0], job[1], mode)


def _links(case: Case, outcomes: list[Outcome], runs: Runs, rates: Any) -> Iterable[dict[str, Any]]:
    """Yield the forecast of every opportunity that is possible in some year."""
    count, year = runs.count, case.ground.last
    live = runs.live(case.month(year)).sum(axis=0)
    explored = np.array([np.isfinite(one.identified) for one in outcomes]).sum(axis=0)
    value = case.worth.value.max(axis=0)
    for place in case.feasible.tolist():
        giver, taker, by_product, need = case.chances.keys[place]
        begun = runs.starts((place,))
        starts = _quantiles(case.ground.first + begun[np.isfinite(begun)] // 12)
        yield {
            "park": case.name, "giver": giver, "taker": taker, "by_product": by_product, "input": need, "year": year,
            "p_explored": _chance(explored[place], count), "p_operating": _chance(live[place], count),
            **{f"start_{round(100 * level):02d}": start for level, start in zip(LEVELS, starts, strict=True)},
            "N3": 1 - null_models.FLOOR, "N4": 1 - null_models.FLOOR if value[place] > 0 else null_models.FLOOR,
            "N5_value_EUR": float(value[place]), "N6_first_possible": case.ground.first + float(case.worth.first()[place]),
            "N7": rates[None], "N8": rates.get(stream_class(by_product), rates[None]),
        }  # fmt: skip


def _chance(hits: float, count: int) -> float:
    return round(float((hits + 0.5) / (count + 1)), 6)


def _quantiles(values: np.ndarray) -> list[float]:
    return np.quantile(values, LEVELS).tolist() if len(values) else [np.nan] * len(LEVELS)


def _counts(case: Case, runs: Runs, rates: Any) -> Iterable[dict[str, Any]]:
    """Yield the number of links of every year, and what the nulls say: none before (N1, N2), base rate of the feasible (N7)."""
    for year in range(case.ground.first, case.ground.last + 1):
        members = runs.live(case.month(year)).sum(axis=1)
        possible = case.worth.possible[: year - case.ground.first + 1].any(axis=0).sum()
        yield {
            "park": case.name, "year": year, "measure": "links",
            **{f"q{round(100 * level):02d}": value for level, value in zip(LEVELS, _quantiles(members), strict=True)},
            "N1": 0.0, "N2": 0.0, "N7": float(possible * rates[None]),
        }  # fmt: skip


def _ends(case: Case, runs: Runs, hazard: float) -> Iterable[dict[str, Any]]:
    """Yield the chance that a link has ended by each fifth year, by cause, where it is above one in a hundred."""
    over = np.isfinite(runs.end)
    reasons, links = runs.reason[over], runs.link[over]
    when, who = case.ground.first + runs.end[over] // 12, runs.run[over]
    for year in range(case.ground.first + 4, case.ground.last + 1, 5):
        passed = when <= year
        keys = np.unique(np.column_stack([links[passed], reasons[passed], who[passed]]), axis=0)
        pairs, hits = np.unique(keys[:, :2], axis=0, return_counts=True) if len(keys) else (np.empty((0, 2), int), [])
        for (link, reason), count in zip(pairs.tolist(), hits, strict=True):
            if count >= 0.01 * runs.count:
                giver, taker, by_product, _ = case.chances.keys[link]
                yield {
                    "park": case.name, "giver": giver, "taker": taker, "by_product": by_product, "cause": REASONS[reason],
                    "year": year, "p": _chance(count, runs.count), "N9": 1 - float(np.exp(-hazard * (year - case.ground.first))),
                }  # fmt: skip
