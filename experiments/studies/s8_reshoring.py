"""S8: returning manufacturers choose the park more often, and stay longer, when symbiosis is on offer."""

from __future__ import annotations

from typing import Any

from experiments.study_kit import Claim, StudyDeclaration


def measure(park: Any) -> dict[str, float]:
    """Return how many candidates came, and how many of those that came are still open at the end."""
    companies = park.state.companies
    candidates = companies.candidate == 1
    came = candidates & (companies.status != 0)
    stayed = came & (companies.status == 1)
    return {"came": float(came.sum()), "stayed": float(stayed.sum() / came.sum()) if came.any() else float("nan")}


NO_OFFER = {
    "discovery.by_search": False,
    "discovery.by_contact": False,
    "discovery.by_broker": False,
    "discovery.by_innovation": False,
    "turnover.promise": 0.0,
}
STUDY = StudyDeclaration(
    id="S8",
    title="Reshoring",
    question="Do returning manufacturers choose the park more often, and stay longer through a later wave, when symbiosis is on offer?",
    hypothesis="More candidates come, and a larger share of them stays",
    source="claims of eco-industrial parks; scenario abm/scenarios/reshoring (all assumption)",
    lever="symbiosis on offer or not: discovery channels and its weight in the choice of location",
    scenario="reshoring",
    variants={"symbiosis": {}, "none": NO_OFFER},
    measure=measure,
    claims=(
        Claim("more manufacturers come", "came", {"symbiosis": 1, "none": -1}, 1, "companies"),
        Claim("a larger share stays", "stayed", {"symbiosis": 1, "none": -1}, 1, "share"),
    ),
)
