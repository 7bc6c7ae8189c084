"""The rows of a scenario -> tables of materials, sectors, ways back, types, companies and streams, one per scenario."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from ..entities.codes import CLOSED, IN, OPEN, OUT, WAITING
from ..entities.tables import Table, blank, filled
from ..input.joined_rows import ways_back
from ..input.routes import open_routes
from ..input.scenario import Scenario
from ..numerics.randomness import identity_of
from .calendar import owner_names, stage_types
from .companies import Roster
from .outlets import Outlets
from .row_writers import write_streams

OWN_COLUMNS = ("wacc", "payback", "attitude", "opportunism", "risk_aversion")
GROUPS_OF_MATERIALS = ("material", "energy", "water")


def lay_materials(scenario: Scenario, outlets: Outlets) -> tuple[Table, Table]:
    """Return the tables of materials and of common price factors."""
    rows: Any = scenario.tables["materials"]
    names = sorted({row.price_factor for row in rows if row.price_factor})
    factors = blank("factors", len(names) + 1)
    factors.identity = [identity_of(f"factor {name}") for name in [*names, "none"]]
    return filled(
        "materials", [_material(row, outlets.of_material.get(row.material, (0, 0)), names) for row in rows]
    ), factors


def _material(row: Any, outlets: tuple[int, int], factors: list[str]) -> dict[str, Any]:
    """Return the columns of one material. row: of materials.csv; outlets: first row and number of its routes."""
    phi = row.price_phi ** (1 / 12)
    innovation = math.sqrt(1 - phi**2) if row.price_phi < 1 else math.sqrt(1 / 12)
    weights = {"material": row.tonnes_per_unit, "energy": 3.6 if row.unit == "MWh" else 1.0, "water": 1.0}
    return {
        "identity": identity_of(row.material),
        "draw": identity_of(f"series {row.price_series}" if row.price_series else row.material),
        "group": GROUPS_OF_MATERIALS.index(row.group),
        "factor": factors.index(row.price_factor) if row.price_factor else len(factors),
        "loading": row.price_loading if row.price_factor else 0.0,
        "phi": phi,
        "shock": row.price_sd * innovation,
        "phi_year": row.price_phi,
        "sd": row.price_sd,
        "is_energy": row.price_factor == "energy",
        "tonnes": row.tonnes_per_unit,
        "weight": weights[row.group],
        "storable": row.storable_months,
        "storage_cost": row.storing,
        "shock_factor": 1.0,
        "outlet_first": outlets[0],
        "outlet_count": outlets[1],
    }


def lay_sectors(scenario: Scenario) -> Table:
    """Return the table of sectors."""
    rows: Any = scenario.tables["sectors"]
    table = blank("sectors", len(rows))
    table.identity = [identity_of(f"sector {row.sector}") for row in rows]
    table.loading = [row.loading for row in rows]
    table.sd = [row.sd for row in rows]
    return table


def lay_options(scenario: Scenario) -> Table:
    """Return the ways back that returning manufacturers choose from: every mode that a site offers."""
    pairs = ways_back(scenario.tables)
    rows = []
    for place, (site, mode) in enumerate(pairs):
        rows.append(
            {
                "identity": identity_of(f"option {site.site} {mode.mode}"),
                "first": place == 0 or pairs[place - 1][0].site != site.site,
                "trades": site.park,
                "abroad": site.abroad,
                "closed_plant": mode.closed_plant,
                "cost": site.cost_factor,
                "energy": site.energy_factor,
                "disposal": site.disposal_factor,
                "margin": mode.margin_factor,
                "inputs": mode.input_factor,
                "outputs": mode.output_factor,
                "fixed": mode.fixed_factor,
                "jobs": mode.jobs_factor,
                "hazard": mode.hazard_factor,
                "capital": mode.capital_years,
                "months": mode.months,
            }
        )
    return filled("options", rows)


def lay_types(scenario: Scenario) -> Table:
    """Return the table of types: costs and jobs per unit of monthly capacity, monthly chances."""
    rows = scenario.tables["types"]
    sectors = {row.sector: place for place, row in enumerate(scenario.tables["sectors"])}
    table = blank("types", len(rows))
    monthly = np.array([row.typical_size for row in rows]) / 12
    table.sector = [sectors[row.sector] for row in rows]
    table.margin = [row.margin for row in rows]
    table.fixed_cost = np.array([row.fixed_cost for row in rows]) / 12 / monthly
    table.jobs = np.array([row.jobs for row in rows]) / monthly
    table.hazard = [1 - (1 - row.closure_hazard) ** (1 / 12) for row in rows]
    table.maintenance_month = [12 if row.maintenance_month is None else row.maintenance_month - 1 for row in rows]
    table.maintenance_share = [row.maintenance_share for row in rows]
    table.widely_known = [row.widely_known for row in rows]
    table.symbiosis_staff = [row.symbiosis_staff for row in rows]
    table.wacc = [row.wacc for row in rows]
    table.payback = [row.payback for row in rows]
    table.opportunism = [row.opportunism for row in rows]
    _set_outages(table, rows)
    return table


def _set_outages(table: Table, rows: Any) -> None:
    """Turn forced rate and repair time into monthly chances, in place.

    An outage costs min(1, repair) of each month it lasts, more where several short ones fall into a month; chances are
    such that the expected loss is the forced rate.
    """
    repair = np.maximum([row.repair_months for row in rows], 1e-6)
    rate = np.minimum([row.outage_rate for row in rows], 0.99)
    table.outage_loss = np.minimum(1.0, np.maximum(repair, 2.0 * rate))
    share = rate / table.outage_loss
    lasting = np.minimum(1.0, 1.0 / repair)
    table.outage_end = np.minimum(lasting, (1.0 - share) / np.maximum(share, 1e-9))
    table.outage_start = table.outage_end * share / (1.0 - share)


def lay_companies(scenario: Scenario, roster: Roster, types: Table) -> Table:
    """Return the table of companies with what their types give them; single companies may differ."""
    kinds = scenario.tables["types"]
    table = blank("companies", len(roster.types))
    table.identity = roster.identity
    table.type = roster.types
    table.x, table.y = roster.x, roster.y
    table.capacity = roster.size / 12
    table.coming_capacity = table.capacity
    for column in types.dtype.names:
        table[column] = types[column][roster.types]
    table.fixed_cost *= table.capacity
    table.jobs *= table.capacity
    for column in OWN_COLUMNS:
        table[column] = np.array([getattr(row, column) for row in kinds])[roster.types]
        for place, row in enumerate(roster.rows or ()):
            if getattr(row, column) is not None:
                table[column][place] = getattr(row, column)
    _set_dates(table, roster)
    if roster.rows is not None:
        owners = owner_names(scenario)
        table.owner = [owners.index(row.owner) for row in roster.rows]
    return table


def _set_dates(table: Table, roster: Roster) -> None:
    """Set opening and closing months and the first status, in place."""
    table.opens = roster.opens
    table.closes = roster.closes
    table.candidate = roster.candidate
    table.status = np.where((table.opens <= 0) & ~roster.candidate, OPEN, WAITING)
    table.status[table.closes <= 0] = CLOSED
    table.prospect = table.status == OPEN
    table.rebase = 1


def lay_streams(scenario: Scenario, roster: Roster, companies: Table) -> Table:
    """Return the table of streams: for each company all that its types bring, now or after a change of process."""
    recipes, which = _recipes(scenario, roster)
    first = np.cumsum([0, *(len(recipe) for recipe in recipes)])
    flat = np.array([line for recipe in recipes for line in recipe], dtype=float).reshape(-1, 5)
    table = blank("streams", int(np.diff(first)[which].sum()))
    write_streams(table.view(np.ndarray), companies.view(np.ndarray), which, first, flat)
    _set_own_prices(scenario, roster, table)
    return table


def _set_own_prices(scenario: Scenario, roster: Roster, streams: Table) -> None:
    """Write what companies say of the price and the recovery of their own by-products (streams.csv), in place."""
    rows: Any = scenario.tables["streams"]
    given = [
        row for row in rows if row.direction == "out" and not (row.price_now is None and row.recovered_share is None)
    ]
    if not given:
        return
    materials = {row.material: place for place, row in enumerate(scenario.tables["materials"])}
    owners = {name: place for place, name in enumerate(roster.names)}
    routes = {
        (material.material, route.route): place
        for place, (material, _, route) in enumerate(open_routes(scenario.tables))
    }
    for row in given:
        own = (streams.company == owners[row.company]) & (streams.material == materials[row.material])
        place = np.flatnonzero(own & (streams.direction == OUT))
        streams.recovered[place] = row.recovered_share or 0.0
        streams.own_fee[place] = -(row.price_now or 0.0)
        if row.price_now is not None:
            streams.own_route[place] = -1 if row.route is None else 1 + routes[row.material, row.route]


def _recipes(scenario: Scenario, roster: Roster) -> tuple[list[list[tuple]], np.ndarray]:
    """Return distinct lists of (material, direction, coefficient, profile, quality) and which one each company has."""
    own = {name: index for index, name in enumerate(roster.names)} if roster.rows is not None else {}
    staged = stage_types(scenario)
    special = {row.company for row in scenario.tables["streams"]} | set(staged)
    recipes: list[list[tuple]] = [[] for _ in scenario.tables["types"]]
    for kind in set(roster.types.tolist()):
        recipes[kind] = type_recipe(scenario, {kind}, kind)
    which = roster.types.copy()
    for name in sorted(special):
        place = own[name]
        recipe = type_recipe(scenario, {int(roster.types[place]), *staged.get(name, ())}, int(roster.types[place]))
        which[place] = len(recipes)
        recipes.append(_override(scenario, name, roster.size[place], recipe))
    return recipes, which


def type_recipe(scenario: Scenario, kinds: set[int], now: int) -> list[tuple]:
    """Return the streams that any of the types has, with the coefficients of the type `now` (0 where it has none)."""
    tables: Any = scenario.tables
    materials = {row.material: place for place, row in enumerate(tables["materials"])}
    profiles = {row.profile: place + 1 for place, row in enumerate(tables["profiles"])}
    types = [row.type for row in tables["types"]]
    wanted = {types[kind] for kind in kinds}
    lines: dict[tuple, tuple[float, int, float]] = {}
    for row in tables["processes"]:
        if row.type not in wanted:
            continue
        key = (materials[row.material], OUT if row.direction == "out" else IN)
        if row.type == types[now] or key not in lines:
            coefficient = row.coefficient if row.type == types[now] else 0.0
            lines[key] = (coefficient, profiles.get(row.profile, 0), row.quality)
    return [(*key, *lines[key]) for key in sorted(lines)]


def _override(scenario: Scenario, name: str, size: float, recipe: list[tuple]) -> list[tuple]:
    """Return a recipe with the company's own quantities (streams.csv)."""
    tables: Any = scenario.tables
    materials = {row.material: place for place, row in enumerate(tables["materials"])}
    profiles = {row.profile: place + 1 for place, row in enumerate(tables["profiles"])}
    lines = {(line[0], line[1]): line[2:] for line in recipe}
    for row in tables["streams"]:
        if row.company == name:
            key = (materials[row.material], OUT if row.direction == "out" else IN)
            if row.per_year is None:  # unknown: nothing is made up
                lines.pop(key, None)
                continue
            quality = lines.get(key, (0.0, 0, 1.0))[2]
            lines[key] = (row.per_year / size, profiles.get(row.profile, 0), quality)
    return [(*key, *lines[key]) for key in sorted(lines)]
