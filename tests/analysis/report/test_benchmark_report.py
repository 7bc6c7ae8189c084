"""The page of the benchmark: verdicts in words, figures of what there is, nothing where there is nothing."""

import math

import numpy as np
import pytest

from ecopark.analysis.charts.svg.marks import Dots, Line, Spans
from ecopark.analysis.report.benchmark_report import (
    benchmark_markdown,
    benchmark_page,
    pit_drawn,
    posterior_drawn,
    reliability_diagram,
    roc_by_park,
    sentences_of,
    starts_drawn,
    survival_drawn,
)


def row(aim, verdict, **others):
    usual = {
        "measure": "AUC",
        "park": "pooled",
        "model": 0.7,
        "null": "N8",
        "null_value": 0.6,
        "error": 0.05,
        "rows": 10,
    }
    return {"aim": aim, "verdict": verdict, **usual, **others}


ROWS = [row("G1", "reached"), row("G3", "lost", model=-0.2), row("G1", "", park="taranto"), row("G2", "")]


def test_lost_aims_are_said_as_lost_with_the_null_beside_them():
    said = sentences_of(ROWS)
    assert said[0] == "Reached: G1 (AUC: 0.7, s.e. 0.05, N8 0.6)."
    assert said[1].startswith("Lost: G3 (AUC: -0.2")
    assert len(said) == 2


def test_what_leaves_no_trace_and_where_no_friction_is_better_is_said():
    rows = [
        row("G1", "", null="N10", null_value=0.8), row("G3", "", measure="skill of the log score", null="N10", model=0.1),
        row("G11", "no trace", measure="without broker: log score worsens by"),
        row("G11", "trace", measure="without hold-up of sunk capital: log score worsens by"),
    ]  # fmt: skip
    said = sentences_of(rows)
    assert "The model without frictions (N10) is better on AUC, of 2 on which it was tried." in said
    assert "Taking out leaves no trace: broker." in said
    assert said[1].endswith("named in advance: hold-up of sunk capital.")


def test_the_verdicts_as_markdown():
    text = benchmark_markdown("A title", ROWS, ["What it shows."], "ecopark benchmark score")
    assert "| G3 | AUC | pooled | -0.2 | 0.05 | N8 | 0.6 | lost |" in text
    assert text.count("| G") == 2
    assert "- What it shows." in text


def test_a_page_without_tables_is_whole():
    page = benchmark_page("A title", ROWS, [], {}, ["What it shows."], "ecopark benchmark score")
    assert page.startswith("<!doctype html>")
    for words in (
        "A title",
        "What it shows.",
        "ecopark benchmark score",
        "No park has rows.",
        "Scores of single parks",
    ):
        assert words in page


def test_the_diagonal_of_reliability_is_what_is_calibrated():
    p = np.repeat([0.25, 0.75], 40)
    y = np.tile(np.repeat([0.0, 1.0], [30, 10]), 2)
    y[40:] = 1 - y[:40]
    drawn = reliability_diagram([("a", p, y)])
    line = next(mark for mark in drawn.panels[0].marks[1:] if isinstance(mark, Line))
    assert line.x.tolist() == pytest.approx([0.25, 0.75])
    assert line.y.tolist() == pytest.approx([0.25, 0.75])


def test_a_perfect_ranking_goes_up_before_it_goes_right():
    drawn = roc_by_park([("a", np.array([0.9, 0.1]), np.array([1.0, 0.0])), ("none", np.array([0.5]), np.array([0.0]))])
    lines = [mark for mark in drawn.panels[0].marks if isinstance(mark, Line) and mark.label]
    assert [line.label for line in lines] == ["a"]
    assert lines[0].x.tolist() == [0, 0, 1]
    assert lines[0].y.tolist() == [0, 1, 1]


def test_links_that_never_start_are_not_drawn():
    known = {"park": "a", "id": "A1", "year": 1980.0, "low": 1975.0, "median": 1979.0, "high": 1990.0}
    never = {**known, "low": math.nan, "median": math.nan, "high": math.nan}
    drawn = starts_drawn([known, never])
    spans = next(mark for mark in drawn.panels[0].marks if isinstance(mark, Spans))
    assert spans.start.tolist() == [1975.0]
    assert not starts_drawn([never]).panels


def test_the_posterior_is_drawn_as_a_share_of_its_prior():
    even = {"parameter": "a", "prior_low": 0.0, "prior_high": 2.0, "low": 0.5, "median": 1.0, "high": 1.5, "log": False}
    logs = {
        "parameter": "b",
        "prior_low": 1.0,
        "prior_high": 100.0,
        "low": 1.0,
        "median": 10.0,
        "high": 100.0,
        "log": True,
    }
    drawn = posterior_drawn([even, logs])
    spans, dots = drawn.panels[0].marks
    assert spans.start.tolist() == pytest.approx([0.25, 0.0])
    assert isinstance(dots, Dots)
    assert dots.x.tolist() == pytest.approx([0.5, 0.5])


def test_what_is_missing_is_said():
    assert pit_drawn([]).words
    assert survival_drawn([]).words
    assert pit_drawn([{"pit": 0.05}, {"pit": 0.95}]).panels
    assert survival_drawn([{"age": 1.0, "model": 1.0, "N9": 0.9}, {"age": 2.0, "model": 0.9, "N9": 0.8}]).panels
