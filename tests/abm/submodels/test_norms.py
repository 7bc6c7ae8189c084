"""Attitude, norms and willingness; each can fall as well as rise."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecopark.abm.entities.codes import CLOSED, ENDED, OPEN, OPERATING
from ecopark.abm.submodels.norms import (
    book_experience,
    copy_styles,
    disappoint,
    form_norms,
    learn_attitudes,
    willingness,
)
from tests.abm.submodels.tables import lever, one, params, rows, state, table

SHARES = st.floats(0, 1)


def acquaintances(*others):
    """Return a company 0 with contacts 1, 2, ... and trust in each of them."""
    companies = rows("companies", len(others) + 1, status=OPEN)
    companies.contact_count[0] = len(others)
    pairs = table("pairs", *({"other": place + 1, "trust": trust} for place, trust in enumerate(others)))
    contacts = table("contacts", *({"other": place + 1, "pair": place} for place in range(len(others))))
    return companies, pairs, contacts


def test_norm_is_the_share_of_trusted_contacts_that_exchange():
    companies, pairs, contacts = acquaintances(0.9, 0.3, 0.6)
    companies.sells[1], companies.buys[2] = 2, 1
    form_norms(state(companies=companies, pairs=pairs, contacts=contacts))
    assert companies.norm[0] == pytest.approx(1.2 / 1.8)
    companies.status[2] = CLOSED
    form_norms(state(companies=companies, pairs=pairs, contacts=contacts))
    assert companies.norm[0] == pytest.approx(0.9 / 1.5)
    assert companies.norm[1] == 0


def test_experience_follows_the_number_of_exchanges_over_about_ten_years():
    companies = table("companies", {"sells": 2, "buys": 1}, {"had": 4})
    exchanges = rows("exchanges", 0)
    for month in range(1, 241):
        book_experience(one("clock"), state(companies=companies, exchanges=exchanges))
        assert companies.had[0] == pytest.approx(3 * (1 - (119 / 120) ** month))
    assert companies.had[1] == pytest.approx(4 * (119 / 120) ** 240)


def test_gains_of_operating_exchanges_are_booked_on_both_sides():
    companies = rows("companies", 2)
    terms = {"buyer": 1, "gain_seller_now": 7, "gain_buyer_now": -2, "expected_seller": 120, "expected_buyer": 60}
    exchanges = table("exchanges", {"stage": OPERATING, **terms}, {"stage": ENDED, **terms})
    book_experience(one("clock", exchanges=2), state(companies=companies, exchanges=exchanges))
    assert companies.realised.tolist() == [7, -2]
    assert companies.expected.tolist() == [10, 5]


@pytest.mark.parametrize(
    ("realised", "expected", "target"), [(50, 100, 0.5), (300, 100, 1), (-50, 100, 0), (0, 0, 0.3), (-9, 0, 0.3)]
)
def test_attitude_learns_from_what_was_realised_of_what_was_expected(realised, expected, target):
    companies = table("companies", {"attitude": 0.6, "attitude_start": 0.3, "realised": realised, "expected": expected})
    learn_attitudes(10, params({"behaviour.learning": 0.2}), companies)
    assert companies.attitude[0] == 0.6
    learn_attitudes(11, params({"behaviour.learning": 0.2}), companies)
    assert companies.attitude[0] == pytest.approx(0.6 + 0.2 * (target - 0.6))
    assert (companies.realised[0], companies.expected[0]) == (0, 0)


def test_disappointment_takes_a_share_of_attitude():
    company = one("companies", attitude=0.5)
    disappoint(params({"behaviour.disappointment": 0.02}), company)
    assert company.attitude == pytest.approx(0.49)


def styles(values):
    companies, _, contacts = acquaintances(0.5, 0.5)
    companies.fair = [1, 0, 1]
    companies.year_result = [10, 30, 20]
    companies.year_alone = [5, 5, 5]
    p = params({"negotiation.protocol": "fair_sharing", "behaviour.learning": 1, **values})
    copy_styles(11, p, state(companies=companies, contacts=contacts))
    return companies


def test_companies_copy_how_their_best_off_contact_shares():
    assert styles({}).fair.tolist() == [0, 0, 1]
    assert styles({"behaviour.learning": 0}).fair.tolist() == [1, 0, 1]
    assert styles({"negotiation.protocol": "alternating_offers"}).fair.tolist() == [1, 0, 1]


def test_nobody_copies_the_worse_off_or_the_closed():
    companies, _, contacts = acquaintances(0.5, 0.5)
    companies.fair = [1, 0, 0]
    companies.year_result = [10, 30, 5]
    companies.status[1] = CLOSED
    p = params({"negotiation.protocol": "fair_sharing", "behaviour.learning": 1})
    copy_styles(11, p, state(companies=companies, contacts=contacts))
    assert companies.fair[0] == 1


def will(values=None, levers=None, own_payback=1.0, distance=0.0, **columns):
    company = one("companies", **{"attitude": 0.5, "norm": 0.4, "payback": 2, "had": 0, **columns})
    return willingness(params(values), levers or lever(), company, own_payback, distance)


def test_willingness_weighs_attitude_norm_and_control():
    control = 0.5 * 2 / 5 + 0.3 * (1 - math.exp(-1.5)) + 0.2 * math.exp(-10 / 20)
    expected = 0.4 * 0.5 + 0.25 * 0.4 + 0.35 * control
    assert will(own_payback=5.0, distance=10.0, had=3) == pytest.approx(expected)
    weights = {"behaviour.weight_attitude": 0, "behaviour.weight_norm": 0}
    assert will(weights, own_payback=5.0, distance=10.0, had=3) == pytest.approx(control)


def test_willingness_rises_and_falls_with_each_of_its_grounds():
    base = will(own_payback=4.0, distance=10.0, had=1)
    assert will(own_payback=4.0, distance=10.0, had=1, attitude=0.6) > base
    assert will(own_payback=4.0, distance=10.0, had=1, norm=0.1) < base
    assert will(own_payback=8.0, distance=10.0, had=1) < base
    assert will(own_payback=4.0, distance=30.0, had=1) < base
    assert will(own_payback=4.0, distance=10.0, had=4) > base
    assert will(own_payback=4.0, distance=10.0, had=1, payback=3) > base
    assert will(own_payback=1.0) == will(own_payback=2.0)


def test_willingness_has_an_off_switch_and_vision_closes_part_of_the_gap():
    assert will({"behaviour.planned_behaviour": False}, attitude=0) == 1
    plain = will()
    assert will(levers=lever(vision=0.3)) == pytest.approx(plain + 0.3 * (1 - plain))
    assert will(levers=lever(vision=1.0)) == pytest.approx(1)


@given(SHARES, SHARES, st.floats(0, 50), st.floats(0, 1e9), st.floats(0, 500), SHARES)
def test_willingness_is_a_share(attitude, norm, had, own_payback, distance, vision):
    value = will(None, lever(vision=vision), own_payback, distance, attitude=attitude, norm=norm, had=had)
    assert 0 <= value <= 1
