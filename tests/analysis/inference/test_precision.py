"""How many replicates the compared quantity needs, which on common shocks is not what a single run needs."""

import numpy as np
import pandas as pd
import pytest

from ecopark.analysis.inference.precision import compared
from ecopark.analysis.inference.sweep_table import Sweep
from ecopark.analysis.inference.uncertainty import replicates_needed, student
from tests.analysis.inference.known_models import draw, table


def sweep(policies):
    """Policies on large shocks that all of them meet alike, and small noise of their own."""
    rng = np.random.default_rng(0)
    points, shocks = draw(12, rng), rng.normal(0, 10, 6)
    parts = [
        table(points, 100 + 5 * points[:, :1] + size + shocks + rng.normal(0, 0.5, (12, 6)), name)
        for name, size in policies.items()
    ]
    return Sweep("s", pd.concat(parts), ("x1", "x2", "x3", "x4"), ("y",), "latin_hypercube", 12)


def test_a_paired_difference_needs_far_fewer_replicates_than_a_mean():
    found = compared(sweep({"none": 0.0, "tax": 3.0}), "y").iloc[0]
    assert found["compared"] == "tax against none"
    assert found["estimate"] == pytest.approx(3.0, abs=0.5)
    assert found["needed"] == 2
    assert found["wanted"] == pytest.approx(0.05 * 102.5, rel=0.1)
    mean = sweep({"none": 0.0}).runs.groupby("replicate")["y"].mean()
    assert replicates_needed(mean, found["wanted"]) >= 5


def test_of_one_policy_the_effects_are_compared():
    found = compared(sweep({"none": 0.0}), "y").set_index("compared")
    assert found.index.tolist() == [f"effect of x{number}" for number in (1, 2, 3, 4)]
    row = found.loc["effect of x1"]
    assert row["estimate"] == pytest.approx(5.0, abs=1.0)
    assert row["half_width"] > 0
    n = int(row["needed"])
    assert student(0.95, n - 1) * row["spread"] / np.sqrt(n) <= row["wanted"]
