"""Factors as SALib's problem: what SALib draws has the distribution of the factor."""

from __future__ import annotations

import numpy as np
import pytest
from SALib.util import scale_samples

from ecopark import Study, read_study
from ecopark.abm.input.errors import InputError
from tests.experiments.sweeps.sweeping import STUDY, write_study

FACTORS = {
    "a": {"low": 2, "high": 5},
    "b": {"low": 0.01, "high": 10, "distribution": "loguniform"},
    "c": {"low": 1, "high": 3, "distribution": "triangular", "mode": 2.5},
    "d": {"mean": 3, "sd": 2, "distribution": "normal"},
    "e": {"mean": 3, "sd": 2, "low": 0, "distribution": "normal"},
    "f": {"mean": 3, "sd": 2, "distribution": "lognormal"},
}


def test_quantiles_are_those_of_the_factors():
    study = Study(scenario="walk", factors=FACTORS, design={"kind": "latin_hypercube", "points": 9})
    problem = study.problem()
    assert (problem["num_vars"], problem["names"]) == (6, list(FACTORS))
    shares = np.tile(np.linspace(0.02, 0.98, 9)[:, None], 6)
    drawn = scale_samples(shares.copy(), problem)
    for column, factor in enumerate(study.factors.values()):
        assert drawn[:, column] == pytest.approx(factor.spread(shares[:, column]), rel=1e-9)


def test_declared_ranges_are_filled_in_by_reading(tmp_path):
    file = write_study(
        {**STUDY, "factors": {"walk.y": "declared"}, "design": {"kind": "sobol", "points": 4}}, tmp_path / "s.toml"
    )
    assert read_study(file).problem()["bounds"] == [[0.0, 1.0]]
    with pytest.raises(InputError, match="read_study"):
        Study(scenario="walk", factors={"walk.y": "declared"}).problem()


@pytest.mark.parametrize(
    "factor",
    [[1, 2], {"low": 1, "high": 4, "whole": True}, {"mean": 1, "sd": 1, "low": 0.5, "distribution": "lognormal"}],
)
def test_what_salib_has_no_form_of_is_refused(factor):
    with pytest.raises(InputError, match=r"factors\.x.*saltelli"):
        Study(scenario="walk", factors={"x": factor}).problem()
    with pytest.raises(InputError, match="at least one factor"):
        Study(scenario="walk").problem()
