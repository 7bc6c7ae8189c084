"""A design given as a table of points: read from CSV and checked column by column."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from ecopark.abm.input.errors import InputError, Mistake, nearest

from ..execution.model_contract import Model
from .designs import read_points
from .study import ALWAYS_THERE, Study

MANY_VALUES = 500


def table_mistakes(study: Study, model: Model, base: Any) -> Iterator[Mistake]:
    """Yield what is wrong with the table of points of a study; a place is file:line, column."""
    file = study.design.file  # type: ignore[union-attr]
    if study.factors:
        yield Mistake("factors", list(study.factors), "none: the columns of the table are the factors")
    try:
        columns = read_points(file)
    except InputError as error:
        yield from error.mistakes
        return
    except (OSError, ValueError) as error:
        yield Mistake(file, str(error), "a CSV table with one column per factor and one row per point")
        return
    if not columns or not len(next(iter(columns.values()))):
        yield Mistake(file, None, "at least one point")
    for name, cells in columns.items():
        yield from _column_mistakes(study, model, base, name, cells)


def _column_mistakes(study: Study, model: Model, base: Any, name: str, cells: np.ndarray) -> Iterator[Mistake]:
    file = study.design.file  # type: ignore[union-attr]
    if model.declared(base, name) is None:
        yield Mistake(
            f"{file}:1, {name}", name, "a parameter or policy of the model", nearest(name, model.known_names())
        )
        return
    if name in study.fixed or name in study.outcomes or name in ALWAYS_THERE:
        yield Mistake(f"{file}:1, {name}", name, "a name that is not fixed in set and not an outcome")
    empty = np.array([cell != cell or cell is None for cell in cells.tolist()], dtype=bool)
    for row in np.flatnonzero(empty)[:5]:
        yield Mistake(f"{file}:{row + 2}, {name}", None, "a value in every cell")
    for value in _telling(cells[~empty]):
        for found in model.check(base, {name: value}):
            row = int(np.flatnonzero(cells == value)[0])
            yield Mistake(f"{file}:{row + 2}, {name}", value, found.allowed, found.nearest)


def _telling(cells: np.ndarray) -> list:
    """Return every distinct value, or of many numbers the smallest and largest, which a range allows or refuses."""
    distinct = sorted(set(cells.tolist()), key=lambda value: (str(type(value)), value))
    return distinct if len(distinct) <= MANY_VALUES else [distinct[0], distinct[-1]]
