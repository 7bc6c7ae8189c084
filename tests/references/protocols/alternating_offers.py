"""Alternating offers: the two speak in turn by their strategies; the table holds to the order."""

from __future__ import annotations

from tests.references.deals import Offer, Talk
from tests.references.strategies import STRATEGIES
from tests.references.utility import put_on_table, tolerance_of
from tests.references.view import show


def meet(model, talk: Talk) -> str:
    """The speaker answers the offer in hand and, if it goes on, makes its own."""
    speaker = talk.speaker
    view = show(model, talk, speaker)
    strategy = STRATEGIES[model.p.strategy_default]
    if talk.table is None:
        talk.table = Offer(float("nan"), 0.5, talk.standard)
    if view.heard is not None:
        answer = strategy.respond(view)
        if answer == "accept" and view.heard_worth >= view.least - tolerance_of(talk):
            put_on_table(talk, view.heard)
            return "accept"
        if answer == "end" or view.heard_last:
            return "walk_out"
    act, price, package = strategy.propose(view)
    if act == "leave":
        return "walk_out"
    share, term = talk.packages[package]
    speaker.offer = Offer(price, share, term)
    put_on_table(talk, speaker.offer)
    if act == "last":
        talk.last = speaker
    return act
