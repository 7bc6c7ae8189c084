"""The network on the map: companies where they stand, flows by group or material."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import FancyArrowPatch

from analysis.figures.style import (
    CYCLE,
    FAINT,
    GROUPS,
    INK,
    MUTED,
    PAPER,
    counted,
    empty_figure,
    new_figure,
    plain,
    short,
    styled,
)
from analysis.network import running_at

SPACING = 0.34
LABELS = 26


def map_positions(x: np.ndarray, y: np.ndarray, spacing: float = SPACING) -> np.ndarray:
    """Place companies for drawing: [n, 2] in about [-1, 1].

    Directions from the centre of the park are kept; distances are drawn as asinh(r / median r), which is
    proportional near the centre and logarithmic far off, so that a partner 170 km away does not squeeze a park of 3 km
    into one point. Then those that would overlap are pushed apart.
    """
    offset = np.column_stack([x - np.median(x), y - np.median(y)]).astype(float)
    radius = np.hypot(offset[:, 0], offset[:, 1])
    typical = float(np.median(radius[radius > 0])) if (radius > 0).any() else 1.0
    drawn = np.arcsinh(radius / typical)
    placed = offset * (drawn / np.where(radius > 0, radius, 1.0))[:, None] / max(float(drawn.max()), 1e-9)
    return push_apart(placed, min(spacing, 1.5 / np.sqrt(len(placed))))


def push_apart(placed: np.ndarray, spacing: float, rounds: int = 80) -> np.ndarray:
    """Move points until none is nearer to another than `spacing`; those at one place leave in fixed directions."""
    placed = placed.copy()
    turn = 2.4 * np.arange(len(placed))
    placed += 1e-3 * np.column_stack([np.cos(turn), np.sin(turn)])
    for _ in range(rounds):
        gap = placed[:, None, :] - placed[None, :, :]
        distance = np.hypot(gap[..., 0], gap[..., 1])
        np.fill_diagonal(distance, np.inf)
        overlap = np.maximum(0.0, spacing - distance)
        if not overlap.any():
            break
        placed += 0.3 * (gap / distance[..., None] * overlap[..., None]).sum(1)
    return placed


@styled
def network_map(
    companies: pd.DataFrame, exchanges: pd.DataFrame, month: int, start_year: int, by: str = "group", title: str = ""
) -> Figure:
    """Draw the park in one month: its companies on the map and the flows between them, coloured by group or material.

    companies: the rows of one run; all of them take part in the placing, so that maps of several dates can be compared.
    """
    year = start_year + month // 12
    title = title or f"End of {year}"
    flows = running_at(exchanges, month)
    sites = companies.drop_duplicates("company").reset_index(drop=True)
    now = companies[companies["year"] == year]
    present = set(now.loc[now["open"].astype(bool), "company"])
    if sites.empty or not present:
        return empty_figure(title, "No company was open.")
    used = set(flows["seller"]) | set(flows["buyer"])
    ever = set(exchanges["seller"]) | set(exchanges["buyer"])
    sites = sites[sites["company"].isin(ever | present)].reset_index(drop=True)
    spots = dict(zip(sites["company"], map_positions(sites["x_km"].to_numpy(), sites["y_km"].to_numpy()), strict=True))
    figure, axes = new_figure((4.9, 4.3))
    looks = flow_looks(flows, by)
    draw_flows(axes, flows, spots, looks, by)
    draw_sites(axes, sites, spots, present, used)
    if looks:
        handles = [
            Line2D([], [], color=colour, linestyle=dash, label=plain(name)) for name, (colour, dash) in looks.items()
        ]
        axes.legend(handles=handles, loc="lower center", bbox_to_anchor=(0.5, -0.02), ncols=3)
    counts = f"{counted(len(flows), 'exchange', 'exchanges')}, {counted(len(present), 'company', 'companies')}"
    axes.set_title(f"{title}: {counts}")
    return figure


def flow_looks(flows: pd.DataFrame, by: str) -> dict[str, tuple]:
    """Colour and dash of each group, or of each material (largest number of flows first, the rest grey)."""
    if by == "group":
        return {name: look for name, look in GROUPS.items() if name in set(flows["group"])}
    dashes = {name: look[1] for name, look in GROUPS.items()}
    names = flows.groupby("material")["group"].agg(["size", "first"]).sort_values("size", ascending=False)
    colours = list(CYCLE) + [MUTED] * len(names)
    return {
        str(name): (colour, dashes.get(group, "-"))
        for (name, group), colour in zip(names["first"].items(), colours, strict=False)
    }


def draw_flows(axes: Axes, flows: pd.DataFrame, spots: dict, looks: dict[str, tuple], by: str) -> None:
    """Draw each flow as a bent arrow; its width says its rank of quantity among the flows of the same unit."""
    rank = flows.groupby("unit")["quantity"].rank(pct=True)
    seen: dict[frozenset, int] = {}
    for flow, size in zip(flows.itertuples(), rank, strict=True):
        pair = frozenset((flow.seller, flow.buyer))
        seen[pair] = seen.get(pair, 0) + 1
        colour, dash = looks[getattr(flow, by)]
        arrow = FancyArrowPatch(
            spots[flow.seller],
            spots[flow.buyer],
            connectionstyle=f"arc3,rad={0.10 + 0.14 * (seen[pair] - 1):.2f}",
            arrowstyle="-|>,head_length=4,head_width=2",
            shrinkA=6,
            shrinkB=7,
            color=colour,
            linestyle=dash,
            linewidth=0.9 + 1.6 * float(size),
            alpha=0.9,
        )
        axes.add_patch(arrow)


def draw_sites(axes: Axes, sites: pd.DataFrame, spots: dict, present: set[str], used: set[str]) -> None:
    """Draw companies: filled when they exchange, hollow when they only stand there, faint when not open."""
    for name, look in (("linked", INK), ("idle", PAPER), ("closed", FAINT)):
        chosen = [spots[site] for site in sites["company"] if site_state(site, present, used) == name]
        if chosen:
            points = np.array(chosen)
            axes.scatter(
                points[:, 0], points[:, 1], s=46, color=look, edgecolor=FAINT if name == "closed" else INK, zorder=3
            )
    order = sorted(range(len(sites)), key=lambda row: sites["company"].iloc[row] not in used)
    for row in order[:LABELS]:
        site, label = sites["company"].iloc[row], sites["label"].iloc[row]
        state = site_state(site, present, used)
        text = short(str(label) if isinstance(label, str) and label else plain(site))
        axes.annotate(
            text, spots[site], xytext=(0, -7), textcoords="offset points", ha="center", va="top", fontsize=7.5,
            bbox={"facecolor": PAPER, "edgecolor": "none", "alpha": 0.75, "pad": 0.3},
            color=INK if state == "linked" else MUTED, zorder=4,
        )  # fmt: skip
    reach = max(1.0, float(np.abs(np.array(list(spots.values()))).max()))
    axes.set(xlim=(-1.25 * reach, 1.25 * reach), ylim=(-1.28 * reach, 1.1 * reach))
    axes.axis("off")


def site_state(site: str, present: set[str], used: set[str]) -> str:
    """Tell whether a company exchanges, only stands there, or is not open."""
    if site not in present:
        return "closed"
    return "linked" if site in used else "idle"
