"""The network on the map: companies where they stand, flows by group or material."""

from __future__ import annotations

from typing import Any

import numpy as np

from ...network.measures import open_companies, running_at
from ...run_folder.columns import Sheet
from ..colours import CYCLE, FAINT, GROUPS, INK, MUTED, PAPER, SOLID
from ..number_format import counted, plain, short
from .label_places import CROWD, spots_of
from .marks import Arrow, Axis, Dots, Drawing, Mark, Name, Panel, Threads, nothing

LABELS = 26
Looks = dict[str, tuple[str, tuple[float, ...]]]
ACROSS, UPWARDS = Axis(low=-1.3, high=1.3, grid=False), Axis(low=-1.2, high=1.12, grid=False)


def network_map(
    companies: Any, exchanges: Any, month: int, start_year: int, by: str = "group", heading: str = "",
    spots: dict[str, np.ndarray] | None = None,
) -> Drawing:  # fmt: skip
    """Draw the park in one month: its companies on the map and the flows between them, coloured by group or material.

    companies: the rows of one run; all of them take part in the placing, so that maps of several dates can be compared.
    spots: from `spots_of`, where several maps share them.
    """
    companies, exchanges = Sheet.of(companies), Sheet.of(exchanges)
    year = start_year + month // 12
    heading = heading or f"End of {year}"
    if len(companies) == 0:
        return nothing(heading, "No table of companies was recorded.")
    flows = running_at(exchanges, month)
    present = set(open_companies(companies, year)["company"].tolist())
    if not present:
        return nothing(heading, "No company was open.")
    spots = spots_of(companies, exchanges) if spots is None else spots
    used = {*flows["seller"].tolist(), *flows["buyer"].tolist()}
    looks = flow_looks(flows, by)
    marks = (*flow_marks(flows, spots, looks, by), *site_marks(spots, present, used))
    counts = f"{counted(len(flows), 'exchange', 'exchanges')}, {counted(len(present), 'company', 'companies')}"
    key = tuple((plain(name), colour, dash) for name, (colour, dash) in looks.items())[:9]
    return Drawing(f"{heading}: {counts}", (Panel(marks, ACROSS, UPWARDS, framed=False),), (4.9, 4.1), key=key)


def flow_looks(flows: Sheet, by: str) -> Looks:
    """Choose colour and dash of each group, or of each material (most flows first; beyond the colours grey)."""
    if by == "group":
        return {name: look for name, look in GROUPS.items() if name in set(flows["group"].tolist())}
    groups = dict(zip(flows["material"].tolist(), flows["group"].tolist(), strict=True))
    names = flows["material"].tolist()
    ranked = sorted(groups, key=lambda name: (-names.count(name), name))
    colours = [*CYCLE, *([MUTED] * len(ranked))]
    return {
        name: (colour, GROUPS.get(groups[name], (MUTED, SOLID))[1])
        for name, colour in zip(ranked, colours, strict=False)
    }


def flow_marks(flows: Sheet, spots: dict[str, np.ndarray], looks: Looks, by: str) -> list[Mark]:
    """Draw each flow as a bent arrow; its width says its rank of quantity among the flows of the same unit.

    Above 200 flows no arrow could be told from the next: thin straight strokes then.
    """
    pairs = list(zip(flows["seller"].tolist(), flows["buyer"].tolist(), flows[by].tolist(), strict=True))
    if len(pairs) > CROWD:
        ends = {name: [(spots[a], spots[b]) for a, b, kind in pairs if kind == name] for name in looks}
        return [Threads(np.array(ends[name]), colour) for name, (colour, _) in looks.items() if ends[name]]
    marks: list[Mark] = []
    seen: dict[frozenset, int] = {}
    for (seller, buyer, kind), size in zip(pairs, ranks_in_unit(flows), strict=True):
        pair = frozenset((seller, buyer))
        seen[pair] = seen.get(pair, 0) + 1
        colour, dash = looks[kind]
        start, end = tuple(spots[seller].tolist()), tuple(spots[buyer].tolist())
        marks.append(Arrow(start, end, 0.10 + 0.13 * (seen[pair] - 1), colour, dash, 0.8 + 1.5 * size))
    return marks


def ranks_in_unit(flows: Sheet) -> list[float]:
    """Return the rank of each flow's quantity among those of the same unit, as a share of their number."""
    units, quantities = flows["unit"], np.asarray(flows["quantity"], float)
    shares = []
    for unit, quantity in zip(units, quantities, strict=True):
        peers = quantities[units == unit]
        shares.append(((peers < quantity).sum() + ((peers == quantity).sum() + 1) / 2) / len(peers))
    return [float(share) for share in shares]


def site_marks(spots: dict[str, np.ndarray], present: set[str], used: set[str]) -> list[Mark]:
    """Draw companies: filled when they exchange, hollow when idle, a faint dot when not open; a crowd has no names."""
    marks: list[Mark] = []
    small = 4 if len(spots) > CROWD else 1
    for state, look in (("linked", INK), ("idle", PAPER), ("closed", FAINT)):
        points = np.array([spot for name, spot in spots.items() if site_state(name, present, used) == state])
        if len(points):
            edge, area = (FAINT, 16 / small) if state == "closed" else (INK, 42 / small)
            marks.append(Dots(points[:, 0], points[:, 1], np.full(len(points), area), look, edge))
    open_ones = sorted((name for name in spots if name in present), key=lambda name: (name not in used, name))
    for name in open_ones[: 0 if len(spots) > CROWD else LABELS]:
        x, y = spots[name].tolist()
        marks.append(Name(x, y, short(plain(name)), INK if name in used else MUTED))
    return marks


def site_state(name: str, present: set[str], used: set[str]) -> str:
    """Tell whether a company exchanges, only stands there, or is not open."""
    if name not in present:
        return "closed"
    return "linked" if name in used else "idle"
