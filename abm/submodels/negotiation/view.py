"""The view of a side: one function writes all that a strategy may see of a talk, from the columns of its own side."""

from __future__ import annotations

import math

from ...entities.codes import BUYER, SELLER
from ...numerics.compiled import compiled
from ...numerics.randomness import MANNER_BUYER, MANNER_SELLER, STRATEGY, join, uniform
from ...strategies.view import (
    AIM,
    DEADLINE,
    DRAW,
    EXPONENT,
    FIRST_WORTH,
    HEARD_LAST,
    HEARD_PACKAGE,
    HEARD_PRICE,
    HEARD_WORTH,
    KIND,
    LEAST,
    LONGEST,
    MANNER,
    MEETING,
    OPENNESS,
    OUTSIDE,
    PACKAGES,
    SCALE,
    SLOPE,
    SPLITS,
    STAKE,
    STANDARD,
    TERMS,
    TRUST,
)
from .preferences import reference_gain
from .utility import gain_of, share_level, term_level

MOST_PACKAGES = 63  # three terms and 21 splits
ROOM = FIRST_WORTH + 2 * MOST_PACKAGES


@compiled
def show(p, s, talk, side, view):
    """Write the view of a side into `view`, in place: what is public, what is its own and what the other has offered."""
    view[KIND] = talk.kind
    view[MEETING] = talk.meeting
    view[STAKE] = talk.scale * talk.quantity
    view[SCALE] = talk.scale
    view[SPLITS] = talk.splits
    view[TERMS] = talk.terms
    view[STANDARD] = talk.standard
    view[LONGEST] = talk.longest
    view[PACKAGES] = talk.splits * talk.terms
    view[DRAW] = uniform(p.seed, STRATEGY, talk.meeting, join(talk.identity, talk.identity))
    opportunity = s.opportunities[talk.opportunity]
    if side == SELLER:
        show_own(
            view, talk.deadline_seller, talk.exponent_seller, talk.reserve_seller, talk.aim_seller, talk.outside_seller
        )
        view[SLOPE] = talk.quantity
        view[TRUST] = s.pairs[opportunity.there].trust
        view[OPENNESS] = talk.open_seller
        view[MANNER] = uniform(p.seed, MANNER_SELLER, 0, talk.identity)
        show_heard(view, talk, side, talk.price_buyer, talk.share_buyer, talk.term_buyer)
        view[HEARD_LAST] = 1.0 if talk.last == 1 + BUYER else 0.0
    else:
        show_own(view, talk.deadline_buyer, talk.exponent_buyer, talk.reserve_buyer, talk.aim_buyer, talk.outside_buyer)
        view[SLOPE] = -talk.quantity
        view[TRUST] = s.pairs[opportunity.back].trust
        view[OPENNESS] = talk.open_buyer
        view[MANNER] = uniform(p.seed, MANNER_BUYER, 0, talk.identity)
        show_heard(view, talk, side, talk.price_seller, talk.share_seller, talk.term_seller)
        view[HEARD_LAST] = 1.0 if talk.last == 1 + SELLER else 0.0
    show_packages(p, s, talk, side, view)


@compiled
def show_own(view, deadline, exponent, least, aim, outside):
    """Write a side's own numbers, in place."""
    view[DEADLINE] = deadline
    view[EXPONENT] = exponent
    view[LEAST] = least
    view[AIM] = aim
    view[OUTSIDE] = outside


@compiled
def show_heard(view, talk, side, price, share, term):
    """Write the other's last offer with its own worth, in place; NaN before the first."""
    view[HEARD_PRICE] = price
    view[HEARD_PACKAGE] = math.nan
    view[HEARD_WORTH] = math.nan
    if not math.isnan(price):
        view[HEARD_PACKAGE] = package_of(talk, share, term)
        view[HEARD_WORTH] = gain_of(talk, side, price, share, term)


@compiled
def package_of(talk, share, term):
    """Return the number of the package nearest to a split and a term."""
    best = 0
    nearest = math.inf
    for package in range(talk.splits * talk.terms):
        apart = abs(share_level(talk, package % talk.splits) - share)
        apart += abs(term_level(talk, package // talk.splits) - term) / talk.standard
        if apart < nearest:
            nearest = apart
            best = package
    return best


@compiled
def show_packages(p, s, talk, side, view):
    """Write what each package is worth at price zero to the own side, and to the other by reference, in place."""
    count = talk.splits * talk.terms
    other = BUYER if side == SELLER else SELLER
    for package in range(count):
        share = share_level(talk, package % talk.splits)
        term = term_level(talk, package // talk.splits)
        view[FIRST_WORTH + package] = gain_of(talk, side, 0.0, share, term)
        view[FIRST_WORTH + count + package] = reference_gain(p, s, talk, other, share, term)
