"""The economics of an offer: what (price, split of the capital, term) is worth to each side.

A talk record holds everything a side can know; strategies and protocols move it. Gains are EUR a year at the side's own cost
of capital over min(term, own payback limit, life of what is built). Worth is linear in the price with the same slope for
both sides, the yearly quantity, so that the price only divides what the package (split, term) makes.
"""

from __future__ import annotations

import math

from ...entities.codes import BUYER, SELLER
from ...numerics.compiled import compiled


@compiled
def annuity(rate, years):
    """Return the yearly payment per EUR borrowed: r / (1 - (1 + r)^-n); 1/n without interest."""
    if rate < 1e-9:
        return 1.0 / years
    return rate / (1.0 - (1.0 + rate) ** (-years))


@compiled
def hold_up_over(rate, years):
    """Return the mean share of a quasi-rent lost to hold-up over a term, when `rate` of what is left is lost each year.

    1 - (1 - exp(-x)) / x with x = rate x years: what is feared is what is done on average.
    """
    lost = rate * years
    if lost < 1e-4:
        return 0.5 * lost - lost * lost / 6.0  # the series, where the difference of the formula loses its digits
    return 1.0 - (1.0 - math.exp(-lost)) / lost


@compiled
def cost_of_being_bound(exposure, phi, required, years):
    """Return B [EUR/year], the cost of being bound: max0(0.4 s - R / 2), s = exposure sqrt(1 - phi^(n + 1)).

    The mean expected loss of the years in which a side that only earns its required gain would rather be out, at the money
    and to first order in R (normal model: Bachelier 1900). exposure: yearly payment that moves with the virgin price x
    standard deviation of its log [EUR/year]; phi: yearly autocorrelation.
    """
    spread = exposure * math.sqrt(max(0.0, 1.0 - phi ** (years + 1.0)))
    return max(0.0, 0.4 * spread - 0.5 * required)


@compiled
def charge_of(talk, side, share, term):
    """Return what capital costs a side a year [EUR/year] when the seller bears `share` of it.

    (1 + h) annuity(WACC, min(n, limit, life)) x own capital + its share of the upkeep + h x required gain, where h is the share lost to
    hold-up over the term; nothing is held up where nothing is sunk.
    """
    if is_free(talk, side, share):
        return charge_at(talk, side, share, 0.0, 0.0)
    rate, held = charges_of_term(talk, side, term)
    return charge_at(talk, side, share, rate, held)


@compiled
def is_free(talk, side, share):
    """Tell whether nothing is built, or a side bears nothing of it."""
    return talk.capital + talk.grant <= 0.0 or (share if side == SELLER else 1.0 - share) <= 0.0


@compiled
def charges_of_term(talk, side, term):
    """Return (1 + h) annuity [1/year] and h x required gain [EUR/year] of `charge_of`: what does not depend on the split."""
    if side == SELLER:
        held = hold_up_over(talk.hold_up_seller, term)
        rate = (1.0 + held) * annuity(talk.wacc_seller, min(term, min(talk.limit_seller, talk.life)))
        return rate, held * talk.required_seller
    held = hold_up_over(talk.hold_up_buyer, term)
    rate = (1.0 + held) * annuity(talk.wacc_buyer, min(term, min(talk.limit_buyer, talk.life)))
    return rate, held * talk.required_buyer


@compiled
def charge_at(talk, side, share, rate, held):
    """Return `charge_of` from what the term makes of it."""
    borne = share if side == SELLER else 1.0 - share
    upkeep = talk.upkeep * borne
    if is_free(talk, side, share):
        return upkeep
    return rate * borne * talk.capital + upkeep + held


@compiled
def bound_of(talk, side, term):
    """Return a side's cost of being bound for a term, with what arranging costs a year over it [EUR/year]."""
    if side == SELLER:
        bound = cost_of_being_bound(talk.exposure_seller, talk.phi, talk.required_seller, term)
        return bound + talk.arranging * annuity(talk.wacc_seller, min(term, talk.limit_seller))
    bound = cost_of_being_bound(talk.exposure_buyer, talk.phi, talk.required_buyer, term)
    return bound + talk.arranging * annuity(talk.wacc_buyer, min(term, talk.limit_buyer))


