"""A study as a function of one point: values in, outcomes out, without a folder."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from ..sweeps.execution.model_contract import load_model
from ..sweeps.study_file.cross_checks import Settled, settle_study
from ..sweeps.study_file.seeds import run_seed
from ..sweeps.study_file.study import Study


def point_function(study: str | Path | Mapping[str, Any] | Study) -> PointFunction:
    """Return a study as a function of one point; `InputError` with every mistake in it."""
    return PointFunction(settle_study(study))


class PointFunction:
    """The mean outcomes of a study at a point, over its replicates; it can be sent to other processes.

    `function(policy="none", **{"behaviour.attitude": 0.6})` returns outcome -> mean, of a series the mean series. Shocks are
    those of the first point of a sweep, whatever the point: the same for all calls, so that points are compared on them.
    """

    def __init__(self, settled: Settled):
        self.study = settled.study
        self._model, self._described = settled.study.model, settled.model.describe(settled.base)
        self._restore()

    def __getstate__(self) -> dict[str, Any]:
        """Leave out what another process makes of the rest."""
        return {"study": self.study, "_model": self._model, "_described": self._described}

    def __setstate__(self, state: dict[str, Any]) -> None:
        """Load model and scenario again."""
        self.__dict__.update(state)
        self._restore()

    def _restore(self) -> None:
        self._functions = load_model(self._model)
        self._base = self._functions.restore(self._described)

    def __call__(self, policy: str | None = None, **values: Any) -> dict[str, Any]:
        """Return outcome -> mean over the replicates; NaN where one of them has no value."""
        compared = self.study.compared
        place = 0 if policy is None else list(compared).index(policy)
        set_here: Mapping[str, Any] = {**values, **list(compared.values())[place]}
        prepared = self._functions.prepare(self._base, set_here)
        study = self.study
        seeds = [run_seed(study.seed, study.shocks, replicate, 0, 0) for replicate in range(study.replicates)]
        runs = [self._functions.simulate(prepared, seed) for seed in seeds]
        return {name: self._mean(runs, name) for name in study.outcomes}

    def _mean(self, runs: list[np.ndarray], name: str) -> Any:
        """Return the mean of an outcome over runs."""
        outcome = self.study.outcomes[name]
        series = np.stack([run[outcome.indicator].astype(float) for run in runs])
        found = outcome.reduce(series, runs[0]["year"])
        return float(found.mean()) if outcome.scalar else found.mean(axis=0)
