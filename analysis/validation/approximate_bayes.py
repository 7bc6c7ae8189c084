"""Approximate Bayesian computation from a stored table of points: rejection, regression adjustment, and its checks.

Toni and others 2009, doi:10.1098/rsif.2008.0172; Beaumont, Zhang and Balding 2002 (regression adjustment); Talts and others
2018, arXiv:1804.06788 (simulation-based calibration); Hermans and others 2022, arXiv:2110.06581 (coverage).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

EDGE = 1e-4
INSIDE = (0.01, 0.99)
PER_SUMMARY = 20
"""INSIDE: quantiles of a summary between which an observation is in reach. PER_SUMMARY: least points accepted for each."""


@dataclass(frozen=True)
class Posterior:
    """Accepted points. rows: places in the table. weights: sum to 1. shares: of the prior, adjusted [row, parameter]."""

    rows: np.ndarray
    weights: np.ndarray
    shares: np.ndarray

    @property
    def size(self) -> float:
        """Return the number of equally weighted draws that carry as much."""
        return float(1.0 / (self.weights**2).sum())


def infer(
    shares: np.ndarray, summaries: np.ndarray, observed: np.ndarray, keep: float, among: np.ndarray | None = None
) -> Posterior:
    """Return the posterior of a table of prior draws.

    shares: parameters as shares of their priors [point, parameter]. summaries [point, summary]; NaN is the mean of its
    column. observed [summary]; NaN does not count. keep: share of points accepted. among: rows that may be accepted.
    Distances are in units of the median absolute deviation; weights are Epanechnikov's; parameters are adjusted by a
    weighted regression on the summaries and their squares, on the logit of the share, so that they stay in the prior. What
    no draw reaches does not count (`in_reach`).
    """
    known = in_reach(summaries, observed)
    table, aim = _filled(summaries[:, known]), observed[known]
    rows = np.arange(len(table)) if among is None else among
    scale = np.median(np.abs(table - np.median(table, axis=0)), axis=0)
    scale = np.where(scale > 0, scale, np.maximum(table.std(axis=0), 1e-9))
    apart = (table[rows] - aim) / scale
    distance = np.sqrt((apart**2).sum(axis=1))
    count = min(len(rows), max(PER_SUMMARY * int(known.sum()), round(keep * len(rows))))
    nearest = np.argsort(distance, kind="stable")[:count]
    reach = distance[nearest].max()
    weights = np.maximum(1.0 - (distance[nearest] / (reach * (1 + 1e-9) if reach > 0 else 1.0)) ** 2, 1e-9)
    weights = weights / weights.sum()
    chosen = rows[nearest]
    return Posterior(chosen, weights, _adjusted(shares[chosen], apart[nearest], weights))


def in_reach(summaries: np.ndarray, observed: np.ndarray) -> np.ndarray:
    """Tell which observations lie within what the table holds, its central 98 % [summary].

    What no point of the prior gives says that the model is wrong there, not which point is right: to aim at the nearest
    value that a draw happens to have would drive parameters to the edge of their priors.
    """
    low, high = np.quantile(_filled(summaries), INSIDE, axis=0)
    return np.asarray((low <= observed) & (observed <= high))


def _filled(table: np.ndarray) -> np.ndarray:
    """Return a table in which what is missing is the mean of its column, 0 where all of it is."""
    there = np.isfinite(table)
    mean = np.where(there, table, 0.0).sum(axis=0) / np.maximum(there.sum(axis=0), 1)
    return np.where(there, table, mean)


def _adjusted(shares: np.ndarray, apart: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Return parameters moved along a weighted regression to where nothing is apart.

    Squares are needed: with lines alone, ranks over the whole table of the benchmark are uneven.
    """
    inside = np.clip(shares, EDGE, 1 - EDGE)
    values = np.log(inside) - np.log1p(-inside)
    terms = np.column_stack([apart, apart**2])
    design = np.column_stack([np.ones(len(apart)), terms])
    root = np.sqrt(weights)[:, None]
    slopes = np.linalg.lstsq(design * root, values * root, rcond=1e-3)[0]
    moved = np.clip(values - terms @ slopes[1:], -9.2, 9.2)
    return 1.0 / (1.0 + np.exp(-moved))


