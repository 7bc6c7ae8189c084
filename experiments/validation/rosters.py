"""From rows to companies: which rows of a park become plants, of which type, how large and where (parks/README.md)."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable
from dataclasses import dataclass, replace

from .tables import Parks, Row, choice, number

NOT_MODELLED = ("group", "total")
SMALLEST, LARGEST = 0.1, 10.0
"""A size that a register's emission gives is used from a tenth of the typical one to ten times it; else the typical one."""
KM_PER_DEGREE = 111.195
TOWN = "district_heating"
TOWN_KINDS = ("Urban entity",)
TOWN_WORKS = {"collection": "municipal_collection", "sewage works": "waste_water_plant"}
# Types that the record chose before the library had nearer ones, of every registered plant alike.
REFINED = {"oil_refinery_recovery": "refinery_complex", "kraft_pulp_mill": "integrated_paper_mill"}
# Kinds of the register that hold terminals and landfills where the record leaves the type open.
UNTYPED = ("Refineries", "Cement", "Iron and steel")


@dataclass(frozen=True)
class Plant:
    """A company of a park. size: product/year, None the typical one. entry: given or endogenous. x, y: km from the centre."""

    name: str
    type: str
    size: float | None
    x: float
    y: float
    opens: str
    closes: str
    entry: str
    basis: str
    linked: str


def roster(parks: Parks, park: Row, typical: dict[str, float]) -> tuple[tuple[Plant, ...], dict[str, tuple[str, ...]]]:
    """Return the plants of a park, and for each name of the record the plants that stand for it.

    A kind of plant is left out where a named or registered row of the same type is there; those then stand for it. What
    has no type of the library, and groups and totals, stand for nothing. typical: size of each type.
    """
    rows = [(row, type_of(row)) for row in parks.of("companies", park["park"]) if row["basis"] not in NOT_MODELLED]
    rows = [(row, kind) for row, kind in rows if kind in typical]
    firm = {kind for row, kind in rows if row["basis"] != "kind"}
    taken = [(row, kind) for row, kind in rows if row["basis"] != "kind" or kind not in firm]
    plants = tuple(one for row, kind in taken for one in _plants(park, row, kind, typical))
    stands = {plant.name: (plant.name,) for plant in plants}
    for row, kind in rows:
        if row["kind"] in TOWN_KINDS:
            stands[row["company"]] = tuple(one.name for one in plants if one.name.startswith(row["company"]))
        stands.setdefault(row["company"], tuple(one.name for one in plants if one.type == kind))
    return plants, stands


def _plants(park: Row, row: Row, kind: str, typical: dict[str, float]) -> Iterable[Plant]:
    """Yield the plants of a row: one; of a town its heat supply, collection of waste and sewage works."""
    plant = _plant(park, row, kind, typical[kind])
    yield plant
    for name, other in TOWN_WORKS.items() if row["kind"] in TOWN_KINDS else ():
        yield replace(plant, name=f"{plant.name} {name}", type=other, size=None)


def type_of(row: Row) -> str:
    """Return the type of a row: by a word of a registered name, by its kind where the benchmark has chosen one, by the record."""
    chosen = {one["kind"]: one["type"] for one in choice("kinds")}
    by_kind = chosen.get(f"{row['kind']}@{row['nace']}", chosen.get(row["kind"], ""))
    if row["basis"] != "register":
        return by_kind or row["type"]
    words = [one["type"] for one in choice("names") if one["word"] in row["company"].casefold()]
    if words:
        return words[0]
    if row["type"] in REFINED:
        return REFINED[row["type"]]
    return row["type"] or ("" if row["kind"] in UNTYPED else by_kind)


def _plant(park: Row, row: Row, kind: str, typical: float) -> Plant:
    x, y = place_of(park, row)
    size = size_of(row, kind, typical)
    name = row["company"].lstrip("=+-@")[:120]
    return Plant(
        name, kind, size, x, y, row["opens"], row["closes"], row["entry"] or "given", row["basis"], row["linked"]
    )


def size_of(row: Row, kind: str, typical: float) -> float | None:
    """Return the size that a register's CO2 gives, None where it gives none that is plausible."""
    factor = {one["type"]: float(one["t_co2_per_unit"]) for one in choice("emission_factors")}.get(kind)
    emitted = number(row["size"])
    if factor is None or emitted is None or "t CO2" not in row["unit"]:
        return None
    size = emitted / factor
    return size if SMALLEST * typical <= size <= LARGEST * typical else None


def place_of(park: Row, row: Row) -> tuple[float, float]:
    """Return km east and north of the centre; without a place one drawn within the extent by the names alone.

    The share of the extent is the square of a uniform draw, as registered plants have it (median 0.29, quarter 0.12, three
    quarters 0.62 of it). A town is the centre of its park.
    """
    lat, lon = number(row["lat"]), number(row["lon"])
    here = number(park["lat"]), number(park["lon"])
    if lat is not None and lon is not None and None not in here:
        east = math.cos(math.radians(here[0])) * (lon - here[1]) * KM_PER_DEGREE  # type: ignore[operator, arg-type]
        return east, (lat - here[0]) * KM_PER_DEGREE  # type: ignore[operator]
    if type_of(row) == TOWN:
        return 0.0, 0.0
    first, second = shares(park["park"], row["company"])
    away = (number(park["extent_km"]) or 10.0) * first**2
    return away * math.cos(2 * math.pi * second), away * math.sin(2 * math.pi * second)


def shares(*names: str) -> tuple[float, float]:
    """Return two numbers from 0 to 1 that names decide, the same everywhere."""
    digest = hashlib.sha256("\n".join(names).encode()).digest()
    return int.from_bytes(digest[:8], "big") / 2**64, int.from_bytes(digest[8:16], "big") / 2**64
