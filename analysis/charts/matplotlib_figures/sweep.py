"""What a sweep found: effects, indices, screening, heat maps, phases, boxes."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from ...inference.outcome_phases import PHASES
from ..colours import BLUE, CYCLE, FAINT, GREEN, MUTED, ORANGE, PAPER, RED, SKY
from ..number_format import plain
from .style import empty_figure, new_figure, readable, styled, title

PHASE_LOOKS = dict(zip(PHASES, ((FAINT, ""), (SKY, ".."), (GREEN, ""), (RED, "//")), strict=True))


@styled
def tornado(effects: pd.DataFrame, outcome: str, unit: str = "", most: int = 12) -> Figure:
    """Draw main effects and interactions by size with their intervals (`effects.effects`)."""
    rows = effects.head(most).iloc[::-1]
    figure, axes = new_figure((4.9, 1.1 + 0.26 * len(rows)))
    colours = [BLUE if kind == "main" else ORANGE for kind in rows["kind"]]
    error = np.nan_to_num(np.abs(np.array([rows["effect"] - rows["low"], rows["high"] - rows["effect"]], float)))
    axes.barh(
        [plain(term) for term in rows["term"]], rows["effect"], color=colours, height=0.7, xerr=error, ecolor=MUTED
    )
    axes.axvline(0, color=MUTED, linewidth=0.8)
    axes.grid(visible=False, axis="y")
    title(figure, f"Effects on {plain(outcome)}")
    readable(axes.xaxis)
    axes.set(xlabel=f"change from least to largest value{', ' + unit if unit else ''}")
    handles = [Patch(color=BLUE, label="main effect"), Patch(color=ORANGE, label="interaction")]
    figure.legend(
        handles=handles[: rows["kind"].nunique() if (rows["kind"] == "main").any() else 2],
        loc="outside lower center",
        ncols=2,
    )
    return figure


@styled
def index_bars(table: pd.DataFrame, columns: Mapping[str, str], heading: str, limit: float | None = None) -> Figure:
    """Draw sensitivity indices by factor with their intervals; columns: name in the table -> label.

    An interval is drawn where the table has NAME_low and NAME_high, or, for a single index, low and high. limit: a
    line, such as what chance alone gives.
    """
    rows = table.sort_values(next(iter(columns)), ascending=True)
    if rows[list(columns)].isna().all(axis=None):
        return empty_figure(heading, "The outcome never changed, so no factor has an index.")
    figure, axes = new_figure((4.9, 1.2 + 0.3 * len(rows)))
    place, height = np.arange(len(rows)), 0.8 / len(columns)
    for number, ((name, label), colour) in enumerate(zip(columns.items(), CYCLE, strict=False)):
        low, high = (f"{name}_low", f"{name}_high") if f"{name}_low" in rows else ("low", "high")
        error = (
            np.clip(np.array([rows[name] - rows[low], rows[high] - rows[name]], float), 0, None)
            if low in rows
            else None
        )
        offset = place + (len(columns) - 1 - 2 * number) * height / 2
        axes.barh(offset, rows[name], height=height, color=colour, xerr=error, ecolor=MUTED, label=label)
    if limit is not None:
        axes.axvline(limit, color=RED, linestyle=":", label="by chance")
    axes.set_yticks(place, [plain(name) for name in rows["factor"]])
    axes.grid(visible=False, axis="y")
    title(figure, heading)
    axes.set(xlabel="index")
    figure.legend(loc="outside lower center", ncols=3)
    return figure


@styled
def screening(table: pd.DataFrame, outcome: str) -> Figure:
    """Draw Morris screening: size of the effects across, their spread upwards (`sensitivity.morris`)."""
    figure, axes = new_figure()
    axes.errorbar(
        table["mu_star"], table["sigma"], xerr=[table["mu_star"] - table["low"], table["high"] - table["mu_star"]],
        fmt="o", color=BLUE, ecolor=FAINT, markersize=5,
    )  # fmt: skip
    for row in table.to_dict("records"):
        axes.annotate(
            plain(row["factor"]),
            (row["mu_star"], row["sigma"]),
            xytext=(4, 4),
            textcoords="offset points",
            fontsize=7.5,
        )
    reach = max(float(table["high"].max()), 1e-12)
    axes.plot([0, reach], [0, reach], color=MUTED, linestyle=":", linewidth=1.0, label="spread = size")
    title(figure, f"Screening of factors for {plain(outcome)}")
    readable(axes.xaxis)
    readable(axes.yaxis)
    axes.set(xlabel="mean size of elementary effects", ylabel="spread: non-linear or with others")
    axes.set_xlim(left=0)
    axes.set_ylim(bottom=0)
    axes.margins(x=0.15, y=0.15)
    axes.legend(loc="upper left")
    return figure


@styled
def heat_map(cells: pd.DataFrame, x: str, y: str, value: str, unit: str = "") -> Figure:
    """Draw the mean of an outcome over two factors; cells: one row per pair of values."""
    wide = cells.pivot_table(index=y, columns=x, values=value)
    figure, axes = new_figure((4.9, 3.6))
    mesh = axes.pcolormesh(
        edges(wide.columns.to_numpy(float)), edges(wide.index.to_numpy(float)), wide.to_numpy(), cmap="cividis"
    )
    axes.grid(visible=False)
    bar = figure.colorbar(mesh, ax=axes, label=f"{plain(value)}{', ' + unit if unit else ''}")
    readable(bar.ax.yaxis)
    title(figure, plain(value).capitalize())
    axes.set(xlabel=plain(x), ylabel=plain(y))
    tick_values(axes, wide.columns.to_numpy(float), wide.index.to_numpy(float))
    return figure


def tick_values(axes: Axes, across: np.ndarray, up: np.ndarray) -> None:
    """Mark the axes at the values of the cells themselves."""
    axes.set_xticks(across, [f"{value:.3g}" for value in across])
    axes.set_yticks(up, [f"{value:.3g}" for value in up])


@styled
def phase_map(diagram: pd.DataFrame, x: str, y: str) -> Figure:
    """Draw the most frequent phase over two factors; paler where fewer runs agree (`phases.phase_diagram`)."""
    figure, axes = new_figure((4.9, 3.8))
    across, up = np.sort(diagram[x].unique()).astype(float), np.sort(diagram[y].unique()).astype(float)
    columns, rows = edges(across), edges(up)
    for cell in diagram.to_dict("records"):
        colour, hatch = PHASE_LOOKS[cell["phase"]]
        column, row = np.searchsorted(across, cell[x]), np.searchsorted(up, cell[y])
        agreement = float(cell[cell["phase"]])
        axes.fill(
            columns[[column, column + 1, column + 1, column]], rows[[row, row, row + 1, row + 1]],
            facecolor=to_rgba(colour, 0.25 + 0.75 * agreement), hatch=hatch, edgecolor=PAPER, linewidth=0.8,
        )  # fmt: skip
    axes.set(xlim=(columns[0], columns[-1]), ylim=(rows[0], rows[-1]), xlabel=plain(x), ylabel=plain(y))
    tick_values(axes, across, up)
    axes.grid(visible=False)
    title(figure, "What becomes of the park")
    handles = [
        Patch(facecolor=look[0], hatch=look[1], edgecolor=PAPER, label=name) for name, look in PHASE_LOOKS.items()
    ]
    figure.legend(handles=handles, loc="outside lower center", ncols=4)
    return figure


@styled
def peeling(trajectory: pd.DataFrame, chosen: float | None = None) -> Figure:
    """Draw coverage against density of the boxes of PRIM, coloured by the number of restricted factors."""
    figure, axes = new_figure()
    spots = axes.scatter(
        trajectory["coverage"],
        trajectory["density"],
        c=trajectory["restricted"],
        cmap="cividis",
        s=30,
        edgecolor=MUTED,
        lw=0.4,
    )
    if chosen is not None:
        row = trajectory.iloc[(trajectory["coverage"] - chosen).abs().argmin()]
        axes.scatter(
            [row["coverage"]], [row["density"]], s=130, facecolor="none", edgecolor=RED, lw=1.6, label="chosen"
        )
        axes.legend(loc="lower left")
    figure.colorbar(spots, ax=axes, label="restricted factors", ticks=MaxNLocator(integer=True))
    title(figure, "Boxes of conditions, from everything to the smallest")
    axes.set(
        xlabel="coverage: share of cases of interest inside", ylabel="density: share of the inside", xlim=(-0.03, 1.05)
    )
    axes.set_ylim(0, 1.05)
    return figure


def edges(middles: np.ndarray) -> np.ndarray:
    """Return the borders halfway between sorted values, and as far beyond the outer ones: [n + 1]."""
    if middles.size == 1:
        return np.array([middles[0] - 0.5, middles[0] + 0.5])
    between = (middles[1:] + middles[:-1]) / 2
    return np.concatenate([[2 * middles[0] - between[0]], between, [2 * middles[-1] - between[-1]]])
