"""The talks at which people sit: whose turn it is, until when, and what comes of a meeting."""

from __future__ import annotations

from typing import Any

import numpy as np

from ecopark.abm.entities.codes import BUYER, ENDED, EV_AGREED, EV_NO_DEAL, NEW, REASONS, SELLER, SWITCH, TALK_KINDS
from ecopark.abm.interventions.last_bids import named, unanswered
from ecopark.abm.interventions.offers import zone, zone_at
from ecopark.abm.interventions.seats import find_talk, offer_by, own_gain, required_gain, side_of
from ecopark.abm.interventions.talks import meet
from ecopark.abm.observation.event_texts import REASON_WORDS

from .calls import is_held_up, lay_calls
from .people import Person
from .state import AGENT_LEAST, AGENT_MOST, ANSWER_TIME, Play, Table, other_side, say, side_name


def lay_tables(play: Play, now: int) -> None:
    """Bring the tables in line with the talks that are open, in place: new ones are laid, those of ended talks go."""
    alive = set()
    for park in range(len(play.parks)):
        for talk in play.open_talks(park):
            seller, buyer, turn = play.parties(park, talk)
            if play.at(park, seller) or play.at(park, buyer):
                alive.add((park, talk))
                if (park, talk) not in play.tables:
                    about = int(find_talk(play.parks[park], talk).opportunity)
                    play.tables[park, talk] = Table(park, talk, turn, now, opportunity=about)
                    pass_turn(play, play.tables[park, talk], now)
    for key in [key for key in play.tables if key not in alive]:
        _tell_of_loss(play, play.tables.pop(key), now)
    lay_calls(play, now)


def _tell_of_loss(play: Play, table: Table, now: int) -> None:
    """Tell people that a talk is over which nobody at its table ended, in place: another signed, or time ran out."""
    park, state = play.parks[table.park], play.parks[table.park].state
    events = state.events[: int(state.clock.events[0])]
    ends = (events.opportunity == table.opportunity) & ((events.kind == EV_NO_DEAL) | (events.kind == EV_AGREED))
    rows = np.flatnonzero(ends)
    if len(rows) == 0 or events.kind[rows[-1]] == EV_AGREED:
        return
    reason = REASON_WORDS[REASONS[int(events.reason[rows[-1]])]]
    about: Any = state.opportunities[table.opportunity]
    material: Any = park.scenario.tables["materials"][int(state.streams.material[about.supply])]  # type: ignore[index]
    parties = [park.names[int(about.seller)], park.names[int(about.buyer)]]
    for place, company in enumerate(parties):
        person = play.at(table.park, company)
        if person is not None:
            text = say("The talk with {partner} about {material} is over: {reason}",
                       partner=parties[1 - place], material=material.label, reason=reason)  # fmt: skip
            play.tell(person.code, now, "bad", text)


def pass_turn(play: Play, table: Table, now: int) -> None:
    """Set who speaks next at a table and until when, in place."""
    seller, buyer, table.turn = play.parties(table.park, table.talk)
    table.draft, table.undone = None, 0
    table.due = now + (ANSWER_TIME if waits_for_person(play, table) else agent_delay(play, table))
    for company in (seller, buyer):
        person = play.at(table.park, company)
        if person is not None:
            play.touch(person.code)


def waits_for_person(play: Play, table: Table) -> bool:
    """Tell whether the next word at a table is a person's."""
    return play.plays(table.park, table.turn) and table.turn not in table.auto


def agent_delay(play: Play, table: Table) -> int:
    """Return after how many ms an agent answers: 2 to 6 s, drawn by talk and meeting, so that a replay draws it again."""
    meeting = int(find_talk(play.parks[table.park], table.talk).meeting)
    drawn = (play.seed * 1_000_003 + table.talk * 7919 + meeting * 104_729 + table.park) % 2**63
    mixed = (drawn ^ (drawn >> 31)) * 0x7FB5D329728EA185 % 2**64
    return AGENT_LEAST + (mixed >> 17) % (AGENT_MOST - AGENT_LEAST)


