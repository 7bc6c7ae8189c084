"""V7: opportunistic sharing wins early, fair sharing wins late and spreads."""

from __future__ import annotations

from typing import Any

import numpy as np

from ecopark.abm.park import Park

from ..kit.declaration import FALLS, RISES, Claim, Means, StudyDeclaration

EARLY = 8
MEASURES = ("lead_early", "lead_late", "change_of_lead", "fair_share", "deals_fair", "deals_other")


def measure(park: Any) -> dict[str, float]:
    """Return how much more fair companies gain than others in the first and last years, and how many are fair at the end.

    Gains are those over what the same company gains on the same shocks when all are fair: that takes out the plant.
    """
    fair = park.state.companies.fair == 1
    gains = _gains(park) - _gains(Park(park.scenario.replace({"behaviour.fair": 1.0}), park.seed).run())
    return {
        "lead_early": _lead(gains[:EARLY], fair),
        "lead_late": _lead(gains[-EARLY:], fair),
        "change_of_lead": _lead(gains[-EARLY:], fair) - _lead(gains[:EARLY], fair),
        "fair_share": float(fair.mean()),
        "deals_fair": _deals(park, fair),
        "deals_other": _deals(park, ~fair),
    }


def _gains(park: Any) -> np.ndarray:
    """Return what exchanges gain each company a year [EUR], (years, companies)."""
    book = park.state.yearbook
    return (book.result - book.result_alone).reshape(-1, len(park.state.companies))


def _lead(gains: np.ndarray, fair: np.ndarray) -> float:
    """Return how much more a fair company gains a year than another [EUR]; gains: (years, companies)."""
    return float(gains[:, fair].mean() - gains[:, ~fair].mean()) if fair.any() and not fair.all() else np.nan


def _deals(park: Any, chosen: np.ndarray) -> float:
    """Return the contracts that a chosen company signs in the first years."""
    table = park.state.exchanges[: int(park.state.clock.exchanges[0])]
    early = table[table.signed < 12 * EARLY]
    sides = np.bincount(early.seller, minlength=len(chosen)) + np.bincount(early.buyer, minlength=len(chosen))
    return float(sides[chosen].mean()) if chosen.any() else np.nan


def fewer_deals(mean: Means) -> str:
    """Say why the larger share does not pay."""
    return (
        "two opportunists claim more than there is and part, which costs deals from the first year on: in eight years an opportunist "
        f"signs {mean('fixed styles', 'deals_other'):.1f} contracts, a fair company {mean('fixed styles', 'deals_fair'):.1f}."
    )


def hardly_copied(mean: Means) -> str:
    """Say how far styles spread."""
    return (
        f"companies copy whoever of their contacts gains most, whatever that is due to: "
        f"{mean('fixed styles', 'fair_share'):.0%} are fair at the start and {mean('learning', 'fair_share'):.0%} at the end."
    ).replace("%", " %")


STUDY = StudyDeclaration(
    id="V7",
    module=__name__,
    title="Fair against opportunistic sharing",
    question="Do opportunistic companies gain more early, fair ones later, and does fair sharing spread by imitation?",
    hypothesis="Opportunists lead early, fair companies lead late; with learning more companies are fair at the end than at the start",
    source="Yazan, Yazdanpanah and Fraccascia 2020, Business Strategy and the Environment 29(5), 2078-2091",
    lever="negotiation.protocol fair_sharing; behaviour.learning on or off",
    scenario="synthetic",
    values={"negotiation.protocol": "fair_sharing"},
    variants={"fixed styles": {"behaviour.learning": 0.0}, "learning": {"behaviour.learning": 0.3}},
    measure=measure,
    measures=MEASURES,
    claims=(
        Claim(
            "opportunists gain more in the first eight years", "lead_early", {"fixed styles": 1}, FALLS,
            "EUR per company and year, fair less opportunistic", why=fewer_deals,
        ),
        Claim(
            "fair companies gain more in the last eight years", "lead_late", {"fixed styles": 1}, RISES,
            "EUR per company and year, fair less opportunistic",
        ),
        Claim(
            "the lead moves towards the fair", "change_of_lead", {"fixed styles": 1}, RISES,
            "EUR per company and year, late less early", why=fewer_deals,
        ),
        Claim(
            "fair sharing spreads under learning", "fair_share", {"learning": 1, "fixed styles": -1}, RISES, "share of companies",
            why=hardly_copied,
        ),
    ),
    note="Which companies are fair is drawn anew in every replicate; gains are compared with those of the same company where all are fair.",
)  # fmt: skip
