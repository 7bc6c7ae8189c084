"""V3: a platform does nothing below a minimum rate of use, and more for each user above it."""

from __future__ import annotations

from ..kit.declaration import RISES, STAYS, Claim, Means, StudyDeclaration

RATES = (0.1, 0.3, 0.6, 0.9)
VARIANTS: dict[str, dict[str, float]] = {"none": {}, **{f"{rate:g}": {"policy.platform": rate} for rate in RATES}}


def squares(mean: Means) -> str:
    """Say why there is no sharp threshold."""
    few, half = (mean(rate, "links") - mean("none", "links") for rate in ("0.1", "0.6"))
    return (
        "the model has no sharp threshold: both sides must be registered, so that 10 % of the companies make 1 % of the pairs and "
        f"add {few:.2f} exchanges, 60 % make 36 % and add {half:.1f}."
    )


STUDY = StudyDeclaration(
    id="V3",
    module=__name__,
    title="Threshold of an information platform",
    question="Does a platform help only above a minimum rate of use, and more with each further user?",
    hypothesis="No effect at 10 % registered; an effect above; the second half of users adds more than the first",
    source="Fraccascia 2020, Ecological Economics 170, 106587",
    lever="policy.platform: share of companies registered; contacts are off and own search is rare, so that there is something to find",
    scenario="synthetic",
    values={"discovery.by_contact": False, "search.hours": 12},
    variants=VARIANTS,
    outcomes={"links": {"indicator": "links", "take": "mean"}},
    claims=(
        Claim("no effect at 10 %", "links", {"0.1": 1, "none": -1}, STAYS, "exchanges", margin=0.25, why=squares),
        Claim("an effect at 60 %", "links", {"0.6": 1, "none": -1}, RISES, "exchanges"),
        Claim("an effect at 90 %", "links", {"0.9": 1, "none": -1}, RISES, "exchanges"),
        Claim("30 to 60 % adds more than 0 to 30 %", "links", {"0.6": 1, "0.3": -2, "none": 1}, RISES, "exchanges"),
        Claim("60 to 90 % adds more than 0 to 30 %", "links", {"0.9": 1, "0.6": -1, "0.3": -1, "none": 1}, RISES, "exchanges"),
    ),
)  # fmt: skip
