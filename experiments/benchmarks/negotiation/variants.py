"""The mixture with other numbers in the short rule, to see which of them carry it."""

from __future__ import annotations

import math

import numpy as np

from ecopark.abm.numerics.calling import inlined
from ecopark.abm.strategies import guarded, strategy
from ecopark.abm.strategies.view import (
    ACCEPT,
    AIM,
    DEADLINE,
    END,
    EXPONENT,
    FIRST_WORTH,
    HEARD_LAST,
    HEARD_WORTH,
    LAST_OFFER,
    LEAST,
    MANNER,
    MEETING,
    MEMORY,
    OFFER,
    OPENNESS,
    PACKAGE,
    PACKAGES,
    PRICE,
    REJECT,
    SLOPE,
    STAKE,
)

C = MEMORY - 4
NUMBERS = ("given back", "least step", "pace", "last gap")
_USUAL = (guarded.GIVEN_BACK, guarded.LEAST_STEP, guarded.PACE, guarded.LAST_GAP)
SPOKEN, CLAIM, BEFORE, NEXT, ABSURD = range(5)


def variant(name: str, factor: float) -> tuple[str, np.ndarray]:
    """Return the strategy and its constants with one of the four numbers moved; a share stays below one."""
    numbers = [min(1.0, usual * factor) if one == name else usual for one, usual in zip(NUMBERS, _USUAL, strict=True)]
    return "variant_of_default", np.array(numbers)


@inlined
def curve(view):
    """Return the share of A - R on the time curve of an open side."""
    return 1.0 - min(1.0, view[MEETING] / view[DEADLINE]) ** (1.0 / view[EXPONENT])


@inlined
def next_claim(view, memory):
    """Return the share of A - R that a guarded side claims at this turn."""
    if memory[SPOKEN] == 0.0:
        return 1.0
    whole = view[AIM] - view[LEAST]
    pace = min(1.0, 2.0 * memory[C + 2] / view[DEADLINE])
    step = memory[C + 1]
    if whole > 0.0 and not math.isnan(view[HEARD_WORTH]):
        left = view[HEARD_WORTH] - view[LEAST]
        gained = 0.0 if math.isnan(memory[BEFORE]) else (view[HEARD_WORTH] - memory[BEFORE]) / whole
        as_much = left > 1e-9 * view[STAKE] and left >= (1.0 - memory[CLAIM]) * whole
        step = pace if as_much else max(step, gained / memory[C])
    return max(0.0, memory[CLAIM] - min(pace, step))


@strategy("variant_of_default", compiled=True)
class Variant:
    """`default` with the four numbers of the short rule in its memory; heard offers are compared by worth, not by package."""

    @staticmethod
    def respond(view, memory):
        """Answer as the mixture does, and remember the claim of the coming turn."""
        whole = view[AIM] - view[LEAST]
        nothing = 1e-9 * view[STAKE]
        worth = view[HEARD_WORTH]
        is_open = view[MANNER] < view[OPENNESS]
        claim = curve(view) if is_open else next_claim(view, memory)
        if not is_open:
            memory[NEXT] = claim
            if worth < -whole - nothing:
                memory[ABSURD] += 1.0
                return END if memory[ABSURD] >= 2.0 else REJECT
        if worth >= view[LEAST] + claim * whole - nothing:
            return ACCEPT
        if view[HEARD_LAST] == 1.0:
            least = view[LEAST] + (0.0 if is_open else max(0.0, claim - memory[C + 3]) * whole)
            return ACCEPT if worth >= least - nothing else END
        return REJECT

    @staticmethod
    def propose(view, out, memory):
        """Offer as the mixture does."""
        whole = view[AIM] - view[LEAST]
        share = curve(view)
        if view[MANNER] >= view[OPENNESS]:
            if math.isnan(view[HEARD_WORTH]):
                memory[NEXT] = next_claim(view, memory)
            memory[CLAIM] = memory[NEXT]
            memory[SPOKEN] = 1.0
            memory[BEFORE] = view[HEARD_WORTH]
            share = memory[CLAIM]
        count = int(view[PACKAGES])
        best = np.argmax(view[FIRST_WORTH : FIRST_WORTH + count] + view[FIRST_WORTH + count : FIRST_WORTH + 2 * count])
        out[PACKAGE] = best
        out[PRICE] = (view[LEAST] + share * whole - view[FIRST_WORTH + best]) / view[SLOPE]
        return LAST_OFFER if view[MEETING] >= view[DEADLINE] else OFFER
