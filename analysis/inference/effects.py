"""Main effects and interactions of factors, with confidence intervals over replicates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd

from .crossed_design import UnsuitableDesignError, coded, factors_by_point, outcomes_by_point
from .uncertainty import mean_interval, student


@dataclass(frozen=True)
class Effects:
    """Effects by size, and the share of the variance between points that they explain (`explained`, R squared)."""

    table: pd.DataFrame
    explained: float


def response_by_level(frame: pd.DataFrame, factor: str, outcome: str, levels: int = 5) -> pd.DataFrame:
    """Return the mean outcome at each value of a factor, or in `levels` equally probable classes, with its interval.

    Points are the units (their replicates averaged). Columns level (mean value of the factor), mean, low, high, points.
    """
    outcomes = outcomes_by_point(frame, outcome).mean(axis=1)
    values = factors_by_point(frame, [factor])[:, 0]
    distinct = np.unique(values)
    inner = np.quantile(values, np.linspace(0, 1, levels + 1)[1:-1])
    group = (
        np.searchsorted(distinct, values) if distinct.size <= levels else np.searchsorted(inner, values, side="right")
    )
    rows = []
    for number in np.unique(group):
        found = mean_interval(outcomes[group == number])
        rows.append((values[group == number].mean(), found.estimate, found.low, found.high, found.number))
    return pd.DataFrame(rows, columns=["level", "mean", "low", "high", "points"])


def effects(
    frame: pd.DataFrame, factors: Sequence[str], outcome: str, interactions: bool = True, level: float = 0.95
) -> Effects:
    """Estimate main effects and pairwise interactions by least squares on factors scaled to [-1, 1].

    Main effect: change of the outcome when the factor goes from its least to its largest value, the others in the
    middle of their ranges. Interaction: half the difference between a factor's effect at the largest and at the least
    value of the other.
    With two or more replicates each gives its own estimate, on shocks of its own, and the interval is Student's t
    over them; with one it comes from the residuals. Columns of the table: term, effect, low, high, kind (main or
    interaction).
    """
    outcomes = outcomes_by_point(frame, outcome)
    scaled = coded(factors_by_point(frame, factors))
    terms, columns = model_columns(scaled, list(factors), interactions)
    basis = np.column_stack([np.ones(len(scaled)), *columns])
    rank = np.linalg.matrix_rank(basis)
    if rank < basis.shape[1]:
        raise UnsuitableDesignError(
            f"{len(scaled)} points cannot tell {basis.shape[1]} terms apart (rank {rank}): take fewer factors, leave "
            "out the interactions, or a design in which every factor changes on its own."
        )
    solution = np.linalg.lstsq(basis, outcomes, rcond=None)[0]
    estimate, reach = solution[1:].mean(axis=1), reach_of(basis, outcomes, solution, level)[1:]
    table = pd.DataFrame(
        {"term": terms, "effect": 2 * estimate, "low": 2 * (estimate - reach), "high": 2 * (estimate + reach)}
    )
    table["kind"] = ["interaction" if " x " in term else "main" for term in terms]
    mean = outcomes.mean(axis=1)
    scatter = ((mean - mean.mean()) ** 2).sum()
    left = ((mean - basis @ solution.mean(axis=1)) ** 2).sum()
    ordered = table.sort_values("effect", key=np.abs, ascending=False).reset_index(drop=True)
    return Effects(ordered, float(1 - left / scatter) if scatter > 0 else float("nan"))


def model_columns(scaled: np.ndarray, factors: list[str], interactions: bool) -> tuple[list[str], list[np.ndarray]]:
    """Name and build the columns of the model: each factor, then each pair's product."""
    pairs = list(combinations(range(len(factors)), 2)) if interactions else []
    terms = factors + [f"{factors[one]} x {factors[two]}" for one, two in pairs]
    return terms, [*scaled.T, *(scaled[:, one] * scaled[:, two] for one, two in pairs)]


def reach_of(basis: np.ndarray, outcomes: np.ndarray, solution: np.ndarray, level: float) -> np.ndarray:
    """Return the half-width of each coefficient's interval: over replicates, or of one replicate from its residuals."""
    replicates = outcomes.shape[1]
    if replicates > 1:
        return student(level, replicates - 1) * solution.std(axis=1, ddof=1) / np.sqrt(replicates)
    degrees = len(basis) - basis.shape[1]
    if degrees < 1:
        return np.full(basis.shape[1], np.nan)
    residual = float(((outcomes - basis @ solution) ** 2).sum()) / degrees
    return student(level, degrees) * np.sqrt(residual * np.diag(np.linalg.inv(basis.T @ basis)))
