"""What `ecopark benchmark` does: score the fit parks, each by a posterior without it; predict; test parks with outcomes."""

from __future__ import annotations

import csv
import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ecopark.analysis.validation.scores.links import skill

from . import store
from .ablations import score_ablations
from .aims import AIMS, Score, as_test, in_order, judged
from .cases import Case, cases_of
from .decoys import decoy_scores
from .dynamics import counts, funnel, is_dated, single_counts, starts, survival
from .fit import Fit, Progress
from .link_scores import Forecast, forecast_of, log_score_of, score_links
from .posterior import points_of_posterior
from .scenarios import KALUNDBORG
from .tables import Parks
from .time_tables import pit_table, start_table, survival_table
from .trust import predictive, ridges, trust_in
from .variants import FRICTIONLESS

CAVEATS = (
    "The split of the parks is fixed. What was realised in the test parks is not part of the project: their predictions are "
    "written by `ecopark benchmark predict` and scored where the outcomes are.",
    "Every fit park is judged by a posterior that was inferred without it. The types, streams and conversions of the library "
    "were chosen by people who knew the fit parks, so coverage (G0) says what the model can draw, not that it foresaw it.",
    "A row that no source documents counts as not realised, which is not proven. The rosters of most parks are those of papers "
    "on their exchanges; registers and decoys (G5, G6) are the check against that choice.",
    "Sizes come from emissions or are typical ones, and places without coordinates are drawn: chances of single links are "
    "uncertain beyond what the model says.",
    "N7 knows how many links each park has, N7 by degree also whose they are: more than any forecast knows.",
    "No link of Kalundborg ended before 1996, so survival (G9) has little to say there; Kalundborg after 1995 is known to "
    "everyone who built the model and is a description, never a test.",
)
"""What a reader has to know beside the numbers."""


SPREAD_PAYS = 0.02
"""Gain of the log score from which a spread by governance may be adopted."""


@dataclass(frozen=True, eq=False)
class Report:
    """Everything a page shows. rows: scores. forecasts: chances of the rows by park. tables: further tables by name."""

    rows: list[Score]
    forecasts: list[Forecast]
    tables: Mapping[str, list[dict[str, Any]]]


@dataclass(frozen=True)
class Budget:
    """How much is run: replicates a park, with drawn dates, of decoys, without frictions; points of an ablation; workers."""

    replicates: int = 200
    blind: int = 100
    decoys: int = 48
    plain: int = 60
    ablation: int = 120
    workers: int = 1


def score_fit(
    parks: Parks, fit: Fit, folder: Path, budget: Budget, decoys: str, without: list[str], say: Progress
) -> Report:
    """Score the fit parks, every one by the posterior of the others."""
    cases = list(fit.cases.values())
    runs = {case.name: _left_out(case, fit, folder, budget, say) for case in cases}
    plain = {case.name: _plain(case, fit, folder, budget, say) for case in cases}
    forecasts = [
        forecast_of(case, [other for other in cases if other is not case], case.forecast(runs[case.name]),
                    case.forecast(plain[case.name]))
        for case in cases
    ]  # fmt: skip
    blinds = {case.name: _blind(case, fit, folder, budget, say) for case in cases if _dated(case)}
    rows = score_links(cases, forecasts) + time_scores(parks, cases, runs) + starts(cases, blinds)
    rows += decoy_scores(parks, cases, runs, fit.draws(budget.decoys), decoys, budget.workers)
    trust, parameters = trust_in(fit)
    trust.append(spread_by_mode(fit, forecasts, folder, budget, say))
    if without:
        rows += score_ablations(fit, without, min(budget.ablation, len(fit.shares)), folder, budget.workers, say)
    rows += trust
    missing = [aim for aim in AIMS if aim not in {row.aim for row in rows if row.verdict}]
    rows += [judged(aim, math.nan) for aim in missing]
    tables = {"parameters": parameters, "predictive": predictive(fit), "ridges": ridges(fit)}
    return Report(in_order(rows), forecasts, {**tables, **time_tables(cases, runs, blinds)})


def time_tables(
    cases: list[Case], runs: Mapping[str, store.Runs], blinds: Mapping[str, store.Runs]
) -> dict[str, list[dict[str, Any]]]:
    """Return what the figures of time show: starts, PIT of counts, survival."""
    return {
        "starts": start_table(cases, blinds),
        "pit": pit_table(cases, runs),
        "survival": survival_table(cases, runs),
    }


