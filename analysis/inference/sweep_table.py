"""A sweep as the analysis sees it: its runs, what varied, what came out, what is better, and what is of interest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pandas as pd

from ..charts.number_format import number
from .crossed_design import UnsuitableDesignError
from .time_to_event import REACHED, Measure
from .two_way import Chance

COMPLETE = ("grid", "one_at_a_time")
GIVEN_DATA = ("latin_hypercube", "sobol", "table")


@dataclass(frozen=True)
class Interest:
    """What scenario discovery looks for: runs whose outcome is above, or else below, a limit."""

    outcome: str
    above: bool
    limit: float

    def marks(self, runs: pd.DataFrame) -> np.ndarray:
        """Mark the runs: [runs] of bool; one without a value is not of interest."""
        values = runs[self.outcome].to_numpy(float)
        return values > self.limit if self.above else values < self.limit


@dataclass(frozen=True)
class Sweep:
    """A sweep as it comes from its store.

    runs: a row per run: point, policy, replicate, factors, outcomes, error (empty for a good run). design: its kind
    (grid, saltelli, morris ...). points: number of points of the whole design. shocks: common, per_point or independent.
    measures: how each outcome is told. shares: the design in the unit cube [points, factors], of a drawn design; levels:
    of a Morris design. yearly: point, policy, replicate, year, links, where it was kept. goals: outcome -> "more" or
    "less", in place of what the measures declare. floors, ceilings: what is good enough. interest: of scenario discovery;
    left out, the better quarter of each outcome. pair: factors of the maps. baseline: policy compared with; left out, the
    first. missing: runs that were not made yet.
    """

    name: str
    runs: pd.DataFrame
    factors: tuple[str, ...]
    outcomes: tuple[str, ...]
    design: str
    points: int
    question: str = ""
    shocks: str = "common"
    second_order: bool = False
    measures: Mapping[str, Measure] = field(default_factory=dict)
    shares: np.ndarray | None = None
    levels: int = 4
    yearly: pd.DataFrame | None = None
    goals: Mapping[str, str] = field(default_factory=dict)
    floors: Mapping[str, float] = field(default_factory=dict)
    ceilings: Mapping[str, float] = field(default_factory=dict)
    interest: Interest | None = None
    pair: tuple[str, str] | None = None
    baseline: str | None = None
    missing: int = 0
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

    @property
    def replicates(self) -> int:
        """Number of replicates."""
        return int(self.runs["replicate"].nunique())

    @property
    def chance(self) -> Chance:
        """What was left to chance, for estimates of one policy."""
        count = len(self.factors)
        saltelli = ((2 if self.second_order else 1) * count + 2, "base sample")
        block, unit = {"saltelli": saltelli, "morris": (count + 1, "trajectory")}.get(self.design, (1, "point"))
        return Chance(self.design not in COMPLETE, self.shocks == "common", block, unit)

    @property
    def directions(self) -> dict[str, str]:
        """Which way each outcome is better, for those that have a way: the goals of the study, else as declared."""
        declared = {name: self.measure(name).better for name in self.outcomes}
        return {name: better for name, better in (declared | dict(self.goals)).items() if better != "none"}

    def measure(self, outcome: str) -> Measure:
        """Return how an outcome is told."""
        return self.measures.get(outcome, Measure(outcome.replace("_", " ")))

    def of_policy(self, policy: str) -> pd.DataFrame:
        """All runs of a policy, failed ones with empty outcomes."""
        return self.runs[self.runs["policy"] == policy]

    def narrowed(self, outcome: str | None = None, policy: str | None = None) -> Sweep:
        """Return the sweep with one outcome (and the share that reached it) or one policy alone."""
        sweep = self
        if outcome is not None:
            kept = tuple(name for name in self.outcomes if name in (outcome, f"{outcome}{REACHED}"))
            mine = self.interest if self.interest is not None and self.interest.outcome in kept else None
            sweep = replace(sweep, outcomes=kept, interest=mine)
        return sweep if policy is None else replace(sweep, runs=sweep.of_policy(policy))


def interest_in(sweep: Sweep, outcome: str) -> Interest:
    """Return what is of interest in an outcome: as the study says, else its better quarter (of neither way, its highest)."""
    if sweep.interest is not None and sweep.interest.outcome == outcome:
        return sweep.interest
    above = sweep.directions.get(outcome, "more") == "more"
    values = sweep.good[outcome].to_numpy(float)
    values = values[np.isfinite(values)]
    if not values.size:
        raise UnsuitableDesignError(f"No run has a value of {outcome.replace('_', ' ')}.")
    if np.isin(values, (0.0, 1.0)).all():  # reached or not
        return Interest(outcome, above, 0.5)
    return Interest(outcome, above, float(np.quantile(values, 0.75 if above else 0.25)))


def interest_words(sweep: Sweep, interest: Interest) -> str:
    """Say what is of interest."""
    measure = sweep.measure(interest.outcome)
    if interest.outcome.endswith(REACHED):
        return measure.label if interest.above else f"not {measure.label}"
    side = "above" if interest.above else "below"
    own = sweep.interest is not None and sweep.interest.outcome == interest.outcome
    why = "as the study asks" if own else f"its {'highest' if interest.above else 'lowest'} quarter"
    unit = "" if measure.unit in ("year", "share of runs") else measure.unit
    return f"{measure.label} {side} {number(interest.limit)} {unit}".rstrip() + f" ({why})"
