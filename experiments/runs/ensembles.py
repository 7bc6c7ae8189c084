"""Runs of a park of usual size: the tables of finished replicates go to Parquet, so that memory stays bounded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from ecopark.abm.input.scenario import Scenario
from ecopark.abm.park import Park
from ecopark.analysis.run_folder.columns import Sheet
from ecopark.analysis.run_folder.tables import RunTables

from .arrow_tables import arrow_table
from .parquet_writers import DiskFullError, Writers
from .run import Outcome, Progress, Recorded, outcome_of, simulate
from .run_folders import TABLES
from .stopping import interrupted

HELD = 16 * 2**20  # bytes of tables that wait to be written together
# What a score reads of an ensemble, so that the rest need not be in memory.
SCORED: dict[str, tuple[str, ...]] = {
    "yearly": ("year",),
    "monthly": ("month",),
    "exchanges": ("seller", "buyer", "material", "start_month", "end_month"),
}


class Book:
    """The tables of finished replicates on their way to the disk."""

    def __init__(self, folder: Path):
        self.writers = Writers(folder)
        self.writers.hold_reserve()
        self.written = self._held = self._bytes = 0
        self._waiting: dict[str, list[Any]] = {name: [] for name in TABLES}

    def add(self, park: Park, replicate: int) -> None:
        """Take the tables of a finished replicate."""
        for name in TABLES:
            columns = park.results.columns(name)
            rows = len(next(iter(columns.values())))
            table = arrow_table({"replicate": np.full(rows, replicate), **columns})
            self._waiting[name].append(table)
            self._bytes += table.nbytes
        self._held += 1
        if self._bytes > HELD:
            self.flush()

    def flush(self) -> None:
        """Write what waits, in all tables or in none. Raises DiskFullError."""
        import pyarrow as pa

        for name, tables in self._waiting.items():
            if tables:
                self.writers.append(name, pa.concat_tables(tables))
        self.writers.step_done()
        self.written += self._held
        self._held = self._bytes = 0
        self._waiting = {name: [] for name in TABLES}


def run_replicates(
    scenario: Scenario,
    seeds: Sequence[int],
    folder: Path,
    progress: Progress,
    steps: Iterable[Mapping[str, Any]] = (),
) -> Recorded:
    """Run a scenario with each seed in turn and write the tables of each into a folder when it is done.

    Ctrl-C, SIGTERM and a full disk end it; the replicates done are kept. Raises DiskFullError when none is.
    """
    steps = list(steps)
    outcomes: list[Outcome] = []
    book = Book(folder)
    try:
        is_full = _fill(book, scenario, seeds, steps, outcomes, progress)
    except BaseException:
        book.writers.drop()
        raise
    is_full = not book.writers.close() or is_full
    if is_full:
        outcomes = outcomes[: book.written]
    return Recorded(outcomes, len(outcomes) == len(seeds), is_full)


def _fill(
    book: Book, scenario: Scenario, seeds: Sequence[int], steps: list[Any], outcomes: list[Outcome], progress: Progress
) -> bool:
    """Run until all is done or something ends it; return whether that was a full disk."""
    is_stopped = False
    try:
        for number, seed in enumerate(seeds):
            try:
                park, reached = simulate(scenario, seed, steps=steps)
            except KeyboardInterrupt:
                break
            with interrupted() as is_asked:
                if reached or (not outcomes and park.month >= 12):
                    outcome = outcome_of(park)
                    outcomes.append(outcome if not outcomes else replace(outcome, origin={}))
                    book.add(park, number)
                progress(number + 1, len(seeds))
                is_stopped = is_asked() or not reached
            if is_stopped:
                break
        with interrupted():
            book.flush()
    except DiskFullError:
        if not book.writers.take_back():
            raise
        return True
    return False


def run_once(
    scenario: Scenario, seed: int, folder: Path, progress: Progress, steps: Iterable[Mapping[str, Any]] = ()
) -> tuple[Recorded, RunTables | None]:
    """Run a scenario once and write its tables; return them, too. Without a whole year nothing is written."""
    park, reached = simulate(scenario, seed, progress=progress, steps=steps)
    if park.month < 12:
        return Recorded([], False), None
    with interrupted():
        tables = RunTables(origin={}, **{name: Sheet(park.results.columns(name)) for name in TABLES})  # type: ignore[arg-type]
        writers = Writers(folder)
        try:
            for name in TABLES:
                writers.append(name, getattr(tables, name))
        except BaseException:
            writers.drop()
            raise
        writers.close()
    return Recorded([outcome_of(park)], reached), tables


def tables_to_score(folder: Path) -> RunTables:
    """Return what a score reads of the tables in a folder; the others stay empty, since some are large."""
    import pyarrow.parquet as pq

    sheets: dict[str, Any] = {name: Sheet({"replicate": np.empty(0, np.int64)}) for name in TABLES}
    for name, columns in SCORED.items():
        table = pq.read_table(folder / f"{name}.parquet", columns=["replicate", *columns])
        sheets[name] = Sheet({column: table[column].to_numpy() for column in table.column_names})
    return RunTables(origin={}, **sheets)
