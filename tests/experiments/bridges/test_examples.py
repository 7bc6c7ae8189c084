"""Each example of a library of the field runs as it stands and finds what it says."""

from __future__ import annotations

import logging
import runpy
import warnings
from pathlib import Path

import numpy as np
import pytest

from ecopark.experiments.bridges import examples

FOLDER = Path(examples.__file__).parent
NAMES = sorted(path.stem for path in FOLDER.glob("[a-z]*.py"))


def run(name):
    """Run an example; what libraries warn of in their own code is theirs."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return runpy.run_module(f"{examples.__name__}.{name}")


def test_every_tool_has_an_example():
    assert NAMES == ["ema_robust_search", "optuna_policies", "pyabc_calibration", "salib_sobol", "xarray_netcdf"]


@pytest.mark.parametrize("name", NAMES)
def test_example_is_ten_lines(name):
    text = (FOLDER / f"{name}.py").read_text()
    lines = [
        line for line in text.splitlines() if line and not line.startswith(("import", "from", '"""', "if __name__"))
    ]
    assert len(lines) <= 20


def test_sobol_indices_by_salib():
    found = run("salib_sobol")
    assert found["points"].shape == (16 * 4, 2)
    assert found["points"]["search.hours"].between(*found["problem"]["bounds"][0]).all()
    assert found["indices"]["ST"][1] > found["indices"]["ST"][0], "the threshold matters more than attention"


def test_robust_search_by_the_workbench():
    logging.getLogger("EMA").setLevel(logging.WARNING)
    found = run("ema_robust_search")
    assert found["links"].shape == (6, 3)
    assert found["regret"].idxmin() == "broker"
    assert (found["regret"] >= 0).all()


def test_calibration_by_pyabc():
    logging.getLogger("ABC").setLevel(logging.WARNING)
    found = run("pyabc_calibration")
    threshold = found["posterior"]["behaviour.threshold"]
    assert found["weights"].sum() == pytest.approx(1.0)
    assert threshold.std() < 0.4 / np.sqrt(12), "narrower than the prior"
    assert threshold.quantile(0.05) < 0.45 < threshold.quantile(0.95), "the value the links were made with"


def test_search_over_policies_by_optuna():
    search = run("optuna_policies")["search"]
    assert search.best_params["broker"] == 1
    assert search.best_value > search.trials[0].value or search.best_trial.number == 0


def test_netcdf_by_xarray():
    found = run("xarray_netcdf")
    assert found["links"].sizes == {"point": 2, "policy": 1, "replicate": 3, "year": 8}
    assert found["links"].attrs["units"] == "exchanges"
    assert float(found["gain"].isel(year=-1).mean()) > 0
