"""A first year that never came is a time beyond the end, not a missing number."""

import numpy as np
import pandas as pd
import pytest

from ecopark.analysis.inference.effects import effects
from ecopark.analysis.inference.time_to_event import Measure, with_times

MEASURES = {
    "first": Measure("first link", "year", "less", last_year=2059),
    "links": Measure("links", "exchanges", "more"),
}


def test_never_is_the_year_after_the_last_and_the_share_that_got_there_stands_beside_it():
    runs = pd.DataFrame(
        {"first": [2031.0, np.nan, np.nan], "links": [1.0, 0.0, np.nan], "error": [None, None, "out of memory"]}
    )
    told, outcomes, measures = with_times(runs, ("first", "links"), MEASURES)
    assert outcomes == ("first", "first_reached", "links")
    assert told["first"].tolist()[:2] == [2031.0, 2060.0]
    assert told["first_reached"].tolist()[:2] == [1.0, 0.0]
    assert told.loc[2, ["first", "first_reached"]].isna().all()
    assert measures["first"].better == "less"
    assert measures["first"].label == "first link (never: 2060)"
    assert measures["first_reached"] == Measure("first link: reached by 2059", "share of runs", "more")
    assert runs["first"].isna().sum() == 2


def test_a_factor_that_prevents_the_event_has_an_effect_on_its_restricted_mean():
    """At half of the points nobody ever gets there, which left out as missing would leave nothing to compare."""
    runs = pd.DataFrame({"point": np.repeat([0, 1, 2, 3], 3), "replicate": np.tile([0, 1, 2], 4)})
    runs["x"] = (runs["point"] > 1) * 1.0
    runs["first"] = np.where(runs["x"] == 0, 2040.0 + runs["replicate"], np.nan)
    told, _, _ = with_times(runs, ("first",), MEASURES)
    row = effects(told, ["x"], "first").table.iloc[0]
    assert row["effect"] == pytest.approx(2060 - 2041)
    assert effects(told, ["x"], "first_reached").table["effect"][0] == pytest.approx(-1)
