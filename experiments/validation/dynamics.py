"""Scores of time: counts (G7), starts (G8), survival (G9), funnel and distances (G10)."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from ecopark.analysis.validation import null_models
from ecopark.analysis.validation.scores.counts import covered, fair_crps
from ecopark.analysis.validation.scores.links import skill
from ecopark.analysis.validation.scores.timing import (
    NEVER,
    StartForecast,
    d_calibration,
    integrated_brier,
    median_error,
    multinomial_deviance,
)

from .aims import Score, judged
from .cases import Case, hazard_of
from .scenarios import KALUNDBORG, KALUNDBORG_SPLIT, blind
from .store import Runs
from .summaries import MONTHS_TO_START, counts_of, history
from .worth import worth_of

FITTED_UNTIL = 1980
"""Last year whose counts null models of counts may know; they forecast 1981 to 1995."""


def drawn(weights: np.ndarray, count: int = 400, seed: int = 1) -> np.ndarray:
    """Return runs drawn by weight, systematically, so that scores of ensembles may take them as equal."""
    at = (np.arange(count) + np.random.default_rng(seed).uniform()) / count
    return np.minimum(np.searchsorted(np.cumsum(weights), at), len(weights) - 1)


def counts(case: Case, runs: Runs) -> list[Score]:
    """Return the CRPS of Kalundborg's counts of 1981 to 1995 against N1 and N2, and what came after as a description (G7)."""
    known = history()
    years = np.arange(FITTED_UNTIL + 1, KALUNDBORG_SPLIT + 1)
    found = crps_of_counts(case, runs, years, FITTED_UNTIL, known)
    later = np.arange(KALUNDBORG_SPLIT + 1, max(known) + 1)
    after = crps_of_counts(case, runs, later, KALUNDBORG_SPLIT, known)
    best = min(("N1", "N2"), key=lambda name: found[name])
    return [
        judged("G7", skill(found["model"], found[best]), KALUNDBORG, null=best, null_value=found[best], rows=len(years)),
        *(
            Score("G7", f"CRPS of the counts {years[0]} to {years[-1]}, links", KALUNDBORG, found["model"], name, found[name], rows=len(years))
            for name in ("N1", "N2")
        ),
        Score("G7", "share of counts in the 90 % range", KALUNDBORG, found["covered"], "nominal", 0.9, rows=len(years)),
        *(
            Score("G7", f"CRPS {later[0]} to {later[-1]}, a description, no test", KALUNDBORG, after["model"], name, after[name], rows=len(later))
            for name in ("N1", "N2")
        ),
    ]  # fmt: skip


def crps_of_counts(
    case: Case, runs: Runs, years: np.ndarray, last: int, known: Mapping[int, tuple]
) -> dict[str, float]:
    """Return the mean CRPS of model, N1 and N2 over some years, and how often the 90 % range holds the count."""
    model = counts_of(case, runs, years)
    past = {year: row[1] for year, row in known.items()}
    second = null_models.trend(past, last, years.tolist())
    kept = null_models.persistence(past, last)
    scores: dict[str, list[float]] = {name: [] for name in ("model", "N1", "N2", "covered")}
    for place, year in enumerate(years.tolist()):
        low, mid, high = known[year]
        scores["model"].append(fair_crps(model[:, place], low, high))
        scores["N1"].append(fair_crps(np.array([kept, kept]), low, high))
        scores["N2"].append(fair_crps(second[:, place], low, high))
        scores["covered"].append(covered(model[:, place], mid, 0.9))
    return {name: float(np.mean(values)) for name, values in scores.items()}


def single_counts(case: Case, runs: Runs, rows: tuple[Mapping[str, str], ...]) -> list[Score]:
    """Return the CRPS of counts of links of other parks, with the 90 % range of the model beside what was counted."""
    found = []
    for row in rows:
        if row["measure"] == "links" and row["value"] and case.name != KALUNDBORG:
            members = runs.live(case.month(min(int(row["year"]), case.ground.last))).sum(axis=1)
            value = float(row["value"])
            text = f"CRPS of links {row['year']}, counted {value:g}, model {np.quantile(members, 0.05):.0f} to {np.quantile(members, 0.95):.0f}"
            found.append(Score("G7", text, case.name, fair_crps(members, value), "N1 (none before)", value, rows=1))
    return found


