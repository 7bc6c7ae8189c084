"""Talks: who comes to the table, with what values, aims, reserves and patience."""

import math

import numpy as np
import pytest

from ecopark.abm.entities.codes import BUYER, EV_TALKS, IDENTIFIED, IN_TALKS, SCREENED, SELLER
from ecopark.abm.submodels.negotiation.opening import are_free_to_talk, clear_offers
from tests.abm.submodels.negotiation.table_of_talks import Table, annuity
from tests.abm.submodels.tables import lever, one, params, rows


def test_best_opportunities_come_to_the_table_while_there_is_time():
    room = Table(5, 9, 7, 8)
    assert room.open(values={"screening.talks": 3}) == [1, 3, 2]
    assert room.ways.stage.tolist() == [SCREENED, IN_TALKS, IN_TALKS, IN_TALKS]
    assert room.companies.talks.tolist() == [3, 0, 1, 1, 1]
    assert room.events.kind[: int(room.clock.events)].tolist() == [EV_TALKS] * 3
    assert (room.clock.talks_held, room.talks.number[:3].tolist()) == (3, [0, 1, 2])
    assert room.open(values={"screening.talks": 4}) == [1, 3, 2, 0]


def test_ties_keep_their_order_and_what_is_not_screened_stays_away():
    room = Table(5, 99, 8, 5, -1, stage=[SCREENED, IDENTIFIED, SCREENED, SCREENED, SCREENED])
    assert room.open(values={"screening.talks": 9}) == [2, 0, 3, 4]


def test_only_screened_live_willing_pairs_talk():
    assert Table(5, stage=IDENTIFIED).open() == []
    assert Table(5, allowed=1).open() == []
    mistrusted = Table(5)
    mistrusted.pairs.trust[1] = 0.1
    assert mistrusted.open() == []


def test_planner_decides_who_talks():
    p = params({"governance.mode": "planned"})
    pairs, way = rows("pairs", 2, trust=0.0), one("opportunities", back=1)
    assert not are_free_to_talk(0, p, way, one("notes"), pairs)
    assert are_free_to_talk(0, p, way, one("notes", assigned=700), pairs)
    room = Table(5, assigned=700)
    room.open(values={"governance.mode": "planned"})
    assert (room.talks.planned[0], room.talks.reserve_seller[0], room.talks.reserve_buyer[0]) == (1, 0, 0)
    assert room.talks.quantity[0] == 700  # what the planner wants to flow


def test_a_talk_holds_what_both_sides_know_and_want():
    room = Table(5)
    room.open(levers=lever(capital_grant=0.2))
    talk = room.talks[0]
    assert talk.quantity == pytest.approx(1200)
    assert (talk.capital, talk.grant) == (pytest.approx(0.8 * 46_000), pytest.approx(0.2 * 46_000))
    assert (talk.value_seller, talk.value_buyer) == (pytest.approx(32), pytest.approx(0.8 * 33 - 5))
    assert (talk.running_seller, talk.running_buyer) == (1000, 1000)
    assert (talk.arranging, talk.scale) == (30_000, pytest.approx(34 + 0.8 * 33))
    whole = 1200 * (32 + 0.8 * 33 - 5) - annuity(0.1, 3) * (0.8 * 46_000 + 60_000) - 2000
    assert (talk.aim_seller, talk.aim_buyer) == (pytest.approx(whole), pytest.approx(whole))
    assert (talk.reserve_seller, talk.reserve_buyer) == (0, 0)
    assert (talk.deadline_seller, talk.exponent_seller) == (18, 2)
    assert (talk.terms, talk.splits) == (3, 5)


def test_without_capital_there_is_nothing_to_split():
    room = Table(5, capital_fixed=0, capital_flow=0)
    room.open()
    assert room.talks.splits[0] == 1
    fixed = Table(5)
    fixed.open(values={"negotiation.terms": False, "negotiation.splits": 3})
    assert (fixed.talks.terms[0], fixed.talks.splits[0]) == (1, 3)


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
