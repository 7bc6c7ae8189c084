"""Alternating offers: the two speak in turn by their strategies; an absurd offer is refused."""

from __future__ import annotations

from tests.references.absurdity import MOST_ABSURD, is_absurd
from tests.references.deals import Offer, Talk
from tests.references.strategies import STRATEGIES
from tests.references.turns import take_turn
from tests.references.utility import put_on_table
from tests.references.view import show


def meet(model, talk: Talk) -> str:
    """The speaker answers the offer in hand and, if it goes on, makes its own."""
    speaker = talk.speaker
    view = show(model, talk, speaker)
    if talk.table is None:
        talk.table = Offer(float("nan"), 0.5, talk.standard)
    answer, price, package = take_turn(STRATEGIES[model.p.strategy_default], view, talk)
    if answer == "accept":
        put_on_table(talk, view.heard)
    if answer not in ("offer", "last"):
        return answer
    share, term = talk.packages[package]
    put_on_table(talk, Offer(price, share, term))
    if is_absurd(model, talk):
        speaker.absurd += 1
        return "walk_out" if answer == "last" or speaker.absurd >= MOST_ABSURD else "absurd"
    speaker.offer = talk.table
    if answer == "last":
        talk.last = speaker
    return answer
