"""Approximate Bayes on a case with a known posterior: a number seen with normal noise."""

from dataclasses import replace

import numpy as np
import pytest

from ecopark.analysis.validation import approximate_bayes
from ecopark.analysis.validation.approximate_bayes import (
    Posterior,
    calibrate,
    holm,
    in_reach,
    infer,
    resample,
    shrinkage,
    weighted_quantiles,
)


def table(count=4000, seed=1):
    rng = np.random.default_rng(seed)
    shares = rng.uniform(size=(count, 2))
    seen = shares[:, :1] + 0.1 * rng.normal(size=(count, 1))
    return shares, np.column_stack([seen, rng.normal(size=count)])


def test_the_posterior_is_that_of_the_textbook():
    shares, summaries = table(10_000)
    found = infer(shares, summaries, np.array([0.5, 0.0]), 0.1)
    assert found.weights.sum() == pytest.approx(1)
    mean = found.weights @ found.shares[:, 0]
    sd = np.sqrt(found.weights @ (found.shares[:, 0] - mean) ** 2)
    assert mean == pytest.approx(0.5, abs=0.02)
    assert sd == pytest.approx(0.1, rel=0.25)
    narrow, wide = shrinkage(found)
    assert narrow < 0.5
    assert wide == pytest.approx(1.0, abs=0.1)


def test_what_is_not_observed_does_not_count():
    shares, summaries = table()
    both = infer(shares, summaries, np.array([0.5, np.nan]), 0.05)
    alone = infer(shares, summaries[:, :1], np.array([0.5]), 0.05)
    assert both.rows.tolist() == alone.rows.tolist()


def test_what_no_draw_reaches_does_not_count():
    shares, summaries = table()
    beyond = infer(shares, summaries, np.array([0.5, 9.0]), 0.05)
    alone = infer(shares, summaries[:, :1], np.array([0.5]), 0.05)
    assert beyond.rows.tolist() == alone.rows.tolist()
    assert in_reach(summaries, np.array([0.5, 9.0])).tolist() == [True, False]
    assert in_reach(summaries, np.array([np.nan, 0.0])).tolist() == [False, True]


def test_where_nothing_is_reached_the_posterior_is_the_prior():
    shares, summaries = table()
    assert shrinkage(infer(shares, summaries, np.array([9.0, 9.0]), 0.5)) == pytest.approx(1.0, abs=0.03)


def test_truths_rank_uniformly():
    shares, summaries = table(1000)
    good = calibrate(shares, summaries, np.array([True, True]), 0.2, draws=200)
    assert (holm(good.p) > 0.05).all()
    assert np.abs(good.inside[0.9] - 0.9).max() < 0.06


def test_a_posterior_that_is_too_narrow_is_found_out(monkeypatch):
    def overconfident(*terms):
        found = infer(*terms)
        mean = found.weights @ found.shares
        return replace(found, shares=mean + 0.4 * (found.shares - mean))

    monkeypatch.setattr(approximate_bayes, "infer", overconfident)
    found = calibrate(*table(1000), np.array([True, True]), 0.2, draws=150)
    assert (found.p < 0.01).all()
    assert found.inside[0.9][0] < 0.8


def test_draws_follow_the_weights():
    found = Posterior(np.arange(2), np.array([0.75, 0.25]), np.array([[0.1], [0.9]]))
    assert (resample(found, 100)[:, 0] < 0.5).mean() == pytest.approx(0.75, abs=0.01)
    assert found.size == pytest.approx(1 / (0.75**2 + 0.25**2))
    assert weighted_quantiles(found.shares, found.weights, 0.5).tolist() == [0.1]


def test_holm_by_hand():
    assert holm(np.array([0.01, 0.04, 0.03])) == pytest.approx([0.03, 0.06, 0.06])
