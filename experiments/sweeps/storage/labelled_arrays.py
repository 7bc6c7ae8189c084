"""A sweep as labelled arrays of xarray: the form in which gridded results are exchanged as NetCDF or Zarr."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from ecopark.analysis.inference.extras import extra

if TYPE_CHECKING:
    import pandas as pd
    import xarray

CROSSED = ("point", "policy", "replicate")


def labelled(results: Any, measures: Mapping[str, Mapping[str, str]]) -> xarray.Dataset:
    """Return a sweep as a Dataset: outcomes over (point, policy, replicate), series with (year) as well.

    Factors are coordinates of `point`; `seed` and `error` ("" for a good run) stand beside the outcomes. Runs that failed or
    are not made yet are NaN. results: `SweepResults`. measures: indicator -> label, unit, better. Raises `MissingExtraError` without xarray.
    """
    array = extra("xarray", "A sweep as labelled arrays")
    study, manifest = results.study, results.manifest
    runs = results.frame(partial=True)
    place = _places(runs, list(study.compared), study.replicates)
    shape = (manifest["points"], len(study.compared), study.replicates)
    years = np.arange(manifest["first_year"], manifest["first_year"] + manifest["years"])
    variables: dict[str, Any] = {}
    for name, outcome in study.outcomes.items():
        told = outcome.described_by(measures.get(outcome.indicator, {}))
        attributes = {"long_name": told["label"], "units": told["unit"], "better": told["better"]}
        if outcome.scalar:
            variables[name] = (CROSSED, _spread(runs[name].to_numpy(float), place, shape), attributes)
        else:
            window = _window(years, outcome.since, outcome.until)
            variables[name] = ((*CROSSED, "year"), _series(runs[name], place, shape, years, window), attributes)
    if study.keep == "yearly":
        variables |= _yearly(results, place, runs, shape, years, measures)
    variables["seed"] = (CROSSED, _spread(runs["seed"].to_numpy(), place, shape, -1), {"long_name": "seed of the run"})
    errors = runs["error"].fillna("").to_numpy(object)
    variables["error"] = (CROSSED, _spread(errors, place, shape, "not made"), {"long_name": "why the run failed"})
    return array.Dataset(variables, _coordinates(results, years), _attributes(results))


def _places(runs: pd.DataFrame, policies: list[str], replicates: int) -> np.ndarray:
    """Return where each run stands in the flat order of (point, policy, replicate)."""
    policy = runs["policy"].map({name: number for number, name in enumerate(policies)}).to_numpy()
    return (runs["point"].to_numpy() * len(policies) + policy) * replicates + runs["replicate"].to_numpy()


def _spread(values: np.ndarray, place: np.ndarray, shape: tuple[int, ...], nothing: Any = np.nan) -> np.ndarray:
    """Return values of runs in the shape of the design; nothing: where there is no run."""
    whole = np.full((int(np.prod(shape)), *values.shape[1:]), nothing, dtype=values.dtype)
    whole[place] = values
    return whole.reshape(*shape, *values.shape[1:])


def _window(years: np.ndarray, since: int | None, until: int | None) -> np.ndarray:
    """Mark the years that an outcome looks at."""
    return (years >= (since or years[0])) & (years <= (until or years[-1]))


def _series(
    column: pd.Series, place: np.ndarray, shape: tuple[int, ...], years: np.ndarray, window: np.ndarray
) -> np.ndarray:
    """Return series over all years; those outside the window are NaN."""
    values = np.full((len(column), len(years)), np.nan)
    for row, series in enumerate(column):
        if series is not None:
            values[row, window] = series
    return _spread(values, place, shape)


def _yearly(
    results: Any,
    place: np.ndarray,
    runs: pd.DataFrame,
    shape: tuple[int, ...],
    years: np.ndarray,
    measures: Mapping[str, Mapping[str, str]],
) -> dict[str, Any]:
    """Return the kept yearly series of every indicator, named `yearly_INDICATOR`."""
    table = results.yearly(partial=True)
    sound = runs["error"].isna().to_numpy()
    found = {}
    for name in results.manifest["indicators"]:
        values = np.full((len(runs), len(years)), np.nan)
        values[sound] = table[name].to_numpy(float).reshape(-1, len(years))
        told = measures.get(name, {})
        attributes = {"long_name": told.get("label", name), "units": told.get("unit", "")}
        found[f"yearly_{name}"] = ((*CROSSED, "year"), _spread(values, place, shape), attributes)
    return found


def _coordinates(results: Any, years: np.ndarray) -> dict[str, Any]:
    """Return the coordinates: numbers of points with the factors beside them, names of policies, replicates, years."""
    points = results.points()
    factors = {name: ("point", points[name].to_numpy()) for name in results.manifest["factors"]}
    texts = {name: values.astype(object) for name, (_, values) in factors.items() if values.dtype.kind not in "iufb"}
    return {
        "point": points["point"].to_numpy(),
        "policy": np.array(list(results.study.compared), dtype=object),
        "replicate": np.arange(results.study.replicates),
        "year": years,
        **factors,
        **{name: ("point", values) for name, values in texts.items()},
    }


def _attributes(results: Any) -> dict[str, str]:
    """Return what says where the arrays come from."""
    study, versions = results.study, results.manifest["versions"]
    return {
        "title": study.name,
        "question": study.question,
        "source": f"ecopark {versions.get('ecopark', '')}, scenario {study.scenario}, seed {study.seed}",
        "shocks": study.shocks,
        "hash": results.manifest["hash"],
    }
