"""What each possible exchange is worth before any run: quantity, both sides' value, fair price, capital, payback.

At mean prices of the start year and the rules in force, expected outages left in, no chance and no behaviour (own_park.md 6):

    p_min = handling - disposal cost          p_max = k virgin cost - treatment - transport - carbon
    value = Q (p_max - p_min) - 2 monitoring - om
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np

from ecopark.abm.initialization.opportunities import CARRIER_CO2, _season
from ecopark.abm.input.scenario import Scenario

from .streams import GRADES, Park, Stream

LARGE = 150  # companies above which only the nearest takers are looked at


@dataclass(frozen=True)
class Row:
    """A possible exchange. Quantities in the unit of the by-product a year, money in EUR (of a year, but for capital).

    unit: value of a unit to both, before fixed costs. reasons: why not, what forbids first; empty: worth talking.
    """

    giver: str
    taker: str
    material: str
    input: str
    supply: Stream
    need: Stream
    way: Any
    km: float
    k: float
    most: float
    quantity: float
    p_min: float
    p_max: float
    capital: float
    om: float
    monitoring: float
    charge_giver: float
    charge_taker: float
    limit: float
    fixed: float
    flow_charge: float
    low: float
    high: float
    letter: str
    in_use: bool = False
    price_in_use: float | None = None
    season: float = 1.0
    reasons: tuple[str, ...] = ()
    in_best: float = 0.0

    @property
    def unit(self) -> float:
        """Return what a unit is worth to both [EUR/unit]."""
        return self.p_max - self.p_min

    @property
    def value(self) -> float:
        """Return what the exchange is worth to both [EUR a year]."""
        return self.quantity * self.unit - 2 * self.monitoring - self.om

    @property
    def fair(self) -> float:
        """Return the price at which both have the same after the annuity of their half of the capital [EUR/unit]."""
        if self.quantity <= 0:
            return 0.5 * (self.p_min + self.p_max)
        return 0.5 * (self.p_min + self.p_max) + (self.charge_giver - self.charge_taker) / (2 * self.quantity)

    def giver_value(self, price: float) -> float:
        """Return what it is worth to the giver at a price [EUR a year]."""
        return self.quantity * (price - self.p_min) - self.monitoring - 0.5 * self.om

    def taker_value(self, price: float) -> float:
        """Return what it is worth to the taker at a price [EUR a year]."""
        return self.quantity * (self.p_max - price) - self.monitoring - 0.5 * self.om

    @property
    def payback(self) -> float:
        """Return capital over value [years]; infinite where it loses money."""
        return self.capital / self.value if self.value > 0 else float("inf")

    @property
    def net(self) -> float:
        """Return the value less annuities [EUR a year]."""
        return self.quantity * (self.unit - self.flow_charge) - self.fixed


def setting(scenario: Scenario, name: str, missing: float) -> float:
    """Return a parameter, or a value where the model has none of that name."""
    try:
        return float(scenario[name])
    except (KeyError, AttributeError):
        return missing


def annuity(rate: float, years: float) -> float:
    """Return the yearly payment per EUR borrowed."""
    return 1 / years if rate < 1e-9 else rate / (1 - (1 + rate) ** -years)


@lru_cache(maxsize=4096)
def season_fit(supply: tuple[float, ...], demand: tuple[float, ...], keeps: int) -> tuple[float, float]:
    """Return the shares of a yearly supply and need that fit each other's season."""
    _, fit_supply, fit_demand = _season(np.array(supply), np.array(demand), keeps)
    return float(fit_supply), float(fit_demand)


def rows_of(park: Park) -> list[Row]:
    """Return every pair of streams that a conversion of the library joins, near or far, in the order of names."""
    tables: Any = park.scenario.tables
    gives: dict[str, list[Stream]] = {}
    needs: dict[str, list[Stream]] = {}
    for stream in park.streams:
        (gives if stream.out else needs).setdefault(stream.material, []).append(stream)
    ways = distances_of(park)
    carried = {row.material: row for row in tables["materials"]}
    used = contracts_of(park)
    found = []
    for way, terms in zip(tables["conversions"], park.terms, strict=True):
        for supply in gives.get(way.by_product, ()) if way.input in needs else ():
            found += [
                _row(park, way, terms, supply, need, carried[way.by_product], ways, used)
                for need in _takers(park, supply, needs[way.input])
                if supply.company != need.company and supply.amount > 0 and need.amount > 0
            ]
    return sorted(found, key=lambda row: (row.giver, row.taker, row.material, row.input))


def _takers(park: Park, supply: Stream, needs: list[Stream]) -> list[Stream]:
    """Return who may take a supply: all, in large parks the nearest, as many as the model considers (`discovery.partners`)."""
    most = int(park.scenario["discovery.partners"])
    if len(park.plants) <= LARGE or len(needs) <= most:
        return needs
    here = park.plants[supply.company]
    places = np.array([(park.plants[need.company].x, park.plants[need.company].y) for need in needs])
    away = np.hypot(places[:, 0] - here.x, places[:, 1] - here.y)
    return [needs[place] for place in sorted(np.argpartition(away, most)[: most + 1].tolist())]


