"""A run against another on the same shocks, and an ensemble against history."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from analysis.figures.style import (
    BLUE,
    MUTED,
    ORANGE,
    RED,
    empty_figure,
    money_scale,
    new_figure,
    plain,
    short,
    styled,
    title,
)


@styled
def difference_curve(differences: pd.DataFrame, indicator: str, unit: str) -> Figure:
    """Draw what a change does to an indicator by year, with its 95 % interval (`counterfactual.difference_by_year`)."""
    mine = differences[differences["indicator"] == indicator]
    size, scaled = money_scale(float(mine["difference"].abs().max())) if unit == "EUR" else (1.0, unit)
    figure, axes = new_figure()
    axes.axhline(0, color=MUTED, linewidth=0.8)
    if mine["low"].notna().any():
        axes.fill_between(mine["year"], mine["low"] / size, mine["high"] / size, color=BLUE, alpha=0.22, linewidth=0)
    axes.plot(mine["year"], mine["difference"] / size, color=BLUE)
    title(figure, f"Difference in {plain(indicator)}, with 95 % interval")
    axes.set(xlabel="year", ylabel=f"{scaled} a year" if unit == "EUR" else scaled)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    return figure


@styled
def link_timing(links: pd.DataFrame) -> Figure:
    """Draw for each historical link its real year and the years of the model, with the share of runs that have it.

    links: `matching.score_links`.
    """
    if links.empty:
        return empty_figure("Each link against history", "History has no link in this time.")
    rows = links.sort_values(["start", "id"], ascending=False).reset_index(drop=True)
    figure, axes = new_figure((4.9, 1.3 + 0.22 * len(rows)))
    place = np.arange(len(rows))
    found = rows["appears"] > 0
    axes.hlines(place[found], rows["year_low"][found], rows["year_high"][found], color=BLUE, linewidth=2.4, alpha=0.45)
    axes.scatter(rows["year_mid"][found], place[found], color=BLUE, s=26, label="model, median and 90 %", zorder=3)
    axes.scatter(
        rows["start"], place, color=ORANGE, marker="D", s=26, edgecolor="black", lw=0.4, label="history", zorder=4
    )
    names = [f"{row['id']} {short(plain(row['material']).split(';')[0], 18)}" for row in rows.to_dict("records")]
    axes.set_yticks(place, names)
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
def ends_against_history(ends: pd.DataFrame) -> Figure:
    """Draw ends by year, model (mean of a run) upwards and history downwards (`history.ends_by_year`)."""
    figure, axes = new_figure()
    axes.bar(ends["year"], ends["model"], color=BLUE, width=0.9, label="model, mean of a run")
    axes.bar(ends["year"], -ends["real_high"], color=ORANGE, alpha=0.35, width=0.9, label="history, possible years")
    axes.bar(ends["year"], -ends["real"], color=RED, width=0.9, label="history")
    axes.axhline(0, color=MUTED, linewidth=0.8)
    largest = max(1.0, float(ends[["model", "real_high", "real"]].to_numpy(float).max()))
    axes.set_ylim(-1.1 * largest, 1.1 * largest)
    ticks = [tick for tick in MaxNLocator(integer=True).tick_values(-largest, largest) if abs(tick) <= 1.1 * largest]
    axes.set_yticks(ticks, [f"{abs(tick):g}" for tick in ticks])
    title(figure, "Ends by year: model above, history below")
    axes.set(xlabel="year", ylabel="exchanges ended")
    axes.xaxis.set_major_locator(MaxNLocator(nbins=7, integer=True))
    axes.legend(loc="upper left")
    return figure
