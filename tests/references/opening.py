"""Talks: screened opportunities come to the table, with what both sides know and want."""

from __future__ import annotations

from tests.references.attention import spend
from tests.references.deals import Opportunity, Side, Talk
from tests.references.event_log import tell_of
from tests.references.preferences import prepare_sides, value_sides
from tests.references.screening import (
    capital_of,
    free_quantity,
    possible_quantity,
    public_value,
)
from tests.references.things import Stage
from tests.references.trust import is_refused


def open_talks(model) -> None:
    """Open talks on screened opportunities, best first, while both companies have time for them."""
    screened = [opportunity for opportunity in model.opportunities if opportunity.stage is Stage.SCREENED]
    for opportunity in sorted(screened, key=lambda one: -one.score):
        seller, buyer = opportunity.seller, opportunity.buyer
        quantity = quantity_to_talk_about(model, opportunity)
        if quantity is None:
            continue
        if not spend(model, "talk_time", opportunity, model.p.negotiation_hours * model.p.negotiation_meetings):
            continue
        model.talks.append(open_talk(model, opportunity, quantity))
        opportunity.stage = Stage.IN_TALKS
        opportunity.talks = float(model.month)
        seller.talks += 1
        buyer.talks += 1
        model.talks_held += 1
        tell_of(model, "talks", opportunity, quantity)


def quantity_to_talk_about(model, opportunity: Opportunity) -> float | None:
    """Return the free quantity if both sides have time and reason to talk, else None."""
    p = model.p
    if opportunity.seller.talks >= p.screening_talks or opportunity.buyer.talks >= p.screening_talks:
        return None
    if not opportunity.is_alive(model.month) or not are_free_to_talk(model, opportunity):
        return None
    quantity = free_quantity(p, opportunity)
    if quantity <= 0.0 or quantity < p.contract_smallest * possible_quantity(p, opportunity):
        return None
    return quantity


def are_free_to_talk(model, opportunity: Opportunity) -> bool:
    """Neither refuses the other; under a planner, it wants this exchange."""
    if model.is_planned:
        return opportunity.assigned
    return not is_refused(model, opportunity.there) and not is_refused(model, opportunity.back)


def open_talk(model, opportunity: Opportunity, quantity: float) -> Talk:
    """Return a talk with what both sides know and want."""
    p = model.p
    seller, buyer = Side(opportunity.seller, True), Side(opportunity.buyer, False)
    begins = model.draws.uniform("first_speaker", model.month, opportunity.identity)
    gross = capital_of(model, opportunity, quantity)
    grant = model.lever.capital_grant * gross
    capital = gross - grant
    scale = max(1e-9, public_value(opportunity))
    talk = Talk(
        number=model.talks_held, opportunity=opportunity, seller=seller, buyer=buyer, opened=model.month,
        speaker=seller if begins < 0.5 else buyer, quantity=quantity, capital=capital, grant=grant,
        standard=opportunity.term, terms=term_levels(p, opportunity.term), splits=split_levels(p, capital), scale=scale,
        arranging=0.5 * p.contract_transaction_cost, posted=opportunity.supply.posted * scale,
    )  # fmt: skip
    value_sides(model, talk)
    prepare_sides(model, talk)
    return talk


def term_levels(p, standard: float) -> tuple[float, ...]:
    """The standard term, half of it, twice it."""
    if not p.negotiation_terms:
        return (standard,)
    return standard, max(1.0, float(int(0.5 * standard))), min(30.0, 2.0 * standard)


def split_levels(p, capital: float) -> tuple[float, ...]:
    """Levels of the seller's share of the capital; one level means half."""
    count = p.negotiation_splits if capital > 0.0 else 1
    return (0.5,) if count == 1 else tuple(level / (count - 1.0) for level in range(count))
