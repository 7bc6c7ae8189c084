"""The economics of an offer: what a price, a split of the capital and a term are worth to each side."""

from __future__ import annotations

from tests.references.deals import Offer, Side, Talk


def annuity(rate: float, years: float) -> float:
    """Yearly payment per EUR borrowed."""
    return 1.0 / years if rate < 1e-9 else rate / (1.0 - (1.0 + rate) ** (-years))


def burden_of(side: Side, term: float) -> float:
    """Yearly capital charge per EUR of own capital, hold-up anticipated."""
    return (1.0 + side.hold_up) * annuity(side.wacc, min(term, side.limit))


def gain_of(talk: Talk, side: Side, offer: Offer) -> float:
    """What an offer is worth to a side [EUR/year]."""
    if side.is_seller:
        capital = burden_of(side, offer.term) * offer.share * talk.capital
        return talk.quantity * (offer.price + side.value) - capital - side.running
    capital = burden_of(side, offer.term) * (1.0 - offer.share) * talk.capital
    return talk.quantity * (side.value - offer.price) - capital - side.running


def price_for(talk: Talk, side: Side, gain: float, share: float, term: float) -> float:
    """Price at which a side gains exactly `gain` with this split and term."""
    at_zero = gain_of(talk, side, Offer(0.0, share, term))
    return (gain - at_zero) / talk.quantity if side.is_seller else (at_zero - gain) / talk.quantity


def put_on_table(talk: Talk, offer: Offer) -> None:
    """Put an offer on the table with what it is worth to each side."""
    talk.table = offer
    talk.gain_seller = gain_of(talk, talk.seller, offer)
    talk.gain_buyer = gain_of(talk, talk.buyer, offer)


def joint_gain(talk: Talk, share: float, term: float) -> float:
    """What both gain together with this split and term; the price does not matter."""
    offer = Offer(0.0, share, term)
    return gain_of(talk, talk.seller, offer) + gain_of(talk, talk.buyer, offer)


def best_split(talk: Talk) -> tuple[float, float, float]:
    """Return (joint gain, share, term) of the split and term with the largest joint gain."""
    best = (-1e300, 0.5, talk.standard)
    for term in talk.terms:
        for share in talk.splits:
            joint = joint_gain(talk, share, term)
            if joint > best[0]:
                best = (joint, share, term)
    return best
