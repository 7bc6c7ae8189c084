"""What contracts in force, given distances and named units must be: possible, no shorter than straight, the material's."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any

from .errors import Mistake, nearest
from .range_checks import place_of


def check_units(tables: Mapping[str, tuple[Any, ...]]) -> Iterable[Mistake]:
    """Yield the units that are not those of the material: nothing is converted here."""
    units = {row.material: row.unit for row in tables["materials"]}
    for table in ("streams", "exchanges"):
        for row in tables[table]:
            unit = units.get(row.material, row.unit)
            if row.unit and row.unit != unit:
                wanted = f"{unit}, the unit of {row.material}, or empty; `ecopark import` converts a workbook's units"
                yield Mistake(place_of(table, row, "unit"), row.unit, wanted)


def check_exchanges(tables: Mapping[str, tuple[Any, ...]]) -> Iterable[Mistake]:
    """Yield the contracts of exchanges.csv whose giver or taker has not the stream, or that no conversion makes possible."""
    kinds = {row.name: row.type for row in tables["companies"]}
    streams = {(row.type, row.material, row.direction) for row in tables["processes"]}
    own = {(row.company, row.material, row.direction): row.per_year for row in tables["streams"]}

    def has(company: str, material: str, direction: str) -> bool:
        key = (company, material, direction)
        return own[key] is not None if key in own else (kinds.get(company), material, direction) in streams

    for row in tables["exchanges"]:
        if not {row.giver, row.taker} <= set(kinds):
            continue  # said where names are looked up
        inputs = [way.input for way in tables["conversions"] if way.by_product == row.material]
        if row.input not in inputs:
            wanted = f"an input that {row.material} can replace: {', '.join(inputs) or 'none in the library'}"
            yield Mistake(place_of("exchanges", row, "input"), row.input, wanted, nearest(row.input, inputs))
        elif not has(row.giver, row.material, "out"):
            yield Mistake(place_of("exchanges", row, "material"), row.material, f"a by-product of {row.giver}")
        elif not has(row.taker, row.input, "in"):
            inputs = [one for one in inputs if has(row.taker, one, "in")]
            wanted = (
                f"an input of {row.taker}; of what {row.material} replaces it needs {', '.join(inputs) or 'nothing'}"
            )
            yield Mistake(place_of("exchanges", row, "input"), row.input, wanted)
        if row.giver == row.taker:
            yield Mistake(place_of("exchanges", row, "taker"), row.taker, "another company than the giver")


def check_terms(tables: Mapping[str, tuple[Any, ...]]) -> Iterable[Mistake]:
    """Yield the contracts of exchanges.csv that would end before they begin."""
    for row in tables["exchanges"]:
        if row.until is not None and row.until < row.since:
            yield Mistake(
                place_of("exchanges", row, "until"), f"{row.until:g}", f"a date from {row.since:g} on, its `since`"
            )


DETOUR = 100.0  # times the straight line above which a way is given in metres


def check_distances(tables: Mapping[str, tuple[Any, ...]]) -> Iterable[Mistake]:
    """Yield the ways that are shorter than the straight line by more than 2 %, which rounding may be, or that must be metres."""
    places = {row.name: (row.x_km, row.y_km) for row in tables["companies"]}
    for row in tables["distances"]:
        one, other = places.get(row.from_), places.get(row.to)
        if one is None or other is None or None in (*one, *other):
            continue
        straight = math.dist(one, other)
        if row.km < 0.98 * straight:
            wanted = f"at least the straight line of {straight:.2f} km, or other places"
            yield Mistake(place_of("distances", row, "km"), row.km, wanted)
        elif row.km > DETOUR * max(straight, 0.5):
            wanted = f"km; the straight line is {straight:.2f} km (metres?)"
            yield Mistake(place_of("distances", row, "km"), row.km, wanted)
