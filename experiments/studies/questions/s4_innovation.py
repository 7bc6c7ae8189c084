"""S4: active search for uses brings new conversions into use."""

from __future__ import annotations

from typing import Any

from ecopark.abm.entities.codes import BY_INNOVATION

from ..kit.declaration import RISES, Claim, StudyDeclaration


def measure(park: Any) -> dict[str, float]:
    """Return the number of contracts on opportunities that innovation found, and of all contracts."""
    state = park.state
    table = state.exchanges[: int(state.clock.exchanges[0])]
    return {"innovated": float((table.channel == BY_INNOVATION).sum()), "contracts": float(len(table))}


STUDY = StudyDeclaration(
    id="S4",
    module=__name__,
    title="Search for uses",
    question="Do holders of unused by-products bring conversions into use that were not known, and more when they search more?",
    hypothesis="Contracts on conversions found by innovation rise with the rate of search",
    source="claims of eco-industrial parks; model.md 4.6",
    lever="discovery.innovation 0, 0.002 or 0.02 a month; in 1961 many conversions are not known yet",
    scenario="kalundborg",
    variants={
        "none": {"discovery.innovation": 0.0},
        "usual": {"discovery.innovation": 0.002},
        "active": {"discovery.innovation": 0.02},
    },
    measure=measure,
    measures=("innovated", "contracts"),
    claims=(
        Claim(
            "search brings new conversions into use",
            "innovated",
            {"usual": 1, "none": -1},
            RISES,
            "contracts in 65 years",
        ),
        Claim(
            "ten times the search brings more", "innovated", {"active": 1, "usual": -1}, RISES, "contracts in 65 years"
        ),
        Claim("and more contracts in all", "contracts", {"active": 1, "none": -1}, RISES, "contracts in 65 years"),
    ),
)
