"""Fixtures of the tests of sweeps."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys

import pytest

from tests.experiments.sweeps.sweeping import ROOT

COMMAND = "from ecopark.experiments.cli import main; main()"


@pytest.fixture
def start():
    """Give a function that starts `ecopark sweep STUDY --out OUT ...` in a process group of its own, as a terminal does."""
    started = []

    def begin(study, out, *options):
        command = [sys.executable, "-c", COMMAND, "sweep", str(study), "--out", str(out), *options]
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
        started.append(subprocess.Popen(command, cwd=ROOT, start_new_session=True, **pipes))
        return started[-1]

    yield begin
    for process in started:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
