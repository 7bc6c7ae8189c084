"""The economics of an offer: what (price, split of the capital, term) is worth to each side.

A talk record holds everything a side can know; the protocols move it. Gains are EUR a year at the side's own cost of
capital over min(term, own payback limit).
"""

from __future__ import annotations

from ...entities.codes import BUYER, SELLER
from ...numerics.compiled import compiled


@compiled
def annuity(rate, years):
    """Return the yearly payment per EUR borrowed: r / (1 - (1 + r)^-n); 1/n without interest."""
    if rate < 1e-9:
        return 1.0 / years
    return rate / (1.0 - (1.0 + rate) ** (-years))


@compiled
def burden_of(talk, side, term):
    """Return the yearly capital charge per EUR of own capital of a side, hold-up anticipated."""
    if side == SELLER:
        return (1.0 + talk.hold_up_seller) * annuity(talk.wacc_seller, min(term, talk.limit_seller))
    return (1.0 + talk.hold_up_buyer) * annuity(talk.wacc_buyer, min(term, talk.limit_buyer))


@compiled
def charge_of(talk, side, share, term):
    """Return a side's yearly capital charge [EUR/year] when the seller bears `share` of the capital."""
    if talk.capital == 0.0:
        return 0.0
    borne = share if side == SELLER else 1.0 - share
    return burden_of(talk, side, term) * borne * talk.capital


@compiled
def gain_of(talk, side, price, share, term):
    """Return a side's gain [EUR/year] of an offer.

    seller: Q (p + value) - charge(phi K) - running; buyer: Q (value - p) - charge((1 - phi) K) - running; value holds
    avoided disposal less handling, or saved virgin cost less treatment and transport.
    """
    if side == SELLER:
        return talk.quantity * (price + talk.value_seller) - charge_of(talk, SELLER, share, term) - talk.running_seller
    return talk.quantity * (talk.value_buyer - price) - charge_of(talk, BUYER, share, term) - talk.running_buyer


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
    """Return the term [years] at a level: the standard, half of it, twice it; whole years, at least one."""
    if level == 0:
        return talk.standard
    if level == 1:
        return max(1.0, float(int(0.5 * talk.standard)))
    return min(30.0, 2.0 * talk.standard)


@compiled
def reserve_of(talk, side):
    """Return a side's required gain [EUR/year]."""
    return talk.reserve_seller if side == SELLER else talk.reserve_buyer


@compiled
def put_on_table(talk, price, share, term):
    """Put an offer on the table with what it is worth to each side, in place."""
    talk.price = price
    talk.share = share
    talk.term = term
    talk.gain_seller = gain_of(talk, SELLER, price, share, term)
    talk.gain_buyer = gain_of(talk, BUYER, price, share, term)


@compiled
def best_split(talk):
    """Put the split and term with the largest joint gain on the table, in place, at price zero; return that gain.

    The joint gain does not depend on the price, so that the patient side carries the capital.
    """
    best = -1e300
    share = 0.5
    term = talk.standard
    for term_index in range(talk.terms):
        for share_index in range(talk.splits):
            a_share = share_level(talk, share_index)
            a_term = term_level(talk, term_index)
            joint = gain_of(talk, SELLER, 0.0, a_share, a_term) + gain_of(talk, BUYER, 0.0, a_share, a_term)
            if joint > best:
                best = joint
                share = a_share
                term = a_term
    put_on_table(talk, 0.0, share, term)
    return best
