"""What each possible exchange is worth before any run: quantity, both sides' value, fair price, capital, payback.

At mean prices of the start year and the rules in force, expected outages left in, no chance and no behaviour (own_park.md 6):

    p_min = handling - disposal cost - subsidy          p_max = k virgin cost - treatment - transport - carbon + subsidy
    value = Q (p_max - p_min) - 2 monitoring - om
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from ecopark.abm.initialization.distances import CARRIERS
from ecopark.abm.initialization.opportunities import CARRIER_CO2, season_of
from ecopark.abm.input.scenario import Scenario

from .row import Cause, Row, fitting
from .streams import GRADES, Park, Stream

LARGE = 150  # companies above which only the nearest takers within twice the reach are looked at
TRACE = 1e-9  # unit a year below which a quantity is none: a milligram of a tonne
SEASON = SERVED = RECOVERED = (
    0.5  # share of a need at the wrong time, of an input served, of a stream recovered, that is said
)


def setting(scenario: Scenario, name: str, missing: float) -> float:
    """Return a parameter, or a value where the model has none of that name."""
    try:
        return float(scenario[name])
    except (KeyError, AttributeError):
        return missing


@lru_cache(maxsize=4096)
def annuity(rate: float, years: float) -> float:
    """Return the yearly payment per EUR borrowed."""
    return 1 / years if rate < 1e-9 else rate / (1 - (1 + rate) ** -years)


@lru_cache(maxsize=4096)
def season_fit(
    supply: tuple[float, ...], demand: tuple[float, ...], keeps: int
) -> tuple[tuple[float, float], tuple[float, ...]]:
    """Return the shares of a yearly supply and need that fit each other's season, and the part of a flow in each month."""
    factor, fit_supply, fit_demand = season_of(np.array(supply), np.array(demand), keeps)
    months = np.array(demand) if keeps > 0 else np.minimum(supply, demand)
    return (float(fit_supply), float(fit_demand)), tuple((factor / 12 * months).tolist())


@dataclass
class Ground:
    """What all rows of a park share, looked up once. used: contracts of exchanges.csv; taken: what they take of each stream."""

    park: Park
    ways: dict[tuple[str, str, str], float]
    used: dict[tuple[str, str, str, str], Any]
    goods: dict[str, Any]
    gives: dict[str, list[Stream]] = field(default_factory=dict)
    needs: dict[str, list[Stream]] = field(default_factory=dict)
    places: dict[str, np.ndarray] = field(default_factory=dict)
    taken: dict[tuple[str, ...], float] = field(default_factory=dict)

    dependable: float = field(init=False)
    arranging: float = field(init=False)
    monitoring: float = field(init=False)
    to_giver: float = field(init=False)

    def __post_init__(self) -> None:
        """Sort the streams, look up what all contracts cost, and add up what is under contract."""
        self.dependable, self.arranging, self.monitoring = (
            self.park.scenario[f"contract.{name}"] for name in ("dependable", "transaction_cost", "monitoring_cost")
        )
        self.to_giver = self.park.scenario["contract.subsidy_to_seller"]
        for stream in self.park.streams:
            if stream.amount > 0:
                (self.gives if stream.out else self.needs).setdefault(stream.material, []).append(stream)
        for material, streams in self.needs.items():
            plants = [self.park.plants[one.company] for one in streams]
            self.places[material] = np.array([(plant.x, plant.y) for plant in plants])
        ways = {(row.by_product, row.input): row for row in self.park.scenario.tables["conversions"]}  # type: ignore[attr-defined]
        for (giver, taker, material, wanted), contract in self.used.items():
            replaced = contract.per_year * ways[material, wanted].ratio
            for key, amount in (
                (("out", giver, material), contract.per_year),
                (("in", taker, wanted), replaced),
                (("in", taker, wanted, material), replaced),
            ):
                self.taken[key] = self.taken.get(key, 0.0) + amount


