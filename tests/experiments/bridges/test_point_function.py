"""A study as a function of one point gives what its sweep gives."""

from __future__ import annotations

import pickle

import numpy as np
import pytest

from ecopark import point_function, run_study
from ecopark.abm.input.errors import InputError
from tests.experiments.sweeps.sweeping import STUDY


def test_means_are_those_of_the_sweep(tmp_path):
    frame = run_study(STUDY, tmp_path / "out", workers=0, quiet=True).frame()
    function = point_function(STUDY)
    rows = frame[(frame["walk.x"] == 2) & (frame["walk.y"] == 1) & (frame["policy"] == "tax")]
    found = function("tax", **{"walk.x": 2.0, "walk.y": 1.0})
    assert set(found) <= set(frame.columns)
    for name in ("links_last", "waste_sum", "trust_mean"):
        assert found[name] == pytest.approx(rows[name].mean(), rel=1e-12, nan_ok=True)
    assert np.allclose(found["curve"], np.mean(rows["curve"].tolist(), axis=0))


def test_function_goes_to_other_processes():
    function = pickle.loads(pickle.dumps(point_function(STUDY)))
    values = {"walk.x": 2.0, "walk.y": 0.5}
    assert function("none", **values)["waste_sum"] == point_function(STUDY)("none", **values)["waste_sum"]


def test_wrong_study_is_refused():
    with pytest.raises(InputError, match="walk"):
        point_function({**STUDY, "scenario": "wolk"})
