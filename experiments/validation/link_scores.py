"""Scores of links (G0 to G4): the table of every park and the pooled verdicts, each with its null models."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from ecopark.analysis.validation.null_models import FLOOR
from ecopark.analysis.validation.scores.between_parks import bootstrap_error, park_weights, sign_flip_p
from ecopark.analysis.validation.scores.links import (
    auc_within,
    average_precision,
    brier_score,
    log_score,
    reliability,
    skill,
)

from .aims import Score, judged
from .cases import Case, nulls_of, rated, rates_of
from .documented import coverage

LOG_NULLS = ("N3", "N4", "N7", "N8")


@dataclass(frozen=True, eq=False)
class Forecast:
    """Chances of the rows of a park: of the model, and of null models by name (`N10` among them where it was run)."""

    case: Case
    model: np.ndarray
    nulls: Mapping[str, np.ndarray]
    value: np.ndarray
    rate: np.ndarray


def forecast_of(case: Case, others: list[Case], model: np.ndarray, frictionless: np.ndarray | None = None) -> Forecast:
    """Return a park's forecasts. others: the parks that base rates are learnt on, never the park itself."""
    nulls = dict(nulls_of(case, others))
    if frictionless is not None:
        nulls["N10"] = frictionless
    return Forecast(case, model, nulls, case.value(), rated(case, rates_of(others, documented=True)))


def gate(cases: list[Case]) -> list[Score]:
    """Return what share of documented and planned exchanges the library can draw (G0)."""
    found = coverage({case.name: case.facts for case in cases})
    return [
        judged(aim, done / total if total else math.nan, rows=total)
        for aim, (done, total) in zip(("G0", "G0 planned"), found.values(), strict=True)
    ]


def by_park(forecasts: list[Forecast]) -> list[Score]:
    """Return log score, Brier score, AUC and average precision of every park, beside each null."""
    found = []
    for one in forecasts:
        case, y = one.case, one.case.y
        if len(y) == 0:
            continue
        for name, other in one.nulls.items():
            found.append(
                Score("G3", "log score", case.name, float(log_score(one.model, y).mean()), name, float(log_score(other, y).mean()), rows=len(y))
            )  # fmt: skip
        mine, null = (float(brier_score(p, y).mean()) for p in (one.model, one.nulls["N7"]))
        found.append(Score("G4", "Brier score", case.name, mine, "N7", null, rows=len(y)))
        ranked = auc_within([_explored(one, one.model)])
        if ranked.pairs:
            for name, values in (("N5", one.value), ("N8", one.rate)):
                null = auc_within([_explored(one, values)]).auc
                found.append(Score("G1", "AUC", case.name, ranked.auc, name, null, ranked.error, ranked.pairs))
        if y.sum():
            mine, null = average_precision(one.model, y), average_precision(one.nulls["N7"], y)
            found.append(Score("G2", "average precision", case.name, mine, "N7", null, rows=len(y)))
    return found


def _explored(one: Forecast, p: np.ndarray, possible: bool = False) -> tuple[np.ndarray, np.ndarray]:
    """Return the documented rows of a park, realised and explored; possible: only what the model can draw."""
    wanted = one.case.documented & one.case.possible if possible else one.case.documented
    p = np.where(np.isfinite(p), p, -1e300)
    return p[wanted], one.case.y[wanted]


def ranking(forecasts: list[Forecast]) -> list[Score]:
    """Return the pooled AUC of realised against explored, on all rows and on possible ones (G1)."""
    found = []
    for possible in (False, True):
        model = auc_within([_explored(one, one.model, possible) for one in forecasts])
        nulls = {
            "N5": auc_within([_explored(one, one.value, possible) for one in forecasts]).auc,
            "N8": auc_within([_explored(one, one.rate, possible) for one in forecasts]).auc,
        }
        if all("N10" in one.nulls for one in forecasts):
            nulls["N10"] = auc_within([_explored(one, one.nulls["N10"], possible) for one in forecasts]).auc
        best = max(("N5", "N8"), key=lambda name: nulls[name])
        park = "pooled, possible rows" if possible else "pooled"
        found.append(judged("G1", model.auc, park, null="chance", null_value=0.5, error=model.error, rows=model.pairs))
        above = model.auc - nulls[best]
        found.append(
            judged("G1 null", above, park, null=best, null_value=nulls[best], error=model.error, rows=model.pairs)
        )
        found += [
            Score("G1", "AUC", park, model.auc, name, value, model.error, model.pairs) for name, value in nulls.items()
        ]
    return found


