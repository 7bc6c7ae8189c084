"""Who can have to do with whom: opportunities by a spatial index per material, contacts and directed pairs."""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy.spatial import cKDTree

from abm.indexing import distinct_pairs, order_by, rows_of_pairs, starts_of
from abm.randomness import CONTACT, identity_of, joins, uniforms
from abm.roster import Roster
from abm.scenario import Scenario
from abm.state import IN, OUT, Table, blank

THREADS = -1  # as many as there are; results do not depend on it
# t CO2 per t and km, empty return included for trucks (emission_factors.csv: 0.045 and 0.012 kg per t-km)
CARRIER_CO2 = {"truck": 9e-5, "ship": 1.2e-5, "pipe": 0.0, "wire": 0.0}


def list_opportunities(scenario: Scenario, roster: Roster, streams: Table) -> tuple[Table, Table, np.ndarray]:
    """Return every pair of streams within reach of a conversion, the index by buyer, and which go by pipe or wire.

    Candidate pairs come from a spatial index per material, nearest first, at most `discovery.partners` for one stream
    and conversion. Ordered by the seller's stream, conversion and distance.
    """
    place = np.column_stack([roster.x, roster.y])
    materials = {row.material: index for index, row in enumerate(scenario.tables["materials"])}
    found = [
        _pairs_of(scenario, row, number, materials, streams, place)
        for number, row in enumerate(scenario.tables["conversions"])
    ]
    supply, demand, conversion, distance = (
        np.concatenate(parts) if found else np.empty(0) for parts in zip(*found, strict=True)
    )
    order = order_by(supply, len(streams))
    supply, demand, conversion, distance = supply[order], demand[order], conversion[order], distance[order]
    table = blank("opportunities", len(supply))
    table.supply, table.demand, table.conversion, table.distance = supply, demand, conversion, distance
    table.seller, table.buyer = streams.company[supply], streams.company[demand]
    piped = _set_conversion(scenario, table, streams)
    _set_season(scenario, table, streams)
    table.way, table.identity = _identities(scenario, roster, table)
    for column in ("identified", "screened", "talks", "signed", "operating"):
        table[column] = np.nan
    return table, _index_needs(table, streams), piped


def _pairs_of(
    scenario: Scenario, row: Any, number: int, materials: dict[str, int], streams: Table, place: np.ndarray
) -> tuple[np.ndarray, ...]:
    """Return (supply, demand, conversion, distance) of one conversion."""
    material: Any = scenario.tables["materials"][materials[row.by_product]]
    gives = np.flatnonzero((streams.material == materials[row.by_product]) & (streams.direction == OUT))
    takes = np.flatnonzero((streams.material == materials[row.input]) & (streams.direction == IN))
    if len(gives) == 0 or len(takes) == 0:
        empty = np.empty(0, dtype=np.int64)
        return empty, empty, empty, np.empty(0)
    tree = cKDTree(place[streams.company[takes]])
    nearest = min(scenario["discovery.partners"] + 1, len(takes))
    distance, index = tree.query(
        place[streams.company[gives]], k=nearest, distance_upper_bound=material.max_km, workers=THREADS
    )
    distance, index = distance.reshape(len(gives), -1), index.reshape(len(gives), -1)
    reached = np.isfinite(distance)
    supply = np.broadcast_to(gives[:, None], distance.shape)[reached]
    demand = takes[index[reached]]
    distance = distance[reached]
    apart = streams.company[supply] != streams.company[demand]
    return supply[apart], demand[apart], np.full(apart.sum(), number), distance[apart]


