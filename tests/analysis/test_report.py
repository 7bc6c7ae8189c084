"""The report of a run: it stands alone, names its origin, and says so when there is nothing to show."""

import re
from dataclasses import replace

import pandas as pd
import pytest

from analysis.report import key_facts, map_dates, run_page, stages_reached, typical_number, write_run_report


def test_a_report_is_written_beside_the_tables_and_loads_nothing(run, folder_of, tmp_path):
    path = write_run_report(folder_of(run, tmp_path / "run"))
    text = path.read_text(encoding="utf-8")
    assert path.name == "report.html"
    assert not re.findall(r"<(?:script|img|iframe)|@import|url\(\s*['\"]?http|(?:src|href)=\"http", text)
    for part in ("Kalundborg Symbiosis", "ecopark run kalundborg --seed 1", "ecopark 0.1.0", "1990 to 2009"):
        assert part in text
    for figure in ("growth", "ends", "funnel", "prices", "gains_by_year", "gains_by_company"):
        assert f'<figure id="{figure}"' in text
    assert text.count('<figure id="map_') == 4


def test_the_same_run_gives_the_same_page(run):
    assert run_page(run) == run_page(run)


def test_no_id_stands_twice_in_a_page(run):
    ids = re.findall(r'\bid="([^"]+)"', run_page(run))
    assert len(ids) == len(set(ids))


def test_colours_of_text_and_paper_follow_the_reader(run):
    figures = "".join(re.findall(r"<svg.*?</svg>", run_page(run), flags=re.S))
    assert "#1d2733" not in figures
    assert "var(--ink)" in figures


def test_history_and_score_are_shown_where_given(run):
    years = list(range(1990, 2010))
    history = {"year": years, "low": [1] * 20, "mid": [2] * 20, "high": [3] * 20}
    text = run_page(run, {"history": history, "summary": {"core links found": 12}})
    assert "history, with its range" in text
    assert "core links found" in text
    assert "history, with its range" not in run_page(run)


def test_an_ensemble_shows_medians_and_ranges(ensemble):
    text = run_page(ensemble)
    assert "median and 90 % band" in text
    assert "90 % of runs:" in text
    assert f"replicate {typical_number(ensemble)}" in text
    middle = {name: value for name, value, _ in key_facts(ensemble)}["Links at the end"]
    last = ensemble.yearly[ensemble.yearly["year"] == 2009]["links"]
    assert float(middle) == last.median()


@pytest.mark.parametrize("numbers", [{"companies": 1, "years": 3, "links": 0}, {"links": 0, "idle": 0}])
def test_a_park_without_exchange_is_reported_as_such(run_of, numbers):
    text = run_page(run_of(**numbers))
    assert "No exchange ever started" in text
    assert "No opportunity was ever identified" in text
    assert "No contract was signed" in text


def test_an_ensemble_of_which_every_run_failed_is_reported_as_such(ensemble):
    frames = {name: getattr(ensemble, name).iloc[:0] for name in ("yearly", "monthly", "exchanges", "companies")}
    failed = replace(ensemble, origin={**ensemble.origin, "failures": ["no price of coal"]}, **frames)
    text = run_page(failed)
    assert "Not one run finished" in text
    assert "no price of coal" in text


def test_names_are_escaped(run):
    named = replace(run, origin={**run.origin, "scenario": {"name": "x", "label": "<b>A & B</b>"}})
    assert "<b>A" not in run_page(named)
    assert "&lt;b&gt;A &amp; B" in run_page(named)


def test_a_run_stopped_before_its_end_says_so(run):
    assert "stopped before its end" in run_page(replace(run, origin={**run.origin, "complete": False}))
    assert "stopped before its end" not in run_page(run)


def test_the_funnel_never_widens(run):
    reached = stages_reached(run)
    assert (reached.diff().dropna() <= 0).all()
    assert reached["agreed"] == len(run.exchanges)


def test_maps_run_from_the_first_exchange_to_the_end(run, run_of):
    dates = map_dates(run)
    assert dates[0] == int(run.year_of(run.exchanges["start_month"].min()))
    assert dates[-1] == 2009
    assert map_dates(run_of(links=0)) == [2009]


def test_a_command_is_made_up_from_the_origin_when_none_was_recorded(run):
    origin = {"scenario": "synthetic", "seed": 0, "replicates": 20}
    assert "ecopark run synthetic --seed 0 --replicates 20" in run_page(replace(run, origin=origin))


def test_history_given_as_a_table_of_its_own(run):
    history = pd.DataFrame({"year": [1990, 2009], "low": [0, 2], "mid": [1, 3], "high": [2, 4]})
    assert "history, with its range" in run_page(run, {"history": history})
