"""The model as a function: one run, and many points in one call of another library."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import ecopark
from ecopark.abm.input.errors import InputError
from ecopark.abm.input.loading import load_scenario
from ecopark.abm.park import Park

FAKE = {"model": "tests.experiments.sweeps.fake", "seed": 3}


def test_one_run_is_the_run_of_the_model():
    values = {"synthetic.companies": 6, "horizon.years": 2}
    found = ecopark.simulate("synthetic", values, seed=4)
    known = Park(load_scenario("synthetic", values), 4).run().yearly
    assert list(found["year"]) == list(known["year"])
    assert np.array_equal(found["links"], known["links"])


def test_points_give_a_row_each_with_the_mean_over_the_replicates(tmp_path):
    points = pd.DataFrame({"walk.x": [3.5, 1.0], "walk.y": [0.25, 0.75]}, index=["a", "b"])
    found = ecopark.evaluate("walk", points, {"waste": "sum"}, replicates=4, workers=0, **FAKE)
    study = {"scenario": "walk", "factors": {"walk.x": [3.5], "walk.y": [0.25]}, "outcomes": {"waste": "sum"}}
    alone = ecopark.run_study({**study, **FAKE, "replicates": 4}, tmp_path / "alone", workers=0).frame()
    assert list(found.index) == ["a", "b"]
    assert found.loc["a", "waste_sum"] == pytest.approx(alone["waste_sum"].mean(), rel=1e-12)
    # Common shocks: five years at x + y.
    assert found.loc["a", "waste_sum"] - found.loc["b", "waste_sum"] == pytest.approx(5 * (3.75 - 1.75))


def test_what_has_no_mean_is_refused_with_every_mistake():
    points = pd.DataFrame({"walk.x": [1.0]})
    policies = {"none": {}, "tax": {"policy.tax": 50}}
    with pytest.raises(InputError) as caught:
        ecopark.evaluate("walk", points, {"links": "series"}, workers=0, policies=policies, **FAKE)
    assert [mistake.place for mistake in caught.value.mistakes] == ["outcomes.links_series", "policies"]


def test_sobol_indices_of_salib():
    """Total waste is 5 (x + y) plus shocks that are common: the shares of the variance are 4 and 1 in 5."""
    from SALib.analyze import sobol as analysis
    from SALib.sample import sobol as sample

    problem = {"num_vars": 2, "names": ["walk.x", "walk.y"], "bounds": [[0, 2], [0, 1]]}
    points = pd.DataFrame(sample.sample(problem, 64, calc_second_order=False, seed=1), columns=problem["names"])
    found = ecopark.evaluate("walk", points, {"waste": "sum"}, workers=0, **FAKE)
    indices = analysis.analyze(problem, found["waste_sum"].to_numpy(), calc_second_order=False, seed=1)
    assert indices["ST"] == pytest.approx([0.8, 0.2], abs=0.05)
