"""A person in a seat: talks wait, decisions are carried out, wrong input is answered."""

import numpy as np
import pytest

from ecopark.abm.entities.codes import ENDED, NOT_RENEWED, OPERATING, SELLER
from ecopark.abm.input.errors import InputError
from ecopark.abm.interventions.seats import (
    advise,
    check_offer,
    cost_of_leaving,
    decide,
    find_talk,
    leave_exchange,
    own_gain,
    required_gain,
    side_of,
    take_seat,
    talks_of,
    waiting_talks,
)
from ecopark.abm.observation.event_texts import why_ended
from ecopark.abm.observation.tables import events
from ecopark.abm.park import Park

WORDS = {"offer": "counter", "last": "counter", "accept": "accept", "walk_out": "leave"}


def park_with_waiting_talk(scenario, company="Asnaes", seed=1):
    park = Park(scenario, seed)
    take_seat(park, company)
    while not waiting_talks(park, company):
        park.advance(1)
    return park, waiting_talks(park, company)[0]


def test_a_talk_waits_for_the_person(scenario):
    park, number = park_with_waiting_talk(scenario)
    meeting = find_talk(park, number).meeting
    park.advance(1)  # silence beyond its patience ends a talk
    assert find_talk(park, number).meeting == meeting


def test_a_seat_that_follows_its_agent_signs_contracts(scenario):
    park = Park(scenario, 3)
    take_seat(park, "Asnaes")
    for _ in range(360):
        park.advance(1)
        for number in waiting_talks(park, "Asnaes"):
            answer, offer = advise(park, number, "Asnaes")
            if answer == "accept":
                decide(park, number, "Asnaes", "accept")
            elif answer in ("offer", "last"):
                decide(park, number, "Asnaes", "counter", offer.price, offer.share, offer.term)
            else:
                decide(park, number, "Asnaes", "leave")
    signed = park.state.exchanges[: int(park.state.clock.exchanges[0])]
    row = list(park.names).index("Asnaes")
    assert ((signed.seller == row) | (signed.buyer == row)).any()


def test_a_counter_offer_is_on_the_table_next_month(scenario):
    park, number = park_with_waiting_talk(scenario)
    _, offer = advise(park, number, "Asnaes")
    side = side_of(park, find_talk(park, number), "Asnaes")
    dearer = offer.price + (0.01 if side == SELLER else -0.01)  # a whole euro a cubic metre would be an absurd offer
    decide(park, number, "Asnaes", "counter", dearer, offer.share, offer.term)
    park.advance(1)
    talk = find_talk(park, number)
    assert float(talk.price_seller if side == SELLER else talk.price_buyer) == pytest.approx(dearer)


def test_own_gain_rises_with_the_price_for_the_seller_only(scenario):
    park, number = park_with_waiting_talk(scenario)
    side = side_of(park, find_talk(park, number), "Asnaes")
    low, high = (own_gain(park, number, "Asnaes", check_offer(price, 0.5, 10)) for price in (1.0, 2.0))
    assert (high > low) == (side == SELLER)


def test_advice_changes_nothing(scenario):
    park, number = park_with_waiting_talk(scenario)
    before = park.state.talks.tobytes()
    advise(park, number, "Asnaes")
    assert park.state.talks.tobytes() == before


def test_walking_out_ends_the_talk(scenario):
    park, number = park_with_waiting_talk(scenario)
    decide(park, number, "Asnaes", "leave")
    park.advance(1)
    assert number not in talks_of(park, "Asnaes")


@pytest.mark.parametrize(
    ("decision", "terms", "places"),
    [
        ("perhaps", {}, ["decision"]),
        ("counter", {"price": "dear", "share": 2, "term": 0}, ["price", "share", "term"]),
        ("counter", {"price": None, "share": 0.5, "term": 10}, ["price"]),
    ],
)
def test_wrong_decisions_are_refused_all_at_once(scenario, decision, terms, places):
    park, number = park_with_waiting_talk(scenario)
    with pytest.raises(InputError) as error:
        decide(park, number, "Asnaes", decision, **terms)
    assert [mistake.place for mistake in error.value.mistakes] == places


