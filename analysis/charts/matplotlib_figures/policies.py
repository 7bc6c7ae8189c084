"""Policies side by side."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure

from ..colours import BLUE, FAINT, PAPER
from ..number_format import plain
from .style import new_figure, readable, styled, title


@styled
def policy_front(means: pd.DataFrame, x: str, y: str, labels: tuple[str, str]) -> Figure:
    """Draw policies by two outcomes with intervals, filled as far as they are probably on the front.

    means: policy, x, y, their x_low, x_high, y_low, y_high, and probability (`policy_choice.front_probability`; NaN: not
    known, then filled where on_front). labels: of the axes, with units.
    """
    figure, axes = new_figure((4.9, 3.5))
    error: dict[str, Any] = {
        f"{side}err": np.array([means[name] - means[f"{name}_low"], means[f"{name}_high"] - means[name]], float).clip(0)
        for side, name in (("x", x), ("y", y))
    }
    axes.errorbar(means[x], means[y], fmt="none", ecolor=FAINT, **error)
    known = means["probability"].fillna(means["on_front"].astype(float))
    axes.scatter(means[x], means[y], color=PAPER, edgecolor="none", s=44, zorder=2.9)
    axes.scatter(means[x], means[y], color=[to_rgba(BLUE, p) for p in known], edgecolor=BLUE, s=44, zorder=3)
    for row, p in zip(means.to_dict("records"), known, strict=True):
        words = f"{plain(row['policy'])} ({p:.2f})" if np.isfinite(row["probability"]) else plain(row["policy"])
        axes.annotate(words, (row[x], row[y]), xytext=(5, 5), textcoords="offset points", fontsize=7.5)
    title(figure, "Policies, filled as far as probably on the front")
    axes.set(xlabel=labels[0], ylabel=labels[1])
    readable(axes.xaxis)
    readable(axes.yaxis)
    axes.margins(0.22)
    return figure
