"""New terms, memberships, permits: asked for by hand or laid on the phone by the floor, journaled, done again to the bit."""

import numpy as np
import pytest

from ecopark.abm.entities.codes import BUILDING, OPERATING, TALK_KINDS
from ecopark.abm.interventions.amendments import fallen_gains
from ecopark.abm.interventions.permits import permit, permits_wanted
from ecopark.experiments.workshop.stores.play.debrief.again import play_without
from ecopark.experiments.workshop.stores.play.digest import digest_of
from ecopark.experiments.workshop.stores.play.registry import Registry
from ecopark.experiments.workshop.stores.play.scores import Scores, social_so_far
from ecopark.experiments.workshop.view_models.faces.phone import phone_view
from ecopark.experiments.workshop.view_models.faces.whitelist import check

from .room import Room

SHORT = {"practice": 10, "predict": 10, "decide": 300, "run": 10, "reveal": 10}


def room_of(people=15, folder=None, kinds=("away",)):
    return Room(folder, people=people, kinds=kinds, **SHORT)


def go_to(room, phase, number):
    while (room.play.pace.phase, room.play.pace.round) != (phase, number):
        assert room.lead("next")["ok"]


def someone_with_a_contract(room):
    """Let everybody's agent trade for some rounds; return a person who is back in a seat with a contract that runs."""
    for number in range(1, 4):
        go_to(room, "decide", number)
        room.pass_time(60_000)
    park = room.play.parks[0]
    table = park.state.exchanges[: int(park.state.clock.exchanges[0])]
    for place in np.flatnonzero((table.stage == OPERATING) & (table.talking == 0)):
        for row in (int(table.seller[place]), int(table.buyer[place])):
            person = room.play.at(0, park.names[row])
            if person is not None:
                return person, int(place)
    raise AssertionError("nobody in a seat has a contract")


@pytest.fixture(scope="module")
def traded(tmp_path_factory):
    room = Room(tmp_path_factory.mktemp("saves"), people=12, **SHORT)
    person, exchange = someone_with_a_contract(room)
    room.kinds = dict.fromkeys(room.kinds, "away")
    return room, person, exchange


def test_who_has_a_contract_asks_for_new_terms_and_speaks_first(traded):
    room, person, exchange = traded
    play, park = room.play, room.play.parks[0]
    contract = park.state.exchanges[exchange]
    pair = park.state.opportunities[int(contract.opportunity)]
    sells = park.names[int(contract.seller)] == person.company
    trust = float(park.state.pairs.trust[int(pair.back if sells else pair.there)])
    stranger = next(
        one
        for one in play.seated()
        if one.company not in (park.names[int(contract.seller)], park.names[int(contract.buyer)])
    )
    assert not room.workshop.do("ask_terms", stranger.code, exchange=exchange)["ok"]
    assert not room.workshop.do("ask_terms", person.code, exchange="x")["ok"]
    shown = next(
        one
        for one in phone_view(play, person, None, Scores(play))["company"]["contracts"]
        if one["exchange"] == exchange
    )
    assert not shown["talking"]
    ack = room.workshop.do("ask_terms", person.code, exchange=exchange)
    assert ack["ok"], ack
    table = play.tables[0, ack["talk"]]
    assert table.turn == person.company
    talk = next(talk for talk in park.state.talks if int(talk.number) == ack["talk"])
    assert TALK_KINDS[int(talk.kind)] == "renegotiation"
    assert float(park.state.pairs.trust[int(pair.back if sells else pair.there)]) < trust
    assert not room.workshop.do("ask_terms", person.code, exchange=exchange)["ok"], "it is talked about already"
    item = next(
        item for item in phone_view(play, person, None, Scores(play))["items"] if item.get("talk") == ack["talk"]
    )
    offer = item["suggested"]
    assert room.workshop.do(
        "answer",
        person.code,
        talk=ack["talk"],
        decision="counter",
        price=offer["price"],
        share=offer["share"],
        term=offer["term"],
    )["ok"]


