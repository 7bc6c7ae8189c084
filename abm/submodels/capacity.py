"""What fits: how much of an opportunity can be promised or taken beside what is under contract already.

One rule, called by screening, talks, review, delivery and the planner. Under contract is what agreed, building and operating
exchanges promise, each by the months of its own season.
"""

from __future__ import annotations

import math

import numpy as np

from ..entities.codes import AGREED, ENDED, OPERATING
from ..numerics.compiled import compiled


@compiled
def supply_of(s, opportunity):
    """Return what the seller is expected to have in a year [unit/year], as far as it is announced."""
    return 12.0 * s.streams[opportunity.supply].coming * s.companies[opportunity.seller].coming_capacity


@compiled
def need_of(s, opportunity):
    """Return what the buyer is expected to need in a year [unit/year of the input], as far as it is announced."""
    return 12.0 * s.streams[opportunity.demand].coming * s.companies[opportunity.buyer].coming_capacity


@compiled
def possible_quantity(p, s, opportunity):
    """Return what could be promised if nothing else were [unit/year].

    The dependable part of the smaller of supply and replaceable need, each as far as it fits the other's season.
    """
    season = s.seasons[opportunity.season]
    share = s.conversions[opportunity.conversion].share
    yearly = supply_of(s, opportunity) * season.fit_supply
    need = need_of(s, opportunity) * share * season.fit_demand
    return p.contract_dependable * min(yearly, need / (opportunity.arriving * opportunity.ratio))


@compiled
def free_quantity(p, s, row, spared):
    """Return what of an opportunity finds room beside all contracts but that of opportunity `spared` (-1: none) [unit/year].

    The largest flow f that keeps, with the contracts o of the same streams,
    supply: sum f_o shape_o(a..b) <= d S season(a - keeps .. b) for every run of months a..b;
    need: sum k_o f_o shape_o(m) <= d N season(m) in every month, and the same with the largest share m_c of N over the
    contracts of the same conversion.
    """
    opportunity = s.opportunities[row]
    supply = s.streams[opportunity.supply]
    demand = s.streams[opportunity.demand]
    if supply.contracted <= 0.0 and demand.contracted <= 0.0:
        return possible_quantity(p, s, opportunity)
    shape = np.empty(12)
    shape_months(s, opportunity, shape)
    return max(0.0, min(room_at_seller(p, s, row, spared, shape), room_at_buyer(p, s, row, spared, shape)))


@compiled
def shape_months(s, opportunity, shape):
    """Write the part of a yearly quantity that falls into each month of the year, in place [12]; they sum to 1."""
    buyer = s.streams[opportunity.demand].profile
    seller = s.streams[opportunity.supply].profile
    keeps = s.conversions[opportunity.conversion].keeps > 0
    factor = s.seasons[opportunity.season].factor / 12.0
    for month in range(12):
        season = s.profiles[buyer, month]
        if not keeps:
            season = min(season, s.profiles[seller, month])
        shape[month] = factor * season


@compiled
def is_promised(stage):
    """Tell whether an opportunity at this stage of the funnel is under contract."""
    return stage >= AGREED and stage != ENDED


@compiled
def promised_quantity(s, row):
    """Return what the contract on an opportunity promises [unit/year]; nothing more once another has been signed in its place."""
    exchange = s.exchanges[s.notes[row].exchange]
    return 0.0 if exchange.successor >= 0.0 else exchange.quantity


@compiled
def room_at_seller(p, s, row, spared, shape):
    """Return the flow that the supply still has room for [unit/year], by every run of months with what was stored before."""
    opportunity = s.opportunities[row]
    supply = s.streams[opportunity.supply]
    used = np.zeros(12)
    other = np.empty(12)
    for rival in range(supply.opportunity_first, supply.opportunity_first + supply.opportunity_count):
        if rival != row and rival != spared and is_promised(s.funnel[rival].stage):
            shape_months(s, s.opportunities[rival], other)
            used += promised_quantity(s, rival) * other
    given = p.contract_dependable * supply_of(s, opportunity) / 12.0
    keeps = int(s.conversions[opportunity.conversion].keeps)
    return room_in_runs(given, s.profiles[supply.profile], used, shape, keeps)


@compiled
def room_in_runs(given, season, used, shape, keeps):
    """Return the largest flow of this shape beside what is used, over all runs of months of at most a year.

    Where nothing can be stored single months say it all.
    """
    room = math.inf
    longest = 12 if keeps > 0 else 1
    for start in range(12):
        asked = 0.0
        left = 0.0
        for month in range(start, start + longest):
            asked += shape[month % 12]
            left += given * season[month % 12] - used[month % 12]
            stored = 0.0
            for before in range(min(keeps, 11 - month + start)):
                stored += given * season[(start - 1 - before) % 12]
            if asked > 0.0:
                room = min(room, (left + stored) / asked)
    return room


@compiled
def room_at_buyer(p, s, row, spared, shape):
    """Return the flow that the need still has room for, and the largest share of this kind [unit/year of the by-product]."""
    opportunity = s.opportunities[row]
    demand = s.streams[opportunity.demand]
    share = s.conversions[opportunity.conversion].share
    used = np.zeros(12)
    alike = np.zeros(12)
    other = np.empty(12)
    for entry in range(demand.opportunity_first, demand.opportunity_first + demand.opportunity_count):
        rival = s.needs[entry].opportunity
        if rival == row or rival == spared or not is_promised(s.funnel[rival].stage):
            continue
        taken = s.opportunities[rival]
        shape_months(s, taken, other)
        other *= promised_quantity(s, rival) * taken.arriving * taken.ratio
        used += other
        if taken.conversion == opportunity.conversion:
            alike += other
    needed = p.contract_dependable * need_of(s, opportunity) / 12.0
    room = math.inf
    for month in range(12):
        if shape[month] > 0.0:
            due = needed * s.profiles[demand.profile, month]
            left = min(due - used[month], share * due - alike[month])
            room = min(room, left / (opportunity.arriving * opportunity.ratio * shape[month]))
    return room


@compiled
def wanted_now(s, row, opportunity):
    """Return what the buyer can still take of an exchange this month [unit of the by-product].

    min(largest share x need - replaced by the same conversion, need - replaced) / k; older contracts first, so that
    those above this row have been served.
    """
    demand = s.streams[opportunity.demand]
    share = s.conversions[opportunity.conversion].share
    room = demand.amount - demand.replaced
    if share < 1.0:
        room = min(room, share * demand.amount - replaced_alike(s, row, opportunity, demand))
    return max(0.0, room) / (opportunity.arriving * opportunity.ratio)


@compiled
def replaced_alike(s, row, opportunity, demand):
    """Return what older exchanges of the same conversion have replaced of a need this month [unit of the input]."""
    replaced = 0.0
    for entry in range(demand.opportunity_first, demand.opportunity_first + demand.opportunity_count):
        rival = s.needs[entry].opportunity
        taken = s.opportunities[rival]
        if taken.conversion != opportunity.conversion or s.funnel[rival].stage != OPERATING:
            continue
        contract = s.notes[rival].exchange
        if contract < row:
            replaced += s.exchanges[contract].delivered_now * taken.arriving * taken.ratio
    return replaced