def rows_of(park: Park, paying: bool = False) -> list[Row]:
    """Return every pair of streams that a conversion of the library joins, near or far, in the order of names.

    paying: without those that could not pay and are not in use, which are in no best network.
    """
    goods = {row.material: row for row in park.scenario.tables["materials"]}  # type: ignore[attr-defined]
    ground = Ground(park, distances_of(park), contracts_of(park), goods)
    found = []
    for way, terms in zip(park.scenario.tables["conversions"], terms_of(park), strict=True):
        for supply in ground.gives.get(way.by_product, ()) if way.input in ground.needs else ():  # type: ignore[attr-defined]
            pairs = (
                _row(ground, way, terms, supply, need)
                for need in _takers(ground, way, supply)
                if supply.company != need.company
            )
            found += [row for row in pairs if not paying or row.in_use or (row.quantity > 0 and row.net > 0)]
    for row in found:
        if not row.in_use:  # nobody else has the row yet: what speaks against it is written into it once
            object.__setattr__(row, "causes", tuple(causes_of(ground, row)))
    return sorted(found, key=lambda row: (row.giver, row.taker, row.material, row.input))


class Terms(NamedTuple):
    """What the exchanges of a conversion have in common: lives [years], share of capital for upkeep, standard term [years]."""

    link_life: float
    equipment_life: float
    om_share: float
    term: float


def terms_of(park: Park) -> list[Terms]:
    """Return the terms of each conversion, as the model has them."""
    columns = [np.asarray(getattr(park.terms, name), dtype=float).tolist() for name in Terms._fields]
    return [Terms(*row) for row in zip(*columns, strict=True)]


def _takers(ground: Ground, way: Any, supply: Stream) -> list[Stream]:
    """Return who may take a supply: all; in large parks the nearest within twice the reach, as many as `discovery.partners`."""
    needs = ground.needs[way.input]
    if len(ground.park.plants) <= LARGE:
        return needs
    here = ground.park.plants[supply.company]
    places = ground.places[way.input]
    away = np.hypot(places[:, 0] - here.x, places[:, 1] - here.y)
    near = np.flatnonzero(away <= 2 * ground.goods[way.by_product].max_km)
    most = int(ground.park.scenario["discovery.partners"])
    if len(near) > most + 1:
        near = np.sort(near[np.argpartition(away[near], most)[: most + 1]])
    given = {name for giver, name, carrier in ground.ways if giver == supply.company} if ground.ways else ()
    known = {need for giver, need, material, _ in ground.used if (giver, material) == (supply.company, way.by_product)}
    more = [place for place, need in enumerate(needs) if need.company in known or need.company in given]
    return [needs[place] for place in sorted({*near.tolist(), *more})]


def distances_of(park: Park) -> dict[tuple[str, str, str], float]:
    """Return given distances by both names and carrier."""
    found = {}
    for row in park.scenario.tables["distances"]:
        line: Any = row
        for carrier in CARRIERS[line.way]:
            found[line.from_, line.to, carrier] = found[line.to, line.from_, carrier] = line.km
    return found


def contracts_of(park: Park) -> dict[tuple[str, str, str, str], Any]:
    """Return the exchanges that stand in exchanges.csv, by giver, taker, material and input."""
    rows: Any = park.scenario.tables.get("exchanges", ())
    return {(row.giver, row.taker, row.material, row.input): row for row in rows}


