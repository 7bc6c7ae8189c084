"""Sensitivity on functions with known answers, and against SALib number by number."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from SALib.analyze import morris as salib_morris
from SALib.analyze import pawn as salib_pawn
from SALib.analyze import sobol as salib_sobol
from SALib.sample import morris as sample_morris
from scipy.stats import ks_2samp, qmc

from ecopark.analysis.inference.crossed_design import IncompleteDesignError
from ecopark.analysis.inference.sensitivity import (
    elementary_effects,
    morris,
    pawn,
    slice_distances,
    slices_of,
    sobol,
    sobol_pairs,
)

NAMES = ["x1", "x2", "x3"]


def saltelli(size, factors, second_order=False, seed=0):
    """Build a Saltelli design in the unit cube, in the order of blocks that sweeps and SALib use."""
    both = qmc.Sobol(2 * factors, rng=np.random.default_rng(seed)).random(size)
    A, B = both[:, :factors], both[:, factors:]
    mixed = [np.where(np.arange(factors) == column, B, A) for column in range(factors)]
    back = [np.where(np.arange(factors) == column, A, B) for column in range(factors)] if second_order else []
    return np.stack([A, *mixed, *back, B], axis=1).reshape(-1, factors)


def ishigami(unit):
    x = np.pi * (2 * unit - 1)
    return np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])


def g_function(unit, a=(0.0, 1.0, 4.5, 9.0)):
    return np.prod([(np.abs(4 * unit[:, j] - 2) + a[j]) / (1 + a[j]) for j in range(len(a))], axis=0)


def test_ishigami_has_its_known_indices():
    # a = 7, b = 0.1: Ishigami and Homma (1990)
    found = sobol(ishigami(saltelli(4096, 3)), NAMES, draws=200)
    assert found["first"].to_numpy() == pytest.approx([0.3139, 0.4424, 0.0], abs=0.01)
    assert found["total"].to_numpy() == pytest.approx([0.5576, 0.4424, 0.2437], abs=0.01)
    for name, exact in (("first", [0.3139, 0.4424, 0.0]), ("total", [0.5576, 0.4424, 0.2437])):
        assert (found[f"{name}_low"] - 1e-3 <= exact).all()
        assert (exact <= found[f"{name}_high"] + 1e-3).all()


def test_the_g_function_has_its_known_indices():
    a = np.array([0.0, 1.0, 4.5, 9.0])
    parts = 1 / (3 * (1 + a) ** 2)
    whole = np.prod(1 + parts) - 1
    total = parts * np.prod(1 + parts) / (1 + parts) / whole
    found = sobol(g_function(saltelli(4096, 4)), list("abcd"), draws=50)
    assert found["first"].to_numpy() == pytest.approx(parts / whole, abs=0.015)
    assert found["total"].to_numpy() == pytest.approx(total, abs=0.015)


def test_sobol_equals_salib():
    problem = {"num_vars": 3, "names": NAMES, "bounds": [[0, 1]] * 3}
    for second in (False, True):
        values = ishigami(saltelli(256, 3, second))
        theirs = salib_sobol.analyze(problem, values, calc_second_order=second, seed=1)
        mine = sobol(values, NAMES, second)
        assert mine["first"].to_numpy() == pytest.approx(theirs["S1"], abs=1e-12)
        assert mine["total"].to_numpy() == pytest.approx(theirs["ST"], abs=1e-12)
    pairs = sobol_pairs(values, NAMES).set_index(["factor", "other"])["second"]
    assert pairs["x1", "x3"] == pytest.approx(theirs["S2"][0, 2], abs=1e-12)
    assert pairs["x1", "x2"] == pytest.approx(theirs["S2"][0, 1], abs=1e-12)


def test_the_pair_that_interacts_is_found():
    pairs = sobol_pairs(ishigami(saltelli(4096, 3, second_order=True)), NAMES)
    assert pairs.loc[0, ["factor", "other"]].tolist() == ["x1", "x3"]
    assert pairs["second"][0] == pytest.approx(0.2437, abs=0.02)
    assert pairs["second"][1:].abs().max() < 0.02


@settings(max_examples=20, deadline=None)
@given(st.floats(-1e6, 1e6), st.floats(0.01, 100))
def test_indices_know_neither_unit_nor_zero_of_the_outcome(shift, factor):
    values = ishigami(saltelli(64, 3))
    base, moved = sobol(values, NAMES, draws=2), sobol(factor * values + shift, NAMES, draws=2)
    assert moved[["first", "total"]].to_numpy() == pytest.approx(base[["first", "total"]].to_numpy(), abs=1e-6)


def test_an_outcome_that_never_changes_has_no_index_rather_than_zero():
    found = sobol(np.full(5 * 8, 3.0), NAMES, draws=5)
    assert found.drop(columns="factor").isna().all(axis=None)
    assert sobol_pairs(np.full(8 * 8, 3.0), NAMES).empty


def test_one_hole_is_refused_and_named():
    values = ishigami(saltelli(8, 3))
    values[[3, 17]] = np.nan
    with pytest.raises(IncompleteDesignError, match="points 3, 17") as refusal:
        sobol(values, NAMES)
    assert refusal.value.points == [3, 17]
    with pytest.raises(ValueError, match="blocks of 5 points; 39 is no multiple"):
        sobol(np.ones(39), NAMES)


def test_elementary_effects_of_a_plane_are_its_slopes_times_range():
    problem = {"num_vars": 3, "names": NAMES, "bounds": [[0, 2], [10, 20], [-1, 1]]}
    points = sample_morris.sample(problem, 20, num_levels=4, seed=3)
    values = points @ [3.0, -0.5, 0.0] + 100
    found = morris(points, values, NAMES)
    assert found["mu"].to_numpy() == pytest.approx([6.0, -5.0, 0.0])
    assert found["mu_star"].to_numpy() == pytest.approx([6.0, 5.0, 0.0])
    assert found["sigma"].to_numpy() == pytest.approx(0.0, abs=1e-9)


def test_morris_equals_salib():
    problem = {"num_vars": 3, "names": NAMES, "bounds": [[0, 1]] * 3}
    points = sample_morris.sample(problem, 30, num_levels=4, seed=5)
    values = ishigami(points)
    mine, theirs = morris(points, values, NAMES), salib_morris.analyze(problem, points, values, num_levels=4, seed=1)
    for name in ("mu", "mu_star", "sigma"):
        assert mine[name].to_numpy() == pytest.approx(np.asarray(theirs[name], float), rel=1e-9)
    assert ((mine["low"] <= mine["mu_star"]) & (mine["mu_star"] <= mine["high"])).all()


def test_trajectories_that_are_none_are_refused():
    points = np.array([[0.0, 0.0], [1.0, 1.0], [1.0, 0.0]])
    with pytest.raises(ValueError, match="Not one factor at a time moves in trajectory 0"):
        elementary_effects(points, np.zeros(3))
    with pytest.raises(ValueError, match="have 3 points; 4 are no multiple"):
        elementary_effects(np.zeros((4, 2)), np.zeros(4))
    with pytest.raises(IncompleteDesignError, match="point 1"):
        elementary_effects(points, np.array([0.0, np.nan, 0.0]))


def test_pawn_tells_factors_that_matter_from_one_that_does_not():
    points = qmc.LatinHypercube(4, rng=np.random.default_rng(2)).random(600)
    found = pawn(points, ishigami(points[:, :3]), [*NAMES, "nothing"], draws=60).set_index("factor")
    assert (found.loc[["x1", "x2"], "low"] > found.loc[["x1", "x2"], "by_chance"]).all()
    assert found["median"]["nothing"] < 1.2 * found["by_chance"]["nothing"]


def test_pawn_comes_close_to_salib_which_slices_alike():
    points = np.random.default_rng(1).random((1000, 3))
    values = ishigami(points)
    theirs = salib_pawn.analyze({"num_vars": 3, "names": NAMES, "bounds": [[0, 1]] * 3}, points, values, S=10)
    mine = pawn(points, values, NAMES, draws=2)
    # SALib leaves the largest value of a factor out of its last slice
    assert mine["median"].to_numpy() == pytest.approx(theirs["median"], abs=0.01)
    assert mine["maximum"].to_numpy() == pytest.approx(theirs["maximum"], abs=0.01)


@settings(max_examples=30, deadline=None)
@given(st.integers(2, 60), st.integers(1, 6), st.integers(0, 10**6))
def test_distances_are_those_of_scipy_also_with_ties(number, slices, seed):
    rng = np.random.default_rng(seed)
    values, members = rng.integers(0, 8, number).astype(float), rng.integers(0, slices, number)
    expected = [ks_2samp(values[members == one], values).statistic for one in np.unique(members)]
    assert slice_distances(members, values) == pytest.approx(expected)


def test_a_factor_of_few_values_has_a_slice_for_each():
    assert slices_of(np.array([10.0, 60.0, 10.0, 30.0]), 10).tolist() == [0, 2, 0, 1]
    assert np.bincount(slices_of(np.arange(100.0), 4)).tolist() == [25, 25, 25, 25]
