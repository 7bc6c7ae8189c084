"""`ecopark sweep` as a user meets it: what it prints and its exit codes."""

from __future__ import annotations

import contextlib
import os
import pty
import re
import subprocess
import sys

import pytest
from click.testing import CliRunner

from ecopark import open_results
from ecopark.experiments.commands.sweep import command
from tests.experiments.conftest import COMMAND
from tests.experiments.sweeps.sweeping import ROOT, STUDY, parts, slow, wait_until, write_study


@pytest.fixture
def file(tmp_path):
    return write_study(STUDY, tmp_path / "small.toml")


def ecopark(*arguments):
    return subprocess.run(
        [sys.executable, "-c", COMMAND, *map(str, arguments)], cwd=ROOT, capture_output=True, text=True
    )


def test_dry_run_says_what_would_happen_and_does_nothing(file, tmp_path):
    found = ecopark("sweep", file, "--dry-run", "--out", tmp_path / "out", "--workers", "4")
    assert found.returncode == 0, found.stderr
    lines = found.stdout.splitlines()
    assert lines[0] == "small: 60 runs = points x policies x replicates = 6 x 2 x 5"
    assert "on 4 workers at" in lines[2]
    assert "parts of 7 runs" in lines[2]
    assert lines[4].split() == ["point", "walk.x", "walk.y"]
    assert lines[5].split() == ["0", "1.0", "0.0"]
    assert not (tmp_path / "out").exists()


def test_dry_run_knows_what_is_done(file, tmp_path):
    out = tmp_path / "out"
    assert ecopark("sweep", file, "--out", out, "--shard", "1/3", "--workers", "0").returncode == 0
    assert "21 of these runs are in" in ecopark("sweep", file, "--dry-run", "--out", out).stdout


def test_finished_sweep_is_summed_up(file, tmp_path):
    found = ecopark("sweep", file, "--out", tmp_path / "out", "--workers", "2")
    assert found.returncode == 0, found.stderr
    assert found.stdout == f"small: 60 of 60 runs in {tmp_path / 'out'}\n"
    last = found.stderr.splitlines()[-1]
    assert re.fullmatch(r"small: 60 of 60 runs, [\d.,]+ runs/s, 0 failed, done after \d+ s", last), (
        "plain lines for a log"
    )
    again = ecopark("sweep", file, "--out", tmp_path / "out", "--quiet")
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "")


def test_failed_runs_are_counted_and_give_exit_code_1(tmp_path):
    study = {**STUDY, "set": {"trap.kind": "raise", "trap.x": 2.0}}
    found = ecopark("sweep", write_study(study, tmp_path / "t.toml"), "--out", tmp_path / "out", "--workers", "0")
    assert found.returncode == 1
    assert (
        "20 runs failed: 20 with 'ArithmeticError: the trap was sprung', first at point 2, none, replicate 0"
        in found.stdout
    )
    assert "--retry-failed" in found.stdout


def test_wrong_input_lists_all_mistakes_and_gives_exit_code_2(tmp_path):
    study = {**STUDY, "replicates": 0, "scenario": "wlak", "outcomes": {"lnks": "last"}}
    found = ecopark("sweep", write_study(study, tmp_path / "t.toml"), "--out", tmp_path / "out")
    assert found.returncode == 2
    assert found.stderr.startswith("2 mistakes") or found.stderr.startswith("3 mistakes")
    assert "did you mean 'walk'" in found.stderr
    assert not (tmp_path / "out").exists()


def test_unknown_study_names_the_shipped_ones():
    found = ecopark("sweep", "landfil_tax")
    assert found.returncode == 2
    assert "did you mean 'landfill_tax'?" in found.stderr


def test_progress_on_a_terminal(tmp_path):
    file = write_study(slow(0.02), tmp_path / "small.toml")
    master, slave = pty.openpty()
    arguments = [sys.executable, "-c", COMMAND, "sweep", str(file), "--out", str(tmp_path / "out"), "--workers", "2"]
    with subprocess.Popen(arguments, cwd=ROOT, stderr=slave, stdout=subprocess.DEVNULL) as process:
        os.close(slave)
        said = read_all(master)
    assert process.returncode == 0
    assert "60/60" in said
    assert "runs/s" in said


def read_all(terminal):
    """Read what is written to a terminal until its last writer ends."""
    said = b""
    with contextlib.suppress(OSError):
        while piece := os.read(terminal, 4096):
            said += piece
    os.close(terminal)
    return said.decode()


@pytest.mark.parametrize("shard", ["0/4", "5/4", "1", "1/0", "a/b"])
def test_shard_that_is_none(file, shard):
    found = CliRunner().invoke(command, [str(file), "--shard", shard])
    assert found.exit_code == 2
    assert "is not a shard" in found.output


def test_help_has_every_option_and_an_example():
    said = CliRunner().invoke(command, ["--help"]).output
    options = "--out --workers --cluster --shard --dry-run --retry-failed --keep --time-limit --quiet"
    assert all(option in said for option in options.split())
    assert "ecopark sweep landfill_tax" in said


def test_script_without_main_guard_runs_once(tmp_path):
    script = tmp_path / "script.py"
    script.write_text(
        f"""
import sys
sys.path.insert(0, {str(ROOT)!r})
from ecopark import run_study
print("begun")
study = {STUDY!r}
print(len(run_study(study, {str(tmp_path / "out")!r}, workers=2).frame()))
"""
    )
    found = subprocess.run([sys.executable, str(script)], capture_output=True, text=True)
    assert found.stdout == "begun\n60\n", found.stderr


@pytest.mark.heavy
def test_memory_of_the_main_process_does_not_grow_with_the_runs(start, tmp_path):
    """Ten times the runs leave less than 40 bytes each: the largest resident size, sampled while the sweep runs."""
    import psutil

    def peak(replicates):
        study = {**STUDY, "replicates": replicates, "chunk": 100, "outcomes": {"links": "last"}}
        out = tmp_path / str(replicates)
        process = start(write_study(study, tmp_path / f"{replicates}.toml"), out, "--workers", "2")
        wait_until(lambda: parts(out) >= 2, 180, "the first parts")
        watched, largest = psutil.Process(process.pid), 0
        while parts(out) < replicates * 12 // 100 - 10:
            largest = max(largest, watched.memory_info().rss)
        process.communicate()
        assert open_results(out).complete
        return largest

    assert peak(20_000) - peak(2_000) < 40 * 12 * 18_000


def test_ctrl_c_is_quiet_from_the_first_moment():
    code = (
        "import os, signal; from ecopark.experiments import cli, start; "
        "cli.main = lambda: os.kill(os.getpid(), signal.SIGINT); start.main()"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120)
    assert (found.returncode, found.stdout, found.stderr) == (130, "", "")
