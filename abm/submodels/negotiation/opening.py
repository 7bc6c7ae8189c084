"""Talks come to the table: on screened opportunities, and about running contracts; with what both sides know and want."""

from __future__ import annotations

import math

import numpy as np

from ...entities.codes import (
    BUYER,
    EV_TALKS,
    IN_TALKS,
    NEW,
    OPERATING,
    RENEWAL,
    SCREENED,
    SELLER,
    SWITCH,
    UNDECIDED,
)
from ...numerics.compiled import compiled
from ...numerics.randomness import FIRST_SPEAKER, TALK_TIME, join, uniform
from ...numerics.sorting import stable_order
from ..assets import capital_as_new, missing_equipment, missing_link
from ..attention import spend
from ..capacity import free_quantity, possible_quantity
from ..discovery import is_alive
from ..event_log import write_exchange, write_opportunity
from ..screening import EVEN_SPLIT
from ..trust import is_refused
from .outside_option import link_talks, running_gain, set_outside, yearly_leaving
from .preferences import value_talk, want


@compiled
def open_talks(t, p, clock, lever, standing, s):
    """Open talks on screened opportunities, best first, in place, while both companies have time for them."""
    rows, quantities, left = queue_for_talks(t, p, lever, standing, s)
    for rank in range(len(rows)):
        row = rows[rank]
        opportunity = s.opportunities[row]
        if not have_time(p, s.companies[opportunity.seller], s.companies[opportunity.buyer]):
            continue
        if clock.talks >= len(s.talks):
            continue
        contract = left[rank]
        if contract >= 0 and s.exchanges[contract].talking == 1:
            continue
        if not spend(t, p, TALK_TIME, opportunity, s.companies, p.negotiation_hours * p.negotiation_meetings):
            continue
        talk = begin_talk(t, p, clock, s, row, NEW if contract < 0 else SWITCH, contract)
        if contract >= 0:
            talk.asker = SELLER if s.exchanges[contract].supply == opportunity.supply else BUYER
        set_quantity(p, lever, s, talk, quantities[rank])
        talk.arranging = 0.5 * p.contract_transaction_cost
        s.funnel[row].stage = IN_TALKS
        s.notes[row].talks = float(t)
        write_opportunity(p, clock, s.events, EV_TALKS, opportunity, row, 0, quantities[rank])


@compiled
def queue_for_talks(t, p, lever, standing, s):
    """Return (rows, quantities [unit/year], contracts) of the screened opportunities that could come to the table, best first.

    contracts: the row of the running contract whose place a deal would take, -1 where there is room beside all. None of what
    is asked here changes while talks are opened, but for the time that the two have left. Stable order.
    """
    rows = np.empty(len(s.funnel), dtype=np.int64)
    quantities = np.empty(len(s.funnel), dtype=np.float64)
    contracts = np.empty(len(s.funnel), dtype=np.int64)
    scores = np.empty(len(s.funnel), dtype=np.float64)
    count = 0
    for row in range(len(s.funnel)):
        if s.funnel[row].stage != SCREENED:
            continue
        opportunity = s.opportunities[row]
        if not is_alive(t, standing, s.conversions, opportunity):
            continue
        if not have_time(p, s.companies[opportunity.seller], s.companies[opportunity.buyer]):
            continue
        if not are_free_to_talk(t, p, opportunity, s.notes[row], s.pairs):
            continue
        quantity, contract = quantity_to_talk_about(t, p, lever, s, row)
        if quantity > 0.0:
            rows[count] = row
            quantities[count] = quantity
            contracts[count] = contract
            scores[count] = -s.notes[row].score
            count += 1
    order = stable_order(scores[:count])
    return rows[order], quantities[order], contracts[order]


@compiled
def quantity_to_talk_about(t, p, lever, s, row):
    """Return (quantity [unit/year], contract whose place it takes or -1); no quantity when there is nothing to talk about.

    Under a planner what it assigned. A contract to leave is looked for in the month in which the opportunity was looked at.
    """
    quantity = free_quantity(p, s, row, -1)
    if p.governance_mode == 2:
        return min(quantity, s.notes[row].assigned), -1
    least = p.contract_smallest * possible_quantity(p, s, s.opportunities[row])
    if quantity >= least and quantity > 0.0:
        return quantity, -1
    if s.funnel[row].look != t + float(p.screening_review):
        return 0.0, -1
    return better_than_running(t, p, lever, s, row, least)


