"""Whole processes: the command line against `import mesa`, and two workers against one: g, h."""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path
from statistics import median

from .clock import Row, process_seconds, ratio

ECOPARK = ("-P", "-m", "ecopark")


def command_line(quick: bool) -> list[Row]:
    """Return h: a warm run of a small park and the help against importing Mesa; processor time of whole processes."""
    with tempfile.TemporaryDirectory() as place:
        run = (*ECOPARK, "run", "kalundborg", "--force", "--out", str(Path(place) / "run"))
        variants = {
            "`ecopark run kalundborg`": (run, 1.2),
            "`ecopark run kalundborg --no-report`": ((*run, "--no-report"), 1.2),
            "`ecopark --help`": ((*ECOPARK, "--help"), 0.3),
            "`ecopark --version`": ((*ECOPARK, "--version"), 0.06),
        }
        # A warm start reads bytecode; here it is kept where it hurts nobody, also of a checkout whose user keeps none.
        kept = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(Path(place) / "bytecode")}
        for arguments in (("-c", "import mesa"), *(arguments for arguments, _ in variants.values())):
            process_seconds(arguments, **kept)
        times: dict[str, list[float]] = {what: [] for what in ["mesa", *variants]}
        for _ in range(3 if quick else 5):
            times["mesa"].append(process_seconds(["-c", "import mesa"], **kept))
            for what, (arguments, _) in variants.items():
                times[what].append(process_seconds(arguments, **kept))
    return [
        Row(
            "h",
            f"{what} / `import mesa`",
            ratio(times[what], times["mesa"]),
            most,
            False,
            detail={"s": median(times[what])},
        )
        for what, (_, most) in variants.items()
    ]


def workers(quick: bool) -> list[Row]:
    """Return g: processor time per run and wall-clock time of a sweep with two workers against one."""
    alone, both = [], []
    runs = 200 if quick else 1500
    for _ in range(2 if quick else 7):
        alone.append(sweep_seconds(1, runs))
        both.append(sweep_seconds(2, runs))
    speed = max(one[0] / two[0] for one, two in zip(alone, both, strict=True))
    cost = median(two[1] / one[1] for one, two in zip(alone, both, strict=True))
    detail = {"wall_1_s": median(one[0] for one in alone), "wall_2_s": median(two[0] for two in both)}
    return [
        Row("g", "processor time per run of a sweep, two workers / one", cost, 1.05, False, detail=detail),
        Row("g", f"wall-clock speed-up of two workers, best of {len(both)}", speed, 1.6, True, detail=detail),
    ]


def sweep_seconds(count: int, runs: int) -> tuple[float, float]:
    """Return wall-clock and processor seconds of a sweep of Kalundborg with that many worker processes."""
    from ..sweeps.sweep import run_study

    study = {
        "scenario": "kalundborg", "factors": {"policy.landfill_tax": {"levels": runs // 20}}, "replicates": 20,
        "outcomes": ["links"],
    }  # fmt: skip
    wall, before = time.perf_counter(), sum(os.times()[:4])
    with tempfile.TemporaryDirectory() as place:
        run_study(study, Path(place) / "sweep", workers=count, quiet=True)
    return time.perf_counter() - wall, sum(os.times()[:4]) - before
