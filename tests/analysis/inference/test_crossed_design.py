"""Holes take the smallest whole block along, are counted, and above 5 % nothing is computed."""

import numpy as np
import pandas as pd
import pytest

from ecopark.analysis.inference.crossed_design import (
    IncompleteDesignError,
    UnsuitableDesignError,
    crossed,
    thinned,
    thinned_words,
)
from ecopark.analysis.inference.effects import effects


def table(points=40, replicates=3, **columns):
    frame = pd.DataFrame(
        {"point": np.repeat(np.arange(points), replicates), "replicate": np.tile(np.arange(replicates), points)}
    )
    number = np.arange(len(frame), dtype=float)
    return frame.assign(x=frame["point"] * 1.0, links=number, trust=number**0.5, **columns)


def without(frame, outcome, rows, value=np.nan):
    frame = frame.copy()
    frame.loc[rows, outcome] = value
    return frame


def test_a_whole_design_is_arranged_by_point_and_replicate_in_any_order():
    found = crossed(table(3, 2).sample(frac=1, random_state=1), "links")
    assert found.values.tolist() == [[0, 1], [2, 3], [4, 5]]
    assert (found.points.tolist(), found.replicates.tolist(), found.left_out) == ([0, 1, 2], [0, 1], "")


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_a_hole_in_one_outcome_at_one_point_changes_only_that_block(value):
    frame = table()
    holed = without(frame, "trust", 22, value)
    assert np.array_equal(crossed(holed, "links").values, crossed(frame, "links").values)
    found = crossed(holed, "trust")
    assert found.points.tolist() == [point for point in range(40) if point != 7]
    assert np.array_equal(found.values, np.delete(crossed(frame, "trust").values, 7, axis=0))
    assert found.left_out == "1 of 40 points left out, where a run failed or has no value: point 7"
    rest = effects(holed, ["x"], "trust")
    assert rest.left_out == found.left_out
    assert rest.table["points"].tolist() == [39]
    pd.testing.assert_frame_equal(effects(holed, ["x"], "links").table, effects(frame, ["x"], "links").table)


def test_the_block_is_a_base_sample_or_a_trajectory_where_these_belong_together():
    found = crossed(without(table(100, 2), "links", 26), "links", block=4, unit="trajectory")
    assert found.points.tolist() == [*range(12), *range(16, 100)]
    assert "1 of 25 trajectorys left out" not in found.left_out
    assert found.left_out.startswith("1 of 25 trajectories left out")
    assert found.left_out.endswith("trajectory 3")


def test_a_replicate_is_left_out_where_that_loses_fewer_runs():
    frame = table(1, 40)
    found = crossed(without(frame, "links", 5), "links")
    assert found.values.shape == (1, 39)
    assert found.left_out.endswith("replicate 5")


def test_above_5_percent_nothing_is_computed():
    frame = without(table(), "trust", [0, 30, 60])
    with pytest.raises(
        IncompleteDesignError, match=r"trust is not computed: 3 of 40 points .* more than 5%"
    ) as refusal:
        crossed(frame, "trust")
    assert refusal.value.points == [0, 10, 20]
    crossed(without(table(), "trust", [0, 30]), "trust")


def test_what_was_not_run_yet_is_left_out_without_a_limit():
    found = crossed(table().iloc[:52], "links")
    assert found.points.tolist() == list(range(17))
    assert found.left_out == ""
    with pytest.raises(UnsuitableDesignError, match="No point has all its runs yet"):
        crossed(table().iloc[:2].assign(replicate=[0, 1]).iloc[:0], "links")


def test_runs_that_stand_twice_and_columns_that_are_not_there_are_named():
    frame = table(3)
    with pytest.raises(IncompleteDesignError, match="Runs stand twice at: point 1"):
        crossed(pd.concat([frame, frame.iloc[[4]]]), "links")
    with pytest.raises(ValueError, match="no column gain; it has point, replicate"):
        crossed(frame, "gain")


def test_a_slow_search_takes_an_even_choice_of_very_many_points_and_says_so():
    assert thinned(300).tolist() == list(range(300))
    assert thinned_words(300) == ""
    many = thinned(100_000)
    assert (many[0], many[-1], many.size) == (0, 99_999, 2000)
    assert np.diff(many).max() - np.diff(many).min() <= 1
    assert thinned_words(100_000) == "searched on an even choice of 2000 of 100000 points"
