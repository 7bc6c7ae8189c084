"""A trial of a few runs before a sweep: how long a run takes and how large a part is."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ..execution.chunks import Task
from ..execution.crash_guard import Child, ChildEndedError
from ..storage.manifest import claim_folder
from ..storage.parts import Folder, encode, write_whole
from .plan import Plan

MOST_RUNS = 8
SECONDS = 1.5


@dataclass(frozen=True)
class Trial:
    """seconds: of one run, None when none could be made; part: bytes of a part with one run, yearly series included."""

    seconds: float | None
    part: int


def try_out(plan: Plan) -> Trial:
    """Make a few runs of points spread over the design, in a folder that is thrown away, in a process of their own."""
    with tempfile.TemporaryDirectory() as place:
        folder = Folder(Path(place))
        policies = len(plan.study.compared)
        chosen = np.unique(np.linspace(0, plan.points - 1, MOST_RUNS).round().astype(int))
        folder.make()
        write_whole(folder.points, encode(plan.table_of_points(chosen)))
        small = {"points": len(chosen), "runs": len(chosen) * policies, "chunk": 1}
        tried = plan.with_replicates(1).manifest | small
        claim_folder(folder, tried)
        chunks = [row * policies + row % policies for row in range(len(chosen))]
        seconds = list(_times(folder, tried["hash"], chunks, plan.study.time_limit))
        parts = [path.stat().st_size for path in folder.root.glob("*/part-*.parquet")]
    warm = seconds[1:] or seconds
    return Trial(statistics.median(warm) if warm else None, sum(parts) // max(len(seconds), 1))


def _times(folder: Folder, hash_: str, chunks: list[int], time_limit: float | None) -> Iterator[float]:
    """Yield the seconds of each run that succeeds, until the time for trying is over."""
    child = Child()
    stop = None
    try:
        for chunk in chunks:
            if stop is not None and time.monotonic() > stop:
                return
            try:
                report = child.do(Task(folder.root, hash_, chunk, time_limit=time_limit), {})
            except ChildEndedError:
                return
            if stop is None:
                stop = time.monotonic() + SECONDS
            if not report.failed:
                yield report.seconds
    finally:
        child.end()
