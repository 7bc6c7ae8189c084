"""How much of the variance of single runs is shocks, and how much is the point."""

from __future__ import annotations

import numpy as np
import pandas as pd

from .two_way import BOTH, NOTHING, Chance
from .uncertainty import student


def share_of_shocks(outcomes: np.ndarray, chance: Chance | None = None, level: float = 0.95) -> pd.DataFrame:
    """Estimate the share of the variance of single runs that comes from the shocks, the rest from the point.

    outcomes: [points, replicates], points drawn independently (base samples of a Saltelli design, not its mixed points).
    Shocks: mean over points of the variance between replicates. Points: variance of the point means less the noise of a
    mean of R. Interval: of the logarithm of their ratio, the parts' half-widths added as squares. The variance over shocks
    has R - 1 degrees of freedom where they are common, as many at each point where they are not; that over points goes by
    its fourth moment and, on common shocks, by what single replicates add to it. Columns share, low, high,
    points, replicates, covers.
    """
    chance = chance or Chance()
    points, replicates = outcomes.shape
    if replicates < 2 or points < 3:
        return _row(float("nan"), float("nan"), float("nan"), outcomes, NOTHING)
    centred = outcomes - outcomes.mean(axis=1, keepdims=True)
    by_shocks = float((centred**2).sum() / (points * (replicates - 1)))
    mean = outcomes.mean(axis=1) - outcomes.mean()
    own = centred - centred.mean(axis=0)
    noise = float((own**2).sum() / ((points - 1) * (replicates - 1)))
    by_points = float(mean @ mean / (points - 1)) - noise / replicates
    if by_shocks <= 0 or by_points <= 0:
        share = float(by_shocks > 0) if by_shocks + max(by_points, 0.0) > 0 else float("nan")
        return _row(share, float("nan"), float("nan"), outcomes, NOTHING)
    above, below = _log_reach_of_shocks(points, replicates, chance, level)
    beside = _log_reach_of_points(outcomes, mean, by_points, chance, level)
    ratio = np.log(by_shocks / by_points)
    ends = ratio - np.hypot(below, beside), ratio + np.hypot(above, beside)
    share, low, high = (float(1 / (1 + np.exp(-one))) for one in (ratio, *ends))
    return _row(share, low, high, outcomes, BOTH)


def _row(share: float, low: float, high: float, outcomes: np.ndarray, covers: str) -> pd.DataFrame:
    points, replicates = outcomes.shape
    found = {"share": share, "low": low, "high": high, "points": points, "replicates": replicates, "covers": covers}
    return pd.DataFrame([found])


def _log_reach_of_shocks(points: int, replicates: int, chance: Chance, level: float) -> tuple[float, float]:
    """Return how far above and below the logarithm of the variance over shocks may lie (chi-square)."""
    from scipy.stats import chi2

    degrees = float((1 if chance.common else points) * (replicates - 1))
    tail = (1 - level) / 2
    return float(np.log(degrees / chi2.ppf(tail, degrees))), float(np.log(chi2.ppf(1 - tail, degrees) / degrees))


def _log_reach_of_points(
    outcomes: np.ndarray, mean: np.ndarray, by_points: float, chance: Chance, level: float
) -> float:
    """Return the half-width of the logarithm of the variance over points."""
    points, replicates = outcomes.shape
    square = float(np.mean(mean**2))
    over_points = student(level, points - 1) * np.sqrt(max(np.mean(mean**4) - square**2, 0.0) / points) / by_points
    if not chance.common:
        return float(over_points)
    single = 2.0 * mean @ (outcomes - outcomes.mean(axis=0)) / (points - 1)
    over_shocks = student(level, replicates - 1) * single.std(ddof=1) / np.sqrt(replicates) / by_points
    return float(np.hypot(over_points, over_shocks))
