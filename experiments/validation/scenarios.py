"""A park of the benchmark as a scenario: roster, window, taxes, policies and governance; nothing else differs between parks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np

from ecopark.abm.input.loading import load_scenario
from ecopark.abm.input.park_rows import Company, Event, Lever
from ecopark.abm.input.scenario import Scenario

from .rosters import Plant, roster
from .tables import HERE, Parks, Row, choice, number, year

LAST_YEAR = 2025
INFLATION = 0.02
"""Yearly rise of prices by which a tax in money of its day becomes money of 2020 (A)."""
SHIFT_YEARS = 5.0
KALUNDBORG, KALUNDBORG_SPLIT = "kalundborg", 1995
TRADING = ("Denmark", "Sweden", "Finland", "Netherlands", "United Kingdom", "Italy", "Germany", "France", "Austria",
           "Portugal", "Belgium")  # fmt: skip
"""Countries under the emission trading of the European Union, whose path of prices the scenario chemelot holds."""


@dataclass(frozen=True, eq=False)
class Ground:
    """A park ready to run. stands: for each name of the record the companies that stand for it. last: last year scored."""

    park: Row
    scenario: Scenario
    plants: tuple[Plant, ...]
    stands: Mapping[str, tuple[str, ...]]
    last: int

    @property
    def name(self) -> str:
        """Return the short name of the park."""
        return self.park["park"]

    @property
    def first(self) -> int:
        """Return the first year of the window."""
        return self.scenario.start_year


@lru_cache(maxsize=1)
def base() -> Scenario:
    """Return the shared parameters and the library, without companies."""
    return load_scenario(HERE / "shared")


def grounds(parks: Parks, roles: tuple[str, ...] = ("fit",)) -> list[Ground]:
    """Return the parks of some roles that have companies, in the order of the table."""
    found = [ground_of(parks, row) for row in parks.role(*roles)]
    return [one for one in found if one.scenario.tables["companies"]]


def ground_of(parks: Parks, park: Row) -> Ground:
    """Return a park ready to run in the given mode: openings and changes of process as in the record."""
    if park["park"] == KALUNDBORG:
        return kalundborg(park)
    shared = base()
    typical = {row.type: row.typical_size for row in shared.tables["types"]}
    plants, stands = roster(parks, park, typical)
    start = year(park["window_start"]) or 2000
    last = last_year(parks, park)
    scenario = replace(
        shared, name=park["park"], label=park["label"], description="", start_year=start, years=last - start + 1,
        parameters={**shared.parameters, "governance": governance(parks, park)},
        tables={**shared.tables, "companies": tuple(company(one, park) for one in plants), "levers": levers(parks, park)},
    )  # fmt: skip
    return Ground(park, scenario, plants, stands, last)


def kalundborg(park: Row) -> Ground:
    """Return Kalundborg: the tables of its scenario on the library, the shared parameters, none of its own."""
    own, shared = load_scenario(KALUNDBORG), base()
    tables = {
        name: _together(name, shared.tables[name], rows) if rows else shared.tables[name]
        for name, rows in own.tables.items()
    }
    scenario = replace(
        shared,
        name=KALUNDBORG,
        label=own.label,
        description="",
        start_year=own.start_year,
        years=own.years,
        tables=tables,
    )
    rows: Any = own.tables["companies"]
    plants = tuple(
        Plant(row.name, row.type, row.size, row.x_km or 0.0, row.y_km or 0.0, "", "", "given", "named", "")
        for row in rows
    )
    return Ground(park, scenario, plants, {one.name: (one.name,) for one in plants}, KALUNDBORG_SPLIT)


def _together(name: str, shared: Iterable[Any], own: Iterable[Any]) -> tuple[Any, ...]:
    """Return own rows and those shared ones that no own row names; whole series and routes of a material stay its own."""
    whole = {"prices": "series", "material_routes": "material", "emissions": "material"}.get(name)
    if whole:
        named = {getattr(row, whole) for row in own}
        return (*own, *(row for row in shared if getattr(row, whole) not in named))
    keys = {tuple(getattr(row, column) for column in type(row).key) for row in own}
    return (*own, *(row for row in shared if tuple(getattr(row, column) for column in type(row).key) not in keys))


def company(plant: Plant, park: Row) -> Company:
    """Return the input row of a plant; one that exists because of an exchange is only a possible entrant."""
    waits = plant.entry == "endogenous" and not plant.opens
    owner = park["label"] if park["mode"] == "single owner" else ""
    return Company(
        name=plant.name, type=plant.type, size=plant.size, x_km=plant.x, y_km=plant.y, opens=plant.opens or None,
        closes=plant.closes or None, candidate=waits, owner=owner,
    )  # fmt: skip


def last_year(parks: Parks, park: Row) -> int:
    """Return the last year of a window: as the table says, else the last one of which anything is known."""
    stated = year(park["window_end"])
    if stated is not None:
        return stated
    known = [year(row["as_of"]) or year(row["start_high"]) for row in parks.of("exchanges", park["park"])]
    known += [year(row["not_by"]) for row in parks.of("not_realised", park["park"])]
    years = [one for one in known if one is not None]
    return min(LAST_YEAR, max(years)) if years else 2020


def governance(parks: Parks, park: Row) -> Any:
    """Return how a park is governed: facilitated where its mode says so and no policy dates the broker.

    The planned mode of the model assigns the optimum, which no park had: planned parks organise themselves under their policies.
    """
    dated = any(row["lever"] == "broker" for row in _policies(parks, park))
    mode = "facilitated" if park["mode"] == "facilitated" and not dated else "self_organised"
    return base().parameters["governance"].model_copy(update={"mode": mode})


def _policies(parks: Parks, park: Row) -> list[Row]:
    return [row for row in parks.policies if park["park"] in row["parks"].split(";")]


def levers(parks: Parks, park: Row) -> tuple[Lever, ...]:
    """Return the taxes of a park's country and its policies by year, as step functions from the first year on."""
    steps: dict[int, dict[str, float]] = {}
    for row in choice("taxes"):
        if row["country"] == park["country"]:
            steps.setdefault(int(row["year"]), {})[row["lever"]] = real_eur(row)
    if park["country"] in TRADING:
        rows: Any = load_scenario("chemelot").tables["levers"]
        for row in rows:
            if row.carbon_price is not None:
                steps.setdefault(int(row.date), {})["carbon_price"] = row.carbon_price
    sizes = {row["lever"]: (row["column"], float(row["size"])) for row in choice("lever_sizes")}
    for row in _policies(parks, park):
        if row["lever"] in sizes:
            column, size = sizes[row["lever"]]
            steps.setdefault(year(row["from"]) or 0, {})[column] = size
            if row["to"]:
                steps.setdefault(int(row["to"]) + 1, {})[column] = 0.0
    start = year(park["window_start"]) or 2000
    return tuple(Lever(date=float(when), **values) for when, values in _from(start, steps))


