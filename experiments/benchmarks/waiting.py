"""What people wait for: the first run of a machine, a million runs, reports, and models made one after another: j, l, n, o."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from .clock import Row, process_seconds
from .processes import ECOPARK
from .scaling import resident


def first_run(quick: bool) -> list[Row]:
    """Return j: processor time until the rules are compiled on a machine that has never run them."""
    times = []
    for _ in range(1 if quick else 2):
        with tempfile.TemporaryDirectory() as place:
            times.append(process_seconds([*ECOPARK, "warm-up"], XDG_CACHE_HOME=place))
    what = "first run of a machine: the rules compiled, processor time"
    return [Row("j", what, median(times), 30.0, False, unit="s", detail={"s": times})]


def million_runs(quick: bool) -> list[Row]:
    """Return l: how long a million Kalundborg runs would take as one sweep with two workers, from a measured piece of it."""
    from .processes import sweep_seconds

    few, many = (200, 1000) if quick else (2000, 20_000)
    sweep_seconds(2, few)
    wall = sweep_seconds(2, few + many)[0] - sweep_seconds(2, few)[0]
    what = f"a million Kalundborg runs with two workers, from {many:,}"
    return [Row("l", what, wall / many * 1e6 / 3600, 2.0, False, unit="h", detail={"wall_s": wall, "runs": many})]


def reports(quick: bool) -> list[Row]:
    """Return n: processor time of the report of a run, and of the report of a sweep with its greatest memory."""
    runs = 2000 if quick else 100_000
    with tempfile.TemporaryDirectory() as place:
        run, sweep = Path(place) / "run", Path(place) / "sweep"
        without = process_seconds([*ECOPARK, "run", "kalundborg", "--no-report", "--out", str(run)])
        single = process_seconds([*ECOPARK, "run", "kalundborg", "--force", "--out", str(run)]) - without
        _make_sweep(sweep, runs)
        before = time.perf_counter()
        peak = _peak_of([*ECOPARK, "analyse", str(sweep)])
        large = time.perf_counter() - before
    return [
        Row("n", "report of a Kalundborg run, processor time beyond the run", single, 2.0, False, unit="s"),
        Row("n", f"report of a sweep of {runs:,} runs", large, 30.0, False, unit="s"),
        Row("n", f"memory of the report of a sweep of {runs:,} runs", peak / 1e9, 1.0, False, unit="GB"),
    ]


def _make_sweep(folder: Path, runs: int) -> None:
    from ..sweeps.sweep import run_study

    study = {
        "scenario": "kalundborg", "factors": {"policy.landfill_tax": {"levels": runs // 20}}, "replicates": 20,
        "outcomes": ["links"], "years": 5,
    }  # fmt: skip
    run_study(study, folder, workers=2, quiet=True)


def _peak_of(arguments: list[str]) -> int:
    """Return the greatest resident memory of a process and what it starts [bytes]: `python` with these arguments."""
    code = (
        "import resource, subprocess, sys; subprocess.run([sys.executable, *sys.argv[1:]], check=True, capture_output=True); "
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024)"
    )
    done = subprocess.run([sys.executable, "-c", code, *arguments], check=True, capture_output=True, text=True)
    return int(done.stdout)


def models_in_turn(quick: bool) -> list[Row]:
    """Return o: memory that 300 models leave behind that were made, stepped and dropped one after another, agents touched."""
    code = "import sys; from ecopark.experiments.benchmarks.waiting import left_behind; print(left_behind(int(sys.argv[1])))"
    count = "100" if quick else "300"
    done = subprocess.run([sys.executable, "-P", "-c", code, count], check=True, capture_output=True, text=True)
    what = "memory left by models made, stepped and dropped, against that of the first third"
    return [Row("o", what, float(done.stdout), 0.1, False, unit="")]


def left_behind(count: int) -> float:
    """Return by what share resident memory grows from the first third of `count` models to the end."""
    from ecopark.abm.model import ParkModel

    after_third = 0
    for number in range(count):
        model = ParkModel("kalundborg", rng=number)
        assert len(model.agents)
        for _ in range(3):
            model.step()
        del model
        if number == count // 3:
            after_third = resident()
    return resident() / after_third - 1.0
