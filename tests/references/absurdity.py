"""Absurd offers: by public numbers a side would lose more than all that the exchange is worth."""

from __future__ import annotations

from tests.references.deals import Talk
from tests.references.preferences import reference_gain

MOST_ABSURD = 2


def is_absurd(model, talk: Talk) -> bool:
    """By public numbers one side would lose more than all that the exchange is worth."""
    share, term, paid = talk.table.share, talk.table.term, talk.quantity * talk.table.price
    seller = reference_gain(model, talk, talk.seller, share, term) + paid
    buyer = reference_gain(model, talk, talk.buyer, share, term) - paid
    return min(seller, buyer) < -(talk.scale * talk.quantity)
