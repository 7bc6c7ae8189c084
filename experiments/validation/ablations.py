"""Ablations (G11): an ingredient stays in the default only if taking it out worsens its own score by two standard errors."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np

from ecopark.analysis.validation.null_models import FLOOR
from ecopark.analysis.validation.scores.counts import fair_crps
from ecopark.analysis.validation.scores.links import log_score
from ecopark.analysis.validation.scores.timing import StartForecast

from .aims import Score, judged
from .cases import Case
from .dynamics import drawn, is_dated, survival_of, years_of
from .fit import Fit, Progress, runs_of
from .scenarios import KALUNDBORG
from .summaries import counts_of, history
from .variants import ABLATIONS, SCORES

LARGE = 1_000
"""Opportunities above which a park is left out of ablations: two registers of chemical sites that would take most of the time."""


def score_ablations(fit: Fit, names: list[str], points: int, folder: Path, workers: int, say: Progress) -> list[Score]:
    """Return for each ablation how much its own score worsens, refitted, each park judged by the others (L1O)."""
    cases = [case for case in fit.cases.values() if len(case.chances) <= LARGE]
    shares = fit.shares[:points]
    whole = Fit(shares, {case.name: fit.runs[case.name].part(np.arange(points)) for case in cases}, fit.cases)
    found, traces = [], 0
    for name in names:
        ablation = ABLATIONS[name]
        runs = {
            case.name: runs_of(case, shares, folder / f"without_{name}", workers, say, ablation.values)
            for case in cases
        }
        without = Fit(shares, runs, fit.cases)
        worse = own_scores(without, ablation.score) - own_scores(whole, ablation.score)
        mean = float(worse.mean()) if len(worse) else math.nan
        error = float(worse.std(ddof=1) / math.sqrt(len(worse))) if len(worse) > 1 else math.nan
        left = mean >= 2 * error if error == error and error > 0 else False
        traces += left
        text = f"without {ablation.label}: {SCORES[ablation.score]} worsens by"
        found.append(Score("G11", text, "pooled", mean, error=error, rows=len(worse), verdict="trace" if left else "no trace"))  # fmt: skip
    return [judged("G11", float(traces) if len(names) == len(ABLATIONS) else math.nan, rows=len(names)), *found]


def own_scores(fit: Fit, score: str) -> np.ndarray:
    """Return the row scores of the kind that was named in advance; larger is worse."""
    return {"survival": _survival, "growth": _growth, "starts": _starts}.get(score, lambda one: _links(one, score))(fit)


def _links(fit: Fit, score: str) -> np.ndarray:
    """Return log scores of rows: explored ones, those by pipe or wire, or all of facilitated parks."""
    rows: list[float] = []
    for name, runs in fit.runs.items():
        case = fit.cases[name]
        wanted = _wanted(case, score)
        if wanted.any():
            chances = case.forecast(runs, fit.weights(name))
            rows += log_score(np.clip(chances, FLOOR / 10, 1 - FLOOR / 10), case.y)[wanted].tolist()
    return np.array(rows)


def _wanted(case: Case, score: str) -> np.ndarray:
    """Tell which rows a score of links is about."""
    if score == "facilitated":
        led = "facilitated" in case.ground.park["mode"]
        return case.possible & led
    if score == "explored":
        return case.possible & case.documented & (case.y == 0)
    piped = [bool(places) and case.chances.carrier[places[0]] in ("pipe", "wire") for places, _, _ in case.rows]
    return np.array(piped, dtype=bool) & case.documented & case.possible


def _growth(fit: Fit) -> np.ndarray:
    """Return the CRPS of Kalundborg's count in each year of 1961 to 1995."""
    if KALUNDBORG not in fit.runs:
        return np.empty(0)
    case, known = fit.cases[KALUNDBORG], history()
    years = range(case.ground.first, case.ground.last + 1)
    members = counts_of(case, fit.runs[KALUNDBORG].part(np.unique(drawn(fit.weights(KALUNDBORG)))), years)
    return np.array([fair_crps(members[:, place], *known[year][::2]) for place, year in enumerate(years)])


def _starts(fit: Fit) -> np.ndarray:
    """Return the log scores of dated starts, dates given."""
    rows = []
    for name, runs in fit.runs.items():
        case, chosen = fit.cases[name], drawn(fit.weights(name))
        for fact in case.facts:
            if is_dated(fact):
                years = years_of(case, runs.starts(fact.places)[chosen])
                rows.append(StartForecast(years, case.ground.first, case.ground.last).score(*fact.start))
    return np.array(rows)


def _survival(fit: Fit) -> np.ndarray:
    """Return for each link of Kalundborg the mean squared error of its survival over the ages it was seen at, to 1995."""
    if KALUNDBORG not in fit.runs:
        return np.empty(0)
    case, grid = fit.cases[KALUNDBORG], np.arange(1.0, 21.0)
    runs = fit.runs[KALUNDBORG].part(np.unique(drawn(fit.weights(KALUNDBORG))))
    curve = survival_of(runs, case.month(case.ground.last), grid)
    rows = []
    for fact in case.facts:
        if fact.realised and fact.places:
            age = (fact.end[0] if fact.end else case.ground.last) - (fact.start[1] or case.ground.last) + 0.5
            seen = grid if fact.end else grid[grid <= age]
            alive = seen < age if fact.end else np.ones(len(seen), dtype=bool)
            rows.append(float(((curve[: len(seen)] - alive) ** 2).mean()) if len(seen) else 0.0)
    return np.array(rows)
