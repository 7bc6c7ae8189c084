"""The network of a month: closed forms of small graphs."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecopark.analysis.network.measures import (
    degree_distribution,
    graph_at,
    measure_network,
    nestedness,
    network_by_year,
    running_at,
)

STAR = [("a", name, 0, None, {}) for name in "bcd"]


def test_an_exchange_runs_from_its_start_until_before_its_end(park_of):
    run = park_of("ab", [("a", "b", 12, 24, {})])
    assert [len(running_at(run.exchanges, month)) for month in (11, 12, 23, 24)] == [0, 1, 1, 0]


def test_a_star_has_centralisation_one_and_an_anchor_with_all_links(park_of):
    found = measure_network(graph_at(park_of("abcd", STAR), 30))
    assert found["centralisation"] == 1.0
    assert (found["anchor"], found["anchor_share"]) == ("a", 1.0)
    assert found["density"] == pytest.approx(3 / 6)
    assert found["mean_degree"] == pytest.approx(6 / 4)
    assert (found["components"], found["largest_component"]) == (1, 1.0)


def test_a_ring_has_centralisation_zero(park_of):
    ring = [("a", "b", 0, None, {}), ("b", "c", 0, None, {}), ("c", "d", 0, None, {}), ("d", "a", 0, None, {})]
    found = measure_network(graph_at(park_of("abcd", ring), 30))
    assert found["centralisation"] == 0.0
    assert found["anchor_share"] == 0.5


def test_several_exchanges_of_a_pair_are_links_but_one_pair(park_of):
    rows = [("a", "b", 0, None, {}), ("a", "b", 0, None, {}), ("b", "a", 0, None, {})]
    found = measure_network(graph_at(park_of("abc", rows), 30))
    assert found["links"] == 3
    assert found["density"] == pytest.approx(1 / 3)
    assert (found["companies"], found["linked"]) == (3, 2)


def test_two_separate_triangles_are_two_modules_and_two_sectors(park_of):
    one, two = {"seller_sector": "x", "buyer_sector": "x"}, {"seller_sector": "y", "buyer_sector": "y"}
    rows = [(a, b, 0, None, one) for a, b in ("ab", "bc", "ca")] + [(a, b, 0, None, two) for a, b in ("de", "ef", "fd")]
    run = park_of("abcdef", rows)
    run.companies.loc[run.companies["company"].isin(list("abc")), "sector"] = "x"
    run.companies.loc[run.companies["company"].isin(list("def")), "sector"] = "y"
    found = measure_network(graph_at(run, 30))
    assert found["components"] == 2
    assert found["modularity"] == pytest.approx(0.5)
    assert found["sector_assortment"] == pytest.approx(1.0)


def test_nested_and_chequered_matrices():
    assert nestedness(np.array([[1, 1, 1], [1, 1, 0], [1, 0, 0]])) == 100.0
    assert nestedness(np.array([[1, 0], [0, 1]])) == 0.0
    assert np.isnan(nestedness(np.ones((1, 4))))


@settings(max_examples=50)
@given(st.integers(2, 6), st.integers(2, 6), st.integers(0, 2**32 - 1))
def test_nestedness_does_not_depend_on_the_order_of_companies(rows, columns, seed):
    rng = np.random.default_rng(seed)
    matrix = (rng.random((rows, columns)) < 0.5).astype(float)
    shuffled = matrix[rng.permutation(rows)][:, rng.permutation(columns)]
    assert nestedness(matrix) == pytest.approx(nestedness(shuffled))
    assert 0.0 <= nestedness(matrix) <= 100.0


def test_a_park_without_exchanges_has_measures_that_say_so(park_of):
    found = network_by_year(park_of("a", [], years=2))
    assert found["links"].tolist() == [0, 0]
    assert found[["density", "anchor_share", "centralisation", "modularity", "nestedness"]].isna().all().all()
    assert found["anchor"].isna().all()


def test_the_yearly_measures_agree_with_the_table_of_the_run(run):
    found = network_by_year(run)
    assert found["links"].tolist() == run.yearly["links"].tolist()


def test_degrees_are_counted_for_every_open_company(park_of):
    found = degree_distribution(park_of("abcde", STAR), 30)
    assert found["degree"].tolist() == [0, 1, 3]
    assert found["companies"].tolist() == [1, 3, 1]
    assert found["at_least"].to_numpy() == pytest.approx([1.0, 0.8, 0.2])
