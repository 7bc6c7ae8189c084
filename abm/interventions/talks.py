"""Talks between the months: who may open one, and one meeting at once.

No month passes by any of these. A meeting counts against the deadlines of both sides as one held by the schedule does.
Wrong input raises InputError and changes nothing.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..entities.codes import (
    ACCEPTED,
    ANSWERS,
    BUYER,
    EV_TALKS,
    HELD,
    IDENTIFIED,
    IN_TALKS,
    OFFERED,
    PAUSED,
    REFUSED,
    SCREENED,
    SELLER,
    WALKED,
)
from ..input.errors import InputError, Mistake
from ..park import Park, quiet
from ..submodels.capacity import free_quantity, possible_quantity
from ..submodels.event_log import write_opportunity
from ..submodels.negotiation.meetings import clear_table, hold_meeting
from ..submodels.negotiation.partner_selection import are_free_to_talk
from ..submodels.negotiation.signing import sign_deals
from ..submodels.negotiation.view import ROOM
from ..submodels.screening import estimate_joint_gain
from ..submodels.standing import is_alive, note_standing
from .seats import find_talk, row_of
from .table import put_talk


@dataclass(frozen=True)
class Opening:
    """An opportunity that a company may open a talk about. estimate: its own of the joint gain [EUR/year].

    quantity [unit/year]; sells: whether the company would be the seller.
    """

    opportunity: int
    partner: str
    material: str
    input: str
    unit: str
    sells: bool
    quantity: float
    distance: float
    estimate: float


def may_open(park: Park, company: str) -> list[Opening]:
    """Return the opportunities that a company knows and could talk about now, best by its own estimate first."""
    row, state = row_of(park, company), park.state
    table = state.opportunities
    known = np.flatnonzero(
        ((table.seller == row) | (table.buyer == row))
        & np.isin(state.funnel.stage, (IDENTIFIED, SCREENED))
        & (state.funnel.known <= park.month)
    )
    standing = note_standing(state)
    with quiet():
        found = [_opening(park, int(place), row) for place in known if _can_open(park, standing, int(place))]
    return sorted(found, key=lambda one: (-one.estimate, one.opportunity))


def _can_open(park: Park, standing: np.ndarray, place: int) -> bool:
    """Tell whether a talk could begin: both sides there, enough to talk about, nobody refuses the other."""
    state, t = park.state, park.month
    p, opportunity = state.params[0], state.opportunities[place]
    if not is_alive(t, standing, state.conversions, opportunity):
        return False
    free, most = free_quantity(p, state, place, -1), possible_quantity(p, state, opportunity)
    if free <= 0.0 or free < p.contract_smallest * most:
        return False
    return bool(are_free_to_talk(t, p, opportunity, state.notes[place], state.pairs))


def _opening(park: Park, place: int, row: int) -> Opening:
    state, rows = park.state, park.scenario.tables["materials"]
    p, here = state.params[0], state.opportunities[place]
    sells = int(here.seller) == row
    side, pair = (SELLER, here.there) if sells else (BUYER, here.back)
    quantity = float(free_quantity(p, state, place, -1))
    given: Any = rows[int(state.streams.material[here.supply])]
    wanted: Any = rows[int(state.streams.material[here.demand])]
    park._extend(park.month + 1)
    estimate = estimate_joint_gain(
        park.month, p, state.levers[park.month], state.companies[row], float(state.pairs.trust[pair]), side, state, here,
        quantity,
    )  # fmt: skip
    partner = park.names[int(here.buyer if sells else here.seller)]
    return Opening(
        place,
        partner,
        given.material,
        wanted.material,
        given.unit,
        sells,
        quantity,
        float(here.distance),
        float(estimate),
    )


def open_talk(park: Park, opportunity: int, company: str) -> int:
    """Open a talk about an opportunity that a company knows, in place; return the number of the talk.

    What the company's agent would ask before (willingness, time for one more talk) is not asked: a person decides.
    """
    row, state = row_of(park, company), park.state
    _check_opening(park, opportunity, row)
    clock: Any = state.clock[0]
    if int(clock.talks) >= len(state.talks):
        raise InputError([Mistake("talk", int(clock.talks), "fewer talks that are open at once")])
    park._extend(park.month + 1)
    park._make_room()
    p, here, t = state.params[0], state.opportunities[opportunity], park.month
    with quiet():
        quantity = free_quantity(p, state, opportunity, -1)
        talk = put_talk(state, t, opportunity, float(quantity))
    talk.speaker = SELLER if int(here.seller) == row else BUYER
    if math.isnan(state.notes.screened[opportunity]):
        state.notes.screened[opportunity] = t
    state.funnel.stage[opportunity], state.notes.talks[opportunity] = IN_TALKS, t
    write_opportunity(p, clock, state.events, EV_TALKS, here, opportunity, 0, float(quantity))
    return int(talk.number)


def _check_opening(park: Park, opportunity: int, row: int) -> None:
    state = park.state
    if (
        isinstance(opportunity, bool)
        or not isinstance(opportunity, int)
        or not 0 <= opportunity < len(state.opportunities)
    ):
        raise InputError([Mistake("opportunity", opportunity, "the number of an opportunity")])
    here: Any = state.opportunities[opportunity]
    if row not in (int(here.seller), int(here.buyer)):
        raise InputError([Mistake("opportunity", opportunity, "one of the own company")])
    if int(state.funnel.stage[opportunity]) not in (IDENTIFIED, SCREENED):
        raise InputError(
            [Mistake("opportunity", opportunity, "one that is known and not yet in talks or in a contract")]
        )
    if not _can_open(park, note_standing(state), opportunity):
        raise InputError([Mistake("opportunity", opportunity, "one with something left to talk about")])


def meet(park: Park, number: int, as_agent: bool = False) -> str:
    """Hold one meeting of one talk now, in place; return offer, accept, held, walk_out, absurd or wait.

    accept: the deal was signed if both still can; held: it waits for the best prices of people (`last_bids`); walk_out: the
    talk is over. wait: a person in the seat has not decided.
    absurd: the offer was not put on the table; a second one ends the talk. as_agent: the speaking company's agent speaks, although a person sits there.
    """
    talk, state = find_talk(park, number), park.state
    if talk.held == HELD:
        raise InputError([Mistake("talk", number, "a talk in which nothing is accepted yet")])
    park._extend(park.month + 1)
    park._make_room()
    p, clock = state.params[0], state.clock[0]
    row = int(np.flatnonzero(state.talks.number[: int(clock.talks)] == number)[0])
    speaker = int(talk.seller if talk.speaker == SELLER else talk.buyer)
    seat = int(state.companies.seat[speaker])
    if as_agent:
        state.companies.seat[speaker] = 0
    outcomes = np.full(int(clock.talks), OFFERED, dtype=np.int64)
    absurd = int(talk.absurd_seller) + int(talk.absurd_buyer)
    with quiet():
        outcomes[row] = hold_meeting(p, clock, state, row, np.zeros(ROOM + 2))
    state.companies.seat[speaker] = seat
    answer = int(outcomes[row])
    if answer == OFFERED and int(talk.absurd_seller) + int(talk.absurd_buyer) > absurd:
        return ANSWERS[REFUSED]
    if answer in (ACCEPTED, WALKED):
        conclude(park, outcomes)
        talks = state.talks[: int(clock.talks)]
        if np.any((talks.number == number) & (talks.held == HELD)):
            return "held"
    return "wait" if answer == PAUSED else ANSWERS[answer]


def conclude(park: Park, outcomes: np.ndarray) -> None:
    """Sign or end what has been decided, in place, as the month would."""
    state, t = park.state, park.month
    with quiet():
        p, clock, lever = state.params[0], state.clock[0], state.levers[t]
        sign_deals(t, p, clock, lever, state.months[t], note_standing(state), state, outcomes)
    clear_table(state.clock[0], state, outcomes)
