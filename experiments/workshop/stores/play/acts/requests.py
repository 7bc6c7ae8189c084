"""What a company asks for: new terms of a contract that runs, a membership for the round."""

from __future__ import annotations

from typing import Any

from ecopark.abm.interventions.amendments import ask_terms
from ecopark.abm.interventions.memberships import join, leave_pool

from ..plan import MONTHS_OF_A_ROUND
from ..state import Play, say
from ..tables import lay_tables
from . import talks
from .base import act


@act("ask_terms")
def ask_terms_(play: Play, who: str, now: int, exchange: Any) -> dict[str, Any]:
    """Ask the partner of a contract for new terms; who asks makes the first offer."""
    talks.in_decide(play)
    person = play.seat(who)
    park = play.parks[person.park]
    number = ask_terms(park, exchange, person.company)
    record: Any = park.state.exchanges[exchange]
    play.did(person.park, "ask_terms", company=person.company, opportunity=int(record.opportunity), who=who)
    for key in [key for key, item in play.items.items() if item.who == who and item.terms.get("exchange") == exchange]:
        del play.items[key]
    lay_tables(play, now)
    talks.count(play, person)
    other = park.names[int(record.buyer if park.names[int(record.seller)] == person.company else record.seller)]
    partner = play.at(person.park, other)
    if partner is not None:
        play.tell(
            partner.code, now, "info", say("{company} asks for new terms of your contract.", company=person.company)
        )
    play.touch(who)
    return {"talk": number}


@act("member")
def member(play: Play, who: str, now: int, membership: Any) -> dict[str, Any]:
    """Take a membership until the end of the round; each one once a round."""
    talks.in_decide(play)
    person = play.seat(who)
    play.check_membership(person, str(membership))
    park = play.parks[person.park]
    taken = join(park, person.company, str(membership), MONTHS_OF_A_ROUND)
    play.members[person.park, person.company, str(membership)] = taken
    play.did(person.park, "member", company=person.company, membership=str(membership), who=who)
    for key in [
        key for key, item in play.items.items() if item.who == who and item.terms.get("membership") == membership
    ]:
        del play.items[key]
    talks.count(play, person)
    found = int(taken.get("found", 0))
    if membership == "platform":
        text = say("You read the listings of the platform. Possible exchanges found: {count}.", count=found)
    else:
        text = say("Your plant is in the maintenance pool until the end of the round.")
    play.tell(who, now, "info", text)
    return {"fee": taken["fee"], "found": found}


def end_memberships(play: Play) -> None:
    """End all memberships, in place: a round is over."""
    for (park, company, name), taken in play.members.items():
        if name == "maintenance":
            leave_pool(play.parks[park], company, taken["before"], taken["after"])
            play.did(park, "leave_pool", company=company, before=taken["before"], after=taken["after"])
    play.members.clear()