def hold_meeting(play: Play, table: Table, now: int, as_agent: bool, **marks: Any) -> str:
    """Let whoever speaks next at a table speak, in place, and tell both sides what came of it; return the answer."""
    park, talk = play.parks[table.park], table.talk
    record = find_talk(park, talk)
    seller, buyer, speaker = play.parties(table.park, talk)
    side = SELLER if speaker == seller else BUYER
    heard = offer_by(record, other_side(side))
    move = _move(play, table, speaker, now, as_agent=as_agent, **marks)
    ends = None if heard is None else zone_at(park, talk, heard.share, heard.term)
    worth = None if heard is None else [own_gain(park, talk, one, heard) for one in (seller, buyer)]
    contracts, about = int(park.state.clock.exchanges[0]), record.copy()
    material = play.material_of(table.park, talk)
    answer = meet(park, talk, as_agent)
    move["act"] = answer
    if answer == "offer":
        _note_offer(park, talk, side, move)
        pass_turn(play, table, now)
    elif answer == "wait":
        table.due = now + ANSWER_TIME
    else:
        exchange = _signed(play, table, contracts, about) if answer == "accept" else -1
        signed = exchange >= 0
        if heard is not None and answer in ("accept", "held"):
            move["act"] = "accept"
            move.update(price=heard.price, share=heard.share, term=heard.term, ends=ends)
            _note_gains(move, worth, side)
        if signed:
            move.update(exchange=exchange, price=float(park.state.exchanges.price[exchange]))
        move["signed"] = signed
        if answer == "held":
            pass_turn(play, table, now)
            lay_tables(play, now)
        else:
            _conclude(play, table, now, (seller, buyer), speaker, answer, signed, worth, material)
    play.history.append(move)
    play.did(table.park, "move", move=move)
    return answer


def _signed(play: Play, table: Table, contracts: int, about: Any) -> int:
    """Return the contract that an acceptance led to, -1 without one: a new one about the same, or the changed one.

    contracts: how many there were before; about: the talk as it was. A rival's contract may have been signed in its place.
    """
    state = play.parks[table.park].state
    if int(about.kind) not in (NEW, SWITCH):
        goes_on = table.talk in play.open_talks(table.park) or state.exchanges.stage[int(about.exchange)] == ENDED
        return -1 if goes_on else int(about.exchange)
    new = np.flatnonzero(state.exchanges.opportunity[contracts : int(state.clock.exchanges[0])] == about.opportunity)
    return contracts + int(new[0]) if len(new) else -1


def note_bid(play: Play, person: Person, talk: int, now: int) -> float:
    """Keep the best price that a person named among the words of its talk, in place; return what it is worth to it."""
    park, table = play.parks[person.park], play.tables[person.park, talk]
    record, offer = find_talk(park, talk), named(park, talk)
    seller, buyer, _ = play.parties(person.park, talk)
    move = _move(play, table, person.company, now, as_agent=False, autopilot=False)
    if offer is None:
        raise ValueError("nothing was named")
    worth = [own_gain(park, talk, one, offer) for one in (seller, buyer)]
    side = side_of(park, record, person.company)
    move.update(
        act="bid",
        signed=False,
        price=offer.price,
        share=offer.share,
        term=offer.term,
        ends=zone_at(park, talk, offer.share, offer.term),
    )
    _note_gains(move, worth, side)
    play.history.append(move)
    return worth[0 if side == SELLER else 1]


