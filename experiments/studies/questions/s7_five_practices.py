"""S7: synchronised planning, shared visibility, uptime, re-adjustment after failures, shared vision."""

from __future__ import annotations

from collections.abc import Callable

from ..kit.declaration import FALLS, RISES, Claim, Means, StudyDeclaration

PRACTICES = {
    "planning": {"policy.planning": 0.8},
    "visibility": {"discovery.information": "costs"},
    "uptime": {"policy.maintenance": 0.8},
    "re-adjustment": {"review.readjust": True},
    "vision": {"policy.vision": 0.5},
}


def talks(name: str) -> Callable[[Means], str]:
    """Return a sentence on what a practice does to talks and ends."""

    def why(mean: Means) -> str:
        """Say how many deals, failed talks and ends there are with and without it."""
        told = [
            f"{mean(variant, 'deals'):.1f} deals, {mean(variant, 'failed'):.1f} failed talks and {mean(variant, 'ends'):.1f} ends"
            for variant in ("base", name)
        ]
        return f"in 30 years there are {told[0]} without it and {told[1]} with it."

    return why


STUDY = StudyDeclaration(
    id="S7",
    module=__name__,
    title="Five operating practices",
    question="Does each of synchronised planning, shared visibility, uptime, re-adjustment and shared vision help by itself?",
    hypothesis="Each raises the number of running exchanges or lowers what is missing from contracts",
    source="claims of eco-industrial parks",
    lever="one policy or switch for each practice, see variants; the base has none of them",
    scenario="synthetic",
    values={"production.volatility": 1.5, "production.outages": 2.0},
    variants={
        "base": {"review.readjust": False},
        **{name: {"review.readjust": False, **values} for name, values in PRACTICES.items()},
    },
    outcomes={
        "links": {"indicator": "links", "take": "mean"},
        "shortfall": {"indicator": "shortfall", "take": "mean"},
        "deals": {"indicator": "deals", "take": "sum"},
        "failed": {"indicator": "failed_talks", "take": "sum"},
        "ends": {"indicator": "ends", "take": "sum"},
    },
    claims=(
        Claim("planning lowers what is missing", "shortfall", {"planning": 1, "base": -1}, FALLS, "share"),
        Claim(
            "visibility adds exchanges",
            "links",
            {"visibility": 1, "base": -1},
            RISES,
            "exchanges",
            why=talks("visibility"),
        ),
        Claim("uptime lowers what is missing", "shortfall", {"uptime": 1, "base": -1}, FALLS, "share"),
        Claim(
            "re-adjustment adds exchanges",
            "links",
            {"re-adjustment": 1, "base": -1},
            RISES,
            "exchanges",
            why=talks("re-adjustment"),
        ),
        Claim("vision adds exchanges", "links", {"vision": 1, "base": -1}, RISES, "exchanges", why=talks("vision")),
    ),
)
