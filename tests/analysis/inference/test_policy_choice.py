"""Comparing policies: pairs and fronts by hand."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecopark.analysis.inference.crossed_design import IncompleteDesignError
from ecopark.analysis.inference.policy_choice import _places, front_probability, paired_differences, policy_means
from ecopark.analysis.inference.two_way import Chance


def sweep(effects, points=3, replicates=4, seed=0):
    """Policies add a constant to what future and shocks bring all of them alike."""
    shocks = np.random.default_rng(seed).normal(0, 10, (points, replicates))
    return pd.DataFrame(
        [
            {"policy": policy, "point": point, "replicate": number, "tonnes": shocks[point, number] + effect}
            for policy, effect in effects.items()
            for point in range(points)
            for number in range(replicates)
        ]
    )


def test_what_all_policies_meet_alike_drops_out():
    found = paired_differences(sweep({"none": 0.0, "tax": 2.0, "grant": -1.0}), "tonnes", baseline="none")
    found = found.set_index("policy")
    assert found["difference"].to_dict() == pytest.approx({"tax": 2.0, "grant": -1.0})
    assert (found["high"] - found["low"]).to_numpy() == pytest.approx(0.0, abs=1e-9)
    assert found["better_in"].to_dict() == {"tax": 1.0, "grant": 0.0}
    assert (found["covers"] == "both").all()


@pytest.mark.parametrize(("better", "share"), [("more", 1.0), ("less", 0.0), ("none", np.nan)])
def test_which_way_is_better_is_declared(better, share):
    found = paired_differences(sweep({"none": 0.0, "tax": 2.0}), "tonnes", "none", better)
    assert found["better_in"].tolist() == pytest.approx([share], nan_ok=True)


def test_one_replicate_on_common_shocks_gives_differences_without_an_interval():
    frame = sweep({"none": 0.0, "tax": 2.0}, replicates=1)
    row = paired_differences(frame, "tonnes", "none").iloc[0]
    assert row["difference"] == pytest.approx(2.0)
    assert np.isnan(row["low"])
    assert row["covers"] == ""
    assert front_probability(frame, {"tonnes": "more"})["probability"].isna().all()
    assert front_probability(frame, {"tonnes": "more"})["on_front"].tolist() == [False, True]


def test_pairs_of_which_a_run_failed_are_left_out_by_futures_or_the_whole_is_refused():
    frame = sweep({"none": 0.0, "tax": 2.0}, points=40)
    failed = frame.assign(tonnes=frame["tonnes"].where(frame.index != 1))
    row = paired_differences(failed, "tonnes", "none").iloc[0]
    assert (row["difference"], row["points"]) == (pytest.approx(2.0), 39)
    few = sweep({"none": 0.0, "tax": 2.0})
    with pytest.raises(IncompleteDesignError, match="1 of 4 replicates hold a run that failed"):
        paired_differences(few.assign(tonnes=few["tonnes"].where(few.index != 1)), "tonnes", "none")
    unfinished = paired_differences(few.drop(index=few.index[-1]), "tonnes", "none").iloc[0]
    assert unfinished["points"] == 2
    with pytest.raises(ValueError, match="no policy 'ban' to compare with; there are none, tax"):
        paired_differences(frame, "tonnes", "ban")


def front(rows):
    return _places(np.array(rows, float)[None])[0]


def test_the_front_by_hand():
    table = np.array([[3, 5], [2, 1], [1, 2], [3, 6], [0, 1]]) * [1, -1]
    assert front(table).tolist() == [1.0, 1.0, 0.0, 0.0, 0.0]
    assert front([[1, 1], [1, 1], [0, 2]]).tolist() == [0.5, 0.5, 1.0]
    with pytest.raises(ValueError, match="not 'up'"):
        front_probability(sweep({"none": 0.0}), {"tonnes": "up"})


@settings(max_examples=50)
@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=1, max_size=15))
def test_every_row_off_the_front_is_beaten_by_one_on_it(rows):
    table = pd.DataFrame(rows, columns=["a", "b"])
    on_front = front(rows) > 0
    assert on_front.any()
    for _, row in table[~on_front].iterrows():
        on = table[on_front]
        assert ((on["a"] >= row["a"]) & (on["b"] >= row["b"]) & ((on["a"] > row["a"]) | (on["b"] > row["b"]))).any()


def test_the_front_is_judged_jointly_on_common_shocks():
    """A policy that is ahead by little on every shock is surely on the front, although the shocks are large."""
    frame = sweep({"none": 0.0, "tax": 0.5})
    assert front_probability(frame, {"tonnes": "more"})["probability"].tolist() == [0.0, 1.0]
    assert front_probability(frame, {"tonnes": "less"})["probability"].tolist() == [1.0, 0.0]
    both = front_probability(frame.assign(cost=frame["tonnes"]), {"tonnes": "more", "cost": "less"})
    assert both["probability"].tolist() == [1.0, 1.0]


def test_on_shocks_of_its_own_each_point_is_drawn_apart():
    rng = np.random.default_rng(3)
    frame = sweep({"none": 0.0, "tax": 0.0}, points=8, replicates=6)
    frame["tonnes"] = rng.normal(0, 1, len(frame))
    shares = front_probability(frame, {"tonnes": "more"}, Chance(common=False))["probability"]
    assert shares.sum() == pytest.approx(1.0)
    assert 0 < shares[0] < 1


def test_means_by_policy():
    found = policy_means(sweep({"bold": 0.0, "meek": 6.0}), "tonnes").set_index("policy")
    assert found["mean"]["meek"] - found["mean"]["bold"] == pytest.approx(6.0)
    assert (found["low"] <= found["mean"]).all()
