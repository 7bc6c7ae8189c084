"""An interval of 95 % covers the truth in 91 to 99 % of 500 tries, each with new points and new shocks."""

import numpy as np
import pandas as pd
import pytest

from ecopark.analysis.inference.effects import effects, response_by_level
from ecopark.analysis.inference.policy_choice import front_probability, paired_differences
from ecopark.analysis.inference.regret import regret
from ecopark.analysis.inference.two_way import Chance, least_squares, mean_over
from ecopark.analysis.inference.variance_indices import sobol
from ecopark.analysis.inference.variance_share import share_of_shocks
from tests.analysis.inference.known_models import EFFECTS, covered, draw, respond, table

TRIES = 500
LEAST, MOST = 0.91, 0.99
CORNERS = [pytest.param(*size, marks=pytest.mark.heavy) for size in ((20, 2), (20, 30), (200, 2), (200, 30))]
SIZES = [(number, replicates) for number in (20, 40, 200) for replicates in (2, 8, 30)]


def main_effects(number, replicates, stratified):
    def attempt(rng):
        points = draw(number, rng, stratified)
        basis = np.column_stack([np.ones(number), 2 * points - 1])
        found = least_squares(basis, respond(points, replicates, rng), Chance())
        return 2 * found.low[1:], EFFECTS, 2 * found.high[1:]

    return attempt


@pytest.mark.parametrize(("number", "replicates"), SIZES)
def test_main_effects_of_points_drawn_independently(number, replicates):
    share = covered(TRIES, 1, main_effects(number, replicates, stratified=False))
    assert (share >= LEAST).all(), share
    assert (share <= MOST).all(), share


@pytest.mark.parametrize(("number", "replicates"), SIZES)
def test_main_effects_of_a_latin_hypercube(number, replicates):
    """A Latin hypercube spreads each factor evenly, so that the curve of x3 adds less than the interval allows for."""
    share = covered(TRIES, 2, main_effects(number, replicates, stratified=True))
    assert (share >= LEAST).all(), share
    assert (share[[0, 1, 3]] <= 0.995).all(), share


def test_the_function_of_the_report_covers_as_its_core_does():
    def attempt(rng):
        points = draw(40, rng)
        found = effects(table(points, respond(points, 8, rng)), ["x1", "x2", "x3", "x4"], "y", interactions=False)
        rows = found.table.set_index("term").loc[["x1", "x2", "x3", "x4"]]
        assert (rows["covers"] == "both").all()
        return rows["low"], EFFECTS * np.ptp(points, axis=0), rows["high"]

    share = covered(100, 3, attempt)
    assert (share >= LEAST).all(), share


@pytest.mark.parametrize("shocks", ["complete", "independent"])
def test_effects_where_points_are_fixed_or_shocks_independent(shocks):
    grid = np.array(np.meshgrid(*4 * [[0.0, 1.0]], indexing="ij")).reshape(4, -1).T
    chance = Chance(drawn=False) if shocks == "complete" else Chance(drawn=True, common=False)

    def attempt(rng):
        points = grid if shocks == "complete" else draw(60, rng, stratified=False)
        outcomes = respond(points, 6, rng, shocks=float(shocks == "complete"))
        basis = np.column_stack([np.ones(len(points)), 2 * points - 1])
        found = least_squares(basis, outcomes, chance)
        assert found.covers == ("shocks" if shocks == "complete" else "both")
        return 2 * found.low[1:], EFFECTS, 2 * found.high[1:]

    share = covered(TRIES, 4, attempt)
    assert (share >= LEAST).all(), share
    assert (share <= MOST).all(), share


@pytest.mark.parametrize(("number", "replicates"), SIZES)
def test_policy_differences(number, replicates):
    """A policy that adds 2 + 3 x1, on shocks that act on it, too: 3.5 on average."""

    def attempt(rng):
        points = draw(number, rng, stratified=False)
        outcomes = respond(points, replicates, rng)
        own = rng.normal(0, 1, replicates) + rng.normal(0, 1, outcomes.shape)
        gap = 2 + 3 * points[:, :1] + own
        found = mean_over(gap, Chance())
        return found.low, 3.5, found.high

    assert LEAST <= covered(TRIES, 5, attempt) <= MOST


def test_the_table_of_policy_differences_is_that_interval():
    rng = np.random.default_rng(6)
    points = draw(12, rng)
    base, other = respond(points, 5, rng), respond(points, 5, rng)
    frame = pd.concat([table(points, base), table(points, other, "tax")])
    row = paired_differences(frame, "y", "none").iloc[0]
    found = mean_over(other - base, Chance())
    assert [row["difference"], row["low"], row["high"]] == pytest.approx(
        [found.estimate[0], found.low[0], found.high[0]]
    )
    assert (row["points"], row["replicates"], row["covers"]) == (12, 5, "both")


