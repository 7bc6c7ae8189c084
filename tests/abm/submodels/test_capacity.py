"""What fits: one rule for contracts in any order, for every month, and for the planner."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecopark.abm.entities.codes import AGREED, ENDED, OPERATING
from ecopark.abm.park import Park
from ecopark.abm.submodels.capacity import free_quantity, possible_quantity
from ecopark.abm.submodels.planner_solver import fit_rows
from tests import bench_parks
from tests.abm.negotiation.strategies import parks


def running(park):
    """Return the contracts in operation by the name of their seller [t/year]."""
    rows = park.results.columns("exchanges")
    live = rows["stage"] == "operating"
    return dict(zip(rows["material"][live], rows["quantity"][live], strict=True))


@pytest.mark.parametrize("first", ["slag", "ash"])
def test_two_shares_of_a_need_are_the_same_in_either_order(first):
    assert running(Park(bench_parks.shares(first), 1).run()) == pytest.approx({"slag": 27_000, "ash": 54_000})


def test_the_planner_assigns_the_same_shares():
    park = Park(bench_parks.shares("slag", {"governance.mode": "planned"}), 1).run()
    assert running(park) == pytest.approx({"slag": 27_000, "ash": 54_000})


def test_deliveries_take_the_share_of_the_month_by_class():
    park = Park(bench_parks.shares("slag", {"contract.dependable": 1, "contract.band": 1}), 1).run()
    flows = np.sort(park.state.exchanges.delivered_now[: int(park.state.clock.exchanges[0])])
    assert flows == pytest.approx([0.3 * 100_000 / 12, 0.6 * 100_000 / 12])


def under_contract(park):
    stage = park.state.funnel.stage
    return np.flatnonzero((stage >= AGREED) & (stage <= OPERATING))


@settings(max_examples=15, deadline=None)
@given(parks(), st.integers(0, 2**32))
def test_what_is_free_keeps_every_row_and_nothing_more_would(scenario, seed):
    park = Park(scenario, seed).advance(48)
    state, p = park.state, park.state.params[0]
    rows = np.arange(len(state.opportunities))
    if not len(rows):
        return
    held = under_contract(park)
    free = np.array([free_quantity(p, state, int(row), -1) for row in rows])
    use, room = fit_rows(state, rows)
    alone = np.array([_largest(use, room, column) for column in rows])
    other = ~np.isin(rows, held)
    scale = 1 + np.array([possible_quantity(p, state, state.opportunities[row]) for row in rows])
    assert np.all(free[other] <= alone[other] + 1e-9 * scale[other])
    assert free[other] == pytest.approx(np.maximum(alone[other], 0), abs=1e-6 * scale.max())


def _largest(use, room, column):
    part = use[:, [column]].tocoo()
    return min(room[row] / value for row, value in zip(part.row, part.data, strict=True) if value > 0)


def test_a_contract_that_ended_takes_no_room():
    park = Park(bench_parks.pair(), 1).advance(60)
    state, p = park.state, park.state.params[0]
    assert free_quantity(p, state, 0, -1) == pytest.approx(90_000)  # its own contract does not stand in its way
    state.funnel.stage[0] = ENDED
    assert free_quantity(p, state, 0, -1) == pytest.approx(possible_quantity(p, state, state.opportunities[0]))
