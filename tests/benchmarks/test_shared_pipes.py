"""Shared pipes: places counted in whole runs, what they save, and which divisions of the cost lie in the core."""

import numpy as np
import pytest

from ecopark.abm.park import Park
from ecopark.experiments.benchmarks.negotiation import shared_pipes as measured
from ecopark.experiments.benchmarks.negotiation.shared_pipes import Pipe, pipes_of, receipts
from tests.parks import terrace


@pytest.fixture(scope="module")
def park():
    """A greenhouse with a pipe of its own and a small one beside it that buys a place."""
    return Park(terrace({"investment.shared_pipes": True}), 1).run()


def test_a_place_is_read_from_the_assets_of_a_run(park):
    (pipe,) = pipes_of(park)
    first, second = park.state.exchanges[:2]
    assert pipe.joint == pytest.approx(100_000 * np.hypot(2, 1))
    assert pipe.alone[0] == pytest.approx(pipe.paid[0]) == pytest.approx(pipe.joint + pipe.own[0])
    assert pipe.flow == pytest.approx([first.quantity, second.quantity])
    way = 100_000 * np.hypot(0.2, 0.1)
    assert pipe.own[1] == pytest.approx(way + 0.5 * np.hypot(2.2, 1.1) * second.quantity)
    assert pipe.paid[1] == pytest.approx(pipe.own[1] + second.buy_in)
    assert pipe.lasts[1] < pipe.lasts[0] == 1
    assert pipe.saved == pytest.approx([1 - pipe.paid[1] / pipe.lasts[1] / pipe.alone[1]])
    assert pipe.saved[0] > 0
    assert receipts(park).tolist() == pytest.approx([second.buy_in])


def test_the_shapley_division_is_in_the_core_where_others_are_not():
    """A fixed part of 100, users with flows 9 and 1: equal parts and parts by flow ask one of them for more than it costs alone."""
    pipe = Pipe(100.0, np.array([90.0, 0.0]), np.array([190.0, 100.0]), np.zeros(2), np.array([9.0, 1.0]), np.ones(2))
    found = pipe.divisions()
    assert found["Shapley"] == pytest.approx([140, 50])
    assert found["flow"] == pytest.approx([171, 19])
    assert found["equal"] == pytest.approx([95, 95])
    assert [pipe.in_core(found[name]) for name in ("Shapley", "flow", "equal")] == [True, True, True]
    dear = Pipe(10.0, np.array([90.0, 0.0]), np.array([100.0, 10.0]), np.zeros(2), np.array([1.0, 1.0]), np.ones(2))
    found = dear.divisions()
    assert [dear.in_core(found[name]) for name in ("Shapley", "flow", "equal")] == [True, False, False]


@pytest.mark.parametrize("corridor", [0.5, 0.0])
def test_rows_say_what_was_found_and_nothing_more_where_no_place_is_bought(monkeypatch, corridor):
    def scenario(_, values=None):
        return terrace({**(values or {}), "investment.corridor": corridor})

    monkeypatch.setattr(measured, "load_scenario", scenario)
    rows = measured.shared_pipes("terrace", [1])
    assert rows[0].value == (1 if corridor else 0)
    assert len(rows) == (9 if corridor else 1)
    assert all(row.holds is not False for row in rows)
    values = {row.what.partition(": ")[2]: row.value for row in rows}
    if corridor:
        assert values["pipes with the Shapley division in the core"] == 1
        assert values["contracts signed, against runs without"] == 2
