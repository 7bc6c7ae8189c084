"""Policies side by side."""

from __future__ import annotations

import textwrap
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure

from ..colours import CYCLE, FAINT, PAPER
from ..number_format import plain
from .style import new_figure, readable, styled, title

LETTERS = 42  # of a line of a label
MARKERS = "osD^vPX*"


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
    for row, p, colour, marker in zip(means.to_dict("records"), known, CYCLE * 3, MARKERS * 3, strict=False):
        words = f"{plain(row['policy'])} ({p:.2f})" if np.isfinite(row["probability"]) else plain(row["policy"])
        look: dict[str, Any] = {"marker": marker, "edgecolor": colour, "s": 44, "zorder": 3, "label": words}
        axes.scatter([row[x]], [row[y]], color=[to_rgba(colour, p)], **look)
    title(figure, "Policies, filled as far as probably on the front")
    axes.set(xlabel=textwrap.fill(labels[0], LETTERS), ylabel=textwrap.fill(labels[1], LETTERS))
    readable(axes.xaxis)
    readable(axes.yaxis)
    axes.margins(0.12)
    figure.legend(loc="outside lower center", ncols=3)
    return figure
