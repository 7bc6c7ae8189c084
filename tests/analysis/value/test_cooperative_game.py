"""The park as a game: Shapley value, core and least core with known answers."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecopark.analysis.value.cooperative_game import (
    Game,
    coalitions,
    distance_to_core,
    exchange_game,
    fairness,
    least_core,
    least_core_of,
    shapley,
    shapley_exact,
    shapley_of,
    shapley_sampled,
    worst_group,
    worst_group_by_programme,
)


def random_game(number, seed, cost=0.0, low=0.0):
    rng = np.random.default_rng(seed)
    pairs = np.triu(rng.uniform(low, 1.0, (number, number)), k=1)
    return Game(tuple("abcdefghijklmnopqrstuvwxyz"[:number]), pairs + pairs.T, cost)


@settings(max_examples=25, deadline=None)
@given(st.integers(2, 7), st.integers(0, 10**6), st.floats(0.0, 3.0))
def test_of_bilateral_gains_each_side_can_claim_half(number, seed, cost):
    game = random_game(number, seed, cost, low=-0.5)
    shares = shapley_exact(game.value, number)
    assert shares == pytest.approx(game.pairs.sum(axis=1) / 2 - cost / number)
    assert shares.sum() == pytest.approx(game.whole)
    assert shapley(game)["shapley"].to_numpy() == pytest.approx(shares)
    assert shapley_of(game.value, game.players)["shapley"].to_numpy() == pytest.approx(shares)


def test_shapley_value_of_the_glove_game():
    # two left gloves, one right: the right one is scarce and gets 2/3
    def pairs_of_gloves(rows):
        return np.minimum(rows[:, 0] + rows[:, 1], rows[:, 2]).astype(float)

    assert shapley_exact(pairs_of_gloves, 3) == pytest.approx([1 / 6, 1 / 6, 4 / 6])
    mean, error = shapley_sampled(pairs_of_gloves, 3, orders=4000, seed=1)
    assert (np.abs(mean - [1 / 6, 1 / 6, 4 / 6]) < 4 * error + 1e-12).all()


def test_sampling_has_no_error_on_sums_over_pairs_and_an_honest_one_else():
    game = random_game(15, 3)
    mean, error = shapley_sampled(game.value, 15, orders=20)
    assert mean == pytest.approx(game.pairs.sum(axis=1) / 2)
    assert error == pytest.approx(0.0, abs=1e-12)
    costly = random_game(15, 3, cost=4.0)
    mean, error = shapley_sampled(costly.value, 15, orders=4000)
    assert (error > 0).all()
    assert (np.abs(mean - (costly.pairs.sum(axis=1) / 2 - 4.0 / 15)) < 4 * error).all()
    assert shapley_of(costly.value, costly.players)["se"].gt(0).all()


@pytest.mark.parametrize(("cost", "excess"), [(0.0, -1.0), (1.5, 0.0), (1.8, 0.2), (2.0, 1 / 3)])
def test_three_companies_with_unit_pairs_lose_their_core_above_a_cost_of_one_and_a_half(cost, excess):
    game = Game(("a", "b", "c"), 1.0 - np.eye(3), cost)
    found = least_core(game)
    assert found.excess == pytest.approx(excess, abs=1e-9)
    assert sum(found.allocation.values()) == pytest.approx(game.whole)


@settings(max_examples=15, deadline=None)
@given(st.integers(3, 6), st.integers(0, 10**6), st.floats(0.0, 2.0))
def test_groups_added_one_by_one_give_the_programme_over_all_groups(number, seed, cost):
    game = random_game(number, seed, cost)
    excess, _ = least_core_of(game, coalitions(number)[1:-1].astype(float))
    assert least_core(game).excess == pytest.approx(excess, abs=1e-6)


@settings(max_examples=15, deadline=None)
@given(st.integers(3, 7), st.integers(0, 10**6))
def test_the_worst_group_by_programme_is_the_one_found_by_trying_all(number, seed):
    game = random_game(number, seed, low=-1.0)
    split = np.random.default_rng(seed).uniform(-1, 2, number)
    row, gain = worst_group_by_programme(game, split)
    assert gain == pytest.approx(worst_group(game, split)[1], abs=1e-7)
    assert float(game.value(row)[0] - row @ split) == pytest.approx(gain, abs=1e-7)


def test_a_split_is_stable_or_some_group_gains_by_leaving():
    game = Game(("a", "b", "c"), np.array([[0.0, 4, 0], [4, 0, 2], [0, 2, 0]]))
    assert distance_to_core(game, {"a": 2.0, "b": 3.0, "c": 1.0}) == pytest.approx(-1.0)
    assert distance_to_core(game, {"a": 2.0, "b": 4.0, "c": 0.0}) == pytest.approx(0.0)
    # a and b together are worth 4 but get 1
    assert distance_to_core(game, {"a": 0.5, "b": 0.5, "c": 5.0}) == pytest.approx(3.0)


def test_twenty_companies_are_no_trouble():
    game = random_game(20, 9, cost=20.0)
    found = least_core(game)
    assert sum(found.allocation.values()) == pytest.approx(game.whole)
    split = np.array([found.allocation[name] for name in game.players])
    assert worst_group(game, split)[1] == pytest.approx(found.excess, abs=1e-5)


def test_what_companies_get_is_set_against_what_they_can_claim():
    flows = pd.DataFrame(
        {"seller": ["a", "b"], "buyer": ["b", "c"], "seller_gain": [1.0, 2.0], "buyer_gain": [3.0, 2.0], "gain": 4.0}
    )
    frame, summary = fairness(flows)
    assert frame.set_index("company")["difference"].to_dict() == pytest.approx({"a": -1.0, "b": 1.0, "c": 0.0})
    assert summary["whole"] == 8.0
    assert summary["excess"] == pytest.approx(-1.0)
    assert summary["least_excess"] <= 0.0
    assert exchange_game(flows).pairs[0, 1] == 4.0


def test_no_exchange_is_a_game_of_nobody():
    empty = pd.DataFrame(
        {name: pd.Series(dtype=float) for name in ("seller", "buyer", "seller_gain", "buyer_gain", "gain")}
    )
    frame, summary = fairness(empty)
    assert frame.empty
    assert summary["whole"] == 0.0
