"""One chunk, as a worker does it: simulate its runs, reduce them to outcomes, and write its part.

A run that raises is a row with its error and traceback, and empty outcomes. What is no fault of a run (a full disk, a
folder out of sight) is raised and stops the sweep; the chunk is then still to do.
"""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from experiments.sweeps.archive import Folder, encode, read_part, write_whole
from experiments.sweeps.claims import claim
from experiments.sweeps.opened import Opened, open_sweep


@dataclass(frozen=True)
class Task:
    """What a worker is asked to do. guarded: in a child process of the worker; again: repeat the failed runs of a part."""

    root: Path
    hash: str
    chunk: int
    again: bool = False
    guarded: bool = False
    time_limit: float | None = None


@dataclass(frozen=True)
class Report:
    """What became of a chunk: `written`, `there` already, or `taken` by another sweep at this moment."""

    chunk: int
    state: str
    runs: int = 0
    failed: int = 0
    seconds: float = 0.0


@dataclass
class Simulated:
    """The runs of a chunk. series: (runs, years) records, None when all failed; failures: run -> (error, traceback)."""

    runs: np.ndarray
    series: np.ndarray | None = None
    failures: dict[int, tuple[str, str]] = field(default_factory=dict)

    @property
    def sound(self) -> np.ndarray:
        """Whether each run succeeded (runs,)."""
        return np.array([run not in self.failures for run in self.runs.tolist()], dtype=bool)


Announce = Callable[[int | None], None]


def run_chunk(task: Task, announce: Announce | None = None, known: Mapping[int, str] | None = None) -> Report:
    """Do one chunk unless it is done or someone else is at it. known: run -> why it fails, for runs not to be tried."""
    folder = Folder(task.root)
    part = folder.runs(task.chunk)
    if part.exists() and not task.again:
        return Report(task.chunk, "there")
    with claim(folder.claims, task.chunk) as ours:
        if not ours:
            return Report(task.chunk, "taken")
        if part.exists() and not task.again:
            return Report(task.chunk, "there")
        return _do(open_sweep(task.root, task.hash), task, announce, known or {})


def _do(sweep: Opened, task: Task, announce: Announce | None, known: Mapping[int, str]) -> Report:
    runs = sweep.runs_of(task.chunk)
    if task.again:
        runs = _failed_runs(sweep.folder.runs(task.chunk))
    start = time.perf_counter()
    done = simulate(sweep, runs, announce, known)
    seconds = time.perf_counter() - start
    _write(sweep, task, done)
    return Report(task.chunk, "written", len(runs), len(done.failures), seconds)


def _failed_runs(part: Path) -> np.ndarray:
    table = read_part(part, ["run", "error"])
    return table.filter(table["error"].is_valid())["run"].to_numpy()


def simulate(sweep: Opened, runs: np.ndarray, announce: Announce | None, known: Mapping[int, str]) -> Simulated:
    """Simulate the runs in their order, each failure kept beside the others' results."""
    done = Simulated(runs)
    prepared: Any = None
    place = None
    for row, run in enumerate(runs.tolist()):
        if run in known:
            done.failures[run] = (known[run], "")
            continue
        if announce:
            announce(run)
        try:
            point, policy, replicate = sweep.place(run)
            if place != (point, policy):
                place = None
                prepared = sweep.prepare(point, policy)
                place = (point, policy)
            yearly = sweep.model.simulate(prepared, sweep.seed(point, policy, replicate), sweep.years)
            if done.series is None:
                done.series = np.empty((len(runs), sweep.years), dtype=yearly.dtype)
            done.series[row] = _fitting(yearly, done.series)
        except (Exception, SystemExit) as error:
            done.failures[run] = (f"{type(error).__name__}: {error}", traceback.format_exc())
    if announce:
        announce(None)
    return done


def _fitting(yearly: np.ndarray, series: np.ndarray) -> np.ndarray:
    if yearly.shape != series.shape[1:] or yearly.dtype != series.dtype:
        raise ValueError(f"the run gave {yearly.shape} years of {yearly.dtype}, expected {series.shape[1:]} of {series.dtype}")
    return yearly


def _write(sweep: Opened, task: Task, done: Simulated) -> None:
    """Write the series, then the runs: a part of runs stands for all that belongs to it."""
    if sweep.keeps_yearly:
        _put(sweep.folder.yearly(task.chunk), yearly_table(sweep, done), task.again)
    _put(sweep.folder.runs(task.chunk), runs_table(sweep, done), task.again)


def _put(path: Path, table: pa.Table, again: bool) -> None:
    """Write a part; of one that is there, the runs that were not repeated stay."""
    if again and path.exists():
        before = read_part(path)
        repeated = pc.is_in(before["run"], table["run"].combine_chunks())
        table = pa.concat_tables([before.filter(pc.invert(repeated)), table])
        table = table.sort_by([(name, "ascending") for name in ("run", "year") if name in table.column_names])
    write_whole(path, encode(table))


def runs_table(sweep: Opened, done: Simulated) -> pa.Table:
    """Return one row per run: its place, seed, factors, outcomes and error."""
    failures = [done.failures.get(run, (None, None)) for run in done.runs.tolist()]
    columns = sweep.place_columns(done.runs)
    columns |= dict(_outcome_columns(sweep, done))
    columns["error"] = pa.array([error for error, _ in failures], pa.string())
    columns["traceback"] = pa.array([trace for _, trace in failures], pa.string())
    return pa.table(columns)


def _outcome_columns(sweep: Opened, done: Simulated) -> Iterator[tuple[str, pa.Array]]:
    """Yield each outcome as a column in which failed runs are empty."""
    sound, rows = done.sound, len(done.runs)
    for name, outcome in sweep.study.outcomes.items():
        kind = pa.float64() if outcome.scalar else pa.list_(pa.float64())
        if done.series is None or not sound.any():
            yield name, pa.nulls(rows, kind)
            continue
        series = done.series[sound]
        found = outcome.reduce(series[outcome.indicator].astype(float), series["year"][0])
        values = pa.array(found) if outcome.scalar else pa.array(list(found), kind)
        yield name, values.take(pa.array(np.where(sound, np.cumsum(sound) - 1, 0), mask=~sound))


def yearly_table(sweep: Opened, done: Simulated) -> pa.Table:
    """Return one row per successful run and year: its place and every indicator."""
    sound = done.sound
    runs = np.repeat(done.runs[sound], sweep.years)
    columns = sweep.place_columns(runs, factors=False)
    series = np.empty(0, dtype=[]) if done.series is None else done.series[sound].ravel()
    columns["year"] = pa.array(series["year"] if len(series) else [], pa.int32())
    for name in sweep.indicators:
        columns[name] = pa.array(series[name].astype(float) if len(series) else [], pa.float64())
    return pa.table(columns)
