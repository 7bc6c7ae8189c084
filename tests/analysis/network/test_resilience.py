"""Losses when members leave: by hand on small parks, as inequalities on random ones."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecopark.analysis.network.resilience import (
    criticality_by_year,
    ends_of,
    flows_at,
    lost_flows,
    recoveries,
    recovery,
    removal_curve,
    removal_losses,
    robustness,
)

CHAIN = [("a", "b", 0, None, {}), ("b", "c", 0, None, {}), ("c", "d", 0, None, {})]


def chain_with_gains(park_of, gains):
    rows = [
        (*row[:4], {"seller_gain": 10.0 * gain, "buyer_gain": 10.0 * gain})
        for row, gain in zip(CHAIN, gains, strict=True)
    ]
    return flows_at(park_of("abcd", rows, years=20), 200)


def test_removing_a_member_takes_the_flows_it_has_an_end_of(park_of):
    losses = removal_losses(chain_with_gains(park_of, [100, 10, 1]), tolerance=1.0).set_index("company")
    # 20 years: a gain of 2 x 10 x 100 in all is 100 a year
    assert losses["gain"].to_dict() == pytest.approx({"b": 110.0, "a": 100.0, "c": 11.0, "d": 1.0})
    assert losses["share"]["b"] == pytest.approx(110 / 111)
    assert losses["links"].to_dict() == {"b": 2, "a": 1, "c": 2, "d": 1}
    assert losses.index[0] == "b"


def test_a_cascade_runs_along_the_chain_when_each_loses_most_of_its_gain(park_of):
    losses = removal_losses(chain_with_gains(park_of, [100, 10, 1]), tolerance=0.5).set_index("company")
    assert losses["links_cascade"].to_dict() == {"a": 3, "b": 3, "c": 2, "d": 1}
    assert losses["gain_cascade"]["a"] == pytest.approx(111.0)


def test_young_exchanges_are_valued_by_what_was_expected(park_of):
    run = park_of("ab", [("a", "b", 236, None, {"expected_seller_gain": 3.0, "expected_buyer_gain": 4.0})])
    assert flows_at(run, 239)["gain"].tolist() == [7.0]


@settings(max_examples=40, deadline=None)
@given(st.integers(2, 7), st.integers(1, 14), st.integers(0, 10**6), st.floats(0.05, 1.0))
def test_a_cascade_takes_at_least_the_direct_loss_and_less_when_members_bear_more(companies, flows, seed, tolerance):
    rng = np.random.default_rng(seed)
    pairs = np.array([rng.choice(companies, 2, replace=False) for _ in range(flows)])
    frame = pd.DataFrame({"seller": pairs[:, 0].astype(str), "buyer": pairs[:, 1].astype(str)})
    gain = rng.normal(1.0, 1.0, flows)
    ends = ends_of(frame)
    removed = np.arange(len(ends.companies)) == 0
    direct = lost_flows(ends, gain, removed)
    cascade = lost_flows(ends, gain, removed, tolerance)
    bearing_all = lost_flows(ends, gain, removed, 1.0)
    assert (direct <= bearing_all).all()
    assert (bearing_all <= cascade).all()


def test_targeted_removal_by_hand(park_of):
    star = [("a", name, 0, None, {}) for name in "bcd"] + [("e", "f", 0, None, {})]
    flows = flows_at(park_of("abcdef", star), 100)
    curve = removal_curve(flows, "links", targeted=True)
    assert curve["left"].to_numpy() == pytest.approx([1, 0.25, 0, 0, 0, 0, 0])
    assert robustness(curve) == pytest.approx(0.25 / 6)


def test_random_removal_hurts_less_than_targeted(run):
    flows = flows_at(run, 200)
    worst, chance = removal_curve(flows), removal_curve(flows, targeted=False, draws=100)
    assert (worst["left"] <= chance["left"] + 1e-12).all()
    assert (chance["low"] <= chance["left"]).all()
    assert chance["left"].iloc[[0, -1]].tolist() == [1.0, 0.0]
    pd.testing.assert_frame_equal(chance, removal_curve(flows, targeted=False, draws=100))


def test_the_only_link_falls_with_the_first_of_its_two_companies(park_of):
    curve = removal_curve(flows_at(park_of("ab", [("a", "b", 0, None, {})]), 100), targeted=False)
    assert curve["left"].tolist() == [1.0, 0.0, 0.0]


def test_criticality_is_ranked_within_each_year(run):
    ranked = criticality_by_year(run)
    for _, year in ranked.groupby("year"):
        assert year["rank"].tolist() == list(range(1, len(year) + 1))
        assert (year["gain"].diff().dropna() <= 0).all()


def test_a_park_without_exchanges_loses_nothing(park_of):
    run = park_of("ab", [], years=2)
    assert removal_losses(flows_at(run, 5)).empty
    assert criticality_by_year(run).empty
    assert removal_curve(flows_at(run, 5))["left"].isna().all()
    assert np.isnan(robustness(removal_curve(flows_at(run, 5))))


def test_every_closure_is_followed_by_its_fall_and_return(park_of):
    rows = [("a", "b", 0, None, {}), ("b", "c", 0, 60, {}), ("c", "a", 0, 60, {}), ("a", "c", 90, None, {})]
    run = park_of("abc", [*rows, ("b", "a", 90, None, {})], years=12)
    closed = run.events.iloc[[0, 0]].assign(month=[60.0, 100.0], year=[1995, 1998], kind="closed", company=["c", "b"])
    found = recoveries(replace(run, events=pd.concat([run.events, closed])))
    assert found["what"].tolist() == ["c closed", "b closed"]
    assert found["level"].tolist() == pytest.approx([3.0, (2 * 1 + 10 * 3) / 12])
    assert found["depth"][0] == pytest.approx(2 / 3)
    assert found["months"][0] > 30
    assert found["depth"][1] == 0.0
    assert recoveries(run).empty


def test_recovery_of_a_step_down_and_up():
    series = pd.Series([10.0] * 24 + [5.0] * 10 + [10.0] * 30)
    found = recovery(series, shock=24, share=0.9, before=12, smooth=1)
    assert found == pytest.approx({"level": 10.0, "depth": 0.5, "months": 10.0, "lost": 5.0})


def test_recovery_waits_for_a_delayed_fall_and_knows_no_return():
    series = pd.Series([10.0] * 27 + [5.0] * 40)
    found = recovery(series, shock=24, smooth=1)
    assert np.isnan(found["months"])
    assert found["depth"] == 0.5
    steady = recovery(pd.Series([10.0] * 48), shock=24)
    assert (steady["months"], steady["depth"], steady["lost"]) == (0.0, 0.0, 0.0)
    assert np.isnan(recovery(pd.Series([0.0] * 48), shock=24)["depth"])


def test_a_shock_of_the_whole_park_has_no_company(run_of):
    run = run_of()
    events = run.events.iloc[:1].assign(kind="shock", company=None, month=30.0, year=1992)
    told = recoveries(replace(run, events=pd.concat([run.events, events, events.assign(kind="closed", company="a")])))
    assert told["what"].tolist() == ["conditions change, a closed"]
