"""The mixture with other numbers in the short rule, to see which of them carry it."""

from __future__ import annotations

import math

import numpy as np

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
NUMBERS = ("given back", "least step", "most step", "too much")
_USUAL = (guarded.GIVEN_BACK, guarded.LEAST_STEP, guarded.MOST_STEP, guarded.TOO_MUCH)
SPOKEN, CLAIM, BEFORE, NEXT, ABSURD = range(5)


def variant(name: str, factor: float) -> tuple[str, np.ndarray]:
    """Return the strategy and its constants with one of the four numbers moved; a share stays below one."""
    numbers = [min(1.0, usual * factor) if one == name else usual for one, usual in zip(NUMBERS, _USUAL, strict=True)]
    return "variant_of_default", np.array(numbers)


@strategy("variant_of_default", compiled=True)
class Variant:
    """`default` with the four numbers of the short rule in its memory; heard offers are compared by worth, not by package."""

    @staticmethod
    def respond(view, memory):
        """Answer as the mixture does, and remember the claim of the coming turn."""
        whole = view[AIM] - view[LEAST]
        nothing = 1e-9 * view[STAKE]
        worth = view[HEARD_WORTH]
        curve = 1.0 - min(1.0, view[MEETING] / view[DEADLINE]) ** (1.0 / view[EXPONENT])
        is_open = view[MANNER] < view[OPENNESS]
        claim = curve
        if not is_open:
            claim = 1.0
            if memory[SPOKEN] == 1.0:
                gained = 0.0 if whole <= 0.0 or math.isnan(memory[BEFORE]) else (worth - memory[BEFORE]) / whole
                claim = max(curve, memory[CLAIM] - min(memory[C + 2], max(memory[C + 1], gained / memory[C])))
            memory[NEXT] = claim
            if worth < -whole - nothing:
                memory[ABSURD] += 1.0
                return END if memory[ABSURD] >= 2.0 else REJECT
        if worth >= view[LEAST] + claim * whole - nothing:
            return ACCEPT
        if view[HEARD_LAST] == 1.0:
            least = view[LEAST] + (0.0 if is_open else (1.0 - memory[C + 3]) * whole)
            return ACCEPT if worth >= least - nothing else END
        return REJECT

    @staticmethod
    def propose(view, out, memory):
        """Offer as the mixture does."""
        whole = view[AIM] - view[LEAST]
        curve = 1.0 - min(1.0, view[MEETING] / view[DEADLINE]) ** (1.0 / view[EXPONENT])
        share = curve
        if view[MANNER] >= view[OPENNESS]:
            if math.isnan(view[HEARD_WORTH]):
                memory[NEXT] = 1.0 if memory[SPOKEN] == 0.0 else max(curve, memory[CLAIM] - memory[C + 1])
            memory[CLAIM] = memory[NEXT]
            memory[SPOKEN] = 1.0
            memory[BEFORE] = view[HEARD_WORTH]
            share = memory[CLAIM]
        count = int(view[PACKAGES])
        best = np.argmax(view[FIRST_WORTH : FIRST_WORTH + count] + view[FIRST_WORTH + count : FIRST_WORTH + 2 * count])
        out[PACKAGE] = best
        out[PRICE] = (view[LEAST] + share * whole - view[FIRST_WORTH + best]) / view[SLOPE]
        return LAST_OFFER if view[MEETING] >= view[DEADLINE] else OFFER
