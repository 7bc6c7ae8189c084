"""V8: self-organised growth is preferential, facilitated growth is more even and more resilient."""

from __future__ import annotations

from typing import Any

import numpy as np

from experiments.study_kit import Claim, StudyDeclaration


def measure(park: Any) -> dict[str, float]:
    """Return the concentration of links among companies (Gini) and the share lost with the most linked company."""
    from analysis.sharing import gini

    companies = park.state.companies
    degree = companies.sells + companies.buys
    links = degree.sum() / 2
    return {
        "concentration": float(gini(degree[companies.status == 1])),
        "lost_with_first": float(degree.max() / links) if links > 0 else np.nan,
        "links": float(links),
    }


STUDY = StudyDeclaration(
    id="V8",
    title="Self-organised and facilitated growth",
    question="Is self-organised growth concentrated on a few companies, and facilitated growth more even and more resilient?",
    hypothesis="Facilitation lowers the concentration of links and the share lost with the most linked company",
    source="Zhu and Ruth 2013, doi:10.1016/j.resconrec.2013.03.007; 2014, doi:10.1007/s11625-014-0252-2",
    lever="governance.mode self_organised or facilitated",
    scenario="synthetic",
    variants={"self": {"governance.mode": "self_organised"}, "facilitated": {"governance.mode": "facilitated"}},
    measure=measure,
    claims=(
        Claim("facilitation adds exchanges", "links", {"facilitated": 1, "self": -1}, 1, "exchanges"),
        Claim("facilitation spreads links more evenly", "concentration", {"facilitated": 1, "self": -1}, -1, "Gini"),
        Claim(
            "less is lost with the most linked company",
            "lost_with_first",
            {"facilitated": 1, "self": -1},
            -1,
            "share of links",
        ),
    ),
)
