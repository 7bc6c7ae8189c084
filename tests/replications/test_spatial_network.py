import math
from dataclasses import replace

import numpy as np
import pytest
from scipy.special import ndtr

from ecopark.experiments.replications.comparison import MAIN
from ecopark.experiments.replications.declaration import read_published
from ecopark.experiments.replications.raimbault2020 import replication as r1
from ecopark.experiments.replications.raimbault2020.published_model import (
    Design,
    Network,
    centre_means,
    density,
    exchange,
    found,
    indicators,
    overlap,
    place,
    profile_means,
    profiles,
    prospector,
    run,
    tick,
)

from . import slow_twins

SMALL = Design(companies=8, ticks=20, bins=40, axis=40.0, draws=200)


def rng(seed=0):
    return np.random.default_rng(seed)


def test_overlap_is_symmetric_bounded_and_whole_with_itself():
    some = rng().random((6, 30))
    assert overlap(some, some[0])[0] == pytest.approx(some[0].sum())
    assert overlap(some[1:2], some[2])[0] == overlap(some[2:3], some[1])[0]
    assert (overlap(some, some[0]) <= np.minimum(some.sum(axis=1), some[0].sum()) + 1e-12).all()
    assert overlap(some, np.zeros(30)).max() == 0


@pytest.mark.parametrize("gap", [0.05, 0.1, 0.3])
def test_overlap_of_two_normals_is_the_closed_form(gap):
    design = Design(draws=10**9)
    two = profiles(design, np.array([0.5, 0.5 + gap]), rng())
    assert overlap(two[:1], two[1])[0] == pytest.approx(2 * ndtr(-gap / (2 * design.sigma)), abs=2e-3)


def test_profiles_have_mass_one_and_pile_up_at_the_ends():
    design = Design(draws=10**6)
    made = profiles(design, np.array([-0.1, 0.5, 1.2]), rng())
    assert made.sum(axis=1) == pytest.approx([1, 1, 1])
    assert made[0, 0] == pytest.approx(ndtr((0.001 + 0.1) / 0.1), abs=2e-3)
    assert made[2, -1] == pytest.approx(1 - ndtr((0.999 - 1.2) / 0.1), abs=2e-3)


def test_profiles_are_histograms_of_floored_normal_draws():
    design = replace(Design(), draws=4000, shift=0.1, bins=1200)
    made = profiles(design, np.full(60, 0.3), rng(1))
    drawn = np.floor(rng(2).normal(300 + 100, 100, (60, 4000)))
    for quantile in (0.1, 0.5, 0.9):
        ours = np.argmax(made.cumsum(axis=1) >= quantile, axis=1).mean()
        assert ours == pytest.approx(np.quantile(drawn, quantile, axis=1).mean(), abs=2.0)


def test_density_at_a_lone_centre_and_around_it():
    design = Design(centres=1)
    field = density(design, np.array([[30.0, 30.0]]))
    assert field[30, 30] == 1
    assert field[35, 30] == pytest.approx(math.exp(-1))
    second = density(replace(design, centres=2), np.array([[0.0, 0.0], [30.0, 30.0]]))
    assert second[30, 33] / second[30, 30] == pytest.approx(math.exp(-3 / (5 / 2**0.3)), abs=1e-3)


def test_companies_settle_with_density_to_the_power_and_stay_within_half_a_cell():
    design = Design(companies=20_000, centres=1, width=21, height=21)
    at = place(design, np.array([[10.0, 10.0]]), rng())
    assert at.min() >= -0.5
    assert at.max() <= 20.5
    cell = np.rint(at).astype(int)
    weight = density(design, np.array([[10.0, 10.0]])) ** 1.5
    share = np.mean((cell == 10).all(axis=1))
    assert share == pytest.approx(weight[10, 10] / weight.sum(), rel=0.1)


def test_strict_plans_put_companies_at_their_centres_place():
    design = Design(means="centre", centres=2)
    centres = np.array([[5.0, 5.0], [50.0, 50.0]])
    position = np.array([[6.0, 5.0], [49.0, 50.0], [5.0, 9.0]])
    planned = centre_means(design, centres, position, rng())
    assert sorted(set(planned[:, 0])) == [0.5, 1.0]
    assert planned[0, 0] == planned[2, 0]
    assert planned[2, 1] == pytest.approx(4 / design.diagonal)
    assert (profile_means(replace(design, companies=3), planned, rng()) == planned[:, 0]).all()


def test_mean_rules_have_their_ranges():
    design = Design(companies=5000)
    shifted = profile_means(design, np.zeros((5000, 2)), rng())
    inside = profile_means(replace(design, means="inside"), np.zeros((5000, 2)), rng())
    assert (round(shifted.min(), 2), round(shifted.max(), 2)) == (-0.1, 0.9)
    assert (round(inside.min(), 2), round(inside.max(), 2)) == (0.1, 0.9)