@compiled
def better_than_running(t, p, lever, s, row, least):
    """Return (quantity, contract) of the running contract that this opportunity promises most to improve on, (0, -1) if none.

    A side counts what is under contract with somebody else as free; it is worth a talk when an even split of the new gain
    exceeds the old gain and the annuity of what leaving costs.
    """
    opportunity = s.opportunities[row]
    supply = s.streams[opportunity.supply]
    demand = s.streams[opportunity.demand]
    best = 0.0
    quantity = 0.0
    contract = -1
    for place in range(supply.opportunity_count + demand.opportunity_count):
        if place < supply.opportunity_count:
            rival = supply.opportunity_first + place
        else:
            rival = int(s.needs[demand.opportunity_first + place - supply.opportunity_count].opportunity)
        if rival == row or s.funnel[rival].stage != OPERATING:
            continue
        old = s.notes[rival].exchange
        if s.exchanges[old].successor >= 0.0 or s.exchanges[old].talking == 1:
            continue
        free = free_quantity(p, s, row, rival)
        if free <= 0.0 or free < least:
            continue
        side = SELLER if place < supply.opportunity_count else BUYER
        stay = running_gain(p, lever, s, s.exchanges[old], side)
        stay += yearly_leaving(t, p, lever, s, s.exchanges[old], side)
        better = EVEN_SPLIT * s.notes[row].score * min(1.0, free / s.notes[row].quantity) - max(0.0, stay)
        if better > best:
            best = better
            quantity = free
            contract = old
    return quantity, contract


@compiled
def have_time(p, seller, buyer):
    """Tell whether both companies have time for one more talk."""
    return seller.talks < p.screening_talks and buyer.talks < p.screening_talks


@compiled
def are_free_to_talk(t, p, opportunity, note, pairs):
    """Tell whether the two may talk: neither refuses the other; under a planner, whether it wants this exchange."""
    if p.governance_mode == 2:
        return note.assigned > 0.0
    return not is_refused(t, p, pairs[opportunity.there]) and not is_refused(t, p, pairs[opportunity.back])


@compiled
def begin_talk(t, p, clock, s, row, kind, contract):
    """Return a new talk on an opportunity, in place: who talks about what, nothing said yet, both companies one talk busier."""
    opportunity = s.opportunities[row]
    place = clock.talks
    talk = s.talks[place]
    talk.opportunity = row
    talk.seller = opportunity.seller
    talk.buyer = opportunity.buyer
    talk.supply = opportunity.supply
    talk.demand = opportunity.demand
    talk.kind = kind
    talk.exchange = contract
    talk.asker = SELLER
    talk.identity = join(opportunity.identity, np.uint64(t))
    talk.number = clock.talks_held
    talk.opened = t
    talk.meeting = 0
    talk.silent = 0
    talk.speaker = SELLER if uniform(p.seed, FIRST_SPEAKER, t, opportunity.identity) < 0.5 else BUYER
    talk.standard = s.conversions[opportunity.conversion].term
    talk.life = p.contract_longest
    talk.longest = p.contract_longest
    talk.upkeep = 0.0
    talk.terms = 3 if p.negotiation_terms == 1 else 1
    talk.planned = 1 if p.governance_mode == 2 else 0
    talk.outside_seller = 0.0
    talk.outside_buyer = 0.0
    talk.decision = UNDECIDED
    talk.last = 0
    talk.rivals_seller = 0
    talk.rivals_buyer = 0
    talk.called = 0
    talk.accepted = math.nan
    talk.absurd_seller = 0
    talk.absurd_buyer = 0
    clear_offers(talk)
    s.memory[2 * place : 2 * place + 2] = 0.0
    if contract >= 0:
        s.exchanges[contract].talking = 1
    s.companies[talk.seller].talks += 1
    s.companies[talk.buyer].talks += 1
    clock.talks += 1
    clock.talks_held += 1
    return talk


