"""Seats: a person decides for a company. The agents play the rest; talks of that company wait for the person.

Every function reads or writes the park's tables at the present month, so that a log of (month, what was done) repeats a
game. Wrong input raises InputError. A person sees and is told the numbers of the own side only.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import isnan
from typing import TYPE_CHECKING, Any

import numpy as np

from ..entities.codes import (
    ACCEPT,
    AGREED,
    ANSWERS,
    BUYER,
    COUNTER,
    ENDED,
    HELD,
    LEAVE,
    NOT_RENEWED,
    REFUSED,
    SELLER,
    UNDECIDED,
)
from ..input.errors import InputError, Mistake, nearest
from ..input.scenario import as_number
from ..submodels.ledger import pay_leaving
from ..submodels.negotiation.meetings import protocol_of
from ..submodels.negotiation.outside_option import leaving_cost
from ..submodels.negotiation.protocols import meet_by
from ..submodels.negotiation.utility import gain_of, tolerance_of
from ..submodels.negotiation.view import ROOM
from ..submodels.termination import end_exchange
from ..submodels.trust import shake_trust

if TYPE_CHECKING:
    from ..park import Park

DECISIONS = {"accept": ACCEPT, "counter": COUNTER, "leave": LEAVE, "wait": UNDECIDED}
LONGEST_TERM = 30.0


@dataclass(frozen=True)
class Offer:
    """Terms: price [EUR/unit], share of the capital for the seller, term [years]."""

    price: float
    share: float
    term: float


def row_of(park: Park, company: str) -> int:
    """Return the row of a company by its name."""
    names = list(park.names)
    if company not in names:
        raise InputError([Mistake("company", company, "the name of a company", nearest(company, names))])
    return names.index(company)


def take_seat(park: Park, company: str, taken: bool = True) -> None:
    """Let a person decide for a company, or give it back to its agent, in place."""
    park.state.companies.seat[row_of(park, company)] = int(taken)


def talks_of(park: Park, company: str) -> list[int]:
    """Return the numbers of a company's open talks."""
    row = row_of(park, company)
    talks = park.state.talks[: int(park.state.clock.talks[0])]
    return [int(talk.number) for talk in talks if row in (talk.seller, talk.buyer)]


def waiting_talks(park: Park, company: str) -> list[int]:
    """Return the numbers of the talks in which a seated company has to speak next and has not decided."""
    row = row_of(park, company)
    if park.state.companies.seat[row] == 0:
        return []
    talks = park.state.talks[: int(park.state.clock.talks[0])]
    speaks = {SELLER: "seller", BUYER: "buyer"}
    mine = [talk for talk in talks if talk[speaks[int(talk.speaker)]] == row and talk.held != HELD]
    return [int(talk.number) for talk in mine if talk.decision == UNDECIDED]


def find_talk(park: Park, number: int) -> Any:
    """Return the record of an open talk."""
    talks = park.state.talks[: int(park.state.clock.talks[0])]
    places = np.flatnonzero(talks.number == number)
    if len(places) == 0:
        raise InputError([Mistake("talk", number, "a talk that is still open")])
    return park.state.talks[int(places[0])]


def side_of(park: Park, talk: Any, company: str) -> int:
    """Return on which side of a talk a company sits."""
    row = row_of(park, company)
    if row not in (talk.seller, talk.buyer):
        raise InputError([Mistake("company", company, "one of the two companies that talk")])
    return SELLER if row == talk.seller else BUYER


def offer_by(talk: Any, side: int) -> Offer | None:
    """Return the last offer a side has made, None before its first."""
    end = "seller" if side == SELLER else "buyer"
    price = float(talk[f"price_{end}"])
    return None if isnan(price) else Offer(price, float(talk[f"share_{end}"]), float(talk[f"term_{end}"]))


def is_last(talk: Any, side: int) -> bool:
    """Return whether the other side's offer is its last one: it may be accepted or not, and nothing else."""
    return int(talk.last) == 2 - side


def required_gain(talk: Any, side: int) -> float:
    """Return the least gain [EUR/year] for which a side's company signs."""
    return float(talk.reserve_seller if side == SELLER else talk.reserve_buyer)


def check_offer(price: Any, share: Any, term: Any) -> Offer:
    """Return the terms as numbers; raises InputError with all that is wrong."""
    ranges = {
        "price": (price, -1e9, 1e9, "EUR per unit"),
        "share": (share, 0.0, 1.0, "of the capital"),
        "term": (term, 1.0, LONGEST_TERM, "years"),
    }
    mistakes, numbers = [], {}
    for name, (value, low, high, unit) in ranges.items():
        number = as_number(value)
        if number is None or not low <= number <= high:
            allowed = f"a number {unit}" if name == "price" else f"a number from {low:g} to {high:g} {unit}"
            mistakes.append(Mistake(name, value, allowed))
        else:
            numbers[name] = number
    if mistakes:
        raise InputError(mistakes)
    return Offer(**numbers)


def own_gain(park: Park, number: int, company: str, offer: Offer) -> float:
    """Return the company's own gain [EUR/year] of an offer in a talk."""
    talk = find_talk(park, number)
    return float(gain_of(talk, side_of(park, talk, company), float(offer.price), float(offer.share), float(offer.term)))