def test_memberships_cost_their_fee_and_end_with_the_round(traded):
    room, person, _ = traded
    play, park = room.play, room.play.parks[0]
    row = list(park.names).index(person.company)
    rate, cash = float(park.state.companies.outage_start[row]), float(park.state.companies.net[row])
    offered = {one["membership"]: one for one in phone_view(play, person, None, Scores(play))["company"]["memberships"]}
    ack = room.workshop.do("member", person.code, membership="maintenance")
    assert ack["ok"], ack
    assert float(park.state.companies.net[row]) == pytest.approx(cash - offered["maintenance"]["fee"])
    assert float(park.state.companies.outage_start[row]) == pytest.approx(0.5 * rate)
    assert not room.workshop.do("member", person.code, membership="maintenance")["ok"], "once a round"
    assert not room.workshop.do("member", person.code, membership="club")["ok"]
    known = int((park.state.funnel.stage > 0).sum())
    ack = room.workshop.do("member", person.code, membership="platform")
    assert int((park.state.funnel.stage > 0).sum()) - known == ack["found"]
    view = phone_view(play, person, None, Scores(play))
    check("phone", view)
    assert all(one["taken"] for one in view["company"]["memberships"])
    go_to(room, "reveal", play.pace.round)
    assert float(park.state.companies.outage_start[row]) == rate
    assert play.members == {}


def test_all_of_it_comes_back_from_the_journal_and_in_the_debrief(tmp_path):
    room = Room(tmp_path, people=12, **SHORT)
    person, exchange = someone_with_a_contract(room)
    for name, terms in (("ask_terms", {"exchange": exchange}), ("member", {"membership": "maintenance"})):
        ack = room.workshop.do(name, person.code, **terms)
        assert ack["ok"], ack
    go_to(room, "reveal", room.play.pace.round)
    assert {"ask_terms", "member", "leave_pool"} <= {deed["do"] for deed in room.play.course}
    other = Registry(room.registry.scenario, room.registry.source, room.registry.folder, clock=lambda: 0)
    other.restore_all()
    assert other.damaged == []
    twin = other.open_ones[room.workshop.code]
    assert digest_of(twin.play.parks) == digest_of(room.play.parks)
    assert digest_of([play_without(room.play, 0, ()).park]) == digest_of(room.play.parks)
    twin.close()


def test_the_floor_offers_new_terms_and_memberships_when_nothing_else_is_left(monkeypatch):
    room = room_of(8)
    go_to(room, "decide", 1)
    play, floor = room.play, "ecopark.experiments.workshop.stores.play.acts.floor"
    person = play.seated()[0]
    fallen = type("Fallen", (), {"exchange": 3, "partner": "Old Brewery", "signed": 100.0, "now": 10.0})()
    monkeypatch.setattr(f"{floor}._known", lambda play, person: [])
    monkeypatch.setattr(f"{floor}.fallen_gains", lambda park, company: [fallen])
    kinds, seen = [], []
    for _ in range(5):
        kinds.append(room.workshop.do("floor", person.code)["kind"])
        items = phone_view(play, person, None, Scores(play))["items"]
        check("phone", {"items": items})
        seen += [item for item in items if item["kind"] != "offer"]
        assert room.workshop.do("floor", person.code)["kind"] == "none", "something that matters lies there already"
        assert all(item.floor for item in play.items.values() if item.who == person.code)
        assert room.workshop.do("decline", person.code, item=seen[-1]["item"])["ok"]
    assert kinds == ["terms", "membership", "membership", "forecast", "forecast"], "each once a round"
    assert [item["kind"] for item in seen] == kinds
    assert seen[1]["fee"] > 0
    assert len({item["question"] for item in seen[3:]}) == 2


