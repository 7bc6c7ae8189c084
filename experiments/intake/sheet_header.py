"""The header of a sheet: where it stands, which columns it names, the units that stand in it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from ecopark.abm.input.errors import nearest
from ecopark.abm.input.workbooks import as_text

from .cell_numbers import BESIDE, OWN_UNITS
from .draft import Draft
from .sheet_lines import NEEDED, SHEETS

CALLED = {"latitude": "lat", "longitude": "lon", "lng": "lon", "long": "lon", "x": "x_km", "y": "y_km"}
"""Other words for columns that mean one thing only."""
PLACES = ("lat", "lon", "x_km", "y_km")


@dataclass(frozen=True)
class Header:
    """place: line of the header, from 0. columns: names, "" where there is none. units: of columns whose header holds one."""

    place: int
    columns: tuple[str, ...]
    units: dict[str, str] = field(default_factory=dict)

    def with_units(self, cells: dict[str, str]) -> dict[str, str]:
        """Return the cells of a line with the unit of the header where the line has none of its own."""
        more = {BESIDE[column]: unit for column, unit in self.units.items() if cells.get(column)}
        return {**more, **cells}


def header_of(name: str, rows: list[list[Any]], draft: Draft) -> Header | None:
    """Return the header, the first line that holds two columns of the sheet; what it lacks is a mistake of the draft."""
    for place, row in enumerate(rows[:20]):
        read = [_column(as_text(cell), SHEETS[name]) for cell in row]
        columns = tuple(column for column, _ in read)
        if len(set(columns) & set(SHEETS[name])) >= 2:
            header = Header(place, columns, {column: unit for column, unit in read if unit})
            _check(name, header, draft)
            return header
    return None


def _column(text: str, known: tuple[str, ...]) -> tuple[str, str]:
    """Return the column that a cell of the header names, and the unit in brackets behind it: `quantity (t/a)`."""
    found = re.fullmatch(r"(.*?)\s*[(\[]([^()\[\]]+)[)\]]\W*", text)
    if found:
        column, unit = _plain(found[1]), found[2].strip()
        if column in BESIDE and column in known:
            return column, unit
        if column in known and (column not in OWN_UNITS or unit.rstrip("NE ") in OWN_UNITS[column]):
            return column, ""
    return _plain(text), ""


def _plain(text: str) -> str:
    column = re.sub(r"\W+", "_", text.lower()).strip("_")
    return CALLED.get(column, column)


def _check(name: str, header: Header, draft: Draft) -> None:
    """Refuse a header that lacks a needed column or has one twice; say what is not read."""
    known, columns = SHEETS[name], header.columns
    beside = {BESIDE[column] for column in header.units}
    unknown = [column for column in columns if column and column not in known]
    for column in NEEDED[name]:
        if column not in columns and column not in beside:
            draft.wrong(f"sheet {name}", f"no column {column}", f"a column {column}", nearest(column, unknown))
    if name == "companies" and not set(PLACES) & set(columns):
        draft.wrong(
            f"sheet {name}", "no column of a place", "columns lat and lon, or x_km and y_km", nearest("lat", unknown)
        )
    if unknown:
        draft.said.append(f"sheet {name}: columns that are not read: {', '.join(unknown)}")
    for column in sorted({column for column in columns if column in known and columns.count(column) > 1}):
        draft.wrong(f"sheet {name}", column, "each column once")
