"""Designs have the properties they are used for; sampled ones agree with SALib's analyses."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from ecopark import plan_study
from ecopark.experiments.sweeps.study_file.designs import LatinHypercube, Morris, Saltelli, Sobol
from ecopark.experiments.sweeps.study_file.factors import Factor
from ecopark.experiments.sweeps.study_file.seeds import design_generator
from tests.experiments.sweeps.sweeping import STUDY

UNIT = {name: Factor(low=0, high=1) for name in ("a", "b", "c")}


def points(design, factors=UNIT, seed=1):
    return np.column_stack(list(design.points(factors, {}, design_generator(seed)).values()))


def test_grid_has_every_combination_once():
    found = plan_study({**STUDY, "factors": {"walk.x": [1, 2], "walk.y": {"low": 0, "high": 1, "levels": 3}}}).columns
    rows = list(zip(*(column.tolist() for column in found.values()), strict=True))
    assert rows == [(1, 0.0), (1, 0.5), (1, 1.0), (2, 0.0), (2, 0.5), (2, 1.0)]


def test_grid_without_factors_is_one_point():
    plan = plan_study({**STUDY, "factors": {}})
    assert (plan.points, plan.runs) == (1, 10)


def test_one_at_a_time_starts_from_the_scenario():
    factors = {"walk.x": [0, 1, 2], "walk.y": {"low": 0, "high": 1, "levels": 3, "base": 0.5}}
    found = plan_study({**STUDY, "design": "one_at_a_time", "factors": factors}).columns
    rows = list(zip(*(column.tolist() for column in found.values()), strict=True))
    assert rows == [(1.0, 0.5), (0.0, 0.5), (2.0, 0.5), (1.0, 0.0), (1.0, 1.0)]


def test_latin_hypercube_uses_each_cell_once():
    found = points(LatinHypercube(kind="latin_hypercube", points=50))
    for column in found.T:
        assert sorted((column * 50).astype(int)) == list(range(50))


def test_sobol_sequence_is_balanced():
    found = points(Sobol(kind="sobol", points=64))
    for column in found.T:
        assert sorted((column * 64).astype(int)) == list(range(64))


@pytest.mark.parametrize("design", [LatinHypercube(kind="latin_hypercube", points=16), Sobol(kind="sobol", points=16)])
def test_design_depends_on_its_seed_alone(design):
    assert np.array_equal(points(design, seed=5), points(design, seed=5))
    assert not np.array_equal(points(design, seed=5), points(design, seed=6))


@pytest.mark.parametrize("second_order", [False, True])
def test_saltelli_design_serves_salib(second_order):
    """Sobol indices of the Ishigami function, known in closed form (Ishigami and Homma 1990)."""
    from SALib.analyze import sobol

    found = points(Saltelli(kind="saltelli", points=2048, second_order=second_order))
    assert len(found) == 2048 * (8 if second_order else 5)
    x = (found * 2 - 1) * np.pi
    y = np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])
    problem = {"num_vars": 3, "names": ["a", "b", "c"], "bounds": [[-np.pi, np.pi]] * 3}
    indices = sobol.analyze(problem, y, calc_second_order=second_order, seed=1)
    assert np.allclose(indices["S1"], [0.3139, 0.4424, 0.0], atol=0.03)
    assert np.allclose(indices["ST"], [0.5576, 0.4424, 0.2437], atol=0.03)


def test_morris_design_serves_salib():
    """Elementary effects of a linear function are its coefficients."""
    from SALib.analyze import morris

    found = points(Morris(kind="morris", trajectories=10, levels=4))
    assert len(found) == 10 * 4
    assert found.min() == 0
    assert found.max() == 1
    problem = {"num_vars": 3, "names": ["a", "b", "c"], "bounds": [[0, 1]] * 3}
    effects = morris.analyze(problem, found, found @ [3.0, -2.0, 0.0], num_levels=4, seed=1)
    assert np.allclose(effects["mu"], [3, -2, 0])
    assert np.allclose(effects["sigma"], 0, atol=1e-12)


def test_morris_step_moves_one_factor_by_the_step():
    found = points(Morris(kind="morris", trajectories=5, levels=6)).reshape(5, 4, 3)
    steps = np.abs(np.diff(found, axis=1))
    assert np.allclose(np.sort(steps, axis=2), [0, 0, 3 / 5])
    assert (np.argmax(steps, axis=2).sum(axis=1) == 3).all()


@pytest.mark.parametrize(
    ("factor", "law"),
    [
        (Factor(low=2, high=5), stats.uniform(2, 3)),
        (Factor(low=1, high=100, distribution="loguniform"), stats.loguniform(1, 100)),
        (Factor(low=0, high=4, mode=1, distribution="triangular"), stats.triang(0.25, 0, 4)),
        (Factor(mean=3, sd=2, distribution="normal"), stats.norm(3, 2)),
        (Factor(mean=3, sd=2, low=2, high=6, distribution="normal"), stats.truncnorm(-0.5, 1.5, 3, 2)),
    ],
)
def test_factor_follows_its_distribution(factor, law):
    shares = (np.arange(1000) + 0.5) / 1000
    assert np.allclose(factor.spread(shares), law.ppf(shares))


def test_lognormal_has_the_mean_and_spread_it_says():
    drawn = Factor(mean=10, sd=4, distribution="lognormal").spread((np.arange(100_000) + 0.5) / 100_000)
    assert drawn.mean() == pytest.approx(10, rel=1e-3)
    assert drawn.std() == pytest.approx(4, rel=1e-2)


def test_range_is_never_left_by_rounding():
    factor = Factor(low=0.1, high=0.3, distribution="loguniform")
    low, high = factor.spread(np.array([0.0, 1.0])).tolist()
    assert 0.1 <= low <= high <= 0.3


def test_whole_numbers_have_equal_shares():
    drawn = Factor(low=1, high=4, whole=True).spread((np.arange(400) + 0.5) / 400)
    assert np.bincount(drawn).tolist() == [0, 100, 100, 100, 100]


def test_listed_values_are_drawn_in_equal_shares():
    drawn = Factor(values=("a", "b", "c")).spread((np.arange(300) + 0.5) / 300)
    assert [int((drawn == name).sum()) for name in "abc"] == [100, 100, 100]
    assert Factor(values=("a", "b")).spread(np.array([1.0])).tolist() == ["b"]
