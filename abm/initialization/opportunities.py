"""Who can have to do with whom: opportunities by a spatial index per material, contacts and directed ties."""

from __future__ import annotations

from functools import reduce
from operator import add
from typing import Any

import numpy as np

from ..entities.codes import OUT
from ..entities.tables import Table, blank, filled
from ..input.joined_rows import pipe_classes
from ..input.scenario import Scenario
from ..numerics.elementary import powers
from ..numerics.randomness import identity_of
from ..numerics.sorting import distinct_others
from .companies import Roster
from .distances import set_distances
from .nearest import nearest
from .reach import find_takers, partners_of
from .row_writers import index_needs, list_ties, rewire, write_links
from .template import kept

# t CO2 per t and km, empty return included for trucks (emission_factors.csv: 0.045 and 0.012 kg per t-km)
# years that equipment of truck deals lasts at most (A)
TRUCK_LIFE = 15.0
CARRIER_CO2 = {"truck": 9e-5, "ship": 1.2e-5, "pipe": 0.0, "wire": 0.0}


def list_links(scenario: Scenario, roster: Roster, streams: Table) -> tuple[Table, np.ndarray, Table, Table]:
    """Return every pair of streams within reach of a conversion, their identities, how their seasons fit, the index by buyer.

    Candidate pairs come from a spatial index per material, nearest first, at most `partners` for one stream and
    conversion. Ordered by the seller's stream, conversion and distance. Streams learn where their own begin, in place.
    """
    takers = find_takers(scenario, roster, streams)
    most = partners_of(scenario, len(roster.x))
    given = streams.material[streams.direction == OUT]
    links = blank("opportunities", most * int(np.diff(takers.first)[given].sum()))
    conversions = list_conversions(scenario).view(np.ndarray)
    profiles = len(scenario.tables["profiles"]) + 1
    occurs = np.zeros((12, profiles, profiles), dtype=bool)
    company, profile = np.ascontiguousarray(streams.company), np.ascontiguousarray(streams.profile)
    identities = np.zeros(len(links), dtype=np.uint64)
    used = write_links(
        links.view(np.ndarray), identities, most, takers, conversions, streams.view(np.ndarray), company, profile,
        roster.identity, occurs,
    )  # fmt: skip
    links, identities = links[:used], identities[:used]
    if scenario.tables["distances"]:
        links, identities = set_distances(scenario, roster, streams, links, identities)
    _set_losses(scenario, links)
    needs = blank("needs", len(links))
    index_needs(needs.view(np.ndarray), streams.view(np.ndarray), np.ascontiguousarray(links.demand))
    return links, identities, list_seasons(scenario, occurs), needs


def _set_losses(scenario: Scenario, links: Table) -> None:
    """Set the share that is not lost on the way, in place: at least 5 %."""
    losses = {row.material: row.loss_per_km for row in scenario.tables["materials"]}
    kept = 1 - np.array([losses[row.by_product] for row in scenario.tables["conversions"]], dtype=float)
    lossy = np.flatnonzero((kept < 1)[links.conversion])
    links.arriving[lossy] = np.maximum(
        0.05, powers(kept[links.conversion[lossy]], np.ascontiguousarray(links.distance[lossy]))
    )


@kept
def list_conversions(scenario: Scenario) -> Table:
    """Return what the opportunities of each conversion have in common, one row per conversion."""
    tables: Any = scenario.tables
    materials = {row.material: row for row in tables["materials"]}
    places = {name: place for place, name in enumerate(materials)}
    rows = [
        {
            **_technique(scenario, row, materials[row.by_product]),
            **_goods(scenario, row, materials[row.by_product], places),
        }
        for row in tables["conversions"]
    ]
    return filled("conversions", rows)


def _technique(scenario: Scenario, row: Any, carried: Any) -> dict[str, Any]:
    """Return what a conversion does and costs. row: of conversions.csv; carried: the by-product's row of materials.csv."""
    return {
        "way": identity_of(f"{row.by_product}>{row.input}"),
        "ratio": row.ratio,
        "share": row.max_share,
        "lead": row.lead_months,
        "treatment": row.treatment_cost,
        "handling": row.handling_cost,
        "load": carried.load_cost,
        "haul": carried.haul_cost,
        "capital_fixed": row.capex,
        "link_fixed": carried.link_capex,
        "capital_flow": row.capex_flow,
        "link_flow": carried.link_capex_flow,
        "burden": row.co2 / 1000,
        "haul_burden": CARRIER_CO2[carried.carrier] * carried.tonnes_per_unit,
        "known": 0.0 if row.known_from is None else max(0.0, (row.known_from - scenario.start_year) * 12.0),
        "allowed": 0.0 if row.allowed_from is None else max(0, (row.allowed_from - scenario.start_year) * 12),
        "permit": row.permit,
        "keeps": min(11, int(carried.storable_months)),
    }


