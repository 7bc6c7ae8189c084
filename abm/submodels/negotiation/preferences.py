"""Preferences: what both sides of a talk believe, want at least and aim at; their patience and their outside options.

Everything but patience is set anew each month of the talk, at the values of the month.
"""

from __future__ import annotations

import math

from ...entities.codes import BUYER, HOLD_UP_TALK, RENEGOTIATION, RENEWAL, SELLER, SMALLER, SWITCH
from ...numerics.compiled import compiled
from ...numerics.randomness import BELIEF_BUYER, BELIEF_SELLER, normal
from ..norms import willingness
from ..screening import (
    belief_error,
    belief_period,
    even_price,
    loss_buyer,
    loss_seller,
    public_value,
    value_buyer,
    value_seller,
)
from .utility import (
    annuity,
    bound_of,
    charge_at,
    charges_of_term,
    cost_of_being_bound,
    gain_from,
    hold_up_over,
    is_free,
    share_level,
    term_level,
)


@compiled
def value_talk(p, lever, s, talk):
    """Set what both sides know of values, costs and risks, in place.

    running = monitoring + expected damages: e D Q, with e the share of deliveries it is expected to fail and D the other's
    loss of a missing unit at the price midway between the two last offers, at most the public value of a unit.
    """
    opportunity = s.opportunities[talk.opportunity]
    seller = s.companies[talk.seller]
    buyer = s.companies[talk.buyer]
    there = s.pairs[opportunity.there]
    back = s.pairs[opportunity.back]
    talk.scale = max(1e-9, public_value(s, opportunity))
    talk.value_seller = value_seller(lever, s, opportunity)
    talk.value_buyer = value_buyer(lever, s, opportunity)
    price = midway(lever, s, opportunity, talk)
    covered = 1.0 - lever.backup
    owed_by_seller = expected_failure(p, back) * covered * min(talk.scale, loss_buyer(p, lever, s, opportunity, price))
    owed_by_buyer = expected_failure(p, there) * covered * min(talk.scale, loss_seller(p, lever, s, opportunity, price))
    talk.running_seller = p.contract_monitoring_cost + talk.quantity * owed_by_seller
    talk.running_buyer = p.contract_monitoring_cost + talk.quantity * owed_by_buyer
    is_sunk = talk.exchange >= 0 and talk.kind != SWITCH and talk.capital + talk.grant <= 0.0
    if is_sunk:  # upkeep goes on by the share of what is sunk
        exchange = s.exchanges[talk.exchange]
        talk.running_seller += exchange.share * exchange.upkeep
        talk.running_buyer += (1.0 - exchange.share) * exchange.upkeep
    talk.wacc_seller = seller.wacc
    talk.wacc_buyer = buyer.wacc
    talk.limit_seller = seller.payback
    talk.limit_buyer = buyer.payback
    of_buyer = s.types[buyer.type].opportunism
    of_seller = s.types[seller.type].opportunism
    talk.hold_up_seller = expected_hold_up(p, lever, there.trust, of_buyer)
    talk.hold_up_buyer = expected_hold_up(p, lever, back.trust, of_seller)
    talk.hold_up_public = expected_hold_up(p, lever, p.trust_culture, 0.5 * (of_seller + of_buyer))
    expose(p, s, opportunity, talk)


@compiled
def midway(lever, s, opportunity, talk):
    """Return the price at which damages are counted: midway between the last offers, before them an even split."""
    if math.isnan(talk.price_seller) or math.isnan(talk.price_buyer):
        return even_price(lever, s, opportunity)
    return 0.5 * (talk.price_seller + talk.price_buyer)


@compiled
def expected_failure(p, pair):
    """Return the share of deliveries that the owner of a pair expects the other to fail.

    (nu e0 + missing) / (nu + due) over the months with this partner, e0 = interruption (1 - trust), nu = `contract.prior`.
    """
    stranger = p.contract_interruption * (1.0 - pair.trust)
    return (p.contract_prior * stranger + pair.missed) / (p.contract_prior + pair.experience)


