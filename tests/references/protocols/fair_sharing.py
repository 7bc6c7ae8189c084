"""Fair against opportunistic sharing: claims on the joint gain, what is left over by halves."""

from __future__ import annotations

from tests.references.deals import Offer, Talk
from tests.references.utility import best_split, price_for, put_on_table, tolerance_of


def meet(model, talk: Talk) -> str:
    """Serve both claims, or part when they exceed the whole."""
    joint, share, term = best_split(talk)
    surplus = joint - talk.seller.reserve - talk.buyer.reserve
    claims = talk.seller.claim + talk.buyer.claim
    if surplus < -tolerance_of(talk) or claims > 1.0 + 1e-12:
        put_on_table(talk, Offer(0.0, share, term))
        return "walk_out"
    to_seller = talk.seller.reserve + surplus * (talk.seller.claim + 0.5 * (1.0 - claims))
    put_on_table(talk, Offer(price_for(talk, talk.seller, to_seller, share, term), share, term))
    return "accept"
