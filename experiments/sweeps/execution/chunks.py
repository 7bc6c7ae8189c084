"""One chunk, as a worker does it: simulate its runs, reduce them to outcomes, and write its part.

A run that raises is a row with its error and traceback, and empty outcomes. What is no fault of a run (a full disk, a
folder out of sight) is raised and stops the sweep; the chunk is then still to do.
"""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ..storage.manifest import require_current
from ..storage.parts import Folder, encode, write_whole
from ..storage.reading import read_part
from .locks import claim
from .taking_over import Taken, take_over
from .worker_view import Opened, Places, open_sweep


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
    failed: int = 0
    seconds: float = 0.0


@dataclass
class Simulated:
    """The runs of a chunk. series: (runs, years) records, None when all failed; failures: run -> (error, traceback)."""

    places: Places
    series: np.ndarray | None = None
    failures: dict[int, tuple[str, str]] = field(default_factory=dict)
    _bytes: np.ndarray = field(default_factory=lambda: np.empty((0, 0), np.uint8))

    def keep(self, row: int, yearly: np.ndarray, years: int) -> None:
        """Copy the history of a run to its row; as bytes, which numpy copies faster than records."""
        if self.series is None:
            self.series = np.empty((len(self.places), years), dtype=yearly.dtype)
            self._bytes = self.series.view(np.uint8).reshape(len(self.places), -1)
        if len(yearly) != years or yearly.dtype != self.series.dtype:
            raise ValueError(f"the run gave {len(yearly)} years of {yearly.dtype}, not {years} of {self.series.dtype}")
        self._bytes[row] = np.ascontiguousarray(yearly).view(np.uint8)

    @cached_property
    def sound(self) -> np.ndarray:
        """Whether each run succeeded (runs,)."""
        return (
            ~np.isin(self.places.run, list(self.failures)) if self.failures else np.ones(len(self.places), dtype=bool)
        )

    @property
    def sound_series(self) -> np.ndarray | None:
        """The series of the runs that succeeded; None when there is none."""
        if self.series is None or not self.failures:
            return self.series
        return self.series[self.sound] if self.sound.any() else None


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
        sweep = open_sweep(task.root, task.hash)
        require_current(task.root, task.hash)
        return _do(sweep, task, announce, known or {})


def _do(sweep: Opened, task: Task, announce: Announce | None, known: Mapping[int, str]) -> Report:
    taken: list[Taken] = []
    if task.again:
        runs = _failed_runs(sweep.folder.runs(task.chunk))
    else:
        runs = sweep.runs_of(task.chunk)
        taken = take_over(sweep, runs)
        runs = runs[~np.isin(runs, np.concatenate([runs[:0], *(one.numbers for one in taken)]))]
    start = time.perf_counter()
    done = simulate(sweep, runs, announce, known)
    seconds = time.perf_counter() - start
    require_current(task.root, task.hash)
    _write(sweep, task, done, taken)
    return Report(task.chunk, "written", len(done.failures), seconds)


def _failed_runs(part: Path) -> np.ndarray:
    table = read_part(part, ["run", "error"])
    return table.filter(table["error"].is_valid())["run"].to_numpy()


def simulate(sweep: Opened, runs: np.ndarray, announce: Announce | None, known: Mapping[int, str]) -> Simulated:
    """Simulate the runs in their order, each failure kept beside the others' results."""
    done = Simulated(sweep.places(runs))
    one_run, prepared, ready = sweep.model.simulate, None, None
    for row, (run, place, seed) in enumerate(done.places.rows()):
        if run in known:
            done.failures[run] = (known[run], "")
            continue
        if announce:
            announce(run)
        try:
            if place != ready:
                prepared, ready = sweep.prepare(*place), place
            done.keep(row, one_run(prepared, seed), sweep.years)
        except (Exception, SystemExit) as error:
            done.failures[run] = (f"{type(error).__name__}: {error}", traceback.format_exc())
    if announce:
        announce(None)
    return done


def _write(sweep: Opened, task: Task, done: Simulated, taken: list[Taken]) -> None:
    """Write the series, then the runs: a part of runs stands for all that belongs to it."""
    if sweep.keeps_yearly:
        series = [one.yearly for one in taken if one.yearly is not None]
        _put(sweep.folder.yearly(task.chunk), in_order([yearly_table(sweep, done), *series]), task.again)
    runs = in_order([runs_table(sweep, done), *(one.runs for one in taken)])
    _put(sweep.folder.runs(task.chunk), runs, task.again)


def in_order(tables: list[pa.Table]) -> pa.Table:
    """Return several tables with the same columns as one, in the order of run and year."""
    full = [table for table in tables if table.num_rows] or tables[:1]
    if len(full) == 1:
        return full[0]
    whole = pa.concat_tables(full)
    return whole.sort_by([(name, "ascending") for name in ("run", "year") if name in whole.column_names])


def _put(path: Path, table: pa.Table, again: bool) -> None:
    """Write a part; of one that is there, the runs that were not repeated stay."""
    if again and path.exists():
        before = read_part(path)
        repeated = pc.is_in(before["run"], table["run"].combine_chunks())
        table = in_order([before.filter(pc.invert(repeated)), table])
    write_whole(path, encode(table))


def runs_table(sweep: Opened, done: Simulated) -> pa.Table:
    """Return one row per run: its place, seed, factors, outcomes and error."""
    columns = sweep.columns(done.places) | sweep.factor_columns(done.places)
    columns |= dict(_outcome_columns(sweep, done))
    return pa.table(columns | _failure_columns(done))


def _failure_columns(done: Simulated) -> dict[str, pa.Array]:
    """Return what went wrong, empty for a run that succeeded."""
    if not done.failures:
        nothing = pa.nulls(len(done.places), pa.string())
        return {"error": nothing, "traceback": nothing}
    said = [done.failures.get(run, (None, None)) for run in done.places.run.tolist()]
    errors, traces = zip(*said, strict=True)
    return {"error": pa.array(errors, pa.string()), "traceback": pa.array(traces, pa.string())}


def _outcome_columns(sweep: Opened, done: Simulated) -> Iterator[tuple[str, pa.Array]]:
    """Yield each outcome as a column in which failed runs are empty."""
    sound, series = done.sound, done.sound_series
    spread = None if sound.all() else pa.array(np.where(sound, np.cumsum(sound) - 1, 0), mask=~sound)
    for name, outcome in sweep.study.outcomes.items():
        kind = pa.float64() if outcome.scalar else pa.list_(pa.float64())
        if series is None:
            yield name, pa.nulls(len(sound), kind)
            continue
        found = outcome.reduce(series[outcome.indicator].astype(float), series["year"][0])
        values = pa.array(found) if outcome.scalar else pa.array(list(found), kind)
        yield name, values if spread is None else values.take(spread)


def yearly_table(sweep: Opened, done: Simulated) -> pa.Table:
    """Return one row per successful run and year: its place and every indicator."""
    series = done.sound_series
    columns = sweep.columns(done.places.chosen(np.repeat(np.flatnonzero(done.sound), sweep.years)))
    columns["year"] = pa.array([] if series is None else series["year"].ravel(), pa.int32())
    for name in sweep.indicators:
        columns[name] = pa.array([] if series is None else series[name].ravel().astype(float), pa.float64())
    return pa.table(columns)
