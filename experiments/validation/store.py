"""Runs of many parks at many points, kept in one file a park: every posterior and every score is read from them."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from ..sweeps.execution.park_model import fingerprint
from .runs import SEED, Outcome, run_once
from .scenarios import Ground

ARRAYS = ("run", "link", "start", "end", "reason", "price", "funnel", "lag")


@dataclass(frozen=True, eq=False)
class Runs:
    """Links of all runs of a park, one row each; months from the start.

    count: runs. chances: opportunities. funnel: identified, screened, signed, operating by run. lag: mean months from
    identified to operating by run, NaN without any.
    """

    count: int
    chances: int
    run: np.ndarray
    link: np.ndarray
    start: np.ndarray
    end: np.ndarray
    reason: np.ndarray
    price: np.ndarray
    funnel: np.ndarray
    lag: np.ndarray

    def live(self, month: int) -> np.ndarray:
        """Tell which opportunities run in a month [run, opportunity]."""
        found = np.zeros((self.count, self.chances), dtype=bool)
        now = (self.start <= month) & ~(self.end <= month)
        found[self.run[now], self.link[now]] = True
        return found

    def starts(self, places: tuple[int, ...]) -> np.ndarray:
        """Return the month in which the first of some opportunities begins, infinite for never [run]."""
        first = np.full(self.count, np.inf)
        mine = np.isin(self.link, places)
        np.minimum.at(first, self.run[mine], self.start[mine])
        return first

    def part(self, runs: np.ndarray) -> Runs:
        """Return some of the runs, in their order."""
        place = np.full(self.count, -1)
        place[runs] = np.arange(len(runs))
        kept = place[self.run] >= 0
        rows = {name: getattr(self, name)[kept] for name in ("link", "start", "end", "reason", "price")}
        return Runs(
            len(runs), self.chances, place[self.run][kept], **rows, funnel=self.funnel[runs], lag=self.lag[runs]
        )


def gather(outcomes: list[Outcome], chances: int) -> Runs:
    """Return outcomes of runs as one table."""
    run = np.concatenate([np.full(len(one.link), number) for number, one in enumerate(outcomes)] or [np.empty(0)])
    rows = {
        name: np.concatenate([getattr(one, name) for one in outcomes] or [np.empty(0)])
        for name in ("link", "start", "end", "reason", "price")
    }
    funnel = np.array([[np.isfinite(getattr(one, name)).sum() for name in STEPS] for one in outcomes]).reshape(-1, 4)
    return Runs(
        len(outcomes), chances, run.astype(int), rows["link"].astype(int), rows["start"], rows["end"], rows["reason"],
        rows["price"], funnel, np.array([_lag(one) for one in outcomes]),
    )  # fmt: skip


STEPS = ("identified", "screened", "signed", "operating")


def _lag(outcome: Outcome) -> float:
    """Return the mean months from identified to operating of what operates."""
    done = np.isfinite(outcome.operating)
    return float((outcome.operating - outcome.identified)[done].mean()) if done.any() else float("nan")


def simulate(
    ground: Ground, chances: int, points: list[Mapping[str, Any]], mode: str = "given", workers: int = 1,
    progress: Callable[[int], None] | None = None,
) -> Runs:  # fmt: skip
    """Run a park once at each point; run i has seed i of the benchmark, so that parks and variants share their shocks."""
    jobs = [(SEED + number, values) for number, values in enumerate(points)]
    work = partial(_one, ground, mode)
    outcomes: list[Outcome] = []
    if workers <= 1 or len(jobs) < 8:
        for job in jobs:
            outcomes.append(work(job))
            if progress:
                progress(1)
        return gather(outcomes, chances)
    with ProcessPoolExecutor(workers) as pool:
        for outcome in pool.map(work, jobs, chunksize=max(1, len(jobs) // (8 * workers))):
            outcomes.append(outcome)
            if progress:
                progress(1)
    return gather(outcomes, chances)


def _one(ground: Ground, mode: str, job: tuple[int, Mapping[str, Any]]) -> Outcome:
    return run_once(ground, job[0], job[1], mode)


def cores() -> int:
    """Return the number of cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else (os.cpu_count() or 1)


def mark_of(ground: Ground, points: list[Mapping[str, Any]], mode: str) -> str:
    """Return a hash of all that decides the numbers of runs: code of the model, scenario with its tables, points, mode."""
    described = json.dumps([fingerprint(), ground.scenario.describe(), points, mode], default=str)
    return hashlib.sha256(described.encode()).hexdigest()[:32]


def save(path: Path, runs: Runs, mark: str = "") -> None:
    """Write the runs of a park to a file. mark: of what they were made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    values = {name: getattr(runs, name) for name in ARRAYS}
    np.savez_compressed(path, mark=np.array(mark), count=runs.count, chances=runs.chances, **values)


def load(path: Path) -> Runs:
    """Read the runs of a park from a file."""
    with np.load(path) as file:
        return Runs(int(file["count"]), int(file["chances"]), **{name: file[name] for name in ARRAYS})


def kept(
    path: Path,
    ground: Ground,
    chances: int,
    points: list[Mapping[str, Any]],
    mode: str,
    workers: int,
    say: Callable[[str], None],
) -> Runs:
    """Return the runs of a file, made anew when there are none or they are of another model, scenario or points."""
    mark = mark_of(ground, points, mode)
    if path.exists():
        with np.load(path) as file:
            if str(file["mark"]) == mark:
                return load(path)
    say(f"{path.parent.name}: {ground.park['label']}, {len(points)} runs")
    runs = simulate(ground, chances, points, mode, workers)
    save(path, runs, mark)
    return runs
