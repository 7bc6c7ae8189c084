"""England, Waste Data Interrogator: what permitted sites receive by waste code -> outlets.csv alone (no producer is named).

Conditional licence of the Environment Agency; public page: https://www.data.gov.uk (Waste Data Interrogator).
"""

from __future__ import annotations

from collections.abc import Sequence

from ecopark.abm.input.codes import waste_code, waste_codes

from .draft import Cell, Draft
from .irep import place_of
from .library import library
from .selection import Selection
from .sources import SourceFile, number, sheet_frame

NEEDED = ("Site Name", "Easting", "Northing", "Waste Code", "Tonnes Received", "Fate")
BRITISH_GRID = "27700"


def recognises(files: Sequence[SourceFile]) -> bool:
    """Tell whether files are of this register."""
    return any(_is_one(file) for file in files)


def _is_one(file: SourceFile) -> bool:
    return "waste data interrogator" in file.name.lower() and file.name.lower().endswith((".xlsx", ".xlsb"))


def read(files: Sequence[SourceFile], selection: Selection, year: int | None, closed: bool, draft: Draft) -> None:
    """Add who takes what now to a draft; places need the extra `geo` (pyproj), else outlets have none and no choice of place."""
    for file in (one for one in files if _is_one(one)):
        sums: dict[tuple[str, str, str], float] = {}
        places: dict[str, tuple[float, float] | None] = {}
        for row in sheet_frame(file, NEEDED).to_dict("records"):
            name, tonnes = " ".join(row["Site Name"].split()), number(row["Tonnes Received"])
            if not name or tonnes is None or tonnes < 0:
                continue
            if name not in places:
                places[name] = place_of(row["Easting"], row["Northing"], BRITISH_GRID)
            place = places[name]
            if place is not None and not selection.holds(*place):
                continue
            kind = (
                "recovery"
                if row["Fate"].strip().lower() in ("recovery", "transfer (r)", "reprocessing")
                else "disposal"
            )
            key = (name, waste_code(row["Waste Code"]) or row["Waste Code"], kind)
            sums[key] = sums.get(key, 0.0) + tonnes
        _add(draft, file, sums, places)
        draft.sources.append(
            {**file.origin(), "register": "Waste Data Interrogator", "licence": "conditional, one year of use"}
        )


def _add(
    draft: Draft,
    file: SourceFile,
    sums: dict[tuple[str, str, str], float],
    places: dict[str, tuple[float, float] | None],
) -> None:
    for (name, code, kind), tonnes in sorted(sums.items()):
        source = f"{file.name}, {name}"
        row = draft.row("outlets", name, code, kind)
        row["per_year"] = Cell(tonnes, "given", "C", source, "sum of what was received")
        material = waste_codes().get(code, {}).get("material", "")
        if material in library().materials:
            row["material"] = Cell(material, "inferred", "C", source, "waste code")
        place = places[name]
        if place is not None:
            row["lat"], row["lon"] = Cell(place[0], source=source), Cell(place[1], source=source)
    without = sum(place is None for place in places.values())
    if without:
        draft.said.append(
            f"{without} outlets without a usable place: `pip install ecopark[geo]` reads the British grid"
        )
