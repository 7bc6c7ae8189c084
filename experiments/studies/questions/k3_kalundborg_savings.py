"""K3: savings and payback about 1995, and the power station as the most critical member, less so over time."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..kit.declaration import FALLS, RISES, Claim, StudyDeclaration

MEASURES = ("gain_1995", "payback", "anchor_lead_1995", "anchor_fall", "capex_to_1995")


def measure(park: Any) -> dict[str, float]:
    """Return the gain of 1995, payback of the capital spent until then, and how critical the power station is."""
    yearly = park.yearly
    year = yearly["year"]
    gain = float(yearly["gain"][year == 1995][0])
    spent = float(yearly["capex"][year <= 1995].sum())
    critical = {when: _criticality(park, when) for when in (1985, 1995, 2010)}
    return {
        "gain_1995": gain,
        "payback": spent / max(gain, 1.0),
        "anchor_lead_1995": critical[1995][0] - critical[1995][1],
        "anchor_fall": critical[2010][0] - critical[1985][0],
        "capex_to_1995": spent,
    }


def _criticality(park: Any, year: int) -> tuple[float, float]:
    """Return the share of the running links at the power station, and the largest share of any other company."""
    month = (year - park.scenario.start_year) * 12 + 11
    table = park.state.exchanges[: int(park.state.clock.exchanges[0])]
    running = table[(table.start <= month) & ~(table.end <= month)]
    links = np.zeros(len(park.state.companies))
    np.add.at(links, running.seller, 1)
    np.add.at(links, running.buyer, 1)
    share = links / max(1, len(running))
    station = list(park.names).index("Asnaes")
    return float(share[station]), float(np.delete(share, station).max())


STUDY = StudyDeclaration(
    id="K3",
    module=__name__,
    title="Savings, payback and the critical power station",
    question="Does the park save what was reported about 1995, at that payback, with the power station as its most critical member?",
    hypothesis="About 10 M USD (some 15 M EUR of 2020) a year, payback about six years; criticality falls with diversity",
    source="IISD case study of Kalundborg; Chopra and Khanna 2014, Journal of Environmental Management 141",
    lever="none",
    scenario="kalundborg",
    variants={"history": {}},
    measure=measure,
    measures=MEASURES,
    claims=(
        Claim("gain of 1995 above half of the report", "gain_1995", {"history": 1}, RISES, "EUR a year", bound=7.5e6),
        Claim("gain of 1995 below twice the report", "gain_1995", {"history": 1}, FALLS, "EUR a year", bound=30e6),
        Claim(
            "payback above half of the report (3 years)", "payback", {"history": 1}, RISES, "years", bound=3.0,
            why=lambda mean: (
                f"the model's capital is connections and treatment alone, {mean('history', 'capex_to_1995') / 1e6:.0f} M EUR to "
                f"1995 for {mean('history', 'gain_1995') / 1e6:.0f} M EUR a year; what the report counts as investment is not itemised."
            ),
        ),
        Claim("power station has most links in 1995", "anchor_lead_1995", {"history": 1}, RISES, "share of links"),
        Claim("its share falls from 1985 to 2010", "anchor_fall", {"history": 1}, FALLS, "share of links"),
    ),
)  # fmt: skip