def _move(play: Play, table: Table, speaker: str, now: int, **marks: Any) -> dict[str, Any]:
    """Return what is kept of one word in a talk."""
    park, record = play.parks[table.park], find_talk(play.parks[table.park], table.talk)
    side = SELLER if park.names[int(record.seller)] == speaker else BUYER
    open_zone = zone(park, table.talk)
    seller, buyer, _ = play.parties(table.park, table.talk)
    person = play.at(table.park, speaker)
    material = play.material_of(table.park, table.talk)
    return {
        "time": now, "round": play.pace.round, "phase": play.pace.phase, "park": table.park, "talk": table.talk,
        "month": park.month, "kind": TALK_KINDS[int(record.kind)], "material": material.label, "unit": material.unit,
        "quantity": float(record.quantity), "opportunity": int(record.opportunity), "meeting": int(record.meeting), "who": person.code if person else "",
        "company": speaker, "partner": buyer if side == SELLER else seller, "side": side_name(side),
        "own_least": required_gain(record, side), "other_least": required_gain(record, other_side(side)),
        "zone_low": open_zone.low, "zone_high": open_zone.high, "zone_gain": open_zone.gain, "advised": table.advised,
        "floor": table.floor, "undone": table.undone, **marks,
    }  # fmt: skip


def _note_offer(park: Any, talk: int, side: int, move: dict[str, Any]) -> None:
    record = find_talk(park, talk)
    offer = offer_by(record, side)
    if offer is not None:
        move.update(price=offer.price, share=offer.share, term=offer.term)
        move["ends"] = zone_at(park, talk, offer.share, offer.term)
        _note_gains(move, [float(record.gain_seller), float(record.gain_buyer)], side)


def _note_gains(move: dict[str, Any], worth: list[float] | None, side: int) -> None:
    if worth is not None:
        seller, buyer = worth
        own, other = (seller, buyer) if side == SELLER else (buyer, seller)
        move.update(own_gain=own, other_gain=other)


def _conclude(
    play: Play, table: Table, now: int, parties: tuple[str, str], speaker: str, answer: str, signed: bool,
    worth: list[float] | None, material: Any,
) -> None:  # fmt: skip
    """Tell both sides that a talk is over, in place."""
    play.tables.pop((table.park, table.talk), None)
    if signed:
        play.signed_now += 1
        play.announce(
            now,
            say(
                "{seller} and {buyer} signed: {material}", seller=parties[0], buyer=parties[1], material=material.label
            ),
        )
    for place, company in enumerate(parties):
        person = play.at(table.park, company)
        if person is None:
            continue
        partner = parties[1 - place]
        if signed and worth is not None:
            text = say("Signed with {partner}: {material}. You gain {gain} a year. Theirs stays secret until the end.",
                       partner=partner, material=material.label, gain={"money": worth[place]})  # fmt: skip
            play.tell(person.code, now, "good", text)
        elif answer == "accept":
            play.tell(
                person.code,
                now,
                "bad",
                say("The deal with {partner} came to nothing: what it was about is no longer free.", partner=partner),
            )
        elif speaker == company:
            play.tell(person.code, now, "info", say("You ended the talk with {partner}.", partner=partner))
        else:
            play.tell(
                person.code,
                now,
                "bad",
                say("{partner} walked away from the talk about {material}.", partner=partner, material=material.label),
            )
    lay_tables(play, now)


def tables_of(play: Play, person: Person) -> list[Table]:
    """Return the talks of a person's company, those that wait for the person first, the most urgent first."""
    names = play.parks[person.park].names
    mine = []
    for table in play.tables.values():
        if table.park == person.park:
            record = find_talk(play.parks[person.park], table.talk)
            if person.company in (names[int(record.seller)], names[int(record.buyer)]):
                mine.append(table)
    return sorted(mine, key=lambda table: (table.turn != person.company, table.due, table.talk))


def waiting(play: Play, person: Person) -> int:
    """Return how many things wait for a person's decision at present."""
    if play.pace.phase == "predict":
        return int(person.code not in play.predictions.get(play.pace.round, {}))
    if play.pace.phase == "vote":
        return int(play.ballot and person.code not in play.votes)
    if play.pace.phase != "decide":
        return 0
    talks = 0
    if person.role == "company":
        mine = tables_of(play, person)
        talks = len(unanswered(play.parks[person.park], person.company)) + sum(
            table.turn == person.company and table.draft is None and table.turn not in table.auto
            for table in mine
            if not is_held_up(play, table)
        )
    return talks + sum(item.who == person.code for item in play.items.values())
