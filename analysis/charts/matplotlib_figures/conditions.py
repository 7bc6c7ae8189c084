"""Over two factors, and under which conditions: heat maps, phases, boxes."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from ...inference.outcome_phases import PHASES
from ..colours import CYCLE, FAINT, GREEN, MUTED, PAPER, RED, SKY
from ..number_format import plain
from .style import new_figure, readable, styled, title

PHASE_LOOKS = dict(zip(PHASES, ((FAINT, ""), (SKY, ".."), (GREEN, ""), (RED, "//")), strict=True))


@styled
def heat_maps(cells: pd.DataFrame, x: str, y: str, value: str, heading: str, label: str) -> Figure:
    """Draw the mean of an outcome over two factors, a panel per policy; cells: policy, x, y, value, a row per pair."""
    policies = list(cells["policy"].unique())[:6]
    across = min(2, len(policies))
    down = -(-len(policies) // across)
    figure, first = new_figure((4.9, 0.8 + (2.8 if across == 1 else 2.2) * down))
    figure.delaxes(first)
    panels = figure.subplots(down, across, squeeze=False, sharey=True).ravel()
    ends = {"vmin": float(cells[value].min()), "vmax": float(cells[value].max())}
    for axes, policy in zip(panels, policies, strict=False):
        wide = cells[cells["policy"] == policy].pivot_table(index=y, columns=x, values=value)
        columns, rows = wide.columns.to_numpy(float), wide.index.to_numpy(float)
        mesh = axes.pcolormesh(
            np.arange(columns.size + 1), np.arange(rows.size + 1), wide.to_numpy(), cmap="cividis", **ends
        )
        axes.grid(visible=False)
        tick_cells(axes, columns, rows)
        axes.set(xlabel=plain(x), ylabel=plain(y))
        if len(policies) > 1:
            axes.set_title(plain(policy))
    for axes in panels[len(policies) :]:
        axes.axis("off")
    bar = figure.colorbar(mesh, ax=list(panels), label=label)
    readable(bar.ax.yaxis)
    title(figure, heading)
    return figure


def tick_cells(axes: Axes, across: np.ndarray, up: np.ndarray) -> None:
    """Name the cells, which are drawn at equal size, by their values."""
    turned = 60 if across.size > 7 else 0
    axes.set_xticks(np.arange(across.size) + 0.5, [f"{value:.3g}" for value in across], rotation=turned)
    axes.set_yticks(np.arange(up.size) + 0.5, [f"{value:.3g}" for value in up])


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
    axes.set_xticks(across, [f"{value:.3g}" for value in across])
    axes.set_yticks(up, [f"{value:.3g}" for value in up])
    axes.grid(visible=False)
    title(figure, "What becomes of the park")
    handles = [
        Patch(facecolor=look[0], hatch=look[1], edgecolor=PAPER, label=name) for name, look in PHASE_LOOKS.items()
    ]
    figure.legend(handles=handles, loc="outside lower center", ncols=4)
    return figure


@styled
def peeling(trajectory: pd.DataFrame, chosen: pd.DataFrame, heading: str) -> Figure:
    """Draw coverage against density of the boxes of PRIM, a line per policy, and what held-out points say of the chosen.

    trajectory: policy, coverage, density; chosen: policy, coverage, density on held-out points.
    """
    figure, axes = new_figure()
    for (policy, line), colour in zip(trajectory.groupby("policy", sort=False), CYCLE, strict=False):
        axes.plot(line["coverage"], line["density"], color=colour, marker=".", linewidth=0.8, label=plain(policy))
        mine = chosen[chosen["policy"] == policy]
        axes.scatter(
            mine["coverage"], mine["density"], s=80, facecolor="none", edgecolor=colour, linewidth=1.6, zorder=3
        )
    axes.scatter([], [], s=80, facecolor="none", edgecolor=MUTED, linewidth=1.6, label="chosen, on held-out points")
    figure.legend(loc="outside lower center", ncols=3)
    title(figure, heading)
    axes.set(xlabel="coverage: share of what is of interest inside", ylabel="density: share of the inside")
    axes.set(xlim=(-0.03, 1.05), ylim=(0, 1.05))
    return figure


def edges(middles: np.ndarray) -> np.ndarray:
    """Return the borders halfway between sorted values, and as far beyond the outer ones: [n + 1]."""
    if middles.size == 1:
        return np.array([middles[0] - 0.5, middles[0] + 0.5])
    between = (middles[1:] + middles[:-1]) / 2
    return np.concatenate([[2 * middles[0] - between[0]], between, [2 * middles[-1] - between[-1]]])
