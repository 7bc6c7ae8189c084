"""V1: a landfill tax and a subsidy help in every environment; how much depends on the environment."""

from __future__ import annotations

from ..kit.declaration import DIFFERS, RISES, Claim, Means, StudyDeclaration

ENVIRONMENTS = {
    "calm": {"market.volatility": 0.3, "production.volatility": 0.3},
    "turbulent": {"market.volatility": 2.0, "production.volatility": 2.0},
    "reluctant": {"behaviour.attitude": 0.6},
    "remote": {"synthetic.density": 0.02},
}
POLICIES = {"none": {}, "tax": {"policy.landfill_tax": 80}, "subsidy": {"policy.exchange_subsidy": 0.2}}
VARIANTS = {
    f"{policy} {place}": {**values, **terms}
    for place, values in ENVIRONMENTS.items()
    for policy, terms in POLICIES.items()
}


def untaxed(mean: Means) -> str:
    """Say what the tax reaches at all."""
    taxed = (mean("tax calm", "tax_revenue") - mean("none calm", "tax_revenue")) / 80
    return (
        f"little that has a use is landfilled: the tax of 80 EUR/t is paid on {taxed / 1e6:.1f} M t in 30 years, against "
        f"{mean('none calm', 'reused') / 1e6:.1f} M t that are reused without it and {mean('none calm', 'disposed') / 1e6:.0f} M t "
        "disposed of by other ways, which it does not reach."
    )


HELPS = tuple(
    Claim(
        f"{policy} adds exchanges, {place}", "links", {f"{policy} {place}": 1, f"none {place}": -1}, RISES, "exchanges",
        why=untaxed if policy == "tax" else None,
    )
    for place in ENVIRONMENTS
    for policy in ("tax", "subsidy")
)  # fmt: skip
REUSE = tuple(
    Claim(
        f"{policy} raises the tonnes reused, calm", "reused", {f"{policy} calm": 1, "none calm": -1}, RISES, "t over 30 years",
        why=untaxed if policy == "tax" else None,
    )
    for policy in ("tax", "subsidy")
)  # fmt: skip
DEPENDS = tuple(
    Claim(
        f"the effect of the {policy} is another one where it is {place}",
        "links",
        {f"{policy} {place}": 1, f"none {place}": -1, f"{policy} calm": -1, "none calm": 1},
        DIFFERS,
        "exchanges",
    )
    for policy in ("tax", "subsidy")
    for place in ("turbulent", "reluctant", "remote")
)
STUDY = StudyDeclaration(
    id="V1",
    module=__name__,
    title="Landfill tax and subsidy",
    question="Do a landfill tax and a subsidy raise symbiosis in every environment, and does the size of the effect depend on it?",
    hypothesis="Both help in all environments; the size differs",
    source="Fraccascia, Giannoccaro and Albino 2017, doi:10.3390/su9040521",
    lever="policy.landfill_tax 80 EUR/t; policy.exchange_subsidy 20 % of the virgin cost",
    scenario="synthetic",
    variants=VARIANTS,
    outcomes={
        "links": {"indicator": "links", "take": "mean"},
        "reused": {"indicator": "material_reused", "take": "sum"},
        "disposed": {"indicator": "disposed", "take": "sum"},
        "tax_revenue": {"indicator": "tax_revenue", "take": "sum"},
    },
    claims=(*HELPS, *REUSE, *DEPENDS),
)
