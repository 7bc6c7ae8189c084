"""Turning points and members of the network, on tables made by hand."""

import numpy as np
import pandas as pd

from ecopark.analysis.charts.matplotlib_figures.validation import ends_by_cause, ends_by_year, years_of_links
from ecopark.analysis.report.validation_report import score_page
from ecopark.analysis.validation.history import score
from ecopark.analysis.validation.link_matching import score_links
from ecopark.analysis.validation.turning_points import active_members, members_by_year, turning_points

ROWS = [
    ("a", "b", 12, None, {"material": "ash"}),
    ("b", "c", 24, 48, {"material": "heat", "reason": "unprofitable"}),
    ("c", "a", 36, None, {"material": "sludge"}),
]
LINKS = pd.DataFrame(
    {
        "id": ["K1", "K2"], "seller": ["a", "b"], "buyer": ["b", "c"], "material": ["ash", "heat"], "start": [1994, 1991],
        "end_low": [np.nan, 1993], "end": [np.nan, 1995], "end_high": [np.nan, 1996], "cause": [None, "by_product_gone"],
        "core": [1, 1],
    }
)  # fmt: skip
HISTORY = pd.DataFrame({"year": [1991, 1993, 1995], "low": 1, "mid": [1, 3, 2], "high": 4})
TURNS = pd.DataFrame({"label": ["rise", "fall", "far"], "year_from": [1991, 1993, 1901], "year_to": [1993, 1995, 1902]})


def test_members_trade_in_december(park_of):
    run = park_of("abc", ROWS)
    assert active_members(run, 1990).tolist() == [0]
    assert active_members(run, 1991).tolist() == [2]
    assert active_members(run, 1992).tolist() == [3]
    published = pd.DataFrame({"year": [1991, 1800], "members": [5, 9], "links": [np.nan, 1]})
    found = members_by_year(run, published)
    assert found[["year", "members", "model_mid"]].to_numpy().tolist() == [[1991, 5, 2]]


def test_a_turn_is_right_when_the_model_changes_in_the_same_direction(park_of):
    run = park_of("abc", ROWS)
    run.yearly["links"] = [{1991: 1, 1993: 3, 1995: 4}.get(year, 0) for year in run.yearly["year"]]
    found = turning_points(run.yearly.assign(replicate=0), HISTORY, TURNS).set_index("label")
    assert list(found.index) == ["rise", "fall"]
    assert found["real"].to_dict() == {"rise": 2, "fall": -1}
    assert found["model_mid"].to_dict() == {"rise": 2, "fall": 1}
    assert found["right"].to_dict() == {"rise": 1.0, "fall": 0.0}
    assert found["turns"].to_dict() == {"rise": True, "fall": False}


def test_in_time_counts_only_until_the_split(park_of):
    run = park_of("abc", [*ROWS, ("a", "b", 96, None, {"material": "ash"})])
    late = [("a", "b", 96, None, {"material": "ash"})]
    assert score_links(run, LINKS, split_year=1995).set_index("id")["in_time"]["K1"] == 1.0
    found = score_links(park_of("abc", late), LINKS, split_year=1995).set_index("id")
    assert found["appears"]["K1"] == 1.0
    assert found["in_time"]["K1"] == 0.0


def test_the_page_of_a_score_stands_alone(park_of):
    run = park_of("abc", ROWS)
    found = score(
        run, HISTORY, LINKS, published=pd.DataFrame({"year": [1991], "members": [2], "links": [1]}), turns=TURNS
    )
    aims = [{"aim": "something", "value": 1.0, "bound": ">= 2", "met": False}]
    origin = {"scenario": {"label": "A & B"}, "replicates": 1, "seed": 3, "command": "ecopark score x"}
    page = score_page(found, aims, origin, ["a caveat"])
    assert "A &amp; B against history" in page
    assert "a caveat" in page
    assert "ecopark score x" in page
    assert page.count("<svg") == 4
    assert "src=" not in page


def test_figures_say_when_there_is_nothing_to_draw(park_of):
    run = park_of("abc", [])
    found = score(run, HISTORY, LINKS.iloc[:0].astype({"id": object}))
    for figure in (years_of_links(found.links), ends_by_year(found.ends), ends_by_cause(found.causes)):
        assert any(text.get_text() for axes in figure.axes for text in axes.texts)
