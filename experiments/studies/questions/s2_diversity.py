"""S2: diversity of sectors hedges the park against the business cycle."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..kit.declaration import FALLS, Claim, Means, StudyDeclaration

MEASURES = ("gain_swing", "result_swing", "missing", "mean_links")


def measure(park: Any) -> dict[str, float]:
    """Return how much gain and result of the park swing from year to year in the second half, and what contracts miss."""
    late = park.yearly[len(park.yearly) // 2 :]
    return {
        "gain_swing": swing(late["gain"]),
        "result_swing": swing(late["result_alone"]),
        "missing": float(np.nanmean(late["shortfall"])),
        "mean_links": float(late["links"].mean()),
    }


def swing(values: np.ndarray) -> float:
    """Return the standard deviation of the yearly changes over the mean; NaN for a mean not above zero."""
    return float(np.std(np.diff(values)) / values.mean()) if values.mean() > 0 else np.nan


def deals_swing_more(mean: Means) -> str:
    """Say what else moves the gain."""
    return (
        f"what exchanges gain swings by {mean('diverse', 'gain_swing'):.0%} a year in the diverse park and by "
        f"{mean('uniform', 'gain_swing'):.0%} in the uniform one; the companies' own "
        f"results swing by {mean('diverse', 'result_swing'):.0%} and {mean('uniform', 'result_swing'):.0%}."
    ).replace("%", " %")


STUDY = StudyDeclaration(
    id="S2",
    module=__name__,
    title="Diversity as a hedge",
    question="Does a park of many sectors fluctuate less with the business cycle than one of few?",
    hypothesis="Result and gain of a diverse park fluctuate less, and less is missing from contracts",
    source="claims of eco-industrial parks; sector loadings from FRED-MD",
    lever="synthetic.diversity 0.15 or 1, under a strong common cycle",
    scenario="synthetic",
    values={"production.own_sd": 0.02, "production.volatility": 2.5, "market.volatility": 0.0},
    variants={"diverse": {"synthetic.diversity": 1.0}, "uniform": {"synthetic.diversity": 0.15}},
    measure=measure,
    measures=MEASURES,
    claims=(
        Claim(
            "the companies' results fluctuate less", "result_swing", {"diverse": 1, "uniform": -1}, FALLS,
            "standard deviation of yearly changes over the mean",
        ),
        Claim(
            "the gain from exchanges fluctuates less", "gain_swing", {"diverse": 1, "uniform": -1}, FALLS,
            "standard deviation of yearly changes over the mean", why=deals_swing_more,
        ),
        Claim("less of the contract quantities is missing", "missing", {"diverse": 1, "uniform": -1}, FALLS, "share"),
    ),
)  # fmt: skip
