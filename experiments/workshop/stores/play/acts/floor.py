"""The decision floor: once a minute of decide who has nothing that matters to decide gets something."""

from __future__ import annotations

from typing import Any

from ecopark.abm.interventions.amendments import fallen_gains
from ecopark.abm.interventions.attention import look_at, nearest_companies
from ecopark.abm.interventions.memberships import MEMBERSHIPS, Membership, membership
from ecopark.abm.interventions.talks import Opening, may_open, open_talk
from ecopark.abm.park import Park

from ....view_models.faces.stakes import YEARS, has_stake, least_stake
from ..people import Person
from ..plan import MONTHS_OF_A_ROUND
from ..questions import more_questions, questions_of
from ..state import FLOOR_TIME, Item, Play, say
from ..tables import hold_meeting, lay_tables
from .base import CLOCK, act

LEAST_STAKE = 1.0  # EUR a year that an opportunity must promise by the own estimate


@act("floor", CLOCK)
def floor(play: Play, who: str, now: int) -> dict[str, Any]:
    """Give somebody a decision before whom nothing lies that makes a difference of one per cent of the par of a round.

    In turn: the best talk not yet opened, or an agent's offer; new terms where the own gain has fallen; a membership; and
    where none of them makes such a difference, a forecast, which is scored. Where nothing that is known seems worth a talk,
    neighbours tell what they have, the nearest first.
    """
    person = play.people[who]
    person.checked = now
    if has_stake(play, person):
        return {"kind": "none"}
    ways = (_talk, _terms, _membership) if person.floors % 3 != 2 else (_terms, _talk, _membership)
    person.floors += 1
    for way in (*ways, _forecast):
        found = way(play, person, now)
        if found is not None and has_stake(play, person):
            play.touch(who)
            return found
    return {"kind": "none"}


def _talk(play: Play, person: Person, now: int) -> dict[str, Any] | None:
    """Lay the best talk not yet opened before somebody, or let an agent come with an offer, in turn."""
    known = _known(play, person)
    if not known:
        return None
    agents = [one for one in known if play.at(person.park, one.partner) is None]
    if agents and person.floors % 2:
        return _agent_offers(play, person, agents[0], now)
    terms = {"opportunity": known[0].opportunity, "partner": known[0].partner, "estimate": known[0].estimate}
    return _lay(play, person, "propose", terms)


def _terms(play: Play, person: Person, now: int) -> dict[str, Any] | None:
    """Lay the contract before somebody whose worth has fallen most since it was signed, once a round."""
    for one in fallen_gains(play.parks[person.park], person.company):
        if YEARS * (one.signed - one.now) >= least_stake(play, person) and _is_new(
            play, person, f"terms {one.exchange}"
        ):
            terms = {"exchange": one.exchange, "partner": one.partner, "was": one.signed, "worth": one.now}
            return _lay(play, person, "terms", terms)
    return None


def _membership(play: Play, person: Person, now: int) -> dict[str, Any] | None:
    """Lay a membership for the round before somebody, each once a round.

    The one that makes the most difference is kept until nothing more will be laid in this phase.
    """
    park = play.parks[person.park]
    free = [name for name in MEMBERSHIPS if (person.park, person.company, name) not in play.members]
    offers = [membership(park, person.company, name, MONTHS_OF_A_ROUND) for name in free]
    is_last = play.pace.ends is not None and play.pace.ends - now <= FLOOR_TIME
    for one in sorted(offers, key=_difference, reverse=is_last):
        if _difference(one) >= least_stake(play, person) and _is_new(play, person, one.name):
            expected = None if one.gain != one.gain else one.gain
            terms = {"membership": one.name, "fee": one.fee, "expected": expected, "companies": one.companies}
            return _lay(play, person, "membership", terms)
    return None


def _forecast(play: Play, person: Person, now: int) -> dict[str, Any] | None:
    """Ask somebody how something comes out that was not asked in this round: own contracts, then the nearest companies."""
    asked = {question["name"] for question in questions_of(play, person)}
    for question in more_questions(play, person):
        if question["name"] not in asked and _is_new(play, person, question["name"]):
            return _lay(play, person, "forecast", {"question": question["name"], "text": question["text"]})
    return None


def _difference(one: Membership) -> float:
    """Return by how much taking a membership and leaving it differ by what can be said [EUR]."""
    return abs(one.fee - (0.0 if one.gain != one.gain else one.gain))


def _is_new(play: Play, person: Person, what: str) -> bool:
    """Note that something is laid before somebody in this round; tell whether it is for the first time."""
    key = (play.pace.round, person.code, what)
    seen = key in play.offered
    play.offered.add(key)
    return not seen


def _lay(play: Play, person: Person, kind: str, terms: dict[str, Any]) -> dict[str, Any]:
    play.item_count += 1
    play.items[play.item_count] = Item(play.item_count, kind, person.code, terms, floor=True)
    return {"kind": kind}


def _known(play: Play, person: Person) -> list[Opening]:
    """Return what somebody could open talks about that seems worth it; neighbours help where there is nothing."""
    park, least = play.parks[person.park], max(LEAST_STAKE, least_stake(play, person))
    known = _worth_it(park, person.company, least)
    if not known:
        for partner in nearest_companies(park, person.company, len(park.names)):
            play.did(person.park, "look", company=person.company, partner=partner)
            if look_at(park, person.company, partner) and (known := _worth_it(park, person.company, least)):
                break
    return known


def _worth_it(park: Park, company: str, least: float) -> list[Opening]:
    """Return what a company could open talks about and thinks worth so much a year, what has never failed first."""
    known = [one for one in may_open(park, company) if one.estimate > least]
    return sorted(known, key=lambda one: park.state.notes.failures[one.opportunity] > 0)


def _agent_offers(play: Play, person: Person, one: Opening, now: int) -> dict[str, Any]:
    """Let an agent open a talk with an idle seat and make the first offer, in place."""
    number = open_talk(play.parks[person.park], one.opportunity, one.partner)
    play.did(person.park, "open", company=one.partner, opportunity=one.opportunity)
    lay_tables(play, now)
    table = play.tables[person.park, number]
    table.floor = True
    hold_meeting(play, table, now, as_agent=True, floor=True)
    play.tell(person.code, now, "info", say("{partner} comes with an offer.", partner=one.partner))
    return {"kind": "offer", "talk": number}
