"""Alternating offers: the two speak in turn; each accepts, offers, offers for the last time or ends the talk.

What a side says is its strategy's matter (`abm/strategies/`); the table holds to the order: after a last offer the other may
accept or end only, and who comes to its own deadline makes its last offer. Nothing is accepted below the own least gain.
"""

from __future__ import annotations

import math

from ....entities.codes import ACCEPTED, LAST, OFFERED, SELLER, WALKED
from ....numerics.compiled import compiled
from ....strategies import propose_by, respond_by
from ....strategies.view import ACCEPT, END, HEARD_LAST, HEARD_WORTH, LAST_OFFER, LEAST, LEAVE, PACKAGE, PRICE
from ..utility import put_on_table, share_level, term_level, tolerance_of
from ..view import show


@compiled
def meet(p, s, talk, memory, view):
    """Hold one meeting, in place: the speaker answers the offer in hand and, if it goes on, makes its own.

    memory: [side, 16] what each side remembers of the talk; view: room for what the speaker sees.
    """
    speaker = talk.speaker
    show(p, s, talk, speaker, view)
    strategy = s.companies[talk.seller if speaker == SELLER else talk.buyer].strategy
    if not math.isnan(view[HEARD_WORTH]):
        answer = respond_by(strategy, view, memory[speaker])
        if answer == ACCEPT and view[HEARD_WORTH] >= view[LEAST] - tolerance_of(talk):
            take_offer(talk, speaker)
            return ACCEPTED
        if answer == END or view[HEARD_LAST] == 1.0:
            return WALKED
    out = view[len(view) - 2 :]
    act = propose_by(strategy, view, out, memory[speaker])
    if act == LEAVE:
        return WALKED
    package = int(out[PACKAGE])
    put_on_table(talk, out[PRICE], share_level(talk, package % talk.splits), term_level(talk, package // talk.splits))
    make_offer(talk, speaker)
    if act == LAST_OFFER:
        talk.last = 1 + speaker
        return LAST
    return OFFERED


@compiled
def take_offer(talk, side):
    """Put the other's last offer on the table, in place."""
    if side == SELLER:
        put_on_table(talk, talk.price_buyer, talk.share_buyer, talk.term_buyer)
    else:
        put_on_table(talk, talk.price_seller, talk.share_seller, talk.term_seller)


@compiled
def make_offer(talk, side):
    """Make what is on the table the side's last offer, in place."""
    if side == SELLER:
        talk.price_seller = talk.price
        talk.share_seller = talk.share
        talk.term_seller = talk.term
    else:
        talk.price_buyer = talk.price
        talk.share_buyer = talk.share
        talk.term_buyer = talk.term