def test_nothing_can_be_accepted_before_an_offer(scenario):
    park, number = park_with_waiting_talk(scenario)
    talk = find_talk(park, number)
    talk.price_seller = talk.price_buyer = float("nan")
    with pytest.raises(InputError, match="an offer first"):
        decide(park, number, "Asnaes", "accept")


def test_who_does_not_speak_next_has_to_wait(scenario):
    park, number = park_with_waiting_talk(scenario)
    talk = find_talk(park, number)
    talk.speaker = 1 - talk.speaker
    with pytest.raises(InputError, match="speaks next"):
        decide(park, number, "Asnaes", "leave")


def test_an_offer_below_what_the_company_requires_is_refused(scenario):
    park, number = park_with_waiting_talk(scenario)
    talk = find_talk(park, number)
    side = side_of(park, talk, "Asnaes")
    ruinous = -1e6 if side == SELLER else 1e6
    with pytest.raises(InputError, match="signs for"):
        decide(park, number, "Asnaes", "counter", ruinous, 0.5, 10)
    assert required_gain(talk, side) > 0


def test_leaving_an_exchange_ends_it_and_pays_the_partner(scenario):
    park = Park(scenario, 1).advance(300)
    used = park.state.exchanges[: int(park.state.clock.exchanges[0])]
    row = int(np.flatnonzero(used.stage == OPERATING)[0])
    seller, buyer = int(used.seller[row]), int(used.buyer[row])
    before = park.state.companies.net.copy()
    cost = cost_of_leaving(park, row, park.names[seller])
    assert leave_exchange(park, row, park.names[seller]) == cost
    ended = park.state.exchanges[row]
    assert (ended.stage, ended.reason) == (ENDED, NOT_RENEWED)
    change = park.state.companies.net - before
    assert change[seller] == pytest.approx(-cost)
    assert change[buyer] == pytest.approx(cost)
    with pytest.raises(InputError, match="not ended"):
        leave_exchange(park, row, park.names[seller])


@pytest.mark.parametrize("side", ["seller", "buyer"])
@pytest.mark.parametrize("penalty", [0.5, 0.0])
def test_an_end_by_a_person_is_told_as_such(scenario, side, penalty):
    park = Park(scenario, 1).advance(300)
    used = park.state.exchanges[: int(park.state.clock.exchanges[0])]
    row = int(np.flatnonzero(used.stage == OPERATING)[0])
    park.state.exchanges.penalty[row] = penalty
    name = park.names[int(used[side][row])]
    leave_exchange(park, row, name)
    told = events(park.advance(1))
    place = next(place for place in np.flatnonzero(told["kind"] == "ended") if told["exchange"][place] == row)
    assert told["reason"][place] == "not_renewed"
    assert told["detail"][place].endswith(f"ends: ended by the person in the seat of {name}")
    assert why_ended(park, row) == f"ended by the person in the seat of {name}"


def test_an_end_by_agents_is_told_with_its_reason(scenario):
    park = Park(scenario, 1).run()
    told = events(park)
    ends = [place for place in np.flatnonzero(told["kind"] == "ended") if told["reason"][place] == "partner_closed"]
    assert ends
    assert all("a partner closed" in told["detail"][place] for place in ends)


def test_a_stranger_cannot_end_an_exchange(scenario):
    park = Park(scenario, 1).advance(300)
    used = park.state.exchanges[: int(park.state.clock.exchanges[0])]
    row = int(np.flatnonzero(used.stage == OPERATING)[0])
    strangers = [name for place, name in enumerate(park.names) if place not in (used.seller[row], used.buyer[row])]
    with pytest.raises(InputError, match="one of the two"):
        leave_exchange(park, row, strangers[0])
