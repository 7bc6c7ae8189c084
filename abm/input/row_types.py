"""The input tables and the row that each of them has."""

from __future__ import annotations

from .library_rows import Conversion, Emission, Material, MaterialRoute, Price, Process, Profile, Route, Sector, Type
from .park_rows import Company, Distance, Event, FirstExchange, Kind, Lever, Mode, Outlet, Site, StreamOverride
from .row_fields import Row

TABLES: dict[str, type[Row]] = {
    "materials": Material, "routes": Route, "material_routes": MaterialRoute, "types": Type, "processes": Process, "conversions": Conversion,
    "profiles": Profile, "sectors": Sector, "prices": Price, "emissions": Emission, "companies": Company, "events": Event, "levers": Lever,
    "streams": StreamOverride, "modes": Mode, "sites": Site,
    "exchanges": FirstExchange, "distances": Distance, "outlets": Outlet,
    "mix": Kind,
}  # fmt: skip
LIBRARY = (
    "materials",
    "routes",
    "material_routes",
    "types",
    "processes",
    "conversions",
    "profiles",
    "sectors",
    "prices",
    "emissions",
)