@compiled
def gain_of(talk, side, price, share, term):
    """Return a side's gain [EUR/year] of an offer.

    seller: Q (p + value) - capital - being bound - arranging - running; buyer: Q (value - p) - the same of its own. value
    holds avoided disposal less handling, or saved virgin cost less treatment and transport, as expected over the term;
    running holds monitoring and the damages a side expects to owe.
    """
    return gain_from(talk, side, price, charge_of(talk, side, share, term) + bound_of(talk, side, term))


@compiled
def gain_from(talk, side, price, costs):
    """Return `gain_of` from what capital and being bound cost [EUR/year]."""
    if side == SELLER:
        return talk.quantity * (price + talk.value_seller) - costs - talk.running_seller
    return talk.quantity * (talk.value_buyer - price) - costs - talk.running_buyer


@compiled
def price_for(talk, side, gain, share, term):
    """Return the price [EUR/unit] at which a side gains exactly `gain` [EUR/year] with this split and term."""
    at_zero = gain_of(talk, side, 0.0, share, term)
    if side == SELLER:
        return (gain - at_zero) / talk.quantity
    return (at_zero - gain) / talk.quantity


@compiled
def share_level(talk, level):
    """Return the seller's share of the capital at a level; one level means half."""
    return 0.5 if talk.splits == 1 else level / (talk.splits - 1.0)


@compiled
def term_level(talk, level):
    """Return the term [years] at a level: the standard, half of it, twice it; whole years, at least 1, at most what is allowed."""
    if level == 0:
        return min(talk.longest, talk.standard)
    if level == 1:
        return min(talk.longest, max(1.0, float(int(0.5 * talk.standard))))
    return min(talk.longest, 2.0 * talk.standard)


@compiled
def reserve_of(talk, side):
    """Return the least gain for which a side signs [EUR/year]: required gain or outside option."""
    return talk.reserve_seller if side == SELLER else talk.reserve_buyer


@compiled
def tolerance_of(talk):
    """Return what counts as nothing in a talk [EUR/year]: 1e-9 of the public value of its yearly quantity."""
    return 1e-9 * talk.scale * talk.quantity


@compiled
def put_on_table(talk, price, share, term):
    """Put an offer on the table with what it is worth to each side, in place."""
    talk.price = price
    talk.share = share
    talk.term = term
    talk.gain_seller = gain_of(talk, SELLER, price, share, term)
    talk.gain_buyer = gain_of(talk, BUYER, price, share, term)


@compiled
def best_level(talk):
    """Return the number of the package with the largest joint gain: its split is level % splits, its term level // splits.

    The joint gain does not depend on the price, so that the patient side carries the capital.
    """
    best = -math.inf
    level = 0
    for number in range(talk.terms):
        term = term_level(talk, number)
        rate_seller, held_seller = charges_of_term(talk, SELLER, term)
        rate_buyer, held_buyer = charges_of_term(talk, BUYER, term)
        bound_seller = bound_of(talk, SELLER, term)
        bound_buyer = bound_of(talk, BUYER, term)
        for split in range(talk.splits):
            share = share_level(talk, split)
            seller = charge_at(talk, SELLER, share, rate_seller, held_seller) + bound_seller
            buyer = charge_at(talk, BUYER, share, rate_buyer, held_buyer) + bound_buyer
            joint = gain_from(talk, SELLER, 0.0, seller) + gain_from(talk, BUYER, 0.0, buyer)
            if joint > best:
                best = joint
                level = number * talk.splits + split
    return level


@compiled
def best_split(talk):
    """Put the split and term with the largest joint gain on the table, in place, at price zero; return that gain."""
    level = best_level(talk)
    put_on_table(talk, 0.0, share_level(talk, level % talk.splits), term_level(talk, level // talk.splits))
    return talk.gain_seller + talk.gain_buyer


@compiled
def are_served(talk):
    """Tell whether what is on the table is worth the least gain to both."""
    nothing = tolerance_of(talk)
    return talk.gain_seller >= talk.reserve_seller - nothing and talk.gain_buyer >= talk.reserve_buyer - nothing


@compiled
def zone_of(talk):
    """Return the best joint gain above both least gains [EUR/year]; negative when no terms suit both."""
    level = best_level(talk)
    share = share_level(talk, level % talk.splits)
    term = term_level(talk, level // talk.splits)
    joint = gain_of(talk, SELLER, 0.0, share, term) + gain_of(talk, BUYER, 0.0, share, term)
    return joint - talk.reserve_seller - talk.reserve_buyer
