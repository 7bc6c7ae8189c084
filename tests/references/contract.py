"""Contract: a deal becomes an exchange with all its terms."""

from __future__ import annotations

from math import inf

from ecopark.abm.entities import accounts
from tests.references.assets import missing_capital, take
from tests.references.deals import Exchange, Talk
from tests.references.draws import join
from tests.references.event_log import tell_of
from tests.references.ledger import pay_item
from tests.references.past_talks import write_past_talk
from tests.references.screening import capital_as_new
from tests.references.termination import promise
from tests.references.things import Stage


def sign(model, talk: Talk) -> None:
    """Sign the deal on the table: a new exchange with all its terms."""
    opportunity = talk.opportunity
    exchange = write_contract(model, talk)
    model.exchanges.append(exchange)
    opportunity.contracts += 1
    opportunity.contract = exchange
    if talk.kind == "switch":
        old = talk.exchange
        old.successor, exchange.predecessor = exchange, old
        promise(old, -old.quantity)
    promise(exchange, talk.quantity)
    take(model, exchange, talk.quantity)
    close_talk(model, talk, exchange)
    opportunity.stage = Stage.AGREED
    opportunity.signed = float(model.month)
    model.now.deals += 1.0
    tell_of(model, "agreed", opportunity, talk.table.price, exchange)


def close_talk(model, talk: Talk, exchange: Exchange) -> None:
    """Let both sides pay for arranging and free their time."""
    talk.seller.company.talks -= 1
    talk.buyer.company.talks -= 1
    write_past_talk(model, talk, "")
    pay_item(model, exchange, accounts.ARRANGING, "arranging_seller", True, talk.arranging)
    pay_item(model, exchange, accounts.ARRANGING, "arranging_buyer", False, talk.arranging)
    if talk.exchange is not None:
        talk.exchange.talking = False


def expected(talk: Talk) -> tuple[float, float]:
    """What both sides expect of a contract [EUR/year], without capital."""
    price = talk.table.price
    return (
        talk.quantity * (price + talk.seller.value) - talk.seller.running,
        talk.quantity * (talk.buyer.value - price) - talk.buyer.running,
    )


def write_contract(model, talk: Talk) -> Exchange:
    """Return the contract of what is on the table."""
    p, opportunity, offer = model.p, talk.opportunity, talk.table
    link, equipment = missing_capital(model, opportunity, talk.quantity)
    seller, buyer = expected(talk)
    return Exchange(
        number=len(model.exchanges), identity=join(opportunity.identity, opportunity.contracts),
        opportunity=opportunity, supply=opportunity.supply, demand=opportunity.demand, price=offer.price,
        quantity=talk.quantity, band=p.contract_band, term=offer.term, share=offer.share, capital=talk.capital,
        grant=talk.grant, main=talk.main, buy_in=talk.buy_in, penalty=p.contract_penalty, indexation=p.contract_indexation,
        reference=opportunity.demand.material.cost, signed=float(model.month), term_start=float(model.month), ready=inf,
        channel=opportunity.channel, meetings=talk.meeting, link_capital=link, equipment_capital=equipment,
        upkeep=opportunity.om_share * capital_as_new(opportunity, talk.quantity), expected_seller=seller,
        expected_buyer=buyer,
    )  # fmt: skip
