"""Scoring against history: scores by their definition, links matched one by one."""

import json

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecopark.analysis.report.validation_report import score_page
from ecopark.analysis.run_folder.tables import IncompleteTablesError
from ecopark.analysis.validation.goodness_of_fit import closeness, crps
from ecopark.analysis.validation.history import (
    ends_by_cause,
    ends_by_year,
    read_history,
    savings_and_payback,
    score,
    score_counts,
)
from ecopark.analysis.validation.link_matching import false_links, links_by_year, score_links
from ecopark.analysis.validation.turning_points import active_members, members_by_year, turning_points

ROWS = [
    ("a", "b", 12, None, {"material": "ash"}),
    ("b", "c", 24, 48, {"material": "heat", "reason": "unprofitable"}),
    ("c", "a", 36, None, {"material": "sludge"}),
]
LINKS = pd.DataFrame(
    {
        "id": ["K1", "K2", "K3"],
        "seller": ["a", "b", "a"],
        "buyer": ["b", "c", "c"],
        "material": ["ash", "heat", "gas"],
        "start": [1994, 1991, 1995],
        "end_low": [np.nan, 1993, np.nan],
        "end": [np.nan, 1995, np.nan],
        "end_high": [np.nan, 1996, np.nan],
        "cause": [None, "by_product_gone", None],
        "core": [1, 1, 0],
    }
)


@given(st.lists(st.integers(0, 30), min_size=1, max_size=12), st.integers(0, 30))
def test_crps_equals_its_integral(runs, observed):
    grid = np.arange(-1.0, 32.0, 0.5) + 0.25
    share = (np.array(runs)[:, None] <= grid).mean(axis=0)
    integral = 0.5 * ((share - (observed <= grid)) ** 2).sum()
    assert crps(runs, observed) == pytest.approx(integral)


def test_a_sure_and_right_forecast_scores_zero_and_one_run_its_error():
    assert crps([4, 4, 4], 4) == 0.0
    assert crps([7], 4) == 3.0


def test_links_are_matched_by_seller_buyer_and_material(park_of):
    found = score_links(park_of("abc", ROWS), LINKS).set_index("id")
    assert found["appears"].to_dict() == {"K1": 1.0, "K2": 1.0, "K3": 0.0}
    assert found["error"].to_dict()["K1"] == 1991 - 1994
    assert found["miss"].to_dict()["K2"] == 1
    assert np.isnan(found["miss"]["K3"])
    assert list(score_links(park_of("abc", ROWS), LINKS, until=1991)["id"]) == ["K2"]


def test_a_run_without_exchanges_finds_nothing_and_invents_nothing(park_of):
    run = park_of("abc", [])
    assert (score_links(run, LINKS)["appears"] == 0).all()
    assert false_links(run, LINKS).empty
    assert ends_by_cause(run, LINKS)["model"].sum() == 0


def test_names_joined_by_a_semicolon_are_alternatives(park_of):
    links = LINKS.assign(seller=["x;a", "b", "a"], material=["ash;slag", "heat;steam", "gas"])
    rows = [
        ("a", "b", 30, None, {"material": "slag"}),
        ("a", "b", 12, None, {"material": "ash"}),
        ("b", "c", 24, None, {"material": "steam"}),
    ]
    run = park_of("abcx", rows)
    found = score_links(run, links).set_index("id")
    assert found["appears"].to_dict() == {"K1": 1.0, "K2": 1.0, "K3": 0.0}
    assert found["year_mid"]["K1"] == 1991
    assert false_links(run, links).empty
    assert (
        score(run, pd.DataFrame({"year": [1990], "low": 0, "mid": 1, "high": 1}), links).summary["true links by 1995"]
        == 2
    )


