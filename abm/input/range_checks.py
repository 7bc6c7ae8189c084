"""What the rows of all tables have in common: each once, and sizes, streams and factors that stay within reason."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from .errors import Mistake

Tables = Mapping[str, tuple[Any, ...]]

LARGER = 10_000  # times the typical size of a type: beyond it a unit was mistaken
MOST_PER_YEAR = 1e12  # units of a material that a company takes in or gives out
LOW, HIGH = 0.05, 20.0  # of factors that change a price or a rate from a date on
FACTOR = f"a factor from {LOW:g} to {HIGH:g}"
_NUMBER = re.compile(r"\s*[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?\s*")


def place_of(table: str, row: Any, column: str) -> str:
    """Say where a row's cell stands."""
    name = " ".join(str(getattr(row, key)) for key in row.key)
    return f"{table}.csv, {name}, column {column}"


def check_keys(tables: Tables) -> Iterator[Mistake]:
    """Yield a mistake for each row that is there twice; draws of chance belong to names."""
    for table, rows in tables.items():
        seen = set()
        for row in rows:
            key = tuple(getattr(row, column) for column in row.key)
            if key in seen:
                yield Mistake(f"{table}.csv", ", ".join(map(str, key)), "each row once")
            seen.add(key)


def check_ranges(tables: Tables) -> Iterator[Mistake]:
    """Yield a mistake for each size, stream or factor that no park has."""
    typical = {row.type: row.typical_size for row in tables["types"]}
    kinds = _kinds(tables)
    largest = {
        name: LARGER * max((typical[kind] for kind in found if kind in typical), default=math.inf)
        for name, found in kinds.items()
    }
    yield from _company_sizes(tables["companies"], largest)
    yield from _events(tables["events"], largest)
    yield from _streams(tables, typical, kinds)


def _kinds(tables: Tables) -> dict[str, set[str]]:
    """Return the types that each company has, first or after a change of its process."""
    kinds: dict[str, set[str]] = {}
    for row in tables["companies"]:
        kinds.setdefault(row.name, set()).add(row.type)
    for row in tables["events"]:
        if row.kind == "process":
            kinds.setdefault(row.company, set()).add(row.value)
    return kinds


def _company_sizes(rows: Iterable[Any], largest: Mapping[str, float]) -> Iterator[Mistake]:
    for row in rows:
        if row.size is not None and row.size > largest[row.name]:
            yield Mistake(place_of("companies", row, "size"), row.size, _at_most(largest[row.name]))


def _at_most(largest: float) -> str:
    return f"a size of at most {largest:g} ({LARGER:,} times the typical size of the type)"


def _events(rows: Iterable[Any], largest: Mapping[str, float]) -> Iterator[Mistake]:
    for row in rows:
        place = place_of("events", row, "value")
        if row.kind == "size":
            size, limit = number_of(row.value), largest.get(row.company, math.inf)
            if size is None or size < 1e-9:
                yield Mistake(place, row.value, "a number above 0")
            elif size > limit:
                yield Mistake(place, row.value, _at_most(limit))
        elif row.kind in ("contacts", "relocation") and not is_factor(row.value):
            yield Mistake(place, row.value, FACTOR)


def _streams(tables: Tables, typical: Mapping[str, float], kinds: Mapping[str, set[str]]) -> Iterator[Mistake]:
    """Yield a mistake for each process of which the largest plant would move more than there is."""
    largest = dict(typical)
    sizes = [(row.name, row.size) for row in tables["companies"]]
    sizes += [(row.company, number_of(row.value)) for row in tables["events"] if row.kind == "size"]
    for name, size in sizes:
        for kind in kinds.get(name, ()) if size is not None else ():
            largest[kind] = max(largest.get(kind, 0.0), size)
    for row in tables["processes"]:
        amount = row.coefficient * largest.get(row.type, 0.0)
        if amount > MOST_PER_YEAR:
            allowed = f"at most {MOST_PER_YEAR:g} units a year of the largest plant of its type"
            yield Mistake(place_of("processes", row, "coefficient"), f"{amount:g} a year", allowed)


def is_factor(text: str) -> bool:
    """Tell whether a text is a factor within its range."""
    number = number_of(text)
    return number is not None and LOW <= number <= HIGH


def number_of(text: str) -> float | None:
    """Return the finite number that a text says in digits, or None."""
    if not _NUMBER.fullmatch(text):
        return None
    number = float(text)
    return number if math.isfinite(number) else None
