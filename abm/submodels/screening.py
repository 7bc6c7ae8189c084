"""Screening: a company opens talks when its rough estimate of the joint gain is worth the cost of arranging it."""

from __future__ import annotations

import math

import numpy as np

from ..entities.codes import BUYER, BY_BROKER, ENDED, EV_SCREENED, EV_SHELVED, IDENTIFIED, LATENT, SCREENED, SELLER
from ..numerics.compiled import compiled
from ..numerics.randomness import BELIEF_BUYER, BELIEF_SELLER, STUDY, normal
from ..numerics.sorting import stable_order
from .assets import missing_capital
from .attention import spend
from .discovery import is_alive
from .event_log import write_opportunity
from .negotiation.utility import annuity
from .norms import is_willing
from .trust import is_refused


@compiled
def screen(t, p, clock, lever, standing, s):
    """Look at every known opportunity whose time has come, in place: worth talks, shelved, or looked at again later.

    What was never studied takes hours of both sides, the best judged first; who lacks them waits. Later looks read the
    study anew and cost nothing.
    """
    new = np.empty(len(s.funnel), dtype=np.int64)
    scores = np.empty(len(s.funnel), dtype=np.float64)
    count = 0
    for row in range(len(s.funnel)):
        place = s.funnel[row]
        stage = place.stage
        if (stage != IDENTIFIED and stage != ENDED and stage != SCREENED) or place.look > t:
            continue
        if not is_alive(t, standing, s.conversions, s.opportunities[row]):
            continue
        if s.notes[row].studied == 1:
            look_at(t, p, clock, lever, s, row)
        else:
            new[count] = row
            scores[count] = -s.notes[row].score
            count += 1
    order = stable_order(scores[:count])
    for rank in range(count):
        row = new[order[rank]]
        hours = p.screening_hours * (0.5 if s.notes[row].channel == BY_BROKER else 1.0)
        if spend(t, p, STUDY, s.opportunities[row], s.companies, hours):
            s.notes[row].studied = 1
            look_at(t, p, clock, lever, s, row)


@compiled
def look_at(t, p, clock, lever, s, row):
    """Judge one known opportunity, in place: worth talks, shelved, or looked at again later."""
    place = s.funnel[row]
    stage = place.stage
    opportunity = s.opportunities[row]
    note = s.notes[row]
    place.look = t + float(p.screening_review)
    note.quantity = possible_quantity(p, s, opportunity)
    wanted = p.governance_mode == 2 and note.assigned == 1
    place.stage = IDENTIFIED
    if passes(t, p, lever, s, opportunity, note) or wanted:
        place.stage = SCREENED
        if math.isnan(note.screened):
            note.screened = float(t)
    if place.stage != stage:
        kind = EV_SCREENED if place.stage == SCREENED else EV_SHELVED
        write_opportunity(p, clock, s.events, kind, opportunity, row, 0, note.score)


@compiled
def possible_quantity(p, s, opportunity):
    """Return what could be promised if nothing else were [unit/year].

    The dependable part of the smaller of supply and replaceable need, each as far as it fits the other's season.
    """
    supply = s.streams[opportunity.supply]
    demand = s.streams[opportunity.demand]
    season = s.seasons[opportunity.season]
    share = s.conversions[opportunity.conversion].share
    yearly = 12.0 * supply.coming * s.companies[opportunity.seller].coming_capacity * season.fit_supply
    need = 12.0 * demand.coming * s.companies[opportunity.buyer].coming_capacity * share * season.fit_demand
    return p.contract_dependable * min(yearly, need / (opportunity.arriving * opportunity.ratio))


@compiled
def free_quantity(p, s, opportunity):
    """Return what is not promised yet on either side [unit/year]; promises to others count against supply and need."""
    left = room_at_seller(p, s, opportunity)
    return max(0.0, min(left, room_at_buyer(p, s, opportunity)))


@compiled
def room_at_seller(p, s, opportunity):
    """Return what the seller could still promise for an opportunity [unit/year]."""
    supply = s.streams[opportunity.supply]
    supplied = 12.0 * supply.coming * s.companies[opportunity.seller].coming_capacity
    return (p.contract_dependable * supplied - supply.contracted) * s.seasons[opportunity.season].fit_supply


@compiled
def room_at_buyer(p, s, opportunity):
    """Return what the buyer could still take by an opportunity [unit/year of the by-product]."""
    demand = s.streams[opportunity.demand]
    share = s.conversions[opportunity.conversion].share
    needed = 12.0 * demand.coming * s.companies[opportunity.buyer].coming_capacity * share
    lacking = (p.contract_dependable * needed - demand.contracted) * s.seasons[opportunity.season].fit_demand
    return lacking / (opportunity.arriving * opportunity.ratio)


@compiled
def value_seller(lever, s, opportunity):
    """Return what a unit handed on is worth to the seller [EUR/unit]: disposal avoided - handling and what is given up + its part of the subsidy."""
    handling = handling_of(lever, s, s.conversions[opportunity.conversion])
    subsidy = s.params[0].contract_subsidy_to_seller * subsidy_of(lever, s, opportunity)
    return s.streams[opportunity.supply].disposal_cost - handling + subsidy


@compiled
def handling_of(lever, s, conversion):
    """Return what handing a unit on costs the seller [EUR/unit]: handling, and the market value of what it gives up with its carbon."""
    if conversion.forgone < 0:
        return conversion.handling
    good = s.materials[conversion.forgone]
    lost = good.price + lever.carbon_price * good.co2_virgin
    return conversion.handling + conversion.forgone_units * conversion.forgone_share * lost


