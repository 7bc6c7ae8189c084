"""Talks come to the table: on screened opportunities, and about running contracts."""

from __future__ import annotations

from tests.references.assets import missing_capital
from tests.references.attention import spend
from tests.references.capacity import free_quantity, possible_quantity
from tests.references.deals import Exchange, Opportunity, Side, Talk
from tests.references.draws import join
from tests.references.event_log import tell_of
from tests.references.outside_option import running_gain, set_outside, yearly_leaving
from tests.references.preferences import value_sides, want
from tests.references.screening import capital_as_new
from tests.references.things import Stage
from tests.references.trust import is_refused


def open_talks(model) -> None:
    """Open talks on screened opportunities, best first, while both companies have time for them."""
    for opportunity, quantity, contract in queue_for_talks(model):
        if not have_time(model.p, opportunity) or len(model.talks) >= model.most_talks:
            continue
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


def queue_for_talks(model) -> list[tuple[Opportunity, float, Exchange | None]]:
    """What could come to the table, best first, with the contract whose place it would take."""
    queue = []
    for opportunity in model.opportunities:
        if opportunity.stage is not Stage.SCREENED or not opportunity.is_alive(model.month):
            continue
        if not have_time(model.p, opportunity) or not are_free_to_talk(model, opportunity):
            continue
        quantity, contract = quantity_to_talk_about(model, opportunity)
        if quantity > 0.0:
            queue.append((opportunity, quantity, contract))
    return sorted(queue, key=lambda entry: -entry[0].score)


def have_time(p, opportunity: Opportunity) -> bool:
    """Both companies have time for one more talk."""
    return opportunity.seller.talks < p.screening_talks and opportunity.buyer.talks < p.screening_talks


def are_free_to_talk(model, opportunity: Opportunity) -> bool:
    """Neither refuses the other; under a planner, it wants this exchange."""
    if model.is_planned:
        return opportunity.assigned > 0.0
    return not is_refused(model, opportunity.there) and not is_refused(model, opportunity.back)


def quantity_to_talk_about(model, opportunity: Opportunity) -> tuple[float, Exchange | None]:
    """Quantity, and the contract whose place it takes; no quantity when there is nothing to talk about."""
    p = model.p
    quantity = free_quantity(p, opportunity)
    if model.is_planned:
        return min(quantity, opportunity.assigned), None
    least = p.contract_smallest * possible_quantity(p, opportunity)
    if quantity >= least and quantity > 0.0:
        return quantity, None
    if opportunity.look != model.month + float(p.screening_review):
        return 0.0, None
    return better_than_running(model, opportunity, least)


def better_than_running(model, opportunity: Opportunity, least: float) -> tuple[float, Exchange | None]:
    """The running contract that this opportunity promises most to improve on."""
    best, quantity, contract = 0.0, 0.0, None
    sold = [(rival, True) for rival in opportunity.supply.opportunities]
    bought = [(rival, False) for rival in opportunity.demand.opportunities]
    for rival, by_seller in sold + bought:
        if rival is opportunity or rival.stage is not Stage.OPERATING:
            continue
        old = rival.contract
        if old.successor is not None or old.talking:
            continue
        free = free_quantity(model.p, opportunity, rival)
        if free <= 0.0 or free < least:
            continue
        stay = running_gain(model, old, by_seller) + yearly_leaving(model, old, by_seller)
        better = 0.5 * opportunity.score * min(1.0, free / opportunity.quantity) - max(0.0, stay)
        if better > best:
            best, quantity, contract = better, free, old
    return quantity, contract


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
    if len(model.talks) >= model.most_talks or quantity <= 0.0:
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


def set_quantity(model, talk: Talk, quantity: float) -> None:
    """Quantity and capital of a talk about a new exchange."""
    talk.quantity = quantity
    set_capital_needed(model, talk, 0.0)
    talk.upkeep = talk.opportunity.om_share * capital_as_new(talk.opportunity, quantity)


def set_rebuilding(model, talk: Talk) -> None:
    """Capital that a renewal needs for what is worn or too small."""
    set_capital_needed(model, talk, talk.exchange.quantity)
    upkeep = talk.opportunity.om_share * capital_as_new(talk.opportunity, talk.quantity)
    talk.upkeep = upkeep if talk.capital + talk.grant > 0.0 else 0.0


def set_capital_needed(model, talk: Talk, held: float) -> None:
    """Capital beside what stands, its grant, its life and how it can be split; held: what its own contract takes."""
    opportunity, longest = talk.opportunity, model.p.contract_longest
    link, equipment = missing_capital(model, opportunity, talk.quantity, held)
    gross = link + equipment
    talk.grant = model.lever.capital_grant * gross
    talk.capital = gross - talk.grant
    talk.life = min(longest, opportunity.link_life) if link > 0.0 else longest
    talk.life = min(talk.life, opportunity.equipment_life) if equipment > 0.0 else talk.life
    talk.longest = talk.life
    talk.levels_of_split = model.p.negotiation_splits if gross > 0.0 else 1


def refresh_talks(model) -> None:
    """Set what every open talk is about at the values of the month."""
    for talk in model.talks:
        refresh(model, talk)


def refresh(model, talk: Talk) -> None:
    """Set one talk to the values of the month."""
    if talk.kind == "renewal":
        set_rebuilding(model, talk)
    value_sides(model, talk)
    set_outside(model, talk)
    want(model, talk)
