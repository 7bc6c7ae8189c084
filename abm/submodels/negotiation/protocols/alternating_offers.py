"""Alternating offers: the two speak in turn; each accepts, offers, offers for the last time or ends the talk.

What a side says is its strategy's matter (`abm/strategies/`), the order of the table is kept by `take_turn`.
"""

from __future__ import annotations

from ....entities.codes import ACCEPTED, LAST, OFFERED, REFUSED, SELLER, WALKED
from ....numerics.compiled import compiled
from ....strategies.view import PACKAGE, PRICE
from ..absurdity import count_absurd, is_absurd
from ..turns import take_turn
from ..utility import put_on_table, share_level, term_level
from ..view import show


@compiled
def meet(p, s, talk, memory, view):
    """Hold one meeting, in place: the speaker answers the offer in hand and, if it goes on, makes its own.

    memory: [side, 16] what each side remembers of the talk; view: room for what the speaker sees and what it says.
    """
    speaker = talk.speaker
    show(p, s, talk, speaker, view)
    out = view[len(view) - 2 :]
    answer = take_turn(strategy_of(s, talk, speaker), s.guests, view[: len(view) - 2], out, memory[speaker])
    if answer == ACCEPTED:
        take_offer(talk, speaker)
    if answer != OFFERED and answer != LAST:
        return answer
    package = int(out[PACKAGE])
    put_on_table(talk, out[PRICE], share_level(talk, package % talk.splits), term_level(talk, package // talk.splits))
    return lay_down(p, s, talk, speaker, answer == LAST)


@compiled
def strategy_of(s, talk, side):
    """Return how a side of a talk bargains."""
    return s.companies[talk.seller].strategy_seller if side == SELLER else s.companies[talk.buyer].strategy_buyer


@compiled
def lay_down(p, s, talk, side, is_last):
    """Return the answer that an offer on the table is, in place: an absurd one is refused and counts as silence."""
    if is_absurd(p, s, talk):
        return WALKED if count_absurd(talk, side) or is_last else REFUSED
    make_offer(talk, side)
    if is_last:
        talk.last = 1 + side
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
