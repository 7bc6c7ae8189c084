"""The routes of disposal that are open to each by-product, in the order of its table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .joined_rows import routes_of
from .library_rows import MaterialRoute, Route

EXPORT = "export"  # the route of the library that no lever and no year closes

Open = tuple[Any, MaterialRoute, Route]  # material, what it says of the route, the route


def open_routes(tables: Mapping[str, tuple[Any, ...]]) -> list[Open]:
    """Return the routes of every by-product, an export last where all of its own can be closed."""
    routes: dict[str, Route] = {row.route: row for row in tables["routes"]}
    materials = {row.material: row for row in tables["materials"]}
    rows: list[Open] = []
    for name, choices in routes_of(tables).items():
        own = [(materials[name], choice, routes[choice.route]) for choice in choices]
        rows.extend(own)
        if EXPORT in routes and all(_can_close(route) for _, _, route in own):
            rows.append((materials[name], _export_of(materials[name]), routes[EXPORT]))
    return rows


def _can_close(route: Route) -> bool:
    """Tell whether a ban or its years can close a route."""
    return route.kind == "landfill" or route.allowed_from is not None or route.allowed_until is not None


def _export_of(material: Any) -> MaterialRoute:
    """Return the export of a material; it is charged per tonne, whatever the material is measured in."""
    factor = 1.0 if material.unit == "t" or material.tonnes_per_unit == 0 else material.tonnes_per_unit
    return MaterialRoute(material=material.material, route=EXPORT, fee_factor=factor)
