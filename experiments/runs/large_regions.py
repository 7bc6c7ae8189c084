"""Runs of a large region: their tables go to Parquet year by year, so that memory stays bounded."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from ecopark.abm.initialization.reach import LARGE
from ecopark.abm.input.scenario import Scenario
from ecopark.abm.observation.tables import Columns, companies, events, meetings, opportunities
from ecopark.abm.park import Park

from .arrow_tables import arrow_table
from .run import Outcome, Progress, outcome_of

SLICE = 200_000  # rows that are turned into words at a time


def is_large(scenario: Scenario) -> bool:
    """Tell whether a scenario has so many companies that its tables are streamed."""
    listed = len(scenario.tables["companies"])
    return (listed or scenario["synthetic.companies"]) > LARGE


class Writers:
    """One open Parquet file for each table; all are closed, and so can be read, however the run ends.

    replicate: number that is written as a first column of every table; None for a single run.
    """

    def __init__(self, folder: Path):
        self.folder = folder
        self.replicate: int | None = None
        self._open: dict[str, Any] = {}

    def append(self, name: str, columns: Columns) -> None:
        """Add rows to a table; the first rows decide its columns."""
        import pyarrow.parquet as pq

        if self.replicate is not None:
            rows = len(next(iter(columns.values())))
            columns = {"replicate": np.full(rows, self.replicate), **columns}
        table = arrow_table(columns)
        if name not in self._open:
            self._open[name] = pq.ParquetWriter(self.folder / f"{name}.parquet", table.schema, compression="zstd")
        self._open[name].write_table(table.cast(self._open[name].schema))

    def close(self) -> None:
        """Close every file."""
        for writer in self._open.values():
            writer.close()


def stream(
    scenario: Scenario,
    seeds: Sequence[int],
    folder: Path,
    progress: Progress,
    steps: Iterable[Mapping[str, Any]] = (),
) -> tuple[list[Outcome], bool]:
    """Run a scenario with each seed in turn and write the tables into a folder as it goes: one park at a time in memory.

    Return what is told of each run and whether all reached their horizon. Ctrl-C ends them with the year that is being
    simulated; all years done are kept.
    """
    outcomes: list[Outcome] = []
    writers = Writers(folder)
    try:
        with interrupted() as is_interrupted:
            for number, seed in enumerate(seeds):
                writers.replicate = number if len(seeds) > 1 else None
                park = Park(scenario, seed, steps)
                for year in range(scenario.years):
                    park.advance(12)
                    _flush(park, year, writers)
                    progress(number * scenario.years + year + 1, len(seeds) * scenario.years)
                    if is_interrupted():
                        break
                _finish(park, writers)
                outcomes.append(outcome_of(park))
                if is_interrupted():
                    break
    finally:
        writers.close()
    return outcomes, len(outcomes) == len(seeds) and outcomes[-1].months == 12 * scenario.years


@contextmanager
def interrupted() -> Iterator[Callable[[], bool]]:
    """Give a function that tells whether Ctrl-C was pressed; a second one ends the program at once."""
    pressed = []

    def note(*_: Any) -> None:
        pressed.append(True)
        signal.signal(signal.SIGINT, before)

    before = signal.signal(signal.SIGINT, note)
    try:
        yield lambda: bool(pressed)
    finally:
        signal.signal(signal.SIGINT, before)


def _flush(park: Park, year: int, writers: Writers) -> None:
    """Write a year's events, meetings and companies, and forget the first two."""
    clock = park.state.clock
    for first in range(0, max(1, int(clock.events[0])), SLICE):
        writers.append("events", events(park, first, first + SLICE))
    for first in range(0, max(1, int(clock.meetings[0])), SLICE):
        writers.append("meetings", meetings(park, first, first + SLICE))
    writers.append("companies", companies(park, year))
    park.forget()


def _finish(park: Park, writers: Writers) -> None:
    """Write what is known at the end alone."""
    for first in range(0, max(1, len(park.state.opportunities)), SLICE):
        writers.append("opportunities", opportunities(park, first, first + SLICE))
    for name in ("exchanges", "yearly", "monthly", "prices"):
        writers.append(name, park.results.columns(name))
