"""Calls for last bids in a workshop: held for 45 s, a card for who would be crowded out, and all of it comes back to the bit."""

import numbers

import pytest

from ecopark.abm.entities.codes import ASKED, HELD
from ecopark.abm.interventions.last_bids import asked_in, calls_of
from ecopark.abm.interventions.seats import find_talk
from ecopark.experiments.workshop.stores.play.calls import asked_people
from ecopark.experiments.workshop.stores.play.debrief.again import play_without
from ecopark.experiments.workshop.stores.play.digest import digest_of
from ecopark.experiments.workshop.stores.play.registry import Registry
from ecopark.experiments.workshop.stores.play.state import CALL_TIME
from ecopark.experiments.workshop.stores.play.tables import waiting
from ecopark.experiments.workshop.view_models.faces.items import items_of
from ecopark.experiments.workshop.view_models.faces.whitelist import ITEM, _check

from .room import Room, answer

LONG = {"practice": 10, "predict": 10, "decide": 600, "run": 10, "reveal": 10}


@pytest.fixture
def called(tmp_path):
    """Return (room, key of the call): people at twelve seats talk until an acceptance of theirs is held."""
    room = Room(tmp_path, kinds=("still",), values={"negotiation.heard": 1}, **LONG)
    while room.play.pace.phase != "decide":
        assert room.lead("next")["ok"]
    for _ in range(300):
        room.pass_time(1000)
        for code in room.codes:
            if room.play.calls:  # before anybody answers in it
                return room, next(iter(room.play.calls))
            answer(room.workshop, code)
    raise AssertionError("no acceptance was held")


def cards(room):
    """Return (person, card) of everybody who has a card."""
    play = room.play
    return [(one, item) for one in play.seated() for item in items_of(play, one) if item["kind"] == "call"]


def flat(value):
    if isinstance(value, dict):
        return [number for one in value.values() for number in flat(one)]
    if isinstance(value, list | tuple):
        return [number for one in value for number in flat(one)]
    return [float(value)] if isinstance(value, numbers.Real) and not isinstance(value, bool) else []


def test_who_is_asked_has_a_card_for_45_seconds_that_tells_nothing_of_the_others(called):
    room, key = called
    play, park = room.play, room.play.parks[0]
    assert play.calls[key] - room.ms <= CALL_TIME
    shown = cards(room)
    assert (
        {(one.code, item["talk"]) for one, item in shown}
        == {(one.code, own) for one, own in asked_people(play, key)}
        != set()
    )
    for person, item in shown:
        _check(item, ITEM, "item")
        assert waiting(play, person) >= 1
        assert item["suggested"]["enough"]
        own = item["sells"]
        secret = []
        for number in {key[1], *asked_in(park, key[1])}:
            talk = find_talk(park, number)
            sides = ("seller", "buyer") if number != item["talk"] else (("buyer",) if own else ("seller",))
            secret += [
                float(talk[f"{what}_{side}"]) for side in sides for what in ("gain", "reserve", "aim", "outside")
            ]
            secret += (
                [] if number == item["talk"] else [float(talk.price), float(talk.price_seller), float(talk.price_buyer)]
            )
        told = {round(value, 3) for value in flat(item)}
        mine = {round(float(find_talk(park, item["talk"])[f"reserve_{'seller' if own else 'buyer'}"]), 3), 0.0}
        mine |= {round(item["theirs"]["price"], 3)} if item["own"] else set()  # what the person itself accepted
        assert told & ({round(value, 3) for value in secret} - mine) == set(), (key, item)


def test_nobody_answers_and_it_goes_on_without_a_bid(called):
    room, key = called
    play, park = room.play, room.play.parks[0]
    people = [one.code for one, _ in cards(room)]
    talk, month = find_talk(park, key[1]).copy(), park.month
    before = int(park.state.clock.exchanges[0])
    refused = room.workshop.do("answer", people[0], talk=cards(room)[0][1]["talk"], decision="leave")
    assert not refused["ok"], "while a call is on there is one best price, or nothing"
    due = play.calls[key]
    room.pass_time(due - room.ms - 100)
    assert key in play.calls
    room.pass_time(300)
    assert key not in play.calls
    assert park.month == month
    assert cards(room) == [] == calls_of(park, play.people[people[0]].company)
    new = park.state.exchanges[before : int(park.state.clock.exchanges[0])]
    new = new[
        (new.supply == talk.supply) | (new.demand == talk.demand)
    ]  # others sign meanwhile what has nothing to do with it
    assert len(new) == 1, "what was accepted, or a rival of an agent in its place"
    if int(new.opportunity[0]) == int(talk.opportunity):
        assert float(new.price[0]) == float(talk.price)
    assert not any(move["act"] == "bid" and move["who"] in people for move in play.history)


