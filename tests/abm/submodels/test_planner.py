"""Planning: true values, flows that fit, the same on every machine."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog
from scipy.sparse import csr_array

from ecopark.abm.park import Park
from ecopark.abm.submodels import flow_programme
from ecopark.abm.submodels.negotiation.utility import annuity
from ecopark.abm.submodels.planner import is_planning_due, list_candidates, value_opportunities
from tests import bench_parks
from tests.abm.submodels.tables import one, params
from tests.references import parks


@pytest.mark.parametrize(
    ("mode", "month", "planned", "due"),
    [
        ("planned", 0, np.nan, True),
        ("planned", 12, 0, True),
        ("planned", 12, 12, False),
        ("planned", 13, 0, False),
        ("self_organised", 0, np.nan, False),
        ("facilitated", 12, np.nan, False),
    ],
)
def test_planner_assigns_each_january_once(mode, month, planned, due):
    clock = one("clock", month=month, planned=planned)
    assert is_planning_due(params({"governance.mode": mode}), clock) == due


def test_values_on_paper():
    """A tonne is worth 32.5 to both; arranging 60,000 over three years at 8 %, monitoring 3,000 a side."""
    park = Park(bench_parks.pair(), 1).advance(1)
    values, fixed = value_opportunities(park.state.params[0], park.state.levers[0], park.state)
    assert values[0] == pytest.approx(32.5)
    assert fixed[0] == pytest.approx(annuity(0.08, 3) * 60_000 + 6_000)
    assert list_candidates(1, park.state.params[0], park.state)[0] == pytest.approx(90_000)


def programme(rng, supplies, needs):
    ways = [(i, j) for i in range(supplies) for j in range(needs) if rng.random() < 0.8] or [(0, 0)]
    per_unit = rng.uniform(0.5, 1.5, len(ways))
    rows = np.r_[[i for i, _ in ways], [supplies + j for _, j in ways]]
    use = csr_array(
        (np.r_[np.ones(len(ways)), per_unit], (rows, np.tile(np.arange(len(ways)), 2))),
        shape=(supplies + needs, len(ways)),
    )
    return rng.normal(2, 2, len(ways)), rng.uniform(0, 5, len(ways)), use, rng.uniform(1, 10, supplies + needs)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10**6))
def test_no_choice_of_exchanges_is_worth_more(seed):
    values, fixed, use, room = programme(np.random.default_rng(seed), 3, 2)
    found = flow_programme.solve_flows(values, fixed, use, room, 0.0, 1e-6, 1000)
    best = 0.0
    for chosen in product([False, True], repeat=len(values)):
        mask = np.array(chosen)
        if mask.any():
            answer = linprog(-values[mask], A_ub=use.toarray()[:, mask], b_ub=room)
            best = max(best, -answer.fun - fixed[mask].sum())
    assert found.value == pytest.approx(best, rel=1e-5, abs=1e-6)
    assert found.bound >= found.value
    assert np.all(use @ found.flow <= room * (1 + 1e-7))


def test_an_unfinished_search_keeps_its_bound():
    values, fixed, use, room = programme(np.random.default_rng(1), 40, 40)
    early = flow_programme.solve_flows(values, fixed, use, room, 0.0, 0.5, 1)
    late = flow_programme.solve_flows(values, fixed, use, room, 0.0, 1e-4, 10_000)
    assert early.value <= late.value + 1e-6
    assert early.bound >= late.value - 1e-6
    assert np.array_equal(early.flow, flow_programme.solve_flows(values, fixed, use, room, 0.0, 0.5, 1).flow)


def test_a_connection_is_not_built_for_a_trickle():
    use, room = csr_array(np.array([[1.0, 1.0], [1.0, 0.0], [0.0, 1.0]])), np.array([100.0, 100.0, 90.0])
    values, fixed = np.array([1.0, 1.1]), np.zeros(2)
    assert flow_programme.solve_flows(values, fixed, use, room, 0.0, 1e-6, 100).flow == pytest.approx([10, 90])
    assert flow_programme.solve_flows(values, fixed, use, room, 0.2, 1e-6, 100).flow == pytest.approx([20, 80])


def test_a_planned_park_gains_no_less_than_one_left_to_itself():
    gains = [
        float(Park(parks.thirty({"governance.mode": mode}), 3).advance(120).monthly["gain"].sum())
        for mode in ("planned", "self_organised")
    ]
    assert gains[0] > gains[1]
