"""How deals came about, what they cost, and how they ended: funnel, prices, ends by reason."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from analysis.figures.style import BLUE, FAINT, INK, MUTED, RED, empty_figure, new_figure, styled, title
from analysis.tables import REASONS
from analysis.wording import number, plain


@styled
def ends_by_reason(exchanges: pd.DataFrame, start_year: int, runs: int = 1) -> Figure:
    """Draw when exchanges ended and why: a dot per reason and year, its area the number of ends (a run)."""
    ended = exchanges[exchanges["end_month"].notna()]
    if ended.empty:
        return empty_figure("Ends by reason", "No exchange ended.")
    years = start_year + (ended["end_month"].to_numpy(float) // 12).astype(int)
    counts = pd.Series(1.0 / runs, index=[ended["reason"].to_numpy(), years]).groupby(level=[0, 1]).sum()
    totals = counts.groupby(level=0).sum()
    reasons = [reason for reason in reversed(REASONS) if reason in totals.index]
    figure, axes = new_figure((4.9, 1.1 + 0.24 * len(reasons)))
    rows = [reasons.index(reason) for reason, _ in counts.index]
    scale = 60.0 if counts.max() <= 3 else 180.0 / counts.max()
    axes.scatter(
        counts.index.get_level_values(1),
        rows,
        s=np.maximum(scale * counts, 4.0),
        color=RED,
        alpha=0.8,
        edgecolor=INK,
        lw=0.5,
    )
    labels = [f"{plain(reason)} ({number(float(totals[reason]), 2)})" for reason in reasons]
    axes.set_yticks(range(len(reasons)), labels)
    axes.set_ylim(-0.7, len(reasons) - 0.3)
    title(figure, f"Ends by reason ({number(totals.sum())} in all{' per run' if runs > 1 else ''})")
    axes.set(xlabel="year")
    axes.xaxis.set_major_locator(MaxNLocator(nbins=6, integer=True))
    axes.margins(x=0.06)
    return figure


@styled
def funnel(reached: pd.Series, heading: str = "From opportunity to exchange") -> Figure:
    """Draw how many opportunities ever reached each stage, and the share that went on to the next."""
    if reached.empty or reached.iloc[0] == 0:
        return empty_figure(heading, "No opportunity was ever identified.")
    figure, axes = new_figure((4.9, 1.0 + 0.28 * len(reached)))
    names = [plain(name) for name in reached.index]
    axes.barh(names[::-1], reached.to_numpy()[::-1], color=BLUE, height=0.72)
    previous = reached.shift(1)
    for row, (count, before) in enumerate(zip(reached[::-1], previous[::-1], strict=True)):
        share = f" ({count / before:.0%})" if before == before and before > 0 else ""
        axes.annotate(
            f"{count:.3g}{share}" if count < 1000 else f"{count:.0f}{share}",
            (count, row),
            xytext=(3, 0),
            textcoords="offset points",
            va="center",
        )
    axes.set_xlim(0, 1.28 * float(reached.max()))
    axes.grid(visible=False, axis="y")
    title(figure, heading)
    axes.set(xlabel="opportunities that ever got there (share of the stage before)")
    return figure


@styled
def price_paths(prices: pd.DataFrame, exchanges: pd.DataFrame, start_year: int, most: int = 4) -> Figure:
    """Draw, for the inputs most replaced, the market price and the price of each exchange over its life."""
    inputs = leading_inputs(exchanges, most)
    if not inputs:
        return empty_figure("Prices", "No exchange was ever signed, so no price was agreed.")
    figure, _ = new_figure((4.9, 0.5 + 1.45 * len(inputs)))
    figure.clear()
    panels = figure.subplots(len(inputs), 1, sharex=True, squeeze=False)[:, 0]
    last_year = start_year + float(prices["month"].max() + 1) / 12 if not prices.empty else start_year + 1.0
    for axes, name in zip(panels, inputs, strict=True):
        draw_prices(
            axes, prices[prices["material"] == name], exchanges[exchanges["input"] == name], start_year, last_year
        )
        units = ", ".join(sorted(set(exchanges.loc[exchanges["input"] == name, "unit"].astype(str))))
        axes.set_title(f"{plain(name)} (by-products in {units})")
    panels[0].legend(loc="upper left", ncols=2, fontsize=7.5)
    panels[-1].set_xlabel("year")
    title(figure, "Market price of the input and prices agreed")
    return figure


def leading_inputs(exchanges: pd.DataFrame, most: int) -> list[str]:
    """List the inputs with the largest number of exchanges, then the largest gain."""
    started = exchanges[exchanges["start_month"].notna()]
    if started.empty:
        return []
    ranked = started.groupby("input").agg(number=("exchange", "size"), gain=("buyer_gain", "sum"))
    return [str(name) for name in ranked.sort_values(["number", "gain"], ascending=False).index[:most]]


def draw_prices(axes: Axes, market: pd.DataFrame, deals: pd.DataFrame, start_year: int, last_year: float) -> None:
    """Draw one input: the market's yearly mean as a line, each deal as a bar from its start to its end."""
    if not market.empty and market["price"].notna().any():
        yearly = market.groupby(start_year + market["month"] // 12)["price"].mean()
        axes.plot(yearly.index + 0.5, yearly, color=MUTED, label="market price", linewidth=1.2)
    begin = start_year + deals["start_month"].to_numpy(float) / 12
    finish = np.fmin(start_year + deals["end_month"].to_numpy(float) / 12, last_year)
    finish = np.where(np.isnan(finish), last_year, finish)
    axes.hlines(deals["price"], begin, finish, color=BLUE, alpha=0.75, linewidth=1.8, label="agreed for the by-product")
    axes.axhline(0, color=FAINT, linewidth=1.0, zorder=0)
    axes.set_ylabel("EUR/unit")
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.yaxis.set_major_locator(MaxNLocator(4))
