"""Helpers for strategies of one's own that are functions of arrays; they and every built-in rule may be called from machine code."""

from __future__ import annotations

from ...numerics.compiled import compiled
from ..view import AIM, FIRST_WORTH, LEAST, PACKAGES, SLOPE


@compiled
def claim(view, share):
    """Return the gain [EUR/year] that takes `share` of what there is to share by the own guess: R + share (A - R)."""
    return view[LEAST] + share * (view[AIM] - view[LEAST])


@compiled
def worth(view, price, package):
    """Return what an offer is worth to the own side [EUR/year]."""
    return view[SLOPE] * price + view[FIRST_WORTH + package]


@compiled
def price_for(view, gain, package):
    """Return the price [EUR/unit] at which a package gives the own side exactly `gain` [EUR/year]."""
    return (gain - view[FIRST_WORTH + package]) / view[SLOPE]


@compiled
def best_package(view):
    """Return the number of the package that is worth most to both by reference; the first of equals."""
    count = int(view[PACKAGES])
    best = 0
    for package in range(1, count):
        joint = view[FIRST_WORTH + package] + view[FIRST_WORTH + count + package]
        if joint > view[FIRST_WORTH + best] + view[FIRST_WORTH + count + best]:
            best = package
    return best
