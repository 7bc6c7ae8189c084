"""The tables of a run or an ensemble, read from its folder and checked before anything is computed from them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from .columns import Sheet
from .declared import ADDED_COLUMNS, ADDED_TABLES, COLUMNS
from .values import wrong_kinds, wrong_together, wrong_values


class IncompleteTablesError(ValueError):
    """What stands in the way of an analysis, all of it at once: missing files, missing columns, unreadable ones."""

    def __init__(self, place: str, mistakes: Iterable[str]):
        self.mistakes = list(mistakes)
        super().__init__(f"{place} cannot be analysed:\n" + "\n".join(f"  - {mistake}" for mistake in self.mistakes))


@dataclass(frozen=True)
class RunTables:
    """The thirteen tables of one run, or of an ensemble when they carry the column `replicate`.

    Each is a DataFrame; the short report takes sheets instead (`in_sheets`), which need no pandas.
    """

    origin: dict[str, Any]
    yearly: Any
    monthly: Any
    companies: Any
    opportunities: Any
    exchanges: Any
    events: Any
    meetings: Any
    talks: Any
    prices: Any
    deliveries: Any
    streams: Any
    accounts: Any
    assets: Any

    @property
    def is_ensemble(self) -> bool:
        """Whether the tables hold several replicates."""
        return "replicate" in self.yearly.columns

    @property
    def replicates(self) -> list[int]:
        """Numbers of the replicates, in order; a single run has none."""
        return np.unique(self.yearly["replicate"]).tolist() if self.is_ensemble else []

    @property
    def is_empty(self) -> bool:
        """Whether not one year was simulated (every run failed)."""
        return len(self.yearly) == 0

    @property
    def start_year(self) -> int:
        """Calendar year of month 0."""
        return int(self.yearly["year"].min())

    @property
    def end_year(self) -> int:
        """Last calendar year in the tables."""
        return int(self.yearly["year"].max())

    @property
    def months(self) -> int:
        """Number of months simulated, which is where a life still running is censored."""
        if len(self.monthly) == 0:
            return 12 * (self.end_year - self.start_year + 1)
        return int(self.monthly["month"].max()) + 1

    def year_of(self, month: Any) -> Any:
        """Decimal calendar year of a month or an array of months."""
        return self.start_year + np.asarray(month, dtype=float) / 12.0

    def replicate(self, number: int) -> RunTables:
        """Return one run of an ensemble as a run of its own."""
        if number not in self.replicates:
            raise ValueError(f"There is no replicate {number}; there are {self.replicates or 'none: this is one run'}.")
        frames: dict[str, Any] = {name: _rows_of(getattr(self, name), number) for name in COLUMNS}
        return replace(self, **frames)

    def in_sheets(self) -> RunTables:
        """Return the same tables as sheets."""
        sheets: dict[str, Any] = {name: Sheet.of(getattr(self, name)) for name in COLUMNS}
        return replace(self, **sheets)

    def runs(self) -> list[RunTables]:
        """Return the runs, one by one; a single run is its own only element."""
        return [self.replicate(number) for number in self.replicates] if self.is_ensemble else [self]


def read_tables(
    folder: Path | str, only: Mapping[str, Sequence[str]] | None = None, replicate: int | None = None
) -> RunTables:
    """Read the folder of a run or of an ensemble; refuse an incomplete one with a list of all that is missing.

    only: of these tables nothing but these columns is read, since some tables are large; without any column the table
    stays empty. replicate: only this run of an ensemble.
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise IncompleteTablesError(str(folder), ["there is no such folder"])
    mistakes: list[str] = []
    origin = _read_origin(folder / "run.json", mistakes)
    older = _is_of_0_1(origin)
    frames = {name: _read_frame(folder, name, (only or {}).get(name), replicate, mistakes, older) for name in COLUMNS}
    mistakes = mistakes or wrong_together(frames)
    if mistakes:
        raise IncompleteTablesError(str(folder), mistakes)
    tables = RunTables(origin=origin, **frames)
    return tables if replicate is None else tables.replicate(replicate)


