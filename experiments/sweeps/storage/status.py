"""What a sweep has come to, read from its folder while others work on it."""

from __future__ import annotations

import time
from pathlib import Path

from ..execution.progress import span
from .manifest import chunks_of, runs_in
from .results import SweepResults, open_results

RECENT = 600.0  # seconds over which the rate is taken


def status_of(root: str | Path, now: float | None = None) -> str:
    """Say how many runs are there, how many failed, at which rate parts came last and how long that will take.

    root: folder of a sweep. now: the time to which ages are taken [s since 1970], left out the present.
    """
    results = open_results(root)
    lines = [results.summary()]
    if results.missing:
        lines.append(_pace(results, time.time() if now is None else now))
    return "\n".join(lines)


def _pace(results: SweepResults, now: float) -> str:
    """Say when parts came and what follows from it."""
    chunks = [chunk for chunk, there in enumerate(results.folder.finished(chunks_of(results.manifest))) if there]
    ages = {chunk: max(now - results.folder.runs(chunk).stat().st_mtime, 0.0) for chunk in chunks}
    if not ages:
        return "no part was written yet"
    last = f"the last part was written {span(min(ages.values()))} ago"
    recent = {chunk: age for chunk, age in ages.items() if age <= RECENT}
    if len(recent) <= 1:
        return last
    oldest = max(recent, key=recent.__getitem__)
    between = max(recent[oldest] - min(recent.values()), 1e-3)
    rate = sum(runs_in(results.manifest, chunk) for chunk in recent if chunk != oldest) / between
    return f"{last}; {rate:,.1f} runs/s lately, at which the rest takes about {span(results.missing / rate)}"
