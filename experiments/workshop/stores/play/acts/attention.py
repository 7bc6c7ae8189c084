"""The hours of a round, as eight tokens: a look at a company, a study of what is known."""

from __future__ import annotations

from typing import Any

from ecopark.abm.input.errors import InputError, Mistake
from ecopark.abm.interventions.attention import look_at, study

from ..state import Play, say
from .base import act

OPEN_IN = ("practice", "predict", "reveal")


@act("spend")
def spend(play: Play, who: str, now: int, what: Any, partner: Any = "", opportunity: Any = None) -> dict[str, Any]:
    """Spend a token on a look at a company, or on a study of an opportunity; what is found lies on the phone at once."""
    person = play.seat(who)
    if play.pace.phase not in OPEN_IN:
        raise InputError([Mistake("hours", "too late", "a choice between the rounds")])
    if play.tokens.get(who, 0) <= 0:
        raise InputError([Mistake("hours", 0, "a token that is left")])
    park = play.parks[person.park]
    if what == "look":
        found = look_at(park, person.company, str(partner))
        play.did(person.park, "look", company=person.company, partner=str(partner), **_when(play, who, now))
        text = say("You visited {partner}. Possible exchanges found: {count}.", partner=partner, count=len(found))
    elif what == "study":
        found = [study(park, person.company, opportunity)]
        play.did(person.park, "study", company=person.company, opportunity=opportunity, **_when(play, who, now))
        text = say("A study is done: the numbers of one possible exchange are now sure.")
    else:
        raise InputError([Mistake("hours", what, "look or study")])
    play.tokens[who] -= 1
    play.tell(who, now, "info", text)
    return {"found": len(found), "left": play.tokens[who]}


def _when(play: Play, who: str, now: int) -> dict[str, Any]:
    return {"who": who, "time": now, "round": play.pace.round, "phase": play.pace.phase}
