"""Talks come to the table: on screened opportunities, and about running contracts."""

from __future__ import annotations

from tests.references.agenda import set_quantity
from tests.references.attention import spend
from tests.references.deals import Exchange, Opportunity, Side, Talk
from tests.references.draws import join
from tests.references.event_log import tell_of
from tests.references.partner_selection import queue_for_talks
from tests.references.things import Stage


def open_talks(model) -> None:
    """Open talks on screened opportunities, best first, while both companies have time for them."""
    for opportunity, quantity, contract in queue_for_talks(model):
        if contract is not None and contract.talking:
            continue
        if not spend(model, "talk_time", opportunity, model.p.negotiation_hours * model.p.negotiation_meetings):
            continue
        talk = begin_talk(model, opportunity, "switch" if contract else "new", contract)
        if contract is not None:
            talk.asker = talk.seller if contract.supply is opportunity.supply else talk.buyer
        set_quantity(model, talk, quantity)
        talk.arranging = 0.5 * model.p.contract_transaction_cost
        opportunity.stage = Stage.IN_TALKS
        opportunity.talks = float(model.month)
        tell_of(model, "talks", opportunity, quantity)


def begin_talk(model, opportunity: Opportunity, kind: str, contract: Exchange | None) -> Talk:
    """Return a new talk: who talks about what, nothing said yet."""
    p = model.p
    seller, buyer = Side(opportunity.seller, True, opportunity.there), Side(opportunity.buyer, False, opportunity.back)
    begins = model.draws.uniform("first_speaker", model.month, opportunity.identity)
    talk = Talk(
        number=model.talks_held, identity=join(opportunity.identity, model.month), opportunity=opportunity, seller=seller,
        buyer=buyer, opened=model.month, speaker=seller if begins < 0.5 else buyer, standard=opportunity.term, kind=kind,
        exchange=contract, asker=seller, longest=p.contract_longest, life=p.contract_longest,
        levels_of_term=3 if p.negotiation_terms else 1, is_planned=model.is_planned,
    )  # fmt: skip
    if contract is not None:
        contract.talking = True
    opportunity.seller.talks += 1
    opportunity.buyer.talks += 1
    model.talks.append(talk)
    model.talks_held += 1
    return talk


def open_contract_talk(model, exchange: Exchange, kind: str, by_seller: bool, quantity: float) -> bool:
    """Open a talk about a running contract; return whether there was room for it."""
    if quantity <= 0.0:
        return False
    talk = begin_talk(model, exchange.opportunity, kind, exchange)
    talk.asker = talk.seller if by_seller else talk.buyer
    talk.quantity = quantity
    talk.arranging = 0.5 * model.p.contract_renewal_cost * model.p.contract_transaction_cost
    if kind == "renewal":
        exchange.asked = model.month
    else:
        talk.speaker = talk.asker
        talk.levels_of_term = 1
    tell_of(model, "talks", exchange.opportunity, quantity, exchange, kind)
    return True
