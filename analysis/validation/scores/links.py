"""Scores of the probability that a link exists: log score, Brier and its parts, reliability, ranking.

A row is (giver, taker, by-product, input); y is 1 where the link is documented. R replicates of which m have the link at
the date give p = (m + 1/2)/(R + 1), so that nothing is impossible.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import stats

BINS = 10


def probability_of(hits: np.ndarray | float, replicates: int) -> np.ndarray:
    """Return (m + 1/2)/(R + 1) for m of R replicates."""
    return (np.asarray(hits, dtype=float) + 0.5) / (replicates + 1.0)


def log_score(p: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Return -[y ln p + (1 - y) ln(1 - p)] of each row, in nat; 0 is perfect (Good 1952)."""
    p, y = np.asarray(p, dtype=float), np.asarray(y, dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        return -(np.where(y > 0, y * np.log(p), 0.0) + np.where(y < 1, (1 - y) * np.log1p(-p), 0.0))


def brier_score(p: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Return (p - y)^2 of each row (Brier 1950, doi:10.1175/1520-0493(1950)078<0001:VOFEIT>2.0.CO;2)."""
    return (np.asarray(p, dtype=float) - np.asarray(y, dtype=float)) ** 2


def skill(score: float, null: float) -> float:
    """Return 1 - S/S_null: 1 is perfect, 0 no better than the null model; NaN where the null is perfect."""
    return 1.0 - score / null if null > 0 else math.nan


@dataclass(frozen=True)
class Reliability:
    """Murphy's parts of the Brier score, and the line of logit(y) on logit(p).

    bins: rows (mean p, share realised, rows) of the bins that hold any. brier = reliability - resolution + uncertainty,
    exact when the p of a bin are equal. slope: 1 and intercept: 0 for a calibrated forecast; NaN where y has one value.
    """

    bins: tuple[tuple[float, float, int], ...]
    reliability: float
    resolution: float
    uncertainty: float
    slope: float
    intercept: float


def reliability(p: np.ndarray, y: np.ndarray, bins: int = BINS) -> Reliability:
    """Return how often what was forecast happened (Murphy 1973, doi:10.1175/1520-0450(1973)012<0595:ANVPOT>2.0.CO;2)."""
    p, y = np.asarray(p, dtype=float), np.asarray(y, dtype=float)
    place = np.minimum((p * bins).astype(int), bins - 1)
    rows = [(p[place == b].mean(), y[place == b].mean(), int((place == b).sum())) for b in np.unique(place)]
    weights = np.array([count for *_, count in rows]) / len(p)
    said, found = np.array([row[0] for row in rows]), np.array([row[1] for row in rows])
    slope, intercept = calibration_line(p, y)
    return Reliability(
        bins=tuple((float(a), float(b), n) for a, b, n in rows),
        reliability=float(weights @ (said - found) ** 2),
        resolution=float(weights @ (found - y.mean()) ** 2),
        uncertainty=float(y.mean() * (1 - y.mean())),
        slope=slope,
        intercept=intercept,
    )


def calibration_line(p: np.ndarray, y: np.ndarray, steps: int = 50) -> tuple[float, float]:
    """Return slope and intercept of a logistic regression of y on logit(p), by Newton's method; NaN where it has none."""
    y = np.asarray(y, dtype=float)
    x = np.log(p) - np.log1p(-np.asarray(p, dtype=float))
    if y.min() == y.max() or np.ptp(x) == 0:
        return math.nan, math.nan
    design = np.column_stack([np.ones_like(x), x])
    beta = np.array([0.0, 1.0])
    for _ in range(steps):
        mean = 1.0 / (1.0 + np.exp(-design @ beta))
        weight = np.maximum(mean * (1 - mean), 1e-12)
        change = np.linalg.solve(design.T @ (design * weight[:, None]), design.T @ (y - mean))
        beta = beta + np.clip(change, -2.0, 2.0)
        if np.abs(change).max() < 1e-10:
            return float(beta[1]), float(beta[0])
    return math.nan, math.nan  # separated: every realised row above every other, no finite line


@dataclass(frozen=True)
class Ranking:
    """Area under the curve within parks, pooled by pairs. pairs: (realised, not realised) pairs that were compared."""

    auc: float
    error: float
    pairs: int


def auc_within(parks: Sequence[tuple[np.ndarray, np.ndarray]]) -> Ranking:
    """Return the share of pairs (realised, not realised) of one park that p orders rightly, ties one half.

    parks: (p, y) of each park. The standard error is that of Hanley and McNeil (1982, doi:10.1148/radiology.143.1.7063747)
    within a park, pooled with the pairs as weights.
    """
    right, pairs, variance = 0.0, 0, 0.0
    for p, y in parks:
        p, y = np.asarray(p, dtype=float), np.asarray(y).astype(bool)
        yes, no = int(y.sum()), int((~y).sum())
        if yes == 0 or no == 0:
            continue
        ranks = stats.rankdata(p)
        wins = ranks[y].sum() - yes * (yes + 1) / 2
        right, pairs = right + wins, pairs + yes * no
        variance += (yes * no) ** 2 * _variance_of_auc(wins / (yes * no), yes, no)
    if pairs == 0:
        return Ranking(math.nan, math.nan, 0)
    return Ranking(right / pairs, math.sqrt(variance) / pairs, pairs)


def _variance_of_auc(area: float, yes: int, no: int) -> float:
    one, two = area / (2 - area), 2 * area**2 / (1 + area)
    return (area * (1 - area) + (yes - 1) * (one - area**2) + (no - 1) * (two - area**2)) / (yes * no)


def average_precision(p: np.ndarray, y: np.ndarray) -> float:
    """Return the mean over realised rows of the share realised among the rows ranked at least as high; NaN without any.

    Rows of equal p share their rank, so that the order of the rows does not matter.
    """
    p, y = np.asarray(p, dtype=float), np.asarray(y, dtype=float)
    if y.sum() == 0:
        return math.nan
    values = np.unique(p)[::-1]
    above = np.array([(p >= value).sum() for value in values])
    found = np.array([y[p >= value].sum() for value in values])
    gained = np.diff(np.concatenate([[0.0], found]))
    return float((gained * found / above).sum() / y.sum())
