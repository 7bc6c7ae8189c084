"""Tables of a few rows for tests of single rules."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np

from ecopark.abm.entities.accounts import ROWS_OF_BOOKS
from ecopark.abm.entities.state import TABLES, State
from ecopark.abm.entities.tables import Table, blank, describe, records
from ecopark.abm.initialization.found import found, parameter_record
from ecopark.abm.observation.indicators import MONTH
from tests.parks import TRIO, scenario_of

_SCENARIO = scenario_of(TRIO)
# Rules read columns by their names, so one row of a test can say all of an opportunity, with a conversion and a season of
# its own, or all of a pair; the table then stands for each of those below.
_TOGETHER = {
    "opportunities": ("conversions", "seasons", "opportunities", "notes", "funnel"),
    "pairs": ("ties", "pairs"),
}


# Which table of a test stands for the others.
_STANDS_FOR = {"ways": _TOGETHER["opportunities"], "pairs": ("ties",)}
_FOUND_IN = {name: place for place, names in _STANDS_FOR.items() for name in names}


def _books() -> Any:
    return np.zeros((8, 4 * ROWS_OF_BOOKS))


_OF_EVERY = {
    "params": lambda: parameter_record(_SCENARIO, 0),
    "clock": lambda: blank("clock", 1),
    "flows": lambda: np.zeros((ROWS_OF_BOOKS, 4)),
    "books": _books,
    **{name: partial(blank, name, 256) for name in ("deliveries", "pages", "connections", "assets", "past_talks")},
    "guests": partial(blank, "guests", 0),
}


class Tables:
    """The tables that a rule looks at, in place of a whole state; what is no State runs as plain Python.

    `ways` stands for every table of opportunities, `pairs` for the ties as well. Books, default parameters and a clock
    are there without being named.
    """

    def __getattr__(self, name: str) -> Any:
        """Return the table that stands for another one, or one that every rule may ask for."""
        if name in _FOUND_IN:
            return getattr(self, _FOUND_IN[name])
        if name not in _OF_EVERY:
            raise AttributeError(name)
        setattr(self, name, _OF_EVERY[name]())
        return getattr(self, name)


def state(**tables: Table) -> Tables:
    """Return some tables as the argument `s` of a rule."""
    result = Tables()
    vars(result).update(tables)
    return result


def whole(**tables: Table) -> State:
    """Return a state with some tables as given and the others empty, for rules that a test runs many thousand times.

    It runs as machine code; the tables must be as the model has them, no `ways` and no `pairs` with ties in one row.
    """
    result = found(_SCENARIO, 0, 12)
    for name in TABLES:
        setattr(result, name, tables.get(name, getattr(result, name)[:0].copy()))
    return result


def params(values: dict[str, Any] | None = None, seed: int = 0) -> Any:
    """Return the parameter record of the defaults with other values by dotted names."""
    return parameter_record(_SCENARIO.replace(values or {}), seed)[0]


def table(name: str, *rows: dict[str, Any], **same: Any) -> Table:
    """Return a table with the given rows; what is not given is 0, `same` holds for every row."""
    result = _blank(name, len(rows))
    for place, row in enumerate(rows):
        for column, value in {**same, **row}.items():
            result[column][place] = value
    return result


def rows(name: str, count: int, **columns: Any) -> Table:
    """Return a table of `count` rows with whole columns (or one value for all)."""
    result = _blank(name, count)
    for column, values in columns.items():
        result[column] = values
    return result


def _blank(name: str, count: int) -> Table:
    parts = _TOGETHER.get(name, (name,))
    result = blank(name, count, records({column: kind for part in parts for column, kind, _, _ in describe(part)}))
    if name == "opportunities":
        result.conversion = result.season = range(count)
    return result


def one(name: str, **columns: Any) -> Any:
    """Return a single record."""
    return table(name, columns)[0]


def lever(**columns: Any) -> Any:
    """Return the levers of a month in which nothing but the given ones is in force."""
    return one("levers", **{"energy_price": 1.0, **columns})


def month() -> Any:
    """Return an empty record of indicators."""
    return blank("months", 1, MONTH)[0]
