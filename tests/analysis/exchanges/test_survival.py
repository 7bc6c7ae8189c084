"""Survival of exchanges: by hand, on a textbook data set, and against lifelines."""

import lifelines
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lifelines.statistics import multivariate_logrank_test

from ecopark.analysis.exchanges.survival import (
    cumulative_incidence,
    hazard_by_age,
    kaplan_meier,
    lifetimes,
    log_rank,
    median_life,
    survival_at,
)

# Remission of leukaemia in weeks under 6-MP and placebo: Freireich and others (1963), the data set of most textbooks.
TREATED = [6, 6, 6, 7, 10, 13, 16, 22, 23, 6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
TREATED_ENDED = [True] * 9 + [False] * 12
PLACEBO = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]

lives = st.lists(
    st.tuples(st.integers(1, 12), st.sampled_from([None, "closed", "unprofitable", "trust"])), min_size=1, max_size=40
)


def test_the_curve_by_hand():
    # at 1: one of five ends; at 2: one censored; at 3: one of three ends; at 4: one of two; the last runs on.
    curve = kaplan_meier([1, 2, 3, 4, 5], [True, False, True, True, False])
    assert curve["age"].tolist() == [0, 1, 2, 3, 4, 5]
    assert curve["survival"].to_numpy() == pytest.approx([1, 4 / 5, 4 / 5, 8 / 15, 4 / 15, 4 / 15])
    assert curve["at_risk"].tolist() == [5, 5, 4, 3, 2, 1]
    assert median_life(curve) == 4


def test_the_textbook_data_set():
    curve = kaplan_meier(TREATED, TREATED_ENDED)
    at = survival_at(curve, [6, 10, 23, 40])
    assert at["survival"].to_numpy()[:3] == pytest.approx([0.857, 0.753, 0.448], abs=5e-4)
    assert np.isnan(at["survival"][3])
    test = log_rank(TREATED + PLACEBO, TREATED_ENDED + [True] * 21, ["6-MP"] * 21 + ["placebo"] * 21)
    assert test.statistic == pytest.approx(16.79, abs=5e-3)


def test_curve_and_band_equal_lifelines():
    fit = lifelines.KaplanMeierFitter().fit(TREATED, TREATED_ENDED)
    curve = kaplan_meier(TREATED, TREATED_ENDED)
    assert curve["survival"].to_numpy() == pytest.approx(fit.survival_function_.to_numpy()[:, 0], abs=1e-14)
    assert curve[["low", "high"]].to_numpy() == pytest.approx(fit.confidence_interval_.to_numpy(), abs=1e-13)


def test_incidence_equals_lifelines_where_no_ages_are_tied():
    rng = np.random.default_rng(4)
    ages, causes = rng.exponential(10, 90), rng.integers(0, 4, 90)
    fit = lifelines.AalenJohansenFitter(calculate_variance=False).fit(ages, causes, event_of_interest=2)
    frame = cumulative_incidence(ages, [None if cause == 0 else str(cause) for cause in causes])
    mine = frame[frame["reason"] == "2"]
    assert mine["incidence"].to_numpy() == pytest.approx(fit.cumulative_density_.to_numpy()[:, 0], abs=1e-12)


def test_incidence_with_ties_by_hand():
    # at 1: two of five end, for a and for b; at 2: one of three for a, one is censored there; at 3 the last for b
    frame = cumulative_incidence([1, 1, 2, 2, 3], ["a", "b", "a", None, "b"]).set_index(["reason", "age"])["incidence"]
    assert frame["a"].tolist() == pytest.approx([0, 1 / 5, 1 / 5 + 3 / 5 / 3, 2 / 5])
    assert frame["b"].tolist() == pytest.approx([0, 1 / 5, 1 / 5, 1 / 5 + 2 / 5])
    turned = cumulative_incidence([3, 2, 2, 1, 1], ["b", None, "a", "b", "a"]).set_index(["reason", "age"])["incidence"]
    assert turned.to_numpy() == pytest.approx(frame.to_numpy())


@pytest.mark.filterwarnings("ignore")  # of lifelines under pandas 3
def test_its_own_data_sets_give_the_numbers_of_lifelines():
    from lifelines.datasets import load_multicenter_aids_cohort_study, load_waltons

    waltons, cohort = load_waltons(), load_multicenter_aids_cohort_study()
    theirs = lifelines.KaplanMeierFitter().fit(waltons["T"], waltons["E"])
    mine = kaplan_meier(waltons["T"], waltons["E"])
    assert mine["survival"].to_numpy() == pytest.approx(theirs.survival_function_.to_numpy()[:, 0], abs=1e-10)
    assert mine[["low", "high"]].to_numpy() == pytest.approx(theirs.confidence_interval_.to_numpy(), abs=1e-10)
    theirs = lifelines.KaplanMeierFitter().fit(cohort["T"], cohort["D"], entry=cohort["W"])
    mine = kaplan_meier(cohort["T"], cohort["D"], cohort["W"])
    assert mine["survival"].to_numpy() == pytest.approx(theirs.survival_function_.to_numpy()[:, 0], abs=1e-10)
    test = multivariate_logrank_test(waltons["T"], waltons["group"], waltons["E"])
    assert log_rank(waltons["T"], waltons["E"], waltons["group"]).p == pytest.approx(test.p_value, rel=1e-10)


