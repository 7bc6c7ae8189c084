"""Replicates of a whole history under some settings, on the same seeds as every other settings."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

import numpy as np

from ecopark.abm.input.scenario import Scenario

from .newest_request import OutdatedError
from .settings import QUIET, found_park

FIRST_PAUSE, PAUSE = 0.15, 0.5  # seconds between two parts of an ensemble, before and after the first replicates


@dataclass(frozen=True, eq=False)
class Ensemble:
    """Yearly indicators of replicates: [replicate, year] structured as `Park.yearly`; NaN in years still to be run.

    planned: how many replicates there will be. years_done: how many years have been run.
    """

    table: np.ndarray
    planned: int = 0
    years_done: int = 0

    @property
    def years(self) -> np.ndarray:
        """Return the years."""
        return self.table["year"][0]

    def values(self, name: str) -> np.ndarray:
        """Return an indicator [replicate, year]."""
        return self.table[name]


def run_history(
    scenario: Scenario,
    values: Mapping[str, Any],
    seed: int,
    years: int = 0,
    tell: Callable[[np.ndarray], None] | None = None,
) -> np.ndarray:
    """Return the yearly indicators of one whole run [year]. tell: called with those so far after every so many years."""
    park = found_park(scenario.replace(QUIET), values, seed)
    months = park.scenario.years * 12
    while park.month < months:
        park.advance(min(12 * years or months, months - park.month))
        if tell is not None:
            tell(park.yearly)
    return park.yearly


class Job:
    """An ensemble that is being run. promise: the whole of it. first: so many replicates are shown before the others.

    Watchers are (is_wanted, on_part); parts are told as soon as the first replicates are done, and while they run. Before
    the first part nothing is outdated, so that a lever that is dragged on and on still draws.
    """

    def __init__(self, scenario: Scenario, planned: int, first: int):
        self.promise: Future[Ensemble] = Future()
        self._start, self._years, self._planned, self._first = scenario.start_year, scenario.years, planned, first
        self._watchers: list[tuple[Callable[[], bool], Callable[[Ensemble], None] | None]] = []
        self._tables: dict[int, np.ndarray] = {}
        self._lock = threading.Lock()
        self._told = 0
        self._spoke = time.monotonic()

    def watch(self, is_wanted: Callable[[], bool], on_part: Callable[[Ensemble], None] | None) -> None:
        """Let somebody wait for the job."""
        with self._lock:
            self._watchers.append((is_wanted, on_part))

    def check(self) -> None:
        """Raise OutdatedError when nobody waits any more."""
        if self._told and not any(is_wanted() for is_wanted, _ in self._watchers):
            raise OutdatedError

    def note(self, seed: int, yearly: np.ndarray) -> None:
        """Take down how far a replicate has come, and tell who watches. Raises OutdatedError when nobody does."""
        with self._lock:
            self._tables[seed] = yearly
            part = self._part()
        if part is not None:
            for _, on_part in self._watchers:
                if on_part is not None:
                    on_part(part)
        self.check()

    def _part(self) -> Ensemble | None:
        """Return what is to be told now, None for nothing new."""
        done = [table for table in self._tables.values() if len(table) == self._years]
        shown = (
            done if len(done) >= self._first else [self._tables[seed] for seed in sorted(self._tables)[: self._first]]
        )
        years = min(map(len, shown))
        amount = len(shown) * years
        is_first = len(done) == self._first
        pause = PAUSE if len(done) >= self._first else FIRST_PAUSE
        is_early = not is_first and time.monotonic() - self._spoke < pause
        if len(shown) < self._first or not self._told < amount < self._planned * self._years or is_early:
            return None
        self._told, self._spoke = amount, time.monotonic()
        return Ensemble(self._padded(shown, years), self._planned, years)

    def _padded(self, tables: list[np.ndarray], years: int) -> np.ndarray:
        """Return the tables as [replicate, year], NaN in the years to come."""
        padded = np.zeros((len(tables), self._years), dtype=tables[0].dtype)
        for name in padded.dtype.names or ():
            padded[name] = self._start + np.arange(self._years) if name == "year" else np.nan
        for row, table in zip(padded, tables, strict=True):
            row[:years] = table[:years]
        return padded
