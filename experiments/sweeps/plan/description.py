"""What a plan says of itself: runs, time, disk, first points, and how much of it is done."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from ..storage import manifest
from ..storage.parts import Folder
from .estimate import estimate
from .plan import Plan, folder_of

FIRST_POINTS = 8


def describe_plan(plan: Plan, workers: int | None = None, out: str | Path | None = None) -> str:
    """Say how many runs a plan has, what they take in time and disk by a trial of a few, and the first points.

    out: the folder it is for; of a sweep that is there, say how much is done, or refuse a changed study.
    """
    policies, replicates = len(plan.study.compared), plan.study.replicates
    lines = [
        f"{plan.study.name}: {plan.runs:,} runs = points x policies x replicates = {plan.points:,} x {policies} x {replicates}",
        f"{plan.study.design.kind} design of {len(plan.columns)} factors, {plan.study.years} years, model {plan.study.model}",
        *_done_in(plan, folder_of(plan.study, out)),
        estimate(plan, workers),
        "first points:",
        plan.table_of_points(np.arange(min(plan.points, FIRST_POINTS))).to_pandas().to_string(index=False),
    ]
    return "\n".join(lines)


def _done_in(plan: Plan, folder: Folder) -> Iterator[str]:
    """Say what a folder already holds of a plan."""
    there = manifest.found_at(folder)
    if there is None:
        manifest.refuse_strangers(folder)
        return
    manifest.refuse_changes(folder, there, plan.manifest)
    finished = folder.finished(manifest.chunks_of(there))
    done = sum(manifest.runs_in(there, chunk) for chunk, is_there in enumerate(finished) if is_there)
    yield f"{done:,} of these runs are in {folder.root} and will not be repeated"