@compiled
def open_contract_talk(t, p, clock, s, row, kind, asker, quantity):
    """Open a talk about a running contract, in place: renewal, new terms or a smaller contract; capital is sunk.

    Return whether there was room for it.
    """
    if clock.talks >= len(s.talks) or quantity <= 0.0:
        return False
    exchange = s.exchanges[row]
    talk = begin_talk(t, p, clock, s, exchange.opportunity, kind, row)
    talk.asker = asker
    talk.speaker = asker if kind != RENEWAL else talk.speaker
    talk.quantity = quantity
    talk.capital = 0.0
    talk.grant = 0.0
    talk.splits = 1
    talk.arranging = 0.5 * p.contract_renewal_cost * p.contract_transaction_cost
    if kind != RENEWAL:
        talk.terms = 1
    else:
        exchange.asked = t
    write_exchange(p, clock, s.events, EV_TALKS, exchange, row, kind, quantity)
    return True


@compiled
def set_quantity(p, lever, s, talk, quantity):
    """Set what a talk about a new exchange is for, in place: the quantity, the capital it still needs, its life and upkeep."""
    talk.quantity = quantity
    set_capital_needed(p, lever, s, talk, 0.0)
    opportunity = s.opportunities[talk.opportunity]
    conversion = s.conversions[opportunity.conversion]
    talk.upkeep = conversion.om_share * capital_as_new(conversion, opportunity, quantity)


@compiled
def set_rebuilding(p, lever, s, talk):
    """Set the capital that a renewal needs for what is worn or too small, in place; without any, what is sunk stays divided as it is."""
    exchange = s.exchanges[talk.exchange]
    set_capital_needed(p, lever, s, talk, exchange.quantity)
    talk.upkeep = 0.0
    if talk.capital + talk.grant > 0.0:
        opportunity = s.opportunities[talk.opportunity]
        conversion = s.conversions[opportunity.conversion]
        talk.upkeep = conversion.om_share * capital_as_new(conversion, opportunity, talk.quantity)


@compiled
def set_capital_needed(p, lever, s, talk, held):
    """Set the capital that the quantity of a talk needs beside what stands, its grant, its life and how it can be split, in place.

    held: what a running contract of its own takes [unit/year].
    """
    opportunity = s.opportunities[talk.opportunity]
    conversion = s.conversions[opportunity.conversion]
    link = missing_link(p, s, opportunity, talk.quantity, held)
    equipment = missing_equipment(p, s, opportunity, talk.quantity, held)
    gross = link + equipment
    talk.grant = lever.capital_grant * gross
    talk.capital = gross - talk.grant
    talk.life = p.contract_longest
    if link > 0.0:
        talk.life = min(talk.life, conversion.link_life)
    if equipment > 0.0:
        talk.life = min(talk.life, conversion.equipment_life)
    talk.longest = talk.life
    talk.splits = p.negotiation_splits if gross > 0.0 else 1


@compiled
def clear_offers(talk):
    """Forget all offers, in place."""
    talk.price_seller = math.nan
    talk.share_seller = 0.5
    talk.term_seller = talk.standard
    talk.price_buyer = math.nan
    talk.share_buyer = 0.5
    talk.term_buyer = talk.standard
    talk.price = math.nan
    talk.share = 0.5
    talk.term = talk.standard
    talk.gain_seller = math.nan
    talk.gain_buyer = math.nan


@compiled
def refresh_talks(t, p, clock, lever, s):
    """Set what every open talk is about at the values of the month, in place: worth, outside options, least gains, guesses."""
    first, after = link_talks(s, clock.talks)
    for row in range(clock.talks):
        refresh(t, p, lever, s, row, first, after)


@compiled
def refresh(t, p, lever, s, row, first, after):
    """Set one talk to the values of the month, in place."""
    talk = s.talks[row]
    if talk.kind == RENEWAL:
        set_rebuilding(p, lever, s, talk)
    value_talk(p, lever, s, talk)
    set_outside(t, p, lever, s, talk, row, first, after)
    want(t, p, lever, s, talk)
