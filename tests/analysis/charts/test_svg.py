"""Drawings: what they show is what the tables say, and their SVG keeps inside the paper."""

import re

import numpy as np
import pandas as pd
import pytest

from ecopark.analysis.charts.svg import axes as scales
from ecopark.analysis.charts.svg import label_places as places
from ecopark.analysis.charts.svg import map
from ecopark.analysis.charts.svg import negotiation_charts as deals
from ecopark.analysis.charts.svg import svg_text as svg
from ecopark.analysis.charts.svg import time_series as growth
from ecopark.analysis.charts.svg.marks import Arrow, Axis, Band, Dots, Line, Spans, Threads
from ecopark.analysis.run_folder.columns import Sheet


def drawings_of(run):
    """Draw every kind."""
    return [
        growth.growth_curve(run.yearly, run.yearly.assign(low=0, mid=1, high=2)),
        growth.gains_by_year(run.yearly),
        growth.gains_by_company(run.companies),
        deals.ends_by_reason(run.exchanges, run.start_year),
        deals.funnel({"identified": 4.0, "agreed": 2.0}),
        deals.price_paths(run.prices, run.exchanges, run.start_year),
        map.network_map(run.companies, run.exchanges, run.months - 1, run.start_year),
    ]


def marks_of(drawing, kind):
    """Return the marks of a kind in all panels."""
    return [mark for panel in drawing.panels for mark in panel.marks if isinstance(mark, kind)]


def test_the_svg_names_axes_and_keeps_inside_the_paper(run):
    for drawing in drawings_of(run):
        text = svg.svg_of(drawing)
        width, height = (72 * inches for inches in drawing.size)
        assert f">{drawing.title.split('(')[0].strip()}" in text
        for x, y in re.findall(r'<text x="([-\d.]+)" y="([-\d.]+)"', text):
            assert 0 <= float(x) <= width
            assert 0 <= float(y) <= height
        for panel in drawing.panels:
            for label in (panel.y.label, drawing.panels[-1].x.label):
                assert f">{label}</text>" in text or not label
        assert "nan" not in text


def test_a_drawing_without_panels_says_so_in_words(run_of):
    empty = run_of(links=0)
    assert "No exchange ended." in svg.svg_of(deals.ends_by_reason(empty.exchanges, empty.start_year))


def test_words_are_escaped():
    assert "&lt;b&gt; &amp; co" in svg.svg_of(deals.funnel({"<b> & co": 3.0}))


def test_the_curve_of_links_is_that_of_the_table(run):
    line = marks_of(growth.growth_curve(run.yearly), Line)[0]
    assert line.x.tolist() == run.yearly["year"].tolist()
    assert line.y.tolist() == run.yearly["links"].tolist()


def test_the_band_is_the_central_ninety_percent(ensemble):
    band = growth.band_by_year(ensemble.yearly, "links")
    values = ensemble.yearly[ensemble.yearly["year"] == 2000]["links"]
    row = band[band["year"] == 2000]
    found = [float(row[name][0]) for name in ("low", "mid", "high")]
    assert found == pytest.approx(np.quantile(values, [0.05, 0.5, 0.95]))
    assert marks_of(growth.growth_curve(ensemble.yearly), Band)[0].high.tolist() == band["high"].tolist()


def test_gains_are_totals_of_the_companies_largest_first(run, ensemble):
    totals = growth.gain_totals(run.companies)
    expected = run.companies.groupby("company")["gain"].sum()
    assert dict(zip(totals["company"], totals["gain"], strict=True)) == pytest.approx(expected.to_dict())
    assert (np.diff(totals["gain"]) <= 0).all()
    several = growth.gain_totals(ensemble.companies)
    medians = ensemble.companies.groupby(["company", "replicate"])["gain"].sum().groupby("company").median()
    assert dict(zip(several["company"], several["gain"], strict=True)) == pytest.approx(medians.to_dict())


def test_every_end_is_a_part_of_a_dot(run):
    counts = deals.count_ends(run.exchanges, run.start_year)
    assert counts["ends"].sum() == run.exchanges["end_month"].notna().sum()
    dots = marks_of(deals.ends_by_reason(run.exchanges, run.start_year), Dots)[0]
    assert len(dots.x) == len(counts)


def test_the_funnel_writes_the_share_that_went_on():
    bars = deals.funnel({"identified": 4.0, "agreed": 1.0}).panels[0].marks[0]
    assert bars.words == ("1 (25%)", "4")


def test_prices_show_the_inputs_most_replaced(run):
    drawing = deals.price_paths(run.prices, run.exchanges, run.start_year, most=2)
    number = run.exchanges[run.exchanges["start_month"].notna()]["input"].value_counts()
    shown = [panel.heading.split(" (")[0].replace(" ", "_") for panel in drawing.panels]
    assert number[shown].tolist() == number.tolist()[:2]
    assert [len(span.y) for span in marks_of(drawing, Spans)] == number[shown].tolist()


def test_companies_at_one_place_and_far_partners_are_told_apart():
    x, y = np.array([0.0, 0.0, 0.1, 170.0, 0.2]), np.array([0.0, 0.0, 0.1, 3.0, -1.0])
    placed = places.map_positions(x, y)
    gap = np.abs(placed[:, None] - placed[None]) / np.array(places.LABEL_BOX)
    overlap = (gap < 0.99).all(axis=2) & ~np.eye(5, dtype=bool)
    assert not overlap.any()
    assert np.abs(placed).max() <= 1.0
    assert placed[3, 0] == placed[:, 0].max()


def test_a_large_region_is_drawn_without_its_silent_companies(run_of):
    run = run_of(companies=6, links=6)
    many = pd.concat([run.companies] + [run.companies.assign(company=f"silent_{number}") for number in range(220)])
    spots = places.spots_of(Sheet.of(many), Sheet.of(run.exchanges))
    assert set(spots) == set(run.exchanges["seller"]) | set(run.exchanges["buyer"])


def test_a_crowd_of_flows_is_drawn_as_threads(run_of):
    run = run_of(companies=20, links=260)
    busy = run.exchanges.assign(start_month=0.0, end_month=np.nan)
    drawing = map.network_map(run.companies, busy, 30, run.start_year)
    assert sum(len(threads.ends) for threads in marks_of(drawing, Threads)) == 260
    assert marks_of(drawing, Arrow) == []


@pytest.mark.parametrize("ends", [(0.0, 30.0), (1961.0, 2025.0), (-17e6, 20e6), (0.0, 0.004), (3.0, 3.5)])
def test_ticks_are_few_round_and_inside(ends):
    ticks = scales.ticks_between(*ends, 8, False)
    assert 2 <= len(ticks) <= 9
    assert ends[0] <= ticks[0] < ticks[-1] <= ends[1]
    assert len({round(gap, 9) for gap in np.diff(ticks) / (ends[1] - ends[0])}) == 1
    assert all(tick == int(tick) for tick in scales.ticks_between(*ends, 8, True))


def test_an_axis_without_values_still_has_an_extent():
    assert scales.limits(Axis(), [], 0) == (-0.05, 1.05)
    assert scales.limits(Axis(low=2.0, high=2.0), [], 0) == (2.0, 3.0)
