"""Regret by halves and satisficing by hand."""

import numpy as np
import pandas as pd
import pytest

from ecopark.analysis.inference.regret import regret, satisficing
from ecopark.analysis.inference.two_way import Chance


def futures(values, replicates=1, noise=0.0):
    """Rows of a table {policy: outcome in each future}."""
    rng = np.random.default_rng(1)
    rows = [
        {"policy": policy, "point": point, "replicate": number, "tonnes": value + noise * rng.normal()}
        for policy, outcomes in values.items()
        for point, value in enumerate(outcomes)
        for number in range(replicates)
    ]
    frame = pd.DataFrame(rows)
    return frame.assign(cost=-frame["tonnes"])


@pytest.mark.parametrize("replicates", [1, 4])
def test_regret_by_hand(replicates):
    frame = futures({"bold": [10.0, 0.0], "meek": [6.0, 5.0], "worse": [5.0, 0.0]}, replicates)
    found = regret(frame, "tonnes").set_index("policy")
    assert found["worst_regret"].to_dict() == pytest.approx({"meek": 4.0, "bold": 5.0, "worse": 5.0})
    assert found["mean_regret"]["bold"] == pytest.approx(2.5)
    assert found["best_in"].to_dict() == {"meek": 0.5, "bold": 0.5, "worse": 0.0}
    assert found["worst_future"]["bold"] == 1
    assert found.index[0] == "meek"
    assert found["low"].isna().all() == (replicates == 1)
    turned = regret(frame, "cost", "less").set_index("policy")
    assert turned["worst_regret"].to_dict() == pytest.approx(found["worst_regret"].to_dict())


def test_the_worst_regret_is_not_the_maximum_of_noise():
    """Two hundred futures in which two policies are the same: chosen and measured on the same runs, the worst is far off."""
    frame = futures({"one": [0.0] * 200, "other": [0.0] * 200}, replicates=6, noise=1.0)
    found = regret(frame, "tonnes").set_index("policy")
    assert found["worst_regret"].abs().max() < 1.5
    means = frame.groupby(["point", "policy"])["tonnes"].mean().unstack()
    assert (means.max(axis=1) - means["one"]).max() > 1.5
    assert (found["worst_low"] < 0.1).all()


def test_satisficing_counts_futures_that_are_good_in_every_respect():
    frame = futures({"bold": [10.0, 0.0, 4.0], "meek": [6.0, 5.0, 4.0]}, 2)
    found = satisficing(frame, floors={"tonnes": 4.0}).set_index("policy")
    assert found["share"].to_dict() == pytest.approx({"meek": 1.0, "bold": 2 / 3})
    both = satisficing(frame, floors={"tonnes": 4.0}, ceilings={"cost": -5.0}).set_index("policy")
    assert both["share"].to_dict() == pytest.approx({"meek": 2 / 3, "bold": 1 / 3})
    assert (both["covers"] == "both").all()
    grid = satisficing(frame, floors={"tonnes": 4.0}, chance=Chance(drawn=False)).set_index("policy")
    assert grid.loc["bold", ["low", "high"]].tolist() == pytest.approx([2 / 3, 2 / 3])
    with pytest.raises(ValueError, match="has to be said"):
        satisficing(frame)
