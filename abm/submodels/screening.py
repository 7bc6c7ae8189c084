"""Screening: a company opens talks when its rough estimate of the joint gain is worth the cost of arranging it."""

from __future__ import annotations

import math

import numpy as np

from ..entities.state import BUYER, ENDED, EV_SCREENED, EV_SHELVED, IDENTIFIED, LATENT, SCREENED, SELLER
from ..numerics.compiled import compiled
from ..numerics.randomness import BELIEF_BUYER, BELIEF_SELLER, normal
from .discovery import is_alive
from .event_log import write_opportunity
from .negotiation.utility import annuity
from .trust import is_refused, willingness


@compiled
def screen(
    t, p, clock, lever, standing, companies, streams, materials, conversions, seasons, opportunities, notes, funnel, pairs,
    events,
):  # fmt: skip
    """Look at every known opportunity whose time has come, in place: worth talks, shelved, or looked at again later."""
    for row in range(len(funnel)):
        place = funnel[row]
        stage = place.stage
        if (stage != IDENTIFIED and stage != ENDED and stage != SCREENED) or place.look > t:
            continue
        opportunity = opportunities[row]
        if not is_alive(t, standing, conversions, opportunity):
            continue
        note = notes[row]
        place.look = t + float(p.screening_review)
        note.quantity = possible_quantity(p, companies, streams, conversions, seasons, opportunity)
        wanted = p.governance_mode == 2 and note.assigned == 1
        place.stage = IDENTIFIED
        if passes(t, p, lever, companies, streams, materials, conversions, opportunity, note, pairs) or wanted:
            place.stage = SCREENED
            if math.isnan(note.screened):
                note.screened = float(t)
        if place.stage != stage:
            kind = EV_SCREENED if place.stage == SCREENED else EV_SHELVED
            write_opportunity(p, clock, events, kind, opportunity, row, 0, note.score)


@compiled
def possible_quantity(p, companies, streams, conversions, seasons, opportunity):
    """Return what could be promised if nothing else were [unit/year].

    The dependable part of the smaller of supply and replaceable need, each as far as it fits the other's season.
    """
    supply = streams[opportunity.supply]
    demand = streams[opportunity.demand]
    season = seasons[opportunity.season]
    share = conversions[opportunity.conversion].share
    yearly = 12.0 * supply.coming * companies[opportunity.seller].coming_capacity * season.fit_supply
    need = 12.0 * demand.coming * companies[opportunity.buyer].coming_capacity * share * season.fit_demand
    return p.contract_dependable * min(yearly, need / (opportunity.arriving * opportunity.ratio))


@compiled
def free_quantity(p, companies, streams, conversions, seasons, opportunity):
    """Return what is not promised yet on either side [unit/year]; promises to others count against supply and need."""
    left = room_at_seller(p, companies, streams, seasons, opportunity)
    return max(0.0, min(left, room_at_buyer(p, companies, streams, conversions, seasons, opportunity)))


@compiled
def room_at_seller(p, companies, streams, seasons, opportunity):
    """Return what the seller could still promise for an opportunity [unit/year]."""
    supply = streams[opportunity.supply]
    supplied = 12.0 * supply.coming * companies[opportunity.seller].coming_capacity
    return (p.contract_dependable * supplied - supply.contracted) * seasons[opportunity.season].fit_supply


@compiled
def room_at_buyer(p, companies, streams, conversions, seasons, opportunity):
    """Return what the buyer could still take by an opportunity [unit/year of the by-product]."""
    demand = streams[opportunity.demand]
    share = conversions[opportunity.conversion].share
    needed = 12.0 * demand.coming * companies[opportunity.buyer].coming_capacity * share
    lacking = (p.contract_dependable * needed - demand.contracted) * seasons[opportunity.season].fit_demand
    return lacking / (opportunity.arriving * opportunity.ratio)


@compiled
def value_seller(lever, streams, materials, conversions, opportunity):
    """Return what a unit handed on is worth to the seller [EUR/unit]: disposal avoided - handling + half the subsidy."""
    given = materials[streams[opportunity.supply].material]
    handling = conversions[opportunity.conversion].handling
    return given.disposal_cost - handling + 0.5 * subsidy_of(lever, streams, materials, opportunity)


@compiled
def value_buyer(lever, streams, materials, conversions, opportunity):
    """Return what a unit is worth to the buyer [EUR/unit].

    virgin cost saved - treatment - transport - carbon price of treatment and haul + half the subsidy.
    """
    saved = materials[streams[opportunity.demand].material]
    worth = opportunity.arriving * opportunity.ratio * saved.cost
    conversion = conversions[opportunity.conversion]
    carbon = lever.carbon_price * burden_of(conversion, opportunity)
    costs = conversion.treatment + transport_cost(conversion, opportunity) + carbon
    return worth - costs + 0.5 * subsidy_of(lever, streams, materials, opportunity)


@compiled
def transport_cost(conversion, opportunity):
    """Return the cost of transport [EUR/unit]: loading + distance x haul."""
    return conversion.load + conversion.haul * opportunity.distance


@compiled
def burden_of(conversion, opportunity):
    """Return the CO2 of treatment and transport [t/unit]."""
    return conversion.burden + conversion.haul_burden * opportunity.distance


@compiled
def subsidy_of(lever, streams, materials, opportunity):
    """Return the exchange subsidy [EUR/unit]: a share of the virgin cost replaced."""
    cost = materials[streams[opportunity.demand].material].cost
    return lever.exchange_subsidy * opportunity.arriving * opportunity.ratio * cost


