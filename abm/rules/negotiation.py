"""Negotiation: talks open, one meeting at a time; deals are signed, largest joint gain first."""

from __future__ import annotations

import math

import numpy as np

from abm.compiled import compiled
from abm.randomness import FIRST_SPEAKER, join, uniform
from abm.rules.bargaining import annuity, gain_of, put_on_table
from abm.rules.chronicle import write_event, write_meeting
from abm.rules.discovery import is_alive
from abm.rules.protocols import meet_by
from abm.rules.relations import disappoint, is_refused, willingness
from abm.rules.screening import (
    capital_of,
    estimate_joint_gain,
    free_quantity,
    own_payback,
    possible_quantity,
    public_value,
    queue_for_talks,
    value_buyer,
    value_seller,
)
from abm.state import (
    ACCEPT,
    ACCEPTED,
    AGREED,
    BUYER,
    COUNTER,
    DEADLINE,
    EV_AGREED,
    EV_NO_DEAL,
    EV_TALKS,
    IDENTIFIED,
    IN_TALKS,
    LEAVE,
    NO_ZONE,
    OFFERED,
    PARTNER_GONE,
    PAUSED,
    QUANTITY_GONE,
    RUNNING,
    SCREENED,
    SELLER,
    UNDECIDED,
    WALKED,
    WALKED_OUT,
)


@compiled
def open_talks(t, p, clock, lever, companies, streams, materials, opportunities, needs, pairs, talks, events):
    """Open talks on screened opportunities, best first, in place, while both companies have time for them."""
    rows = queue_for_talks(p, opportunities)
    for place in range(len(rows)):
        row = rows[place]
        opportunity = opportunities[row]
        seller = companies[opportunity.seller]
        buyer = companies[opportunity.buyer]
        if seller.talks >= p.screening_talks or buyer.talks >= p.screening_talks or clock.talks >= len(talks):
            continue
        if not is_alive(companies, streams, opportunity):
            continue
        if is_refused(t, p, pairs[opportunity.there]) or is_refused(t, p, pairs[opportunity.back]):
            continue
        quantity = free_quantity(p, companies, streams, opportunity)
        if quantity < p.contract_smallest * possible_quantity(p, companies, streams, opportunity) or quantity <= 0.0:
            continue
        talk = talks[clock.talks]
        open_talk(t, p, clock, lever, companies, streams, materials, opportunities, needs, pairs, talk, row, quantity)
        opportunity.stage = IN_TALKS
        opportunity.talks = float(t)
        seller.talks += 1
        buyer.talks += 1
        clock.talks += 1
        clock.talks_held += 1
        write_event(p, clock, events, EV_TALKS, opportunity.seller, opportunity.buyer, row, math.nan, 0, quantity)