def test_a_link_of_history_counts_once_however_many_contracts_it_takes(park_of):
    links = LINKS.assign(seller=["x;a", "b", "a"], material=["ash;slag", "heat;steam", "gas"])
    rows = [
        ("a", "b", 12, None, {"material": "ash"}),
        ("a", "b", 12, 36, {"material": "slag"}),
        ("x", "b", 24, None, {"material": "ash"}),
        ("c", "a", 12, 40, {"material": "sludge"}),
        ("c", "a", 12, None, {"material": "gas"}),
        ("b", "c", np.nan, None, {"material": "heat"}),
    ]
    counted = links_by_year(park_of("abcx", rows, years=5), links)
    assert counted["links"].tolist() == [0, 3, 3, 2, 2]
    assert counted["year"].tolist() == [1990, 1991, 1992, 1993, 1994]


def test_every_run_of_an_ensemble_is_counted(ensemble):
    counted = links_by_year(ensemble, LINKS)
    assert len(counted) == len(ensemble.yearly)
    both = counted.merge(ensemble.yearly, on=["replicate", "year"])
    assert (both["links_x"] <= both["links_y"]).all()
    assert both["links_x"].max() > 0


def test_false_links_are_those_history_does_not_know(park_of):
    found = false_links(park_of("abc", ROWS), LINKS)
    assert found[["seller", "buyer", "material"]].to_numpy().tolist() == [["c", "a", "sludge"]]
    assert false_links(park_of("abc", ROWS), LINKS, until=1992).empty


def test_ends_are_compared_by_year_and_cause(park_of):
    run = park_of("abc", ROWS)
    years = ends_by_year(run, LINKS).set_index("year")
    assert years.loc[1994, "model"] == 1
    assert years["model"].sum() == 1
    assert years.loc[[1992, 1993, 1995, 1996], "real_high"].tolist() == [0, 1, 1, 1]
    assert years["real"].sum() == 1
    causes = ends_by_cause(run, LINKS).set_index("cause")
    assert causes["real_share"].to_dict() == {"by_product_gone": 1.0, "unprofitable": 0.0}


def test_counts_are_scored_by_year(ensemble):
    mid = ensemble.yearly.groupby("year")["links"].median().reset_index()
    history = pd.DataFrame({"year": mid["year"], "low": mid["links"], "mid": mid["links"], "high": mid["links"]})
    found = score_counts(ensemble.yearly, history)
    assert found["inside"].all()
    assert found["overlap"].all()
    assert (found["error"] == 0).all()
    far = score_counts(ensemble.yearly, history.assign(low=90, mid=99, high=100))
    assert not far["inside"].any()
    assert not far["overlap"].any()
    assert (far["crps"] > found["crps"]).all()


def test_payback_is_what_was_invested_over_what_is_saved(run):
    run.yearly["capex"] = 6000.0
    found = savings_and_payback(run, [1999]).iloc[0]
    gain = run.yearly.set_index("year")["gain"][1999]
    assert found["gain_mid"] == gain
    assert found["payback_mid"] == pytest.approx(6000.0 * 10 / gain)


def test_a_score_is_one_summary_and_its_tables_and_survives_json(park_of):
    run = park_of("abc", ROWS)
    history = pd.DataFrame({"year": range(1990, 2010), "low": 1, "mid": 2, "high": 3})
    found = score(run, history, LINKS)
    assert found.summary["core links begun by 1995"] == 2
    assert found.summary["of them found"] == 2
    assert found.summary["true links by 1995"] == 2
    assert found.summary["false links by 1995"] == 1
    assert not any("band" in name or "CRPS" in name or "per run" in name for name in found.summary)
    back = json.loads(json.dumps(found.as_dict()))
    assert back["history"]["mid"] == [2] * 20
    assert back["links"][2]["miss"] is None


