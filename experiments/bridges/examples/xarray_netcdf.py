"""xarray: a sweep as labelled arrays, and as a NetCDF file that any tool of the field reads."""

import tempfile
from pathlib import Path

import xarray

import ecopark

study = {"scenario": "synthetic", "years": 8, "replicates": 3, "set": {"synthetic.companies": 30}, "keep": "yearly", "chunk": 5,
         "factors": {"behaviour.threshold": [0.6, 0.4]}, "outcomes": {"links": "last"}}  # fmt: skip
folder = Path(tempfile.mkdtemp())
arrays = ecopark.run_study(study, folder / "sweep", workers=0, quiet=True).xarray()
arrays.to_netcdf(folder / "sweep.nc")
links = xarray.open_dataset(folder / "sweep.nc")["yearly_links"]
gain = links.sel(point=1) - links.sel(point=0)

if __name__ == "__main__":
    print(gain.mean("replicate").to_dataframe()["yearly_links"])
