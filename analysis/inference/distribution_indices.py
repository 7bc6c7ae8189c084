"""What factors do to the outcome in any drawn design: PAWN by distributions, RBD-FAST as a second opinion by variance."""

from __future__ import annotations

import warnings
from collections.abc import Sequence

import numpy as np
import pandas as pd

from .two_way import NOTHING, POINTS

SLICES, DRAWS = 10, 200
HARMONICS = 10
LEAST_FOR_HARMONICS = 65


def pawn(
    points: np.ndarray,
    values: np.ndarray,
    factors: Sequence[str],
    level: float = 0.95,
    interval: bool = True,
    seed: int = 0,
) -> pd.DataFrame:
    """Measure how far the outcome's distribution moves when a factor is held in a slice of its range.

    points: [points, factors], values: [points]. Estimate: SALib's median, over ten slices of equal probability (of few
    values, one each), of the Kolmogorov-Smirnov distance (Pianosi and Wagener 2018, doi:10.1016/j.envsoft.2018.07.019). Interval: bootstrap over
    points, its quantiles measured from its own median, since resampling raises the index; so the estimate lies inside,
    and the ends in [0, 1]. by_chance: the 95 % quantile of the median for a factor without any influence in this design;
    below it a factor cannot be told from none. Columns factor, median, low, high, by_chance, points, covers.
    """
    points, values = np.asarray(points, float), np.asarray(values, float)
    rng = np.random.default_rng(seed)
    rows = []
    for column, name in zip(points.T, factors, strict=True):
        slice_of, few = slices_of(column)
        chance = [median_distance(rng.permutation(slice_of), values) for _ in range(DRAWS)]
        picks = rng.integers(0, values.size, (DRAWS, values.size))
        spread = [median_distance(slice_of[pick], values[pick]) for pick in picks]
        found = median_distance(slice_of, values) if few else salib_pawn(column, values)
        low, middle, high = np.quantile(spread, [(1 - level) / 2, 0.5, (1 + level) / 2])
        ends = np.clip([found - (high - middle), found + (middle - low)], 0, 1) if interval else [np.nan, np.nan]
        rows.append((name, found, *ends, np.quantile(chance, 0.95)))
    table = pd.DataFrame(rows, columns=["factor", "median", "low", "high", "by_chance"])
    return table.assign(points=values.size, covers=POINTS if interval else NOTHING)


def salib_pawn(column: np.ndarray, values: np.ndarray) -> float:
    """Return SALib's median PAWN index of one factor, over ten slices."""
    from SALib.analyze import pawn as distributions

    problem = {"num_vars": 1, "names": ["factor"], "bounds": [[0.0, 1.0]]}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # the exact p-value, which is not used, may not be found
        return float(distributions.analyze(problem, column[:, None], values, S=SLICES)["median"][0])


def slices_of(column: np.ndarray) -> tuple[np.ndarray, bool]:
    """Return the slice of each point, and whether the factor has so few values that each is a slice of its own.

    SALib cuts at quantiles, which puts equal values into one slice and leaves the largest value out; so a factor of at
    most ten values is sliced here.
    """
    distinct, place = np.unique(column, return_inverse=True)
    if distinct.size <= SLICES:
        return place, True
    ranks = np.argsort(np.argsort(column, kind="stable"), kind="stable")
    return ranks * SLICES // column.size, False


def median_distance(slice_of: np.ndarray, values: np.ndarray) -> float:
    """Return the median over slices of the Kolmogorov-Smirnov distance of a slice's outcomes from all outcomes."""
    order = np.argsort(values, kind="stable")
    ranked, members = values[order], slice_of[order]
    last_of_ties = np.append(ranked[1:] != ranked[:-1], True)
    inside = members[None, :] == np.unique(members)[:, None]
    share = np.cumsum(inside, axis=1) / inside.sum(axis=1, keepdims=True)
    everyone = np.arange(1, values.size + 1) / values.size
    return float(np.median(np.abs(share - everyone)[:, last_of_ties].max(axis=1)))


def first_order_of_any_design(points: np.ndarray, values: np.ndarray, factors: Sequence[str]) -> pd.DataFrame | None:
    """Return the first-order Sobol index of each factor by RBD-FAST (SALib), a second opinion; None of few points.

    For drawn points (Plischke 2010, doi:10.1016/j.ress.2009.11.005), its bias taken off (Tissot and Prieur 2012,
    doi:10.1016/j.ress.2012.06.010). Without an interval: that of SALib rests on half of the points. Columns factor,
    first, points.
    """
    from SALib.analyze import rbd_fast

    points, values = np.asarray(points, float), np.asarray(values, float)
    if values.size < LEAST_FOR_HARMONICS or not np.ptp(values) > 0:
        return None
    problem = {"num_vars": len(factors), "names": list(factors), "bounds": [[0.0, 1.0]] * len(factors)}
    found = rbd_fast.analyze(problem, points, values, M=HARMONICS, num_resamples=2, seed=1)
    first = np.asarray(found["S1"], float)
    return pd.DataFrame({"factor": list(factors), "first": first, "points": values.size})
