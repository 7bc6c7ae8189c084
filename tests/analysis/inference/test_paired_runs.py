"""Paired counterfactuals: a run against itself differs by nothing; a known change is found as such."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from ecopark.analysis.inference.paired_runs import (
    UnpairedRunsError,
    check_paired,
    difference_by_year,
    first_parting,
    links_gained_and_lost,
    public_cost_per_tonne,
)

COLUMNS = ["links", "gain"]


def changed(tables, **columns):
    return replace(tables, yearly=tables.yearly.assign(**columns))


def test_a_run_against_itself_differs_by_nothing(run, ensemble):
    for tables in (run, ensemble):
        assert (difference_by_year(tables, tables, COLUMNS)["difference"] == 0).all()
        assert (links_gained_and_lost(tables, tables)["change"] == 0).all()
    assert first_parting(run, run).empty
    assert np.isnan(public_cost_per_tonne(run, run).per_tonne.estimate)


def test_pairing_removes_the_noise_that_runs_share(ensemble):
    other = changed(ensemble, links=ensemble.yearly["links"] + 2)
    found = difference_by_year(ensemble, other, ["links"])
    assert found["difference"].to_numpy() == pytest.approx(2.0)
    assert (found["high"] - found["low"]).to_numpy() == pytest.approx(0.0, abs=1e-12)
    assert (found["pairs"] == 5).all()
    assert (found["other"] - found["base"]).to_numpy() == pytest.approx(2.0)


def test_the_interval_of_a_difference_is_that_of_the_pairs(ensemble):
    from scipy import stats

    noise = np.random.default_rng(0).normal(1.0, 1.0, len(ensemble.yearly))
    found = difference_by_year(ensemble, changed(ensemble, gain=ensemble.yearly["gain"] + noise), ["gain"])
    first = noise[(ensemble.yearly["year"] == 1990).to_numpy()]
    low, high = stats.t.interval(0.95, 4, loc=first.mean(), scale=stats.sem(first))
    assert found.loc[0, ["difference", "low", "high"]].tolist() == pytest.approx([first.mean(), low, high])


def test_two_single_runs_differ_without_interval(run):
    found = difference_by_year(run, changed(run, gain=run.yearly["gain"] - 1.0), COLUMNS)
    assert found[found["indicator"] == "gain"]["difference"].to_numpy() == pytest.approx(-1.0)
    assert found["low"].isna().all()


def test_runs_on_other_shocks_are_refused_with_all_that_differs(run, run_of, ensemble):
    with pytest.raises(UnpairedRunsError, match=r"seed: 1 against 2\n.*years: 1990-2009 against 1990-1999"):
        difference_by_year(run, run_of(seed=2, years=10), COLUMNS)
    with pytest.raises(UnpairedRunsError, match="replicates"):
        first_parting(run, ensemble)


def test_the_first_event_at_which_runs_part_is_found(park_of):
    base = park_of("abc", [("a", "b", 10, 100, {}), ("b", "c", 50, None, {})])
    other = park_of("abc", [("a", "b", 10, 60, {}), ("b", "c", 50, None, {})])
    found = first_parting(base, other)
    assert found[["run", "month", "kind", "company"]].to_numpy().tolist() == [["other", 60, "ended", "a"]]


def test_a_policy_coming_into_force_is_not_yet_a_difference(park_of):
    base = park_of("abc", [("a", "b", 10, 100, {})])
    policy = base.events.iloc[[0]].assign(month=3, kind="policy", company=None, partner=None)
    other = replace(base, events=pd.concat([policy, base.events], ignore_index=True))
    assert first_parting(base, other).empty


def test_links_gained_and_lost_are_listed(park_of):
    same, mine, yours = ("a", "b", 10, None, {}), ("b", "c", 20, None, {}), ("c", "a", 30, None, {})
    found = links_gained_and_lost(park_of("abc", [same, mine]), park_of("abc", [same, yours]))
    change = found.set_index(["seller", "buyer"])["change"]
    assert change.to_dict() == {("b", "c"): -1.0, ("c", "a"): 1.0, ("a", "b"): 0.0}
    assert found.iloc[-1][["base_month", "other_month"]].tolist() == [10.0, 10.0]


def test_the_public_cost_of_an_additional_tonne(ensemble):
    yearly = ensemble.yearly
    other = changed(
        ensemble, public_balance=yearly["public_balance"] - 30.0, material_reused=yearly["material_reused"] + 10.0
    )
    found = public_cost_per_tonne(ensemble, other)
    assert found.per_tonne.estimate == pytest.approx(3.0)
    assert (found.per_tonne.low, found.per_tonne.high) == pytest.approx((3.0, 3.0))
    assert found.cost.estimate == pytest.approx(30.0 * 20)


def test_runs_of_different_length_are_refused_in_the_words_of_their_difference(run_of):
    short, long = run_of(years=3), run_of(years=5)
    with pytest.raises(UnpairedRunsError, match="years: 1990-1994 against 1990-1992") as refusal:
        check_paired(long, short)
    assert refusal.value.mistakes == ["years: 1990-1994 against 1990-1992"]
