"""Contract: a deal becomes an exchange with all its terms, and both sides' books promise the quantity."""

from __future__ import annotations

import math

import numpy as np

from ...entities.accounts import ARRANGING
from ...entities.codes import AGREED, EV_AGREED, RUNNING, SWITCH
from ...numerics.compiled import compiled
from ...numerics.randomness import join
from ..assets import capital_as_new, missing_equipment, missing_link, take
from ..event_log import write_exchange
from ..ledger import pay, row_of
from ..termination import promise
from .past_talks import SIGNED, write_past_talk

NEVER = -999  # month of a talk that has not been


@compiled
def sign(t, p, clock, now, s, talk):
    """Sign the deal on the table, in place: a new exchange with all its terms; both sides' books promise the quantity.

    The contract whose place it takes leaves the books at once and goes on until the new one starts.
    """
    opportunity = s.opportunities[talk.opportunity]
    note = s.notes[talk.opportunity]
    row = clock.exchanges
    exchange = s.exchanges[row]
    clock.exchanges += 1
    exchange.identity = join(opportunity.identity, np.uint64(note.contracts))
    note.contracts += 1
    note.exchange = row
    exchange.opportunity = talk.opportunity
    exchange.seller = talk.seller
    exchange.buyer = talk.buyer
    exchange.supply = opportunity.supply
    exchange.demand = opportunity.demand
    exchange.stage = AGREED
    exchange.reason = RUNNING
    exchange.predecessor = -1
    exchange.asked = NEVER
    exchange.quantity = talk.quantity
    set_terms(t, p, s.materials[s.streams[opportunity.demand].material].cost, talk, exchange)
    set_capital(talk, exchange)
    plan_assets(p, clock, s, opportunity, exchange)
    exchange.channel = note.channel
    if talk.kind == SWITCH:
        give_notice(s, row, talk)
    promise(s, exchange, opportunity, talk.quantity)
    close_talk(p, clock, s, talk, exchange, row)
    s.funnel[talk.opportunity].stage = AGREED
    note.signed = float(t)
    now.deals += 1.0
    write_exchange(p, clock, s.events, EV_AGREED, exchange, row, 0, talk.price)


@compiled
def give_notice(s, row, talk):
    """Let a contract leave the books for the one that takes its place, in place: what it promised is booked once."""
    old = s.exchanges[talk.exchange]
    here = s.opportunities[old.opportunity]
    old.successor = float(row)
    s.exchanges[row].predecessor = talk.exchange
    promise(s, old, here, -old.quantity)


@compiled
def close_talk(p, clock, s, talk, exchange, number):
    """Let both sides pay for arranging contract `number` and free their time, in place."""
    s.companies[talk.seller].talks -= 1
    s.companies[talk.buyer].talks -= 1
    write_past_talk(p, clock, s, talk, SIGNED, number)
    row = row_of(clock, s, exchange, number)
    row.arranging_seller += talk.arranging
    pay(p, clock, s, exchange.seller, ARRANGING, talk.arranging)
    row.arranging_buyer += talk.arranging
    pay(p, clock, s, exchange.buyer, ARRANGING, talk.arranging)
    if talk.exchange >= 0:
        s.exchanges[talk.exchange].talking = 0


@compiled
def set_terms(t, p, cost, talk, exchange):
    """Write the agreed terms into the contract, in place; what both expect of it is without capital, at average risk."""
    exchange.price = talk.price
    exchange.band = p.contract_band
    exchange.term = talk.term
    exchange.share = talk.share
    exchange.penalty = p.contract_penalty
    exchange.indexation = p.contract_indexation
    exchange.reference = cost
    exchange.signed = float(t)
    exchange.term_start = float(t)
    exchange.expected_seller = talk.quantity * (talk.price + talk.value_seller) - talk.running_seller
    exchange.expected_buyer = talk.quantity * (talk.value_buyer - talk.price) - talk.running_buyer


@compiled
def set_capital(talk, exchange):
    """Write capital and dates of a new exchange, in place."""
    exchange.capital = talk.capital
    exchange.grant = talk.grant
    exchange.main = talk.main
    exchange.buy_in = talk.buy_in
    exchange.ready = math.inf
    exchange.start = math.nan
    exchange.end = math.nan
    exchange.meetings = talk.meeting
    exchange.flow = 1.0


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
