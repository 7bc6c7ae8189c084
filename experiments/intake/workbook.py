"""The workbook: sheets park, companies, streams, exchanges, distances (or csv of these names in a folder)."""

from __future__ import annotations

import re
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ecopark.abm.input.errors import InputError, Mistake, nearest
from ecopark.abm.input.number_formats import decimal_mark, is_unclear, plain_number
from ecopark.abm.input.workbooks import SUFFIXES, as_text, sheet_names, sheet_rows

from .draft import Draft
from .sources import SourceFile
from .units import split_number

if TYPE_CHECKING:
    from zipfile import ZipFile

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
    return {name: _plain(name, lines, marks.get("*", ""), draft) for name, lines in sheets.items()}


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
    """Refuse formulas without a stored value: a program wrote them, and no spreadsheet has computed them yet."""
    if file.path.suffix.lower() not in (".xlsx", ".xlsm"):
        return
    for number, column in _formula_cells(file, sheet):
        cell = rows[number - 1][column] if number <= len(rows) and column < len(rows[number - 1]) else ""
        if cell in (None, ""):
            place = f"sheet {sheet}, line {number}"
            draft.wrong(place, "a formula without value", "a number; open the workbook and save it once")


def _formula_cells(file: SourceFile, sheet: str) -> list[tuple[int, int]]:
    """Return (line, column from 0) of the formulas of a sheet."""
    import zipfile

    with zipfile.ZipFile(file.path) as book:
        sheets = [name for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
        if not any(b"<f" in _beginning(book, name) for name in sheets):
            return []
    import openpyxl

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of cells that are no dates, ...: values are read and judged elsewhere
        book = openpyxl.load_workbook(file.path, read_only=True)
        return [
            (cell.row, cell.column - 1) for row in book[sheet].iter_rows() for cell in row if getattr(cell, "data_type", "") == "f"
        ]  # fmt: skip


def _beginning(book: ZipFile, name: str) -> bytes:
    """Return the first bytes of a packed file; what it claims to be beyond them is never unpacked."""
    with book.open(name) as packed:
        return packed.read(5_000_000)


def _table(name: str, rows: list[list[Any]], draft: Draft) -> list[Line]:
    """Return the lines of a sheet below its header."""
    known = SHEETS[name]
    place, header = _header(name, rows)
    if not header:
        if any(as_text(cell) for row in rows for cell in row):
            draft.wrong(f"sheet {name}", "no header", f"a line with the columns {', '.join(known)}")
        return []
    _check_header(name, header, draft)
    lines = []
    for number, row in enumerate(rows[place + 1 :], start=place + 2):
        cells = {column: cell for column, cell in zip(header, row, strict=False) if column in known and as_text(cell)}
        if cells:
            numeric = frozenset(column for column, cell in cells.items() if isinstance(cell, float | int))
            lines.append(Line(name, number, {column: as_text(cell) for column, cell in cells.items()}, numeric))
    if len(lines) > MOST_ROWS:
        draft.wrong(f"sheet {name}", f"{len(lines):,} lines", f"at most {MOST_ROWS:,}")
    return lines[:MOST_ROWS]


def _header(name: str, rows: list[list[Any]]) -> tuple[int, list[str]]:
    """Return where the header stands, the first line that holds two columns of the sheet, and its names."""
    for place, row in enumerate(rows[:20]):
        header = [re.sub(r"\W+", "_", as_text(cell).lower()).strip("_") for cell in row]
        if len(set(header) & set(SHEETS[name])) >= 2:
            return place, header
    return 0, []


def _check_header(name: str, header: list[str], draft: Draft) -> None:
    """Refuse a header that lacks a needed column or has one twice; say what is not read."""
    known = SHEETS[name]
    for column in NEEDED[name]:
        if column not in header:
            draft.wrong(f"sheet {name}", f"no column {column}", f"a column {column}", nearest(column, header))
    unknown = [column for column in header if column and column not in known]
    if unknown:
        draft.said.append(f"sheet {name}: columns that are not read: {', '.join(unknown)}")
    for column in sorted({column for column in header if column in known and header.count(column) > 1}):
        draft.wrong(f"sheet {name}", column, "each column once")


def _plain(name: str, lines: list[Line], mark: str, draft: Draft) -> list[Line]:
    """Return the lines with numbers that have a decimal point; what could be two numbers is asked, never guessed.

    The decimal mark of a sheet is what cells show that can be read one way only, unless the sheet `park` names it.
    """
    counted = [column for column in SHEETS[name] if column in NUMBERS]
    parts = {
        (line.number, column): split_number(line.get(column))
        for line in lines
        for column in counted
        if line.get(column) and column not in line.numeric
    }
    shown = mark or decimal_mark((text for text, _ in parts.values()), "")
    plain = []
    for line in lines:
        cells = dict(line.cells)
        for column in counted:
            if (line.number, column) in parts:
                text, unit = parts[line.number, column]
                cells[column] = _number(line, column, text, shown, draft)
                _take_unit(line, column, text, unit, cells, draft)
        plain.append(Line(line.sheet, line.number, cells))
    return plain


def _number(line: Line, column: str, text: str, mark: str, draft: Draft) -> str:
    """Return a number with a decimal point; "" and a mistake when it is none or two."""
    if is_unclear(text, mark):
        thousands = re.sub(r"[.,]", "", text)
        draft.wrong(
            line.place(column), text, f"{thousands} or {text.replace(',', '.')}? write it without a mark of thousands"
        )
        return ""
    number = plain_number(text.replace("\u00a0", " ").replace("\u202f", " "), mark)
    try:
        value = float(number)
    except ValueError:
        draft.wrong(line.place(column), text, "a number")
        return ""
    if not abs(value) < 1e15:
        draft.wrong(line.place(column), text, "a finite number below 1e15")
        return ""
    if number != text and not number.endswith(text.lstrip("+")):
        draft.said.append(f"{line.place(column)}: {text} is read as {value:,.10g}")
    return number


def _take_unit(line: Line, column: str, text: str, unit: str, cells: dict[str, str], draft: Draft) -> None:
    """Take a unit out of a number, unless the column of units says another one."""
    if not unit:
        return
    other = {"size": "size_unit", "quantity": "unit", "price_now": "price_unit", "price": "price_unit"}.get(column)
    if other is None:
        if unit not in ("km", "°", "C", "°C", "%", "years", "a", "GJ") and not unit.startswith(("t", "m")):
            draft.wrong(line.place(column), f"{text} {unit}", "a number without unit")
        return
    if line.get(other) and line.get(other) != unit:
        draft.wrong(line.place(column), f"{text} {unit}, and {other} {line.get(other)}", "one unit")
        return
    cells[other] = unit
    draft.said.append(f"{line.place(column)}: {text} {unit} is read as {text} and {unit}")


def refuse(draft: Draft) -> None:
    """Raise the mistakes of a draft, all at once."""
    if draft.mistakes:
        raise InputError(list(dict.fromkeys(draft.mistakes)))


def mistake(line: Line, column: str, value: object, allowed: str, known: Any = ()) -> Mistake:
    """Return a mistake of a cell, with the nearest known name."""
    return Mistake(line.place(column), value, allowed, nearest(value, known) if known else None)
