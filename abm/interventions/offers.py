"""Offers that are never refused, and the zone of a talk: what both required gains leave."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from ..entities.codes import BUYER, SELLER
from ..park import Park
from ..submodels.negotiation.utility import gain_of, price_for, reserve_of, share_level, term_level
from .seats import Offer, find_talk, side_of

STEPS = (1.0, 2.0, 5.0)


@dataclass(frozen=True)
class Zone:
    """What a talk could bring at present: required gains and joint gain [EUR/year], lowest and highest price [EUR/unit].

    gain: best joint gain above both required gains; there is a zone when it is not negative. share, term: where it is best.
    """

    seller_least: float
    buyer_least: float
    gain: float
    low: float
    high: float
    share: float
    term: float


def round_step(value: float) -> float:
    """Return the round number (1, 2 or 5 times a power of ten) that is nearest to 0.5 % of a value, at least a cent."""
    wanted = max(0.005 * abs(value), 0.01)
    power = 10.0 ** math.floor(math.log10(wanted))
    return min((factor * power for factor in (*STEPS, 10.0)), key=lambda step: abs(math.log(step / wanted)))


def safe_offer(park: Park, number: int, company: str, offer: Offer) -> Offer:
    """Return an offer with a round price, rounded to the safe side of its proposer (seller up, buyer down).

    What would give the proposer less than it requires becomes the nearest round price at which it does not.
    """
    talk = find_talk(park, number)
    side = side_of(park, talk, company)
    share, term = round(min(1.0, max(0.0, offer.share)), 4), round(min(30.0, max(1.0, offer.term)), 2)
    least = float(price_for(talk, side, reserve_of(talk, side), share, term))
    price = max(offer.price, least) if side == SELLER else min(offer.price, least)
    step = round_step(float(talk.scale))
    to = math.ceil if side == SELLER else math.floor
    digits = max(0, -math.floor(math.log10(step)))
    rounded = round(to(round(price / step, 9)) * step, digits)
    while gain_of(talk, side, rounded, share, term) < reserve_of(talk, side):
        rounded = round(rounded + (step if side == SELLER else -step), digits)
    return Offer(rounded, share, term)


@dataclass(frozen=True)
class OwnLine:
    """What every offer is worth to one side: gain = slope x price + base(term, share) [EUR/year], by the levels of the talk.

    scale: public value of a unit [EUR/unit]; standard: usual term [years].
    """

    slope: float
    base: list[list[float]]
    terms: list[float]
    shares: list[float]
    scale: float
    standard: float


def own_line(park: Park, number: int, company: str) -> OwnLine:
    """Return what every offer in a talk is worth to a company, its own side alone."""
    talk = find_talk(park, number)
    side = side_of(park, talk, company)
    terms = sorted({float(term_level(talk, level)) for level in range(int(talk.terms))})
    shares = sorted({float(share_level(talk, level)) for level in range(int(talk.splits))})
    base = [[float(gain_of(talk, side, 0.0, share, term)) for share in shares] for term in terms]
    slope = float(gain_of(talk, side, 1.0, shares[0], terms[0])) - base[0][0]
    return OwnLine(slope, base, terms, shares, float(talk.scale), float(talk.standard))


def zone(park: Park, number: int) -> Zone:
    """Return what a talk could bring at present: both required gains, the joint gain, and the prices that suit both."""
    talk = find_talk(park, number)
    share, term = _best_level(talk)
    seller, buyer = float(reserve_of(talk, SELLER)), float(reserve_of(talk, BUYER))
    low, high = float(price_for(talk, SELLER, seller, share, term)), float(price_for(talk, BUYER, buyer, share, term))
    gain = _joint_gain(talk, share, term) - seller - buyer
    return Zone(seller, buyer, gain, low, high, float(share), float(term))


def zone_at(park: Park, number: int, share: float, term: float) -> tuple[float, float]:
    """Return the lowest and the highest price [EUR/unit] that suit both at a share of the capital and a term."""
    talk = find_talk(park, number)
    ends = (price_for(talk, side, reserve_of(talk, side), share, term) for side in (SELLER, BUYER))
    low, high = (float(end) for end in ends)
    return low, high


def best_joint_gain(talk: Any) -> float:
    """Return the best joint gain above both required gains [EUR/year]; negative where nothing suits both."""
    return _joint_gain(talk, *_best_level(talk)) - float(reserve_of(talk, SELLER)) - float(reserve_of(talk, BUYER))


def _best_level(talk: Any) -> tuple[float, float]:
    """Return the share and the term with the largest joint gain."""
    levels = [
        (share_level(talk, share), term_level(talk, term))
        for term in range(int(talk.terms))
        for share in range(int(talk.splits))
    ]
    return max(levels, key=lambda level: _joint_gain(talk, *level))


def _joint_gain(talk: Any, share: float, term: float) -> float:
    return float(gain_of(talk, SELLER, 0.0, share, term) + gain_of(talk, BUYER, 0.0, share, term))
