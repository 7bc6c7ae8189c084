"""history.csv and links.csv of a scenario folder, checked before any run: what is wrong has file, line and column."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from ecopark.abm.input.checked_values import FIRST_YEAR, LAST_YEAR, as_number
from ecopark.abm.input.csv_files import Line, read_table
from ecopark.abm.input.errors import InputError, Mistake
from ecopark.analysis.run_folder.columns import Sheet

YEARS = ("year", "start", "end", "end_low", "end_high")
NUMBERS = {"history": ("year", "low", "mid", "high"), "links": ("start", "core")}
WORDS = {"history": (), "links": ("id", "seller", "buyer", "material")}


def read_history_files(folder: Path) -> tuple[Sheet, Sheet]:
    """Return history.csv (year, low, mid, high) and links.csv (id, seller, buyer, material, start, core) of a folder.

    Raises InputError with every mistake.
    """
    mistakes: list[Mistake] = []
    history, links = (_read(folder / f"{name}.csv", name, mistakes) for name in ("history", "links"))
    if mistakes:
        raise InputError(mistakes)
    return history, links


def require_history(folder: Path | None) -> None:
    """Raise InputError when a scenario folder has a history that cannot be read."""
    if folder is not None and (folder / "history.csv").exists() and (folder / "links.csv").exists():
        read_history_files(folder)


def _read(path: Path, name: str, mistakes: list[Mistake]) -> Sheet:
    columns = (*WORDS[name], *NUMBERS[name])
    before = len(mistakes)
    lines = read_table(path, mistakes, columns, WORDS[name])
    if len(mistakes) > before:
        return Sheet({})
    if not lines:
        mistakes.append(Mistake(path.name, "no rows", "a header line and at least one row"))
    lacking = [column for column in columns if lines and column not in lines[0].columns]
    mistakes.extend(Mistake(f"{path.name} line 1", f"no column {column}", f"a column {column}") for column in lacking)
    if lacking or not lines:
        return Sheet({})
    cells: dict[str, Any] = {
        column: np.array([_cell(line, column, name, mistakes) for line in lines]) for column in columns
    }
    return Sheet(
        {column: values.astype(object) if column in WORDS[name] else values for column, values in cells.items()}
    )


def _cell(line: Line, column: str, name: str, mistakes: list[Mistake]) -> Any:
    """Return one cell; what is missing or no number is a mistake."""
    value = line.cells.get(column, "")
    if column in WORDS[name]:
        if not value:
            mistakes.append(Mistake(line.place(column), "nothing", "a value"))
        return str(value)
    if value == "" and column == "start":
        return np.nan  # a link that was planned and never began
    number = as_number(value)
    is_year = column in YEARS
    if number is None or (is_year and not FIRST_YEAR <= number <= LAST_YEAR):
        mistakes.append(Mistake(line.place(column), value, "a year" if is_year else "a number"))
        return np.nan
    return number
