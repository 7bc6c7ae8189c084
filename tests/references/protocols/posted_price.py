"""Posted price: take it or leave it."""

from __future__ import annotations

from tests.references.deals import Offer, Talk
from tests.references.utility import price_for, put_on_table


def meet(p, talk: Talk) -> str:
    """Compare the posted price, at least what the seller requires, with both reserves; wait until the buyer's deadline."""
    asked = max(talk.posted, price_for(talk, talk.seller, talk.seller.reserve, 0.5, talk.standard))
    put_on_table(talk, Offer(asked, 0.5, talk.standard))
    if talk.gain_seller >= talk.seller.reserve - 1e-9 and talk.gain_buyer >= talk.buyer.reserve:
        return "accept"
    return "walk_out" if talk.meeting >= talk.buyer.deadline else "offer"