@compiled
def public_value(streams, materials, opportunity):
    """Return what public prices say a unit is worth [EUR/unit]: disposal cost + virgin cost replaced; the scale of beliefs."""
    given = materials[streams[opportunity.supply].material]
    saved = materials[streams[opportunity.demand].material]
    return abs(given.disposal_cost) + opportunity.arriving * opportunity.ratio * saved.cost


@compiled
def capital_of(conversions, opportunity, quantity):
    """Return the capital an exchange needs [EUR] for a yearly quantity: treatment and connection, fixed and by size."""
    conversion = conversions[opportunity.conversion]
    fixed = conversion.capital_fixed + conversion.link_fixed * opportunity.distance
    return fixed + (conversion.capital_flow + conversion.link_flow * opportunity.distance) * quantity


@compiled
def belief_error(p, trust):
    """Return the standard deviation of what a side believes of the other: by information regime, less with trust."""
    regime = p.negotiation_error_none
    if p.discovery_information == 1:
        regime = p.negotiation_error_quantities
    elif p.discovery_information == 2:
        regime = p.negotiation_error_costs
    return regime * (1.0 - trust)


@compiled
def capital_charge(p, lever, company, conversions, opportunity, quantity):
    """Return what capital costs in a side's rough estimate [EUR/year].

    Half of it at the side's own cost of capital and payback limit, half at its cost of capital over the standard term.
    """
    capital = (1.0 - lever.capital_grant) * capital_of(conversions, opportunity, quantity)
    term = conversions[opportunity.conversion].term
    own = annuity(company.wacc, min(term, company.payback))
    other = annuity(company.wacc, term)
    return 0.5 * (own + other) * capital


@compiled
def belief_period(t, opportunity):
    """Return the number of the five years in which beliefs about an opportunity stay as they are."""
    return (t + int(opportunity.identity % np.uint64(60))) // 60


@compiled
def estimate_joint_gain(t, p, lever, company, trust, side, streams, materials, conversions, opportunity, quantity):
    """Return one side's rough estimate of the joint gain [EUR/year].

    Q (own value + what the other's value is believed to be) - both sides' monitoring - capital charge. The belief is off
    by error x public value x z; it is formed anew every five years, each opportunity in its own month.
    """
    own = value_seller(lever, streams, materials, conversions, opportunity)
    other = value_buyer(lever, streams, materials, conversions, opportunity)
    process = BELIEF_SELLER if side == SELLER else BELIEF_BUYER
    error = belief_error(p, trust) * normal(p.seed, process, belief_period(t, opportunity), opportunity.identity)
    believed = error * public_value(streams, materials, opportunity)
    charge = capital_charge(p, lever, company, conversions, opportunity, quantity)
    return quantity * (own + other + believed) - charge - 2.0 * p.contract_monitoring_cost


@compiled
def own_payback(p, lever, company, conversions, opportunity, quantity, gain):
    """Return the payback [years] of a side that bears half of the outlay and gets half of the gain before capital."""
    outlay = (
        0.5 * (1.0 - lever.capital_grant) * capital_of(conversions, opportunity, quantity)
        + 0.5 * p.contract_transaction_cost
    )
    income = 0.5 * (gain + capital_charge(p, lever, company, conversions, opportunity, quantity))
    return outlay / income if income > 0.0 else 1e9


@compiled
def is_worth_it(p, company, conversions, opportunity, gain):
    """Tell whether an estimated joint gain exceeds the transaction cost with its margin over the life it counts on."""
    life = min(conversions[opportunity.conversion].term, company.payback)
    return gain * life > p.screening_margin * p.contract_transaction_cost


@compiled
def passes(t, p, lever, companies, streams, materials, conversions, opportunity, note, pairs):
    """Tell whether both sides want to talk: estimate worth the cost, willing, not refused; sets the score, in place."""
    seller = companies[opportunity.seller]
    buyer = companies[opportunity.buyer]
    there = pairs[opportunity.there]
    back = pairs[opportunity.back]
    quantity = note.quantity
    by_seller = estimate_joint_gain(
        t, p, lever, seller, there.trust, SELLER, streams, materials, conversions, opportunity, quantity
    )
    by_buyer = estimate_joint_gain(
        t, p, lever, buyer, back.trust, BUYER, streams, materials, conversions, opportunity, quantity
    )
    note.score = 0.5 * (by_seller + by_buyer)
    if is_refused(t, p, there) or is_refused(t, p, back):
        return False
    if not is_worth_it(p, seller, conversions, opportunity, by_seller):
        return False
    if not is_worth_it(p, buyer, conversions, opportunity, by_buyer):
        return False
    seller_payback = own_payback(p, lever, seller, conversions, opportunity, quantity, by_seller)
    buyer_payback = own_payback(p, lever, buyer, conversions, opportunity, quantity, by_buyer)
    seller_will = willingness(p, lever, seller, seller_payback, opportunity.distance)
    buyer_will = willingness(p, lever, buyer, buyer_payback, opportunity.distance)
    return min(seller_will, buyer_will) >= p.behaviour_threshold


@compiled
def scout_latent(
    t, p, lever, standing, companies, streams, materials, conversions, seasons, opportunities, notes, funnel
):
    """Once a year set the score by which a broker ranks latent opportunities, in place.

    judged gain = quantity x (value of the seller + value of the buyer) - 10 % of the capital, at least 0.
    """
    if t % 12 != 0:
        return
    for row in range(len(opportunities)):
        opportunity = opportunities[row]
        if funnel[row].stage == LATENT and is_alive(t, standing, conversions, opportunity):
            quantity = possible_quantity(p, companies, streams, conversions, seasons, opportunity)
            worth = value_seller(lever, streams, materials, conversions, opportunity)
            worth += value_buyer(lever, streams, materials, conversions, opportunity)
            notes[row].score = max(0.0, quantity * worth - 0.1 * capital_of(conversions, opportunity, quantity))
