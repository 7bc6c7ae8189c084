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

LIFE = {"pipe": 40.0, "wire": 40.0, "truck": 15.0, "ship": 15.0}  # years, of what a connection needs


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
    for way in tables["conversions"]:
        for supply in gives.get(way.by_product, ()):
            for need in needs.get(way.input, ()):
                if supply.company != need.company and supply.amount > 0 and need.amount > 0:
                    found.append(_row(park, way, supply, need, carried[way.by_product], ways, used))
    return sorted(found, key=lambda row: (row.giver, row.taker, row.material, row.input))


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


def _row(park: Park, way: Any, supply: Stream, need: Stream, carried: Any, ways: dict, used: dict) -> Row:
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
    fixed_capital = 0.0 if contract is not None else way.capex + carried.link_capex * km
    flow_capital = 0.0 if contract is not None else way.capex_flow + carried.link_capex_flow * km
    capital = fixed_capital + flow_capital * most
    term = scenario["contract.term_pipe" if carried.carrier in ("pipe", "wire") else "contract.term_truck"]
    life, rate = LIFE[carried.carrier], min(giver.wacc, taker.wacc)
    monitoring = scenario["contract.monitoring_cost"]
    charge = annuity(rate, life)
    arranging = 0.0 if contract is not None else 2 * scenario["contract.transaction_cost"] * annuity(rate, term)
    worst = max(supply.grade, need.grade, key=GRADES.index)
    row = Row(
        giver.name, taker.name, way.by_product, way.input, supply, need, way, km, k, most, most, p_min, p_max, capital,
        setting(scenario, "investment.om_share", 0.0) * capital, monitoring,
        0.5 * capital * annuity(giver.wacc, min(term, giver.payback)), 0.5 * capital * annuity(taker.wacc, min(term, taker.payback)),
        min(giver.payback, taker.payback), fixed_capital * charge + arranging + 2 * monitoring, flow_capital * charge, 0.0, 0.0, worst,
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
    ends = []
    for supply in (row.supply.low, row.supply.high):
        for need in (row.need.low, row.need.high):
            most = _most(dependable, supply, need * share, fits, row.k, None)
            for disposal in disposal_ends(row.supply):
                changed = replace(row, quantity=most, p_min=row.p_min + row.supply.disposal - disposal)
                ends.append(changed.value)
    return replace(row, low=min(*ends, row.value), high=max(*ends, row.value))


def disposal_ends(supply: Stream) -> tuple[float, ...]:
    """Return the ends of what disposal costs: with none and with all of the stream recovered already."""
    if 0 < supply.recovered < 1:
        return (0.0, supply.disposal / (1 - supply.recovered))
    return (supply.disposal,)