def advise(park: Park, number: int, company: str) -> tuple[str, Offer]:
    """Return what the company's agent would do next in a talk (offer, accept or walk_out) and the terms of it."""
    talk = find_talk(park, number)
    side = side_of(park, talk, company)
    copy = park.state.talks[:1].copy()
    copy[0] = talk
    copy[0].speaker = side
    state, place = park.state, int(np.flatnonzero(park.state.talks.number == number)[0])
    memory = state.memory[2 * place : 2 * place + 2].copy()
    p: Any = state.params[0]
    answer = int(meet_by(protocol_of(p, talk), p, state, copy[0], memory, np.zeros(ROOM + 2)))
    said = "walk_out" if answer == REFUSED else ANSWERS[answer]  # an offer that the table refuses is no advice
    return said, Offer(float(copy.price[0]), float(copy.share[0]), float(copy.term[0]))


def decide(
    park: Park, number: int, company: str, decision: str, price: Any = None, share: Any = None, term: Any = None
) -> None:
    """Write what a person wants of a talk; it is carried out at the next meeting. decision: accept, counter, leave, wait.

    Raises InputError when it is not the company's turn, nothing is there to accept, an offer is made to the other's last
    one, or the company would gain less than it requires.
    """
    talk = find_talk(park, number)
    side = side_of(park, talk, company)
    if decision not in DECISIONS:
        raise InputError(
            [Mistake("decision", decision, f"one of {', '.join(DECISIONS)}", nearest(decision, DECISIONS))]
        )
    if talk.speaker != side:
        raise InputError([Mistake("decision", decision, "the other side speaks next")])
    if talk.held == HELD:
        raise InputError(
            [Mistake("decision", decision, "nothing: what is accepted waits for the best prices of others")]
        )
    if decision == "accept":
        _check_acceptance(park, talk, number, company, side)
    if decision == "counter":
        if is_last(talk, side):
            raise InputError([Mistake("decision", decision, "accept or leave: the other side has said its last word")])
        offer = check_offer(price, share, term)
        check_gain(park, talk, number, company, side, offer)
        talk.decision_price, talk.decision_share, talk.decision_term = offer.price, offer.share, offer.term
    talk.decision = DECISIONS[decision]


def _check_acceptance(park: Park, talk: Any, number: int, company: str, side: int) -> None:
    theirs = offer_by(talk, BUYER if side == SELLER else SELLER)
    if theirs is None:
        raise InputError([Mistake("decision", "accept", "an offer first: the other side has made none yet")])
    check_gain(park, talk, number, company, side, theirs)


def check_gain(park: Park, talk: Any, number: int, company: str, side: int, offer: Offer) -> None:
    """Raise InputError when an offer would give a company less than it requires."""
    gain, least = own_gain(park, number, company, offer), required_gain(talk, side)
    if gain < least - float(tolerance_of(talk)):
        raise InputError(
            [Mistake("gain", f"{gain:,.0f} EUR a year", f"your company signs for {least:,.0f} EUR a year or more")]
        )


def leave_exchange(park: Park, exchange: int, company: str) -> float:
    """End an exchange on behalf of one of its sides, in place; return the damages it pays [EUR].

    Before the term is over the side that leaves pays the other its lost gain of a year, or of the time left; the other trusts
    it less. The reason is `not_renewed`, the number with it are the damages.
    """
    state, row = park.state, row_of(park, company)
    if not 0 <= exchange < int(state.clock.exchanges[0]):
        raise InputError([Mistake("exchange", exchange, "the number of an exchange")])
    contract: Any = state.exchanges[exchange]
    if row not in (contract.seller, contract.buyer):
        raise InputError([Mistake("company", company, "one of the two companies of the exchange")])
    if not AGREED <= contract.stage < ENDED:
        raise InputError([Mistake("exchange", exchange, "an exchange that has not ended")])
    damages = cost_of_leaving(park, exchange, company)
    opportunity: Any = state.opportunities[contract.opportunity]
    shake_trust(
        state.pairs[opportunity.back if row == contract.seller else opportunity.there],
        state.params.trust_loss_demand[0],
    )
    park._extend(park.month + 1)
    park._make_room()
    clock: Any = state.clock[0]
    by_seller = bool(row == contract.seller)
    pay_leaving(state.params[0], clock, state, state.exchanges[exchange], exchange, by_seller, damages)
    end_exchange(
        state.params[0],
        clock,
        state.months[park.month],
        state,
        opportunity,
        state.exchanges[exchange],
        exchange,
        NOT_RENEWED,
        damages,
    )
    state.exchanges.left_by[exchange] = 1 if row == contract.seller else 2
    return damages


def cost_of_leaving(park: Park, exchange: int, company: str) -> float:
    """Return what leaving an exchange now costs a company [EUR]: what the other loses in a year, or in the time left."""
    contract: Any = park.state.exchanges[exchange]
    leaver = SELLER if row_of(park, company) == contract.seller else BUYER
    lever: Any = park.state.levers[max(0, park.month - 1)]
    return float(leaving_cost(park.month, park.state.params[0], lever, park.state, contract, leaver))
