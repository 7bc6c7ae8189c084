"""One turn of a side: its strategy answers and, if it goes on, offers; the table holds to the order."""

from __future__ import annotations

from typing import Any

from tests.references.deals import Talk
from tests.references.utility import tolerance_of


def take_turn(strategy: Any, view, talk: Talk) -> tuple[str, float, int]:
    """Answer, price and package of the side that speaks; at its own deadline an offer is the last one."""
    if view.heard is not None:
        answer = strategy.respond(view)
        if answer == "accept" and view.heard_worth >= view.least - tolerance_of(talk):
            return "accept", 0.0, 0
        if answer == "end" or view.heard_last:
            return "walk_out", 0.0, 0
    act, price, package = strategy.propose(view)
    if act == "leave":
        return "walk_out", 0.0, 0
    return "last" if view.talk_meeting >= view.deadline else act, price, package
