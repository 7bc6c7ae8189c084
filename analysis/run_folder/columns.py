"""A table as columns by name: what a short report needs of one, without the time that pandas takes to load."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np


class Sheet:
    """Columns of equal length; `sheet[name]` is a column [row], `sheet[mask]` the rows of a mask or of an order."""

    def __init__(self, columns: Mapping[str, Any]):
        self._columns = {str(name): np.asarray(values) for name, values in columns.items()}

    @classmethod
    def of(cls, table: Any) -> Sheet:
        """Return a DataFrame, a mapping or a sheet as a sheet."""
        if isinstance(table, Sheet):
            return table
        return cls({name: table[name] for name in (table if isinstance(table, Mapping) else table.columns)})

    @property
    def columns(self) -> list[str]:
        """Return the names of the columns in their order."""
        return list(self._columns)

    def __len__(self) -> int:
        return len(next(iter(self._columns.values()), ()))

    def __getitem__(self, key: Any) -> Any:
        if isinstance(key, str):
            return self._columns[key]
        return Sheet({name: values[key] for name, values in self._columns.items()})

    def but(self, **columns: Any) -> Sheet:
        """Return the sheet with some columns replaced or added."""
        return Sheet({**self._columns, **columns})

    def pick(self, names: Iterable[str]) -> Sheet:
        """Return some of the columns."""
        return Sheet({name: self._columns[name] for name in names})


def stacked(sheets: Sequence[Sheet], number: str) -> Sheet:
    """Return sheets below each other, with a first column of that name: which sheet a row is from."""
    marks = np.repeat(np.arange(len(sheets)), [len(sheet) for sheet in sheets])
    joined = {name: np.concatenate([sheet[name] for sheet in sheets]) for name in sheets[0].columns}
    return Sheet({number: marks, **joined})


def grouped(keys: Any, values: Any, measure: Callable[[np.ndarray], float]) -> tuple[np.ndarray, np.ndarray]:
    """Return the distinct keys in order, and the measure of the values of each."""
    found, place = np.unique(np.asarray(keys), return_inverse=True)
    order = np.argsort(place, kind="stable")
    parts = np.split(np.asarray(values)[order], np.cumsum(np.bincount(place, minlength=len(found)))[:-1])
    return found, np.array([measure(part) for part in parts] if len(found) else [], dtype=float)


def level(share: float) -> Callable[[np.ndarray], float]:
    """Return a measure: the quantile of that share; of a single value the value itself."""
    return lambda values: float(values[0]) if len(values) == 1 else float(np.quantile(values, share))


def read_csv(path: Path) -> Sheet:
    """Return a CSV table; a column of numbers (empty cells: NaN) as numbers, any other as words (empty cells: "")."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        header, *rows = [row for row in csv.reader(file) if row]
    cells = zip(*rows, strict=True) if rows else [()] * len(header)
    return Sheet({name: _numbers(column) for name, column in zip(header, cells, strict=True)})


def _numbers(cells: Sequence[str]) -> np.ndarray:
    try:
        return np.array([float(cell) if cell else np.nan for cell in cells])
    except ValueError:
        return np.array(cells, dtype=object)
