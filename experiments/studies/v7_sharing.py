"""V7: opportunistic sharing wins early, fair sharing wins late and spreads."""

from __future__ import annotations

from typing import Any

import numpy as np

from experiments.study_kit import Claim, StudyDeclaration


def measure(park: Any) -> dict[str, float]:
    """Return how much fair companies gained more than others, early and late, and how many are fair at the end."""
    companies = park.state.companies
    gains = park.state.yearbook.result - park.state.yearbook.result_alone
    by_year = gains.reshape(-1, len(companies))
    fair = companies.fair == 1
    if fair.all() or not fair.any():
        early = late = np.nan
    else:
        early = by_year[:8][:, fair].mean() - by_year[:8][:, ~fair].mean()
        late = by_year[-8:][:, fair].mean() - by_year[-8:][:, ~fair].mean()
    return {"fair_lead_early": float(early), "fair_lead_late": float(late), "fair_share": float(fair.mean())}


PROTOCOL = {"negotiation.protocol": "fair_sharing"}
STUDY = StudyDeclaration(
    id="V7",
    title="Fair against opportunistic sharing",
    question="Do opportunistic companies gain more early, fair ones later, and does fair sharing spread by imitation?",
    hypothesis="Opportunists lead early, fair companies lead late; with learning more companies are fair at the end than at the start",
    source="Yazan, Yazdanpanah and Fraccascia 2020, doi:10.1080/00207543.2019.1642529",
    lever="negotiation.protocol fair_sharing; behaviour.learning on or off",
    scenario="synthetic",
    values=PROTOCOL,
    variants={"fixed styles": {"behaviour.learning": 0.0}, "learning": {"behaviour.learning": 0.3}},
    measure=measure,
    claims=(
        Claim(
            "opportunists gain more in the first eight years",
            "fair_lead_early",
            {"fixed styles": 1},
            -1,
            "EUR per company and year",
        ),
        Claim(
            "fair companies gain more in the last eight years",
            "fair_lead_late",
            {"fixed styles": 1},
            1,
            "EUR per company and year",
        ),
        Claim(
            "fair sharing spreads under learning",
            "fair_share",
            {"learning": 1, "fixed styles": -1},
            1,
            "share of companies",
        ),
    ),
)