def _set_conversion(scenario: Scenario, table: Table, streams: Table) -> np.ndarray:
    """Write what conversion, carrier and distance make of each opportunity, in place; return which go by pipe or wire."""
    rows: Any = scenario.tables["conversions"]
    materials: Any = {row.material: row for row in scenario.tables["materials"]}
    carried = [materials[row.by_product] for row in rows]

    def of(values: list) -> np.ndarray:
        return np.array(values, dtype=float)[table.conversion] if len(values) else np.empty(0)

    far = table.distance
    table.ratio = of([row.ratio for row in rows]) * streams.quality[table.supply]
    table.treatment = of([row.treatment_cost for row in rows])
    table.handling = of([row.handling_cost for row in rows])
    table.share = of([row.max_share for row in rows])
    table.lead = of([row.lead_months for row in rows])
    table.permit = of([row.permit for row in rows])
    table.transport = of([row.load_cost for row in carried]) + of([row.haul_cost for row in carried]) * far
    table.arriving = np.maximum(0.05, (1 - of([row.loss_per_km for row in carried])) ** far)
    table.capital_fixed = of([row.capex for row in rows]) + of([row.link_capex for row in carried]) * far
    table.capital_flow = of([row.capex_flow for row in rows]) + of([row.link_capex_flow for row in carried]) * far
    haul = of([CARRIER_CO2[row.carrier] * row.tonnes_per_unit for row in carried])
    table.burden = of([row.co2 / 1000 for row in rows]) + haul * far
    first = [0.0 if row.known_from is None else max(0.0, (row.known_from - scenario.start_year) * 12.0) for row in rows]
    table.known = of(first)
    allowed = [0 if row.allowed_from is None else max(0, (row.allowed_from - scenario.start_year) * 12) for row in rows]
    table.allowed = of(allowed)
    return of([row.carrier in ("pipe", "wire") for row in carried]) > 0


