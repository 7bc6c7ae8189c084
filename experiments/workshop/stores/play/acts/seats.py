"""Who sits where: coming, going, moving, and letting the agent play."""

from __future__ import annotations

from typing import Any

from ecopark.abm.input.errors import InputError, Mistake
from ecopark.abm.interventions.seats import take_seat

from ....languages.translate import languages
from ..people import MOST_PEOPLE, ROLES, Person
from ..roster import free_seats, next_seat
from ..state import TOKENS, Play, say
from ..tables import lay_tables, pass_turn, tables_of
from .base import CLOCK, FACILITATOR, act

LANGUAGES = languages()
DEVICES = ("phone", "tablet", "computer")


@act("join", CLOCK)
def join(
    play: Play,
    who: str,
    now: int,
    consent: Any = False,
    language: Any = "en",
    device: Any = "phone",
    observe: Any = False,
) -> dict[str, Any]:
    """Let somebody in and give them a seat; who comes when all are taken watches, predicts and votes."""
    if play.pace.phase == "ended":
        raise InputError([Mistake("workshop", "ended", "a workshop that goes on")])
    if sum(not person.gone for person in play.people.values()) >= 2 * MOST_PEOPLE:
        raise InputError([Mistake("workshop", "full", f"at most {2 * MOST_PEOPLE} people")])
    park, role, company = next_seat(play)
    players = sum(person.role != "observer" and not person.gone for person in play.people.values())
    if observe is True or players >= MOST_PEOPLE:
        role, company = "observer", ""
    person = Person(
        who, len(play.people) + 1, role, park, company, consent is True, language if language in LANGUAGES else "en",
        device if device in DEVICES else "phone", idle=now,
    )  # fmt: skip
    play.people[who] = person
    play.tokens[who] = TOKENS
    _sit(play, person, now)
    play.touch_all()
    return {"role": role, "park": park, "company": company}


def _sit(play: Play, person: Person, now: int) -> None:
    """Let a person decide for the company, in place."""
    if person.role == "company" and not person.gone:
        take_seat(play.parks[person.park], person.company, not person.autopilot)
        play.did(person.park, "seat", company=person.company, taken=not person.autopilot)
        lay_tables(play, now)
        for table in tables_of(play, person):
            if table.turn == person.company:
                pass_turn(play, table, now)
    person.idle = person.checked = now


def _stand_up(play: Play, person: Person, now: int) -> None:
    if person.role == "company":
        take_seat(play.parks[person.park], person.company, False)
        play.did(person.park, "seat", company=person.company, taken=False)
        for table in tables_of(play, person):
            if table.turn == person.company:
                pass_turn(play, table, now)
    for key in [key for key, item in play.items.items() if item.who == person.code]:
        del play.items[key]


@act("leave")
def leave(play: Play, who: str, now: int) -> None:
    """Go for good: the agent takes the seat, and somebody who comes later may have it."""
    person = play.person(who)
    _stand_up(play, person, now)
    person.gone = True
    lay_tables(play, now)
    play.touch_all()


@act("away", CLOCK, default=True)
def away(play: Play, who: str, now: int) -> None:
    """Let the agent play a seat whose person has been silent for a minute and has no device connected."""
    _set_autopilot(play, play.person(who), now, "away")
    play.tell(who, now, "info", say("You were away: your agent plays your company. Take over when you are back."))


@act("autopilot")
def autopilot(play: Play, who: str, now: int, on: Any) -> None:
    """Let the own agent play, or take over again."""
    if not isinstance(on, bool):
        raise InputError([Mistake("autopilot", on, "true or false")])
    _set_autopilot(play, play.seat(who), now, "asked" if on else "")


@act("agent_plays", FACILITATOR)
def agent_plays(play: Play, who: str, now: int, person: Any, on: Any = True) -> None:
    """Let the agent play somebody's seat, or give it back."""
    _set_autopilot(play, play.seat(str(person)), now, "facilitator" if on is True else "")


def _set_autopilot(play: Play, person: Person, now: int, why: str) -> None:
    """Let the agent play from the next item on; what is drafted is not sent."""
    if why == "away":
        person.away_since = now
    elif person.away_since >= 0:
        person.away_ms, person.away_since = person.away_ms + now - person.away_since, -1
    if person.role == "company":
        for table in tables_of(play, person):
            table.auto.discard(person.company)
            if table.draft is not None and table.draft["who"] == person.code:
                table.draft = None
        person.autopilot = why
        _sit(play, person, now)
        if why:
            for table in tables_of(play, person):
                if table.turn == person.company:
                    pass_turn(play, table, now)
            for key in [key for key, item in play.items.items() if item.who == person.code]:
                del play.items[key]
    else:
        person.autopilot = why
    play.touch(person.code)
    play.public = True


@act("move_to", FACILITATOR)
def move_to(play: Play, who: str, now: int, person: Any, role: Any, company: Any = "", park: Any = None) -> None:
    """Give somebody another seat that is free."""
    moved = play.person(str(person))
    place = moved.park if park is None else park
    if place not in range(len(play.parks)) or role not in ROLES:
        raise InputError([Mistake("seat", role, f"one of {', '.join(ROLES)}")])
    if role != "observer" and (role, company) not in free_seats(play, place):
        raise InputError([Mistake("seat", company or role, "a seat that is free")])
    _stand_up(play, moved, now)
    moved.role, moved.company, moved.park, moved.autopilot = role, company if role == "company" else "", place, ""
    _sit(play, moved, now)
    play.tell(moved.code, now, "info", say("The facilitator gave you another seat."))
    play.touch_all()


@act("looked")
def looked(play: Play, who: str, now: int) -> None:
    """Note that somebody has read what happened."""
    play.person(who).looked = now
    play.touch(who)


@act("language")
def language(play: Play, who: str, now: int, language: Any) -> None:
    """Choose the language of the own device."""
    if language not in LANGUAGES:
        raise InputError([Mistake("language", language, f"one of {', '.join(LANGUAGES)}")])
    play.person(who).language = language
    play.touch(who)