def resample(posterior: Posterior, count: int, seed: int = 1) -> np.ndarray:
    """Return draws of the adjusted parameters, as shares of the prior [draw, parameter], systematically by weight."""
    at = (np.arange(count) + np.random.default_rng(seed).uniform()) / count
    places = np.searchsorted(np.cumsum(posterior.weights), at)
    return posterior.shares[np.minimum(places, len(posterior.rows) - 1)]


@dataclass(frozen=True)
class Calibration:
    """Trust in a posterior, by parameter. p: chance of ranks this uneven. inside: share of truths in regions of 50 and 90 %."""

    p: np.ndarray
    inside: dict[float, np.ndarray]
    ranks: np.ndarray


def calibrate(
    shares: np.ndarray,
    summaries: np.ndarray,
    usable: np.ndarray,
    keep: float,
    draws: int | None = None,
    bins: int = 10,
    seed: int = 1,
) -> Calibration:
    """Infer prior draws of the table from the rest of it and tell whether truths rank uniformly in their posteriors.

    draws: how many, of all by default, so that no choice among them decides.

    usable [summary]: which summaries data have. The rank of a truth is the weight below it, ties at random.
    """
    from scipy import stats

    rng = np.random.default_rng(seed)
    truths = rng.choice(len(shares), size=min(draws or len(shares), len(shares)), replace=False)
    ranks = np.empty((len(truths), shares.shape[1]))
    for place, truth in enumerate(truths):
        rest = np.delete(np.arange(len(shares)), truth)
        aim = np.where(usable, _filled(summaries)[truth], np.nan)
        found = infer(shares, summaries, aim, keep, rest)
        ranks[place] = found.weights @ (found.shares < shares[truth])
    counts = [np.histogram(ranks[:, column], bins, (0, 1))[0] for column in range(shares.shape[1])]
    p = np.array([stats.chisquare(one).pvalue for one in counts])
    inside = {level: (np.abs(ranks - 0.5) <= level / 2).mean(axis=0) for level in (0.5, 0.9)}
    return Calibration(p, inside, ranks)


def holm(p: np.ndarray) -> np.ndarray:
    """Return p values adjusted for their number (Holm 1979)."""
    order = np.argsort(p)
    stepped = np.maximum.accumulate(p[order] * (len(p) - np.arange(len(p))))
    adjusted = np.empty(len(p))
    adjusted[order] = np.minimum(1.0, stepped)
    return adjusted


def moments(posterior: Posterior) -> tuple[np.ndarray, np.ndarray]:
    """Return mean and standard deviation of each parameter, as shares of the prior."""
    mean = posterior.weights @ posterior.shares
    return mean, np.sqrt(np.maximum(posterior.weights @ (posterior.shares - mean) ** 2, 0.0))


def standardised(summaries: np.ndarray, observed: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the summaries that an observation reaches, and the observation, in standard deviations from their means."""
    known = in_reach(summaries, observed)
    table = _filled(summaries[:, known])
    mean, spread = table.mean(axis=0), np.maximum(table.std(axis=0), 1e-9)
    return (table - mean) / spread, (observed[known] - mean) / spread


def shrinkage(posterior: Posterior) -> np.ndarray:
    """Return the width of the central 90 % relative to that of the prior [parameter]; 1 is unidentified."""
    low, high = (weighted_quantiles(posterior.shares, posterior.weights, level) for level in (0.05, 0.95))
    return (high - low) / 0.9


def weighted_quantiles(values: np.ndarray, weights: np.ndarray, level: float) -> np.ndarray:
    """Return a quantile of each column of weighted rows."""
    order = np.argsort(values, axis=0)
    below = np.cumsum(weights[order], axis=0)
    place = np.argmax(below >= level - 1e-12, axis=0)
    return np.take_along_axis(values, np.take_along_axis(order, place[None, :], axis=0), axis=0)[0]
