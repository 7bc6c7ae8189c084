"""The parts of the full report: structure, stage, survival, resilience, surplus, optimum, certainty."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ..charts.matplotlib_figures.network import criticality, degree_bars, network_shape, removal_curves, stage_shares
from ..charts.matplotlib_figures.survival import hazard_bars, incidence_curves, survival_curve
from ..charts.matplotlib_figures.time_series import convergence_curve, indicator_curve
from ..charts.number_format import number
from ..charts.svg.time_series import band_by_year
from ..exchanges.survival import (
    cumulative_incidence,
    hazard_by_age,
    kaplan_meier,
    lifetimes,
    log_rank,
    median_life,
    survival_at,
)
from ..inference.uncertainty import convergence, enough_replicates
from ..network.development_stages import PARK_STAGES, stage_by_month, stage_changes
from ..network.measures import degree_distribution, network_by_year
from ..network.resilience import criticality_by_year, flows_at, recoveries, removal_curve, removal_losses, robustness
from ..run_folder.tables import RunTables
from ..value.central_optimum import Solver
from .run_parts_short import map_dates
from .run_parts_value import optimum_part, surplus_part
from .sections import Exhibit, Part

LASTING = (5.0, 10.0, 20.0, 30.0, 40.0)
LASTING_COLUMNS = {"age": "age, years", "survival": "share still running", "low": "95 % from", "high": "to"}
INDICATORS = {
    "material_reused": ("By-products reused", "t a year"),
    "disposed": ("By-products disposed of", "t a year"),
    "co2_avoided": ("CO2 avoided", "t a year"),
    "companies": ("Open companies", "companies"),
}
AGES = (0.0, 2.0, 5.0, 10.0, 20.0, 80.0)
MEASURE_COLUMNS = {
    "year": "end of",
    "links": "links",
    "density": "density",
    "centralisation": "centralisation",
    "components": "parts",
    "anchor": "anchor",
    "anchor_share": "its share",
    "sector_assortment": "within sectors",
    "modularity": "modularity",
    "nestedness": "nestedness",
}
RECOVERY_COLUMNS = {
    "year": "year",
    "what": "what happened",
    "depth": "fall of links, share",
    "months": "months until back",
}
JUDGED = ["links", "material_reused", "co2_avoided", "gain", "public_balance"]


def deep_parts(tables: RunTables, typical: RunTables, solve: Solver | None) -> list[Part]:
    """Return all parts; lives and stages over all runs, network, resilience and games of the typical one.

    solve: what the optimum is found with, see `write_report`.
    """
    parts = [
        indicator_part(tables),
        structure_part(typical),
        stage_part(tables),
        survival_part(tables),
        resilience_part(typical),
    ]
    parts += [surplus_part(tables, typical), optimum_part(typical, solve)]
    return [*parts, certainty_part(tables)] if tables.is_ensemble else parts


def indicator_part(tables: RunTables) -> Part:
    """Show what the park does for materials and climate by year."""
    exhibits = [
        Exhibit(
            f"by_year_{name}",
            band_by_year(tables.yearly, name),
            indicator_curve(tables.yearly, name, heading, unit),
        )
        for name, (heading, unit) in INDICATORS.items()
    ]
    return Part("Year by year", tuple(exhibits))


def structure_part(run: RunTables) -> Part:
    """Show the shape of the network over the years and the degrees at the end."""
    measures, degrees = network_by_year(run), degree_distribution(run, run.months - 1)
    last = measures.iloc[-1]
    anchor = (
        f" The company with most exchanges is {last['anchor']}, on {last['anchor_share']:.0%} of them."
        if last["anchor"]
        else ""
    )
    text = (
        f"{number(last['links'])} exchanges among {number(last['linked'])} of {number(last['companies'])} "
        f"companies.{anchor}"
    )
    dates = measures[measures["year"].isin(map_dates(run))]
    exhibits = (
        Exhibit("network_by_year", measures, network_shape(measures)),
        Exhibit("degrees", degrees, degree_bars(degrees, run.end_year)),
        Exhibit("network_measures", dates, printed=MEASURE_COLUMNS, fold="More measures, at the dates of the maps"),
    )
    return Part("Shape of the network", exhibits, text)


def stage_part(tables: RunTables) -> Part:
    """Show the stage of the park by year as a share of runs, and when the typical stages were entered."""
    runs = tables.runs()
    ends = pd.concat([stage_by_month(run).groupby("year")["stage"].last() for run in runs])
    shares = pd.crosstab(ends.index, ends.to_numpy(), normalize="index").reindex(
        columns=list(PARK_STAGES), fill_value=0.0
    )
    shares.index.name = "year"
    entered = pd.concat(
        [stage_changes(run).drop_duplicates("stage").assign(run=place) for place, run in enumerate(runs)]
    )
    by_stage = (
        entered.groupby("stage")["year"].agg(["median", "min", "max", "size"]).reindex(list(PARK_STAGES)).dropna()
    )
    rows = by_stage.assign(share=by_stage["size"] / len(runs)).reset_index()
    printed = {
        "stage": "stage",
        "median": "first year (median)",
        "min": "earliest",
        "max": "latest",
        "share": "share of runs",
    }
    text = (
        "Stages after Chertow and Ehrenfeld (2012): exchanges sprout, the network is uncovered, it is embedded. "
        "The thresholds are choices of this analysis (analysis/network/development_stages.py)."
    )
    exhibits = (
        Exhibit("stage_by_year", shares.reset_index(), stage_shares(shares)),
        Exhibit("stages", rows, printed=printed),
    )
    return Part("Stage of the park", exhibits, text)


def survival_part(tables: RunTables) -> Part:
    """Show survival, by carrier, too, with its log-rank test, hazard by age and what ends exchanges."""
    months = tables.months
    lives = lifetimes(tables.exchanges, months)
    curve = kaplan_meier(lives["age"], lives["ended"], lives["entered"])
    groups = {"all": curve}
    carriers = lives["carrier"].value_counts()
    groups |= {str(name): carrier_curve(lives, name) for name in carriers[carriers >= 5].index[:3] if len(carriers) > 1}
    flat = pd.concat([frame.assign(group=name) for name, frame in groups.items()])
    reasons = [reason if ended else None for reason, ended in zip(lives["reason"], lives["ended"], strict=True)]
    incidence = cumulative_incidence(lives["age"], reasons, lives["entered"])
    hazard = hazard_by_age(lives["age"], lives["ended"], AGES)
    at = survival_at(curve, LASTING)
    exhibits = (
        Exhibit("survival", flat, survival_curve(groups)),
        Exhibit("incidence", incidence, incidence_curves(incidence)),
        Exhibit("hazard", hazard, hazard_bars(hazard)),
        Exhibit("survival_at", at.dropna(), printed=LASTING_COLUMNS),
    )
    return Part("How long exchanges live", exhibits, survival_words(lives, curve, tables.is_ensemble))


def carrier_curve(lives: pd.DataFrame, carrier: object) -> pd.DataFrame:
    """Estimate the survival of the exchanges with one carrier."""
    mine = lives[lives["carrier"] == carrier]
    return kaplan_meier(mine["age"], mine["ended"], mine["entered"])


def survival_words(lives: pd.DataFrame, curve: pd.DataFrame, pooled: bool) -> str:
    """Say median life and whether carriers differ."""
    if lives.empty:
        return "No exchange ever started."
    median = median_life(curve)
    text = (
        "More than half of the exchanges outlive the run."
        if np.isnan(median)
        else f"Half of the exchanges end within {median:.1f} years."
    )
    groups = {"carriers": lives["carrier"], "exchanges with and without a broker": lives["channel"] == "broker"}
    for name, group in groups.items():
        if group.nunique() > 1 and lives["ended"].any():
            test = log_rank(lives["age"], lives["ended"], group.tolist())
            text += f" Difference between {name}: p = {test.p:.2g} (log-rank)."
    return text + (" Exchanges of all runs are pooled; those of one run are not independent." if pooled else "")


def resilience_part(run: RunTables) -> Part:
    """Show what the park loses without each member, now and over the years, and how it falls apart."""
    flows = flows_at(run, run.months - 1)
    losses, ranked = removal_losses(flows), criticality_by_year(run)
    worst, chance = removal_curve(flows), removal_curve(flows, targeted=False)
    curves = (
        worst[["removed", "left"]]
        .rename(columns={"left": "targeted"})
        .assign(random=chance["left"], low=chance["low"], high=chance["high"])
    )
    text = ""
    if len(losses):
        first = losses.iloc[0]
        text = (
            f"The most critical member is {first['company']}: without it the park loses {first['links']:.0f} exchanges "
            f"and {number(first['gain'])} EUR a year. Robustness (mean share of links left): "
            f"{robustness(worst):.2f} when the most critical go first, {robustness(chance):.2f} in random order. "
            "Nobody finds a new partner here."
        )
    printed = {
        "company": "without",
        "links": "exchanges lost",
        "tonnes": "t/yr",
        "gain": "EUR/yr",
        "gain_cascade": "EUR/yr with cascade",
        "share": "share of gain",
    }
    shocks = recoveries(run)
    fallen = shocks[shocks["depth"] > 0]
    exhibits = (
        Exhibit("criticality", ranked, criticality(ranked)),
        Exhibit("removal", curves, removal_curves(worst, chance)),
        Exhibit("losses", losses, printed=printed, fold="What the park loses without each member, end of the run"),
        Exhibit("recovery", fallen, printed=RECOVERY_COLUMNS, fold="Falls after closures and changes of process"),
    )
    return Part("Resilience", exhibits, text)


def certainty_part(tables: RunTables) -> Part:
    """Show how sure the means are and how many replicates would do."""
    rows = enough_replicates(tables.yearly, JUDGED)
    last = tables.yearly[tables.yearly["year"] == tables.end_year].sort_values("replicate")["links"]
    path = convergence(last.to_numpy())
    printed = {
        "indicator": "last year",
        "mean": "mean",
        "low": "95 % from",
        "high": "to",
        "replicates": "runs",
        "needed": "runs needed for 5 %",
    }
    exhibits = (
        Exhibit("convergence", path, convergence_curve(path, "links")),
        Exhibit("certainty", rows, printed=printed),
    )
    return Part("Enough replicates?", exhibits)
