"""K2: few ends before 2013, then bursts, because failure sits on plants and processes."""

from __future__ import annotations

from typing import Any

from ..kit.declaration import FALLS, RISES, Claim, StudyDeclaration

ON_PLANTS = ("ends_partner_closed", "ends_by_product_gone", "ends_need_gone")
MEASURES = ("rate_before", "rate_after", "rise", "burst_2014", "burst_2019", "on_plants")


def measure(park: Any) -> dict[str, float]:
    """Return ends per link-year before 2013 and to 2020, bursts over what two usual years bring, and the share on plants."""
    yearly = park.yearly
    year, ends, links = yearly["year"], yearly["ends"], yearly["links"]

    def rate(first: int, last: int) -> float:
        """Return ends per running link and year."""
        chosen = (year >= first) & (year <= last)
        return float(ends[chosen].sum() / max(1.0, links[chosen].sum()))

    def burst(first: int) -> float:
        """Return the ends of two years less those of two usual years of 2000 to 2012."""
        usual = ends[(year >= 2000) & (year <= 2012)].mean()
        return float(ends[(year >= first) & (year <= first + 1)].sum() - 2 * usual)

    before, after = rate(1961, 2012), rate(2013, 2020)
    return {
        "rate_before": before,
        "rate_after": after,
        "rise": after - before,
        "burst_2014": burst(2014),
        "burst_2019": burst(2019),
        "on_plants": sum(float(yearly[name].sum()) for name in ON_PLANTS) / max(1.0, float(ends.sum())),
    }


STUDY = StudyDeclaration(
    id="K2",
    module=__name__,
    title="Ends come late and in bursts",
    question="Are there few ends before 2013 and bursts at the end of Inbicon (2014) and of coal (2019), with plants as the cause?",
    hypothesis="Ends per link-year rise from 0.8 % before 2013 to 9.8 % in 2013 to 2020; bursts of up to five and four",
    source="abm/scenarios/kalundborg/links.csv",
    lever="none",
    scenario="kalundborg",
    variants={"history": {}},
    measure=measure,
    measures=MEASURES,
    claims=(
        Claim("ends per link-year rise after 2012", "rise", {"history": 1}, RISES, "per link and year"),
        Claim("above 4 % from 2013 to 2020", "rate_after", {"history": 1}, RISES, "per link and year", bound=0.04),
        Claim("below 2 % before 2013", "rate_before", {"history": 1}, FALLS, "per link and year", bound=0.02),
        Claim("2014-15 brings over one end more than two usual years", "burst_2014", {"history": 1}, RISES, "ends", bound=1),
        Claim("2019-20 brings over one end more than two usual years", "burst_2019", {"history": 1}, RISES, "ends", bound=1),
        Claim("over half of the ends sit on plants and processes", "on_plants", {"history": 1}, RISES, "share", bound=0.5),
    ),
    note="The dates of plants and fuels are input; that links end with them, and which, is not.",
)  # fmt: skip
