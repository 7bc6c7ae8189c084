"""Main effects, interactions and response curves of factors, with intervals over points and shocks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd

from .crossed_design import Crossed, UnsuitableDesignError, coded, crossed, factors_by_point
from .two_way import Chance, least_squares, mean_over

OWN = 12  # values of a factor that are each a class of their own


@dataclass(frozen=True)
class Effects:
    """Effects by size, and the share of the variance between points that they explain (`explained`, R squared)."""

    table: pd.DataFrame
    explained: float
    left_out: str = ""


def effects(
    frame: pd.DataFrame,
    factors: Sequence[str],
    outcome: str,
    interactions: bool | None = None,
    chance: Chance | None = None,
    level: float = 0.95,
) -> Effects:
    """Estimate main effects and pairwise interactions by least squares on factors scaled to [-1, 1].

    Main effect: change of the outcome when the factor goes from its least to its largest value in the design, the others
    in the middle of their ranges (the best linear effect where the response is curved). Interaction: half the difference
    between a factor's effect at the largest and at the least value of the other. interactions: left out, where there are
    twice as many points as terms. Intervals: `two_way.least_squares`. Columns of the table: term, effect, low, high, kind
    (main or interaction), points, replicates, covers.
    """
    chance = chance or Chance()
    there = crossed(frame, outcome, chance.block, chance.unit)
    scaled = coded(factors_by_point(frame, factors, there.points))
    if interactions is None:
        interactions = len(scaled) >= 2 * (1 + len(factors) * (len(factors) + 1) // 2)
    terms, columns = model_columns(scaled, list(factors), interactions)
    basis = np.column_stack([np.ones(len(scaled)), *columns])
    require_rank(basis)
    found = least_squares(basis, there.values, chance, level)
    table = pd.DataFrame(
        {"term": terms, "effect": 2 * found.estimate[1:], "low": 2 * found.low[1:], "high": 2 * found.high[1:]}
    )
    table["kind"] = ["interaction" if " x " in term else "main" for term in terms]
    ordered = table.sort_values("effect", key=np.abs, ascending=False).reset_index(drop=True)
    return Effects(
        ordered.assign(**rests_on(there, found.covers)), explained_by(basis, found.estimate, there), there.left_out
    )


def require_rank(basis: np.ndarray) -> None:
    """Refuse terms that the points cannot tell apart."""
    rank = np.linalg.matrix_rank(basis)
    if rank < basis.shape[1]:
        raise UnsuitableDesignError(
            f"{len(basis)} points cannot tell {basis.shape[1]} terms apart (rank {rank}): take fewer factors, leave "
            "out the interactions, or a design in which every factor changes on its own."
        )


def explained_by(basis: np.ndarray, solution: np.ndarray, there: Crossed) -> float:
    """Return the share of the variance between points that a model explains; NaN where nothing varies."""
    mean = there.values.mean(axis=1)
    scatter = ((mean - mean.mean()) ** 2).sum()
    left = ((mean - basis @ solution) ** 2).sum()
    return float(1 - left / scatter) if scatter > 0 else float("nan")


def rests_on(there: Crossed, covers: str) -> dict[str, object]:
    """Return the columns that say what an estimate rests on and what its interval covers."""
    points, replicates = there.values.shape[:2]
    return {"points": points, "replicates": replicates, "covers": covers}


def model_columns(scaled: np.ndarray, factors: list[str], interactions: bool) -> tuple[list[str], list[np.ndarray]]:
    """Name and build the columns of the model: each factor, then each pair's product."""
    pairs = list(combinations(range(len(factors)), 2)) if interactions else []
    terms = factors + [f"{factors[one]} x {factors[two]}" for one, two in pairs]
    return terms, [*scaled.T, *(scaled[:, one] * scaled[:, two] for one, two in pairs)]


def response_by_level(
    frame: pd.DataFrame,
    factor: str,
    outcome: str,
    levels: int = 5,
    chance: Chance | None = None,
    level: float = 0.95,
) -> pd.DataFrame:
    """Return the mean outcome at each value of a factor, or of many in `levels` equally probable classes, with intervals.

    Columns level (mean value of the factor), mean, low, high, points, replicates, covers.
    """
    chance = chance or Chance()
    there = crossed(frame, outcome, chance.block, chance.unit)
    values = factors_by_point(frame, [factor], there.points)[:, 0]
    group = classes_of(values, levels)
    rows = []
    for number in np.unique(group):
        members = there.values[group == number]
        found = mean_over(members, chance, level, chance.groups(len(values))[group == number])
        place = values[group == number].mean()
        ends = (found.estimate[0], found.low[0], found.high[0])
        rows.append((place, *ends, *members.shape, found.covers))
    return pd.DataFrame(rows, columns=["level", "mean", "low", "high", "points", "replicates", "covers"])


def classes_of(values: np.ndarray, levels: int) -> np.ndarray:
    """Return the class of each value: few values (up to OWN) each their own, else `levels` classes of equal probability."""
    distinct = np.unique(values)
    if distinct.size <= max(levels, OWN):
        return np.searchsorted(distinct, values)
    inner = np.quantile(values, np.linspace(0, 1, levels + 1)[1:-1])
    return np.searchsorted(inner, values, side="right")
