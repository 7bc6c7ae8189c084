"""Signing: the month's deals, largest joint gain first, checked against what is still free; talks that failed end."""

from __future__ import annotations

import math

import numpy as np

from ...entities.accounts import ARRANGING
from ...entities.codes import (
    ACCEPTED,
    AGREED,
    BUYER,
    DEADLINE,
    EV_AGREED,
    EV_NO_DEAL,
    IDENTIFIED,
    NO_ZONE,
    OFFERED,
    PARTNER_GONE,
    PAUSED,
    QUANTITY_GONE,
    RUNNING,
    SELLER,
    WALKED,
    WALKED_OUT,
)
from ...numerics.compiled import compiled
from ...numerics.randomness import join
from ...numerics.sorting import stable_order
from ..assets import capital_as_new, missing_equipment, missing_link, take
from ..discovery import can_deal
from ..event_log import write_exchange, write_opportunity
from ..ledger import pay, row_of
from ..norms import disappoint
from ..screening import capital_of, free_quantity
from .utility import gain_of, put_on_table, share_level, term_level


@compiled
def sign_deals(t, p, clock, now, standing, s, outcomes):
    """Sign the month's deals, largest joint gain first, in place; the quantity is checked against what is still free."""
    gains = np.zeros(clock.talks, dtype=np.float64)
    for row in range(clock.talks):
        if outcomes[row] == ACCEPTED:
            gains[row] = -(s.talks[row].gain_seller + s.talks[row].gain_buyer)
    order = stable_order(gains)
    for rank in range(clock.talks):
        row = order[rank]
        talk = s.talks[row]
        opportunity = s.opportunities[talk.opportunity]
        note = s.notes[talk.opportunity]
        place = s.funnel[talk.opportunity]
        if outcomes[row] == OFFERED or outcomes[row] == PAUSED:
            if not can_deal(standing, talk.supply, talk.demand):
                end_talk(p, clock, now, s, opportunity, note, place, talk, PARTNER_GONE)
                outcomes[row] = WALKED
            continue
        if outcomes[row] == WALKED:
            end_talk(p, clock, now, s, opportunity, note, place, talk, why_walked(talk))
        elif not can_deal(standing, talk.supply, talk.demand):
            end_talk(p, clock, now, s, opportunity, note, place, talk, PARTNER_GONE)
        elif not still_possible(p, s, opportunity, talk):
            end_talk(p, clock, now, s, opportunity, note, place, talk, QUANTITY_GONE)
        else:
            sign(t, p, clock, now, s, opportunity, note, place, talk)


@compiled
def still_possible(p, s, opportunity, talk):
    """Tell whether both can still do the deal; takes the quantity down to what is free, in place, to no less than half, and the capital to what is missing."""
    free = free_quantity(p, s, opportunity)
    if free < 0.5 * talk.quantity:
        return False
    quantity = min(free, talk.quantity)
    gross = capital_of(s, opportunity, quantity)
    if quantity < talk.quantity or gross != talk.capital + talk.grant:
        granted = talk.grant / max(1e-9, talk.grant + talk.capital)
        talk.quantity = quantity
        talk.grant = granted * gross
        talk.capital = gross - talk.grant
        put_on_table(talk, talk.price, talk.share, talk.term)
    return talk.gain_seller >= talk.reserve_seller - 1e-6 and talk.gain_buyer >= talk.reserve_buyer - 1e-6


@compiled
def zone_of(talk):
    """Return the best joint gain above both required gains [EUR/year]; negative when no terms suit both."""
    best = -math.inf
    for term_index in range(talk.terms):
        for share_index in range(talk.splits):
            share = share_level(talk, share_index)
            term = term_level(talk, term_index)
            joint = gain_of(talk, SELLER, 0.0, share, term) + gain_of(talk, BUYER, 0.0, share, term)
            best = max(best, joint)
    return best - talk.reserve_seller - talk.reserve_buyer


@compiled
def why_walked(talk):
    """Return why a talk ended without a deal: no price suits both, or time ran out although one did."""
    if zone_of(talk) < 0.0:
        return NO_ZONE
    return DEADLINE if talk.meeting > min(talk.deadline_seller, talk.deadline_buyer) else WALKED_OUT


