"""Stages of a park: each rule alone, the order of stages, and what a hold period does."""

from dataclasses import replace

import pytest

from ecopark.analysis.network.development_stages import StageRules, hold, stage_by_month, stage_changes

OWN = {"channel": "contact"}
GROWING = [
    ("a", "b", 12, None, OWN),
    ("b", "c", 36, None, OWN),
    ("c", "d", 60, None, OWN),
    *[("a", "d", 72, None, OWN) for _ in range(5)],
]


def test_a_growing_park_passes_its_stages_in_order(park_of):
    changes = stage_changes(park_of("abcd", GROWING, years=15))
    assert changes["stage"].tolist() == ["sprouting", "uncovering", "embedded"]
    # three links, three companies, two materials from month 60; half of eight links are five years old at 72 + 60
    assert changes["month"].tolist() == [12, 60, 132]
    assert changes["year"].tolist() == [1991, 1995, 2001]


def test_links_brought_about_by_others_do_not_embed(park_of):
    rows = [(*row[:4], {"channel": "search"}) for row in GROWING]
    assert "embedded" not in set(stage_by_month(park_of("abcd", rows, years=15))["stage"])


def test_two_companies_or_one_material_stay_sprouting(park_of):
    pair = [("a", "b", 0, None, {}) for _ in range(4)]
    same = [(a, b, 0, None, {"material": "ash"}) for a, b in ("ab", "bc", "cd", "da")]
    for rows in (pair, same):
        assert set(stage_by_month(park_of("abcd", rows, years=3))["stage"]) == {"sprouting"}


def test_a_park_that_loses_a_third_of_its_links_declines(park_of):
    rows = [("a", "b", 0, None, {}), ("b", "c", 0, None, {}), ("c", "d", 0, 60, {}), ("d", "a", 0, 60, {})]
    changes = stage_changes(park_of("abcd", rows, years=10))
    assert changes["stage"].tolist() == ["uncovering", "decline"]
    assert changes["month"].tolist() == [0, 60]
    gentle = stage_changes(park_of("abcd", rows, years=10), StageRules(decline_share=0.4))
    assert gentle["stage"].tolist() == ["uncovering", "sprouting"]


def test_a_park_without_exchanges_has_no_stage(park_of):
    run = park_of("ab", [], years=2)
    assert set(stage_by_month(run)["stage"]) == {"none"}
    assert stage_changes(run).empty


def test_a_stage_counts_only_when_it_holds():
    raw = ["none", "sprouting", "none", "sprouting", "sprouting", "sprouting"]
    assert hold(raw, 1) == raw
    assert hold(raw, 3) == ["none", "none", "none", "sprouting", "sprouting", "sprouting"]
    assert hold([], 3) == []


@pytest.mark.parametrize("field", ["uncovering_companies", "uncovering_materials", "uncovering_links"])
def test_each_threshold_of_uncovering_is_used(park_of, field):
    run = park_of("abcd", GROWING, years=15)
    strict = replace(StageRules(), **{field: 99})
    assert "uncovering" in set(stage_by_month(run)["stage"])
    assert "uncovering" not in set(stage_by_month(run, strict)["stage"])


@pytest.mark.parametrize("change", [{"embedded_links": 9}, {"lasting_years": 12.0}, {"own_share": 1.1}])
def test_each_threshold_of_embedding_is_used(park_of, change):
    assert "embedded" not in set(stage_by_month(park_of("abcd", GROWING, years=15), StageRules(**change))["stage"])
