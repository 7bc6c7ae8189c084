"""What the null models know: when each opportunity is possible and what it is worth to both, year by year, without behaviour."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from ecopark.abm.entities.codes import OPEN
from ecopark.abm.input.scenario import Scenario
from ecopark.abm.park import Park
from ecopark.analysis.validation.null_models import RATE, YEARS, present_value

from .runs import LEAN

# Nobody looks, nothing fluctuates, nobody enters: the park runs on its plans and the path of prices.
IDLE = {
    **LEAN, "search.hours": 0.0, "market.volatility": 0.0, "market.route_spread": 0.0, "production.volatility": 0.0,
    "production.own_sd": 0.0, "production.outages": 0.0, "discovery.innovation": 0.0, "governance.facilitator": 0.0,
    "discovery.by_platform": False, "discovery.by_broker": False, "turnover.entry": 0.0, "screening.hours": 1_000,
}  # fmt: skip


@dataclass(frozen=True, eq=False)
class Worth:
    """By year and opportunity: possible (both ends open, stream and conversion there), net present value [EUR], gain [EUR/year]."""

    possible: np.ndarray
    value: np.ndarray
    gain: np.ndarray

    def first(self, wanted: np.ndarray | None = None) -> np.ndarray:
        """Return the first year, from 0, in which each opportunity is possible, and `wanted` where given; infinite for never."""
        yes = self.possible if wanted is None else self.possible & wanted
        return np.where(yes.any(axis=0), yes.argmax(axis=0), np.inf)


def worth_of(scenario: Scenario, years: int) -> Worth:
    """Return what the opportunities of a scenario are worth in the middle of each of its first years."""
    tables = {**scenario.tables, "companies": tuple(_certain(row) for row in scenario.tables["companies"])}
    park = Park(replace(scenario, policies=(), tables=tables).replace(IDLE), 1)
    rows = []
    for number in range(years):
        park.advance(12 * number + 6 - park.month)
        rows.append(_now(park))
    possible, gain, outlay = (np.array(part) for part in zip(*rows, strict=True))
    value = np.where(possible, present_value(gain, outlay), -np.inf)
    return Worth(possible, value, gain - outlay * RATE / (1 - (1 + RATE) ** -YEARS))


def _certain(row: Any) -> Any:
    """Return a company as it is, a possible entrant as one that is there: a null model cannot know who will not come."""
    return row.model_copy(update={"candidate": False}) if row.candidate else row


def _now(park: Park) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return of each opportunity in the latest month: possible, joint yearly gain [EUR/year], outlay [EUR]."""
    state, month = park.state, park.month - 1
    o, lever = state.opportunities.view(np.ndarray), state.levers[month]
    way = state.conversions.view(np.ndarray)[o["conversion"]]
    supply, demand = (state.streams.view(np.ndarray)[o[side]] for side in ("supply", "demand"))
    seller, buyer = (state.companies.view(np.ndarray)[o[side]] for side in ("seller", "buyer"))
    season, goods = state.seasons.view(np.ndarray)[o["season"]], state.materials.view(np.ndarray)
    k = o["arriving"] * o["ratio"]
    yearly = 12.0 * supply["coefficient"] * seller["capacity"] * season["fit_supply"]
    need = 12.0 * demand["coefficient"] * buyer["capacity"] * way["share"] * season["fit_demand"]
    quantity = park.scenario["contract.dependable"] * np.minimum(yearly, need / np.maximum(k, 1e-12))
    lost = np.where(
        way["forgone"] >= 0, goods["price"][way["forgone"]] * way["forgone_units"] * way["forgone_share"], 0.0
    )
    burden = way["burden"] + way["haul_burden"] * o["distance"]
    spent = way["handling"] + lost + way["treatment"] + way["load"] + way["haul"] * o["distance"]
    saved = supply["disposal_cost"] + k * goods["cost"][demand["material"]]
    unit = saved - spent - float(lever.carbon_price) * burden
    links = way["capital_fixed"] + way["link_fixed"] * o["distance"]
    capital = links + (way["capital_flow"] + way["link_flow"] * o["distance"]) * quantity
    gain = quantity * unit - 2 * park.scenario["contract.monitoring_cost"] - way["om_share"] * capital
    possible = (seller["status"] == OPEN) & (buyer["status"] == OPEN) & (quantity > 0)
    possible &= (way["known"] <= month) & (way["allowed"] <= month)
    outlay = capital + park.scenario["contract.transaction_cost"]
    return possible, np.where(possible, gain, 0.0), outlay
