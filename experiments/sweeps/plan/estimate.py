"""What a sweep will take in time and disk, from a trial of a few runs."""

from __future__ import annotations

from ..execution.engines import default_workers
from .plan import Plan, runs_per_chunk
from .trial import try_out

BYTES_PER_RUN, BYTES_PER_NUMBER, BYTES_PER_YEARLY = 10.0, 6.0, 4.0


def estimate(plan: Plan, workers: int | None) -> str:
    """Say what a sweep will take in time and disk."""
    trial = try_out(plan)
    if trial.seconds is None:
        return "no run of the trial succeeded: time and disk are unknown"
    workers = workers or default_workers()
    chunk = plan.study.chunk or runs_per_chunk(plan.runs, trial.seconds)
    parts = -(-plan.runs // chunk)
    duration = _readable(max(plan.runs / workers, chunk) * trial.seconds)
    size = (parts * trial.part + plan.runs * _bytes_per_run(plan)) / 1e6
    return f"about {duration} on {workers} workers at {trial.seconds * 1e3:.3g} ms a run, {size:,.3g} MB in {parts:,} parts of {chunk:,} runs"


def _bytes_per_run(plan: Plan) -> float:
    """Return the bytes a further run adds to a part, from the numbers it holds and what compression leaves of them."""
    years = plan.study.years or 1
    numbers = sum(1 if outcome.scalar else years for outcome in plan.study.outcomes.values())
    series = years * len(plan.manifest["indicators"]) if plan.study.keep == "yearly" else 0
    return BYTES_PER_RUN + BYTES_PER_NUMBER * numbers + BYTES_PER_YEARLY * series


def _readable(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"
