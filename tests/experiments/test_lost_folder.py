"""A folder that goes out of sight while a command works, as a network disk does: one line, exit code 1, the same command goes on."""

from __future__ import annotations

import os
import random
import shutil
import time

import pytest

from ecopark import open_results
from tests.experiments.sweeps.sweeping import finish, parts, serial, slow, wait_until, write_study
from tests.experiments.test_kills import COMMANDS, check_folder, hidden
from tests.experiments.test_kills import start as start_command


def ended(process):
    """Return exit code and words of a command whose folder is gone; no traceback reaches the user."""
    out, err = process.communicate(timeout=250)
    assert "Traceback" not in out + err, err
    return process.returncode, out + err


@pytest.mark.parametrize("number", [0, *(pytest.param(n, marks=pytest.mark.heavy) for n in range(1, 50))])
def test_sweep_whose_folder_is_lost_stops_and_goes_on_when_it_is_back(start, tmp_path, number):
    study = slow(0.01, replicates=20, chunk=6)
    file, out, away = write_study(study, tmp_path / "s.toml"), tmp_path / "disk" / "out", tmp_path / "away"
    out.parent.mkdir()
    process = start(file, out, "--workers", "2")
    wait_until(lambda: parts(out) >= 1, 180, "the first part")
    time.sleep(random.Random(f"lost {number}").random())
    os.rename(out.parent, away)
    (tmp_path / "disk").write_text("")  # nobody makes the folder anew meanwhile
    code, said = ended(process)
    assert code in (0, 1) or (code == 2 and "a folder that can be written" in said), (
        said
    )  # 2: lost before the first write
    if code:
        assert "What is written is safe; the same command continues." in said
    (tmp_path / "disk").unlink()
    os.rename(away, out.parent)
    finish(start(file, out, "--workers", "2"))
    plain = serial({**study, "set": {"pace.seconds": 0.0}}, tmp_path / "serial")
    assert open_results(out).frame().equals(plain)


@pytest.mark.parametrize("task", ["ensemble", pytest.param("region", marks=pytest.mark.heavy)])
def test_run_whose_folder_is_lost_says_so_in_a_line(tmp_path, task):
    disk = tmp_path / "disk"
    disk.mkdir()
    process = start_command(tmp_path, [*COMMANDS[task][0], "--out", "disk/out"])
    wait_until(lambda: hidden(disk) or process.poll() is not None, 250, "the folder that is written")
    shutil.rmtree(disk)
    code, said = ended(process)
    assert code in (0, 1) or (code == 2 and "a folder that can be written" in said), (
        said
    )  # 2: lost before the first write
    assert code == 0 or len(said.strip().splitlines()) <= 12, said
    if code == 0:
        assert check_folder(disk / "out") is True
