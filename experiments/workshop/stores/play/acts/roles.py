"""What the broker and the council do: three introductions a round, one permit a round."""

from __future__ import annotations

from typing import Any

from ecopark.abm.input.errors import InputError, Mistake
from ecopark.abm.interventions.introductions import introduce
from ecopark.abm.interventions.permits import permit
from ecopark.abm.interventions.talks import may_open

from ..people import Person
from ..state import MOST_INTRODUCED, Item, Play, say
from .base import act


def _in_office(play: Play, who: str, role: str, seat: str) -> Person:
    """Return who acts in a role while decisions are open; raises InputError for anybody else and at any other time."""
    person = play.person(who)
    if person.role != role:
        raise InputError([Mistake("seat", person.role, seat)])
    if play.pace.phase != "decide" or play.pace.paused:
        raise InputError([Mistake("phase", "too late", "an act while decisions are open")])
    return person


@act("introduce")
def introduce_(play: Play, who: str, now: int, opportunity: Any) -> dict[str, Any]:
    """Bring two companies together; what they could exchange waits on the phones of those who sit there."""
    person = _in_office(play, who, "broker", "the broker's seat")
    left = introductions_left(play, who)
    if left <= 0:
        raise InputError([Mistake("introductions", 0, "an introduction that is left in this round")])
    park = play.parks[person.park]
    seller, buyer = introduce(park, opportunity)
    play.did(person.park, "introduce", company="", opportunity=opportunity, who=who, round=play.pace.round)
    person.decisions[play.pace.round] = person.decisions.get(play.pace.round, 0) + 1
    for company, partner in ((seller, buyer), (buyer, seller)):
        _propose(play, person.park, company, partner, opportunity, now)
    play.touch(who)
    return {"left": left - 1}


@act("permit")
def permit_(play: Play, who: str, now: int, opportunity: Any) -> dict[str, Any]:
    """Grant a permit that is waited for or was withdrawn; one a round for the whole council of a park."""
    person = _in_office(play, who, "council", "a seat in the council")
    if (person.park, play.pace.round) in play.permits:
        raise InputError([Mistake("permit", "granted", "one permit a round")])
    granted = permit(play.parks[person.park], opportunity)
    play.permits[person.park, play.pace.round] = who
    play.did(person.park, "permit", company="", opportunity=opportunity, who=who)
    person.decisions[play.pace.round] = person.decisions.get(play.pace.round, 0) + 1
    text = say(
        "The council grants a permit: {seller} to {buyer}, {material}",
        seller=granted.seller,
        buyer=granted.buyer,
        material=granted.material,
    )
    play.announce(now, text)
    for company in (granted.seller, granted.buyer):
        seated = play.at(person.park, company)
        if seated is not None:
            play.tell(seated.code, now, "good", text)
    play.touch_all()
    return {"months": granted.months}


def introductions_left(play: Play, who: str) -> int:
    """Return how many introductions a broker has left in this round."""
    made = sum(
        deed["do"] == "introduce" and deed["who"] == who and deed["round"] == play.pace.round for deed in play.course
    )
    return MOST_INTRODUCED - made


def _propose(play: Play, park: int, company: str, partner: str, opportunity: int, now: int) -> None:
    """Lay an introduction on the phone of whoever sits in a company, in place."""
    person = play.at(park, company)
    one = next((one for one in may_open(play.parks[park], company) if one.opportunity == opportunity), None)
    if person is None or one is None:
        return
    play.item_count += 1
    terms = {"opportunity": opportunity, "partner": partner, "estimate": one.estimate}
    play.items[play.item_count] = Item(play.item_count, "propose", person.code, terms)
    text = say(
        "The broker brings you together with {partner}: {material}.",
        partner=partner,
        material=_label(play, park, one.material),
    )
    play.tell(person.code, now, "info", text)


def _label(play: Play, park: int, material: str) -> str:
    rows: Any = play.parks[park].scenario.tables["materials"]
    return next(row.label for row in rows if row.material == material)
