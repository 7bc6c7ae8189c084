"""Last bids: what a person in a seat is asked before a stream that it talks about is signed away to somebody else.

An acceptance that would crowd out the talk of a person is held: in a run for a month, and while somebody who is asked says
nothing for up to `negotiation.patience` months; between the months until `close_call`. In that time the person may name one
best price, or leave it; who says nothing names none. The best price wins at the larger of what was accepted and the second
best, so that naming the true limit costs nothing. Wrong input raises InputError and changes nothing.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ..entities.codes import ACCEPTED, ASKED, BUYER, HELD, NAMED, OFFERED, PASSED, SELLER
from ..input.errors import InputError, Mistake
from ..park import Park
from .offers import own_line, safe_offer
from .seats import Offer, check_gain, check_offer, find_talk, offer_by, row_of, side_of
from .talks import conclude


def calls_of(park: Park, company: str) -> list[int]:
    """Return the numbers of the talks in which a company may name a best price now, answered or not."""
    row, talks = row_of(park, company), _open(park)
    if park.state.companies.seat[row] == 0:
        return []
    return [int(talk.number) for talk in talks if talk.bid >= ASKED and row == _bidder(talk) and _held_by(park, talk)]


def unanswered(park: Park, company: str) -> list[int]:
    """Return the numbers of the talks in which a company has not yet answered a call."""
    return [number for number in calls_of(park, company) if find_talk(park, number).bid == ASKED]


def held_talks(park: Park) -> list[int]:
    """Return the numbers of the talks whose acceptance is held while people are asked."""
    return [int(talk.number) for talk in _open(park) if talk.held == HELD]


def asked_in(park: Park, number: int) -> list[int]:
    """Return the numbers of the talks whose people are asked because the acceptance in a talk is held, answered or not."""
    held = find_talk(park, number)
    same = [talk for talk in _open(park) if talk.supply == held.supply or talk.demand == held.demand]
    return [int(talk.number) for talk in same if talk.bid >= ASKED]


def is_own_acceptance(park: Park, number: int) -> bool:
    """Tell whether a person is called to defend what it has accepted in this talk, not to top another's."""
    return bool(find_talk(park, number).held == HELD)


def limit_of(park: Park, number: int, company: str) -> Offer:
    """Return the best price that a company could name in a talk: what leaves it its least gain, rounded to its safe side.

    The package is what it accepted, else that of its own last offer, else of the other's, at the levels of the talk.
    """
    talk = find_talk(park, number)
    side = side_of(park, talk, company)
    heard = offer_by(talk, side) or offer_by(talk, BUYER if side == SELLER else SELLER)
    package = heard or Offer(0.0, 0.5, float(talk.standard))
    if talk.held == HELD:
        package = Offer(float(talk.price), float(talk.share), float(talk.term))
    line = own_line(park, number, company)
    share = min(line.shares, key=lambda level: abs(level - package.share))
    term = min(line.terms, key=lambda level: abs(level - package.term))
    return safe_offer(park, number, company, Offer(-1e12 if side == SELLER else 1e12, share, term))


def bid(park: Park, number: int, company: str, price: Any = None, share: Any = None, term: Any = None) -> None:
    """Name one best price in a call, in place; without a price leave it. It may be named anew until the call is over.

    Raises InputError when the company is not asked, or would gain less than it requires.
    """
    if number not in calls_of(park, company):
        raise InputError([Mistake("talk", number, "a talk in which your company is asked for its best price")])
    talk = find_talk(park, number)
    if price is None:
        talk.bid = PASSED
        return
    offer = check_offer(price, share, term)
    check_gain(park, talk, number, company, side_of(park, talk, company), offer)
    talk.bid, talk.bid_price, talk.bid_share, talk.bid_term = NAMED, offer.price, offer.share, offer.term


def named(park: Park, number: int) -> Offer | None:
    """Return the best price that was named in a talk, None before."""
    talk = find_talk(park, number)
    if talk.bid != NAMED:
        return None
    return Offer(float(talk.bid_price), float(talk.bid_share), float(talk.bid_term))


def close_call(park: Park, number: int) -> None:
    """End the call about a held acceptance now, in place: the best price is signed, as the next month would do."""
    talk = find_talk(park, number)
    if talk.held != HELD:
        raise InputError([Mistake("talk", number, "a talk whose acceptance is held")])
    outcomes = np.full(len(_open(park)), OFFERED, dtype=np.int64)
    outcomes[_open(park).number == number] = ACCEPTED
    park._extend(park.month + 1)
    park._make_room()
    conclude(park, outcomes)


def _open(park: Park) -> Any:
    return park.state.talks[: int(park.state.clock.talks[0])]


def _bidder(talk: Any) -> int:
    return int(talk.seller if talk.bidder == SELLER else talk.buyer)


def _held_by(park: Park, talk: Any) -> bool:
    """Tell whether an acceptance about the stream of the side that a person talks with is held."""
    same = _open(park).supply == talk.supply if talk.bidder == BUYER else _open(park).demand == talk.demand
    return bool(np.any(same & (_open(park).held == HELD)))
