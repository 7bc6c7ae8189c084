"""Agenda: what a talk is about, with values, aims, reserves and patience of both sides."""

import pytest

from tests.abm.submodels.negotiation.table_of_talks import Table, annuity
from tests.abm.submodels.tables import lever


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
