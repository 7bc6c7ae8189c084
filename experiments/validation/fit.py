"""One posterior over the fit parks from a stored table of prior draws, and the same without one park at a time."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from ecopark.analysis.validation import approximate_bayes as abc
from ecopark.analysis.validation.null_models import FLOOR

from . import store, summaries
from .aims import Score, judged
from .cases import Case
from .points import NAMES, PRIORS, draw, points_of

KEEP = 0.1
ROWS = 1000
Progress = Callable[[str], None]


@dataclass(frozen=True, eq=False)
class Fit:
    """A table of prior draws run on the fit parks. shares: of the priors [point, parameter]. runs: by park, run i at point i."""

    shares: np.ndarray
    runs: Mapping[str, store.Runs]
    cases: Mapping[str, Case]

    @cached_property
    def numbers(self) -> Mapping[str, summaries.Numbers]:
        """Return the summaries of every park."""
        return {name: summaries.numbers_of(self.cases[name], runs) for name, runs in self.runs.items()}

    def posterior(self, without: str | None = None) -> abc.Posterior:
        """Return the posterior of all parks but one."""
        values, record = summaries.pooled(self.numbers, without)
        return abc.infer(self.shares, values, record, KEEP)

    def weights(self, without: str | None = None) -> np.ndarray:
        """Return the weight of every run in the posterior of all parks but one [point]."""
        found = self.posterior(without)
        weights = np.zeros(len(self.shares))
        weights[found.rows] = found.weights
        return weights

    def draws(self, count: int, without: str | None = None) -> list[Mapping[str, Any]]:
        """Return draws of the shared parameters from the posterior of all parks but one."""
        return list(points_of(abc.resample(self.posterior(without), count)))


def run_fit(cases: list[Case], points: int, folder: Path, workers: int, seed: int = 1, say: Progress = print) -> Fit:
    """Run prior draws on every park, or read those that the folder has; returns the fit."""
    shares = draw(points, seed)
    runs = {case.name: runs_of(case, shares, folder / "given", workers, say) for case in cases}
    (folder / "fit.json").write_text(json.dumps({"points": points, "seed": seed, "parks": sorted(runs)}), "utf-8")
    return Fit(shares, runs, {case.name: case for case in cases})


def runs_of(
    case: Case, shares: np.ndarray, folder: Path, workers: int, say: Progress, values: Mapping[str, Any] | None = None
) -> store.Runs:
    """Return the runs of a park at points, with some parameters set for all of them; kept in a file of the folder."""
    points = [{**point, **(values or {})} for point in points_of(shares)]
    path = folder / f"{case.name}.npz"
    return store.kept(path, case.ground, len(case.chances), points, "given", workers, say)


def trust_in(fit: Fit, draws: int = 300) -> tuple[list[Score], list[dict[str, Any]]]:
    """Return the scores of the posterior (G12), and a row per parameter: median, range, shrinkage, calibration."""
    values, record = summaries.pooled(fit.numbers)
    found = fit.posterior()
    checked = abc.calibrate(fit.shares, values, ~np.isnan(record), KEEP, draws)
    p, shrunk = abc.holm(checked.p), abc.shrinkage(found)
    apart = max(float(np.abs(inside - level).max()) for level, inside in checked.inside.items())
    scores = [
        judged("G12", float(p.min()), rows=min(draws, len(fit.shares))),
        judged("G12 coverage", apart, rows=min(draws, len(fit.shares))),
        judged("G12 shrinkage", float((shrunk <= 0.5).sum()), rows=len(PRIORS)),
    ]
    quantiles = {level: abc.weighted_quantiles(found.shares, found.weights, level) for level in (0.05, 0.5, 0.95)}
    rows = []
    for place, prior in enumerate(PRIORS):
        low, mid, high = (float(prior.at(quantiles[level])[place]) for level in (0.05, 0.5, 0.95))
        rows.append({
            "parameter": prior.name, "prior_low": prior.low, "prior_high": prior.high, "low": low, "median": mid, "high": high,
            "shrinkage": float(shrunk[place]), "sbc_p_holm": float(p[place]),
            "coverage_50": float(checked.inside[0.5][place]), "coverage_90": float(checked.inside[0.9][place]),
            "identified": "yes" if shrunk[place] <= 0.8 else "no", "log": prior.log, "source": prior.source,
        })  # fmt: skip
    return scores, rows


def predictive(fit: Fit) -> list[dict[str, Any]]:
    """Return for every summary what the record says and the 90 % range of the posterior predictive."""
    values, record = summaries.pooled(fit.numbers)
    weights = fit.weights()
    rows = []
    for place, name in enumerate(summaries.NAMES):
        column = values[:, place]
        known = np.isfinite(column) & (weights > 0)
        if np.isnan(record[place]) or not known.any():
            continue
        scaled = weights[known] / weights[known].sum()
        low, mid, high = (abc.weighted_quantiles(column[known][:, None], scaled, q)[0] for q in (0.05, 0.5, 0.95))
        rows.append({"summary": name, "record": record[place], "low": low, "median": mid, "high": high,
                     "inside": "yes" if low <= record[place] <= high else "no"})  # fmt: skip
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
