"""Model against history: when each link began, when links ended, and by what cause."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from analysis.figures.style import BLUE, MUTED, ORANGE, empty_figure, new_figure, plain, short, styled, title


@styled
def years_of_links(links: pd.DataFrame) -> Figure:
    """Draw for each link the real year and the model's median with its 5 to 95 % range; paler when it appears rarely.

    links: rows of `analysis.matching.score_links`.
    """
    if links.empty:
        return empty_figure("Year of each link", "History names no link in these years.")
    rows = links.sort_values(["start", "id"], ascending=False).reset_index(drop=True)
    figure, axes = new_figure((4.9, 1.1 + 0.19 * len(rows)))
    for row in rows.itertuples():
        strength = 0.25 + 0.75 * float(row.appears)
        axes.plot([row.year_low, row.year_high], [row.Index] * 2, color=BLUE, alpha=strength, linewidth=2)
        axes.plot([row.year_mid], [row.Index], "o", color=BLUE, alpha=strength, markersize=4)
    axes.plot(rows["start"], rows.index, "D", color=ORANGE, markersize=4, linestyle="none")
    labels = [
        f"{row.id} {short(plain(str(row.material).split(';')[0]), 18)} {row.appears:.0%}" for row in rows.itertuples()
    ]
    axes.set_yticks(range(len(rows)), labels)
    title(figure, "Year of each link: history (diamond), model (median, 90 %)")
    axes.set(xlabel="year; the share of runs stands with the name")
    axes.xaxis.set_major_locator(MaxNLocator(nbins=7, integer=True))
    return figure


@styled
def ends_by_year(ends: pd.DataFrame) -> Figure:
    """Draw the ends by year: model upwards (mean of a run), history downwards, paler what may have been."""
    if not (ends[["model", "real"]] > 0).any(axis=None):
        return empty_figure("Ends by year", "No exchange ended.")
    figure, axes = new_figure()
    axes.bar(ends["year"], ends["model"], color=BLUE, width=0.8, label="model, mean of a run")
    axes.bar(ends["year"], -ends["real_high"], color=ORANGE, alpha=0.35, width=0.8, label="history, what may have been")
    axes.bar(ends["year"], -ends["real"], color=ORANGE, width=0.8, label="history, best year")
    axes.axhline(0, color=MUTED, linewidth=0.8)
    axes.yaxis.set_major_formatter(lambda value, _: f"{abs(value):g}")
    title(figure, "Ends by year")
    axes.set(xlabel="year", ylabel="exchanges that ended")
    axes.legend(loc="best")
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
    axes.grid(visible=False, axis="y")
    title(figure, "Causes of ends, share of all")
    axes.legend(loc="best")
    return figure
