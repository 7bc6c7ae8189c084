"""Every talk that has ended: what it was about, its zone, and why it ended."""

from __future__ import annotations

from dataclasses import dataclass
from math import nan
from typing import Any

from tests.references.deals import Talk
from tests.references.utility import zone_of


@dataclass(slots=True)
class PastTalk:
    """One row."""

    talk: int
    opportunity: Any
    kind: str
    opened: int
    ended: int
    meetings: int
    reason: str
    quantity: float
    capital: float
    stake: float
    zone: float
    price: float
    share: float
    term: float
    gain_seller: float
    gain_buyer: float
    reserve_seller: float
    reserve_buyer: float
    outside_seller: float
    outside_buyer: float
    aim_seller: float
    aim_buyer: float
    deadline_seller: int
    deadline_buyer: int
    absurd_seller: int
    absurd_buyer: int


def write_past_talk(model, talk: Talk, reason: str) -> None:
    """Write down a talk that ends now; reason: empty when it was signed."""
    seller, buyer = talk.seller, talk.buyer
    terms = (
        (nan,) * 5
        if reason
        else (talk.table.price, talk.table.share, talk.table.term, talk.gain_seller, talk.gain_buyer)
    )
    model.past_talks.append(
        PastTalk(
            talk.number, talk.opportunity, talk.kind, talk.opened, model.month, talk.meeting, reason, talk.quantity,
            talk.capital + talk.grant, talk.scale * talk.quantity, zone_of(talk), *terms, seller.reserve, buyer.reserve,
            seller.outside, buyer.outside, seller.aim, buyer.aim, seller.deadline, buyer.deadline, seller.absurd, buyer.absurd,
        )
    )  # fmt: skip
