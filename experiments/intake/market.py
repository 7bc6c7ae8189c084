"""Prices and rules of the first year of a park, and what letting go of a by-product costs under them, as in the model (R4, R10)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from ecopark.abm.entities.codes import LANDFILL
from ecopark.abm.initialization.levers import lay_history, lay_levers
from ecopark.abm.initialization.outlets import lay_outlets
from ecopark.abm.initialization.price_paths import lay_emissions, lay_paths
from ecopark.abm.input.routes import open_routes
from ecopark.abm.input.scenario import Scenario


@dataclass(frozen=True)
class Outlet:
    """A route that is open to a by-product: fee, haul and tax [EUR/unit], what of a unit is landfilled [t], its CO2 [t]."""

    route: str
    fee: float
    haul: float
    tax: float
    landfilled: float
    co2: float


@dataclass(frozen=True)
class LettingGo:
    """What a unit costs that is not handed on [EUR/unit], what of it is landfilled [t], its CO2 [t]; ends: all recovered, none."""

    cost: float = 0.0
    landfilled: float = 0.0
    co2: float = 0.0
    ends: tuple[float, ...] = (0.0,)


NOTHING = LettingGo()


@dataclass(frozen=True)
class Market:
    """Mean prices of the first year and the rules in force in its first month, by material.

    cost: virgin cost with taxes, good: what a unit is worth that is given up, its carbon too [EUR/unit]; co2: of a bought unit
    [t]; outlets: open routes, usual: those under the rules of history. carbon [EUR/t]; subsidy: share of the virgin cost replaced;
    grant: share of the capital.
    """

    cost: dict[str, float]
    good: dict[str, float]
    co2: dict[str, float]
    outlets: dict[str, tuple[Outlet, ...]]
    usual: dict[str, tuple[Outlet, ...]]
    carbon: float
    subsidy: float
    grant: float

    def letting_go(
        self, material: str, own: float | None = None, route: str | None = None, recovered: float = 0.0
    ) -> LettingGo:
        """Return what letting go costs by the cheapest open route.

        own: what a company says it pays, in place of fee and haul on `route`, or on the one that history would have it take
        first; `recovered` goes at that price, untaxed (0 where none is given).
        """
        outlets = self.outlets.get(material, ())
        if not outlets:
            return NOTHING
        if own is not None and route is None and self.usual.get(material):
            route = _cheapest(self.usual[material], None, None, recovered)[0].route
        taken, cost = _cheapest(outlets, own, route, recovered)
        ends = tuple(_cheapest(outlets, own, route, share)[1] for share in (1.0, 0.0)) if 0 < recovered < 1 else (cost,)
        rest = 1.0 - recovered
        return LettingGo(cost, rest * taken.landfilled, rest * taken.co2, ends)


def _cheapest(
    outlets: tuple[Outlet, ...], own: float | None, route: str | None, recovered: float
) -> tuple[Outlet, float]:
    """Return the cheapest route and what it costs, the first of equal ones."""
    best, lowest = outlets[0], math.inf
    for outlet in outlets:
        price = outlet.fee + outlet.haul if own is None or outlet.route != route else own
        cost = (1.0 - recovered) * (price + outlet.tax) + recovered * (own or 0.0)
        if cost < lowest:
            best, lowest = outlet, cost
    return best, lowest


def market_of(scenario: Scenario) -> Market:
    """Return mean prices of the first year and the rules in force in its first month."""
    tables: Any = scenario.tables
    lever: Any = lay_levers(scenario, 12)[0]
    with np.errstate(all="ignore"):
        prices = np.exp(lay_paths(scenario, 12)).mean(axis=1).tolist()
    emitted = lay_emissions(scenario, 12).mean(axis=1).tolist()
    carbon = float(lever.carbon_price)
    cost, good, co2 = {}, {}, {}
    for row, path, burden in zip(tables["materials"], prices, emitted, strict=True):
        co2[row.material] = burden
        if path == path:
            price = path * (lever.energy_price if row.price_factor == "energy" else 1.0)
            cost[row.material] = float(price * (1 + lever.virgin_tax) + carbon * burden)
            good[row.material] = float(price + carbon * burden)
    subsidy, grant = float(lever.exchange_subsidy), float(lever.capital_grant)
    usual = outlets_of(scenario, lay_history(scenario, 12)[0])
    return Market(cost, good, co2, outlets_of(scenario, lever), usual, carbon, subsidy, grant)


def outlets_of(scenario: Scenario, lever: Any) -> dict[str, tuple[Outlet, ...]]:
    """Return the routes that are open to each by-product in the first month, in the order of its table."""
    found: dict[str, tuple[Outlet, ...]] = {}
    for (material, _, route), row in zip(open_routes(scenario.tables), lay_outlets(scenario).table, strict=True):
        banned = row.kind == LANDFILL and lever.landfill_ban >= 0.5
        if row.opens > 0 or row.closes <= 0 or banned:
            continue
        waste = lever.landfill_tax * row.taxed_landfill + lever.incineration_tax * row.taxed_incineration
        tax = waste + lever.discharge_fine * row.taxed_discharge + lever.carbon_price * row.co2
        outlet = Outlet(
            route.route, float(row.fee), float(row.haul), float(tax), float(row.taxed_landfill), float(row.co2)
        )
        found[material.material] = (*found.get(material.material, ()), outlet)
    return found
