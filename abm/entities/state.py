"""The state of a park: all its tables at one moment."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Any, ClassVar

import numpy as np

from .tables import Table, blank, copy_rows, duplicate


@dataclass
class State:
    """All tables of a park at one moment. Tables that grow have spare rows; `clock` says how many are used.

    params: one row of every parameter and the seed.
    guests: where strategies from outside are called. identities: of the opportunities, once more, since every month draws a
    number for each of them [opportunity]. memory: what both sides remember of each open talk [2 x talk + side, 16].
    paths: log price path [material, month]. profiles: seasonal factors [profile, month of the year]. prices, disposal:
    recorded EUR/unit [material, month]. months: one row of indicators per month. yearbook: [year * company]. history: the
    levers without any policy [month]. emissions: CO2 of a bought unit, t/unit [material, month]. books: EUR [year *
    account, 4 * item + paid, received, and both without exchanges]. flows: the same of all companies this month [item, 4].
    """

    params: Table
    clock: Table
    companies: Table
    types: Table
    streams: Table
    materials: Table
    outlets: Table
    factors: Table
    sectors: Table
    conversions: Table
    seasons: Table
    opportunities: Table
    identities: np.ndarray
    notes: Table
    funnel: Table
    needs: Table
    ties: Table
    pairs: Table
    contacts: Table
    talks: Table
    memory: np.ndarray
    exchanges: Table
    calendar: Table
    events: Table
    meetings: Table
    past_talks: Table
    guests: Table
    levers: Table
    months: Table
    yearbook: Table
    paths: np.ndarray
    profiles: np.ndarray
    prices: np.ndarray
    disposal: np.ndarray
    options: Table
    history: Table
    emissions: np.ndarray
    deliveries: Table
    pages: Table
    connections: Table
    assets: Table
    books: np.ndarray
    flows: np.ndarray
    # What compiled rules need: words of the tables, their address, the type of all (`numerics/table_pointer.py`).
    _words: np.ndarray | None = field(default=None, init=False, repr=False, compare=False)
    _address: int = field(default=0, init=False, repr=False, compare=False)
    kind: Any = field(default=None, init=False, repr=False, compare=False)
    shared: ClassVar[frozenset[str]] = frozenset(
        {
            "params",
            "types",
            "guests",
            "outlets",
            "conversions",
            "seasons",
            "opportunities",
            "identities",
            "needs",
            "ties",
            "contacts",
            "calendar",
            "paths",
            "profiles",
            "options",
            "history",
            "emissions",
        }
    )

    def tables(self) -> dict[str, np.ndarray]:
        """Return every table by its name."""
        return {name: getattr(self, name) for name in TABLES}

    def __setattr__(self, name: str, value: Any) -> None:
        """Replace a table; where the tables are is worked out anew when it is next asked for, their type when it is another."""
        if name in TABLES:
            old = self.__dict__.get(name)
            self._words = None
            if old is None or old.dtype != value.dtype or old.ndim != value.ndim:
                self.kind = None
        object.__setattr__(self, name, value)

    @property
    def address(self) -> int:
        """Return where three whole numbers per table stand: its address and its two lengths; compiled rules read them."""
        if self._words is None:
            self._words = np.array([_words_of(name, table) for name, table in self.tables().items()], dtype=np.int64)
            self._address = self._words.ctypes.data
        return self._address

    def copy(self) -> State:
        """Return an independent copy; what never changes in a run is shared, spare rows are not touched."""
        copies: dict[str, Any] = {
            name: value if name in self.shared else self._copy_of(name) for name, value in self.tables().items()
        }
        return State(**copies)

    def _copy_of(self, name: str) -> np.ndarray:
        table = getattr(self, name)
        if name not in GROWING:
            return duplicate(table)
        new = blank(name, len(table), table.dtype)
        copy_rows(table, new, int(self.clock[0][name]))
        return new

    def grow(self, table: str, rows: int) -> None:
        """Give a growing table at least `rows` rows; when it grows, to twice as many. Spare rows are not touched."""
        old = getattr(self, table)
        if len(old) >= rows:
            return
        new = blank(table, max(rows, 2 * len(old)), old.dtype)
        copy_rows(old, new, int(self.clock[0][table]))
        setattr(self, table, new)


# Tables with spare rows.
GROWING = frozenset(
    {"events", "meetings", "past_talks", "exchanges", "talks", "deliveries", "pages", "connections", "assets"}
)
TABLES = tuple(one.name for one in fields(State) if one.init)
# Whole numbers that say where a table is: its address and two lengths.
WORDS = 3


def _words_of(name: str, table: np.ndarray) -> tuple[int, int, int]:
    """Return address and lengths of a table; raises ValueError when its rows do not stand one after another."""
    if not table.flags.c_contiguous:
        raise ValueError(f"the rows of {name} do not stand one after another")
    return table.ctypes.data, table.shape[0], table.shape[1] if table.ndim > 1 else 1
