"""The bargaining of version 1: time-dependent concession, and of all packages the one nearest to the other's last offer.

Target R + (A - R)(1 - min(1, j/n)^(1/e)); walks out when its own deadline has passed; no last offers (Faratin, Sierra and
Jennings 1998, doi:10.1016/S0921-8890(98)00029-3).
"""

from __future__ import annotations

import math

from ..numerics.compiled import compiled
from .open import on_curve
from .view import (
    ACCEPT,
    AIM,
    DEADLINE,
    END,
    FIRST_WORTH,
    HEARD_PACKAGE,
    HEARD_PRICE,
    HEARD_WORTH,
    LEAST,
    LEAVE,
    MEETING,
    OFFER,
    PACKAGE,
    PACKAGES,
    PRICE,
    REJECT,
    SCALE,
    SLOPE,
    SPLITS,
)

WEIGHT_TERM = 0.1  # of a term relative to the standard, in how far two offers are apart
TERMS = (1.0, 0.5, 2.0)  # relative to the standard, by level


@compiled
def respond(view, memory):
    """Accept what is worth the target; end the talk when the deadline has passed."""
    if view[MEETING] > view[DEADLINE]:
        return END
    target = view[LEAST] + on_curve(view) * (view[AIM] - view[LEAST])
    return ACCEPT if view[HEARD_WORTH] >= target else REJECT


@compiled
def propose(view, out, memory):
    """Write the offer at the target that is nearest to the other's last one, in place."""
    if view[MEETING] > view[DEADLINE]:
        return LEAVE
    target = view[LEAST] + on_curve(view) * (view[AIM] - view[LEAST])
    silent = math.isnan(view[HEARD_PRICE])
    heard = int(view[HEARD_PACKAGE]) if not silent else 0
    nearest = math.inf
    for package in range(int(view[PACKAGES])):
        price = (target - view[FIRST_WORTH + package]) / view[SLOPE]
        in_price = 0.0 if silent else (price - view[HEARD_PRICE]) / view[SCALE]
        in_share = split_of(view, package) - (0.5 if silent else split_of(view, heard))
        in_term = WEIGHT_TERM * (term_of(view, package) - (1.0 if silent else term_of(view, heard)))
        apart = in_price * in_price + in_share * in_share + in_term * in_term
        if apart < nearest:
            nearest = apart
            out[PRICE] = price
            out[PACKAGE] = package
    return OFFER


@compiled
def split_of(view, package):
    """Return the seller's share of the capital in a package."""
    splits = int(view[SPLITS])
    return 0.5 if splits == 1 else (package % splits) / (splits - 1.0)


@compiled
def term_of(view, package):
    """Return the term of a package relative to the standard."""
    return TERMS[package // int(view[SPLITS])]
