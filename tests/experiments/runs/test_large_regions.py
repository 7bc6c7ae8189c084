"""Large regions: the tables that are streamed are those of a run in one piece, and Ctrl-C keeps the years done."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from ecopark import Park, load_scenario
from ecopark.abm.initialization import nearest
from ecopark.abm.initialization import reach as reaching
from ecopark.abm.initialization.found import ground_of
from ecopark.experiments.runs.large_regions import is_large, stream
from ecopark.experiments.runs.run_folders import TABLES

ROOT = Path(__file__).parents[3]


@pytest.fixture
def region():
    return load_scenario("synthetic", {"synthetic.companies": 60, "horizon.years": 6})


def test_streamed_tables_equal_those_of_a_run_in_one_piece(region, tmp_path, monkeypatch):
    monkeypatch.setattr("ecopark.experiments.runs.large_regions.SLICE", 100)
    assert stream(region, [3], tmp_path, lambda done, total: None).complete
    whole = Park(region, 3).run().results
    for name in TABLES:
        pd.testing.assert_frame_equal(
            pd.read_parquet(tmp_path / f"{name}.parquet"), getattr(whole, name), check_dtype=False
        )


def test_ctrl_c_keeps_the_years_done(region, tmp_path):
    def press_in_the_third_year(done, total):
        if done == 2:
            signal.raise_signal(signal.SIGINT)

    recorded = stream(region, [3], tmp_path, press_in_the_third_year)
    assert not recorded.complete
    assert recorded.outcomes[0].months == 24
    assert len(pd.read_parquet(tmp_path / "yearly.parquet")) == 2
    assert set(pd.read_parquet(tmp_path / "companies.parquet")["year"]) == {2024, 2025}


def test_replicates_of_a_region_are_streamed_one_after_the_other(region, tmp_path):
    recorded = stream(region, [3, 8], tmp_path, lambda done, total: None)
    assert recorded.complete
    for number, seed in enumerate((3, 8)):
        whole = Park(region, seed).run()
        assert recorded.outcomes[number].summary == whole.results.summary()
        for name in TABLES:
            rows = pd.read_parquet(tmp_path / f"{name}.parquet", filters=[("replicate", "==", number)])
            pd.testing.assert_frame_equal(
                rows.drop(columns="replicate"), getattr(whole.results, name), check_dtype=False
            )


def test_ctrl_c_ends_all_replicates_and_keeps_what_is_done(region, tmp_path):
    def press_in_the_second_run(done, total):
        assert total == 18
        if done == 8:
            signal.raise_signal(signal.SIGINT)

    recorded = stream(region, [3, 8, 9], tmp_path, press_in_the_second_run)
    assert not recorded.complete
    assert [outcome.months for outcome in recorded.outcomes] == [72, 24]
    assert pd.read_parquet(tmp_path / "yearly.parquet").groupby("replicate").size().tolist() == [6, 2]


STREAM = """
import hashlib, sys
from pathlib import Path
from ecopark import load_scenario
from ecopark.experiments.runs.large_regions import stream
folder = Path(sys.argv[1])
stream(load_scenario("synthetic", {"synthetic.companies": 60, "horizon.years": 6}), [3], folder, lambda done, total: None)
for path in sorted(folder.glob("*.parquet")):
    print(path.name, hashlib.sha256(path.read_bytes()).hexdigest())
"""


def test_streamed_files_are_the_same_for_any_number_of_threads(tmp_path):
    """The same bytes from a process of one thread on one core, and from one with all threads it can have."""
    threads = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "NUMBA_NUM_THREADS")
    found = []
    for name, count in (("one", 1), ("several", max(2, os.cpu_count() or 1))):
        (tmp_path / name).mkdir()
        environment = {**os.environ, **dict.fromkeys(threads, str(count)), "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-c", STREAM, str(tmp_path / name)]
        done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=True)
        found.append(done.stdout)
    assert found[0] == found[1]
    assert len(found[0].splitlines()) == len(TABLES)


def test_only_large_scenarios_are_streamed(region):
    assert not is_large(region)
    assert is_large(region.replace({"synthetic.companies": reaching.LARGE + 1}))


def test_set_up_does_not_depend_on_the_number_of_threads(region, monkeypatch):
    def tables(threads):
        monkeypatch.setattr(nearest, "FEW", 0)  # the index answers, whatever the size
        monkeypatch.setattr(nearest, "THREADS", threads)
        ground_of.forget()
        return Park(region, 1).state.tables()

    one, two = tables(1), tables(2)
    assert all(one[name].tobytes() == two[name].tobytes() for name in one)


def test_a_second_run_of_a_scenario_uses_the_same_ground(region):
    first = ground_of(region)
    Park(region, 1).run(1)
    assert ground_of(region.replace({"policy.landfill_tax": 60})) is first
