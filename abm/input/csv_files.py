"""Tables as people keep them: commas, semicolons or tabs, decimal commas, a title above the header, a sheet of a workbook."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .errors import InputError, Mistake
from .number_formats import decimal_mark, is_unclear, plain_number
from .text_files import no_text, read_text
from .workbooks import SUFFIXES, as_text, sheet_rows

# What other people call a column; only where the table knows no column of that name itself.
ALIASES = {
    "latitude": "lat", "breite": "lat", "longitude": "lon", "lng": "lon", "long": "lon", "laenge": "lon",
    "remark": "note", "remarks": "note", "comment": "note", "comments": "note", "notes": "note", "bemerkung": "note",
}  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One line of a table: the file and line it stands in, its cells by column (empty ones left out), all columns.

    word: what lines are called there.
    """

    file: str
    number: int
    cells: dict[str, Any]
    columns: tuple[str, ...]
    word: str = "line"

    def place(self, column: str) -> str:
        """Say where a cell stands."""
        return f"{self.file} {self.word} {self.number}, column {column}"


def read_table(
    path: Path, mistakes: list[Mistake], known: Collection[str] = (), words: Collection[str] = ()
) -> list[Line]:
    """Return the lines of a table; what cannot be read is added to `mistakes`. Blank lines and spaces do not count.

    known: columns that the table may have; lines above the first that holds some of them are a title. words: columns
    whose cells are text and stay as they are, though they look like numbers. A column that begins with # is a remark.
    """
    rows, usual = _cells(path, mistakes, known)
    if not rows:
        if not mistakes or not mistakes[-1].place.startswith(path.name):
            mistakes.append(Mistake(path.name, "empty", "a header line and at least one row"))
        return []
    first = _header_row(rows, known)
    number, header = rows[first][0], [_named(cell, known) for cell in rows[first][1]]
    repeated = {name for name in header if name and header.count(name) > 1}
    mistakes.extend(Mistake(f"{path.name} line {number}", name, "each column once") for name in sorted(repeated))
    below = [(line, [_words(cell) for cell in row]) for line, row in rows[first + 1 :]]
    counted = [place for place, name in enumerate(header) if name not in words]
    # Semicolons and tabs are what spreadsheets write where the comma is the decimal mark, but some write points with them.
    mark = decimal_mark((row[place] for _, row in below for place in counted if place < len(row)), usual)
    return [_line(path, number, row, header, mark, words, mistakes) for number, row in below]


def _line(
    path: Path,
    number: int,
    row: list[str],
    header: list[str],
    mark: str,
    words: Collection[str],
    mistakes: list[Mistake],
) -> Line:
    """Return a line with plain numbers; cells beyond the header and numbers with two readings are mistakes."""
    surplus = [cell for cell in row[len(header) :] if cell]
    if surplus:
        wanted = f"at most {len(header)} cells; quote text that holds the delimiter"
        mistakes.append(Mistake(f"{path.name} line {number}", ", ".join(surplus), wanted))
    cells = {name: cell for name, cell in zip(header, row, strict=False) if name and cell}
    plain = {name: cell if name in words else plain_number(cell, mark) for name, cell in cells.items()}
    line = Line(path.name, number, plain, tuple(header))
    mistakes.extend(
        _unclear(line, name, cell) for name, cell in cells.items() if name not in words and is_unclear(cell, mark)
    )
    return line


def raw_rows(path: Path, known: Collection[str], mistakes: list[Mistake]) -> list[tuple[int, list[str]]]:
    """Return (number, cells as they are written) of the lines that hold something. known: columns, to find the delimiter."""
    return _cells(path, mistakes, known)[0]


def _cells(path: Path, mistakes: list[Mistake], known: Collection[str]) -> tuple[list[tuple[int, list[str]]], str]:
    """Return (number, cells) of the lines that hold something, and the decimal mark that the file suggests."""
    if path.suffix.lower() in SUFFIXES:
        try:
            sheet = [(number, [as_text(cell) for cell in row]) for number, row in enumerate(sheet_rows(path), start=1)]
        except InputError as error:
            mistakes.extend(error.mistakes)
            return [], ""
        return [(number, row) for number, row in sheet if any(cell.strip() for cell in row)], "."
    wrong = no_text(path)
    if wrong is not None:
        mistakes.append(wrong)
        return [], ""
    text = read_text(path)
    said = re.match(r"\s*\"?sep=(.)\"?[ \t]*\r?\n", text)  # what Excel writes and obeys: the delimiter, no header
    text = text[: said.start()] + "\n" * text[: said.end()].count("\n") + text[said.end() :] if said else text
    delimiter = said[1] if said else _delimiter(text, known)
    rows = [
        (number, row) for number, row in _rows(text, delimiter, path, mistakes) if any(cell.strip() for cell in row)
    ]
    return rows, "." if delimiter == "," else ""


def _header_row(rows: list[tuple[int, list[str]]], known: Collection[str]) -> int:
    """Return which row is the header: the first, or the one among the next ten that holds more columns that are known."""

    def count(place: int) -> int:
        return len({_named(cell, known) for cell in rows[place][1]} & set(known))

    if not known or count(0) >= 2:
        return 0
    best = max(range(min(10, len(rows))), key=lambda place: (count(place), -place))
    return best if count(best) >= min(2, len(known)) else 0


def _named(cell: str, known: Collection[str]) -> str:
    """Return the name of a column; "" for a remark, the usual word for another one."""
    name = _column(cell)
    if cell.strip().startswith("#"):
        return ""
    meant = ALIASES.get(name, name)
    return meant if name not in known and meant in known else name


def _unclear(line: Line, column: str, cell: str) -> Mistake:
    """Say that a number has two readings in its table."""
    digits, _, rest = cell.replace(",", ".").partition(".")
    return Mistake(
        line.place(column),
        cell,
        f"either {digits}{rest} or {digits}.{rest.rstrip('0') or '0'}, without a mark of thousands",
    )


def _delimiter(text: str, known: Collection[str]) -> str:
    """Return the delimiter by which a line near the top holds most columns that are known; else the commonest there."""
    lines = [line for line in text.splitlines() if line.strip()][:10]
    header = next((line for line in lines if any(mark in line for mark in ",;\t")), "")

    def columns(mark: str) -> int:
        return max(
            (len({_named(cell.strip('"'), known) for cell in line.split(mark)} & set(known)) for line in lines),
            default=0,
        )

    return max(",;\t", key=lambda mark: (columns(mark), header.count(mark)))


def _rows(text: str, delimiter: str, path: Path, mistakes: list[Mistake]) -> list[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows = []
    try:
        for row in reader:
            rows.append((reader.line_num, row))
    except csv.Error as error:
        mistakes.append(
            Mistake(f"{path.name} line {reader.line_num}", str(error), "cells of at most 131,072 characters")
        )
    return rows


def _column(cell: str) -> str:
    return re.sub(r"\W+", "_", cell.strip().lower()).strip("_")


def _words(cell: str) -> str:
    return " ".join(cell.split())
