"""The end of an exchange: its books, its reason and who is disappointed."""

from __future__ import annotations

from ecopark.abm.entities.accounts import RETURN_DISPOSAL, RETURN_INPUT
from tests.references.assets import take
from tests.references.deals import Exchange
from tests.references.event_log import tell_of
from tests.references.ledger import pay_item
from tests.references.norms import disappoint
from tests.references.things import Stage

BAD_ENDS = ("unprofitable", "supply_failed", "trust_lost", "held_up", "not_renewed", "permit_withdrawn")


def promise(exchange: Exchange, quantity: float) -> None:
    """Add a yearly quantity to what both streams have under contract."""
    exchange.supply.contracted += quantity
    exchange.demand.contracted += quantity * exchange.opportunity.arriving * exchange.opportunity.ratio


def end_exchange(model, exchange: Exchange, reason: str, trigger: float) -> None:
    """End an exchange: free what it promised, record why, be disappointed by a bad end."""
    opportunity, supply, demand = exchange.opportunity, exchange.supply, exchange.demand
    if exchange.runs:
        go_back(model, exchange, reason, trigger)
    if exchange.successor is None:
        promise(exchange, -exchange.quantity)
    old = exchange.predecessor
    if not exchange.runs and old is not None and old.stage is not Stage.ENDED:
        old.successor = None
        promise(old, old.quantity)
    take(model, exchange, -exchange.quantity)
    if exchange.runs:
        supply.links -= 1
        demand.links -= 1
        exchange.seller.sells -= 1
        exchange.buyer.buys -= 1
    exchange.stage = opportunity.stage = Stage.ENDED
    exchange.end = float(model.month)
    exchange.reason, exchange.trigger = reason, trigger
    opportunity.look = float(model.month) + model.p.screening_retry
    if reason in BAD_ENDS or (reason == "need_gone" and trigger > 0.0):
        disappoint(model.p, exchange.seller)
        disappoint(model.p, exchange.buyer)
    model.now.ends += 1.0
    setattr(model.now, f"ends_{reason}", getattr(model.now, f"ends_{reason}") + 1.0)
    tell_of(model, "ended", opportunity, trigger, exchange, reason)


def go_back(model, exchange: Exchange, reason: str, trigger: float) -> None:
    """Who is left without notice pays kappa x a month of virgin or disposal cost for going back."""
    opportunity, supply, demand = exchange.opportunity, exchange.supply, exchange.demand
    late = model.p.discovery_announcement < opportunity.lead
    month = model.p.contract_interruption_cost * exchange.quantity / 12.0

    def is_left(partner, stream, gone: str, failed: bool) -> bool:
        if failed or reason == "permit_withdrawn":
            return True
        if reason == "partner_closed":
            return partner.status == "closed" and (late or partner.closes > model.month)
        return late and reason == gone and stream.coefficient <= 0.0

    if exchange.buyer.is_open and is_left(exchange.seller, supply, "by_product_gone", reason == "supply_failed"):
        cost = month * opportunity.arriving * opportunity.ratio * demand.material.price
        pay_item(model, exchange, RETURN_INPUT, "return_buyer", False, cost)
    if exchange.seller.is_open and is_left(
        exchange.buyer, demand, "need_gone", reason == "need_gone" and trigger > 0.0
    ):
        pay_item(model, exchange, RETURN_DISPOSAL, "return_seller", True, month * max(0.0, supply.disposal_cost))
