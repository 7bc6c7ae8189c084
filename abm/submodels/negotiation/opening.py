"""Talks: screened opportunities come to the table, with what both sides know and want."""

from __future__ import annotations

import math

import numpy as np

from ...entities.state import BUYER, EV_TALKS, IN_TALKS, SCREENED, SELLER, UNDECIDED
from ...numerics.compiled import compiled
from ...numerics.randomness import FIRST_SPEAKER, uniform
from ..discovery import is_alive
from ..event_log import write_opportunity
from ..screening import (
    capital_of,
    estimate_joint_gain,
    free_quantity,
    own_payback,
    possible_quantity,
    public_value,
    value_buyer,
    value_seller,
)
from ..trust import is_refused, willingness
from .utility import annuity


@compiled
def open_talks(
    t, p, clock, lever, standing, companies, streams, materials, conversions, seasons, opportunities, notes, funnel, needs,
    pairs, talks, events,
):  # fmt: skip
    """Open talks on screened opportunities, best first, in place, while both companies have time for them."""
    rows, quantities = queue_for_talks(
        t, p, standing, companies, streams, conversions, seasons, opportunities, notes, funnel, pairs
    )
    for rank in range(len(rows)):
        row = rows[rank]
        quantity = quantities[rank]
        opportunity = opportunities[row]
        seller = companies[opportunity.seller]
        buyer = companies[opportunity.buyer]
        if not have_time(p, seller, buyer) or clock.talks >= len(talks):
            continue
        talk = talks[clock.talks]
        open_talk(
            t, p, clock, lever, companies, streams, materials, conversions, opportunities, notes, funnel, needs, pairs,
            talk, row, quantity,
        )  # fmt: skip
        funnel[row].stage = IN_TALKS
        notes[row].talks = float(t)
        seller.talks += 1
        buyer.talks += 1
        clock.talks += 1
        clock.talks_held += 1
        write_opportunity(p, clock, events, EV_TALKS, opportunity, row, 0, quantity)


@compiled
def queue_for_talks(t, p, standing, companies, streams, conversions, seasons, opportunities, notes, funnel, pairs):
    """Return (rows, quantities [unit/year]) of the screened opportunities that could come to the table, best first.

    None of what is asked here changes while talks are opened, but for the time that the two have left. Stable order.
    """
    rows = np.empty(len(funnel), dtype=np.int64)
    quantities = np.empty(len(funnel), dtype=np.float64)
    scores = np.empty(len(funnel), dtype=np.float64)
    count = 0
    for row in range(len(funnel)):
        if funnel[row].stage != SCREENED:
            continue
        opportunity = opportunities[row]
        if not is_alive(t, standing, conversions, opportunity):
            continue
        if not have_time(p, companies[opportunity.seller], companies[opportunity.buyer]):
            continue
        quantity = free_quantity(p, companies, streams, conversions, seasons, opportunity)
        possible = possible_quantity(p, companies, streams, conversions, seasons, opportunity)
        if quantity < p.contract_smallest * possible or quantity <= 0.0:
            continue
        if are_free_to_talk(t, p, opportunity, notes[row], pairs):
            rows[count] = row
            quantities[count] = quantity
            scores[count] = -notes[row].score
            count += 1
    order = np.argsort(scores[:count], kind="mergesort")
    return rows[order], quantities[order]


@compiled
def have_time(p, seller, buyer):
    """Tell whether both companies have time for one more talk."""
    return seller.talks < p.screening_talks and buyer.talks < p.screening_talks


@compiled
def are_free_to_talk(t, p, opportunity, note, pairs):
    """Tell whether the two may talk: neither refuses the other; under a planner, whether it wants this exchange."""
    if p.governance_mode == 2:
        return note.assigned == 1
    return not is_refused(t, p, pairs[opportunity.there]) and not is_refused(t, p, pairs[opportunity.back])


@compiled
def open_talk(
    t, p, clock, lever, companies, streams, materials, conversions, opportunities, notes, funnel, needs, pairs, talk, row,
    quantity,
):  # fmt: skip
    """Fill a talk record with what both sides know and want, in place."""
    opportunity = opportunities[row]
    talk.opportunity = row
    talk.seller = opportunity.seller
    talk.buyer = opportunity.buyer
    talk.supply = opportunity.supply
    talk.demand = opportunity.demand
    talk.number = clock.talks_held
    talk.opened = t
    talk.meeting = 0
    talk.speaker = SELLER if uniform(p.seed, FIRST_SPEAKER, t, opportunity.identity) < 0.5 else BUYER
    talk.quantity = quantity
    gross = capital_of(conversions, opportunity, quantity)
    talk.grant = lever.capital_grant * gross
    talk.capital = gross - talk.grant
    talk.standard = conversions[opportunity.conversion].term
    talk.terms = 3 if p.negotiation_terms == 1 else 1
    talk.splits = p.negotiation_splits if talk.capital > 0.0 else 1
    talk.scale = max(1e-9, public_value(streams, materials, opportunity))
    talk.arranging = 0.5 * p.contract_transaction_cost
    talk.posted = streams[opportunity.supply].posted * talk.scale
    talk.decision = UNDECIDED
    talk.planned = 1 if p.governance_mode == 2 else 0
    clear_offers(talk)
    value_talk(p, lever, companies, streams, materials, conversions, opportunity, pairs, talk)
    prepare_sides(
        t, p, lever, companies, streams, materials, conversions, opportunities, notes, funnel, needs, pairs, talk
    )


