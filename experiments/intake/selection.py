"""The choice of place: within a radius, a box, or polygons of GeoJSON or KML."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ecopark.abm.input.errors import InputError, Mistake
from ecopark.abm.input.places import great_circle, near_turn
from ecopark.abm.input.text_files import parsed

Ring = list[tuple[float, float]]  # (lon, lat), closed or not
MOST = 300  # facilities without a choice of place


@dataclass(frozen=True)
class Selection:
    """A choice of place; all empty: everywhere. near: (lat, lon), with radius [km]. box: west, south, east, north."""

    near: tuple[float, float] | None = None
    radius: float = 0.0
    box: tuple[float, float, float, float] | None = None
    polygons: tuple[tuple[Ring, ...], ...] = ()

    @property
    def chosen(self) -> bool:
        """Tell whether anything was chosen."""
        return bool(self.near or self.box or self.polygons)

    def holds(self, lat: float, lon: float) -> bool:
        """Tell whether a place is inside; the edge counts as inside."""
        if self.near is not None and great_circle(self.near, (lat, lon)) > self.radius * (1 + 1e-12):
            return False
        if self.box is not None:
            west, south, east, north = self.box
            inside = west <= near_turn(lon, (west + east) / 2) <= east
            if not (inside and south <= lat <= north):
                return False
        return not self.polygons or any(inside_polygon(lon, lat, rings) for rings in self.polygons)

    def describe(self) -> dict[str, Any]:
        """Return the choice for import.json."""
        if self.near:
            return {"near": list(self.near), "radius_km": self.radius}
        if self.box:
            return {"bbox": list(self.box)}
        return {"polygons": len(self.polygons)} if self.polygons else {}


def inside_polygon(x: float, y: float, rings: Sequence[Ring]) -> bool:
    """Tell whether a point is inside a polygon by the even-odd rule over all its rings; the edge counts as inside."""
    odd = False
    for ring in rings:
        for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
            cross = (x2 - x1) * (y - y1) - (y2 - y1) * (x - x1)
            if (
                abs(cross) <= 1e-12 * max(1.0, abs(x2 - x1) + abs(y2 - y1))
                and _between(x, x1, x2)
                and _between(y, y1, y2)
            ):
                return True
            if (y1 > y) != (y2 > y) and x < x1 + (y - y1) / (y2 - y1) * (x2 - x1):
                odd = not odd
    return odd


def _between(value: float, one: float, other: float) -> bool:
    return min(one, other) - 1e-12 <= value <= max(one, other) + 1e-12


def read_polygons(path: Path) -> tuple[tuple[Ring, ...], ...]:
    """Return the polygons of a GeoJSON or KML file; longitude first. Several are a union, holes by the even-odd rule."""
    wrong = Mistake(path.name, "no polygon", "a GeoJSON or KML file with at least one polygon")
    try:
        text = path.read_text(encoding="utf-8-sig")
        found = _from_kml(text) if path.suffix.lower() == ".kml" else _from_geojson(parsed(json.loads, text))
    except (OSError, ValueError, TypeError, LookupError, AttributeError, RecursionError) as error:
        raise InputError([Mistake(path.name, str(error)[:120], "a GeoJSON or KML file with polygons")]) from None
    if not found:
        raise InputError([wrong])
    mistakes = [mistake for rings in found for ring in rings for mistake in _check_ring(path.name, ring)]
    if mistakes:
        raise InputError(mistakes)
    return tuple(tuple(rings) for rings in found)


def _from_geojson(node: Any) -> list[list[Ring]]:
    kind = node["type"]
    if kind == "FeatureCollection":
        return [rings for feature in node["features"] for rings in _from_geojson(feature)]
    if kind == "Feature":
        named_plant = {"nace", "what_it_does", "employees"} & set(node.get("properties") or {})
        return [] if named_plant or not node.get("geometry") else _from_geojson(node["geometry"])
    if kind == "Polygon":
        return [[[(float(point[0]), float(point[1])) for point in ring] for ring in node["coordinates"]]]
    if kind == "MultiPolygon":
        return [
            rings for one in node["coordinates"] for rings in _from_geojson({"type": "Polygon", "coordinates": one})
        ]
    if kind == "GeometryCollection":
        return [rings for one in node["geometries"] for rings in _from_geojson(one)]
    return []


def _from_kml(text: str) -> list[list[Ring]]:
    """Return the polygons of a KML text; one that declares a document type is refused (it may expand without end)."""
    import xml.etree.ElementTree as ET

    if "<!DOCTYPE" in text.upper() or "<!ENTITY" in text.upper():
        raise ValueError("a document type or entity: not read")
    try:
        root = ET.fromstring(text)
    except ET.ParseError as error:
        raise ValueError(f"not KML: {error}") from None
    found = []
    for polygon in (node for node in root.iter() if node.tag.rpartition("}")[2] == "Polygon"):
        rings = [node.text or "" for node in polygon.iter() if node.tag.rpartition("}")[2] == "coordinates"]
        found.append([[(float(p.split(",")[0]), float(p.split(",")[1])) for p in ring.split()] for ring in rings])
    return found


def _check_ring(name: str, ring: Ring) -> list[Mistake]:
    """Return what is wrong with a ring: too few corners, degrees beyond the globe, sides that cross."""
    points = ring[:-1] if len(ring) > 1 and ring[0] == ring[-1] else ring
    if len(points) < 3:
        return [Mistake(name, f"a ring of {len(points)} corners", "at least three")]
    if any(not (abs(y) <= 90 and abs(x) <= 540 and math.isfinite(x)) for x, y in points):
        return [Mistake(name, f"{points[0]}", "longitude, latitude in degrees (longitude first)")]
    sides = list(zip(points, [*points[1:], points[0]], strict=True))
    for one in range(len(sides)):
        for other in range(one + 2, len(sides)):
            if (one, other) != (0, len(sides) - 1) and _cross(*sides[one], *sides[other]):
                x, y = sides[other][0]
                return [
                    Mistake(name, f"the ring crosses itself near {x:.5f}, {y:.5f}", "a ring whose sides do not cross")
                ]
    return []


def _cross(a: tuple, b: tuple, c: tuple, d: tuple) -> bool:
    def side(p: tuple, q: tuple, r: tuple) -> float:
        return (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])

    return side(a, b, c) * side(a, b, d) < 0 and side(c, d, a) * side(c, d, b) < 0


def refuse_too_many(places: Sequence[tuple[float, float]], selection: Selection) -> None:
    """Refuse more than 300 facilities without a choice of place, with the count and the three densest places."""
    if selection.chosen or len(places) <= MOST:
        return
    cells: dict[tuple[float, float], int] = {}
    for lat, lon in places:
        cell = (round(lat, 1), round(lon, 1))
        cells[cell] = cells.get(cell, 0) + 1
    densest = sorted(cells, key=lambda cell: (-cells[cell], cell))[:3]
    near = "; ".join(
        f"--near {lat:.1f},{lon:.1f} --radius 10 ({cells[lat, lon]} within about 5 km)" for lat, lon in densest
    )
    raise InputError(
        [Mistake("choice of place", f"{len(places):,} facilities", f"--near, --bbox or --within; densest: {near}")]
    )
