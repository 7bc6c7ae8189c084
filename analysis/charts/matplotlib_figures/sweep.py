"""What matters in a sweep: estimates with their intervals, response curves, screening."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from ..colours import BLUE, CYCLE, FAINT, MUTED, RED
from ..number_format import plain
from .style import empty_figure, new_figure, readable, styled, title

MARKERS = "osD^vPX*"
MOST_ROWS = 14
LEGEND = 66  # letters of a line of a legend


@styled
def forest(
    table: pd.DataFrame,
    rows: str,
    value: str,
    heading: str,
    label: str,
    by: str | None = None,
    limit: float | None = None,
) -> Figure:
    """Draw estimates as dots with their intervals, largest first.

    table: columns named by rows and value, low and high (NaN: no interval), and by where several stand at each row. label:
    of the axis, with the unit. limit: a dotted line, such as what chance alone gives.
    """
    if not np.isfinite(table[value].to_numpy(float)).any():
        return empty_figure(heading, "The outcome never changed, so there is nothing to compare.")
    size = table[value].abs().groupby(table[rows], sort=False).max()
    names = size.sort_values(ascending=False, kind="stable").index[:MOST_ROWS].tolist()
    groups = table[by].unique().tolist() if by else [None]
    figure, axes = new_figure((4.9, 1.15 + len(names) * (0.24 + 0.1 * (len(groups) - 1))))
    step = 0.7 / len(groups)
    for number, (group, colour, marker) in enumerate(zip(groups, CYCLE, MARKERS, strict=False)):
        mine = (table if group is None else table[table[by] == group]).set_index(rows).reindex(names)
        place = np.arange(len(names)) + (number - (len(groups) - 1) / 2) * step
        ends = np.array([mine[value] - mine["low"], mine["high"] - mine[value]], float).clip(0)
        look: dict[str, Any] = {
            "fmt": marker,
            "color": colour,
            "ecolor": colour,
            "elinewidth": 1.2,
            "markersize": 4.5,
            "capsize": 2,
        }
        axes.errorbar(mine[value], place, xerr=ends, label=None if group is None else plain(group), **look)
    axes.axvline(0, color=MUTED, linewidth=0.8)
    if limit is not None:
        axes.axvline(limit, color=RED, linestyle=":", label="by chance alone (95 %)")
    axes.set_yticks(np.arange(len(names)), [plain(name) for name in names])
    axes.set_ylim(len(names) - 0.4, -0.6)
    axes.grid(visible=False, axis="y")
    title(figure, heading)
    readable(axes.xaxis)
    axes.set(xlabel=label)
    if by or limit is not None:
        longest = max(len(plain(str(group))) for group in groups)
        figure.legend(loc="outside lower center", ncols=max(1, min(4, LEGEND // (longest + 6))))
    return figure


@styled
def responses(table: pd.DataFrame, factors: Sequence[str], heading: str, label: str) -> Figure:
    """Draw the mean outcome over the classes of each factor with its band, a line per policy.

    table: factor, policy, level, mean, low, high (`effects.response_by_level`).
    """
    shown = list(factors)[:6]
    across = min(2, len(shown))
    down = -(-len(shown) // across)
    figure, first = new_figure((4.9 if across > 1 else 3.4, 0.9 + 2.0 * down))
    figure.delaxes(first)
    panels = figure.subplots(down, across, squeeze=False, sharey=True).ravel()
    for axes, factor in zip(panels, shown, strict=False):
        for (policy, line), colour in zip(
            table[table["factor"] == factor].groupby("policy", sort=False), CYCLE, strict=False
        ):
            axes.plot(line["level"], line["mean"], color=colour, marker="o", markersize=3, label=plain(policy))
            if line["low"].notna().any():
                axes.fill_between(line["level"], line["low"], line["high"], color=colour, alpha=0.2, linewidth=0)
        axes.set(xlabel=plain(factor))
        readable(axes.xaxis)
        readable(axes.yaxis)
    for axes in panels[len(shown) :]:
        axes.axis("off")
    panels[0].set_ylabel(label)
    title(figure, heading)
    if table["policy"].nunique() > 1:
        handles, labels = panels[0].get_legend_handles_labels()
        figure.legend(handles, labels, loc="outside lower center", ncols=4)
    return figure


@styled
def screening(table: pd.DataFrame, heading: str, unit: str = "") -> Figure:
    """Draw Morris screening: size of the effects across, their spread upwards (`screening.morris`)."""
    figure, axes = new_figure()
    ends = np.array([table["mu_star"] - table["low"], table["high"] - table["mu_star"]], float)
    axes.errorbar(table["mu_star"], table["sigma"], xerr=ends, fmt="o", color=BLUE, ecolor=FAINT, markersize=5)
    for row in table.to_dict("records"):
        axes.annotate(
            plain(row["factor"]),
            (row["mu_star"], row["sigma"]),
            xytext=(4, 4),
            textcoords="offset points",
            fontsize=7.5,
        )
    reach = max(float(table["high"].fillna(table["mu_star"]).max()), 1e-12)
    axes.plot([0, reach], [0, reach], color=MUTED, linestyle=":", linewidth=1.0, label="spread = size")
    title(figure, heading)
    readable(axes.xaxis)
    readable(axes.yaxis)
    axes.set(
        xlabel=f"mean size of elementary effects{', ' + unit if unit else ''}",
        ylabel="spread: non-linear or with others",
    )
    axes.set_xlim(left=0)
    axes.set_ylim(bottom=0)
    axes.margins(x=0.15, y=0.15)
    axes.legend(loc="upper left")
    return figure
