"""Curves of any indicator over years or replicates; links and gains are in `ecopark.analysis.charts.svg.time_series`."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from ...run_folder.columns import Sheet
from ..colours import BLUE
from ..number_format import plain
from ..svg.time_series import band_by_year
from .style import empty_figure, new_figure, readable, styled, title


def draw_band(axes: Axes, band: Sheet, colour: str, label: str) -> None:
    """Draw median and band of one indicator into a panel."""
    if (band["high"] > band["low"]).any():
        axes.fill_between(band["year"], band["low"], band["high"], color=colour, alpha=0.22, linewidth=0)
    axes.plot(band["year"], band["mid"], color=colour, label=label)


@styled
def indicator_curve(yearly: pd.DataFrame, column: str, heading: str, unit: str) -> Figure:
    """Draw any yearly indicator with the band over replicates."""
    if yearly.empty:
        return empty_figure(heading, "No year was simulated.")
    figure, axes = new_figure()
    draw_band(axes, band_by_year(yearly, column), BLUE, plain(column))
    axes.set_ylim(bottom=min(0.0, axes.get_ylim()[0]))
    title(figure, heading)
    readable(axes.yaxis)
    axes.set(xlabel="year", ylabel=unit)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    return figure


@styled
def convergence_curve(path: pd.DataFrame, indicator: str) -> Figure:
    """Draw mean and 95 % interval against the number of replicates (`uncertainty.convergence`)."""
    if path.empty:
        return empty_figure("Enough replicates?", "One run has no spread to judge by.")
    figure, axes = new_figure()
    axes.fill_between(path["number"], path["low"], path["high"], color=BLUE, alpha=0.22, linewidth=0)
    axes.plot(path["number"], path["mean"], color=BLUE)
    tail = path.iloc[min(3, len(path) - 1) :]
    axes.set_ylim(float(tail["low"].min()) - 1e-9, float(tail["high"].max()) + 1e-9)
    title(figure, f"Mean of {plain(indicator)} with 95 % interval")
    readable(axes.yaxis)
    axes.set(xlabel="replicates", ylabel=plain(indicator))
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    return figure