@compiled
def expected_hold_up(p, lever, trust, opportunism):
    """Return the share of its quasi-rent that an investor expects to lose to hold-up each year.

    rate x opportunism usual for the partner's type x (1 - trust) x (1 - enforcement) x the half that is demanded x fear.
    """
    lawless = 1.0 - min(1.0, p.investment_enforcement + lever.enforcement)
    return p.investment_hold_up * opportunism * (1.0 - trust) * lawless * p.investment_demand * p.investment_fear


@compiled
def expose(p, s, opportunity, talk):
    """Set what of each side's yearly payment moves with the virgin price, in place: indexation for the seller, the rest for the buyer."""
    saved = s.materials[s.streams[opportunity.demand].material]
    replaced = talk.quantity * opportunity.arriving * opportunity.ratio
    swing = replaced * saved.expected * saved.sd * p.market_volatility
    talk.exposure_seller = p.contract_indexation * swing
    talk.exposure_buyer = (1.0 - p.contract_indexation) * swing
    talk.phi = saved.phi_year


@compiled
def want(t, p, lever, s, talk):
    """Set what both sides guess, require and aim at, in place: their own view of the whole, R and A."""
    opportunity = s.opportunities[talk.opportunity]
    stake = talk.scale * talk.quantity
    seller = s.companies[talk.seller]
    buyer = s.companies[talk.buyer]
    will_seller = willingness(p, seller)
    will_buyer = willingness(p, buyer)
    talk.required_seller = p.behaviour_required_gain * (1.0 - will_seller) * stake
    talk.required_buyer = p.behaviour_required_gain * (1.0 - will_buyer) * stake
    if talk.planned == 1:
        talk.required_seller = 0.0
        talk.required_buyer = 0.0
    talk.claim_seller = 1.0 - p.behaviour_claim if seller.fair == 1 else p.behaviour_claim
    talk.claim_buyer = 1.0 - p.behaviour_claim if buyer.fair == 1 else p.behaviour_claim
    talk.aim_seller = guess(t, p, s, opportunity, talk, SELLER)
    talk.aim_buyer = guess(t, p, s, opportunity, talk, BUYER)
    reserve(talk)
    if talk.meeting == 0:
        talk.exponent_seller = concession_exponent(p, will_seller)
        talk.exponent_buyer = concession_exponent(p, will_buyer)
        talk.deadline_seller = deadline_of(p, talk, will_seller)
        talk.deadline_buyer = deadline_of(p, talk, will_buyer)
        talk.open_seller = openness(p, s.pairs[opportunity.there], will_seller)
        talk.open_buyer = openness(p, s.pairs[opportunity.back], will_buyer)


@compiled
def reserve(talk):
    """Set the least gain for which each side signs, in place: required gain or outside option; what it aims at is no less."""
    talk.reserve_seller = max(talk.required_seller, talk.outside_seller)
    talk.reserve_buyer = max(talk.required_buyer, talk.outside_buyer)
    if talk.planned == 1:
        talk.reserve_seller = 0.0
        talk.reserve_buyer = 0.0
    if talk.kind == HOLD_UP_TALK:  # whoever is held up may have to live with less than it would sign for
        talk.reserve_seller = talk.outside_seller
        talk.reserve_buyer = talk.outside_buyer
    talk.aim_seller = max(talk.aim_seller, talk.reserve_seller)
    talk.aim_buyer = max(talk.aim_buyer, talk.reserve_buyer)


