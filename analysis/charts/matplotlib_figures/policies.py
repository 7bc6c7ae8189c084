"""Policies side by side."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from ..colours import BLUE, FAINT, MUTED, PAPER
from ..number_format import plain
from .style import new_figure, readable, styled, title


@styled
def policy_front(means: pd.DataFrame, x: str, y: str, front: np.ndarray, units: tuple[str, str] = ("", "")) -> Figure:
    """Draw policies by two outcomes with intervals; those nothing beats are filled (`comparison.pareto_front`)."""
    figure, axes = new_figure((4.9, 3.5))
    error = {
        f"{side}err": np.abs(np.array([means[name] - means[f"{name}_low"], means[f"{name}_high"] - means[name]], float))
        for side, name in (("x", x), ("y", y))
    }
    axes.errorbar(means[x], means[y], fmt="none", ecolor=FAINT, **error)
    colours = np.where(front, BLUE, PAPER)
    axes.scatter(means[x], means[y], color=colours, edgecolor=BLUE, s=44, zorder=3)
    for row in means.to_dict("records"):
        axes.annotate(plain(row["policy"]), (row[x], row[y]), xytext=(5, 5), textcoords="offset points", fontsize=7.5)
    title(figure, "Policies; filled: no other is better in every goal")
    for axis, name, unit in ((axes.set_xlabel, x, units[0]), (axes.set_ylabel, y, units[1])):
        axis(f"{plain(name)}{', ' + unit if unit else ''}")
    readable(axes.xaxis)
    readable(axes.yaxis)
    axes.margins(0.18)
    return figure


@styled
def policy_bars(table: pd.DataFrame, value: str, heading: str, label: str, best_first: str = "high") -> Figure:
    """Draw one number per policy, with its interval where the table has low and high; best_first: high or low."""
    rows = table.sort_values(value, ascending=best_first == "high")
    figure, axes = new_figure((4.9, 1.0 + 0.32 * len(rows)))
    error = np.abs(np.array([rows[value] - rows["low"], rows["high"] - rows[value]], float)) if "low" in rows else None
    axes.barh([plain(name) for name in rows["policy"]], rows[value], color=BLUE, xerr=error, ecolor=MUTED, height=0.65)
    axes.axvline(0, color=MUTED, linewidth=0.8)
    axes.grid(visible=False, axis="y")
    title(figure, heading)
    readable(axes.xaxis)
    axes.set(xlabel=label)
    return figure
