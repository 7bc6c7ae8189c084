"""Alternating offers with time-dependent concession (Faratin, Sierra and Jennings 1998, doi:10.1016/S0921-8890(98)00029-3)."""

from __future__ import annotations

import math

from ....entities.codes import ACCEPTED, BUYER, OFFERED, SELLER, WALKED
from ....numerics.compiled import compiled
from ..utility import gain_of, price_for, put_on_table, reserve_of, share_level, term_level


@compiled
def meet(p, talk):
    """Hold one meeting: the speaker accepts the offer in hand, walks out or makes its next offer; in place."""
    speaker = talk.speaker
    deadline = talk.deadline_seller if speaker == SELLER else talk.deadline_buyer
    if talk.meeting > deadline:
        return WALKED
    target = concede(talk, speaker)
    price, share, term = offer_of(talk, BUYER if speaker == SELLER else SELLER)
    if not math.isnan(price) and gain_of(talk, speaker, price, share, term) >= target:
        put_on_table(talk, price, share, term)
        return ACCEPTED
    price, share, term = propose(p, talk, speaker, target, price, share, term)
    put_on_table(talk, price, share, term)
    make_offer(talk, speaker)
    return OFFERED


@compiled
def concede(talk, side):
    """Return the gain [EUR/year] a side aims at: reserve + (aim - reserve) (1 - (k/n)^(1/e)) at meeting k of deadline n."""
    reserve = reserve_of(talk, side)
    aim = talk.aim_seller if side == SELLER else talk.aim_buyer
    deadline = talk.deadline_seller if side == SELLER else talk.deadline_buyer
    exponent = talk.exponent_seller if side == SELLER else talk.exponent_buyer
    passed = min(1.0, talk.meeting / deadline)
    return reserve + (aim - reserve) * (1.0 - passed ** (1.0 / exponent))


@compiled
def offer_of(talk, side):
    """Return a side's last offer (price, share, term); the price is NaN before its first."""
    if side == SELLER:
        return talk.price_seller, talk.share_seller, talk.term_seller
    return talk.price_buyer, talk.share_buyer, talk.term_buyer


@compiled
def make_offer(talk, side):
    """Make what is on the table the side's last offer, in place."""
    if side == SELLER:
        talk.price_seller = talk.price
        talk.share_seller = talk.share
        talk.term_seller = talk.term
    else:
        talk.price_buyer = talk.price
        talk.share_buyer = talk.share
        talk.term_buyer = talk.term


@compiled
def propose(p, talk, side, target, their_price, their_share, their_term):
    """Return the offer that gives `side` its target and lies nearest to the other's last offer.

    Distance is Euclidean over price / public value of a unit, share, and weighted term / standard term; before the other has
    spoken the reference is half the capital each and the standard term.
    """
    silent = math.isnan(their_price)
    nearest = math.inf
    price = math.nan
    share = 0.5
    term = talk.standard
    for term_index in range(talk.terms):
        for share_index in range(talk.splits):
            a_share = share_level(talk, share_index)
            a_term = term_level(talk, term_index)
            a_price = price_for(talk, side, target, a_share, a_term)
            in_price = 0.0 if silent else (a_price - their_price) / talk.scale
            in_share = a_share - (0.5 if silent else their_share)
            in_term = p.negotiation_weight_term * (a_term - (talk.standard if silent else their_term)) / talk.standard
            apart = in_price * in_price + in_share * in_share + in_term * in_term
            if apart < nearest:
                nearest = apart
                price = a_price
                share = a_share
                term = a_term
    return price, share, term
