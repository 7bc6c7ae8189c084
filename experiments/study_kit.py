"""What a study is made of: a declaration that stands before it runs, claims over paired seeds, and a verdict by rule."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import pandas as pd

Values = Mapping[str, Any]
Measure = Callable[[Any], dict[str, float]]
SUPPORTED, CONTRADICTED, UNDECIDED = "supported", "contradicted", "undecided"
RULE = (
    "A claim is supported when the 95 % confidence interval of its paired difference lies wholly on the claimed side of "
    "zero (for 'no effect': wholly inside the margin), contradicted when it lies wholly on the other side, undecided "
    "otherwise. The study is supported when every claim is, not supported when none is, mixed otherwise."
)


@dataclass(frozen=True)
class Claim:
    """One statement about the mean of a weighted sum of variants, replicate by replicate.

    label: what is claimed. outcome: column of the results. weights: variant -> weight; an effect is {treated: 1,
    control: -1}, an interaction the difference of two effects. direction: 1 rises, -1 falls, 0 stays within `margin`.
    unit: of the difference.
    """

    label: str
    outcome: str
    weights: Mapping[str, float]
    direction: int
    unit: str = ""
    margin: float = 0.0


@dataclass(frozen=True)
class StudyDeclaration:
    """A study before it runs.

    variants: name -> dotted values on top of `values`. outcomes: as in a study file (column -> what of which indicator);
    measure: or a function of a finished park that gives further columns. replicates: paired seeds, (full, quick).
    """

    id: str
    title: str
    question: str
    hypothesis: str
    source: str
    lever: str
    scenario: str
    variants: Mapping[str, Values]
    claims: tuple[Claim, ...]
    outcomes: Mapping[str, Any] = field(default_factory=dict)
    values: Values = field(default_factory=dict)
    measure: Measure | None = None
    years: int | None = None
    replicates: tuple[int, int] = (60, 8)
    rule: str = RULE
    note: str = ""


@dataclass(frozen=True)
class ClaimResult:
    """A claim after the runs: mean paired difference with its 95 % interval, the number of pairs, and how it stands."""

    label: str
    effect: float
    low: float
    high: float
    pairs: int
    unit: str
    standing: str


@dataclass(frozen=True)
class StudyResult:
    """A study after it ran: its claims, its verdict (provisional when quick), the table of all runs."""

    declaration: StudyDeclaration
    claims: tuple[ClaimResult, ...]
    verdict: str
    quick: bool
    runs: pd.DataFrame

    def paragraph(self) -> str:
        """Return the finding in plain words."""
        parts = [
            f"{claim.label}: {_number(claim.effect)} ({_number(claim.low)} to {_number(claim.high)}) {claim.unit}, {claim.standing}"
            for claim in self.claims
        ]
        provisional = " (provisional: few seeds)" if self.quick else ""
        note = f" {self.declaration.note}" if self.declaration.note else ""
        return f"{self.declaration.question} {self.verdict.capitalize()}{provisional}. " + "; ".join(parts) + "." + note


def judge(declaration: StudyDeclaration, runs: pd.DataFrame, quick: bool) -> StudyResult:
    """Hold every claim of a study against its runs. runs: one row per variant and replicate."""
    claims = tuple(judge_claim(claim, runs) for claim in declaration.claims)
    return StudyResult(declaration, claims, verdict_of(claims), quick, runs)


def judge_claim(claim: Claim, runs: pd.DataFrame) -> ClaimResult:
    """Return how a claim stands: the t-interval of the weighted sum over replicates that have all variants."""
    from analysis.uncertainty import mean_interval

    wide = runs.pivot(index="replicate", columns="variant", values=claim.outcome)
    contrast = sum(weight * wide[variant] for variant, weight in claim.weights.items())
    values = np.asarray(contrast.dropna(), dtype=float)
    if len(values) < 2:
        return ClaimResult(claim.label, np.nan, np.nan, np.nan, len(values), claim.unit, UNDECIDED)
    interval = mean_interval(values)
    mean, low, high = float(values.mean()), float(interval.low), float(interval.high)
    return ClaimResult(claim.label, mean, low, high, len(values), claim.unit, _standing(claim, low, high))


def _standing(claim: Claim, low: float, high: float) -> str:
    if claim.direction == 0:
        inside = -claim.margin <= low and high <= claim.margin
        outside = low > claim.margin or high < -claim.margin
        return SUPPORTED if inside else (CONTRADICTED if outside else UNDECIDED)
    if claim.direction * low > claim.margin and claim.direction * high > claim.margin:
        return SUPPORTED
    return CONTRADICTED if claim.direction * low < 0 and claim.direction * high < 0 else UNDECIDED


def verdict_of(claims: tuple[ClaimResult, ...]) -> str:
    """Return supported, not supported, or mixed and which claims do not hold."""
    held = [claim for claim in claims if claim.standing == SUPPORTED]
    if len(held) == len(claims):
        return "supported"
    if not held:
        return "not supported"
    failed = [claim.label for claim in claims if claim.standing != SUPPORTED]
    return f"mixed ({len(held)} of {len(claims)} claims hold; not: {'; '.join(failed)})"


def _number(value: float) -> str:
    """Return a number with three digits, thousands and millions in words."""
    for size, word in ((1e9, " bn"), (1e6, " m"), (1e3, " k")):
        if abs(value) >= size:
            return f"{value / size:.3g}{word}"
    return f"{value:.3g}"
