"""What people, agents and time do at the tables."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from ecopark.abm.entities.codes import TALK_KINDS
from ecopark.abm.input.errors import InputError, Mistake
from ecopark.abm.interventions.offers import safe_offer
from ecopark.abm.interventions.seats import (
    Offer,
    advise,
    check_offer,
    cost_of_leaving,
    decide,
    find_talk,
    leave_exchange,
    own_gain,
    required_gain,
    row_of,
    side_of,
)
from ecopark.abm.interventions.talks import may_open, open_talk

from ..calls import asked_people, is_held_up
from ..people import Person
from ..state import ANSWER_TIME, MORE_TIME, MOST_PROPOSED, UNDO_TIME, Play, Table, say
from ..tables import hold_meeting, lay_tables, pass_turn, tables_of
from .base import CLOCK, act

LEAVING_REASONS = ("price", "partner", "other", "none")


def _table(play: Play, person: Person, talk: Any) -> Table:
    """Return the table of a talk at which a person sits. Raises InputError."""
    table = play.tables.get((person.park, talk)) if isinstance(talk, int) else None
    if table is None:
        raise InputError([Mistake("talk", talk, "a talk that is still open")])
    side_of(play.parks[person.park], find_talk(play.parks[person.park], talk), person.company)
    return table


def in_decide(play: Play) -> None:
    """Raise InputError unless decisions are open."""
    if play.pace.phase != "decide":
        raise InputError([Mistake("answer", "too late", "an answer while decisions are open")])
    if play.pace.paused:
        raise InputError([Mistake("answer", "the workshop is paused", "an answer when it goes on")])


@act("answer")
def answer(
    play: Play, who: str, now: int, talk: Any, decision: str, price: Any = None, share: Any = None, term: Any = None,
    reason: str = "none", phrase: int = 0,
) -> dict[str, Any]:  # fmt: skip
    """Answer in a talk: an offer goes out after five seconds, in which it can be taken back; the rest at once.

    done: accept (signed), held (others are asked for their best price first), lost (another was signed), leave.
    """
    in_decide(play)
    person = play.seat(who)
    table = _table(play, person, talk)
    if decision not in ("accept", "counter", "leave"):
        raise InputError([Mistake("decision", decision, "accept, counter or leave")])
    if reason not in LEAVING_REASONS or phrase not in range(7):
        raise InputError([Mistake("reason", reason, f"one of {', '.join(LEAVING_REASONS)}")])
    if not play.plays(person.park, person.company):
        raise InputError([Mistake("seat", "your agent plays", "your own seat: take it over first")])
    if is_held_up(play, table):
        raise InputError([Mistake("answer", decision, "one best price, or nothing: the last bids are called for")])
    gain = _own_worth(play, person, talk, decision, price, share, term)
    say_in(play, table, person.company, decision, price, share, term)
    table.auto.discard(person.company)
    table.missed.pop(person.company, None)
    think = max(0, now - (table.due - ANSWER_TIME))
    if decision == "counter":
        table.draft = {"who": who, "due": now + UNDO_TIME, "price": float(price), "share": float(share), "term": float(term),
                       "phrase": phrase, "think": think}  # fmt: skip
        play.touch(who)
        return {"gain": gain, "until": now + UNDO_TIME}
    said = hold_meeting(play, table, now, as_agent=False, think_ms=think, reason=reason)
    count(play, person)
    if decision == "accept" and said != "held" and not play.history[-1].get("signed"):
        return {"gain": None, "done": "lost"}
    return {"gain": gain, "done": "held" if said == "held" else decision}


def _own_worth(play: Play, person: Person, talk: int, decision: str, price: Any, share: Any, term: Any) -> float | None:
    """Return what a decision is worth to the person [EUR/year], None where nothing is signed by it."""
    park = play.parks[person.park]
    if decision == "counter":
        return own_gain(park, talk, person.company, check_offer(price, share, term))
    record = find_talk(park, talk)
    ends = ("buyer", "seller")[side_of(park, record, person.company)]
    price, share, term = (float(record[f"{name}_{ends}"]) for name in ("price", "share", "term"))
    if decision == "leave" or price != price:
        return None
    return own_gain(park, talk, person.company, Offer(price, share, term))


def count(play: Play, person: Person) -> None:
    """Count a decision of the round, in place."""
    person.decisions[play.pace.round] = person.decisions.get(play.pace.round, 0) + 1


@act("undo")
def undo(play: Play, who: str, now: int, talk: Any) -> None:
    """Take back an offer that has not been delivered."""
    person = play.seat(who)
    table = _table(play, person, talk)
    if table.draft is None or table.draft["who"] != who or table.draft["due"] <= now:
        raise InputError([Mistake("undo", "delivered", "an offer that is not yet delivered")])
    say_in(play, table, person.company, "wait")
    table.draft = None
    table.undone += 1
    play.touch(who)


@act("deliver", CLOCK)
def deliver(play: Play, who: str, now: int, park: int, talk: int) -> None:
    """Deliver an offer whose five seconds are over."""
    table = play.tables[park, talk]
    draft = table.draft or {}
    person = play.people[str(draft.get("who"))]
    hold_meeting(play, table, now, as_agent=False, think_ms=draft.get("think", 0), phrase=draft.get("phrase", 0))
    count(play, person)


@act("agent", CLOCK)
def agent(play: Play, who: str, now: int, park: int, talk: int) -> None:
    """Let the agent of whoever speaks next speak, with a round price that is safe for it."""
    table = play.tables[park, talk]
    here, company = play.parks[park], table.turn
    person = play.at(park, company)
    speak_round(play, table)
    hold_meeting(play, table, now, as_agent=play.parks[park].state.companies.seat[row_of(here, company)] == 0,
                 autopilot=person is not None)  # fmt: skip


def say_in(
    play: Play, table: Table, company: str, decision: str, price: Any = None, share: Any = None, term: Any = None
) -> None:
    """Write what a company's seat wants of a talk, in place. Raises InputError."""
    talk = find_talk(play.parks[table.park], table.talk)
    about = {"opportunity": int(talk.opportunity), "kind": TALK_KINDS[int(talk.kind)]}
    decide(play.parks[table.park], table.talk, company, decision, price, share, term)
    play.did(table.park, "say", company=company, **about, decision=(decision, price, share, term))


