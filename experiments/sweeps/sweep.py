"""A sweep: begin or continue the folder of a study, do what is missing, return the results."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from ecopark.abm.input.errors import InputError, Mistake

from ..runs.stopping import is_stop
from .execution.chunks import Task
from .execution.dispatch import Dispatch
from .execution.engines import start_engine
from .execution.progress import Progress, saying
from .execution.tasks import EngineLostError
from .plan.begin import begin
from .plan.plan import Plan, folder_of, plan_study
from .stopping_rule import replicates_wanted, resumed
from .storage.manifest import chunks_of, runs_in
from .storage.parts import Folder
from .storage.reading import failed_in
from .storage.results import SweepResults, open_results
from .study_file.study import Study


class SweepStoppedError(RuntimeError):
    """The sweep cannot go on; what is written is safe, and the same command continues."""


def run_study(
    study: str | Path | Mapping[str, Any] | Study,
    out: str | Path | None = None,
    *,
    workers: int | None = None,
    cluster: str | None = None,
    shard: tuple[int, int] | None = None,
    retry_failed: bool = False,
    keep: str | None = None,
    time_limit: float | None = None,
    quiet: bool | None = None,
) -> SweepResults:
    """Run a study into a folder, or what is missing of it, and return the results.

    study: a study file, its content, or a `Study`. out: folder, `runs/NAME` when left out. workers: processes, one per
    core when left out, 0 for none but this. cluster: address of a Dask scheduler. shard: (i, n) does every n-th chunk from
    the i-th of 1..n. retry_failed: repeat the runs that failed, too. keep: "yearly". time_limit: seconds per run.
    quiet: show no progress; it is a bar on a terminal, a plain line now and then elsewhere.
    """
    replicates: int | None = None
    while True:
        plan = plan_study(study, keep=keep, time_limit=time_limit, replicates=replicates)
        folder = folder_of(plan.study, out)
        if shard is not None and plan.study.precision:
            allowed = "left out where the study asks for a precision: a part of the runs does not show how wide an interval is"
            raise InputError([Mistake("--shard", "/".join(map(str, shard)), allowed)])
        plan = resumed(plan, folder)
        results = _make(plan, folder, workers, cluster, shard or (1, 1), retry_failed, quiet)
        replicates = replicates_wanted(results) if results.complete else None
        if replicates is None:
            return results


def _make(
    plan: Plan,
    folder: Folder,
    workers: int | None,
    cluster: str | None,
    shard: tuple[int, int],
    again: bool,
    quiet: bool | None,
) -> SweepResults:
    """Make what is missing of the runs of a plan; return what there is then."""
    with saying("Trying out a few runs (the very first compiles the model, about half a minute) ...", quiet):
        manifest = begin(plan, folder)
    folder.make()
    work = Work(folder, manifest, shard, again, plan.study.time_limit)
    if work.left:
        _do(work, plan.study.name, workers, cluster, quiet)
    results = open_results(folder.root)
    if results.complete:
        folder.tidy()
    return results


def _do(work: Work, name: str, workers: int | None, cluster: str | None, quiet: bool | None) -> None:
    """Do what is left, with progress shown."""
    progress = Progress(name, work.runs, work.runs_there, partial(runs_in, work.manifest), quiet)
    with start_engine(workers, cluster, work.left) as engine, progress:
        try:
            Dispatch(engine, work.tasks(), progress.hear).run()
        except EngineLostError as error:
            raise SweepStoppedError(str(error)) from error
        except Exception as error:
            if is_stop(error):
                raise KeyboardInterrupt from error
            raise SweepStoppedError(f"{type(error).__name__}: {error}") from error


@dataclass(frozen=True)
class Work:
    """The chunks a sweep, or one shard of it, has to do. again: those with failed runs, too."""

    folder: Folder
    manifest: Mapping[str, Any]
    shard: tuple[int, int]
    again: bool
    time_limit: float | None

    @cached_property
    def _there(self) -> bytearray:
        """One byte per chunk: 0 missing, 1 there, 2 there with runs to repeat."""
        there = self.folder.finished(chunks_of(self.manifest))
        for chunk in self._mine:
            if there[chunk] and self._heal(chunk):
                there[chunk] = 0
        if self.again:
            for chunk in self._mine:
                if there[chunk] and failed_in(self.folder.runs(chunk)):
                    there[chunk] = 2
        return there

    def _heal(self, chunk: int) -> bool:
        """Remove a part that is damaged, so that it is made anew, and say so; return whether it was."""
        damaged = self.folder.damaged(chunk)
        if damaged:
            names = " and ".join(f"{path.parent.name}/{path.name}" for path in damaged)
            runs = runs_in(self.manifest, chunk)
            print(f"{names} is damaged and made anew ({runs:,} run{'s' * (runs > 1)}).", file=sys.stderr)
            self.folder.remove(chunk)
        return bool(damaged)

    @property
    def _mine(self) -> range:
        part, parts = self.shard
        return range(part - 1, chunks_of(self.manifest), parts)

    @property
    def left(self) -> int:
        """Number of chunks to do."""
        return sum(1 for chunk in self._mine if self._there[chunk] != 1)

    @property
    def runs(self) -> int:
        """Number of runs of the sweep or the shard."""
        return sum(runs_in(self.manifest, chunk) for chunk in self._mine)

    @property
    def runs_there(self) -> int:
        """Number of those runs that are not to be made."""
        return sum(runs_in(self.manifest, chunk) for chunk in self._mine if self._there[chunk] == 1)

    def tasks(self) -> Iterator[Task]:
        """Yield what is to do, in order."""
        for chunk in self._mine:
            state = self._there[chunk]
            if state != 1:
                yield Task(self.folder.root, self.manifest["hash"], chunk, state == 2, time_limit=self.time_limit)
