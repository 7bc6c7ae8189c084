"""One turn of a side at the table: its strategy answers the offer in hand and, if it goes on, makes its own."""

from __future__ import annotations

import math

from ...entities.codes import ACCEPTED, FAULT, LAST, OFFERED, WALKED
from ...numerics.calling import call_at
from ...numerics.compiled import compiled
from ...strategies import NAMES, propose_by, respond_by
from ...strategies.view import (
    ACCEPT,
    DEADLINE,
    END,
    FAILED,
    FIRST_WORTH,
    HEARD_LAST,
    HEARD_WORTH,
    LAST_OFFER,
    LEAST,
    LEAVE,
    MEETING,
    PACKAGE,
    PACKAGES,
    PRICE,
    STAKE,
)

BUILT_IN = len(NAMES)


@compiled
def take_turn(strategy, guests, view, out, memory):
    """Return the answer of the side that speaks: accepted, walked out, an offer or its last one; `out` takes the offer.

    strategy: a built-in one, or BUILT_IN + row of `guests`. The table holds to the order: nothing is accepted below the own
    least gain, a last offer may be accepted or not and nothing else, and at the own deadline an offer is the last one.
    """
    if not math.isnan(view[HEARD_WORTH]):
        answer = answer_of(strategy, guests, view, out, memory)
        if answer == FAILED:
            return FAULT
        if answer == ACCEPT and view[HEARD_WORTH] >= view[LEAST] - 1e-9 * view[STAKE]:
            return ACCEPTED
        if answer == END or view[HEARD_LAST] == 1.0:
            return WALKED
    act = offer_of(strategy, guests, view, out, memory)
    if act == LEAVE:
        return WALKED
    if act == FAILED or not (math.isfinite(out[PRICE]) and 0.0 <= out[PACKAGE] < view[PACKAGES]):
        return FAULT
    return LAST if act == LAST_OFFER or view[MEETING] >= view[DEADLINE] else OFFERED


@compiled
def answer_of(strategy, guests, view, out, memory):
    """Return what a strategy answers to the offer in hand."""
    if strategy < BUILT_IN:
        return respond_by(strategy, view, memory)
    return call_at(guests[strategy - BUILT_IN].respond, seen(view), out, memory)


@compiled
def offer_of(strategy, guests, view, out, memory):
    """Return what a strategy does itself; `out` takes its offer."""
    if strategy < BUILT_IN:
        return propose_by(strategy, view, out, memory)
    return call_at(guests[strategy - BUILT_IN].propose, seen(view), out, memory)


@compiled
def seen(view):
    """Return the part of the room that is the view of this talk: behind it may stand numbers of another one."""
    return view[: FIRST_WORTH + 2 * int(view[PACKAGES])]
