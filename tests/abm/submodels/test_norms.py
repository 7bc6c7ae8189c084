"""Attitude, norms and willingness; each can fall as well as rise."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecopark.abm.entities.codes import CLOSED, ENDED, OPEN, OPERATING
from ecopark.abm.submodels.norms import (
    book_experience,
    copy_styles,
    disappoint,
    form_norms,
    is_willing,
    learn_attitudes,
    willingness,
)
from tests.abm.submodels.tables import one, params, rows, state, table

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


def will(values=None, **columns):
    return willingness(params(values), one("companies", **{"attitude": 0.5, "norm": 0.4, **columns}))


def test_willingness_weighs_attitude_and_norm():
    assert will({"behaviour.weight_norm": 0.3}) == pytest.approx(0.7 * 0.5 + 0.3 * 0.4)
    assert will({"behaviour.weight_norm": 0}) == 0.5
    assert will({"behaviour.weight_norm": 1}) == 0.4


@pytest.mark.parametrize(("threshold", "willing"), [(0.46, True), (0.48, False), (-0.1, True), (1.2, False)])
def test_a_company_is_willing_from_its_own_threshold_on(threshold, willing):
    company = one("companies", attitude=0.5, norm=0.4, threshold=threshold)
    assert is_willing(params({"behaviour.weight_norm": 0.3}), company) == willing
    assert is_willing(params({"behaviour.planned_behaviour": False}), company)


def test_willingness_has_an_off_switch():
    assert will({"behaviour.planned_behaviour": False}, attitude=0) == 1


@given(SHARES, SHARES, SHARES)
def test_willingness_is_a_share_that_rises_with_attitude_and_norm(attitude, norm, less):
    value = will(attitude=attitude, norm=norm)
    assert 0 <= value <= 1
    assert will(attitude=attitude * less, norm=norm) <= value
    assert will(attitude=attitude, norm=norm * less) <= value
