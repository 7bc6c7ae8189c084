"""Absurd offers: at which by public numbers a side would lose more than all that the exchange is worth.

Such an offer is not put on the table and counts as silence; the second of a side ends the talk. People do type 1e9.
"""

from __future__ import annotations

from ...entities.codes import BUYER, SELLER
from ...numerics.compiled import compiled
from .preferences import reference_gain

MOST_ABSURD = 2


@compiled
def is_absurd(p, s, talk):
    """Tell whether what is on the table would, by reference, cost either side more than the public value of the quantity."""
    most = talk.scale * talk.quantity
    paid = talk.quantity * talk.price
    seller = reference_gain(p, s, talk, SELLER, talk.share, talk.term) + paid
    buyer = reference_gain(p, s, talk, BUYER, talk.share, talk.term) - paid
    return min(seller, buyer) < -most


@compiled
def count_absurd(talk, side):
    """Count an absurd offer of a side, in place; tell whether it was one too many."""
    if side == SELLER:
        talk.absurd_seller += 1
        return talk.absurd_seller >= MOST_ABSURD
    talk.absurd_buyer += 1
    return talk.absurd_buyer >= MOST_ABSURD
