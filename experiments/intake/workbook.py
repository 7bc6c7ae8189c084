"""The workbook: sheets park, companies, streams, exchanges, distances (or csv of these names in a folder)."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ecopark.abm.input.errors import InputError
from ecopark.abm.input.workbooks import SUFFIXES, as_text, sheet_names, sheet_rows

from .cell_numbers import no_number, plain_lines
from .draft import Draft
from .sheet_header import header_of
from .sheet_lines import MOST_ROWS, NUMBERS, SHEETS, Line
from .sources import SourceFile

if TYPE_CHECKING:
    from zipfile import ZipFile


def recognises(files: Sequence[SourceFile]) -> list[SourceFile]:
    """Return the files that are a workbook with a sheet companies, or csv sheets of one."""
    found = []
    for file in files:
        if file.path.suffix.lower() in SUFFIXES and not file.member:
            try:
                if "companies" in [name.strip().lower() for name in sheet_names(file.path)]:
                    found.append(file)
            except InputError:
                continue
        elif file.name.lower() == "companies.csv" and not file.member:
            found += [
                one
                for one in files
                if one.name.lower().removesuffix(".csv") in SHEETS and one.path.parent == file.path.parent
            ]
    return found


def read_sheets(files: Sequence[SourceFile], draft: Draft) -> dict[str, list[Line]]:
    """Return the lines of every sheet; what cannot be read is a mistake of the draft."""
    sheets: dict[str, list[Line]] = {name: [] for name in SHEETS}
    marks: dict[str, str] = {}
    for file in files:
        for name, rows in _raw(file, draft):
            lines = _table(name, rows, draft)
            if name == "park":
                setting = {line.get("setting"): line.get("value") for line in lines}
                marks["*"] = {"point": ".", "comma": ","}.get(setting.get("decimal_mark", "").lower(), "")
            sheets[name] += lines
    return {name: plain_lines(name, lines, marks.get("*", ""), draft) for name, lines in sheets.items()}


def _raw(file: SourceFile, draft: Draft) -> list[tuple[str, list[list[Any]]]]:
    """Return (sheet, rows of cells) of a file."""
    if file.path.suffix.lower() not in SUFFIXES:
        from ecopark.abm.input.csv_files import raw_rows

        name = file.name.lower().removesuffix(".csv")
        return [(name, [row for _, row in raw_rows(file.path, SHEETS[name], draft.mistakes)])]
    found = []
    for sheet in sheet_names(file.path):
        name = sheet.strip().lower()
        if name == "types":  # the list to choose from, which our own template carries
            continue
        if name not in SHEETS:
            draft.said.append(f"sheet {sheet!r} is not read (known: {', '.join(SHEETS)})")
            continue
        rows = list(sheet_rows(file.path, sheet))
        _refuse_formulas(file, sheet, rows, draft)
        found.append((name, rows))
    return found


def _refuse_formulas(file: SourceFile, sheet: str, rows: list[list[Any]], draft: Draft) -> None:
    """Refuse cells that read empty and are not: formulas that no spreadsheet has computed yet, and errors such as #REF!."""
    if file.path.suffix.lower() not in (".xlsx", ".xlsm"):
        return
    for number, column, kind in _computed_cells(file, sheet):
        cell = rows[number - 1][column] if number <= len(rows) and column < len(rows[number - 1]) else ""
        if cell in (None, ""):
            found = "a formula without value" if kind == "f" else "an error of the spreadsheet, such as #REF!"
            mend = "open the workbook and save it once" if kind == "f" else "mend the cell, or empty it"
            draft.wrong(f"sheet {sheet}, line {number}", found, f"a number or text; {mend}")


def _computed_cells(file: SourceFile, sheet: str) -> list[tuple[int, int, str]]:
    """Return (line, column from 0, f or e) of the formulas and the errors of a sheet."""
    import zipfile

    with zipfile.ZipFile(file.path) as book:
        sheets = [name for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
        if not any(sign in _beginning(book, name) for name in sheets for sign in (b"<f", b't="e"')):
            return []
    import openpyxl

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of cells that are no dates, ...: values are read and judged elsewhere
        book = openpyxl.load_workbook(file.path, read_only=True)
        return [
            (cell.row, cell.column - 1, cell.data_type)
            for row in book[sheet].iter_rows()
            for cell in row
            if getattr(cell, "data_type", "") in ("f", "e")
        ]


def _beginning(book: ZipFile, name: str) -> bytes:
    """Return the first bytes of a packed file; what it claims to be beyond them is never unpacked."""
    with book.open(name) as packed:
        return packed.read(5_000_000)


def _table(name: str, rows: list[list[Any]], draft: Draft) -> list[Line]:
    """Return the lines of a sheet below its header."""
    known = SHEETS[name]
    header = header_of(name, rows, draft)
    if header is None:
        if any(as_text(cell) for row in rows for cell in row):
            draft.wrong(f"sheet {name}", "no header", f"a line with the columns {', '.join(known)}")
        return []
    lines = []
    for number, row in enumerate(rows[header.place + 1 :], start=header.place + 2):
        cells = {
            column: cell for column, cell in zip(header.columns, row, strict=False) if column in known and as_text(cell)
        }
        if len(row) > len(header.columns) and any(as_text(cell) for cell in row[len(header.columns) :]):
            wanted = f"at most {len(header.columns)} cells, as in the header (a comma inside a number?)"
            draft.wrong(f"sheet {name}, line {number}", f"{len(row)} cells", wanted)
        for column in [column for column in cells if column in NUMBERS and no_number(cells[column])]:
            draft.wrong(Line(name, number, {}).place(column), no_number(cells.pop(column)), "a number")
        if cells:
            numeric = frozenset(column for column, cell in cells.items() if isinstance(cell, float | int))
            texts = {column: as_text(cell) for column, cell in cells.items()}
            lines.append(Line(name, number, header.with_units(texts), numeric))
    if len(lines) > MOST_ROWS:
        draft.wrong(f"sheet {name}", f"{len(lines):,} lines", f"at most {MOST_ROWS:,}")
    return lines[:MOST_ROWS]


def refuse(draft: Draft) -> None:
    """Raise the mistakes of a draft, all at once."""
    if draft.mistakes:
        raise InputError(list(dict.fromkeys(draft.mistakes)))