def precision(forecasts: list[Forecast]) -> list[Score]:
    """Return the mean average precision over parks with realised rows, weighted by park (G2)."""
    mine = [one for one in forecasts if one.case.y[one.case.possible].sum() > 0]
    if not mine:
        return [judged("G2", math.nan)]
    weights = park_weights(np.array([one.case.y.sum() for one in mine]))
    model = np.array([average_precision(one.model, one.case.y) for one in mine])
    null = np.array([average_precision(one.nulls["N7"], one.case.y) for one in mine])
    error = bootstrap_error([np.array([value]) for value in model], weights)
    mean, other = float(weights @ model), float(weights @ null)
    terms = {"null": "N7", "null_value": other, "error": error, "rows": len(mine)}
    best = {"N5": [one.value for one in mine], "N8": [one.nulls["N8"] for one in mine]}
    beside = [
        Score("G2", "average precision", "pooled", mean, name, float(weights @ _precisions(mine, values)), error, len(mine))
        for name, values in best.items()
    ]  # fmt: skip
    return [judged("G2", mean, **terms), judged("G2 null", mean / other, **terms), *beside]


def _precisions(forecasts: list[Forecast], values: list[np.ndarray]) -> np.ndarray:
    pairs = zip(forecasts, values, strict=True)
    return np.array([average_precision(np.where(np.isfinite(p), p, -1e300), one.case.y) for one, p in pairs])


def log_skill(forecasts: list[Forecast], possible: bool = False) -> list[Score]:
    """Return the pooled skill of the log score against every null, and in how many parks the best one is beaten (G3)."""
    mine = [one for one in forecasts if (one.case.possible if possible else np.ones(len(one.case.y), bool)).sum() > 0]
    if not mine:
        return [judged("G3", math.nan)]
    scores = {"model": [_rows(one, one.model, possible) for one in mine]}
    names = [name for name in (*LOG_NULLS, "N7 by degree", "N10") if all(name in one.nulls for one in mine)]
    scores |= {name: [_rows(one, one.nulls[name], possible) for one in mine] for name in names}
    weights = park_weights(np.array([len(rows) for rows in scores["model"]]))
    mean = {name: float(weights @ np.array([rows.mean() for rows in parks])) for name, parks in scores.items()}
    best = min(LOG_NULLS, key=lambda name: mean[name])
    park = "pooled, possible rows" if possible else "pooled"
    found = []
    for name in [best, *(one for one in names if one != best)]:
        apart = [ours - theirs for ours, theirs in zip(scores["model"], scores[name], strict=True)]
        error = bootstrap_error(apart, weights, draws=1000) / mean[name]
        value, rows = skill(mean["model"], mean[name]), sum(map(len, apart))
        if name == best:
            found.append(judged("G3", value, park, null=name, null_value=mean[name], error=error, rows=rows))
            better = np.array([one.mean() < 0 for one in apart])
            chance = sign_flip_p(np.array([one.mean() for one in apart]))
            found.append(
                judged(
                    "G3 parks",
                    float(better.mean()),
                    park,
                    null=f"{name}; p of sign flips",
                    null_value=chance,
                    rows=len(apart),
                )
            )
        else:
            found.append(Score("G3", "skill of the log score", park, value, name, mean[name], error, rows))
    return found


def log_score_of(forecasts: list[Forecast]) -> float:
    """Return the pooled log score of the model, parks weighted as in `log_skill`; less is better."""
    rows = [_rows(one, one.model, False) for one in forecasts if len(one.case.y)]
    weights = park_weights(np.array([len(park) for park in rows]))
    return float(weights @ np.array([park.mean() for park in rows]))


def _rows(one: Forecast, p: np.ndarray, possible: bool) -> np.ndarray:
    kept = one.case.possible if possible else np.ones(len(p), dtype=bool)
    return log_score(np.clip(p, FLOOR / 10, 1 - FLOOR / 10), one.case.y)[kept]


def calibration(forecasts: list[Forecast]) -> list[Score]:
    """Return the slope of reliability over the possible rows of all parks (G4), with its standard error by bootstrap of parks."""
    pairs = [
        (one.model[one.case.possible], one.case.y[one.case.possible]) for one in forecasts if one.case.possible.any()
    ]
    if not pairs:
        return [judged("G4", math.nan)]
    found = reliability(np.concatenate([p for p, _ in pairs]), np.concatenate([y for _, y in pairs]))
    rng, slopes = np.random.default_rng(1), []
    for _ in range(100):
        drawn = [pairs[place] for place in rng.integers(len(pairs), size=len(pairs))]
        slopes.append(reliability(np.concatenate([p for p, _ in drawn]), np.concatenate([y for _, y in drawn])).slope)
    rows = sum(len(y) for _, y in pairs)
    known = np.array(slopes)[np.isfinite(slopes)]
    error = float(known.std()) if len(known) > 1 else math.nan
    return [
        judged("G4", found.slope, error=error, null="intercept", null_value=found.intercept, rows=rows),
        Score("G4", "Brier: reliability", "pooled", found.reliability, "resolution", found.resolution, rows=rows),
        Score("G4", "Brier: uncertainty", "pooled", found.uncertainty, rows=rows),
    ]


def score_links(cases: list[Case], forecasts: list[Forecast]) -> list[Score]:
    """Return everything about links: the gate, the pooled verdicts, and the rows of every park."""
    return [
        *gate(cases), *ranking(forecasts), *precision(forecasts), *log_skill(forecasts), *log_skill(forecasts, possible=True),
        *calibration(forecasts), *by_park(forecasts),
    ]  # fmt: skip
