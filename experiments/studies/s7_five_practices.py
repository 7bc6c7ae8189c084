"""S7: synchronised planning, shared visibility, uptime, re-adjustment after failures, shared vision."""

from __future__ import annotations

from experiments.study_kit import FALLS, RISES, Claim, StudyDeclaration

PRACTICES = {
    "planning": {"policy.planning": 0.8},
    "visibility": {"discovery.information": "costs"},
    "uptime": {"policy.maintenance": 0.8},
    "re-adjustment": {"review.readjust": True},
    "vision": {"policy.vision": 0.5},
}
STUDY = StudyDeclaration(
    id="S7",
    module=__name__,
    title="Five operating practices",
    question="Does each of synchronised planning, shared visibility, uptime, re-adjustment and shared vision help by itself?",
    hypothesis="Each raises the number of running exchanges or lowers what is missing from contracts",
    source="claims of eco-industrial parks; specification 8, S7",
    lever="one policy or switch for each practice, see variants; the base has none of them",
    scenario="synthetic",
    values={"production.volatility": 1.5, "production.outages": 2.0},
    variants={
        "base": {"review.readjust": False},
        **{name: {"review.readjust": False, **values} for name, values in PRACTICES.items()},
    },
    outcomes={"links": {"indicator": "links", "take": "mean"}, "shortfall": {"indicator": "shortfall", "take": "mean"}},
    claims=(
        Claim("planning lowers what is missing", "shortfall", {"planning": 1, "base": -1}, FALLS, "share"),
        Claim("visibility adds exchanges", "links", {"visibility": 1, "base": -1}, RISES, "exchanges"),
        Claim("uptime lowers what is missing", "shortfall", {"uptime": 1, "base": -1}, FALLS, "share"),
        Claim("re-adjustment adds exchanges", "links", {"re-adjustment": 1, "base": -1}, RISES, "exchanges"),
        Claim("vision adds exchanges", "links", {"vision": 1, "base": -1}, RISES, "exchanges"),
    ),
)
