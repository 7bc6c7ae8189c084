"""Whatever is killed, and whenever: every run is there once, equal to a serial run, and no process is left."""

from __future__ import annotations

import os
import random
import re
import signal
import time

import pandas as pd
import pytest

from ecopark import open_results
from tests.experiments.sweeps.sweeping import (  # fmt: skip
    alive,
    executed,
    family,
    finish,
    kill,
    parts,
    serial,
    slow,
    wait_until,
    workers_of,
    write_study,
)

SECONDS = 0.02
KILLS = 10


@pytest.fixture
def study(tmp_path):
    (tmp_path / "log").mkdir()
    changed = slow(SECONDS, replicates=20, chunk=6)
    changed["set"]["log.folder"] = str(tmp_path / "log")
    return changed


@pytest.fixture
def file(study, tmp_path):
    return write_study(study, tmp_path / "small.toml")


@pytest.fixture
def out(tmp_path):
    return tmp_path / "out"


def reference(study, tmp_path):
    return serial({**study, "set": {**study["set"], "pace.seconds": 0.0, "log.folder": ""}}, tmp_path / "serial")


def same_as_serial(study, out, tmp_path):
    found = open_results(out).frame()
    assert found["error"].isna().all()
    pd.testing.assert_frame_equal(found, reference(study, tmp_path), check_exact=True)


def test_worker_killed_in_the_middle(start, study, file, out, tmp_path):
    process = start(file, out, "--workers", "2")
    wait_until(lambda: parts(out) >= 4, 180, "the first parts")
    kill(workers_of(process.pid)[0])
    finish(process)
    same_as_serial(study, out, tmp_path)


def test_main_process_killed_in_the_middle(start, study, file, out, tmp_path):
    process = start(file, out, "--workers", "2")
    wait_until(lambda: parts(out) >= 4, 180, "the first parts")
    orphans = family(process.pid)
    kill(process)
    process.communicate()
    wait_until(lambda: not alive(orphans), 5, "the workers to end after their parent")
    made, there = len(executed(tmp_path / "log")), 6 * parts(out)
    assert made - there <= 2 * 6, "more than the chunks in flight was lost"
    finish(start(file, out, "--workers", "2"))
    assert len(executed(tmp_path / "log")) == made + 240 - there, "a run whose part was there was repeated"
    same_as_serial(study, out, tmp_path)


def test_ctrl_c_ends_within_three_seconds_and_leaves_no_process(start, study, file, out, tmp_path):
    process = start(file, out, "--workers", "2")
    wait_until(lambda: parts(out) >= 2, 180, "the first parts")
    others = family(process.pid)
    assert len(others) >= 2
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=3)
    assert process.returncode == 130
    *_, state, last = said.splitlines()
    assert re.fullmatch(r"small: \d+ of 240 runs, .*, 0 failed, stopped after \d+ s", state), said
    assert last == "Stopped. What is written is safe; the same command continues."
    wait_until(lambda: not alive(others), 1, "all processes to end")
    finish(start(file, out, "--workers", "2"))
    same_as_serial(study, out, tmp_path)


def test_ctrl_c_ends_runs_that_never_end(start, tmp_path, out):
    study = slow(0.0, factors={"walk.x": [2]}, policies={}, chunk=1)
    study["set"] |= {"trap.kind": "hang", "trap.x": 2.0}
    process = start(write_study(study, tmp_path / "hang.toml"), out, "--workers", "2", "--time-limit", "100")
    wait_until(lambda: len(workers_of(process.pid)) == 4, 180, "workers and their children")
    others = family(process.pid)
    os.killpg(process.pid, signal.SIGINT)
    process.communicate(timeout=3)
    wait_until(lambda: not alive(others), 2, "all processes to end")


def test_main_killed_while_guarded_runs_hang(start, tmp_path, out):
    study = slow(0.0, factors={"walk.x": [2]}, policies={}, chunk=1)
    study["set"] |= {"trap.kind": "hang", "trap.x": 2.0}
    process = start(write_study(study, tmp_path / "hang.toml"), out, "--workers", "2", "--time-limit", "100")
    wait_until(lambda: len(workers_of(process.pid)) == 4, 180, "workers and their children")
    others = family(process.pid)
    kill(process)
    process.communicate()
    wait_until(lambda: not alive(others), 5, "the workers and their children to end")


