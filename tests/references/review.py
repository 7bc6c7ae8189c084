"""Review and breakdown: exchanges that lost their ground, trust or profit end, with a reason."""

from __future__ import annotations

from tests.references.assets import take
from tests.references.contract_settlement import current_price
from tests.references.deals import Exchange
from tests.references.draws import join
from tests.references.event_log import tell_of
from tests.references.ledger import pay_leaving
from tests.references.norms import is_willing, willingness
from tests.references.outside_option import GOES_ON, find_better, leaving_cost
from tests.references.screening import possible_quantity, value_buyer, value_seller
from tests.references.termination import end_exchange
from tests.references.things import Stage
from tests.references.trust import leaves_by_distrust, shake_trust


def review_exchanges(model) -> None:
    """Review every exchange that has not ended: triggers every month, terms once a year."""
    for exchange in model.exchanges:
        if exchange.stage is not Stage.ENDED:
            reason, trigger = review(model, exchange)
            if reason:
                end_exchange(model, exchange, reason, trigger)


def review(model, exchange: Exchange) -> tuple[str, float]:
    """Return (reason, number that led to it); no reason when it goes on."""
    reason = find_loss(model, exchange)
    if reason or not exchange.runs:
        return reason, 0.0
    reason, trigger = find_failure(model, exchange)
    age = model.month - int(exchange.start) + 1
    if not reason and age > 0 and age % 12 == 0:
        return review_year(model, exchange)
    return reason, trigger


def find_loss(model, exchange: Exchange) -> str:
    """A partner, a stream or the permit is gone."""
    supply, demand = exchange.supply, exchange.demand
    if supply.company.status == "closed" or demand.company.status == "closed":
        return "partner_closed"
    if supply.coefficient <= 0.0 and supply.coming <= 0.0:
        return "by_product_gone"
    if demand.coefficient <= 0.0 and demand.coming <= 0.0:
        return "need_gone"
    if not supply.permit:
        return "permit_withdrawn"
    if exchange.opportunity.permit and is_withdrawn_by_chance(model, exchange):
        return "permit_withdrawn"
    return ""


def is_withdrawn_by_chance(model, exchange: Exchange) -> bool:
    """An authority withdraws a permit now and then."""
    return model.draws.uniform("permit", model.month, exchange.identity) < model.monthly_permit_hazard


def find_failure(model, exchange: Exchange) -> tuple[str, float]:
    """A side has failed too often and no smaller contract helps, or trust is gone."""
    fails = max(exchange.fails, exchange.fails_buyer)
    if fails >= model.p.review_short_months and not readjust(model, exchange):
        return "supply_failed" if exchange.fails >= exchange.fails_buyer else "need_gone", fails
    return lose_trust(model, exchange)


def lose_trust(model, exchange: Exchange) -> tuple[str, float]:
    """A side leaves for lack of trust and pays what leaving costs."""
    there, back = exchange.opportunity.there.trust, exchange.opportunity.back.trust
    identities = exchange.identity, join(exchange.identity, exchange.identity)
    for trust, identity, by_seller in zip((there, back), identities, (True, False), strict=True):
        if leaves_by_distrust(model, trust, identity):
            pay_leaving(model, exchange, by_seller, leaving_cost(model.month, exchange))
            return "trust_lost", trust
    return GOES_ON


def readjust(model, exchange: Exchange) -> bool:
    """Take the contract down to what flowed; return whether there was enough to agree on."""
    p, opportunity = model.p, exchange.opportunity
    least = p.contract_smallest * possible_quantity(p, opportunity)
    if not p.review_readjust or exchange.flow < p.review_least_share or exchange.flow * exchange.quantity < least:
        return False
    kept = min(1.0, exchange.flow)
    less = (1.0 - kept) * exchange.quantity
    exchange.quantity -= less
    exchange.expected_seller *= kept
    exchange.expected_buyer *= kept
    exchange.supply.contracted -= less
    exchange.demand.contracted -= less * opportunity.arriving * opportunity.ratio
    take(model, exchange, -less)
    by_seller = exchange.fails >= exchange.fails_buyer
    exchange.fails = exchange.fails_buyer = 0.0
    exchange.flow = 1.0
    exchange.renegotiations += 1
    shake_trust(opportunity.back if by_seller else opportunity.there, p.trust_loss_demand)
    tell_of(model, "renegotiated", opportunity, -less, exchange, "readjusted")
    return True


def review_year(model, exchange: Exchange) -> tuple[str, float]:
    """After a year: terms for a side that loses without damages, something better, the end of the term."""
    seller_gain = exchange.year_seller + exchange.year_damages
    buyer_gain = exchange.year_buyer - exchange.year_damages
    delivered = exchange.year_delivered
    exchange.year_seller = exchange.year_buyer = exchange.year_delivered = exchange.year_damages = 0.0
    worst = min(seller_gain, buyer_gain)
    if worst < 0.0 and not ask_for_terms(model, exchange, seller_gain, buyer_gain, delivered):
        return "unprofitable", worst
    reason, trigger = find_better(model, exchange, max(0.0, seller_gain), max(0.0, buyer_gain))
    if reason:
        pay_leaving(model, exchange, reason == "better_use", leaving_cost(model.month, exchange))
    elif model.month - exchange.term_start >= 12.0 * exchange.term:
        return renew(model, exchange)
    return reason, trigger


def ask_for_terms(model, exchange: Exchange, seller_gain: float, buyer_gain: float, delivered: float) -> bool:
    """Give the losing side what it needs and a quarter of the joint gain, within what a unit is worth to each.

    Return whether the exchange goes on: not when the two lose together.
    """
    opportunity = exchange.opportunity
    joint = seller_gain + buyer_gain
    if joint < 0.0:
        return False
    if delivered <= 0.0:
        return True
    seller_loses = seller_gain < 0.0
    to_seller = 0.25 * joint if seller_loses else 0.75 * joint
    present = current_price(exchange)
    least, most = -value_seller(model, opportunity), value_buyer(model, opportunity)
    if most < least:
        return False
    exchange.price = min(most, max(least, present + (to_seller - seller_gain) / delivered))
    exchange.reference = exchange.demand.material.cost
    exchange.renegotiations += 1
    step = exchange.price - present
    expect_price(exchange, step)
    shake_trust(opportunity.back if seller_loses else opportunity.there, model.p.trust_loss_demand)
    tell_of(model, "renegotiated", opportunity, step, exchange)
    return True


def expect_price(exchange: Exchange, step: float) -> None:
    """Move what both sides expect with a change of the price."""
    exchange.expected_seller += step * exchange.quantity
    exchange.expected_buyer -= step * exchange.quantity


def renew(model, exchange: Exchange) -> tuple[str, float]:
    """Renew a contract whose term is over when both sides are willing."""
    least = min(willingness(model, exchange.seller), willingness(model, exchange.buyer))
    if not (is_willing(model, exchange.seller) and is_willing(model, exchange.buyer)):
        return "not_renewed", least
    exchange.term_start = float(model.month)
    tell_of(model, "renewed", exchange.opportunity, least, exchange)
    return GOES_ON