def first_years(case: Case, draws: int, wanted: bool) -> np.ndarray:
    """Return the first possible year of every fact in worlds whose dates are drawn (N6), with `wanted` that of NPV > 0 (N4).

    draws 0: in the one world whose dates are those of the record.
    """
    found = np.full((max(1, draws), len(case.facts)), NEVER)
    years = case.ground.last - case.ground.first + 1
    for draw in range(max(1, draws)):
        worth = worth_of(blind(case.ground.scenario, draw), years) if draws else case.worth
        first = worth.first(worth.value > 0 if wanted else None)
        for place, fact in enumerate(case.facts):
            if fact.places:
                found[draw, place] = case.ground.first + first[list(fact.places)].min()
    return found


def starts(cases: list[Case], runs: Mapping[str, Runs], draws: int = 20) -> list[Score]:
    """Return the log score and median error of dated starts against N6 and N4 (G8).

    draws: worlds that the nulls know; 0 where runs, too, were given the dates of the record.
    """
    scores: dict[str, list[float]] = {name: [] for name in ("model", "N6", "N4")}
    errors: dict[str, list[float]] = {name: [] for name in scores}
    parks: list[str] = []
    for case in cases:
        mine = [fact for fact in case.facts if is_dated(fact)]
        if case.name not in runs or not mine:
            continue
        sure, paying = (first_years(case, draws, wanted) for wanted in (False, True))
        for place, fact in enumerate(case.facts):
            if fact not in mine:
                continue
            forecasts = {
                "model": years_of(case, runs[case.name].starts(fact.places)),
                "N6": np.resize(sure[:, place], 200),
                "N4": np.resize(paying[:, place], 200),
            }
            for name, years in forecasts.items():
                forecast = StartForecast(years, case.ground.first, case.ground.last)
                scores[name].append(forecast.score(fact.start[0], fact.start[1]))
                errors[name].append(median_error(years, np.mean([one for one in fact.start if one is not None])))
            parks.append(case.name)
    return _starts(scores, errors, len(set(parks)))


