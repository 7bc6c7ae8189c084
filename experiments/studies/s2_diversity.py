"""S2: diversity of sectors hedges the park against the business cycle."""

from __future__ import annotations

from typing import Any

import numpy as np

from experiments.study_kit import Claim, StudyDeclaration


def measure(park: Any) -> dict[str, float]:
    """Return the relative year-to-year fluctuation of the park's gain and of its links in the second half of the run."""
    yearly = park.yearly
    half = len(yearly) // 2
    gain, links = yearly["gain"][half:], yearly["links"][half:]
    return {
        "fluctuation": float(np.std(np.diff(gain)) / np.mean(gain)) if np.mean(gain) > 0 else np.nan,
        "shortfall": float(np.mean(yearly["shortfall"][half:])),
        "links": float(links.mean()),
    }


CYCLE = {"production.own_sd": 0.02, "production.volatility": 2.5, "market.volatility": 0.0}
STUDY = StudyDeclaration(
    id="S2",
    title="Diversity as a hedge",
    question="Does a park of many sectors fluctuate less with the business cycle than one of few?",
    hypothesis="The gain of a diverse park fluctuates less, and less is missing from contracts",
    source="claims of eco-industrial parks; sector loadings from FRED-MD (parameters.md section 7)",
    lever="synthetic.diversity 0.15 or 1, under a strong common cycle",
    scenario="synthetic",
    values=CYCLE,
    variants={"diverse": {"synthetic.diversity": 1.0}, "uniform": {"synthetic.diversity": 0.15}},
    measure=measure,
    claims=(
        Claim(
            "the gain fluctuates less", "fluctuation", {"diverse": 1, "uniform": -1}, -1, "relative standard deviation"
        ),
        Claim("less of the contract quantities is missing", "shortfall", {"diverse": 1, "uniform": -1}, -1, "share"),
    ),
    note="One layout of each diversity: which sectors the uniform park has is drawn once.",
)
