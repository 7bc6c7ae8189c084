"""Investment: connections are built and start; once capital is sunk, a partner may hold the other up."""

from __future__ import annotations

import math

from ..entities.codes import (
    AGREED,
    BETTER_INPUT,
    BETTER_USE,
    BUILDING,
    BUYER,
    ENDED,
    EV_BUILDING,
    EV_HOLD_UP,
    EV_OPERATING,
    HELD_UP,
    OPERATING,
    SELLER,
)
from ..numerics.compiled import compiled
from ..numerics.randomness import HOLD_UP, join, uniform
from .assets import build_assets
from .delivery import can_run
from .event_log import write_exchange
from .ledger import pay_leaving
from .lending import finance
from .negotiation.opening import open_demand
from .negotiation.outside_option import leaving_cost, running_gain
from .shared_pipes import buy_in
from .termination import end_exchange
from .trust import shake_trust

ASKED = 2  # a demand was put to a person; 0 it was carried out, 1 turned down


@compiled
def build(t, p, clock, lever, now, s):
    """Start the building of what was agreed and the operation of what is ready, in place."""
    for row in range(clock.exchanges):
        exchange = s.exchanges[row]
        place = s.funnel[exchange.opportunity]
        if exchange.stage == AGREED and exchange.signed < t:
            start_building(t, p, clock, lever, now, s, place, exchange, row)
        if exchange.stage == BUILDING and exchange.ready <= t + 1.0 and is_ready(s, exchange):
            note = s.notes[exchange.opportunity]
            start_operation(t, p, clock, s, note, place, exchange, row)
            leave_old(t, p, clock, lever, now, s, exchange)


@compiled
def is_ready(s, exchange):
    """Tell whether both sides of a finished connection can run and there is something to deliver, new or in store."""
    seller = s.companies[exchange.seller]
    buyer = s.companies[exchange.buyer]
    supply = s.streams[exchange.supply]
    return can_run(seller, buyer, supply, s.streams[exchange.demand]) and supply.amount + supply.stock > 0.0


@compiled
def start_building(t, p, clock, lever, now, s, place, exchange, row):
    """Spend the capital and set the month from which the exchange can run, in place: lead time and permit."""
    opportunity = s.opportunities[exchange.opportunity]
    conversion = s.conversions[opportunity.conversion]
    permit = conversion.permit * p.investment_permit_months * (1.0 - lever.permit_easing)
    exchange.stage = BUILDING
    exchange.ready = t + 1.0 + math.ceil(conversion.lead + permit)
    place.stage = BUILDING
    if exchange.main > 0:
        buy_in(p, clock, s, exchange, row)
    now.capex += exchange.capital + exchange.grant - exchange.buy_in
    now.grants += exchange.grant
    build_assets(clock, s, opportunity, exchange, row, exchange.ready)
    if exchange.capital + exchange.grant > 0.0:
        finance(p, clock, s, conversion, exchange, row)
    write_exchange(p, clock, s.events, EV_BUILDING, exchange, row, min(1, exchange.main), exchange.capital)


@compiled
def start_operation(t, p, clock, s, note, place, exchange, row):
    """Let an exchange run from the next month on, in place."""
    exchange.stage = OPERATING
    exchange.start = t + 1.0
    place.stage = OPERATING
    note.operating = t + 1.0
    s.streams[exchange.supply].links += 1
    s.streams[exchange.demand].links += 1
    s.companies[exchange.seller].sells += 1
    s.companies[exchange.buyer].buys += 1
    write_exchange(p, clock, s.events, EV_OPERATING, exchange, row, 0, exchange.quantity)


