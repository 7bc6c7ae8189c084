"""The nearest of some places: what is measured one by one is what the index says."""

import sys

import numpy as np
import pytest

from ecopark.abm.initialization import nearest as room
from ecopark.abm.initialization.nearest import nearest


def both(monkeypatch, *asked, **how):
    """Return the answer of few places, and that of the index."""
    measured = nearest(*asked, **how)
    monkeypatch.setattr(room, "FEW", 0)
    return measured, nearest(*asked, **how)


@pytest.mark.parametrize("limit", [np.inf, 3.0, 0.01])
@pytest.mark.parametrize(("places", "count"), [(1, 1), (7, 7), (90, 12), (90, 1)])
def test_few_places_are_answered_as_by_the_index(monkeypatch, places, count, limit):
    drawn = np.random.default_rng(places + count).uniform(0, 10, (places + 20, 2))
    (far, index), (far_there, index_there) = both(monkeypatch, drawn[:places], drawn[places:], count, limit)
    assert np.array_equal(far, far_there)
    assert np.array_equal(index, index_there)


@pytest.mark.parametrize("is_order_used", [True, False])
def test_the_index_decides_between_places_equally_far(monkeypatch, is_order_used):
    grid = np.array([(x, y) for x in range(7) for y in range(7)], dtype=float)
    few, index = both(monkeypatch, grid, grid, 6, is_order_used=is_order_used)
    for place, answer in zip(few[1].tolist(), index[1].tolist(), strict=True):
        assert place == answer if is_order_used else (place[0], {*place}) == (answer[0], {*answer})


def test_a_tie_within_the_nearest_needs_no_index_where_their_order_is_not_used(monkeypatch):
    monkeypatch.setitem(sys.modules, "scipy.spatial", None)
    line = np.array([(0.0, 0.0), (1.0, 0.0), (-1.0, 0.0), (5.0, 0.0)])
    assert {*nearest(line, line[:1], 3, is_order_used=False)[1][0].tolist()} == {0, 1, 2}
    with pytest.raises(ImportError):
        nearest(line, line[:1], 3)
