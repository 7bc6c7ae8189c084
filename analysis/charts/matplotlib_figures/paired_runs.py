"""A run against another on the same shocks."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from ..colours import BLUE, MUTED, money_scale
from ..number_format import plain
from .style import new_figure, readable, styled, title


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
    readable(axes.yaxis)
    axes.set(xlabel="year", ylabel=f"{scaled} a year" if unit == "EUR" else scaled)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    return figure
