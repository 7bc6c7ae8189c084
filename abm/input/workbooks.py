"""Workbooks (xlsx, xlsb, ods): the cells of a sheet as text. Links in them are not followed, formulas are not computed."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .errors import InputError, Mistake

SUFFIXES = (".xlsx", ".xlsm", ".xlsb", ".ods", ".xls")


def sheet_names(path: Path) -> list[str]:
    """Return the names of the sheets; a file that is no workbook is refused."""
    return list(_open(path).sheet_names)


def sheet_rows(path: Path, sheet: str | int = 0) -> Iterator[list[Any]]:
    """Yield the rows of a sheet with cells as they are stored: numbers, dates, text, "" where empty."""
    book = _open(path)
    try:
        found = book.get_sheet_by_index(sheet) if isinstance(sheet, int) else book.get_sheet_by_name(sheet)
        rows = found.to_python(skip_empty_area=False)
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # the reader raises its own kinds for each damaged format, among them panics of Rust
        raise InputError([Mistake(path.name, f"sheet {sheet}: {error}", "a workbook that opens")]) from None
    yield from rows


def _open(path: Path) -> Any:
    import python_calamine

    try:
        return python_calamine.CalamineWorkbook.from_path(str(path))
    except (OSError, ValueError, python_calamine.CalamineError) as error:
        wanted = "a workbook (.xlsx, .xlsb, .ods) that opens, or the table saved as CSV"
        raise InputError([Mistake(path.name, f"not a workbook: {error}", wanted)]) from None


def as_text(cell: Any) -> str:
    """Return a cell as one would type it: whole numbers without point, dates as YYYY-MM-DD, yes and no as 1 and 0."""
    if isinstance(cell, bool):
        return str(int(cell))
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime.datetime | datetime.date):
        return cell.strftime("%Y-%m-%d")
    return "" if cell is None else str(cell).strip()