def test_two_sweeps_on_one_folder_share_the_work(start, study, file, out, tmp_path):
    processes = [start(file, out, "--workers", "1") for _ in range(2)]
    for process in processes:
        finish(process)
    assert len(executed(tmp_path / "log")) == 240, "a run was made twice"
    same_as_serial(study, out, tmp_path)


def test_one_of_two_sweeps_killed_and_the_other_does_the_rest(start, study, file, out, tmp_path):
    first, second = (start(file, out, "--workers", "1") for _ in range(2))
    wait_until(lambda: parts(out) >= 4, 180, "the first parts")
    kill(first)
    first.communicate()
    finish(second)
    same_as_serial(study, out, tmp_path)


def test_shard_killed_and_resubmitted_fills_what_is_missing(start, study, file, out, tmp_path):
    first = start(file, out, "--workers", "1", "--shard", "1/2")
    wait_until(lambda: parts(out) >= 3, 180, "the first parts")
    kill(first)
    first.communicate()
    for shard in ("2/2", "1/2"):
        finish(start(file, out, "--workers", "1", "--shard", shard))
    same_as_serial(study, out, tmp_path)


@pytest.mark.parametrize("kills", [1, pytest.param(8, marks=pytest.mark.heavy)])
def test_sweep_killed_at_any_moment_and_grown_is_equal_to_one_made_at_once(start, study, out, tmp_path, kills):
    chance = random.Random(f"growing {kills}")
    grown = {**study, "replicates": 30, "policies": {"half": {"policy.tax": 25}, **study["policies"]}}
    small, large = (write_study(one, tmp_path / f"{one['replicates']}.toml") for one in (study, grown))
    process = start(small, out, "--workers", "2")
    wait_until(lambda: parts(out) >= 8, 180, "the first parts")
    kill(process)
    process.communicate()
    for _ in range(kills):
        process = start(large, out, "--workers", "2")
        wait_for_a_moment(process, out, chance, starting=chance.random() < 0.7)
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
    finish(start(large, out, "--workers", "2"))
    same_as_serial(grown, out, tmp_path)


@pytest.mark.heavy
@pytest.mark.parametrize("target", ["main", "worker", "group", "any"])
@pytest.mark.parametrize("guarded", [False, True])
def test_ten_random_kills(start, study, out, tmp_path, target, guarded):
    chance = random.Random(f"{target} {guarded}")
    options = ["--workers", "2", *(["--time-limit", "60"] if guarded else [])]
    study = {**study, "replicates": 60}
    file = write_study(study, tmp_path / "large.toml")
    process = start(file, out, *options)
    for number in range(KILLS):
        wait_for_a_moment(process, out, chance, starting=number % 3 == 0)
        assert process.poll() is None, f"the sweep ended before kill {number + 1}"
        if strike(process, chance.choice(["main", "worker", "group"]) if target == "any" else target, chance):
            process.communicate()
            process = start(file, out, *options)
    assert 0 < parts(out) < 120, "the kills hit a sweep in the middle"
    finish(process, 120)
    same_as_serial(study, out, tmp_path)


def wait_for_a_moment(process, out, chance, starting):
    """Wait until the sweep has workers, and has written a part more unless it is to be hit while starting."""
    before = parts(out)
    wait_until(lambda: workers_of(process.pid), 180, "workers")
    if not starting:
        wait_until(lambda: parts(out) > before, 180, "a part")
    time.sleep(chance.uniform(0.0, 0.3))


def strike(process, target, chance) -> bool:
    """Kill the main process, one of its workers or all; return whether the main process is gone."""
    if target == "worker":
        seen = []  # looked at once: a worker may end by itself between two looks
        wait_until(lambda: seen.extend(workers_of(process.pid)) or seen, 180, "workers")
        kill(chance.choice(seen))
    elif target == "main":
        kill(process)
    else:
        os.killpg(process.pid, signal.SIGKILL)
    return target != "worker"


@pytest.mark.heavy
def test_shards_begun_at_the_same_moment_agree_on_the_parts(start, study, out, tmp_path):
    """Each finds a chunk size by a trial of its own; the first manifest counts."""
    file = write_study({key: value for key, value in study.items() if key != "chunk"}, tmp_path / "small.toml")
    for process in [start(file, out, "--workers", "1", "--shard", f"{shard}/4") for shard in range(1, 5)]:
        finish(process, 120)
    same_as_serial(study, out, tmp_path)
    assert len(executed(tmp_path / "log")) <= 240 + 4 * 8, "more than the trials was repeated"
