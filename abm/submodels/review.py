"""Review and breakdown: exchanges that lost their partner, stream, permit or trust end; others are talked about anew."""

from __future__ import annotations

import numpy as np

from ..entities.codes import (
    AGREED,
    BUYER,
    BY_PRODUCT_GONE,
    CLOSED,
    ENDED,
    NEED_GONE,
    NOT_RENEWED,
    OPERATING,
    PARTNER_CLOSED,
    PERMIT_WITHDRAWN,
    RENEGOTIATION,
    RENEWAL,
    RUNNING,
    SELLER,
    SMALLER,
    SUPPLY_FAILED,
    TRUST_LOST,
)
from ..numerics.compiled import compiled
from ..numerics.randomness import PERMIT, join, uniform
from .assets import missing_capital, note_wear
from .capacity import free_quantity, possible_quantity, room_at_buyer, room_at_seller, shape_months
from .ledger import pay_leaving
from .negotiation.agenda import set_rebuilding
from .negotiation.opening import open_contract_talk
from .negotiation.outside_option import leaving_cost, running_gain, yearly_leaving
from .norms import is_willing
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
            reason, trigger = find_failure(t, p, clock, lever, s, opportunity, exchange, row)
            age = t - int(exchange.start) + 1
            if reason == RUNNING and age > 0 and age % 12 == 0:
                review_year(t, p, clock, lever, s, exchange, row)
            if reason == RUNNING:
                reason, trigger = near_the_end(t, p, clock, lever, s, opportunity, exchange, row)
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
def find_failure(t, p, clock, lever, s, opportunity, exchange, row):
    """Return (reason, number) when a side has failed too often and no smaller contract can be talked about, or trust is gone."""
    fails = max(exchange.fails, exchange.fails_buyer)
    failing = fails >= p.review_short_months and exchange.talking == 0
    if failing and not ask_for_less(t, p, clock, s, opportunity, exchange, row):
        return SUPPLY_FAILED if exchange.fails >= exchange.fails_buyer else NEED_GONE, fails
    return lose_trust(t, p, clock, lever, s, opportunity, exchange, row)


@compiled
def lose_trust(t, p, clock, lever, s, opportunity, exchange, row):
    """Return (reason, trust) when a side leaves for lack of trust; it pays what leaving costs, in place."""
    there = s.pairs[opportunity.there].trust
    back = s.pairs[opportunity.back].trust
    if leaves_by_distrust(t, p, there, exchange.identity):
        pay_leaving(p, clock, s, exchange, row, True, leaving_cost(t, p, lever, s, exchange, SELLER))
        return TRUST_LOST, there
    if leaves_by_distrust(t, p, back, join(exchange.identity, exchange.identity)):
        pay_leaving(p, clock, s, exchange, row, False, leaving_cost(t, p, lever, s, exchange, BUYER))
        return TRUST_LOST, back
    return RUNNING, 0.0


@compiled
def ask_for_less(t, p, clock, s, opportunity, exchange, row):
    """Open a talk about a contract for what flowed in about half a year, in place; return whether there is one.

    Too small a part of the contract, or of what the two could exchange, is not worth it. The other side's trust falls as
    with any demand for new terms.
    """
    least = p.contract_smallest * possible_quantity(p, s, opportunity)
    kept = min(1.0, exchange.flow) * exchange.quantity
    if p.review_readjust == 0 or exchange.flow < p.review_least_share or kept < least:
        return False
    by_seller = exchange.fails >= exchange.fails_buyer
    if not open_contract_talk(t, p, clock, s, row, SMALLER, SELLER if by_seller else BUYER, kept):
        return False
    shake_trust(s.pairs[opportunity.back if by_seller else opportunity.there], p.trust_loss_demand)
    return True


@compiled
def review_year(t, p, clock, lever, s, exchange, row):
    """Review one exchange after a year, in place: a side that is worse off than without it asks for new terms.

    Capital is sunk and does not count, damages neither: who failed has paid them. It asks only where it would rather leave
    than stay at the old terms, what leaving costs included; asking costs the other's trust.
    """
    seller_gain = exchange.year_seller + exchange.year_damages
    buyer_gain = exchange.year_buyer - exchange.year_damages
    exchange.year_seller = 0.0
    exchange.year_buyer = 0.0
    exchange.year_delivered = 0.0
    exchange.year_damages = 0.0
    if min(seller_gain, buyer_gain) >= 0.0 or exchange.talking == 1 or exchange.successor >= 0.0:
        return
    asker = SELLER if seller_gain < buyer_gain else BUYER
    stay = running_gain(p, lever, s, exchange, asker)
    if stay >= -yearly_leaving(t, p, lever, s, exchange, asker):
        return
    if open_contract_talk(t, p, clock, s, row, RENEGOTIATION, asker, exchange.quantity):
        opportunity = s.opportunities[exchange.opportunity]
        shake_trust(s.pairs[opportunity.back if asker == SELLER else opportunity.there], p.trust_loss_demand)


@compiled
def near_the_end(t, p, clock, lever, s, opportunity, exchange, row):
    """Open the talk on renewal `review.notice` months before the end of a term, or when a part is worn, in place; return (reason, number).

    Without a new contract it runs on at the old terms for as long again and then ends: for what leaves no room for a new one,
    else `not_renewed`. One that another is to take the place of runs on until that starts.
    """
    left = months_left(t, p, s, opportunity, exchange)
    if left > p.review_notice or exchange.successor >= 0.0:
        return RUNNING, 0.0
    if left <= -p.review_notice:
        reason = lost_ground(p, s, opportunity, exchange)
        return reason, exchange.term if reason == NOT_RENEWED else 0.0
    if exchange.talking == 1 or exchange.asked >= t + left - p.review_notice:
        return RUNNING, 0.0
    if is_willing(p, s.companies[exchange.seller]) and is_willing(p, s.companies[exchange.buyer]):
        quantity = free_quantity(p, s, exchange.opportunity, -1)
        if exchange.capital + exchange.grant > 0.0:
            quantity = min(quantity, exchange.quantity)
        if open_contract_talk(t, p, clock, s, row, RENEWAL, SELLER, quantity):
            set_rebuilding(p, lever, s, s.talks[clock.talks - 1])
    return RUNNING, 0.0


@compiled
def months_left(t, p, s, opportunity, exchange):
    """Return the months to the end of the term, or to half a year after a part was worn that it needs anew, if that is sooner.

    Where others have built anew what it uses, it learns when that wears, in place.
    """
    left = 12.0 * exchange.term - (t - exchange.term_start)
    if exchange.wears > t:
        return left
    if missing_capital(p, s, opportunity, exchange.quantity, exchange.quantity) <= 0.0:
        note_wear(s, opportunity, exchange)
        return left
    return min(left, exchange.wears + p.review_notice - t)


@compiled
def lost_ground(p, s, opportunity, exchange):
    """Return why no new contract could follow: the partner about to close, nothing of by-product or need beside other contracts.

    Else nobody agreed.
    """
    if s.companies[exchange.seller].prospect == 0 or s.companies[exchange.buyer].prospect == 0:
        return PARTNER_CLOSED
    shape = np.empty(12)
    shape_months(s, opportunity, shape)
    if room_at_seller(p, s, exchange.opportunity, -1, shape) <= 0.0:
        return BY_PRODUCT_GONE
    if room_at_buyer(p, s, exchange.opportunity, -1, shape) <= 0.0:
        return NEED_GONE
    return NOT_RENEWED