@pytest.mark.parametrize(("number", "replicates"), [(40, 8), (100, 3), *CORNERS])
def test_response_curves(number, replicates):
    """The mean where x1 is in the k-th fifth: 10 (k + 1/2) / 5 + 5/2 + 20/12."""
    truth = 2.0 * (np.arange(5) + 0.5) + 2.5 + 20 / 12

    def attempt(rng):
        points = draw(number, rng)
        rows = response_by_level(table(points, respond(points, replicates, rng)), "x1", "y", levels=5)
        return rows["low"], truth, rows["high"]

    share = covered(120, 7, attempt)
    assert (share >= LEAST).all(), share


@pytest.mark.parametrize(("number", "replicates"), [(40, 8), (200, 30), (64, 2), *CORNERS])
def test_the_share_of_the_variance_that_is_shocks(number, replicates):
    truth = (9 + 4 / 3 + 1) / (9 + 4 / 3 + 1 + 100 / 12 + 25 / 12 + 400 / 180)

    def attempt(rng):
        row = share_of_shocks(respond(draw(number, rng, stratified=False), replicates, rng)).iloc[0]
        return row["low"], truth, row["high"]

    assert LEAST <= covered(TRIES, 8, attempt) <= 1.0


@pytest.mark.parametrize("replicates", [2, 8, 30])
def test_the_regret_of_twins_is_zero_within_its_interval(replicates):
    """Two policies that are the same in law: neither is behind the other."""

    def attempt(rng):
        points = draw(20, rng)
        both = [respond(points, replicates, rng) for _ in range(2)]
        frame = pd.concat([table(points, both[0]), table(points, both[1], "twin")])
        rows = regret(frame, "y").set_index("policy").loc[["none", "twin"]]
        return rows["low"], 0.0, rows["high"]

    share = covered(150, 9, attempt)
    assert (share >= LEAST).all(), share


def test_twins_on_the_same_shocks_have_no_regret_and_share_the_front():
    rng = np.random.default_rng(10)
    points = draw(10, rng)
    outcomes = respond(points, 6, rng)
    frame = pd.concat([table(points, outcomes, name, cost=-(outcomes.ravel() ** 2)) for name in ("one", "other")])
    rows = regret(frame, "y")
    assert rows[["mean_regret", "low", "high", "worst_regret"]].to_numpy() == pytest.approx(0.0)
    assert front_probability(frame, {"y": "more", "cost": "less"})["probability"].tolist() == [0.5, 0.5]


def test_two_policies_that_are_the_same_are_on_the_front_every_other_time():
    rng = np.random.default_rng(11)
    found = []
    for _ in range(120):
        points = draw(10, rng)
        parts = [table(points, respond(points, 6, rng), name) for name in ("one", "other")]
        found.append(front_probability(pd.concat(parts), {"y": "more"})["probability"])
    assert np.mean(found, axis=0) == pytest.approx([0.5, 0.5], abs=0.05)


@pytest.mark.heavy
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("replicates", [2, 8, 30])
def test_sobol_indices_of_the_expected_outcome(replicates):
    """y as above, of x1 to x3: first orders 100/12, 25/12 and 400/180 over their sum."""
    parts = np.array([100 / 12, 25 / 12, 400 / 180])

    def attempt(rng):
        both = rng.random((128, 6))
        A, B = both[:, :3], both[:, 3:]
        mixed = [np.where(np.arange(3) == column, B, A) for column in range(3)]
        points = np.stack([A, *mixed, B], axis=1).reshape(-1, 3)
        found, _ = sobol(respond(points, replicates, rng), ["x1", "x2", "x3"])
        low = np.concatenate([found["first_low"], found["total_low"]])
        return low, np.tile(parts / parts.sum(), 2), np.concatenate([found["first_high"], found["total_high"]])

    share = covered(TRIES, 12, attempt)
    assert (share >= LEAST).all(), share


@pytest.mark.parametrize("design", ["saltelli", "morris"])
def test_points_that_were_drawn_together_count_as_one(design):
    """Effects and means over the points of Saltelli and Morris designs, whose blocks share their values."""
    from ecopark.experiments.sweeps.study_file.designs import Morris, Saltelli

    drawn = Saltelli(kind="saltelli", points=32) if design == "saltelli" else Morris(kind="morris", trajectories=32)
    chance = Chance(block=6 if design == "saltelli" else 5)
    # on four levels the best line through 20 (x - 1/2)^2 and the means are those of the levels 0, 1/3, 2/3, 1
    mean = 7.5 + (20 / 12 if design == "saltelli" else 20 * (2 / 4 + 2 / 36) / 4)

    def attempt(rng):
        points = drawn.shares(4, rng)
        outcomes = respond(points, 6, rng)
        basis = np.column_stack([np.ones(len(points)), 2 * points - 1])
        found, over = least_squares(basis, outcomes, chance), mean_over(outcomes, chance)
        ends = [np.append(2 * one[1:], two) for one, two in ((found.low, over.low), (found.high, over.high))]
        return ends[0], np.append(EFFECTS, mean), ends[1]

    share = covered(300, 13, attempt)
    assert (share >= LEAST).all(), share
