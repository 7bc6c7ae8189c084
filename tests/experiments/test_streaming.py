"""Large regions: the tables that are streamed are those of a run in one piece, and Ctrl-C keeps the years done."""

import signal
from collections import OrderedDict

import pandas as pd
import pytest

from abm import Park, linking, load_scenario
from abm.founding import ground_of
from experiments.runs import TABLES
from experiments.streaming import is_large, stream


@pytest.fixture
def region():
    return load_scenario("synthetic", {"synthetic.companies": 60, "horizon.years": 6})


def test_streamed_tables_equal_those_of_a_run_in_one_piece(region, tmp_path, monkeypatch):
    monkeypatch.setattr("experiments.streaming.SLICE", 100)
    _, complete = stream(region, 3, tmp_path, lambda done, total: None)
    assert complete
    whole = Park(region, 3).run().results
    for name in TABLES:
        pd.testing.assert_frame_equal(
            pd.read_parquet(tmp_path / f"{name}.parquet"), getattr(whole, name), check_dtype=False
        )


def test_ctrl_c_keeps_the_years_done(region, tmp_path):
    def press_in_the_third_year(done, total):
        if done == 2:
            signal.raise_signal(signal.SIGINT)

    park, complete = stream(region, 3, tmp_path, press_in_the_third_year)
    assert not complete
    assert park.month == 24
    assert len(pd.read_parquet(tmp_path / "yearly.parquet")) == 2
    assert set(pd.read_parquet(tmp_path / "companies.parquet")["year"]) == {2024, 2025}


def test_only_large_scenarios_are_streamed(region):
    assert not is_large(region)
    assert is_large(region.replace({"synthetic.companies": linking.LARGE + 1}))


def test_set_up_does_not_depend_on_the_number_of_threads(region, monkeypatch):
    def tables(threads):
        monkeypatch.setattr(linking, "THREADS", threads)
        monkeypatch.setattr("abm.founding._GROUNDS", OrderedDict())
        return Park(region, 1).state.tables()

    one, two = tables(1), tables(2)
    assert all(one[name].tobytes() == two[name].tobytes() for name in one)


def test_a_second_run_of_a_scenario_uses_the_same_ground(region):
    first = ground_of(region)
    Park(region, 1).run(1)
    assert ground_of(region.replace({"policy.landfill_tax": 60})) is first
