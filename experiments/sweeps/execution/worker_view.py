"""A sweep as a worker sees it: the manifest, the model, and the place of each run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from ..storage.manifest import made_by, read_manifest
from ..storage.parts import Folder
from ..study_file.seeds import run_seed
from ..study_file.study import Study
from .model_contract import Model, load_model


@lru_cache(maxsize=4)
def open_sweep(root: Path, hash_: str) -> Opened:
    """Return the sweep in a folder, opened once per process."""
    manifest = read_manifest(root, hash_)
    study = Study(**manifest["study"])
    model = load_model(study.model)
    here, there = made_by(model.fingerprint()), manifest["identity"]["made by"]
    if here != there:
        raise RuntimeError(f"this worker has other versions than the sweep was begun with: {here} instead of {there}")
    return Opened(Folder(root), manifest, study, model)


@lru_cache(maxsize=4)
def warm_up(model: str) -> None:
    """Warm up a model, once per process."""
    load_model(model).warm_up()


@dataclass(frozen=True)
class Opened:
    """A sweep whose runs can be numbered, placed and simulated."""

    folder: Folder
    manifest: Mapping[str, Any]
    study: Study
    model: Model

    @cached_property
    def policies(self) -> list[tuple[str, dict[str, Any]]]:
        """The compared policies: name and values."""
        return list(self.study.compared.items())

    @cached_property
    def base(self) -> Any:
        """The scenario with the fixed values."""
        return self.model.restore(self.manifest["scenario"])

    @cached_property
    def years(self) -> int:
        """Horizon in years."""
        return self.manifest["years"]

    @cached_property
    def indicators(self) -> list[str]:
        """Names of the indicators."""
        return self.manifest["indicators"]

    @property
    def keeps_yearly(self) -> bool:
        """Whether the yearly series are stored."""
        return self.study.keep == "yearly"

    def runs_of(self, chunk: int) -> np.ndarray:
        """Return the numbers of the runs of a chunk."""
        size = self.manifest["chunk"]
        return np.arange(chunk * size, min((chunk + 1) * size, self.manifest["runs"]))

    def places(self, runs: np.ndarray) -> Places:
        """Return point, policy, replicate and seed of ascending runs."""
        rest, replicate = np.divmod(runs, self.study.replicates)
        point, policy = np.divmod(rest, len(self.policies))
        rows = zip(replicate.tolist(), point.tolist(), policy.tolist(), strict=True)
        seeds = [run_seed(self.study.seed, self.study.shocks, *row) for row in rows]
        return Places(runs, point, policy, replicate.astype(np.int32), np.array(seeds, dtype=np.int64))

    def prepare(self, point: int, policy: int) -> Any:
        """Return the scenario of one point and policy."""
        return self.model.prepare(self.base, self.values(point) | self.policies[policy][1])

    def values(self, point: int) -> dict[str, Any]:
        """Return dotted name -> value of a point."""
        row = self._points.read(point, point + 1).to_pylist()[0]
        del row["point"]
        return row

    @cached_property
    def _points(self) -> Points:
        return Points(self.folder.points)

    def columns(self, places: Places) -> dict[str, pa.Array]:
        """Return the columns that say where each run stands, in the order of the tables."""
        names = pa.array([name for name, _ in self.policies])
        return {
            "run": pa.array(places.run),
            "point": pa.array(places.point),
            "policy": names.take(pa.array(places.policy)),
            "replicate": pa.array(places.replicate),
        }

    def factor_columns(self, places: Places) -> dict[str, pa.Array]:
        """Return the columns with the seed of each run and the values of its factors."""
        return {"seed": pa.array(places.seed)} | self._points.columns_at(places.point)


@dataclass(frozen=True)
class Places:
    """Where runs stand: number of the run, point, policy, replicate and seed, each (runs,), ascending."""

    run: np.ndarray
    point: np.ndarray
    policy: np.ndarray
    replicate: np.ndarray
    seed: np.ndarray

    def __len__(self) -> int:
        """Return the number of runs."""
        return len(self.run)

    def rows(self) -> Iterator[tuple[int, tuple[int, int], int]]:
        """Yield (run, (point, policy), seed)."""
        points = zip(self.point.tolist(), self.policy.tolist(), strict=True)
        return zip(self.run.tolist(), points, self.seed.tolist(), strict=True)

    def chosen(self, which: np.ndarray) -> Places:
        """Return some of the places; which: mask or rows."""
        columns = (self.run, self.point, self.policy, self.replicate, self.seed)
        return Places(*(column[which] for column in columns))


class Points:
    """The design points on disk; only the rows in use are in memory."""

    def __init__(self, path: Path):
        self._file = pq.ParquetFile(path)
        ends = np.cumsum([self._file.metadata.row_group(g).num_rows for g in range(self._file.num_row_groups)])
        self._ends = ends
        self._group = lru_cache(maxsize=2)(self._file.read_row_group)

    def read(self, start: int, stop: int) -> pa.Table:
        """Return the points start <= point < stop."""
        first, last = np.searchsorted(self._ends, [start, stop - 1], side="right")
        before = int(self._ends[first - 1]) if first else 0
        groups = [self._group(int(group)) for group in range(first, last + 1)]
        return pa.concat_tables(groups).slice(start - before, stop - start)

    def columns_at(self, points: np.ndarray) -> dict[str, pa.Array]:
        """Return each factor's values at ascending points (runs,)."""
        if not len(points):
            return {}
        start = int(points[0])
        table = self.read(start, int(points[-1]) + 1).drop_columns(["point"])
        rows = pa.array(points - start)
        return {name: table[name].combine_chunks().take(rows) for name in table.column_names}