def distances_of(park: Park) -> dict[tuple[str, str, str], float]:
    """Return given distances by both names and carrier."""
    from ecopark.abm.initialization.distances import CARRIERS

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


def _row(park: Park, way: Any, terms: Any, supply: Stream, need: Stream, carried: Any, ways: dict, used: dict) -> Row:
    """Return one possible exchange with all its numbers."""
    scenario, market = park.scenario, park.market
    giver, taker = park.plants[supply.company], park.plants[need.company]
    straight = float(np.hypot(giver.x - taker.x, giver.y - taker.y))
    km = ways.get((giver.name, taker.name, carried.carrier), straight)
    arriving = max(0.05, (1 - carried.loss_per_km) ** km) if carried.loss_per_km else 1.0
    k = arriving * way.ratio * supply.quality
    fits = season_fit(supply.profile, need.profile, min(11, int(carried.storable_months)))
    dependable = scenario["contract.dependable"]
    contract = used.get((giver.name, taker.name, way.by_product, way.input))
    taken = _taken(used, supply, need, k)
    most = _most(dependable, supply.amount - taken[0], need.amount * way.max_share - taken[1], fits, k, contract)
    burden = way.co2 / 1000 + CARRIER_CO2[carried.carrier] * carried.tonnes_per_unit * km
    p_min = way.handling_cost + forgone(way, market) - supply.disposal
    p_max = k * market.cost.get(way.input, 0.0) - way.treatment_cost - carried.load_cost - carried.haul_cost * km
    p_max -= market.carbon * burden
    rate, term = min(giver.wacc, taker.wacc), float(terms.term)
    sunk = contract is not None
    link, equipment = (
        (0.0, 0.0) if sunk else (annuity(rate, float(life)) for life in (terms.link_life, terms.equipment_life))
    )
    link_fixed, link_flow = carried.link_capex * km, carried.link_capex_flow * km
    as_new = link_fixed + way.capex + (link_flow + way.capex_flow) * most
    capital = 0.0 if sunk else as_new
    monitoring = scenario["contract.monitoring_cost"]
    arranging = 0.0 if sunk else 2 * scenario["contract.transaction_cost"] * annuity(rate, term)
    fixed = link * link_fixed + equipment * way.capex + arranging + 2 * monitoring
    worst = max(supply.grade, need.grade, key=GRADES.index)
    row = Row(
        giver.name, taker.name, way.by_product, way.input, supply, need, way, km, k, most, most, p_min, p_max, capital,
        float(terms.om_share) * as_new, monitoring,
        0.5 * capital * annuity(giver.wacc, min(term, giver.payback)), 0.5 * capital * annuity(taker.wacc, min(term, taker.payback)),
        min(giver.payback, taker.payback), fixed, link * link_flow + equipment * way.capex_flow, 0.0, 0.0, worst,
        contract is not None, None if contract is None else contract.price, min(fits),
    )  # fmt: skip
    return with_range(row, dependable, fits, way.max_share)


def _taken(used: dict, supply: Stream, need: Stream, k: float) -> tuple[float, float]:
    """Return what is under contract already of a supply and of a need."""
    out = sum(one.per_year for key, one in used.items() if key[0] == supply.company and key[2] == supply.material)
    into = sum(one.per_year * k for key, one in used.items() if key[1] == need.company and key[3] == need.material)
    return out, into


def _most(dependable: float, supply: float, need: float, fits: tuple[float, float], k: float, contract: Any) -> float:
    """Return the largest quantity that fits both sides [unit a year]; of a contract its own."""
    if contract is not None:
        return float(contract.per_year)
    return max(0.0, dependable * min(supply * fits[0], need * fits[1] / k if k > 0 else 0.0))


def forgone(way: Any, market: Any) -> float:
    """Return what the giver gives up by a unit, such as power for steam [EUR/unit]."""
    material = getattr(way, "forgone", None)
    if not material:
        return 0.0
    return float(way.forgone_units * way.forgone_share * market.cost.get(material, 0.0))


def with_range(row: Row, dependable: float, fits: tuple[float, float], share: float) -> Row:
    """Return a row with the low and high of its value when each cell it rests on goes to its ends."""
    if row.in_use:
        return replace(row, low=row.value, high=row.value)
    rest = row.p_min + row.supply.disposal
    share_of_om = row.om / row.most if row.most > 0 else 0.0
    ends = [row.value]
    for supply in (row.supply.low, row.supply.high):
        for need in (row.need.low, row.need.high):
            most = _most(dependable, supply, need * share, fits, row.k, None)
            for disposal in disposal_ends(row.supply):
                ends.append(most * (row.p_max - rest + disposal - share_of_om) - 2 * row.monitoring)
    return replace(row, low=min(ends), high=max(ends))


def disposal_ends(supply: Stream) -> tuple[float, ...]:
    """Return the ends of what disposal costs: with none and with all of the stream recovered already."""
    if 0 < supply.recovered < 1:
        return (0.0, supply.disposal / (1 - supply.recovered))
    return (supply.disposal,)
