"""Minimal threshold without transfers: no price is paid."""

from __future__ import annotations

from tests.references.deals import Offer, Talk
from tests.references.utility import put_on_table


def meet(p, talk: Talk) -> str:
    """Accept at price zero and half the capital each when both gain enough."""
    put_on_table(talk, Offer(0.0, 0.5, talk.standard))
    enough = talk.gain_seller >= talk.seller.reserve and talk.gain_buyer >= talk.buyer.reserve
    return "accept" if enough else "walk_out"