def years_of(case: Case, months: np.ndarray) -> np.ndarray:
    """Return months from the start as years, infinite for never."""
    there = np.isfinite(months)
    return np.where(there, case.ground.first + np.where(there, months, 0) // 12, NEVER)


def is_dated(fact: object) -> bool:
    """Tell whether the start of a possible, realised link is known to a few years."""
    low, high = fact.start  # type: ignore[attr-defined]
    return fact.realised and bool(fact.places) and low is not None and high is not None and high - low <= 5  # type: ignore[attr-defined]


def _starts(scores: dict[str, list[float]], errors: dict[str, list[float]], parks: int) -> list[Score]:
    if not scores["model"]:
        return [judged("G8", math.nan), judged("G8 error", math.nan)]
    model = np.array(scores["model"])
    found, count = [], len(model)
    for name in ("N6", "N4"):
        apart = np.array(scores[name]) - model
        error = float(apart.std(ddof=1) / math.sqrt(count)) if count > 1 else math.nan
        terms = {"null": name, "null_value": -float(np.mean(scores[name])), "error": error, "rows": count}
        text = f"log score of starts above {name}, {parks} parks [nat]"
        found.append(judged("G8", float(apart.mean()), **terms) if name == "N6" else Score("G8", text, "pooled", float(apart.mean()), **terms))  # fmt: skip
    misses = {name: _median(values) for name, values in errors.items()}
    ratio = misses["model"] / misses["N6"] if misses["N6"] > 0 else math.nan
    found.append(judged("G8 error", ratio, null="N6", null_value=1.0, rows=count))
    found += [
        Score("G8", "median error of starts, years", "pooled", misses["model"], name, misses[name], rows=count)
        for name in ("N6", "N4")
    ]
    never = float(np.mean(~np.isfinite(errors["model"])))
    found.append(Score("G8", "share of dated links that no run has", "pooled", never, rows=count))
    return found


def _median(values: list[float]) -> float:
    known = np.array(values)[np.isfinite(values)]
    return float(np.median(known)) if len(known) else math.nan


def survival(cases: list[Case], runs: Mapping[str, Runs]) -> list[Score]:
    """Return the integrated Brier score of Kalundborg's links to 1995 against N9, D-calibration, and bursts of ends (G9).

    The rate of N9 is that of the links of the other parks.
    """
    case = next((one for one in cases if one.name == KALUNDBORG), None)
    if case is None or case.name not in runs:
        return [judged("G9", math.nan), judged("G9 calibration", math.nan), judged("G9 burst", math.nan)]
    mine, last = runs[case.name], case.ground.last
    facts = [fact for fact in case.facts if fact.realised and fact.places]
    ages = np.array([(fact.end[0] if fact.end else last) - (fact.start[1] or last) + 0.5 for fact in facts])
    ended = np.array([fact.end is not None for fact in facts])
    grid = np.arange(1.0, 21.0)
    curve = survival_of(mine, case.month(last), grid)
    steady = null_models.constant_hazard(hazard_of(cases, without=KALUNDBORG), grid)
    ours, null = (integrated_brier(np.tile(one, (len(facts), 1)), grid, ages, ended) for one in (curve, steady))
    at_end = np.interp(ages, np.append(0.0, grid), np.append(1.0, curve))
    _, p = d_calibration(at_end, ended)
    ends = np.zeros((mine.count, case.ground.scenario.years))
    over = np.isfinite(mine.end)
    np.add.at(ends, (mine.run[over], np.minimum(mine.end[over] // 12, ends.shape[1] - 1).astype(int)), 1)
    burst = float((ends.max(axis=1) >= 4).mean())
    return [
        judged("G9", skill(ours, null), KALUNDBORG, null="N9", null_value=null, rows=len(facts)),
        judged("G9 calibration", p, KALUNDBORG, rows=len(facts)),
        judged("G9 burst", burst, KALUNDBORG, rows=mine.count),
        Score("G9", "links that ended by 1995", KALUNDBORG, float(ended.sum()), rows=len(facts)),
    ]


def survival_of(runs: Runs, last: int, grid: np.ndarray) -> np.ndarray:
    """Return the Kaplan-Meier survival of the links of all runs by age in years, censored at a month."""
    begun = runs.start <= last
    stop = np.where(np.isfinite(runs.end), runs.end, np.inf)[begun]
    age = (np.minimum(stop, last) - runs.start[begun]) / 12
    ended = stop <= last
    left, curve = 1.0, []
    for low, high in zip(np.append(0.0, grid[:-1]), grid, strict=True):
        at_risk = (age >= low).sum()
        left *= 1.0 - (ended & (age >= low) & (age < high)).sum() / max(1, at_risk)
        curve.append(left)
    return np.array(curve)


def funnel(cases: list[Case], runs: Mapping[str, Runs]) -> list[Score]:
    """Return shares of what was explored that was agreed and runs, months to start, and distances, beside the record (G10)."""
    real, model, lags, near, near_real = np.zeros(3), np.zeros(3), [], [], []
    for case in cases:
        if case.name not in runs:
            continue
        mine = runs[case.name]
        facts = [fact for fact in case.facts if fact.places]
        real += [sum(not f.realised for f in facts), 0, sum(f.realised for f in facts)]
        screened, signed, done = (mine.funnel[:, place].mean() for place in (1, 2, 3))
        share = max(screened, 1e-9)
        model += len(facts) * np.array([screened - signed, signed - done, done]) / share
        if "facilitated" in case.ground.park["mode"]:
            lags += mine.lag[np.isfinite(mine.lag)].tolist()
        near += case.chances.km[mine.link].tolist()
        near_real += [float(case.chances.km[list(f.places)].min()) for f in facts if f.realised]
    if not real.sum() or not model.sum():
        return [judged("G10", math.nan), judged("G10 months", math.nan), judged("G10 distance", math.nan)]
    said, shares = model / model.sum(), real / real.sum()
    apart = float(np.abs(said - shares).max())
    deviance = multinomial_deviance(np.maximum(said, 1e-6), real)
    months = float(np.mean(lags)) / MONTHS_TO_START if lags else math.nan
    far = float(np.median(near) / np.median(near_real)) if near and near_real else math.nan
    return [
        judged("G10", apart, null="record: share realised", null_value=float(shares[2]), rows=int(real.sum())),
        Score("G10", "funnel: share of what was explored that runs", "pooled", float(said[2]), "record", float(shares[2])),
        Score("G10", "funnel: multinomial deviance", "pooled", deviance, rows=int(real.sum())),
        judged("G10 months", months, null="record, months", null_value=MONTHS_TO_START, rows=len(lags)),
        judged("G10 distance", far, null="record, km", null_value=float(np.median(near_real)) if near_real else math.nan, rows=len(near)),
    ]  # fmt: skip
