"""The plan of a sweep: its points, the number of its runs, and what they will take in time and disk."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from ecopark.abm.observation.results import versions

from ..execution.model_contract import measures_of
from ..storage import checked_manifest, manifest
from ..storage.parts import Folder
from ..study_file.cross_checks import Settled, settle_study
from ..study_file.designs import Table
from ..study_file.seeds import design_generator
from ..study_file.study import Study

CHUNK_SECONDS = 2.5
MOST_RUNS_PER_CHUNK = 5_000
LEAST_CHUNKS = 32
UNKNOWN_CHUNK = 20


@dataclass(frozen=True)
class Plan:
    """A study that was found right, with its design points (in memory; `begin` puts them on disk)."""

    settled: Settled
    columns: Mapping[str, np.ndarray]
    table: str | None

    @property
    def study(self) -> Study:
        """The study, nothing left open."""
        return self.settled.study

    @property
    def points(self) -> int:
        """Number of design points."""
        return len(next(iter(self.columns.values()), [None]))

    @property
    def runs(self) -> int:
        """Number of runs: points x policies x replicates."""
        return self.points * len(self.study.compared) * self.study.replicates

    def with_replicates(self, count: int) -> Plan:
        """Return the plan with another number of replicates."""
        study = self.study.model_copy(update={"replicates": count})
        return replace(self, settled=replace(self.settled, study=study))

    @cached_property
    def manifest(self) -> dict[str, Any]:
        """The manifest but for the number of runs per part."""
        study = self.study.model_dump(mode="json", by_alias=True)
        model, base = self.settled.model, self.settled.base
        description = model.describe(base)
        whole = manifest.identity(study, model.fingerprint(), self.table)
        return {
            "format": manifest.FORMAT,
            "hash": checked_manifest.digest([whole, description]),
            "study": study,
            "scenario": description,
            "first_year": model.horizon(base)[0],
            "years": self.study.years,
            "points": self.points,
            "runs": self.runs,
            "factors": list(self.columns),
            "indicators": list(model.indicators()),
            "measures": measures_of(model),
            "versions": dict(versions()),
            "identity": whole,
        }

    def table_of_points(self, rows: np.ndarray | None = None) -> pa.Table:
        """Return the design points, or some of them, as they are stored."""
        chosen = np.arange(self.points) if rows is None else rows
        columns = {"point": pa.array(chosen)} | {
            name: pa.array(column[chosen]) for name, column in self.columns.items()
        }
        return pa.table(columns)


def plan_study(source: str | Path | Mapping[str, Any] | Study, **changes: Any) -> Plan:
    """Return the plan of a study (file, table or `Study`), or raise `InputError` with every mistake.

    changes: settings of the study that are given apart from it, such as `keep` or `time_limit`; None leaves them.
    """
    settled = settle_study(source)
    given = {name: value for name, value in changes.items() if value is not None}
    study = Study(**settled.study.model_dump(by_alias=True) | given)
    bases = {name: factor.base for name, factor in study.factors.items()}
    columns = study.design.points(study.factors, bases, design_generator(study.seed))
    content = Path(study.design.file).read_bytes() if isinstance(study.design, Table) else None
    table = None if content is None else hashlib.sha256(content).hexdigest()[:32]
    return Plan(replace(settled, study=study), columns, table)


def runs_per_chunk(runs: int, seconds: float | None) -> int:
    """Return a chunk of about `CHUNK_SECONDS` of work, less where a small sweep would not keep many workers busy."""
    wanted = UNKNOWN_CHUNK if seconds is None else round(CHUNK_SECONDS / max(seconds, 1e-9))
    return max(1, min(wanted, MOST_RUNS_PER_CHUNK, -(-runs // LEAST_CHUNKS)))


def folder_of(study: Study, out: str | Path | None) -> Folder:
    """Return the folder of a sweep, by default `runs/NAME`."""
    return Folder(Path(os.path.realpath(out if out is not None else Path("runs") / study.name)))
