"""The sheets of a workbook, their columns, and a line of one: cells as text, with the place to name in a mistake."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ecopark.abm.input.errors import Mistake, nearest

SHEETS: dict[str, tuple[str, ...]] = {
    "park": ("setting", "value", "meaning"),
    "companies": (
        "name", "what_it_does", "type", "nace", "size", "size_unit", "employees", "lat", "lon", "x_km", "y_km", "opens", "closes",
        "payback_years", "willingness", "note",
    ),
    "streams": (
        "company", "direction", "stream", "ewc", "material", "quantity", "unit", "low", "high", "months", "temperature_c",
        "dry_matter_pct", "price_now", "price_unit", "route_now", "since", "source", "confidential", "note",
    ),
    "exchanges": (
        "giver", "taker", "stream", "replaces", "quantity", "unit", "since", "until", "price", "price_unit", "term_years", "invested_by",
        "note",
    ),
    "distances": ("from", "to", "km", "way", "note"),
}  # fmt: skip
NEEDED = {
    "park": ("setting", "value"), "companies": ("name",), "streams": ("company", "direction", "stream", "quantity", "unit"),
    "exchanges": ("giver", "taker", "stream", "since"), "distances": ("from", "to", "km"),
}  # fmt: skip
NUMBERS = frozenset(
    ("size", "employees", "lat", "lon", "x_km", "y_km", "payback_years", "willingness", "quantity", "low", "high", "temperature_c",
     "dry_matter_pct", "price_now", "price", "term_years", "km")
)  # fmt: skip
MOST_ROWS = 20_000


@dataclass(frozen=True)
class Line:
    """A line of a sheet: cells as text by column; `numeric` names those that were numbers, which can be read one way only."""

    sheet: str
    number: int
    cells: dict[str, str]
    numeric: frozenset[str] = frozenset()

    def get(self, column: str) -> str:
        """Return the text of a cell, "" where it is empty."""
        return self.cells.get(column, "")

    def place(self, column: str) -> str:
        """Say where a cell stands."""
        return f"sheet {self.sheet}, line {self.number}, column {column}"


def mistake(line: Line, column: str, value: object, allowed: str, known: Any = ()) -> Mistake:
    """Return a mistake of a cell, with the nearest known name."""
    return Mistake(line.place(column), value, allowed, nearest(value, known) if known else None)
