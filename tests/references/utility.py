"""The economics of an offer: what a price, a split of the capital and a term are worth to each side."""

from __future__ import annotations

from math import exp, sqrt

from tests.references.deals import Offer, Side, Talk


def annuity(rate: float, years: float) -> float:
    """Yearly payment per EUR borrowed."""
    return 1.0 / years if rate < 1e-9 else rate / (1.0 - (1.0 + rate) ** (-years))


def hold_up_over(rate: float, years: float) -> float:
    """Mean share of a quasi-rent lost over a term when `rate` of what is left is lost each year."""
    lost = rate * years
    return 0.5 * lost - lost * lost / 6.0 if lost < 1e-4 else 1.0 - (1.0 - exp(-lost)) / lost


def cost_of_being_bound(exposure: float, phi: float, required: float, years: float) -> float:
    """Mean loss of the years in which a side that only earns what it requires would rather be out."""
    spread = exposure * sqrt(max(0.0, 1.0 - phi ** (years + 1.0)))
    return max(0.0, 0.4 * spread - 0.5 * required)


def charge_of(talk: Talk, side: Side, share: float, term: float) -> float:
    """What capital costs a side a year, with O&M and what is lost to hold-up."""
    borne = share if side.is_seller else 1.0 - share
    upkeep = talk.upkeep * borne
    if talk.capital + talk.grant <= 0.0 or borne <= 0.0:
        return upkeep
    held = hold_up_over(side.hold_up, term)
    capital = (1.0 + held) * annuity(side.wacc, min(term, min(side.limit, talk.life))) * borne * talk.capital
    return capital + upkeep + held * side.required


def bound_of(talk: Talk, side: Side, term: float) -> float:
    """Cost of being bound for a term, and of arranging over it."""
    bound = cost_of_being_bound(side.exposure, talk.phi, side.required, term)
    return bound + talk.arranging * annuity(side.wacc, min(term, side.limit))


def gain_of(talk: Talk, side: Side, offer: Offer) -> float:
    """What an offer is worth to a side [EUR/year]."""
    costs = charge_of(talk, side, offer.share, offer.term) + bound_of(talk, side, offer.term)
    if side.is_seller:
        return talk.quantity * (offer.price + side.value) - costs - side.running
    return talk.quantity * (side.value - offer.price) - costs - side.running


def price_for(talk: Talk, side: Side, gain: float, share: float, term: float) -> float:
    """Price at which a side gains exactly `gain` with this split and term."""
    at_zero = gain_of(talk, side, Offer(0.0, share, term))
    return (gain - at_zero) / talk.quantity if side.is_seller else (at_zero - gain) / talk.quantity


def put_on_table(talk: Talk, offer: Offer) -> None:
    """Put an offer on the table with what it is worth to each side."""
    talk.table = offer
    talk.gain_seller = gain_of(talk, talk.seller, offer)
    talk.gain_buyer = gain_of(talk, talk.buyer, offer)


def tolerance_of(talk: Talk) -> float:
    """What counts as nothing in a talk."""
    return 1e-9 * talk.scale * talk.quantity


def joint_gain(talk: Talk, share: float, term: float) -> float:
    """What both gain together with this split and term; the price does not matter."""
    offer = Offer(0.0, share, term)
    return gain_of(talk, talk.seller, offer) + gain_of(talk, talk.buyer, offer)


def best_split(talk: Talk) -> tuple[float, float, float]:
    """Return (joint gain, share, term) of the split and term with the largest joint gain."""
    best = (-1e300, 0.5, talk.standard)
    for share, term in talk.packages:
        joint = joint_gain(talk, share, term)
        if joint > best[0]:
            best = (joint, share, term)
    return best


def are_served(talk: Talk) -> bool:
    """What is on the table is worth the least gain to both."""
    nothing = tolerance_of(talk)
    return talk.gain_seller >= talk.seller.reserve - nothing and talk.gain_buyer >= talk.buyer.reserve - nothing


def zone_of(talk: Talk) -> float:
    """Best joint gain above both least gains; negative when no terms suit both."""
    joint = max(joint_gain(talk, share, term) for share, term in talk.packages)
    return joint - talk.seller.reserve - talk.buyer.reserve