def read_years(folder: Path | str) -> RunTables:
    """Read the folder of a run or of an ensemble as `read_tables` does; refuse one in which no year was simulated, too."""
    tables = read_tables(folder)
    if tables.is_empty:
        raise IncompleteTablesError(str(folder), ["no year was simulated: not one run finished"])
    return tables


def most_companies(folder: Path) -> int:
    """Return the largest number of companies of any year in the folder of a run; 0 when that cannot be read."""
    import pyarrow.parquet as pq

    try:
        counts = pq.read_table(folder / "yearly.parquet", columns=["companies"])["companies"].to_numpy()
    except (OSError, ValueError, KeyError):
        return 0
    return int(counts.max()) if len(counts) else 0


def tables_of(results: Any) -> RunTables:
    """Take the tables from an object that has them as attributes (the results of a run), without a folder."""
    frames = {name: getattr(results, name) for name in COLUMNS}
    mistakes = [mistake for name, frame in frames.items() for mistake in missing_columns(name, frame.columns)]
    if mistakes:
        raise IncompleteTablesError("These results", mistakes)
    return RunTables(origin=dict(results.origin), **frames)


def missing_columns(table: str, columns: Iterable[str]) -> list[str]:
    """Say in a line which columns a table lacks, if any."""
    there = set(columns)
    lacking = [column for column in COLUMNS[table].split() if column not in there]
    return [f"table {table}: missing columns {', '.join(lacking)}"] if lacking else []


def _rows_of(frame: Any, number: int) -> Any:
    """Rows of one replicate, without the column that says so."""
    if "replicate" not in frame.columns:
        return frame
    if isinstance(frame, Sheet):
        return frame[frame["replicate"] == number].pick(name for name in frame.columns if name != "replicate")
    return frame[frame["replicate"] == number].drop(columns="replicate").reset_index(drop=True)


def _read_origin(path: Path, mistakes: list[str]) -> dict[str, Any]:
    """Origin of the run from run.json; what is wrong with the file goes into the list."""
    if not path.exists():
        mistakes.append(f"{path.name}: missing (it says scenario, seed and versions)")
        return {}
    try:
        return dict(json.loads(path.read_text(encoding="utf-8")))
    except (ValueError, TypeError, RecursionError) as error:
        mistakes.append(f"{path.name}: not readable as JSON ({error})")
        return {}


def _is_of_0_1(origin: Mapping[str, Any]) -> bool:
    """Tell whether a run was made by a version that kept no books."""
    versions = origin.get("versions")
    return isinstance(versions, Mapping) and str(versions.get("ecopark", "")).startswith("0.1.")


def _read_frame(
    folder: Path, name: str, only: Sequence[str] | None, replicate: int | None, mistakes: list[str], older: bool
) -> Any:
    """One table from its Parquet file, some columns or one replicate if asked for; what is wrong goes into the list.

    older: made by 0.1, which had fewer tables and columns.
    """
    import pandas as pd
    import pyarrow.parquet as pq

    path = folder / f"{name}.parquet"
    if not path.exists():
        if older and name in ADDED_TABLES:
            return pd.DataFrame(columns=COLUMNS[name].split())
        mistakes.append(f"{path.name}: missing")
        return None
    try:
        schema = pq.read_schema(path)
        unknown = [column for column in ADDED_COLUMNS.get(name, ()) if older and column not in schema.names]
        mistakes += missing_columns(name, [*schema.names, *unknown])
        strange = wrong_kinds(name, schema) if pq.read_metadata(path).num_rows else []
        if strange:
            mistakes += strange
            return None
        if only is not None and len(only) == 0:
            return schema.empty_table().to_pandas()
        numbered = [column for column in ("replicate",) if column in schema.names]
        columns = None if only is None else [*numbered, *(column for column in only if column in schema.names)]
        chosen = None if replicate is None else [("replicate", "==", replicate)]
        frame = pd.read_parquet(path, columns=columns, filters=chosen).assign(**dict.fromkeys(unknown, np.nan))
        if "event" in unknown:
            frame["event"] = np.arange(len(frame))
        mistakes += wrong_values(name, frame, unknown)
        return frame
    except (OSError, ValueError) as error:
        mistakes.append(f"{path.name}: not readable as Parquet ({str(error).splitlines()[0]})")
        return None
