"""The tables of a park: every column with its type, unit and meaning, declared once in the files of columns beside this one.

The rules walk these tables; `Company` agents are views of one row. A month that does not exist is NaN, a date that
never comes is infinite. `f8` is a float, `i8` a whole number, `u8` the stable identity that random draws belong to.

The tables that a region has millions of rows of keep numbers as narrow as they can be without another result: rows in
`i4`, counts and rows of short tables in `i2`, flags and stages in `i1`, whole months in `f4`. They are divided, so that a
region's month reads little memory and runs share what never changes: of every opportunity one row says what it is
(`opportunities`), one what became of it (`notes`) and one what every month looks at (`funnel`); of every two companies
that may meet, one row in each direction says who they are (`ties`) and one what they make of each other (`pairs`).
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from .deal_columns import DEALS
from .park_columns import PARK
from .time_columns import TIME

# A recarray; its columns are declared in COLUMNS.
Table = Any

COLUMNS: dict[str, str] = {**PARK, **DEALS, **TIME}


def describe(table: str) -> list[tuple[str, str, str, str]]:
    """Return (column, dtype, unit, meaning) for every column of a table."""
    rows = []
    for line in COLUMNS[table].strip().splitlines():
        name, kind, unit, *meaning = line.split(None, 3)
        rows.append((name, kind, unit, meaning[0] if meaning else ""))
    return rows


def records(columns: dict[str, str]) -> np.dtype:
    """Return the aligned record type of some columns, name -> type.

    The narrow ones stand first, so that what a rule looks at in every row (stage, dates, partners) is fetched at once.
    """
    ordered = sorted(columns.items(), key=lambda column: np.dtype(column[1]).itemsize)
    return np.dtype((np.record, np.dtype(ordered, align=True)))


@functools.cache
def record(table: str) -> np.dtype:
    """Return the aligned record type of a table."""
    return records({name: kind for name, kind, _, _ in describe(table)})


def blank(table: str, rows: int, dtype: np.dtype | None = None) -> Table:
    """Return a table of `rows` rows of zeros."""
    return np.zeros(rows, dtype=dtype if dtype is not None else record(table)).view(np.recarray)


def copy_rows(old: np.ndarray, new: np.ndarray, count: int) -> None:
    """Copy the first rows of a table into another of its type, in place, in one piece as `duplicate` does."""
    raw = np.dtype((np.void, old.dtype.itemsize))
    new.view(np.ndarray).view(raw)[:count] = old.view(np.ndarray).view(raw)[:count]


def filled(table: str, rows: Sequence[Mapping[str, Any]]) -> Table:
    """Return a table of some rows, all with the same columns, written column by column; what is not given is 0.

    Setting the columns of one record after another takes ten times as long.
    """
    result = blank(table, len(rows))
    for column in rows[0] if rows else ():
        result[column] = [row[column] for row in rows]
    return result


def duplicate(table: Table) -> Table:
    """Return a copy of a table, made in one piece: numpy copies records column by column, four times as slowly."""
    if table.dtype.names is None:
        return table.copy()
    raw = np.dtype((np.void, table.dtype.itemsize))
    return table.view(np.ndarray).view(raw).copy().view(table.dtype).view(type(table))
