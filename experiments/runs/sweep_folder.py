"""From the folder of a sweep to the table that the analysis takes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from ecopark.abm.input.errors import InputError, Mistake
from ecopark.analysis.inference.sweep_table import Interest, Sweep
from ecopark.analysis.inference.time_to_event import Measure, with_times

from ..sweeps.execution.model_contract import load_model, measures_of
from ..sweeps.storage.results import SweepResults, open_results
from ..sweeps.study_file.designs import Sampled
from ..sweeps.study_file.seeds import design_generator
from ..sweeps.study_file.study import SHIPPED, Study


def sweep_of(folder: Path) -> Sweep:
    """Return a sweep as the analysis takes it, of an unfinished one what is there; InputError where no run is."""
    results = open_results(folder)
    if results.missing == results.runs:
        allowed = (
            f"a sweep with at least one part: all {results.runs} runs are missing; the ecopark sweep command makes them"
        )
        raise InputError([Mistake("FOLDER", str(folder), allowed)])
    study, asked = results.study, results.study.analysis
    scalars = tuple(name for name, outcome in study.outcomes.items() if outcome.scalar)
    runs, outcomes, measures = with_times(results.frame(partial=True), scalars, _measures(results))
    factors = tuple(results.manifest["factors"])
    return Sweep(
        name=study.name, runs=runs, factors=factors, outcomes=outcomes, design=study.design.kind,
        points=results.manifest["points"], question=study.question, shocks=study.shocks, measures=measures,
        second_order=bool(getattr(study.design, "second_order", False)), shares=_shares(study, len(factors)),
        levels=int(getattr(study.design, "levels", 4)),
        yearly=results.yearly(partial=True) if study.keep == "yearly" else None,
        goals=asked.goals, floors=asked.floors, ceilings=asked.ceilings, interest=_interest(study), pair=asked.pair,
        baseline=asked.baseline, missing=results.missing, origin=_origin(results, folder),
    )  # fmt: skip


def _measures(results: SweepResults) -> dict[str, Measure]:
    """Return how each outcome is told: by the study, else by the declaration of its indicator that the folder holds."""
    declared = results.manifest.get("measures") or measures_of(load_model(results.study.model))
    first = results.manifest["first_year"]
    last = first + results.manifest["years"] - 1
    found = {}
    for name, outcome in results.study.outcomes.items():
        told = Measure(**outcome.described_by(declared.get(outcome.indicator, {})))
        if outcome.take == "year_of_first":
            told = replace(told, last_year=min(last, outcome.until or last), zero=float(outcome.since or first))
        found[name] = told
    return found


def _interest(study: Study) -> Interest | None:
    """Return what scenario discovery looks for, where the study says so."""
    asked = study.analysis.interest
    if asked is None:
        return None
    limit = asked.above if asked.above is not None else asked.below
    return Interest(asked.outcome, asked.above is not None, float(limit or 0.0))


def _shares(study: Study, factors: int) -> np.ndarray | None:
    """Return the points of a drawn design in the unit cube, drawn again from the seed of the study."""
    if not isinstance(study.design, Sampled):
        return None
    return study.design.shares(factors, design_generator(study.seed))


def _origin(results: SweepResults, folder: Path) -> dict[str, Any]:
    """Return what the foot of the report says: scenario, seed, policies, versions, and the command that repeats it."""
    study = results.study
    policies = {
        name: ", ".join(f"{key} {value}" for key, value in values.items()) for name, values in study.policies.items()
    }
    known = study.name if (SHIPPED / f"{study.name}.toml").is_file() else str(folder)
    return {
        "scenario": study.scenario,
        "seed": study.seed,
        "replicates": study.replicates,
        "policies": {name: words or "nothing changed" for name, words in policies.items()},
        "versions": results.manifest["versions"],
        "command": f"ecopark sweep {known} --out NEW_FOLDER",
    }
