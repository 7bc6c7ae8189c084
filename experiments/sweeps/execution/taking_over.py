"""Runs that a sweep has from before it grew: found by point, policy, replicate and seed, and not made again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np
import pyarrow as pa

from ..storage.growing import factors_in, places_of
from ..storage.manifest import found_at
from ..storage.parts import Folder
from ..storage.reading import UNREADABLE, read_part
from ..study_file.outcomes import Outcome
from ..study_file.study import Study
from .worker_view import Opened, Places, open_sweep


@dataclass(frozen=True)
class Taken:
    """Runs that were there: their numbers in this sweep (n,), and their rows of its tables; yearly: None where not kept."""

    numbers: np.ndarray
    runs: pa.Table
    yearly: pa.Table | None


@dataclass(frozen=True)
class Part:
    """A part of what was there: its tables of runs and of yearly series, the latter where it is asked for."""

    runs: pa.Table
    yearly: pa.Table | None

    @cached_property
    def numbers(self) -> np.ndarray:
        """Numbers of its runs, ascending."""
        return self.runs["run"].to_numpy()

    @cached_property
    def seeds(self) -> np.ndarray:
        """Seeds of its runs."""
        return self.runs["seed"].to_numpy()

    @cached_property
    def sound(self) -> np.ndarray:
        """Whether each of its runs succeeded."""
        return self.runs["error"].combine_chunks().is_null().to_numpy(zero_copy_only=False)

    def first_years(self, years: int) -> np.ndarray:
        """Return the row of each run's first year, -1 where not all years are there."""
        assert self.yearly is not None
        there = self.yearly["run"].to_numpy()
        start, stop = (np.searchsorted(there, self.numbers, side=side) for side in ("left", "right"))
        return np.where(stop - start == years, start, -1)


def take_over(sweep: Opened, runs: np.ndarray) -> list[Taken]:
    """Return what of the runs of a chunk was kept when the sweep grew, the last kept first."""
    found: list[Taken] = []
    for earlier in earlier_of(sweep.folder.root, sweep.manifest["hash"]):
        there = np.concatenate([runs[:0], *(taken.numbers for taken in found)])
        found += earlier.found(sweep.places(runs[~np.isin(runs, there)]))
    return found


@lru_cache(maxsize=4)
def earlier_of(root: Path, hash_: str) -> list[Earlier]:
    """Return what a sweep was before it grew, the last first; what was cleared away has nothing to give."""
    sweep = open_sweep(root, hash_)
    folders = [sweep.folder.kept(name) for name in reversed(sweep.manifest.get("kept", []))]
    return [Earlier(sweep, folder) for folder in folders if found_at(folder) is not None]


