"""Preferences: what both sides of a talk believe, want at least and aim at; all but patience set anew each month."""

from __future__ import annotations

from math import inf

from tests.references.deals import Offer, Side, Talk
from tests.references.norms import willingness
from tests.references.screening import (
    belief_error,
    belief_period,
    even_price,
    loss_buyer,
    loss_seller,
    public_value,
    value_buyer,
    value_seller,
)
from tests.references.things import Relation
from tests.references.utility import annuity, cost_of_being_bound, gain_of, hold_up_over

ABOUT_RUNNING = ("renewal", "renegotiation", "smaller")


def value_sides(model, talk: Talk) -> None:
    """Set values, costs and risks of both sides."""
    p, opportunity = model.p, talk.opportunity
    talk.scale = max(1e-9, public_value(opportunity))
    talk.seller.value = value_seller(model, opportunity)
    talk.buyer.value = value_buyer(model, opportunity)
    price = midway(model, talk)
    covered = 1.0 - model.lever.backup
    by_seller = expected_failure(p, opportunity.back) * covered
    by_seller *= min(talk.scale, loss_buyer(model, opportunity, price))
    by_buyer = expected_failure(p, opportunity.there) * covered
    by_buyer *= min(talk.scale, loss_seller(model, opportunity, price))
    saved = opportunity.demand.material
    swing = talk.quantity * opportunity.arriving * opportunity.ratio * saved.expected * saved.sd * p.market_volatility
    for side, owed in ((talk.seller, by_seller), (talk.buyer, by_buyer)):
        side.running = p.contract_monitoring_cost + talk.quantity * owed
        if talk.kind in ABOUT_RUNNING and talk.capital + talk.grant <= 0.0:
            held = talk.exchange
            side.running += (held.share if side.is_seller else 1.0 - held.share) * held.upkeep
        side.wacc = side.company.wacc
        side.limit = side.company.payback
        partner = model.types[talk.other(side).company.type].opportunism
        side.hold_up = expected_hold_up(model, side.relation.trust, partner)
        side.exposure = (p.contract_indexation if side.is_seller else 1.0 - p.contract_indexation) * swing
    talk.phi = saved.phi_year
    usual = 0.5 * sum(model.types[side.company.type].opportunism for side in (talk.seller, talk.buyer))
    talk.hold_up_public = expected_hold_up(model, p.trust_culture, usual)


def midway(model, talk: Talk) -> float:
    """Price at which damages are counted: midway between the last offers, before them an even split."""
    if talk.seller.offer is None or talk.buyer.offer is None:
        return even_price(model, talk.opportunity)
    return 0.5 * (talk.seller.offer.price + talk.buyer.offer.price)


def expected_failure(p, relation: Relation) -> float:
    """Share of deliveries that the owner of a relation expects the other to fail."""
    stranger = p.contract_interruption * (1.0 - relation.trust)
    return (p.contract_prior * stranger + relation.missed) / (p.contract_prior + relation.experience)


def expected_hold_up(model, trust: float, opportunism: float) -> float:
    """Share of its quasi-rent that an investor expects to lose each year."""
    p = model.p
    lawless = 1.0 - min(1.0, p.investment_enforcement + model.lever.enforcement)
    return p.investment_hold_up * opportunism * (1.0 - trust) * lawless * p.investment_demand * p.investment_fear


def want(model, talk: Talk) -> None:
    """Set what both sides require, guess and aim at, and at the opening their patience."""
    p = model.p
    sides = (talk.seller, talk.buyer)
    wills = [willingness(model, side.company) for side in sides]
    for side, will in zip(sides, wills, strict=True):
        side.required = p.behaviour_required_gain * (1.0 - will) * (talk.scale * talk.quantity)
        if talk.is_planned:
            side.required = 0.0
    for side in sides:
        side.aim = guess(model, talk, side)
        side.claim = 1.0 - p.behaviour_claim if side.company.fair else p.behaviour_claim
    reserve(talk)
    if talk.meeting == 0:
        for side, will in zip(sides, wills, strict=True):
            side.exponent = concession_exponent(p, will)
            side.deadline = deadline_of(p, talk, will)
            side.open = 0.0 if side.relation.failed else min(1.0, p.negotiation_open * 2.0 * will)


def reserve(talk: Talk) -> None:
    """Required gain or outside option; what is aimed at is no less."""
    for side in (talk.seller, talk.buyer):
        side.reserve = 0.0 if talk.is_planned else max(side.required, side.outside)
        side.aim = max(side.aim, side.reserve)


def guess(model, talk: Talk, side: Side) -> float:
    """Guess of the whole gain: the best package by own worth and the other's by reference, off by a belief."""
    other, best = talk.other(side), -inf
    for share, term in talk.packages:
        own = gain_of(talk, side, Offer(0.0, share, term))
        best = max(best, own + reference_gain(model, talk, other, share, term))
    opportunity = talk.opportunity
    process = "belief_seller" if side.is_seller else "belief_buyer"
    draw = model.draws.normal(process, belief_period(model, opportunity), opportunity.identity)
    error = belief_error(model.p, side.relation.trust) * draw
    return best + error * talk.scale * talk.quantity


def reference_gain(model, talk: Talk, side: Side, share: float, term: float) -> float:
    """What a package is worth to a side at price zero by what anybody can know."""
    p, kind = model.p, model.types[side.company.type]
    limit = kind.payback * p.behaviour_payback
    required = 0.0 if talk.is_planned else 0.5 * p.behaviour_required_gain * talk.scale * talk.quantity
    costs = p.contract_monitoring_cost + cost_of_being_bound(side.exposure, talk.phi, required, term)
    costs += talk.arranging * annuity(kind.wacc, min(term, limit))
    borne = share if side.is_seller else 1.0 - share
    costs += talk.upkeep * borne
    if talk.capital + talk.grant > 0.0 and borne > 0.0:
        held = hold_up_over(talk.hold_up_public, term)
        costs += (1.0 + held) * annuity(kind.wacc, min(term, min(limit, talk.life))) * borne * talk.capital
        costs += held * required
    return talk.quantity * side.value - costs


def concession_exponent(p, will: float) -> float:
    """From Boulware at no willingness to conceder at full, on a log scale."""
    return p.negotiation_exponent_low * (p.negotiation_exponent_high / p.negotiation_exponent_low) ** will


def deadline_of(p, talk: Talk, will: float) -> int:
    """Own deadline [meetings], longer when willing; talks about a running contract have one and a half notices."""
    if talk.kind in ABOUT_RUNNING:
        return max(1, 3 * p.review_notice * p.negotiation_meetings // 2)
    return int(p.negotiation_deadline_low + (p.negotiation_deadline_high - p.negotiation_deadline_low) * will + 0.5)
