"""Signing: the month's deals, largest joint gain first, checked against what is still free; talks that failed end."""

from __future__ import annotations

from math import inf

from ecopark.abm.entities import accounts
from tests.references.assets import missing_capital, take
from tests.references.deals import Exchange, Talk
from tests.references.draws import join
from tests.references.event_log import tell_of
from tests.references.ledger import pay_item
from tests.references.norms import disappoint
from tests.references.screening import capital_as_new, capital_of, free_quantity
from tests.references.things import Stage
from tests.references.utility import joint_gain, put_on_table


def sign_deals(model, answers: list[str]) -> None:
    """Sign the month's deals, largest joint gain first; keep the talks that go on."""

    def rank(place: int) -> float:
        talk = model.talks[place]
        return -(talk.gain_seller + talk.gain_buyer) if answers[place] == "accept" else 0.0

    for place in sorted(range(len(answers)), key=rank):
        talk = model.talks[place]
        if answers[place] == "offer":
            if not talk.opportunity.is_alive(model.month):
                end_talk(model, talk, "partner_gone")
                answers[place] = "walk_out"
        elif answers[place] == "walk_out":
            end_talk(model, talk, why_walked(talk))
        elif not talk.opportunity.is_alive(model.month):
            end_talk(model, talk, "partner_gone")
        elif not is_still_possible(model, talk):
            end_talk(model, talk, "quantity_gone")
        else:
            sign(model, talk)
    model.talks = [talk for talk, answer in zip(model.talks, answers, strict=True) if answer == "offer"]


def is_still_possible(model, talk: Talk) -> bool:
    """Both can still do the deal; takes the quantity down to what is free, to no less than half."""
    free = free_quantity(model.p, talk.opportunity)
    if free < 0.5 * talk.quantity:
        return False
    quantity = min(free, talk.quantity)
    gross = capital_of(model, talk.opportunity, quantity)
    if quantity < talk.quantity or gross != talk.capital + talk.grant:
        granted = talk.grant / max(1e-9, talk.grant + talk.capital)
        talk.quantity = quantity
        talk.grant = granted * gross
        talk.capital = gross - talk.grant
        put_on_table(talk, talk.table)
    return talk.gain_seller >= talk.seller.reserve - 1e-6 and talk.gain_buyer >= talk.buyer.reserve - 1e-6


def zone_of(talk: Talk) -> float:
    """Best joint gain above both required gains; negative when no terms suit both."""
    joint = max(joint_gain(talk, share, term) for term in talk.terms for share in talk.splits)
    return joint - talk.seller.reserve - talk.buyer.reserve


def why_walked(talk: Talk) -> str:
    """No price suits both, or time ran out although one did."""
    if zone_of(talk) < 0.0:
        return "no_zone"
    return "deadline" if talk.meeting > min(talk.seller.deadline, talk.buyer.deadline) else "walked_out"


def end_talk(model, talk: Talk, reason: str) -> None:
    """End a talk without a deal; both are disappointed."""
    opportunity = talk.opportunity
    leave_table(model, talk)
    opportunity.stage = Stage.IDENTIFIED
    opportunity.look = float(model.month) + model.p.screening_retry
    opportunity.failures += 1
    disappoint(model.p, talk.seller.company)
    disappoint(model.p, talk.buyer.company)
    zone = zone_of(talk)
    model.now.failed_talks += 1.0
    if zone >= 0.0 and reason in ("deadline", "walked_out"):
        model.now.failed_feasible += 1.0
    tell_of(model, "no_deal", opportunity, zone, reason=reason)


def leave_table(model, talk: Talk) -> None:
    """Give both companies time for other talks."""
    talk.seller.company.talks -= 1
    talk.buyer.company.talks -= 1


def sign(model, talk: Talk) -> None:
    """Sign the deal on the table: a new exchange with all its terms."""
    opportunity = talk.opportunity
    exchange = write_contract(model, talk)
    model.exchanges.append(exchange)
    opportunity.contracts += 1
    opportunity.supply.contracted += talk.quantity
    opportunity.demand.contracted += talk.quantity * opportunity.arriving * opportunity.ratio
    take(model, exchange, talk.quantity)
    leave_table(model, talk)
    pay_item(model, exchange, accounts.ARRANGING, "arranging_seller", True, talk.arranging)
    pay_item(model, exchange, accounts.ARRANGING, "arranging_buyer", False, talk.arranging)
    opportunity.stage = Stage.AGREED
    opportunity.signed = float(model.month)
    model.now.deals += 1.0
    tell_of(model, "agreed", opportunity, talk.table.price, exchange)


def write_contract(model, talk: Talk) -> Exchange:
    """Return the contract of what is on the table."""
    p, opportunity, offer = model.p, talk.opportunity, talk.table
    link, equipment = missing_capital(model, opportunity, talk.quantity)
    return Exchange(
        number=len(model.exchanges), identity=join(opportunity.identity, opportunity.contracts),
        opportunity=opportunity, supply=opportunity.supply, demand=opportunity.demand, price=offer.price,
        quantity=talk.quantity, band=p.contract_band, term=offer.term, share=offer.share, capital=talk.capital,
        grant=talk.grant, penalty=p.contract_penalty, indexation=p.contract_indexation,
        reference=opportunity.demand.material.cost, signed=float(model.month), term_start=float(model.month), ready=inf,
        channel=opportunity.channel, meetings=talk.meeting, link_capital=link, equipment_capital=equipment,
        upkeep=opportunity.om_share * capital_as_new(opportunity, talk.quantity),
        expected_seller=talk.quantity * (offer.price + talk.seller.value) - talk.seller.running,
        expected_buyer=talk.quantity * (talk.buyer.value - offer.price) - talk.buyer.running,
    )  # fmt: skip
