"""K2: few ends before 2013, then bursts, because failure sits on plants and processes."""

from __future__ import annotations

from typing import Any

import numpy as np

from experiments.study_kit import Claim, StudyDeclaration

ON_PLANTS = ("ends_partner_closed", "ends_by_product_gone", "ends_need_gone")


def measure(park: Any) -> dict[str, float]:
    """Return ends per year before and after 2013, the largest burst of 2013 to 2020, and the share that sits on plants."""
    yearly = park.yearly
    year, ends = yearly["year"], yearly["ends"]
    late = (year >= 2013) & (year <= 2020)
    from_plants = sum(float(yearly[name].sum()) for name in ON_PLANTS)
    first = (year < 2013) & (yearly["links"] > 0)
    return {
        "rate_before": float(ends[first].sum() / max(1.0, yearly["links"][first].sum())),
        "rate_after": float(ends[late].sum() / max(1.0, yearly["links"][late].sum())),
        "ends_2014": float(ends[(year >= 2014) & (year <= 2015)].sum()),
        "ends_2019": float(ends[(year >= 2019) & (year <= 2020)].sum()),
        "typical": float(np.median(ends[late])),
        "plants_less_half": from_plants / max(1.0, float(ends.sum())) - 0.5,
    }


STUDY = StudyDeclaration(
    id="K2",
    title="Ends come late and in bursts",
    question="Are there few ends before 2013 and bursts at the end of Inbicon (2014) and of coal (2019), with plants as the cause?",
    hypothesis="Ends per link-year rise from 0.8 % before 2013 to 9.8 % in 2013 to 2020; bursts of up to five and four",
    source="abm/scenarios/kalundborg/links.csv; parks.md B3 and F",
    lever="none",
    scenario="kalundborg",
    variants={"history": {}},
    measure=measure,
    claims=(
        Claim("ends per link-year rise after 2013", "rate_after", {"history": 1}, 1, "per year", 0.04),
        Claim("ends per link-year below 2 % before 2013", "rate_before", {"history": 1}, 0, "per year", 0.02),
        Claim("a burst of two or more in 2014-15", "ends_2014", {"history": 1}, 1, "ends", 2.0),
        Claim("a burst of two or more in 2019-20", "ends_2019", {"history": 1}, 1, "ends", 2.0),
        Claim("most ends sit on plants and processes", "plants_less_half", {"history": 1}, 1, "share over 1/2"),
    ),
    replicates=(100, 10),
)
