"""Scores of validation: every one equals a hand-computed case, and a perfect forecast gets the best value."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecopark.analysis.validation.scores.between_parks import bootstrap_error, park_weights, sign_flip_p
from ecopark.analysis.validation.scores.counts import covered, fair_crps, log_members, pit
from ecopark.analysis.validation.scores.links import (
    auc_within,
    average_precision,
    brier_score,
    calibration_line,
    log_score,
    probability_of,
    reliability,
    skill,
)
from ecopark.analysis.validation.scores.timing import (
    NEVER,
    StartForecast,
    d_calibration,
    integrated_brier,
    median_error,
    multinomial_deviance,
)

P, Y = np.array([0.9, 0.6, 0.4, 0.1]), np.array([1, 0, 1, 0])


class TestLinks:
    def test_probabilities_are_never_0_or_1(self):
        assert probability_of(np.array([0, 100, 200]), 200).tolist() == [0.5 / 201, 0.5, 200.5 / 201]

    def test_log_score_by_hand(self):
        assert log_score(P, Y) == pytest.approx([-math.log(0.9), -math.log(0.4), -math.log(0.4), -math.log(0.9)])

    def test_brier_by_hand(self):
        assert brier_score(P, Y).tolist() == pytest.approx([0.01, 0.36, 0.36, 0.01])

    def test_perfect_forecasts_are_best(self):
        assert log_score(Y.astype(float), Y).sum() == 0
        assert brier_score(Y, Y).sum() == 0
        assert (skill(0.0, 0.3), skill(0.3, 0.3), math.isnan(skill(0.1, 0.0))) == (1, 0, True)
        assert auc_within([(Y, Y)]).auc == 1
        assert average_precision(Y, Y) == 1

    def test_auc_by_hand_within_parks_only(self):
        found = auc_within([(P, Y), (np.array([0.5, 0.5]), np.array([1, 0])), (np.array([0.9]), np.array([0]))])
        assert (found.auc, found.pairs) == (pytest.approx((3 + 0.5) / 5), 5)

    def test_error_of_auc_is_that_of_hanley_and_mcneil(self):
        rng = np.random.default_rng(1)
        y = np.repeat([1, 0], [40, 60])
        areas = [auc_within([(rng.normal(size=100), y)]).auc for _ in range(800)]
        assert auc_within([(rng.normal(size=100), y)]).error == pytest.approx(np.std(areas), rel=0.15)

    def test_average_precision_by_hand(self):
        assert average_precision(P, Y) == pytest.approx((1 / 1 + 2 / 3) / 2)
        assert average_precision(np.full(4, 0.5), Y) == pytest.approx(0.5)
        assert math.isnan(average_precision(P, np.zeros(4)))

    @given(st.lists(st.tuples(st.integers(0, 9), st.booleans()), min_size=3, max_size=30))
    def test_parts_of_the_brier_score_add_up(self, rows):
        p, y = np.array([0.05 + 0.1 * place for place, _ in rows]), np.array([float(hit) for _, hit in rows])
        found = reliability(p, y)
        whole = found.reliability - found.resolution + found.uncertainty
        assert whole == pytest.approx(brier_score(p, y).mean())
        assert sum(count for *_, count in found.bins) == len(rows)

    def test_the_line_of_a_calibrated_forecast_has_slope_one(self):
        rng = np.random.default_rng(3)
        p = rng.uniform(0.05, 0.95, 20_000)
        slope, intercept = calibration_line(p, rng.uniform(size=20_000) < p)
        assert (slope, intercept) == (pytest.approx(1, abs=0.05), pytest.approx(0, abs=0.05))
        overconfident = 1 / (1 + np.exp(-2 * np.log(p / (1 - p))))
        assert calibration_line(overconfident, rng.uniform(size=20_000) < p)[0] == pytest.approx(0.5, abs=0.05)
        assert math.isnan(calibration_line(p, np.ones(20_000))[0])


class TestCounts:
    def test_fair_crps_by_hand(self):
        assert fair_crps(np.array([1.0, 3.0]), 2.0) == pytest.approx(1 - 4 / 4)
        assert fair_crps(np.array([1.0, 3.0, 8.0]), 2.0) == pytest.approx((1 + 1 + 6) / 3 - 2 * (2 + 7 + 5) / 12)
        assert fair_crps(np.array([4.0, 4.0]), 4.0) == 0

    def test_a_range_counts_as_its_nearest_end(self):
        assert fair_crps(np.array([5.0, 5.0]), 4.0, 6.0) == 0
        assert fair_crps(np.array([9.0, 9.0]), 4.0, 6.0) == 3

    def test_fair_crps_equals_the_library_of_the_field(self):
        scoringrules = pytest.importorskip("scoringrules", reason="a proof of our own score")
        members = np.random.default_rng(2).normal(size=40)
        assert fair_crps(members, 0.3) == pytest.approx(scoringrules.crps_ensemble(0.3, members, estimator="fair"))

    def test_the_fair_score_does_not_reward_few_members(self):
        rng = np.random.default_rng(4)
        few, many = (np.mean([fair_crps(rng.normal(size=n), rng.normal()) for _ in range(4000)]) for n in (3, 60))
        assert few == pytest.approx(many, abs=0.02)

    def test_money_is_scored_on_the_log_scale(self):
        members, (seen,) = log_members(np.array([1e6, 4e6]), 2e6)
        assert fair_crps(members, seen) == pytest.approx(0, abs=1e-12)

    def test_coverage_and_pit_of_a_calibrated_ensemble(self):
        rng = np.random.default_rng(5)
        drawn = [(rng.poisson(3.0, 50), rng.poisson(3.0)) for _ in range(3000)]
        assert np.mean([covered(x, y, 0.9) for x, y in drawn]) > 0.9
        places = np.array([pit(x, y, rng) for x, y in drawn])
        assert np.histogram(places, 10, (0, 1))[0] / 3000 == pytest.approx(0.1, abs=0.025)


class TestTiming:
    def forecast(self):
        return StartForecast(np.array([1970, 1970, 1972, NEVER]), 1970, 1974)

    def test_start_distribution_by_hand(self):
        share = 0.5 / 6
        found = self.forecast()
        assert found.density(1970) == pytest.approx((2 + share) / 4.5)
        assert found.until(1974) == pytest.approx((3 + 5 * share) / 4.5)
        assert found.score(1970, 1970) == pytest.approx(-math.log((2 + share) / 4.5))
        assert found.score(1971, 1972) == pytest.approx(-math.log((1 + 2 * share) / 4.5))
        assert found.score(None, 1972) == pytest.approx(-math.log((3 + 3 * share) / 4.5))
        assert found.score(None, None, negative=1974) == pytest.approx(-math.log(1 - (3 + 5 * share) / 4.5))

    def test_nothing_has_probability_0_and_the_best_forecast_the_best_score(self):
        sure = StartForecast(np.full(1000, 1971.0), 1970, 1974)
        assert math.isfinite(sure.score(1974, 1974))
        assert sure.score(1971, 1971) < 0.001 < self.forecast().score(1971, 1971)

    def test_median_error(self):
        assert median_error(np.array([1970, 1974, NEVER]), 1971) == 1
        assert math.isnan(median_error(np.array([NEVER]), 1971))

    def test_integrated_brier_by_hand_without_censoring(self):
        grid = np.array([0.0, 1.0, 2.0])
        right = np.array([[1.0, 1.0, 0.0], [1.0, 0.0, 0.0]])
        durations = np.array([1.5, 0.5])
        assert integrated_brier(right, grid, durations, np.array([1, 1])) == 0
        half = np.full((2, 3), 0.5)
        assert integrated_brier(half, grid, durations, np.array([1, 1])) == pytest.approx(0.25)

    def test_censored_links_are_weighed_out(self):
        rng = np.random.default_rng(6)
        life, follow = rng.exponential(10, 3000), rng.exponential(15, 3000)
        grid = np.linspace(0.5, 8, 6)
        forecast = np.exp(-grid / 10)[None, :].repeat(3000, axis=0)
        whole = integrated_brier(forecast, grid, life, np.ones(3000))
        censored = integrated_brier(forecast, grid, np.minimum(life, follow), life <= follow)
        assert censored == pytest.approx(whole, abs=0.012)

    def test_d_calibration_of_a_right_model_is_uniform(self):
        rng = np.random.default_rng(7)
        life, follow = rng.exponential(1, 4000), rng.exponential(2, 4000)
        shares, p = d_calibration(np.exp(-np.minimum(life, follow)), life <= follow)
        assert shares == pytest.approx(0.1, abs=0.02)
        assert p > 0.001
        assert d_calibration(np.exp(-0.5 * life), np.ones(4000))[1] < 1e-6

    def test_deviance_by_hand(self):
        assert multinomial_deviance(np.array([0.5, 0.5]), np.array([5, 5])) == 0
        assert multinomial_deviance(np.array([0.5, 0.5]), np.array([4, 0])) == pytest.approx(8 * math.log(2))


class TestBetweenParks:
    def test_no_park_carries_more_than_a_fifth(self):
        weights = park_weights(np.array([10_000, 1, 1, 1, 1, 4, 4]))
        assert weights.sum() == pytest.approx(1)
        assert weights.max() == pytest.approx(0.2)
        assert weights[5] == pytest.approx(2 * weights[1])
        assert park_weights(np.array([9, 1, 1])).tolist() == pytest.approx([1 / 3] * 3)

    def test_sign_flips_by_hand(self):
        assert sign_flip_p(np.array([1.0, 1.0, 1.0])) == 2 / 8
        assert sign_flip_p(np.array([1.0, -1.0])) == 1
        assert sign_flip_p(np.full(20, 1.0)) < 0.001

    def test_the_bootstrap_counts_parks_not_rows(self):
        rng = np.random.default_rng(8)
        levels = rng.normal(0, 1, 12)
        parks = [level + 0.01 * rng.normal(size=500) for level in levels]
        error = bootstrap_error(parks, np.full(12, 1 / 12))
        assert error == pytest.approx(levels.std(ddof=1) / math.sqrt(12), rel=0.15)
