"""Review and breakdown: exchanges that lost their ground or trust end, with a reason; others are talked about anew."""

from __future__ import annotations

from tests.references.assets import missing_capital, note_wear
from tests.references.capacity import free_quantity, possible_quantity, room_at_buyer, room_at_seller, shape_months
from tests.references.deals import Exchange
from tests.references.draws import join
from tests.references.ledger import pay_leaving
from tests.references.norms import is_willing
from tests.references.opening import open_contract_talk
from tests.references.outside_option import leaving_cost, running_gain, yearly_leaving
from tests.references.termination import end_exchange
from tests.references.things import Stage
from tests.references.trust import leaves_by_distrust, shake_trust

GOES_ON = ("", 0.0)


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
        review_year(model, exchange)
    return (reason, trigger) if reason else near_the_end(model, exchange)


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
    """A side has failed too often and no smaller contract can be talked about, or trust is gone."""
    fails = max(exchange.fails, exchange.fails_buyer)
    if fails >= model.p.review_short_months and not exchange.talking and not ask_for_less(model, exchange):
        return "supply_failed" if exchange.fails >= exchange.fails_buyer else "need_gone", fails
    return lose_trust(model, exchange)


def lose_trust(model, exchange: Exchange) -> tuple[str, float]:
    """A side leaves for lack of trust and pays what leaving costs."""
    there, back = exchange.opportunity.there.trust, exchange.opportunity.back.trust
    identities = exchange.identity, join(exchange.identity, exchange.identity)
    for trust, identity, by_seller in zip((there, back), identities, (True, False), strict=True):
        if leaves_by_distrust(model, trust, identity):
            pay_leaving(model, exchange, by_seller, leaving_cost(model, exchange, by_seller))
            return "trust_lost", trust
    return GOES_ON


def ask_for_less(model, exchange: Exchange) -> bool:
    """Open a talk about a contract for what flowed; return whether there is one."""
    p, opportunity = model.p, exchange.opportunity
    least = p.contract_smallest * possible_quantity(p, opportunity)
    kept = min(1.0, exchange.flow) * exchange.quantity
    if not p.review_readjust or exchange.flow < p.review_least_share or kept < least:
        return False
    by_seller = exchange.fails >= exchange.fails_buyer
    if not open_contract_talk(model, exchange, "smaller", by_seller, kept):
        return False
    shake_trust(opportunity.back if by_seller else opportunity.there, p.trust_loss_demand)
    return True


def review_year(model, exchange: Exchange) -> None:
    """A side that is worse off than without the exchange asks for new terms, where it would rather leave than stay."""
    seller_gain = exchange.year_seller + exchange.year_damages
    buyer_gain = exchange.year_buyer - exchange.year_damages
    exchange.year_seller = exchange.year_buyer = exchange.year_delivered = exchange.year_damages = 0.0
    if min(seller_gain, buyer_gain) >= 0.0 or exchange.talking or exchange.successor is not None:
        return
    by_seller = seller_gain < buyer_gain
    if running_gain(model, exchange, by_seller) >= -yearly_leaving(model, exchange, by_seller):
        return
    if open_contract_talk(model, exchange, "renegotiation", by_seller, exchange.quantity):
        opportunity = exchange.opportunity
        shake_trust(opportunity.back if by_seller else opportunity.there, model.p.trust_loss_demand)


def near_the_end(model, exchange: Exchange) -> tuple[str, float]:
    """Open the talk on renewal before the end of a term or when a part is worn; without a new contract it ends later."""
    p, opportunity = model.p, exchange.opportunity
    left = months_left(model, exchange)
    if left > p.review_notice or exchange.successor is not None:
        return GOES_ON
    if left <= -p.review_notice:
        reason = lost_ground(model, exchange)
        return reason, exchange.term if reason == "not_renewed" else 0.0
    if exchange.talking or exchange.asked >= model.month + left - p.review_notice:
        return GOES_ON
    if is_willing(model, exchange.seller) and is_willing(model, exchange.buyer):
        quantity = free_quantity(p, opportunity)
        if exchange.capital + exchange.grant > 0.0:
            quantity = min(quantity, exchange.quantity)
        open_contract_talk(model, exchange, "renewal", True, quantity)
    return GOES_ON


def months_left(model, exchange: Exchange) -> float:
    """Months to the end of the term, or to half a year after a part was worn that it needs anew."""
    left = 12.0 * exchange.term - (model.month - exchange.term_start)
    if exchange.wears > model.month:
        return left
    if sum(missing_capital(model, exchange.opportunity, exchange.quantity, exchange.quantity)) <= 0.0:
        note_wear(model, exchange)
        return left
    return min(left, exchange.wears + model.p.review_notice - model.month)


def lost_ground(model, exchange: Exchange) -> str:
    """What leaves no room for a new contract, or that nobody agreed."""
    p, opportunity = model.p, exchange.opportunity
    if not exchange.seller.prospect or not exchange.buyer.prospect:
        return "partner_closed"
    if room_at_seller(p, opportunity, None, shape_months(opportunity)) <= 0.0:
        return "by_product_gone"
    return "need_gone" if room_at_buyer(p, opportunity, None, shape_months(opportunity)) <= 0.0 else "not_renewed"
