"""Review and breakdown: exchanges that lost their partner, stream, permit, profit or trust end, with a reason."""

from __future__ import annotations

from ..entities.codes import (
    AGREED,
    BETTER_USE,
    BY_PRODUCT_GONE,
    CLOSED,
    ENDED,
    EV_RENEGOTIATED,
    EV_RENEWED,
    NEED_GONE,
    NOT_RENEWED,
    OPERATING,
    PARTNER_CLOSED,
    PERMIT_WITHDRAWN,
    RUNNING,
    SUPPLY_FAILED,
    TRUST_LOST,
    UNPROFITABLE,
)
from ..numerics.compiled import compiled
from ..numerics.randomness import PERMIT, join, uniform
from .assets import take
from .contract_settlement import current_price
from .event_log import write_exchange
from .ledger import pay_leaving
from .negotiation.outside_option import find_better, leaving_cost
from .norms import is_willing, willingness
from .screening import possible_quantity, value_buyer, value_seller
from .termination import end_exchange
from .trust import leaves_by_distrust, shake_trust


@compiled
def review_exchanges(t, p, clock, lever, now, s):
    """Review every exchange that has not ended, in place: triggers every month, terms once a year."""
    for row in range(clock.exchanges):
        exchange = s.exchanges[row]
        if exchange.stage < AGREED or exchange.stage == ENDED:
            continue
        opportunity = s.opportunities[exchange.opportunity]
        reason = find_loss(t, p, s, exchange, opportunity)
        trigger = 0.0
        if reason == RUNNING and exchange.stage == OPERATING:
            reason, trigger = find_failure(t, p, clock, s, opportunity, exchange, row)
            age = t - int(exchange.start) + 1
            if reason == RUNNING and age > 0 and age % 12 == 0:
                reason, trigger = review_year(t, p, clock, lever, now, s, exchange, row)
        if reason != RUNNING:
            end_exchange(p, clock, now, s, opportunity, exchange, row, reason, trigger)


@compiled
def find_loss(t, p, s, exchange, opportunity):
    """Return the reason why an exchange has lost its ground, or RUNNING: failure sits on plants and processes."""
    if s.companies[exchange.seller].status == CLOSED or s.companies[exchange.buyer].status == CLOSED:
        return PARTNER_CLOSED
    supply = s.streams[exchange.supply]
    demand = s.streams[exchange.demand]
    if supply.coefficient <= 0.0 and supply.coming <= 0.0:
        return BY_PRODUCT_GONE
    if demand.coefficient <= 0.0 and demand.coming <= 0.0:
        return NEED_GONE
    if supply.permit == 0:
        return PERMIT_WITHDRAWN
    if (
        s.conversions[opportunity.conversion].permit == 1
        and uniform(p.seed, PERMIT, t, exchange.identity) < p.monthly_permit_hazard
    ):
        return PERMIT_WITHDRAWN
    return RUNNING


@compiled
def find_failure(t, p, clock, s, opportunity, exchange, row):
    """Return (reason, number) when a side has failed too often and no smaller contract helps, or trust is gone."""
    fails = max(exchange.fails, exchange.fails_buyer)
    if fails >= p.review_short_months and not readjust(p, clock, s, opportunity, exchange, row):
        return SUPPLY_FAILED if exchange.fails >= exchange.fails_buyer else NEED_GONE, fails
    return lose_trust(t, p, clock, s, opportunity, exchange, row)


@compiled
def lose_trust(t, p, clock, s, opportunity, exchange, row):
    """Return (reason, trust) when a side leaves for lack of trust; it pays what leaving costs, in place."""
    there = s.pairs[opportunity.there].trust
    back = s.pairs[opportunity.back].trust
    if leaves_by_distrust(t, p, there, exchange.identity):
        pay_leaving(p, clock, s, exchange, row, True, leaving_cost(t, exchange))
        return TRUST_LOST, there
    if leaves_by_distrust(t, p, back, join(exchange.identity, exchange.identity)):
        pay_leaving(p, clock, s, exchange, row, False, leaving_cost(t, exchange))
        return TRUST_LOST, back
    return RUNNING, 0.0


