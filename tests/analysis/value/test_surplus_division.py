"""Who got the surplus: split, Gini and public account in closed form."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecopark.analysis.value.surplus_division import gini, gini_by_year, public_account, split_by_exchange


def test_known_ginis():
    assert gini([5, 5, 5]) == 0.0
    assert gini([0, 0, 0, 8]) == pytest.approx(3 / 4)
    assert gini([1, 2, 3]) == pytest.approx(2 / 9)
    assert np.isnan(gini([]))
    assert np.isnan(gini([1.0, -2.0]))


@given(st.lists(st.floats(0.1, 1e6), min_size=1, max_size=20), st.floats(0.1, 10))
def test_gini_knows_neither_unit_nor_order_and_equals_its_definition(values, factor):
    values = np.array(values)
    pairs = np.abs(values[:, None] - values[None, :]).mean() / (2 * values.mean())
    assert gini(values) == pytest.approx(pairs, abs=1e-9)
    assert gini(factor * values[::-1]) == pytest.approx(gini(values), abs=1e-9)


def test_the_split_is_told_only_where_there_is_a_surplus(park_of):
    rows = [
        ("a", "b", 0, None, {"seller_gain": 1.0, "buyer_gain": 3.0}),
        ("a", "b", 0, None, {"seller_gain": 6.0, "buyer_gain": -1.0}),
        ("a", "b", 0, None, {"seller_gain": -4.0, "buyer_gain": 1.0}),
    ]
    split = split_by_exchange(park_of("ab", rows).exchanges)
    assert split["share_of_seller"].to_numpy()[:2] == pytest.approx([0.25, 1.2])
    assert np.isnan(split["share_of_seller"][2])
    assert split["total_gain"].tolist() == [4.0, 5.0, -3.0]


def test_gini_by_year_tells_linked_and_open_companies_apart(park_of):
    run = park_of("abc", [("a", "b", 0, None, {})], years=2)
    found = gini_by_year(run.companies)
    assert found["linked"].tolist() == [0.0, 0.0]
    assert found["open"].to_numpy() == pytest.approx([1 / 3, 1 / 3])


def test_the_public_account_adds_up_by_run(ensemble):
    account = public_account(ensemble.yearly)
    last = account[account["year"] == ensemble.end_year].set_index("replicate")["so_far"]
    for number, run in enumerate(ensemble.runs()):
        difference = run.yearly["public_balance"] - run.yearly["public_balance_alone"]
        assert last[number] == pytest.approx(difference.sum())
        pd.testing.assert_series_equal(public_account(run.yearly)["so_far"], difference.cumsum(), check_names=False)