@compiled
def value_buyer(lever, s, opportunity):
    """Return what a unit is worth to the buyer [EUR/unit].

    virgin cost saved - treatment - transport - carbon price of treatment and haul + its part of the subsidy.
    """
    saved = s.materials[s.streams[opportunity.demand].material]
    worth = opportunity.arriving * opportunity.ratio * saved.cost
    conversion = s.conversions[opportunity.conversion]
    carbon = lever.carbon_price * burden_of(conversion, opportunity)
    costs = conversion.treatment + transport_cost(conversion, opportunity) + carbon
    return worth - costs + (1.0 - s.params[0].contract_subsidy_to_seller) * subsidy_of(lever, s, opportunity)


@compiled
def transport_cost(conversion, opportunity):
    """Return the cost of transport [EUR/unit]: loading + distance x haul."""
    return conversion.load + conversion.haul * opportunity.distance


@compiled
def burden_of(conversion, opportunity):
    """Return the CO2 of treatment and transport [t/unit]."""
    return conversion.burden + conversion.haul_burden * opportunity.distance


@compiled
def subsidy_of(lever, s, opportunity):
    """Return the exchange subsidy [EUR/unit]: a share of the virgin cost replaced."""
    cost = s.materials[s.streams[opportunity.demand].material].cost
    return lever.exchange_subsidy * opportunity.arriving * opportunity.ratio * cost


@compiled
def public_value(s, opportunity):
    """Return what public prices say a unit is worth [EUR/unit]: disposal cost + virgin cost replaced; the scale of beliefs."""
    saved = s.materials[s.streams[opportunity.demand].material]
    return abs(s.streams[opportunity.supply].disposal_cost) + opportunity.arriving * opportunity.ratio * saved.cost


@compiled
def capital_of(s, opportunity, quantity):
    """Return the capital an exchange still needs [EUR] for a yearly quantity, beside what stands and is not worn."""
    return missing_capital(s.params[0], s, opportunity, quantity, 0.0)


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
def capital_charge(p, lever, company, s, opportunity, quantity):
    """Return what capital costs in a side's rough estimate [EUR/year].

    Half of it at the side's own cost of capital and payback limit, half at its cost of capital over the standard term.
    """
    capital = (1.0 - lever.capital_grant) * capital_of(s, opportunity, quantity)
    term = s.conversions[opportunity.conversion].term
    own = annuity(company.wacc, min(term, company.payback))
    other = annuity(company.wacc, term)
    return 0.5 * (own + other) * capital


@compiled
def belief_period(t, opportunity):
    """Return the number of the five years in which beliefs about an opportunity stay as they are."""
    return (t + int(opportunity.identity % np.uint64(60))) // 60


@compiled
def estimate_joint_gain(t, p, lever, company, trust, side, s, opportunity, quantity):
    """Return one side's rough estimate of the joint gain [EUR/year].

    Q (own value + what the other's value is believed to be) - both sides' monitoring - capital charge. The belief is off
    by error x public value x z; it is formed anew every five years, each opportunity in its own month.
    """
    own = value_seller(lever, s, opportunity)
    other = value_buyer(lever, s, opportunity)
    process = BELIEF_SELLER if side == SELLER else BELIEF_BUYER
    error = belief_error(p, trust) * normal(p.seed, process, belief_period(t, opportunity), opportunity.identity)
    believed = error * public_value(s, opportunity)
    charge = capital_charge(p, lever, company, s, opportunity, quantity)
    return quantity * (own + other + believed) - charge - 2.0 * p.contract_monitoring_cost


@compiled
def is_worth_it(p, company, conversions, opportunity, gain):
    """Tell whether an estimated joint gain exceeds the transaction cost with its margin over the life it counts on."""
    life = min(conversions[opportunity.conversion].term, company.payback)
    return gain * life > p.screening_margin * p.contract_transaction_cost


@compiled
def passes(t, p, lever, s, opportunity, note):
    """Tell whether both sides want to talk: estimate worth the cost, willing, not refused; sets the score, in place."""
    seller = s.companies[opportunity.seller]
    buyer = s.companies[opportunity.buyer]
    there = s.pairs[opportunity.there]
    back = s.pairs[opportunity.back]
    quantity = note.quantity
    by_seller = estimate_joint_gain(t, p, lever, seller, there.trust, SELLER, s, opportunity, quantity)
    by_buyer = estimate_joint_gain(t, p, lever, buyer, back.trust, BUYER, s, opportunity, quantity)
    note.score = 0.5 * (by_seller + by_buyer)
    if is_refused(t, p, there) or is_refused(t, p, back):
        return False
    if not is_worth_it(p, seller, s.conversions, opportunity, by_seller):
        return False
    if not is_worth_it(p, buyer, s.conversions, opportunity, by_buyer):
        return False
    return is_willing(p, seller) and is_willing(p, buyer)


@compiled
def scout_latent(t, p, lever, standing, s):
    """Once a year set the score by which a broker ranks latent opportunities, in place.

    judged gain = quantity x (value of the seller + value of the buyer) - 10 % of the capital, at least 0.
    """
    if t % 12 != 0:
        return
    for row in range(len(s.opportunities)):
        opportunity = s.opportunities[row]
        if s.funnel[row].stage == LATENT and is_alive(t, standing, s.conversions, opportunity):
            quantity = possible_quantity(p, s, opportunity)
            worth = value_seller(lever, s, opportunity)
            worth += value_buyer(lever, s, opportunity)
            s.notes[row].score = max(0.0, quantity * worth - 0.1 * capital_of(s, opportunity, quantity))
