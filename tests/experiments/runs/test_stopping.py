"""A signal that arrives while a library is being loaded: the library says that it cannot be loaded, the program that it was ended."""

import os
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


def test_a_signal_while_python_takes_itself_down_does_not_change_the_exit_code():
    code = (
        "import os, signal, sys\n"
        "class Last:\n"
        "    def __del__(self, kill=os.kill, pid=os.getpid()):\n"
        "        [kill(pid, number) for number in (2, 15)]\n"
        "kept = Last()\n"
        "sys.argv = ['ecopark', 'scenarios']\n"
        "from ecopark.experiments.start import main\n"
        "main()\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=120)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("closed", [[1], [2], [1, 2]])
def test_a_closed_output_ends_nothing(tmp_path, closed):
    command = [sys.executable, "-m", "ecopark", "new", str(tmp_path / "park")]
    done = subprocess.run(command, check=False, timeout=120, preexec_fn=lambda: [os.close(number) for number in closed])
    assert done.returncode == 0
    assert (tmp_path / "park" / "companies.csv").exists()


def test_a_letter_that_the_terminal_lacks_ends_nothing(tmp_path):
    (tmp_path / "scenario.toml").write_text('years = 2\nlabel = "Ährenfeld 🌊"\n', encoding="utf-8")
    (tmp_path / "companies.csv").write_text("name,type\nA,coal_chp_fgd\nB,plasterboard_plant\n")
    done = subprocess.run(
        [sys.executable, "-m", "ecopark", "check", str(tmp_path)],
        env={**os.environ, "PYTHONIOENCODING": "latin-1"}, capture_output=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0
    assert done.stdout.startswith("Ährenfeld \\U0001f30a".encode("latin-1"))


def test_a_folder_that_is_gone_is_said(tmp_path, monkeypatch, capsys):
    def command(standalone_mode):
        raise FileNotFoundError(2, "No such file or directory")

    monkeypatch.setattr(cli, "main_group", command)
    monkeypatch.setattr("ecopark.experiments.runs.stopping.listen", lambda: None)
    with pytest.raises(SystemExit) as end:
        cli.main()
    assert end.value.code == 1
    assert capsys.readouterr().err == "the folder of the command: No such file or directory\n"
