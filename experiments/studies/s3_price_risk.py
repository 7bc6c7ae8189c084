"""S3: symbiosis lowers exposure to volatility and rise of material, energy and transport prices."""

from __future__ import annotations

from typing import Any

import numpy as np

from experiments.study_kit import Claim, StudyDeclaration


def measure(park: Any) -> dict[str, float]:
    """Return how much the companies' result fluctuates with exchanges against without, and what a price rise costs."""
    months = park.monthly[120:]
    with_exchanges, alone = np.diff(months["result"]), np.diff(months["result_alone"])
    yearly = park.yearly
    return {
        "relative_risk": float(np.std(with_exchanges) / np.std(alone)) - 1.0,
        "loss_avoided": float((yearly["result"] - yearly["result_alone"]).sum()),
    }


STUDY = StudyDeclaration(
    id="S3",
    title="Exposure to prices",
    question="Are companies that exchange less exposed to volatile and to rising energy prices?",
    hypothesis="Results fluctuate less with exchanges; a doubling of energy prices costs less with them",
    source="claims of eco-industrial parks; World Bank price statistics (parameters.md section 2)",
    lever="market.volatility 2; a carbon price of 200 EUR/t from 2034 stands for a lasting rise",
    scenario="synthetic",
    values={"production.pass_through": 0.0},
    variants={
        "volatile": {"market.volatility": 2.0},
        "rise": {"policy.carbon_price.size": 200, "policy.carbon_price.start": 2034},
        "calm": {},
    },
    measure=measure,
    claims=(
        Claim("results fluctuate less with exchanges", "relative_risk", {"volatile": 1}, -1, "share"),
        Claim("a rise costs less with exchanges", "loss_avoided", {"rise": 1, "calm": -1}, 1, "EUR over 30 years"),
    ),
)
