"""What was finished is kept: by a full disk, Ctrl-C and SIGTERM, of a region and of an ensemble."""

import errno
import os
import resource
import signal

import pandas as pd
import pytest

from ecopark import Park, load_scenario
from ecopark.experiments.runs import ensembles
from ecopark.experiments.runs.ensembles import run_once, run_replicates
from ecopark.experiments.runs.large_regions import stream
from ecopark.experiments.runs.parquet_writers import DiskFullError, SpillingFile, Writers
from ecopark.experiments.runs.run_folders import TABLES
from tests.parks import trio


@pytest.fixture
def room(monkeypatch):
    """Give a function that sets how many bytes the disk still takes; a file can be cut to make room again."""
    real, left = os.pwrite, [10**12]

    def write(file, data, place):
        if left[0] <= 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        done = real(file, data[: left[0]], place)
        left[0] -= done
        return done

    cut = os.ftruncate

    def truncate(file, size):
        left[0] += os.fstat(file).st_size - size
        cut(file, size)

    monkeypatch.setattr(os, "pwrite", write)
    monkeypatch.setattr(os, "ftruncate", truncate)
    return left


def quiet(done, total):
    return None


def tables(folder):
    return {name: pd.read_parquet(folder / f"{name}.parquet") for name in TABLES}


def plain(frame):
    """Return a table with None for what is missing, whatever the kind of its columns."""
    return frame.astype(object).where(frame.notna(), None)


def test_a_file_that_spills_is_read_as_one(tmp_path, room):
    file = SpillingFile(tmp_path / "f")
    room[0] = 5
    file.write(b"hello ")
    file.write(b"world")
    assert (file.is_full, file.tell()) == (True, 11)
    file.seek(0)
    assert file.read() == b"hello world"
    file.seek(-4, os.SEEK_END)
    assert file.read() == b"orld"
    assert not file.settle()
    room[0] = 100
    assert file.settle()
    file.close()
    assert (tmp_path / "f").read_bytes() == b"hello world"


def test_full_disk_keeps_the_years_of_a_region(tmp_path, room, monkeypatch):
    region = load_scenario("synthetic", {"synthetic.companies": 60, "synthetic.candidates": 0, "horizon.years": 12})
    room[0] = 150_000
    take_back = Writers.take_back

    def with_reserve(writers):
        room[0] += 2_000_000
        return take_back(writers)

    monkeypatch.setattr(Writers, "take_back", with_reserve)
    recorded = stream(region, [3], tmp_path, quiet)
    assert (recorded.is_full, recorded.complete) == (True, False)
    years = set(tables(tmp_path)["companies"]["year"])
    assert 1 <= len(years) < 12
    whole = Park(region, 3).run().results.companies
    kept = tables(tmp_path)["companies"]
    pd.testing.assert_frame_equal(plain(kept), plain(whole[whole["year"].isin(years)].reset_index(drop=True)))


def test_full_disk_keeps_the_replicates_of_an_ensemble(tmp_path, room, monkeypatch):
    monkeypatch.setattr(ensembles, "HELD", 0)
    room[0] = 150_000
    recorded = run_replicates(trio(), list(range(1, 40)), tmp_path, quiet)
    count = len(recorded.outcomes)
    assert (recorded.is_full, recorded.complete) == (True, False)
    assert 1 <= count < 39
    for frame in tables(tmp_path).values():
        assert set(frame["replicate"]) <= set(range(count))
    assert set(tables(tmp_path)["yearly"]["replicate"]) == set(range(count))


@pytest.mark.parametrize("task", ["once", "several", "region"])
def test_full_disk_without_anything_finished_is_an_error(tmp_path, room, task):
    room[0] = 100
    region = load_scenario("synthetic", {"synthetic.companies": 60, "horizon.years": 2})
    tasks = {
        "once": lambda: run_once(trio(), 1, tmp_path, quiet),
        "several": lambda: run_replicates(trio(), [1, 2], tmp_path, quiet),
        "region": lambda: stream(region, [3], tmp_path, quiet),
    }
    with pytest.raises(DiskFullError):
        tasks[task]()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_signal_keeps_the_replicates_done(tmp_path, number):
    def stop_after_three(done, total):
        if done == 3:
            signal.raise_signal(number)

    recorded = run_replicates(trio(), [1, 2, 3, 4, 5], tmp_path, stop_after_three)
    assert not recorded.complete
    assert [outcome.seed for outcome in recorded.outcomes] == [1, 2, 3]
    assert set(tables(tmp_path)["yearly"]["replicate"]) == {0, 1, 2}


def test_replicates_equal_single_runs(tmp_path):
    recorded = run_replicates(trio(), [4, 9], tmp_path, quiet)
    assert recorded.complete
    for number, seed in enumerate((4, 9)):
        whole = Park(trio(), seed).run()
        assert recorded.outcomes[number].summary == whole.results.summary()
        for name, frame in tables(tmp_path).items():
            rows = frame[frame["replicate"] == number].drop(columns="replicate").reset_index(drop=True)
            pd.testing.assert_frame_equal(plain(rows), plain(getattr(whole.results, name)), check_dtype=False)


def test_memory_does_not_grow_with_the_replicates(tmp_path, monkeypatch):
    """Tables of finished replicates leave the memory: at most 2 MiB each may stay."""
    monkeypatch.setattr(ensembles, "HELD", 2**20)
    scenario = load_scenario("mistrust", {"horizon.years": 3})
    for name in ("warm", "few", "many"):
        (tmp_path / name).mkdir()
    run_replicates(scenario, list(range(10)), tmp_path / "warm", quiet)
    few = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    run_replicates(scenario, list(range(40)), tmp_path / "many", quiet)
    many = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert (many - few) / 1024 / 30 <= 2


def test_a_score_holds_only_what_it_reads(tmp_path):
    """Of the large tables (talks, streams, events) a score of many replicates holds not one row."""
    run_replicates(load_scenario("mistrust", {"horizon.years": 3}), [1, 2], tmp_path, quiet)
    held = ensembles.tables_to_score(tmp_path)
    for name, frame in tables(tmp_path).items():
        rows = len(frame) if name in ensembles.SCORED else 0
        assert len(getattr(held, name)) == rows, name
