import itertools

import numpy as np
import pytest

from ecopark.experiments.replications.hold_up2026 import published_model as hold_up
from ecopark.experiments.replications.hold_up2026 import replication as r2
from ecopark.experiments.replications.hold_up2026.published_model import Setting, simulate

from . import slow_twins

CALM = Setting(turbulence=0.0, contract=0.0, memory=10, cost=5.0, surplus=15.0, lock_in=10, ticks=60)


def rng(seed=0):
    return np.random.default_rng(seed)


@pytest.mark.parametrize("value", [0.0, 0.4, 5.0, 15.0])
def test_payoffs_share_the_value(value):
    assert hold_up.split(value, True) == (value / 2, value / 2)
    assert hold_up.split(value, False) == (1.0, value - 1.0)
    assert sum(hold_up.split(value, False)) == pytest.approx(value)


def test_holding_up_pays_the_consumer_above_a_value_of_two():
    for value in (1.0, 1.9, 2.1, 8.0):
        assert (hold_up.split(value, False)[1] > hold_up.split(value, True)[1]) == (value > 2)


def test_risk_rule_turns_at_its_closed_form():
    setting = CALM._replace(turbulence=2.0, contract=0.5, cost=10.0, lock_in=10)
    opportunists = 0.4
    exposure = opportunists * 0.5
    turn = 2 * (0.5 + 1.0 + 10 / 50 - exposure) / (1 - exposure)
    assert hold_up.worth_investing(turn + 1e-6, opportunists, setting)
    assert not hold_up.worth_investing(turn - 1e-6, opportunists, setting)


def test_distance_wraps_around():
    position = np.array([[0.5, 0.5], [32.5, 32.5], [16.0, 16.0], [5.5, 0.5]])
    assert hold_up.near(position, 0, 1, 33.0)
    assert not hold_up.near(position, 0, 2, 33.0)
    assert hold_up.near(position, 0, 3, 33.0)


def test_links_end_only_after_the_lock_in_and_only_with_opportunists():
    partner, age, held_up = np.array([0, 1, 0]), np.array([8, 9, 9]), np.full((3, 3), hold_up.LONG_AGO)
    strategy = np.array([True, True, True, False, True, True])
    hold_up.end_links(4, partner, age, held_up, strategy, 10)
    assert partner.tolist() == [0, 1, -1]
    assert age.tolist() == [9, 10, 10]
    assert held_up[2, 0] == 4
    assert (held_up > 0).sum() == 1


def start(held_up, now=0, cost=5.0, strategy=(True, True)):
    position, partner, age = np.array([[1.0, 1.0], [2.0, 1.0]]), np.array([-1]), np.array([7])
    wealth = np.array([50.0, 50.0])
    strategy = np.array(strategy)
    hold_up.start_links(now, position, partner, age, np.array([[held_up]]), wealth, strategy, CALM, cost, rng())
    return partner[0], wealth.tolist()


def test_a_producer_pays_for_its_link_and_avoids_whom_it_remembers():
    assert start(hold_up.LONG_AGO) == (0, [45.0, 50.0])
    assert start(held_up=0, now=9) == (-1, [50.0, 50.0])
    assert start(held_up=0, now=10) == (0, [45.0, 50.0])
    assert start(hold_up.LONG_AGO, strategy=(False, True)) == (-1, [50.0, 50.0])


@pytest.mark.parametrize(("contract", "shares"), [(1.0, (7.5, 7.5)), (0.0, (1.0, 14.0))])
def test_a_round_moves_exactly_the_value_less_the_cost(contract, shares):
    partner, wealth = np.array([1, -1, 1]), np.zeros(6)
    hold_up.play(15.0, partner, np.array([True] * 3 + [False] * 3), wealth, contract, 2.0, rng())
    ours, theirs = shares
    assert wealth.tolist() == [ours - 2, 0, ours - 2, 0, 2 * theirs, 0]


@pytest.mark.parametrize(
    ("seed", "every_tick", "risk_rule", "everyone"),
    [(k, *flags) for k, flags in enumerate(itertools.product([False, True], repeat=3))],
)
def test_slow_twin_goes_the_same_way(seed, every_tick, risk_rule, everyone):
    setting = Setting(
        turbulence=2.0, contract=0.3, memory=5, cost=5.0, surplus=8.0, lock_in=4, every_tick=every_tick,
        risk_rule=risk_rule, everyone_mutates=everyone, ticks=80, agents=7, side=12.0,
    )  # fmt: skip
    fast = simulate(setting, rng(seed))
    slow = np.array(slow_twins.hold_up_history(setting, rng(seed))).T / 7
    assert (fast == slow).all()
    assert len(np.unique(fast)) > 3


def test_same_seed_same_run_and_other_seed_another():
    assert (simulate(CALM, rng(3)) == simulate(CALM, rng(3))).all()
    assert (simulate(CALM, rng(3)) != simulate(CALM, rng(4))).any()


def test_a_running_cost_above_the_share_keeps_producers_out_and_a_sunk_one_does_not():
    setting = CALM._replace(cost=10.0, ticks=400)
    sunk = np.mean([simulate(setting, rng(k))[0, -1] for k in range(8)])
    running = np.mean([simulate(setting._replace(every_tick=True, risk_rule=False), rng(k))[0, -1] for k in range(8)])
    assert sunk > 0.9
    assert running < 0.1


def test_error_of_a_mean_comes_from_within_points():
    points = np.array([[0, 0, 10, 0, 5, 10], [0, 0, 10, 10, 5, 10]], dtype=float)
    sample = r2.Sample(points, np.array([[90.0, 92.0], [0.0, 2.0]]), np.full((2, 2), 50.0))
    mean, error, runs = sample.mean()
    assert (mean, runs) == (46.0, 4)
    assert error == pytest.approx(np.sqrt(2.0 / 4))
    assert sample.mean(cost=10.0)[0] == 1.0
    assert sample.mean("honest")[:2] == (50.0, 0.0)
