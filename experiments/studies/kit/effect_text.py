"""Effects of a study as people read them: 3,870 (1,020 to 6,730) t; -19.2 (-28.9 to -9.4) M EUR."""

from __future__ import annotations

import math

from .declaration import ClaimResult, StudyResult

MILLION = 1e6
LARGEST_SHARE = 5.0
"""Above this a difference is not told as a share: there was next to nothing to compare with."""
SCALED = ("EUR", "t", "GJ")
"""Units that are written in millions where the numbers are that large."""


def effect_in_words(claim: ClaimResult) -> str:
    """Write the effect with its interval, its unit, and how large it is against what it is compared with."""
    if math.isnan(claim.effect):
        return "no pair of runs has a value"
    low, high = ("?", "?") if math.isnan(claim.low) else (figure(claim, claim.low), figure(claim, claim.high))
    share = (
        ""
        if math.isnan(claim.share) or abs(claim.share) > LARGEST_SHARE
        else f", {claim.share:+.1%}".replace("%", " %")
    )
    aim = f" (bound {claim.bound / _scale(claim):g})" if claim.bound else ""
    return f"{figure(claim, claim.effect)} ({low} to {high}) {unit(claim)}{aim}{share}".replace(" ,", ",")


def unit(claim: ClaimResult) -> str:
    """Return the unit, in millions where the numbers ask for it."""
    first = claim.unit.split(" ")[0]
    return f"M {claim.unit}" if first in SCALED and _size(claim) >= MILLION else claim.unit


def figure(claim: ClaimResult, value: float) -> str:
    """Write one number of a claim to two digits of the half-width of its interval."""
    return number(value / _scale(claim), _half_width(claim) / _scale(claim))


def _scale(claim: ClaimResult) -> float:
    return MILLION if unit(claim).startswith("M ") else 1.0


def number(value: float, error: float) -> str:
    """Write a number to two digits of its error, thousands apart; without an error to three digits."""
    if not math.isfinite(value):
        return "unknown"
    size = error if error > 0 else abs(value) / 10
    digits = 0 if size == 0 else 1 - math.floor(math.log10(size))
    return f"{round(value, digits) + 0.0:,.{min(max(digits, 0), 6)}f}"


def _size(claim: ClaimResult) -> float:
    return max(abs(value) for value in (claim.effect, claim.low, claim.high) if not math.isnan(value))


def _half_width(claim: ClaimResult) -> float:
    width = (claim.high - claim.low) / 2
    return 0.0 if math.isnan(width) else width


def finding(result: StudyResult) -> str:
    """Return the finding in a paragraph: the question, the verdict, and every claim with its numbers."""
    parts = [f"{claim.label}: {effect_in_words(claim)}, {claim.standing}" for claim in result.claims]
    provisional = " (provisional: few seeds)" if result.quick else ""
    note = f" {result.declaration.note}" if result.declaration.note else ""
    verdict = result.verdict.split(" (")[0].capitalize()
    return f"{result.declaration.question} {verdict}{provisional}. {'; '.join(parts)}.{note}"


def reasons(result: StudyResult) -> list[str]:
    """Return a sentence for each reason why claims do not hold."""
    failed: dict[str, list[str]] = {}
    for claim in result.claims:
        if claim.why:
            failed.setdefault(claim.why, []).append(f"'{claim.label}'")
    return [f"{', '.join(labels)}: {why}" for why, labels in failed.items()]
