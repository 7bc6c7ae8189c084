"""What a posterior is inferred from: the same numbers of every run and of the record, by park, and pooled with park weights."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from ecopark.abm.input.loading import scenario_folder
from ecopark.analysis.validation.scores.between_parks import park_weights

from ..runs.history_files import read_history_files
from .cases import Case
from .scenarios import KALUNDBORG
from .store import Runs

LED = ("facilitated", "planned", "association", "third-party carrier")
COUNTED = (1970, 1980, 1985, 1990, 1995)
MONTHS_TO_START = 3.0
"""Months from a match to operation in facilitated networks: Chicago 2009, mean (counts.csv)."""
NEVER_LATE = 35.0
"""Years by which a link that never starts is late: the window of Kalundborg's fit."""
STRATA = ("realised", "explored", "links")
NAMES = (
    *(f"{what}, {who}" for who in ("self-organised", "led") for what in STRATA),
    *(f"Kalundborg links {year}" for year in COUNTED), "Kalundborg ends to 1995", "Kalundborg median start error",
    "log months to start, led",
)  # fmt: skip


@dataclass(frozen=True)
class Numbers:
    """Summaries of one park. runs [run, 3] and record [3]: shares realised and explored that run, log share of all feasible.

    rows [3]: rows each stands on. own: further ones by name (runs [run], record).
    """

    led: bool
    runs: np.ndarray
    record: np.ndarray
    rows: np.ndarray
    own: Mapping[str, tuple[np.ndarray, float]]


def numbers_of(case: Case, runs: Runs) -> Numbers:
    """Return the summaries of a park."""
    first, second = (_share(case, runs, kind) for kind in (1.0, 0.0))
    live = runs.live(case.month(case.ground.last))[:, case.feasible].sum(axis=1)
    total = len(case.feasible)
    there = int(case.y[case.possible].sum())
    rows = np.array([first[1], second[1], min(total, 50)], dtype=float)
    shares = np.column_stack([first[0], second[0], _log_share(live, total)])
    led = any(word in case.ground.park["mode"] for word in LED) and not case.ground.park["mode"].startswith("self")
    own: dict[str, tuple[np.ndarray, float]] = {}
    if case.name == KALUNDBORG:
        own = _kalundborg(case, runs)
    if led:
        own["lag"] = np.log(np.maximum(runs.lag, 0.5)), np.log(MONTHS_TO_START)
    return Numbers(led, shares, np.array([1.0, 0.0, _log_share(np.array([there]), total)[0]]), rows, own)


def _share(case: Case, runs: Runs, realised: float) -> tuple[np.ndarray, int]:
    """Return the share of possible documented rows of a kind that run at their date [run], and how many there are."""
    mine = [
        row
        for row, _ in enumerate(case.rows)
        if case.documented[row] and case.possible[row] and case.y[row] == realised
    ]
    if not mine:
        return np.full(runs.count, np.nan), 0
    found = np.zeros(runs.count)
    for row in mine:
        places, _, by = case.rows[row]
        found += runs.live(case.month(by))[:, list(places)].any(axis=1)
    return found / len(mine), len(mine)


def _log_share(links: np.ndarray, total: int) -> np.ndarray:
    return np.log((links + 0.5) / (total + 1.0))


def groups_of(case: Case) -> np.ndarray:
    """Return for each opportunity the number of the link that it counts as: that of its fact, else giver, taker, by-product."""
    numbers: dict[Any, int] = {}
    of_fact = {place: fact.id for fact in case.facts for place in fact.places}
    names = [of_fact.get(place, key[:3]) for place, key in enumerate(case.chances.keys)]
    return np.array([numbers.setdefault(name, len(numbers)) for name in names], dtype=int)


def counts_of(case: Case, runs: Runs, years: Any) -> np.ndarray:
    """Return how many links run in December of each year, in the unit of the record [run, year]."""
    groups = groups_of(case)
    found = []
    for year in years:
        live = runs.live(case.month(int(year)))
        together = np.zeros((runs.count, groups.max() + 1), dtype=bool)
        rows, places = np.nonzero(live)
        together[rows, groups[places]] = True
        found.append(together.sum(axis=1))
    return np.column_stack(found)


def history() -> Mapping[int, tuple[float, float, float]]:
    """Return the number of links of Kalundborg by year: low, mid, high."""
    folder = scenario_folder(KALUNDBORG)
    assert folder is not None
    table: Any = read_history_files(folder)[0]
    rows = zip(*(table[name].tolist() for name in ("year", "low", "mid", "high")), strict=True)
    return {int(year): (low, mid, high) for year, low, mid, high in rows}


def _kalundborg(case: Case, runs: Runs) -> dict[str, tuple[np.ndarray, float]]:
    """Return the summaries that only Kalundborg has, of 1961 to 1995."""
    known = history()
    counts = counts_of(case, runs, COUNTED)
    own = {f"Kalundborg links {year}": (counts[:, place], known[year][1]) for place, year in enumerate(COUNTED)}
    last = case.month(case.ground.last)
    ended = np.bincount(runs.run[runs.end <= last], minlength=runs.count)
    real = sum(fact.end is not None and fact.end[1] <= case.ground.last for fact in case.facts)
    own["Kalundborg ends to 1995"] = np.sqrt(ended), float(np.sqrt(real))
    errors = []
    for fact in case.facts:
        begins = runs.starts(fact.places)
        there = np.isfinite(begins)
        late = np.where(there, case.ground.first + np.where(there, begins, 0) // 12 - (fact.start[1] or 0), NEVER_LATE)
        errors.append(late)
    own["Kalundborg median start error"] = np.median(np.array(errors), axis=0), 0.0
    return own


def pooled(numbers: Mapping[str, Numbers], without: str | None = None) -> tuple[np.ndarray, np.ndarray]:
    """Return summaries of all parks but one: of every run [run, summary], and of the record [summary], NaN where there are none."""
    used = {name: one for name, one in numbers.items() if name != without}
    count = next(iter(numbers.values())).runs.shape[0]
    runs, record = np.full((count, len(NAMES)), np.nan), np.full(len(NAMES), np.nan)
    place = 0
    for led in (False, True):
        mine = [one for one in used.values() if one.led == led]
        for column in range(len(STRATA)):
            here = [one for one in mine if one.rows[column] > 0]
            if here:
                weights = park_weights(np.array([one.rows[column] for one in here]))
                runs[:, place] = np.array([one.runs[:, column] for one in here]).T @ weights
                record[place] = weights @ np.array([one.record[column] for one in here])
            place += 1
    for one in used.values():
        for name, (values, real) in one.own.items():
            if name in NAMES:
                runs[:, NAMES.index(name)], record[NAMES.index(name)] = values, real
    lags = [one.own["lag"][0] for one in used.values() if "lag" in one.own]
    if lags:
        table = np.array(lags)
        there = np.isfinite(table)
        runs[:, -1] = np.where(
            there.any(axis=0), np.where(there, table, 0).sum(axis=0) / np.maximum(there.sum(axis=0), 1), np.nan
        )
        record[-1] = np.log(MONTHS_TO_START)
    return runs, record
