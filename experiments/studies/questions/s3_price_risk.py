"""S3: symbiosis lowers exposure to volatility and rise of material, energy and transport prices."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..kit.declaration import FALLS, RISES, Claim, Means, StudyDeclaration

MEASURES = ("relative_risk", "late_gain")
RISE_FROM = 2034
SETTLED = 10
"""Years until the network has grown."""


def measure(park: Any) -> dict[str, float]:
    """Return how much more the companies' yearly result swings with exchanges than without, and what they gain by them."""
    yearly = park.yearly[SETTLED:]
    swings = [float(np.std(np.diff(yearly[name]))) for name in ("result", "result_alone")]
    return {
        "relative_risk": swings[0] / swings[1] - 1.0 if swings[1] > 0 else np.nan,
        "late_gain": float(yearly["gain"].sum()),
    }


def other_risks(mean: Means) -> str:
    """Say which risk exchanges take away and which they bring."""
    return (
        f"where prices alone move, exchanges change the swings of the result by {mean('prices alone', 'relative_risk'):+.0%}; outages and "
        f"output add risks of their own, so that all together change them by {mean('all risks', 'relative_risk'):+.0%}."
    ).replace("%", " %")


STILL = {"production.volatility": 0.0, "production.outages": 0.0, "turnover.hazard": 0.0, "turnover.insolvency": False}
STUDY = StudyDeclaration(
    id="S3",
    module=__name__,
    title="Exposure to prices",
    question="Are companies that exchange less exposed to volatile and to rising prices of material and energy?",
    hypothesis="Results fluctuate less with exchanges; a lasting rise costs less with them",
    source="claims of eco-industrial parks; World Bank price statistics",
    lever="market.volatility 2 with nothing else moving, or with all other risks; a tax of 50 % on virgin material and energy from "
    "2034 stands for a lasting rise",
    scenario="synthetic",
    values={"production.pass_through": 0.0},
    variants={
        "prices alone": {**STILL, "market.volatility": 2.0},
        "all risks": {"market.volatility": 2.0},
        "rise": {"policy.virgin_tax.size": 0.5, "policy.virgin_tax.start": RISE_FROM},
        "usual": {},
    },
    measure=measure,
    measures=MEASURES,
    claims=(
        Claim("results fluctuate less with exchanges, prices alone moving", "relative_risk", {"prices alone": 1}, FALLS, "share", why=other_risks),
        Claim("and with outages and swings of output, too", "relative_risk", {"all risks": 1}, FALLS, "share", why=other_risks),
        Claim("a lasting rise costs less with exchanges", "late_gain", {"rise": 1, "usual": -1}, RISES, "EUR over 20 years"),
    ),
)  # fmt: skip
