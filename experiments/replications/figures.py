"""Figures shared by the replications."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.figure import Figure

from experiments.replications.comparison import Comparison

MET, MISSED = "#2a7f62", "#c44536"


def distance_figure(comparisons: Sequence[Comparison], title: str) -> Figure:
    """Draw how far each replicated number lies from the published one, in standard errors."""
    figure = Figure(figsize=(7, 1.2 + 0.19 * len(comparisons)), layout="constrained")
    axes = figure.subplots()
    for row, item in enumerate(comparisons):
        axes.hlines(row, -item.limit, item.limit, color="0.88", linewidth=6)
        axes.plot(item.distance, row, "o", markersize=4, color=MET if item.met else MISSED)
    axes.axvline(0, color="0.4", linewidth=0.8)
    axes.set_yticks(range(len(comparisons)), [f"{item.case}: {item.quantity}" for item in comparisons], fontsize=6)
    axes.set_xscale("symlog", linthresh=5)
    axes.margins(y=0.01)
    axes.invert_yaxis()
    axes.set_xlabel("replicated - published, in standard errors (grey: limit of the rule)")
    axes.set_title(title, fontsize=9)
    return figure