@compiled
def guess(t, p, s, opportunity, talk, side):
    """Return a side's guess of the whole gain [EUR/year]: the best package by own worth and the other's by reference.

    The level of the other's worth is misjudged by error x public value x z, formed anew every `negotiation.belief_months`.
    """
    best = -math.inf
    other = other_of(side)
    for number in range(talk.terms):  # powers and exponentials belong to the term, so that splits are cheap
        term = term_level(talk, number)
        rate, held = charges_of_term(talk, side, term)
        bound = bound_of(talk, side, term)
        usual, usual_rate, usual_held = reference_costs(p, s, talk, other, term)
        for split in range(talk.splits):
            share = share_level(talk, split)
            own = gain_from(talk, side, 0.0, charge_at(talk, side, share, rate, held) + bound)
            best = max(best, own + reference_at(talk, other, share, usual, usual_rate, usual_held))
    trust = s.pairs[opportunity.there if side == SELLER else opportunity.back].trust
    process = BELIEF_SELLER if side == SELLER else BELIEF_BUYER
    error = belief_error(p, trust) * normal(p.seed, process, belief_period(t, p, opportunity), opportunity.identity)
    return best + error * talk.scale * talk.quantity


@compiled
def other_of(side):
    """Return the other side."""
    return BUYER if side == SELLER else SELLER


@compiled
def reference_gain(p, s, talk, side, share, term):
    """Return what a package at price zero is worth to a side by what anybody can know [EUR/year].

    Public prices; cost of capital and payback limit usual for its type; trust at the site's culture; willing by half. It
    serves to rank packages and holds no private number of the side.
    """
    costs, rate, held = reference_costs(p, s, talk, side, term)
    return reference_at(talk, side, share, costs, rate, held)


@compiled
def reference_costs(p, s, talk, side, term):
    """Return what of `reference_gain` does not depend on the split.

    Monitoring, being bound and arranging [EUR/year], (1 + h) annuity [1/year] and h x required gain [EUR/year].
    """
    kind = s.types[s.companies[talk.seller if side == SELLER else talk.buyer].type]
    limit = kind.payback * p.behaviour_payback
    required = 0.0 if talk.planned == 1 else 0.5 * p.behaviour_required_gain * talk.scale * talk.quantity
    exposure = talk.exposure_seller if side == SELLER else talk.exposure_buyer
    costs = p.contract_monitoring_cost + cost_of_being_bound(exposure, talk.phi, required, term)
    costs += talk.arranging * annuity(kind.wacc, min(term, limit))
    if talk.capital + talk.grant <= 0.0:
        return costs, 0.0, 0.0
    held = hold_up_over(talk.hold_up_public, term)
    return costs, (1.0 + held) * annuity(kind.wacc, min(term, min(limit, talk.life))), held * required


@compiled
def reference_at(talk, side, share, costs, rate, held):
    """Return `reference_gain` from what the term makes of it."""
    borne = share if side == SELLER else 1.0 - share
    costs += talk.upkeep * borne
    if not is_free(talk, side, share):
        costs += rate * borne * talk.capital
        costs += held
    return talk.quantity * (talk.value_seller if side == SELLER else talk.value_buyer) - costs


@compiled
def concession_exponent(p, will):
    """Return the exponent e: from Boulware at no willingness to conceder at full, on a log scale."""
    return p.negotiation_exponent_low * (p.negotiation_exponent_high / p.negotiation_exponent_low) ** will


@compiled
def deadline_of(p, talk, will):
    """Return a side's own deadline [meetings], longer when willing; talks about a running contract have one and a half notices."""
    if talk.kind == RENEWAL or talk.kind == RENEGOTIATION or talk.kind == SMALLER:
        return max(1, 3 * p.review_notice * p.negotiation_meetings // 2)
    return int(p.negotiation_deadline_low + (p.negotiation_deadline_high - p.negotiation_deadline_low) * will + 0.5)


@compiled
def openness(p, pair, will):
    """Return the chance that a side bargains openly: `negotiation.open` x 2 I; never again after a failed talk of the two."""
    if pair.failed == 1:
        return 0.0
    return min(1.0, p.negotiation_open * 2.0 * will)
