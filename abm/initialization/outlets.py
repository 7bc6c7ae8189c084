"""The routes of disposal that are open to each by-product, as a table: what they charge, what is taxed, and their years."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from ..entities.codes import LANDFILL
from ..entities.tables import Table, blank
from ..input.library_rows import MaterialRoute, Route
from ..input.routes import open_routes
from ..input.row_fields import ROUTE_KINDS
from ..input.scenario import Scenario
from ..numerics.randomness import identity_of
from .companies import month_of


@dataclass(frozen=True)
class Outlets:
    """table: one row per by-product and route; of_material: (first row, number of rows) of each material that has any."""

    table: Table
    of_material: dict[str, tuple[int, int]]


def lay_outlets(scenario: Scenario) -> Outlets:
    """Return the routes of every material in the order of its table, an export where all of them can be closed."""
    rows = open_routes(scenario.tables)
    of_material: dict[str, tuple[int, int]] = {}
    for place, (material, _, _) in enumerate(rows):
        first, count = of_material.get(material.material, (place, 0))
        of_material[material.material] = first, count + 1
    table = blank("outlets", len(rows))
    for place, row in enumerate(rows):
        _write(table[place], *row, scenario.start_year)
    return Outlets(table, of_material)


def _write(outlet: Any, material: Any, choice: MaterialRoute, route: Route, start_year: int) -> None:
    """Write one row, in place."""
    outlet.identity = identity_of(f"route {route.route}")
    outlet.kind = ROUTE_KINDS.index(route.kind)
    outlet.fee = route.fee * choice.fee_factor
    outlet.haul = route.haul
    outlet.taxed_landfill = route.taxed_landfill * choice.tax_factor
    outlet.taxed_incineration = route.taxed_incineration * choice.tax_factor
    outlet.taxed_discharge = route.taxed_discharge * choice.tax_factor
    own = material.co2_disposal if choice.co2 is None else choice.co2
    outlet.co2 = (own + route.co2) / 1000
    outlet.opens = month_of(route.allowed_from, start_year, 0.0)
    outlet.closes = month_of(route.allowed_until, start_year, np.inf)


def first_costs(outlets: Table, materials: Table, lever: Any) -> np.ndarray:
    """Return what letting go costs at the mean haul by the cheapest route open in the first month [material, EUR/unit]."""
    waste = lever.landfill_tax * outlets.taxed_landfill + lever.incineration_tax * outlets.taxed_incineration
    tax = waste + lever.discharge_fine * outlets.taxed_discharge + lever.carbon_price * outlets.co2
    shut = (outlets.opens > 0) | (outlets.closes <= 0) | ((outlets.kind == LANDFILL) & (lever.landfill_ban >= 0.5))
    costs = np.where(shut, np.inf, outlets.fee + outlets.haul + tax)
    lowest = np.full(len(materials), np.inf)
    some = np.flatnonzero(materials.outlet_count)
    if len(some):  # the rows of one material end where those of the next begin
        lowest[some] = np.minimum.reduceat(costs, materials.outlet_first[some])
    return np.where(np.isfinite(lowest), lowest, 0.0)
