"""Preferences: risks, required gains, guesses, patience, concession and openness of both sides of a talk."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecopark.abm.entities.codes import BUYER, NEW, RENEWAL, SELLER
from ecopark.abm.park import Park
from ecopark.abm.submodels.negotiation.preferences import (
    concession_exponent,
    deadline_of,
    expected_failure,
    expected_hold_up,
    midway,
    openness,
    reference_gain,
    reserve,
)
from ecopark.abm.submodels.negotiation.utility import annuity, gain_of
from tests import bench_parks
from tests.abm.submodels.tables import lever, one, params


def test_a_stranger_is_expected_to_fail_by_trust_a_partner_by_what_it_did():
    p = params({"contract.interruption": 0.05, "contract.prior": 12})
    assert expected_failure(p, one("pairs", trust=0.5)) == pytest.approx(0.025)
    assert expected_failure(p, one("pairs", trust=1.0)) == 0
    # A year in which a quarter of what was due was missing weighs as much as the prior.
    assert expected_failure(p, one("pairs", trust=0.5, experience=12, missed=3)) == pytest.approx((0.3 + 3) / 24)


def test_investor_expects_hold_up_without_law_and_trust():
    p = params({"investment.hold_up": 0.1, "investment.demand": 0.5, "investment.enforcement": 0.6})
    assert expected_hold_up(p, lever(), 0.2, 0.5) == pytest.approx(0.1 * 0.5 * 0.8 * 0.4 * 0.5)
    assert expected_hold_up(p, lever(), 1.0, 0.5) == 0
    assert expected_hold_up(p, lever(enforcement=0.4), 0.0, 0.5) == 0


@given(st.floats(0, 1), st.floats(0, 1))
def test_willing_companies_concede_sooner_wait_longer_and_are_more_often_open(less, more):
    less, more = min(less, more), max(less, more)
    p, talk = params(), one("talks", kind=NEW)
    assert 0.2 <= concession_exponent(p, less) <= concession_exponent(p, more) <= 2 * (1 + 1e-12)
    assert 6 <= deadline_of(p, talk, less) <= deadline_of(p, talk, more) <= 18
    assert 0 <= openness(p, one("pairs"), less) <= openness(p, one("pairs"), more) <= 1
    assert openness(p, one("pairs", failed=1), more) == 0


def test_concession_runs_from_boulware_to_conceder_on_a_log_scale():
    p = params({"negotiation.exponent_low": 0.2, "negotiation.exponent_high": 2})
    assert [concession_exponent(p, will) for will in (0.0, 0.5, 1.0)] == pytest.approx([0.2, math.sqrt(0.4), 2])
    assert [deadline_of(p, one("talks", kind=NEW), will) for will in (0.0, 0.5, 1.0)] == [6, 12, 18]
    assert deadline_of(p, one("talks", kind=RENEWAL), 1.0) == 9


def test_least_gain_is_what_is_required_or_what_is_elsewhere():
    talk = one(
        "talks", required_seller=5, outside_seller=9, required_buyer=7, outside_buyer=2, aim_seller=4, aim_buyer=50
    )
    reserve(talk)
    assert (talk.reserve_seller, talk.reserve_buyer, talk.aim_seller, talk.aim_buyer) == (9, 7, 9, 50)


def open_talk(values=None):
    """Return a park of two with its one talk at the end of the month in which it opened."""
    park = Park(bench_parks.pair(values), 1)
    while park.state.clock.talks[0] == 0:
        park.advance(1)
    return park, park.state.talks[0]


def test_a_talk_holds_what_both_sides_know_and_want():
    """A tonne is worth 24.5 and 8; both guess the whole right, with arranging over three years and monitoring."""
    _, talk = open_talk({"contract.interruption": 0})
    assert talk.quantity == pytest.approx(90_000)
    assert (talk.value_seller, talk.value_buyer, talk.scale) == pytest.approx((24.5, 8.0, 35.0))
    assert (talk.required_seller, talk.required_buyer) == (0, 0)
    usual = 30_000 * annuity(0.08, 5)  # arranging, over the limit that is usual for the type
    for side, limit, aim in ((SELLER, talk.limit_seller, talk.aim_seller), (BUYER, talk.limit_buyer, talk.aim_buyer)):
        own = 30_000 * annuity(0.08, min(6.0, limit))
        assert aim == pytest.approx(90_000 * 32.5 - 6_000 - own - usual), side


def test_expected_damages_are_at_the_price_midway():
    park, talk = open_talk({"contract.interruption": 0.1})
    p, s = park.state.params[0], park.state
    even = 0.5 * (8 - 24.5)
    talk.price_seller, talk.price_buyer = 2.0, -4.0
    assert midway(s.levers[0], s, s.opportunities[0], talk) == pytest.approx(-1.0)
    talk.price_buyer = math.nan
    assert midway(s.levers[0], s, s.opportunities[0], talk) == pytest.approx(even)
    trust = s.pairs.trust[s.opportunities.back[0]]
    owed = 0.1 * (1 - trust) * min(35.0, 8 - even + 0.5 * 10) * 90_000
    assert talk.running_seller == pytest.approx(p.contract_monitoring_cost + owed, rel=0.05)


def test_the_reference_is_what_the_type_is_known_for():
    park, talk = open_talk()
    s, p = park.state, park.state.params[0]
    assert reference_gain(p, s, talk, BUYER, 0.5, 3.0) == pytest.approx(
        gain_of(talk, BUYER, 0.0, 0.5, 3.0) + talk.running_buyer - p.contract_monitoring_cost, rel=0.01
    )
    talk.capital, talk.wacc_buyer = 1e6, 0.3
    known = reference_gain(p, s, talk, BUYER, 0.5, 3.0)
    talk.wacc_buyer = 0.01
    assert reference_gain(p, s, talk, BUYER, 0.5, 3.0) == pytest.approx(known)
