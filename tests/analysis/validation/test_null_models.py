"""Null models by hand, each as the validation page states it."""

import numpy as np
import pytest

from ecopark.analysis.validation import null_models as null


def test_persistence_keeps_the_last_count():
    assert null.persistence({1994: 16.0, 1995: 17.0}, 1995) == 17.0


def test_trend_has_the_mean_rates_of_rises_and_falls():
    counts = {1990: 0.0, 1991: 2.0, 1992: 1.0, 1993: 4.0, 1994: 4.0}
    members = null.trend(counts, 1994, [1994, 1998], members=40_000)
    assert (members[:, 0] == 4).all()
    up, down = 4 * 5 / 4, 4 * 1 / 4
    assert members[:, 1].mean() == pytest.approx(4 + up - down, abs=0.05)
    assert members[:, 1].min() >= 0


def test_a_yes_is_never_certain():
    assert null.sure(np.array([True, False])).tolist() == [1 - 0.5 / 201, 0.5 / 201]


def test_present_value_of_ten_years_at_eight_percent():
    assert null.present_value(np.array([100.0]), np.array([500.0]))[0] == pytest.approx(100 * 6.710081 - 500, rel=1e-6)


def test_random_matching_draws_as_many_links_as_there_are():
    assert null.random_matching(26, 1345) == pytest.approx(26 / 1345)
    assert null.random_matching(0, 10) == null.FLOOR
    assert null.random_matching(0, 0) == null.FLOOR


def test_degrees_are_kept_when_pairs_are_single():
    giver, taker, y = np.array([0, 0, 1, 1]), np.array([2, 3, 2, 3]), np.array([1, 0, 0, 1])
    assert null.random_by_degree(giver, taker, y) == pytest.approx([0.5, 0.5, 0.5, 0.5])


def test_base_rates_are_drawn_to_the_rate_of_all_by_two_rows():
    rates = null.base_rates(["ash", "ash", "heat"], np.array([1, 1, 0]))
    overall = 3 / 5
    assert rates[None] == pytest.approx(overall)
    assert rates["ash"] == pytest.approx((2 + 2 * overall) / 4)
    assert rates["heat"] == pytest.approx((0 + 2 * overall) / 3)


def test_constant_hazard_is_ends_over_years_at_risk():
    rate = null.hazard_rate(1, 20.0)
    assert null.constant_hazard(rate, np.array([0.0, 20.0])) == pytest.approx([1.0, np.exp(-1.0)])
    assert null.hazard_rate(0, 100.0) == 0.005
