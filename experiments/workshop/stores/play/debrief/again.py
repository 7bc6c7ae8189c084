"""The same park once more: without one person, or without any, on the same shocks and the same rules.

What the others did is done again where the same talk (opportunity, kind) is open and their side has the word; where it
is not, or their terms are refused now, their agents decide.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from ecopark.abm.entities.codes import AGREED, ENDED, HELD, SELLER, TALK_KINDS, UNDECIDED
from ecopark.abm.input.errors import InputError, Mistake
from ecopark.abm.interventions.amendments import ask_terms
from ecopark.abm.interventions.attention import look_at, study
from ecopark.abm.interventions.introductions import introduce
from ecopark.abm.interventions.last_bids import bid, close_call, held_talks
from ecopark.abm.interventions.memberships import join, leave_pool
from ecopark.abm.interventions.permits import permit
from ecopark.abm.interventions.seats import decide, leave_exchange, row_of, take_seat
from ecopark.abm.interventions.talks import meet, open_talk
from ecopark.abm.park import Park

from ..acts.pace import meet_neighbours
from ..plan import MONTHS_OF_A_ROUND
from ..shocks import strike_park
from ..state import Play

RULES = ("meet neighbours", "policy", "shock")


@dataclass
class Again:
    """A park played again. done: acts of other people; kept: those of them that were possible as they were."""

    park: Park
    done: int = 0
    kept: int = 0

    @property
    def share_kept(self) -> float:
        """Return the share of other people's acts that were kept; 1 where there were none."""
        return self.kept / self.done if self.done else 1.0


def play_without(play: Play, place: int, companies: Collection[str], everybody: bool = False) -> Again:
    """Return a park of a workshop played again with agents in the seats of some companies, or of everybody."""
    again = Again(play.found(play.seed))
    for deed in play.course:
        if deed["park"] != place or (everybody and deed["do"] not in RULES):
            continue
        again.park.advance(deed["month"] - again.park.month)
        _do(again, deed, companies)
    again.park.advance(play.parks[place].month - again.park.month)
    return again


def parks_after(play: Play, course: list[dict[str, Any]], number: int) -> list[Park]:
    """Return the parks of a workshop as they were at the end of a round. course: what was done to them so far."""
    end, parks = 1 + number * MONTHS_OF_A_ROUND, []  # the first month is practice's
    for place in range(len(play.parks)):
        again = Again(play.found(play.seed))
        for deed in course:
            ends = deed["month"] == end and deed["do"] == "leave_pool"  # memberships end with the round
            if deed["park"] == place and (deed["month"] < end or ends):
                again.park.advance(deed["month"] - again.park.month)
                _do(again, deed, ())
        parks.append(again.park.advance(end - again.park.month))
    return parks


def _do(again: Again, deed: dict[str, Any], companies: Collection[str]) -> None:
    """Do a deed of the course once more, in place."""
    do, park = deed["do"], again.park
    if do == "meet neighbours":
        meet_neighbours(park)
    elif do == "policy":
        park.set_policy(deed["name"], deed["size"], stop=None)
    elif do == "shock":
        strike_park(park, deed["card"])
    elif do == "move":
        _move(again, deed["move"], companies)
    elif do == "close call":
        talk = talk_about(park, deed["opportunity"], deed["kind"])
        if talk is not None and talk.held == HELD:
            close_call(park, int(talk.number))
    elif do == "end calls":
        _end_calls(park)
    elif deed["company"] not in companies:
        possible, counts = _by_a_company(park, deed), bool(deed.get("who"))
        again.done += int(counts)
        again.kept += int(possible and counts)


def _end_calls(park: Park) -> None:
    for talk in held_talks(park):
        if talk in held_talks(park):
            close_call(park, talk)


def _by_a_company(park: Park, deed: dict[str, Any]) -> bool:
    """Do what somebody did besides talking; return whether it was possible."""
    company = deed["company"]
    deeds = {
        "say": lambda: _say(park, deed),
        "bid": lambda: bid(park, _number(park, deed), company, *deed["terms"]),
        "seat": lambda: take_seat(park, company, deed["taken"]),
        "look": lambda: look_at(park, company, deed["partner"]),
        "study": lambda: study(park, company, deed["opportunity"]),
        "open": lambda: open_talk(park, deed["opportunity"], company),
        "introduce": lambda: introduce(park, deed["opportunity"]),
        "permit": lambda: permit(park, deed["opportunity"]),
        "ask_terms": lambda: ask_terms(park, contract_of(park, deed["opportunity"]), company),
        "member": lambda: join(park, company, deed["membership"], MONTHS_OF_A_ROUND),
        "leave_pool": lambda: leave_pool(park, company, deed["before"], deed["after"]),
        "end": lambda: leave_exchange(park, contract_of(park, deed["opportunity"]), company),
    }
    try:
        deeds[deed["do"]]()
    except InputError:
        return False
    return True


def contract_of(park: Park, opportunity: int) -> int:
    """Return the contract of an opportunity that has not ended, -1 when there is none."""
    table = park.state.exchanges[: int(park.state.clock.exchanges[0])]
    alive = np.flatnonzero((table.opportunity == opportunity) & (table.stage >= AGREED) & (table.stage < ENDED))
    return int(alive[-1]) if len(alive) else -1


def _move(again: Again, move: dict[str, Any], companies: Collection[str]) -> None:
    """Say in a talk what was said there, in place."""
    park, company = again.park, move["company"]
    by_person = bool(move["who"]) and not move.get("autopilot") and company not in companies
    again.done += int(by_person)
    talk = talk_about(park, move["opportunity"], move["kind"])
    if talk is None or talk.held == HELD:
        return
    number = int(talk.number)
    if company != park.names[int(talk.seller if talk.speaker == SELLER else talk.buyer)] or company in companies:
        meet(park, number, as_agent=True)
        return
    said = bool(talk.decision != UNDECIDED) or move["act"] == "wait"
    meet(park, number, as_agent=bool(move["as_agent"]) or not said)
    again.kept += int(by_person and said)


def _say(park: Park, deed: dict[str, Any]) -> None:
    """Write what somebody's seat wanted of a talk. Raises InputError where it is not possible now."""
    decide(park, _number(park, deed), deed["company"], *deed["decision"])


def _number(park: Park, deed: dict[str, Any]) -> int:
    """Return the number of the talk of a deed. Raises InputError when it is not open now."""
    talk = talk_about(park, deed["opportunity"], deed["kind"])
    if talk is None:
        raise InputError([Mistake("talk", deed["opportunity"], "a talk that is open")])
    return int(talk.number)


def talk_about(park: Park, opportunity: int, kind: str) -> Any:
    """Return the open talk of a kind about an opportunity, None when there is none."""
    talks = park.state.talks[: int(park.state.clock.talks[0])]
    rows = np.flatnonzero((talks.opportunity == opportunity) & (talks.kind == TALK_KINDS.index(kind)))
    return park.state.talks[int(rows[0])] if len(rows) else None


def release(park: Park, companies: Iterable[str]) -> None:
    """Give seats back to their agents, in place."""
    for company in companies:
        park.state.companies.seat[row_of(park, company)] = 0
