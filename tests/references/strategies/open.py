"""Openly: down the time curve to the least gain, whatever the other does."""

from __future__ import annotations

from tests.references.strategies.guarded import best_offer, judge_offer


def respond(view) -> str:
    """Accept what is worth the claim of this turn, or a last offer that is worth the least gain."""
    return judge_offer(view, view.least + on_curve(view) * (view.aim - view.least), view.least)


def propose(view) -> tuple[str, float, int]:
    """The offer of this turn on the time curve."""
    price, package = best_offer(view, view.least + on_curve(view) * (view.aim - view.least))
    return "last" if view.talk_meeting >= view.deadline else "offer", price, package


def on_curve(view) -> float:
    """Time curve 1 - (j/n)^(1/e)."""
    return 1.0 - min(1.0, view.talk_meeting / view.deadline) ** (1.0 / view.exponent)
