"""Sobol indices on functions with known answers, and against SALib number by number."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from SALib.analyze import sobol as salib_sobol

from ecopark.analysis.inference.two_way import Chance
from ecopark.analysis.inference.variance_indices import sobol
from ecopark.analysis.inference.variance_share import share_of_shocks
from tests.analysis.inference.known_functions import NAMES, UNIT, g_function, ishigami, saltelli

SURE = Chance(common=False)  # a function without shocks


def test_ishigami_has_its_known_indices_inside_the_intervals():
    found, _ = sobol(ishigami(saltelli(4096, 3)), NAMES, chance=SURE)
    for name, exact in (("first", [0.3139, 0.4424, 0.0]), ("total", [0.5576, 0.4424, 0.2437])):
        assert found[name].to_numpy() == pytest.approx(exact, abs=0.01)
        assert (found[f"{name}_low"] - 1e-3 <= exact).all()
        assert (exact <= found[f"{name}_high"] + 1e-3).all()


def test_the_g_function_has_its_known_indices_inside_the_intervals():
    a = np.array([0.0, 1.0, 4.5, 9.0])
    parts = 1 / (3 * (1 + a) ** 2)
    whole = np.prod(1 + parts) - 1
    total = parts * np.prod(1 + parts) / (1 + parts) / whole
    found, _ = sobol(g_function(saltelli(4096, 4)), list("abcd"), chance=SURE)
    for name, exact in (("first", parts / whole), ("total", total)):
        assert found[name].to_numpy() == pytest.approx(exact, abs=0.015)
        assert (found[f"{name}_low"] - 1e-3 <= exact).all()
        assert (exact <= found[f"{name}_high"] + 1e-3).all()


@pytest.mark.parametrize("second", [False, True])
def test_sobol_equals_salib(second):
    values = ishigami(saltelli(256, 3, second))
    theirs = salib_sobol.analyze(UNIT, values, calc_second_order=second, seed=1)
    mine, pairs = sobol(values, NAMES, second)
    assert mine["first"].to_numpy() == pytest.approx(theirs["S1"], abs=1e-12)
    assert mine["total"].to_numpy() == pytest.approx(theirs["ST"], abs=1e-12)
    noisy = np.stack([values, values[::-1]], axis=1)
    theirs_of_means = salib_sobol.analyze(UNIT, noisy.mean(axis=1), calc_second_order=second, seed=1)
    means, _ = sobol(noisy, NAMES, second)
    assert means["first_of_means"].to_numpy() == pytest.approx(theirs_of_means["S1"], abs=1e-12)
    assert means["total_of_means"].to_numpy() == pytest.approx(theirs_of_means["ST"], abs=1e-12)
    if second:
        found = pairs.set_index(["factor", "other"])["second"]
        for one, two in ((0, 1), (0, 2), (1, 2)):
            assert found[NAMES[one], NAMES[two]] == pytest.approx(theirs["S2"][one, two], abs=1e-12)


def test_the_pair_that_interacts_is_found_and_has_an_interval():
    _, pairs = sobol(ishigami(saltelli(4096, 3, second_order=True)), NAMES, True, SURE)
    assert pairs.loc[0, ["factor", "other"]].tolist() == ["x1", "x3"]
    assert pairs["low"][0] <= 0.2437 <= pairs["high"][0]
    assert pairs["second"][1:].abs().max() < 0.02
    assert ((pairs["low"] < pairs["second"]) & (pairs["second"] < pairs["high"])).all()


def test_the_noise_of_the_mean_is_taken_off():
    """With three replicates of strong noise SALib's indices of the means are far off, the corrected ones are not."""
    points = saltelli(1024, 3)
    values = ishigami(points)[:, None] + np.random.default_rng(1).normal(0, 4, (len(points), 3))
    found, _ = sobol(values, NAMES, chance=SURE)
    assert found["total_of_means"][2] > 0.4
    assert found["total"].to_numpy() == pytest.approx([0.5576, 0.4424, 0.2437], abs=0.08)
    assert (found["total_low"] < [0.5576, 0.4424, 0.2437]).all()
    assert (found["total_high"] > [0.5576, 0.4424, 0.2437]).all()
    split = share_of_shocks(values[::5], SURE).iloc[0]
    assert split["low"] < 16 / (16 + 13.845) < split["high"]


def test_one_replicate_on_common_shocks_has_no_interval():
    found, pairs = sobol(ishigami(saltelli(32, 3, True)), NAMES, True, Chance(common=True))
    assert found[["first_low", "first_high", "total_low", "total_high"]].isna().all(axis=None)
    assert pairs[["low", "high"]].isna().all(axis=None)
    assert (found["covers"] == "").all()
    assert np.isnan(share_of_shocks(np.ones((5, 1)))["share"][0])


@settings(max_examples=20, deadline=None)
@given(st.floats(-1e6, 1e6), st.floats(0.01, 100))
def test_indices_know_neither_unit_nor_zero_of_the_outcome(shift, factor):
    values = ishigami(saltelli(64, 3))
    base, moved = sobol(values, NAMES)[0], sobol(factor * values + shift, NAMES)[0]
    assert moved[["first", "total"]].to_numpy() == pytest.approx(base[["first", "total"]].to_numpy(), abs=1e-6)


@pytest.mark.filterwarnings("ignore:All-NaN")
def test_an_outcome_that_never_changes_has_no_index_rather_than_zero():
    found, _ = sobol(np.full((5 * 8, 2), 3.0), NAMES)
    assert found[["first", "total", "first_of_means"]].isna().all(axis=None)


def test_a_design_that_is_none_is_refused():
    with pytest.raises(ValueError, match="blocks of 5 points; 39 is no multiple"):
        sobol(np.ones(39), NAMES)
    with pytest.raises(ValueError, match="an outcome is missing"):
        sobol(np.full(40, np.nan), NAMES)
