"""A step needs a step: the short rule.

Claim the whole guess A first, then less, down the time curve R + (A - R)(1 - (j/n)^(1/e)) (Faratin, Sierra and Jennings
1998, doi:10.1016/S0921-8890(98)00029-3), but in one turn come down by no more than what the other gave since the own last
turn / 0.75, at least 7 %, at most 25 % of A - R. Each offer is the package that is best for both by reference. An offer worth
less than -(A - R) is absurd: silence, the second ends the talk. Take what is worth the next claim; take a last offer unless
the other keeps more than 80 % of A - R. The four numbers are chosen on the frontier of agreement and safety.
"""

from __future__ import annotations

import math

from ..numerics.compiled import compiled
from .view import (
    ACCEPT,
    AIM,
    DEADLINE,
    END,
    EXPONENT,
    FIRST_WORTH,
    HEARD_LAST,
    HEARD_PACKAGE,
    HEARD_PRICE,
    HEARD_WORTH,
    LAST_OFFER,
    LEAST,
    MEETING,
    OFFER,
    PACKAGE,
    PACKAGES,
    PRICE,
    REJECT,
    SLOPE,
    STAKE,
)

GIVEN_BACK = 0.75  # what the other gave is given back divided by this
LEAST_STEP = 0.07  # of A - R, in one turn
MOST_STEP = 0.25
TOO_MUCH = 0.80  # of A - R: what the other may keep by a last offer
# Places of the memory.
SPOKEN, CLAIM, BEFORE_PRICE, BEFORE_PACKAGE, ABSURD, NEXT = range(6)


@compiled
def respond(view, memory):
    """Answer the other's offer: accept, reject or end the talk; remembers the claim of the coming turn, in place."""
    whole = view[AIM] - view[LEAST]
    memory[NEXT] = next_claim(view, memory)
    worth = view[HEARD_WORTH]
    if worth < -whole - nothing(view):
        memory[ABSURD] += 1.0
        return END if memory[ABSURD] >= 2.0 else REJECT
    return judge_offer(view, worth, view[LEAST] + memory[NEXT] * whole, view[LEAST] + (1.0 - TOO_MUCH) * whole)


@compiled
def judge_offer(view, worth, claim, least_of_last):
    """Accept what is worth the claim, and a last offer that is worth enough; a last offer that is not ends the talk."""
    if worth >= claim - nothing(view):
        return ACCEPT
    if view[HEARD_LAST] == 1.0:
        return ACCEPT if worth >= least_of_last - nothing(view) else END
    return REJECT


@compiled
def propose(view, out, memory):
    """Write the next offer, in place; it is the last one at the own deadline."""
    if math.isnan(view[HEARD_WORTH]):
        memory[NEXT] = next_claim(view, memory)
    memory[CLAIM] = memory[NEXT]
    memory[SPOKEN] = 1.0
    memory[BEFORE_PRICE] = view[HEARD_PRICE]
    memory[BEFORE_PACKAGE] = view[HEARD_PACKAGE]
    offer_best(view, out, view[LEAST] + memory[CLAIM] * (view[AIM] - view[LEAST]))
    return LAST_OFFER if view[MEETING] >= view[DEADLINE] else OFFER


@compiled
def next_claim(view, memory):
    """Return the share of A - R that is claimed at this turn: a step from the last claim, not below the time curve."""
    if memory[SPOKEN] == 0.0:
        return 1.0
    whole = view[AIM] - view[LEAST]
    gained = 0.0
    # What was on the table may have fewer packages by now: then nothing is comparable.
    is_there = not math.isnan(memory[BEFORE_PRICE]) and memory[BEFORE_PACKAGE] < view[PACKAGES]
    if whole > 0.0 and is_there:
        before = view[SLOPE] * memory[BEFORE_PRICE] + view[FIRST_WORTH + int(memory[BEFORE_PACKAGE])]
        gained = (view[HEARD_WORTH] - before) / whole
    step = min(MOST_STEP, max(LEAST_STEP, gained / GIVEN_BACK))
    return max(on_curve(view), memory[CLAIM] - step)


@compiled
def on_curve(view):
    """Return the share of A - R on the time curve: 1 - min(1, j/n)^(1/e)."""
    passed = min(1.0, view[MEETING] / view[DEADLINE])
    return 1.0 - passed ** (1.0 / view[EXPONENT])


@compiled
def offer_best(view, out, gain):
    """Write the offer that gives the own side `gain` by the package that is worth most to both by reference, in place."""
    count = int(view[PACKAGES])
    best = 0
    most = -math.inf
    for package in range(count):
        joint = view[FIRST_WORTH + package] + view[FIRST_WORTH + count + package]
        if joint > most:
            most = joint
            best = package
    out[PACKAGE] = best
    out[PRICE] = (gain - view[FIRST_WORTH + best]) / view[SLOPE]


@compiled
def nothing(view):
    """Return what counts as nothing in a talk [EUR/year]."""
    return 1e-9 * view[STAKE]
