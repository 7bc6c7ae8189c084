"""Opening: who comes to the table, and who speaks first."""

import math

import numpy as np
import pytest

from ecopark.abm.entities.codes import BUYER, EV_TALKS, IN_TALKS, SCREENED, SELLER
from ecopark.abm.submodels.negotiation.opening import clear_offers
from tests.abm.submodels.negotiation.table_of_talks import PLAIN, Table
from tests.abm.submodels.tables import one, params


def test_best_opportunities_come_to_the_table_while_there_is_time():
    room = Table(5, 9, 7, 8)
    hours = params(PLAIN).negotiation_hours * params(PLAIN).negotiation_meetings
    room.companies.hours[0] = 3 * hours
    assert room.open() == [1, 3, 2]
    assert room.ways.stage.tolist() == [SCREENED, IN_TALKS, IN_TALKS, IN_TALKS]
    assert room.companies.talks.tolist() == [3, 0, 1, 1, 1]
    assert room.events.kind[: int(room.clock.events)].tolist() == [EV_TALKS] * 3
    assert (room.clock.talks_held, room.talks.number[:3].tolist()) == (3, [0, 1, 2])
    room.companies.hours[0] = hours
    assert room.open() == [1, 3, 2, 0]


def test_either_side_speaks_first_with_even_odds():
    first = []
    for month in range(400):
        room = Table(5)
        room.open(month)
        first.append(int(room.talks.speaker[0]))
    assert set(first) == {SELLER, BUYER}
    assert np.mean(first) == pytest.approx(0.5, abs=0.1)


def test_offers_are_forgotten():
    talk = one("talks", price_seller=4, price_buyer=3, price=2, share=0.1, term=9, standard=5, gain_seller=1)
    clear_offers(talk)
    assert all(math.isnan(talk[name]) for name in ("price_seller", "price_buyer", "price", "gain_seller", "gain_buyer"))
    assert (talk.share, talk.term, talk.share_seller, talk.term_buyer) == (0.5, 5, 0.5, 5)
