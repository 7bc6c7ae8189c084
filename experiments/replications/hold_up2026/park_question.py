"""The questions of R2 put to the park model: cost of the specific investment, surplus, turbulence, law against memory."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from ecopark.abm.entities.codes import OPEN, OUT
from ecopark.abm.entities.tables import duplicate
from ecopark.abm.park import Park

from ..result import Beside, mean_and_error
from ..three_models import Setting, run_settings

PARTICIPATION = "participation"
LONG = 600
"""Months that a held-up company refuses the other where memory stands in for law."""
BASE = {"investment.hold_up": 0.3}
"""Hold-up is six times as frequent as by default, so that there is something law and memory could prevent."""


def with_capital(factor: float) -> Callable[[Park], None]:
    """Return what multiplies the capital of every connection of a founded park."""

    def scale(park: Park) -> None:
        """Multiply the specific investment in a copy of the park's own: the founded table is shared by all parks."""
        park.state.conversions = duplicate(park.state.conversions)
        for name in ("capital_fixed", "link_fixed", "capital_flow", "link_flow"):
            park.state.conversions[name] *= factor

    return scale


SETTINGS = {
    "cost 0": Setting(BASE, with_capital(0.0)),
    "cost 10": Setting(BASE, with_capital(10.0)),
    "base": Setting(BASE),
    "rich": Setting(BASE | {"policy.virgin_tax": 1.0}),
    "still": Setting(BASE | {"production.volatility": 0.0, "market.volatility": 0.0}),
    "turbulent": Setting(BASE | {"production.volatility": 3.0, "market.volatility": 3.0}),
    "law": Setting(BASE | {"investment.enforcement": 1.0, "trust.blacklist": 0}),
    "memory": Setting(BASE | {"investment.enforcement": 0.0, "trust.blacklist": LONG}),
}
QUESTIONS = (
    ("cost 10 against cost 0", "cost 10", "cost 0", "capital of every connection tenfold instead of none", False),
    ("surplus 15 against surplus 5", "rich", "base", "virgin goods twice as dear (policy.virgin_tax 1)", False),
    (
        "turbulence 5 against turbulence 0",
        "turbulent",
        "still",
        "market and production volatility 3 instead of 0",
        True,
    ),
    (
        "memory without law against law without memory",
        "memory",
        "law",
        "trust.blacklist against investment.enforcement",
        True,
    ),
)
"""Question, setting and its control, lever, and whether the published answer is that nothing depends on it."""
MARGIN = 5.0
"""Points of participation that still count as no effect: a twentieth of what the cost does in the abstract."""


def measure(park: Park) -> dict[str, float]:
    """Return the share of open companies with a saleable by-product that sell one at the end, %."""
    companies, streams = park.state.companies, park.state.streams
    can_sell = np.zeros(len(companies), dtype=bool)
    can_sell[streams.company[(streams.direction == OUT) & (streams.coming > 0) & (streams.opportunity_count > 0)]] = (
        True
    )
    asked = can_sell & (companies.status == OPEN)
    return {PARTICIPATION: 100 * float((companies.sells[asked] > 0).mean()) if asked.any() else 0.0}


def ask_park(runs: int, seed: int) -> dict[str, dict[str, np.ndarray]]:
    """Run the settings; return participation by setting."""
    return run_settings(SETTINGS, measure, runs, seed)


def side_by_side(
    published: Sequence[float], replicated: Sequence[float], park: Mapping[str, Mapping[str, np.ndarray]]
) -> Sequence[Beside]:
    """Return the three answers to every question, in points of participation; the first two in the order of QUESTIONS."""
    rows = []
    for (question, treated, control, lever, nothing), said, found in zip(QUESTIONS, published, replicated, strict=True):
        mean, error = mean_and_error(park[treated][PARTICIPATION] - park[control][PARTICIPATION])
        rows.append(
            Beside(
                question=f"participation, {question}",
                lever=lever,
                unit="points",
                published=said,
                replicated=found,
                park=mean,
                park_error=error,
                runs=len(park[treated][PARTICIPATION]),
                margin=MARGIN,
                nothing=nothing,
            )
        )
    return rows
