"""What a strategy of one's own says: a line, accept, reject, or the end of the talk."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Package:
    """A split of the capital and a term, with what it is worth at price zero [EUR/year].

    number: its place in the list of the talk. share: of the capital, borne by the seller. term: years. own: to the own side.
    other: to the other by reference (public prices, usual cost of capital and payback limit of its type).
    """

    number: int
    share: float
    term: float
    own: float
    other: float


@dataclass(frozen=True, slots=True)
class Line:
    """An offer: price [EUR/unit] and package. last: a last offer, which may be accepted or not and nothing else.

    worth: what an offer of the other is worth to the own side [EUR/year]; not asked for in an offer of one's own.
    """

    price: float
    package: Package
    last: bool = False
    worth: float = math.nan


@dataclass(frozen=True, slots=True)
class Accept:
    """Take the other's offer. Below the own least gain it counts as `Reject`."""


@dataclass(frozen=True, slots=True)
class Reject:
    """Go on: the own offer follows at once."""


@dataclass(frozen=True, slots=True)
class End:
    """End the talk without a deal."""
