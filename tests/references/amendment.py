"""Amendment: what was agreed about a running contract is written into it."""

from __future__ import annotations

from tests.references.assets import build_assets, missing_capital, take
from tests.references.contract import close_talk, expected
from tests.references.contract_settlement import current_price
from tests.references.deals import Talk
from tests.references.event_log import tell_of
from tests.references.lending import finance
from tests.references.shared_pipes import buy_in
from tests.references.termination import promise


def amend(model, talk: Talk) -> None:
    """Write what was agreed about a running contract into it."""
    exchange, offer, is_smaller = talk.exchange, talk.table, talk.kind == "smaller"
    step = offer.price - current_price(exchange)
    more = talk.quantity - exchange.quantity
    exchange.quantity = talk.quantity
    if exchange.successor is None:
        promise(exchange, more)
    take(model, exchange, more)
    exchange.price, exchange.reference = offer.price, exchange.demand.material.cost
    exchange.expected_seller, exchange.expected_buyer = expected(talk)
    if talk.kind == "renewal":
        ends = exchange.term_start + 12.0 * exchange.term
        exchange.term = offer.term
        exchange.term_start = ends
        if talk.capital + talk.grant > 0.0:
            exchange.term_start = float(model.month)
            rebuild(model, talk)
        tell_of(model, "renewed", talk.opportunity, step, exchange)
    else:
        exchange.renegotiations += 1
        reason = "readjusted" if is_smaller else ""
        tell_of(model, "renegotiated", talk.opportunity, more if is_smaller else step, exchange, reason)
    if is_smaller:
        exchange.fails = exchange.fails_buyer = 0.0
        exchange.flow = 1.0
    close_talk(model, talk, exchange)


def rebuild(model, talk: Talk) -> None:
    """Build anew what is worn or too small for a renewed contract; both sides pay their share."""
    exchange, opportunity = talk.exchange, talk.opportunity
    exchange.capital, exchange.grant, exchange.share = talk.capital, talk.grant, talk.table.share
    exchange.main, exchange.buy_in = talk.main, talk.buy_in
    exchange.link_capital, exchange.equipment_capital = missing_capital(
        model, opportunity, exchange.quantity, exchange.quantity
    )
    exchange.upkeep = talk.upkeep
    if exchange.main:
        buy_in(model, exchange)
    model.now.capex += exchange.capital + exchange.grant - exchange.buy_in
    model.now.grants += exchange.grant
    build_assets(model, exchange, model.month + 1.0)
    finance(model, exchange)
