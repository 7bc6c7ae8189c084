"""A run of a large region: its tables go to Parquet year by year, so that memory stays bounded."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from abm.columns import Columns, companies, events, meetings, opportunities
from abm.linking import LARGE
from abm.park import Park
from abm.scenario import Scenario
from experiments.arrow import arrow_table
from experiments.runs import Progress

SLICE = 200_000  # rows that are turned into words at a time


def is_large(scenario: Scenario) -> bool:
    """Tell whether a scenario has so many companies that its tables are streamed."""
    listed = len(scenario.tables["companies"])
    return (listed or scenario["synthetic.companies"]) > LARGE


class Writers:
    """One open Parquet file for each table; all are closed, and so can be read, however the run ends."""

    def __init__(self, folder: Path):
        self.folder = folder
        self._open: dict[str, Any] = {}

    def append(self, name: str, columns: Columns) -> None:
        """Add rows to a table; the first rows decide its columns."""
        import pyarrow.parquet as pq

        rows = arrow_table(columns)
        if name not in self._open:
            self._open[name] = pq.ParquetWriter(self.folder / f"{name}.parquet", rows.schema, compression="zstd")
        self._open[name].write_table(rows.cast(self._open[name].schema))

    def close(self) -> None:
        """Close every file."""
        for writer in self._open.values():
            writer.close()


def stream(
    scenario: Scenario, seed: int, folder: Path, progress: Progress, steps: Iterable[Mapping[str, Any]] = ()
) -> tuple[Park, bool]:
    """Run a scenario and write its tables into a folder as it goes; return the park and whether it reached its horizon.

    Ctrl-C ends the run with the year that is being simulated; all years done are kept. The park that is returned has no
    events and meetings left: they are in the folder.
    """
    park = Park(scenario, seed, steps)
    writers = Writers(folder)
    try:
        with interrupted() as is_interrupted:
            for year in range(scenario.years):
                park.advance(12)
                _flush(park, year, writers)
                progress(year + 1, scenario.years)
                if is_interrupted() and year + 1 < scenario.years:
                    break
            _finish(park, writers)
    finally:
        writers.close()
    return park, park.month == 12 * scenario.years


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
