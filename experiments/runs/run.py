"""One run, or an ensemble of them -> a run folder."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from ecopark.abm.input.scenario import Scenario
from ecopark.abm.park import Park
from ecopark.analysis.run_folder.plain_json import plain_json

from .run_folders import FORMAT

Progress = Callable[[int, int], None]


def replicate_seed(seed: int, replicate: int) -> int:
    """Return the seed of a replicate; replicate 0 has the seed itself, so that a single run is the first of an ensemble."""
    if replicate == 0:
        return seed
    return int(np.random.SeedSequence([seed, replicate]).generate_state(1, np.uint64)[0])


def simulate(
    scenario: Scenario,
    seed: int,
    years: int | None = None,
    progress: Progress | None = None,
    steps: Iterable[Mapping[str, Any]] = (),
) -> tuple[Park, bool]:
    """Run a scenario year by year; return the park and whether it reached its horizon (not when Ctrl-C or SIGTERM ended it).

    progress: called with years done and years in all. steps: policies set while an earlier run ran, to be set again.
    """
    park = Park(scenario, seed, steps)
    total = scenario.years if years is None else years
    try:
        for done in range(total):
            park.advance(12)
            if progress:
                progress(done + 1, total)
    except KeyboardInterrupt:
        return park, False
    return park, True


@dataclass(frozen=True)
class Outcome:
    """What is told of a run when its park may be gone. months: done; origin, summary: see `ecopark.abm.observation.results`."""

    label: str
    seed: int
    months: int
    origin: dict[str, Any]
    summary: dict[str, Any]


@dataclass(frozen=True)
class Recorded:
    """What came of the runs that a folder holds. complete: all reached their horizon; is_full: the disk took no more."""

    outcomes: list[Outcome]
    complete: bool
    is_full: bool = False


def outcome_of(park: Park) -> Outcome:
    """Return what is told of a run."""
    results = park.results
    return Outcome(park.scenario.label, park.seed, park.month, results.origin, results.summary())


def write_origin(folder: Path, outcomes: list[Outcome], command: str, ensemble: bool, complete: bool) -> dict[str, Any]:
    """Write run.json, from which the run can be repeated, and return what it says."""
    origin: dict[str, Any] = {
        "format": FORMAT,
        "command": command,
        "complete": complete,
        "replicates": len(outcomes) if ensemble else None,
        "seeds": [outcome.seed for outcome in outcomes],
        **outcomes[0].origin,
        "summaries": [outcome.summary for outcome in outcomes],
    }
    (folder / "run.json").write_text(plain_json(origin), encoding="utf-8")
    return origin


def run(scenario: str | Path, values: Mapping[str, Any] | None = None, seed: int = 1, years: int | None = None) -> Park:
    """Run a scenario once and return its park, whose `results` are the tables.

    scenario: a shipped name, a folder, a table of companies or the run.json of a run. values: dotted names, as in `--set`.
    years: by default the scenario's own. Raises InputError with every mistake found.
    """
    from ecopark.abm.input.loading import load_scenario

    horizon = {} if years is None else {"horizon.years": years}
    return Park(load_scenario(scenario, {**(values or {}), **horizon}), seed).run()
