"""The streams of a park before any run: supplies and needs of a year, with range, grade and what disposal costs today."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from ecopark.abm.initialization.levers import lay_levers
from ecopark.abm.initialization.opportunities import list_conversions
from ecopark.abm.initialization.price_paths import lay_paths
from ecopark.abm.input.places import to_km
from ecopark.abm.input.scenario import Scenario

from .draft import SPREAD

GRADES = "VCSGA"
RECOVERY = 0.0  # EUR/unit: what recovery costs where no price of its own is given


@dataclass(frozen=True)
class Stream:
    """A by-product or need of a year: amount in the unit of its material, low and high, the worst grade it rests on.

    disposal: EUR/unit that it costs today (out), market by routes, price now, share recovered. cells: what of the park it
    rests on, as (table, row, column). profile: twelve factors with mean 1. unknown: no amount is known.
    """

    company: str
    material: str
    out: bool
    amount: float
    low: float
    high: float
    grade: str
    profile: tuple[float, ...]
    quality: float = 1.0
    disposal: float = 0.0
    recovered: float = 0.0
    temperature: float | None = None
    confidential: bool = False
    cells: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True)
class Plant:
    """A company as far as opportunities need it; opens, closes: decimal years."""

    name: str
    type: str
    confidence: str
    x: float
    y: float
    size: float
    low: float
    high: float
    grade: str
    wacc: float
    payback: float
    opens: float
    closes: float


@dataclass(frozen=True)
class Market:
    """Prices and rules of the start year. cost: EUR/unit virgin cost with taxes; disposal: of the cheapest route."""

    cost: dict[str, float]
    disposal: dict[str, float]
    carbon: float
    tax_of: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Park:
    """What is known of a park before any run. terms: of each conversion, as the model has them."""

    scenario: Scenario
    terms: Any
    plants: dict[str, Plant]
    streams: tuple[Stream, ...]
    market: Market

    def with_plant(self, plant: Plant) -> Park:
        """Return the park with one plant more, of typical streams."""
        new = streams_of_type(self.scenario, plant, self.market, {})
        return replace(self, plants={**self.plants, plant.name: plant}, streams=(*self.streams, *new.values()))


Sizes = Mapping[str, tuple[float, float, str]]  # low, high and grade of a company's size


def read_park(scenario: Scenario, sizes: Sizes | None = None) -> Park:
    """Return a park of a scenario whose companies stand in a table. sizes: how well those are known that a table gives."""
    tables: Any = scenario.tables
    market = market_of(scenario)
    types = {row.type: row for row in tables["types"]}
    known = sizes or {}
    plants = {
        row.name: _plant(row, types[row.type], known.get(row.name)) for row in tables["companies"] if not row.candidate
    }
    own: dict[str, list[Any]] = {}
    for row in tables["streams"]:
        own.setdefault(row.company, []).append(row)
    streams: list[Stream] = []
    for plant in plants.values():
        found = streams_of_type(scenario, plant, market, {})
        for row in own.get(plant.name, ()):
            key = (row.material, row.direction == "out")
            if row.per_year is None:
                found.pop(key, None)
            else:
                found[key] = _own_stream(scenario, row, found.get(key), market)
        streams += [found[key] for key in sorted(found)]
    return Park(scenario, list_conversions(scenario), plants, tuple(streams), market)


def _plant(row: Any, kind: Any, known: tuple[float, float, str] | None) -> Plant:
    """Return a company: a size that is not given is typical of its type, from a third to three times."""
    assumed = row.size is None
    size = kind.typical_size if assumed else row.size
    low, high, grade = (size / 3, size * 3, "A") if assumed else known or (size, size, "C")
    return Plant(
        row.name, row.type, row.confidence or "high", row.x_km or 0.0, row.y_km or 0.0, size, low, high, grade,
        kind.wacc if row.wacc is None else row.wacc, kind.payback if row.payback is None else row.payback,
        -np.inf if row.opens is None else row.opens, np.inf if row.closes is None else row.closes,
    )  # fmt: skip


def market_of(scenario: Scenario) -> Market:
    """Return mean prices of the start year and the costs of disposal by the rules in force in its first month."""
    tables: Any = scenario.tables
    lever: Any = lay_levers(scenario, 12)[0]
    with np.errstate(all="ignore"):
        prices = np.exp(lay_paths(scenario, 12)).mean(axis=1)
    cost = {
        row.material: float(price) * (1 + lever.virgin_tax) + lever.carbon_price * row.co2_virgin / 1000
        for row, price in zip(tables["materials"], prices, strict=True)
        if price == price
    }
    disposal, tax_of = {}, {}
    routes = {row.route: row for row in tables["routes"]}
    for row in tables["materials"]:
        costs = [
            _route_cost(routes[one.route], one, row, lever, scenario)
            for one in tables["material_routes"]
            if one.material == row.material and _open(routes[one.route], scenario.start_year)
        ]
        if row.disposal in routes and not costs:
            costs = [_route_cost(routes[row.disposal], None, row, lever, scenario)]
        disposal[row.material], tax_of[row.material] = min(costs, default=(0.0, 0.0))
    return Market(cost, disposal, float(lever.carbon_price), tax_of)


def _open(route: Any, year: int) -> bool:
    return (route.allowed_from is None or route.allowed_from <= year) and (
        route.allowed_until is None or year <= route.allowed_until
    )


def _route_cost(route: Any, way: Any, material: Any, lever: Any, scenario: Scenario) -> tuple[float, float]:
    """Return (EUR/unit, taxed landfill t/unit) of a route for a by-product."""
    fee, tax = (1.0, 1.0) if way is None else (way.fee_factor, way.tax_factor)
    taxes = lever.landfill_tax * route.taxed_landfill + lever.discharge_fine * route.taxed_discharge
    taxes += getattr(lever, "incineration_tax", 0.0) * route.taxed_incineration
    co2 = material.co2_disposal if way is None or way.co2 is None else way.co2
    cost = route.fee * fee + route.haul + taxes * tax + lever.carbon_price * (co2 or route.co2) / 1000
    return float(cost), float(route.taxed_landfill * tax)


def _profiles(scenario: Scenario) -> dict[str | None, tuple[float, ...]]:
    return {None: (1.0,) * 12, **{row.profile: row.factors for row in scenario.tables["profiles"]}}  # type: ignore[attr-defined]


def streams_of_type(
    scenario: Scenario, plant: Plant, market: Market, _: dict[str, Any]
) -> dict[tuple[str, bool], Stream]:
    """Return the streams that a plant's type brings, by material and direction."""
    profiles, found = _profiles(scenario), {}
    for row in scenario.tables["processes"]:
        line: Any = row
        if line.type != plant.type:
            continue
        low, high = (line.coefficient * factor for factor in SPREAD[line.grade])
        low, high = line.low if line.low is not None else low, line.high if line.high is not None else high
        out = line.direction == "out"
        found[line.material, out] = Stream(
            plant.name, line.material, out, line.coefficient * plant.size, min(low, line.coefficient) * plant.low,
            max(high, line.coefficient) * plant.high, max(line.grade, plant.grade, key=GRADES.index), profiles[line.profile], line.quality,
            market.disposal.get(line.material, 0.0) if out else 0.0,
            cells=(("companies", plant.name, "size"), ("processes", f"{line.type} | {line.material}", "coefficient")),
        )  # fmt: skip
    return found


