"""Who got how much: splits of exchanges, claims and receipts, the public purse, the way to the optimum."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from ..colours import BLUE, FAINT, GREEN, INK, MUTED, RED, money_scale
from ..number_format import plain
from .style import empty_figure, new_figure, styled, title


@styled
def split_histogram(split: pd.DataFrame) -> Figure:
    """Draw how the surplus of exchanges is split: number by the seller's share (`sharing.split_by_exchange`)."""
    known = split["share_of_seller"].dropna()
    heading = "Share of the surplus that goes to the seller"
    if known.empty:
        return empty_figure(heading, "No exchange brought a surplus to share.")
    figure, axes = new_figure()
    axes.hist(
        known.clip(-0.25, 1.25),
        bins=np.linspace(-0.25, 1.25, 16).tolist(),
        color=BLUE,
        edgecolor="white",
        linewidth=0.6,
    )
    axes.axvline(0.5, color=INK, linewidth=1.0, linestyle="--")
    axes.annotate("equal", (0.5, axes.get_ylim()[1]), xytext=(3, -3), textcoords="offset points", va="top")
    for limit in (0.0, 1.0):
        axes.axvline(limit, color=MUTED, linewidth=0.8, linestyle=":")
    title(figure, heading)
    axes.set(xlabel="share of the seller (below 0 or above 1: one side lost)", ylabel="exchanges")
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    return figure


@styled
def claims_and_receipts(frame: pd.DataFrame, most: int = 15) -> Figure:
    """Draw what each company gets a year beside its Shapley value (`coalitions.fairness`)."""
    heading = "What companies get, and what they can claim"
    if frame.empty:
        return empty_figure(heading, "There was no exchange to share the gain of.")
    top = frame.reindex(frame["shapley"].abs().sort_values(ascending=False).index)[:most].iloc[::-1]
    size, unit = money_scale(float(np.nanmax(np.abs(top[["gets", "shapley"]].to_numpy(float)))))
    rows = np.arange(len(top))
    figure, axes = new_figure((4.9, 1.4 + 0.25 * len(top)))
    axes.hlines(rows, top["gets"] / size, top["shapley"] / size, color=FAINT, linewidth=3, zorder=1)
    axes.scatter(top["shapley"] / size, rows, color=GREEN, marker="D", s=26, label="Shapley value")
    axes.scatter(top["gets"] / size, rows, color=BLUE, s=34, zorder=3, label="gets")
    axes.set_yticks(rows, [plain(name) for name in top["company"]])
    axes.grid(visible=False, axis="y")
    title(figure, heading)
    axes.set(xlabel=f"{unit} a year")
    figure.legend(loc="outside lower center", ncols=2)
    return figure


@styled
def inequality(gini: pd.DataFrame) -> Figure:
    """Draw the Gini coefficient of the gains by year (`sharing.gini_by_year`)."""
    if gini.empty or gini[["open", "linked"]].isna().all(axis=None):
        return empty_figure("Inequality of gains", "No year brought a gain to share.")
    figure, axes = new_figure()
    axes.plot(gini["year"], gini["open"], color=BLUE, label="all open companies")
    axes.plot(gini["year"], gini["linked"], color=RED, linestyle="--", label="companies with exchanges")
    title(figure, "Inequality of gains")
    axes.set(xlabel="year", ylabel="Gini coefficient")
    axes.set_ylim(0, float(np.clip(1.05 * np.nanmax(gini[["open", "linked"]].to_numpy(float)), 1.0, 2.0)))
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.legend()
    return figure


@styled
def public_account_curve(account: pd.DataFrame) -> Figure:
    """Draw by year what the public account gains or loses by the exchanges (`sharing.public_account`)."""
    if account.empty:
        return empty_figure("Public account", "No year was simulated.")
    medians = account.groupby("year")["difference"].median()
    size, unit = money_scale(float(medians.abs().max()))
    figure, axes = new_figure()
    colours = [GREEN if value >= 0 else RED for value in medians]
    axes.bar(medians.index, medians / size, color=colours, width=0.8)
    axes.axhline(0, color=MUTED, linewidth=0.8)
    title(figure, "Public account against the same year without exchanges")
    axes.set(xlabel="year", ylabel=f"{unit} a year")
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    return figure


@styled
def way_to_the_optimum(reached: float, losses: pd.DataFrame, names: dict[str, str]) -> Figure:
    """Draw the value reached and what was lost where, up to the planner's network (`optimum.shortfall`)."""
    heading = "From what bargaining reached to the planner's optimum"
    steps = losses[losses["loss"] != 0]
    best = reached + float(losses["loss"].sum())
    if not best > 0:
        return empty_figure(heading, "There was nothing of value to reach.")
    size, unit = money_scale(best)
    labels = ["reached by bargaining", *(names[cause] for cause in steps["cause"]), "optimum"]
    starts = reached + np.concatenate([[0.0], np.cumsum(steps["loss"])])
    lefts = np.concatenate([[0.0], starts[:-1], [0.0]])
    widths = np.concatenate([[reached], steps["loss"], [best]])
    colours = [BLUE, *(RED if loss > 0 else GREEN for loss in steps["loss"]), INK]
    figure, axes = new_figure((4.9, 1.0 + 0.3 * len(labels)))
    rows = np.arange(len(labels))[::-1]
    axes.barh(rows, widths / size, left=lefts / size, color=colours, height=0.66)
    axes.set_yticks(rows, labels)
    axes.grid(visible=False, axis="y")
    title(figure, heading)
    axes.set(xlabel=f"{unit} a year")
    return figure