@compiled
def clear_offers(talk):
    """Forget all offers, in place."""
    talk.price_seller = math.nan
    talk.share_seller = 0.5
    talk.term_seller = talk.standard
    talk.price_buyer = math.nan
    talk.share_buyer = 0.5
    talk.term_buyer = talk.standard
    talk.price = math.nan
    talk.share = 0.5
    talk.term = talk.standard
    talk.gain_seller = math.nan
    talk.gain_buyer = math.nan


@compiled
def value_talk(p, lever, companies, streams, materials, conversions, opportunity, pairs, talk):
    """Set values, running costs and capital cost of both sides, in place.

    risk_b = Q x interruption x (1 - trust) x risk aversion x extra cost of a failed delivery, less with back-up supply;
    anticipated hold-up adds fear (1 - enforcement) (1 - trust) demand x chance over the payback to the cost of own capital.
    """
    seller = companies[talk.seller]
    buyer = companies[talk.buyer]
    seller_trust = pairs[opportunity.there].trust
    buyer_trust = pairs[opportunity.back].trust
    cost = materials[streams[opportunity.demand].material].cost
    failure = p.contract_interruption * p.contract_interruption_cost * (1.0 - lever.backup)
    risk = talk.quantity * opportunity.arriving * opportunity.ratio * cost * failure
    talk.value_seller = value_seller(lever, streams, materials, conversions, opportunity)
    talk.value_buyer = value_buyer(lever, streams, materials, conversions, opportunity)
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
def prepare_sides(
    t, p, lever, companies, streams, materials, conversions, opportunities, notes, funnel, needs, pairs, talk
):
    """Set aim, required gain, deadline and concession of both sides from their willingness, in place."""
    opportunity = opportunities[talk.opportunity]
    seller = companies[talk.seller]
    buyer = companies[talk.buyer]
    there = pairs[opportunity.there].trust
    back = pairs[opportunity.back].trust
    quantity = talk.quantity
    aim_seller = estimate_joint_gain(
        t, p, lever, seller, there, SELLER, streams, materials, conversions, opportunity, quantity
    )
    aim_buyer = estimate_joint_gain(
        t, p, lever, buyer, back, BUYER, streams, materials, conversions, opportunity, quantity
    )
    seller_payback = own_payback(p, lever, seller, conversions, opportunity, quantity, aim_seller)
    buyer_payback = own_payback(p, lever, buyer, conversions, opportunity, quantity, aim_buyer)
    seller_will = willingness(p, lever, seller, seller_payback, opportunity.distance)
    buyer_will = willingness(p, lever, buyer, buyer_payback, opportunity.distance)
    stake = talk.scale * quantity
    reserve_seller = required_gain(p, talk, SELLER, stake, seller_will)
    reserve_buyer = required_gain(p, talk, BUYER, stake, buyer_will)
    talk.reserve_seller = max(reserve_seller, other_use(p, companies, streams, opportunities, notes, funnel, talk))
    talk.reserve_buyer = max(
        reserve_buyer, other_source(p, companies, streams, opportunities, notes, funnel, needs, talk)
    )
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
def other_use(p, companies, streams, opportunities, notes, funnel, talk):
    """Return the gain [EUR/year] the seller could have elsewhere: its outside option.

    Half of the joint gain of the best rival use, times the chance given to it, as far as the supply cannot serve both.
    """
    supply = streams[opportunities[talk.opportunity].supply]
    yearly = 12.0 * supply.coming * companies[talk.seller].coming_capacity
    room = p.contract_dependable * yearly - supply.contracted - talk.quantity
    best = 0.0
    for row in range(supply.opportunity_first, supply.opportunity_first + supply.opportunity_count):
        if row != talk.opportunity and is_wanted(funnel[row].stage):
            best = max(best, rival_gain(p, notes[row], talk.quantity, room))
    return best


@compiled
def other_source(p, companies, streams, opportunities, notes, funnel, needs, talk):
    """Return the gain [EUR/year] the buyer could have elsewhere, as far as its need cannot take both."""
    here = opportunities[talk.opportunity]
    demand = streams[here.demand]
    replaced = talk.quantity * here.arriving * here.ratio
    need = 12.0 * demand.coming * companies[talk.buyer].coming_capacity
    room = p.contract_dependable * need - demand.contracted - replaced
    best = 0.0
    for entry in range(demand.opportunity_first, demand.opportunity_first + demand.opportunity_count):
        row = needs[entry].opportunity
        if row != talk.opportunity and is_wanted(funnel[row].stage):
            other = opportunities[row]
            per_unit = other.arriving * other.ratio
            best = max(best, rival_gain(p, notes[row], replaced / per_unit, room / per_unit))
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
