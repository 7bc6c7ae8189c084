"""A drawing (`ecopark.analysis.charts.svg`) as a matplotlib figure, for files."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import FancyArrowPatch

from ..colours import PAPER
from ..number_format import number
from ..svg.axes import limits, ticks_between
from ..svg.marks import Arrow, Axis, Band, Bars, Dots, Drawing, Line, Mark, Name, Panel, Spans, Threads
from .style import empty_figure, new_figure, styled, title


@styled
def plotted(drawing: Drawing) -> Figure:
    """Return a drawing as a figure."""
    if not drawing.panels:
        return empty_figure(drawing.title, drawing.words)
    figure, first = new_figure(drawing.size)
    figure.delaxes(first)
    several = figure.subplots(len(drawing.panels), 1, sharex=True, squeeze=False)[:, 0]
    marks = [mark for panel in drawing.panels for mark in panel.marks]
    for axes, panel in zip(several, drawing.panels, strict=True):
        draw_panel(axes, panel, marks, last=panel is drawing.panels[-1])
    figure.align_ylabels()
    handles = [
        Line2D([], [], color=colour, linestyle=pattern(dash), label=label) for label, colour, dash in drawing.entries()
    ]
    if handles:
        figure.legend(handles=handles, loc="outside lower left", ncols=min(3, len(handles)))
    title(figure, drawing.title)
    return figure


def draw_panel(axes: Axes, panel: Panel, marks: list[Mark], last: bool) -> None:
    """Draw one panel. marks: of all panels, which share the axis across."""
    for mark in panel.marks:
        draw_mark(axes, mark)
    axes.set_xlim(limits(panel.x, marks, 0))
    axes.set_ylim(limits(panel.y, panel.marks, 1))
    if not panel.framed:
        axes.axis("off")
        return
    set_ticks(axes.xaxis, panel.x, axes.get_xlim())
    set_ticks(axes.yaxis, panel.y, axes.get_ylim())
    axes.set_ylabel(panel.y.label)
    if last:
        axes.set_xlabel(panel.x.label)
    if panel.heading:
        axes.set_title(panel.heading)


def set_ticks(side: Any, axis: Axis, ends: tuple[float, float]) -> None:
    """Put the ticks and their words on an axis."""
    ticks: Iterable[float] = range(len(axis.names)) if axis.names else ticks_between(*ends, axis.most, axis.whole)
    places = list(ticks)
    side.set_ticks(places, list(axis.names) or [number(tick) for tick in places])
    side.grid(axis.grid)


def pattern(dash: tuple[float, ...]) -> Any:
    """Return a dash as matplotlib takes it."""
    return (0, dash) if dash else "-"


def draw_mark(axes: Axes, mark: Mark) -> None:
    """Draw one mark into a panel."""
    match mark:
        case Line():
            axes.plot(mark.x, mark.y, color=mark.colour, linestyle=pattern(mark.dash), linewidth=mark.width)
        case Band():
            axes.fill_between(mark.x, mark.low, mark.high, color=mark.colour, alpha=mark.alpha, linewidth=0)
        case Bars():
            draw_bars(axes, mark)
        case Dots():
            look: dict[str, Any] = {"color": mark.colour, "edgecolor": mark.edge, "alpha": mark.alpha}
            axes.scatter(mark.x, mark.y, s=mark.areas, lw=0.7, zorder=3, **look)
        case Spans():
            axes.hlines(mark.y, mark.start, mark.end, color=mark.colour, linewidth=mark.width, alpha=mark.alpha)
        case Arrow():
            axes.add_patch(arrow(mark))
        case Threads():
            axes.add_collection(LineCollection(list(mark.ends), colors=mark.colour, linewidths=0.5, alpha=0.45))
        case Name():
            write_name(axes, mark)
        case _:
            (axes.axhline if mark.axis == "y" else axes.axvline)(0, color=mark.colour, linewidth=0.8)


def draw_bars(axes: Axes, mark: Bars) -> None:
    """Draw lying bars and the words behind their ends."""
    places = np.arange(len(mark.ends))
    axes.barh(places, mark.ends, color=mark.colours, height=0.72)
    for end, place, words in zip(mark.ends, places, mark.words, strict=False):
        axes.annotate(words, (end, place), xytext=(3, 0), textcoords="offset points", va="center")


def arrow(mark: Arrow) -> FancyArrowPatch:
    """Return a bent arrow."""
    return FancyArrowPatch(
        mark.start, mark.end, connectionstyle=f"arc3,rad={mark.bend:.2f}", arrowstyle="-|>,head_length=4,head_width=2",
        shrinkA=6, shrinkB=7, color=mark.colour, linestyle=pattern(mark.dash), linewidth=mark.width, alpha=0.85,
    )  # fmt: skip


def write_name(axes: Axes, mark: Name) -> None:
    """Write a name below its point."""
    paper = {"facecolor": PAPER, "edgecolor": "none", "alpha": 0.75, "pad": 0.3}
    axes.annotate(
        mark.text, (mark.x, mark.y), xytext=(0, -6), textcoords="offset points", ha="center", va="top", fontsize=7.5,
        color=mark.colour, zorder=4, bbox=paper,
    )  # fmt: skip
