"""Model against history: when each link began, when links ended, and by what cause."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from ..colours import BLUE, MUTED, ORANGE, RED
from ..number_format import plain, short
from .style import empty_figure, new_figure, styled, title


@styled
def years_of_links(links: pd.DataFrame) -> Figure:
    """Draw for each historical link its real year and the years of the model, with the share of runs that have it.

    links: `matching.score_links`.
    """
    if links.empty:
        return empty_figure("First year of each link", "History names no link in these years.")
    rows = links.sort_values(["start", "id"], ascending=False).reset_index(drop=True)
    figure, axes = new_figure((4.9, 1.3 + 0.22 * len(rows)))
    place = np.arange(len(rows))
    found = rows["appears"] > 0
    axes.hlines(place[found], rows["year_low"][found], rows["year_high"][found], color=BLUE, linewidth=2.4, alpha=0.45)
    axes.scatter(rows["year_mid"][found], place[found], color=BLUE, s=26, label="model, median and 90 %", zorder=3)
    axes.scatter(
        rows["start"], place, color=ORANGE, marker="D", s=26, edgecolor="black", lw=0.4, label="history", zorder=4
    )
    materials = [short(plain(str(name).split(";")[0]), 18) for name in rows["material"]]
    axes.set_yticks(place, [f"{name} {material}" for name, material in zip(rows["id"], materials, strict=True)])
    shares = axes.secondary_yaxis("right")
    shares.set_yticks(place, [f"{share:.0%}" for share in rows["appears"]])
    shares.spines["right"].set_visible(False)
    axes.grid(visible=False, axis="y")
    title(figure, "First year of each link; right: share of runs")
    axes.set(xlabel="year", ylim=(-0.8, len(rows) - 0.2))
    axes.xaxis.set_major_locator(MaxNLocator(nbins=6, integer=True))
    figure.legend(loc="outside lower center", ncols=2)
    return figure


@styled
def ends_by_year(ends: pd.DataFrame) -> Figure:
    """Draw ends by year, model (mean of a run) upwards, history downwards, paler what may have been.

    ends: `history.ends_by_year`.
    """
    heading = "Ends by year: model above, history below"
    largest = float(ends[["model", "real_high", "real"]].to_numpy(float).max(initial=0.0))
    if largest == 0:
        return empty_figure(heading, "No exchange ended.")
    figure, axes = new_figure()
    axes.bar(ends["year"], ends["model"], color=BLUE, width=0.9, label="model, mean of a run")
    axes.bar(ends["year"], -ends["real_high"], color=ORANGE, alpha=0.35, width=0.9, label="history, what may have been")
    axes.bar(ends["year"], -ends["real"], color=RED, width=0.9, label="history, best year")
    axes.axhline(0, color=MUTED, linewidth=0.8)
    axes.set_ylim(-1.1 * largest, 1.1 * largest)
    axes.yaxis.set_major_formatter(lambda value, _: f"{abs(value):g}")
    title(figure, heading)
    axes.set(xlabel="year", ylabel="exchanges ended")
    axes.xaxis.set_major_locator(MaxNLocator(nbins=7, integer=True))
    axes.legend(loc="upper left")
    return figure


@styled
def ends_by_cause(causes: pd.DataFrame) -> Figure:
    """Draw the share of each cause of ends in the model and in history."""
    if causes.empty or not causes[["model", "real"]].to_numpy().any():
        return empty_figure("Causes of ends", "No exchange ended.")
    rows = causes.iloc[::-1].reset_index(drop=True)
    figure, axes = new_figure((4.9, 1.1 + 0.32 * len(rows)))
    places = np.arange(len(rows))
    axes.barh(places + 0.2, rows["model_share"].fillna(0), height=0.38, color=BLUE, label="model")
    axes.barh(places - 0.2, rows["real_share"].fillna(0), height=0.38, color=ORANGE, label="history")
    axes.set_yticks(places, [plain(cause) for cause in rows["cause"]])
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:.0%}")
    axes.set(xlabel="share of all ends")
    axes.grid(visible=False, axis="y")
    title(figure, "Causes of ends")
    axes.legend(loc="best")
    return figure
