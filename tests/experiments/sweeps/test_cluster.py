"""A real Dask scheduler and two workers on loopback; a worker is killed in the middle of a sweep, then the scheduler."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from concurrent.futures import Future

import pandas as pd
import pytest

from ecopark import open_results, run_study
from ecopark.abm.input.errors import InputError
from ecopark.experiments.sweeps.study_file.seeds import run_seed
from tests.experiments.sweeps.sweeping import (
    ROOT,
    STUDY,
    alive,
    family,
    finish,
    parts,
    serial,
    slow,
    wait_until,
    write_study,
)

pytest.importorskip("distributed")

from distributed.comm import CommClosedError

from ecopark.experiments.sweeps.execution.dask_engine import _land


class Cluster:
    """A scheduler and workers, each in a process group of its own; they end by themselves after two minutes at rest."""

    def __init__(self, folder):
        self._folder, self._processes = folder, []
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = free.getsockname()[1]
        self.address = f"tcp://127.0.0.1:{self._port}"

    def _start(self, module, *options):
        environment = os.environ | {"PYTHONPATH": str(ROOT), "DASK_DISTRIBUTED__WORKER__DAEMON": "true"}
        command = [sys.executable, "-m", f"distributed.cli.{module}", *options, "--no-dashboard"]
        with open(self._folder / f"{len(self._processes)}.log", "w") as log:
            process = subprocess.Popen(command, env=environment, cwd=self._folder, stderr=log, start_new_session=True)
        self._processes.append(process)
        return process

    def scheduler(self):
        return self._start("dask_scheduler", "--host", "127.0.0.1", "--port", str(self._port), "--idle-timeout", "120")

    def worker(self):
        own = [
            "--host",
            "127.0.0.1",
            "--nthreads",
            "1",
            "--death-timeout",
            "120",
            "--local-directory",
            str(self._folder),
        ]
        return self._start("dask_worker", self.address, *own)

    @staticmethod
    def kill(process):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def end(self):
        for process in self._processes:
            self.kill(process)


@pytest.fixture
def cluster(tmp_path):
    folder = tmp_path / "cluster"
    folder.mkdir()
    made = Cluster(folder)
    yield made
    made.end()


@pytest.fixture
def study():
    return slow(0.02, replicates=20, chunk=6)


def same_as_serial(study, out, tmp_path):
    found = open_results(out).frame()
    still = {**study, "set": {**study["set"], "pace.seconds": 0.0}}
    pd.testing.assert_frame_equal(found, serial(still, tmp_path / "serial"), check_exact=True)


def test_worker_killed_then_scheduler_and_the_table_is_the_same(start, cluster, study, tmp_path):
    out, file = tmp_path / "out", write_study(study, tmp_path / "small.toml")
    scheduler, first = cluster.scheduler(), cluster.worker()
    cluster.worker()
    sweep = start(file, out, "--cluster", cluster.address)
    wait_until(lambda: parts(out) >= 4, 180, "the first parts")
    children = family(first.pid)
    cluster.kill(first)
    wait_until(lambda: not alive(children), 5, "the child of the killed worker to end")
    before = parts(out)
    wait_until(lambda: parts(out) >= before + 4, 180, "parts by the other worker")
    assert parts(out) < 40, "the scheduler is killed in the middle"
    cluster.kill(scheduler)
    cluster.scheduler()
    cluster.worker()
    finish(sweep, 300)
    same_as_serial(study, out, tmp_path)


@pytest.mark.heavy
def test_scheduler_killed_again_and_again(start, cluster, tmp_path):
    study = slow(0.02, replicates=60, chunk=3)
    out, file = tmp_path / "out", write_study(study, tmp_path / "small.toml")
    scheduler = cluster.scheduler()
    cluster.worker()
    sweep = start(file, out, "--cluster", cluster.address)
    for kills in range(6):
        wait_until(lambda least=4 + 25 * kills: parts(out) >= least, 180, "more parts")
        time.sleep(0.1 * kills)
        cluster.kill(scheduler)
        scheduler = cluster.scheduler()
        cluster.worker()
    finish(sweep, 300)
    same_as_serial(study, out, tmp_path)


def test_a_report_that_cannot_be_fetched_is_a_loss_not_a_wait_for_ever():
    async def broken():
        raise CommClosedError("in <TCP (closed) ConnectionPool.gather>: Stream is closed")

    async def late():
        return "too late"

    flight = Future()
    asyncio.run(_land(flight, broken()))
    with pytest.raises(CommClosedError):
        flight.result(timeout=0)
    asyncio.run(_land(flight, late()))
    assert isinstance(flight.exception(timeout=0), CommClosedError)


@pytest.mark.heavy
def test_scheduler_gone_for_good_and_the_sweep_finished_elsewhere(start, cluster, study, tmp_path):
    out, file = tmp_path / "out", write_study(study, tmp_path / "small.toml")
    scheduler = cluster.scheduler()
    cluster.worker()
    sweep = start(file, out, "--cluster", cluster.address)
    wait_until(lambda: parts(out) >= 4, 180, "the first parts")
    cluster.kill(scheduler)
    _, said = sweep.communicate(timeout=180)
    assert sweep.returncode == 1
    assert said.splitlines() == [
        f"the scheduler at {cluster.address} does not answer any more",
        "What is written is safe; the same command continues.",
    ]
    assert 0 < open_results(out).missing < 240
    finish(start(file, out, "--workers", "2"))
    same_as_serial(study, out, tmp_path)


def test_runs_that_crash_or_hang_leave_the_cluster_alone(start, cluster, tmp_path):
    cluster.scheduler()
    worker = cluster.worker()
    wait_until(lambda: family(worker.pid), 30, "the worker")
    seed = str(run_seed(STUDY["seed"], "common", 2, 0, 0))
    study = {**STUDY, "factors": {"trap.kind": ["", "raise", "exit", "hang"]}, "policies": {}, "time_limit": 0.5}
    study["set"] = {"trap.x": 1.0, "trap.seeds": seed}
    file = write_study(study, tmp_path / "traps.toml")
    sweep = start(file, tmp_path / "out", "--cluster", cluster.address)
    sweep.communicate(timeout=180)
    assert sweep.returncode == 1
    frame = open_results(tmp_path / "out").frame()
    failed = frame[frame["error"].notna()]
    assert list(failed["error"].str.split(":").str[0]) == ["ArithmeticError", "ProcessEnded", "TimeLimit"]
    assert len(frame) == 20
    assert worker.poll() is None


def test_ctrl_c_leaves_the_cluster_running(start, cluster, study, tmp_path):
    scheduler, worker = cluster.scheduler(), cluster.worker()
    out = tmp_path / "out"
    sweep = start(write_study(study, tmp_path / "small.toml"), out, "--cluster", cluster.address)
    wait_until(lambda: parts(out) >= 2, 180, "the first parts")
    os.killpg(sweep.pid, signal.SIGINT)
    sweep.communicate(timeout=4)
    assert sweep.returncode == 130
    assert scheduler.poll() is None
    assert worker.poll() is None


@pytest.mark.parametrize("address", ["nonsense", "", "tcp://", "tcp://host", "host:port", "file:///etc/passwd"])
def test_an_address_that_is_none_is_refused_at_once(tmp_path, address):
    with pytest.raises(InputError, match="tcp://HOST:PORT, the address of a running Dask scheduler"):
        run_study(STUDY, tmp_path / "out", cluster=address, quiet=True)


def test_address_without_scheduler_is_an_input_error(tmp_path, monkeypatch):
    monkeypatch.setattr("ecopark.experiments.sweeps.execution.dask_engine.PATIENCE_SECONDS", 1)
    with pytest.raises(InputError, match="the address of a running Dask scheduler"):
        run_study(STUDY, tmp_path / "out", cluster="tcp://127.0.0.1:1", quiet=True)
