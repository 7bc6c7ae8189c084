"""Curves over the years: links, gains, any indicator, with the band over replicates."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from analysis.figures.style import (
    BLUE,
    GREEN,
    MUTED,
    ORANGE,
    RED,
    empty_figure,
    money_scale,
    new_figure,
    readable,
    styled,
    title,
)
from analysis.wording import plain


def band_by_year(yearly: pd.DataFrame, column: str, coverage: float = 0.9) -> pd.DataFrame:
    """Compute median and central band over replicates by year (low, mid, high); of one run, the run itself."""
    tail = (1.0 - coverage) / 2.0
    grouped = yearly.groupby("year")[column]
    levels = {"low": tail, "mid": 0.5, "high": 1.0 - tail}
    return pd.DataFrame({name: grouped.quantile(level) for name, level in levels.items()})


def draw_band(axes: Axes, band: pd.DataFrame, colour: str, label: str) -> None:
    """Draw median and band of one indicator into a panel."""
    years = band.index.to_numpy(float)
    if (band["high"] > band["low"]).any():
        axes.fill_between(years, band["low"], band["high"], color=colour, alpha=0.22, linewidth=0)
    axes.plot(years, band["mid"].to_numpy(float), color=colour, label=label)


@styled
def growth_curve(yearly: pd.DataFrame, history: pd.DataFrame | None = None) -> Figure:
    """Draw active links by year, with the band over replicates and, if given, history (year, low, mid, high)."""
    if yearly.empty:
        return empty_figure("Active links", "No year was simulated.")
    figure, axes = new_figure()
    if history is not None and not history.empty:
        years = history["year"].to_numpy(float)
        axes.fill_between(years, history["low"], history["high"], color=ORANGE, alpha=0.35, linewidth=0)
        axes.plot(years, history["mid"], color=ORANGE, linestyle="--", label="history, with its range")
    several = "replicate" in yearly.columns
    draw_band(axes, band_by_year(yearly, "links"), BLUE, "model, median and 90 % band" if several else "model")
    title(figure, "Active links")
    axes.set(xlabel="year", ylabel="exchanges in operation")
    axes.set_ylim(bottom=0, top=max(1.0, axes.get_ylim()[1]))
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.legend(loc="upper left")
    return figure


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
def gains_by_year(yearly: pd.DataFrame) -> Figure:
    """Draw the yearly gain of sellers and of buyers and the change of the public account (medians over replicates)."""
    if yearly.empty:
        return empty_figure("Gains by year", "No year was simulated.")
    frame = yearly.assign(public=yearly["public_balance"] - yearly["public_balance_alone"])
    columns = {"gain_sellers": "sellers", "gain_buyers": "buyers", "public": "public purse"}
    medians = frame.groupby("year")[list(columns)].median()
    size, unit = money_scale(float(np.nanmax(np.abs(medians.to_numpy(float)), initial=0.0)))
    figure, axes = new_figure()
    axes.axhline(0, color=MUTED, linewidth=0.8)
    for (name, label), colour, dash in zip(columns.items(), (GREEN, BLUE, RED), ("-", "--", ":"), strict=True):
        axes.plot(medians.index, medians[name] / size, color=colour, linestyle=dash, label=label)
    title(figure, "Gain against the same year without exchanges")
    axes.set(xlabel="year", ylabel=f"{unit} a year")
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.legend(loc="best")
    return figure


@styled
def gains_by_company(companies: pd.DataFrame, most: int = 12) -> Figure:
    """Draw what each company gained in all, largest first (median over replicates)."""
    total = gain_totals(companies)
    if total.empty or not (total != 0).any():
        return empty_figure("Gain by company", "No company gained or lost by an exchange.")
    total = total.reindex(total.abs().sort_values(ascending=False).index)[:most].sort_values()
    size, unit = money_scale(float(total.abs().max()))
    figure, axes = new_figure((4.9, 1.0 + 0.24 * len(total)))
    colours = [BLUE if value >= 0 else RED for value in total]
    axes.barh([plain(name) for name in total.index], total / size, color=colours, height=0.7)
    axes.axvline(0, color=MUTED, linewidth=0.8)
    axes.grid(visible=False, axis="y")
    title(figure, "Gain by company, whole run")
    axes.set(xlabel=unit)
    return figure


def gain_totals(companies: pd.DataFrame) -> pd.Series:
    """Add up the gain of each company (EUR); over replicates the median."""
    if "replicate" not in companies.columns:
        return companies.groupby("company")["gain"].sum()
    return companies.groupby(["company", "replicate"])["gain"].sum().groupby("company").median()


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
