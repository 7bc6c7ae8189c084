"""Talks come to the table: on screened opportunities, best first, about running contracts, and by demands on people."""

from __future__ import annotations

import math

import numpy as np

from ...entities.codes import (
    BUYER,
    EV_TALKS,
    HOLD_UP_TALK,
    IN_TALKS,
    LAST,
    NEW,
    NOT_ASKED,
    RENEWAL,
    SELLER,
    SWITCH,
    UNDECIDED,
)
from ...numerics.compiled import compiled
from ...numerics.randomness import FIRST_SPEAKER, TALK_TIME, join, uniform
from ..attention import spend
from ..contract_settlement import current_price
from ..event_log import write_exchange, write_meeting, write_opportunity
from .agenda import refresh, set_quantity
from .outside_option import link_talks
from .partner_selection import queue_for_talks
from .protocols.alternating_offers import make_offer
from .utility import put_on_table


@compiled
def open_talks(t, p, clock, lever, standing, s):
    """Open talks on screened opportunities, best first, in place, while both companies have time for them."""
    rows, quantities, left = queue_for_talks(t, p, lever, standing, s)
    for rank in range(len(rows)):
        row = rows[rank]
        opportunity = s.opportunities[row]
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
    talk.held = 0
    talk.bid = NOT_ASKED
    talk.bidder = BUYER
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
def open_demand(t, p, clock, lever, s, exchange, row, by_seller, change):
    """Put a demand for `change` [EUR/unit] on the present price to the person it is made on, in place; return whether it stands.

    It is a talk that opens with a last offer: the person accepts or refuses. Between agents a demand is carried out at once
    (`investment.py`); nobody gives way on behalf of a person. It does not stand while the two talk about the contract already.
    """
    asker = SELLER if by_seller else BUYER
    if exchange.talking == 1 or not open_contract_talk(t, p, clock, s, row, HOLD_UP_TALK, asker, exchange.quantity):
        return False
    place = clock.talks - 1
    talk = s.talks[place]
    talk.arranging = 0.0
    first, after = link_talks(s, clock.talks)
    refresh(t, p, lever, s, place, first, after)
    cost = s.materials[s.streams[exchange.demand].material].cost
    price = current_price(exchange, s.opportunities[exchange.opportunity], cost) + change
    put_on_table(talk, price, exchange.share, talk.standard)
    make_offer(talk, asker)
    talk.last = 1 + asker
    write_meeting(p, clock, s.meetings, talk, asker, LAST)
    talk.meeting = 1
    talk.speaker = BUYER if by_seller else SELLER
    return True


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
