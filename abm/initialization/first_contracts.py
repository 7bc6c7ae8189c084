"""Contracts that are in force on the first day (exchanges.csv): signed, with an asset as old as they are and no loan."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from ..entities.codes import BUILDING, EV_AGREED, EV_OPERATING, OPERATING, RUNNING
from ..entities.state import State
from ..input.errors import InputError, Mistake
from ..input.scenario import Scenario
from ..numerics.randomness import join
from ..submodels.assets import build_assets
from ..submodels.disposal import take_cheapest
from ..submodels.negotiation.contract import NEVER, plan_assets
from ..submodels.screening import even_price, value_buyer, value_seller

SELLER_SHARE = {"giver": 1.0, "taker": 0.0, "both": 0.5}


def sign_first_contracts(scenario: Scenario, names: Any, state: State) -> None:
    """Sign the contracts of exchanges.csv, in place: their capital is sunk, their quantity promised on both sides.

    One whose `since` lies after the start is in building until then. Raises InputError for one that is out of reach.
    """
    tables: Any = scenario.tables
    rows = sorted(tables["exchanges"], key=lambda row: (row.giver, row.taker, row.material, row.input))
    if not rows:
        return
    for table, each in (("exchanges", 1), ("events", 1), ("connections", 2), ("assets", 2)):
        state.grow(table, len(getattr(state, table)) + each * len(rows))
    company = {name: place for place, name in enumerate(names)}
    ways = {(row.by_product, row.input): place for place, row in enumerate(tables["conversions"])}
    table = state.opportunities
    lost = []
    for number, row in enumerate(rows):
        place = ways.get((row.material, row.input), -1)
        pair = (table.seller == company[row.giver]) & (table.buyer == company[row.taker]) & (table.conversion == place)
        found = np.flatnonzero(pair)
        if len(found) == 0:
            where = f"exchanges.csv, {row.giver} {row.taker} {row.material} {row.input}"
            lost.append(
                Mistake(where, "no opportunity", "a pair within reach of the by-product, both with these streams")
            )
            continue
        _sign(scenario, state, row, number, int(found[0]))
    if lost:
        raise InputError(lost)


def _sign(scenario: Scenario, state: State, row: Any, number: int, place: int) -> None:
    """Write one contract into the tables, in place."""
    opportunity, exchange = state.opportunities[place], state.exchanges[number]
    note, funnel, conversion = state.notes[place], state.funnel[place], state.conversions[opportunity.conversion]
    since = float(round((row.since - scenario.start_year) * 12))
    runs = since <= 0
    term = float(row.term_years or conversion.term)
    exchange.identity = join(opportunity.identity, np.uint64(0))
    exchange.opportunity, exchange.seller, exchange.buyer = place, opportunity.seller, opportunity.buyer
    exchange.supply, exchange.demand, exchange.reason = opportunity.supply, opportunity.demand, RUNNING
    exchange.quantity, exchange.band = row.per_year, scenario["contract.band"]
    exchange.share = SELLER_SHARE[row.invested_by]
    exchange.term, exchange.term_start = _term(row, scenario.start_year, since, term)
    exchange.signed = min(since, 0.0)
    exchange.ready, exchange.start, exchange.end = since, since if runs else math.nan, math.nan
    exchange.stage = OPERATING if runs else BUILDING
    exchange.penalty, exchange.indexation = scenario["contract.penalty"], scenario["contract.indexation"]
    exchange.flow = 1.0
    exchange.predecessor, exchange.asked = -1, NEVER
    note.exchange = number
    _own_assets(state, exchange, opportunity, number)
    _set_price(scenario, state, row, exchange, opportunity)
    note.identified = note.screened = note.talks = note.signed = exchange.signed
    note.operating, note.contracts = exchange.start, 1
    funnel.stage = exchange.stage
    _promise(state, exchange, opportunity, runs)
    state.clock.exchanges += 1
    _write_event(state, EV_OPERATING if runs else EV_AGREED, exchange, number)


def _own_assets(state: State, exchange: Any, opportunity: Any, number: int) -> None:
    """Build what the contract stands on in the month it began, in place; what would be worn by now was renewed in whole lives."""
    clock, built = state.clock[0], int(state.clock.assets[0])
    alone = state.params.copy()  # what stands on the first day was laid by each pair for itself
    alone.investment_shared_pipes = 0
    plan_assets(alone[0], clock, state, opportunity, exchange)
    build_assets(clock, state, opportunity, exchange, number, exchange.ready)
    assets = state.assets[built : int(state.clock.assets[0])]
    life = assets.ends - assets.begins
    past = np.floor(np.maximum(0.0, -assets.begins) / life) * life
    assets.begins, assets.ends = assets.begins + past, assets.ends + past
    exchange.wears = min((float(end) for end in assets.ends), default=math.inf)
    exchange.link_capital = exchange.equipment_capital = 0.0  # sunk: no capital to spend, no loan


def _term(row: Any, start_year: int, since: float, term: float) -> tuple[float, float]:
    """Return (term [years], month of its beginning): to the month `until`, else the term that runs on the first day, in whole terms."""
    if row.until is not None:
        return max(1, round((row.until - start_year) * 12) - since) / 12, since
    passed = math.floor(max(0.0, -since) / (12 * term))
    return term, since + passed * 12 * term


def _set_price(scenario: Scenario, state: State, row: Any, exchange: Any, opportunity: Any) -> None:
    """Set price and expected gains, in place: as given, else the even split of what a unit is worth at first costs.

    First costs are those under the rules of history: a policy of the first month is younger than the contract and moves its
    price as one of any other month does.
    """
    rule = state.history[0]
    supply = state.streams[exchange.supply]
    before = supply.copy()
    take_cheapest(0, state.params[0], rule, state, supply)
    seller, buyer = value_seller(rule, state, opportunity), value_buyer(rule, state, opportunity)
    even = even_price(rule, state, opportunity)
    state.streams[exchange.supply] = before  # the run takes its route in the first month
    exchange.price = even if row.price is None else row.price
    exchange.reference = state.materials[state.streams[exchange.demand].material].cost
    monitoring = scenario["contract.monitoring_cost"]
    exchange.expected_seller = exchange.quantity * (exchange.price + seller) - monitoring
    exchange.expected_buyer = exchange.quantity * (buyer - exchange.price) - monitoring


def _promise(state: State, exchange: Any, opportunity: Any, runs: bool) -> None:
    """Promise the quantity on both sides and count what runs, in place."""
    supply, demand = state.streams[exchange.supply], state.streams[exchange.demand]
    supply.contracted += exchange.quantity
    demand.contracted += exchange.quantity * opportunity.arriving * opportunity.ratio
    if runs:
        supply.links += 1
        demand.links += 1
        state.companies[exchange.seller].sells += 1
        state.companies[exchange.buyer].buys += 1


def _write_event(state: State, kind: int, exchange: Any, number: int) -> None:
    """Write in the first month what a contract brings along, in place."""
    if not state.params[0].recording_events:
        return
    event = state.events[int(state.clock.events[0])]
    event.month, event.kind, event.value = 0, kind, exchange.price
    event.company, event.partner = exchange.seller, exchange.buyer
    event.opportunity, event.exchange = exchange.opportunity, number
    state.clock.events += 1
