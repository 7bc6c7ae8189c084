"""The report of a run: it stands alone, names its origin, and says so when there is nothing to show."""

import re
from dataclasses import replace

import pandas as pd
import pytest

from ecopark.abm.submodels.flow_programme import solve_flows
from ecopark.analysis.report.run_parts_short import (
    OF_REGION,
    UNIT_NOTE,
    brief_parts,
    growth_part,
    map_dates,
    stages_reached,
)
from ecopark.analysis.report.run_report import load, run_page, write_report, write_run_report
from ecopark.analysis.report.run_summary import key_facts, typical_number
from ecopark.analysis.report.sections import part_html
from ecopark.analysis.validation.history import score


def page_of(tables, score=None):
    """The short report as text."""
    if tables.is_empty:
        return run_page(tables, None, [])
    typical = tables.replicate(typical_number(tables)) if tables.is_ensemble else tables
    return run_page(tables, typical, brief_parts(tables, typical, score or {}))


@pytest.fixture(scope="module")
def text(run):
    """The short report of one run."""
    return page_of(run)


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


def test_a_region_is_reported_in_totals_and_little_of_it_is_read(run, folder_of, tmp_path, monkeypatch):
    monkeypatch.setattr("ecopark.analysis.report.run_parts_short.MOST_DRAWN", 5)
    monkeypatch.setattr("ecopark.analysis.report.run_report.MOST_DRAWN", 5)
    folder = folder_of(run, tmp_path / "run")
    text = write_run_report(folder).read_text(encoding="utf-8")
    assert re.findall(r'<figure id="(\w+)"', text) == ["growth", "ends", "funnel", "gains_by_year"]
    tables, typical = load(folder, OF_REGION)
    assert typical is tables
    assert len(tables.companies) == len(tables.events) == len(tables.prices) == 0
    assert tables.opportunities.columns.tolist() == list(OF_REGION["opportunities"])
    assert page_of(tables) == text


def test_the_same_run_gives_the_same_page(run, text):
    assert page_of(run) == text


def test_no_id_stands_twice_in_a_page(text):
    ids = re.findall(r'\bid="([^"]+)"', text)
    assert len(ids) == len(set(ids))


def test_colours_of_text_and_paper_follow_the_reader(text):
    figures = "".join(re.findall(r"<svg.*?</svg>", text, flags=re.S))
    assert "#1d2733" not in figures
    assert "var(--ink)" in figures


def test_history_and_score_are_shown_where_given(run, text):
    years = list(range(1990, 2010))
    history = {"year": years, "low": [1] * 20, "mid": [2] * 20, "high": [3] * 20}
    counted = {"year": years, "replicate": [0] * 20, "links": [7.0] * 20}
    part = growth_part(run, {"history": history, "counted": counted, "summary": {"core links found": 12}})
    scored = part_html(part)
    assert "history, with its range" in scored
    assert part.exhibits[0].table["mid"].tolist() == [7.0] * 20
    assert part.text == UNIT_NOTE
    assert "core links found" in scored
    assert "history, with its range" not in text


def test_an_ensemble_shows_medians_and_ranges(ensemble):
    text = page_of(ensemble)
    assert "median and 90 % band" in text
    assert "90 % of runs:" in text
    assert f"replicate {typical_number(ensemble)}" in text
    middle = {name: value for name, value, _ in key_facts(ensemble)}["Links at the end"]
    last = ensemble.yearly[ensemble.yearly["year"] == 2009]["links"]
    assert float(middle) == last.median()


@pytest.mark.parametrize("numbers", [{"companies": 1, "years": 3, "links": 0}, {"links": 0, "idle": 0}])
def test_a_park_without_exchange_is_reported_as_such(run_of, numbers):
    text = page_of(run_of(**numbers))
    assert "No exchange ever started" in text
    assert "No opportunity was ever identified" in text
    assert "No contract was signed" in text


def test_an_ensemble_of_which_every_run_failed_is_reported_as_such(ensemble):
    frames = {name: getattr(ensemble, name).iloc[:0] for name in ("yearly", "monthly", "exchanges", "companies")}
    failed = replace(ensemble, origin={**ensemble.origin, "failures": ["no price of coal"]}, **frames)
    text = page_of(failed)
    assert "Not one run finished" in text
    assert "no price of coal" in text


def test_names_are_escaped(run):
    named = replace(run, origin={**run.origin, "scenario": {"name": "x", "label": "<b>A & B</b>"}})
    assert "<b>A" not in run_page(named, named, [])
    assert "&lt;b&gt;A &amp; B" in run_page(named, named, [])


