"""G1: self-organised, facilitated and planned parks in the same region on the same shocks."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..kit.declaration import FALLS, RISES, Claim, Means, StudyDeclaration
from .v10_anchor_removal import losses_of

MEASURES = ("unfairness", "loss_first", "optimum_share")


def measure(park: Any) -> dict[str, float]:
    """Return fairness (Gini of gains), the share of links lost when the most linked company closes, and the share of the optimum."""
    from ecopark.abm.submodels.flow_programme import solve_flows
    from ecopark.analysis.run_folder.tables import RunTables
    from ecopark.analysis.value.central_optimum import optimum_share
    from ecopark.analysis.value.surplus_division import gini

    from ...runs.score import frames_of

    companies = park.state.companies
    gains = (park.state.yearbook.result - park.state.yearbook.result_alone).reshape(-1, len(companies)).sum(axis=0)
    first = np.array([np.argmax(companies.sells + companies.buys)])
    tables = RunTables(
        origin={}, **frames_of([park], ("yearly", "companies", "opportunities", "exchanges", "deliveries", "streams"))
    )
    return {
        "unfairness": float(gini(np.maximum(gains, 0))),
        "loss_first": float(losses_of(park, first)[0]) if park.yearly["links"][-1] > 0 else np.nan,
        "optimum_share": optimum_share(tables, solve=solve_flows),
    }


def compared(outcome: str, unit: str = "", scale: float = 1.0) -> Any:
    """Return a sentence with the mean of an outcome in the three modes."""

    def why(mean: Means) -> str:
        """Say the three means."""
        told = ", ".join(f"{mean(mode, outcome) / scale:,.2f}{unit} {mode.replace('_', '-')}" for mode in MODES)
        return f"the three modes lie at {told}."

    return why


MODES = ("self_organised", "facilitated", "planned")
SELF, EASED, PLANNED = MODES
STUDY = StudyDeclaration(
    id="G1",
    module=__name__,
    title="Three modes of governance side by side",
    question="How do self-organised, facilitated and planned parks differ on the same shocks: growth, fairness, resilience, public cost, share of the optimum?",
    hypothesis="The plan gains most, facilitation lies between; self-organisation costs the public least and is least fair and least resilient",
    source="asked here: no published model puts the three side by side",
    lever="governance.mode",
    scenario="synthetic",
    variants={mode: {"governance.mode": mode} for mode in MODES},
    outcomes={
        "gain": {"indicator": "gain", "take": "sum"},
        "early_links": {"indicator": "links", "take": "mean", "until": 2033},
        "public": {"indicator": "public_balance", "take": "sum"},
    },
    measure=measure,
    measures=MEASURES,
    claims=(
        Claim("facilitation adds exchanges in the first ten years", "early_links", {EASED: 1, SELF: -1}, RISES, "exchanges"),
        Claim("facilitation adds gain to self-organisation", "gain", {EASED: 1, SELF: -1}, RISES, "EUR over 30 years"),
        Claim("the plan adds gain to facilitation", "gain", {PLANNED: 1, EASED: -1}, RISES, "EUR over 30 years"),
        Claim("facilitation comes nearer to the optimum", "optimum_share", {EASED: 1, SELF: -1}, RISES, "share of the optimum", why=compared("optimum_share")),
        Claim("the plan comes nearer still", "optimum_share", {PLANNED: 1, EASED: -1}, RISES, "share of the optimum", why=compared("optimum_share")),
        Claim("facilitation costs the public", "public", {EASED: 1, SELF: -1}, FALLS, "EUR over 30 years", why=compared("public", " M EUR", 1e6)),
        Claim("the plan costs it more", "public", {PLANNED: 1, EASED: -1}, FALLS, "EUR over 30 years", why=compared("public", " M EUR", 1e6)),
        Claim("the plan shares gains more evenly than self-organisation", "unfairness", {PLANNED: 1, SELF: -1}, FALLS, "Gini", why=compared("unfairness")),
        Claim("under facilitation less is lost with the most linked company", "loss_first", {EASED: 1, SELF: -1}, FALLS, "share of links", why=compared("loss_first")),
        Claim("under the plan less is lost with the most linked company", "loss_first", {PLANNED: 1, SELF: -1}, FALLS, "share of links", why=compared("loss_first")),
    ),
    replicates=(100, 8),
)  # fmt: skip
