"""Trust in a posterior, on parks whose summaries are a parameter seen with noise."""

import numpy as np
import pytest

from ecopark.experiments.validation.fit import SPREAD, Fit
from ecopark.experiments.validation.points import NAMES, PRIORS, draw
from ecopark.experiments.validation.summaries import Numbers
from ecopark.experiments.validation.trust import own_posteriors, predictive, second_method, trust_in

HOURS = NAMES.index("search.hours")


def park(shares, truth, led, seed, noise=0.05):
    """Return a park whose log share of links is the share of `search.hours` in its prior; the record is that of a truth."""
    rng = np.random.default_rng(seed)
    seen = shares[:, HOURS] + noise * rng.normal(size=len(shares))
    runs = np.column_stack([np.full(len(shares), np.nan), np.full(len(shares), np.nan), seen])
    return Numbers(led, runs, np.array([1.0, 0.0, truth]), np.array([0.0, 0.0, 20.0]), {})


def fit_of(*parks, points=800):
    """Return a fit of parks (truth, led)."""
    shares = draw(points)
    found = Fit(shares, {}, {})
    found.__dict__["numbers"] = {
        f"park {place}": park(shares, truth, led, place) for place, (truth, led) in enumerate(parks)
    }
    return found


def test_a_second_method_agrees_where_the_posterior_is_right():
    fit = fit_of((0.4, False), (0.5, False))
    near = second_method(fit)
    assert near < 1.0
    wrong = fit_of((0.4, False), (0.5, False))
    moved = wrong.posterior()
    wrong.__dict__["posterior"] = lambda *_: type(moved)(moved.rows, moved.weights, np.clip(moved.shares + 0.2, 0, 1))
    assert second_method(wrong) > max(2.0, near)


def test_a_park_far_from_the_others_needs_a_posterior_of_its_own():
    p = own_posteriors(fit_of((0.3, False), (0.3, False), (0.3, False), (0.9, False)))
    assert p["park 3"] < 0.01
    assert min(p[name] for name in ("park 0", "park 1", "park 2")) > 0.01


def test_parks_alike_need_none():
    assert min(own_posteriors(fit_of(*[(0.5, False)] * 4)).values()) > 0.5


def test_draws_by_mode_follow_the_parks_of_the_mode():
    fit = fit_of((0.2, False), (0.2, False), (0.8, True), (0.8, True))
    prior = PRIORS[HOURS]
    low, high = (
        np.median([point["search.hours"] for point in fit.draws_by_mode(200, name)]) for name in ("park 0", "park 2")
    )
    assert low == pytest.approx(float(prior.at(np.array(0.2))), rel=0.3)
    assert high == pytest.approx(float(prior.at(np.array(0.8))), rel=0.3)
    assert set(SPREAD) <= set(NAMES)


def test_what_is_not_identified_stands_at_the_median_of_its_prior():
    points = fit_of((0.5, False), (0.5, False)).draws(50)
    assert len({point["search.hours"] for point in points}) > 10
    for prior in PRIORS[1:]:
        assert [point[prior.name] for point in points] == pytest.approx([float(prior.at(np.array(0.5)))] * 50)


def test_what_no_draw_reaches_says_nothing_and_is_named():
    fit = fit_of((0.5, False), (5.0, True))
    rows = {row["summary"]: row for row in predictive(fit)}
    assert rows["links, self-organised"]["informs"] == "yes"
    assert rows["links, led"]["informs"] == "no, no draw reaches it"
    alone = fit_of((0.5, False))
    assert fit.posterior().shares[:, HOURS].mean() == pytest.approx(alone.posterior().shares[:, HOURS].mean(), abs=0.03)


def test_scores_of_the_posterior_name_every_aim_of_its_trust():
    scores, rows = trust_in(fit_of((0.5, False), (0.5, False)))
    assert [score.aim for score in scores] == [
        "G12", "G12 coverage", "G12 shrinkage", "G12", "G12 own",
    ]  # fmt: skip
    assert next(row for row in rows if row["parameter"] == "search.hours")["identified"] == "yes"
    assert sum(row["identified"] == "yes" for row in rows) == 1