def speak_round(play: Play, table: Table) -> None:
    """Write what the company's agent would do as a decision of its seat, with a round price; in place."""
    park, company = play.parks[table.park], table.turn
    row = row_of(park, company)
    if park.state.companies.seat[row] == 0:
        return
    said, offer = advise(park, table.talk, company)
    with suppress(InputError):  # what the check would refuse is not said: the talk waits
        if said == "offer":
            offer = safe_offer(park, table.talk, company, offer)
            say_in(play, table, company, "counter", offer.price, offer.share, offer.term)
        else:
            say_in(play, table, company, "accept" if said == "accept" else "leave")


@act("missed", CLOCK, default=True)
def missed(play: Play, who: str, now: int, park: int, talk: int) -> None:
    """Note that nobody answered: once the last offer stands, twice the agent plays the talk until the person touches it."""
    table = play.tables[park, talk]
    table.missed[table.turn] = table.missed.get(table.turn, 0) + 1
    person = play.at(park, table.turn)
    if table.missed[table.turn] >= 2:
        table.auto.add(table.turn)
        if person is not None:
            seller, buyer, _ = play.parties(park, talk)
            partner = buyer if table.turn == seller else seller
            play.tell(
                person.code,
                now,
                "info",
                say("Your agent goes on with {partner}, until you answer yourself.", partner=partner),
            )
    pass_turn(play, table, now)


