"""Investment: connections are built and start; once capital is sunk, a partner may hold the other up."""

from __future__ import annotations

from math import ceil

from tests.references.assets import build_assets
from tests.references.deals import Exchange
from tests.references.delivery import can_run
from tests.references.draws import join
from tests.references.event_log import tell_of
from tests.references.ledger import pay_leaving
from tests.references.lending import finance
from tests.references.outside_option import leaving_cost, running_gain
from tests.references.shared_pipes import buy_in
from tests.references.termination import end_exchange
from tests.references.things import Relation, Stage
from tests.references.trust import shake_trust


def build(model) -> None:
    """Start the building of what was agreed and the operation of what is ready."""
    for exchange in model.exchanges:
        if exchange.stage is Stage.AGREED and exchange.signed < model.month:
            start_building(model, exchange)
        if exchange.stage is Stage.BUILDING and exchange.ready <= model.month + 1.0 and is_ready(exchange):
            start_operation(model, exchange)
            leave_old(model, exchange)


def is_ready(exchange: Exchange) -> bool:
    """Both sides can run and there is something to deliver, new or in store."""
    return can_run(exchange) and exchange.supply.amount + exchange.supply.stock > 0.0


def start_building(model, exchange: Exchange) -> None:
    """Spend the capital, met by loan and grant; lead time and permit set the month from which the exchange can run."""
    opportunity = exchange.opportunity
    permit = opportunity.permit * model.p.investment_permit_months * (1.0 - model.lever.permit_easing)
    exchange.stage = opportunity.stage = Stage.BUILDING
    exchange.ready = model.month + 1.0 + ceil(opportunity.lead + permit)
    if exchange.main:
        buy_in(model, exchange)
    model.now.capex += exchange.capital + exchange.grant - exchange.buy_in
    model.now.grants += exchange.grant
    build_assets(model, exchange, exchange.ready)
    if exchange.capital + exchange.grant > 0.0:
        finance(model, exchange)
    tell_of(model, "building", opportunity, exchange.capital, exchange, "shared" if exchange.main else "")


def start_operation(model, exchange: Exchange) -> None:
    """Let an exchange run from the next month on."""
    exchange.stage = exchange.opportunity.stage = Stage.OPERATING
    exchange.start = exchange.opportunity.operating = model.month + 1.0
    exchange.supply.links += 1
    exchange.demand.links += 1
    exchange.seller.sells += 1
    exchange.buyer.buys += 1
    tell_of(model, "operating", exchange.opportunity, exchange.quantity, exchange)


def leave_old(model, exchange: Exchange) -> None:
    """End the contract whose place a starting exchange takes."""
    old = exchange.predecessor
    if old is None or old.stage is Stage.ENDED:
        return
    by_seller = old.supply is exchange.supply
    pay_leaving(model, old, by_seller, leaving_cost(model, old, by_seller))
    reason, gain = ("better_use", exchange.expected_seller) if by_seller else ("better_input", exchange.expected_buyer)
    end_exchange(model, old, reason, gain)


def hold_up(model) -> None:
    """Let opportunistic partners demand a new price where the other's capital is sunk."""
    lawful = min(1.0, model.p.investment_enforcement + model.lever.enforcement)
    for exchange in model.exchanges:
        if not exchange.runs or exchange.capital <= 0.0 or exchange.start > model.month:
            continue
        by_seller = greed(exchange.opportunity.there, 1.0 - exchange.share)
        by_buyer = greed(exchange.opportunity.back, exchange.share)
        chance = model.monthly_hold_up * max(by_seller, by_buyer)
        if model.draws.uniform("hold_up", model.month, exchange.identity) >= chance:
            continue
        court = model.draws.uniform("hold_up", model.month, join(exchange.identity, exchange.identity))
        demand_price(model, exchange, by_seller >= by_buyer, court < lawful)


def greed(relation: Relation, other_share: float) -> float:
    """Opportunism x (1 - trust), where the other bore capital."""
    return relation.owner.opportunism * (1.0 - relation.trust) if other_share > 0.0 else 0.0


def demand_price(model, exchange: Exchange, by_seller: bool, turned_down: bool) -> None:
    """Carry out one hold-up: half of what the victim gains before capital."""
    opportunity, p = exchange.opportunity, model.p
    victim = opportunity.back if by_seller else opportunity.there
    gain = running_gain(model, exchange, not by_seller) * exchange.flow
    step = p.investment_demand * max(0.0, gain) / exchange.quantity
    tell_of(model, "hold_up", opportunity, step, exchange, "turned_down" if turned_down else "")
    shake_trust(victim, p.trust_loss_demand if turned_down else p.trust_loss_hold_up)
    if turned_down:
        return
    if victim.trust < p.trust_breaking or gain <= 0.0:
        victim.refuses = float(model.month + p.trust_blacklist)
        end_exchange(model, exchange, "held_up", step)
        return
    change = step if by_seller else -step
    exchange.price += change
    exchange.expected_seller += change * exchange.quantity
    exchange.expected_buyer -= change * exchange.quantity
    exchange.renegotiations += 1
