"""Figures shared by the replications."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.figure import Figure

from ecopark.analysis.charts.matplotlib_figures.style import FAINT, MUTED, styled

from .result import Comparison

MET, MISSED = "#2a7f62", "#c44536"
LINEAR = 5
"""Distances up to here are drawn to scale, larger ones by their logarithm, standard errors."""
TICKS = (-1000, -100, -20, -LINEAR, 0, LINEAR, 20, 100, 1000)


@styled
def distance_figure(comparisons: Sequence[Comparison], title: str) -> Figure:
    """Draw how far each replicated number lies from the published one, in standard errors."""
    figure = Figure(figsize=(7, 1.4 + 0.2 * len(comparisons)), layout="constrained")
    figure.suptitle(title, fontsize=9)
    axes = figure.subplots()
    for row, item in enumerate(comparisons):
        axes.hlines(row, -item.limit, item.limit, color=FAINT, linewidth=6)
        axes.plot(item.distance, row, "o", markersize=4, color=MET if item.met else MISSED)
    axes.axvline(0, color=MUTED, linewidth=0.8)
    axes.set_yticks(range(len(comparisons)), [f"{item.case}: {item.quantity}" for item in comparisons], fontsize=6)
    axes.set_xscale("symlog", linthresh=LINEAR, linscale=2)
    reach = max(LINEAR, *(abs(item.distance) for item in comparisons)) * 1.5
    ticks = [tick for tick in TICKS if abs(tick) <= reach]
    axes.set_xticks(ticks, [str(tick) for tick in ticks], fontsize=7)
    axes.minorticks_off()
    axes.set_xlim(-reach, reach)
    axes.set_ylim(len(comparisons) - 0.4, -0.6)
    axes.set_xlabel("distance in standard errors (grey: within the rule)", fontsize=8)
    return figure
