"""How a replicated number is held against a published one, and what follows from many."""

from __future__ import annotations

import math
from collections.abc import Sequence

from scipy import stats

from .declaration import declared
from .result import Comparison, Published, ReplicationResult

FAMILY_ERROR = 0.01
"""Chance that a perfect replication misses at least one number of a part."""
MAIN = "main"
"""Name of the reading the verdict rests on."""


def bonferroni_limit(numbers: int, freedom: float) -> float:
    """Return the distance that none of `numbers` exceeds with probability 1 - FAMILY_ERROR, standard errors.

    t(1 - FAMILY_ERROR / (2 numbers), freedom).
    """
    return float(stats.t.isf(FAMILY_ERROR / (2 * numbers), freedom))


def joint_error(published: Published, error: float, runs: int) -> tuple[float, float]:
    """Return the standard error of the difference and its degrees of freedom, if both come from the same model.

    With n published runs: sqrt(s^2 (1/runs + 1/n) + last digit^2 / 12), s the pooled standard deviation of both (the
    replicated one where no standard error was published), freedom = runs + n - 2. With an unknown n: 1/n is left out.
    """
    rounding, spread = published.last_digit**2 / 12, error**2 * runs
    n = published.runs
    if math.isnan(n):
        return math.sqrt(error**2 + rounding), runs - 1
    if not math.isnan(published.standard_error):
        spread = ((runs - 1) * spread + (n - 1) * n * published.standard_error**2) / (runs + n - 2)
    return math.sqrt(spread * (1 / runs + 1 / n) + rounding), runs + n - 2


def compare(
    published: Published, replicated: tuple[float, float], runs: int, numbers: int, reading: str = MAIN
) -> Comparison:
    """Hold one replicated (mean, standard error) against its published number, one of `numbers` of its part.

    distance = (mean - published) / joint error, met when it is within the Bonferroni limit. A claim of the form "below"
    is missed only when the replicated size exceeds the bound by more than that.
    """
    mean, error = replicated
    joint, freedom = joint_error(published, error, runs)
    difference = mean - published.value
    distance = difference / joint if joint > 0 else math.copysign(math.inf, difference) if difference else 0.0
    limit = bonferroni_limit(numbers, freedom)
    met = distance <= limit if published.relation == "below" else abs(distance) <= limit
    return Comparison(
        part=published.part,
        case=published.case,
        quantity=published.quantity,
        unit=published.unit,
        reading=reading,
        relation=published.relation,
        published=published.value,
        published_error=published.standard_error,
        replicated=mean,
        replicated_error=error,
        runs=runs,
        distance=distance,
        limit=limit,
        met=bool(met),
    )


def verdict_of(comparisons: Sequence[Comparison]) -> str:
    """Return the verdict of one part: reproduced, not reproduced, or mixed with the places that were missed."""
    missed: dict[str, list[str]] = {}
    for row in comparisons:
        if not row.met:
            missed.setdefault(row.quantity, []).append(row.case)
    count = sum(map(len, missed.values()))
    if count == 0:
        return "reproduced"
    if count > len(comparisons) / 2:
        return "not reproduced"
    places = "; ".join(f"{quantity} at {', '.join(cases)}" for quantity, cases in missed.items())
    return f"mixed (missed {count} of {len(comparisons)}: {places})"


def verdicts(comparisons: Sequence[Comparison]) -> tuple[dict[str, str], str]:
    """Return the verdict of every part by the main reading, and of the whole."""
    main = [row for row in comparisons if row.reading == MAIN]
    parts = {
        part: verdict_of([row for row in main if row.part == part]) for part in dict.fromkeys(r.part for r in main)
    }
    words = set(parts.values())
    if len(words) == 1 and not words & {word for word in words if word.startswith("mixed")}:
        return parts, words.pop()
    return parts, "mixed (" + ", ".join(f"{part} {text.split(' (')[0]}" for part, text in parts.items()) + ")"


def conclude(
    replication: str, quick: bool, seed: int, comparisons: Sequence[Comparison], paragraph: str, **more: object
) -> ReplicationResult:
    """Draw the verdicts and gather everything into a result."""
    parts, whole = verdicts(comparisons)
    return ReplicationResult(
        id=replication,
        quick=quick,
        seed=seed,
        comparisons=tuple(comparisons),
        parts=parts,
        verdict=whole,
        paragraph=paragraph,
        defects=declared()[replication].defects,
        **more,
    )


def count_met(comparisons: Sequence[Comparison], part: str, reading: str = MAIN) -> str:
    """Return 'k of n' numbers met in one part under one reading."""
    met = [row.met for row in comparisons if row.part == part and row.reading == reading]
    return f"{sum(met)} of {len(met)}"
