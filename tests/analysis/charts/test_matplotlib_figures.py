"""Figures: every kind draws, names its axes, says so when there is nothing to draw, and leaves no trace."""

import inspect
import warnings

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest

from ecopark.analysis.charts.colours import money_scale
from ecopark.analysis.charts.matplotlib_figures import conditions, style
from ecopark.analysis.charts.matplotlib_figures import from_svg_marks as plotted
from ecopark.analysis.charts.matplotlib_figures import network as structure
from ecopark.analysis.charts.matplotlib_figures import paired_runs as against
from ecopark.analysis.charts.matplotlib_figures import policies as choices
from ecopark.analysis.charts.matplotlib_figures import surplus as shares
from ecopark.analysis.charts.matplotlib_figures import survival as lives
from ecopark.analysis.charts.matplotlib_figures import sweep as sweeps
from ecopark.analysis.charts.matplotlib_figures import time_series as growth
from ecopark.analysis.charts.matplotlib_figures import validation as against_history
from ecopark.analysis.charts.svg import map as drawn_map
from ecopark.analysis.charts.svg import negotiation_charts as drawn_deals
from ecopark.analysis.charts.svg import time_series as drawn_growth
from ecopark.analysis.exchanges.survival import cumulative_incidence, hazard_by_age, kaplan_meier, lifetimes
from ecopark.analysis.network.measures import degree_distribution, network_by_year
from ecopark.analysis.network.resilience import criticality_by_year, flows_at, removal_curve
from ecopark.analysis.validation.history import ends_by_cause, ends_by_year
from ecopark.analysis.validation.link_matching import score_links
from ecopark.analysis.value.central_optimum import LOSSES
from ecopark.analysis.value.surplus_division import gini_by_year, public_account, split_by_exchange

LINKS = pd.DataFrame(
    {"id": ["K1"], "seller": ["company_a"], "buyer": ["company_b"], "material": ["fly_ash"], "start": [1995],
     "end_low": [1999], "end": [2000], "end_high": [2001], "cause": ["unprofitable"], "core": [1]}
)  # fmt: skip
TABLE = pd.DataFrame(
    {"factor": ["tax", "trust"], "mu_star": [3.0, 1.0], "low": [2.0, 0.5], "high": [4.0, 1.5], "sigma": [1.0, 0.2]}
)
CELLS = pd.DataFrame(
    {"policy": "none", "x": [0.0, 0.0, 1.0, 1.0], "y": [0.0, 1.0, 0.0, 1.0], "links": [1.0, 2.0, 3.0, 4.0]}
)
PHASES = CELLS.assign(none=0.25, emergence=0.0, growth=0.75, breakdown=0.0, phase="growth")
MEANS = pd.DataFrame({"policy": ["none", "tax"], "a": [1.0, 2.0], "a_low": [0.5, 1.5], "a_high": [1.5, 2.5],
                      "b": [1.0, 0.0], "b_low": [0.5, -0.5], "b_high": [1.5, 0.5], "probability": [0.9, 0.2],
                      "on_front": [True, False]})  # fmt: skip
EFFECTS = pd.DataFrame({"policy": ["none", "none", "tax", "tax"], "term": 2 * ["tax", "tax x trust"],
                        "effect": [2.0, -1.0, 3.0, 0.0], "low": [1.0, -2.0, np.nan, np.nan],
                        "high": [3.0, 0.0, np.nan, np.nan]})  # fmt: skip
RESPONSES = pd.DataFrame({"factor": ["tax", "tax", "trust"], "policy": "none", "level": [0.0, 1.0, 0.5],
                          "mean": [1.0, 2.0, 1.5], "low": [0.5, 1.5, np.nan], "high": [1.5, 2.5, np.nan]})  # fmt: skip
PATH = pd.DataFrame({"policy": "none", "coverage": [1.0, 0.8], "density": [0.2, 0.9]})
DIFFERENCE = pd.DataFrame(
    {"indicator": "gain", "year": [1990, 1991], "difference": [0.0, 2e6], "low": np.nan, "high": np.nan}
)


def figures_of(run):
    """Draw every kind of figure that belongs to a run."""
    age = lifetimes(run.exchanges, run.months)
    curve = kaplan_meier(age["age"], age["ended"])
    incidence = cumulative_incidence(
        age["age"], [reason if end else None for reason, end in zip(age["reason"], age["ended"], strict=True)]
    )
    flows = flows_at(run, run.months - 1)
    losses = pd.DataFrame({"cause": list(LOSSES), "loss": [5.0, 3.0, -1.0, 0.0, 0.0, 2.0, 0.5, 0.1]})
    reached = {"identified": 4.0, "agreed": 2.0} if len(run.exchanges) else {"identified": 0.0}
    shares_of_stage = pd.DataFrame(
        {"none": [1.0, 0.0], "decline": [0.0, 1.0]}, index=pd.Index([1990, 1991], name="year")
    )
    claims = pd.DataFrame({"company": ["a"], "gets": [1e6], "shapley": [2e6]})
    drawings = [
        drawn_growth.growth_curve(run.yearly),
        drawn_growth.gains_by_year(run.yearly),
        drawn_growth.gains_by_company(run.companies),
        drawn_deals.ends_by_reason(run.exchanges, run.start_year),
        drawn_deals.funnel(reached),
        drawn_deals.price_paths(run.prices, run.exchanges, run.start_year),
        drawn_map.network_map(run.companies, run.exchanges, run.months - 1, run.start_year),
        drawn_map.network_map(run.companies, run.exchanges, run.months - 1, run.start_year, by="material"),
    ]
    return [
        *(plotted.plotted(drawing) for drawing in drawings),
        growth.indicator_curve(run.yearly, "trust", "Trust", "0 to 1"),
        lives.survival_curve({"all": curve}),
        lives.incidence_curves(incidence),
        lives.hazard_bars(hazard_by_age(age["age"], age["ended"], (0, 5, 20))),
        structure.network_shape(network_by_year(run)),
        structure.degree_bars(degree_distribution(run, run.months - 1), 2009),
        structure.stage_shares(shares_of_stage),
        structure.criticality(criticality_by_year(run)),
        structure.removal_curves(removal_curve(flows), removal_curve(flows, targeted=False)),
        shares.split_histogram(split_by_exchange(run.exchanges)),
        shares.claims_and_receipts(claims if len(flows) else claims.iloc[:0]),
        shares.inequality(gini_by_year(run.companies)),
        shares.public_account_curve(public_account(run.yearly)),
        shares.way_to_the_optimum(12.0, losses, LOSSES),
        against_history.years_of_links(score_links(run, LINKS)),
        against_history.ends_by_year(ends_by_year(run, LINKS)),
        against_history.ends_by_cause(ends_by_cause(run, LINKS)),
    ]


