"""V3: a platform does nothing below a minimum rate of use, and more for each user above it."""

from __future__ import annotations

from experiments.study_kit import Claim, StudyDeclaration

RATES = (0.1, 0.3, 0.6, 0.9)
VARIANTS: dict[str, dict[str, float]] = {"none": {}, **{f"{rate:g}": {"policy.platform": rate} for rate in RATES}}
STUDY = StudyDeclaration(
    id="V3",
    title="Threshold of an information platform",
    question="Does a platform help only above a minimum rate of use, and more with each further user?",
    hypothesis="No effect at 10 % registered; an effect above; the second half of users adds more than the first",
    source="Fraccascia 2020, doi:10.1016/j.ecolecon.2019.106587",
    lever="policy.platform: share of companies registered",
    scenario="synthetic",
    values={"discovery.by_contact": False, "discovery.search": 0.003},
    variants=VARIANTS,
    outcomes={"links": {"indicator": "links", "take": "mean"}},
    claims=(
        Claim("no effect at 10 %", "links", {"0.1": 1, "none": -1}, 0, "exchanges", 0.25),
        Claim("an effect at 60 %", "links", {"0.6": 1, "none": -1}, 1, "exchanges"),
        Claim("an effect at 90 %", "links", {"0.9": 1, "none": -1}, 1, "exchanges"),
        Claim("30 to 60 % adds more than 0 to 30 %", "links", {"0.6": 1, "0.3": -2, "none": 1}, 1, "exchanges"),
        Claim(
            "60 to 90 % adds more than 0 to 30 %", "links", {"0.9": 1, "0.6": -1, "0.3": -1, "none": 1}, 1, "exchanges"
        ),
    ),
)