def _from(start: int, steps: Mapping[int, Mapping[str, float]]) -> list[tuple[int, dict[str, float]]]:
    """Return steps by year, those before the start put together at the start."""
    first: dict[str, float] = {}
    for when in sorted(one for one in steps if one <= start):
        first.update(steps[when])
    return [(start, first), *((when, dict(steps[when])) for when in sorted(steps) if when > start)]


def real_eur(row: Row) -> float:
    """Return a tax of its day in EUR of 2020."""
    rates = {one["currency"]: float(one["per_eur_2020"]) for one in choice("currencies")}
    return (number(row["value"]) or 0.0) / rates[row["currency"]] * (1 + INFLATION) ** (2020 - int(row["year"]))


def blind(scenario: Scenario, seed: int) -> Scenario:
    """Return a scenario whose dates are not those of the record: all dates of a company move together, by at most 5 years.

    One draw a company keeps their order; a company that is open from the first day stays so.
    """
    draw = np.random.default_rng([seed, 19])
    rows: Any = sorted(scenario.tables["companies"], key=lambda row: row.name)
    moved = {row.name: draw.uniform(-SHIFT_YEARS, SHIFT_YEARS) for row in rows}
    low, high = scenario.start_year, scenario.start_year + scenario.years
    companies = tuple(
        row.model_copy(update={name: _moved(getattr(row, name), moved[row.name], low, 2200.0) for name in ("opens", "closes")})
        for row in rows
    )  # fmt: skip
    dated: Any = scenario.tables["events"]
    events: list[Event] = [
        row.model_copy(update={"date": _moved(row.date, moved.get(row.company, 0.0), low, high - 1 / 12)})
        for row in dated
    ]
    return replace(scenario, tables={**scenario.tables, "companies": companies, "events": tuple(_each_once(events))})


def _moved(date: float | None, years: float, low: float, high: float) -> float | None:
    """Return a date moved by some years, to a month, inside the window; a date that does not exist stays so."""
    if date is None:
        return None
    return min(max(low, round((date + years) * 12) / 12), high)


def _each_once(events: Iterable[Event]) -> Iterable[Event]:
    """Yield the events in the order of dates, each key once: two that fall on the start are one."""
    seen = set()
    for row in sorted(events, key=lambda one: one.date):
        key = tuple(getattr(row, column) for column in Event.key)
        if key not in seen:
            seen.add(key)
            yield row