def time_scores(parks: Parks, cases: list[Case], runs: Mapping[str, store.Runs]) -> list[Score]:
    """Return the scores of counts, survival and the funnel that cases with runs allow."""
    rows: list[Score] = []
    for case in cases:
        if case.name == KALUNDBORG:
            rows += counts(case, runs[case.name])
        rows += single_counts(case, runs[case.name], parks.of("counts", case.name))
    return rows + survival(cases, runs) + funnel(cases, runs)


def spread_by_mode(fit: Fit, forecasts: list[Forecast], folder: Path, budget: Budget, say: Progress) -> Score:
    """Return what letting search and required gain differ by mode of governance gains in the log score of links (L1O)."""
    spread = []
    for one in forecasts:
        points = fit.draws_by_mode(budget.replicates, one.case.name)
        runs = _kept(one.case, folder / "left_out_by_mode", points, "given", budget, say)
        spread.append(replace(one, model=one.case.forecast(runs)))
    mine, others = log_score_of(forecasts), log_score_of(spread)
    gain = skill(others, mine)
    what = "skill of the log score of links if search and required gain differ by mode of governance"
    verdict = "not adopted" if gain < SPREAD_PAYS else "pays"
    return Score("G12", what, "pooled", gain, "without", mine, rows=len(forecasts), verdict=verdict)


def _dated(case: Case) -> bool:
    return any(is_dated(fact) for fact in case.facts)


def _left_out(case: Case, fit: Fit, folder: Path, budget: Budget, say: Progress) -> store.Runs:
    """Return runs at draws of the posterior without the park (L1O)."""
    return _kept(case, folder / "left_out", fit.draws(budget.replicates, case.name), "given", budget, say)


def _blind(case: Case, fit: Fit, folder: Path, budget: Budget, say: Progress) -> store.Runs:
    """Return runs whose dates are drawn, at draws of the posterior without the park."""
    return _kept(case, folder / "blind", fit.draws(budget.blind, case.name), "blind", budget, say)


def _plain(case: Case, fit: Fit, folder: Path, budget: Budget, say: Progress) -> store.Runs:
    """Return runs without frictions (N10), at draws of the posterior without the park."""
    points = [{**point, **FRICTIONLESS} for point in fit.draws(budget.plain, case.name)]
    return _kept(case, folder / "frictionless", points, "given", budget, say)


def _kept(case: Case, folder: Path, points: list, mode: str, budget: Budget, say: Progress) -> store.Runs:
    path = folder / f"{case.name}.npz"
    return store.kept(path, case.ground, len(case.chances), points, mode, budget.workers, say)


def score_test(parks: Parks, shipped: list[Case], replicates: int, mode: str, workers: int, say: Progress) -> Report:
    """Score parks with outcomes by the saved posterior; nothing is refitted. shipped: fit parks, for base rates.

    Raises InputError when the folder holds no outcome.
    """
    from ecopark.abm.input.errors import InputError, Mistake

    with_outcomes = {row["park"] for table in ("exchanges", "not_realised", "counts") for row in getattr(parks, table)}
    cases = [case for case in cases_of(parks, ("fit", "test")) if case.name in with_outcomes]
    if not cases:
        wanted = "exchanges.csv or not_realised.csv with rows of its parks, and companies for them"
        raise InputError([Mistake("--parks", str(parks.folder), wanted)])
    points = points_of_posterior(replicates)
    runs, blinds, forecasts = {}, {}, []
    for case in cases:
        say(f"{case.ground.park['label']}, {replicates} runs")
        runs[case.name] = store.simulate(case.ground, len(case.chances), points, mode, workers)
        plain = store.simulate(
            case.ground, len(case.chances), [{**point, **FRICTIONLESS} for point in points], mode, workers
        )
        others = [other for other in shipped if other.name != case.name]
        forecasts.append(forecast_of(case, others, case.forecast(runs[case.name]), case.forecast(plain)))
        if _dated(case):
            blinds[case.name] = store.simulate(case.ground, len(case.chances), points, "blind", workers)
    rows = score_links(cases, forecasts) + time_scores(parks, cases, runs)
    rows += starts([case for case in cases if case.name in blinds], blinds)
    return Report(as_test(in_order(rows)), forecasts, time_tables(cases, runs, blinds))


def append_scores(path: Path, rows: list[Score], release: str, what: str) -> None:
    """Append scores to the list of all releases; what stands there is never replaced."""
    fresh = not path.exists()
    with path.open("a", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        if fresh:
            writer.writerow(["release", "set", *Score.__dataclass_fields__])
        writer.writerows([release, what, *row.as_dict().values()] for row in rows)
