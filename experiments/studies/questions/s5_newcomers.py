"""S5: unused by-products attract newcomers; jobs and landfill change with them."""

from __future__ import annotations

from ..kit.declaration import FALLS, RISES, Claim, Means, StudyDeclaration


def own_waste(mean: Means) -> str:
    """Say what newcomers bring."""
    more = {name: mean("attracted", name) - mean("blind", name) for name in ("openings", "reused", "disposed")}
    return (
        f"newcomers bring by-products of their own: {more['openings']:.1f} more companies reuse {more['reused']:,.0f} t more and dispose of "
        f"{more['disposed']:,.0f} t more."
    )


STUDY = StudyDeclaration(
    id="S5",
    module=__name__,
    title="Newcomers",
    question="Do unserved by-products and needs attract newcomers, and do jobs rise and landfill fall with them?",
    hypothesis="More openings and jobs when newcomers look at what a park offers; more reuse, too",
    source="claims of eco-industrial parks; model.md 4.11",
    lever="turnover.promise 0 or 1: how much of the gain that exchanges promise counts in the choice of a site",
    scenario="reshoring",
    variants={"blind": {"turnover.promise": 0.0}, "attracted": {"turnover.promise": 1.0}},
    outcomes={
        "openings": {"indicator": "openings", "take": "sum"},
        "jobs": {"indicator": "jobs", "take": "mean"},
        "reused": {"indicator": "material_reused", "take": "sum"},
        "disposed": {"indicator": "disposed", "take": "sum"},
    },
    claims=(
        Claim("more companies open", "openings", {"attracted": 1, "blind": -1}, RISES, "companies"),
        Claim("more jobs", "jobs", {"attracted": 1, "blind": -1}, RISES, "jobs, mean of 26 years"),
        Claim("more material is reused", "reused", {"attracted": 1, "blind": -1}, RISES, "t over 26 years"),
        Claim(
            "less is disposed of", "disposed", {"attracted": 1, "blind": -1}, FALLS, "t over 26 years", why=own_waste
        ),
    ),
)
