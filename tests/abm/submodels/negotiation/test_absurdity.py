"""Absurd offers: not put on the table; the second one ends the talk."""

import numpy as np
import pytest

from ecopark.abm.entities.codes import ABSURD, BUYER, NO_DEALS, SELLER
from ecopark.abm.interventions.seats import decide, find_talk, take_seat, talks_of
from ecopark.abm.interventions.talks import meet
from ecopark.abm.park import Park
from ecopark.abm.submodels.negotiation.absurdity import count_absurd, is_absurd
from tests import bench_parks


@pytest.fixture
def talk():
    park = Park(bench_parks.pair(), 1)
    while park.state.clock.talks[0] == 0:
        park.advance(1)
    return park


def test_an_offer_is_absurd_where_a_side_would_lose_more_than_the_exchange_is_worth(talk):
    record, p = talk.state.talks[0], talk.state.params[0]
    record.price, record.share, record.term = 1e9, 0.5, record.standard
    assert is_absurd(p, talk.state, record)
    record.price = -1e9
    assert is_absurd(p, talk.state, record)
    record.price = 0.5 * (record.value_buyer - record.value_seller)
    assert not is_absurd(p, talk.state, record)


@pytest.mark.parametrize(("side", "name"), [(SELLER, "seller"), (BUYER, "buyer")])
def test_the_second_of_a_side_is_one_too_many(talk, side, name):
    record = talk.state.talks[0]
    assert not count_absurd(record, side)
    assert record[f"absurd_{name}"] == 1
    assert count_absurd(record, side)


def test_a_person_who_types_1e9_is_not_heard_and_at_the_second_time_the_talk_is_over(talk):
    park, record = talk, talk.state.talks[0]
    seller = park.names[int(record.seller)]
    number = talks_of(park, seller)[0]
    take_seat(park, seller)
    while find_talk(park, number).speaker != SELLER:
        meet(park, number)
    before = float(find_talk(park, number).price_seller)
    decide(park, number, seller, "counter", 1e9, 0.5, float(record.standard))
    assert meet(park, number) == "absurd"
    assert np.array_equal(float(find_talk(park, number).price_seller), before, equal_nan=True)
    assert meet(park, number) in ("offer", "last")
    decide(park, number, seller, "counter", 1e9, 0.5, float(record.standard))
    assert meet(park, number) == "walk_out"
    last = park.state.past_talks[int(park.state.clock.past_talks[0]) - 1]
    assert (int(last.talk), NO_DEALS[int(last.reason)]) == (number, NO_DEALS[ABSURD])
