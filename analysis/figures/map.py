"""The network on the map: companies where they stand, flows by group or material."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import FancyArrowPatch

from analysis.figures.style import CYCLE, FAINT, GROUPS, INK, MUTED, PAPER, empty_figure, styled, title
from analysis.network import open_companies, running_at
from analysis.wording import counted, plain, short

LABEL_BOX = (0.42, 0.17)
LABELS = 26
CROWD = 200


def map_positions(x: np.ndarray, y: np.ndarray, box: tuple[float, float] = LABEL_BOX) -> np.ndarray:
    """Place companies for drawing: [n, 2] in [-1, 1].

    Who lies west or east, north or south of whom is kept, not how far, so that a partner 170 km away does not squeeze a
    park of 3 km into one point: in each direction half of the place is the rank, half the distance, logarithmic far
    off.
    Then those whose label would cover another are pushed apart (box: its width and height).
    """
    placed = np.column_stack([spread_out(np.asarray(x, float)), spread_out(np.asarray(y, float))])
    if len(placed) > CROWD:
        return placed
    room = min(1.0, np.sqrt(2.2 / (len(placed) * box[0] * box[1])))
    return push_apart(placed, np.array(box) * room)


def spread_out(values: np.ndarray) -> np.ndarray:
    """Stretch coordinates to [-1, 1]: the mean of their rank and of asinh of their distance from the median."""
    offset = values - np.median(values)
    typical = float(np.median(np.abs(offset[offset != 0]))) if offset.any() else 1.0
    places = (np.searchsorted(np.unique(values), values).astype(float), np.arcsinh(offset / typical))
    return sum((to_unit(place) for place in places), np.zeros(len(values))) / 2.0


def to_unit(values: np.ndarray) -> np.ndarray:
    """Stretch values to [-1, 1]; what has no extent lies in the middle."""
    low, high = values.min(), values.max()
    return 2.0 * (values - low) / (high - low) - 1.0 if high > low else np.zeros(len(values))


def push_apart(placed: np.ndarray, box: np.ndarray, rounds: int = 300) -> np.ndarray:
    """Move points until no two boxes of a width and height around them overlap, or the rounds are over.

    Each pair gives way along the side on which it overlaps least; points at one place leave in fixed directions.
    """
    turn = 2.4 * np.arange(len(placed))
    placed = placed + 1e-3 * np.column_stack([np.cos(turn), np.sin(turn)])
    for _ in range(rounds):
        gap = (placed[:, None, :] - placed[None, :, :]) / box
        depth = 1.0 - np.abs(gap)
        meets = (depth > 0).all(axis=2) & ~np.eye(len(placed), dtype=bool)
        if not meets.any():
            break
        least = np.argmin(depth, axis=2)[..., None] == np.arange(2)
        push = np.where(least & meets[..., None], depth * np.where(gap >= 0, 1.0, -1.0), 0.0)
        placed = np.clip(placed + 0.25 * box * push.sum(axis=1), -1.0, 1.0)
    return placed


@styled
def network_map(
    companies: pd.DataFrame, exchanges: pd.DataFrame, month: int, start_year: int, by: str = "group", heading: str = ""
) -> Figure:
    """Draw the park in one month: its companies on the map and the flows between them, coloured by group or material.

    companies: the rows of one run; all of them take part in the placing, so that maps of several dates can be compared.
    """
    year = start_year + month // 12
    heading = heading or f"End of {year}"
    flows = running_at(exchanges, month)
    present = set(open_companies(companies, year)["company"])
    if companies.empty:
        return empty_figure(heading, "No table of companies was recorded.")
    if not present:
        return empty_figure(heading, "No company was open.")
    spots = spots_of(companies, exchanges)
    used = set(flows["seller"]) | set(flows["buyer"])
    figure = Figure(figsize=(4.9, 4.1))
    axes = figure.add_axes((0.0, 0.07, 1.0, 0.86))
    looks = flow_looks(flows, by)
    draw_flows(axes, flows, spots, looks, by)
    draw_sites(axes, spots, present, used)
    if looks:
        handles = [Line2D([], [], color=look[0], linestyle=look[1], label=plain(name)) for name, look in looks.items()]
        figure.legend(handles=handles[:9], loc="lower center", ncols=min(3, len(handles)))
    counts = f"{counted(len(flows), 'exchange', 'exchanges')}, {counted(len(present), 'company', 'companies')}"
    title(figure, f"{heading}: {counts}")
    return figure


def spots_of(companies: pd.DataFrame, exchanges: pd.DataFrame) -> dict[str, np.ndarray]:
    """Give each company its place on the drawing; of a large region only those that ever exchange."""
    sites = companies.drop_duplicates("company")
    if len(sites) > CROWD:
        ever = set(exchanges["seller"]) | set(exchanges["buyer"])
        sites = sites[sites["company"].isin(ever)] if ever else sites.head(CROWD)
    places = map_positions(sites["x_km"].to_numpy(float), sites["y_km"].to_numpy(float))
    return dict(zip(sites["company"], places, strict=True))


def flow_looks(flows: pd.DataFrame, by: str) -> dict[str, tuple]:
    """Choose colour and dash of each group, or of each material (most flows first; beyond the colours grey)."""
    if by == "group":
        return {name: look for name, look in GROUPS.items() if name in set(flows["group"])}
    names = flows.groupby("material")["group"].agg(["size", "first"]).sort_values("size", ascending=False)
    colours = [*CYCLE, *([MUTED] * len(names))]
    return {
        str(name): (colour, GROUPS.get(group, (MUTED, "-"))[1])
        for (name, group), colour in zip(names["first"].items(), colours, strict=False)
    }


def draw_flows(axes: Axes, flows: pd.DataFrame, spots: dict, looks: dict[str, tuple], by: str) -> None:
    """Draw each flow as a bent arrow; its width says its rank of quantity among the flows of the same unit.

    Above 200 flows no arrow could be told from the next: thin straight lines then.
    """
    if len(flows) > CROWD:
        draw_crowd(axes, flows, spots, looks, by)
        return
    rank = flows.groupby("unit")["quantity"].rank(pct=True)
    seen: dict[frozenset, int] = {}
    for flow, size in zip(flows.itertuples(), rank, strict=True):
        pair = frozenset((flow.seller, flow.buyer))
        seen[pair] = seen.get(pair, 0) + 1
        colour, dash = looks[str(getattr(flow, by))]
        arrow = FancyArrowPatch(
            spots[flow.seller],
            spots[flow.buyer],
            connectionstyle=f"arc3,rad={0.10 + 0.13 * (seen[pair] - 1):.2f}",
            arrowstyle="-|>,head_length=4,head_width=2",
            shrinkA=6,
            shrinkB=7,
            color=colour,
            linestyle=dash,
            linewidth=0.8 + 1.5 * float(size),
            alpha=0.85,
        )
        axes.add_patch(arrow)


def draw_crowd(axes: Axes, flows: pd.DataFrame, spots: dict, looks: dict[str, tuple], by: str) -> None:
    """Draw many flows as thin lines without heads."""
    for name, (colour, _) in looks.items():
        mine = flows[flows[by] == name]
        lines = [(spots[seller], spots[buyer]) for seller, buyer in zip(mine["seller"], mine["buyer"], strict=True)]
        axes.add_collection(LineCollection(lines, colors=colour, linewidths=0.5, alpha=0.45))


def draw_sites(axes: Axes, spots: dict, present: set[str], used: set[str]) -> None:
    """Draw companies: filled when they exchange, hollow when idle, a faint dot when not open; a crowd has no names."""
    for state, look in (("linked", INK), ("idle", PAPER), ("closed", FAINT)):
        points = np.array([spot for name, spot in spots.items() if site_state(name, present, used) == state])
        if len(points):
            small = 4 if len(spots) > CROWD else 1
            edge, size = (FAINT, 16 / small) if state == "closed" else (INK, 42 / small)
            axes.scatter(points[:, 0], points[:, 1], s=size, color=look, edgecolor=edge, zorder=3)
    open_ones = sorted((name for name in spots if name in present), key=lambda name: (name not in used, name))
    for name in open_ones[: 0 if len(spots) > CROWD else LABELS]:
        axes.annotate(
            short(plain(name)), spots[name], xytext=(0, -6), textcoords="offset points", ha="center", va="top",
            fontsize=7.5, color=INK if name in used else MUTED, zorder=4,
            bbox={"facecolor": PAPER, "edgecolor": "none", "alpha": 0.75, "pad": 0.3},
        )  # fmt: skip
    axes.set(xlim=(-1.3, 1.3), ylim=(-1.2, 1.12))
    axes.axis("off")


def site_state(name: str, present: set[str], used: set[str]) -> str:
    """Tell whether a company exchanges, only stands there, or is not open."""
    if name not in present:
        return "closed"
    return "linked" if name in used else "idle"
