"""Trust in the posterior (G12): calibration, shrinkage, predictive checks, ridges, a second method, parks of their own."""

from __future__ import annotations

import math
from importlib.util import find_spec
from typing import Any
from warnings import catch_warnings, simplefilter

import numpy as np

from ecopark.analysis.validation import approximate_bayes as abc
from ecopark.analysis.validation.null_models import FLOOR

from . import summaries
from .aims import Score, judged
from .fit import KEEP, UNIDENTIFIED, Fit
from .points import NAMES, PRIORS

SECOND = "largest distance of a mean from a neural regression's [posterior sd]"


def trust_in(fit: Fit) -> tuple[list[Score], list[dict[str, Any]]]:
    """Return the scores of the posterior (G12), and a row per parameter: median, range, shrinkage, calibration."""
    values, record = summaries.pooled(fit.numbers)
    found = fit.posterior()
    checked = abc.calibrate(fit.shares, values, abc.in_reach(values, record), KEEP)
    p, shrunk = abc.holm(checked.p), abc.shrinkage(found)
    apart = max(float(np.abs(inside - level).max()) for level, inside in checked.inside.items())
    scores = [
        judged("G12", float(p.min()), rows=len(fit.shares)),
        judged("G12 coverage", apart, rows=len(fit.shares)),
        judged("G12 shrinkage", float((shrunk <= 0.5).sum()), rows=len(PRIORS)),
        Score("G12", SECOND, "pooled", second_method(fit), rows=len(fit.shares), verdict="no aim set"),
        judged("G12 own", float(sum(p < 0.01 for p in own_posteriors(fit).values())), rows=len(fit.cases)),
    ]
    quantiles = {level: abc.weighted_quantiles(found.shares, found.weights, level) for level in (0.05, 0.5, 0.95)}
    rows = []
    for place, prior in enumerate(PRIORS):
        low, mid, high = (float(prior.at(quantiles[level])[place]) for level in (0.05, 0.5, 0.95))
        rows.append({
            "parameter": prior.name, "prior_low": prior.low, "prior_high": prior.high, "low": low, "median": mid, "high": high,
            "shrinkage": float(shrunk[place]), "sbc_p_holm": float(p[place]),
            "coverage_50": float(checked.inside[0.5][place]), "coverage_90": float(checked.inside[0.9][place]),
            "identified": "yes" if shrunk[place] <= UNIDENTIFIED else "no", "log": prior.log, "source": prior.source,
        })  # fmt: skip
    return scores, rows


def predictive(fit: Fit) -> list[dict[str, Any]]:
    """Return for every summary what the record says, whether a draw reaches it, and the 90 % posterior predictive range."""
    values, record = summaries.pooled(fit.numbers)
    weights, reached = fit.weights(), abc.in_reach(values, record)
    rows = []
    for place, name in enumerate(summaries.NAMES):
        column = values[:, place]
        known = np.isfinite(column) & (weights > 0)
        if np.isnan(record[place]) or not known.any():
            continue
        scaled = weights[known] / weights[known].sum()
        low, mid, high = (abc.weighted_quantiles(column[known][:, None], scaled, q)[0] for q in (0.05, 0.5, 0.95))
        rows.append({"summary": name, "record": record[place], "low": low, "median": mid, "high": high,
                     "inside": "yes" if low <= record[place] <= high else "no",
                     "informs": "yes" if reached[place] else "no, no draw reaches it"})  # fmt: skip
    return rows


def ridges(fit: Fit) -> list[dict[str, Any]]:
    """Return the pairs of parameters whose posteriors hang together most: weighted correlation of their shares."""
    found = fit.posterior()
    spread = np.cov(found.shares.T, aweights=found.weights)
    root = np.sqrt(np.maximum(np.diag(spread), FLOOR**4))
    together = spread / np.outer(root, root)
    pairs = [(abs(together[a, b]), a, b) for a in range(len(NAMES)) for b in range(a)]
    return [
        {"first": NAMES[b], "second": NAMES[a], "correlation": float(together[a, b])}
        for _, a, b in sorted(pairs, reverse=True)[:6]
    ]


def second_method(fit: Fit, nets: int = 5) -> float:
    """Return by how many posterior standard deviations a mean differs at most from that of a neural regression.

    The nets learn the mean of the parameters given the summaries from the whole table, which is the mean of the posterior
    (Blum and Francois 2010, doi:10.1007/s11222-009-9116-0); NaN without scikit-learn.
    """
    if find_spec("sklearn") is None:
        return math.nan
    values, record = summaries.pooled(fit.numbers)
    table, aim = abc.standardised(values, record)
    mean, spread = abc.moments(fit.posterior())
    learnt = [_learnt_mean(table, fit.shares, aim, net) for net in range(nets)]
    return float(np.abs((np.mean(learnt, axis=0) - mean) / spread).max())


def _learnt_mean(table: np.ndarray, shares: np.ndarray, aim: np.ndarray, seed: int) -> np.ndarray:
    """Return what a net that learnt the parameters from the summaries says of one more row."""
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.neural_network import MLPRegressor

    net = MLPRegressor(hidden_layer_sizes=(32,), early_stopping=True, max_iter=500, random_state=seed)
    with catch_warnings():
        simplefilter("ignore", ConvergenceWarning)  # tables too small to learn from end here, and show in the distance
        return np.asarray(net.fit(table, shares).predict(aim[None])[0])


def own_posteriors(fit: Fit) -> dict[str, float]:
    """Return for each park the chance, by Holm, that its own posterior lies so far from that of the others.

    Distances of the means, squared and summed over parameters, against chi-square: parameters count as independent, and
    both posteriors hold the prior, so the test finds only parks that are far apart.
    """
    from scipy import stats

    p = []
    for name in fit.numbers:
        values, record = summaries.pooled({name: fit.numbers[name]})
        alone, others = abc.moments(abc.infer(fit.shares, values, record, KEEP)), abc.moments(fit.posterior(name))
        apart = (alone[0] - others[0]) ** 2 / np.maximum(alone[1] ** 2 + others[1] ** 2, FLOOR**2)
        p.append(float(stats.chi2.sf(apart.sum(), len(NAMES))))
    return dict(zip(fit.numbers, abc.holm(np.array(p)).tolist(), strict=True))
