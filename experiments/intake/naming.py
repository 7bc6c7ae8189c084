"""Which material the words of a sheet mean: what people call it, or how warm it is."""

from __future__ import annotations

from functools import lru_cache

from ecopark.abm.input.errors import nearest
from ecopark.abm.input.material_names import materials_called

from .draft import Draft
from .kinds import letters
from .library import library
from .sheet_lines import Line

WANTED = "a material, a waste code or, of heat, its temperature"
POWER = ("power_station", "chp", "waste_to_energy")


def named_material(line: Line, column: str, direction: str, kind: str, draft: Draft) -> str | None:
    """Return the material that a cell names in any words: one that flows this way, and at this type if several do.

    What was understood is said; None, and a mistake, where it is no name or that of several materials.
    """
    text, materials = line.get(column), library().materials
    found = materials_called(text) & materials.keys()
    for narrower in (flowing(direction), {row.material for row in library().processes.get(kind, ())}):
        if len(found) > 1:
            found = (found & narrower) or found
    if len(found) != 1:
        allowed = "a material of the library" if column == "material" else WANTED
        several = f"; it may be {' or '.join(sorted(found))}" if found else ""
        near = None if found else nearest(letters(text).replace(" ", "_"), materials)
        draft.wrong(line.place(column), text, allowed + several, near)
        return None
    material = min(found)
    if letters(text).replace(" ", "_") != material:
        draft.said.append(f"{line.place(column)}: {text!r} is read as {material} ({materials[material].label})")
    return material


@lru_cache(maxsize=2)
def flowing(direction: str) -> frozenset[str]:
    """Return the materials that some type gives (out) or needs (in), or some conversion turns or replaces."""
    rows = [row for rows in library().processes.values() for row in rows]
    ways = [way for ways in library().ways.values() for way in ways]
    turned = {way.by_product if direction == "out" else way.input for way in ways}
    return frozenset({row.material for row in rows if row.direction == direction} | turned)


def heat_of(degrees: float, kind: str) -> str:
    """Return the heat of a temperature [C]; between 40 and 120 C a power station's is extraction_heat."""
    if degrees < 20:
        return "effluent_heat"
    if degrees <= 40:
        return "warm_water"
    if degrees <= 120:
        return "extraction_heat" if any(word in kind for word in POWER) else "low_heat"
    return "waste_heat_steam"
