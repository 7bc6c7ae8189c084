"""A scenario's own rows and the library's: which replaces which, and what is said about it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from .csv_files import Line, read_table
from .errors import Mistake
from .library_rows import Disposal, Route
from .row_errors import checked_row
from .row_fields import Row
from .row_types import TABLES

Broken = list[tuple[str, Line]]  # table and line of what could not be read
Own = dict[str, dict[tuple, Row]]  # a scenario's rows of each table by their keys
WHOLE = {
    "prices": "series",
    "material_routes": "material",
    "emissions": "material",
}  # own rows replace all of the library's with this name


def own_rows(
    kind: type[Row], lines: Iterable[Line], mistakes: list[Mistake], broken: Broken, name: str,
    library: Mapping[tuple, Row] | None = None,
) -> dict[tuple, Row]:  # fmt: skip
    """Return the rows that are right by their key; lines with a wrong cell are added to `broken`."""
    rows: dict[tuple, Row] = {}
    for bare in lines:
        line = _completed(bare, kind, library or {})
        row = checked_row(kind, line, mistakes)
        if row is None:
            broken.append((name, line))
            continue
        key = key_of(row)
        if key in rows:
            mistakes.append(Mistake(f"{line.file} line {line.number}", ", ".join(map(str, key)), "each row once"))
        rows[key] = row
    return rows


def _completed(line: Line, kind: type[Row], library: Mapping[tuple, Row]) -> Line:
    """Return a line with the library's values in the cells it leaves empty.

    A price of one's own takes the place of the library's series, and a series that of a price.
    """
    known = library.get(tuple(line.cells.get(column) for column in kind.key))
    if known is None:
        return line
    kept = known.model_dump(exclude_defaults=True, exclude={"grade", "source", "note"} & set(kind.model_fields))
    for own, other in (("price", "price_series"), ("price_series", "price")):
        if own in line.cells:
            kept.pop(other, None)
    return replace(line, cells={**kept, **line.cells}, columns=(*line.columns, *kept))


def key_of(row: Row) -> tuple:
    """Return what names a row."""
    return tuple(getattr(row, column) for column in row.key)


def put_together(library: Mapping[str, tuple[Row, ...]], own: Own) -> dict[str, tuple[Row, ...]]:
    """Return the tables of a scenario, library and own rows together.

    A row replaces the library's of its key; a price series, and the routes of a material, replace the library's as a whole.
    """
    tables = {}
    for name in TABLES:
        column = WHOLE.get(name, "")
        named = {getattr(row, column) for row in own[name].values()} if column else set()
        named |= _with_own_route(own) if name == "material_routes" else set()
        rows = {key_of(row): row for row in library.get(name, ()) if not column or getattr(row, column) not in named}
        tables[name] = tuple({**rows, **own[name]}.values())
    return tables


def _with_own_route(own: Own) -> set[str]:
    """Return the materials whose own row names their one route in the column `disposal`."""
    rows: Iterable[Any] = own["materials"].values()
    return {row.material for row in rows if row.disposal is not None}


def tell_series(own: Own, start_year: int, years: int) -> Iterable[str]:
    """Say of each of a scenario's own price series that misses a year of the run what stands there."""
    given: dict[str, set[int]] = {}
    rows: Iterable[Any] = own["prices"].values()
    for row in rows:
        given.setdefault(row.series, set()).add(row.year)
    for series, known in sorted(given.items()):
        if len(known) == 1 < years:
            yield (
                f"prices.csv: {series} has one value, of {min(known)}, in place of any the library has; "
                "the price is the same in every year"
            )
        elif not set(range(start_year, start_year + years)) <= known:
            yield (
                f"prices.csv: {series} has {len(known)} values from {min(known)} to {max(known)}, in place of any the library has; "
                "the price is a straight line between them and flat before and after"
            )


def read_old_disposal(folder: Path | None, own: Own, mistakes: list[Mistake]) -> tuple[str, ...]:
    """Read the disposal.csv of earlier versions into the own routes, in place: one route a material; return what to say."""
    if folder is None or not (folder / "disposal.csv").exists():
        return ()
    lines = read_table(folder / "disposal.csv", mistakes, list(Disposal.model_fields))
    rows: Mapping[tuple, Any] = own_rows(Disposal, lines, mistakes, [], "disposal")
    for row in rows.values():
        own["routes"].setdefault((row.route,), as_route(row))
    return (
        "disposal.csv: read as one route for each material that names it in materials.csv; "
        "routes.csv and material_routes.csv give a material several to choose from",
    )


def as_route(row: Disposal) -> Route:
    """Return a route of an earlier version: its landfill tax stays one, its kind is told by what it has."""
    others = "discharge" if row.discharge_base > 0 or row.unit == "m3" else "treatment"
    kind: Any = "landfill" if row.landfill else "flare" if row.unit in ("GJ", "MWh") else others
    return Route(
        route=row.route, label=row.label, kind=kind, unit=row.unit, fee=row.fee, haul=row.haul,
        taxed_landfill=row.tax_base, taxed_discharge=row.discharge_base, grade=row.grade, source=row.source, note=row.note,
    )  # fmt: skip


def tell_own_rows(library: Mapping[str, tuple[Row, ...]], own: Own) -> Iterable[str]:
    """Say of each row over the library's which values are the scenario's; all else stays as the library has it."""
    for name, rows in own.items():
        known = {key_of(row): row for row in library.get(name, ())} if name not in WHOLE else {}
        for key, row in rows.items():
            if key in known:
                left = {"grade", "source", "note"}
                changed = [
                    one
                    for one in type(row).model_fields
                    if one not in left and getattr(row, one) != getattr(known[key], one)
                ]
                yield (
                    f"{name}.csv: {' '.join(map(str, key))} has its own {', '.join(changed) or 'row, which changes nothing'}; "
                    "all else stays as the library has it"
                )