def test_who_bids_is_told_and_all_of_it_comes_back(called):
    room, key = called
    play, park = room.play, room.play.parks[0]
    before = int(park.state.clock.exchanges[0])
    named = {}
    for person, item in cards(room):
        limit = item["suggested"]
        wrong = room.workshop.do("bid", person.code, talk=item["talk"], price="much", share=0.5, term=5)
        assert not wrong["ok"]
        said = room.workshop.do(
            "bid", person.code, talk=item["talk"], price=limit["price"], share=limit["share"], term=limit["term"]
        )
        assert said["ok"]
        assert said["gain"] == pytest.approx(limit["gain"])
        named[person.company] = limit["price"]
    room.pass_time(300)
    assert key not in play.calls, "everybody has answered: it is over at once"
    new = park.state.exchanges[before]
    seller, buyer = park.names[int(new.seller)], park.names[int(new.buyer)]
    winner = next((one for one in (seller, buyer) if one in named), "")
    if winner:
        better = float(new.price) - named[winner]
        assert better >= -1e-9 if winner == seller else better <= 1e-9, "never worse than what was named"
        text = [line["text"] for line in play.at(0, winner).news if line["text"][0].startswith("Signed with")]
        assert text
        assert any(move["act"] == "bid" and move["signed"] for move in play.history)
    room.pass_time(2000)
    digest = digest_of(play.parks)
    assert digest_of([play_without(play, 0, ()).park]) == digest
    other = Registry(room.registry.scenario, room.registry.source, room.registry.folder, clock=lambda: 0)
    other.restore_all()
    assert other.damaged == []
    assert digest_of(other.open_ones[room.workshop.code].play.parks) == digest
    assert other.open_ones[room.workshop.code].play.history == play.history
    assert room.lead("next")["ok"]


def held_in_a_run(folder):
    """Return (room, calls, months run when the first was held): an acceptance between agents is held while months run."""
    room = Room(folder, kinds=("quick",), minutes=60, seed=5, values={"negotiation.heard": 1}, **{**LONG, "decide": 60})
    play, first = room.play, None
    while play.pace.phase != "debrief":
        if play.pace.phase in ("decide", "run"):
            room.pass_time(100)
        else:
            assert room.lead("next")["ok"]
        if play.pace.phase == "run" and play.calls and first is None:
            first = play.months_run
        if play.pace.phase == "decide" and first is not None:
            room.kinds = dict.fromkeys(room.kinds, "still")
            return room, dict(play.calls), first
    raise AssertionError("no acceptance was held")


def test_an_agents_deal_in_a_run_waits_for_the_rival_in_a_seat_until_people_decide(tmp_path):
    room, held, month = held_in_a_run(tmp_path)
    play, park = room.play, room.play.parks[0]
    assert month < 24, "it was held for more than a month"
    assert set(held.values()) == {room.ms + CALL_TIME}
    seats = {one.company for one in play.seated()}
    names = [{park.names[int(find_talk(park, talk)[side])] for side in ("seller", "buyer")} for _, talk in held]
    assert any(not pair & seats for pair in names), "between two agents"
    shown = cards(room)
    assert shown
    person, item = shown[0]
    limit = item["suggested"]
    assert room.workshop.do(
        "bid", person.code, talk=item["talk"], price=limit["price"], share=limit["share"], term=limit["term"]
    )["ok"]
    room.pass_time(CALL_TIME + 200)
    assert not set(held) & set(play.calls)
    while play.pace.phase != "debrief":
        assert room.lead("next")["ok"]
    assert not any(one.bid >= ASKED or one.held == HELD for one in open_talks(park)), (
        "nobody is waited for in the last round"
    )
    digest = digest_of(play.parks)
    assert digest_of([play_without(play, 0, ()).park]) == digest
    other = Registry(room.registry.scenario, room.registry.source, room.registry.folder, clock=lambda: 0)
    other.restore_all()
    assert digest_of(other.open_ones[room.workshop.code].play.parks) == digest
    again = play_without(play, 0, [person.company])
    assert not any(one.held == HELD for one in open_talks(again.park))


def open_talks(park):
    return park.state.talks[: int(park.state.clock.talks[0])]