def _goods(scenario: Scenario, row: Any, carried: Any, places: dict[str, int]) -> dict[str, Any]:
    """Return what a conversion needs and gives up: pipe class, lives, upkeep, term, the good forgone [row of materials]."""
    piped = carried.carrier in ("pipe", "wire")
    life = scenario["investment.life_equipment"]
    return {
        "forgone": places[row.forgone] if row.forgone else -1,
        "forgone_units": row.forgone_units,
        "forgone_share": row.forgone_share,
        "pipe": pipe_classes(scenario.tables).index(carried.pipe_class or carried.carrier),
        "link_life": carried.link_life or scenario["investment.life_link"],
        "equipment_life": row.asset_life or (life if piped else min(life, TRUCK_LIFE)),
        "om_share": scenario["investment.om_share"] if row.om_share is None else row.om_share,
        "term": scenario["contract.term_pipe"] if piped else scenario["contract.term_truck"],
    }


def list_seasons(scenario: Scenario, occurs: np.ndarray) -> Table:
    """Return how the seasons of both sides fit, a row for each [months kept, seller's profile, buyer's profile] in turn.

    A contract's months follow the buyer's season when the by-product keeps for a month or more, else the smaller of both
    seasons. `fit` is the share of a yearly supply or need that can be promised so that no month asks for more than there
    is, stores included. Only what occurs is filled in.
    """
    profiles = np.array([(1.0,) * 12, *(row.factors for row in scenario.tables["profiles"])])
    seasons = blank("seasons", occurs.size)
    for months, supply, demand in np.argwhere(occurs).tolist():
        row = np.ravel_multi_index((months, supply, demand), occurs.shape)
        seasons[row] = season_of(profiles[supply], profiles[demand], months)
    return seasons


def season_of(supply: np.ndarray, demand: np.ndarray, stored: int) -> tuple[float, float, float]:
    """Return (factor to a mean of 1, fit of the supply, fit of the need) of two seasons; 0 when they never meet.

    supply, demand: [12] with mean 1. stored: whole months the by-product keeps.
    """
    months = demand if stored > 0 else np.minimum(supply, demand)
    mean = reduce(add, months.tolist()) / 12  # `sum` of floats rounds otherwise from Python 3.12 on
    if mean <= 0:
        return 0.0, 0.0, 0.0
    shape = months / mean
    fit_demand = min(demand[month] / shape[month] for month in range(12) if shape[month] > 0)
    return 1 / mean, _fit_of_supply(supply, shape, stored), fit_demand


def _fit_of_supply(supply: np.ndarray, shape: np.ndarray, stored: int) -> float:
    """Return the largest share of a supply with which no run of months asks for more than it and the months before give."""
    fits = [1.0]
    for start in range(12):
        for length in range(1, 13):
            asked = reduce(add, (shape[(start + month) % 12] for month in range(length)), 0)
            before = range(-min(stored, 12 - length), length)
            given = reduce(add, (supply[(start + month) % 12] for month in before), 0)
            if asked > 0:
                fits.append(given / asked)
    return float(min(fits))


def link_contacts(scenario: Scenario, roster: Roster, companies: Table, streams: Table) -> Table:
    """Return the contacts of each company, both ways: named ones, or the nearest with some far ones (small world).

    Only companies that could exchange with anybody are in contact.
    """
    able = np.zeros(len(companies), dtype=bool)
    able[streams.company[streams.opportunity_count > 0]] = True
    active = np.flatnonzero(able)
    count = min(scenario["social.contacts"], max(0, len(active) - 1))
    named = _named(roster)
    owner, other = _nearest(roster, active, count, scenario["social.rewiring"])
    unnamed = ~np.isin(owner, named[:, 0]) & (owner != other)
    owner, other = owner[unnamed], other[unnamed]
    here = np.concatenate([owner, other, named[:, 0], named[:, 1]])
    there = np.concatenate([other, owner, named[:, 1], named[:, 0]])
    others, first = distinct_others(here, there, len(companies))
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
    index = nearest(place, place, count + 1, is_order_used=False)[1][:, 1:]
    owner, other = np.repeat(active, index.shape[1]), active[index.ravel()]
    with np.errstate(over="ignore"):
        rewire(owner, other, active, roster.identity, rewiring)
    return owner, other


def _named(roster: Roster) -> np.ndarray:
    """Return (owner, other) of the contacts that the table names."""
    from ..input.cross_checks import split_names

    if roster.rows is None:
        return np.empty((0, 2), dtype=np.int64)
    rows = {name: place for place, name in enumerate(roster.names)}
    pairs = [(place, rows[name]) for place, row in enumerate(roster.rows) for name in split_names(row.contacts)]
    return np.array(pairs, dtype=np.int64).reshape(-1, 2)


def tie_companies(companies: Table, streams: Table, links: Table, needs: Table, contacts: Table) -> Table:
    """Return the directed ties of companies that may deal or are in contact.

    Companies, links and contacts learn the rows of their ties, in place.
    """
    ties = blank("ties", 2 * len(links) + len(contacts))
    used = list_ties(*(table.view(np.ndarray) for table in (companies, streams, links, needs, contacts, ties)))
    return ties[:used]
