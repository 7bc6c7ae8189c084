"""All tables as one argument: found where they are, looked up anew only when one is replaced, never from a broken layout."""

import numpy as np
import pytest

from ecopark.abm.initialization.found import found
from ecopark.abm.numerics import compiled, table_pointer
from ecopark.abm.numerics.compiled import compiled as rule
from tests.parks import trio


@rule
def write_everywhere(s, row):
    """Write a mark into tables of one and of two dimensions; return what is read back and the lengths."""
    s.companies[row].cash = 7.5
    s.prices[row, 3] = 2.5
    return s.companies[row].cash + s.prices[row, 3], len(s.companies) * 1000 + s.prices.shape[1]


def test_rules_read_and_write_the_tables_of_the_state():
    state = found(trio(), 1, 24)
    assert write_everywhere(state, 1) == (10.0, 1000 * len(state.companies) + 24)
    assert (state.companies.cash[1], state.prices[1, 3]) == (7.5, 2.5)


def test_a_replaced_table_is_found_at_its_new_place():
    state = found(trio(), 1, 24)
    write_everywhere(state, 0)
    before = state.address
    assert state.address == before
    state.companies = state.companies.copy()
    state.companies.cash = 0
    write_everywhere(state, 1)
    assert state.companies.cash.tolist()[:2] == [0, 7.5]


def test_rows_that_do_not_stand_one_after_another_are_refused():
    state = found(trio(), 1, 24)
    state.prices = np.zeros((24, len(state.materials))).T
    with pytest.raises(ValueError, match="rows of prices"):
        state.address  # noqa: B018


@pytest.mark.skipif(not compiled.COMPILE, reason="nothing is compiled")
def test_the_type_is_worked_out_once_for_all_states_of_a_layout(monkeypatch):
    first = found(trio(), 1, 24)
    write_everywhere(first, 0)
    monkeypatch.setattr(table_pointer, "Tables", None)  # would fail when one more were made
    other = found(trio(), 2, 36)
    write_everywhere(other, 0)
    other.grow("exchanges", 10_000)
    write_everywhere(other, 0)
    assert other.kind is first.kind
    assert first.copy().kind is None
