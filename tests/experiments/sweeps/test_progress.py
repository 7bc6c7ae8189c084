"""What a sweep says while it works: plain lines in a log, and the state of its folder at any time."""

from __future__ import annotations

import os
import re

import pytest
from click.testing import CliRunner

from ecopark import run_study
from ecopark.experiments.commands.sweep import command
from ecopark.experiments.sweeps.execution.progress import Log, span
from ecopark.experiments.sweeps.storage.status import status_of
from tests.experiments.sweeps.sweeping import STUDY, write_study


def test_log_has_a_line_after_seconds_then_one_a_minute_and_one_at_the_end(capsys):
    now = [0.0]
    log = Log("tax", 200, 0, clock=lambda: now[0])
    for second in range(1, 101):
        now[0] = float(second)
        log.show(2 * second, failed=second // 50)
    log.stop()
    assert capsys.readouterr().err.splitlines() == [
        "tax: 10 of 200 runs, 2.0 runs/s, 0 failed, about 1 min 35 s left",
        "tax: 130 of 200 runs, 2.0 runs/s, 1 failed, about 35 s left",
        "tax: 200 of 200 runs, 2.0 runs/s, 2 failed, done after 1 min 40 s",
    ]


def test_runs_that_were_there_do_not_count_for_the_rate(capsys):
    now = [0.0]
    log = Log("tax", 200, 100, clock=lambda: now[0])
    now[0] = 10.0
    log.show(110, 0)
    log.stop()
    assert capsys.readouterr().err.splitlines() == [
        "tax: 110 of 200 runs, 1.0 runs/s, 0 failed, about 1 min 30 s left",
        "tax: 110 of 200 runs, 1.0 runs/s, 0 failed, stopped after 10 s",
    ]


def test_sweep_off_a_terminal_writes_plain_lines_unless_quiet(tmp_path, capsys):
    run_study(STUDY, tmp_path / "out", workers=0)
    said = capsys.readouterr().err
    assert "study: 60 of 60 runs" in said
    assert not re.search(r"[^\x20-\x7e\n]", said)
    run_study(STUDY, tmp_path / "quiet", workers=0, quiet=True)
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(("seconds", "said"), [(0.4, "0 s"), (185, "3 min 5 s"), (7_805, "2 h 10 min")])
def test_time_is_said_in_its_two_largest_units(seconds, said):
    assert span(seconds) == said


def test_status_says_what_is_there_and_when_the_rest_will_be(tmp_path):
    out = tmp_path / "out"
    run_study(STUDY, out, workers=0, quiet=True)
    for chunk in range(9):
        os.utime(out / "runs" / f"part-{chunk:08d}.parquet", (1_000 + chunk, 1_000 + chunk))
    (out / "runs" / "part-00000008.parquet").unlink()
    said = status_of(out, now=1_010.0)
    assert "56 of 60 runs" in said
    assert "the last part was written 3 s ago; 7.0 runs/s lately, at which the rest takes about 1 s" in said


def test_status_runs_nothing(tmp_path):
    out, file = tmp_path / "out", write_study(STUDY, tmp_path / "study.toml")
    none = CliRunner().invoke(command, [str(file), "--out", str(out), "--status"])
    assert "the folder of a sweep that was begun" in str(none.exception)
    assert not out.exists()
    run_study(STUDY, out, workers=0, quiet=True)
    (out / "runs" / "part-00000002.parquet").unlink()
    found = CliRunner().invoke(command, [str(file), "--out", str(out), "--status"])
    assert "53 of 60 runs" in found.output
    assert not (out / "runs" / "part-00000002.parquet").exists()
