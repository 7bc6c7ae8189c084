"""Main effects, interactions and the completeness of a design."""

import numpy as np
import pandas as pd
import pytest

from ecopark.analysis.inference.crossed_design import factors_by_point
from ecopark.analysis.inference.effects import effects, response_by_level
from ecopark.analysis.inference.two_way import Chance
from ecopark.analysis.inference.uncertainty import mean_interval


def sweep(function, replicates=4, noise=0.0, seed=0):
    """Build the table of a 3 x 3 x 2 grid with replicates that share their shocks across points."""
    grid = np.array(np.meshgrid([0, 30, 60], [0.0, 0.5, 1.0], [1, 5], indexing="ij")).reshape(3, -1).T
    shocks = noise * np.random.default_rng(seed).normal(size=replicates)
    rows = [
        {"point": point, "replicate": number, "tax": tax, "trust": trust, "term": term,
         "links": function(tax, trust, term) * (1 + shocks[number])}
        for point, (tax, trust, term) in enumerate(grid)
        for number in range(replicates)
    ]  # fmt: skip
    return pd.DataFrame(rows)


FACTORS = ["tax", "trust", "term"]


def test_effects_of_a_known_plane_with_one_interaction():
    found = effects(
        sweep(lambda tax, trust, term: 2 + tax / 60 * 4 + 3 * trust + tax / 60 * trust * 8), FACTORS, "links"
    )
    table = found.table.set_index("term")["effect"]
    # tax: 4 + 8 times the middle of trust; trust: 3 + 8 times the middle of tax; interaction: (12 - 4) / 2
    assert table.to_dict() == pytest.approx(
        {"tax": 8.0, "trust": 7.0, "tax x trust": 4.0, "term": 0.0, "tax x term": 0.0, "trust x term": 0.0}, abs=1e-9
    )
    assert found.explained == pytest.approx(1.0)
    assert found.table["term"].iloc[0] == "tax"
    assert found.table.set_index("term")["kind"]["tax x trust"] == "interaction"


def test_the_interval_of_a_grid_is_that_over_replicates():
    frame = sweep(lambda tax, trust, term: tax / 60, noise=0.3, replicates=6)
    grid = Chance(drawn=False)
    table = effects(frame, FACTORS, "links", interactions=False, chance=grid).table.set_index("term")
    per_run = frame[(frame["tax"] == 60) & (frame["trust"] == 0) & (frame["term"] == 1)]["links"].to_numpy()
    expected = mean_interval(per_run)
    assert table.loc["tax", ["effect", "low", "high"]].tolist() == pytest.approx(
        [expected.estimate, expected.low, expected.high]
    )
    assert table.loc["tax", ["points", "replicates", "covers"]].tolist() == [18, 6, "shocks"]


def test_one_replicate_on_common_shocks_has_no_interval_and_on_its_own_takes_it_from_the_residuals():
    rng = np.random.default_rng(3)
    frame = sweep(lambda tax, trust, term: trust + rng.normal(0, 0.1), replicates=1)
    silent = effects(frame, FACTORS, "links", interactions=False).table
    assert silent[["low", "high"]].isna().all(axis=None)
    assert (silent["covers"] == "").all()
    own = Chance(drawn=False, common=False)
    table = effects(frame, FACTORS, "links", interactions=False, chance=own).table.set_index("term")
    assert table["low"]["trust"] < 1.0 < table["high"]["trust"]
    assert table["low"]["trust"] > 0 > table["low"]["tax"]
    assert (table["covers"] == "shocks").all()


def test_what_differs_by_rounding_alone_is_no_effect():
    frame = sweep(lambda tax, trust, term: 0.1 * trust + 1e-17 * tax, noise=0.1)
    row = effects(frame, FACTORS, "links", interactions=False).table.set_index("term").loc["tax"]
    assert row[["effect", "low", "high"]].tolist() == [0.0, 0.0, 0.0]


def test_interactions_are_estimated_where_there_are_twice_as_many_points_as_terms():
    frame = sweep(lambda tax, trust, term: tax + trust)
    assert len(effects(frame, FACTORS, "links").table) == 6
    assert len(effects(frame[frame["point"] < 12], ["tax", "trust", "term"], "links").table) == 3


def test_a_design_too_small_for_its_terms_is_refused():
    frame = sweep(lambda tax, trust, term: tax)
    with pytest.raises(ValueError, match="cannot tell 4 terms apart"):
        effects(frame[frame["point"] < 2], FACTORS, "links", interactions=False)


def test_the_response_by_level_is_the_mean_over_points():
    frame = sweep(lambda tax, trust, term: tax * (1 + trust))
    found = response_by_level(frame, "tax", "links")
    assert found["level"].tolist() == [0, 30, 60]
    assert found["mean"].tolist() == pytest.approx([0, 45, 90])
    assert found["points"].tolist() == [6, 6, 6]
    assert ((found["low"] <= found["mean"]) & (found["mean"] <= found["high"])).all()
    wide = pd.DataFrame({"point": range(100), "x": np.arange(100.0), "y": np.arange(100.0)})
    assert response_by_level(wide, "x", "y", levels=4)["points"].tolist() == [25] * 4


def test_factors_have_to_be_numbers_and_one_per_point():
    frame = pd.DataFrame({"point": [0, 1], "tax": [1.0, 2.0], "regime": ["none", "costs"]})
    assert factors_by_point(frame, ["tax"]).tolist() == [[1.0], [2.0]]
    with pytest.raises(ValueError, match=r"not numbers.*regime"):
        factors_by_point(frame, ["tax", "regime"])
    with pytest.raises(ValueError, match="differ in tax"):
        factors_by_point(frame.assign(point=0), ["tax"])
