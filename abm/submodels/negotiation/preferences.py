"""Preferences: what both sides of a talk believe, want at least and aim at; their patience and their outside options."""

from __future__ import annotations

from ...entities.codes import BUYER, IN_TALKS, SCREENED, SELLER
from ...numerics.compiled import compiled
from ..norms import willingness
from ..screening import estimate_joint_gain, value_buyer, value_seller
from .utility import annuity


@compiled
def value_talk(p, lever, s, opportunity, talk):
    """Set values, running costs and capital cost of both sides, in place.

    risk_b = Q x interruption x (1 - trust) x risk aversion x extra cost of a failed delivery, less with back-up supply;
    anticipated hold-up adds fear (1 - enforcement) (1 - trust) demand x chance over the payback to the cost of own capital.
    """
    seller = s.companies[talk.seller]
    buyer = s.companies[talk.buyer]
    seller_trust = s.pairs[opportunity.there].trust
    buyer_trust = s.pairs[opportunity.back].trust
    cost = s.materials[s.streams[opportunity.demand].material].cost
    failure = p.contract_interruption * p.contract_interruption_cost * (1.0 - lever.backup)
    risk = talk.quantity * opportunity.arriving * opportunity.ratio * cost * failure
    talk.value_seller = value_seller(lever, s, opportunity)
    talk.value_buyer = value_buyer(lever, s, opportunity)
    talk.running_seller = p.contract_monitoring_cost
    talk.running_buyer = p.contract_monitoring_cost + risk * buyer.risk_aversion * (1.0 - buyer_trust)
    talk.wacc_seller = seller.wacc
    talk.wacc_buyer = buyer.wacc
    talk.limit_seller = seller.payback
    talk.limit_buyer = buyer.payback
    talk.hold_up_seller = expected_hold_up(p, lever, seller_trust, talk.limit_seller)
    talk.hold_up_buyer = expected_hold_up(p, lever, buyer_trust, talk.limit_buyer)
    talk.claim_seller = 1.0 - p.behaviour_claim if seller.fair == 1 else p.behaviour_claim
    talk.claim_buyer = 1.0 - p.behaviour_claim if buyer.fair == 1 else p.behaviour_claim


@compiled
def expected_hold_up(p, lever, trust, years):
    """Return the share of own capital that an investor expects to lose to hold-up, before signing."""
    lawless = 1.0 - min(1.0, p.investment_enforcement + lever.enforcement)
    chance = 1.0 - (1.0 - p.investment_hold_up) ** years
    return lawless * (1.0 - trust) * p.investment_demand * chance * p.investment_fear


@compiled
def prepare_sides(t, p, lever, s, talk):
    """Set aim, required gain, deadline and concession of both sides from their willingness, in place."""
    opportunity = s.opportunities[talk.opportunity]
    seller = s.companies[talk.seller]
    buyer = s.companies[talk.buyer]
    there = s.pairs[opportunity.there].trust
    back = s.pairs[opportunity.back].trust
    quantity = talk.quantity
    aim_seller = estimate_joint_gain(t, p, lever, seller, there, SELLER, s, opportunity, quantity)
    aim_buyer = estimate_joint_gain(t, p, lever, buyer, back, BUYER, s, opportunity, quantity)
    seller_will = willingness(p, seller)
    buyer_will = willingness(p, buyer)
    stake = talk.scale * quantity
    reserve_seller = required_gain(p, talk, SELLER, stake, seller_will)
    reserve_buyer = required_gain(p, talk, BUYER, stake, buyer_will)
    talk.reserve_seller = max(reserve_seller, other_use(p, s, talk))
    talk.reserve_buyer = max(reserve_buyer, other_source(p, s, talk))
    if talk.planned == 1:
        talk.reserve_seller = 0.0
        talk.reserve_buyer = 0.0
    talk.aim_seller = max(aim_seller, talk.reserve_seller)
    talk.aim_buyer = max(aim_buyer, talk.reserve_buyer)
    talk.exponent_seller = concession_exponent(p, seller_will)
    talk.exponent_buyer = concession_exponent(p, buyer_will)
    talk.deadline_seller = deadline_of(p, seller_will)
    talk.deadline_buyer = deadline_of(p, buyer_will)


@compiled
def required_gain(p, talk, side, stake, will):
    """Return a side's required gain [EUR/year]: the arranging cost over its horizon + required x (1 - I) x public value."""
    wacc = talk.wacc_seller if side == SELLER else talk.wacc_buyer
    limit = talk.limit_seller if side == SELLER else talk.limit_buyer
    arranging = talk.arranging * annuity(wacc, min(talk.standard, limit))
    return arranging + p.behaviour_required_gain * (1.0 - will) * stake


@compiled
def other_use(p, s, talk):
    """Return the gain [EUR/year] the seller could have elsewhere: its outside option.

    Half of the joint gain of the best rival use, times the chance given to it, as far as the supply cannot serve both.
    """
    supply = s.streams[s.opportunities[talk.opportunity].supply]
    yearly = 12.0 * supply.coming * s.companies[talk.seller].coming_capacity
    room = p.contract_dependable * yearly - supply.contracted - talk.quantity
    best = 0.0
    for row in range(supply.opportunity_first, supply.opportunity_first + supply.opportunity_count):
        if row != talk.opportunity and is_wanted(s.funnel[row].stage):
            best = max(best, rival_gain(p, s.notes[row], talk.quantity, room))
    return best


@compiled
def other_source(p, s, talk):
    """Return the gain [EUR/year] the buyer could have elsewhere, as far as its need cannot take both."""
    here = s.opportunities[talk.opportunity]
    demand = s.streams[here.demand]
    replaced = talk.quantity * here.arriving * here.ratio
    need = 12.0 * demand.coming * s.companies[talk.buyer].coming_capacity
    room = p.contract_dependable * need - demand.contracted - replaced
    best = 0.0
    for entry in range(demand.opportunity_first, demand.opportunity_first + demand.opportunity_count):
        row = s.needs[entry].opportunity
        if row != talk.opportunity and is_wanted(s.funnel[row].stage):
            other = s.opportunities[row]
            per_unit = other.arriving * other.ratio
            best = max(best, rival_gain(p, s.notes[row], replaced / per_unit, room / per_unit))
    return best


@compiled
def is_wanted(stage):
    """Tell whether both sides of an opportunity want to talk, or are talking."""
    return stage == SCREENED or stage == IN_TALKS


@compiled
def rival_gain(p, note, quantity, room):
    """Return what a rival opportunity is worth as an outside option [EUR/year].

    chance x half its joint gain x the share of it that this deal would crowd out: max(0, rival's quantity - room), at most
    `quantity`, relative to the rival's quantity.
    """
    if note.quantity <= 0.0:
        return 0.0
    crowded_out = min(quantity, max(0.0, note.quantity - max(0.0, room)))
    return p.negotiation_outside * 0.5 * max(0.0, note.score) * min(1.0, crowded_out / note.quantity)


@compiled
def concession_exponent(p, will):
    """Return the exponent e: from Boulware at no willingness to conceder at full, on a log scale."""
    return p.negotiation_exponent_low * (p.negotiation_exponent_high / p.negotiation_exponent_low) ** will


@compiled
def deadline_of(p, will):
    """Return a side's own deadline [meetings], longer when willing."""
    return int(p.negotiation_deadline_low + (p.negotiation_deadline_high - p.negotiation_deadline_low) * will + 0.5)
