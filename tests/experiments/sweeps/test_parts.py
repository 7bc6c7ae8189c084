"""Files that are there whole or not at all, and claims that end with their process."""

from __future__ import annotations

import subprocess
import sys

import pyarrow as pa
import pytest

from ecopark.experiments.sweeps.execution.locks import claim
from ecopark.experiments.sweeps.storage.parts import Folder, encode, write_whole
from ecopark.experiments.sweeps.storage.reading import failed_in, read_part
from tests.experiments.sweeps.sweeping import ROOT

HOLD = """
import sys, time
from pathlib import Path
from ecopark.experiments.sweeps.execution.locks import claim
with claim(Path(sys.argv[1]), int(sys.argv[2])) as ours:
    print(ours, flush=True)
    time.sleep(60)
"""


@pytest.fixture
def part(tmp_path):
    folder = Folder(tmp_path)
    folder.make()
    return folder.runs(3)


def test_part_is_replaced_as_a_whole(part):
    assert write_whole(part, b"one")
    assert write_whole(part, b"two")
    assert part.read_bytes() == b"two"
    assert not list((part.parents[1] / "tmp").iterdir())


def test_interrupted_writing_leaves_the_old_part(part, monkeypatch):
    write_whole(part, b"one")

    def full(descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space left"):
        write_whole(part, b"two")
    assert part.read_bytes() == b"one"
    assert not list((part.parents[1] / "tmp").iterdir())


def test_first_writer_wins(tmp_path):
    Folder(tmp_path).make()
    path = tmp_path / "manifest.json"
    assert write_whole(path, b"first", replace=False)
    assert not write_whole(path, b"second", replace=False)
    assert path.read_bytes() == b"first"


def test_one_of_many_writers_wins_where_links_are_unknown_too(tmp_path, monkeypatch):
    Folder(tmp_path).make()

    def unknown(source, target):
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr("os.link", unknown)
    assert write_whole(tmp_path / "manifest.json", b"first", replace=False)
    assert not write_whole(tmp_path / "manifest.json", b"second", replace=False)


def test_only_whole_parts_count(part):
    folder = Folder(part.parents[1])
    write_whole(folder.runs(0), b"")
    (part.parent / "part-00000001.parquet.tmp").write_bytes(b"half")
    (part.parent / ".part-00000002.parquet").write_bytes(b"half")
    assert list(folder.finished(4)) == [1, 0, 0, 0]


def test_failures_are_counted_from_the_footer(part):
    error = pa.array([None, "it broke", None], pa.string())
    write_whole(part, encode(pa.table({"run": [0, 1, 2], "x": [1.0, None, 3.0], "error": error})))
    assert failed_in(part) == 1
    assert read_part(part)["x"].to_pylist() == [1.0, None, 3.0]


def test_claim_of_another_process_is_respected_until_it_ends(tmp_path):
    path = tmp_path / "claims.lock"
    command = [sys.executable, "-c", HOLD, str(path), "7"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout.readline() == "True\n"
        with claim(path, 7) as ours:
            assert not ours
        with claim(path, 8) as ours:
            assert ours
        other.kill()
        other.wait()
    with claim(path, 7) as ours:
        assert ours


def test_locks_that_are_not_supported_grant_every_claim(tmp_path, monkeypatch):
    def unsupported(*arguments):
        raise OSError(38, "Function not implemented")

    monkeypatch.setattr("fcntl.lockf", unsupported)
    with claim(tmp_path / "claims.lock", 1) as ours:
        assert ours


def test_process_ends_after_its_parent_without_help_of_the_kernel(tmp_path):
    """The watching thread alone, as on systems other than Linux."""
    script = """
import subprocess, sys
worker = '''
import sys, time
from ecopark.experiments.sweeps.execution import processes
processes.sys = type("Other", (), {"platform": "darwin"})
processes.end_with(int(sys.argv[1]))
print("ready", flush=True)
time.sleep(60)
'''
import os
child = subprocess.Popen([sys.executable, "-c", worker, str(os.getpid())])
print(child.pid, flush=True)
child.wait()
"""
    import psutil

    from tests.experiments.sweeps.sweeping import alive, wait_until

    with subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE, text=True) as parent:
        child = psutil.Process(int(parent.stdout.readline()))
        assert parent.stdout.readline() == "ready\n"
        parent.kill()
        parent.wait()
        wait_until(lambda: not alive([child]), 5, "the child to end")
