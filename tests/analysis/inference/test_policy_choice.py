"""Comparing policies: pairs, fronts, regret and satisficing by hand."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecopark.analysis.inference.crossed_design import IncompleteDesignError
from ecopark.analysis.inference.policy_choice import (
    complete_pairs,
    paired_differences,
    pareto_front,
    policy_means,
    regret,
    satisficing,
)


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
    found = paired_differences(sweep({"none": 0.0, "tax": 2.0, "grant": -1.0}), ["tonnes"], baseline="none")
    found = found.set_index("policy")
    assert found["difference"].to_dict() == pytest.approx({"tax": 2.0, "grant": -1.0})
    assert (found["high"] - found["low"]).to_numpy() == pytest.approx(0.0, abs=1e-9)
    assert found["better"].to_dict() == {"tax": 1.0, "grant": 0.0}


def test_a_policy_not_run_everywhere_is_refused():
    frame = sweep({"none": 0.0, "tax": 2.0})
    with pytest.raises(IncompleteDesignError, match="tonnes is missing for tax at: point 2"):
        paired_differences(frame.drop(index=frame.index[-1]), ["tonnes"], "none")
    with pytest.raises(ValueError, match="no policy 'ban' to compare with; there are none, tax"):
        paired_differences(frame, ["tonnes"], "ban")


def test_pairs_of_which_a_run_failed_are_left_out_and_counted():
    frame = sweep({"none": 0.0, "tax": 2.0})
    failed = frame.assign(tonnes=frame["tonnes"].where(frame.index != 1))
    kept, dropped = complete_pairs(failed, ["tonnes"])
    assert dropped == 1
    assert len(kept) == 22
    assert paired_differences(kept, ["tonnes"], "none")["difference"].tolist() == pytest.approx([2.0])
    assert complete_pairs(frame, ["tonnes"])[1] == 0


def test_the_front_by_hand():
    table = pd.DataFrame({"tonnes": [3, 2, 1, 3, 0], "cost": [5, 1, 2, 6, 1]})
    assert pareto_front(table, {"tonnes": "max", "cost": "min"}).tolist() == [True, True, False, False, False]
    with pytest.raises(ValueError, match="not 'up'"):
        pareto_front(table, {"tonnes": "up"})


@settings(max_examples=50)
@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=1, max_size=15))
def test_every_row_off_the_front_is_beaten_by_one_on_it(rows):
    table = pd.DataFrame(rows, columns=["a", "b"])
    front = pareto_front(table, {"a": "max", "b": "max"})
    assert front.any()
    for _, row in table[~front].iterrows():
        on = table[front]
        assert ((on["a"] >= row["a"]) & (on["b"] >= row["b"]) & ((on["a"] > row["a"]) | (on["b"] > row["b"]))).any()


def futures(values):
    """Rows of a table {policy: outcome in each future}."""
    return pd.DataFrame(
        [
            {"policy": policy, "point": point, "replicate": 0, "tonnes": value, "cost": -value}
            for policy, outcomes in values.items()
            for point, value in enumerate(outcomes)
        ]
    )


def test_regret_by_hand():
    frame = futures({"bold": [10.0, 0.0], "meek": [6.0, 5.0], "worse": [5.0, 0.0]})
    found = regret(frame, "tonnes").set_index("policy")
    assert found["worst_regret"].to_dict() == {"meek": 4.0, "bold": 5.0, "worse": 5.0}
    assert found["mean_regret"]["bold"] == 2.5
    assert found["best_in"].to_dict() == {"meek": 0.5, "bold": 0.5, "worse": 0.0}
    assert found["worst_future"]["bold"] == 1
    assert found.index[0] == "meek"
    assert regret(frame, "cost", "min").set_index("policy")["worst_regret"].to_dict() == found["worst_regret"].to_dict()


def test_satisficing_counts_futures_that_are_good_in_every_respect():
    frame = futures({"bold": [10.0, 0.0, 4.0], "meek": [6.0, 5.0, 4.0]})
    found = satisficing(frame, floors={"tonnes": 4.0}).set_index("policy")
    assert found["share"].to_dict() == pytest.approx({"meek": 1.0, "bold": 2 / 3})
    both = satisficing(frame, floors={"tonnes": 4.0}, ceilings={"cost": -5.0}).set_index("policy")
    assert both["share"].to_dict() == pytest.approx({"meek": 2 / 3, "bold": 1 / 3})
    with pytest.raises(ValueError, match="has to be said"):
        satisficing(frame)


def test_means_by_policy():
    found = policy_means(futures({"bold": [10.0, 0.0], "meek": [6.0, 5.0]}), ["tonnes"]).set_index("policy")
    assert found["tonnes"].to_dict() == {"bold": 5.0, "meek": 5.5}
    assert (found["tonnes_low"] <= found["tonnes"]).all()
