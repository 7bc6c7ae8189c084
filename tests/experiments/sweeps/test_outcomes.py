"""Outcomes by hand, and the same bits in any company."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from ecopark.experiments.sweeps.study_file.outcomes import REDUCTIONS, Outcome

YEARS = np.array([2000, 2001, 2002, 2003])
SERIES = np.array([[0.0, 2.0, 5.0, 1.0], [np.nan, 0.0, np.nan, 4.0], [np.nan] * 4])


@pytest.mark.parametrize(
    ("take", "expected"),
    [
        ("last", [1, 4, np.nan]),
        ("first", [0, np.nan, np.nan]),
        ("sum", [8, np.nan, np.nan]),
        ("mean", [2, 2, np.nan]),
        ("min", [0, 0, np.nan]),
        ("max", [5, 4, np.nan]),
        ("year_of_first", [2001, 2003, np.nan]),
    ],
)
def test_statistic_by_hand(take, expected):
    np.testing.assert_array_equal(Outcome(indicator="x", take=take).reduce(SERIES, YEARS), expected)


def test_year_of_first_reaches_a_level():
    outcome = Outcome(indicator="x", take="year_of_first", at_least=5)
    np.testing.assert_array_equal(outcome.reduce(SERIES, YEARS), [2002, np.nan, np.nan])


def test_window_of_years():
    assert Outcome(indicator="x", take="sum", since=2001, until=2002).reduce(SERIES[:1], YEARS) == [7]
    assert Outcome(indicator="x", take="series", since=2002).reduce(SERIES[:1], YEARS).tolist() == [[5, 1]]


@given(arrays(float, st.tuples(st.integers(1, 20), st.integers(1, 70)), elements=st.floats(-1e9, 1e9)))
def test_outcome_has_the_same_bits_alone_and_among_others(series):
    years = np.arange(series.shape[1])
    for take in REDUCTIONS:
        outcome = Outcome(indicator="x", take=take)
        together = outcome.reduce(series, years)
        alone = [outcome.reduce(series[row : row + 1], years)[0] for row in range(len(series))]
        np.testing.assert_array_equal(together, alone)


@pytest.mark.parametrize(
    ("outcome", "told"),
    [
        ({"take": "sum"}, {"label": "CO2 avoided, all years together", "unit": "t", "better": "more"}),
        (
            {"take": "year_of_first", "at_least": 5},
            {"label": "CO2 avoided, first year with at least 5", "unit": "year", "better": "less"},
        ),
        (
            {"take": "mean", "since": 2030, "until": 2040},
            {"label": "CO2 avoided, mean of the years from 2030 until 2040", "unit": "t", "better": "more"},
        ),
        (
            {"take": "last", "label": "avoided", "unit": "t/a", "better": "none"},
            {"label": "avoided", "unit": "t/a", "better": "none"},
        ),
    ],
)
def test_an_outcome_is_told_by_its_indicator_or_by_the_study(outcome, told):
    declared = {"label": "CO2 avoided", "unit": "t", "better": "more"}
    assert Outcome(indicator="co2_avoided", **outcome).described_by(declared) == told


def test_the_first_year_of_something_bad_is_better_late_and_nothing_is_inferred_from_a_name():
    first = Outcome(indicator="gain", take="year_of_first")
    assert first.described_by({"label": "", "unit": "t", "better": "less"})["better"] == "more"
    assert first.described_by({}) == {"label": "gain, first year with any", "unit": "year", "better": "none"}
