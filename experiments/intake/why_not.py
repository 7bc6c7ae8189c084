"""What one change opens, and what nobody takes (own_park.md 6)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from .row import Cause, Row
from .streams import Park

CHANGES = 20  # near misses that are listed
TAX = 300  # EUR/t of landfill tax that is still called a near miss


@dataclass(frozen=True)
class NearMiss:
    """A pair that one change opens: the change in words, and the value that it would then have [EUR a year]."""

    row: Row
    change: str
    value: float


def near_misses(rows: list[Row]) -> list[NearMiss]:
    """Return the pairs that one change opens, by the value they would then have."""
    misses = (_miss(row, row.causes[0]) for row in rows if len(row.causes) == 1 and row.quantity > 0)
    found = [miss for miss in misses if miss is not None and miss.value > 0]
    found.sort(key=lambda miss: (-miss.value, miss.row.giver, miss.row.taker, miss.row.material))
    return found[:CHANGES]


def _miss(row: Row, cause: Cause) -> NearMiss | None:
    """Return the change that takes the one cause away, if there is one."""
    if cause.kind == "loses":
        return _by_tax(row, cause.first)
    if cause.kind == "far":
        return _half_way(row) if row.km / 2 <= cause.first else None
    if cause.kind == "cold":
        return NearMiss(row, f"{cause.second - cause.first:.0f} K more", row.value)
    if cause.kind in ("opens", "known"):
        word = "opens" if cause.kind == "opens" else "known or allowed"
        return NearMiss(row, f"the year {cause.first:.0f} ({word})", row.value)
    return None


def _half_way(row: Row) -> NearMiss:
    nearer = replace(row, p_max=row.p_max + row.carried.haul_cost * row.km / 2)
    return NearMiss(row, "half the distance", nearer.value)


def _by_tax(row: Row, loss: float) -> NearMiss | None:
    """Return how a landfill tax, or half the distance, would open a pair that loses money."""
    if row.carried.haul_cost * row.km / 2 > loss:
        return _half_way(row)
    taxed = row.supply.rest.landfilled
    if taxed <= 0 or loss / taxed > TAX:
        return None
    tax = 10.0 * -(-loss / taxed // 10)
    return NearMiss(row, f"a landfill tax {tax:.0f} EUR/t higher", row.value + row.quantity * taxed * tax)


def alone(park: Park, rows: list[Row]) -> list[tuple[str, str, str]]:
    """Return (company, by-product, why) of what nobody takes: no taker in the library, none here, or none in reach."""
    ways = {way.by_product for way in park.scenario.tables["conversions"]}  # type: ignore[attr-defined]
    reach = {(row.giver, row.material) for row in rows if not any(cause.kind == "far" for cause in row.causes)}
    there = {(row.giver, row.material) for row in rows}
    found = []
    for stream in park.streams:
        key = stream.company, stream.material
        if not stream.out or key in reach:
            continue
        if stream.material not in ways:
            why = "no taker in the library"
        elif key in there:
            why = "no taker in reach"
        else:
            why = f"no taker here; could be taken by: {', '.join(takers_of(park, stream.material)[:4]) or 'nobody'}"
        found.append((*key, why))
    return found


def takers_of(park: Park, material: str) -> list[str]:
    """Return the types that have an input which a by-product can replace."""
    tables: Any = park.scenario.tables
    inputs = {way.input for way in tables["conversions"] if way.by_product == material}
    return sorted({row.type for row in tables["processes"] if row.direction == "in" and row.material in inputs})
