"""What rows of several tables say together: routes open to a by-product, ways back, what links are for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .library_rows import MaterialRoute


def routes_of(tables: Mapping[str, tuple[Any, ...]]) -> dict[str, list[MaterialRoute]]:
    """Return the routes that are open to each by-product, in order: those listed, else the one its own row names."""
    routes: dict[str, list[MaterialRoute]] = {}
    for row in tables["material_routes"]:
        routes.setdefault(row.material, []).append(row)
    for row in tables["materials"]:
        if row.disposal is not None and row.material not in routes:
            routes[row.material] = [MaterialRoute(material=row.material, route=row.disposal)]
    return routes


def ways_back(tables: Mapping[str, tuple[Any, ...]]) -> list[tuple[Any, Any]]:
    """Return every (site, mode) that a returning manufacturer can choose, in the order of the sites and their modes."""
    modes = {row.mode: row for row in tables["modes"]}
    return [
        (site, modes[name.strip()])
        for site in tables["sites"]
        for name in site.modes.split(";")
        if name.strip() in modes
    ]


def pipe_classes(tables: Mapping[str, tuple[Any, ...]]) -> list[str]:
    """Return the names of what links can be used for alike: the class of pipe, where there is none the carrier."""
    return sorted({row.pipe_class or row.carrier for row in tables["materials"]})
