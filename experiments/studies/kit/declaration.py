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
Means = Callable[[str, str], float]
SUPPORTED, CONTRADICTED, UNDECIDED = "supported", "contradicted", "undecided"
FALLS, STAYS, RISES, DIFFERS = -1, 0, 1, 2
RULE = (
    "A claim is supported when the 95 % confidence interval of its paired difference lies wholly on the claimed side of "
    "zero or of the stated bound (for 'no effect': wholly inside the margin; for 'differs': off zero), contradicted when it lies wholly on the other "
    "side, undecided otherwise. The study is supported when every claim is, not supported when none is, mixed otherwise."
)


@dataclass(frozen=True)
class Claim:
    """One statement about the mean of a weighted sum of variants, replicate by replicate.

    label: what is claimed. outcome: column of the results. weights: variant -> weight; an effect is {treated: 1,
    control: -1}, an interaction the difference of two effects. direction: RISES above `bound`, FALLS below it, STAYS within
    +-`margin`, DIFFERS from zero to either side. unit: of the difference. why: given the mean of (variant, outcome), a sentence that is told when
    the claim does not hold: what the model does instead, in measured numbers.
    """

    label: str
    outcome: str
    weights: Mapping[str, float]
    direction: int
    unit: str = ""
    bound: float = 0.0
    margin: float = 0.0
    why: Callable[[Means], str] | None = None


@dataclass(frozen=True)
class StudyDeclaration:
    """A study before it runs.

    module: import path of the file that declares it. variants: name -> dotted values on top of `values`. outcomes: as in a
    study file (column -> what of which indicator); measure: or a function of a finished park that gives the columns
    `measures`. replicates: paired seeds, (full, quick). regions: in the scenario `synthetic`, each replicate is another
    region, the same one for all variants.
    """

    id: str
    module: str
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
    measures: tuple[str, ...] = ()
    years: int | None = None
    replicates: tuple[int, int] = (200, 10)
    regions: bool = True
    rule: str = RULE
    note: str = ""


@dataclass(frozen=True)
class ClaimResult:
    """A claim after the runs: mean paired difference with its 95 % interval, number of pairs, how it stands, and why not.

    share: the difference over the mean of what is taken away, NaN for a claim that is no plain difference.
    """

    label: str
    effect: float
    low: float
    high: float
    pairs: int
    unit: str
    standing: str
    share: float = float("nan")
    bound: float = 0.0
    why: str = ""


@dataclass(frozen=True)
class StudyResult:
    """A study after it ran: its claims, its verdict (provisional when quick), the table of all runs."""

    declaration: StudyDeclaration
    claims: tuple[ClaimResult, ...]
    verdict: str
    quick: bool
    runs: pd.DataFrame


def judge(declaration: StudyDeclaration, runs: pd.DataFrame, quick: bool) -> StudyResult:
    """Hold every claim of a study against its runs. runs: one row per variant and replicate."""
    claims = tuple(judge_claim(claim, runs) for claim in declaration.claims)
    return StudyResult(declaration, claims, verdict_of(claims), quick, runs)


def judge_claim(claim: Claim, runs: pd.DataFrame) -> ClaimResult:
    """Return how a claim stands: the t-interval of the weighted sum over replicates that have all variants."""
    from ecopark.analysis.inference.uncertainty import mean_interval

    wide = runs.pivot(index="replicate", columns="variant", values=claim.outcome)[list(claim.weights)].dropna()
    values = wide.to_numpy(float) @ np.array(list(claim.weights.values()), dtype=float)
    interval = mean_interval(values)
    standing = _standing(claim, interval.low, interval.high)
    return ClaimResult(
        label=claim.label,
        effect=interval.estimate,
        low=interval.low,
        high=interval.high,
        pairs=len(values),
        unit=claim.unit,
        standing=standing,
        share=_share(claim, wide, interval.estimate),
        bound=claim.bound,
        why="" if standing == SUPPORTED else explain(claim, runs, standing),
    )


def _share(claim: Claim, wide: pd.DataFrame, effect: float) -> float:
    """Return the difference of two variants over the mean of the control; NaN for anything else."""
    control = [name for name, weight in claim.weights.items() if weight == -1]
    if sorted(claim.weights.values()) != [-1, 1] or not len(wide):
        return float("nan")
    base = float(wide[control[0]].mean())
    return effect / base if base > 0 else float("nan")


def explain(claim: Claim, runs: pd.DataFrame, standing: str) -> str:
    """Return why a claim does not hold: whether it is decided at all, and its own words with measured means."""
    means = runs.groupby("variant").mean(numeric_only=True)
    reason = claim.why(lambda variant, outcome: float(means.loc[variant, outcome])) if claim.why else ""
    if standing == CONTRADICTED:
        return reason or "the model says the opposite."
    undecided = "not decided, as the effect is small against what differs between replicates"
    return f"{undecided}; {reason}" if reason else f"{undecided}."


def _standing(claim: Claim, low: float, high: float) -> str:
    """Return how a claim stands; without an interval (fewer than two pairs) it is undecided."""
    if np.isnan(low) or np.isnan(high):
        return UNDECIDED
    if claim.direction == DIFFERS:
        return SUPPORTED if low > 0 or high < 0 else UNDECIDED
    if claim.direction == STAYS:
        inside = -claim.margin <= low and high <= claim.margin
        outside = low > claim.margin or high < -claim.margin
        return SUPPORTED if inside else (CONTRADICTED if outside else UNDECIDED)
    ends = [claim.direction * (end - claim.bound) for end in (low, high)]
    return SUPPORTED if min(ends) > 0 else (CONTRADICTED if max(ends) < 0 else UNDECIDED)


def verdict_of(claims: tuple[ClaimResult, ...]) -> str:
    """Return supported, not supported, or mixed and which claims do not hold."""
    failed = [claim.label for claim in claims if claim.standing != SUPPORTED]
    if not failed:
        return "supported"
    if len(failed) == len(claims):
        return "not supported"
    return f"mixed ({len(claims) - len(failed)} of {len(claims)} claims hold; not: {'; '.join(failed)})"


def design(result: StudyResult) -> str:
    """Return scenario, variants and pairs in a sentence."""
    declared = result.declaration
    regions = declared.scenario == "synthetic" and declared.regions
    pairs = max(claim.pairs for claim in result.claims)
    drawn = ", each in a region of its own" if regions else ""
    count = len(declared.variants)
    variants = "1 variant" if count == 1 else f"{count} variants on the same shocks"
    return f"Scenario {declared.scenario}, {variants}, {pairs} replicates{drawn}."
