"""The end of an exchange: what it held is set free, its reason and the number behind it are kept, and it is counted."""

from __future__ import annotations

import math

from ..entities.accounts import RETURN_DISPOSAL, RETURN_INPUT
from ..entities.codes import (
    BETTER_INPUT,
    BETTER_USE,
    BY_PRODUCT_GONE,
    CLOSED,
    ENDED,
    EV_ENDED,
    NEED_GONE,
    NOT_RENEWED,
    OPEN,
    OPERATING,
    PARTNER_CLOSED,
    PERMIT_WITHDRAWN,
    SUPPLY_FAILED,
    TRUST_LOST,
    UNPROFITABLE,
)
from ..numerics.compiled import compiled
from .assets import take
from .event_log import write_exchange
from .ledger import pay, row_of
from .norms import disappoint


@compiled
def release(clock, s, opportunity, exchange):
    """Take an exchange out of the books of what is promised and running, in place.

    One that another was to take the place of has left the books before; one that never started gives that place back.
    """
    supply = s.streams[exchange.supply]
    demand = s.streams[exchange.demand]
    if not exchange.successor >= 0.0:
        promise(s, exchange, opportunity, -exchange.quantity)
    take(clock, s, opportunity, exchange, -exchange.quantity)
    if exchange.stage != OPERATING and exchange.predecessor >= 0:
        old = s.exchanges[exchange.predecessor]
        if old.stage != ENDED:
            old.successor = math.nan
            promise(s, old, s.opportunities[old.opportunity], old.quantity)
    if exchange.stage == OPERATING:
        supply.links -= 1
        demand.links -= 1
        s.companies[exchange.seller].sells -= 1
        s.companies[exchange.buyer].buys -= 1


@compiled
def promise(s, exchange, opportunity, quantity):
    """Add a yearly quantity to what both streams of an exchange have under contract, in place."""
    s.streams[exchange.supply].contracted += quantity
    s.streams[exchange.demand].contracted += quantity * opportunity.arriving * opportunity.ratio


@compiled
def end_exchange(p, clock, now, s, opportunity, exchange, row, reason, trigger):
    """End an exchange, in place: stage, month, reason and the number that led to it; a bad end disappoints."""
    if exchange.stage == OPERATING:
        go_back(p, clock, s, opportunity, exchange, row, reason, trigger)
    release(clock, s, opportunity, exchange)
    exchange.stage = ENDED
    exchange.end = float(clock.month)
    exchange.reason = reason
    exchange.trigger = trigger
    place = s.funnel[exchange.opportunity]
    place.stage = ENDED
    place.look = float(clock.month) + p.screening_retry
    failed = reason == NEED_GONE and trigger > 0.0
    if failed or (reason >= UNPROFITABLE and reason != BETTER_USE and reason != BETTER_INPUT):
        disappoint(p, s.companies[exchange.seller])
        disappoint(p, s.companies[exchange.buyer])
    count_end(now, reason)
    write_exchange(p, clock, s.events, EV_ENDED, exchange, row, reason, trigger)


@compiled
def go_back(p, clock, s, opportunity, exchange, number, reason, trigger):
    """Let who is left without notice pay for going back, in place: kappa x a month of virgin or disposal cost."""
    seller = s.companies[exchange.seller]
    buyer = s.companies[exchange.buyer]
    supply = s.streams[exchange.supply]
    demand = s.streams[exchange.demand]
    late = p.discovery_announcement < s.conversions[opportunity.conversion].lead
    month = p.contract_interruption_cost * exchange.quantity / 12.0
    if buyer.status == OPEN and is_left(clock, seller, supply, late, reason, BY_PRODUCT_GONE, reason == SUPPLY_FAILED):
        cost = month * opportunity.arriving * opportunity.ratio * s.materials[demand.material].price
        row = row_of(clock, s, exchange, number)
        row.return_buyer += cost
        pay(p, clock, s, exchange.buyer, RETURN_INPUT, cost)
    failed = reason == NEED_GONE and trigger > 0.0
    if seller.status == OPEN and is_left(clock, buyer, demand, late, reason, NEED_GONE, failed):
        cost = month * max(0.0, supply.disposal_cost)
        row = row_of(clock, s, exchange, number)
        row.return_seller += cost
        pay(p, clock, s, exchange.seller, RETURN_DISPOSAL, cost)


@compiled
def is_left(clock, partner, stream, late, reason, gone, failed):
    """Tell whether an end comes to a side without notice of at least the lead time.

    A permit is withdrawn or the partner has failed; it closes, or its stream stops, and nobody has said so in time.
    """
    if failed or reason == PERMIT_WITHDRAWN:
        return True
    if reason == PARTNER_CLOSED:
        return partner.status == CLOSED and (late or partner.closes > clock.month)
    return late and reason == gone and stream.coefficient <= 0.0


@compiled
def count_end(now, reason):
    """Count an end under its reason, in place."""
    now.ends += 1.0
    if reason == PARTNER_CLOSED:
        now.ends_partner_closed += 1.0
    elif reason == BY_PRODUCT_GONE:
        now.ends_by_product_gone += 1.0
    elif reason == NEED_GONE:
        now.ends_need_gone += 1.0
    elif reason == UNPROFITABLE:
        now.ends_unprofitable += 1.0
    elif reason == BETTER_USE:
        now.ends_better_use += 1.0
    else:
        count_other_end(now, reason)


@compiled
def count_other_end(now, reason):
    """Count an end under one of the rarer reasons, in place."""
    if reason == BETTER_INPUT:
        now.ends_better_input += 1.0
    elif reason == SUPPLY_FAILED:
        now.ends_supply_failed += 1.0
    elif reason == TRUST_LOST:
        now.ends_trust_lost += 1.0
    elif reason == NOT_RENEWED:
        now.ends_not_renewed += 1.0
    elif reason == PERMIT_WITHDRAWN:
        now.ends_permit_withdrawn += 1.0
    else:
        now.ends_held_up += 1.0
