"""Which factors matter: Sobol indices, Morris screening, PAWN for any design.

Estimators work on plain arrays, one value per point in the order of the design; `ecopark.analysis.inference.crossed_design` makes them from the
table of a sweep. Random replicates are averaged before, so that the indices speak of the expected outcome.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from .crossed_design import IncompleteDesignError, UnsuitableDesignError


def sobol(
    values: ArrayLike,
    factors: Sequence[str],
    second_order: bool = False,
    level: float = 0.95,
    draws: int = 500,
    seed: int = 0,
) -> pd.DataFrame:
    """Estimate first-order and total indices of a Saltelli design with their bootstrap intervals.

    values: [N (k + 2)] or, with second order, [N (2 k + 2)], in blocks A, A with column j of B for each j, (B with
    column j of A for each j,) B. An outcome that never changes has no indices: NaN.
    Columns factor, first, first_low, first_high, total, total_low, total_high.
    """
    A, B, AB, _ = saltelli_blocks(values, len(factors), second_order)
    rng = np.random.default_rng(seed)
    picks = (rng.integers(0, A.size, A.size) for _ in range(draws))
    spread = np.array([first_and_total(A[pick], B[pick], AB[pick]) for pick in picks])
    found = first_and_total(A, B, AB)
    low, high = np.quantile(spread, [(1 - level) / 2, (1 + level) / 2], axis=0)
    columns: dict[str, object] = {"factor": list(factors)}
    for row, name in enumerate(("first", "total")):
        columns |= {name: found[row], f"{name}_low": low[row], f"{name}_high": high[row]}
    return pd.DataFrame(columns)


def sobol_pairs(values: ArrayLike, factors: Sequence[str]) -> pd.DataFrame:
    """Estimate the second-order index of each pair of factors from a Saltelli design with second order.

    S_jk = mean(BA_j AB_k - A B) / V - S_j - S_k (Saltelli 2002, doi:10.1016/S0010-4655(02)00280-1). Columns factor,
    other, second; largest first.
    """
    A, B, AB, BA = saltelli_blocks(values, len(factors), second_order=True)
    first, _ = first_and_total(A, B, AB)
    variance = np.var(np.concatenate([A, B]))
    rows = [
        (factors[one], factors[two], (BA[:, one] * AB[:, two] - A * B).mean() / variance - first[one] - first[two])
        for one, two in combinations(range(len(factors)), 2)
        if variance > 0
    ]
    frame = pd.DataFrame(rows, columns=["factor", "other", "second"])
    return frame.sort_values("second", ascending=False, key=np.abs).reset_index(drop=True)


def saltelli_blocks(
    values: ArrayLike, factors: int, second_order: bool
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Take a Saltelli design apart: A [N], B [N], AB [N, k], BA [N, k] (empty without second order).

    All are centred on their mean, which changes no index and keeps digits where the outcome is large against its
    spread.
    """
    values = np.asarray(values, float)
    block = (2 if second_order else 1) * factors + 2
    if values.ndim != 1 or values.size == 0 or values.size % block:
        raise UnsuitableDesignError(
            f"A Saltelli design of {factors} factors has blocks of {block} points; {values.size} is no multiple of it."
        )
    bad = np.flatnonzero(~np.isfinite(values))
    if bad.size:
        raise IncompleteDesignError("Indices cannot be computed without the outcome at", bad)
    rows = values.reshape(-1, block) - values.mean()
    return rows[:, 0], rows[:, -1], rows[:, 1 : factors + 1], rows[:, factors + 1 : -1]


def first_and_total(A: np.ndarray, B: np.ndarray, AB: np.ndarray) -> np.ndarray:
    """Return first-order and total indices as rows [2, k].

    first_j = mean(B (AB_j - A)) / V (Saltelli and others 2010, doi:10.1016/j.cpc.2009.09.018), total_j =
    mean((A - AB_j)^2) / 2V (Jansen 1999, doi:10.1016/S0010-4655(98)00154-4), V the variance of A and B together.
    """
    variance = np.var(np.concatenate([A, B]))
    if not variance > 0:
        return np.full((2, AB.shape[1]), np.nan)
    first = (B[:, None] * (AB - A[:, None])).mean(axis=0)
    total = 0.5 * ((A[:, None] - AB) ** 2).mean(axis=0)
    return np.stack([first, total]) / variance


