"""The decision floor: who has had nothing to decide for a minute gets something that matters."""

from __future__ import annotations

from typing import Any

from ecopark.abm.interventions.talks import Opening, may_open, open_talk

from ..people import Person
from ..state import Item, Play, say
from ..tables import hold_meeting, lay_tables
from .base import CLOCK, act

LEAST_STAKE = 1.0  # EUR a year that an opportunity must promise by the own estimate


@act("floor", CLOCK)
def floor(play: Play, who: str, now: int) -> dict[str, Any]:
    """Give somebody idle a decision: the best talk not yet opened, or an agent's offer; nothing when there is none.

    An agent's offer comes first where something was proposed already in this round and put aside.
    """
    person = play.people[who]
    person.idle = now
    known = [one for one in may_open(play.parks[person.park], person.company) if one.estimate > LEAST_STAKE]
    agents = [one for one in known if play.at(person.park, one.partner) is None]
    if agents and person.extra_offers < len(agents) + 1 and person.decisions.get(play.pace.round, 0) % 2:
        return _agent_offers(play, person, agents[0], now)
    if known:
        play.item_count += 1
        terms = {"opportunity": known[0].opportunity, "partner": known[0].partner, "estimate": known[0].estimate}
        play.items[play.item_count] = Item(play.item_count, "propose", who, terms, floor=True)
        play.touch(who)
        return {"kind": "propose"}
    return {"kind": "none"}


def _agent_offers(play: Play, person: Person, one: Opening, now: int) -> dict[str, Any]:
    """Let an agent open a talk with an idle seat and make the first offer, in place."""
    number = open_talk(play.parks[person.park], one.opportunity, one.partner)
    lay_tables(play, now)
    table = play.tables[person.park, number]
    table.floor = True
    hold_meeting(play, table, now, as_agent=True, floor=True)
    play.tell(person.code, now, "info", say("{partner} comes with an offer.", partner=one.partner))
    person.extra_offers += 1
    return {"kind": "offer", "talk": number}