def test_history_is_read_or_refused_with_all_that_is_missing(tmp_path):
    with pytest.raises(IncompleteTablesError, match=r"history\.csv: missing\n.*links\.csv: missing"):
        read_history(tmp_path)
    pd.DataFrame({"year": [1], "low": [1], "mid": [1], "high": [1]}).to_csv(tmp_path / "history.csv", index=False)
    LINKS.drop(columns="cause").to_csv(tmp_path / "links.csv", index=False)
    with pytest.raises(IncompleteTablesError, match=r"links\.csv: missing columns cause"):
        read_history(tmp_path)
    LINKS.to_csv(tmp_path / "links.csv", index=False)
    curve, links = read_history(tmp_path)
    assert (len(curve), len(links)) == (1, 3)


def test_turning_points_compare_directions(ensemble):
    counts = ensemble.yearly[ensemble.yearly["year"].isin([1990, 2009])].pivot(
        index="replicate", columns="year", values="links"
    )
    change = counts[2009] - counts[1990]
    history = pd.DataFrame({"year": [1990, 2009], "low": [0, 5], "mid": [0, 5], "high": [0, 5]})
    turns = pd.DataFrame({"label": ["rise", "beyond"], "year_from": [1990, 2009], "year_to": [2009, 2050]})
    found = turning_points(ensemble.yearly, history, turns)
    assert found["label"].tolist() == ["rise"]
    assert found["real"][0] == 5
    assert found["model_mid"][0] == change.median()
    assert found["right"][0] == (change > 0).mean()
    assert turning_points(ensemble.yearly, history, None).empty


def test_members_are_companies_that_trade_in_december(park_of):
    run = park_of("abcd", [("a", "b", 0, None, {}), ("b", "c", 12, 20, {})], years=3)
    assert active_members(run, 1990).tolist() == [2]
    assert active_members(run, 1991).tolist() == [2]
    published = pd.DataFrame({"year": [1990, 2050], "links": [1, 9], "members": [3, 9]})
    found = members_by_year(run, published)
    assert found[["members", "model_mid", "links_mid"]].to_numpy().tolist() == [[3, 2, 1]]


def test_the_page_of_a_score_says_what_was_aimed_at(park_of):
    run = park_of("abc", ROWS)
    history = pd.DataFrame({"year": range(1990, 2010), "low": 1, "mid": 2, "high": 3})
    found = score(run, history, LINKS)
    origin = {"scenario": {"label": "Park & sea"}, "replicates": 1, "seed": 0, "command": "ecopark score park"}
    aims = [{"aim": "links found", "value": 2, "bound": 12, "met": False}]
    text = score_page(found, aims, origin, ["Only one run."])
    for part in (
        "Park &amp; sea against history",
        "links found",
        "ecopark score park",
        "Only one run.",
        "First year of each",
    ):
        assert part in text


def test_closeness_is_what_the_tables_say(ensemble):
    """The nine numbers, worked out without pandas, against the tables of single links and years."""
    pairs = ensemble.exchanges[["seller", "buyer", "material"]].drop_duplicates().head(6)
    links = pairs.assign(id=[f"K{row}" for row in range(len(pairs))], start=1992.0, core=1)
    mid = ensemble.yearly.groupby("year")["links"].median().reset_index()
    history = pd.DataFrame({"year": mid["year"], "low": 0, "mid": mid["links"] + mid["year"] % 3, "high": 99})
    found = closeness(ensemble, history, links, 1995)
    table, counts = score_links(ensemble, links, split_year=1995), score_counts(links_by_year(ensemble, links), history)
    hits = table[table["in_time"] > 0.5]
    assert found["of them found in most runs"] == len(hits)
    assert found["median timing error of those, years"] == pytest.approx(hits["miss"].median(), nan_ok=True)
    assert found["false links per run by 1995"] == pytest.approx(false_links(ensemble, links, 1995)["appears"].sum())
    early = counts[counts["year"] <= 1995]
    assert found["CRPS of the count to 1995, links"] == pytest.approx(early["crps"].mean())
    assert found["share of years to 1995 inside the 90 % band"] == pytest.approx(early["inside"].mean())
