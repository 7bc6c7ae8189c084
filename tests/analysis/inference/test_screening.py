"""Morris screening is SALib's, on the scale of probability."""

import numpy as np
import pytest
from SALib.analyze import morris as salib_morris
from SALib.sample import morris as sample_morris

from ecopark.analysis.inference.screening import morris
from ecopark.experiments.sweeps.study_file.factors import Factor
from tests.analysis.inference.known_functions import NAMES, UNIT, ishigami, morris_function


def same(mine, theirs):
    for name in ("mu", "mu_star", "sigma"):
        assert mine[name].to_numpy() == pytest.approx(np.asarray(theirs[name], float), abs=1e-12)


def test_morris_equals_salib():
    points = sample_morris.sample(UNIT, 30, num_levels=4, seed=5)
    values = ishigami(points)
    mine, theirs = morris(points, values, NAMES), salib_morris.analyze(UNIT, points, values, num_levels=4, seed=1)
    same(mine, theirs)
    assert ((mine["low"] <= mine["mu_star"]) & (mine["mu_star"] <= mine["high"])).all()
    assert mine["trajectories"].tolist() == [30] * 3
    assert (mine["covers"] == "points").all()


def test_morris_function_of_twenty_factors():
    names = [f"x{number}" for number in range(1, 21)]
    problem = {"num_vars": 20, "names": names, "bounds": [[0, 1]] * 20}
    points = sample_morris.sample(problem, 40, num_levels=4, seed=2)
    values = morris_function(points)
    found = morris(points, values, names)
    same(found, salib_morris.analyze(problem, points, values, num_levels=4, seed=1))
    assert found["mu_star"][:10].min() > 20
    assert found["mu_star"][10:].max() == 0
    assert found["sigma"][7:10].to_numpy() == pytest.approx(0.0, abs=1e-9)


@pytest.mark.parametrize(
    ("factor", "effect"),
    [
        (
            Factor(low=1, high=1000, distribution="loguniform"),
            np.log(1000),
        ),  # of its logarithm, per range of probability
        (Factor(low=0, high=3, whole=True), None),
    ],
)
def test_a_factor_counts_by_its_probability_and_not_by_its_unit(factor, effect):
    shares = sample_morris.sample(UNIT, 20, num_levels=4, seed=3)
    values = factor.spread(shares[:, 0]).astype(float)
    outcome = np.log(values) if effect is not None else values
    found = morris(shares, outcome, NAMES)
    if effect is not None:
        assert found["mu"][0] == pytest.approx(effect)
        assert found["sigma"][0] == pytest.approx(0.0, abs=1e-9)
    same(found, salib_morris.analyze(UNIT, shares, outcome, num_levels=4, seed=1))


def test_a_step_that_moves_no_whole_number_is_a_step_all_the_same():
    """Of a factor with two values half of the steps change nothing, which the values alone would not show."""
    shares = sample_morris.sample(UNIT, 10, num_levels=4, seed=3)
    values = Factor(values=[0, 0.5, 1]).spread(shares[:, 0]).astype(float)
    assert np.isfinite(morris(shares, values, NAMES)["mu_star"]).all()


def test_one_trajectory_has_neither_spread_nor_interval():
    points = sample_morris.sample(UNIT, 1, num_levels=4, seed=1)
    found = morris(points, points @ [3.0, -0.5, 0.0], NAMES)
    assert found["mu"].to_numpy() == pytest.approx([3.0, -0.5, 0.0])
    assert found[["low", "high", "sigma"]].isna().all(axis=None)
    assert (found["covers"] == "").all()


def test_trajectories_that_are_none_are_refused():
    points = np.array([[0.0, 0.0], [1.0, 1.0], [1.0, 0.0]])
    with pytest.raises(ValueError, match="Not one factor at a time moves in trajectory 0"):
        morris(points, np.zeros(3), NAMES[:2])
    with pytest.raises(ValueError, match="have 3 points; 4 are no multiple"):
        morris(np.zeros((4, 2)), np.zeros(4), NAMES[:2])
