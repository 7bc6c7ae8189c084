"""Openly: down the time curve to the least gain at the own deadline, whatever the other does; take any last offer worth it."""

from __future__ import annotations

from ..numerics.compiled import compiled
from .guarded import judge_offer, offer_best
from .view import AIM, DEADLINE, EXPONENT, HEARD_WORTH, LAST_OFFER, LEAST, MEETING, OFFER


@compiled
def respond(view, memory):
    """Accept what is worth the claim of this turn, or a last offer that is worth the least gain."""
    claim = view[LEAST] + on_curve(view) * (view[AIM] - view[LEAST])
    return judge_offer(view, view[HEARD_WORTH], claim, view[LEAST])


@compiled
def propose(view, out, memory):
    """Write the offer of this turn on the time curve, in place; the last one is at the least gain."""
    offer_best(view, out, view[LEAST] + on_curve(view) * (view[AIM] - view[LEAST]))
    return LAST_OFFER if view[MEETING] >= view[DEADLINE] else OFFER


@compiled
def on_curve(view):
    """Return the share of A - R on the time curve: 1 - min(1, j/n)^(1/e)."""
    passed = min(1.0, view[MEETING] / view[DEADLINE])
    return 1.0 - passed ** (1.0 / view[EXPONENT])