def _set_season(scenario: Scenario, table: Table, streams: Table) -> None:
    """Write how the seasons of both sides fit, in place.

    A contract's months follow the buyer's season when the by-product keeps for a month or more, else the smaller of both
    seasons. `fit` is the share of a yearly supply or need that can be promised so that no month asks for more than there
    is, stores included.
    """
    profiles = np.array([(1.0,) * 12, *(row.factors for row in scenario.tables["profiles"])])
    stored = np.array([min(11, int(row.storable_months)) for row in scenario.tables["materials"]])
    keeps = stored[streams.material[table.supply]]
    key = (keeps * len(profiles) + streams.profile[table.supply]) * len(profiles) + streams.profile[table.demand]
    seasons = np.zeros((12 * len(profiles) ** 2, 3))
    for number in np.flatnonzero(np.bincount(key, minlength=len(seasons))):
        months, pair = divmod(int(number), len(profiles) ** 2)
        seasons[number] = _season(profiles[pair // len(profiles)], profiles[pair % len(profiles)], months)
    table.keeps = keeps > 0
    table.season, table.fit_supply, table.fit_demand = seasons[key].T


def _season(supply: np.ndarray, demand: np.ndarray, stored: int) -> tuple[float, float, float]:
    """Return (factor to a mean of 1, fit of the supply, fit of the need) of two seasons; 0 when they never meet.

    supply, demand: [12] with mean 1. stored: whole months the by-product keeps.
    """
    months = demand if stored > 0 else np.minimum(supply, demand)
    if months.mean() <= 0:
        return 0.0, 0.0, 0.0
    shape = months / months.mean()
    fit_demand = min(demand[month] / shape[month] for month in range(12) if shape[month] > 0)
    return 1 / months.mean(), _fit_of_supply(supply, shape, stored), fit_demand


def _fit_of_supply(supply: np.ndarray, shape: np.ndarray, stored: int) -> float:
    """Return the largest share of a supply with which no run of months asks for more than it and the months before give."""
    fits = [1.0]
    for start in range(12):
        for length in range(1, 13):
            asked = sum(shape[(start + month) % 12] for month in range(length))
            given = sum(supply[(start + month) % 12] for month in range(-min(stored, 12 - length), length))
            if asked > 0:
                fits.append(given / asked)
    return float(min(fits))


def _identities(scenario: Scenario, roster: Roster, table: Table) -> tuple[np.ndarray, np.ndarray]:
    """Return the stable identity of each opportunity: of seller, buyer and conversion."""
    rows: Any = scenario.tables["conversions"]
    conversions = np.array([identity_of(f"{row.by_product}>{row.input}") for row in rows], dtype=np.uint64)
    ways = conversions[table.conversion]
    with np.errstate(over="ignore"):
        return ways, joins(joins(roster.identity[table.seller], roster.identity[table.buyer]), ways)


def _index_needs(table: Table, streams: Table) -> Table:
    """Return opportunities ordered by the buyer's stream; each stream learns where its own begin, in place."""
    count = len(streams)
    needs = blank("needs", len(table))
    demand = np.ascontiguousarray(table.demand)
    needs.opportunity = order_by(demand, count)
    by_supply, by_demand = starts_of(np.ascontiguousarray(table.supply), count), starts_of(demand, count)
    gives = streams.direction == OUT
    streams.opportunity_first = np.where(gives, by_supply[:-1], by_demand[:-1])
    streams.opportunity_count = np.where(gives, np.diff(by_supply), np.diff(by_demand))
    return needs


def link_contacts(scenario: Scenario, roster: Roster, companies: Table, opportunities: Table) -> Table:
    """Return the contacts of each company, both ways: named ones, or the nearest with some far ones (small world).

    Only companies that could exchange with anybody are in contact.
    """
    able = np.zeros(len(companies), dtype=bool)
    able[opportunities.seller] = True
    able[opportunities.buyer] = True
    active = np.flatnonzero(able)
    count = min(scenario["social.contacts"], max(0, len(active) - 1))
    named = _named(roster)
    owner, other = _nearest(roster, active, count, scenario["social.rewiring"])
    unnamed = ~np.isin(owner, named[:, 0]) & (owner != other)
    owner, other = owner[unnamed], other[unnamed]
    here = np.concatenate([owner, other, named[:, 0], named[:, 1]])
    there = np.concatenate([other, owner, named[:, 1], named[:, 0]])
    _, others, first = distinct_pairs(here, there, len(companies))
    table = blank("contacts", len(others))
    table.other = others
    companies.contact_first = first[:-1]
    companies.contact_count = np.diff(first)
    return table


def _nearest(roster: Roster, active: np.ndarray, count: int, rewiring: float) -> tuple[np.ndarray, np.ndarray]:
    """Return (owner, other) of the nearest contacts; a share of them is rewired to companies anywhere."""
    if count == 0:
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
    place = np.column_stack([roster.x, roster.y])[active]
    index = cKDTree(place).query(place, k=count + 1, workers=THREADS)[1][:, 1:]
    owner = np.repeat(active, index.shape[1])
    other = active[index.ravel()]
    seed = np.uint64(0)
    with np.errstate(over="ignore"):
        keys = joins(roster.identity[owner], roster.identity[other])
        draws = uniforms(seed, CONTACT, 0, keys)
        far = uniforms(seed, CONTACT, 1, keys[draws < rewiring])
    other = other.copy()
    other[draws < rewiring] = active[np.minimum((far * len(active)).astype(np.int64), len(active) - 1)]
    return owner, other


def _named(roster: Roster) -> np.ndarray:
    """Return (owner, other) of the contacts that the table names."""
    from abm.checking import split_names

    if roster.rows is None:
        return np.empty((0, 2), dtype=np.int64)
    rows = {name: place for place, name in enumerate(roster.names)}
    pairs = [(place, rows[name]) for place, row in enumerate(roster.rows) for name in split_names(row.contacts)]
    return np.array(pairs, dtype=np.int64).reshape(-1, 2)


def link_pairs(companies: Table, opportunities: Table, contacts: Table) -> tuple[Table, np.ndarray]:
    """Return the directed pairs of companies that may deal or are in contact, and which of them have one owner.

    Opportunities and contacts learn the rows of their pairs, in place.
    """
    count = len(companies)
    seller, buyer = np.ascontiguousarray(opportunities.seller), np.ascontiguousarray(opportunities.buyer)
    knows, known = np.repeat(np.arange(count), companies.contact_count), np.ascontiguousarray(contacts.other)
    here, there = np.concatenate([seller, buyer, knows]), np.concatenate([buyer, seller, known])
    owner, other, first = distinct_pairs(here, there, count)
    table = blank("pairs", len(owner))
    table.owner, table.other = owner, other
    companies.pair_first = first[:-1]
    companies.pair_count = np.diff(first)
    opportunities.there = rows_of_pairs(seller, buyer, first, other)
    opportunities.back = rows_of_pairs(buyer, seller, first, other)
    contacts.pair = rows_of_pairs(knows, known, first, other)
    table.contact[contacts.pair] = 1
    owners = companies.owner
    return table, (owners[owner] != 0) & (owners[owner] == owners[other])
