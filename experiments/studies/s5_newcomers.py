"""S5: unused by-products attract newcomers; jobs and landfill change with them."""

from __future__ import annotations

from experiments.study_kit import Claim, StudyDeclaration

STUDY = StudyDeclaration(
    id="S5",
    title="Newcomers",
    question="Do unserved by-products and needs attract newcomers, and do jobs rise and landfill fall with them?",
    hypothesis="More openings and jobs when newcomers look at what a park offers; more reuse, too",
    source="claims of eco-industrial parks; model.md 4.11",
    lever="turnover.promise 0 or 1: how much of the gain that exchanges promise counts in the choice of a site",
    scenario="reshoring",
    variants={"blind": {"turnover.promise": 0.0}, "attracted": {"turnover.promise": 1.0}},
    outcomes={
        "openings": {"indicator": "openings", "take": "sum"},
        "jobs": {"indicator": "jobs", "take": "last"},
        "reused": {"indicator": "material_reused", "take": "sum"},
        "disposed": {"indicator": "disposed", "take": "sum"},
    },
    claims=(
        Claim("more companies open", "openings", {"attracted": 1, "blind": -1}, 1, "companies"),
        Claim("more jobs", "jobs", {"attracted": 1, "blind": -1}, 1, "jobs"),
        Claim("more material is reused", "reused", {"attracted": 1, "blind": -1}, 1, "t"),
        Claim("less is disposed of", "disposed", {"attracted": 1, "blind": -1}, -1, "t"),
    ),
)
