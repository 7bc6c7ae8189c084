"""V1: a landfill tax and a subsidy help in every environment; how much depends on the environment."""

from __future__ import annotations

from experiments.study_kit import Claim, StudyDeclaration

ENVIRONMENTS = {
    "calm": {"market.volatility": 0.3, "production.volatility": 0.3},
    "turbulent": {"market.volatility": 2.0, "production.volatility": 2.0},
    "reluctant": {"behaviour.attitude": 0.6},
}
POLICIES = {"none": {}, "tax": {"policy.landfill_tax": 80}, "subsidy": {"policy.exchange_subsidy": 0.2}}
VARIANTS = {
    f"{policy} {place}": {**values, **terms}
    for place, values in ENVIRONMENTS.items()
    for policy, terms in POLICIES.items()
}
HELPS = tuple(
    Claim(
        f"{policy} raises reuse, {place}", "reused", {f"{policy} {place}": 1, f"none {place}": -1}, 1, "t over 30 years"
    )
    for place in ENVIRONMENTS
    for policy in ("tax", "subsidy")
)
DEPENDS = (
    Claim(
        "the effect of the tax depends on turbulence (smaller when turbulent)",
        "reused",
        {"tax turbulent": 1, "none turbulent": -1, "tax calm": -1, "none calm": 1},
        -1,
        "t",
    ),
)
STUDY = StudyDeclaration(
    id="V1",
    title="Landfill tax and subsidy",
    question="Do a landfill tax and a subsidy raise symbiosis in every environment, and does the size of the effect depend on it?",
    hypothesis="Both help in all environments; the size differs",
    source="Fraccascia, Giannoccaro and Albino 2017, doi:10.3390/su9040521",
    lever="policy.landfill_tax 80 EUR/t; policy.exchange_subsidy 20 % of the virgin cost",
    scenario="synthetic",
    variants=VARIANTS,
    outcomes={
        "reused": {"indicator": "material_reused", "take": "sum"},
        "links": {"indicator": "links", "take": "last"},
    },
    claims=(*HELPS, *DEPENDS),
)
