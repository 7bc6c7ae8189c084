"""Minimal threshold without transfers: no price is paid."""

from __future__ import annotations

from tests.references.deals import Offer, Talk
from tests.references.utility import put_on_table, tolerance_of


def meet(model, talk: Talk) -> str:
    """Accept at price zero and half the capital each when both gain enough."""
    put_on_table(talk, Offer(0.0, 0.5, talk.standard))
    nothing = tolerance_of(talk)
    enough = talk.gain_seller >= talk.seller.reserve - nothing and talk.gain_buyer >= talk.buyer.reserve - nothing
    return "accept" if enough else "walk_out"
