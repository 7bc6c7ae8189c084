"""V6: tax revenue falls as symbiosis grows, and part of a subsidy pays for links that would exist anyway."""

from __future__ import annotations

from typing import Any

from ..kit.declaration import RISES, Claim, StudyDeclaration


def measure(park: Any) -> dict[str, float]:
    """Return the tax revenue that the companies would pay without exchanges, less what they pay."""
    yearly = park.yearly
    return {"eroded": float((yearly["tax_revenue_alone"] - yearly["tax_revenue"]).sum())}


STUDY = StudyDeclaration(
    id="V6",
    module=__name__,
    title="The public account",
    question="Does tax revenue erode as symbiosis grows, and how much of a subsidy goes to exchanges that would exist anyway?",
    hypothesis="Revenue is lower than without exchanges, the more so under a broker; more than half of a subsidy is windfall",
    source="Fraccascia, Giannoccaro and Albino 2017, doi:10.3390/su9040521",
    lever="policy.landfill_tax 80 EUR/t, policy.broker, policy.exchange_subsidy 20 %",
    scenario="synthetic",
    variants={
        "none": {},
        "tax": {"policy.landfill_tax": 80},
        "tax, broker": {"policy.landfill_tax": 80, "policy.broker": 1.0},
        "subsidy": {"policy.exchange_subsidy": 0.2},
    },
    measure=measure,
    measures=("eroded",),
    outcomes={
        "virgin_saved": {"indicator": "virgin_saved", "take": "sum"},
        "subsidies": {"indicator": "subsidies", "take": "sum"},
        "links": {"indicator": "links", "take": "mean"},
    },
    claims=(
        Claim("revenue is lower than without exchanges", "eroded", {"tax": 1}, RISES, "EUR over 30 years"),
        Claim("a broker erodes it further", "eroded", {"tax, broker": 1, "tax": -1}, RISES, "EUR over 30 years"),
        Claim("a subsidy adds exchanges", "links", {"subsidy": 1, "none": -1}, RISES, "exchanges"),
        Claim(
            "over half of what is subsidised would exist anyway", "virgin_saved", {"none": 1, "subsidy": -0.5}, RISES,
            "EUR of virgin input over 30 years",
        ),
    ),
)  # fmt: skip
