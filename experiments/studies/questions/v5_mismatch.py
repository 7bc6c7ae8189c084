"""V5: without a fixed cost, mismatch alone never breaks an exchange; with one it does."""

from __future__ import annotations

from ..kit.declaration import RISES, STAYS, Claim, StudyDeclaration

STILL = {
    "market.volatility": 0.0, "production.outages": 0.0, "turnover.hazard": 0.0, "turnover.insolvency": False, "investment.hold_up": 0.0,
    "review.permit_hazard": 0.0, "contract.indexation": 0.0, "contract.penalty": 0.0,
}  # fmt: skip
STUDY = StudyDeclaration(
    id="V5",
    module=__name__,
    title="Mismatch and fixed cost",
    question="Does a mismatch of quantities break exchanges as unprofitable only where there is a fixed cost?",
    hypothesis="None without a fixed cost at any mismatch; some with one, more when the mismatch is large",
    source="Yazan and Fraccascia 2020, doi:10.1080/00207543.2019.1590660; closed form: without fixed cost nothing is lost by a mismatch",
    lever="contract.monitoring_cost 0 or 60 kEUR a year; production.volatility 0.3 or 3",
    scenario="synthetic",
    values=STILL,
    variants={
        "free, small": {"contract.monitoring_cost": 0, "production.volatility": 0.3},
        "free, large": {"contract.monitoring_cost": 0, "production.volatility": 3.0},
        "costly, small": {"contract.monitoring_cost": 60_000, "production.volatility": 0.3},
        "costly, large": {"contract.monitoring_cost": 60_000, "production.volatility": 3.0},
    },
    outcomes={"broken": {"indicator": "ends_unprofitable", "take": "sum"}},
    claims=(
        Claim("no end without a fixed cost, small mismatch", "broken", {"free, small": 1}, STAYS, "ends", margin=0.05),
        Claim("no end without a fixed cost, large mismatch", "broken", {"free, large": 1}, STAYS, "ends", margin=0.05),
        Claim("ends with a fixed cost, large mismatch", "broken", {"costly, large": 1}, RISES, "ends"),
        Claim(
            "more with a large mismatch than with a small one",
            "broken",
            {"costly, large": 1, "costly, small": -1},
            RISES,
            "ends",
        ),
    ),
)
