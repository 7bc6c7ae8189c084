"""Posted price: take it or leave it."""

from __future__ import annotations

from tests.references.bargaining import put_on_table
from tests.references.deals import Offer, Talk


def meet(talk: Talk) -> str:
    """Compare the posted price with both reserves; wait until the buyer's deadline."""
    put_on_table(talk, Offer(talk.posted, 0.5, talk.standard))
    if talk.gain_seller >= talk.seller.reserve and talk.gain_buyer >= talk.buyer.reserve:
        return "accept"
    return "walk_out" if talk.meeting >= talk.buyer.deadline else "offer"
