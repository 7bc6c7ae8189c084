"""A sweep as the analysis sees it: its runs, what varied, what came out, and what is of interest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from ..charts.number_format import number


@dataclass(frozen=True)
class Sweep:
    """A sweep as it comes from its store.

    runs: a row per run: point, policy, replicate, factors, outcomes, error (empty for a good run). design: its kind
    (grid, saltelli, morris ...). points: number of points of the whole design. yearly: point, policy, replicate,
    year, links, where it was kept. goals: outcome -> "max" or "min", for the comparison of policies. interest: what
    scenario discovery looks for:
    outcome, "above" or "below", and a limit; left out, the highest quarter of the first outcome.
    """

    name: str
    runs: pd.DataFrame
    factors: tuple[str, ...]
    outcomes: tuple[str, ...]
    design: str
    points: int
    question: str = ""
    second_order: bool = False
    yearly: pd.DataFrame | None = None
    goals: Mapping[str, str] = field(default_factory=dict)
    floors: Mapping[str, float] = field(default_factory=dict)
    ceilings: Mapping[str, float] = field(default_factory=dict)
    interest: tuple[str, str, float] | None = None
    origin: Mapping[str, Any] = field(default_factory=dict)

    @property
    def policies(self) -> list[str]:
        """Names of the policies, in the order of the runs."""
        return [str(name) for name in self.runs["policy"].unique()]

    @property
    def numeric(self) -> list[str]:
        """Factors that are numbers and change."""
        numbers = [name for name in self.factors if pd.api.types.is_numeric_dtype(self.runs[name])]
        return [name for name in numbers if self.runs[name].nunique() > 1]

    @property
    def good(self) -> pd.DataFrame:
        """The runs that did not fail."""
        return self.runs[self.runs["error"].isna()] if "error" in self.runs.columns else self.runs

    def of_policy(self, policy: str) -> pd.DataFrame:
        """All runs of a policy, failed ones with empty outcomes."""
        return self.runs[self.runs["policy"] == policy]


def interesting(sweep: Sweep) -> tuple[np.ndarray, str]:
    """Mark the good runs that scenario discovery looks for: [runs] of bool, and in words what that is."""
    if sweep.interest is None:
        outcome = sweep.outcomes[0]
        values = sweep.good[outcome].to_numpy(float)
        limit = float(np.nanquantile(values, 0.75))
        return values > limit, f"{outcome.replace('_', ' ')} above {number(limit)} (its highest quarter)"
    outcome, side, limit = sweep.interest
    values = sweep.good[outcome].to_numpy(float)
    marks = values > limit if side == "above" else values < limit
    return marks, f"{outcome.replace('_', ' ')} {side} {number(limit)}"
