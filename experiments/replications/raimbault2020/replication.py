"""R1: the spatial network of by-products of Raimbault and others (2020), held against its authors' run files."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from matplotlib.figure import Figure

from ecopark.analysis.charts.matplotlib_figures.style import FAINT, styled

from ..comparison import MAIN, compare, conclude, count_met
from ..declaration import declared
from ..figures import distance_figure
from ..result import Beside, Comparison, Published, ReplicationResult, mean_and_error
from ..three_models import in_words
from . import park_question as park_network
from .published_model import Design, indicators, run

JANUARY, PLANNED = "January 2017", "planned clusters"
RUNS, QUICK_RUNS = 300, 30
READING_RUNS, QUICK_READING_RUNS = 100, 10
PARK_RUNS, QUICK_PARK_RUNS = 60, 8
SPREADS = (0, 4, 8, 12, 16, 20)

EARLY = {
    f"c {c}, T0 {threshold:g}": Design(transport_cost=c, threshold=threshold)
    for c, threshold in ((0.5, 0.0), (0.5, 0.1), (0.5, 0.25), (0.5, 0.5), (3.5, 0.0), (3.5, 0.5))
}
UNPLANNED = Design(
    width=121, height=97, centre_margin=11, bins=1200, shift=0.1, lottery=10.0, prospect="least_connected"
)
CLUSTERS = {f"spread {spread}": replace(UNPLANNED, means="centre", spread=float(spread)) for spread in SPREADS}
PARTS = {JANUARY: EARLY, PLANNED: CLUSTERS}

OTHER_READINGS: dict[str, dict[str, dict[str, object]]] = {
    JANUARY: {
        "means kept inside the axis, U(sigma, 1 - sigma)": {"means": "inside"},
        "each role needs its own overlap above T0": {"threshold_on": "role"},
        "one of the least connected companies acts": {"prospect": "least_connected"},
        "distance lottery in effect, d0 = 10 cells": {"lottery": 10.0},
    },
    PLANNED: {
        "the centres are counted as components": {"count_centres": True},
        "any company acts": {"prospect": "any"},
        "no distance lottery": {"lottery": math.inf},
        "world and axis of January 2017": {"width": 61, "height": 61, "centre_margin": 0, "bins": 1000, "shift": 0.0},
    },
}

Sample = dict[str, dict[str, np.ndarray]]


def sample(designs: dict[str, Design], runs: int, stream: Sequence[int]) -> Sample:
    """Run each design `runs` times on random streams of its own; return indicator values by case and indicator."""
    values: Sample = {}
    for row, (case, design) in enumerate(designs.items()):
        rngs = (np.random.default_rng([*stream, row, k]) for k in range(runs))
        found = [indicators(design, run(design, rng)) for rng in rngs]
        values[case] = {name: np.array([one[name] for one in found]) for name in found[0]}
    return values


def hold_against(published: Sequence[Published], values: Sample, reading: str) -> list[Comparison]:
    """Compare every published number with the runs of its case."""
    rows = []
    for number in published:
        runs = values[number.case][number.quantity]
        rows.append(compare(number, mean_and_error(runs), runs.size, len(published), reading))
    return rows


def replicate(quick: bool, seed: int) -> ReplicationResult:
    """Run the six rows of January 2017, the planned clusters, and every other reading of either."""
    runs = QUICK_RUNS if quick else RUNS
    reading_runs = QUICK_READING_RUNS if quick else READING_RUNS
    rows: list[Comparison] = []
    for part, (name, designs) in enumerate(PARTS.items()):
        published = [number for number in declared()["R1"].published if number.part == name]
        rows += hold_against(published, sample(designs, runs, (seed, part, 0)), MAIN)
        for k, (reading, change) in enumerate(OTHER_READINGS[name].items(), start=1):
            changed = {case: replace(design, **change) for case, design in designs.items()}
            rows += hold_against(published, sample(changed, reading_runs, (seed, part, k)), reading)
    unplanned = sample({"": UNPLANNED}, runs, (seed, 2, 0))[""]["total waste"]
    park = park_network.ask_park(QUICK_PARK_RUNS if quick else PARK_RUNS, seed)
    return report(quick, seed, rows, mean_and_error(unplanned), set_beside(rows, park))


def set_beside(rows: Sequence[Comparison], park: dict[str, dict[str, np.ndarray]]) -> tuple[Beside, ...]:
    """Hold published, replicated and park answers side by side, under the main reading."""
    main = [row for row in rows if row.reading == MAIN]
    published = {(row.case, row.quantity): row.published for row in main}
    replicated = {(row.case, row.quantity): row.replicated for row in main}
    return tuple(park_network.side_by_side(published, replicated, park))


def report(
    quick: bool, seed: int, rows: list[Comparison], unplanned: tuple[float, float], beside: tuple[Beside, ...]
) -> ReplicationResult:
    """Put the comparisons and the waste without a plan (mean, standard error) into words and figures."""
    main = [row for row in rows if row.reading == MAIN]
    waste = [row for row in main if row.part == PLANNED and row.quantity == "total waste"]
    largest = max(abs(row.distance) for row in main if row.part == JANUARY)
    mean, error = unplanned
    pays = [row.case for row in waste if row.replicated - mean < -2 * math.hypot(row.replicated_error, error)]
    costs = [row.case for row in waste if row.replicated - mean > 2 * math.hypot(row.replicated_error, error)]
    counted = count_met(rows, PLANNED, "the centres are counted as components")
    paragraph = (
        f"{JANUARY}: {count_met(rows, JANUARY)} numbers are met, largest distance {largest:.1f} standard errors; "
        f"planned clusters: {count_met(rows, PLANNED)}, {counted} once the five centres, which never trade, are "
        f"counted as components. Under the same rules without a plan the waste is {mean:.3f} ({error:.3f}): a plan "
        f"lowers it at {', '.join(pays) or 'no spread'} and raises it at {', '.join(costs) or 'no spread'} "
        f"(by more than two standard errors). {in_words(beside)}"
    )
    observation = {"quantity": "total waste without a plan, rules of June 2018", "mean": mean, "standard_error": error}
    figures = {
        "distances": distance_figure(main, "R1: distance from the published runs"),
        "planned_clusters": draw_clusters(waste, mean, error),
    }
    return conclude("R1", quick, seed, rows, paragraph, beside=beside, observations=(observation,), figures=figures)


@styled
def draw_clusters(waste: Sequence[Comparison], unplanned: float, error: float) -> Figure:
    """Draw total waste against the spread of the planned means; bars and band are two standard errors."""
    figure = Figure(figsize=(6, 4), layout="constrained")
    axes = figure.subplots()
    axes.axhspan(unplanned - 2 * error, unplanned + 2 * error, color=FAINT, label="no plan, same rules")
    published = [(row.published, 2 * row.published_error) for row in waste]
    replicated = [(row.replicated, 2 * row.replicated_error) for row in waste]
    axes.errorbar(SPREADS, *zip(*published, strict=True), fmt="s", capsize=3, label="published, 10 runs")
    axes.errorbar(
        SPREADS, *zip(*replicated, strict=True), fmt="o-", capsize=3, label=f"replicated, {waste[0].runs} runs"
    )
    axes.set_xlabel("spread of the planned means (per relative distance to the centre)")
    axes.set_ylabel("total waste (share of output)")
    axes.set_ylim(bottom=0)
    axes.legend(frameon=False)
    return figure