def test_a_forecast_of_the_floor_is_scored_like_a_prediction():
    room = room_of(8)
    go_to(room, "decide", 1)
    play, person = room.play, room.play.seated()[0]
    play.par = dict.fromkeys(play.parks[0].names, 1e15)  # nothing else makes a difference
    assert room.workshop.do("floor", person.code)["kind"] == "forecast"
    item = max(play.items)
    assert not room.workshop.do("forecast", person.code, item=item, value=0.5)["ok"]
    assert not room.workshop.do("forecast", "nobody", item=item, value=1)["ok"]
    assert room.workshop.do("forecast", person.code, item=item, value=1)["ok"]
    assert item not in play.items
    go_to(room, "reveal", 1)
    given, truth = play.predictions[1][person.code], play.truths[1]["people"][person.code]
    assert set(given) == set(truth)
    assert set(truth.values()) <= {0.0, 1.0} | {truth.get("running")}


def test_a_gain_counts_as_fallen_below_nine_tenths(traded):
    room, *_ = traded
    park = room.play.parks[0]
    table = park.state.exchanges[: int(park.state.clock.exchanges[0])]
    place = int(np.flatnonzero((table.stage == OPERATING) & (table.talking == 0))[0])
    buyer = park.names[int(table.buyer[place])]
    kept = float(table.price[place]), float(table.expected_buyer[place])
    park.state.exchanges.expected_buyer[place] = 1.0
    park.state.exchanges.price[place] = kept[0] + 1e6
    fallen = {one.exchange: one for one in fallen_gains(park, buyer)}
    park.state.exchanges.price[place], park.state.exchanges.expected_buyer[place] = kept
    assert fallen[place].now < 0.9 < fallen[place].signed


def test_the_council_grants_one_permit_a_round_and_the_connection_is_there_sooner():
    room = room_of(15)
    play, park = room.play, room.play.parks[0]
    council = next(person for person in play.people.values() if person.role == "council")
    go_to(room, "decide", 3)
    table = park.state.exchanges
    place = int(np.flatnonzero(table.stage[: int(park.state.clock.exchanges[0])] == OPERATING)[0])
    chance = int(table.opportunity[place])
    table.stage[place], table.ready[place] = BUILDING, park.month + 4.0  # a connection that waits for its permit
    park.state.conversions = park.state.conversions.copy()
    park.state.conversions.permit[int(park.state.opportunities.conversion[chance])] = 1
    view = phone_view(play, council, None, Scores(play))
    check("phone", view)
    wanted = next(one for one in view["market"]["permits"] if one["opportunity"] == chance)
    assert 0 < wanted["months"] <= 4
    someone = next(person for person in play.people.values() if person.role == "company")
    assert not room.workshop.do("permit", someone.code, opportunity=chance)["ok"]
    assert not room.workshop.do("permit", council.code, opportunity=-1)["ok"]
    assert room.workshop.do("permit", council.code, opportunity=chance) == {"ok": True, "months": wanted["months"]}
    assert float(table.ready[place]) == park.month + 4.0 - wanted["months"]
    assert not room.workshop.do("permit", council.code, opportunity=chance)["ok"], "one a round"
    assert phone_view(play, council, None, Scores(play))["market"]["granted"]


def test_a_permit_that_was_withdrawn_is_given_back():
    park = room_of(8).play.parks[0]
    stream = int(park.state.opportunities.supply[0])
    park.state.streams.permit[stream] = 0
    wanted = permits_wanted(park)
    assert wanted[0].months == 0
    permit(park, wanted[0].opportunity)
    assert park.state.streams.permit[stream] == 1
    assert permits_wanted(park) == []


def test_the_council_is_measured_by_the_public_account_against_agents_without_levers():
    room = room_of(15)
    play = room.play
    council = next(person for person in play.people.values() if person.role == "council")
    scores = Scores(play, seeds=3)
    assert scores.own(play, council)["score"] is None
    scores.prepare()
    go_to(room, "reveal", 2)
    own = scores.own(play, council)
    assert own["gain"] == pytest.approx(float(social_so_far(play.parks[0])[-1]))
    assert own["par"] == pytest.approx(float(scores.social[-1]))
    done = scores.social[1]
    assert own["score"] == (round(float(np.clip(100 * own["gain"] / done, -100, 300))) if done > 0 else None)
