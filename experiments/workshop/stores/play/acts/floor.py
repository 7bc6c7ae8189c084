"""The decision floor: who has had nothing to decide for a minute gets something that matters."""

from __future__ import annotations

from typing import Any

from ecopark.abm.interventions.attention import look_at, nearest_companies
from ecopark.abm.interventions.talks import Opening, may_open, open_talk
from ecopark.abm.park import Park

from ..people import Person
from ..state import Item, Play, say
from ..tables import hold_meeting, lay_tables
from .base import CLOCK, act

LEAST_STAKE = 1.0  # EUR a year that an opportunity must promise by the own estimate


@act("floor", CLOCK)
def floor(play: Play, who: str, now: int) -> dict[str, Any]:
    """Give somebody idle a decision: the best talk not yet opened and, in turn, an agent's offer; nothing when there is none.

    Where nothing that is known seems worth a talk, neighbours tell what they have, the nearest first.
    """
    person = play.people[who]
    park = play.parks[person.park]
    person.idle = now
    known = _worth_it(park, person.company)
    if not known:
        for partner in nearest_companies(park, person.company, len(park.names)):
            play.did(person.park, "look", company=person.company, partner=partner)
            if look_at(park, person.company, partner) and (known := _worth_it(park, person.company)):
                break
    if not known:
        return {"kind": "none"}
    agents = [one for one in known if play.at(person.park, one.partner) is None]
    if agents and person.floors % 2:
        person.floors += 1
        return _agent_offers(play, person, agents[0], now)
    person.floors += 1
    play.item_count += 1
    terms = {"opportunity": known[0].opportunity, "partner": known[0].partner, "estimate": known[0].estimate}
    play.items[play.item_count] = Item(play.item_count, "propose", who, terms, floor=True)
    play.touch(who)
    return {"kind": "propose"}


def _worth_it(park: Park, company: str) -> list[Opening]:
    """Return what a company could open talks about and thinks worth it, what has never failed first."""
    known = [one for one in may_open(park, company) if one.estimate > LEAST_STAKE]
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
