"""What an offer is worth: closed forms, invariances and the directions they must have."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecopark.abm.entities.codes import BUYER, SELLER
from ecopark.abm.submodels.negotiation.utility import (
    annuity,
    are_served,
    best_split,
    cost_of_being_bound,
    gain_of,
    hold_up_over,
    price_for,
    put_on_table,
    share_level,
    term_level,
    zone_of,
)
from tests.abm.submodels.negotiation.room_of_talk import TALK
from tests.abm.submodels.tables import one
from tests.references.tables import talk_of


@pytest.mark.parametrize(("rate", "years", "right"), [(0.0, 4, 0.25), (0.08, 10, 0.1490295), (0.05, 1, 1.05)])
def test_annuity(rate, years, right):
    assert annuity(rate, years) == pytest.approx(right)


# parsimony.md, R12: a truck deal of 90,000 t at 100 EUR/t, sd 0.45, and steam of 0.6 PJ at 8 EUR/GJ, sd 0.43; half indexed.
@pytest.mark.parametrize(
    ("exposure", "required", "years", "right"),
    [
        (0.5 * 90_000 * 100 * 0.45, 30_000, 1, 471_000),
        (0.5 * 90_000 * 100 * 0.45, 30_000, 3, 607_000),
        (0.5 * 90_000 * 100 * 0.45, 30_000, 6, 705_000),
        (0.5 * 600_000 * 8 * 0.43, 299_000, 7, 227_000),
        (0.5 * 600_000 * 8 * 0.43, 299_000, 15, 257_000),
        (0.5 * 600_000 * 8 * 0.43, 299_000, 30, 263_000),
    ],
)
def test_cost_of_being_bound_as_on_paper(exposure, required, years, right):
    assert cost_of_being_bound(exposure, 0.8, required, years) == pytest.approx(right, abs=1000)


@given(st.floats(0, 1e7), st.floats(0, 0.99), st.floats(0, 1e6), st.floats(1, 30))
def test_being_bound_costs_nothing_without_volatility_and_more_for_longer(exposure, phi, required, years):
    assert cost_of_being_bound(0.0, phi, required, years) == 0.0
    assert cost_of_being_bound(exposure, phi, required, years + 1) >= cost_of_being_bound(
        exposure, phi, required, years
    )
    assert cost_of_being_bound(exposure, phi, required, years) <= 0.4 * exposure


def test_being_bound_is_near_the_mean_of_the_exact_formula():
    """The mean over the years of s phi(R/s) - R (1 - Phi(R/s)) of the normal model, at a small required gain."""
    exposure, phi, required = 2_025_000, 0.8, 30_000
    for years, right in ((1, 470_000), (3, 585_000), (6, 665_000)):
        spread = exposure * np.sqrt(1 - phi ** (2 * np.arange(1, years + 1)))
        z = required / spread
        tail = np.array([0.5 * math.erfc(one / math.sqrt(2)) for one in z])
        exact = np.mean(spread * np.exp(-z * z / 2) / math.sqrt(2 * math.pi) - required * tail)
        assert exact == pytest.approx(right, abs=2_000)
        assert cost_of_being_bound(exposure, phi, required, years) == pytest.approx(exact, rel=0.07)


@given(st.floats(1e-9, 3), st.floats(1, 30))
def test_hold_up_over_a_term_is_a_share_that_rises(rate, years):
    share = hold_up_over(rate, years)
    assert 0 <= share <= 1
    assert hold_up_over(rate, years + 1) >= share - 1e-9
    assert share == pytest.approx(0.5 * rate * years, rel=0.5 * rate * years + 1e-6)


def a_talk(**values):
    plain = {
        "quantity": 100.0, "capital": 3_000.0, "standard": 10.0, "terms": 3, "splits": 5, "longest": 30.0, "life": 30.0,
        "required_seller": 50.0, "required_buyer": 40.0, "arranging": 200.0, "exposure_seller": 100.0,
        "exposure_buyer": 300.0, "phi": 0.7, "hold_up_seller": 0.01, "hold_up_buyer": 0.02, "upkeep": 60.0,
    }  # fmt: skip
    return talk_of(**{**plain, **values})


@given(st.floats(-50, 50), st.sampled_from([0, 1, 2, 3, 4]), st.sampled_from([0, 1, 2]))
def test_price_divides_and_the_package_makes_the_joint_gain(price, split, level):
    talk = a_talk()
    share, term = share_level(talk, split), term_level(talk, level)
    seller, buyer = (gain_of(talk, side, price, share, term) for side in (SELLER, BUYER))
    assert gain_of(talk, SELLER, price + 1, share, term) - seller == pytest.approx(talk.quantity)
    assert gain_of(talk, BUYER, price + 1, share, term) - buyer == pytest.approx(-talk.quantity)
    for side in (SELLER, BUYER):
        assert gain_of(talk, side, price_for(talk, side, 123.0, share, term), share, term) == pytest.approx(123.0)
    joint = best_split(talk)
    assert joint >= seller + buyer - 1e-9


def test_gain_on_paper():
    talk = a_talk(running_seller=10.0)
    held = hold_up_over(0.01, 10)
    charge = (1 + held) * annuity(0.08, 5) * 0.25 * 3_000 + 0.25 * 60 + held * 50
    bound = max(0, 0.4 * 100 * math.sqrt(1 - 0.7**11) - 25)
    right = 100 * (7 + 20) - charge - bound - 200 * annuity(0.08, 5) - 10
    assert gain_of(talk, SELLER, 7.0, 0.25, 10.0) == pytest.approx(right)


def test_nothing_is_held_up_where_nothing_is_sunk():
    talk = a_talk(upkeep=0.0)
    free = gain_of(talk, SELLER, 7.0, 0.0, 10.0)
    talk.hold_up_seller = 5.0
    assert gain_of(talk, SELLER, 7.0, 0.0, 10.0) == free


def best_term(talk):
    best_split(talk)
    return float(talk.term / talk.standard)


def test_terms_move_with_volatility_and_capital():
    """A truck deal is longest without volatility and shortest with it; a pipe of 5 M is standard or longer (C13)."""
    truck = {
        "quantity": 90_000.0, "capital": 0.0, "standard": 3.0, "splits": 1, "limit_seller": 8.0, "limit_buyer": 8.0,
        "arranging": 30_000.0, "required_seller": 30_000.0, "required_buyer": 30_000.0, "phi": 0.8,
    }  # fmt: skip
    swing = 90_000 * 100 * 0.45 / 2
    assert best_term(a_talk(**{**truck, "exposure_seller": 0.0, "exposure_buyer": 0.0})) == 2
    assert best_term(a_talk(**{**truck, "exposure_seller": swing, "exposure_buyer": swing})) == pytest.approx(1 / 3)
    pipe = {**truck, "capital": 5e6, "standard": 15.0, "splits": 5, "limit_seller": 30.0, "limit_buyer": 30.0}
    swing = 600_000 * 8 * 0.43 / 2
    assert best_term(a_talk(**{**pipe, "quantity": 6e5, "exposure_seller": swing, "exposure_buyer": swing})) >= 1


@given(st.floats(0.01, 100))
def test_money_has_no_unit(factor):
    money = ("capital", "value_seller", "value_buyer", "running_seller", "running_buyer", "arranging", "required_seller",
             "required_buyer", "exposure_seller", "exposure_buyer", "upkeep")  # fmt: skip
    talk, other = a_talk(), a_talk()
    for name in money:
        other[name] = factor * talk[name]
    one, two = gain_of(talk, BUYER, 3.0, 0.5, 5.0), gain_of(other, BUYER, 3.0 * factor, 0.5, 5.0)
    assert two == pytest.approx(factor * one, abs=1e-6 * factor)


def test_what_is_on_the_table_is_worth_what_it_says():
    talk = a_talk()
    put_on_table(talk, 4.0, 0.75, 5.0)
    assert talk.gain_seller == gain_of(talk, SELLER, 4.0, 0.75, 5.0)
    assert talk.gain_buyer == gain_of(talk, BUYER, 4.0, 0.75, 5.0)


def test_zone_is_the_best_joint_gain_above_both_least_gains():
    talk = one("talks", **{**TALK, "arranging": 0, "reserve_seller": 4000, "reserve_buyer": 5000})
    assert zone_of(talk) == pytest.approx(600 * 50 - 300 - 30_000 / 4 - 9000)
    patient = one("talks", **{**TALK, "arranging": 0, "terms": 3, "splits": 3, "limit_seller": 2, "limit_buyer": 20})
    # Eight years are twice the standard; the buyer carries all of the capital over them.
    assert zone_of(patient) == pytest.approx(600 * 50 - 300 - 30_000 / 8)


def test_nobody_signs_below_the_least_gain():
    talk = one("talks", **{**TALK, "gain_seller": 100, "gain_buyer": 50, "reserve_seller": 100, "reserve_buyer": 50})
    assert are_served(talk)
    talk.reserve_buyer = 50.1
    assert not are_served(talk)
