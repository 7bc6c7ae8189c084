"""Regions: how the cost of a month grows, memory per company, set-up: e, i, k."""

from __future__ import annotations

import json
import math
import resource
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ecopark.abm.park import Park

from .clock import Row, thread_seconds
from .reference_model import region
from .source_tree import checkout

PARTNERS = {"discovery.partners": 3}
NOTHING_BUT_INDICATORS = {"recording.events": False, "recording.meetings": False, "recording.companies": False}


def growth(quick: bool) -> list[Row]:
    """Return e: the exponent with which the cost of a month grows at constant density."""
    pairs = [(300, 30_000, 1.08)] if quick else [(300, 30_000, 1.08), (3000, 300_000, 1.08)]
    rows = []
    for small, large, most in pairs:
        above = _year(large)
        below = min(_year(small) for _ in range(3))
        power = math.log(above / below) / math.log(large / small)
        detail = {"small_s": below / 12, "large_s": above / 12}
        what = f"processor time of a month, {small:,} to {large:,} companies: exponent"
        rows.append(Row("e", what, power, most, False, unit="", detail=detail))
    return rows


def months_of_regions(quick: bool) -> list[Row]:
    """Return k: what a month of a region costs, with as many partners as are shipped, and how it grows.

    No month looks through the whole funnel: companies study what their hours allow.
    """
    small, large = (min(_year(size, {}) for _ in range(1 if quick else 3)) / 12 for size in (300, 3000))
    detail = {"small_s": small, "large_s": large}
    power = math.log(large / small) / math.log(10)
    return [
        Row("k", "processor time of a month, 300 companies", small * 1e3, None, False, unit="ms", detail=detail),
        Row("k", "processor time of a month, 3,000 companies", large * 1e3, None, False, unit="ms", detail=detail),
        Row(
            "k",
            "processor time of a month, 300 to 3,000 companies: exponent",
            power,
            None,
            False,
            unit="",
            detail=detail,
        ),
    ]


def _year(companies: int, partners: Mapping[str, Any] = PARTNERS) -> float:
    """Return the processor time of the second year [s]; small regions several times over."""
    scenario = region(companies, **partners, **NOTHING_BUT_INDICATORS)
    times = []
    for seed in range(max(1, 3000 // companies)):
        park = Park(scenario, seed).advance(12)
        times.append(thread_seconds(lambda park=park: park.advance(12)))
    return sum(times) / len(times)


def memory_and_set_up(quick: bool) -> list[Row]:
    """Return i: memory per company against the twin, and the time to set up a large region without agents."""
    companies = 3000 if quick else 30_000
    ours, theirs = _apart("park", companies), _apart("twin", companies)
    what = f"memory per company, {companies:,} companies: park / twin"
    detail = {"park_kB": ours["bytes"] / companies / 1e3, "twin_kB": theirs["bytes"] / companies / 1e3}
    rows = [Row("i", what, ours["bytes"] / theirs["bytes"], 0.12, False, detail=detail)]
    large = 30_000 if quick else 300_000
    times = sorted((_apart("park", large) for _ in range(1 if quick else 3)), key=lambda found: found["processor_s"])
    middle = times[len(times) // 2]
    what = f"set-up of {large:,} companies without agents, processor time"
    return [*rows, Row("i", what, middle["processor_s"], 2.0 * large / 300_000, False, unit="s", detail=middle)]


def _apart(kind: str, companies: int) -> dict[str, float]:
    """Return what it takes to set up a park or a twin in a process of its own: seconds and resident bytes."""
    command = [sys.executable, "-P", "-m", "ecopark.experiments.benchmarks.scaling", kind, str(companies)]
    folder = checkout() if kind == "twin" else None
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=folder)
    return json.loads(done.stdout)


def _set_up(kind: str, companies: int) -> dict[str, float]:
    """Set up a park or a twin here and return what it took. A small park first, so that code is loaded."""
    make: Any = Park
    if kind == "twin":
        from .reference_model import twin_model

        make = twin_model()
    kept = [make(region(30, **PARTNERS), 1)]
    scenario = region(companies, **PARTNERS, **NOTHING_BUT_INDICATORS)
    bytes_before, wall, processor = resident(), time.perf_counter(), time.process_time()
    kept.append(make(scenario, 1))
    return {
        "wall_s": time.perf_counter() - wall,
        "processor_s": time.process_time() - processor,
        "bytes": resident() - bytes_before,
        "peak_bytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
    }


def resident() -> int:
    """Return the resident memory of this process [bytes]; its greatest so far where the system does not say."""
    status = Path("/proc/self/statm")
    if status.exists():
        return int(status.read_text().split()[1]) * resource.getpagesize()
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


if __name__ == "__main__":
    print(json.dumps(_set_up(sys.argv[1], int(sys.argv[2]))))