@compiled
def open_talk(t, p, clock, lever, companies, streams, materials, opportunities, needs, pairs, talk, row, quantity):
    """Fill a talk record with what both sides know and want, in place."""
    opportunity = opportunities[row]
    talk.opportunity = row
    talk.seller = opportunity.seller
    talk.buyer = opportunity.buyer
    talk.number = clock.talks_held
    talk.opened = t
    talk.meeting = 0
    talk.speaker = SELLER if uniform(p.seed, FIRST_SPEAKER, t, opportunity.identity) < 0.5 else BUYER
    talk.quantity = quantity
    gross = capital_of(opportunity, quantity)
    talk.grant = lever.capital_grant * gross
    talk.capital = gross - talk.grant
    talk.standard = opportunity.term
    talk.terms = 3 if p.negotiation_terms == 1 else 1
    talk.splits = p.negotiation_splits if talk.capital > 0.0 else 1
    talk.scale = max(1e-9, public_value(streams, materials, opportunity))
    talk.arranging = 0.5 * p.contract_transaction_cost
    talk.posted = streams[opportunity.supply].posted * talk.scale
    talk.decision = UNDECIDED
    clear_offers(talk)
    value_talk(p, lever, companies, streams, materials, opportunity, pairs, talk)
    prepare_sides(t, p, lever, companies, streams, materials, opportunities, needs, pairs, talk)


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
def value_talk(p, lever, companies, streams, materials, opportunity, pairs, talk):
    """Set values, running costs and capital cost of both sides, in place.

    risk_b = Q x interruption x (1 - trust) x risk aversion x extra cost of a failed delivery, less with back-up supply;
    anticipated hold-up adds (1 - enforcement) (1 - trust) demand x chance over the payback to the cost of own capital.
    """
    seller = companies[talk.seller]
    buyer = companies[talk.buyer]
    seller_trust = pairs[opportunity.there].trust
    buyer_trust = pairs[opportunity.back].trust
    cost = materials[streams[opportunity.demand].material].cost
    failure = p.contract_interruption * p.contract_interruption_cost * (1.0 - lever.backup)
    risk = talk.quantity * opportunity.arriving * opportunity.ratio * cost * failure
    talk.value_seller = value_seller(lever, streams, materials, opportunity)
    talk.value_buyer = value_buyer(lever, streams, materials, opportunity)
    talk.running_seller = p.contract_monitoring_cost
    talk.running_buyer = p.contract_monitoring_cost + risk * buyer.risk_aversion * (1.0 - buyer_trust)
    talk.wacc_seller = seller.wacc
    talk.wacc_buyer = buyer.wacc
    talk.limit_seller = seller.payback * p.behaviour_payback
    talk.limit_buyer = buyer.payback * p.behaviour_payback
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
def prepare_sides(t, p, lever, companies, streams, materials, opportunities, needs, pairs, talk):
    """Set aim, required gain, deadline and concession of both sides from their willingness, in place."""
    opportunity = opportunities[talk.opportunity]
    seller = companies[talk.seller]
    buyer = companies[talk.buyer]
    there = pairs[opportunity.there].trust
    back = pairs[opportunity.back].trust
    aim_seller = estimate_joint_gain(t, p, lever, seller, there, SELLER, streams, materials, opportunity, talk.quantity)
    aim_buyer = estimate_joint_gain(t, p, lever, buyer, back, BUYER, streams, materials, opportunity, talk.quantity)
    seller_payback = own_payback(p, lever, opportunity, aim_seller)
    buyer_payback = own_payback(p, lever, opportunity, aim_buyer)
    seller_will = willingness(p, lever, seller, seller_payback, opportunity.distance)
    buyer_will = willingness(p, lever, buyer, buyer_payback, opportunity.distance)
    stake = talk.scale * talk.quantity
    reserve_seller = required_gain(p, talk, SELLER, stake, seller_will)
    reserve_buyer = required_gain(p, talk, BUYER, stake, buyer_will)
    talk.reserve_seller = max(reserve_seller, other_use(streams, opportunities, talk))
    talk.reserve_buyer = max(reserve_buyer, other_source(streams, opportunities, needs, talk))
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
def other_use(streams, opportunities, talk):
    """Return the gain [EUR/year] the seller could have elsewhere: half of the best rival use competing for its supply."""
    supply = streams[opportunities[talk.opportunity].supply]
    best = 0.0
    for row in range(supply.opportunity_first, supply.opportunity_first + supply.opportunity_count):
        if row != talk.opportunity:
            best = max(best, rival_gain(opportunities[row], talk.quantity))
    return best


@compiled
def other_source(streams, opportunities, needs, talk):
    """Return the gain [EUR/year] the buyer could have elsewhere: half of the best rival source for its need."""
    here = opportunities[talk.opportunity]
    demand = streams[here.demand]
    replaced = talk.quantity * here.arriving * here.ratio
    best = 0.0
    for entry in range(demand.opportunity_first, demand.opportunity_first + demand.opportunity_count):
        row = needs[entry].opportunity
        if row != talk.opportunity:
            other = opportunities[row]
            best = max(best, rival_gain(other, replaced / (other.arriving * other.ratio)))
    return best


@compiled
def rival_gain(opportunity, quantity):
    """Return half the joint gain [EUR/year] of a rival opportunity that is wanted, too, for at most `quantity` units."""
    if opportunity.quantity <= 0.0 or (opportunity.stage != SCREENED and opportunity.stage != IN_TALKS):
        return 0.0
    return 0.5 * max(0.0, opportunity.score) * min(1.0, quantity / opportunity.quantity)


@compiled
def concession_exponent(p, will):
    """Return the exponent e: from Boulware at no willingness to conceder at full, on a log scale."""
    return p.negotiation_exponent_low * (p.negotiation_exponent_high / p.negotiation_exponent_low) ** will


@compiled
def deadline_of(p, will):
    """Return a side's own deadline [meetings], longer when willing."""
    return int(p.negotiation_deadline_low + (p.negotiation_deadline_high - p.negotiation_deadline_low) * will + 0.5)


