"""Shipped scenarios: they run, links emerge and end, and no history stands between input and outcome."""

import shutil

import numpy as np
import pytest

from ecopark import Park, load_scenario, scenario_names
from ecopark.abm.input.loading import scenario_folder
from ecopark.abm.input.row_types import TABLES

NAMES = ("kalundborg", "chemelot", "byproduct_synergy", "harbour", "mistrust", "reshoring", "synthetic")


def test_these_are_the_shipped_scenarios():
    assert set(scenario_names()) == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_links_emerge_one_by_one_and_some_end(name):
    scenario = load_scenario(name)
    park = Park(scenario, 2).run()
    yearly = park.yearly
    assert len(yearly) == scenario.years
    assert yearly["links"][0] <= 3
    assert 3 <= yearly["links"].max() <= 3 * len(park.names)
    assert yearly["deals"].sum() > yearly["links"].max() > 0
    assert yearly["ends"].sum() > 0
    assert yearly["gain"].sum() > 0
    assert np.isfinite(yearly["result"]).all()


@pytest.mark.parametrize("name", NAMES)
def test_what_the_model_does_not_read_does_not_matter(name, tmp_path):
    """History, published numbers and notes are for scores and readers: without them the run is the same, bit by bit."""
    copy = shutil.copytree(scenario_folder(name), tmp_path / name)
    for path in copy.iterdir():
        if path.name != "scenario.toml" and path.stem not in TABLES:
            path.unlink()
    one, other = Park(load_scenario(name), 5).run(years=15), Park(load_scenario(copy), 5).run(years=15)
    assert one.monthly.tobytes() == other.monthly.tobytes()


@pytest.mark.parametrize("name", NAMES)
def test_exchanges_are_drawn_not_written(name):
    """Two seeds give two histories: other partners, other years."""
    histories = []
    for seed in (1, 2):
        table = Park(load_scenario(name), seed).run(years=20).results.exchanges
        histories.append(list(zip(table.seller, table.buyer, table.material, table.signed_month, strict=True)))
    assert histories[0] != histories[1]
