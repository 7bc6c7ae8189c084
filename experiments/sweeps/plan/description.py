"""What a plan says of itself: runs, time, disk, first points, and how much of it is done."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from ..stopping_rule import resumed
from ..storage import growing, manifest
from ..storage.parts import Folder
from .estimate import estimate
from .plan import Plan, folder_of

FIRST_POINTS = 8


def describe_plan(plan: Plan, workers: int | None = None, out: str | Path | None = None) -> str:
    """Say how many runs a plan has, what they take in time and disk by a trial of a few, and the first points.

    out: the folder it is for; of a sweep that is there, say how much is done, or refuse a changed study.
    """
    folder = folder_of(plan.study, out)
    plan = resumed(plan, folder)
    policies, replicates = len(plan.study.compared), plan.study.replicates
    lines = [
        f"{plan.study.name}: {plan.runs:,} runs = points x policies x replicates = {plan.points:,} x {policies} x {replicates}",
        f"{plan.study.design.kind} design of {len(plan.columns)} factors, {plan.study.years} years, model {plan.study.model}",
        *_rule(plan),
        *_done_in(plan, folder),
        estimate(plan, workers),
        "first points:",
        plan.table_of_points(np.arange(min(plan.points, FIRST_POINTS))).to_pandas().to_string(index=False),
    ]
    return "\n".join(lines)


def _rule(plan: Plan) -> Iterator[str]:
    """Say until when replicates are added."""
    asked = " and ".join(f"{width:g} of {outcome}" for outcome, width in plan.study.precision.items())
    if asked:
        yield f"replicates are added up to {plan.study.replicates_most:,}, or until all half-widths are {asked}"


def _done_in(plan: Plan, folder: Folder) -> Iterator[str]:
    """Say what a folder already holds of a plan."""
    there = manifest.found_at(folder)
    if there is None:
        manifest.refuse_strangers(folder)
        return
    if not manifest.is_same(there, plan.manifest):
        growing.refuse_all_but_growth(folder, there, plan.manifest, plan.columns)
    finished = folder.finished(manifest.chunks_of(there))
    done = sum(manifest.runs_in(there, chunk) for chunk, is_there in enumerate(finished) if is_there)
    yield f"{done:,} of these runs are in {folder.root} and will not be repeated"
