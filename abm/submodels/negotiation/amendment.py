"""Amendment: what a talk about a running contract agreed on is written into it: renewal, new terms, a smaller quantity."""

from __future__ import annotations

from ...entities.codes import EV_RENEGOTIATED, EV_RENEWED, HOLD_UP_TALK, RENEWAL, SELLER, SMALLER
from ...numerics.compiled import compiled
from ..assets import build_assets, missing_equipment, missing_link, take
from ..contract_settlement import current_price
from ..event_log import write_exchange
from ..lending import finance
from ..shared_pipes import buy_in
from ..termination import promise
from ..trust import shake_trust
from .contract import close_talk, set_terms


@compiled
def amend(t, p, clock, now, s, talk):
    """Write what was agreed about a running contract into it, in place: price and term anew, a smaller quantity."""
    row = talk.exchange
    exchange = s.exchanges[row]
    opportunity = s.opportunities[exchange.opportunity]
    cost = s.materials[s.streams[exchange.demand].material].cost
    step = talk.price - current_price(exchange, opportunity, cost)
    more = talk.quantity - exchange.quantity
    start = exchange.term_start
    left = exchange.term
    exchange.quantity = talk.quantity
    if not exchange.successor >= 0.0:
        promise(s, exchange, opportunity, more)
    take(clock, s, opportunity, exchange, more)
    share = exchange.share
    signed = exchange.signed
    set_terms(t, p, cost, talk, exchange)
    exchange.signed = signed
    if talk.capital + talk.grant > 0.0:
        rebuild(t, p, clock, now, s, talk, exchange, row)
    else:
        exchange.share = share
    if talk.kind == RENEWAL:
        exchange.term_start = float(t) if talk.capital + talk.grant > 0.0 else start + 12.0 * left
        write_exchange(p, clock, s.events, EV_RENEWED, exchange, row, 0, step)
    else:
        exchange.term_start = start
        exchange.term = left
        exchange.renegotiations += 1
        small = talk.kind == SMALLER
        write_exchange(p, clock, s.events, EV_RENEGOTIATED, exchange, row, 1 if small else 0, more if small else step)
    if talk.kind == SMALLER:
        exchange.fails = 0.0
        exchange.fails_buyer = 0.0
        exchange.flow = 1.0
    if talk.kind == HOLD_UP_TALK:
        shake_trust(s.pairs[opportunity.back if talk.asker == SELLER else opportunity.there], p.trust_loss_hold_up)
    close_talk(p, clock, s, talk, exchange, row)


@compiled
def rebuild(t, p, clock, now, s, talk, exchange, row):
    """Build anew what is worn or too small for a renewed contract, ready from the next month on, in place; both sides pay their share."""
    opportunity = s.opportunities[exchange.opportunity]
    conversion = s.conversions[opportunity.conversion]
    exchange.capital = talk.capital
    exchange.grant = talk.grant
    exchange.main = talk.main
    exchange.buy_in = talk.buy_in
    exchange.link_capital = missing_link(p, s, opportunity, exchange.quantity, exchange.quantity)
    exchange.equipment_capital = missing_equipment(p, s, opportunity, exchange.quantity, exchange.quantity)
    exchange.upkeep = talk.upkeep
    if exchange.main > 0:
        buy_in(p, clock, s, exchange, row)
    now.capex += exchange.capital + exchange.grant - exchange.buy_in
    now.grants += exchange.grant
    build_assets(clock, s, opportunity, exchange, row, t + 1.0)
    finance(p, clock, s, conversion, exchange, row)
