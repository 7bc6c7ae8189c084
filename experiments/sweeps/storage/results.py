"""Reading a sweep: one tidy table, with completeness checked before anything is computed from it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from ecopark.abm.input.errors import InputError, Mistake

from ..execution.model_contract import load_model
from ..execution.worker_view import Opened
from ..study_file.study import Study
from .manifest import chunks_of, found_at, runs_in
from .parts import KEPT, Folder
from .reading import failed_in, naming_damaged, read_parts

if TYPE_CHECKING:
    import pandas as pd
    import xarray

NAMED = 8
PLACE = ("run", "point", "policy", "replicate")
"""Where a run stands."""


class IncompleteSweepError(ValueError):
    """Raised instead of a table with holes; a mistake of the folder, not of the program."""

    @property
    def mistakes(self) -> list[str]:
        """What is wrong with the table."""
        return [str(self)]


def open_results(root: str | Path) -> SweepResults:
    """Open the folder of a sweep, finished or not; `InputError` for one whose growth was begun and not finished."""
    folder = Folder(Path(os.path.realpath(root)))
    if folder.growing.exists():
        wanted = "one that has grown: the ecopark sweep command that began the growth goes on with it"
        raise InputError([Mistake(str(folder.root), "a sweep that is growing at this moment", wanted)])
    manifest = found_at(folder)
    if manifest is None:
        raise FileNotFoundError(f"no sweep in {folder.root}")
    return SweepResults(folder, manifest)


@dataclass(frozen=True)
class SweepResults:
    """The results of a sweep. Rows are in the order point, policy, replicate, whoever made them and when.

    `missing` runs have no part yet; `failed` runs have a row with an error and empty outcomes.
    """

    folder: Folder
    manifest: dict[str, Any]

    @cached_property
    def study(self) -> Study:
        """The study, nothing left open."""
        return Study(**self.manifest["study"])

    @cached_property
    def _there(self) -> np.ndarray:
        """Whether each part is there (chunks,)."""
        return np.frombuffer(self.folder.finished(chunks_of(self.manifest)), dtype=bool)

    @property
    def runs(self) -> int:
        """Number of runs of the whole sweep."""
        return self.manifest["runs"]

    @property
    def missing(self) -> int:
        """Number of runs that are still to do."""
        return sum(runs_in(self.manifest, chunk) for chunk in np.flatnonzero(~self._there).tolist())

    @property
    def complete(self) -> bool:
        """Whether every run was made, failed ones included."""
        return bool(self._there.all())

    @cached_property
    def failed(self) -> int:
        """Number of runs that failed."""
        with naming_damaged(self._parts()):
            return sum(failed_in(path) for path in self._parts())

    def _parts(self) -> list[Path]:
        return [self.folder.runs(chunk) for chunk in np.flatnonzero(self._there).tolist()]

    def frame(self, columns: list[str] | None = None, partial: bool = False) -> pd.DataFrame:
        """Return one row per run: run, point, policy, replicate, seed, factors, outcomes, error (empty for a good run).

        columns: only these. partial: take what is there of an unfinished sweep instead of refusing it.
        """
        if not partial:
            self._refuse_missing()
        wanted = columns or [name for name in self._columns() if name != "traceback"]
        table = self._read(self._parts(), list(dict.fromkeys([*PLACE, *wanted])))
        self._check_rows(table)
        return table.select(wanted).to_pandas()

    def yearly(self, columns: list[str] | None = None, partial: bool = False) -> pd.DataFrame:
        """Return one row per successful run and year: run, point, policy, replicate, year and every indicator."""
        if self.study.keep != "yearly":
            raise IncompleteSweepError('this sweep keeps no yearly series; they are stored with keep = "yearly"')
        if not partial:
            self._refuse_missing()
        parts = [self.folder.yearly(chunk) for chunk in np.flatnonzero(self._there).tolist()]
        return self._read(parts, columns).to_pandas()

    def xarray(self) -> xarray.Dataset:
        """Return outcomes and kept yearly series over (point, policy, replicate, year), with labels and units.

        `results.xarray().to_netcdf("sweep.nc")` writes NetCDF, `.to_zarr(...)` Zarr. What failed or is not made yet is NaN.
        Raises `MissingExtraError` with the line to install where xarray is missing (`pip install 'ecopark[analysis]'`).
        """
        from .labelled_arrays import labelled

        return labelled(self, self.manifest.get("measures", {}))

    def points(self) -> pd.DataFrame:
        """Return the design: one row per point, one column per factor."""
        return pq.read_table(self.folder.points).to_pandas()

    def failures(self) -> pd.DataFrame:
        """Return the failed runs: place, seed, factors, error and traceback."""
        failing = [path for path in self._parts() if failed_in(path)]
        table = self._read(failing, [name for name in self._columns() if name not in self.study.outcomes])
        return table.filter(table["error"].is_valid()).to_pandas()

    def missing_runs(self, most: int | None = None) -> pd.DataFrame:
        """Return the runs that are still to do: run, point, policy, replicate, seed, factors. most: only the first so many."""
        places = self._opened.places(self._numbers(~self._there)[:most])
        return pa.table(self._opened.columns(places) | self._opened.factor_columns(places)).to_pandas()

    def check_complete(self) -> SweepResults:
        """Return the results themselves, or raise `IncompleteSweepError` naming the runs that are missing or failed."""
        self._refuse_missing()
        if self.failed:
            raise IncompleteSweepError(f"{self.failed:,} of {self.runs:,} runs failed: {_by_error(self.failures())}")
        return self

    @cached_property
    def _opened(self) -> Opened:
        return Opened(self.folder, self.manifest, self.study, load_model(self.study.model))

    def _columns(self) -> list[str]:
        return [
            "run",
            "point",
            "policy",
            "replicate",
            "seed",
            *self.manifest["factors"],
            *self.study.outcomes,
            "error",
            "traceback",
        ]

    def _read(self, parts: list[Path], columns: list[str] | None) -> pa.Table:
        """Return parts in their order; of none, an empty table with the right columns."""
        if not parts:
            return pa.table({name: pa.array([], pa.null()) for name in columns or self._columns()})
        return read_parts(parts, columns)

    def _check_rows(self, table: pa.Table) -> None:
        """Refuse parts that do not hold each of their runs once, at its place."""
        numbers = self._numbers(self._there)
        rest, replicate = np.divmod(numbers, self.study.replicates)
        point, policy = np.divmod(rest, len(self.study.compared))
        names = np.array(list(self.study.compared), dtype=object)[policy]
        for name, right in zip(PLACE, (numbers, point, names, replicate), strict=True):
            if len(table) != len(right) or not np.array_equal(table[name].to_numpy(), right):
                place = self.folder.root / "runs"
                raise IncompleteSweepError(
                    f"the parts in {place} do not hold each run once (column {name}); was one changed by hand?"
                )

    def _numbers(self, chosen: np.ndarray) -> np.ndarray:
        """Return the numbers of the runs of some chunks; chosen: mask (chunks,)."""
        return np.flatnonzero(np.repeat(chosen, self.manifest["chunk"])[: self.runs])

    def _refuse_missing(self) -> None:
        if not self.complete:
            named = _named(self.missing_runs(NAMED), self.missing)
            raise IncompleteSweepError(
                f"{self.missing:,} of {self.runs:,} runs are missing: {named}; the sweep continues with the same command"
            )

    def summary(self) -> str:
        """Say in a few lines what is there, what failed and where it is."""
        done = self.runs - self.missing
        lines = [f"{self.study.name}: {done:,} of {self.runs:,} runs in {self.folder.root}"]
        if self.failed:
            lines.append(f"{self.failed:,} runs failed: {_by_error(self.failures())}; repeat them with --retry-failed")
        if self.missing:
            lines.append(f"{self.missing:,} runs are still to do; the same command continues")
            lines += [
                f"what was there before the sweep grew is in {kept.name}, and is taken over without a run"
                for kept in sorted(self.folder.root.glob(f"{KEPT}*"))
            ]
        return "\n".join(lines)


def _named(runs: pd.DataFrame, count: int) -> str:
    """Name runs by point, policy and replicate, the first ones of `count`."""
    rows = runs.to_dict("records")
    names = [f"point {row['point']}, {row['policy']}, replicate {row['replicate']}" for row in rows]
    return "; ".join(names) + (f" and {count - len(rows):,} more" if count > len(rows) else "")


def _by_error(failures: pd.DataFrame) -> str:
    """Say how many runs failed of each error, and where the first was."""
    groups = failures.groupby("error", sort=False)
    said = [f"{len(group):,} with {error!r}, first at {_named(group.head(1), 1)}" for error, group in groups]
    more = f"; and {len(said) - NAMED} other errors" if len(said) > NAMED else ""
    return "; ".join(said[:NAMED]) + more
