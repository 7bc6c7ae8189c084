"""The shape of the network over the years, its stage, and what it loses when members leave."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from ...network.development_stages import PARK_STAGES
from ..colours import BLUE, CYCLE, FAINT, INK, MUTED, ORANGE, RED, SKY
from ..number_format import plain, short
from .style import empty_figure, new_figure, styled, title

STAGE_COLOURS = dict(zip(PARK_STAGES, (FAINT, SKY, BLUE, INK, RED), strict=True))
SHAPES = {
    "density": "density",
    "centralisation": "centralisation",
    "anchor_share": "share of links at the anchor",
    "largest_component": "share in the largest part",
}


@styled
def network_shape(measures: pd.DataFrame) -> Figure:
    """Draw four measures of the network by year, each in a panel of its own (`network.network_by_year`)."""
    if measures.empty or measures["links"].max() == 0:
        return empty_figure("Shape of the network", "There was no exchange, so there is no network to measure.")
    figure, axes = new_figure((4.9, 3.6))
    figure.delaxes(axes)
    panels = figure.subplots(2, 2, sharex=True).ravel()
    for panel, (name, label), colour in zip(panels, SHAPES.items(), CYCLE, strict=False):
        panel.plot(measures["year"], measures[name], color=colour)
        panel.set_title(label)
        panel.set_ylim(0, max(0.1, 1.08 * float(np.nan_to_num(measures[name]).max())))
        panel.xaxis.set_major_locator(MaxNLocator(nbins=4, integer=True))
    for panel in panels[2:]:
        panel.set_xlabel("year")
    title(figure, "Shape of the network")
    return figure


@styled
def degree_bars(degrees: pd.DataFrame, year: int) -> Figure:
    """Draw how many companies have how many exchanges (`network.degree_distribution`)."""
    heading = f"Exchanges per company, end of {year}"
    if degrees.empty:
        return empty_figure(heading, "No company was open.")
    figure, axes = new_figure()
    axes.bar(degrees["degree"], degrees["companies"], color=BLUE, width=0.8)
    title(figure, heading)
    axes.set(xlabel="exchanges of a company", ylabel="companies")
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    return figure


@styled
def stage_shares(shares: pd.DataFrame) -> Figure:
    """Draw the share of runs in each stage of the park by year; index year, a column per stage."""
    figure, axes = new_figure((4.9, 2.5))
    names = [name for name in PARK_STAGES if name in shares.columns and shares[name].any()]
    years = np.append(shares.index.to_numpy(float), float(shares.index.max()) + 1.0)
    values = shares[names].to_numpy(float).T
    values = np.column_stack([values, values[:, -1]])
    areas = axes.stackplot(years, values, colors=[STAGE_COLOURS[name] for name in names], labels=names, step="post")
    for area, name in zip(areas, names, strict=True):
        area.set(hatch={"decline": "//", "uncovering": ".."}.get(name, ""), edgecolor="white", linewidth=0.2)
    title(figure, "Stage of the park")
    axes.set(xlabel="year", ylabel="share of runs", ylim=(0, 1))
    axes.set_xlim(years[0], years[-1])
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    figure.legend(loc="outside lower center", ncols=min(5, len(names)))
    return figure


@styled
def criticality(ranked: pd.DataFrame, most: int = 5) -> Figure:
    """Draw for the most critical companies the share of the park's gain lost without them (`criticality_by_year`)."""
    heading = "Share of the gain lost without a member"
    known = ranked[ranked["share"].notna()] if len(ranked) else ranked
    if known.empty:
        return empty_figure(heading, "No exchange brought a gain, so no member is critical.")
    top = known.groupby("company")["share"].sum().sort_values(ascending=False).index[:most]
    figure, axes = new_figure((4.9, 3.5))
    for company, colour, dash in zip(top, CYCLE, ("-", "--", ":", "-.", (0, (1, 1))), strict=False):
        mine = known[known["company"] == company]
        axes.plot(mine["year"], mine["share"], color=colour, linestyle=dash, label=short(plain(company), 20))
    title(figure, heading)
    axes.set(xlabel="year", ylabel="share of the gain of all exchanges")
    axes.set_ylim(0, 1.1 * float(known["share"].max()))
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    figure.legend(loc="outside lower center", ncols=2)
    return figure


@styled
def removal_curves(targeted: pd.DataFrame, random: pd.DataFrame, measure: str = "links") -> Figure:
    """Draw the share left while members leave one by one: the worst first, or in random order with the central 90 %."""
    heading = f"What is left of the {measure} while members leave"
    if targeted["left"].isna().all():
        return empty_figure(heading, "There was no exchange to lose.")
    figure, axes = new_figure()
    axes.fill_between(random["removed"], random["low"], random["high"], color=ORANGE, alpha=0.25, linewidth=0)
    axes.plot(random["removed"], random["left"], color=ORANGE, linestyle="--", label="in random order, 90 % band")
    axes.plot(targeted["removed"], targeted["left"], color=BLUE, marker="o", markersize=3, label="most critical first")
    title(figure, heading)
    axes.set(xlabel="members gone", ylabel="share left", ylim=(0, 1.03))
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.legend()
    axes.tick_params(color=MUTED)
    return figure