def figures_of_a_sweep():
    """Draw every kind of figure that belongs to a sweep or a pair of runs."""
    return [
        against.difference_curve(DIFFERENCE, "gain", "EUR"),
        sweeps.forest(EFFECTS, "term", "effect", "Links", "effect, exchanges", by="policy", limit=0.5),
        sweeps.forest(EFFECTS.assign(effect=np.nan), "term", "effect", "Links", "effect"),
        sweeps.responses(RESPONSES, ["tax", "trust", "x"], "Links", "exchanges"),
        sweeps.screening(TABLE, "Links", "exchanges"),
        conditions.heat_maps(pd.concat([CELLS, CELLS.assign(policy="tax")]), "x", "y", "links", "Links", "mean"),
        conditions.phase_map(PHASES, "x", "y"),
        conditions.peeling(PATH, PATH.iloc[[1]], "Boxes"),
        choices.policy_front(MEANS, "a", "b", ("a, t", "b, EUR")),
        choices.policy_front(MEANS.assign(probability=np.nan), "a", "b", ("a, t", "b, EUR")),
        growth.convergence_curve(
            pd.DataFrame({"number": [2, 3], "mean": [1.0, 1.1], "low": [0.0, 0.5], "high": [2.0, 1.7]}), "links"
        ),
    ]


def test_every_kind_of_figure_is_drawn_here(run):
    kinds = {
        name
        for module in (against, against_history, choices, conditions, growth, lives, plotted, shares, structure, sweeps)
        for name, item in vars(module).items()
        if inspect.isfunction(item) and hasattr(item, "__wrapped__") and item.__module__ == module.__name__
    }
    used = inspect.getsource(figures_of) + inspect.getsource(figures_of_a_sweep)
    assert kinds, "there are figures"
    assert [name for name in sorted(kinds) if f".{name}(" not in used] == []


@pytest.mark.parametrize("numbers", [{}, {"companies": 1, "links": 0, "years": 2}, {"links": 0, "idle": 0, "years": 3}])
def test_every_figure_of_a_run_draws_also_when_there_is_nothing(run_of, numbers):
    for figure in figures_of(run_of(**numbers)):
        assert_readable(figure)


def test_every_figure_of_a_sweep_draws():
    for figure in figures_of_a_sweep():
        assert_readable(figure)


def assert_readable(figure):
    """A figure has a title and named axes, or says in words that there is nothing to draw."""
    text = style.svg_text(figure, "test")
    assert text.startswith("<svg")
    assert figure.get_suptitle()
    drawn = [axes for axes in figure.axes if axes.axison and axes.get_label() != "<colorbar>"]
    for axes in drawn:
        assert axes.get_xlabel() or axes.get_ylabel() or axes.get_title(loc="left")
    if not drawn:
        assert figure.axes[0].texts or figure.axes[0].patches or figure.axes[0].collections


def test_drawing_leaves_the_settings_of_the_reader_alone(run):
    before = dict(mpl.rcParams)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        style.svg_text(plotted.plotted(drawn_growth.growth_curve(run.yearly)), "growth")
    assert dict(mpl.rcParams) == before


def test_the_same_figure_gives_the_same_text(run):
    curve = drawn_growth.growth_curve(run.yearly)
    first, second = (style.svg_text(plotted.plotted(curve), "growth") for _ in range(2))
    assert first == second


def test_a_figure_is_saved_as_svg_and_png(run, tmp_path):
    files = style.save(plotted.plotted(drawn_growth.growth_curve(run.yearly)), tmp_path / "growth")
    assert [file.name for file in files] == ["growth.svg", "growth.png"]
    assert files[1].read_bytes()[:4] == b"\x89PNG"


@pytest.mark.parametrize(("value", "expected"), [(2.5e9, "bn EUR"), (-3e6, "M EUR"), (5e3, "k EUR"), (12, "EUR")])
def test_money_has_a_unit_that_fits(value, expected):
    assert money_scale(value)[1] == expected


def test_edges_lie_halfway():
    assert conditions.edges(np.array([0.0, 1.0, 3.0])).tolist() == [-0.5, 0.5, 2.0, 4.0]
    assert conditions.edges(np.array([2.0])).tolist() == [1.5, 2.5]


def test_a_policy_is_as_full_as_it_is_probably_on_the_front():
    figure = choices.policy_front(MEANS, "a", "b", ("a", "b"))
    spots = [one for one in figure.axes[0].collections if one.get_label().startswith(("none", "tax"))]
    assert [one.get_label() for one in spots] == ["none (0.90)", "tax (0.20)"]
    assert [one.get_facecolor()[0, 3] for one in spots] == [0.9, 0.2]