@compiled
def end_talk(p, clock, now, s, opportunity, note, place, talk, reason):
    """End a talk without a deal, in place; both are disappointed and try again only later."""
    s.companies[talk.seller].talks -= 1
    s.companies[talk.buyer].talks -= 1
    place.stage = IDENTIFIED
    place.look = float(clock.month) + p.screening_retry
    note.failures += 1
    disappoint(p, s.companies[talk.seller])
    disappoint(p, s.companies[talk.buyer])
    zone = zone_of(talk)
    now.failed_talks += 1.0
    if zone >= 0.0 and (reason == DEADLINE or reason == WALKED_OUT):
        now.failed_feasible += 1.0
    write_opportunity(p, clock, s.events, EV_NO_DEAL, opportunity, talk.opportunity, reason, zone)


@compiled
def sign(t, p, clock, now, s, opportunity, note, place, talk):
    """Sign the deal on the table, in place: a new exchange with all its terms; both sides' books promise the quantity."""
    row = clock.exchanges
    exchange = s.exchanges[row]
    clock.exchanges += 1
    exchange.identity = join(opportunity.identity, np.uint64(note.contracts))
    note.contracts += 1
    exchange.opportunity = talk.opportunity
    exchange.seller = talk.seller
    exchange.buyer = talk.buyer
    exchange.supply = opportunity.supply
    exchange.demand = opportunity.demand
    exchange.stage = AGREED
    exchange.reason = RUNNING
    set_terms(t, p, s.materials[s.streams[opportunity.demand].material].cost, talk, exchange)
    plan_assets(p, clock, s, opportunity, exchange)
    exchange.channel = note.channel
    s.streams[opportunity.supply].contracted += talk.quantity
    s.streams[opportunity.demand].contracted += talk.quantity * opportunity.arriving * opportunity.ratio
    s.companies[talk.seller].talks -= 1
    s.companies[talk.buyer].talks -= 1
    pay_arranging(p, clock, s, exchange, row, talk.arranging)
    place.stage = AGREED
    note.signed = float(t)
    now.deals += 1.0
    write_exchange(p, clock, s.events, EV_AGREED, exchange, row, 0, talk.price)


@compiled
def plan_assets(p, clock, s, opportunity, exchange):
    """Note what of link and equipment is missing for a new contract and what its upkeep is, and take its part of both, in place."""
    quantity = exchange.quantity
    exchange.link_capital = missing_link(p, s, opportunity, quantity, 0.0)
    exchange.equipment_capital = missing_equipment(p, s, opportunity, quantity, 0.0)
    conversion = s.conversions[opportunity.conversion]
    exchange.upkeep = conversion.om_share * capital_as_new(conversion, opportunity, quantity)
    exchange.asset = -1
    exchange.wears = math.inf
    exchange.successor = math.nan
    take(clock, s, opportunity, exchange, quantity)


@compiled
def pay_arranging(p, clock, s, exchange, number, cost):
    """Let both sides pay for arranging contract `number` [EUR each], in place."""
    row = row_of(clock, s, exchange, number)
    row.arranging_seller += cost
    pay(p, clock, s, exchange.seller, ARRANGING, cost)
    row.arranging_buyer += cost
    pay(p, clock, s, exchange.buyer, ARRANGING, cost)


@compiled
def set_terms(t, p, cost, talk, exchange):
    """Write the agreed terms into the contract, in place."""
    exchange.price = talk.price
    exchange.quantity = talk.quantity
    exchange.band = p.contract_band
    exchange.term = talk.term
    exchange.share = talk.share
    exchange.capital = talk.capital
    exchange.grant = talk.grant
    exchange.penalty = p.contract_penalty
    exchange.indexation = p.contract_indexation
    exchange.reference = cost
    exchange.signed = float(t)
    exchange.term_start = float(t)
    exchange.ready = math.inf
    exchange.start = math.nan
    exchange.end = math.nan
    exchange.meetings = talk.meeting
    exchange.flow = 1.0
    exchange.expected_seller = talk.quantity * (talk.price + talk.value_seller) - talk.running_seller
    exchange.expected_buyer = talk.quantity * (talk.value_buyer - talk.price) - talk.running_buyer
