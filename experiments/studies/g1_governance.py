"""G1: self-organised, facilitated and planned parks in the same region on the same shocks."""

from __future__ import annotations

from typing import Any

import numpy as np

from experiments.study_kit import Claim, StudyDeclaration


def measure(park: Any) -> dict[str, float]:
    """Return fairness (Gini of companies' gains) and the share of links that hang on the most linked company."""
    from analysis.sharing import gini

    companies = park.state.companies
    gains = (park.state.yearbook.result - park.state.yearbook.result_alone).reshape(-1, len(companies)).sum(axis=0)
    degree = companies.sells + companies.buys
    links = degree.sum() / 2
    return {
        "unfairness": float(gini(np.maximum(gains, 0))),
        "hanging": float(degree.max() / links) if links else np.nan,
    }


MODES = ("self_organised", "facilitated", "planned")
STUDY = StudyDeclaration(
    id="G1",
    title="Three modes of governance side by side",
    question="How do self-organised, facilitated and planned parks differ on the same shocks: growth, fairness, resilience, public cost?",
    hypothesis="The plan gains most, facilitation lies between; self-organisation costs the public least and is least fair",
    source="asked here: no published model puts the three side by side; Zhu and Ruth 2014, doi:10.1007/s11625-014-0252-2",
    lever="governance.mode",
    scenario="synthetic",
    variants={mode: {"governance.mode": mode} for mode in MODES},
    outcomes={
        "gain": {"indicator": "gain", "take": "sum"},
        "links": {"indicator": "links", "take": "mean"},
        "public": {"indicator": "public_balance", "take": "sum"},
    },
    measure=measure,
    claims=(
        Claim(
            "facilitation adds exchanges to self-organisation",
            "links",
            {"facilitated": 1, "self_organised": -1},
            1,
            "exchanges",
        ),
        Claim("the plan adds gain to facilitation", "gain", {"planned": 1, "facilitated": -1}, 1, "EUR over 30 years"),
        Claim(
            "facilitation costs the public", "public", {"facilitated": 1, "self_organised": -1}, -1, "EUR over 30 years"
        ),
        Claim(
            "the plan shares gains more evenly than self-organisation",
            "unfairness",
            {"planned": 1, "self_organised": -1},
            -1,
            "Gini",
        ),
        Claim(
            "fewer links hang on one company under facilitation",
            "hanging",
            {"facilitated": 1, "self_organised": -1},
            -1,
            "share",
        ),
    ),
)
