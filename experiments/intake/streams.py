"""The streams of a park before any run: supplies and needs of a year, with range, grade and what disposal costs today."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from ecopark.abm.initialization.opportunities import list_conversions
from ecopark.abm.input.places import to_km
from ecopark.abm.input.scenario import Scenario

from .draft import SPREAD
from .market import NOTHING, LettingGo, Market, market_of

GRADES = "VCSGA"


@dataclass(frozen=True)
class Stream:
    """A by-product or need of a year: amount in the unit of its material, low and high, the worst grade it rests on.

    rest: what a unit costs that is not handed on, by routes, price now and share recovered (out). cells: what of the park it
    rests on, as (table, row, column). profile: twelve factors with mean 1.
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
    rest: LettingGo = NOTHING
    recovered: float = 0.0
    temperature: float | None = None
    confidential: bool = False
    cells: tuple[tuple[str, str, str], ...] = ()

    @property
    def disposal(self) -> float:
        """Return what a unit costs that is not handed on [EUR/unit]."""
        return self.rest.cost

    def at(self, disposal: float) -> Stream:
        """Return the stream at another cost of disposal [EUR/unit]."""
        return replace(self, rest=replace(self.rest, cost=disposal))


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
            market.letting_go(line.material) if out else NOTHING,
            cells=(("companies", plant.name, "size"), ("processes", f"{line.type} | {line.material}", "coefficient")),
        )  # fmt: skip
    return found


def _own_stream(scenario: Scenario, row: Any, usual: Stream | None, market: Market) -> Stream:
    """Return a stream of streams.csv: what it says of quantity, range, price and recovery stands in place of the type's."""
    out, profiles = row.direction == "out", _profiles(scenario)
    low, high = row.low if row.low is not None else row.per_year, row.high if row.high is not None else row.per_year
    recovered = row.recovered_share or 0.0
    own = None if row.price_now is None else -row.price_now
    rest = market.letting_go(row.material, own, row.route, recovered) if out else NOTHING
    key = f"{row.company} | {row.material} | {row.direction}"
    columns = ["per_year", *(name for name in ("price_now", "recovered_share") if getattr(row, name) is not None)]
    grade = row.grade if row.source or row.low is not None else "C"
    profile = profiles[row.profile] if row.profile or usual is None else usual.profile
    return Stream(
        row.company, row.material, out, row.per_year, min(low, row.per_year), max(high, row.per_year), grade, profile,
        usual.quality if usual is not None else 1.0, rest, recovered, row.temperature_c, row.confidential,
        tuple(("streams", key, column) for column in columns),
    )  # fmt: skip


def place_in_km(lat: float, lon: float, origin: tuple[float, float]) -> tuple[float, float]:
    """Return a place about an origin [km]."""
    return to_km((lat, lon), origin)
