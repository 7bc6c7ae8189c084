"""Talks: screened opportunities come to the table, with what both sides know and want."""

from __future__ import annotations

from tests.references.deals import Opportunity, Side, Talk
from tests.references.event_log import tell_of
from tests.references.screening import (
    capital_of,
    estimates,
    free_quantity,
    possible_quantity,
    public_value,
    value_buyer,
    value_seller,
    willingness_of_both,
)
from tests.references.things import Stage
from tests.references.trust import is_refused
from tests.references.utility import annuity


def open_talks(model) -> None:
    """Open talks on screened opportunities, best first, while both companies have time for them."""
    screened = [opportunity for opportunity in model.opportunities if opportunity.stage is Stage.SCREENED]
    for opportunity in sorted(screened, key=lambda one: -one.score):
        seller, buyer = opportunity.seller, opportunity.buyer
        quantity = quantity_to_talk_about(model, opportunity)
        if quantity is None:
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
    gross = capital_of(opportunity, quantity)
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


def value_sides(model, talk: Talk) -> None:
    """Set values, running costs, cost of capital and anticipated hold-up of both sides."""
    p, opportunity = model.p, talk.opportunity
    failure = p.contract_interruption * p.contract_interruption_cost * (1.0 - model.lever.backup)
    risk = talk.quantity * opportunity.arriving * opportunity.ratio * opportunity.demand.material.cost * failure
    talk.seller.value = value_seller(model, opportunity)
    talk.buyer.value = value_buyer(model, opportunity)
    trusts = opportunity.there.trust, opportunity.back.trust
    for side, trust in zip((talk.seller, talk.buyer), trusts, strict=True):
        company = side.company
        side.running = p.contract_monitoring_cost
        if not side.is_seller:
            side.running = p.contract_monitoring_cost + risk * company.risk_aversion * (1.0 - trust)
        side.wacc = company.wacc
        side.limit = company.payback
        side.hold_up = expected_hold_up(model, trust, side.limit)
        side.claim = 1.0 - p.behaviour_claim if company.fair else p.behaviour_claim


def expected_hold_up(model, trust: float, years: float) -> float:
    """Share of own capital that an investor expects to lose to hold-up."""
    p = model.p
    lawless = 1.0 - min(1.0, p.investment_enforcement + model.lever.enforcement)
    chance = 1.0 - (1.0 - p.investment_hold_up) ** years
    return lawless * (1.0 - trust) * p.investment_demand * chance * p.investment_fear


def prepare_sides(model, talk: Talk) -> None:
    """Set aim, required gain, deadline and concession of both sides from their willingness."""
    opportunity = talk.opportunity
    aims = estimates(model, opportunity, talk.quantity)
    wills = willingness_of_both(model, opportunity, talk.quantity, *aims)
    elsewhere = other_use(model.p, talk), other_source(model.p, talk)
    for side, aim, will, other in zip((talk.seller, talk.buyer), aims, wills, elsewhere, strict=True):
        side.reserve = 0.0 if model.is_planned else max(required_gain(model.p, talk, side, will), other)
        side.aim = max(aim, side.reserve)
        side.exponent = concession_exponent(model.p, will)
        side.deadline = deadline_of(model.p, will)


def required_gain(p, talk: Talk, side: Side, will: float) -> float:
    """Arranging cost over the horizon + required x (1 - I) x public value [EUR/year]."""
    arranging = talk.arranging * annuity(side.wacc, min(talk.standard, side.limit))
    return arranging + p.behaviour_required_gain * (1.0 - will) * (talk.scale * talk.quantity)


def other_use(p, talk: Talk) -> float:
    """What the best rival use is worth to the seller, as far as the supply cannot serve both [EUR/year]."""
    supply = talk.opportunity.supply
    yearly = 12.0 * supply.coming * supply.company.coming_capacity
    room = p.contract_dependable * yearly - supply.contracted - talk.quantity
    best = 0.0
    for other in supply.opportunities:
        if other is not talk.opportunity:
            best = max(best, rival_gain(p, other, talk.quantity, room))
    return best


def other_source(p, talk: Talk) -> float:
    """What the best rival source is worth to the buyer, as far as the need cannot take both [EUR/year]."""
    here = talk.opportunity
    demand = here.demand
    replaced = talk.quantity * here.arriving * here.ratio
    need = 12.0 * demand.coming * demand.company.coming_capacity
    room = p.contract_dependable * need - demand.contracted - replaced
    best = 0.0
    for other in demand.opportunities:
        if other is not here:
            per_unit = other.arriving * other.ratio
            best = max(best, rival_gain(p, other, replaced / per_unit, room / per_unit))
    return best


def rival_gain(p, opportunity: Opportunity, quantity: float, room: float) -> float:
    """Chance x half the joint gain x the share of the rival opportunity that this deal would crowd out."""
    wanted = opportunity.stage is Stage.SCREENED or opportunity.stage is Stage.IN_TALKS
    if opportunity.quantity <= 0.0 or not wanted:
        return 0.0
    crowded_out = min(quantity, max(0.0, opportunity.quantity - max(0.0, room)))
    half = p.negotiation_outside * 0.5 * max(0.0, opportunity.score)
    return half * min(1.0, crowded_out / opportunity.quantity)


def concession_exponent(p, will: float) -> float:
    """From Boulware at no willingness to conceder at full, on a log scale."""
    return p.negotiation_exponent_low * (p.negotiation_exponent_high / p.negotiation_exponent_low) ** will


def deadline_of(p, will: float) -> int:
    """Own deadline [meetings], longer when willing."""
    return int(p.negotiation_deadline_low + (p.negotiation_deadline_high - p.negotiation_deadline_low) * will + 0.5)