@compiled
def leave_old(t, p, clock, lever, now, s, exchange):
    """End the contract whose place a starting exchange takes, in place; who leaves pays what is due before the term is over."""
    row = exchange.predecessor
    if row < 0 or s.exchanges[row].stage == ENDED:
        return
    old = s.exchanges[row]
    leaver = SELLER if old.supply == exchange.supply else BUYER
    pay_leaving(p, clock, s, old, row, leaver == SELLER, leaving_cost(t, p, lever, s, old, leaver))
    reason = BETTER_USE if leaver == SELLER else BETTER_INPUT
    gain = exchange.expected_seller if leaver == SELLER else exchange.expected_buyer
    end_exchange(p, clock, now, s, s.opportunities[old.opportunity], old, row, reason, gain)


@compiled
def hold_up(t, p, clock, lever, now, s):
    """Let opportunistic partners demand a new price where the other's capital is sunk, in place.

    chance = hold-up rate x opportunism x (1 - trust); the more inclined side acts. A demand is turned down with the chance of
    enforcement; else the victim gives way while it still gains and trusts, or ends the exchange (Klein, Crawford and Alchian
    1978, doi:10.1086/466922).
    """
    lawful = min(1.0, p.investment_enforcement + lever.enforcement)
    for row in range(clock.exchanges):
        exchange = s.exchanges[row]
        if exchange.stage != OPERATING or exchange.capital <= 0.0 or exchange.start > t:
            continue
        opportunity = s.opportunities[exchange.opportunity]
        seller_greed = greed(s.companies[exchange.seller], s.pairs[opportunity.there], 1.0 - exchange.share)
        buyer_greed = greed(s.companies[exchange.buyer], s.pairs[opportunity.back], exchange.share)
        by_seller = seller_greed >= buyer_greed
        chance = p.monthly_hold_up * max(seller_greed, buyer_greed)
        if uniform(p.seed, HOLD_UP, t, exchange.identity) < chance:
            turned_down = uniform(p.seed, HOLD_UP, t, join(exchange.identity, exchange.identity)) < lawful
            demand_price(t, p, clock, lever, now, s, exchange, row, by_seller, turned_down)


@compiled
def greed(company, pair, other_share):
    """Return a side's inclination to hold the other up: opportunism x (1 - trust), where the other bore capital."""
    if other_share <= 0.0:
        return 0.0
    return company.opportunism * (1.0 - pair.trust)


@compiled
def demand_price(t, p, clock, lever, now, s, exchange, row, by_seller, turned_down):
    """Carry out one hold-up, in place: half of the quasi-rent, what the victim gains before capital.

    A person in a seat makes no demand but by the own hand, and is asked where one is made on it: while that cannot be, the
    demand counts as refused.
    """
    if s.companies[exchange.seller if by_seller else exchange.buyer].seat == 1:
        return
    opportunity = s.opportunities[exchange.opportunity]
    victim = s.pairs[opportunity.back] if by_seller else s.pairs[opportunity.there]
    gain = running_gain(p, lever, s, exchange, BUYER if by_seller else SELLER) * exchange.flow
    step = p.investment_demand * max(0.0, gain) / exchange.quantity
    change = step if by_seller else -step
    seated = s.companies[exchange.buyer if by_seller else exchange.seller].seat == 1
    if seated and not turned_down and open_demand(t, p, clock, lever, s, exchange, row, by_seller, change):
        write_exchange(p, clock, s.events, EV_HOLD_UP, exchange, row, ASKED, step)
        return
    refused = turned_down or seated
    write_exchange(p, clock, s.events, EV_HOLD_UP, exchange, row, int(refused), step)
    if refused:
        shake_trust(victim, p.trust_loss_demand)
        return
    shake_trust(victim, p.trust_loss_hold_up)
    if victim.trust < p.trust_breaking or gain <= 0.0:
        victim.refuses = float(t + p.trust_blacklist)
        end_exchange(p, clock, now, s, opportunity, exchange, row, HELD_UP, step)
        return
    exchange.price += change
    exchange.expected_seller += change * exchange.quantity
    exchange.expected_buyer -= change * exchange.quantity
    exchange.renegotiations += 1
