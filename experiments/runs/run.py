"""One run, or an ensemble of them -> a run folder."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from ecopark.abm.input.errors import InputError, Mistake
from ecopark.abm.input.scenario import Scenario
from ecopark.abm.park import Park
from ecopark.analysis.run_folder.columns import Sheet, stacked
from ecopark.analysis.run_folder.tables import RunTables

from .arrow_tables import arrow_table

TABLES = ("yearly", "monthly", "companies", "opportunities", "exchanges", "events", "meetings", "prices")
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
    """Run a scenario year by year; return the park and whether it reached its horizon (not when Ctrl-C ended it).

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


def free_folder(base: Path, name: str) -> Path:
    """Return the first folder `name-1`, `name-2`, ... that does not exist yet."""
    number = 1
    while (base / f"{name}-{number}").exists():
        number += 1
    return base / f"{name}-{number}"


def refuse_existing(folder: Path, force: bool) -> None:
    """Raise InputError when a folder is taken and may not be replaced."""
    taken = folder.exists() and (not folder.is_dir() or any(folder.iterdir()))
    if taken and not force:
        raise InputError(
            [Mistake("--out", str(folder), "a folder that does not exist yet; --force replaces a run folder")]
        )
    if taken and not (folder.is_dir() and (folder / "run.json").exists()):
        raise InputError([Mistake("--out", str(folder), "a run folder; --force replaces nothing else")])


@contextmanager
def written_whole(folder: Path) -> Iterator[Path]:
    """Give a folder to write into; it takes its name only when all is written, so that no half folder is left."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    partial = folder.with_name(f".{folder.name}.{os.getpid()}.partial")
    partial.mkdir()
    try:
        yield partial
        if folder.exists():
            shutil.rmtree(folder)
        partial.replace(folder)
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def tables_of(parks: list[Park], ensemble: bool, origin: dict[str, Any] | None = None) -> RunTables:
    """Return every result table; the tables of an ensemble have a first column `replicate`."""
    results = [park.results for park in parks]
    sheets: dict[str, Any] = {}
    for name in TABLES:
        parts = [Sheet(result.columns(name)) for result in results]
        sheets[name] = stacked(parts, "replicate") if ensemble else parts[0]
    return RunTables(origin=origin or {}, **sheets)


def write_tables(folder: Path, tables: RunTables) -> None:
    """Write every result table as Parquet."""
    import pyarrow.parquet as pq

    for name in TABLES:
        pq.write_table(arrow_table(getattr(tables, name)), folder / f"{name}.parquet", compression="zstd")


@dataclass(frozen=True)
class Outcome:
    """What is told of a run when its park may be gone. months: done; origin, summary: see `ecopark.abm.observation.results`."""

    label: str
    seed: int
    months: int
    origin: dict[str, Any]
    summary: dict[str, Any]


def outcome_of(park: Park) -> Outcome:
    """Return what is told of a run."""
    results = park.results
    return Outcome(park.scenario.label, park.seed, park.month, results.origin, results.summary())


def write_origin(folder: Path, outcomes: list[Outcome], command: str, ensemble: bool, complete: bool) -> dict[str, Any]:
    """Write run.json, from which the run can be repeated, and return what it says."""
    origin: dict[str, Any] = {
        "command": command,
        "complete": complete,
        "replicates": len(outcomes) if ensemble else None,
        "seeds": [outcome.seed for outcome in outcomes],
        **outcomes[0].origin,
        "summaries": [outcome.summary for outcome in outcomes],
    }
    (folder / "run.json").write_text(json.dumps(origin, indent=1), encoding="utf-8")
    return origin


def run(scenario: str | Path, values: Mapping[str, Any] | None = None, seed: int = 1, years: int | None = None) -> Park:
    """Run a scenario once and return its park, whose `results` are the tables.

    scenario: a shipped name, a folder, a table of companies or the run.json of a run. values: dotted names, as in `--set`.
    years: by default the scenario's own. Raises InputError with every mistake found.
    """
    from ecopark.abm.input.loading import load_scenario

    horizon = {} if years is None else {"horizon.years": years}
    return Park(load_scenario(scenario, {**(values or {}), **horizon}), seed).run()