@compiled
def readjust(p, clock, s, opportunity, exchange, row):
    """Take the contract down to what flowed in about a year, in place; return whether both could agree on that.

    Too small a part of the contract, or of what the two could exchange, is not worth it. The other side's trust falls as
    with any demand for new terms; expectations shrink with the contract.
    """
    least = p.contract_smallest * possible_quantity(p, s, opportunity)
    if p.review_readjust == 0 or exchange.flow < p.review_least_share or exchange.flow * exchange.quantity < least:
        return False
    kept = min(1.0, exchange.flow)
    less = (1.0 - kept) * exchange.quantity
    exchange.quantity -= less
    exchange.expected_seller *= kept
    exchange.expected_buyer *= kept
    s.streams[exchange.supply].contracted -= less
    s.streams[exchange.demand].contracted -= less * opportunity.arriving * opportunity.ratio
    take(clock, s, opportunity, exchange, -less)
    by_seller = exchange.fails >= exchange.fails_buyer
    exchange.fails = 0.0
    exchange.fails_buyer = 0.0
    exchange.flow = 1.0
    exchange.renegotiations += 1
    shake_trust(s.pairs[opportunity.back if by_seller else opportunity.there], p.trust_loss_demand)
    write_exchange(p, clock, s.events, EV_RENEGOTIATED, exchange, row, 1, -less)
    return True


@compiled
def review_year(t, p, clock, lever, now, s, exchange, row):
    """Review one exchange after a year, in place; return (reason, number), RUNNING when it goes on.

    Capital is sunk and does not count, damages neither: who failed has paid them. An unprofitable side asks the other for terms; then both look for something
    better; at the end of the term the contract is renewed or not.
    """
    seller_gain = exchange.year_seller + exchange.year_damages
    buyer_gain = exchange.year_buyer - exchange.year_damages
    delivered = exchange.year_delivered
    exchange.year_seller = 0.0
    exchange.year_buyer = 0.0
    exchange.year_delivered = 0.0
    exchange.year_damages = 0.0
    worst = min(seller_gain, buyer_gain)
    opportunity = s.opportunities[exchange.opportunity]
    if worst < 0.0 and not ask_for_terms(
        p, clock, lever, s, opportunity, exchange, row, seller_gain, buyer_gain, delivered
    ):
        return UNPROFITABLE, worst
    reason, trigger = find_better(t, p, s, exchange, max(0.0, seller_gain), max(0.0, buyer_gain))
    if reason != RUNNING:
        pay_leaving(p, clock, s, exchange, row, reason == BETTER_USE, leaving_cost(t, exchange))
        return reason, trigger
    if t - exchange.term_start >= 12.0 * exchange.term:
        return renew(t, p, clock, s, exchange, row)
    return RUNNING, 0.0


@compiled
def ask_for_terms(p, clock, lever, s, opportunity, exchange, row, seller_gain, buyer_gain, delivered):
    """Let the losing side ask for a new price, in place; return whether the exchange goes on.

    The other side agrees when the two do not lose together; the price then leaves the loser what it needs to break even
    and a quarter of the joint gain, within what a unit is worth to each. Asking costs trust.
    """
    joint = seller_gain + buyer_gain
    if joint < 0.0:
        return False
    if delivered <= 0.0:
        return True
    cost = s.materials[s.streams[exchange.demand].material].cost
    least = -value_seller(lever, s, opportunity)
    most = value_buyer(lever, s, opportunity)
    to_seller = 0.25 * joint if seller_gain < 0.0 else 0.75 * joint
    present = current_price(exchange, opportunity, cost)
    wanted = present + (to_seller - seller_gain) / delivered
    if most < least:
        return False
    exchange.price = min(most, max(least, wanted))
    exchange.reference = cost
    exchange.renegotiations += 1
    expect_price(exchange, exchange.price - present)
    shake_trust(s.pairs[opportunity.there if seller_gain >= 0.0 else opportunity.back], p.trust_loss_demand)
    write_exchange(p, clock, s.events, EV_RENEGOTIATED, exchange, row, 0, exchange.price - present)
    return True


@compiled
def expect_price(exchange, step):
    """Move what both sides expect of an exchange [EUR/year] with a change of its price, in place."""
    exchange.expected_seller += step * exchange.quantity
    exchange.expected_buyer -= step * exchange.quantity


@compiled
def renew(t, p, clock, s, exchange, row):
    """Renew a contract whose term is over when both sides are willing, in place; return (reason, number)."""
    seller = s.companies[exchange.seller]
    buyer = s.companies[exchange.buyer]
    least = min(willingness(p, seller), willingness(p, buyer))
    if not is_willing(p, seller) or not is_willing(p, buyer):
        return NOT_RENEWED, least
    exchange.term_start = float(t)
    write_exchange(p, clock, s.events, EV_RENEWED, exchange, row, 0, least)
    return RUNNING, 0.0
