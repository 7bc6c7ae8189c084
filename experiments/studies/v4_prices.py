"""V4: realised prices take both signs in one region; the long side of the market loses bargaining power."""

from __future__ import annotations

from typing import Any

import numpy as np

from experiments.study_kit import Claim, StudyDeclaration


def measure(park: Any) -> dict[str, float]:
    """Return the shares of contracts at positive and negative prices, and the seller's share where buyers are many or few."""
    state = park.state
    table = state.exchanges[: int(state.clock.exchanges[0])]
    rivals = state.streams.opportunity_count[table.supply] - state.streams.opportunity_count[table.demand]
    joint = table.expected_seller + table.expected_buyer
    share = np.where(joint > 0, table.expected_seller / np.where(joint > 0, joint, 1.0), np.nan)
    many, few = (
        np.nanmean(share[rivals > 0]) if (rivals > 0).any() else np.nan,
        np.nanmean(share[rivals < 0]) if (rivals < 0).any() else np.nan,
    )
    return {
        "positive": float(np.mean(table.price > 0)),
        "negative": float(np.mean(table.price < 0)),
        "seller_lead": float(many - few),
    }


STUDY = StudyDeclaration(
    id="V4",
    title="Prices of both signs, and the long side",
    question="Do contract prices of both signs occur in one region, and does the side with more rivals get less?",
    hypothesis="At least a tenth of contracts on each side of zero; a seller with more possible buyers than its buyer has sellers gets more",
    source="Yazan and Fraccascia 2020, doi:10.1080/00207543.2019.1660823; WRAP gate fees (parameters.md section 1)",
    lever="none; the market side differs between contracts of a run",
    scenario="synthetic",
    variants={"region": {}},
    measure=measure,
    claims=(
        Claim("at least 10 % of contracts at a positive price", "positive", {"region": 1}, 1, "share", 0.1),
        Claim("at least 10 % of contracts at a negative price", "negative", {"region": 1}, 1, "share", 0.1),
        Claim(
            "sellers with more rivals on the other side get a larger share",
            "seller_lead",
            {"region": 1},
            1,
            "share of the joint gain",
        ),
    ),
)
