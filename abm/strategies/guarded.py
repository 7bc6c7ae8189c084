"""A step needs a step: the short rule.

Claim the whole guess A first, then less: in one turn come down by what the other gave since the own last turn / 0.3, at
least 5 % of A - R and at most the even pace that has given three quarters of A - R by the own deadline; by the even pace, too,
while the other leaves at least as much as oneself has left. Each offer is the package that is best for both by reference. An
offer worth less than -(A - R) is absurd: silence, the second ends the talk. Take what is worth the next claim, and a last
offer that is worth 30 % of A - R less. The four numbers are chosen on the frontier of agreement and safety.

Two things make it hard to play against. The pace is the side's own, so that one who opens far off and comes back fast unlocks
no more than one who steps evenly; and a last offer is measured by the claim that stands, so that one who gave nothing finds a
high one (relative tit for tat: Faratin, Sierra and Jennings 1998, doi:10.1016/S0921-8890(98)00029-3).
"""

from __future__ import annotations

import math

from ..numerics.compiled import compiled
from .view import (
    ACCEPT,
    AIM,
    DEADLINE,
    END,
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

GIVEN_BACK = 0.3  # what the other gave is given back divided by this
LEAST_STEP = 0.05  # of A - R, in one turn
PACE = 0.75  # of A - R: what the even pace has given by the own deadline
LAST_GAP = 0.3  # of A - R: what a last offer may be short of the next claim
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
    share = memory[NEXT]
    return judge_offer(view, worth, view[LEAST] + share * whole, view[LEAST] + max(0.0, share - LAST_GAP) * whole)


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
    """Return the share of A - R that is claimed at this turn: a step from the last claim."""
    if memory[SPOKEN] == 0.0:
        return 1.0
    return max(0.0, memory[CLAIM] - step_of(view, memory))


@compiled
def step_of(view, memory):
    """Return the step of this turn, as a share of A - R."""
    pace = min(1.0, 2.0 * PACE / view[DEADLINE])  # a side speaks at every second meeting
    whole = view[AIM] - view[LEAST]
    if whole <= 0.0 or math.isnan(view[HEARD_WORTH]):
        return min(pace, LEAST_STEP)
    left = view[HEARD_WORTH] - view[LEAST]
    if left > nothing(view) and left >= (1.0 - memory[CLAIM]) * whole:
        return pace
    return min(pace, max(LEAST_STEP, gained(view, memory) / whole / GIVEN_BACK))


@compiled
def gained(view, memory):
    """Return what the other gave since the own last turn [EUR/year]; nothing where its offers cannot be compared."""
    # What was on the table may have fewer packages by now.
    if math.isnan(memory[BEFORE_PRICE]) or memory[BEFORE_PACKAGE] >= view[PACKAGES]:
        return 0.0
    before = view[SLOPE] * memory[BEFORE_PRICE] + view[FIRST_WORTH + int(memory[BEFORE_PACKAGE])]
    return view[HEARD_WORTH] - before


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
