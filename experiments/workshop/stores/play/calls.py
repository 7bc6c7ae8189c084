"""Calls for last bids: an acceptance that would crowd out somebody is held for 45 s, and who may top it is asked for one price.

One that two agents come to while months run is held until people decide again.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from ecopark.abm.entities.codes import BUYER, HELD, NAMED, NOT_ASKED, SELLER, TALK_KINDS
from ecopark.abm.input.errors import InputError
from ecopark.abm.interventions.last_bids import asked_in, close_call, held_talks, unanswered
from ecopark.abm.interventions.seats import decide, find_talk
from ecopark.abm.submodels.negotiation.utility import gain_of

from .people import Person
from .state import CALL_TIME, Play, Table, say, side_name


def is_held_up(play: Play, table: Table) -> bool:
    """Tell whether nobody speaks at a table because an acceptance is held: its own, or one that would crowd it out."""
    record = find_talk(play.parks[table.park], table.talk)
    return bool(record.held == HELD or record.bid != NOT_ASKED)


def call_until(play: Play, table: Table) -> int:
    """Return until when a table waits for a call [ms]: the first one that it has to do with."""
    mine = [due for (park, talk), due in play.calls.items() if park == table.park and _concerns(play, table, talk)]
    return min(mine, default=table.due)


def _concerns(play: Play, table: Table, talk: int) -> bool:
    return talk == table.talk or table.talk in asked_in(play.parks[table.park], talk)


def lay_calls(play: Play, now: int) -> None:
    """Bring the calls in line with the acceptances that are held, in place; who is asked in a new one is told."""
    alive = [(park, talk) for park, here in enumerate(play.parks) for talk in held_talks(here)]
    for key in [key for key in play.calls if key not in alive]:
        del play.calls[key]
    for key in alive:
        if key not in play.calls:
            play.calls[key] = now + CALL_TIME
            _tell_asked(play, key, now)


def asked_people(play: Play, key: tuple[int, int]) -> list[tuple[Person, int]]:
    """Return (person, own talk) of everybody who has not yet answered in a call."""
    park, talk = key
    rivals = asked_in(play.parks[park], talk)
    people = [person for person in play.seated() if person.park == park and person.seated]
    return [(person, own) for person in people for own in unanswered(play.parks[park], person.company) if own in rivals]


def _tell_asked(play: Play, key: tuple[int, int], now: int) -> None:
    for person, own in asked_people(play, key):
        _take_back(play, key[0], own)
        seller, buyer, _ = play.parties(key[0], own)
        partner, material = buyer if seller == person.company else seller, play.material_of(key[0], own).label
        text = (
            say("Others may top what you accepted for {material}. You may name your best price.", material=material)
            if own == key[1]
            else say("{partner} is about to sign with another for {material}. You may name your best price.", partner=partner, material=material)
        )  # fmt: skip
        play.tell(person.code, now, "info", text)


def _take_back(play: Play, park: int, talk: int) -> None:
    """Take back an offer that is not yet delivered, in place."""
    table = play.tables.get((park, talk))
    if table is None or table.draft is None:
        return
    company, table.draft = play.people[table.draft["who"]].company, None
    record = find_talk(play.parks[park], talk)
    about = {"opportunity": int(record.opportunity), "kind": TALK_KINDS[int(record.kind)]}
    with suppress(InputError):
        decide(play.parks[park], talk, company, "wait")
        play.did(park, "say", company=company, **about, decision=("wait", None, None, None))


def end_call(play: Play, key: tuple[int, int], now: int) -> list[int]:
    """Award what a call was about to the best price, in place; return the talks that were about it.

    Whoever signed is told, and who named a price that was not the best. Tables are left as they were.
    """
    park, talk = key
    here, about = play.parks[park], find_talk(play.parks[park], talk)
    rivals = list(dict.fromkeys([talk, *asked_in(here, talk), *_same_stream(here, about)]))
    before = {int(record.opportunity): record.copy() for record in (find_talk(here, number) for number in rivals)}
    labels = {number: play.material_of(park, number).label for number in rivals}
    contracts = int(here.state.clock.exchanges[0])
    play.did(park, "close call", opportunity=int(about.opportunity), kind=TALK_KINDS[int(about.kind)])
    close_call(here, talk)
    play.calls.pop(key, None)
    signed = set()
    for row in range(contracts, int(here.state.clock.exchanges[0])):
        record = before.get(int(here.state.exchanges.opportunity[row]))
        if record is not None:
            signed.add(int(record.number))
            _note_signature(play, park, record, row, labels[int(record.number)], now)
    for record in before.values():
        if record.bid == NAMED and int(record.number) not in signed:
            _tell_topped(play, park, record, labels[int(record.number)], now)
    return rivals


def end_calls(play: Play, park: int, now: int) -> None:
    """Award what all calls in a park are about, in place: nobody is waited for any longer."""
    for talk in held_talks(play.parks[park]):
        if talk in held_talks(play.parks[park]):  # unless the award before has settled it
            end_call(play, (park, talk), now)
    play.did(park, "end calls")


def _same_stream(here: Any, about: Any) -> list[int]:
    talks = here.state.talks[: int(here.state.clock.talks[0])]
    return [int(one.number) for one in talks if one.supply == about.supply or one.demand == about.demand]


def _note_signature(play: Play, park: int, record: Any, row: int, material: str, now: int) -> None:
    """Tell everybody of a contract that came of a call, and both sides what they gain; keep it with the words of its talk."""
    here = play.parks[park]
    contract: Any = here.state.exchanges[row]
    terms = (float(contract.price), float(contract.share), float(contract.term))
    parties = [here.names[int(contract.seller)], here.names[int(contract.buyer)]]
    play.signed_now += 1
    play.announce(
        now, say("{seller} and {buyer} signed: {material}", seller=parties[0], buyer=parties[1], material=material)
    )
    gains = [float(gain_of(record, side, *terms)) for side in (SELLER, BUYER)]
    for side, company in enumerate(parties):
        person = play.at(park, company)
        if person is not None:
            text = say("Signed with {partner}: {material}. You gain {gain} a year. Theirs stays secret until the end.",
                       partner=parties[1 - side], material=material, gain={"money": gains[side]})  # fmt: skip
            play.tell(person.code, now, "good", text)
    said = [move for move in play.history if move["park"] == park and move["talk"] == int(record.number)]
    if not said:
        return
    last = said[-1]
    if last["act"] not in ("accept", "bid"):  # an agent has topped
        side = BUYER if record.bidder == BUYER else SELLER
        last = {
            **last,
            "time": now,
            "act": "bid",
            "who": "",
            "company": parties[side],
            "partner": parties[1 - side],
            "side": side_name(side),
        }
        play.history.append(last)
    own = SELLER if last["side"] == "seller" else BUYER
    last.update(
        signed=True,
        exchange=row,
        price=terms[0],
        share=terms[1],
        term=terms[2],
        own_gain=gains[own],
        other_gain=gains[1 - own],
    )


def _tell_topped(play: Play, park: int, record: Any, material: str, now: int) -> None:
    names = play.parks[park].names
    company = names[int(record.seller if record.bidder == SELLER else record.buyer)]
    person = play.at(park, company)
    if person is not None:
        play.tell(person.code, now, "bad", say("Your best price for {material} was not the best.", material=material))