@act("more_time")
def more_time(play: Play, who: str, now: int) -> dict[str, Any]:
    """Take 60 s more for the own answers, once a round."""
    in_decide(play)
    person = play.seat(who)
    if person.extra == play.pace.round and not play.settings.get("unlimited"):
        raise InputError([Mistake("more time", "taken", "once a round")])
    person.extra = play.pace.round
    for table in tables_of(play, person):
        if table.turn == person.company:
            table.due += MORE_TIME
    for key in play.calls:
        if any(asked is person for asked, _ in asked_people(play, key)):
            play.calls[key] += MORE_TIME
    play.touch(who)
    return {"until": MORE_TIME}


@act("advice")
def advice(play: Play, who: str, now: int, talk: Any) -> dict[str, Any]:
    """Say what the own agent would do in a talk; it is noted that it was seen."""
    person = play.seat(who)
    table = _table(play, person, talk)
    park = play.parks[person.park]
    said, offer = advise(park, talk, person.company)
    table.advised = True
    if said == "offer":
        offer = safe_offer(park, talk, person.company, offer)
    return {"said": said, "price": offer.price, "share": offer.share, "term": offer.term}


@act("open")
def open_(play: Play, who: str, now: int, opportunity: Any) -> dict[str, Any]:
    """Propose a talk about an opportunity that the own company knows; the proposer speaks first."""
    in_decide(play)
    person = play.seat(who)
    park = play.parks[person.park]
    mine = [table for table in tables_of(play, person) if not table.floor]
    if len(mine) >= 2 * MOST_PROPOSED:
        raise InputError([Mistake("talk", len(mine), f"at most {2 * MOST_PROPOSED} talks at once")])
    number = open_talk(park, opportunity, person.company)
    play.did(person.park, "open", company=person.company, opportunity=opportunity, who=who)
    for key in [key for key, item in play.items.items() if item.terms.get("opportunity") == opportunity]:
        del play.items[key]
    lay_tables(play, now)
    count(play, person)
    seller, buyer, _ = play.parties(person.park, number)
    partner = play.at(person.park, buyer if seller == person.company else seller)
    if partner is not None:
        play.tell(partner.code, now, "info", say("{company} wants to talk with you.", company=person.company))
    play.touch(who)
    return {"talk": number}


@act("end")
def end(play: Play, who: str, now: int, exchange: Any) -> dict[str, Any]:
    """End an exchange of the own company; what it costs is said before."""
    in_decide(play)
    person = play.seat(who)
    park = play.parks[person.park]
    if not isinstance(exchange, int):
        raise InputError([Mistake("exchange", exchange, "the number of an exchange")])
    damages = leave_exchange(park, exchange, person.company)
    record: Any = park.state.exchanges[exchange]
    play.did(person.park, "end", company=person.company, opportunity=int(record.opportunity), who=who)
    other = park.names[int(record.buyer if park.names[int(record.seller)] == person.company else record.seller)]
    partner = play.at(person.park, other)
    if partner is not None:
        play.tell(partner.code, now, "bad", say("{company} ended its contract with you.", company=person.company))
    play.announce(now, say("{company} ended its contract with {partner}", company=person.company, partner=other))
    count(play, person)
    play.touch(who)
    return {"cost": damages}


@act("decline")
def decline(play: Play, who: str, now: int, item: Any) -> None:
    """Put something aside that was proposed."""
    person = play.person(who)
    found = play.items.get(item) if isinstance(item, int) else None
    if found is None or found.who != who:
        raise InputError([Mistake("item", item, "something that waits for you")])
    del play.items[item]
    count(play, person)
    play.touch(who)


def openings(play: Play, person: Person) -> list[Any]:
    """Return what a person's company could open talks about, nothing that is already proposed left out."""
    return may_open(play.parks[person.park], person.company)


def leaving_cost(play: Play, person: Person, exchange: int) -> float:
    """Return what ending an exchange costs [EUR]."""
    return cost_of_leaving(play.parks[person.park], exchange, person.company)


def least_gain(play: Play, person: Person, talk: int) -> float:
    """Return the least gain for which a person's company signs in a talk [EUR/year]."""
    park = play.parks[person.park]
    record = find_talk(park, talk)
    return required_gain(record, side_of(park, record, person.company))
