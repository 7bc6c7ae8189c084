"""A map of a park as inline SVG: companies by confidence, arcs by value, outlines, scale bar; no tiles, works off line."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from ecopark.abm.input.scenario import Scenario

WIDTH, HEIGHT, MARGIN = 960.0, 620.0, 60.0
HALO = 'paint-order="stroke" stroke="var(--paper)" stroke-width="3"'
COLOURS = {
    "power": "#b3541e", "fuels": "#6b4c9a", "building": "#8a7f72", "cement": "#8a7f72", "steel": "#44546a", "chemicals": "#a23b72",
    "pulp": "#4f7f3f", "food": "#c99700", "farming": "#6a9a1f", "utility": "#1f77a4", "waste": "#7a5c3e", "pharma": "#c0567f",
}  # fmt: skip


@dataclass(frozen=True)
class Site:
    """A place on the map. x, y: km. confidence: a low one is drawn hollow. letter: how well it is known."""

    name: str
    kind: str
    sector: str
    x: float
    y: float
    confidence: str = "high"
    letter: str = ""


@dataclass(frozen=True)
class Arc:
    """An exchange on the map. value: EUR a year, its width; used: in use now."""

    giver: str
    taker: str
    value: float
    words: str
    used: bool = False


def places_of(scenario: Scenario | None) -> list[Site]:
    """Return the companies of a scenario as places."""
    if scenario is None:
        return []
    tables: Any = scenario.tables
    types = {row.type: row for row in tables["types"]}
    return [
        Site(row.name, row.type, types[row.type].sector, row.x_km or 0.0, row.y_km or 0.0, row.confidence or "high")
        for row in sorted(tables["companies"], key=lambda row: row.name)
    ]


def map_svg(sites: Sequence[Site], arcs: Sequence[Arc], outlines: Any = ()) -> str:
    """Return the map in a figure; "" without places. outlines: rings of (x, y) [km]."""
    if not sites:
        return ""
    points = [(site.x, site.y) for site in sites] + [tuple(point) for ring in outlines for point in ring]
    x0, x1 = min(x for x, _ in points), max(x for x, _ in points)
    y0, y1 = min(y for _, y in points), max(y for _, y in points)
    scale = min((WIDTH - 2 * MARGIN) / max(x1 - x0, 0.2), (HEIGHT - 2 * MARGIN) / max(y1 - y0, 0.2))

    def at(x: float, y: float) -> tuple[float, float]:
        return WIDTH / 2 + (x - (x0 + x1) / 2) * scale, HEIGHT / 2 - (y - (y0 + y1) / 2) * scale

    where = {site.name: at(site.x, site.y) for site in sites}
    parts = [_outline([at(*point) for point in ring]) for ring in outlines]
    most = max((arc.value for arc in arcs), default=0.0)
    parts += [
        _arc(where[arc.giver], where[arc.taker], arc, most) for arc in arcs if arc.giver in where and arc.taker in where
    ]
    parts += [_site(*where[site.name], site) for site in sites]
    parts += _labels(sites, where)
    parts.append(_scale_bar(scale))
    legend = "Hollow: type known with low confidence. Colour: sector." + (
        " Arcs: worth a year; dashed: in use now." if arcs else ""
    )
    return (
        f'<figure><div style="overflow-x:auto"><svg viewBox="0 0 {WIDTH:g} {HEIGHT:g}" role="img" aria-label="Map of the park" '
        'style="max-width:100%;min-width:640px">'
        + "".join(parts)
        + f"</svg></div><figcaption>{legend} Distances are straight lines.</figcaption></figure>"
    )


def _outline(points: list[tuple[float, float]]) -> str:
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return f'<polygon points="{path}" fill="var(--faint)" fill-opacity=".35" stroke="var(--muted)" stroke-dasharray="4 3"/>'


def _site(x: float, y: float, site: Site) -> str:
    colour = COLOURS.get(site.sector, "#667788")
    fill = "var(--paper)" if site.confidence == "low" else colour
    words = escape(f"{site.name}: {site.kind}, confidence {site.confidence}")
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="6" fill="{fill}" stroke="{colour}" stroke-width="2.5"><title>{words}</title></circle>'


def _arc(start: tuple[float, float], end: tuple[float, float], arc: Arc, most: float) -> str:
    """Return a bent line from giver to taker; the bend tells the two directions apart."""
    (x1, y1), (x2, y2) = start, end
    bend_x, bend_y = (x1 + x2) / 2 + 0.14 * (y2 - y1), (y1 + y2) / 2 - 0.14 * (x2 - x1)
    width = 1.2 + 5 * math.sqrt(max(arc.value, 0.0) / most) if most > 0 else 1.2
    dash = ' stroke-dasharray="7 4"' if arc.used else ""
    return (
        f'<path d="M{x1:.1f},{y1:.1f} Q{bend_x:.1f},{bend_y:.1f} {x2:.1f},{y2:.1f}" fill="none" stroke="var(--accent)" '
        f'stroke-opacity=".65" stroke-width="{width:.1f}"{dash}><title>{escape(arc.words)}</title></path>'
    )


def _labels(sites: Sequence[Site], where: dict[str, tuple[float, float]]) -> list[str]:
    """Return the names, each beside its place, moved down or up where another one stands; what finds no room is left to its title.

    None above 60 companies.
    """
    if len(sites) > 60:
        return []
    taken: list[tuple[float, float, float]] = []
    labels = []
    for site in sorted(sites, key=lambda site: (where[site.name][1], where[site.name][0])):
        x, y = where[site.name]
        name = site.name if len(site.name) <= 24 else site.name[:23] + "…"
        wide = 7.2 * len(name)
        left = x + 10 if x + 10 + wide < WIDTH else x - 10 - wide
        span = (left, left + wide)
        top = next(
            (y + 4 + 14 * step for step in (0, 1, -1, 2, -2, 3, -3) if _is_free(y + 4 + 14 * step, span, taken)), None
        )
        if top is None:
            continue
        taken.append((left, left + wide, top))
        labels.append(
            f'<text x="{left:.1f}" y="{top:.1f}" font-size="12.5" fill="var(--ink)" {HALO}>{escape(name)}</text>'
        )
    return labels


def _is_free(top: float, span: tuple[float, float], taken: list[tuple[float, float, float]]) -> bool:
    """Tell whether a label may stand there: on the map, above the scale bar, on no other label."""
    inside = 14 <= top <= HEIGHT - 36
    return inside and not any(
        abs(top - other) < 14 and span[0] < right and begin < span[1] for begin, right, other in taken
    )


def _scale_bar(scale: float) -> str:
    km = next(
        (length for length in (200, 100, 50, 20, 10, 5, 2, 1, 0.5, 0.2, 0.1, 0.05) if length * scale <= 180), 0.02
    )
    end = MARGIN / 2 + km * scale
    return (
        f'<path d="M{MARGIN / 2:g},{HEIGHT - 22:g} h{km * scale:.1f}" stroke="var(--ink)" stroke-width="2"/>'
        f'<text x="{end + 8:.1f}" y="{HEIGHT - 18:g}" font-size="12.5" fill="var(--ink)">{km:g} km</text>'
    )
