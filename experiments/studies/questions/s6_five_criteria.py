"""S6: the five criteria: economic sense, fit, short distance, short mental distance, large continuous streams."""

from __future__ import annotations

from collections.abc import Callable

from ..kit.declaration import FALLS, Claim, Means, StudyDeclaration

WORSE = {
    "poor economics": {"contract.transaction_cost": 300_000, "contract.monitoring_cost": 30_000},
    "poor fit": {"contract.smallest": 0.6},
    "long distance": {"synthetic.density": 0.01},
    "mental distance": {"trust.start": 0.2, "trust.culture": 0.2, "discovery.by_contact": False},
    "discontinuous streams": {"production.volatility": 3.0, "production.outages": 4.0},
}


def little_lost(name: str) -> Callable[[Means], str]:
    """Return a sentence on what else a criterion made worse does."""

    def why(mean: Means) -> str:
        """Say what is missing from contracts and how many end."""
        missing = [f"{100 * mean(variant, 'shortfall'):.1f} %" for variant in ("base", name)]
        ends = [f"{mean(variant, 'ends'):.1f}" for variant in ("base", name)]
        return (
            f"what is missing from contracts goes from {missing[0]} to {missing[1]} and the exchanges that end in 30 years from {ends[0]} to "
            f"{ends[1]}, but {mean(name, 'links'):.1f} run where {mean('base', 'links'):.1f} ran."
        )

    return why


STUDY = StudyDeclaration(
    id="S6",
    module=__name__,
    title="The five criteria",
    question="Does symbiosis need economic sense, fit, short geographic and mental distance, and large continuous streams?",
    hypothesis="Each criterion alone, made worse, lowers the number of exchanges",
    source="Kalundborg practitioners' criteria; Branson 2016, Journal of Cleaner Production 112, doubts distance",
    lever="one group of parameters for each criterion, see variants",
    scenario="synthetic",
    variants={"base": {}, **WORSE},
    outcomes={
        "links": {"indicator": "links", "take": "mean"},
        "shortfall": {"indicator": "shortfall", "take": "mean"},
        "ends": {"indicator": "ends", "take": "sum"},
    },
    claims=tuple(
        Claim(f"{name} lowers exchanges", "links", {name: 1, "base": -1}, FALLS, "exchanges", why=little_lost(name))
        for name in WORSE
    ),
    note="Fit stands for the smallest quantity worth an exchange; the density of companies stands for distance.",
)
