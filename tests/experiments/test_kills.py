"""Whatever ends a command at whatever moment: what was finished is readable, what is said is true, the same command goes on."""

import json
import os
import random
import resource
import signal
import subprocess
import sys
import time

import pandas as pd
import pytest

from ecopark.experiments.runs.run_folders import TABLES

COMMANDS = {
    "run": (["run", "kalundborg", "--years", "40", "--no-report"], 3.0),
    "ensemble": (["run", "mistrust", "--years", "2", "--replicates", "400", "--no-report"], 8.0),
    "region": (["run", "synthetic", "--set", "synthetic.companies=12000", "--years", "60", "--no-report"], 25.0),
}
CODES = {signal.SIGINT: 130, signal.SIGTERM: 143, signal.SIGHUP: 129}
SWEEP = """name = "s"
scenario = "mistrust"
years = 1
replicates = 40
chunk = 5
[factors."behaviour.attitude"]
values = [0.8, 1.0, 1.2]
"""


def start(folder, arguments, limit=None):
    """Start a command; limit: bytes that a file may have, which is what a full disk looks like."""

    def narrow():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    command = [sys.executable, "-m", "ecopark", *arguments]
    return subprocess.Popen(
        command, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        preexec_fn=narrow if limit else None, env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
    )  # fmt: skip


def end(process, number, after):
    """Send a signal after some seconds; return exit code and what was said."""
    try:
        out, err = process.communicate(timeout=after)
    except subprocess.TimeoutExpired:
        process.send_signal(number)
        out, err = process.communicate(timeout=280)
    assert "Traceback" not in err or "start.py" not in err, err  # before the program's first line Python itself speaks
    return process.returncode, out + err


def check_folder(folder):
    """Check that a run folder says what it holds; return whether it is complete, None when there is none."""
    if not (folder / "run.json").exists():
        assert not folder.exists()
        return None
    origin = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    tables = {name: pd.read_parquet(folder / f"{name}.parquet") for name in TABLES}
    if origin["replicates"]:
        assert tables["yearly"]["replicate"].nunique() == len(origin["seeds"]) == origin["replicates"]
    assert len(tables["yearly"]) >= 1
    return origin["complete"]


def hidden(folder):
    return [name for name in os.listdir(folder) if name.startswith(".")]


def once(tmp_path, task, number, after):
    """End a command at a moment, and check what is left."""
    arguments, _ = COMMANDS[task]
    code, said = end(start(tmp_path, [*arguments, "--out", "out"]), number, after)
    complete = check_folder(tmp_path / "out")
    if number == signal.SIGKILL and code == -signal.SIGKILL:
        assert complete is None
        return
    if "Traceback" in said:
        return  # before the program's first line, when nothing was written
    assert code in (0, CODES[number], -number), said  # -number: before the program listens
    assert (code == 0) == (complete is True), said
    assert not hidden(tmp_path)


def moments(count):
    chance = random.Random("moments")
    signals = [*CODES, signal.SIGKILL]
    return [(task, signals[number % 4], chance.random()) for task in COMMANDS for number in range(count)]


@pytest.mark.parametrize(("task", "number", "share"), moments(2)[:4])
def test_what_was_finished_is_kept(tmp_path, task, number, share):
    once(tmp_path, task, number, 0.5 + share * COMMANDS[task][1])


@pytest.mark.heavy
@pytest.mark.timeout(600)
@pytest.mark.parametrize(("task", "number", "share"), moments(50))
def test_fifty_moments(tmp_path, task, number, share):
    once(tmp_path, task, number, share * COMMANDS[task][1])


def test_a_killed_run_is_named_by_the_next(tmp_path):
    process = start(
        tmp_path, ["run", "mistrust", "--replicates", "5000", "--years", "2", "--no-report", "--out", "out"]
    )
    until = time.monotonic() + 120
    while not hidden(tmp_path) and time.monotonic() < until:
        time.sleep(0.05)
    end(process, signal.SIGKILL, 0.01)
    (left,) = hidden(tmp_path)
    code, said = end(
        start(tmp_path, ["run", "mistrust", "--years", "1", "--no-report", "--out", "out"]), signal.SIGKILL, 250
    )
    assert (code, check_folder(tmp_path / "out")) == (0, True)
    assert left in said


@pytest.mark.parametrize(
    "limit", [20_000, pytest.param(300_000, marks=pytest.mark.heavy), pytest.param(2_000_000, marks=pytest.mark.heavy)]
)
@pytest.mark.parametrize("task", ["run", "ensemble", pytest.param("region", marks=pytest.mark.heavy)])
def test_full_disk_is_one_line_and_keeps_what_was_finished(tmp_path, task, limit):
    arguments, _ = COMMANDS[task]
    code, said = end(start(tmp_path, [*arguments, "--out", "out"], limit), signal.SIGKILL, 280)
    complete = check_folder(tmp_path / "out")
    assert code in (0, 1), said
    assert (code == 0) == (complete is True), said
    assert code == 0 or "disk" in said or "too large" in said.lower(), said
    assert not hidden(tmp_path)


def sweep(folder, out):
    (folder / "s.toml").write_text(SWEEP)
    return start(folder, ["sweep", "s.toml", "--workers", "1", "--quiet", "--out", out])


@pytest.mark.heavy
@pytest.mark.timeout(1200)
def test_a_sweep_that_is_ended_fifty_times_is_equal_to_one_that_never_was(tmp_path):
    from ecopark import open_results

    assert end(sweep(tmp_path, "whole"), signal.SIGKILL, 900)[0] == 0
    chance = random.Random("sweep")
    for number in [*CODES, signal.SIGKILL] * 12:
        end(sweep(tmp_path, "part"), number, 1 + 4 * chance.random())
    assert end(sweep(tmp_path, "part"), signal.SIGKILL, 900)[0] == 0
    assert open_results(tmp_path / "whole").frame().equals(open_results(tmp_path / "part").frame())