def _own_stream(scenario: Scenario, row: Any, usual: Stream | None, market: Market) -> Stream:
    """Return a stream of streams.csv: what it says of quantity, range, price and recovery stands in place of the type's."""
    out, profiles = row.direction == "out", _profiles(scenario)
    low, high = row.low if row.low is not None else row.per_year, row.high if row.high is not None else row.per_year
    recovered = row.recovered_share or 0.0
    disposal = market.disposal.get(row.material, 0.0) * (1 - recovered) + RECOVERY * recovered
    if row.price_now is not None:
        disposal = -row.price_now
    key = f"{row.company} | {row.material} | {row.direction}"
    columns = ["per_year", *(name for name in ("price_now", "recovered_share") if getattr(row, name) is not None)]
    grade = row.grade if row.source or row.low is not None else "C"
    profile = profiles[row.profile] if row.profile or usual is None else usual.profile
    return Stream(
        row.company, row.material, out, row.per_year, min(low, row.per_year), max(high, row.per_year), grade, profile,
        usual.quality if usual is not None else 1.0, disposal if out else 0.0, recovered, row.temperature_c, row.confidential,
        tuple(("streams", key, column) for column in columns),
    )  # fmt: skip


def place_in_km(lat: float, lon: float, origin: tuple[float, float]) -> tuple[float, float]:
    """Return a place about an origin [km]."""
    return to_km((lat, lon), origin)
