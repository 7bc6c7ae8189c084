"""The model as a function of its inputs, which is what libraries for sensitivity, calibration and optimisation ask for."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ecopark.abm.input.errors import InputError, Mistake
from ecopark.abm.input.loading import load_scenario
from ecopark.abm.park import Park

from .study_file.study import Study
from .sweep import run_study

if TYPE_CHECKING:
    import pandas as pd

PARTS = 32  # of the work of a call; a trial that finds the size of parts would take longer than many a call


def simulate(scenario: str, values: Mapping[str, Any] | None = None, seed: int = 0) -> pd.DataFrame:
    """Return the yearly table of one run: one row per year, the year and every indicator.

    scenario: name or folder. values: dotted name -> value. Raises `InputError` with every mistake.
    """
    import pandas as pd

    return pd.DataFrame(Park(load_scenario(scenario, values or {}), seed).run().yearly)


def evaluate(
    scenario: str,
    points: pd.DataFrame,
    outcomes: Mapping[str, Any],
    replicates: int = 1,
    workers: int | None = None,
    **settings: Any,
) -> pd.DataFrame:
    """Return one row per point: the mean of each outcome over the replicates, with the index of `points`.

    points: one column per dotted name, one row per point. outcomes: as in a study, such as `{"links": "last"}`. The mean is
    empty where an outcome of a replicate is. workers: processes, 0 for none but this. settings: other keys of a study, such
    as `seed`, `years`, `set`. Raises `InputError` for wrong input, `IncompleteSweepError` where runs failed.
    """
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "points.csv"
        points.to_csv(table, index=False)
        study = {
            **settings,
            "scenario": scenario,
            "design": {"kind": "table", "file": str(table)},
            "outcomes": dict(outcomes),
            "replicates": replicates,
            "chunk": settings.get("chunk", max(1, -(-len(points) * replicates // PARTS))),
        }
        _refuse_what_has_no_mean(Study(**study))
        results = run_study(study, Path(folder) / "sweep", workers=workers, quiet=True).check_complete()
        columns = list(results.study.outcomes)
        means = results.frame(["point", *columns]).groupby("point")[columns].mean(skipna=False)
    return means.set_index(points.index)


def _refuse_what_has_no_mean(study: Study) -> None:
    """Refuse several policies, which are several answers per point, and outcomes that are series."""
    mistakes = [
        Mistake(f"outcomes.{name}", outcome.take, "an outcome that is one number per run")
        for name, outcome in study.outcomes.items()
        if not outcome.scalar
    ]
    if len(study.compared) > 1:
        mistakes.append(Mistake("policies", list(study.compared), "one policy; ecopark.run_study compares several"))
    if mistakes:
        raise InputError(mistakes)
