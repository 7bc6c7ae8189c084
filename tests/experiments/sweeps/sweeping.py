"""What the tests of sweeps share: a small study of the fake model, the command as a process of its own, and waiting."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from pathlib import Path

import pandas as pd
import psutil

from ecopark import run_study

ROOT = Path(__file__).parents[3]

STUDY = {
    "scenario": "walk",
    "model": "tests.experiments.sweeps.fake",
    "factors": {"walk.x": [1, 2, 3.5], "walk.y": {"low": 0, "high": 1, "levels": 2}},
    "policies": {"none": {}, "tax": {"policy.tax": 50}},
    "replicates": 5,
    "seed": 3,
    "outcomes": {
        "links": ["last", "mean", "max"],
        "waste": "sum",
        "trust": "mean",
        "takeoff": {"indicator": "links", "take": "year_of_first", "at_least": 5},
        "curve": {"indicator": "links", "take": "series"},
    },
    "chunk": 7,
}


def serial(study: dict, folder: Path) -> pd.DataFrame:
    """Return the table of a study made in this process, in one chunk."""
    return run_study({**study, "chunk": 100_000}, folder, workers=0).frame()


def slow(seconds: float, **changes: object) -> dict:
    """Return the small study with runs that take a while."""
    return {**STUDY, **changes, "set": {"pace.seconds": seconds}}


def write_study(study: dict, path: Path) -> Path:
    """Write a study as TOML; JSON is close enough to it for tables inside one line."""
    path.write_text("\n".join(f"{key} = {_toml(value)}" for key, value in study.items()))
    return path


def _toml(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key)} = {_toml(one)}" for key, one in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return json.dumps(value)


def finish(process: subprocess.Popen, seconds: float = 180) -> str:
    """Wait for a command that must succeed; return what it said."""
    out, err = process.communicate(timeout=seconds)
    assert process.returncode == 0, f"exit code {process.returncode}\n{out}\n{err}"
    return out


def family(pid: int) -> list[psutil.Process]:
    """Return the processes a process has started, and theirs."""
    try:
        return psutil.Process(pid).children(recursive=True)
    except psutil.NoSuchProcess:
        return []


def workers_of(pid: int) -> list[psutil.Process]:
    """Return the processes that do chunks for a sweep."""
    return [
        one for one in family(pid) if any("spawn_main" in word or "execution.child" in word for word in _words(one))
    ]


def _words(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.Error:
        return []


def alive(processes: list[psutil.Process]) -> list[psutil.Process]:
    """Return those that have not ended."""
    return [one for one in processes if one.is_running() and _status(one) != psutil.STATUS_ZOMBIE]


def _status(process: psutil.Process) -> str:
    try:
        return process.status()
    except psutil.NoSuchProcess:
        return psutil.STATUS_ZOMBIE


def wait_until(condition, seconds: float, what: str) -> float:
    """Wait for a condition; return the seconds it took."""
    began = time.monotonic()
    while not condition():
        assert time.monotonic() - began < seconds, f"waited {seconds} s for {what}"
        time.sleep(0.02)
    return time.monotonic() - began


def parts(out: Path) -> int:
    """Return how many parts a sweep has written."""
    return len(list((out / "runs").glob("part-*.parquet"))) if out.exists() else 0


def kill(process: psutil.Process | subprocess.Popen) -> None:
    """Kill one process, if it is still there."""
    try:
        os.kill(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def executed(folder: Path) -> list[str]:
    """Return what the fake model has logged: one line per run it made."""
    return [line for log in folder.glob("*.log") for line in log.read_text().splitlines()]