@compiled
def hold_meetings(t, p, clock, companies, streams, opportunities, talks, meetings, outcomes):
    """Hold the month's meetings of every open talk, in place; `outcomes` takes the last answer of each talk."""
    for row in range(clock.talks):
        talk = talks[row]
        outcomes[row] = OFFERED
        for _ in range(p.negotiation_meetings):
            if outcomes[row] != OFFERED:
                break
            outcomes[row] = hold_meeting(p, clock, companies, talk, meetings)


@compiled
def hold_meeting(p, clock, companies, talk, meetings):
    """Hold one meeting and return the answer, in place; a person in a seat who has not decided makes the talk wait."""
    speaker = talk.speaker
    seat = companies[talk.seller].seat if speaker == SELLER else companies[talk.buyer].seat
    if seat == 1:
        answer = decide_in_person(talk)
        if answer == PAUSED:
            return PAUSED
    else:
        answer = meet_by(p.negotiation_protocol, p, talk)
    write_meeting(p, clock, meetings, talk, speaker, answer)
    talk.meeting += 1
    talk.speaker = BUYER if speaker == SELLER else SELLER
    return answer


@compiled
def decide_in_person(talk):
    """Carry out what a person in a seat decided, in place, and forget the decision."""
    decision = talk.decision
    talk.decision = UNDECIDED
    if decision == LEAVE:
        return WALKED
    speaker = talk.speaker
    price = talk.price_buyer if speaker == SELLER else talk.price_seller
    if decision == ACCEPT and not math.isnan(price):
        share = talk.share_buyer if speaker == SELLER else talk.share_seller
        term = talk.term_buyer if speaker == SELLER else talk.term_seller
        put_on_table(talk, price, share, term)
        return ACCEPTED
    if decision != COUNTER:
        return PAUSED
    put_on_table(talk, talk.decision_price, talk.decision_share, talk.decision_term)
    if speaker == SELLER:
        talk.price_seller = talk.price
        talk.share_seller = talk.share
        talk.term_seller = talk.term
    else:
        talk.price_buyer = talk.price
        talk.share_buyer = talk.share
        talk.term_buyer = talk.term
    return OFFERED


@compiled
def sign_deals(t, p, clock, now, companies, streams, materials, opportunities, talks, exchanges, events, outcomes):
    """Sign the month's deals, largest joint gain first, in place; the quantity is checked against what is still free."""
    gains = np.zeros(clock.talks, dtype=np.float64)
    for row in range(clock.talks):
        if outcomes[row] == ACCEPTED:
            gains[row] = -(talks[row].gain_seller + talks[row].gain_buyer)
    order = np.argsort(gains, kind="mergesort")
    for place in range(clock.talks):
        row = order[place]
        talk = talks[row]
        opportunity = opportunities[talk.opportunity]
        if outcomes[row] == OFFERED or outcomes[row] == PAUSED:
            if not is_alive(companies, streams, opportunity):
                end_talk(p, clock, now, companies, opportunity, talk, events, PARTNER_GONE)
                outcomes[row] = WALKED
            continue
        if outcomes[row] == WALKED:
            end_talk(p, clock, now, companies, opportunity, talk, events, why_walked(p, talk))
        elif not still_possible(p, companies, streams, opportunity, talk):
            end_talk(p, clock, now, companies, opportunity, talk, events, QUANTITY_GONE)
        else:
            sign(t, p, clock, now, companies, streams, materials, opportunity, talk, exchanges, events)


@compiled
def still_possible(p, companies, streams, opportunity, talk):
    """Tell whether both can still do the deal; takes the quantity down to what is free, in place, to no less than half."""
    if not is_alive(companies, streams, opportunity):
        return False
    free = free_quantity(p, companies, streams, opportunity)
    if free < 0.5 * talk.quantity:
        return False
    if free < talk.quantity:
        talk.quantity = free
        put_on_table(talk, talk.price, talk.share, talk.term)
    return talk.gain_seller >= talk.reserve_seller - 1e-6 and talk.gain_buyer >= talk.reserve_buyer - 1e-6


@compiled
def zone_of(talk):
    """Return the best joint gain above both required gains [EUR/year]; negative when no deal suits both."""
    joint = gain_of(talk, SELLER, 0.0, 0.5, talk.standard) + gain_of(talk, BUYER, 0.0, 0.5, talk.standard)
    for level in range(2):
        share = float(level)
        other = gain_of(talk, SELLER, 0.0, share, talk.standard) + gain_of(talk, BUYER, 0.0, share, talk.standard)
        joint = max(joint, other)
    return joint - talk.reserve_seller - talk.reserve_buyer


