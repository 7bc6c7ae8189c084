"""Preferences: what both sides of a talk believe, want at least and aim at."""

from __future__ import annotations

from tests.references.deals import Opportunity, Side, Talk
from tests.references.norms import willingness
from tests.references.screening import estimates, value_buyer, value_seller
from tests.references.things import Stage
from tests.references.utility import annuity


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
    wills = willingness(model, opportunity.seller), willingness(model, opportunity.buyer)
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
