"""What a side of a talk may see, as one object."""

from __future__ import annotations

from dataclasses import dataclass

from tests.references.deals import Offer, Side, Talk
from tests.references.preferences import reference_gain
from tests.references.utility import gain_of


@dataclass(slots=True)
class View:
    """Own numbers, the other's last offer, and what each package is worth to the own side and, by reference, to the other."""

    talk_meeting: int
    deadline: int
    exponent: float
    least: float
    aim: float
    slope: float
    stake: float
    scale: float
    is_open: bool
    heard: Offer | None
    heard_package: int
    heard_worth: float
    heard_last: bool
    packages: list[tuple[float, float]]
    standard: float
    own: list[float]
    other: list[float]
    memory: dict


def show(model, talk: Talk, side: Side) -> View:
    """Return the view of a side."""
    other = talk.other(side)
    heard = other.offer
    manner = model.draws.uniform("manner_seller" if side.is_seller else "manner_buyer", 0, talk.identity)
    return View(
        talk_meeting=talk.meeting, deadline=side.deadline, exponent=side.exponent, least=side.reserve, aim=side.aim,
        slope=talk.quantity if side.is_seller else -talk.quantity, stake=talk.scale * talk.quantity, scale=talk.scale,
        is_open=manner < side.open, heard=heard, heard_package=package_of(talk, heard) if heard else -1,
        heard_worth=gain_of(talk, side, heard) if heard else float("nan"), heard_last=talk.last is other,
        packages=talk.packages, standard=talk.standard,
        own=[gain_of(talk, side, Offer(0.0, share, term)) for share, term in talk.packages],
        other=[reference_gain(model, talk, other, share, term) for share, term in talk.packages], memory=side.memory,
    )  # fmt: skip


def package_of(talk: Talk, offer: Offer) -> int:
    """Number of the package nearest to a split and a term."""

    def apart(number: int) -> float:
        share, term = talk.packages[number]
        return abs(share - offer.share) + abs(term - offer.term) / talk.standard

    return min(range(len(talk.packages)), key=apart)