@compiled
def why_walked(p, talk):
    """Return why a talk ended without a deal: no price suits both, or time ran out although one did."""
    if zone_of(talk) < 0.0:
        return NO_ZONE
    return DEADLINE if talk.meeting > min(talk.deadline_seller, talk.deadline_buyer) else WALKED_OUT


@compiled
def end_talk(p, clock, now, companies, opportunity, talk, events, reason):
    """End a talk without a deal, in place; both are disappointed and try again only later."""
    companies[talk.seller].talks -= 1
    companies[talk.buyer].talks -= 1
    opportunity.stage = IDENTIFIED
    opportunity.look = float(clock.month) + p.screening_retry
    opportunity.failures += 1
    disappoint(p, companies[talk.seller])
    disappoint(p, companies[talk.buyer])
    zone = zone_of(talk)
    now.failed_talks += 1.0
    if zone >= 0.0 and (reason == DEADLINE or reason == WALKED_OUT):
        now.failed_feasible += 1.0
    write_event(p, clock, events, EV_NO_DEAL, talk.seller, talk.buyer, talk.opportunity, math.nan, reason, zone)


@compiled
def sign(t, p, clock, now, companies, streams, materials, opportunity, talk, exchanges, events):
    """Sign the deal on the table, in place: a new exchange with all its terms; both sides' books promise the quantity."""
    row = clock.exchanges
    exchange = exchanges[row]
    clock.exchanges += 1
    exchange.identity = join(opportunity.identity, np.uint64(opportunity.failures + t))
    exchange.opportunity = talk.opportunity
    exchange.seller = talk.seller
    exchange.buyer = talk.buyer
    exchange.supply = opportunity.supply
    exchange.demand = opportunity.demand
    exchange.stage = AGREED
    exchange.reason = RUNNING
    set_terms(t, p, materials[streams[opportunity.demand].material].cost, talk, exchange)
    exchange.channel = opportunity.channel
    streams[opportunity.supply].contracted += talk.quantity
    streams[opportunity.demand].contracted += talk.quantity * opportunity.arriving * opportunity.ratio
    companies[talk.seller].talks -= 1
    companies[talk.buyer].talks -= 1
    companies[talk.seller].due += talk.arranging
    companies[talk.buyer].due += talk.arranging
    exchange.seller_gain = -talk.arranging
    exchange.buyer_gain = -talk.arranging
    opportunity.stage = AGREED
    opportunity.signed = float(t)
    now.deals += 1.0
    write_event(p, clock, events, EV_AGREED, talk.seller, talk.buyer, talk.opportunity, row, 0, talk.price)


@compiled
def set_terms(t, p, cost, talk, exchange):
    """Write the agreed terms into the contract, in place."""
    exchange.price = talk.price
    exchange.quantity = talk.quantity
    exchange.band = p.contract_band
    exchange.term = talk.term
    exchange.share = talk.share
    exchange.capital = talk.capital
    exchange.grant = talk.grant
    exchange.penalty = p.contract_penalty
    exchange.indexation = p.contract_indexation
    exchange.reference = cost
    exchange.signed = float(t)
    exchange.term_start = float(t)
    exchange.ready = math.inf
    exchange.start = math.nan
    exchange.end = math.nan
    exchange.meetings = talk.meeting
    exchange.loan_seller = talk.share * talk.capital * annuity(talk.wacc_seller, talk.term) / 12.0
    exchange.loan_buyer = (1.0 - talk.share) * talk.capital * annuity(talk.wacc_buyer, talk.term) / 12.0
    exchange.loan_left = 12.0 * talk.term if talk.capital > 0.0 else 0.0
    exchange.expected_seller = talk.quantity * (talk.price + talk.value_seller) - talk.running_seller
    exchange.expected_buyer = talk.quantity * (talk.value_buyer - talk.price) - talk.running_buyer


@compiled
def clear_table(clock, talks, outcomes):
    """Keep only the talks that go on, in place and in their order."""
    kept = 0
    for row in range(clock.talks):
        if outcomes[row] == OFFERED or outcomes[row] == PAUSED:
            if kept != row:
                talks[kept] = talks[row]
            kept += 1
    clock.talks = kept