def test_a_run_stopped_before_its_end_says_so(run):
    assert "stopped before its end" in run_page(replace(run, origin={**run.origin, "complete": False}), run, [])
    assert "stopped before its end" not in run_page(run, run, [])


def test_the_funnel_never_widens(run):
    reached = stages_reached(run)
    assert sorted(reached.values(), reverse=True) == list(reached.values())
    assert reached["agreed"] == len(run.exchanges)


def test_maps_run_from_the_first_exchange_to_the_end(run, run_of):
    dates = map_dates(run)
    assert dates[0] == int(run.year_of(run.exchanges["start_month"].min()))
    assert dates[-1] == 2009
    assert map_dates(run_of(links=0)) == [2009]


def test_a_command_is_made_up_from_the_origin_when_none_was_recorded(run):
    origin = {"scenario": "synthetic", "seed": 0, "replicates": 20}
    assert "ecopark run synthetic --seed 0 --replicates 20" in run_page(replace(run, origin=origin), run, [])


def test_the_full_report_has_every_part_and_the_tables_behind_its_figures(ensemble, folder_of, tmp_path):
    folder = folder_of(ensemble, tmp_path / "run")
    text = write_report(folder, solve=solve_flows).read_text(encoding="utf-8")
    for part in (
        "Shape of the network", "Stage of the park", "How long exchanges live", "Resilience", "Who got the surplus",
        "Against the optimum", "Enough replicates?",
    ):  # fmt: skip
        assert f"<h2>{part}</h2>" in text
    for name in re.findall(r'<figure id="([^"]+)"', text):
        assert {file.suffix for file in (folder / "analysis").glob(f"{name}.*")} == {".csv", ".svg", ".png"}
    survival = pd.read_csv(folder / "analysis" / "survival.csv")
    assert survival["survival"].between(0, 1).all()


def test_the_full_report_compares_with_a_baseline_and_with_history(run, folder_of, tmp_path):
    other = replace(run, origin={**run.origin, "policies": {"landfill_tax": {"size": 60}}},
                    yearly=run.yearly.assign(links=run.yearly["links"] + 1))  # fmt: skip
    links = run.exchanges.head(2)[["seller", "buyer", "material"]].assign(
        id=["K1", "K2"], start=1995, end_low=None, end=2000.0, end_high=None, cause="unprofitable", core=1
    )
    history = pd.DataFrame({"year": range(1990, 2010), "low": 1, "mid": 2, "high": 3})
    found = score(run, history, links).as_dict()
    folder = folder_of(other, tmp_path / "tax")
    text = write_report(folder, found, against=folder_of(run, tmp_path / "base"), pictures=False).read_text(
        encoding="utf-8"
    )
    assert "Against the baseline on the same shocks" in text
    assert "landfill tax minus no policy" in text
    assert "Against history, link by link" in text
    assert pd.read_csv(folder / "analysis" / "difference_links.csv")["difference"].eq(1).all()


@pytest.mark.parametrize("numbers", [{"companies": 1, "years": 3, "links": 0}, {"links": 0, "idle": 0, "years": 3}])
def test_the_full_report_of_a_park_without_exchange_says_so(run_of, folder_of, tmp_path, numbers):
    folder = folder_of(run_of(**numbers), tmp_path / "run")
    text = write_report(folder, pictures=False, solve=solve_flows).read_text(encoding="utf-8")
    assert "No exchange ever started" in text
    assert "there is no network to measure" in text
    assert "There was no opportunity of value" in text


def test_without_a_solver_the_report_says_that_the_optimum_is_left_out(run_of, folder_of, tmp_path):
    folder = folder_of(run_of(links=0, idle=0, years=3), tmp_path / "run")
    text = write_report(folder, pictures=False).read_text(encoding="utf-8")
    assert "no solver was given to find the optimum with" in text
    assert not (folder / "analysis" / "optimum.csv").exists()
    write_report(folder, pictures=False, solve=solve_flows)
    assert (folder / "analysis" / "optimum.csv").exists()


def test_a_region_that_recorded_no_companies_is_reported_without_them(run, folder_of, tmp_path):
    folder = folder_of(replace(run, companies=run.companies.iloc[:0]), tmp_path / "run")
    assert "No table of companies was recorded" in write_report(folder, pictures=False).read_text(encoding="utf-8")


def test_the_full_report_of_failed_runs_says_so(ensemble, folder_of, tmp_path):
    frames = {name: getattr(ensemble, name).iloc[:0] for name in ("yearly", "monthly", "exchanges", "companies")}
    folder = folder_of(replace(ensemble, **frames), tmp_path / "run")
    assert "Not one run finished" in write_report(folder).read_text(encoding="utf-8")
