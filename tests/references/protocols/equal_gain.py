"""Split the difference: both gain the same above their required gain."""

from __future__ import annotations

from tests.references.deals import Offer, Talk
from tests.references.utility import best_split, price_for, put_on_table


def meet(p, talk: Talk) -> str:
    """Agree at once, or part when there is no joint gain."""
    joint, share, term = best_split(talk)
    surplus = joint - talk.seller.reserve - talk.buyer.reserve
    if surplus < 0.0:
        put_on_table(talk, Offer(0.0, share, term))
        return "walk_out"
    price = price_for(talk, talk.seller, talk.seller.reserve + 0.5 * surplus, share, term)
    put_on_table(talk, Offer(price, share, term))
    return "accept"