def _row(ground: Ground, way: Any, terms: Terms, supply: Stream, need: Stream) -> Row:
    """Return one possible exchange with all its numbers."""
    market, carried = ground.park.market, ground.goods[way.by_product]
    giver, taker = ground.park.plants[supply.company], ground.park.plants[need.company]
    km = ground.ways.get((giver.name, taker.name, carried.carrier), math.hypot(giver.x - taker.x, giver.y - taker.y))
    arriving = max(0.05, (1 - carried.loss_per_km) ** km) if carried.loss_per_km else 1.0
    k = arriving * way.ratio * supply.quality
    fits, shape = season_fit(supply.profile, need.profile, min(11, int(carried.storable_months)))
    contract = ground.used.get((giver.name, taker.name, way.by_product, way.input))
    dependable = ground.dependable
    most = float(contract.per_year) if contract is not None else _most(ground, way, supply, need, fits, k, dependable)
    most = most if most >= TRACE else 0.0
    burden = way.co2 / 1000 + CARRIER_CO2[carried.carrier] * carried.tonnes_per_unit * km
    price = market.cost.get(way.input, 0.0)
    subsidy, to_giver = market.subsidy * k * price, ground.to_giver
    p_min = way.handling_cost + forgone(way, market) - supply.disposal - to_giver * subsidy
    spent = way.treatment_cost + carried.load_cost + carried.haul_cost * km + market.carbon * burden
    p_max = k * price - spent + (1.0 - to_giver) * subsidy
    rate = min(giver.wacc, taker.wacc)
    link, equipment, arranging = (
        annuity(rate, terms.link_life), annuity(rate, terms.equipment_life), ground.arranging * annuity(rate, terms.term)
    ) if contract is None else (0.0, 0.0, 0.0)  # fmt: skip
    link_fixed, link_flow = carried.link_capex * km, carried.link_capex_flow * km
    as_new = link_fixed + way.capex + (link_flow + way.capex_flow) * most
    own = 1.0 - market.grant
    capital = own * as_new if contract is None else 0.0
    monitoring = ground.monitoring
    return Row(
        giver.name, taker.name, supply, need, way, carried, ground.goods[way.input], km, k, fits, shape, dependable, most, price, p_min, p_max,
        capital, terms.om_share * as_new, monitoring, 0.5 * capital * annuity(giver.wacc, min(terms.term, giver.payback)),
        0.5 * capital * annuity(taker.wacc, min(terms.term, taker.payback)), min(giver.payback, taker.payback),
        own * (link * link_fixed + equipment * way.capex) + arranging + 2 * monitoring, own * (link * link_flow + equipment * way.capex_flow),
        max(supply.grade, need.grade, key=GRADES.index), contract is not None, None if contract is None else contract.price,
    )  # fmt: skip


def _most(
    ground: Ground, way: Any, supply: Stream, need: Stream, fits: tuple[float, float], k: float, dependable: float
) -> float:
    """Return the largest quantity that fits both sides beside what is under contract [unit a year]."""
    taken = ground.taken
    if not taken:
        return fitting(dependable, supply.amount, need.amount * way.max_share, fits, k)
    left = supply.amount - taken.get(("out", supply.company, supply.material), 0.0) / dependable
    used = taken.get(("in", need.company, need.material), 0.0) / dependable
    alike = taken.get(("in", need.company, need.material, supply.material), 0.0) / dependable
    free = min(need.amount - used, need.amount * way.max_share - alike)
    return fitting(dependable, max(0.0, left), max(0.0, free), fits, k)


def forgone(way: Any, market: Any) -> float:
    """Return what the giver gives up by a unit, such as power for steam [EUR/unit]."""
    material = getattr(way, "forgone", None)
    if not material:
        return 0.0
    return float(way.forgone_units * way.forgone_share * market.good.get(material, 0.0))


def causes_of(ground: Ground, row: Row) -> Iterator[Cause]:
    """Yield what speaks against an exchange, what forbids first."""
    if row.km > row.carried.max_km:
        yield Cause("far", row.carried.max_km)
    yield from _times(ground.park, row)
    cold, warm = row.supply.temperature, row.need.temperature
    if cold is not None and warm is not None and cold < warm and row.way.treatment_cost < 1:
        yield Cause("cold", cold, warm)
    if min(row.fits) < 1 - SEASON:
        yield Cause("season", 1 - min(row.fits))
    served = ground.taken.get(("in", row.taker, row.input), 0.0) / row.need.amount
    if served > SERVED:
        yield Cause("served", served)
    if row.supply.recovered > RECOVERED:
        yield Cause("recovered", row.supply.recovered)
    value = row.value
    if row.quantity <= 0:
        yield Cause("nothing")
    elif value <= 0:
        yield Cause("loses", -value / row.quantity)
    elif row.capital > row.limit * value:
        yield Cause("slow", row.capital / value, row.limit)


def _times(park: Park, row: Row) -> Iterator[Cause]:
    """Yield what the years of the plants and of the technique say."""
    giver, taker, year = park.plants[row.giver], park.plants[row.taker], park.scenario.start_year
    opens = max(giver.opens, taker.opens)
    known, allowed = row.way.known_from, row.way.allowed_from
    known = max(-math.inf if known is None else known, -math.inf if allowed is None else allowed)
    if max(opens, known) > year:
        yield Cause("opens", opens) if opens >= known else Cause("known", known)
    if min(giver.closes, taker.closes) <= year:
        yield Cause("closed")
