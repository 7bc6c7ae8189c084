"""Cells of a scenario's tables under a name, so that a study can vary them: `companies."Asnaes".size`.

`companies.NAME.size`, `companies.NAME.type`, `streams.NAME.MATERIAL.per_year`, `streams.NAME.MATERIAL.recovered_share`; a name
may hold dots and may stand in quotes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from .errors import Mistake, nearest
from .park_rows import StreamOverride

COLUMNS = {"companies": ("size", "type"), "streams": ("per_year", "recovered_share", "price_now")}
FOLLOWS = "library:"  # how the source of a quantity begins that an import took from type and size


def is_cell(name: str) -> bool:
    """Tell whether a dotted name is that of a cell."""
    table, _, rest = name.partition(".")
    return table in COLUMNS and rest.rpartition(".")[2] in COLUMNS[table]


def parts_of(name: str) -> tuple[str, str, str, str]:
    """Return table, company, material ("" of a company) and column of the name of a cell."""
    table, _, rest = name.partition(".")
    rest, _, column = rest.rpartition(".")
    material = ""
    if table == "streams":
        rest, _, material = rest.rpartition(".")
    return table, rest.strip('"'), material, column


def value_of(tables: Mapping[str, tuple[Any, ...]], name: str) -> Any:
    """Return the present value of a cell; None when it is empty or there is no such row."""
    table, company, material, column = parts_of(name)
    for row in tables[table]:
        if table == "companies" and row.name == company:
            if column == "size" and row.size is None:
                return next((one.typical_size for one in tables["types"] if one.type == row.type), None)
            return getattr(row, column)
        if table == "streams" and (row.company, row.material) == (company, material):
            return getattr(row, column)
    return None


def change_cells(
    tables: Mapping[str, tuple[Any, ...]], values: Mapping[str, Any], mistakes: list[Mistake], place: str = ""
) -> Mapping[str, tuple[Any, ...]]:
    """Return the tables with other values in some cells; what is wrong is added to `mistakes`.

    What an import has taken from a company's type and size grows with its size.
    """
    changed = dict(tables)
    for name in sorted(values, key=lambda one: not one.startswith("companies")):
        table, company, material, column = parts_of(name)
        names = [row.name for row in tables["companies"]]
        if company not in names:
            mistakes.append(Mistake(place + name, company, "a company of the park", nearest(company, names)))
        elif table == "companies":
            _change_company(changed, company, column, values[name], mistakes, place + name)
        else:
            _change_stream(changed, company, material, column, values[name], mistakes, place + name)
    return changed


def _change_company(tables: dict, company: str, column: str, value: Any, mistakes: list[Mistake], place: str) -> None:
    types = {row.type: row for row in tables["types"]}
    if column == "type" and value not in types:
        mistakes.append(Mistake(place, value, "a type of the library", nearest(value, types)))
        return
    row = next(row for row in tables["companies"] if row.name == company)
    fresh = _checked(row, {column: value}, mistakes, place)
    if fresh is None:
        return
    factor = (fresh.size or types[fresh.type].typical_size) / (row.size or types[row.type].typical_size)
    tables["companies"] = tuple(fresh if one is row else one for one in tables["companies"])
    if column == "size":
        tables["streams"] = tuple(_grown(one, company, factor) for one in tables["streams"])
    else:
        tables["streams"] = tuple(one for one in tables["streams"] if not _is_grown(one, company))


def _is_grown(row: Any, company: str) -> bool:
    return row.company == company and row.source.startswith(FOLLOWS) and row.per_year is not None


def _grown(row: Any, company: str, factor: float) -> Any:
    return row.model_copy(update={"per_year": row.per_year * factor}) if _is_grown(row, company) else row


def _change_stream(
    tables: dict, company: str, material: str, column: str, value: Any, mistakes: list[Mistake], place: str
) -> None:
    rows = [row for row in tables["streams"] if (row.company, row.material) == (company, material)]
    if rows:
        fresh = _checked(rows[0], {column: value}, mistakes, place)
        tables["streams"] = tuple(fresh if row is rows[0] and fresh is not None else row for row in tables["streams"])
        return
    made = _made(tables, company, material)
    if not made:
        known = sorted({row.material for row in tables["materials"]})
        mistakes.append(
            Mistake(place, material, f"a material that {company} gives off or needs", nearest(material, known))
        )
        return
    direction, usual = made[0]
    try:
        cells = {"company": company, "material": material, "direction": direction, "per_year": usual, column: value}
        tables["streams"] = (*tables["streams"], StreamOverride.model_validate(cells))
    except ValidationError as error:
        mistakes.append(Mistake(place, value, error.errors()[0]["msg"]))


def _made(tables: Mapping[str, Any], company: str, material: str) -> list[tuple[str, float]]:
    """Return (direction, quantity a year) of a material that a company's type gives off or needs; what it gives comes first."""
    row = next(row for row in tables["companies"] if row.name == company)
    size = row.size or next(one.typical_size for one in tables["types"] if one.type == row.type)
    found = [
        (one.direction, one.coefficient * size)
        for one in tables["processes"]
        if (one.type, one.material) == (row.type, material)
    ]
    return sorted(found, reverse=True)


def _checked(row: Any, update: dict[str, Any], mistakes: list[Mistake], place: str) -> Any:
    """Return a row with other cells, checked, or None and a mistake."""
    try:
        return type(row).model_validate({**row.model_dump(), **update})
    except ValidationError as error:
        problem = error.errors()[0]
        mistakes.append(Mistake(place, problem["input"], problem["msg"]))
        return None