def test_an_exchange_from_before_the_run_is_seen_from_its_age_then():
    exchanges = pd.DataFrame({"start_month": [-60.0, 12.0, 24.0], "end_month": [12.0, 48.0, np.nan]})
    frame = lifetimes(exchanges, months=120)
    assert frame["age"].tolist() == [6.0, 3.0, 8.0]
    assert frame["entered"].tolist() == [5.0, 0.0, 0.0]
    curve = kaplan_meier(frame["age"], frame["ended"], frame["entered"]).set_index("age")
    assert curve["at_risk"][3.0] == 2
    assert curve["survival"].to_dict() == pytest.approx({0.0: 1.0, 3.0: 0.5, 5.0: 0.5, 6.0: 0.25, 8.0: 0.25})
    alone = kaplan_meier([6.0, 3.0], [True, True], [5.0, 0.0])
    assert 0 < alone["survival"].iloc[-1] < 1


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of lifelines under pandas 3
def test_three_groups_equal_lifelines():
    rng = np.random.default_rng(5)
    ages, ended, group = rng.integers(1, 30, 120), rng.random(120) < 0.7, rng.integers(0, 3, 120)
    mine, theirs = log_rank(ages, ended, group), multivariate_logrank_test(ages, group, ended)
    assert mine.statistic == pytest.approx(theirs.test_statistic, rel=1e-10)
    assert mine.p == pytest.approx(theirs.p_value, rel=1e-10)
    assert mine.degrees == 2


@settings(max_examples=60, deadline=None)
@given(lives)
def test_running_and_ended_shares_add_up_to_one(rows):
    ages, reasons = zip(*rows, strict=True)
    curve = kaplan_meier(ages, [reason is not None for reason in reasons])
    frame = cumulative_incidence(ages, reasons)
    total = frame.groupby("age")["incidence"].sum() if len(frame) else pd.Series(0.0, index=curve["age"])
    assert total.to_numpy() + curve["survival"].to_numpy() == pytest.approx(1.0)
    assert ((curve["low"] <= curve["survival"] + 1e-12) & (curve["survival"] <= curve["high"] + 1e-12)).all()
    assert (curve["survival"].diff().dropna() <= 1e-15).all()


@settings(max_examples=40, deadline=None)
@given(lives)
def test_order_and_unit_of_time_do_not_matter(rows):
    ages, reasons = zip(*rows, strict=True)
    ended = [reason is not None for reason in reasons]
    curve = kaplan_meier(ages, ended)
    turned = kaplan_meier(np.array(ages[::-1]) * 12.0, ended[::-1])
    assert curve["survival"].to_numpy() == pytest.approx(turned["survival"].to_numpy())


def test_hazard_counts_ends_per_year_lived():
    frame = hazard_by_age([0.5, 1.5, 1.5, 4.0], [True, True, False, True], edges=[0, 1, 2, 10, 20])
    assert frame["exposure"].tolist() == [3.5, 2.0, 2.0, 0.0]
    assert frame["ends"].tolist() == [1, 1, 1, 0]
    assert frame["hazard"][:3].to_numpy() == pytest.approx([1 / 3.5, 0.5, 0.5])
    # one event: exact limits 0.0253 and 5.572 events (tables of Garwood)
    assert frame["low"][1] == pytest.approx(0.02532 / 2, rel=1e-3)
    assert frame["high"][1] == pytest.approx(5.5716 / 2, rel=1e-4)
    assert frame[["hazard", "low", "high"]].iloc[3].isna().all()


def test_ages_of_exchanges_stop_at_their_end_or_with_the_run():
    exchanges = pd.DataFrame({"start_month": [0.0, 12.0, np.nan], "end_month": [30.0, np.nan, np.nan]})
    frame = lifetimes(exchanges, months=120)
    assert frame["age"].tolist() == [2.5, 9.0]
    assert frame["ended"].tolist() == [True, False]


def test_nothing_to_count_gives_an_empty_table_and_a_curve_of_one_point():
    assert kaplan_meier([], [])["survival"].tolist() == [1.0]
    assert cumulative_incidence([], []).empty
    assert cumulative_incidence([3.0, 4.0], [None, None]).empty
    assert np.isnan(median_life(kaplan_meier([5.0], [False])))


def test_mistakes_are_named():
    with pytest.raises(ValueError, match="3 ages but 2 marks"):
        kaplan_meier([1, 2, 3], [True, False])
    with pytest.raises(ValueError, match="at least two groups"):
        log_rank([1, 2], [True, True], ["pipe", "pipe"])
