"""A signal that arrives while a library is being loaded: the library says that it cannot be loaded, the program that it was ended."""

import subprocess
import sys

import pytest

from ecopark.experiments import cli
from ecopark.experiments.runs.stopping import Stopped, is_stop


def broken_by(cause):
    try:
        raise ImportError("initialization failed") from cause
    except ImportError as error:
        return error


def test_an_error_that_comes_of_a_signal_is_known():
    assert is_stop(Stopped())
    assert is_stop(broken_by(Stopped()))
    assert is_stop(broken_by(broken_by(KeyboardInterrupt())))
    assert not is_stop(broken_by(None))
    assert not is_stop(broken_by(OSError("full")))


def test_a_library_that_a_signal_broke_ends_the_command_as_the_signal_does(monkeypatch):
    def command(standalone_mode):
        raise broken_by(Stopped())

    monkeypatch.setattr(cli, "main_group", command)
    monkeypatch.setattr("ecopark.experiments.runs.stopping.listen", lambda: None)
    monkeypatch.setattr("ecopark.experiments.runs.stopping._last", [15])
    with pytest.raises(SystemExit) as end:
        cli.main()
    assert end.value.code == 143


def test_a_library_that_is_broken_is_no_signal(monkeypatch):
    def command(standalone_mode):
        raise broken_by(None)

    monkeypatch.setattr(cli, "main_group", command)
    monkeypatch.setattr("ecopark.experiments.runs.stopping.listen", lambda: None)
    with pytest.raises(ImportError):
        cli.main()


def test_the_package_is_a_command():
    done = subprocess.run([sys.executable, "-m", "ecopark", "--version"], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("ecopark ")
