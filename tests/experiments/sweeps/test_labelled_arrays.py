"""A sweep as labelled arrays holds what its tables hold, each number at its place."""

from __future__ import annotations

import numpy as np
import pytest

from ecopark import run_study
from tests.experiments.sweeps.sweeping import STUDY

xarray = pytest.importorskip("xarray")
MORE = {
    **STUDY,
    "keep": "yearly",
    "factors": {"walk.x": [1, 2], "walk.kind": ["plain", "wild"]},
    "outcomes": {**STUDY["outcomes"], "late": {"indicator": "waste", "take": "series", "since": 2002}},
}


@pytest.fixture
def results(tmp_path):
    return run_study(MORE, tmp_path / "out", workers=0, quiet=True)


def test_every_number_is_at_its_place(results):
    arrays, yearly = results.xarray(), results.yearly().set_index(["point", "policy", "replicate", "year"])
    assert dict(arrays.sizes) == {"point": 4, "policy": 2, "replicate": 5, "year": 5}
    for row in results.frame().to_dict("records"):
        here = arrays.sel({name: row[name] for name in ("point", "policy", "replicate")})
        assert float(here["waste_sum"]) == row["waste_sum"]
        assert int(here["seed"]) == row["seed"]
        assert str(here["walk.kind"].item()) == row["walk.kind"]
        assert np.array_equal(here["curve"], row["curve"])
        assert np.isnan(here["late"][:2]).all()
        assert np.array_equal(here["late"][2:], row["late"])
        place = tuple(row[name] for name in ("point", "policy", "replicate"))
        assert np.array_equal(here["yearly_waste"], yearly.loc[place, "waste"])


def test_what_is_missing_or_failed_is_nan_and_says_why(tmp_path):
    trapped = {**MORE, "set": {"trap.kind": "raise", "trap.x": 2.0}}
    results = run_study(trapped, tmp_path / "out", workers=0, quiet=True)
    (tmp_path / "out" / "runs" / "part-00000000.parquet").unlink()
    (tmp_path / "out" / "yearly" / "part-00000000.parquet").unlink()
    arrays = results.__class__(results.folder, results.manifest).xarray()
    assert (arrays["error"].sel(point=0, policy="none") == "not made").all()
    assert (arrays["error"].sel(point=3) == "ArithmeticError: the trap was sprung").all()
    assert np.isnan(arrays["waste_sum"].sel(point=[2, 3])).all()
    assert np.isnan(arrays["yearly_waste"].sel(point=3)).all()
    assert not np.isnan(arrays["waste_sum"].sel(point=1)).any()


def test_netcdf_brings_back_the_same(results, tmp_path):
    pytest.importorskip("netCDF4")
    arrays = results.xarray()
    arrays.to_netcdf(tmp_path / "sweep.nc")
    with xarray.open_dataset(tmp_path / "sweep.nc") as again:
        xarray.testing.assert_equal(again.drop_vars("error").load(), arrays.drop_vars("error"))
        assert again.attrs["source"].endswith("scenario walk, seed 3")