class Earlier:
    """A sweep as it was before it grew into another one."""

    def __init__(self, sweep: Opened, folder: Folder):
        manifest = found_at(folder)
        assert manifest is not None
        self._sweep, self._folder, self._manifest = sweep, folder, manifest
        self._study = Study(**manifest["study"])
        self._added = {name: one for name, one in sweep.study.outcomes.items() if name not in self._study.outcomes}
        self._reads_yearly = sweep.keeps_yearly or bool(self._added)

    @cached_property
    def _points(self) -> np.ndarray:
        """The point of that sweep at which each point of this one was, -1 where none."""
        return places_of(factors_in(self._sweep.folder), factors_in(self._folder))

    @cached_property
    def _policies(self) -> np.ndarray:
        """The policy of that sweep for each of this one, -1 where none."""
        names = list(self._study.compared)
        return np.array([names.index(name) if name in names else -1 for name, _ in self._sweep.policies])

    def found(self, places: Places) -> Iterator[Taken]:
        """Yield the runs at ascending places that are there with the same seed, part by part."""
        numbers, size = self._numbers(places), self._manifest["chunk"]
        for chunk in np.unique(numbers[numbers >= 0] // size).tolist():
            part = read(self._folder, chunk, self._reads_yearly)
            inside = numbers // size == chunk
            taken = None if part is None else self._take(part, places.chosen(inside), numbers[inside])
            if taken is not None:
                yield taken

    def _numbers(self, places: Places) -> np.ndarray:
        """Return the numbers of runs in that sweep, -1 where it had none."""
        replicates = self._study.replicates
        point, policy = self._points[places.point], self._policies[places.policy]
        numbers = (point * len(self._study.compared) + policy) * replicates + places.replicate
        return np.where((point < 0) | (policy < 0) | (places.replicate >= replicates), -1, numbers)

    def _take(self, part: Part, places: Places, numbers: np.ndarray) -> Taken | None:
        """Return the runs of a part whose seed is that of this sweep and whose series are whole; None when there is none."""
        rows = np.minimum(np.searchsorted(part.numbers, numbers), len(part.numbers) - 1)
        good = (part.numbers[rows] == numbers) & (part.seeds[rows] == places.seed)
        if self._reads_yearly:
            good &= ~part.sound[rows] | (part.first_years(self._sweep.years)[rows] >= 0)
        if not good.any():
            return None
        rows, places = rows[good], places.chosen(good)
        return Taken(places.run, self._runs(part, places, rows), self._yearly(part, places, rows))

    def _runs(self, part: Part, places: Places, rows: np.ndarray) -> pa.Table:
        """Return rows of the table of runs."""
        columns = self._sweep.columns(places) | self._sweep.factor_columns(places)
        for name, outcome in self._sweep.study.outcomes.items():
            kept = None if name in self._added else part.runs[name].combine_chunks()
            columns[name] = self._reduced(part, rows, outcome) if kept is None else kept.take(pa.array(rows))
        for name in ("error", "traceback"):
            columns[name] = part.runs[name].combine_chunks().take(pa.array(rows))
        return pa.table(columns)

    def _reduced(self, part: Part, rows: np.ndarray, outcome: Outcome) -> pa.Array:
        """Return an outcome taken from the yearly series; empty for failed runs."""
        sound = part.sound[rows]
        kind = pa.float64() if outcome.scalar else pa.list_(pa.float64())
        if not sound.any():
            return pa.nulls(len(rows), kind)
        assert part.yearly is not None
        every = self._rows_of_years(part, rows[sound])
        series, years = (part.yearly[name].to_numpy()[every] for name in (outcome.indicator, "year"))
        found = outcome.reduce(series, years[0])
        values = pa.array(found) if outcome.scalar else pa.array(list(found), kind)
        return values.take(pa.array(np.where(sound, np.cumsum(sound) - 1, 0), mask=~sound))

    def _yearly(self, part: Part, places: Places, rows: np.ndarray) -> pa.Table | None:
        """Return rows of the table of yearly series, where this sweep keeps it."""
        if not self._sweep.keeps_yearly:
            return None
        assert part.yearly is not None
        sound = part.sound[rows]
        years = self._sweep.years
        columns = self._sweep.columns(places.chosen(np.repeat(np.flatnonzero(sound), years)))
        every = pa.array(self._rows_of_years(part, rows[sound]).ravel())
        for name in ("year", *self._sweep.indicators):
            columns[name] = part.yearly[name].combine_chunks().take(every)
        return pa.table(columns)

    def _rows_of_years(self, part: Part, rows: np.ndarray) -> np.ndarray:
        """Return the rows of the years of runs (runs, years)."""
        years = self._sweep.years
        return part.first_years(years)[rows][:, None] + np.arange(years)


@lru_cache(maxsize=4)
def read(folder: Folder, chunk: int, yearly: bool) -> Part | None:
    """Return a part of what was there; None when it was not made or is damaged, so that its runs are made anew."""
    try:
        runs = read_part(folder.runs(chunk))
        return Part(runs, read_part(folder.yearly(chunk)) if yearly else None)
    except UNREADABLE:
        return None
