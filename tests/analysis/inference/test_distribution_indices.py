"""PAWN and RBD-FAST: SALib's estimates, an interval that holds its estimate, and what chance alone gives."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from SALib.analyze import pawn as salib_pawn
from SALib.analyze import rbd_fast
from scipy.stats import ks_2samp, qmc

from ecopark.analysis.inference.distribution_indices import (
    first_order_of_any_design,
    median_distance,
    pawn,
    slices_of,
)
from tests.analysis.inference.known_functions import NAMES, UNIT, ishigami


def test_pawn_tells_factors_that_matter_from_one_that_does_not():
    points = qmc.LatinHypercube(4, rng=np.random.default_rng(2)).random(600)
    found = pawn(points, ishigami(points[:, :3]), [*NAMES, "nothing"]).set_index("factor")
    assert (found.loc[["x1", "x2"], "low"] > found.loc[["x1", "x2"], "by_chance"]).all()
    assert found["median"]["nothing"] < 1.2 * found["by_chance"]["nothing"]


@pytest.mark.filterwarnings("ignore:ks_2samp")
def test_pawn_equals_salib():
    points = np.random.default_rng(1).random((400, 3))
    theirs = salib_pawn.analyze(UNIT, points, ishigami(points), S=10)
    assert pawn(points, ishigami(points), NAMES)["median"].to_numpy() == pytest.approx(theirs["median"], abs=1e-12)


@settings(max_examples=15, deadline=None)
@given(st.integers(20, 80), st.integers(2, 30), st.integers(0, 10**6))
def test_the_estimate_lies_in_its_interval_and_that_in_0_to_1(number, kinds, seed):
    rng = np.random.default_rng(seed)
    points = rng.integers(0, kinds, (number, 2)).astype(float)
    points[:2, :] = [[0, 0], [1, 1]]
    found = pawn(points, rng.integers(0, 5, number).astype(float), ["a", "b"])
    assert (found["low"] <= found["median"]).all()
    assert (found["median"] <= found["high"]).all()
    assert found[["low", "high"]].min(axis=None) >= 0
    assert found[["low", "high"]].max(axis=None) <= 1


@settings(max_examples=30, deadline=None)
@given(st.integers(2, 60), st.integers(1, 6), st.integers(0, 10**6))
def test_distances_are_those_of_scipy_also_with_ties(number, slices, seed):
    rng = np.random.default_rng(seed)
    values, members = rng.integers(0, 8, number).astype(float), rng.integers(0, slices, number)
    expected = [ks_2samp(values[members == one], values).statistic for one in np.unique(members)]
    assert median_distance(members, values) == pytest.approx(np.median(expected))


def test_a_factor_of_few_values_has_a_slice_for_each():
    assert slices_of(np.array([10.0, 60.0, 10.0, 30.0]))[0].tolist() == [0, 2, 0, 1]
    assert np.bincount(slices_of(np.arange(100.0))[0]).tolist() == [10] * 10
    six = pawn(np.repeat(np.arange(6.0), 5)[:, None], np.repeat(np.arange(6.0), 5), ["a"])
    assert six["median"][0] == pytest.approx(4 / 6)


def test_the_second_opinion_is_rbd_fast_of_salib_where_there_are_points_enough():
    points = qmc.LatinHypercube(3, rng=np.random.default_rng(2)).random(500)
    values = ishigami(points)
    theirs = rbd_fast.analyze(UNIT, points, values, M=10, num_resamples=2, seed=1)
    found = first_order_of_any_design(points, values, NAMES)
    assert found["first"].to_numpy() == pytest.approx(np.asarray(theirs["S1"], float), abs=1e-12)
    assert found["first"].to_numpy() == pytest.approx([0.3139, 0.4424, 0.0], abs=0.1)
    assert first_order_of_any_design(points[:50], values[:50], NAMES) is None
    assert first_order_of_any_design(points, np.ones(500), NAMES) is None
