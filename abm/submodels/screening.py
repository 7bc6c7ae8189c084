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
from .capacity import possible_quantity
from .event_log import write_opportunity
from .negotiation.utility import annuity
from .norms import is_willing
from .standing import is_alive
from .trust import is_refused

# Part of a joint gain, outlay or charge that a side counts on where nobody has offered yet (Nash 1950).
EVEN_SPLIT = 0.5


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
    wanted = p.governance_mode == 2 and note.assigned > 0.0
    place.stage = IDENTIFIED
    if passes(t, p, lever, s, opportunity, note) or wanted:
        place.stage = SCREENED
        if math.isnan(note.screened):
            note.screened = float(t)
    if place.stage != stage:
        kind = EV_SCREENED if place.stage == SCREENED else EV_SHELVED
        write_opportunity(p, clock, s.events, kind, opportunity, row, 0, note.score)


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
    """Return what a unit is worth to the buyer [EUR/unit], at the virgin cost expected over the years of a contract.

    virgin cost saved - treatment - transport - carbon price of treatment and haul + its part of the subsidy.
    """
    part = 1.0 - s.params[0].contract_subsidy_to_seller
    return saving_of(lever, s, opportunity) + part * subsidy_of(lever, s, opportunity)


@compiled
def saving_of(lever, s, opportunity):
    """Return what a unit saves the buyer [EUR/unit]: virgin cost - treatment - transport - carbon price of both."""
    saved = s.materials[s.streams[opportunity.demand].material]
    worth = opportunity.arriving * opportunity.ratio * saved.expected
    conversion = s.conversions[opportunity.conversion]
    carbon = lever.carbon_price * burden_of(conversion, opportunity)
    return worth - (conversion.treatment + transport_cost(conversion, opportunity) + carbon)


@compiled
def even_price(lever, s, opportunity):
    """Return the price [EUR/unit] that divides what a unit is worth to both by halves."""
    return EVEN_SPLIT * (value_buyer(lever, s, opportunity) - value_seller(lever, s, opportunity))


@compiled
def loss_buyer(p, lever, s, opportunity, price):
    """Return what a missing unit costs the buyer at a price [EUR/unit].

    max0(what a unit saves - price) + kappa x virgin price of what it replaces, kappa = `contract.interruption_cost`.
    """
    saved = s.materials[s.streams[opportunity.demand].material]
    extra = p.contract_interruption_cost * opportunity.arriving * opportunity.ratio * saved.price
    return max(0.0, saving_of(lever, s, opportunity) - price) + extra


@compiled
def loss_seller(p, lever, s, opportunity, price):
    """Return what a unit that is not taken costs the seller at a price [EUR/unit].

    max0(price + disposal cost - handling and what is given up) + kappa x disposal cost.
    """
    disposal = s.streams[opportunity.supply].disposal_cost
    handling = handling_of(lever, s, s.conversions[opportunity.conversion])
    extra = p.contract_interruption_cost * max(0.0, disposal)
    return max(0.0, price + disposal - handling) + extra


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
    cost = s.materials[s.streams[opportunity.demand].material].expected
    return lever.exchange_subsidy * opportunity.arriving * opportunity.ratio * cost


@compiled
def public_value(s, opportunity):
    """Return what public prices say a unit is worth [EUR/unit]: disposal cost + virgin cost replaced; the scale of beliefs."""
    saved = s.materials[s.streams[opportunity.demand].material]
    return abs(s.streams[opportunity.supply].disposal_cost) + opportunity.arriving * opportunity.ratio * saved.expected


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
    return (EVEN_SPLIT * own + (1.0 - EVEN_SPLIT) * other) * capital


@compiled
def belief_period(t, p, opportunity):
    """Return the number of the period of `negotiation.belief_months` in which beliefs about an opportunity stay as they are."""
    months = p.negotiation_belief_months
    return (t + int(opportunity.identity % np.uint64(months))) // months


@compiled
def estimate_joint_gain(t, p, lever, company, trust, side, s, opportunity, quantity):
    """Return one side's rough estimate of the joint gain [EUR/year].

    Q (own value + what the other's value is believed to be) - both sides' monitoring - capital charge. The belief is off
    by error x public value x z; it is formed anew every five years, each opportunity in its own month.
    """
    own = value_seller(lever, s, opportunity)
    other = value_buyer(lever, s, opportunity)
    process = BELIEF_SELLER if side == SELLER else BELIEF_BUYER
    error = belief_error(p, trust) * normal(p.seed, process, belief_period(t, p, opportunity), opportunity.identity)
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

    judged gain = quantity x (value of the seller + value of the buyer) - annuity of the capital, at least 0.
    """
    if t % 12 != 0:
        return
    for row in range(len(s.opportunities)):
        opportunity = s.opportunities[row]
        if s.funnel[row].stage == LATENT and is_alive(t, standing, s.conversions, opportunity):
            quantity = possible_quantity(p, s, opportunity)
            worth = value_seller(lever, s, opportunity)
            worth += value_buyer(lever, s, opportunity)
            years = s.conversions[opportunity.conversion].term
            charge = annuity(s.companies[opportunity.buyer].wacc, years) * capital_of(s, opportunity, quantity)
            s.notes[row].score = max(0.0, quantity * worth - charge)