def morris(
    points: ArrayLike, values: ArrayLike, factors: Sequence[str], level: float = 0.95, draws: int = 500, seed: int = 0
) -> pd.DataFrame:
    """Screen factors by the mean (mu), mean size (mu_star) and spread (sigma) of their elementary effects.

    points: [r (k + 1), k], values: [r (k + 1)], trajectory by trajectory, one factor moving per step. Effects are per
    range of the factor in the design, in the unit of the outcome: large mu_star matters, large sigma acts
    non-linearly or with others (Morris 1991, doi:10.1080/00401706.1991.10484804; Campolongo and others 2007,
    doi:10.1016/j.envsoft.2006.10.004).
    Interval of mu_star by bootstrap over trajectories. Columns factor, mu, mu_star, low, high, sigma.
    """
    effects = elementary_effects(np.asarray(points, float), np.asarray(values, float))
    rng = np.random.default_rng(seed)
    picks = rng.integers(0, len(effects), (draws, len(effects)))
    low, high = np.quantile(np.abs(effects)[picks].mean(axis=1), [(1 - level) / 2, (1 + level) / 2], axis=0)
    return pd.DataFrame(
        {
            "factor": list(factors),
            "mu": effects.mean(axis=0),
            "mu_star": np.abs(effects).mean(axis=0),
            "low": low,
            "high": high,
            "sigma": effects.std(axis=0, ddof=1) if len(effects) > 1 else np.nan,
        }
    )


def elementary_effects(points: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Return the change of the outcome per range of the factor at each step: [trajectories, k]."""
    size = points.shape[1] + 1
    if len(points) % size or len(points) != values.size:
        raise UnsuitableDesignError(
            f"Trajectories of {size - 1} factors have {size} points; {len(points)} are no multiple of it."
        )
    bad = np.flatnonzero(~np.isfinite(values))
    if bad.size:
        raise IncompleteDesignError("Elementary effects cannot be computed without the outcome at", bad)
    span = np.ptp(points, axis=0)
    steps = np.diff((points / np.where(span > 0, span, 1.0)).reshape(-1, size, size - 1), axis=1)
    moved = np.abs(steps) > 1e-9
    wrong = np.flatnonzero((moved.sum(axis=2) != 1).any(axis=1) | (moved.sum(axis=1) != 1).any(axis=1))
    if wrong.size:
        raise UnsuitableDesignError(f"Not one factor at a time moves in trajectory {', '.join(map(str, wrong[:10]))}.")
    slopes = np.diff(values.reshape(-1, size), axis=1)[:, :, None] / np.where(moved, steps, 1.0)
    return (slopes * moved).sum(axis=1)


def pawn(
    points: ArrayLike,
    values: ArrayLike,
    factors: Sequence[str],
    slices: int = 10,
    level: float = 0.95,
    draws: int = 200,
    seed: int = 0,
) -> pd.DataFrame:
    """Measure for any design how far the outcome's distribution moves when a factor is held in a slice of its range.

    The largest distance of the two distribution functions (Kolmogorov-Smirnov) in each of `slices` of equal
    probability; its median, mean and maximum over them (Pianosi and Wagener 2018, doi:10.1016/j.envsoft.2018.07.019).
    Interval of the median by bootstrap over points. `by_chance`: the 95 % quantile of the median for a factor without
    any influence in this design; below it a factor cannot be told from none. Columns factor, median, low, high, mean,
    maximum, by_chance.
    """
    points, values = np.asarray(points, float), np.asarray(values, float)
    bad = np.flatnonzero(~np.isfinite(values))
    if bad.size:
        raise IncompleteDesignError("Distributions cannot be compared without the outcome at", bad)
    rng = np.random.default_rng(seed)
    tails = [(1 - level) / 2, (1 + level) / 2]
    rows = []
    for column, name in enumerate(factors):
        slice_of = slices_of(points[:, column], slices)
        distances = slice_distances(slice_of, values)
        chance = [np.median(slice_distances(rng.permutation(slice_of), values)) for _ in range(draws)]
        picks = rng.integers(0, values.size, (draws, values.size))
        low, high = np.quantile([np.median(slice_distances(slice_of[pick], values[pick])) for pick in picks], tails)
        rows.append(
            (name, np.median(distances), low, high, distances.mean(), distances.max(), np.quantile(chance, 0.95))
        )
    return pd.DataFrame(rows, columns=["factor", "median", "low", "high", "mean", "maximum", "by_chance"])


def slices_of(column: np.ndarray, slices: int) -> np.ndarray:
    """Give each point the number of its slice of equal probability; a factor of few values has a slice per value."""
    distinct = np.unique(column)
    if distinct.size <= slices:
        return np.searchsorted(distinct, column)
    inner = np.quantile(column, np.linspace(0, 1, slices + 1)[1:-1])
    return np.searchsorted(inner, column, side="right")


def slice_distances(slice_of: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Return the Kolmogorov-Smirnov distance of each slice's outcomes from all outcomes: [slices that have points]."""
    order = np.argsort(values, kind="stable")
    ranked, members = values[order], slice_of[order]
    last_of_ties = np.append(ranked[1:] != ranked[:-1], True)
    everyone = np.arange(1, values.size + 1) / values.size
    names = np.unique(members)
    inside = members[None, :] == names[:, None]
    share = np.cumsum(inside, axis=1) / inside.sum(axis=1, keepdims=True)
    return np.abs(share - everyone)[:, last_of_ties].max(axis=1)
