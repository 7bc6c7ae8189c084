"""S8: returning manufacturers choose the park more often, and stay longer, when symbiosis is on offer."""

from __future__ import annotations

from typing import Any

from ecopark.abm.entities.codes import EV_LEFT, EV_STAYED, WAITING

from ..kit.declaration import RISES, Claim, Means, StudyDeclaration

MEASURES = ("came", "there", "stayed")


def measure(park: Any) -> dict[str, float]:
    """Return how many candidates came, how many are there when the later wave comes, and which share of those stays."""
    companies, state = park.state.companies, park.state
    came = (companies.candidate == 1) & (companies.status != WAITING)
    kinds = state.events.kind[: int(state.clock.events[0])]
    stayed, left = float((kinds == EV_STAYED).sum()), float((kinds == EV_LEFT).sum())
    share = stayed / (stayed + left) if stayed + left else float("nan")
    return {"came": float(came.sum()), "there": stayed + left, "stayed": share}


def small_against_costs(mean: Means) -> str:
    """Say what decides in the wave."""
    return (
        f"of {mean('symbiosis', 'there'):.1f} returners who are there when the wave comes {mean('symbiosis', 'stayed'):.0%} stay with exchanges, of "
        f"{mean('none', 'there'):.1f} without them {mean('none', 'stayed'):.0%}; the year's gain from exchanges is weighed against "
        "fixed cost elsewhere and what the accounts do not show."
    ).replace("%", " %")


NO_OFFER = {
    "discovery.by_search": False,
    "discovery.by_contact": False,
    "discovery.by_broker": False,
    "discovery.by_innovation": False,
    "turnover.promise": 0.0,
}
STUDY = StudyDeclaration(
    id="S8",
    module=__name__,
    title="Reshoring",
    question="Do returning manufacturers choose the park more often, and stay longer through a later wave, when symbiosis is on offer?",
    hypothesis="More candidates come, and a larger share of them stays",
    source="claims of eco-industrial parks; scenario abm/scenarios/reshoring (all assumption)",
    lever="symbiosis on offer or not: discovery channels and its weight in the choice of location",
    scenario="reshoring",
    variants={"symbiosis": {}, "none": NO_OFFER},
    measure=measure,
    measures=MEASURES,
    claims=(
        Claim("more manufacturers come", "came", {"symbiosis": 1, "none": -1}, RISES, "of 20 companies"),
        Claim(
            "a larger share stays in the later wave",
            "stayed",
            {"symbiosis": 1, "none": -1},
            RISES,
            "share",
            why=small_against_costs,
        ),
    ),
)