@pytest.mark.parametrize("seed", range(5))
def test_mass_is_conserved(seed):
    generator = rng(seed)
    start = found(SMALL, generator)
    supply, need = start.output.sum(), start.input.sum()
    for _ in range(SMALL.ticks):
        tick(SMALL, start, generator)
    assert start.output.min() >= 0
    assert start.input.min() >= 0
    assert supply - start.output.sum() == pytest.approx(start.traded)
    assert need - start.input.sum() == pytest.approx(start.traded)
    assert start.flow.sum() <= start.traded + 1e-12
    assert start.flow.diagonal().sum() == 0


def test_a_second_trade_leaves_the_old_weight():
    network = Network(
        np.zeros((2, 2)), np.array([[0.5, 0.0], [0, 0]]), np.array([[0, 0], [0.25, 0.0]]), np.zeros((2, 2))
    )
    exchange(network, 0, 1)
    network.input[1, 0] = 0.1
    exchange(network, 0, 1)
    assert network.flow[0, 1] == 0.25
    assert network.traded == pytest.approx(0.35)
    assert network.output[0, 0] == pytest.approx(0.15)


def test_prohibitive_cost_or_threshold_leaves_everything_waste():
    for design in (replace(SMALL, transport_cost=1e6), replace(SMALL, threshold=1.0)):
        found_out = indicators(design, run(design, rng()))
        assert found_out["total waste"] == pytest.approx(1)
        assert found_out["components"] == SMALL.companies
        assert found_out["in-degree"] == 0
        assert math.isnan(found_out["mean flow"])


def test_indicators_of_a_known_network():
    flow = np.zeros((4, 4))
    flow[0, 1], flow[1, 0], flow[1, 2] = 0.5, 0.2, 0.3
    network = Network(np.array([[0, 0], [3, 4], [3, 0], [9, 9]]), np.full((4, 2), 0.1), np.zeros((4, 2)), flow)
    got = indicators(Design(companies=4), network)
    assert got["total waste"] == pytest.approx(0.2)
    assert got["in-degree"] == 0.75
    assert got["mean flow"] == pytest.approx(1 / 3)
    assert got["components"] == 2
    assert got["relative cost"] == pytest.approx((0.5 * 5 + 0.2 * 5 + 0.3 * 4) / math.hypot(61, 61))
    assert indicators(Design(companies=4, count_centres=True), network)["components"] == 7


def test_the_least_connected_act_first():
    flow = np.zeros((4, 4))
    flow[0, 1] = flow[2, 1] = 1
    design = Design(companies=4, prospect="least_connected")
    assert {prospector(design, flow, rng(seed)) for seed in range(10)} == {3}
    assert {prospector(Design(companies=4), flow, rng(seed)) for seed in range(40)} == {0, 1, 2, 3}


def test_a_short_lottery_meets_nobody():
    design = replace(SMALL, lottery=1e-9)
    assert indicators(design, run(design, rng()))["in-degree"] == 0


@pytest.mark.parametrize("seed", range(6))
def test_slow_twin_makes_the_same_network(seed):
    design = replace(SMALL, transport_cost=0.5, threshold=0.1 * (seed % 2))
    fast = found(design, rng(seed))
    slow = [slow_twins.Firm(*row) for row in zip(fast.position, fast.output, fast.input, strict=True)]
    slow_twins.trade_for(slow, design.ticks, design.transport_cost, design.threshold, design.diagonal, rng(seed + 50))
    generator = rng(seed + 50)
    for _ in range(design.ticks):
        tick(design, fast, generator)
    assert fast.traded > 0
    assert fast.output == pytest.approx(np.array([firm.output for firm in slow]), abs=1e-12)
    flows = {(slow.index(a), slow.index(b)): weight for a in slow for b, weight in a.sold_to.items()}
    assert flows == pytest.approx({(int(a), int(b)): fast.flow[a, b] for a, b in np.argwhere(fast.flow)})


def test_higher_cost_and_threshold_mean_fewer_trades():
    rows = ["c 0.5, T0 0", "c 0.5, T0 0.5", "c 3.5, T0 0", "c 3.5, T0 0.5"]
    values = r1.sample({case: r1.EARLY[case] for case in rows}, 15, (2,))
    cheap, choosy, dear, both = (values[case]["in-degree"].mean() for case in rows)
    assert cheap > choosy > both
    assert cheap > dear > both
    assert values["c 3.5, T0 0"]["total waste"].mean() > values["c 0.5, T0 0"]["total waste"].mean()


def test_two_published_rows_are_met():
    cases = ("c 0.5, T0 0.25", "c 3.5, T0 0.5")
    numbers = [number for number in read_published() if number.case in cases]
    rows = r1.hold_against(numbers, r1.sample({case: r1.EARLY[case] for case in cases}, 60, (7,)), MAIN)
    assert len(rows) == 10
    assert all(row.met for row in rows)


def test_planning_pays_when_strict_and_not_when_loose():
    designs = {"none": r1.UNPLANNED, "strict": r1.CLUSTERS["spread 0"], "loose": r1.CLUSTERS["spread 20"]}
    waste = {case: found["total waste"].mean() for case, found in r1.sample(designs, 25, (3,)).items()}
    assert waste["strict"] < 0.6 * waste["none"]
    assert waste["loose"] > waste["none"]
