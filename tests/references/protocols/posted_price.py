"""Posted price: take it or leave it."""

from __future__ import annotations

from tests.references.deals import Offer, Talk
from tests.references.utility import price_for, put_on_table, tolerance_of


def meet(model, talk: Talk) -> str:
    """Compare the posted price, at least what the seller requires, with both reserves; wait until the buyer's deadline."""
    asked = max(talk.posted, price_for(talk, talk.seller, talk.seller.reserve, 0.5, talk.standard))
    put_on_table(talk, Offer(asked, 0.5, talk.standard))
    nothing = tolerance_of(talk)
    if talk.gain_seller >= talk.seller.reserve - nothing and talk.gain_buyer >= talk.buyer.reserve - nothing:
        return "accept"
    return "walk_out" if talk.meeting >= talk.buyer.deadline else "offer"
