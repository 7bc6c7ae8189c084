"""Intervals from a few replicates: textbook values and coverage by experiment."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from ecopark.analysis.inference.uncertainty import (
    bootstrap_interval,
    convergence,
    enough_replicates,
    mean_interval,
    replicates_needed,
)


@given(st.lists(st.floats(-100, 100), min_size=2, max_size=30))
def test_the_t_interval_is_that_of_scipy(values):
    found = mean_interval(values)
    spread = stats.sem(values)
    if spread > 0:
        low, high = stats.t.interval(0.95, len(values) - 1, loc=np.mean(values), scale=spread)
        assert (found.low, found.high) == pytest.approx((low, high))
    assert found.estimate == pytest.approx(np.mean(values))
    assert found.number == len(values)


def test_one_value_has_no_interval():
    found = mean_interval([3.0, np.nan])
    assert found.estimate == 3.0
    assert np.isnan(found.half_width)
    assert np.isnan(bootstrap_interval([3.0]).low)
    assert np.isnan(mean_interval([]).estimate)


def test_the_bootstrap_covers_as_often_as_it_says():
    rng = np.random.default_rng(1)
    hits = [
        found.low <= 5.0 <= found.high
        for seed in range(150)
        for found in [bootstrap_interval(rng.normal(5, 2, 40), draws=200, seed=seed)]
    ]
    assert 0.88 <= np.mean(hits) <= 0.99


def test_the_bootstrap_of_pairs_keeps_them_together():
    rows = np.column_stack([np.arange(10.0), 2 * np.arange(10.0)])
    found = bootstrap_interval(rows, lambda some: float(some[:, 1].sum() / some[:, 0].sum()))
    assert (found.low, found.estimate, found.high) == pytest.approx((2.0, 2.0, 2.0))


def test_replicates_needed_are_the_fewest_that_do():
    values = np.array([1.0, 3.0, 2.0, 5.0, 4.0])
    spread = values.std(ddof=1)
    for width in (0.2, 0.5, 3.0):
        number = replicates_needed(values, width)
        assert stats.t.ppf(0.975, number - 1) * spread / np.sqrt(number) <= width
        if number > 2:
            assert stats.t.ppf(0.975, number - 2) * spread / np.sqrt(number - 1) > width
    assert replicates_needed([2.0, 2.0], 0.1) == 2


def test_replicates_needed_refuses_what_makes_no_sense():
    with pytest.raises(ValueError, match="two are the least"):
        replicates_needed([1.0], 0.5)
    with pytest.raises(ValueError, match="above 0"):
        replicates_needed([1.0, 2.0], 0.0)


def test_convergence_ends_at_the_interval_of_all():
    values = 1e6 + np.array([3.0, 1.0, 4.0, 1.0, 5.0])
    last = convergence(values).iloc[-1]
    found = mean_interval(values)
    assert (last["mean"], last["low"], last["high"]) == pytest.approx((found.estimate, found.low, found.high), rel=1e-9)
    assert convergence(values)["number"].tolist() == [2, 3, 4, 5]


def test_an_ensemble_is_told_how_many_runs_it_needs(ensemble):
    found = enough_replicates(ensemble.yearly, ["links", "failed_talks"]).set_index("indicator")
    last = ensemble.yearly[ensemble.yearly["year"] == 2009]["links"].to_numpy()
    assert found["needed"]["links"] == replicates_needed(last, 0.05 * last.mean())
    assert np.isnan(found["needed"]["failed_talks"])
