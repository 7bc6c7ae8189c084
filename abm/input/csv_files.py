"""Tables as people keep them: commas, semicolons or tabs, decimal commas, UTF-8 with or without mark, Latin-1."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .errors import Mistake
from .number_formats import decimal_mark, is_unclear, plain_number


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


def read_text(path: Path, mistakes: list[Mistake]) -> str:
    """Return a file's text: UTF-8 (with or without byte order mark) or, failing that, Windows Latin-1.

    What is no file or no text is added to `mistakes`, and read as nothing.
    """
    try:
        if not path.is_file():
            raise IsADirectoryError("no file")  # a folder, a pipe that would be waited for, or a link to nothing
        data = path.read_bytes()
    except OSError as error:
        mistakes.append(Mistake(str(path.name), error.strerror or str(error), "a file that can be read"))
        return ""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    if "\0" in text:
        mistakes.append(Mistake(path.name, "zero bytes", "a file of text"))
        return ""
    return text


def read_table(path: Path, mistakes: list[Mistake]) -> list[Line]:
    """Return the lines of a table; what cannot be read is added to `mistakes`. Blank lines and spaces do not count."""
    before = len(mistakes)
    text = read_text(path, mistakes)
    if len(mistakes) > before:
        return []
    delimiter = _delimiter(text)
    rows = [
        (number, row)
        for number, row in _rows(path.name, text, delimiter, mistakes)
        if any(cell.strip() for cell in row)
    ]
    if not rows and len(mistakes) == before:
        mistakes.append(Mistake(path.name, "empty", "a header line and at least one row"))
    if len(mistakes) > before:
        return []
    header = [_column(cell) for cell in rows[0][1]]
    repeated = {name for name in header if name and header.count(name) > 1}
    mistakes.extend(Mistake(f"{path.name} line 1", name, "each column once") for name in sorted(repeated))
    # Semicolons and tabs are what spreadsheets write where the comma is the decimal mark, but some write points with them.
    mark = decimal_mark((_words(cell) for _, row in rows[1:] for cell in row), "." if delimiter == "," else "")
    lines = []
    for number, row in rows[1:]:
        surplus = [cell for cell in row[len(header) :] if cell.strip()]
        if surplus:
            mistakes.append(
                Mistake(
                    f"{path.name} line {number}",
                    ", ".join(surplus),
                    f"at most {len(header)} cells; quote text that holds the delimiter {delimiter!r}",
                )
            )
        words = {name: _words(cell) for name, cell in zip(header, row, strict=False) if name and cell.strip()}
        line = Line(path.name, number, {name: plain_number(cell, mark) for name, cell in words.items()}, tuple(header))
        mistakes.extend(_unclear(line, name, cell) for name, cell in words.items() if is_unclear(cell, mark))
        lines.append(line)
    return lines


def _unclear(line: Line, column: str, cell: str) -> Mistake:
    """Say that a number has two readings in its table."""
    digits, _, rest = cell.replace(",", ".").partition(".")
    return Mistake(
        line.place(column),
        cell,
        f"either {digits}{rest} or {digits}.{rest.rstrip('0') or '0'}, without a mark of thousands",
    )


def _delimiter(text: str) -> str:
    header = next((line for line in text.splitlines() if line.strip()), "")
    return max(",;\t", key=header.count)


def _rows(name: str, text: str, delimiter: str, mistakes: list[Mistake]) -> list[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        return [(reader.line_num, row) for row in reader]
    except csv.Error as error:
        mistakes.append(Mistake(f"{name} line {reader.line_num}", str(error), "cells of a table; is a quote missing?"))
        return []


def _column(cell: str) -> str:
    return re.sub(r"\W+", "_", cell.strip().lower()).strip("_")


def _words(cell: str) -> str:
    return " ".join(cell.split())
